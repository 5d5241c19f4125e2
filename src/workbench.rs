//! Start-up of the workbench, nothing else: what is loaded once the page has given its first answer.

fn main() {
    plimsoll::ui::start_workbench();
}

//! Start-up of the page, nothing else.

fn main() {
    plimsoll::ui::start();
    plimsoll::ui::start_workbench();
}

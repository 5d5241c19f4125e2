//! Start-up of page and workbench in one program, for the one file: what both are made of is there only once.

fn main() {
    plimsoll::ui::start();
    plimsoll::ui::start_workbench();
}

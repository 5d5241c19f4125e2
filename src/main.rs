//! Start-up of the page, nothing else.

fn main() {
    plimsoll::ui::start();
}

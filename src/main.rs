//! Start-up of the page, nothing else.

fn main() {
    if plimsoll::web::reading::is_worker() {
        plimsoll::web::reading::serve();
    } else {
        plimsoll::ui::start();
    }
}

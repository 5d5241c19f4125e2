//! The page around the app: its address, its skeleton, its colours, its life.

use leptos::{
    ev,
    prelude::{LocalStorage, StoredValue, on_cleanup, set_timeout, window_event_listener_untyped},
};
use std::{cell::RefCell, collections::VecDeque, time::Duration};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{
    CustomEvent, CustomEventInit, HtmlElement, HtmlInputElement, HtmlTextAreaElement,
    MessageChannel,
};

/// The id of the element that carries the site's own defaults; `boot.js` puts it there.
const CONFIG: &str = "plimsoll-config";

/// A place for things of the browser's, which stay on its one thread.
pub type Local<T> = StoredValue<T, LocalStorage>;

fn document() -> Option<web_sys::Document> {
    super::window()?.document()
}

thread_local! {
    /// What is to be done soon.
    static WAITING: RefCell<VecDeque<Box<dyn FnOnce()>>> = const { RefCell::new(VecDeque::new()) };
    /// One channel for all of it, kept: what nobody holds may be collected with what was sent through it.
    static CHANNEL: Option<MessageChannel> = channel();
}

/// Runs `then` at each event of the window's of that name, until the owner is cleaned up.
fn listen(event: &str, then: impl Fn() + 'static) {
    if super::IN_BROWSER {
        let handle = window_event_listener_untyped(event, move |_| then());
        on_cleanup(move || handle.remove());
    }
}

/// A channel on which each message has the next of what waits done.
fn channel() -> Option<MessageChannel> {
    let channel = MessageChannel::new().ok()?;
    let heard = Closure::<dyn Fn()>::new(|| {
        let work = WAITING.with_borrow_mut(VecDeque::pop_front);
        if let Some(work) = work {
            work();
        }
    });
    channel
        .port1()
        .set_onmessage(Some(heard.as_ref().unchecked_ref()));
    heard.forget();
    Some(channel)
}

/// Runs `work` once the browser has seen to what waits. A timer would do, but one that a timer began waits 4 ms.
pub fn soon(work: impl FnOnce() + 'static) {
    CHANNEL.with(|channel| {
        let Some(channel) = channel else {
            set_timeout(work, Duration::ZERO);
            return;
        };
        WAITING.with_borrow_mut(|waiting| waiting.push_back(Box::new(work)));
        // Nothing that is sent here can be refused: it is nothing.
        let _ = channel.port2().post_message(&JsValue::NULL);
    });
}

/// Takes the static skeleton away that stood in for the app while it loaded.
pub fn remove_skeleton() {
    if let Some(skeleton) = document().and_then(|document| document.get_element_by_id("skeleton")) {
        skeleton.remove();
    }
}

/// The element of that id, to mount something in.
pub fn mount_point(id: &str) -> Option<HtmlElement> {
    document()?.get_element_by_id(id)?.dyn_into().ok()
}

/// Names the page in the browser's tab.
pub fn set_title(title: &str) {
    if let Some(document) = document() {
        document.set_title(title);
    }
}

/// Hands a panic to `boot.js`, which needs nothing of ours to tell it.
pub fn tell_panics() {
    std::panic::set_hook(Box::new(|panic| {
        let init = CustomEventInit::new();
        init.set_detail(&JsValue::from_str(&panic.to_string()));
        let event = CustomEvent::new_with_event_init_dict("plimsoll:panic", &init);
        if let (Some(window), Ok(event)) = (super::window(), event) {
            let _ = window.dispatch_event(&event);
        }
    }));
}

/// What a page finds in its address.
fn address(part: fn(&web_sys::Location) -> Result<String, JsValue>) -> String {
    super::window()
        .and_then(|window| part(&window.location()).ok())
        .unwrap_or_default()
}

/// The query of the address, with its question mark.
pub fn query() -> String {
    address(web_sys::Location::search)
}

/// The fragment of the address, with its number sign.
pub fn fragment() -> String {
    address(web_sys::Location::hash)
}

/// The address without its query and its fragment.
pub fn bare_address() -> String {
    let whole = address(web_sys::Location::href);
    whole.split(['?', '#']).next().unwrap_or("").to_owned()
}

/// The path of the page, the same for its folder and its index.html: what is kept is kept below it.
pub fn path() -> String {
    let path = address(web_sys::Location::pathname);
    path.strip_suffix("index.html").unwrap_or(&path).to_owned()
}

/// Takes the fragment off the address, where the browser allows it.
pub fn drop_fragment() {
    let Some(history) = super::window().and_then(|window| window.history().ok()) else {
        return;
    };
    let address = bare_address() + &query();
    let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&address));
}

/// Goes where the fragment of the address leads on this page, unless the page has been scrolled already.
pub fn scroll_to_fragment() {
    let fragment = fragment();
    let scrolled = super::window().and_then(|window| window.scroll_y().ok());
    if let Some(element) = mount_point(fragment.trim_start_matches('#'))
        && scrolled == Some(0.0)
    {
        element.scroll_into_view();
    }
}

/// Runs `then` whenever a link to another fragment of this page is followed.
pub fn on_fragment(then: impl Fn() + 'static) {
    listen("hashchange", then);
}

thread_local! {
    /// The site's own defaults, where there is no document that could carry them.
    static DEFAULTS: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Gives the site's own defaults, where there is no document that could carry them.
pub fn set_config(defaults: Option<String>) {
    DEFAULTS.set(defaults);
}

/// The site's own defaults, as text; or why they could not be had.
pub fn config() -> Option<Result<String, String>> {
    if !super::IN_BROWSER {
        return DEFAULTS.with_borrow(Clone::clone).map(Ok);
    }
    let element = document()?.get_element_by_id(CONFIG)?;
    match element.get_attribute("data-problem") {
        Some(problem) => Some(Err(problem)),
        None => element
            .text_content()
            .filter(|text| !text.is_empty())
            .map(Ok),
    }
}

/// The version of the page, as its build stamped it.
pub fn version() -> Option<String> {
    let meta = document()?
        .query_selector("meta[name=plimsoll-version]")
        .ok()??;
    meta.get_attribute("content")
}

/// The value of a custom property of the page's style, as it stands in the present theme.
pub fn style_property(name: &str) -> Option<String> {
    let window = super::window()?;
    let root = window.document()?.document_element()?;
    let style = window.get_computed_style(&root).ok()??;
    let value = style.get_property_value(name).ok()?;
    Some(value.trim().to_owned())
}

/// Runs `then` before the page is printed.
pub fn on_print(then: impl Fn() + 'static) {
    listen("beforeprint", then);
}

/// Runs `then` whenever the window has another size.
pub fn on_resize(then: impl Fn() + 'static) {
    listen("resize", then);
}

/// How high the window is, CSS pixels.
pub fn window_height() -> f64 {
    let height = super::window().and_then(|window| window.inner_height().ok());
    height.and_then(|height| height.as_f64()).unwrap_or(0.0)
}

/// Runs `then` whenever the page takes another theme.
pub fn on_theme(then: impl Fn() + 'static) {
    listen("plimsoll:theme", then);
}

/// Runs `then` whenever the page may be about to go: hidden, left or frozen. Until the owner is cleaned up.
pub fn on_leave(then: impl Fn() + Clone + 'static) {
    for event in ["pagehide", "visibilitychange"] {
        listen(event, then.clone());
    }
}

/// Whether the page is in its dark theme.
pub fn is_dark() -> bool {
    let root = document().and_then(|document| document.document_element());
    root.and_then(|root| root.get_attribute("data-theme"))
        .is_some_and(|theme| theme == "dark")
}

/// The colours of text and background that the user's system forces on every page, if it does: red, green and blue.
pub fn forced_colours() -> Option<[[u8; 3]; 2]> {
    let window = super::window()?;
    let query = window.match_media("(forced-colors: active)").ok()??;
    if !query.matches() {
        return None;
    }
    let style = window
        .get_computed_style(document()?.body()?.as_ref())
        .ok()??;
    let colour = |name: &str| rgb(&style.get_property_value(name).ok()?);
    Some([colour("color")?, colour("background-color")?])
}

/// A computed colour, `rgb(28, 37, 46)`.
fn rgb(text: &str) -> Option<[u8; 3]> {
    let inside = text.split_once('(')?.1.trim_end_matches(')');
    let mut channels = inside.split([',', ' ']).filter(|part| !part.is_empty());
    let mut next = || channels.next()?.parse().ok();
    Some([next()?, next()?, next()?])
}

/// Lets the element that heard of a pointer hear all of it until it is lifted.
pub fn keep_pointer(event: &ev::PointerEvent) {
    let target: Option<web_sys::Element> = event
        .current_target()
        .and_then(|target| target.dyn_into().ok());
    // A browser that refuses tells of the pointer as long as it is on the element.
    if let Some(target) = target {
        let _ = target.set_pointer_capture(event.pointer_id());
    }
}

/// Where a pointer is in the element that heard of it, and how wide that is, in CSS pixels: x, y, width.
pub fn place_of(event: &ev::PointerEvent) -> (f64, f64, f64) {
    let target: Option<web_sys::Element> = event
        .current_target()
        .and_then(|target| target.dyn_into().ok());
    let Some(target) = target else {
        return (0.0, 0.0, 0.0);
    };
    let rect = target.get_bounding_client_rect();
    (
        f64::from(event.client_x()) - rect.left(),
        f64::from(event.client_y()) - rect.top(),
        rect.width(),
    )
}

/// Milliseconds since some moment.
pub fn now_ms() -> f64 {
    js_sys::Date::now()
}

/// Today as `2026-10-04`, in the world's time.
pub fn today() -> String {
    let now = String::from(js_sys::Date::new_0().to_iso_string());
    now.split('T').next().unwrap_or_default().to_owned()
}

/// Puts a text into the field that an event came from, whatever was typed there.
pub fn set_value(event: &web_sys::Event, text: &str) {
    let field = event.target();
    if let Some(field) = field.and_then(|field| field.dyn_into::<HtmlInputElement>().ok()) {
        field.set_value(text);
    }
}

/// Brings an element into sight and the focus to it.
pub fn go_to(id: &str) {
    if let Some(element) = mount_point(id) {
        if scroll_its_panel(&element).is_none() {
            element.scroll_into_view();
        }
        let _ = element.focus();
    }
}

/// Brings an element to the middle of the panel of questions that it stands in, where that stays while the page scrolls: the
/// page itself must not move for it, and in Firefox it would.
fn scroll_its_panel(element: &HtmlElement) -> Option<()> {
    let panel = element.closest(".inputs").ok()??;
    let style = super::window()?.get_computed_style(&panel).ok()??;
    let stays = ["sticky", "fixed"].contains(&style.get_property_value("position").ok()?.as_str());
    stays.then(|| {
        let (here, there) = (
            element.get_bounding_client_rect(),
            panel.get_bounding_client_rect(),
        );
        let down = here.top() - there.top() + (here.height() - there.height()) / 2.0;
        panel.set_scroll_top(panel.scroll_top() + down as i32);
    })
}

/// Brings the focus to an element, and leaves the page where it is.
pub fn focus(id: &str) {
    if let Some(element) = mount_point(id) {
        let _ = element.focus();
    }
}

/// Scrolls to what may stand in folds that are closed and not made yet: they are opened, and once what is in them is there,
/// it is gone to.
pub fn unfold_to(id: String, fold: &str) {
    let fold = fold.to_owned();
    let later = |then: Box<dyn FnOnce()>| {
        let _ = leptos::prelude::set_timeout_with_handle(then, Duration::from_millis(40));
    };
    later(Box::new(move || {
        if let Some(fold) = document().and_then(|document| document.get_element_by_id(&fold)) {
            let _ = fold.set_attribute("open", "");
        }
        later(Box::new(move || go_to(&id)));
    }));
}

/// Puts a text into the clipboard and tells whether that was allowed.
pub fn copy(text: &str, told: impl Fn(bool) + Clone + 'static) {
    let clipboard = super::window().map(|window| window.navigator().clipboard());
    // Where the page may not ask there is none, whatever its type says.
    let Some(clipboard) = clipboard.filter(|clipboard| !clipboard.is_undefined()) else {
        return told(false);
    };
    let refused = told.clone();
    let done = Closure::once(move |_: JsValue| told(true));
    let failed = Closure::once(move |_: JsValue| refused(false));
    let _ = clipboard.write_text(text).then2(&done, &failed);
    // One of them runs once, later; the browser holds both until then.
    done.forget();
    failed.forget();
}

/// Selects all of a field's text.
pub fn select_all(id: &str) {
    let Some(field) = mount_point(id) else {
        return;
    };
    if let Some(field) = field.dyn_ref::<HtmlInputElement>() {
        field.select();
    } else if let Some(field) = field.dyn_ref::<HtmlTextAreaElement>() {
        field.select();
    }
}

/// The name of what has the focus within an element.
pub fn focused_in(id: &str) -> Option<String> {
    let active = document()?.active_element()?;
    let within = document()?.get_element_by_id(id)?;
    within
        .contains(Some(&active))
        .then(|| active.get_attribute("name"))?
}

/// Gives the focus back to what has that name within an element, once that is made anew; unless it is elsewhere by then.
pub fn focus_again(id: &'static str, name: String) {
    soon(move || {
        // A button that is disabled loses it a frame later.
        let is_lost = || {
            let at = document()?.active_element()?;
            Some(at.tag_name() == "BODY" || at.has_attribute("disabled"))
        };
        let find = || {
            let named = document()?
                .get_element_by_id(id)?
                .query_selector_all("[name]")
                .ok()?;
            let able = || {
                let all = (0..named.length()).filter_map(|n| named.item(n)?.dyn_into().ok());
                all.filter(|element: &HtmlElement| !element.has_attribute("disabled"))
            };
            // What has done its work is disabled then: the first of the others has the focus.
            able()
                .find(|element| element.get_attribute("name").as_ref() == Some(&name))
                .or_else(|| able().next())
        };
        if is_lost().unwrap_or(true)
            && let Some(element) = find()
        {
            let _ = element.focus();
        }
    });
}

/// Prints the part of the page that stands alone on paper, and nothing else.
pub fn print_alone() {
    let root = document().and_then(|document| document.document_element());
    if let (Some(root), Some(window)) = (root, super::window()) {
        let _ = root.set_attribute("data-print", "alone");
        // It returns once the print is made or left.
        let _ = window.print();
        let _ = root.remove_attribute("data-print");
    }
}

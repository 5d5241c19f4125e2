//! Elements as values of one type, whatever their name.
//!
//! `view!` makes a type of every element with its attributes and children, and the code of each type is downloaded by every
//! visitor. Here names, attributes and children are data; Leptos renders them as it renders an element of unknown name.

use leptos::{
    ev,
    prelude::*,
    tachys::{
        html::{
            attribute::{
                any_attribute::{AnyAttribute, IntoAnyAttribute},
                custom::custom_attribute,
            },
            element::custom,
            event, property,
        },
        reactive_graph::SharedReactiveFunction,
    },
};
use std::sync::{Arc, Mutex};

/// An element that is being made.
#[must_use]
pub(super) struct Html {
    name: &'static str,
    attributes: Vec<AnyAttribute>,
    children: Vec<AnyView>,
}

/// An element without attributes and children.
pub(super) fn html(name: &'static str) -> Html {
    Html {
        name,
        attributes: Vec::new(),
        children: Vec::new(),
    }
}

/// An element with a class.
pub(super) fn classed(name: &'static str, class: &'static str) -> Html {
    html(name).is("class", class)
}

/// A button with its label.
pub(super) fn button(label: &'static str, mut then: impl FnMut() + 'static) -> Html {
    html("button")
        .is("type", "button")
        .has(label)
        .on("click", move |_| then())
}

/// A row for each of the numbers. A row moves with its number, and takes the focus along.
pub(super) fn rows(
    numbers: impl Fn() -> Vec<usize> + Send + Sync + 'static,
    row: impl Fn(usize) -> Html + Send + Sync + 'static,
) -> AnyView {
    type Numbers = Box<dyn Fn() -> Vec<usize> + Send + Sync>;
    type Row = Arc<dyn Fn(usize) -> AnyView + Send + Sync>;
    let numbers: Numbers = Box::new(numbers);
    let row: Row = Arc::new(move |number| all(row(number)));
    view! { <For each=numbers key=|number| *number children=move |number| row(number) /> }
        .into_any()
}

/// What is shown on demand, behind its summary.
pub(super) fn fold(summary: impl Content) -> Html {
    html("details").has(html("summary").has(summary))
}

/// A fold whose body is made when it is opened first: what nobody looks at costs nothing.
pub(super) fn fold_later<P: Content>(
    open: bool,
    summary: impl Content,
    body: impl Fn() -> P + Send + 'static,
) -> Html {
    let opened = RwSignal::new(open);
    fold(summary)
        .flag("open", open)
        .on("toggle", move |_| {
            if !opened.get_untracked() {
                opened.set(true);
            }
        })
        .shows(move || opened.get().then(&body))
}

/// A section behind its heading, made when it is opened first. `id` is that of the fold, and begins that of the heading.
pub(super) fn section_later<P: Content>(
    id: &'static str,
    label: &'static str,
    title: &'static str,
    open: bool,
    body: impl Fn() -> P + Send + 'static,
) -> Html {
    let heading = html("h2").is("id", &[id, "-title"].concat()).has(title);
    html("section")
        .is("aria-label", label)
        .has(fold_later(open, heading, body).is("id", id))
}

/// A link to a page of somebody else.
pub(super) fn link_out(href: &str, text: impl Content) -> Html {
    html("a")
        .is("href", href)
        .is("target", "_blank")
        .is("rel", "noopener noreferrer")
        .has(text)
}

/// A table that scrolls in its own frame, named by the heading with that id.
pub(super) fn scrolled(title: &'static str, table: Html) -> Html {
    classed("div", "scroll")
        .is("tabindex", "0")
        .is("role", "group")
        .is("aria-labelledby", title)
        .has(table)
}

/// The heading of a column.
pub(super) fn column(text: &'static str) -> Html {
    html("th").is("scope", "col").has(text)
}

/// The heading of a column of numbers.
pub(super) fn number_column(text: &'static str) -> Html {
    html("th")
        .is("scope", "col")
        .is("class", "number")
        .has(text)
}

/// A cell with a number.
pub(super) fn number_cell(text: impl Content) -> Html {
    classed("td", "number").has(text)
}

/// A paragraph beside the matter.
pub(super) fn note(text: impl Content) -> Html {
    classed("p", "note").has(text)
}

/// A function that is run whenever what it reads has changed.
type Made<T> = Box<dyn FnMut() -> T + Send>;

/// One function type for all that give the same, so that the code that runs them is there once.
fn shared<T: 'static>(make: Made<T>) -> SharedReactiveFunction<T> {
    Arc::new(Mutex::new(make))
}

impl Html {
    /// Sets an attribute.
    pub(super) fn is(self, name: &'static str, value: &str) -> Self {
        self.with(custom_attribute(name, value.to_owned()).into_any_attr())
    }

    /// Sets an attribute that has no value, or leaves it away.
    pub(super) fn flag(self, name: &'static str, on: bool) -> Self {
        if on { self.is(name, "") } else { self }
    }

    /// Keeps an attribute as it has to be now; it is away where there is no value.
    pub(super) fn now_is(
        self,
        name: &'static str,
        value: impl FnMut() -> Option<String> + Send + 'static,
    ) -> Self {
        self.kept(name, Box::new(value))
    }

    fn kept(self, name: &'static str, value: Made<Option<String>>) -> Self {
        self.with(custom_attribute(name, shared(value)).into_any_attr())
    }

    /// Keeps an attribute that has no value.
    pub(super) fn now_flag(
        self,
        name: &'static str,
        on: impl Fn() -> bool + Send + 'static,
    ) -> Self {
        self.now_is(name, move || on().then(String::new))
    }

    /// Keeps the text of a field.
    pub(super) fn value(self, text: impl FnMut() -> String + Send + 'static) -> Self {
        let kept = property::prop("value", shared(Box::new(text) as Made<String>));
        self.with(kept.into_any_attr())
    }

    /// Keeps the mark of a box.
    pub(super) fn checked(self, on: impl FnMut() -> bool + Send + 'static) -> Self {
        let kept = property::prop("checked", shared(Box::new(on) as Made<bool>));
        self.with(kept.into_any_attr())
    }

    /// Runs `then` at each event of that name.
    pub(super) fn on(self, name: &'static str, then: impl FnMut(ev::Event) + 'static) -> Self {
        self.answers(name, Box::new(then))
    }

    fn answers(self, name: &'static str, then: Box<dyn FnMut(ev::Event)>) -> Self {
        let listener = event::on(ev::Custom::<ev::Event>::new(name), then);
        self.with(listener.into_any_attr())
    }

    /// Hands on what was typed or chosen, at each event of that name.
    pub(super) fn on_value(self, name: &'static str, then: impl Fn(String) + 'static) -> Self {
        self.on(name, move |event| then(event_target_value(&event)))
    }

    fn with(mut self, attribute: AnyAttribute) -> Self {
        self.attributes.push(attribute);
        self
    }

    /// Adds a child, or several.
    pub(super) fn has(mut self, part: impl Content) -> Self {
        part.add_to(&mut self.children);
        self
    }

    /// Adds a text that is kept as it has to be now.
    pub(super) fn says(mut self, text: impl FnMut() -> String + Send + 'static) -> Self {
        self.children
            .push(shared(Box::new(text) as Made<String>).into_any());
        self
    }

    /// Adds what is shown now.
    pub(super) fn shows<P: Content>(mut self, part: impl Fn() -> P + Send + 'static) -> Self {
        self.children.push(now(part));
        self
    }
}

/// What is shown now.
pub(super) fn now<P: Content>(part: impl Fn() -> P + Send + 'static) -> AnyView {
    kept(Box::new(move || all(part())))
}

fn kept(part: Made<AnyView>) -> AnyView {
    shared(part).into_any()
}

/// Parts as one view.
pub(super) fn all(part: impl Content) -> AnyView {
    let mut children = Vec::new();
    part.add_to(&mut children);
    children.into_any()
}

/// What can stand in an element.
pub(super) trait Content {
    /// Adds it to the children.
    fn add_to(self, children: &mut Vec<AnyView>);
}

impl Content for AnyView {
    fn add_to(self, children: &mut Vec<AnyView>) {
        children.push(self);
    }
}

impl Content for Html {
    fn add_to(self, children: &mut Vec<AnyView>) {
        // The browser tells names in capitals, and Leptos keeps an element whose name stays the same.
        let element = custom(self.name.to_ascii_uppercase()).add_any_attr(self.attributes);
        children.push(if self.children.is_empty() {
            element.into_any()
        } else {
            element.child(self.children).into_any()
        });
    }
}

impl Content for String {
    fn add_to(self, children: &mut Vec<AnyView>) {
        children.push(self.into_any());
    }
}

impl Content for &str {
    fn add_to(self, children: &mut Vec<AnyView>) {
        self.to_owned().add_to(children);
    }
}

impl<P: Content> Content for Option<P> {
    fn add_to(self, children: &mut Vec<AnyView>) {
        if let Some(part) = self {
            part.add_to(children);
        }
    }
}

impl<P: Content> Content for Vec<P> {
    fn add_to(self, children: &mut Vec<AnyView>) {
        for part in self {
            part.add_to(children);
        }
    }
}

impl<P: Content, const N: usize> Content for [P; N] {
    fn add_to(self, children: &mut Vec<AnyView>) {
        for part in self {
            part.add_to(children);
        }
    }
}

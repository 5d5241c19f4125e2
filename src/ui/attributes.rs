//! The attributes of an element, rendered anew without touching those that stay as they are.
//!
//! Leptos' own list takes all of them off and puts all of them on again, which was most of the time of a slider's event.

use leptos::tachys::{
    html::attribute::{
        Attribute, NamedAttributeKey, NextAttribute,
        any_attribute::{AnyAttribute, AnyAttributeState},
    },
    renderer::{Rndr, types::Element},
};

/// One attribute, by its name.
#[derive(Clone, Debug)]
pub(super) enum One {
    /// A text.
    Text(&'static str, String),
    /// What keeps itself up to date, or listens.
    Live(&'static str, AnyAttribute),
}

impl One {
    fn name(&self) -> &'static str {
        match self {
            Self::Text(name, _) | Self::Live(name, _) => name,
        }
    }

    fn build(self, element: &Element) -> Built {
        match self {
            Self::Text(name, text) => {
                Rndr::set_attribute(element, name, &text);
                Built::Text(name, text)
            }
            Self::Live(name, live) => Built::Live(name, live.build(element)),
        }
    }
}

/// One attribute as it is on its element.
pub(super) enum Built {
    Text(&'static str, String),
    Live(&'static str, AnyAttributeState),
}

impl Built {
    fn name(&self) -> &'static str {
        match self {
            Self::Text(name, _) | Self::Live(name, _) => name,
        }
    }

    fn take_off(self, element: &Element) {
        let name = self.name();
        // What is live ends with its state.
        drop(self);
        Rndr::remove_attribute(element, name);
    }
}

/// All of an element, in their order.
#[derive(Clone, Debug, Default)]
pub(super) struct Attributes(pub(super) Vec<One>);

impl NextAttribute for Attributes {
    type Output<NewAttr: Attribute> = (Self, NewAttr);

    fn add_any_attr<NewAttr: Attribute>(self, new_attr: NewAttr) -> Self::Output<NewAttr> {
        (self, new_attr)
    }
}

impl Attribute for Attributes {
    const MIN_LENGTH: usize = 0;

    type State = (Element, Vec<Built>);
    type AsyncOutput = Self;
    type Cloneable = Self;
    type CloneableOwned = Self;

    fn html_len(&self) -> usize {
        0
    }

    /// There is no server that renders.
    fn to_html(self, _: &mut String, _: &mut String, _: &mut String, _: &mut String) {}

    fn hydrate<const FROM_SERVER: bool>(self, element: &Element) -> Self::State {
        self.build(element)
    }

    fn build(self, element: &Element) -> Self::State {
        let built = self.0.into_iter().map(|one| one.build(element)).collect();
        (element.clone(), built)
    }

    fn rebuild(self, (element, built): &mut Self::State) {
        let same = self.0.len() == built.len()
            && self
                .0
                .iter()
                .zip(&*built)
                .all(|(one, built)| one.name() == built.name());
        if !same {
            for built in built.drain(..) {
                built.take_off(element);
            }
            built.extend(self.0.into_iter().map(|one| one.build(element)));
            return;
        }
        for (one, built) in self.0.into_iter().zip(built) {
            match (one, built) {
                (One::Text(_, new), Built::Text(_, old)) if new == *old => {}
                (One::Live(_, new), Built::Live(_, old)) => new.rebuild(old),
                (one, built) => *built = one.build(element),
            }
        }
    }

    fn into_cloneable(self) -> Self::Cloneable {
        self
    }

    fn into_cloneable_owned(self) -> Self::CloneableOwned {
        self
    }

    fn dry_resolve(&mut self) {}

    async fn resolve(self) -> Self::AsyncOutput {
        self
    }

    fn keys(&self) -> Vec<NamedAttributeKey> {
        Vec::new()
    }
}

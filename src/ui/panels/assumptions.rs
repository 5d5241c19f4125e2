//! Every coefficient that stands in for what nobody publishes: its value, its likely range, where it comes from.

use super::super::{
    controls::{bare_number, id_of},
    kit::{fold::Section, scrolled::Scrolled},
    state::Calculator,
};
use leptos::prelude::*;
use plimsoll_model::inputs::{ASSUMPTIONS, Assumption};
use plimsoll_wording::format;

/// The view, made when it is opened.
#[component]
pub(crate) fn AssumptionsPanel() -> impl IntoView {
    view! {
        <Section id="assumptions" label="Assumptions" title="Assumptions">
            <p class="note">
                "What nobody publishes we assume. Each of these enters a bill or the advice, and shows there as assumed. \
                Change what you know better; it is kept, shared and exported with your numbers."
            </p>
            <Scrolled title="assumptions-title">
                <table class="sources">
                    <thead>
                        <tr>
                            <th scope="col">"Assumption"</th>
                            <th scope="col">"Value"</th>
                            <th scope="col">"Probably between"</th>
                            <th scope="col">"Where it comes from"</th>
                        </tr>
                    </thead>
                    <tbody>
                        {ASSUMPTIONS
                            .iter()
                            .map(|assumption| view! { <Row assumption /> }.into_any())
                            .collect_view()}
                    </tbody>
                </table>
            </Scrolled>
        </Section>
    }
}

#[component]
fn Row(assumption: &'static Assumption) -> impl IntoView {
    let calculator = Calculator::from_context().debounced();
    let (low, high) = assumption.likely;
    view! {
        <tr>
            <th scope="row">{assumption.field.label}</th>
            <td>{bare_number(&assumption.field, Some(id_of(&assumption.field)), calculator)}</td>
            <td>{[&format::number(low), " to ", &format::number(high)].concat()}</td>
            <td class="source">{assumption.origin}</td>
        </tr>
    }
}

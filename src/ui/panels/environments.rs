//! The environments beside production: a row each, with its name, its hours and its instances.

use super::super::state::Calculator;
use crate::{
    format,
    model::inputs::{
        Environment, Range,
        fields::{ENVIRONMENT_HOURS, ENVIRONMENT_REPLICAS},
    },
};
use leptos::prelude::*;
use std::collections::BTreeMap;

/// The most environments.
const MOST: usize = 20;

/// All of them, and a button for one more.
#[component]
pub(super) fn Environments() -> impl IntoView {
    let calculator = expect_context::<Calculator>();
    let count = Memo::new(move |_| calculator.inputs.with(|inputs| inputs.environments.len()));
    let full = move || count.get() >= MOST;
    let rows = move || {
        (0..count.get())
            .map(|place| view! { <Row place /> })
            .collect_view()
    };
    view! {
        <fieldset class="environments" disabled=calculator.is_locked("environments")>
            <legend>"Environments beside production"</legend>
            {rows}
            <button
                type="button"
                disabled=full
                on:click=move |_| {
                    calculator.change(BTreeMap::new(), |inputs| {
                        inputs.environments.push(Environment::default());
                    });
                }
            >
                "Add an environment"
            </button>
        </fieldset>
    }
}

#[component]
fn Row(place: usize) -> impl IntoView {
    let calculator = expect_context::<Calculator>();
    let message = RwSignal::new(String::new());
    let name = move || {
        calculator.inputs.with(|inputs| {
            let environment = inputs.environments.get(place);
            environment.map_or(String::new(), |environment| environment.name.clone())
        })
    };
    let change = move |set: &dyn Fn(&mut Environment)| {
        calculator.change(BTreeMap::new(), |inputs| {
            if let Some(environment) = inputs.environments.get_mut(place) {
                set(environment);
            }
        });
    };
    let number = move |get: fn(&Environment) -> f64| {
        move || {
            calculator.inputs.with(|inputs| {
                let environment = inputs.environments.get(place);
                environment.map_or(String::new(), |environment| {
                    format::editable(get(environment))
                })
            })
        }
    };
    let typed = move |text: String, range: Range, set: fn(&mut Environment, f64)| {
        match format::parse_number(&text).filter(|x| range.contains(*x)) {
            Some(x) => {
                message.set(String::new());
                change(&|environment| set(environment, x));
            }
            None => message.set(format!(
                "\u{201c}{text}\u{201d} can't be used; allowed: {}.",
                format::allowed(&range)
            )),
        }
    };
    view! {
        <div class="environment">
            <input
                type="text"
                aria-label="Name of the environment"
                maxlength="60"
                prop:value=name
                on:change=move |event| {
                    let name = event_target_value(&event).trim().to_owned();
                    if name.is_empty() {
                        message.set("An environment needs a name.".to_owned());
                    } else {
                        message.set(String::new());
                        change(&|environment| environment.name.clone_from(&name));
                    }
                }
            />
            <label>
                <input
                    type="text"
                    inputmode="decimal"
                    prop:value=number(|environment| environment.hours_per_week)
                    on:change=move |event| {
                        typed(event_target_value(&event), ENVIRONMENT_HOURS, |environment, x| {
                            environment.hours_per_week = x;
                        });
                    }
                />
                " hours a week"
            </label>
            <label>
                <input
                    type="text"
                    inputmode="numeric"
                    prop:value=number(|environment| f64::from(environment.replicas))
                    on:change=move |event| {
                        typed(event_target_value(&event), ENVIRONMENT_REPLICAS, |environment, x| {
                            environment.replicas = x as u32;
                        });
                    }
                />
                " instances of each service"
            </label>
            <button
                type="button"
                aria-label=move || format!("Remove {}", name())
                on:click=move |_| {
                    calculator.change(BTreeMap::new(), |inputs| {
                        if place < inputs.environments.len() {
                            inputs.environments.remove(place);
                        }
                    });
                }
            >
                "Remove"
            </button>
            <p class="message" role="alert">{message}</p>
        </div>
    }
}

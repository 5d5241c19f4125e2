//! The environments beside production: a row each, with its name, its hours and its instances.

use super::super::{
    kit::events::{entered, press},
    state::Calculator,
};
use leptos::prelude::*;
use plimsoll_model::inputs::{
    Environment, Range,
    fields::{ENVIRONMENT_HOURS, ENVIRONMENT_REPLICAS},
};
use plimsoll_wording::format;

/// The most environments.
const MOST: usize = 20;

/// All of them, and a button for one more.
pub(super) fn environments(calculator: Calculator) -> AnyView {
    let count = Memo::new(move |_| calculator.inputs.with(|inputs| inputs.environments.len()));
    let full = Memo::new(move |_| count.get() >= MOST);
    let add = move || {
        calculator.change(Vec::new(), |inputs| {
            inputs.environments.push(Environment::default());
        });
    };
    // A row stays while others come and go, and whoever types in it goes on.
    view! {
        <fieldset class="environments" disabled=calculator.is_locked("environments")>
            <legend>"Environments beside production"</legend>
            <For each=move || 0..count.get() key=|place| *place let:place>
                <Row place />
            </For>
            <button type="button" disabled=move || full.get() on:click=press(add)>
                "Add an environment"
            </button>
        </fieldset>
    }
    .into_any()
}

#[component]
fn Row(place: usize) -> impl IntoView {
    let calculator = Calculator::from_context();
    let message = RwSignal::new(String::new());
    let name = Signal::derive(move || {
        calculator.inputs.with(|inputs| {
            let environment = inputs.environments.get(place);
            environment.map_or(String::new(), |environment| environment.name.clone())
        })
    });
    let change = move |set: &dyn Fn(&mut Environment)| {
        calculator.change(Vec::new(), |inputs| {
            if let Some(environment) = inputs.environments.get_mut(place) {
                set(environment);
            }
        });
    };
    let number = move |get: fn(&Environment) -> f64| {
        calculator.inputs.with(|inputs| {
            let environment = inputs.environments.get(place);
            environment.map_or(String::new(), |environment| {
                format::editable(get(environment))
            })
        })
    };
    let typed = move |text: String, range: Range, set: fn(&mut Environment, f64)| {
        match format::parse_number(&text).filter(|x| range.contains(*x)) {
            Some(x) => {
                message.set(String::new());
                change(&|environment| set(environment, x));
            }
            None => message.set(format::refused(&text, &format::allowed(&range))),
        }
    };
    let hours = move |text| {
        typed(text, ENVIRONMENT_HOURS, |environment, x| {
            environment.hours_per_week = x;
        });
    };
    let replicas = move |text| {
        typed(text, ENVIRONMENT_REPLICAS, |environment, x| {
            environment.replicas = x as u32;
        });
    };
    let rename = move |name: String| {
        let name = name.trim();
        if name.is_empty() {
            message.set("An environment needs a name.".to_owned());
        } else {
            message.set(String::new());
            change(&|environment| name.clone_into(&mut environment.name));
        }
    };
    let remove = move || {
        calculator.change(Vec::new(), |inputs| {
            if place < inputs.environments.len() {
                inputs.environments.remove(place);
            }
        });
    };
    view! {
        <div class="environment">
            <input
                type="text"
                aria-label="Name of the environment"
                maxlength="60"
                prop:value=move || name.get()
                on:change=entered(rename)
            />
            <label>
                <input
                    type="text"
                    inputmode="decimal"
                    prop:value=move || number(|environment| environment.hours_per_week)
                    on:change=entered(hours)
                />
                " hours a week"
            </label>
            <label>
                <input
                    type="text"
                    inputmode="numeric"
                    prop:value=move || number(|environment| f64::from(environment.replicas))
                    on:change=entered(replicas)
                />
                " instances of each service"
            </label>
            <button type="button" aria-label=move || format!("Remove {}", name.get()) on:click=press(remove)>
                "Remove"
            </button>
            <p class="message" role="alert">{message}</p>
        </div>
    }
}

//! The environments beside production: a row each, with its name, its hours and its instances.

use super::super::{
    html::{Html, button, classed, html, rows},
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
pub(super) fn environments(calculator: Calculator) -> Html {
    let count = Memo::new(move |_| calculator.inputs.with(|inputs| inputs.environments.len()));
    // A row stays while others come and go, and whoever types in it goes on.
    let rows = rows(
        move || (0..count.get()).collect(),
        move |place| row(place, calculator),
    );
    let add = button("Add an environment", move || {
        calculator.change(Vec::new(), |inputs| {
            inputs.environments.push(Environment::default());
        });
    });
    classed("fieldset", "environments")
        .flag("disabled", calculator.is_locked("environments"))
        .has(html("legend").has("Environments beside production"))
        .has(rows)
        .has(add.now_flag("disabled", move || count.get() >= MOST))
}

fn row(place: usize, calculator: Calculator) -> Html {
    let message = RwSignal::new(String::new());
    let name = move || {
        calculator.inputs.with(|inputs| {
            let environment = inputs.environments.get(place);
            environment.map_or(String::new(), |environment| environment.name.clone())
        })
    };
    let change = move |set: &dyn Fn(&mut Environment)| {
        calculator.change(Vec::new(), |inputs| {
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
            None => message.set(format::refused(&text, &format::allowed(&range))),
        }
    };
    let renamed = move |name: String| {
        let name = name.trim();
        if name.is_empty() {
            message.set("An environment needs a name.".to_owned());
        } else {
            message.set(String::new());
            change(&|environment| name.clone_into(&mut environment.name));
        }
    };
    let remove = button("Remove", move || {
        calculator.change(Vec::new(), |inputs| {
            if place < inputs.environments.len() {
                inputs.environments.remove(place);
            }
        });
    });
    classed("div", "environment")
        .has(
            html("input")
                .is("type", "text")
                .is("aria-label", "Name of the environment")
                .is("maxlength", "60")
                .value(name)
                .on_value("change", renamed),
        )
        .has(
            html("label")
                .has(
                    html("input")
                        .is("type", "text")
                        .is("inputmode", "decimal")
                        .value(number(|environment| environment.hours_per_week))
                        .on_value("change", move |text| {
                            typed(text, ENVIRONMENT_HOURS, |environment, x| {
                                environment.hours_per_week = x;
                            });
                        }),
                )
                .has(" hours a week"),
        )
        .has(
            html("label")
                .has(
                    html("input")
                        .is("type", "text")
                        .is("inputmode", "numeric")
                        .value(number(|environment| f64::from(environment.replicas)))
                        .on_value("change", move |text| {
                            typed(text, ENVIRONMENT_REPLICAS, |environment, x| {
                                environment.replicas = x as u32;
                            });
                        }),
                )
                .has(" instances of each service"),
        )
        .has(remove.now_is("aria-label", move || Some(format!("Remove {}", name()))))
        .has(
            classed("p", "message")
                .is("role", "alert")
                .says(move || message.get()),
        )
}

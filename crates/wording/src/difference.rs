//! In which inputs scenarios differ, in words.

use crate::format;
use plimsoll_model::inputs::{Field, Inputs, Kind, fields, lists};

/// An input that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Its name in scenario files.
    pub path: &'static str,
    /// Its name on the page.
    pub label: &'static str,
    /// What it is in the first scenario, in words.
    pub a: String,
    /// What it is in the second.
    pub b: String,
}

/// A list among the inputs.
struct List {
    path: &'static str,
    label: &'static str,
    /// The name of one of what it holds, and of several.
    nouns: [&'static str; 2],
    len: fn(&Inputs) -> usize,
    same: fn(&Inputs, &Inputs) -> bool,
}

/// The lists, in the order of the page. Ranges belong to their fields.
const LISTS: [List; 4] = [
    List {
        path: lists::WORKLOADS,
        label: "Workloads that differ",
        nouns: ["workload", "workloads"],
        len: |inputs| inputs.workloads.rows().len(),
        same: |a, b| a.workloads == b.workloads,
    },
    List {
        path: lists::ENVIRONMENTS,
        label: "Environments beside production",
        nouns: ["environment", "environments"],
        len: |inputs| inputs.environments.len(),
        same: |a, b| a.environments == b.environments,
    },
    List {
        path: lists::GRID,
        label: "Load hour by hour",
        nouns: ["hour", "hours"],
        len: |inputs| inputs.traffic.grid.len(),
        same: |a, b| a.traffic.grid == b.traffic.grid,
    },
    List {
        path: lists::PRICES,
        label: "Own prices",
        nouns: ["own price", "own prices"],
        len: |inputs| inputs.prices.len(),
        same: |a, b| a.prices == b.prices,
    },
];

/// An input that differs among several scenarios, with its value in each, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Differing {
    /// Its name in scenario files.
    pub path: &'static str,
    /// Its name on the page.
    pub label: &'static str,
    /// What it is in each scenario.
    pub values: Vec<String>,
}

/// The inputs that differ between two scenarios, in the order of the page.
pub fn differences(a: &Inputs, b: &Inputs) -> Vec<Difference> {
    let two = |differing: Differing| {
        let Differing {
            path,
            label,
            values,
        } = differing;
        let [a, b] = values.try_into().unwrap_or_default();
        Difference { path, label, a, b }
    };
    differing(&[a, b]).into_iter().map(two).collect()
}

/// The inputs in which any scenario differs from the first, in the order of the page.
pub fn differing(scenarios: &[&Inputs]) -> Vec<Differing> {
    let Some((first, others)) = scenarios.split_first() else {
        return Vec::new();
    };
    let mut all = Vec::new();
    for field in fields::all() {
        if others.iter().all(|other| field.same(first, other)) {
            continue;
        }
        let written = |value: fn(&Field, &Inputs) -> String| -> Vec<String> {
            scenarios
                .iter()
                .map(|inputs| value(field, inputs))
                .collect()
        };
        let mut values = written(value);
        // Numbers that differ behind the digits that people read.
        let hidden = others
            .iter()
            .zip(&values[1..])
            .any(|(other, value)| *value == values[0] && !field.same(first, other));
        if hidden {
            values = written(in_full);
        }
        all.push(Differing {
            path: field.path,
            label: field.label,
            values,
        });
    }
    for list in &LISTS {
        if others.iter().all(|other| (list.same)(first, other)) {
            continue;
        }
        let n = (list.len)(first);
        let [one, many] = list.nouns;
        let value = |inputs: &&Inputs| {
            let m = (list.len)(inputs);
            if n == m && !(list.same)(first, inputs) {
                counted(m, &format!("other {one}"), &format!("other {many}"))
            } else {
                counted(m, one, many)
            }
        };
        all.push(Differing {
            path: list.path,
            label: list.label,
            values: scenarios.iter().map(value).collect(),
        });
    }
    all
}

/// An input's value as a person writes it: with its unit, yes or no, the label of a choice.
pub fn value(field: &Field, inputs: &Inputs) -> String {
    written(field, inputs, format::number)
}

/// The value of an input where there is hardly room: `10M`, `50 ms`, `any`.
pub fn value_short(field: &Field, inputs: &Inputs) -> String {
    let number = |x: f64, unit: &str| {
        if unit.starts_with("USD") {
            return format!("${}", format::short(format::to_two_digits(x)));
        }
        let unit = if unit.len() > 2 { "" } else { unit };
        format!("{} {unit}", format::short(format::to_two_digits(x)))
            .trim_end()
            .to_owned()
    };
    match field.kind {
        Kind::Number { range, get, .. } => number(get(inputs), range.unit),
        Kind::Optional { range, get, .. } => {
            get(inputs).map_or_else(|| "est.".to_owned(), |x| number(x, range.unit))
        }
        Kind::Set { options, get, .. } => {
            let bits = get(inputs);
            match bits.count_ones() as usize {
                1 => options[bits.trailing_zeros() as usize].1.to_owned(),
                all if all == options.len() => "any".to_owned(),
                some => format!("{some} of {}", options.len()),
            }
        }
        Kind::Flag { .. } => value(field, inputs),
        // The first word tells options apart where there is more room, too.
        Kind::Choice { options, get, .. } => {
            let label = options[get(inputs)].1;
            label.split(' ').next().unwrap_or(label).to_owned()
        }
    }
}

fn in_full(field: &Field, inputs: &Inputs) -> String {
    written(field, inputs, format::editable)
}

fn written(field: &Field, inputs: &Inputs, number: fn(f64) -> String) -> String {
    if let (Some(between), Some(range)) = (inputs.between(field.path), field.range()) {
        let both = [&number(between.low), " to ", &number(between.high)];
        return measured(both.concat(), range.unit);
    }
    match field.kind {
        Kind::Number { range, get, .. } => measured(number(get(inputs)), range.unit),
        Kind::Optional {
            open, range, get, ..
        } => match get(inputs) {
            Some(x) => measured(number(x), range.unit),
            None => open.unwrap_or("not set").to_owned(),
        },
        Kind::Flag { get, .. } => if get(inputs) { "yes" } else { "no" }.to_owned(),
        Kind::Choice { options, get, .. } => options[get(inputs)].1.to_owned(),
        Kind::Set { options, get, .. } => {
            let bits = get(inputs);
            let chosen = (0..options.len()).filter(|place| bits & (1 << place) != 0);
            let names: Vec<&str> = chosen.map(|place| options[place].1).collect();
            names.join(", ")
        }
    }
}

/// A number with its unit, which is in the singular where there is one: `1 service`, `2 services`, `1 hour per week`.
fn measured(number: String, unit: &str) -> String {
    let (noun, rest) = unit.split_at(unit.find(' ').unwrap_or(unit.len()));
    let several = noun.len() > 2 && noun != "times" && noun.ends_with('s');
    let noun = if number == "1" && several {
        &noun[..noun.len() - 1]
    } else {
        noun
    };
    if unit.is_empty() {
        number
    } else {
        [&number, " ", noun, rest].concat()
    }
}

fn counted(n: usize, one: &str, many: &str) -> String {
    if n == 0 {
        "none".to_owned()
    } else {
        format::count(n as f64, one, many)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use plimsoll_model::{
        inputs::{Between, Environment, FIELDS, Shape, at},
        platform::Platform,
        vendor::Vendor,
    };

    fn in_words(change: fn(&mut Inputs)) -> Vec<[String; 3]> {
        let mut changed = Inputs::default();
        change(&mut changed);
        differences(&Inputs::default(), &changed)
            .into_iter()
            .map(|one| [one.label.to_owned(), one.a, one.b])
            .collect()
    }

    #[test]
    fn each_kind_of_input_is_written_for_people() {
        let table = in_words(|inputs| {
            inputs.http.requests_per_month = 2.5e9;
            inputs.traffic.shape = Shape::Office;
            inputs.services = 3;
            inputs.min_instances = Some(1);
            inputs.slo_ms = Some(250.0);
            inputs.options.free_tier = false;
            inputs.already_on = Some(Platform::Eks);
            inputs.buy.discount_percent[Vendor::Aws] = 12.5;
            inputs.team.ops_hours_per_week.kubernetes = Some(1.0);
            inputs.assumptions.fluency_none = 1.0;
        });
        let expected = [
            ["It runs today on", "Nothing yet", "Amazon EKS"],
            [
                "Requests a month",
                "10,000,000 requests",
                "2,500,000,000 requests",
            ],
            ["Shape of the week", "Steady", "Office hours"],
            ["Instances kept warm", "auto", "1 instance"],
            ["99 % of requests within", "not set", "250 ms"],
            ["Services", "1 service", "3 services"],
            ["Your discount at AWS", "0 %", "12.5 %"],
            ["Kubernetes, hours a week", "not set", "1 hour per week"],
            ["Apply free tiers", "yes", "no"],
            ["Article: hours with nobody fluent", "2.5 times", "1 times"],
        ];
        assert_eq!(table, expected.map(|row| row.map(str::to_owned)));
    }

    #[test]
    fn lists_are_counted() {
        let table = in_words(|inputs| {
            inputs.traffic.grid = vec![1.0; 168];
            inputs.environments = vec![Environment::default(); 2];
        });
        let expected = [
            ["Environments beside production", "none", "2 environments"],
            ["Load hour by hour", "none", "168 hours"],
        ];
        assert_eq!(table, expected.map(|row| row.map(str::to_owned)));
        let mut one = Inputs::default();
        one.environments.push(Environment::default());
        let mut other = one.clone();
        other.environments[0].replicas = 2;
        let found = &differences(&one, &other)[0];
        assert_eq!(
            (&*found.a, &*found.b),
            ("1 environment", "1 other environment")
        );
    }

    #[test]
    fn a_range_is_told_as_its_field() {
        let mut one = Inputs::default();
        let mut set = |low, high| {
            let latency = at::http::latency_ms;
            one.set_between(Between::new(latency, low, high).expect("a range"));
            let found = differences(&Inputs::default(), &one);
            let row = &found[0];
            assert_eq!((found.len(), row.label), (1, "Latency"));
            (row.a.clone(), row.b.clone())
        };
        let words = |a: &str, b: &str| (a.to_owned(), b.to_owned());
        assert_eq!(set(40.0, 90.0), words("50 ms", "40 to 90 ms"));
        assert_eq!(set(25.0, 100.0), words("50 ms", "25 to 100 ms"));
        assert_eq!(set(50.0, 50.0), words("50 ms", "50 to 50 ms"));
        let mut other = one.clone();
        at::http::latency_ms.set_number(&mut other, 50.0);
        assert_eq!(differences(&one, &other).len(), 1);
    }

    #[test]
    fn numbers_that_look_alike_are_written_in_full() {
        let table = in_words(|inputs| inputs.http.requests_per_month = 10_000_000.25);
        assert_eq!(
            table[0][1..],
            ["10,000,000 requests", "10,000,000.25 requests"]
        );
    }

    #[test]
    fn every_input_is_compared_and_equal_ones_are_not_told() {
        assert_eq!(differences(&Inputs::default(), &Inputs::default()), vec![]);
        for field in fields::all() {
            let mut changed = Inputs::default();
            match field.kind {
                Kind::Number { range, get, set } => {
                    let other = if get(&changed) == range.max {
                        range.min
                    } else {
                        range.max
                    };
                    set(&mut changed, other);
                }
                Kind::Optional { range, set, .. } => set(&mut changed, Some(range.max)),
                Kind::Flag { get, set } => {
                    let flag = get(&changed);
                    set(&mut changed, !flag);
                }
                Kind::Choice { set, .. } => set(&mut changed, 1),
                Kind::Set { set, .. } => set(&mut changed, 1),
            }
            let found = differences(&Inputs::default(), &changed);
            assert_eq!(found.len(), 1, "{field:?}: {found:?}");
            assert_eq!((found[0].path, found[0].label), (field.path, field.label));
            assert!(
                found[0].a != found[0].b && !found[0].a.is_empty(),
                "{found:?}"
            );
        }
        assert!(fields::all().count() > FIELDS.len());
    }
}

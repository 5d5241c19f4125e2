//! The inputs that are lists: the week's grid and the environments.

use super::{
    Notice, Reader,
    json::{Map, Value},
    kind_of, shown,
};
use crate::{
    format,
    model::{
        inputs::{Environment, Inputs, fields},
        traffic,
    },
};

pub(super) const GRID: &str = "traffic.grid";
pub(super) const ENVIRONMENTS: &str = "environments";

/// Their paths.
pub(super) const ALL: [&str; 2] = [GRID, ENVIRONMENTS];

/// The most environments that are read.
const MOST_ENVIRONMENTS: usize = 20;
/// The longest name of an environment, in characters.
pub(super) const LONGEST_NAME: usize = 60;

pub(super) fn read_grid(value: &Value, reader: &mut Reader<'_>) {
    let allowed =
        "no numbers, or 168 numbers from 0 on, not all 0: an hour each, Monday 00:00 first";
    let Value::Array(values) = value else {
        reader
            .notices
            .push(Notice::new(GRID, kind_of(value), allowed));
        return;
    };
    let grid: Vec<f64> = values.iter().filter_map(Value::as_f64).collect();
    if !values.is_empty() && (grid.len() != values.len() || !traffic::usable(&grid)) {
        let found = format!("{} values, {} of them numbers", values.len(), grid.len());
        reader.notices.push(Notice::new(GRID, found, allowed));
        return;
    }
    reader.inputs.traffic.grid = grid;
}

pub(super) fn read_environments(value: &Value, reader: &mut Reader<'_>) {
    let allowed = "a list of objects with name, hours_per_week and replicas, 20 at most";
    let Value::Array(values) = value else {
        reader
            .notices
            .push(Notice::new(ENVIRONMENTS, kind_of(value), allowed));
        return;
    };
    if values.len() > MOST_ENVIRONMENTS {
        let found = format!("{} of them", values.len());
        reader
            .notices
            .push(Notice::new(ENVIRONMENTS, found, allowed));
    }
    reader.inputs.environments.clear();
    for (n, value) in values.iter().take(MOST_ENVIRONMENTS).enumerate() {
        let at = format!("{ENVIRONMENTS}[{n}]");
        match value {
            Value::Object(object) => {
                let environment = read_environment(&at, object, &mut reader.notices);
                reader.inputs.environments.push(environment);
            }
            _ => reader
                .notices
                .push(Notice::new(at, kind_of(value), allowed)),
        }
    }
}

fn read_environment(at: &str, object: &Map, notices: &mut Vec<Notice>) -> Environment {
    let mut environment = Environment::default();
    for (key, value) in object {
        let range = match key.as_str() {
            "name" => {
                let name = value.as_str().unwrap_or_default();
                if name.is_empty() || name.chars().count() > LONGEST_NAME {
                    let allowed = "text of 1 to 60 characters";
                    notices.push(Notice::new(format!("{at}.name"), shown(value), allowed));
                }
                if !name.is_empty() {
                    environment.name = name.chars().take(LONGEST_NAME).collect();
                }
                continue;
            }
            "hours_per_week" => fields::ENVIRONMENT_HOURS,
            "replicas" => fields::ENVIRONMENT_REPLICAS,
            _ => {
                let allowed = "name, hours_per_week, replicas";
                notices.push(Notice::new(format!("{at}.{key}"), "not an input", allowed));
                continue;
            }
        };
        let number = value.as_f64();
        if !number.is_some_and(|x| range.contains(x)) {
            let allowed = format::allowed(&range);
            notices.push(Notice::new(format!("{at}.{key}"), shown(value), allowed));
        }
        if let Some(x) = number {
            match key.as_str() {
                "replicas" => environment.replicas = range.clamp(x) as u32,
                _ => environment.hours_per_week = range.clamp(x),
            }
        }
    }
    environment
}

/// The list at a path, as it stands in files.
pub(super) fn write(path: &str, inputs: &Inputs) -> Value {
    if path == GRID {
        return inputs
            .traffic
            .grid
            .iter()
            .map(|load| Value::from(*load))
            .collect();
    }
    inputs
        .environments
        .iter()
        .map(|environment| {
            let mut object = Map::new();
            object.insert("name".into(), environment.name.clone().into());
            object.insert("hours_per_week".into(), environment.hours_per_week.into());
            object.insert("replicas".into(), environment.replicas.into());
            Value::Object(object)
        })
        .collect()
}

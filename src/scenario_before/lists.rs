//! The inputs that are lists: the week's grid, the environments, the own prices and the ranges.

use super::{
    Reader,
    json::{Map, Value},
    kind_of, link, shown,
};
use crate::{
    format,
    model::{
        inputs::{Between, Environment, Field, Inputs, fields},
        prices::{MeterId, OwnPrice, REGION_GROUPS, region_group},
        traffic,
    },
};

pub(super) const GRID: &str = "traffic.grid";
pub(super) const ENVIRONMENTS: &str = "environments";

pub(super) const PRICES: &str = "prices";
pub(super) const RANGES: &str = "ranges";

/// Their paths.
pub(super) const ALL: [&str; 4] = [GRID, ENVIRONMENTS, PRICES, RANGES];

/// The most environments that are read.
const MOST_ENVIRONMENTS: usize = 20;
/// The longest name of an environment, in characters.
pub(super) const LONGEST_NAME: usize = 60;
/// The most own prices that are read.
const MOST_PRICES: usize = 1_000;

/// Reads the list at a path, if there is one.
pub(super) fn read(path: &str, value: &Value, reader: &mut Reader<'_>) {
    match path {
        GRID => read_grid(value, reader),
        RANGES => read_ranges(value, reader),
        ENVIRONMENTS => {
            let allowed = "a list of objects with name, hours_per_week and replicas, 20 at most";
            reader.inputs.environments.clear();
            each(
                ENVIRONMENTS,
                value,
                MOST_ENVIRONMENTS,
                allowed,
                reader,
                read_environment,
            );
        }
        _ => {
            let allowed = "a list of objects with meter, region and value, 1,000 at most";
            reader.inputs.prices.clear();
            each(PRICES, value, MOST_PRICES, allowed, reader, read_price);
        }
    }
}

/// Reads a list of objects, so many at most.
fn each(
    path: &str,
    value: &Value,
    most: usize,
    allowed: &str,
    reader: &mut Reader<'_>,
    read: fn(&str, &Map, &mut Reader<'_>),
) {
    let Value::Array(values) = value else {
        return reader.notice(path, kind_of(value), allowed);
    };
    if values.len() > most {
        reader.notice(path, format!("{} of them", values.len()), allowed);
    }
    for (n, value) in values.iter().take(most).enumerate() {
        let at = format!("{path}[{n}]");
        match value {
            Value::Object(object) => read(&at, object, reader),
            _ => reader.notice(&at, kind_of(value), allowed),
        }
    }
}

/// Reads a week. One that is not in whole loads is brought to them, so that it is what its link opens.
fn read_grid(value: &Value, reader: &mut Reader<'_>) {
    let allowed =
        "no numbers, or 168 numbers from 0 on, not all 0: an hour each, Monday 00:00 first";
    let Value::Array(values) = value else {
        return reader.notice(GRID, kind_of(value), allowed);
    };
    let grid: Vec<f64> = values.iter().filter_map(Value::as_f64).collect();
    if !values.is_empty() && (grid.len() != values.len() || !traffic::usable(&grid)) {
        let found = format!("{} values, {} of them numbers", values.len(), grid.len());
        return reader.notice(GRID, found, allowed);
    }
    reader.inputs.traffic.grid = link::whole_loads(&grid);
}

fn read_environment(at: &str, object: &Map, reader: &mut Reader<'_>) {
    let mut environment = Environment::default();
    for (key, value) in object {
        let at = format!("{at}.{}", link::cut(key));
        let range = match key.as_str() {
            "name" => {
                let text = value.as_str().unwrap_or_default();
                let name = link::seen(text, LONGEST_NAME);
                if name.is_empty() || name != text {
                    reader.notice(
                        &at,
                        shown(value),
                        "text of 1 to 60 characters that are seen",
                    );
                }
                if !name.is_empty() {
                    environment.name = name;
                }
                continue;
            }
            "hours_per_week" => fields::ENVIRONMENT_HOURS,
            "replicas" => fields::ENVIRONMENT_REPLICAS,
            _ => {
                reader.notice(&at, "not an input", "name, hours_per_week, replicas");
                continue;
            }
        };
        let number = value.as_f64();
        if !number.is_some_and(|x| range.contains(x)) {
            reader.notice(&at, shown(value), format::allowed(&range));
        }
        if let Some(x) = number {
            match key.as_str() {
                "replicas" => environment.replicas = range.clamp(x) as u32,
                _ => environment.hours_per_week = range.clamp(x),
            }
        }
    }
    reader.inputs.environments.push(environment);
}

/// Reads an own price. One that can't be used is left out: the book's price is nearer to it than any other number.
fn read_price(at: &str, object: &Map, reader: &mut Reader<'_>) {
    for (key, _) in object {
        if !["meter", "region", "value"].contains(&key.as_str()) {
            let at = format!("{at}.{}", link::cut(key));
            reader.notice(&at, "not an input", "meter, region, value");
        }
    }
    let text = |key: &str| object.get(key).map_or("missing".into(), shown);
    let meter = object.get("meter").and_then(Value::as_str);
    let Some(meter) = meter.and_then(MeterId::find) else {
        let allowed = "a meter of the price book, such as aws/eks/cluster";
        return reader.notice(&format!("{at}.meter"), text("meter"), allowed);
    };
    let region = object
        .get("region")
        .map_or(Some(REGION_GROUPS[0].0), Value::as_str);
    let mut groups = REGION_GROUPS.iter();
    let Some((_, region)) = groups.find(|(name, _)| Some(*name) == region) else {
        let allowed = "us, europe, asia or all";
        return reader.notice(&format!("{at}.region"), text("region"), allowed);
    };
    let info = meter.info();
    let value = object.get("value").and_then(Value::as_f64);
    let Some(value) = value.filter(|x| (info.accepts)(*x)) else {
        let allowed = [info.range(), ", in ", &(info.unit)()].concat();
        return reader.notice(&format!("{at}.value"), text("value"), allowed);
    };
    let price = OwnPrice {
        meter,
        region: *region,
        value,
    };
    if price.put(&mut reader.inputs.prices).is_some() {
        let found = [info.id, " again for the same region"].concat();
        reader.notice(at, found, "one of each; the last was taken");
    }
}

/// Reads ranges. One that can't be used is left out: then the number alone stands.
fn read_ranges(value: &Value, reader: &mut Reader<'_>) {
    reader.inputs.ranges.clear();
    let Value::Object(object) = value else {
        let allowed =
            "an object of inputs by their paths, each with its lowest and its highest number";
        return reader.notice(RANGES, kind_of(value), allowed);
    };
    for (path, ends) in object {
        let at = [RANGES, ".", &link::seen(path, 200)].concat();
        let Some((field, range)) =
            Field::find(path).and_then(|field| Some((field, field.range()?)))
        else {
            reader.notice(&at, "not a number", "inputs such as http.latency_ms");
            continue;
        };
        let between = match ends {
            Value::Array(ends) if ends.len() == 2 => ends[0]
                .as_f64()
                .zip(ends[1].as_f64())
                .and_then(|(low, high)| Between::new(field, low, high)),
            _ => None,
        };
        match between {
            Some(between) => {
                reader.cpu_given |= path == "http.cpu_ms";
                reader.inputs.set_between(between);
            }
            None => reader.notice(&at, shown(ends), format::allowed_ends(range)),
        }
    }
}

/// The list at a path, as it stands in files.
pub(super) fn write(path: &str, inputs: &Inputs) -> Value {
    match path {
        GRID => {
            let loads = inputs.traffic.grid.iter();
            loads.map(|load| Value::from(*load)).collect()
        }
        RANGES => {
            let mut object = Map::new();
            for between in &inputs.ranges {
                let ends = vec![between.low.into(), between.high.into()];
                object.insert(between.path.to_owned(), ends.into());
            }
            Value::Object(object)
        }
        ENVIRONMENTS => inputs
            .environments
            .iter()
            .map(|environment| {
                object([
                    ("name", environment.name.clone().into()),
                    ("hours_per_week", environment.hours_per_week.into()),
                    ("replicas", environment.replicas.into()),
                ])
            })
            .collect(),
        _ => inputs
            .prices
            .iter()
            .map(|price| {
                object([
                    ("meter", price.meter.info().id.into()),
                    ("region", region_group(price.region).into()),
                    ("value", price.value.into()),
                ])
            })
            .collect(),
    }
}

fn object(entries: [(&str, Value); 3]) -> Value {
    let mut object = Map::new();
    for (key, value) in entries {
        object.insert(key.to_owned(), value);
    }
    Value::Object(object)
}

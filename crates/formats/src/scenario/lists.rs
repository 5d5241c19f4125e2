//! The inputs that are lists: the week's grid, the environments, the own prices, the ranges and the workloads.

use super::{
    grid,
    json::number,
    reader::{Reader, kind_of, shown},
    text::{self, LONGEST_NAME},
    workloads,
};
pub(super) use plimsoll_model::inputs::lists::{ENVIRONMENTS, GRID, PRICES, RANGES, WORKLOADS};
use plimsoll_model::{
    inputs::{Between, Environment, Field, Inputs, at, fields},
    prices::{MeterId, OwnPrice, REGION_GROUPS, region_group},
};
use plimsoll_wording::format;
use serde_json::{Map, Value};

/// Their paths.
pub(super) const ALL: [&str; 5] = [GRID, ENVIRONMENTS, PRICES, RANGES, WORKLOADS];

/// Their paths with their names in links, as inputs have them.
pub(super) const LINKS: [[&str; 3]; 5] = [
    [GRID, "grid", "gr"],
    [ENVIRONMENTS, "env", "nt"],
    [PRICES, "prices", "px"],
    [RANGES, "ranges", "rn"],
    [WORKLOADS, "workloads", "wd"],
];

/// The most environments that are read.
pub(crate) const MOST_ENVIRONMENTS: usize = 20;
/// The most own prices that are read.
pub(crate) const MOST_PRICES: usize = 1_000;

/// Reads the list at a path, if there is one.
pub(crate) fn read(path: &str, value: &Value, reader: &mut Reader<'_>) {
    match path {
        GRID => read_grid(value, reader),
        RANGES => read_ranges(value, reader),
        WORKLOADS => workloads::read(value, reader),
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
    read: fn(&str, &Map<String, Value>, &mut Reader<'_>),
) {
    let Value::Array(values) = value else {
        return reader.report(path, kind_of(value), allowed);
    };
    if values.len() > most {
        reader.report(path, format!("{} of them", values.len()), allowed);
    }
    for (n, value) in values.iter().take(most).enumerate() {
        let at = format!("{path}[{n}]");
        match value {
            Value::Object(object) => read(&at, object, reader),
            _ => reader.report(&at, kind_of(value), allowed),
        }
    }
}

/// Reads a week.
fn read_grid(value: &Value, reader: &mut Reader<'_>) {
    match grid::read(value) {
        Ok(loads) => reader.inputs.traffic.grid = loads,
        Err(found) => reader.report(GRID, found, grid::ALLOWED),
    }
}

fn read_environment(at: &str, object: &Map<String, Value>, reader: &mut Reader<'_>) {
    let mut environment = Environment::default();
    for (key, value) in object {
        let at = format!("{at}.{}", text::cut(key));
        let range = match key.as_str() {
            "name" => {
                let text = value.as_str().unwrap_or_default();
                let name = text::seen(text, LONGEST_NAME);
                if name.is_empty() || name != text {
                    reader.report(
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
                reader.report(&at, "not an input", "name, hours_per_week, replicas");
                continue;
            }
        };
        let number = value.as_f64();
        if !number.is_some_and(|x| range.contains(x)) {
            reader.report(&at, shown(value), format::allowed(&range));
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
fn read_price(at: &str, object: &Map<String, Value>, reader: &mut Reader<'_>) {
    for key in object.keys() {
        if !["meter", "region", "value"].contains(&key.as_str()) {
            let at = format!("{at}.{}", text::cut(key));
            reader.report(&at, "not an input", "meter, region, value");
        }
    }
    let text = |key: &str| object.get(key).map_or("missing".into(), shown);
    let meter = object.get("meter").and_then(Value::as_str);
    let Some(meter) = meter.and_then(MeterId::find) else {
        let allowed = "a meter of the price book, such as aws/eks/cluster";
        return reader.report(&format!("{at}.meter"), text("meter"), allowed);
    };
    let region = object
        .get("region")
        .map_or(Some(REGION_GROUPS[0].0), Value::as_str);
    let mut groups = REGION_GROUPS.iter();
    let Some((_, region)) = groups.find(|(name, _)| Some(*name) == region) else {
        let allowed = "us, europe, asia or all";
        return reader.report(&format!("{at}.region"), text("region"), allowed);
    };
    let info = meter.info();
    let value = object.get("value").and_then(Value::as_f64);
    let Some(value) = value.filter(|x| (info.accepts)(*x)) else {
        let allowed = [info.range(), ", in ", &(info.unit)()].concat();
        return reader.report(&format!("{at}.value"), text("value"), allowed);
    };
    let price = OwnPrice {
        meter,
        region: *region,
        value,
    };
    if price.put(&mut reader.inputs.prices).is_some() {
        let found = [info.id, " again for the same region"].concat();
        reader.report(at, found, "one of each; the last was taken");
    }
}

/// Reads ranges. One that can't be used is left out: then the number alone stands.
fn read_ranges(value: &Value, reader: &mut Reader<'_>) {
    reader.inputs.ranges.clear();
    let Value::Object(object) = value else {
        let allowed =
            "an object of inputs by their paths, each with its lowest and its highest number";
        return reader.report(RANGES, kind_of(value), allowed);
    };
    for (path, ends) in object {
        let at = [RANGES, ".", &text::seen(path, 200)].concat();
        let Some((field, range)) =
            Field::find(path).and_then(|field| Some((field, field.range()?)))
        else {
            reader.report(&at, "not a number", "inputs such as http.latency_ms");
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
                reader.cpu_given |= path == at::http::cpu_ms.path;
                reader.inputs.set_between(between);
            }
            None => reader.report(&at, shown(ends), format::allowed_ends(range)),
        }
    }
}

/// The list at a path, as it stands in files.
pub(crate) fn write(path: &str, inputs: &Inputs) -> Value {
    match path {
        GRID => {
            let loads = inputs.traffic.grid.iter();
            loads.map(|load| number(*load)).collect()
        }
        RANGES => {
            let mut object = Map::new();
            for between in &inputs.ranges {
                let ends = vec![number(between.low), number(between.high)];
                object.insert(between.path.to_owned(), ends.into());
            }
            Value::Object(object)
        }
        WORKLOADS => workloads::write(inputs),
        ENVIRONMENTS => inputs
            .environments
            .iter()
            .map(|environment| {
                object([
                    ("name", environment.name.clone().into()),
                    ("hours_per_week", number(environment.hours_per_week)),
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
                    ("value", number(price.value)),
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

#[cfg(test)]
mod tests {
    use super::{super::read, ALL, ENVIRONMENTS, GRID, PRICES};
    use plimsoll_model::{inputs::Inputs, traffic};
    use plimsoll_wording::difference;

    /// The inputs of a scenario, and where its only diagnostic is.
    fn one_notice(text: &str) -> (Inputs, String) {
        let (inputs, diagnostics) = read(text);
        assert_eq!(diagnostics.len(), 1, "{text}: {diagnostics:?}");
        (inputs, diagnostics[0].to_string())
    }

    #[test]
    fn a_list_that_differs_is_told_in_words() {
        let texts = [
            (GRID, format!("{{\"traffic\":{{\"grid\":{:?}}}}}", [2; 168])),
            (ENVIRONMENTS, r#"{"environments":[{}]}"#.to_owned()),
            (
                PRICES,
                r#"{"prices":[{"meter":"aws/eks/cluster","value":1}]}"#.to_owned(),
            ),
        ];
        // Ranges are told with their fields, workloads by a test of their own.
        assert_eq!(texts.len(), ALL.len() - 2);
        for (path, text) in texts {
            let (inputs, diagnostics) = read(&text);
            assert_eq!(diagnostics, [], "{text}");
            let found = difference::differences(&Inputs::default(), &inputs);
            assert!(
                found.iter().any(|row| row.path == path),
                "{path}: {found:?}"
            );
        }
    }

    #[test]
    fn what_is_wrong_with_an_own_price_is_told_and_the_others_are_taken() {
        let cases = [
            (
                "3",
                "prices[1]: a number; allowed: a list of objects with meter",
            ),
            (
                "{}",
                "prices[1].meter: missing; allowed: a meter of the price book",
            ),
            (
                r#"{"meter": "aws/eks/cluster"}"#,
                "prices[1].value: missing; allowed: 0 to 1,000,000,000,000, in USD per",
            ),
            (
                r#"{"meter": "aws/eks/cluster", "value": "1"}"#,
                "prices[1].value: \"1\"; allowed: 0 to",
            ),
            (
                r#"{"meter": "aws/eks/cluster", "value": -1}"#,
                "prices[1].value: -1; allowed: 0 to",
            ),
            (
                r#"{"meter": "aws/eks/cluster", "value": 1e999}"#,
                "prices[1].value: 1e999; allowed: 0 to",
            ),
            (
                r#"{"meter": "aws/eks/cluster", "region": "mars", "value": 1}"#,
                "prices[1].region: \"mars\"; allowed: us, europe",
            ),
            (
                r#"{"meter": "aws/eks/cluster", "region": null, "value": 1}"#,
                "prices[1].region: null; allowed: us, europe",
            ),
            (
                r#"{"meter": "fly/region-multiplier", "value": 0}"#,
                "prices[1].value: 0; allowed: above 0",
            ),
        ];
        for (price, start) in cases {
            let text =
                format!(r#"{{"prices": [{{"meter": "fly/egress", "value": 0.01}}, {price}]}}"#);
            let (inputs, told) = one_notice(&text);
            assert!(told.starts_with(start), "{told}");
            assert_eq!(inputs.prices.len(), 1);
        }
        let (inputs, told) =
            one_notice(r#"{"prices": [{"meter": "fly/egress", "value": 0.01, "unit": "GB"}]}"#);
        assert!(
            told.starts_with("prices[0].unit: not an input; allowed: meter"),
            "{told}"
        );
        assert_eq!(inputs.prices.len(), 1);
        assert!(
            one_notice(r#"{"prices": {}}"#)
                .1
                .starts_with("prices: an object; allowed: a list")
        );
        let many = vec![r#"{"meter": "fly/egress", "value": 0.01}"#; 1_001].join(",");
        let (inputs, diagnostics) = read(&format!(r#"{{"prices": [{many}]}}"#));
        assert!(
            diagnostics[0]
                .to_string()
                .starts_with("prices: 1001 of them; allowed: a list")
        );
        assert_eq!(
            diagnostics.last().map(ToString::to_string).as_deref(),
            Some("and more: 900 of them; allowed: none")
        );
        assert_eq!(inputs.prices.len(), 1);
    }

    #[test]
    fn names_lose_what_is_not_seen_and_that_is_told() {
        let (inputs, told) = one_notice(r#"{"environments": [{"name": "a\u202eb\u0000c"}]}"#);
        assert_eq!(inputs.environments[0].name, "abc");
        assert!(
            told.starts_with("environments[0].name: \"ab\\u0000c\"; allowed: text of 1 to 60"),
            "{told}"
        );
        let (inputs, _) = one_notice(r#"{"environments": [{"name": "\u200e"}]}"#);
        assert_eq!(inputs.environments[0].name, "staging");
    }

    #[test]
    fn a_week_is_brought_to_whole_loads() {
        let loads: Vec<String> = (0..168)
            .map(|hour| (f64::from(hour) / 7.0).to_string())
            .collect();
        let (inputs, diagnostics) = read(&format!(
            r#"{{"traffic": {{"grid": [{}]}}}}"#,
            loads.join(",")
        ));
        assert_eq!(diagnostics, []);
        let grid = inputs.traffic.grid;
        assert!(traffic::usable(&grid) && grid.iter().all(|load| load.fract() == 0.0));
        assert_eq!((grid[0], grid[167]), (0.0, 3_843.0));
    }
}

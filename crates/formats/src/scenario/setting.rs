//! What one input is set to, as a scenario file has it.

use plimsoll_model::{
    explore::flips::Setting,
    inputs::{Field, Kind},
};
use serde_json::Value;

/// Writes a setting.
pub(crate) fn write(field: &Field, setting: Setting) -> Value {
    match (setting, field.kind) {
        (Setting::Number(x), _) if field.range().is_some_and(|range| range.whole) => {
            (x as i64).into()
        }
        (Setting::Number(x), _) => x.into(),
        (Setting::Flag(on), _) => on.into(),
        (Setting::Option(place), Kind::Choice { options, .. }) => options[place].0.into(),
        (
            Setting::Open,
            Kind::Optional {
                open: Some(word), ..
            },
        ) => word.into(),
        _ => Value::Null,
    }
}

/// Reads a setting; none where the input can't be set so.
pub(crate) fn read(field: &Field, value: &Value) -> Option<Setting> {
    match field.kind {
        Kind::Optional { open, .. } if value.as_str() == open && value.as_f64().is_none() => {
            (open.is_some() || value.is_null()).then_some(Setting::Open)
        }
        Kind::Number { range, .. } | Kind::Optional { range, .. } => {
            let x = value.as_f64().filter(|x| range.contains(*x));
            x.map(Setting::Number)
        }
        Kind::Flag { .. } => value.as_bool().map(Setting::Flag),
        Kind::Choice { options, .. } => {
            let name = value.as_str()?;
            let place = options.iter().position(|(option, _)| *option == name);
            place.map(Setting::Option)
        }
        Kind::Set { .. } => None,
    }
}

//! The load of each hour of a week, as files and links have it.

use super::reader::kind_of;
use plimsoll_model::traffic;
use serde_json::Value;

/// The largest whole number that an hour of a grid has in a link: what two digits can write.
pub const MOST_LOAD: f64 = 62.0 * 62.0 - 1.0;
/// What may stand there.
pub(super) const ALLOWED: &str =
    "no numbers, or 168 numbers from 0 on, not all 0: an hour each, Monday 00:00 first";

/// Reads a week, or says what was found instead. One that is not in whole loads is brought to them, so that it is what its link
/// opens.
pub(super) fn read(value: &Value) -> Result<Vec<f64>, String> {
    let Value::Array(values) = value else {
        return Err(kind_of(value).into());
    };
    let grid: Vec<f64> = values.iter().filter_map(Value::as_f64).collect();
    if !values.is_empty() && (grid.len() != values.len() || !traffic::usable(&grid)) {
        return Err(format!(
            "{} values, {} of them numbers",
            values.len(),
            grid.len()
        ));
    }
    Ok(whole_loads(&grid))
}

/// The loads of a grid as a link carries them: whole numbers up to [`MOST_LOAD`].
///
/// A grid of such numbers stays as it is. Any other is scaled so that its largest hour has the largest number, and
/// rounded: no hour moves by more than 0.02 % of the largest.
pub fn whole_loads(grid: &[f64]) -> Vec<f64> {
    if grid
        .iter()
        .all(|load| load.fract() == 0.0 && *load <= MOST_LOAD)
    {
        return grid.to_vec();
    }
    let most = grid.iter().copied().fold(0.0, f64::max);
    grid.iter()
        .map(|load| (load / most * MOST_LOAD).round())
        .collect()
}

//! How often a schedule comes round: one of cron, or of Amazon EventBridge.
//!
//! Source of the latter: <https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html>.

/// Days of a month, and weeks, on average.
const DAYS: f64 = 365.25 / 12.0;
const WEEKS: f64 = DAYS / 7.0;

/// Runs a month of a schedule of five fields, or of a name such as `@daily`. None where it is no schedule.
pub(crate) fn runs_per_month(schedule: &str) -> Option<f64> {
    match schedule.trim() {
        "@hourly" => return Some(24.0 * DAYS),
        "@daily" | "@midnight" => return Some(DAYS),
        "@weekly" => return Some(WEEKS),
        "@monthly" => return Some(1.0),
        "@yearly" | "@annually" => return Some(1.0 / 12.0),
        _ => {}
    }
    let fields: Vec<&str> = schedule.split_whitespace().collect();
    let [minute, hour, day, month, weekday] = fields[..] else {
        return None;
    };
    let minutes = count(minute, 0, 59)?;
    let hours = count(hour, 0, 23)?;
    let months = count(month, 1, 12)? / 12.0;
    let on_days = count(day, 1, 31)?;
    let on_weekdays = count(weekday, 0, 6)?;
    // Either of the two, where both say something: cron's own rule.
    let days = match (day, weekday) {
        ("*" | "?", "*" | "?") => DAYS,
        (_, "*" | "?") => on_days * DAYS / 31.0,
        ("*" | "?", _) => on_weekdays * WEEKS,
        _ => (on_days * DAYS / 31.0 + on_weekdays * WEEKS).min(DAYS),
    };
    Some(minutes * hours * days * months)
}

/// Runs a month of `rate(5 minutes)`, or of `cron(0 3 * * ? *)` with a year as its sixth field. None where it is neither.
pub(crate) fn runs_per_month_of_aws(schedule: &str) -> Option<f64> {
    let (how, inside) = schedule.trim().strip_suffix(')')?.split_once('(')?;
    let fields: Vec<&str> = inside.split_whitespace().collect();
    match (how, &fields[..]) {
        ("rate", [every, unit]) => {
            let every: u32 = every.parse().ok().filter(|every| *every > 0)?;
            let days = match unit.trim_end_matches('s') {
                "minute" => 1.0 / 1_440.0,
                "hour" => 1.0 / 24.0,
                "day" => 1.0,
                _ => return None,
            };
            Some(DAYS / (f64::from(every) * days))
        }
        ("cron", [minute, hour, day, month, weekday, _]) => {
            // "L", "15W", "6L" and "6#3" are one day of a month. Weekdays count from 1, Sunday: as many days as from 0.
            let is_one = |field: &str| field != "*" && field.contains(['L', 'W', '#']);
            let is_one = is_one(day) || is_one(weekday) && !weekday.contains("WED");
            if is_one {
                let in_a_day = format!("{minute} {hour} * {month} *");
                return Some(runs_per_month(&in_a_day)? / DAYS);
            }
            let fields = [minute, hour, day, month, weekday].map(|field| *field);
            runs_per_month(&fields.join(" "))
        }
        _ => None,
    }
}

/// How many values of a range a field stands for.
fn count(field: &str, from: u32, to: u32) -> Option<f64> {
    let mut on = vec![false; to as usize + 2];
    for part in field.split(',') {
        let (range, step) = match part.split_once('/') {
            Some((range, step)) => (range, step.parse::<u32>().ok().filter(|step| *step > 0)?),
            None => (part, 1),
        };
        let (low, high) = match range.split_once('-') {
            Some((low, high)) => (value(low)?, value(high)?),
            None if ["*", "?"].contains(&range) => (from, to),
            // "5/15" goes on to the end.
            None if part.contains('/') => (value(range)?, to),
            None => (value(range)?, value(range)?),
        };
        // Sunday is 0 and 7.
        let last = if to == 6 { 7 } else { to };
        if low > high || low < from || high > last {
            return None;
        }
        for x in (low..=high).step_by(step as usize) {
            on[if to == 6 { x % 7 } else { x } as usize] = true;
        }
    }
    Some(on.iter().filter(|on| **on).count() as f64)
}

/// A number, or the name of a day or a month.
fn value(text: &str) -> Option<u32> {
    const DAYS: [&str; 7] = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
    const MONTHS: [&str; 12] = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ];
    let text = text.to_lowercase();
    let of = |names: &[&str], first: u32| {
        let place = names.iter().position(|name| *name == text)?;
        Some(place as u32 + first)
    };
    text.parse()
        .ok()
        .or_else(|| of(&DAYS, 0))
        .or_else(|| of(&MONTHS, 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn schedules_come_round_as_often_as_they_say() {
        for (schedule, runs) in [
            ("0 3 * * *", DAYS),
            ("*/5 * * * *", 288.0 * DAYS),
            ("0 0 * * 1-5", 5.0 * WEEKS),
            ("0 0 * * mon,wed", 2.0 * WEEKS),
            ("30 2 1 * *", DAYS / 31.0),
            ("0 */6 * * *", 4.0 * DAYS),
            ("@daily", DAYS),
            ("0 0 * * 0,7", WEEKS),
            ("5/30 * * * *", 48.0 * DAYS),
        ] {
            let found = runs_per_month(schedule).unwrap_or(f64::NAN);
            assert!(
                (found - runs).abs() < 1e-9,
                "{schedule}: {found}, not {runs}"
            );
        }
        for (schedule, runs) in [
            ("rate(5 minutes)", 288.0 * DAYS),
            ("rate(1 hour)", 24.0 * DAYS),
            ("rate(7 days)", WEEKS),
            ("cron(0 3 * * ? *)", DAYS),
            ("cron(0/15 8-17 ? * MON-FRI *)", 4.0 * 10.0 * 5.0 * WEEKS),
            ("cron(0 8 ? * 2-6 *)", 5.0 * WEEKS),
            ("cron(0 8 ? * WED *)", WEEKS),
            ("cron(0 8 L * ? *)", 1.0),
            ("cron(0 8 ? 1 6#3 *)", 1.0 / 12.0),
        ] {
            let found = runs_per_month_of_aws(schedule).unwrap_or(f64::NAN);
            assert!(
                (found - runs).abs() < 1e-9,
                "{schedule}: {found}, not {runs}"
            );
        }
        for wrong in [
            "",
            "rate(0 days)",
            "rate(5)",
            "cron(0 3 * * *)",
            "at(2026-01-01T00:00:00)",
        ] {
            assert_eq!(runs_per_month_of_aws(wrong), None, "{wrong}");
        }
        for wrong in [
            "",
            "every day",
            "60 * * * *",
            "* * * *",
            "*/0 * * * *",
            "5-1 * * * *",
        ] {
            assert_eq!(runs_per_month(wrong), None, "{wrong}");
        }
    }
}

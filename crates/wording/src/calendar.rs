//! Days and dates of the Gregorian calendar.

/// Days from 1970-01-01 to a date of the Gregorian calendar; a day beyond its month runs on into the next.
///
/// After Howard Hinnant's "chrono-Compatible Low-Level Date Algorithms" (`days_from_civil`), in the public domain.
/// `month` and `day` count from 1; the month after December is 13.
pub fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    // A year that begins in March has its leap day at the end.
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

/// The year, the month and the day, from 1, that lie so many days after 1970-01-01.
///
/// After Howard Hinnant's "chrono-Compatible Low-Level Date Algorithms" (`civil_from_days`), in the public domain.
pub fn civil_from_days(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    // Months from March.
    let shifted = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted + 2) / 5 + 1;
    let month = (shifted + 2) % 12 + 1;
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, month, day)
}

/// The weekday that lies so many days after 1970-01-01, a Thursday: 0 for Monday to 6 for Sunday.
pub fn weekday(days: i64) -> usize {
    (days + 3).rem_euclid(7) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_so_many_days_after_1970_and_back() {
        for days in -800_000..800_000 {
            let (year, month, day) = civil_from_days(days);
            assert_eq!(days_from_civil(year, month, day), days);
        }
        for year in 1_900..2_100 {
            let january = days_from_civil(year + 1, 1, 1);
            assert_eq!(days_from_civil(year, 13, 1), january);
        }
        assert_eq!(weekday(0), 3);
        assert_eq!(
            civil_from_days(days_from_civil(2_024, 2, 30)),
            (2_024, 3, 1)
        );
    }
}

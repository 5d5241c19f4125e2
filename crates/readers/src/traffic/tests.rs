//! Files of traffic as tools write them: one file because the same few functions make every case.
//!
//! Each comes to the load that is in it, or is refused with the reason.
#![allow(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that fails panics"
)]

use super::{times::HOUR, week::hour_of_week};
use crate::{Choices, File, Kind, Reading, read_with};
use plimsoll_model::{
    inputs::{Inputs, Shape},
    units::HOURS_PER_MONTH,
};
use plimsoll_wording::calendar::{civil_from_days, weekday};

const DAY: i64 = 86_400;
/// 2026-10-01 00:00, a Thursday.
const OCTOBER: i64 = 1_790_812_800;

fn clock(utc: i64) -> String {
    let (year, month, day) = civil_from_days(utc.div_euclid(DAY));
    let minutes = utc.rem_euclid(DAY) / 60;
    format!(
        "{year}-{month:02}-{day:02} {:02}:{:02}",
        minutes / 60,
        minutes % 60
    )
}

/// A file with a row for each of so many steps after 2026-10-01 00:00.
fn file(header: &str, rows: i64, step: i64, row: impl Fn(String, i64) -> String) -> String {
    let rows = (0..rows).map(|n| OCTOBER + n * step);
    let rows = rows.map(|utc| row(clock(utc), utc) + "\n");
    header.to_owned() + &rows.collect::<String>()
}

/// Hours of four weeks: ten requests, and thirty from Monday 08:00 to 09:00.
fn hourly(header: &str, row: impl Fn(String, i64, i64) -> String) -> String {
    file(header, 4 * 168, HOUR, |at, utc| {
        row(at, utc, if hour_of_week(utc) == 8 { 30 } else { 10 })
    })
}

fn reading(text: &str, choices: &[(&str, &str)]) -> Reading {
    let choices: Choices = choices
        .iter()
        .map(|(what, taken)| (format!("t.csv:1:{what}"), (*taken).to_owned()))
        .collect();
    read_with(
        &[File {
            name: "t.csv",
            text,
        }],
        &choices,
    )
}

fn told(reading: &Reading) -> String {
    let all: Vec<String> = reading.told.iter().map(ToString::to_string).collect();
    all.join("\n")
}

/// Requests a month, and what was told.
fn month(text: &str) -> (f64, String) {
    let reading = reading(text, &[]);
    let traffic = reading.traffic.first();
    let found = traffic.map_or(f64::NAN, |traffic| traffic.total.requests_per_month);
    (found, told(&reading))
}

fn is_month(text: &str, wanted: f64) -> String {
    let (found, told) = month(text);
    assert!(
        (found / wanted - 1.0).abs() < 1e-3,
        "{found}, not {wanted}\n{told}\n{}",
        &text[..text.len().min(300)]
    );
    told
}

fn is_hourly(text: &str, times: f64) -> String {
    let reading = reading(text, &[]);
    let told = told(&reading);
    let traffic = reading.traffic.first().unwrap_or_else(|| panic!("{told}"));
    let mean = (167.0 * 10.0 + 30.0) / 168.0;
    for (hour, load) in traffic.total.grid.iter().enumerate() {
        let wanted = if hour == 8 { 30.0 } else { 10.0 } / mean;
        assert!((load - wanted).abs() < 1e-9, "hour {hour}: {load} {told}");
    }
    let month = mean * times * HOURS_PER_MONTH;
    let found = traffic.total.requests_per_month;
    assert!((found / month - 1.0).abs() < 1e-9, "{found} {month} {told}");
    told
}

fn mistake(text: &str) -> String {
    let reading = reading(text, &[]);
    assert!(reading.traffic.is_empty(), "{}", told(&reading));
    let wrong = reading.told.iter().find(|told| told.kind == Kind::Wrong);
    wrong
        .unwrap_or_else(|| panic!("{}", told(&reading)))
        .to_string()
}

#[test]
fn c1_a_counter_counts_what_it_grew() {
    // 20,000 a day, scraped every 30 seconds for three days, with two resets.
    let per_scrape = 20_000.0 / 2_880.0;
    let counter = |resets: bool| {
        file("Time,http_requests_total\n", 3 * 2_880, 30, |at, utc| {
            let steps = (utc - OCTOBER) / 30;
            let since = if resets {
                steps % 3_000
            } else {
                steps + 77_000
            };
            format!("{at}:{:02},{:.0}", utc % 60, since as f64 * per_scrape)
        })
    };
    let told = is_month(&counter(false), 608_333.0);
    assert!(
        told.contains("a counter that only grows: as they only grow"),
        "{told}"
    );
    is_month(&counter(true), 608_333.0);
    // And the other way round in time, under another name; and turned.
    let text = counter(true).replace("http_requests_total", "requests");
    let mut lines: Vec<&str> = text.lines().collect();
    lines[1..].reverse();
    is_month(&lines.join("\n"), 608_333.0);
    let turned = reading(&counter(false), &[("numbers", "count")]);
    assert!(turned.traffic[0].total.requests_per_month > 1e9);
}

#[test]
fn c2_hours_without_rows_are_hours_without_requests_where_they_come_back() {
    let text = file("timestamp,RequestCount\n", 4 * 168, HOUR, |at, utc| {
        let hour = hour_of_week(utc);
        let is_office = hour / 24 < 5 && (9..17).contains(&(hour % 24));
        if is_office {
            format!("{at},3600")
        } else {
            String::new()
        }
    });
    let told = is_month(&text, 625_714.0);
    assert!(told.contains("no request came then"), "{told}");
    let grid = &reading(&text, &[]).traffic[0].total.grid;
    assert_eq!(
        (grid[8], grid[9] > 1.0, grid[5 * 24 + 10]),
        (0.0, true, 0.0)
    );
    let turned = reading(&text, &[("silence", "unknown")]);
    assert!((turned.traffic[0].total.requests_per_month - 2_628_000.0).abs() < 1.0);
}

#[test]
fn c3_and_c4_dates_are_read_in_every_notation_and_hours_count() {
    let number = |utc: i64| {
        if utc.rem_euclid(DAY) / HOUR == 8 {
            30
        } else {
            10
        }
    };
    let day = (23.0 * 10.0 + 30.0) / 24.0 * HOURS_PER_MONTH;
    let parts = |utc: i64| {
        let (year, month, day) = civil_from_days(utc.div_euclid(DAY));
        (year, month, day, utc.rem_euclid(DAY) / HOUR)
    };
    let with = |header: &str, row: &dyn Fn(i64) -> String| {
        let text = file(header, 14 * 24, HOUR, |_, utc| {
            format!("{},{}", row(utc), number(utc))
        });
        let reading = reading(&text, &[]);
        let told = told(&reading);
        let traffic = reading.traffic.first().unwrap_or_else(|| panic!("{told}"));
        assert!(
            (traffic.total.requests_per_month / day - 1.0).abs() < 1e-9,
            "{told}"
        );
        assert!(
            traffic.total.grid[8] > 2.5 && traffic.total.grid[24 + 8] > 2.5,
            "{told}"
        );
        assert!(
            told.contains("2026-10-01 00:00 to 2026-10-14 23:00"),
            "{told}"
        );
    };
    with("Date + hour (YYYYMMDDHH),Sessions\n", &|utc| {
        let (y, m, d, h) = parts(utc);
        format!("{y}{m:02}{d:02}{h:02}")
    });
    with("date,hour,requests\n", &|utc| {
        let (y, m, d, h) = parts(utc);
        format!("{y}-{m:02}-{d:02},{h}")
    });
    with("date,hour,requests\n", &|utc| {
        let (y, m, d, h) = parts(utc);
        format!("{y}{m:02}{d:02},{h:02}")
    });
    with("Year,Month,Day,Hour,Requests\n", &|utc| {
        let (y, m, d, h) = parts(utc);
        format!("{y},{m},{d},{h}")
    });
    with("day,requests\n", &|utc| {
        let (y, m, d, h) = parts(utc);
        format!("{d:02}-{m:02}-{y} {h:02}:00")
    });
    with("t,requests\n", &|utc| {
        let (y, m, d, h) = parts(utc);
        format!("{d:02}/{m:02}/{:02} {h:02}:00", y % 100)
    });
    with("\"@timestamp per hour\",Count\n", &|utc| {
        let (y, _, d, h) = parts(utc);
        format!("\"Oct {d}, {y} @ {h:02}:00:00.000\"")
    });
    // Days alone.
    let text = file("Date,Users,Requests\n", 14, DAY, |at, _| {
        format!("{},5,2400", at[..10].replace('-', ""))
    });
    let told = is_month(&text, 2_400.0 * HOURS_PER_MONTH / 24.0);
    assert!(told.contains("spread evenly over its 24 hours"), "{told}");
}

#[test]
fn dates_that_may_begin_with_month_or_day_are_asked_about() {
    let rows = |rows: i64| {
        file("t,requests\n", rows, HOUR, |at, _| {
            format!("{}/{}/{} {},5", &at[5..7], &at[8..10], &at[..4], &at[11..])
        })
    };
    let open = reading(&rows(48), &[]);
    assert!(
        told(&open).contains("dates begin with the month"),
        "{}",
        told(&open)
    );
    let sure = reading(&rows(20 * 24), &[]);
    assert!(!told(&sure).contains("dates begin"), "{}", told(&sure));
    let turned = reading(&rows(48), &[("dates", "day")]);
    assert!(
        told(&turned).contains("of 2026-01-10 00:00"),
        "{}",
        told(&turned)
    );
    let both = "t,requests\n13/10/2026,1\n10/13/2026,1\n";
    assert!(mistake(both).contains("is no time"));
}

#[test]
fn c5_units_are_read_or_named_and_fractions_are_asked_about() {
    let with = |row: &dyn Fn(i64) -> String, header: &str| {
        hourly(header, |at, _, n| format!("\"{at}\",{}", row(n)))
    };
    is_hourly(
        &with(
            &|n| format!("\"{:.3} K\"", n as f64 / 1e3),
            "\"Time\",\"requests\"\n",
        ),
        1.0,
    );
    let told = is_hourly(
        &with(&|n| format!("{n} req/s"), "\"Time\",\"shop\"\n"),
        3_600.0,
    );
    assert!(
        told.contains("requests per second, as their unit says"),
        "{told}"
    );
    is_hourly(&with(&|n| format!("{n} rpm"), "\"Time\",\"shop\"\n"), 60.0);
    let told = is_hourly(
        &with(&|n| format!("{n}.5"), "Time,shop\n")
            .replace("30.5", "30.25")
            .replace("10.5", "10.0833333333333333"),
        3_600.0 * 10.083_333_333_333_333 / 10.0,
    );
    assert!(
        told.contains("requests per second: they have fractions and no unit"),
        "{told}"
    );
    assert!(
        mistake(&with(&|n| format!("{n} MiB"), "Time,shop\n"))
            .contains("the unit \u{201c}MiB\u{201d} is not known")
    );
    // A rate of five minutes each: the rows say how long each holds.
    let text = file("Time,requests per minute\n", 288, 300, |at, _| {
        format!("{at},60")
    });
    is_month(&text, 60.0 * 60.0 * HOURS_PER_MONTH);
}

#[test]
fn c6_more_than_can_be_entered_is_said() {
    let text = hourly("time,requests\n", |at, _, n| format!("{at},{n}000000000"));
    let mut reading = reading(&text, &[]);
    let inputs = reading.onto(&Inputs::default());
    assert_eq!(inputs.http.requests_per_month, 1e10);
    let told = told(&reading);
    assert!(told.contains("7,386,904,761,905 requests a month are beyond what can be entered; 10,000,000,000 count"), "{told}");
}

#[test]
fn c7_answers_of_the_clouds_tools_are_read() {
    let day = |n: i64| clock(OCTOBER + n * HOUR).replace(' ', "T");
    let hours = 0..48;
    let points = |one: &dyn Fn(i64) -> String| hours.clone().map(one).collect::<Vec<_>>().join(",");
    let wanted = 720.0 * HOURS_PER_MONTH;
    let statistics = format!(
        "{{\"Label\":\"RequestCount\",\"Datapoints\":[{}]}}",
        points(&|n| format!(
            "{{\"Timestamp\":\"{}:00+00:00\",\"Sum\":720.0,\"Unit\":\"Count\"}}",
            day((n * 7) % 48)
        ))
    );
    is_month(&statistics, wanted);
    let data = format!(
        "{{\"MetricDataResults\":[{{\"Id\":\"m1\",\"Label\":\"cart\",\"Timestamps\":[{}],\"Values\":[{}]}}]}}",
        points(&|n| format!("\"{}:00Z\"", day(47 - n))),
        points(&|_| "720.0".to_owned())
    );
    is_month(&data, wanted);
    let google = format!(
        "{{\"timeSeries\":[{{\"metric\":{{\"type\":\"run.googleapis.com/request_count\"}},\"resource\":{{\"labels\":{{\
         \"service_name\":\"cart\"}}}},\"metricKind\":\"DELTA\",\"points\":[{}]}}]}}",
        points(&|n| format!(
            "{{\"interval\":{{\"startTime\":\"{}:00Z\",\"endTime\":\"{}:00Z\"}},\"value\":{{\"int64Value\":\"720\"}}}}",
            day(47 - n),
            day(48 - n)
        ))
    );
    is_month(&google, wanted);
    let azure = format!(
        "{{\"value\":[{{\"name\":{{\"value\":\"Requests\"}},\"timeseries\":[{{\"metadatavalues\":[],\"data\":[{}]}}]}}]}}",
        points(&|n| format!("{{\"timeStamp\":\"{}:00Z\",\"total\":720.0}}", day(n)))
    );
    is_month(&azure, wanted);
    let range = format!(
        "{{\"status\":\"success\",\"data\":{{\"resultType\":\"matrix\",\"result\":[{{\"metric\":{{\"__name__\":\
         \"http_requests_total\",\"service\":\"cart\"}},\"values\":[{}]}}]}}}}",
        points(&|n| format!("[{},\"{}\"]", OCTOBER + n * HOUR, 5_000 + n * 720))
    );
    let told = is_month(&range, wanted);
    assert!(told.contains("only grow"), "{told}");
    assert!(mistake("{\"Datapoints\":[]}").contains("no point with a time"));
}

#[test]
fn every_row_of_the_tools_that_write_csv_is_read() {
    let head = "Load balancer requests\nLabel,RequestCount\nId,m1\nPeriod,3600\nStatistic,Sum\n";
    let text = hourly(head, |at, _, n| {
        format!("{}:00,{n}.0", at.replace('-', "/"))
    });
    let told = is_hourly(&text, 1.0);
    assert!(
        told.contains("672 rows of 2026-10-01 00:00 to 2026-10-28 23:00, 1 hour apart; time from column 1, requests from \u{201c}RequestCount\u{201d}")
            || told.contains("time from \u{201c}Label\u{201d}, requests from \u{201c}RequestCount\u{201d}"),
        "{told}"
    );
    // Newest first, and a rate by its unit.
    let text = hourly("", |at, _, n| format!("{at},{}", n as f64 / 3_600.0));
    let mut lines: Vec<&str> = text.lines().rev().collect();
    lines.insert(0, "Unit,Count/Second");
    lines.insert(0, "Label,RequestCount");
    is_hourly(&lines.join("\r\n"), 1.0);
    // Google Cloud: a column for each series, and local times.
    let head = "TimeSeries ID,a,b\nservice_name,shop,corporate-api\n";
    let text = hourly(head, |at, utc, n| {
        let name = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"][weekday(utc / DAY)];
        format!(
            "{name} Oct {} 2026 {}:00 GMT+0200 (Central European Summer Time),{n},{}",
            &at[8..10],
            &at[11..],
            2 * n
        )
    });
    let told = is_hourly(&text, 3.0);
    assert!(
        told.contains("the sum of \u{201c}a\u{201d}, \u{201c}b\u{201d}"),
        "{told}"
    );
    assert!(told.contains("at first UTC+02:00"), "{told}");
    // Grafana in German: semicolons, quotes, decimal commas.
    let head = "\u{feff}sep=;\n\"Time\";\"Anfragen/s\"\n";
    let text = hourly(head, |at, _, n| format!("\"{at}:00.000+02:00\";\"{n},0\""));
    is_hourly(&text, 3_600.0);
    // Prometheus: seconds since 1970.
    is_hourly(
        &hourly("timestamp,value\n", |_, utc, n| format!("{utc},{n}")),
        1.0,
    );
    is_hourly(
        &hourly("requests,ts\n", |_, utc, n| format!("{n},{utc}000")),
        1.0,
    );
}

#[test]
fn services_have_series_of_their_own() {
    let text = hourly("time,service,requests\n", |at, _, n| {
        format!("{at},cart,{n}\n{at},search,{}\n{at},mail,0", 3 * n)
    });
    let reading = reading(&text, &[]);
    let traffic = &reading.traffic[0];
    let of = |n: usize| {
        (
            traffic.services[n].0.as_str(),
            traffic.services[n].1.requests_per_month,
        )
    };
    let mean = (167.0 * 10.0 + 30.0) / 168.0 * HOURS_PER_MONTH;
    assert_eq!(traffic.services.len(), 2);
    assert_eq!(of(0).0, "cart");
    assert!((of(1).1 / (3.0 * mean) - 1.0).abs() < 1e-9, "{:?}", of(1));
    let sum: f64 = traffic
        .services
        .iter()
        .map(|(_, load)| load.requests_per_month)
        .sum();
    assert!((sum / traffic.total.requests_per_month - 1.0).abs() < 1e-9);
    // They belong to workloads of the same name.
    let rows = "name,vcpu\ncart,0.5\nsearch,1\nadmin,1\n";
    let files = [
        File {
            name: "rows.csv",
            text: rows,
        },
        File {
            name: "t.csv",
            text: &text,
        },
    ];
    let mut both = read_with(&files, &Choices::new());
    let inputs = both.onto(&Inputs::default());
    let requests: Vec<f64> = inputs
        .workloads
        .rows()
        .iter()
        .map(|row| row.values.http.requests_per_month)
        .collect();
    assert_eq!(requests, [mean.round(), (3.0 * mean).round(), 0.0]);
    assert!(
        told(&both).contains("2 of 2 series have the name of a workload"),
        "{}",
        told(&both)
    );
    // Or become workloads.
    let mut each = reading_of(&text, &[("series", "each")]);
    let inputs = each.onto(&Inputs::default());
    assert_eq!(inputs.workloads.rows().len(), 2);
    assert_eq!(inputs.traffic.shape, Shape::Grid);
}

fn reading_of(text: &str, choices: &[(&str, &str)]) -> Reading {
    reading(text, choices)
}

#[test]
fn weeks_that_differ_set_burstiness_and_latency_and_cpu_are_read() {
    let text = file(
        "time,requests,latency_ms,cpu seconds\n",
        4 * 168,
        HOUR,
        |at, utc| {
            let week = (utc - OCTOBER) / (7 * DAY);
            let n = 10 + 2 * (week % 2);
            format!("{at},{n},{},{}", 40 + 5 * (week % 2), 0.01 * n as f64)
        },
    );
    let mut reading = reading(&text, &[]);
    let inputs = reading.onto(&Inputs::default());
    let told = told(&reading);
    // Mean 11, variance of 10, 12, 10, 12: 4/3.
    assert!(
        told.contains("4 weeks are averaged hour by hour, which differ by 10 %: burstiness is 1"),
        "{told}"
    );
    assert_eq!(inputs.traffic.cv2, 1.0);
    assert_eq!(inputs.http.latency_ms, 42.7);
    assert_eq!(inputs.http.cpu_ms, 10.0);
    let bursts = text.replace(",12,", ",1200,");
    let reading = reading_of(&bursts, &[]);
    assert_eq!(reading.traffic[0].cv2, Some(100.0));
}

#[test]
fn hours_can_be_moved_to_this_computers_clock() {
    let text = hourly("ts,requests\n", |_, utc, n| format!("{utc},{n}"));
    let read = |choices: Choices| {
        let mut reader = crate::Reader::new(choices, Some(|_| 2 * HOUR));
        reader.open("t.csv");
        // Bytes come in pieces of any length.
        for piece in text.as_bytes().chunks(7) {
            assert!(reader.push(piece));
        }
        reader.finish()
    };
    let usual = read(Choices::new());
    assert!(usual.traffic[0].total.grid[8] > 2.5);
    let own = read(Choices::from([(
        "t.csv:1:zone".to_owned(),
        "own".to_owned(),
    )]));
    assert!(own.traffic[0].total.grid[10] > 2.5, "{}", told(&own));
    assert!(
        told(&usual).contains("hours are those of UTC"),
        "{}",
        told(&usual)
    );
}

#[test]
fn weeks_are_averaged_and_gaps_filled() {
    // Nine days: Thursday and Friday twice, 10 and then 40 an hour.
    let text = file("t,requests\n", 9 * 48, 1_800, |at, utc| {
        format!("{at},{}", if utc >= OCTOBER + 7 * DAY { 20 } else { 5 })
    });
    let grid = &reading(&text, &[]).traffic[0].total.grid;
    assert!((grid[72] / grid[0] - 2.5).abs() < 1e-9);
    // Two days without the hours from 02:00 to 04:00: that is not known to come back.
    let text = file("t,requests\n", 48, HOUR, |at, utc| {
        let hour = (utc - OCTOBER) / HOUR;
        if (2..4).contains(&(hour % 24)) {
            String::new()
        } else {
            format!("{at},10")
        }
    });
    let (found, said) = month(&text);
    assert!((found / (10.0 * HOURS_PER_MONTH) - 1.0).abs() < 1e-9);
    assert!(
        said.contains("2 hours have no row") || said.contains("4 hours have no row"),
        "{said}"
    );
    // The night when summer time ends.
    let text = file("t,requests\n", 48, HOUR, |_, utc| {
        let utc = utc + 23 * DAY;
        let offset = if utc < OCTOBER + 24 * DAY + HOUR {
            2
        } else {
            1
        };
        format!("{}+0{offset}:00,10", clock(utc + offset * HOUR))
    });
    let reading = reading(&text, &[]);
    assert!(
        reading.traffic[0]
            .total
            .grid
            .iter()
            .all(|load| (load - 1.0).abs() < 1e-9),
        "{}",
        told(&reading)
    );
}

#[test]
fn mistakes_have_their_line() {
    let good = |n: i64| {
        file("time,requests\n", n, HOUR, |at, n| {
            format!("{at},{}", 5 + n % 2)
        })
    };
    for (row, found) in [
        (
            "yesterday,5",
            "t.csv:12: wrong: \u{201c}yesterday\u{201d} is no time; allowed: a time such as",
        ),
        (",5", "t.csv:12: wrong: \u{201c}\u{201d} is no time"),
        (
            "Total,50",
            "t.csv:12: wrong: \u{201c}Total\u{201d} is no time",
        ),
        (
            "2026-10-01 10:00,abc",
            "t.csv:12: wrong: \u{201c}abc\u{201d} is no number of requests",
        ),
        (
            "2026-10-01 10:00,-1",
            "t.csv:12: wrong: \u{201c}-1\u{201d} is no number",
        ),
        (
            "2026-10-01 10:00,1e999",
            "t.csv:12: wrong: \u{201c}1e999\u{201d} is no number",
        ),
    ] {
        let told = mistake(&(good(10) + row + "\n"));
        assert!(told.starts_with(found), "{row}: {told}");
    }
    for (text, found) in [
        (
            file("time,requests\n", 1, HOUR, |at, _| format!("{at},5")),
            "rows of one time only",
        ),
        (
            file("time,requests\n", 23, HOUR, |at, _| format!("{at},5")),
            "23 hours of the week",
        ),
        (
            file("time,requests\n", 48, HOUR, |at, _| format!("{at},0")),
            "only zeros",
        ),
        (
            file("time,requests\n", 48, HOUR, |at, _| format!("{at},1e308")),
            "numbers too large",
        ),
        (
            file("time,requests\n", 9, 7 * DAY, |at, _| format!("{at},5")),
            "7 days from row to row",
        ),
        (
            "hello".to_owned(),
            "neither a list of workloads nor a file of traffic",
        ),
    ] {
        let told = mistake(&text);
        assert!(told.contains(found), "{told}");
    }
}

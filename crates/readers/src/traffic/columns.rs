//! Where a table has its times, what its columns count, and which of them names the services.

use super::{
    numbers::{self, Unit},
    times::{DAY, HOUR, Order, Stamp, Times},
};

/// A record of a table: cells one after another, and where each ends.
#[derive(Clone, Copy)]
pub(crate) struct Record<'a> {
    pub(crate) line: u64,
    pub(crate) text: &'a str,
    pub(crate) ends: &'a [usize],
}

impl<'a> Record<'a> {
    /// The cell in that column, without spaces around it; nothing where the record is shorter.
    pub(crate) fn cell(&self, n: usize) -> &'a str {
        let start = n
            .checked_sub(1)
            .map_or(Some(&0), |before| self.ends.get(before));
        let cell = start
            .zip(self.ends.get(n))
            .and_then(|(start, end)| self.text.get(*start..*end));
        cell.unwrap_or("").trim()
    }

    /// How many cells it has.
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    fn cells(self) -> impl Iterator<Item = &'a str> {
        (0..self.len()).map(move |n| self.cell(n))
    }
}

/// Where the time of a row stands.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Clock {
    /// In one cell.
    One(usize),
    /// The date in one cell, the time of day or the hour alone in another.
    Two(usize, usize),
    /// Year, month, day and hour in cells of their own.
    Four([usize; 4]),
}

impl Clock {
    /// The time of a record.
    pub(crate) fn of(&self, record: Record<'_>, times: &mut Times) -> Option<Stamp> {
        match self {
            Self::One(n) => times.read(record.cell(*n)),
            Self::Two(date, time) => {
                let (date, time) = (record.cell(*date), record.cell(*time));
                match hour_alone(time) {
                    Some(hour) => {
                        let day = times.read(date)?;
                        let clock = day.clock.div_euclid(DAY) * DAY + hour * HOUR;
                        Some(Stamp { clock, ..day })
                    }
                    None => times.read(&format!("{date} {time}")),
                }
            }
            Self::Four([year, month, day, hour]) => {
                let [year, month, day] = [year, month, day].map(|n| record.cell(*n));
                let days = times.days(&format!("{year}-{month}-{day}"))?;
                let hour = hour_alone(record.cell(*hour))?;
                Some(Stamp {
                    clock: days * DAY + hour * HOUR,
                    offset: None,
                })
            }
        }
    }

    /// The columns that it takes.
    pub(crate) fn columns(&self) -> Vec<usize> {
        match self {
            Self::One(n) => vec![*n],
            Self::Two(date, time) => vec![*date, *time],
            Self::Four(all) => all.to_vec(),
        }
    }

    /// Where a record has a time, going by the names of columns as well.
    fn find(record: Record<'_>, names: &[String], times: &mut Times) -> Option<Self> {
        let named = |list: &str, n: usize| names.get(n).is_some_and(|name| has(&words(name), list));
        let place = |list: &str| (0..record.len()).find(|n| named(list, *n));
        let parts = [" year ", " month ", " day , date ", " hour "].map(place);
        if let [Some(year), Some(month), Some(day), Some(hour)] = parts
            && record.cell(year).len() == 4
        {
            let all = Self::Four([year, month, day, hour]);
            if all.of(record, times).is_some() {
                return Some(all);
            }
        }
        let is_time = |n: &usize| times.clone().read(record.cell(*n)).is_some();
        let all_digits = |n: &usize| {
            record
                .cell(*n)
                .bytes()
                .all(|b| b.is_ascii_digit() || b == b'.')
        };
        let column = (0..record.len())
            .find(|n| is_time(n) && !all_digits(n))
            .or_else(|| (0..record.len()).find(|n| is_time(n) && named(TIMES, *n)))
            .or_else(|| (0..record.len()).find(is_time))?;
        let cell = record.cell(column);
        let date_alone = times
            .read(cell)
            .is_some_and(|at| at.clock % DAY == 0 && at.offset.is_none() && !cell.contains(':'));
        // The hour, or the time of day, in the next column; or in one that is called so.
        let time = date_alone.then(|| {
            let next = Some(column + 1).filter(|n| record.cell(*n).contains(':'));
            next.or_else(|| place(" hour , time of day ").filter(|n| *n != column))
        });
        if let Some(Some(time)) = time {
            let both = Self::Two(column, time);
            if both.of(record, times).is_some() {
                return Some(both);
            }
        }
        Some(Self::One(column))
    }
}

/// `7`, `07`, or `2024041607` of a column that is called an hour.
fn hour_alone(cell: &str) -> Option<i64> {
    let digits = cell.len() <= 2 && cell.bytes().all(|b| b.is_ascii_digit());
    let hour = digits.then(|| cell.parse::<i64>().ok()).flatten()?;
    (0..24).contains(&hour).then_some(hour)
}

/// The words of a name, each between spaces: `RequestRate` and `request_rate` are ` request rate `. Labels in braces, as
/// Prometheus writes them, name a series and not what is counted.
pub(crate) fn words(name: &str) -> String {
    let mut out = String::from(" ");
    let mut small = false;
    for c in name.split('{').next().unwrap_or("").chars() {
        if c == '/' || (small && c.is_ascii_uppercase()) {
            out.push(' ');
        }
        small = c.is_ascii_lowercase();
        // Of other alphabets every character is a letter, as far as names that are known go.
        let is_letter = c.is_ascii_alphanumeric()
            || c >= '\u{c0}' && !('\u{2000}'..'\u{3000}').contains(&c)
            || c == '/';
        out.push(if is_letter {
            c.to_ascii_lowercase()
        } else {
            ' '
        });
        if c == '/' {
            out.push(' ');
        }
    }
    out.push(' ');
    out
}

/// Whether a name's words have one of a list, which stands between commas.
pub(crate) fn has(words: &str, list: &str) -> bool {
    list.split(',').any(|word| words.contains(word))
}

const TIMES: &str =
    " time , timestamp , date , datetime , epoch , ts , hour , datehour , zeit , datum ";
const RATES: &str = " rate , irate , rps , qps , reqps , per second , per sec , / s , / sec , / second , je sekunde ";
const RATES_OF_A_MINUTE: &str = " rpm , per minute , per min , / min , / minute ";
/// Names of counters: only where the numbers grow as well.
pub(crate) const COUNTERS: &str = " total , counter ";
const COUNTS: &str = " request , requests , req , reqs , hits , invocations , calls , count , sum , increase , anfragen , pageviews , views , sessions , events ";
const LATENCIES: &str =
    " latency , latencies , duration , response time , elapsed , p50 , p 50 , median ";
const PERCENTILES: &str =
    " p90 , p95 , p99 , p999 , p 90 , p 95 , p 99 , max , maximum , min , minimum ";
const CPU: &str = " cpu ";
const SERVICES: &str = " service , services , app , application , workload , deployment , container , function , job , label , series , metric , name , host , route , target group , revision , load balancer ";
/// Columns of other numbers: never what is looked for.
const OTHERS: &str = " error , errors , failed , failures , average , avg , minimum , min , maximum , max , p90 , p95 , p99 , bytes , memory , id , status , code , day , weekday , week , month , year , users , percent ";

/// What a column of numbers counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Meaning {
    /// Requests since the row before.
    Count,
    /// Requests in a second.
    PerSecond,
    /// Requests in a minute.
    PerMinute,
    /// Requests since something started: what grew from row to row counts.
    Counter,
}

impl Meaning {
    pub(crate) const ALL: [Self; 4] =
        [Self::Count, Self::PerSecond, Self::PerMinute, Self::Counter];

    /// Its name among choices.
    pub(crate) const fn id(self) -> &'static str {
        match self {
            Self::Count => "count",
            Self::PerSecond => "per-second",
            Self::PerMinute => "per-minute",
            Self::Counter => "counter",
        }
    }

    /// What each number is, in words.
    pub(crate) const fn words(self) -> &'static str {
        match self {
            Self::Count => "requests of each row",
            Self::PerSecond => "requests per second",
            Self::PerMinute => "requests per minute",
            Self::Counter => "a counter that only grows",
        }
    }
}

/// How a table is laid out.
#[derive(Clone, Debug)]
pub(crate) struct Layout {
    /// What separates its cells.
    pub(crate) separator: u8,
    /// The line of its first row.
    pub(crate) begin: u64,
    pub(crate) clock: Clock,
    pub(crate) order: Order,
    /// Whether its dates have their year at the end.
    pub(crate) has_order: bool,
    /// Whether its dates could begin with the month or the day.
    pub(crate) is_order_open: bool,
    pub(crate) decimal: char,
    pub(crate) is_decimal_open: bool,
    /// The names of all columns.
    pub(crate) names: Vec<String>,
    /// The columns with requests.
    pub(crate) requests: Vec<usize>,
    /// The column that names the service of a row.
    pub(crate) service: Option<usize>,
    /// The column with how long a request takes, and whether it is in seconds where that is known.
    pub(crate) latency: Option<(usize, Option<Unit>)>,
    /// The column with CPU seconds.
    pub(crate) cpu: Option<usize>,
    /// Other columns of numbers.
    pub(crate) unused: Vec<String>,
    /// What the numbers are by a name or a unit; open where nothing says it.
    pub(crate) said: Option<Meaning>,
    /// Whether the name says that something is counted.
    pub(crate) is_count_named: bool,
}

impl Layout {
    /// Looks at the first records with one separator; nothing where none has a time and a number.
    pub(crate) fn of(records: &[Record<'_>], separator: u8) -> Option<Self> {
        let first = (0..records.len()).find(|&n| {
            let [mut month, mut day] = [Times::of(Order::Month), Times::of(Order::Day)];
            let names = names_above(records, n);
            let clock = Clock::find(records[n], &names, &mut month)
                .or_else(|| Clock::find(records[n], &names, &mut day));
            clock.is_some_and(|clock| {
                let taken = clock.columns();
                (0..records[n].len()).any(|column| {
                    !taken.contains(&column) && numeric(records[n].cell(column), separator)
                })
            })
        })?;
        let names = names_above(records, first);
        let mut month = Times::of(Order::Month);
        let mut day = Times::of(Order::Day);
        let clock = Clock::find(records[first], &names, &mut month)
            .or_else(|| Clock::find(records[first], &names, &mut day))?;
        // Rows before the first number are rows, too.
        let mut begin = first;
        while begin > 0
            && (clock.of(records[begin - 1], &mut month).is_some()
                || clock.of(records[begin - 1], &mut day).is_some())
        {
            begin -= 1;
        }
        let rows = &records[begin..];
        // How many rows can be read, and over how much time they lie: rows of a file are near one another.
        let read = |times: &mut Times| {
            let stamps = rows.iter().filter_map(|row| clock.of(*row, times));
            let (mut count, mut first, mut last) = (0, i64::MAX, i64::MIN);
            for stamp in stamps {
                count += 1;
                first = first.min(stamp.clock);
                last = last.max(stamp.clock);
            }
            (count, last.saturating_sub(first))
        };
        let [by_month, by_day] = [read(&mut month), read(&mut day)];
        let counts = [by_month.0, by_day.0];
        let cell = records[first].cell(clock.columns()[0]);
        let slashes =
            matches!(cell.find('/'), Some(1 | 2)) || matches!(cell.find('-'), Some(1 | 2));
        let is_day_first = counts[1] > counts[0]
            || counts[1] == counts[0]
                && (by_day.1 < by_month.1 || by_day.1 == by_month.1 && !cell.contains('/'));
        let order = if is_day_first {
            Order::Day
        } else {
            Order::Month
        };
        let mut layout = Self {
            separator,
            begin: records[begin].line,
            clock,
            order,
            has_order: slashes,
            is_order_open: slashes && counts[0] == counts[1],
            decimal: '.',
            is_decimal_open: false,
            names,
            requests: Vec::new(),
            service: None,
            latency: None,
            cpu: None,
            unused: Vec::new(),
            said: None,
            is_count_named: false,
        };
        layout.decide(rows, &records[..begin]);
        (!layout.requests.is_empty()).then_some(layout)
    }

    /// Counts in each column the cells that are numbers, and those that are something else; and finds the decimal sign.
    fn look_at_numbers(&mut self, rows: &[Record<'_>], width: usize) -> Vec<(usize, usize)> {
        let taken = self.clock.columns();
        let mut decimal = None;
        let mut either = [false; 2];
        let mut counts = vec![(0, 0); width];
        for row in rows {
            for (n, cell) in row.cells().enumerate() {
                if taken.contains(&n) || numbers::is_missing(cell) {
                    continue;
                }
                if !numeric(cell, self.separator) {
                    counts[n].1 += 1;
                    continue;
                }
                counts[n].0 += 1;
                if self.separator != b',' && cell.contains([',', '.']) {
                    let reads =
                        |decimal| matches!(numbers::read(cell, decimal), Ok(Some(_)) | Err(_));
                    // The first number that can be read in one way only decides for all.
                    match (reads('.'), reads(',')) {
                        (true, true) => either[usize::from(cell.contains(','))] = true,
                        (point, _) => decimal = decimal.or(Some(if point { '.' } else { ',' })),
                    }
                }
            }
        }
        self.decimal = decimal.unwrap_or(if either[1] { ',' } else { '.' });
        self.is_decimal_open = decimal.is_none() && (either[0] || either[1]);
        counts
    }

    /// Finds out what the columns hold.
    fn decide(&mut self, rows: &[Record<'_>], above: &[Record<'_>]) {
        let width = rows.iter().map(Record::len).max().unwrap_or(0);
        self.names.resize(width, String::new());
        let taken = self.clock.columns();
        let counts = self.look_at_numbers(rows, width);
        let words: Vec<String> = self.names.iter().map(|name| words(name)).collect();
        let unit = |n: usize| {
            let unit = above
                .iter()
                .find(|record| has(&self::words(record.cell(taken[0])), " unit , units "));
            unit.map_or(String::new(), |record| self::words(record.cell(n)))
        };
        // A column of names may hold a few numbers, one of numbers a mistake or two.
        let mut values: Vec<usize> = (0..width)
            .filter(|&n| counts[n].0 > 0 && counts[n].0 >= counts[n].1)
            .collect();
        let numbers = values.clone();
        // A second column of times, as seconds since 1970, is none of numbers.
        narrow(&mut values, &|n| {
            !has(&words[n], TIMES) || has(&words[n], LATENCIES)
        });
        let is_latency = |n: &usize| has(&words[*n], LATENCIES) && !has(&words[*n], PERCENTILES);
        let is_cpu = |n: &usize| has(&words[*n], CPU) && has(&words[*n], " seconds , sec , s ");
        let latency = values.iter().copied().find(is_latency);
        let cpu = values.iter().copied().find(is_cpu);
        narrow(&mut values, &|n| {
            !is_latency(&n) && !has(&words[n], PERCENTILES) && !has(&words[n], CPU)
        });
        for (list, wanted) in [
            (OTHERS, false),
            (
                " request , requests , req , reqs , rps , qps , hits , invocations , calls ",
                true,
            ),
            (" total , sum ", true),
            (" count ", true),
            (" value ", true),
            (RATES, false),
        ] {
            narrow(&mut values, &|n| has(&words[n], list) == wanted);
        }
        self.latency = latency.filter(|n| !values.contains(n)).map(|n| {
            let all = [&words[n], &unit(n)].map(|text| text.replace(" s ", " seconds "));
            let unit = if all
                .iter()
                .any(|words| has(words, " ms , milliseconds , msec , millis "))
            {
                Some(Unit::Milliseconds)
            } else if all.iter().any(|words| has(words, " seconds , sec , secs ")) {
                Some(Unit::Seconds)
            } else {
                None
            };
            (n, unit)
        });
        self.cpu = cpu.filter(|n| !values.contains(n));
        let is_used = |n: &usize| {
            values.contains(n)
                || self.latency.is_some_and(|(at, _)| at == *n)
                || self.cpu == Some(*n)
        };
        self.unused = numbers
            .iter()
            .filter(|n| !is_used(n))
            .map(|n| self.shown(*n))
            .collect();
        let any = |list: &str| {
            values
                .iter()
                .any(|&n| has(&words[n], list) || has(&unit(n), list))
        };
        self.said = if any(RATES) {
            Some(Meaning::PerSecond)
        } else if any(RATES_OF_A_MINUTE) {
            Some(Meaning::PerMinute)
        } else {
            None
        };
        self.is_count_named = any(COUNTS) || any(COUNTERS);
        self.service = (0..width)
            .filter(|n| counts[*n].1 > 0 && !values.contains(n))
            .find(|&n| {
                let differs = |row: &Record<'_>| row.cell(n) != rows[0].cell(n);
                has(&words[n], SERVICES) && rows.iter().any(differs)
            });
        self.requests = values;
    }

    /// How a column is called in a sentence.
    pub(crate) fn shown(&self, n: usize) -> String {
        match self.names.get(n).map_or("", String::as_str) {
            "" => format!("column {}", n + 1),
            name => format!("\u{201c}{}\u{201d}", cut(name)),
        }
    }
}

/// Whether a cell is a number, with whichever decimal sign a table with this separator may have.
fn numeric(cell: &str, separator: u8) -> bool {
    let reads = |decimal| matches!(numbers::read(cell, decimal), Ok(Some(_)));
    let has_digit = cell.bytes().any(|b| b.is_ascii_digit());
    let unit = numbers::read(cell, '.').is_err();
    has_digit && (reads('.') || separator != b',' && reads(',') || unit)
}

/// The names of columns: of the last record above that names a time, or else the last without numbers.
fn names_above(records: &[Record<'_>], first: usize) -> Vec<String> {
    let above = &records[..first.min(records.len())];
    let names_time = |record: &&Record<'_>| {
        record.cells().any(|cell| has(&words(cell), TIMES)) && record.len() > 1
    };
    let plain = |record: &&Record<'_>| {
        let numbers = record.cells().filter(|cell| numeric(cell, b','));
        record.len() > 1 && numbers.count() == 0
    };
    let found = above
        .iter()
        .rev()
        .find(names_time)
        .or_else(|| above.iter().find(plain));
    found.map_or(Vec::new(), |record| {
        record.cells().map(str::to_owned).collect()
    })
}

/// Keeps the columns that are wanted, if there is one.
fn narrow(columns: &mut Vec<usize>, wanted: &dyn Fn(usize) -> bool) {
    if columns.iter().any(|&n| wanted(n)) {
        columns.retain(|&n| wanted(n));
    }
}

/// A text to be shown: its first 60 characters.
pub(crate) fn cut(text: &str) -> String {
    match text.char_indices().nth(60) {
        Some((end, _)) => text[..end].to_owned() + "\u{2026}",
        None => text.to_owned(),
    }
}

//! What must hold of any text that is read, whatever stands in it. For the tests, and for the fuzzer in `fuzz/`.

use plimsoll_formats::{
    decision,
    scenario::{
        self, link,
        saved::{self, Named, Reading, SavedState},
        site::Site,
    },
};
use plimsoll_model::{
    diagnostic::Diagnostic,
    explore::{
        billed::{platform_of, prices_of, quantities_of, reconcile},
        watch::watch,
    },
    inputs::{Between, Field, Inputs, Kind, at, fields},
    prices::{PriceBook, Row},
    region::Region,
    traffic,
};
use plimsoll_readers::bills::{Bill, Summary};

/// Every value of the inputs is in its range, and every list has what it may have.
#[track_caller]
pub(crate) fn in_range(inputs: &Inputs, text: &str) {
    for field in fields::all() {
        // Sums of a list may be beyond what can be entered without one.
        let sums = [
            at::services,
            at::http::requests_per_month,
            at::connections::count,
            at::workers::count,
            at::jobs::runs_per_month,
        ];
        if !inputs.workloads.is_empty() && sums.contains(&field) {
            continue;
        }
        match field.kind {
            Kind::Number { range, get, .. } => {
                assert!(
                    range.contains(get(inputs)),
                    "{field:?}: {}\n{text}",
                    get(inputs)
                );
            }
            Kind::Optional { range, get, .. } => {
                let number = get(inputs);
                assert!(
                    number.is_none_or(|x| range.contains(x)),
                    "{field:?}: {number:?}\n{text}"
                );
            }
            Kind::Choice { options, get, .. } => assert!(get(inputs) < options.len()),
            Kind::Set { options, get, .. } => {
                let bits = get(inputs);
                assert!(bits > 0 && bits < 1 << options.len(), "{field:?}: {bits}");
            }
            Kind::Flag { .. } => {}
        }
    }
    let grid = &inputs.traffic.grid;
    assert!(grid.is_empty() || traffic::usable(grid), "{text}");
    assert_eq!(&link::whole_loads(grid), grid, "{text}");
    assert!(inputs.environments.len() <= 20, "{text}");
    for environment in &inputs.environments {
        assert!(
            fields::ENVIRONMENT_HOURS.contains(environment.hours_per_week),
            "{text}"
        );
        assert!(
            fields::ENVIRONMENT_REPLICAS.contains(f64::from(environment.replicas)),
            "{text}"
        );
        assert!(
            (1..=60).contains(&environment.name.chars().count()),
            "{text}"
        );
        assert!(!environment.name.chars().any(char::is_control), "{text}");
    }
    assert!(inputs.prices.len() <= 1_000, "{text}");
    let mut places = Vec::new();
    for own in &inputs.prices {
        assert!((own.meter.info().accepts)(own.value), "{own:?}\n{text}");
        assert!(
            !places.contains(&(own.meter, own.region)),
            "{own:?} twice\n{text}"
        );
        places.push((own.meter, own.region));
    }
    let mut paths = fields::all().map(|field| field.path);
    for between in &inputs.ranges {
        let field = Field::by_path(between.path);
        let legal = Between::new(field, between.low, between.high);
        assert_eq!(legal, Some(*between), "{text}");
        // In the order of the page, no input twice.
        assert!(
            paths.any(|path| path == between.path),
            "{between:?}\n{text}"
        );
    }
    assert!(inputs.clone().clamp_dependents().is_empty(), "{text}");
}

/// The inputs come back from every text that is written of them.
#[track_caller]
pub(crate) fn comes_back(inputs: &Inputs) {
    let expected = (inputs.clone(), vec![]);
    let day = "2026-10-09";
    let link = link::write(inputs, day);
    assert_eq!(link::read(&link), expected, "{link}");
    assert_eq!(link::book_of(&link).as_deref(), Some(day), "{link}");
    let storage = scenario::write(inputs).to_string();
    assert_eq!(scenario::read(&storage), expected, "{storage}");
    let changes = scenario::write_changes(inputs).to_string();
    assert_eq!(scenario::read(&changes), expected, "{changes}");
    let state = SavedState {
        inputs: inputs.clone(),
        named: vec![Named {
            name: "the same".into(),
            inputs: inputs.clone(),
        }],
    };
    let kept = saved::write(&state);
    assert_eq!(saved::read(&kept), Reading::Read(state, vec![]), "{kept}");
}

/// A notice is short and says something.
#[track_caller]
fn told(notices: &[Diagnostic]) {
    assert!(notices.len() <= 101, "{}", notices.len());
    for notice in notices {
        assert!(!notice.allowed.is_empty(), "{notice}");
        assert!(notice.to_string().chars().count() <= 2_000, "{notice}");
    }
}

/// Reads a link.
pub(crate) fn read_link(text: &str) {
    let (inputs, notices) = link::read(text);
    in_range(&inputs, text);
    comes_back(&inputs);
    told(&notices);
    let _ = link::is_link(text);
    if let Some(day) = link::book_of(text) {
        assert!(link::write(&inputs, &day).ends_with(&format!("&book={day}")));
    }
}

/// Reads a scenario.
pub(crate) fn read_scenario(text: &str) {
    let (inputs, notices) = scenario::read(text);
    in_range(&inputs, text);
    comes_back(&inputs);
    told(&notices);
}

/// Reads a site's defaults.
pub(crate) fn read_site(text: &str) {
    let site = Site::read(text);
    in_range(&site.base, text);
    comes_back(&site.base);
    told(&site.diagnostics);
    let mut inputs = Inputs::default();
    site.hold(&mut inputs);
    for row in site.book.rows() {
        accepted(row);
    }
    for shown in site.links.iter().map(|link| &link.text).chain(&site.title) {
        assert!((1..=120).contains(&shown.chars().count()), "{shown}");
        assert!(!shown.chars().any(char::is_control), "{shown}");
    }
    for link in &site.links {
        let script = link.href.trim().to_lowercase().starts_with("javascript");
        assert!(!script && !link.href.is_empty(), "{}", link.href);
    }
}

/// Reads a file of what a team has: manifests, rows, traffic.
pub(crate) fn read_file(text: &str) {
    let mut reading = plimsoll_readers::read(&[plimsoll_readers::File { name: "file", text }]);
    let inputs = reading.onto(&Inputs::default());
    assert!(!reading.told.is_empty());
    for told in &reading.told {
        assert!(
            told.at.1 <= text.matches(['\n', '\r']).count() + 2,
            "{told}"
        );
        // A sentence shows what it is about, and not a file.
        assert!(told.text.chars().count() < 600, "{told}");
    }
    if !reading.traffic.is_empty() {
        assert!(traffic::usable(&inputs.traffic.grid), "{text}");
    }
    in_range(&inputs, text);
    comes_back(&inputs);
    if !reading.bill.is_empty() {
        held(&reading.bill, text);
    }
}

/// A bill has finite sums, comes back as it was sent, and what is taken of it are legal inputs.
#[track_caller]
fn held(bill: &Bill, text: &str) {
    let book = PriceBook::bundled();
    let inputs = Inputs::default();
    let summary = bill.summary(&book, 100);
    let sums = [summary.billed_usd, summary.matched_usd];
    assert!(sums.iter().all(|sum| sum.is_finite()), "{text}");
    assert_eq!(Summary::read(&summary.write()), summary, "{text}");
    let Some(platform) = platform_of(&inputs, &book, &summary.billed) else {
        return;
    };
    let held = reconcile(&inputs, &book, platform, &summary.billed, (2026, 12)).unwrap();
    for line in held.months.iter().flat_map(|month| &month.lines) {
        assert!(line.difference_usd().is_finite(), "{line:?}");
        assert!(!plimsoll_wording::billed::cause(line).is_empty());
    }
    let prices = prices_of(&held, &inputs);
    let taken = quantities_of(&held, &Inputs { prices, ..inputs }, &book);
    in_range(&taken, text);
    comes_back(&taken);
}

/// Reads a text as a decision, and writes and reads again what it has.
pub(crate) fn read_decision(text: &str) {
    let Ok((decided, _)) = decision::read(text) else {
        return;
    };
    in_range(&decided.inputs, text);
    let (again, told) = decision::read(&decision::write(&decided)).unwrap();
    assert!(told.is_empty(), "{told:?}");
    assert_eq!(again.inputs, decided.inputs);
    assert_eq!(again.tripwires, decided.tripwires);
    let book = PriceBook::bundled();
    let found = watch(&decided, &decided.inputs, &book, None);
    assert!(!plimsoll_wording::watch::told(&decided, &found).is_empty());
}

/// A row has a number that its meter accepts, or none.
#[track_caller]
fn accepted(row: &Row) {
    assert!(
        row.value
            .is_none_or(|value| (row.meter.info().accepts)(value)),
        "{row:?}"
    );
}

/// Reads a price book, writes it for a spreadsheet and reads that.
pub(crate) fn read_prices(text: &str) {
    let empty = PriceBook::of(Vec::new());
    let book = match empty.overlaid(text) {
        Ok(book) => book,
        Err(problems) => {
            assert!(!problems.is_empty());
            assert_eq!(empty.own_prices(text), Err(problems));
            return;
        }
    };
    let in_force = book.in_force();
    let written = book.write(&in_force);
    let again = empty.overlaid(&written).unwrap();
    assert_eq!(again.rows().len(), in_force.len(), "{written}");
    for (row, before) in again.rows().iter().zip(&in_force) {
        accepted(row);
        assert_eq!(row, book.row(*before), "{written}");
    }
    let with_own = empty.with_own(&empty.own_prices(text).unwrap());
    for row in book.rows() {
        for region in Region::ALL {
            assert_eq!(
                with_own.value(row.meter, region),
                book.value(row.meter, region)
            );
        }
    }
    let _ = book.day();
}

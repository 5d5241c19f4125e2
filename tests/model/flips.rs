//! Flips and break-evens against the model asked point by point.

use crate::{
    common::{Scan, inputs},
    seeded_damage::Dice,
};
use plimsoll_model::{
    assess,
    compare::{Best, Comparison, compare, compare_for},
    decide::{standing, tie::Slopes},
    explore::{
        break_even::{Contest, Outcome, Search as BreakEvens, closed_form},
        flips::{self, Direction, Flip, Search, Setting},
        line::Line,
        sweep::Sweep,
    },
    inputs::{FIELDS, Inputs, Kind},
    platform::Platform,
    platforms::Case,
    prices::PriceBook,
    units::{SECONDS_PER_MONTH, Usd},
};

/// Points of a dense scan.
const POINTS: usize = 2_000;

/// A random scenario. Those with very many requests in flight are left out: one comparison of theirs takes as long as a
/// hundred others.
fn random(seed: u64) -> Inputs {
    let mut dice = Dice(seed);
    loop {
        let mut inputs = dice.inputs(3);
        inputs.prices.clear();
        // Slopes of ranges are taken where the search begins, so that it is near with them and exact without.
        inputs.ranges.clear();
        let in_flight =
            inputs.http.requests_per_month / SECONDS_PER_MONTH * inputs.http.latency_ms / 1_000.0;
        if in_flight < 3_000.0 && inputs.connections.count < 30_000.0 {
            return inputs;
        }
    }
}

/// Who is recommended: the verdict itself.
fn advised(inputs: &Inputs, book: &PriceBook) -> Option<Platform> {
    assess(inputs, book).verdict.platform
}

/// Whether an answer is one of those that tie with the cheapest, by the verdict itself.
fn belongs(answer: Option<Platform>, inputs: &Inputs, book: &PriceBook) -> bool {
    let verdict = assess(inputs, book).verdict;
    match answer {
        Some(answer) => verdict.group.contains(&answer),
        None => verdict.platform.is_none(),
    }
}

/// [`belongs`], in less time than a whole assessment takes.
fn holds(answer: Option<Platform>, inputs: &Inputs, book: &PriceBook) -> bool {
    let case = Case::of(inputs);
    let comparison = compare_for(&case, book);
    standing(&case, &comparison, &Slopes::default(), answer).holds
}

fn beside_a_flip_the_winners_are_the_two(second_half: bool) {
    let (scan, seeds) = Scan::of(120, 2_000).half(second_half);
    let book = PriceBook::bundled();
    let mut checked = 0;
    for seed in seeds {
        let inputs = random(seed);
        let old = advised(&inputs, &book);
        for flip in flips::all(&inputs, &book) {
            let case = || format!("seed {seed}: {flip:?}");
            assert_ne!(flip.winner, old, "{}", case());
            let put = |setting: Setting| setting.put(flip.field, &inputs);
            let at = |setting: Setting| advised(&put(setting), &book);
            assert_eq!(at(flip.to), flip.winner, "{}", case());
            assert_eq!(at(flip.round), flip.winner, "{}", case());
            // No change that does no more than turn a tie.
            assert!(!belongs(old, &put(flip.to), &book), "{}", case());
            if let Some(still) = flip.still {
                assert!(
                    belongs(old, &put(Setting::Number(still)), &book),
                    "{}",
                    case()
                );
            }
            checked += 1;
        }
    }
    assert!(checked > scan.least(1_000), "only {checked} flips");
}

#[test]
fn beside_a_flip_the_winners_are_the_two_in_the_first_thousand() {
    beside_a_flip_the_winners_are_the_two(false);
}

#[test]
fn beside_a_flip_the_winners_are_the_two_in_the_second_thousand() {
    beside_a_flip_the_winners_are_the_two(true);
}

/// The legal values of a dense scan, outward from the present one.
fn outward(line: &Line, from: f64, direction: Direction) -> Vec<f64> {
    let mut points: Vec<f64> = (0..POINTS)
        .map(|n| line.at(n as f64 / (POINTS - 1) as f64))
        .collect();
    points.push(line.min);
    points.retain(|x| (direction == Direction::Up) == (*x > from) && *x != from);
    points.sort_by(f64::total_cmp);
    if direction == Direction::Down {
        points.reverse();
    }
    points.dedup();
    points
}

fn no_flip_is_nearer_than_the_one_found(second_half: bool) {
    let (scan, seeds) = Scan::of(6, 100).half(second_half);
    let book = PriceBook::bundled();
    let (mut found, mut scanned) = (0, 0);
    for seed in seeds {
        let inputs = random(seed);
        let old = advised(&inputs, &book);
        let flips = flips::all(&inputs, &book);
        for field in FIELDS {
            let (Some(line), Some(from)) = (Line::of(field, &inputs), field.number(&inputs)) else {
                continue;
            };
            for direction in [Direction::Up, Direction::Down] {
                let flip = flips
                    .iter()
                    .find(|flip| flip.field.path == field.path && flip.direction == direction);
                found += usize::from(flip.is_some());
                for x in outward(&line, from, direction) {
                    if let Some(Setting::Number(at)) = flip.map(|flip| flip.to)
                        && (x - from).abs() >= (at - from).abs()
                    {
                        break;
                    }
                    scanned += 1;
                    let there = Setting::Number(x).put(field, &inputs);
                    assert!(
                        holds(old, &there, &book),
                        "seed {seed}: {field:?} at {x}, and the nearest flip should be {flip:?}"
                    );
                }
            }
        }
    }
    assert!(
        found > scan.least(250) && scanned > scan.least(100_000),
        "{found} in {scanned}"
    );
}

#[test]
fn no_flip_is_nearer_than_the_one_found_in_the_first_scenarios() {
    no_flip_is_nearer_than_the_one_found(false);
}

#[test]
fn no_flip_is_nearer_than_the_one_found_in_the_other_scenarios() {
    no_flip_is_nearer_than_the_one_found(true);
}

#[test]
fn every_choice_that_changes_the_answer_is_found() {
    let book = PriceBook::bundled();
    let scan = Scan::of(40, 200);
    let mut found = 0;
    for seed in 0..scan.cases as u64 {
        let inputs = random(seed);
        let old = advised(&inputs, &book);
        let flips = flips::all(&inputs, &book);
        let mut expected = Vec::new();
        // Where a team is today is no lever.
        let levers = FIELDS.iter().filter(|field| field.path != "already_on");
        for field in levers {
            let settings: Vec<Setting> = match field.kind {
                Kind::Flag { get, .. } => vec![Setting::Flag(!get(&inputs))],
                Kind::Choice { options, get, .. } => (0..options.len())
                    .filter(|n| *n != get(&inputs))
                    .filter(|n| options[*n].0 != "grid" || !inputs.traffic.grid.is_empty())
                    .map(Setting::Option)
                    .collect(),
                Kind::Optional { get, .. } if get(&inputs).is_some() => vec![Setting::Open],
                _ => vec![],
            };
            for setting in settings {
                if !belongs(old, &setting.put(field, &inputs), &book) {
                    expected.push((field.path, setting));
                }
            }
        }
        let of_choices = flips
            .iter()
            .filter(|flip| flip.direction == Direction::Other);
        let ours: Vec<_> = of_choices.map(|flip| (flip.field.path, flip.to)).collect();
        // The team's own hours on Kubernetes come first.
        expected.sort_by_key(|(path, _)| *path != "team.ops_hours_per_week.kubernetes");
        assert_eq!(ours, expected, "seed {seed}");
        found += ours.len();
    }
    assert!(found > scan.least(100), "only {found}");
}

#[test]
fn nearer_flips_come_first_and_one_step_does_little() {
    let book = PriceBook::bundled();
    let mut search = Search::new(&Inputs::default(), &book);
    let mut before = search.comparisons();
    while search.step(&book) {
        let now = search.comparisons();
        assert!(now - before <= 4);
        before = now;
    }
    let found = search.found();
    // The hours at which Kubernetes would pay come before all.
    let hours = |flip: &Flip| flip.field.path == "team.ops_hours_per_week.kubernetes";
    assert!(hours(&found[0]) && !found[1..].iter().any(hours));
    let found = &found[1..];
    let distances: Vec<f64> = found.iter().filter_map(|flip| flip.distance).collect();
    assert!(distances.len() > 3 && distances.is_sorted());
    let place = |choice: bool| {
        found
            .iter()
            .position(|flip| flip.distance.is_none() == choice)
    };
    assert!(place(false) < place(true));
}

/// A team of three that tracks its hours, asked for what no input changes.
#[test]
fn where_no_single_change_does_there_is_none() {
    let book = PriceBook::bundled();
    let inputs = inputs(
        r#"{"http":{"requests_per_month":0},"needs":{"gpu":"serving","hostile_tenants":true,"udp":true,
            "windows":true,"isolation":"own"},"team":{"engineers":2}}"#,
    );
    let old = advised(&inputs, &book);
    assert_eq!(old, None);
    let numbers = flips::all(&inputs, &book).into_iter();
    let others: Vec<Flip> = numbers
        .filter(|flip| !flip.field.path.starts_with("team."))
        .collect();
    assert_eq!(others, vec![]);
}

fn outcomes(inputs: &Inputs, book: &PriceBook) -> Vec<Outcome> {
    let mut sweep = Sweep::new(inputs);
    while sweep.step(book) {}
    let mut search = BreakEvens::with_pairs(&sweep);
    while search.step(book) {}
    search.outcomes().to_vec()
}

/// Whether the second of a contest costs less; none where one has no price.
fn second_wins(contest: Contest, comparison: &Comparison, inputs: &Inputs) -> Option<bool> {
    match contest {
        Contest::Sides => {
            let best = Best::of(comparison, inputs);
            Some(best.kubernetes?.1 < best.serverless?.1)
        }
        Contest::Pair(a, b) => {
            let total = |platform| comparison.total(platform).map(Usd::get);
            Some(total(b)? < total(a)?)
        }
    }
}

fn with_requests(inputs: &Inputs, requests: f64) -> Inputs {
    let mut inputs = inputs.clone();
    inputs.http.requests_per_month = requests;
    inputs
}

#[test]
fn beside_a_break_even_the_cheaper_are_the_two_in_two_thousand_scenarios() {
    let book = PriceBook::bundled();
    let scan = Scan::of(120, 2_000);
    let mut checked = 0;
    for seed in 0..scan.cases as u64 {
        let inputs = random(seed);
        for outcome in outcomes(&inputs, &book) {
            let [mut last_above, mut above_known] = [0.0, 0.0];
            for found in &outcome.found {
                let side = |requests: f64| {
                    let there = with_requests(&inputs, requests);
                    second_wins(outcome.contest, &compare(&there, &book), &there)
                };
                let (below, above) = (side(found.still_below), side(found.per_month));
                assert!(
                    below.is_some() && above.is_some() && below != above,
                    "{outcome:?}"
                );
                assert!(found.still_below < found.per_month, "{outcome:?}");
                assert!(last_above <= found.still_below, "{outcome:?}");
                [last_above, above_known] = [found.per_month, above_known + 1.0];
                checked += 1;
            }
            assert!(above_known <= 2.0);
        }
    }
    assert!(checked > scan.least(500), "only {checked} break-evens");
}

#[test]
fn nothing_changes_places_below_the_first_and_above_the_last_break_even() {
    const ALL: usize = Platform::ALL.len();
    let book = PriceBook::bundled();
    let scan = Scan::of(6, 100);
    let (mut contests, mut changes) = (0, 0);
    for seed in 0..scan.cases as u64 {
        let inputs = random(seed);
        let points: Vec<(Inputs, Comparison)> = (0..POINTS)
            .map(|n| 1e3 * 1e7_f64.powf(n as f64 / (POINTS - 1) as f64))
            .map(|requests| with_requests(&inputs, requests))
            .map(|there| {
                let comparison = compare(&there, &book);
                (there, comparison)
            })
            .collect();
        for outcome in outcomes(&inputs, &book) {
            let (mut before, mut seen) = (None, Vec::new());
            for (there, comparison) in &points {
                let requests = there.http.requests_per_month;
                let Some(now) = second_wins(outcome.contest, comparison, there) else {
                    continue;
                };
                if before.is_some_and(|(_, old)| old != now) {
                    seen.push((before.map_or(0.0, |(at, _)| at), requests));
                }
                before = Some((requests, now));
            }
            contests += 1;
            let (Some(first), Some(last)) = (seen.first(), seen.last()) else {
                continue;
            };
            changes += 1;
            let case = || format!("seed {seed}: {outcome:?}, scanned {seen:?}");
            let ours = (outcome.found.first(), outcome.found.last());
            assert!(
                ours.0.is_some_and(|at| at.still_below <= first.1),
                "{}",
                case()
            );
            assert!(
                ours.1.is_some_and(|at| at.per_month >= last.0),
                "{}",
                case()
            );
        }
    }
    assert!(
        // Each two of the platforms, and the two sides.
        contests == (ALL * (ALL - 1) / 2 + 1) * scan.cases && changes > scan.least(100),
        "{changes} of {contests}"
    );
}

#[test]
fn the_closed_form_is_met_where_it_applies() {
    let book = PriceBook::bundled();
    let mut dice = Dice(8);
    let mut met = 0;
    let scan = Scan::of(150, 400);
    for _ in 0..scan.cases {
        let mut inputs = inputs(
            r#"{"http":{"concurrency":1000,"cpu_ms":0},"services":1,"instance":{"startup_s":0},"traffic":{"cv2":1},
                "options":{"surroundings":false,"free_tier":false},
                "team":{"ops_hours_per_week":{"kubernetes":1,"serverless":0}}}"#,
        );
        inputs.http.latency_ms = 100_000.0 + 500_000.0 * dice.share();
        inputs.needs.long_request_s = inputs.http.latency_ms / 1_000.0;
        inputs.instance.vcpu = [1.0, 2.0, 4.0][dice.below(3)];
        inputs.instance.memory_gib = [1.0, 2.0, 4.0][dice.below(3)];
        inputs.team.ops_hours_per_week.kubernetes = Some(dice.share() / 10.0);
        for outcome in outcomes(&inputs, &book) {
            let (Contest::Pair(Platform::CloudRun, other), [found]) =
                (outcome.contest, outcome.found.as_slice())
            else {
                continue;
            };
            if let Some(closed) = closed_form(other, found.per_month, &inputs, &book) {
                let off = (closed / found.per_month - 1.0).abs();
                assert!(off < 0.001, "{other:?}: {closed} and {}", found.per_month);
                met += 1;
            }
        }
    }
    assert!(met >= scan.least(12), "only {met}");
}

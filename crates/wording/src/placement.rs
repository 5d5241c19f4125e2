//! Which workloads move and which stay, in words.

use crate::{difference, explain, format};
use plimsoll_model::{
    bill::Refusal,
    inputs::{Field, Inputs, WorkloadKind, WorkloadRow, workloads::own_field},
    placement::{self, Because, Placement, Turn},
    platform::Platform,
    prices::PriceBook,
    units::{SECONDS_PER_MONTH, Usd},
};

/// How many rows a list has at most for all of its turns to be told at once.
const TURNED: usize = 30;

/// The answer, where a split is it: what moves and what stays. None where it isn't recommended.
pub fn headline(placement: &Placement, inputs: &Inputs) -> Option<String> {
    let is_answer = placement.splits() && placement.recommended;
    is_answer.then(|| lead(placement, inputs) + ".")
}

/// What stands under that: what it saves beside the better whole, and what can't move.
pub fn under(placement: &Placement, inputs: &Inputs) -> String {
    format::capital(&saves(placement)) + &stuck(placement, inputs) + &on_shared_files(placement)
}

/// Both in one sentence, whether it is the answer or not.
pub fn sentence(placement: &Placement, inputs: &Inputs) -> String {
    if let (Some((whole, all)), false) = (&placement.whole, placement.splits()) {
        let (kept, moved) = counts(placement, inputs);
        return format!(
            "Keep it together: the best split, {moved} on {} and {kept} on {}, would cost {} a month more than all on {}.",
            placement.serverless.name(),
            placement.kubernetes.name(),
            month(all.usd() - placement.total.usd()),
            whole.name(),
        );
    }
    [
        lead(placement, inputs) + ": " + &saves(placement),
        stuck(placement, inputs),
        on_shared_files(placement),
    ]
    .concat()
}

fn month(usd: f64) -> String {
    format::usd_about(Usd::of(usd.abs()))
}

fn week(hours: f64) -> String {
    format::number((hours.abs() * 10.0).round() / 10.0)
}

/// How many workloads are in the cluster, and outside.
fn counts(placement: &Placement, inputs: &Inputs) -> (u32, u32) {
    let count = |in_cluster: bool| -> u32 {
        let placed = inputs.workloads.rows().iter().zip(&placement.workloads);
        placed
            .filter(|(_, placed)| placed.in_cluster == in_cluster)
            .map(|(row, _)| row.count)
            .sum()
    };
    (count(true), count(false))
}

fn lead(placement: &Placement, inputs: &Inputs) -> String {
    let (kept, moved) = counts(placement, inputs);
    let (cluster, platform) = (placement.kubernetes.name(), placement.serverless.name());
    match inputs.already_on {
        Some(today) if today.is_kubernetes() => {
            format!("Move {moved} to {platform}, keep {kept} on {cluster}")
        }
        Some(_) => format!("Move {kept} to {cluster}, keep {moved} on {platform}"),
        None => format!("Put {moved} on {platform} and {kept} on {cluster}"),
    }
}

fn saves(placement: &Placement) -> String {
    let cut = if placement.cut_gb >= 1.0 {
        format!(
            " It separates workloads that exchange {} GB a month: {}.",
            format::number(placement.cut_gb.round()),
            format::usd_about(Usd::of(placement.cut_usd))
        )
    } else {
        String::new()
    };
    let Some((whole, all)) = &placement.whole else {
        return format!(
            "no platform runs all of it as it is; together {} a month and {} hours a week.{cut}",
            month(placement.total.usd()),
            week(placement.total.hours),
        );
    };
    let hours = all.hours - placement.total.hours;
    let hours = if hours >= 0.0 {
        format!("and {} hours a week", week(hours))
    } else {
        format!("and takes {} hours a week more", week(hours))
    };
    let sure = if placement.recommended {
        "."
    } else {
        ". Not by every estimate of people, though: too close to call."
    };
    format!(
        "saves {} a month {hours}, beside all on {}{sure}{cut}",
        month(all.usd() - placement.total.usd()),
        whole.name(),
    )
}

/// That all of it would cost less elsewhere on a shared file system; begins with a space where it would.
fn on_shared_files(placement: &Placement) -> String {
    let Some((platform, all)) = &placement.shared_files else {
        return String::new();
    };
    format!(
        " With a shared file system in place of disks, all of it on {} would cost {} a month and take {} hours a week.",
        platform.name(),
        month(all.usd()),
        week(all.hours),
    )
}

/// What can't move, with its reason; begins with a space where there is something.
fn stuck(placement: &Placement, inputs: &Inputs) -> String {
    const SHOWN: usize = 4;
    let stuck: Vec<String> = inputs
        .workloads
        .rows()
        .iter()
        .zip(&placement.workloads)
        .filter_map(|(row, placed)| match &placed.because {
            Because::OnlyHere(refusal) if placed.in_cluster => {
                Some([&row.name, " (", &short(refusal), ")"].concat())
            }
            _ => None,
        })
        .collect();
    if stuck.is_empty() {
        return String::new();
    }
    let more = stuck.len().saturating_sub(SHOWN);
    let first = stuck[..stuck.len().min(SHOWN)].join(", ");
    let more = if more > 0 {
        format!(" and {more} more")
    } else {
        String::new()
    };
    format!(" Can\u{2019}t move: {first}{more}.")
}

/// A limit without its full stop.
fn short(refusal: &Refusal) -> String {
    let whole = explain::refusal(refusal);
    whole.trim_end_matches('.').to_owned()
}

/// Why a workload of the list stands where it does, in a sentence.
pub fn reason(place: usize, placement: &Placement, inputs: &Inputs) -> String {
    if let (false, Some((whole, _))) = (placement.splits(), &placement.whole) {
        return match placement.answer.filter(|answer| answer != whole) {
            Some(answer) => format!("All stay together, on {}.", answer.name()),
            None => format!("No split costs less than all on {}.", whole.name()),
        };
    }
    let row = inputs.workloads.rows().get(place);
    let (Some(placed), Some(row)) = (placement.workloads.get(place), row) else {
        return String::new();
    };
    let (here, there) = if placed.in_cluster {
        (placement.kubernetes, placement.serverless)
    } else {
        (placement.serverless, placement.kubernetes)
    };
    match &placed.because {
        Because::Pinned => format!("You keep it on {}.", here.name()),
        Because::OnlyHere(refusal) => explain::refusal(refusal),
        Because::Cheaper => {
            let costs = format!("It adds less on {} than on {}", here.name(), there.name());
            match driver(row, placed.in_cluster, placement, inputs) {
                Some(why) => format!("{costs}: {why}."),
                None => format!("{costs}."),
            }
        }
        Because::NearTheOthers => format!(
            "It would add less on {}, but talks to workloads on {}: their traffic would cost more.",
            there.name(),
            here.name()
        ),
        Because::WithTheOthers => format!(
            "It would add less on {}, but {} takes fewer hours, or shares what is paid anyway.",
            there.name(),
            here.name()
        ),
    }
}

/// What a workload has of its own beside what every row of a table shows, in a sentence; empty where that is nothing.
pub fn of_its_own(row: &WorkloadRow) -> String {
    let shown = |field: &Field| {
        [
            "requests_per_month",
            "latency_ms",
            "vcpu",
            "memory_gib",
            "hours_per_month",
            "runs_per_month",
            "minutes",
        ]
        .iter()
        .any(|key| own_field(row.kind, key) == Some(field))
    };
    let own = row.own.iter().filter(|field| !shown(field));
    let told: Vec<String> = own
        .map(|field| format!("{}: {}", field.label, difference::value(field, &row.values)))
        .collect();
    if told.is_empty() {
        String::new()
    } else {
        format!("Its own: {}.", told.join("; "))
    }
}

/// What would turn where a workload stands, in a sentence.
pub fn turning(turn: Option<&Turn>, place: usize, placement: &Placement) -> String {
    let Some(placed) = placement.workloads.get(place) else {
        return String::new();
    };
    let there = if placed.in_cluster {
        placement.serverless
    } else {
        placement.kubernetes
    };
    match turn {
        Some(turn) => {
            let number = format::number(format::to_two_digits(turn.at));
            let unit = turn.field.range().map_or("", |range| range.unit);
            let from = if turn.up { "or more" } else { "or less" };
            format!(
                "With {number} {unit} a month {from} it would add less on {}.",
                there.name()
            )
        }
        None => format!("No load of its own makes it cheaper on {}.", there.name()),
    }
}

/// Why a workload stands where it does and, in a list of at most 30, what would turn it: the turns of more take seconds.
pub fn told(place: usize, placement: &Placement, inputs: &Inputs, book: &PriceBook) -> String {
    if placement.workloads.len() > TURNED {
        reason(place, placement, inputs)
    } else {
        reason_and_turn(place, placement, inputs, book)
    }
}

/// Why a workload stands where it does, and what would turn it.
pub fn reason_and_turn(
    place: usize,
    placement: &Placement,
    inputs: &Inputs,
    book: &PriceBook,
) -> String {
    let reason = reason(place, placement, inputs);
    let by_money = placement
        .workloads
        .get(place)
        .is_some_and(|placed| placed.because == Because::Cheaper);
    if !by_money || !placement.splits() {
        return reason;
    }
    let turn = placement::turn(inputs, book, placement, place);
    format!("{reason} {}", turning(turn.as_ref(), place, placement))
}

/// What makes it cheaper there, inside a sentence.
fn driver(
    row: &WorkloadRow,
    in_cluster: bool,
    placement: &Placement,
    inputs: &Inputs,
) -> Option<String> {
    /// Below so much of the time in which requests are in hand, paying for these alone is what decides.
    const IDLE: f64 = 0.5;
    let alone = row.alone(inputs, inputs.load_of_workloads());
    let open = alone.connections.count;
    let platform = placement.serverless;
    let scales_to_zero = matches!(
        platform,
        Platform::CloudRun | Platform::ContainerApps | Platform::Fly
    );
    match (row.kind, in_cluster) {
        (WorkloadKind::Service, true) if open > 0.0 => Some(format!(
            "{} open connections keep instances up all month",
            format::number(open)
        )),
        (WorkloadKind::Service, false) if scales_to_zero => {
            let each = alone.http.requests_per_month / f64::from(alone.services);
            let busy = each * alone.http.latency_ms / 1_000.0 / SECONDS_PER_MONTH;
            (busy < IDLE && open <= 0.0).then(|| {
                format!(
                    "it is busy {} of the time, and the rest is not billed",
                    format::chance(busy)
                )
            })
        }
        (WorkloadKind::Worker, true) => {
            Some("it runs all month on room that is paid anyway".into())
        }
        (WorkloadKind::Job, true) => {
            Some("its runs find room on nodes that are paid anyway".into())
        }
        (WorkloadKind::Job, false) => Some("its runs are billed by the minute there".into()),
        _ => None,
    }
}

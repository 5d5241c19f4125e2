//! Which workloads move and which stay, in words.

use crate::{explain, format};
use plimsoll_model::{
    bill::Refusal,
    inputs::{Inputs, WorkloadKind, WorkloadRow},
    placement::{Because, Placement},
    platform::Platform,
    units::{SECONDS_PER_MONTH, Usd},
};

/// The answer in a sentence.
pub fn sentence(placement: &Placement, inputs: &Inputs) -> String {
    let rows = inputs.workloads.rows();
    let count = |in_cluster: bool| -> u32 {
        let placed = rows.iter().zip(&placement.workloads);
        placed
            .filter(|(_, placed)| placed.in_cluster == in_cluster)
            .map(|(row, _)| row.count)
            .sum()
    };
    let (kept, moved) = (count(true), count(false));
    let (cluster, platform) = (placement.kubernetes.name(), placement.serverless.name());
    let month = |usd: f64| format::usd_about(Usd::of(usd.abs()));
    let week = |hours: f64| format::number((hours.abs() * 10.0).round() / 10.0);
    let Some((whole, all)) = &placement.whole else {
        return format!(
            "No platform runs all of it: {moved} on {platform} and {kept} on {cluster} cost {} a month and take {} hours a week.",
            month(placement.total.usd()),
            week(placement.total.hours),
        );
    };
    let (usd, hours) = (
        all.usd() - placement.total.usd(),
        all.hours - placement.total.hours,
    );
    if !placement.splits() {
        return format!(
            "Keep it together, on {}: the best split, {moved} on {platform} and {kept} on {cluster}, would cost {} a month more.",
            whole.name(),
            month(usd),
        );
    }
    let from = inputs.already_on;
    let mut text = if from.is_some_and(Platform::is_kubernetes) {
        format!("Move {moved} to {platform}, keep {kept} on {cluster}: ")
    } else if from.is_some() {
        format!("Move {kept} to {cluster}, keep {moved} on {platform}: ")
    } else {
        format!("Put {moved} on {platform} and {kept} on {cluster}: ")
    };
    text += &format!("saves {} a month ", month(usd));
    text += &if hours >= 0.0 {
        format!("and {} hours a week", week(hours))
    } else {
        format!("and takes {} hours a week more", week(hours))
    };
    text += &format!(", beside all on {}", whole.name());
    text += if placement.recommended {
        "."
    } else {
        ". Not by every estimate of people, though: too close to call."
    };
    let stuck: Vec<String> = rows
        .iter()
        .zip(&placement.workloads)
        .filter_map(|(row, placed)| match &placed.because {
            Because::OnlyHere(refusal) if placed.in_cluster => {
                Some([&row.name, " (", &short(refusal), ")"].concat())
            }
            _ => None,
        })
        .collect();
    if !stuck.is_empty() {
        const SHOWN: usize = 4;
        let more = stuck.len().saturating_sub(SHOWN);
        text += &format!(
            " Can\u{2019}t move: {}",
            stuck[..stuck.len().min(SHOWN)].join(", ")
        );
        if more > 0 {
            text += &format!(" and {more} more");
        }
        text.push('.');
    }
    text
}

/// A limit without its full stop.
fn short(refusal: &Refusal) -> String {
    let whole = explain::refusal(refusal);
    whole.trim_end_matches('.').to_owned()
}

/// Why a workload of the list stands where it does, in a sentence.
pub fn reason(place: usize, placement: &Placement, inputs: &Inputs) -> String {
    if let (false, Some((whole, _))) = (placement.splits(), &placement.whole) {
        return format!("All on {} costs less than any split.", whole.name());
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
        Because::WithTheOthers => format!(
            "It would add less on {}, but {} takes fewer hours, or shares what is paid anyway.",
            there.name(),
            here.name()
        ),
    }
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

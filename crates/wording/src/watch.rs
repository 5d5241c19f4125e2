//! A decision that is held against today, in words.

use crate::{
    billed::{month, not_there, share},
    difference, format,
};
use plimsoll_model::{
    explore::{
        flips::{Direction, Setting},
        watch::{
            BillCrossing, BillWire, Cause, Crossing, Decision, Estimated, OfBill, Repriced, Watched,
        },
    },
    inputs::{Field, Inputs},
    platform::Platform,
    prices::region_group,
    units::Usd,
    vendor::Vendor,
};

/// Which month of a bill counts, or that nothing on it runs on the platform.
pub fn of_bill(found: Option<&OfBill>, platform: Platform) -> String {
    match found {
        Some(found) => ["The bill is that of ", &month(found.month), "."].concat(),
        None => not_there(platform),
    }
}

/// Whether the decision still stands.
pub fn headline(decision: &Decision, watched: &Watched) -> String {
    let was = of(decision.answer.platform);
    let now = watched.answer.platform;
    let begin = ["The decision of ", &decision.written].concat();
    let Some(cause) = watched.cause else {
        let tie = match now {
            Some(other) if now != decision.answer.platform => {
                [", which ties with ", other.name()].concat()
            }
            _ => String::new(),
        };
        return [&begin, " still stands: ", was, &tie, "."].concat();
    };
    let with = match cause {
        Cause::Inputs => "with the numbers of today",
        Cause::Prices => "with today's prices",
        Cause::Other => "as Plimsoll estimates today, at today's prices of all platforms,",
    };
    let then = match now {
        Some(platform) => [platform.name(), " would be recommended"].concat(),
        None => "nothing would fit".to_owned(),
    };
    [
        &begin,
        ", ",
        was,
        ", no longer stands: ",
        with,
        " ",
        &then,
        ".",
    ]
    .concat()
}

fn of(platform: Option<Platform>) -> &'static str {
    platform.map_or("nothing fits", Platform::name)
}

/// All that is to be said, a sentence each: what is due first.
pub fn told(decision: &Decision, watched: &Watched) -> Vec<String> {
    let mut told = vec![headline(decision, watched)];
    let wires = |is: bool| watched.wires.iter().filter(move |one| one.crossed == is);
    let sentence = |one: &Crossing| crossing(one, &decision.inputs);
    told.extend(wires(true).map(sentence));
    let (mut crossed, mut open) = (wires(true).count(), wires(false).count());
    if let Some(bill) = &watched.bill {
        told.push(billed(bill, decision));
        if bill.crossed {
            crossed += 1;
        } else {
            open += 1;
        }
    }
    if let Some(estimated) = &watched.estimated {
        told.push(held(estimated, of(decision.answer.platform)));
    }
    let platform = decision.answer.platform;
    told.extend(watched.prices.iter().map(|one| repriced(one, platform)));
    if watched.prices.is_empty() && !decision.prices.is_empty() {
        told.push("No price that it rests on has changed.".into());
    }
    told.push(match (crossed, open) {
        (0, 0) => "It has no tripwires.".into(),
        (0, n) => [
            &format::count(n as f64, "tripwire", "tripwires"),
            ", none crossed.",
        ]
        .concat(),
        (n, m) => {
            let all = format::count((n + m) as f64, "tripwire", "tripwires");
            [&all, ", ", &format::number(n as f64), " crossed."].concat()
        }
    });
    told
}

/// A tripwire on an input, and where that is. `then` are the inputs of the record.
pub fn crossing(crossing: &Crossing, then: &Inputs) -> String {
    let Crossing { wire, now, crossed } = crossing;
    let now = value(wire.field, *now, then);
    // The unit is said once, where the number of now has it.
    let is_number = |setting| matches!(setting, Setting::Number(_));
    let bare = |setting| {
        let text = value(wire.field, setting, then);
        match text.split_once(' ') {
            Some((number, _)) if is_number(setting) && is_number(crossing.now) => number.to_owned(),
            _ => text,
        }
    };
    let limit = bare(wire.to);
    let was = match wire.direction {
        Direction::Up => ["to stay below ", &limit],
        Direction::Down => ["to stay above ", &limit],
        Direction::Other => ["not to become ", &limit],
    }
    .concat();
    let end = if *crossed {
        let would = match wire.winner {
            Some(winner) => [winner.name(), " would be recommended"].concat(),
            None => "nothing would fit".into(),
        };
        [": crossed (", &would, ")."].concat()
    } else {
        ".".into()
    };
    let from = if wire.from == crossing.now {
        String::new()
    } else {
        [", then ", &bare(wire.from)].concat()
    };
    [
        wire.field.label,
        ": ",
        &was,
        from.as_str(),
        ", now ",
        &now,
        &end,
    ]
    .concat()
}

fn value(field: &Field, setting: Setting, inputs: &Inputs) -> String {
    difference::value(field, &setting.put(field, inputs))
}

/// The tripwire on the bill, for who reads the record.
pub fn bill_wire(wire: &BillWire, answer: Platform) -> String {
    [
        "Infrastructure of ",
        answer.name(),
        ": billed above ",
        &money(wire.above_usd),
        " a month: ",
        wire.then.name(),
        " would be cheaper all in",
    ]
    .concat()
}

fn billed(bill: &BillCrossing, decision: &Decision) -> String {
    let limit = money(bill.wire.above_usd);
    let then = match decision.totals.first() {
        Some(total) => [", estimated at ", &money(total.infrastructure_usd), " then"].concat(),
        None => String::new(),
    };
    let now = match bill.now {
        Some(usd) => [", billed ", &money(usd)].concat(),
        None => ", no bill given".into(),
    };
    let end = if bill.crossed {
        [
            ": crossed (",
            bill.wire.then.name(),
            " would be cheaper all in).",
        ]
        .concat()
    } else {
        ".".into()
    };
    [
        "Infrastructure a month: to stay below ",
        &limit,
        &then,
        &now,
        &end,
    ]
    .concat()
}

fn held(estimated: &Estimated, name: &str) -> String {
    let Estimated {
        estimated_usd,
        now_usd,
        billed_usd,
    } = *estimated;
    // What ours is for other inputs than those of then.
    let now = if (now_usd - estimated_usd).abs() > 0.01 * estimated_usd {
        [" For the numbers of today ours is ", &money(now_usd), "."].concat()
    } else {
        String::new()
    };
    let more = billed_usd - estimated_usd;
    let than = if more < 0.0 { " less" } else { " more" };
    [
        name,
        " was billed ",
        &money(billed_usd),
        " for infrastructure, ",
        &money(more.abs()),
        &percent(more, estimated_usd),
        than,
        " than estimated.",
        &now,
    ]
    .concat()
}

/// A price that changed, and what that changes.
pub fn repriced(repriced: &Repriced, platform: Option<Platform>) -> String {
    let Repriced { before, now, usd } = repriced;
    let meter = before.meter.info();
    let place = match before.region {
        None => String::new(),
        region => [" (", region_group(region), ")"].concat(),
    };
    let was = format::editable(before.value);
    let change = match now {
        Some(now) => {
            let share = percent(now - before.value, before.value);
            let sign = if *now < before.value { "\u{2212}" } else { "+" };
            let share = share.replacen('(', &["(", sign].concat(), 1);
            [&was, ", now ", &format::editable(*now), &share].concat()
        }
        None => [&was, ", now not known"].concat(),
    };
    let name = platform.map_or("", Platform::name);
    let money = match usd {
        None => String::new(),
        Some(usd) if usd.abs() < 0.005 => [": nothing on the bill of ", name].concat(),
        Some(usd) => {
            let than = if *usd < 0.0 { " less" } else { " more" };
            [": ", &money(usd.abs()), than, " a month on ", name].concat()
        }
    };
    let unit = (meter.unit)();
    let vendor = Vendor::of_meter(meter.id);
    [
        vendor.map_or("", Vendor::name),
        ", ",
        meter.name,
        &place,
        ": was ",
        &change,
        " ",
        &unit,
        &money,
        ".",
    ]
    .concat()
}

/// A change as a share of what it was, in brackets; nothing where that was nothing.
fn percent(change: f64, of: f64) -> String {
    if of == 0.0 {
        return String::new();
    }
    [" (", &share((change / of).abs()), ")"].concat()
}

fn money(usd: f64) -> String {
    format::usd_about(Usd::of(usd))
}

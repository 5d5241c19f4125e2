//! How long a comparison takes, and 2,000 samples, and the results of both on seeded random inputs: the same program natively
//! and as WebAssembly, so that both can be held against each other. `cargo xtask bench` and `cargo xtask test` run it both ways.
#![allow(clippy::disallowed_methods, reason = "it measures time")]

use plimsoll_cli::output;
use plimsoll_formats::scenario;
use plimsoll_model::{
    assess,
    compare::compare,
    explore::{
        break_even, flips,
        map::Map,
        sample::{Bands, SAMPLES, Sampled, Sampling},
        sweep::Sweep,
    },
    inputs::{
        Between, Environment, FIELDS, Field, Inputs, Kind, Range, Scale, Shape, WorkloadKind,
        WorkloadRow, at,
    },
    placement,
    platform::Platform,
    prices::PriceBook,
    traffic,
};
use std::{
    hint::black_box,
    io::{self, Write},
    process::ExitCode,
    time::Instant,
};

/// Random inputs that are compared natively and as WebAssembly.
const INPUTS: usize = 10_000;
/// How many of them are sampled with ranges, and how many samples of each are drawn.
const SAMPLED: usize = 200;
const DRAWN: usize = 50;
/// Comparisons in one measurement, and measurements, of which the fastest counts.
const BATCH: u32 = 200;
const BATCHES: usize = 25;

fn main() -> ExitCode {
    output::print(run)
}

fn run(out: &mut dyn Write) -> io::Result<()> {
    let what = std::env::args().nth(1).unwrap_or_default();
    match what.as_str() {
        "cents" => cents(out),
        "samples" => samples(out),
        "times" => times(out, |inputs, book| {
            black_box(compare(inputs, book));
        }),
        "answers" => times(out, |inputs, book| {
            black_box(assess(inputs, book));
        }),
        "sampling" => sampling(out),
        "heavy" => heavy(out),
        "flips" => timed_once(out, |inputs, book| {
            black_box(flips::all(inputs, book));
        }),
        "break-evens" => timed_once(out, |inputs, book| {
            let mut sweep = Sweep::new(inputs);
            while sweep.step(book) {}
            let mut search = break_even::Search::with_pairs(&sweep);
            while search.step(book) {}
            black_box(search.outcomes());
        }),
        "splits" => splits(out),
        "maps" => timed_once(out, |inputs, book| {
            let axes = (at::http::requests_per_month, at::team::engineers);
            if let Some(mut map) = Map::new(inputs, axes.0, axes.1) {
                while map.step(inputs, book) {}
                black_box(map);
            }
        }),
        other => writeln!(
            out,
            "\"{other}\" is not understood; allowed: cents, samples, times, answers, heavy, sampling, flips, break-evens, splits, maps"
        ),
    }
}

/// Prints the totals of every platform for every input, to the cent.
fn cents(out: &mut dyn Write) -> io::Result<()> {
    let book = PriceBook::bundled();
    let mut random = Random(1);
    for _ in 0..INPUTS {
        let inputs = random.inputs();
        let comparison = compare(&inputs, &book);
        let totals: Vec<String> = Platform::ALL
            .iter()
            .map(|platform| match comparison.total(*platform) {
                Some(total) => format!("{:.2}", total.get()),
                None => "-".to_owned(),
            })
            .collect();
        writeln!(out, "{}", totals.join(" "))?;
    }
    Ok(())
}

/// Prints what samples come to for some inputs with ranges, to the last bit.
fn samples(out: &mut dyn Write) -> io::Result<()> {
    let book = PriceBook::bundled();
    let mut random = Random(2);
    for seed in 0..SAMPLED {
        let inputs = random.with_ranges();
        let sampled = sampled(&inputs, &book, seed as u64, DRAWN);
        let spreads: Vec<String> = sampled
            .spreads
            .iter()
            .map(|spread| {
                let totals = spread.totals.unwrap_or_default().map(f64::to_bits);
                format!("{totals:x?} {} {}", spread.cheapest, spread.recommended)
            })
            .collect();
        writeln!(out, "{} {}", spreads.join(" "), sampled.none)?;
    }
    Ok(())
}

fn sampled(inputs: &Inputs, book: &PriceBook, seed: u64, samples: usize) -> Sampled {
    let mut sampling = Sampling::new(inputs, book, Bands::All, seed, samples);
    while sampling.step() {}
    sampling.result()
}

/// Prints milliseconds for all samples of each case, with a range on what it can be sampled with.
fn sampling(out: &mut dyn Write) -> io::Result<()> {
    let book = PriceBook::bundled();
    for (name, mut inputs) in cases() {
        for (path, low, high) in [
            ("http.requests_per_month", 5e6, 5e8),
            ("http.latency_ms", 30.0, 90.0),
            ("team.rate_usd_per_hour", 80.0, 130.0),
        ] {
            if let Some(between) = Between::new(Field::by_path(path), low, high) {
                inputs.set_between(between);
            }
        }
        let mut best = f64::MAX;
        for seed in 0..5 {
            let began = Instant::now();
            black_box(sampled(black_box(&inputs), &book, seed, SAMPLES));
            best = best.min(began.elapsed().as_secs_f64());
        }
        writeln!(out, "{name}\t{:.1}", best * 1e3)?;
    }
    Ok(())
}

/// Prints milliseconds for one search in each case.
fn timed_once(out: &mut dyn Write, search: fn(&Inputs, &PriceBook)) -> io::Result<()> {
    let book = PriceBook::bundled();
    for (name, inputs) in cases() {
        let mut best = f64::MAX;
        for _ in 0..5 {
            let began = Instant::now();
            search(black_box(&inputs), &book);
            best = best.min(began.elapsed().as_secs_f64());
        }
        writeln!(out, "{name}\t{:.1}", best * 1e3)?;
    }
    Ok(())
}

/// Prints milliseconds for the best split of systems whose workloads differ.
fn splits(out: &mut dyn Write) -> io::Result<()> {
    let book = PriceBook::bundled();
    for count in [10, 20, 200] {
        let inputs = differing(count);
        let assessment = assess(&inputs, &book);
        let mut best = f64::MAX;
        for _ in 0..3 {
            let began = Instant::now();
            black_box(placement::placement(&inputs, &book, &assessment));
            best = best.min(began.elapsed().as_secs_f64());
        }
        writeln!(
            out,
            "{count} workloads that differ, 24 levels\t{:.1}",
            best * 1e3
        )?;
    }
    Ok(())
}

/// Prints microseconds for one comparison of each case.
fn times(out: &mut dyn Write, run: fn(&Inputs, &PriceBook)) -> io::Result<()> {
    let book = PriceBook::bundled();
    for (name, inputs) in cases() {
        let mut best = f64::MAX;
        for _ in 0..BATCHES {
            let began = Instant::now();
            for _ in 0..BATCH {
                run(black_box(&inputs), &book);
            }
            best = best.min(began.elapsed().as_secs_f64() / f64::from(BATCH));
        }
        writeln!(out, "{name}\t{:.1}", best * 1e6)?;
    }
    Ok(())
}

/// Prints for the heaviest shapes the microseconds of one comparison and the milliseconds of all flips, with how many
/// comparisons these take.
fn heavy(out: &mut dyn Write) -> io::Result<()> {
    const SHAPES: [(&str, f64, f64, f64, u32); 5] = [
        ("one request an instance", 1e10, 10_000.0, 1_000.0, 1),
        ("requests of an hour", 1e10, 3_600_000.0, 1_000.0, 1_000),
        ("a thousand at once", 1e10, 1_000.0, 10.0, 1_000),
        ("half a second", 1e9, 500.0, 20.0, 80),
        ("as few as may be", 1e3, 50.0, 20.0, 80),
    ];
    let book = PriceBook::bundled();
    for (name, requests, latency, cpu, concurrency) in SHAPES {
        let mut inputs = Inputs::default();
        inputs.traffic.shape = Shape::Grid;
        // No hour is like another.
        inputs.traffic.grid = (0..traffic::HOURS)
            .map(|hour| (100 + hour * 20 + hour * 7_919 % 13) as f64)
            .collect();
        inputs.traffic.cv2 = 100.0;
        inputs.http.requests_per_month = requests;
        inputs.http.latency_ms = latency;
        inputs.http.cpu_ms = cpu;
        inputs.http.concurrency = concurrency;
        let mut least = f64::MAX;
        for _ in 0..BATCHES {
            let began = Instant::now();
            black_box(compare(black_box(&inputs), &book));
            least = least.min(began.elapsed().as_secs_f64());
        }
        let began = Instant::now();
        let mut search = flips::Search::new(&inputs, &book);
        while search.step(&book) {}
        let all = began.elapsed().as_secs_f64();
        writeln!(
            out,
            "{name}\t{:.0} µs\t{:.0} ms\t{} comparisons",
            least * 1e6,
            all * 1e3,
            search.comparisons()
        )?;
    }
    Ok(())
}

fn cases() -> Vec<(&'static str, Inputs)> {
    let mut day = Inputs::default();
    day.traffic.shape = Shape::Diurnal;
    day.http.requests_per_month = 3e8;
    day.services = 3;
    day.environments.push(Environment::default());
    let mut week = day.clone();
    week.traffic.shape = Shape::Grid;
    week.traffic.grid = (0..traffic::HOURS)
        .map(|hour| 1.0 + hour as f64 / 40.0)
        .collect();
    week.environments = vec![Environment::default(); 3];
    vec![
        ("steady, one level", Inputs::default()),
        ("24 levels, one environment", day),
        ("168 distinct hours, three environments", week),
        ("20 workloads that differ, 24 levels", differing(20)),
    ]
}

/// A system of so many workloads, each of another size and load: services, and a worker and a job among each ten.
fn differing(count: u32) -> Inputs {
    let mut inputs = Inputs::default();
    inputs.traffic.shape = Shape::Diurnal;
    let mut random = Random(20);
    let rows = (0..count).map(|n| {
        let mut row = WorkloadRow {
            name: format!("workload {n}"),
            kind: match n % 10 {
                8 => WorkloadKind::Worker,
                9 => WorkloadKind::Job,
                _ => WorkloadKind::Service,
            },
            ..WorkloadRow::default()
        };
        let mut own = Inputs::default();
        let size = 0.25 * 2.0_f64.powf(5.0 * random.next());
        let gib = size * (1.0 + 3.0 * random.next());
        own.http.requests_per_month = 1e5 * 1e3_f64.powf(random.next());
        own.http.latency_ms = 20.0 + 200.0 * random.next();
        (own.instance.vcpu, own.instance.memory_gib) = (size, gib);
        (own.workers.vcpu, own.workers.memory_gib) = (size, gib);
        (own.jobs.vcpu, own.jobs.memory_gib, own.jobs.runs_per_month) = (size, gib, 300.0);
        let fields: &[&'static Field] = match row.kind {
            WorkloadKind::Service => &[
                at::http::requests_per_month,
                at::http::latency_ms,
                at::instance::vcpu,
                at::instance::memory_gib,
            ],
            WorkloadKind::Worker => &[at::workers::vcpu, at::workers::memory_gib],
            WorkloadKind::Job => &[
                at::jobs::vcpu,
                at::jobs::memory_gib,
                at::jobs::runs_per_month,
            ],
        };
        for field in fields {
            row.take(field, &own);
        }
        row
    });
    let rows = rows.collect();
    inputs.set_workloads(rows);
    inputs
}

/// Steele, Lea and Flood's SplitMix64 (2014).
struct Random(u64);

impl Random {
    fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn pick(&mut self, range: &Range) -> f64 {
        let share = self.next();
        let x = match range.scale {
            Scale::Linear => range.min + share * (range.max - range.min),
            Scale::Log => range.min * libm::pow(range.max / range.min, share),
        };
        range.clamp(x)
    }

    /// Inputs that are legal, each drawn from its range; needs that exclude platforms come rarely.
    fn inputs(&mut self) -> Inputs {
        let mut inputs = Inputs::default();
        for field in FIELDS {
            self.draw(field, &mut inputs);
        }
        inputs.clamp_dependents();
        // What a file keeps is what is compared.
        scenario::read(&scenario::write(&inputs).to_string()).0
    }

    /// Random inputs, of which some numbers are known only roughly.
    fn with_ranges(&mut self) -> Inputs {
        let mut inputs = self.inputs();
        for field in FIELDS {
            let Some(range) = field.range() else { continue };
            if self.next() > 0.8 {
                let (one, other) = (self.pick(range), self.pick(range));
                if let Some(between) = Between::new(field, one.min(other), one.max(other)) {
                    inputs.set_between(between);
                }
            }
        }
        inputs.clamp_dependents();
        inputs
    }

    fn draw(&mut self, field: &Field, inputs: &mut Inputs) {
        match field.kind {
            Kind::Number { range, set, .. } => {
                let x = self.pick(&range);
                set(inputs, x);
            }
            Kind::Optional { range, set, .. } => {
                let x = (self.next() > 0.7).then(|| self.pick(&range));
                set(inputs, x);
            }
            Kind::Flag { set, .. } => {
                let rare = field.path.starts_with("needs.");
                let share = self.next();
                set(inputs, share > if rare { 0.95 } else { 0.5 });
            }
            // Most may use every cloud.
            Kind::Set { options, set, .. } => {
                let share = self.next();
                let sets = f64::from(1_u32 << options.len());
                set(inputs, (share.min(0.3) / 0.3 * (sets - 1.0)) as u32);
            }
            Kind::Choice { options, set, .. } => {
                let place = (self.next() * options.len() as f64) as usize;
                set(inputs, place);
            }
        }
    }
}

//! A small simulator of requests on instances. It knows none of the model's formulas: it plays request after request
//! with random numbers from a seed, so that other tests can hold the formulas against it.

mod random;
mod setting;
mod tests;

use random::Random;
pub(crate) use setting::{
    Active, Autoscaled, Cold, Controller, Cpu, Estimate, Routing, Service, Setting,
};
use std::{
    cmp::Reverse,
    collections::{BinaryHeap, VecDeque},
};

/// The first fifth of a run starts from an empty fleet and does not count.
const WARM_UP: f64 = 0.2;
/// Runs with seeds of their own behind every answer.
const REPETITIONS: u32 = 8;
/// Student's t for 95 % on both sides with seven degrees of freedom: eight repetitions.
const STUDENT: f64 = 2.364_6;
/// How often the autoscaler looks.
const TICK_S: f64 = 5.0;
/// Ticks in the minute over which the autoscaler averages.
const WINDOW_TICKS: usize = 12;
/// Times are differences of large numbers: this part of a billing step is dust, not another step.
const DUST: f64 = 1e-6;

/// Instances at work, with a fixed number in service or with as many as it takes. When every slot in service is
/// taken, the request goes to an extra instance beyond them, lowest number first: none is turned away.
pub(crate) fn active(setting: &Setting) -> Active {
    let runs = repeat(setting.seed, |random| Fleet::run(setting, None, random));
    Active {
        active_instances: Estimate::of(&runs, |run| run.busy),
        rounded: Estimate::of(&runs, |run| run.rounded),
        rounded_apart: Estimate::of(&runs, |run| run.rounded_apart),
        busy_periods_per_s: Estimate::of(&runs, |run| run.busy_periods),
    }
}

/// A fleet under a controller that sets the number in service every five seconds from the last minute. An instance
/// out of service finishes what it has.
pub(crate) fn autoscaled(setting: &Setting, controller: &Controller) -> Autoscaled {
    let setting = Setting {
        in_service: setting.in_service.or(Some(1)),
        ..*setting
    };
    let runs = repeat(setting.seed, |random| {
        Fleet::run(&setting, Some(controller), random)
    });
    Autoscaled {
        in_service: Estimate::of(&runs, |run| run.in_service),
        active_instances: Estimate::of(&runs, |run| run.busy),
    }
}

/// Instances that start when no slot is free and go when they have been idle for `keep_s`. A request that finds no
/// ready slot joins a starting instance with room before it starts another one.
pub(crate) fn cold(setting: &Setting) -> Cold {
    let runs = repeat(setting.seed, |random| KeptAlive::run(setting, random));
    Cold {
        cold_prob: Estimate::of(&runs, |run| run.cold),
        delayed_prob: Estimate::of(&runs, |run| run.delayed),
        alive_instances: Estimate::of(&runs, |run| run.alive),
    }
}

fn repeat<T>(seed: u64, run: impl Fn(&mut Random) -> T) -> Vec<T> {
    (0..REPETITIONS)
        .map(|repetition| run(&mut Random::new(seed, repetition)))
        .collect()
}

/// The part of a run that counts.
struct Span {
    from: f64,
    to: f64,
}

impl Span {
    fn of(setting: &Setting) -> Self {
        let to = setting.requests as f64 / setting.rate;
        Self {
            from: WARM_UP * to,
            to,
        }
    }

    fn contains(&self, time: f64) -> bool {
        (self.from..=self.to).contains(&time)
    }

    fn overlap(&self, from: f64, to: f64) -> f64 {
        (to.min(self.to) - from.max(self.from)).max(0.0)
    }

    fn length(&self) -> f64 {
        self.to - self.from
    }
}

/// When each request in flight ends, and on which instance.
#[derive(Default)]
struct Departures(BinaryHeap<Reverse<(u64, usize)>>);

impl Departures {
    fn push(&mut self, time: f64, instance: usize) {
        // Numbers that are not negative sort as their bits do.
        self.0.push(Reverse((time.to_bits(), instance)));
    }

    fn next_until(&mut self, time: f64) -> Option<(f64, usize)> {
        let Reverse((bits, instance)) = *self.0.peek()?;
        let end = f64::from_bits(bits);
        if end > time {
            return None;
        }
        self.0.pop();
        Some((end, instance))
    }
}

/// One of the instances with a free slot, given as position and requests in flight.
fn pick(
    routing: Routing,
    random: &mut Random,
    free: impl Iterator<Item = (usize, u32)> + Clone,
) -> Option<usize> {
    match routing {
        Routing::FirstFit => free.map(|(position, _)| position).next(),
        Routing::Random => any(random, free),
        Routing::LeastLoaded => {
            let least = free.clone().map(|(_, in_flight)| in_flight).min()?;
            any(
                random,
                free.filter(move |&(_, in_flight)| in_flight == least),
            )
        }
    }
}

fn any(random: &mut Random, free: impl Iterator<Item = (usize, u32)> + Clone) -> Option<usize> {
    let (position, _) = match free.clone().count() {
        0 => return None,
        1 => free.clone().next(),
        count => free.clone().nth(random.below(count)),
    }?;
    Some(position)
}

#[derive(Clone, Default)]
struct Worker {
    in_flight: u32,
    busy_since: f64,
    billed_until: f64,
}

/// Instances that are in service or beyond it, by number; none ever starts or goes.
struct Fleet<'a> {
    setting: &'a Setting,
    span: Span,
    workers: Vec<Worker>,
    departures: Departures,
    /// Requests in flight times seconds since the last tick, counted up to `counted_until`.
    load: f64,
    in_flight: u32,
    counted_until: f64,
    busy: f64,
    rounded: f64,
    rounded_apart: f64,
    busy_periods: u32,
}

/// What one repetition measured, averaged over time.
struct FleetRun {
    busy: f64,
    rounded: f64,
    rounded_apart: f64,
    busy_periods: f64,
    in_service: f64,
}

impl Fleet<'_> {
    fn run(setting: &Setting, controller: Option<&Controller>, random: &mut Random) -> FleetRun {
        let mut fleet = Fleet {
            setting,
            span: Span::of(setting),
            workers: Vec::new(),
            departures: Departures::default(),
            load: 0.0,
            in_flight: 0,
            counted_until: 0.0,
            busy: 0.0,
            rounded: 0.0,
            rounded_apart: 0.0,
            busy_periods: 0,
        };
        let mut in_service = setting.in_service;
        let mut in_service_time = 0.0;
        let mut next_tick = controller.map_or(f64::INFINITY, |_| TICK_S);
        let mut cpu_used = 0.0;
        // Load and CPU of the last ticks.
        let mut past: VecDeque<(f64, f64)> = VecDeque::with_capacity(WINDOW_TICKS + 1);
        let mut time = 0.0;
        loop {
            time += random.exponential(1.0 / setting.rate);
            while let Some(controller) = controller
                && next_tick <= time.min(fleet.span.to)
            {
                fleet.advance(next_tick);
                let before = f64::from(in_service.unwrap_or(1));
                in_service_time += before * fleet.span.overlap(next_tick - TICK_S, next_tick);
                past.push_back((std::mem::take(&mut fleet.load), cpu_used));
                cpu_used = 0.0;
                if past.len() > WINDOW_TICKS {
                    past.pop_front();
                }
                in_service = Some(controller.wanted(setting, &past));
                next_tick += TICK_S;
            }
            if time > fleet.span.to {
                break;
            }
            fleet.advance(time);
            fleet.arrive(time, in_service, random);
            if let Some(cpu) = controller.and_then(|controller| controller.cpu) {
                cpu_used += random.exponential(cpu.mean_s);
            }
        }
        fleet.advance(fleet.span.to);
        in_service_time += f64::from(in_service.unwrap_or(1))
            * fleet.span.overlap(next_tick - TICK_S, f64::INFINITY);
        for position in 0..fleet.workers.len() {
            if fleet.workers[position].in_flight > 0 {
                fleet.end_busy_period(position, fleet.span.to);
            }
        }
        let length = fleet.span.length();
        FleetRun {
            busy: fleet.busy / length,
            rounded: fleet.rounded / length,
            rounded_apart: fleet.rounded_apart / length,
            busy_periods: f64::from(fleet.busy_periods) / length,
            in_service: in_service_time / length,
        }
    }

    /// Ends the requests that are done by then.
    fn advance(&mut self, time: f64) {
        while let Some((end, position)) = self.departures.next_until(time) {
            self.count_load(end);
            self.in_flight -= 1;
            self.workers[position].in_flight -= 1;
            if self.workers[position].in_flight == 0 {
                self.end_busy_period(position, end);
            }
        }
        self.count_load(time);
    }

    fn count_load(&mut self, time: f64) {
        self.load += f64::from(self.in_flight) * (time - self.counted_until);
        self.counted_until = time;
    }

    fn arrive(&mut self, time: f64, in_service: Option<u32>, random: &mut Random) {
        let (serving, routing) = in_service.map_or((usize::MAX, Routing::FirstFit), |count| {
            (count as usize, self.setting.routing)
        });
        if in_service.is_some() && self.workers.len() < serving {
            self.workers.resize_with(serving, Worker::default);
        }
        let (within, beyond) = self.workers.split_at(serving.min(self.workers.len()));
        let concurrency = self.setting.concurrency;
        let position = pick(routing, random, with_room(within, 0, concurrency))
            .or_else(|| {
                let extra = with_room(beyond, within.len(), concurrency);
                pick(Routing::FirstFit, random, extra)
            })
            .unwrap_or(self.workers.len());
        if position == self.workers.len() {
            self.workers.push(Worker::default());
        }
        let worker = &mut self.workers[position];
        if worker.in_flight == 0 {
            worker.busy_since = time;
            self.busy_periods += u32::from(self.span.contains(time));
        }
        worker.in_flight += 1;
        self.in_flight += 1;
        let end = time + random.service(self.setting.service);
        self.departures.push(end, position);
    }

    fn end_busy_period(&mut self, position: usize, end: f64) {
        let worker = &mut self.workers[position];
        let since = worker.busy_since;
        self.busy += self.span.overlap(since, end);
        let step = self.setting.granularity_s;
        let billed_end = if step > 0.0 {
            since + step * ((end - since) / step - DUST).ceil().max(1.0)
        } else {
            end
        };
        self.rounded_apart += self.span.overlap(since, billed_end);
        self.rounded += self
            .span
            .overlap(since.max(worker.billed_until), billed_end);
        worker.billed_until = worker.billed_until.max(billed_end);
    }
}

/// Position and requests in flight of the workers with a free slot; `first` is the position of the first one.
fn with_room(
    workers: &[Worker],
    first: usize,
    concurrency: u32,
) -> impl Iterator<Item = (usize, u32)> + Clone {
    let free = move |(position, worker): (usize, &Worker)| {
        (worker.in_flight < concurrency).then_some((first + position, worker.in_flight))
    };
    workers.iter().enumerate().filter_map(free)
}

impl Controller {
    /// The instances that the last ticks ask for.
    fn wanted(&self, setting: &Setting, past: &VecDeque<(f64, f64)>) -> u32 {
        let seconds = past.len() as f64 * TICK_S;
        let load: f64 = past.iter().map(|(load, _)| load).sum();
        let mut wanted = load / seconds / (self.target * f64::from(setting.concurrency));
        if let Some(cpu) = self.cpu {
            let used: f64 = past.iter().map(|(_, used)| used).sum();
            wanted = wanted.max(used / seconds / (cpu.target * cpu.cpus));
        }
        (wanted.ceil() as u32).max(setting.min_instances).max(1)
    }
}

struct Instance {
    /// Never used twice: later ones are younger.
    number: usize,
    since: f64,
    ready_at: f64,
    idle_since: f64,
    in_flight: u32,
}

/// Instances that start on demand and stay for a while, oldest first.
struct KeptAlive<'a> {
    setting: &'a Setting,
    span: Span,
    alive: Vec<Instance>,
    departures: Departures,
    started: usize,
    alive_time: f64,
}

/// What one repetition measured: two shares of its requests, and instances averaged over time.
struct KeptAliveRun {
    cold: f64,
    delayed: f64,
    alive: f64,
}

impl KeptAlive<'_> {
    fn run(setting: &Setting, random: &mut Random) -> KeptAliveRun {
        let mut fleet = KeptAlive {
            setting,
            span: Span::of(setting),
            alive: Vec::new(),
            departures: Departures::default(),
            started: 0,
            alive_time: 0.0,
        };
        for _ in 0..setting.min_instances {
            fleet.start(0.0, 0.0);
        }
        let (mut requests, mut cold, mut delayed) = (0_u32, 0_u32, 0_u32);
        let mut time = 0.0;
        loop {
            time += random.exponential(1.0 / setting.rate);
            if time > fleet.span.to {
                break;
            }
            fleet.advance(time);
            let (is_cold, is_delayed) = fleet.arrive(time, random);
            if fleet.span.contains(time) {
                requests += 1;
                cold += u32::from(is_cold);
                delayed += u32::from(is_delayed);
            }
        }
        fleet.advance(fleet.span.to);
        for instance in &fleet.alive {
            fleet.alive_time += fleet.span.overlap(instance.since, fleet.span.to);
        }
        KeptAliveRun {
            cold: f64::from(cold) / f64::from(requests),
            delayed: f64::from(delayed) / f64::from(requests),
            alive: fleet.alive_time / fleet.span.length(),
        }
    }

    fn start(&mut self, time: f64, ready_at: f64) {
        self.alive.push(Instance {
            number: self.started,
            since: time,
            ready_at,
            idle_since: time,
            in_flight: 0,
        });
        self.started += 1;
    }

    /// Ends the requests that are done by then, and the instances that have been idle for too long.
    fn advance(&mut self, time: f64) {
        while let Some((end, number)) = self.departures.next_until(time) {
            let position = self
                .alive
                .binary_search_by_key(&number, |instance| instance.number)
                .expect("an instance with a request is alive");
            let instance = &mut self.alive[position];
            instance.in_flight -= 1;
            if instance.in_flight == 0 {
                instance.idle_since = end;
            }
        }
        // Nothing arrived since, so what is idle now has been so all the time. The one that is idle longest goes first.
        // Whoever stays as one of the last is busy before another one can start: no removal is ever overdue.
        while self.alive.len() > self.setting.min_instances as usize {
            let longest = self
                .alive
                .iter()
                .enumerate()
                .filter(|(_, instance)| instance.in_flight == 0)
                .min_by(|(_, a), (_, b)| a.idle_since.total_cmp(&b.idle_since))
                .map(|(position, instance)| (position, instance.idle_since + self.setting.keep_s));
            match longest {
                Some((position, end)) if end <= time => {
                    let gone = self.alive.remove(position);
                    self.alive_time += self.span.overlap(gone.since, end);
                }
                _ => return,
            }
        }
    }

    /// Whether the request starts an instance, and whether it waits for one.
    fn arrive(&mut self, time: f64, random: &mut Random) -> (bool, bool) {
        let concurrency = self.setting.concurrency;
        let with_room = |ready: bool| {
            let free = move |(position, instance): (usize, &Instance)| {
                (instance.in_flight < concurrency && (instance.ready_at <= time) == ready)
                    .then_some((position, instance.in_flight))
            };
            self.alive.iter().enumerate().filter_map(free)
        };
        let ready = pick(self.setting.routing, random, with_room(true));
        let found = ready.or_else(|| pick(Routing::FirstFit, random, with_room(false)));
        if found.is_none() {
            self.start(time, time + self.setting.startup_s);
        }
        let position = found.unwrap_or(self.alive.len() - 1);
        let instance = &mut self.alive[position];
        instance.in_flight += 1;
        let end = time.max(instance.ready_at) + random.service(self.setting.service);
        self.departures.push(end, instance.number);
        (found.is_none(), ready.is_none())
    }
}

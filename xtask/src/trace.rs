//! What a browser's main thread did, from its trace: the tasks of each input event, and what they were spent on.

use serde_json::Value;

/// What has to be noted down for it.
pub const CATEGORIES: [&str; 2] = ["devtools.timeline", "disabled-by-default-devtools.timeline"];

/// What time is spent on, as people who make pages tell it apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The page's own code.
    Script,
    /// Memory is given back.
    Collection,
    /// Which rules apply to which elements.
    Style,
    /// Where everything stands.
    Layout,
    /// What is to be drawn is written down and handed over.
    Paint,
    /// The browser's own work.
    Other,
}

impl Kind {
    /// All of them, with what they are called.
    pub const ALL: [(Self, &'static str); 6] = [
        (Self::Script, "script"),
        (Self::Collection, "garbage"),
        (Self::Style, "style"),
        (Self::Layout, "layout"),
        (Self::Paint, "paint"),
        (Self::Other, "other"),
    ];

    /// What an event of that name is, `None` where it is part of what is around it.
    fn of(name: &str) -> Option<Self> {
        Some(match name {
            "FunctionCall" | "EvaluateScript" | "EventDispatch" | "FireAnimationFrame"
            | "TimerFire" | "RunMicrotasks" | "HandlePostMessage" | "FireIdleCallback" => {
                Self::Script
            }
            "MinorGC" | "MajorGC" | "BlinkGC.AtomicPhase" => Self::Collection,
            "UpdateLayoutTree" | "ScheduleStyleRecalculation" => Self::Style,
            "Layout" | "HitTest" | "IntersectionObserverController::computeIntersections" => {
                Self::Layout
            }
            "PrePaint" | "Paint" | "Layerize" | "Commit" | "UpdateLayer" => Self::Paint,
            _ => return None,
        })
    }
}

/// A stretch of time on the main thread, µs.
#[derive(Clone, Debug)]
struct Span {
    name: String,
    from: f64,
    to: f64,
    /// How long of it the processor was at work.
    busy: f64,
}

/// What belongs to one input event.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Work {
    /// What the event was marked with.
    pub mark: String,
    /// The task in which it happened, to the end of the frame, ms.
    pub task: f64,
    /// Tasks after that one, up to the next event, ms.
    pub later: f64,
    /// How long of both the processor was at work, ms; the rest was waited, for other programs for one.
    pub busy: f64,
    /// Both, by what they were spent on, ms; in the order of [`Kind::ALL`].
    pub spent: [f64; 6],
    /// Elements whose style was looked up again.
    pub restyled: f64,
}

/// What the main thread did.
#[derive(Clone, Debug, Default)]
pub struct Trace {
    /// How long each task took, ms.
    pub tasks: Vec<f64>,
    /// The work of each marked event, in order.
    pub events: Vec<Work>,
}

impl Trace {
    /// Reads a trace in which each event is marked by `console.timeStamp`.
    pub fn read(events: &[Value]) -> Self {
        let is_mark = |event: &&Value| event["name"] == "TimeStamp";
        let Some(first) = events.iter().find(is_mark) else {
            return Self::default();
        };
        let mine: Vec<&Value> = events
            .iter()
            .filter(|event| event["pid"] == first["pid"] && event["tid"] == first["tid"])
            .collect();
        let mut marks: Vec<(f64, String)> = mine
            .iter()
            .copied()
            .filter(is_mark)
            .map(|event| {
                (
                    number(&event["ts"]),
                    text(&event["args"]["data"]["message"]),
                )
            })
            .collect();
        marks.sort_by(|a, b| a.0.total_cmp(&b.0));
        let restyled: Vec<(f64, f64)> = mine
            .iter()
            .filter(|event| event["name"] == "UpdateLayoutTree")
            .map(|event| (number(&event["ts"]), number(&event["args"]["elementCount"])))
            .collect();
        let mut trace = Self::of(spans(&mine), &marks);
        for (work, n) in trace.events.iter_mut().zip(0..) {
            let until = marks.get(n + 1).map_or(f64::MAX, |mark| mark.0);
            let own = restyled
                .iter()
                .filter(|(at, _)| *at >= marks[n].0 && *at < until);
            work.restyled = own.map(|(_, count)| count).sum();
        }
        trace
    }

    /// Gives each task to the event in it, or to the last one before it.
    fn of(spans: Vec<Span>, marks: &[(f64, String)]) -> Self {
        let mut trace = Self::default();
        for (_, mark) in marks {
            trace.events.push(Work {
                mark: mark.clone(),
                ..Work::default()
            });
        }
        let mut rest = &spans[..];
        while let Some((task, after)) = rest.split_first() {
            let inside = after.partition_point(|span| span.from < task.to);
            let (inside, next) = after.split_at(inside);
            rest = next;
            if task.name != TASK {
                continue;
            }
            let length = (task.to - task.from) / 1e3;
            trace.tasks.push(length);
            let begun = marks.partition_point(|(at, _)| *at <= task.to);
            let Some(n) = begun.checked_sub(1) else {
                continue;
            };
            let work = &mut trace.events[n];
            if marks[n].0 >= task.from {
                work.task += length;
            } else {
                work.later += length;
            }
            work.busy += task.busy / 1e3;
            for (spent, more) in work.spent.iter_mut().zip(spent(task, inside)) {
                *spent += more;
            }
        }
        trace
    }
}

/// The name of a task of the main thread's own loop.
const TASK: &str = "RunTask";

/// Stretches with a name, in the order in which they begin, the outer one first.
fn spans(events: &[&Value]) -> Vec<Span> {
    let whole = events.iter().filter(|event| event["ph"] == "X");
    let mut spans: Vec<Span> = whole
        .map(|event| {
            let from = number(&event["ts"]);
            Span {
                name: text(&event["name"]),
                from,
                to: from + number(&event["dur"]),
                busy: number(&event["tdur"]),
            }
        })
        .collect();
    spans.retain(|span| span.name == TASK || Kind::of(&span.name).is_some());
    spans.sort_by(|a, b| a.from.total_cmp(&b.from).then(b.to.total_cmp(&a.to)));
    spans
}

/// What a task was spent on, ms: each stretch without those inside of it.
fn spent(task: &Span, inside: &[Span]) -> [f64; 6] {
    let mut spent = [0.0; 6];
    // The open stretches: where each ends, and its kind. Time goes to the innermost.
    let mut open: Vec<(f64, usize)> = vec![(task.to, place(Kind::Other))];
    let mut now = task.from;
    let mut go_on = |open: &mut Vec<(f64, usize)>, until: f64| {
        while let Some((end, kind)) = open.last().copied() {
            let stop = end.min(until);
            spent[kind] += (stop - now).max(0.0) / 1e3;
            now = now.max(stop);
            if end > until {
                return;
            }
            open.pop();
        }
    };
    for span in inside {
        go_on(&mut open, span.from);
        let kind = Kind::of(&span.name).unwrap_or(Kind::Other);
        open.push((span.to.min(task.to), place(kind)));
    }
    go_on(&mut open, task.to);
    spent
}

fn place(kind: Kind) -> usize {
    Kind::ALL
        .iter()
        .position(|(known, _)| *known == kind)
        .unwrap_or(0)
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or(0.0)
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// The value that so large a share is not above.
pub fn percentile(values: &[f64], share: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let place = (share * sorted.len() as f64).ceil() as usize;
    sorted
        .get(place.clamp(1, sorted.len().max(1)) - 1)
        .copied()
        .unwrap_or(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn event(name: &str, ts: u32, dur: u32) -> Value {
        json!({ "ph": "X", "pid": 1, "tid": 1, "name": name, "ts": ts, "dur": dur, "tdur": dur / 2,
            "args": { "elementCount": 3 } })
    }

    fn mark(ts: u32, message: &str) -> Value {
        json!({ "ph": "I", "pid": 1, "tid": 1, "name": "TimeStamp", "ts": ts, "args": { "data": { "message": message } } })
    }

    #[test]
    fn tasks_go_to_their_event_and_time_to_the_innermost() {
        let events = [
            event("RunTask", 0, 500),
            event("RunTask", 1_000, 10_000),
            event("FireAnimationFrame", 1_000, 6_000),
            mark(1_100, "first"),
            event("FunctionCall", 2_000, 4_000),
            event("MinorGC", 3_000, 1_000),
            event("UpdateLayoutTree", 7_000, 1_000),
            event("Layout", 8_000, 1_000),
            event("RunTask", 20_000, 2_000),
            event("RunTask", 30_000, 1_000),
            mark(30_500, "second"),
            json!({ "ph": "X", "pid": 1, "tid": 2, "name": "RunTask", "ts": 1_000, "dur": 90_000 }),
        ];
        let trace = Trace::read(&events);
        assert_eq!(trace.tasks, [0.5, 10.0, 2.0, 1.0]);
        let first = Work {
            mark: "first".into(),
            task: 10.0,
            later: 2.0,
            busy: 6.0,
            spent: [5.0, 1.0, 1.0, 1.0, 0.0, 4.0],
            restyled: 3.0,
        };
        assert_eq!(trace.events[0], first);
        assert_eq!((trace.events[1].task, trace.events[1].later), (1.0, 0.0));
    }

    #[test]
    fn percentiles_are_values_that_were_measured() {
        let values = [4.0, 1.0, 3.0, 2.0];
        let shares = [0.0, 0.5, 0.75, 0.99, 1.0];
        assert_eq!(
            shares.map(|share| percentile(&values, share)),
            [1.0, 2.0, 3.0, 4.0, 4.0]
        );
        assert_eq!(percentile(&[], 0.5), 0.0);
    }
}

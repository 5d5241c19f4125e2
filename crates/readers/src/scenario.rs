//! What files come to, as inputs: what of the present ones they change.

use super::{EVERYWHERE, Kind, Place, Reading, rows, traffic::Load};
use plimsoll_model::{
    inputs::{
        Field, Inputs, Kind as FieldKind, Shape, WorkloadKind, WorkloadRow, at,
        workloads::own_field,
    },
    traffic::HOURS,
};
use plimsoll_wording::format;

impl Reading {
    /// Whether files have nothing that could be taken over.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty() && self.traffic.is_empty() && self.utilisation.is_none()
    }

    /// The inputs with what files have in them; what is assumed for that is told.
    pub fn onto(&mut self, now: &Inputs) -> Inputs {
        let mut inputs = now.clone();
        let everywhere: Place = (EVERYWHERE.to_owned(), 1);
        if !self.rows.is_empty() {
            let mut rows = self.rows.clone();
            self.take_padding(&everywhere, &mut rows, &mut inputs);
            if !now.workloads.is_empty() {
                let count =
                    format::count(now.workloads.rows().len() as f64, "workload", "workloads");
                let options = [("replace", "takes its place"), ("add", "is added to it")];
                let text = |taken: &str| {
                    if taken == "add" {
                        format!("the list has {count}; these are added")
                    } else {
                        format!("the list has {count}; these take their place")
                    }
                };
                if self.choose(&everywhere, "rows", "replace", &options, text) == "add" {
                    rows = [now.workloads.rows(), &rows].concat();
                }
            }
            inputs.set_workloads(rows);
        }
        put(&mut inputs, at::cluster::utilisation, self.utilisation);
        self.take_traffic(&mut inputs);
        self.tell_unknown(&everywhere, &inputs);
        for field in inputs.clamp_dependents() {
            let text = format!("{}: as much as the other inputs allow", field.label);
            self.tell(Kind::Assumed, &everywhere, text);
        }
        inputs
    }

    /// Tells which services of the files have no requests: once, as manifests never have any.
    fn tell_unknown(&mut self, everywhere: &Place, inputs: &Inputs) {
        let rows = inputs.workloads.rows().iter();
        let unknown = rows.filter(|row| {
            let is_new = self.rows.iter().any(|new| new.name == row.name);
            is_new && row.kind == WorkloadKind::Service && !row.traffic_known()
        });
        let names: Vec<String> = unknown.map(|row| row.name.clone()).collect();
        if !names.is_empty() {
            let text = format!("how many requests these get is not known: {}", few(&names));
            self.tell(Kind::Assumed, everywhere, text);
        }
    }

    /// Pods that ask for more than they use: that can be taken for padding, or left in the sizes.
    fn take_padding(&mut self, everywhere: &Place, rows: &mut [WorkloadRow], inputs: &mut Inputs) {
        // As much as they use, nearly.
        let Some(padding) = self.padding.filter(|padding| *padding > 1.05) else {
            return;
        };
        let options = [
            ("sizes", "part of the sizes"),
            ("padding", "padding of pods"),
        ];
        let times = format::number((padding * 100.0).round() / 100.0);
        let text = |taken: &str| {
            if taken == "padding" {
                format!(
                    "pods ask for {times} times the CPU that they use: sizes are divided by it, and pods ask for more"
                )
            } else {
                format!(
                    "pods ask for {times} times the CPU that they use: other platforms get the sizes that pods ask for"
                )
            }
        };
        if self.choose(everywhere, "padding", "sizes", &options, text) == "padding" {
            inputs.assumptions.requests_padding = padding;
            for row in rows {
                for key in ["vcpu", "memory_gib"] {
                    let size = own_field(row.kind, key).filter(|field| row.own.contains(field));
                    let size = size.and_then(|field| row.number(field, inputs));
                    if let Some(size) = size {
                        rows::set(row, key, size / padding);
                    }
                }
            }
        }
    }

    fn take_traffic(&mut self, inputs: &mut Inputs) {
        let Some(first) = self.traffic.first() else {
            return;
        };
        let at = first.at.clone();
        let total = sum(self.traffic.iter().map(|traffic| &traffic.total));
        let several = self.traffic.len() > 1;
        let mut services: Vec<(String, Load)> = Vec::new();
        for traffic in &self.traffic {
            // A file of one series is of the service by which it is called.
            if let ([(_, load)], true) = (&traffic.services[..], several) {
                let name = traffic.at.0.rsplit(['/', '\\']).next().unwrap_or_default();
                let stem = name.split('.').next().unwrap_or(name);
                services.push((stem.to_owned(), load.clone()));
            } else {
                services.extend(traffic.services.iter().cloned());
            }
        }
        let (cv2, latency, cpu) = (first.cv2, first.latency_ms, first.cpu_ms);
        self.assign(&at, &total, &services, inputs);
        inputs.traffic.grid = plimsoll_formats::scenario::link::whole_loads(&total.grid);
        inputs.traffic.shape = Shape::Grid;
        put(inputs, at::traffic::cv2, cv2);
        put(inputs, at::http::latency_ms, latency);
        put(inputs, at::http::cpu_ms, cpu);
    }

    /// Gives the system its requests, or each workload its own.
    fn assign(
        &mut self,
        at: &Place,
        total: &Load,
        services: &[(String, Load)],
        inputs: &mut Inputs,
    ) {
        let told = format::number(total.requests_per_month.round());
        let text = format!("that is {told} requests a month");
        self.tell(Kind::Understood, at, text);
        if inputs.workloads.is_empty() {
            let mut taken = "total";
            if services.len() > 1 {
                let options = [("total", "one load"), ("each", "a workload each")];
                let count = services.len();
                let text = |taken: &str| {
                    if taken == "each" {
                        format!("{count} series, each a workload of its own")
                    } else {
                        format!("{count} series, taken together")
                    }
                };
                taken = self.choose(at, "series", "total", &options, text);
            }
            if taken == "each" {
                let rows = services.iter().map(|(name, load)| {
                    let mut row = rows::row(name, WorkloadKind::Service);
                    rows::set(
                        &mut row,
                        "requests_per_month",
                        load.requests_per_month.round(),
                    );
                    row
                });
                inputs.set_workloads(rows.collect());
            } else {
                inputs.http.requests_per_month = self.clamped(at, total.requests_per_month.round());
            }
            return;
        }
        let mut rows = inputs.workloads.rows().to_vec();
        let is_service = |row: &&mut WorkloadRow| row.kind == WorkloadKind::Service;
        let matched: Vec<&str> = services
            .iter()
            .filter(|(name, _)| rows.iter().any(|row| fits(name, &row.name)))
            .map(|(name, _)| name.as_str())
            .collect();
        let usual = if matched.is_empty() { "even" } else { "names" };
        let options = [
            ("names", "to workloads of the same name"),
            ("even", "evenly to all services"),
            ("keep", "to none of them"),
        ];
        let count = matched.len();
        let text = |taken: &str| match taken {
            "names" => format!(
                "{count} of {} series have the name of a workload, which gets their requests",
                services.len()
            ),
            "even" => "the requests are given to all services alike".to_owned(),
            _ => "workloads keep their requests; the shape of the week is taken".to_owned(),
        };
        let taken = self.choose(at, "series", usual, &options, text);
        match taken {
            "names" => {
                for row in rows.iter_mut().filter(is_service) {
                    let loads = services.iter().filter(|(name, _)| fits(name, &row.name));
                    let requests: Vec<f64> =
                        loads.map(|(_, load)| load.requests_per_month).collect();
                    if !requests.is_empty() {
                        let each = requests.iter().sum::<f64>() / f64::from(row.count);
                        let each = self.clamped(at, each.round());
                        rows::set(row, "requests_per_month", each);
                    }
                }
                let names = services.iter().map(|(name, _)| name);
                let others = names.filter(|name| !matched.contains(&name.as_str()));
                let others: Vec<String> = others.cloned().collect();
                if !others.is_empty() {
                    let text = format!("series without a workload: {}", few(&others));
                    self.tell(Kind::LeftOut, at, text);
                }
            }
            "even" => {
                let services: u32 = rows
                    .iter()
                    .filter(|row| row.kind == WorkloadKind::Service)
                    .map(|row| row.count)
                    .sum();
                let each = total.requests_per_month / f64::from(services.max(1));
                let each = self.clamped(at, each.round());
                for row in rows.iter_mut().filter(is_service) {
                    rows::set(row, "requests_per_month", each);
                }
            }
            _ => {}
        }
        inputs.set_workloads(rows);
    }

    /// A number of requests as far as the input goes; what is beyond it is told.
    fn clamped(&mut self, at: &Place, requests: f64) -> f64 {
        let range = at::http::requests_per_month.range();
        let taken = range.map_or(requests, |range| range.clamp(requests));
        if taken != requests {
            let [asked, taken] = [requests, taken].map(format::number);
            let text = format!(
                "{asked} requests a month are beyond what can be entered; {taken} count. Give the load to several workloads to \
                 have all of it"
            );
            self.tell(Kind::Assumed, at, text);
        }
        taken
    }
}

/// Sets a number, as far as the input goes.
fn put(inputs: &mut Inputs, field: &'static Field, x: Option<f64>) {
    let Some(x) = x else {
        return;
    };
    field.forget_range(inputs);
    match field.kind {
        FieldKind::Number { set, range, .. } => set(inputs, range.clamp(x)),
        FieldKind::Optional { set, range, .. } => set(inputs, Some(range.clamp(x))),
        FieldKind::Flag { .. } | FieldKind::Choice { .. } | FieldKind::Set { .. } => {}
    }
}

/// Loads together.
fn sum<'a>(loads: impl Iterator<Item = &'a Load>) -> Load {
    let mut grid = vec![0.0; HOURS];
    let mut all = 0.0;
    for load in loads {
        all += load.requests_per_month;
        for (sum, x) in grid.iter_mut().zip(&load.grid) {
            *sum += x * load.requests_per_month;
        }
    }
    for x in &mut grid {
        *x /= all;
    }
    Load {
        requests_per_month: all,
        grid,
    }
}

/// The first names of a list, and how many more there are.
fn few(names: &[String]) -> String {
    const SHOWN: usize = 8;
    let shown = names[..names.len().min(SHOWN)].join(", ");
    match names.len().saturating_sub(SHOWN) {
        0 => shown,
        more => format!("{shown} and {more} more"),
    }
}

/// Whether a series is of a workload: by its whole name, or by a label of it.
fn fits(series: &str, workload: &str) -> bool {
    let plain = |text: &str| {
        let letters = text.chars().filter(|c| c.is_alphanumeric());
        letters.flat_map(char::to_lowercase).collect::<String>()
    };
    let wanted = plain(workload);
    let labels = series.split(['{', '}', ',', '"', '=', ' ', '/', ':']);
    !wanted.is_empty()
        && (plain(series) == wanted || labels.map(plain).any(|label| label == wanted))
}

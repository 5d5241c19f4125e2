//! Traffic as the tools of clouds print it: `aws cloudwatch get-metric-data` and `get-metric-statistics`, Cloud Monitoring's
//! time series, `az monitor metrics list`, and Prometheus' `query_range`.
//!
//! Formats: <https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricStatistics.html>,
//! <https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html>,
//! <https://cloud.google.com/monitoring/api/ref_v3/rest/v3/TimeSeries>,
//! <https://learn.microsoft.com/rest/api/monitor/metrics/list>,
//! <https://prometheus.io/docs/prometheus/latest/querying/api/#range-queries>.

use super::{
    columns::{self, Meaning, has},
    load::Source,
    series::Series,
    table::{Rows, Why},
    times::{Order, Times},
};
use crate::{
    Kind, Place, Reading,
    documents::{Document, dig, list, text},
};
use serde_json::Value;

/// Whether a document is an answer of one of these tools.
pub(crate) fn knows(value: &Value) -> bool {
    let first = value.get(0).unwrap_or(value);
    [
        "Datapoints",
        "MetricDataResults",
        "timeSeries",
        "timeSeriesData",
    ]
    .iter()
    .any(|key| value.get(key).is_some())
        || first.get("points").is_some() && first.get("metric").is_some()
        || !list(value, "data.result").is_empty()
        || list(value, "value")
            .iter()
            .any(|metric| metric.get("timeseries").is_some())
}

/// Reads what each document has.
pub(crate) fn read(documents: Vec<Document>, reading: &mut Reading) {
    for document in documents {
        let mut answer = Answer::default();
        answer.take(&document.value);
        match answer.source(&document.at) {
            Some(source) => {
                let traffic = source.traffic(reading);
                reading.traffic.extend(traffic);
            }
            None => reading.tell(
                Kind::Wrong,
                &document.at,
                "no point with a time and a number; allowed: what get-metric-data, timeSeries.list, metrics list or query_range prints",
            ),
        }
    }
}

/// Points of all series of a document.
#[derive(Default)]
struct Answer {
    rows: Rows,
    /// What the document calls its numbers.
    names: String,
    said: Option<Meaning>,
    /// Whether it says that points are sums.
    is_counted: bool,
}

impl Answer {
    fn take(&mut self, value: &Value) {
        for metric in list(value, "MetricDataResults") {
            let (times, numbers) = (list(metric, "Timestamps"), list(metric, "Values"));
            let points = times.iter().zip(numbers);
            self.series(text(metric, "Label"), points);
        }
        let datapoints = list(value, "Datapoints");
        if !datapoints.is_empty() {
            // A sum where there is one; else the other statistics are of the same samples.
            let key = ["Sum", "SampleCount", "Average"]
                .into_iter()
                .find(|key| datapoints[0].get(key).is_some());
            let unit = text(&datapoints[0], "Unit").to_lowercase();
            if unit.ends_with("/second") {
                self.said = Some(Meaning::PerSecond);
            }
            self.is_counted |= key != Some("Average");
            let mut points: Vec<(&Value, &Value)> = datapoints
                .iter()
                .map(|point| (dig(point, "Timestamp"), dig(point, key.unwrap_or("Sum"))))
                .collect();
            // They come in no order.
            points.sort_by_key(|(at, _)| at.as_str().unwrap_or_default());
            self.series(text(value, "Label"), points.into_iter());
        }
        for metric in list(value, "value") {
            let name = text(metric, "name.value");
            for series in list(metric, "timeseries") {
                let labels = list(series, "metadatavalues");
                let label: Vec<&str> = labels.iter().map(|label| text(label, "value")).collect();
                let points = list(series, "data").iter().map(|point| {
                    let keys = ["total", "count", "average"].iter();
                    let number = keys.filter_map(|key| point.get(key)).find(|x| !x.is_null());
                    (dig(point, "timeStamp"), number.unwrap_or(&Value::Null))
                });
                self.is_counted = true;
                self.series(if label.is_empty() { name } else { label[0] }, points);
            }
        }
        for result in list(value, "data.result") {
            let labels = result.get("metric").and_then(Value::as_object);
            let name = labels.map_or_else(String::new, |labels| {
                labels
                    .iter()
                    .filter(|(key, _)| *key != "__name__")
                    .map(|(key, value)| format!("{key}={}", value.as_str().unwrap_or_default()))
                    .collect::<Vec<_>>()
                    .join(", ")
            });
            let metric = text(result, "metric.__name__");
            self.names = format!("{} {metric}", self.names);
            let points = list(result, "values").iter().map(|pair| {
                let of = |n: usize| pair.get(n).unwrap_or(&Value::Null);
                (of(0), of(1))
            });
            self.series(if name.is_empty() { metric } else { &name }, points);
        }
        let google = list(value, "timeSeries");
        let google = if google.is_empty() {
            list_of(value)
        } else {
            google
        };
        for series in google {
            let mut labels: Vec<&str> = ["resource.labels", "metric.labels"]
                .iter()
                .filter_map(|path| dig(series, path).as_object())
                .flat_map(|labels| {
                    labels
                        .iter()
                        .filter(|(key, _)| key.ends_with("service_name") || *key == "service")
                })
                .filter_map(|(_, value)| value.as_str())
                .collect();
            labels.dedup();
            let metric = text(series, "metric.type");
            if series
                .get("unit")
                .and_then(Value::as_str)
                .is_some_and(|unit| unit.ends_with("/s"))
            {
                self.said = Some(Meaning::PerSecond);
            }
            let is_delta = text(series, "metricKind") == "DELTA";
            self.is_counted |= is_delta;
            let points = list(series, "points").iter().map(|point| {
                let start = dig(point, "interval.startTime");
                let end = dig(point, "interval.endTime");
                let at = if is_delta && !start.is_null() {
                    start
                } else {
                    end
                };
                let keys = ["value.int64Value", "value.doubleValue"].iter();
                let number = keys.map(|path| dig(point, path)).find(|x| !x.is_null());
                (at, number.unwrap_or(&Value::Null))
            });
            self.series(labels.first().copied().unwrap_or(metric), points);
        }
    }

    /// Takes the points of a series in.
    fn series<'a>(&mut self, name: &str, points: impl Iterator<Item = (&'a Value, &'a Value)>) {
        self.names = format!("{} {name}", self.names);
        let mut series = Series::default();
        let mut times = Times::of(Order::Month);
        for (at, number) in points {
            let at = match at {
                Value::String(at) => times.read(at),
                Value::Number(at) => times.read(&at.to_string()),
                _ => None,
            };
            let number = match number {
                Value::String(number) => number.parse().ok(),
                number => number.as_f64(),
            };
            let Some((at, x)) = at
                .zip(number)
                .filter(|(_, x): &(_, f64)| x.is_finite() && *x >= 0.0)
            else {
                self.rows.left_out += 1;
                continue;
            };
            self.rows.read += 1;
            self.rows.last = self.rows.last.max(at.clock);
            let first = self.rows.first.get_or_insert((at.clock, at.offset));
            first.0 = first.0.min(at.clock);
            series.add(at.utc(), at.offset.unwrap_or(0), x);
        }
        series.end();
        if series.rows == 0 {
            return;
        }
        // Parts of one service, such as those of its answers' codes, are one series.
        let name = columns::cut(name);
        match self
            .rows
            .series
            .iter()
            .filter(|(other, _)| *other == name)
            .count()
        {
            0 => self.rows.series.push((name, series)),
            n => self
                .rows
                .series
                .push((format!("{name} ({})", n + 1), series)),
        }
    }

    fn source(self, at: &Place) -> Option<Source> {
        if self.rows.series.is_empty() {
            return None;
        }
        let words = columns::words(&self.names.replace(['{', '}'], " "));
        let is_counter = has(&words, columns::COUNTERS);
        let meaning = match self.said {
            Some(said) => (said, Why::Unit),
            None if self.is_counted => (Meaning::Count, Why::Name),
            None if self.rows.only_grow(is_counter) => (Meaning::Counter, Why::Growth),
            None if self.rows.are_fractions() => (Meaning::PerSecond, Why::Fractions),
            None => (Meaning::Count, Why::Nothing),
        };
        let count =
            plimsoll_wording::format::count(self.rows.series.len() as f64, "series", "series");
        Some(Source {
            at: at.clone(),
            meaning,
            from: format!("points of {count}"),
            unused: Vec::new(),
            order: None,
            decimal: None,
            latency: None,
            rows: self.rows,
        })
    }
}

/// A list of time series without anything around it, as `gcloud monitoring` prints it.
fn list_of(value: &Value) -> &[Value] {
    let list = value.as_array().map_or(&[][..], Vec::as_slice);
    if list
        .first()
        .is_some_and(|first| first.get("points").is_some())
    {
        list
    } else {
        &[]
    }
}

//! Lists of workloads to start from, as a spreadsheet would have them.

use super::table;
use plimsoll_model::inputs::WorkloadRow;

/// A list to start from.
#[derive(Clone, Copy, Debug)]
pub struct Sample {
    /// What it is.
    pub name: &'static str,
    /// Its rows, with a header.
    rows: &'static str,
}

impl Sample {
    /// Its rows.
    pub fn rows(&self) -> Vec<WorkloadRow> {
        table::read(self.rows).0
    }
}

/// All of them. The first is the article's API platform of three services and 50 million requests; the second a spread that is
/// typical of twenty services, made up; the third has the sizes of GoogleCloudPlatform/microservices-demo, release manifests
/// v0.10.6 (read 2026-11-27), with traffic of our own making; the fourth is the article's API with GPU workers behind it.
pub const SAMPLES: [Sample; 4] = [
    Sample {
        name: "API platform: three services that differ",
        rows: "name;requests;latency;cpu per request;vcpu;memory
orders;35M;150ms;40;1;1Gi
accounts;12M;60ms;15;0.5;512Mi
webhooks;3M;400ms;30;0.5;1Gi",
    },
    Sample {
        name: "Twenty services, typically spread",
        rows: "name;kind;count;requests;latency;cpu per request;vcpu;memory;state;gpu;runs;minutes;traffic;connections;concurrency
gateway;service;1;300M;25ms;4;1;1Gi;;;;;;;200
catalog;service;1;120M;40ms;8;0.5;1Gi;;;;;;;
search;service;1;40M;180ms;120;4;16Gi;yes;;;;;;
chat;service;1;20M;20ms;3;1;2Gi;;;;;;12000;
presence;service;1;5M;10ms;1;0.5;1Gi;;;;;;8000;
recommend;service;1;10M;90ms;60;8;32Gi;;light;;;;;
invoices;job;1;;;;2;8Gi;;;30;45;;;
reports;job;1;;;;1;4Gi;;;600;6;;;
thumbnails;worker;3;;;;2;4Gi;;;;;;;
admin pages;service;11;400k;150ms;30;0.25;512Mi;;;;;office;;",
    },
    Sample {
        name: "A shop of eleven small services",
        rows: "name;requests;latency;vcpu;memory;state
frontend;20M;80ms;100m;64Mi;
ads;10M;20ms;200m;180Mi;
currency;15M;5ms;100m;64Mi;
cart;6M;15ms;200m;64Mi;
cart store;6M;2ms;70m;200Mi;yes
recommendation;8M;30ms;100m;220Mi;
checkout;500k;200ms;100m;64Mi;
email;500k;100ms;100m;64Mi;
payment;500k;150ms;100m;64Mi;
shipping;1M;40ms;100m;64Mi;
product catalog;30M;10ms;100m;64Mi;",
    },
    Sample {
        name: "An API with LLM serving behind it",
        rows: "name;kind;requests;latency;vcpu;memory;gpu;runs;minutes
api;service;10M;200ms;1;1Gi;;;
model server;service;2M;2s;4;16Gi;serving;;
prompt cache;service;12M;5ms;0.5;4Gi;;;
evaluation;job;;;2;8Gi;;120;30",
    },
];

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that fails panics")]
mod tests {
    use super::*;

    #[test]
    fn each_is_read_without_a_word() {
        for sample in SAMPLES {
            let (rows, told) = table::read(sample.rows);
            let told: Vec<String> = told.iter().map(ToString::to_string).collect();
            assert_eq!(told, Vec::<String>::new(), "{}", sample.name);
            assert_eq!(rows.len(), sample.rows.lines().count() - 1);
        }
        let count = |n: usize| SAMPLES[n].rows().iter().map(|row| row.count).sum::<u32>();
        assert_eq!([count(0), count(1), count(2)], [3, 22, 11]);
        // The sums that the shop's manifests come to, without its load generator.
        let shop = SAMPLES[2].rows();
        let vcpu: f64 = shop.iter().map(|row| row.values.instance.vcpu).sum();
        let mib: f64 = shop
            .iter()
            .map(|row| row.values.instance.memory_gib * 1_024.0)
            .sum();
        assert!(
            (vcpu - 1.27).abs() < 1e-9 && (mib - 1_112.0).abs() < 1e-6,
            "{vcpu} {mib}"
        );
    }
}

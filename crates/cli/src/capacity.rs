//! The capacity model's answers to rows of published or simulated results, so that it can be held against data that is not
//! in the repository.
//!
//! A row is an object with `id`, `kind` and `inputs`; the answer has the names that such a row's `expected` has, or says why
//! the model has none.

use plimsoll_model::{
    capacity::{
        autoscaler::{self, Capacity, Target},
        breakeven,
        busy::{self, Busy},
        cold::{Cold, KeepAliveLoad},
        nodes, queue,
    },
    units::SECONDS_PER_MONTH,
};
use serde_json::{Map, Value, json};

/// The answers to a list of rows, by their ids. The message says which row is not one.
///
/// # Errors
///
/// What is no list of rows, or which row lacks its id or kind.
pub fn answers(text: &str) -> Result<Value, String> {
    let rows: Value = serde_json::from_str(text).map_err(|error| error.to_string())?;
    let Value::Array(rows) = rows else {
        return Err("the file: not a list; allowed: a list of rows".into());
    };
    let mut all = Map::new();
    for (n, row) in rows.iter().enumerate() {
        let text = |key: &str| row.get(key).and_then(Value::as_str);
        let (Some(id), Some(kind)) = (text("id"), text("kind")) else {
            return Err(format!("row {n}: no id or kind; allowed: texts"));
        };
        let empty = Value::Null;
        let inputs = Row(row.get("inputs").unwrap_or(&empty));
        let answer = answer(kind, inputs).unwrap_or_else(|why| json!({ "unsupported": why }));
        all.insert(id.to_owned(), answer);
    }
    Ok(Value::Object(all))
}

/// The inputs of a row.
#[derive(Clone, Copy)]
struct Row<'a>(&'a Value);

/// What the model says, or why it says nothing.
type Answer = Result<Value, String>;

impl<'a> Row<'a> {
    /// A number; the text "inf" is the largest there is.
    fn number(self, key: &str) -> Result<f64, String> {
        match self.0.get(key) {
            Some(Value::String(text)) if text == "inf" => Some(f64::from(u32::MAX)),
            Some(value) => value.as_f64(),
            None => None,
        }
        .ok_or_else(|| format!("no number {key}"))
    }

    fn or(self, key: &str, other: f64) -> f64 {
        self.number(key).unwrap_or(other)
    }

    fn text(self, key: &str) -> &'a str {
        self.0.get(key).and_then(Value::as_str).unwrap_or_default()
    }

    fn load(self) -> Result<KeepAliveLoad, String> {
        Ok(KeepAliveLoad {
            rate: self.number("lambda_per_s")?,
            service_s: self
                .number("service_s")
                .or_else(|_| self.number("service_warm_s"))?,
            concurrency: self.number("concurrency")? as u32,
            keep_s: self.number("keepalive_s")?,
            min_instances: self.or("min_instances", 0.0) as u32,
            cv2: 1.0,
        })
    }

    fn start_s(self) -> f64 {
        let cold = self.number("service_cold_s");
        let warm = self.number("service_warm_s");
        match (cold, warm) {
            (Ok(cold), Ok(warm)) => (cold - warm).max(0.0),
            _ => self.or("startup_s", 0.0),
        }
    }
}

/// The answer to a row of some kind.
fn answer(kind: &str, row: Row<'_>) -> Answer {
    match kind {
        "measured_cold_start"
        | "simulated_published"
        | "simulated_simfaas_0.2.2"
        | "des_cold"
        | "des_cold_nmin" => keep_alive(row),
        "simulated_published_distribution" => Err(
            "the model has the mean number of instances, not how often each number is alive".into(),
        ),
        "exact_scale_to_zero" => {
            let Cold {
                alive, probability, ..
            } = row.load()?.cold(0.0);
            Ok(json!({ "cold_prob": probability, "alive_fraction": alive }))
        }
        "exact_mg_inf_busy_fraction" => {
            let busy = busy::busy(row.number("rho")?, 1.0, f64::from(u32::MAX), 1.0, 0.0);
            Ok(json!({ "active_fraction": busy.instances }))
        }
        "erlang_b" | "erlang_b_computed" => {
            let blocked = queue::erlang_b(
                row.number("servers")? as u32,
                row.number("offered_erlangs")?,
            );
            Ok(json!({ "blocking": blocked }))
        }
        "erlang_b_loss" => {
            let load = row.number("lambda_per_s")? * row.number("service_s")?;
            let blocked = queue::erlang_b(row.number("servers")? as u32, load);
            Ok(json!({ "blocking": blocked, "average_running": load * (1.0 - blocked) }))
        }
        "erlang_c" => {
            let waits = queue::erlang_c(
                row.number("servers")? as u32,
                row.number("offered_erlangs")?,
            );
            Ok(json!({ "p_wait": waits }))
        }
        "published_model_autoscaled_instances" => {
            let load = row.number("lambda_per_s")? * row.number("service_s")?;
            let x =
                load / (row.number("target_utilisation")? * row.number("concurrency_target")?);
            let ready = queue::expected_ceil_normal(x, row.number("metric_rel_sd")? * x).max(1.0);
            Ok(json!({ "ready_instances": ready, "mean_concurrency_per_instance": load / ready }))
        }
        "published_single_container_ctmc" => slowed(row),
        "des_active_instances" => active(row),
        "des_autoscaled" => autoscaled(row),
        "des_diurnal" => diurnal(row),
        "profile_active_single_instance" => profile(row),
        "breakeven_request_vs_instance_billing" => break_even(row),
        "hpa_desired_replicas" => {
            let current = row.number("current")?;
            let ratio = row.number("metric")? / row.number("target")?;
            let desired = autoscaler::hpa_desired(current, ratio);
            Ok(json!({ "desired": whole(desired) }))
        }
        "kpa_desired_pods" => {
            let target = row.number("container_concurrency")? * row.number("target_pct")? / 100.0;
            Ok(json!({ "pods": whole((row.number("concurrent")? / target - 1e-9).ceil()) }))
        }
        "cloudrun_idle_instances" => {
            let idle = (row.number("min_instances")? - row.number("active")?).max(0.0);
            Ok(json!({ "idle_billed": whole(idle) }))
        }
        "billing_rule" => {
            let replicas = row.number("replicas")?;
            let idles = row.number("requests_in_flight")? == 0.0;
            let idle = if idles && replicas <= row.number("min_replicas")? {
                replicas
            } else {
                0.0
            };
            Ok(
                json!({ "active_rate_replicas": whole(replicas - idle), "idle_rate_replicas": whole(idle) }),
            )
        }
        "fly_excess_capacity" => {
            let excess = row.number("machines")? - (row.number("over_soft_limit")? + 1.0);
            Ok(json!({ "excess": whole(excess), "stop_one": excess >= 1.0 }))
        }
        _ if kind.starts_with("node_")
            || kind.contains("_reserve")
            || kind.contains("_node")
            || kind.contains("_max_pods")
            || kind.starts_with("gke_") =>
        {
            node(kind, row)
        }
        "defaults" | "traffic_statistics" | "utilisation_statistics" | "cold_start_statistics" => {
            Err("it tells where figures come from; there is nothing to compute".into())
        }
        _ => Err(format!("no such kind: {kind}")),
    }
}

/// A whole number as JSON writes it.
fn whole(x: f64) -> i64 {
    x as i64
}

fn keep_alive(row: Row<'_>) -> Answer {
    let load = row.load()?;
    let cold = load.cold(row.start_s());
    let running = load.rate * load.service_s;
    Ok(json!({
        "cold_prob": cold.probability,
        "delayed_prob": cold.delayed,
        "alive_instances": cold.alive,
        "running_instances": running,
        "idle_instances": cold.alive - running,
        "rejection_prob": 0.0,
    }))
}

fn slowed(row: Row<'_>) -> Answer {
    let load = row.number("lambda_per_s")? * row.number("base_service_s")?;
    let chances = busy::slowed(
        load,
        row.number("alpha")?,
        row.number("concurrency")? as u32,
    );
    let moment = |power: f64| -> f64 {
        let terms = chances.iter().enumerate();
        terms
            .map(|(k, chance)| libm::pow(k as f64, power) * chance)
            .sum()
    };
    let mean = moment(1.0);
    let mut answer: Map<String, Value> = chances
        .iter()
        .enumerate()
        .map(|(k, chance)| (format!("p{k}"), json!(chance)))
        .collect();
    answer.insert("mean_concurrency".into(), json!(mean));
    answer.insert(
        "sd_concurrency".into(),
        json!(libm::sqrt(moment(2.0) - mean * mean)),
    );
    Ok(Value::Object(answer))
}

fn active(row: Row<'_>) -> Answer {
    let (rate, service_s) = (row.number("lambda_per_s")?, row.number("service_s")?);
    let c = row.number("concurrency")?;
    let load = rate * service_s;
    let granularity = row.or("granularity_s", 0.0);
    let in_service = row.number("in_service_n");
    let busy = if row.text("routing") == "pack" {
        busy::first_fit(rate, service_s, c as u32, granularity)
    } else {
        busy::busy(
            rate,
            service_s,
            c,
            in_service.clone().unwrap_or(1.0),
            granularity,
        )
    };
    let (low, high) = busy::band(rate, service_s, c, in_service.unwrap_or(f64::MAX));
    Ok(json!({
        "active_instances": busy.instances,
        "busy_periods_per_s": busy.begins,
        "active_instance_seconds_per_730h": busy.instances * SECONDS_PER_MONTH,
        "rounded_100ms": rounded(row.text("service_dist"), service_s, granularity, load, busy),
        "band": [low, high],
    }))
}

/// Busy time with its periods rounded up; where all requests last the same and hardly overlap, exactly.
fn rounded(law: &str, service_s: f64, granularity: f64, load: f64, busy: Busy) -> f64 {
    if law == "det" && granularity > 0.0 && load < 0.01 {
        load * (service_s / granularity - 1e-9).ceil() * granularity / service_s
    } else {
        busy.rounded
    }
}

fn autoscaled(row: Row<'_>) -> Answer {
    let (rate, service_s) = (row.number("lambda_per_s")?, row.number("service_s")?);
    let concurrency = row.number("concurrency")?;
    let tau = row.number("tau")?;
    let one = Capacity {
        concurrency,
        vcpu: 1.0,
    };
    let target = Target {
        concurrency_share: tau,
        cpu_share: tau,
    };
    let cpu_s = row.or("cpu_s", 0.0);
    let n = autoscaler::instances(rate, service_s, cpu_s, one, target).max(1.0);
    let busy = busy::busy(rate, service_s, concurrency, n, 0.0);
    Ok(json!({ "in_service": n, "active_instances": busy.instances }))
}

fn diurnal(row: Row<'_>) -> Answer {
    let (mean, service_s) = (row.number("lambda_mean_per_s")?, row.number("service_s")?);
    let c = row.number("concurrency")?;
    let Some(profile) = row.0.get("profile").and_then(Value::as_array) else {
        return Err("no list profile".into());
    };
    let loads: Vec<f64> = profile.iter().filter_map(Value::as_f64).collect();
    let hours = loads.len() as f64;
    let (mut active, mut alive, mut cold_rate, mut rate_sum) = (0.0, 0.0, 0.0, 0.0);
    for load in loads {
        let rate = mean * load;
        let cold = KeepAliveLoad {
            rate,
            service_s,
            concurrency: c as u32,
            keep_s: row.number("keepalive_s")?,
            min_instances: 0,
            cv2: 1.0,
        }
        .cold(row.or("startup_s", 0.0));
        active += queue::expected_groups(rate * service_s, c) / hours;
        alive += cold.alive / hours;
        cold_rate += rate * cold.probability;
        rate_sum += rate;
    }
    Ok(json!({
        "active_instances": active,
        "alive_instances": alive,
        "cold_prob": cold_rate / rate_sum,
    }))
}

fn profile(row: Row<'_>) -> Answer {
    let load = row.number("rho_mean")?;
    let Some(states) = row.0.get("states").and_then(Value::as_array) else {
        return Err("no list states".into());
    };
    let one = |load: f64| busy::busy(load, 1.0, f64::from(u32::MAX), 1.0, 0.0).instances;
    let active: f64 = states
        .iter()
        .filter_map(|state| Some((state.get(0)?.as_f64()?, state.get(1)?.as_f64()?)))
        .map(|(share, times)| share * one(load * times))
        .sum();
    Ok(json!({ "active": active, "flat": one(load) }))
}

fn break_even(row: Row<'_>) -> Answer {
    let service_s = row.number("service_s")?;
    let busy = row.number("price_req_billed_per_s")?;
    let always = row.number("price_inst_billed_per_s")?;
    let request = row.number("price_per_request")?;
    let load = breakeven::busy_or_always(always, busy, request, service_s)
        .ok_or("one of the two is always the cheaper")?;
    Ok(json!({
        "rho_star": load,
        "lambda_star": load / service_s,
        "naive_rho": always / (busy + request / service_s),
    }))
}

fn node(kind: &str, row: Row<'_>) -> Answer {
    const MIB_PER_GIB: f64 = 1_024.0;
    const EVICTION_MIB: f64 = 100.0;
    let millicores = |reserved: f64| -> Result<i64, String> {
        Ok(whole(((row.number("vcpu")? - reserved) * 1_000.0).round()))
    };
    let mib = row.number("memory_mib");
    Ok(match kind {
        "node_allocatable_eks" => {
            let (vcpu, pods) = (row.number("vcpu")?, row.number("max_pods")?);
            json!({
                "cpu_millicores": millicores(nodes::reserved_vcpu(vcpu))?,
                "memory_mib": whole(nodes::eks_allocatable_mib(mib?, pods)),
                "pods": whole(pods),
            })
        }
        "eks_max_pods" => json!({
            "max_pods": whole(nodes::eks_max_pods(row.number("enis")?, row.number("ipv4_per_eni")?)),
        }),
        "eks_kube_reserved_memory" => json!({
            "kube_reserved_mib": whole(nodes::eks_kubelet_mib(row.number("max_pods")?)),
        }),
        "eks_max_memory_to_reserve_MemoryLimitMaxPods" => json!({
            "reservable_mib": whole(nodes::eks_kubelet_most_mib(mib?)),
        }),
        "gke_reserved_memory_doc" => {
            let gib = row.number("memory_gib")?;
            let reserved = nodes::regressive(gib, 1.0) + EVICTION_MIB / MIB_PER_GIB;
            json!({ "reserved_incl_eviction_gib": reserved, "allocatable_gib": gib - reserved })
        }
        "gke_real_node" => {
            let reserved = nodes::gke_kubelet_mib(mib?) + EVICTION_MIB;
            json!({
                "cpu_millicores": millicores(nodes::reserved_vcpu(row.number("vcpu")?))?,
                "memory_kib": row.number("kernel_visible_kib")? - reserved * MIB_PER_GIB,
                "kube_reserved_plus_eviction_mib": reserved,
            })
        }
        "gke_allocatable_from_autoscaler_source" => {
            let mib = mib?;
            json!({
                "cpu_millicores": millicores(nodes::reserved_vcpu(row.number("vcpu")?))?,
                "kernel_reserved_mib": nodes::gke_kernel_mib(mib),
                "kube_reserved_mib": whole(nodes::gke_kubelet_mib(mib)),
                "allocatable_mib": nodes::gke_allocatable_mib(mib),
            })
        }
        "gke_kernel_visible_memory_test" => {
            let mib = mib?;
            json!({ "capacity_mib": whole(mib - nodes::gke_kernel_mib(mib)) })
        }
        "aks_kube_reserved_cpu" => json!({
            "kube_reserved_millicores": whole((nodes::aks_reserved_vcpu(row.number("vcpu")?) * 1_000.0).round()),
        }),
        "aks_kube_reserved_memory" => {
            let gb = row.number("memory_gb")?;
            if row.text("version") == "<1.29" {
                let reserved = nodes::regressive(gb, 1.0) + 0.75;
                json!({ "reserved_incl_eviction_gb": reserved, "reserved_pct": 100.0 * reserved / gb })
            } else {
                let reserved = nodes::aks_kubelet_mb(gb * 1_000.0, row.number("max_pods")?);
                let usable = gb - (reserved + EVICTION_MIB) / 1_000.0;
                json!({
                    "kube_reserved_mb": reserved,
                    "eviction_mb": EVICTION_MIB,
                    "allocatable_gb": usable,
                    "allocatable_pct": 100.0 * usable / gb,
                })
            }
        }
        "aks_real_node_pre_1.29" => {
            let nominal = row.number("memory_mib_nominal")?;
            let reserved = nodes::regressive(nominal, MIB_PER_GIB).floor() + 750.0;
            json!({ "allocatable_kib": whole(row.number("kernel_visible_kib")? - reserved * MIB_PER_GIB) })
        }
        _ => return Err(format!("no such kind: {kind}")),
    })
}

//! What we assume where nothing is published: every coefficient once, with its origin.
//!
//! An assumption is a number that a user may doubt. Each shows as "assumed" wherever it enters a bill.

/// Coefficients that stand in for facts nobody publishes. Units are in the names or beside them.
#[derive(Clone, Debug, PartialEq)]
pub struct Assumptions {
    /// Share of its CPU at which an autoscaler of ours (target tracking, HPA) holds a replica. Origin: the value
    /// most HPA and ECS examples use; Cloud Run's own 0.6 is documented and stands with Cloud Run.
    pub target_cpu: f64,
    /// Share of its concurrency at which a replica is held. Origin: as `target_cpu`.
    pub target_concurrency: f64,
    /// Log volume per request, kB. Origin: one access-log line.
    pub log_kb_per_request: f64,
    /// Log volume of an instance that runs for a month, GB. Origin: start-up, health checks, runtime chatter.
    pub log_gb_per_instance_month: f64,
    /// Requests that share one connection to the load balancer. Origin: browsers and SDKs keep connections open.
    pub requests_per_connection: f64,
    /// Availability zones that production is spread over.
    pub zones: f64,
    /// vCPU that DaemonSets take of every node. Origin: published ranges of 0.25–0.75 for network, proxy, storage,
    /// logs and metrics agents.
    pub daemonset_vcpu: f64,
    /// GiB that DaemonSets take of every node. Origin: as `daemonset_vcpu`.
    pub daemonset_gib: f64,
    /// vCPU of the in-cluster monitoring stack.
    pub monitoring_vcpu: f64,
    /// GiB of memory of the in-cluster monitoring stack.
    pub monitoring_gib: f64,
    /// GB of disk of the in-cluster monitoring stack.
    pub monitoring_disk_gb: f64,
    /// Data that goes out through NAT for each request, kB. Origin: calls to services outside.
    pub nat_kb_per_request: f64,
    /// Images kept in the registry, GB.
    pub registry_gb: f64,
    /// Cores that one shared CPU of Fly.io keeps up for good. Origin: a sixteenth of a core (recalled).
    pub fly_shared_cpu: f64,
}

impl Default for Assumptions {
    fn default() -> Self {
        Self {
            target_cpu: 0.7,
            target_concurrency: 0.7,
            log_kb_per_request: 1.0,
            log_gb_per_instance_month: 0.2,
            requests_per_connection: 10.0,
            zones: 2.0,
            daemonset_vcpu: 0.3,
            daemonset_gib: 500.0 / 1024.0,
            monitoring_vcpu: 0.5,
            monitoring_gib: 2.0,
            monitoring_disk_gb: 20.0,
            nat_kb_per_request: 1.0,
            registry_gb: 2.0,
            fly_shared_cpu: 1.0 / 16.0,
        }
    }
}

//! From the vCPU that the load uses to the vCPU that is paid, on nodes.

use super::{Nodes, Plan, Usage, empty, nodes_by_level, nodes_for_runs, pods::Kind, sets};
use crate::platforms::{
    Case,
    capacity_trace::{self as trace, CapacityTrace, TraceBuilder},
    replicas,
};

/// What stands behind the bill of a plan.
pub(super) fn capacity_trace(case: &Case<'_>, plan: &Plan, types: &Nodes) -> Option<CapacityTrace> {
    let w = &case.workload;
    let each = case.inputs.instance.vcpu;
    let replicas = replicas::by_level(case, each);
    let levels = sets(case, types);
    let empty = empty(&plan.node, types, case);
    let Usage { chain, .. } = Usage::of(plan, case);
    let mut trace = TraceBuilder::new(case, each);
    trace.autoscaled(case, each, &replicas, types.lag_s);
    let pods = (plan.replicas * each).max(chain.useful - trace.used_by_others());
    let of = |kind: Kind| {
        let vcpu: Vec<f64> = levels.iter().map(|set| set.vcpu(kind)).collect();
        w.lagging(&vcpu, types.lag_s)
    };
    let (monitoring, add_ons) = (of(Kind::Monitoring), of(Kind::AddOns));
    let others = trace.used_by_others() + monitoring + add_ons;
    trace.add("Padding, sidecars, rounding", chain.asked - others - pods);
    trace.add("Monitoring", monitoring);
    trace.add("Cluster add-ons", add_ons);
    trace.add("Agents on every node", chain.agents);
    let mut nodes = nodes_by_level(case, types, &levels, empty)?;
    let for_runs = nodes_for_runs(case, types, empty)?;
    let following = w.lagging(&nodes, types.node_lag_s());
    let room = |nodes: f64| nodes * empty.room.vcpu;
    if types.joins(case) {
        trace.add("Room on shared nodes", room(following) - chain.asked);
    } else {
        let packed: Vec<f64> = levels
            .iter()
            .map(|set| {
                let roomy = set.packed(empty)? as f64;
                let lean = set.packed_without_jobs(empty)? as f64 + for_runs;
                Some(if types.follow(case) {
                    roomy.min(lean)
                } else {
                    roomy
                })
            })
            .collect::<Option<_>>()?;
        let packed = w.lagging(&packed, types.node_lag_s());
        trace.add("Whole nodes", room(packed) - chain.asked);
        trace.add("Zones and spare nodes", room(following - packed));
    }
    trace.add("Nodes that always stay", room(plan.nodes - following));
    trace.add("Reserved for the system", chain.paid - chain.allocatable);
    trace.environments(plan.environment_nodes * plan.node.vcpu);
    if !types.follow(case) {
        nodes = trace::constant(case, plan.most_nodes);
    }
    Some(trace.done(trace::hourly(case, "nodes", &nodes, types.node_lag_s())))
}

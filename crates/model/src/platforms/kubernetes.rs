//! What the Kubernetes platforms share: what runs in the cluster, and how many nodes of which type hold it.
//!
//! Pods are packed after what the kubelet, the system and DaemonSets take of each node, at every load level; every node
//! type of the list is a way to run the cluster, and the cheapest is taken. In a cluster that others run the workload pays
//! for its share of the nodes. Environments beside production have clusters of their own, on nodes of the same type.

mod node_type;
mod pods;
mod trace;
mod windows;

use super::{
    Case, best, buying,
    capacity_trace::CapacityTrace,
    replicas::{self, REDUNDANT},
    surroundings::Around,
};
pub use node_type::NodeType;
pub use pods::Runs;
pub use pods::instance_months;
use pods::{Set, service_pods};

use crate::{
    bill::{Bill, CostCategory, Factor, Line, Refusal},
    capacity::{
        nodes::{self, Bin, Pods, Room},
        queue,
    },
    inputs::Assumptions,
    prices::{Meter, NoPrice, Price, Prices, Share},
    sentence::Word,
    traffic,
    units::{ClusterHour, HOURS_PER_MONTH, Qty, SECONDS_PER_MONTH},
};

/// How a cloud's kubelet and system leave a node to pods: allocatable vCPU and MiB.
pub type Allocatable = fn(&NodeType) -> (f64, f64);

/// How long consolidation takes to empty a node that is no longer needed, s: 5 to 15 minutes are told.
const CONSOLIDATION_LAG_S: f64 = 600.0;
/// How long a node takes to come up for a run, s, and to go once it is empty: the middle of 60 to 180 and of 60 to 300 that
/// are told.
const BOOT_S: f64 = 120.0;
const EMPTY_S: f64 = 180.0;

/// The nodes of a cluster as its vendor has them.
#[derive(Clone, Copy)]
pub struct Nodes {
    /// The types that are tried.
    pub types: &'static [NodeType],
    /// What one leaves to pods.
    pub allocatable: Allocatable,
    /// What the agents on every node take of that.
    pub agents: fn(&Assumptions) -> Room,
    /// What the cluster is, and so what runs on them beside the workload.
    pub cluster: Runs,
    /// How long its autoscaler waits before it takes a pod away, s.
    pub lag_s: f64,
}

impl Nodes {
    /// Whether the workload joins a cluster that exists: one of Kubernetes.
    fn joins(&self, case: &Case<'_>) -> bool {
        self.cluster.is_kubernetes() && case.inputs.team.existing_cluster
    }

    /// Whether nodes go when they are no longer needed; else there are always as many as at the busiest load.
    fn follow(&self, case: &Case<'_>) -> bool {
        case.inputs.cluster.consolidation || self.joins(case)
    }

    /// How long a node stays after the load has fallen, s: its pods go first.
    fn node_lag_s(&self) -> f64 {
        self.lag_s + CONSOLIDATION_LAG_S
    }
}

/// What agents take of a node where nobody measured it.
pub(super) fn usual_agents(assumptions: &Assumptions) -> Room {
    Room {
        vcpu: assumptions.daemonset_vcpu,
        gib: assumptions.daemonset_gib,
    }
}

/// What a node offers to pods once the agents of the cluster are on it.
fn empty(node: &NodeType, nodes: &Nodes, case: &Case<'_>) -> Bin {
    let (vcpu, mib) = (nodes.allocatable)(node);
    let agents = (nodes.agents)(&case.inputs.assumptions);
    Bin {
        room: Room {
            vcpu: vcpu - agents.vcpu,
            gib: mib / 1_024.0 - agents.gib,
        },
        // The network and proxy agents count against the limit.
        pods: node.max_pods.saturating_sub(2),
    }
}

/// The workload on nodes of one type.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    /// The node type.
    pub node: NodeType,
    /// Mean number of nodes of production.
    pub nodes: f64,
    /// Nodes of production at the busiest load.
    pub most_nodes: f64,
    /// Nodes that hold the pods of the busiest load, packed together and each kind by itself; of workloads that differ.
    pub packed: Option<[u64; 2]>,
    /// Mean number of nodes of environments beside production.
    pub environment_nodes: f64,
    /// vCPU that a node of this type offers to pods.
    pub allocatable_vcpu: f64,
    /// Of these, taken by the agents.
    pub agents_vcpu: f64,
    /// Mean number of pods of services.
    pub replicas: f64,
    /// Mean number of pods of every kind.
    pub pods: f64,
    /// vCPU that these pods ask for.
    pub asked_vcpu: f64,
}

/// One plan for each node type that holds the largest pod; Arm nodes alone where they are wanted and large enough.
pub fn plans(case: &Case<'_>, nodes: &Nodes) -> Vec<Plan> {
    // Windows runs on x86 alone.
    if case.inputs.buy.arm && !case.any(|needs| needs.windows) {
        let on_arm = plans_on(case, nodes, true);
        if !on_arm.is_empty() {
            return on_arm;
        }
    }
    plans_on(case, nodes, false)
}

fn plans_on(case: &Case<'_>, types: &Nodes, arm: bool) -> Vec<Plan> {
    let w = &case.workload;
    let levels = sets(case, types);
    let mean = |figure: &dyn Fn(&Set) -> f64| {
        let figures: Vec<f64> = levels.iter().map(figure).collect();
        w.lagging(&figures, types.lag_s)
    };
    let (pods, asked_vcpu) = (mean(&Set::count), mean(&Set::asked_vcpu));
    let replicas = mean_replicas(case, types.lag_s);
    // Types of one size hold the same pods.
    let mut before: Option<Plan> = None;
    let kept = kept_types(case, types.types, arm);
    kept.filter_map(|node| {
        let alike = before.filter(|plan| plan.node.is_as_large_as(node));
        if let Some(plan) = alike {
            return Some(Plan {
                node: *node,
                ..plan
            });
        }
        let empty = empty(node, types, case);
        let nodes = nodes_by_level(case, types, &levels, empty)?;
        let most_nodes = nodes.iter().copied().fold(0.0, f64::max);
        before = Some(Plan {
            node: *node,
            nodes: if types.follow(case) {
                w.lagging(&nodes, types.node_lag_s())
            } else {
                most_nodes
            },
            most_nodes,
            packed: pods::packed_and_apart(case, &levels, empty),
            environment_nodes: environment_nodes(case, types, empty)?,
            agents_vcpu: (types.agents)(&case.inputs.assumptions).vcpu,
            allocatable_vcpu: (types.allocatable)(node).0,
            replicas,
            pods,
            asked_vcpu,
        });
        before
    })
    .collect()
}

/// The pods at each load level.
fn sets(case: &Case<'_>, nodes: &Nodes) -> Vec<Set> {
    if case.parts().is_empty() {
        let replicas = replicas::by_level(case, case.inputs.instance.vcpu);
        let set = |replicas| Set::of(case, nodes.cluster, case.workload.services * replicas);
        return replicas.into_iter().map(set).collect();
    }
    let of_parts: Vec<Vec<f64>> = case
        .parts()
        .iter()
        .map(|part| {
            let of = part.case();
            let by_level = replicas::by_level(&of, of.inputs.instance.vcpu);
            let all = part.level.iter().map(|level| by_level[*level]);
            all.map(|replicas| of.workload.services * replicas)
                .collect()
        })
        .collect();
    (0..case.workload.levels.len())
        .map(|level| {
            let replicas: Vec<f64> = of_parts.iter().map(|part| part[level]).collect();
            Set::of_several(case, nodes.cluster, &replicas)
        })
        .collect()
}

/// Mean number of replicas of all services.
fn mean_replicas(case: &Case<'_>, lag_s: f64) -> f64 {
    let of = |case: &Case<'_>| replicas::autoscaled(case, case.inputs.instance.vcpu, lag_s);
    match case.several() {
        Some(parts) => parts.map(|part| of(&part.case())).sum(),
        None => of(case),
    }
}

/// Nodes at each load level; none if a pod fits on no node.
fn nodes_by_level(case: &Case<'_>, types: &Nodes, levels: &[Set], empty: Bin) -> Option<Vec<f64>> {
    let for_runs = nodes_for_runs(case, types, empty)?;
    // Neighbouring levels often need the same pods.
    let mut before: Option<(&Set, f64)> = None;
    levels
        .iter()
        .map(|set| {
            let nodes = match before {
                Some((known, nodes)) if known.kinds == set.kinds => nodes,
                _ => nodes_for(case, types, set, for_runs, empty)?
                    .max(at_utilisation(case, types, set, empty)),
            };
            before = Some((set, nodes));
            Some(nodes)
        })
        .collect()
}

/// Nodes that pods stand on in a cluster that is as full as the team says; none where it doesn't.
fn at_utilisation(case: &Case<'_>, types: &Nodes, set: &Set, empty: Bin) -> f64 {
    let Some(share) = case.inputs.cluster.utilisation else {
        return 0.0;
    };
    if !types.cluster.is_kubernetes() {
        return 0.0;
    }
    let nodes = set.asked_vcpu() / (share * empty.room.vcpu);
    if types.joins(case) {
        nodes
    } else {
        nodes.ceil()
    }
}

/// Mean number of nodes that come up for runs of jobs and go again; none if a run fits on no node.
fn nodes_for_runs(case: &Case<'_>, types: &Nodes, empty: Bin) -> Option<f64> {
    if !case.parts().is_empty() {
        let of_parts = case.parts().iter();
        return of_parts
            .map(|part| nodes_for_runs(&part.case(), types, empty))
            .sum();
    }
    let jobs = &case.inputs.jobs;
    if jobs.runs_per_month <= 0.0 {
        return Some(0.0);
    }
    let one = [Pods {
        each: types.cluster.pod(case, jobs.vcpu, jobs.memory_gib),
        count: 1,
    }];
    let on_a_node = empty.holds(one[0].each);
    if on_a_node > 0 && types.joins(case) {
        return Some(case.jobs_at_once() * nodes::share(&one, empty));
    }
    let seconds = case.run_s() + BOOT_S + EMPTY_S;
    let at_once = jobs.runs_per_month * seconds / SECONDS_PER_MONTH;
    (on_a_node > 0).then(|| queue::expected_groups(at_once, on_a_node as f64))
}

/// The node types that are tried: of one kind of processor, and of the size that is wanted.
fn kept_types<'a>(
    case: &Case<'_>,
    types: &'a [NodeType],
    arm: bool,
) -> impl Iterator<Item = &'a NodeType> {
    let of_kind = types.iter().filter(move |node| node.arm == arm);
    let largest = of_kind.clone().map(|node| node.vcpu).fold(0.0, f64::max);
    let wanted = case.inputs.cluster.node_vcpu.map(|wanted| {
        of_kind
            .clone()
            .map(|node| node.vcpu)
            .filter(|vcpu| *vcpu >= wanted)
            .fold(largest, f64::min)
    });
    of_kind.filter(move |node| wanted.is_none_or(|wanted| node.vcpu == wanted))
}

/// A managed cluster as its vendor sells it: what differs between them.
#[derive(Clone, Copy)]
pub(super) struct Cluster {
    /// Its nodes.
    pub(super) nodes: &'static Nodes,
    /// The lines of a month's usage.
    pub(super) lines: fn(&Usage, &Prices<'_>) -> Result<Bill, NoPrice>,
    /// What stands around it.
    pub(super) around: fn(&Usage, &Case<'_>) -> Around,
}

impl Cluster {
    /// The cheapest way to run the case, with its bill.
    fn chosen(&self, case: &Case<'_>, prices: &Prices<'_>) -> Result<(Plan, Bill), Refusal> {
        let plans = self.promising(plans(case, self.nodes), case, prices);
        let (plan, bill) = best(&plans, case, prices, Usage::of, self.lines, self.around)?;
        Ok((*plan, bill))
    }

    /// Of the plans those that can be the cheapest. What differs between node types is what follows the nodes: their price
    /// with what is taken off it, disks, fees, addresses. The rest of the bill is alike, whatever the prices.
    fn promising(&self, plans: Vec<Plan>, case: &Case<'_>, prices: &Prices<'_>) -> Vec<Plan> {
        /// Sums of cents are not exact.
        const MARGIN: f64 = 1.001;
        let costs: Vec<Option<f64>> = plans
            .iter()
            .map(|plan| self.following(plan, case, prices))
            .collect();
        let least = costs.iter().flatten().copied().fold(f64::MAX, f64::min);
        if least == f64::MAX {
            return plans;
        }
        let dear = |cost: &Option<f64>| cost.is_none_or(|cost| cost > least * MARGIN);
        let kept = plans.into_iter().zip(&costs);
        kept.filter(|(_, cost)| !dear(cost))
            .map(|(plan, _)| plan)
            .collect()
    }

    /// Dollars a month that follow the nodes of a plan; none where the book lacks a price.
    fn following(&self, plan: &Plan, case: &Case<'_>, prices: &Prices<'_>) -> Option<f64> {
        let hour = Usage {
            cluster_hours: 0.0,
            extended_support: false,
            node: plan.node,
            windows: case.any(|needs| needs.windows),
            node_hours: HOURS_PER_MONTH,
            environment_node_hours: 0.0,
            replicas: 0.0,
            chain: Chain::default(),
        };
        let around = (self.around)(&hour, case);
        let bill = (self.lines)(&hour, prices).ok()?;
        let list = HOURS_PER_MONTH * prices.get(plan.node.price).ok()?.value.get();
        let left = buying::left_to_pay(
            around.vendor,
            plan.node.price.id().info().id,
            around.spot,
            case,
            prices,
        );
        let one = bill.infrastructure().get() - list * (1.0 - left);
        let nodes = plan.nodes + plan.environment_nodes;
        Some(nodes * one + around.of_machines(nodes, case, prices))
    }

    /// The whole bill without people.
    pub(super) fn bill(&self, case: &Case<'_>, prices: &Prices<'_>) -> Result<Bill, Refusal> {
        let (plan, mut bill) = self.chosen(case, prices)?;
        if let Some([together, apart]) = plan.packed.filter(|[together, apart]| apart > together) {
            bill.note(
                "Packed together, its pods take {} nodes at the busiest load; each kind on nodes of its own would take {}.",
                [together, apart].map(|nodes| Word::Number(nodes as f64)),
            );
        }
        Ok(bill)
    }

    /// What stands behind the bill.
    pub(super) fn trace(&self, case: &Case<'_>, prices: &Prices<'_>) -> Option<CapacityTrace> {
        let (plan, _) = self.chosen(case, prices).ok()?;
        trace::capacity_trace(case, &plan, self.nodes)
    }
}

/// Nodes that hold the pods at one load; none if a pod fits on no node. Runs of jobs find room on the nodes that are there,
/// or nodes come up for them, whichever takes fewer.
fn nodes_for(case: &Case<'_>, types: &Nodes, set: &Set, for_runs: f64, empty: Bin) -> Option<f64> {
    let packed = set.packed(empty)? as f64;
    if types.joins(case) {
        // The rest of the nodes is others'.
        return Some(nodes::share(&set.without_jobs(), empty) + for_runs);
    }
    let spare = f64::from(case.inputs.cluster.spare_nodes);
    let around = |packed: f64| {
        if packed > 0.0 {
            packed.max(spread(case)) + spare
        } else {
            // Nothing to run, nothing to run it on.
            0.0
        }
    };
    let roomy = around(packed);
    if for_runs > 0.0 && types.follow(case) {
        return Some(roomy.min(around(set.packed_without_jobs(empty)? as f64) + for_runs));
    }
    Some(roomy)
}

/// Mean number of nodes of environments beside production: each in a cluster of its own without spare nodes or zones, or its
/// part of the nodes of a cluster that it shares.
fn environment_nodes(case: &Case<'_>, types: &Nodes, empty: Bin) -> Option<f64> {
    let mut mean = 0.0;
    let shares = types.joins(case) || case.inputs.cluster.namespaces;
    let assumptions = &case.inputs.assumptions;
    let add_ons = Pods {
        each: Room {
            vcpu: assumptions.add_ons_vcpu,
            gib: assumptions.add_ons_gib,
        },
        count: u64::from(types.cluster.has_add_ons() && !shares),
    };
    for environment in &case.inputs.environments {
        let each = f64::from(environment.replicas);
        let mut kinds = if case.parts().is_empty() {
            let replicas = case.workload.services * each;
            vec![service_pods(case, types.cluster, replicas)]
        } else {
            pods::services_of_several(case, types.cluster, each)
        };
        kinds.push(add_ons);
        let packed = nodes::pack_any(&kinds, empty)? as f64;
        let nodes = if shares {
            nodes::share(&kinds, empty)
        } else {
            packed
        };
        mean += nodes * environment.hours_per_week / traffic::HOURS as f64;
    }
    Some(mean)
}

/// The fewest nodes: one in each zone for what serves people, one for jobs alone.
fn spread(case: &Case<'_>) -> f64 {
    let inputs = case.inputs;
    if !case.has_services() && inputs.workers.count == 0 {
        return 1.0;
    }
    let spread = inputs.assumptions.zones.max(f64::from(REDUNDANT));
    // A minimum that the user sets is obeyed: one instance stands on one node.
    let wanted = inputs.min_instances.map(|min| f64::from(min).max(1.0));
    wanted.map_or(spread, |wanted| spread.min(wanted))
}

/// What one month meters of the cluster and its nodes.
#[derive(Clone, Copy, Debug)]
pub struct Usage {
    /// Hours of clusters.
    pub cluster_hours: f64,
    /// Their version is in extended support.
    pub extended_support: bool,
    /// The node type.
    pub node: NodeType,
    /// The nodes run Windows.
    pub windows: bool,
    /// Hours of production's nodes.
    pub node_hours: f64,
    /// Hours of nodes of environments beside production.
    pub environment_node_hours: f64,
    /// Mean number of pods of services.
    pub replicas: f64,
    /// From the vCPU that is used to the vCPU that is paid, in production.
    pub chain: Chain,
}

/// From the vCPU that is used to the vCPU that is paid: each link is at least as large as the one before.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Chain {
    /// Used by the load.
    pub useful: f64,
    /// Asked for by pods.
    pub asked: f64,
    /// Offered to pods by the nodes, the agents' part included.
    pub allocatable: f64,
    /// Of that, taken by the agents on every node.
    pub agents: f64,
    /// On the nodes.
    pub paid: f64,
}

impl Usage {
    /// What a plan uses.
    pub fn of(plan: &Plan, case: &Case<'_>) -> Self {
        Self {
            cluster_hours: case.cluster_hours(),
            extended_support: case.inputs.cluster.extended_support,
            node: plan.node,
            windows: case.any(|needs| needs.windows),
            node_hours: plan.nodes * HOURS_PER_MONTH,
            environment_node_hours: plan.environment_nodes * HOURS_PER_MONTH,
            replicas: plan.replicas,
            chain: Chain {
                useful: case.useful_vcpu(),
                asked: plan.asked_vcpu,
                allocatable: plan.nodes * plan.allocatable_vcpu,
                agents: plan.nodes * plan.agents_vcpu,
                paid: plan.nodes * plan.node.vcpu,
            },
        }
    }

    /// Hours of all nodes.
    pub fn all_node_hours(&self) -> f64 {
        self.node_hours + self.environment_node_hours
    }

    /// Mean number of all nodes.
    pub fn nodes(&self) -> f64 {
        self.all_node_hours() / HOURS_PER_MONTH
    }

    /// The lines of the nodes, and the figures behind them.
    ///
    /// # Errors
    ///
    /// [`NoPrice`], if the book lacks a price on the bill.
    pub fn node_lines(&self, prices: &Prices<'_>, bill: &mut Bill) -> Result<(), NoPrice> {
        let price = prices.get(self.node.price)?;
        for (what, hours) in [
            ("node hours", self.node_hours),
            ("environment node hours", self.environment_node_hours),
        ] {
            let factors = [Factor::new(what, hours, "hours")];
            bill.push(Line::charge(
                CostCategory::Compute,
                price,
                Qty::of(hours),
                factors,
            ));
        }
        bill.figure("replicas", self.replicas, "");
        bill.figure("nodes", self.node_hours / HOURS_PER_MONTH, "");
        bill.figure("node_vcpu", self.node.vcpu, "vCPU");
        let chain = &self.chain;
        for (id, value) in [
            ("useful_vcpu", chain.useful),
            ("asked_vcpu", chain.asked),
            ("agents_vcpu", chain.agents),
            ("allocatable_vcpu", chain.allocatable),
            ("paid_vcpu", chain.paid),
        ] {
            bill.figure(id, value, "vCPU");
        }
        if chain.paid > 0.0 {
            bill.figure("cpu_utilisation", chain.useful / chain.paid, "");
        }
        Ok(())
    }

    /// The line of a fee for managing the nodes, a share of their on-demand price.
    ///
    /// # Errors
    ///
    /// [`NoPrice`], if the book lacks a price on the bill.
    pub fn management_line(
        &self,
        fee: Meter<Share>,
        prices: &Prices<'_>,
        bill: &mut Bill,
    ) -> Result<(), NoPrice> {
        let hours = self.all_node_hours();
        bill.push(Line::share(
            CostCategory::Platform,
            prices.get(fee)?,
            prices.get(self.node.price)?,
            Qty::of(hours),
            [Factor::new("node hours", hours, "hours")],
        ));
        Ok(())
    }

    /// The line of the cluster's own fee.
    ///
    /// # Errors
    ///
    /// [`NoPrice`], if the book lacks a price on the bill.
    pub fn cluster_line(
        &self,
        fee: Meter<Price<ClusterHour>>,
        prices: &Prices<'_>,
        bill: &mut Bill,
    ) -> Result<(), NoPrice> {
        bill.push(Line::charge(
            CostCategory::Platform,
            prices.get(fee)?,
            Qty::of(self.cluster_hours),
            [Factor::new("cluster hours", self.cluster_hours, "hours")],
        ));
        Ok(())
    }
}

//! What the Kubernetes platforms share: what runs in the cluster, and how many nodes of which type hold it.
//!
//! Pods are packed after what the kubelet, the system and DaemonSets take of each node, at every load level; every node
//! type of the list is a way to run the cluster, and the cheapest is taken. In a cluster that others run the workload pays
//! for its share of the nodes. Environments beside production have clusters of their own, on nodes of the same type.

use super::{
    Case, best,
    capacity_trace::{self as trace, CapacityTrace, TraceBuilder},
    replicas::{self, HPA_LAG_S, REDUNDANT},
    surroundings::Around,
};
use crate::{
    bill::{Bill, CostCategory, Factor, Line, Refusal},
    capacity::nodes::{self, Bin, Pods, Room},
    prices::{Meter, NoPrice, Price, Prices},
    traffic,
    units::{ClusterHour, HOURS_PER_MONTH, Hour, Qty},
};

/// A node type: its size and its price.
#[derive(Clone, Copy, Debug)]
pub struct NodeType {
    /// vCPU.
    pub vcpu: f64,
    /// Memory, GiB.
    pub gib: f64,
    /// Most pods on one node.
    pub max_pods: u64,
    /// Its price.
    pub price: Meter<Price<Hour>>,
    /// Its processor is an Arm one.
    pub arm: bool,
}

impl NodeType {
    /// A node type of that size.
    pub const fn new(vcpu: f64, gib: f64, max_pods: u64, price: Meter<Price<Hour>>) -> Self {
        Self {
            vcpu,
            gib,
            max_pods,
            price,
            arm: false,
        }
    }

    /// This node type with an Arm processor.
    pub const fn arm(vcpu: f64, gib: f64, max_pods: u64, price: Meter<Price<Hour>>) -> Self {
        Self {
            arm: true,
            ..Self::new(vcpu, gib, max_pods, price)
        }
    }
}

/// How a cloud's kubelet and system leave a node to pods: allocatable vCPU and MiB.
pub type Allocatable = fn(&NodeType) -> (f64, f64);

/// How long consolidation takes to empty a node that is no longer needed, s: 5 to 15 minutes are told.
const CONSOLIDATION_LAG_S: f64 = 600.0;
/// How long a node stays after the load has fallen, s: its pods go first.
const NODE_LAG_S: f64 = HPA_LAG_S + CONSOLIDATION_LAG_S;

/// What a node offers to pods once the agents of the cluster are on it.
pub fn empty(node: &NodeType, allocatable: Allocatable, case: &Case<'_>) -> Bin {
    let (vcpu, mib) = allocatable(node);
    let assumptions = &case.inputs.assumptions;
    Bin {
        room: Room {
            vcpu: vcpu - assumptions.daemonset_vcpu,
            gib: mib / 1_024.0 - assumptions.daemonset_gib,
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
    /// Mean number of nodes of environments beside production.
    pub environment_nodes: f64,
    /// vCPU that a node of this type offers to pods.
    pub allocatable_vcpu: f64,
    /// Mean number of pods of services.
    pub replicas: f64,
    /// Mean number of pods of every kind.
    pub pods: f64,
    /// vCPU that these pods ask for.
    pub asked_vcpu: f64,
}

/// One plan for each node type that holds the largest pod; Arm nodes alone where they are wanted and large enough.
pub fn plans(case: &Case<'_>, types: &[NodeType], allocatable: Allocatable) -> Vec<Plan> {
    if case.inputs.buy.arm {
        let on_arm = plans_on(case, types, allocatable, true);
        if !on_arm.is_empty() {
            return on_arm;
        }
    }
    plans_on(case, types, allocatable, false)
}

fn plans_on(case: &Case<'_>, types: &[NodeType], allocatable: Allocatable, arm: bool) -> Vec<Plan> {
    let w = &case.workload;
    let replicas = replicas::by_level(case, case.inputs.instance.vcpu);
    let levels = sets(case, &replicas);
    let mean = |figure: &dyn Fn(&Set) -> f64| {
        let figures: Vec<f64> = levels.iter().map(figure).collect();
        w.lagging(&figures, HPA_LAG_S)
    };
    let (pods, asked_vcpu) = (mean(&Set::count), mean(&|set| set.asked().vcpu));
    let kept = kept_types(case, types, arm);
    kept.filter_map(|node| {
        let empty = empty(node, allocatable, case);
        let nodes = nodes_by_level(case, &levels, empty)?;
        let most_nodes = nodes.iter().copied().fold(0.0, f64::max);
        Some(Plan {
            node: *node,
            nodes: if nodes_follow(case) {
                w.lagging(&nodes, NODE_LAG_S)
            } else {
                most_nodes
            },
            most_nodes,
            environment_nodes: environment_nodes(case, empty)?,
            allocatable_vcpu: allocatable(node).0,
            replicas: w.services * w.lagging(&replicas, HPA_LAG_S),
            pods,
            asked_vcpu,
        })
    })
    .collect()
}

/// The pods at each load level, where each service has so many replicas.
fn sets(case: &Case<'_>, replicas: &[f64]) -> Vec<Set> {
    replicas
        .iter()
        .map(|replicas| Set::of(case, case.workload.services * replicas))
        .collect()
}

/// Nodes at each load level; none if a pod fits on no node.
fn nodes_by_level(case: &Case<'_>, levels: &[Set], empty: Bin) -> Option<Vec<f64>> {
    // Neighbouring levels often need the same pods.
    let mut before: Option<(u64, f64)> = None;
    levels
        .iter()
        .map(|set| {
            let nodes = match before {
                Some((count, nodes)) if count == set.kinds[0].count => nodes,
                _ => nodes_for(case, set, empty)?,
            };
            before = Some((set.kinds[0].count, nodes));
            Some(nodes)
        })
        .collect()
}

/// Whether nodes go when they are no longer needed; else there are always as many as at the busiest load.
fn nodes_follow(case: &Case<'_>) -> bool {
    case.inputs.cluster.consolidation || case.inputs.team.existing_cluster
}

/// Of the plans those that can be the cheapest: disks, addresses and fees follow the nodes, so that a plan whose nodes alone
/// cost a third more than another's can't.
fn promising(plans: Vec<Plan>, prices: &Prices<'_>) -> Vec<Plan> {
    const MARGIN: f64 = 4.0 / 3.0;
    let cost = |plan: &Plan| {
        let price = prices.get(plan.node.price).ok()?;
        Some((plan.nodes + plan.environment_nodes) * price.value.get())
    };
    let least = plans.iter().filter_map(cost).fold(f64::MAX, f64::min);
    let dear = |plan: &Plan| cost(plan).is_none_or(|cost| cost > least * MARGIN);
    if least == f64::MAX {
        return plans;
    }
    plans.into_iter().filter(|plan| !dear(plan)).collect()
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
    /// The workload on each node type that is tried.
    pub(super) plans: fn(&Case<'_>) -> Vec<Plan>,
    /// What a node leaves to pods.
    pub(super) allocatable: Allocatable,
    /// The lines of a month's usage.
    pub(super) lines: fn(&Usage, &Prices<'_>) -> Result<Bill, NoPrice>,
    /// What stands around it.
    pub(super) around: fn(&Usage, &Case<'_>) -> Around,
}

impl Cluster {
    /// The cheapest way to run the case, with its bill.
    fn chosen(&self, case: &Case<'_>, prices: &Prices<'_>) -> Result<(Plan, Bill), Refusal> {
        let plans = promising((self.plans)(case), prices);
        let (plan, bill) = best(&plans, case, prices, Usage::of, self.lines, self.around)?;
        Ok((*plan, bill))
    }

    /// The whole bill without people.
    pub(super) fn bill(&self, case: &Case<'_>, prices: &Prices<'_>) -> Result<Bill, Refusal> {
        self.chosen(case, prices).map(|(_, bill)| bill)
    }

    /// What stands behind the bill.
    pub(super) fn trace(&self, case: &Case<'_>, prices: &Prices<'_>) -> Option<CapacityTrace> {
        let (plan, _) = self.chosen(case, prices).ok()?;
        capacity_trace(case, &plan, self.allocatable)
    }
}

/// What stands behind the bill of a plan.
fn capacity_trace(case: &Case<'_>, plan: &Plan, allocatable: Allocatable) -> Option<CapacityTrace> {
    let w = &case.workload;
    let each = case.inputs.instance.vcpu;
    let replicas = replicas::by_level(case, each);
    let levels = sets(case, &replicas);
    let empty = empty(&plan.node, allocatable, case);
    let Usage { chain, .. } = Usage::of(plan, case);
    let mut trace = TraceBuilder::new(case, each);
    trace.autoscaled(case, each, &replicas, HPA_LAG_S);
    let pods = (plan.replicas * each).max(chain.useful - trace.used_by_others());
    let monitoring: Vec<f64> = levels.iter().map(Set::monitoring_vcpu).collect();
    let monitoring = w.lagging(&monitoring, HPA_LAG_S);
    let others = trace.used_by_others() + monitoring;
    trace.add("Padding, sidecars, rounding", chain.asked - others - pods);
    trace.add("Monitoring", monitoring);
    trace.add("Agents on every node", chain.agents);
    let mut nodes = nodes_by_level(case, &levels, empty)?;
    let following = w.lagging(&nodes, NODE_LAG_S);
    let room = |nodes: f64| nodes * empty.room.vcpu;
    if case.inputs.team.existing_cluster {
        trace.add("Room on shared nodes", room(following) - chain.asked);
    } else {
        let packed: Vec<f64> = levels
            .iter()
            .map(|set| Some(nodes::pack(&set.kinds, empty)? as f64))
            .collect::<Option<_>>()?;
        let packed = w.lagging(&packed, NODE_LAG_S);
        trace.add("Whole nodes", room(packed) - chain.asked);
        trace.add("Zones and spare nodes", room(following - packed));
    }
    trace.add("Nodes that always stay", room(plan.nodes - following));
    trace.add("Reserved for the system", chain.paid - chain.allocatable);
    trace.environments(plan.environment_nodes * plan.node.vcpu);
    if !nodes_follow(case) {
        nodes = trace::constant(case, plan.most_nodes);
    }
    Some(trace.done(trace::hourly(case, "nodes", &nodes, NODE_LAG_S)))
}

/// Nodes that hold the pods at one load; none if a pod fits on no node.
fn nodes_for(case: &Case<'_>, set: &Set, empty: Bin) -> Option<f64> {
    let packed = nodes::pack(&set.kinds, empty)? as f64;
    if packed == 0.0 {
        // Nothing to run, nothing to run it on.
        return Some(0.0);
    }
    if case.inputs.team.existing_cluster {
        // The rest of the nodes is others'.
        return Some(nodes::share(&set.kinds, empty));
    }
    Some(packed.max(spread(case)) + f64::from(case.inputs.cluster.spare_nodes))
}

/// Mean number of nodes of environments beside production, each in a cluster of its own without spare nodes or zones.
fn environment_nodes(case: &Case<'_>, empty: Bin) -> Option<f64> {
    let mut mean = 0.0;
    for environment in &case.inputs.environments {
        let replicas = case.workload.services * f64::from(environment.replicas);
        let kinds = [service_pods(case, replicas)];
        let nodes = if case.inputs.team.existing_cluster {
            nodes::share(&kinds, empty)
        } else {
            nodes::pack(&kinds, empty)? as f64
        };
        mean += nodes * environment.hours_per_week / traffic::HOURS as f64;
    }
    Some(mean)
}

/// The fewest nodes: one in each zone for what serves people, one for jobs alone.
fn spread(case: &Case<'_>) -> f64 {
    if case.has_services() || case.inputs.workers.count > 0 {
        case.inputs.assumptions.zones.max(f64::from(REDUNDANT))
    } else {
        1.0
    }
}

/// Pods of services, with what padding and a mesh add to each.
fn service_pods(case: &Case<'_>, count: f64) -> Pods {
    let inputs = case.inputs;
    let (vcpu, gib) = if inputs.needs.mesh {
        (
            inputs.assumptions.sidecar_vcpu,
            inputs.assumptions.sidecar_gib,
        )
    } else {
        (0.0, 0.0)
    };
    let padding = inputs.assumptions.requests_padding;
    Pods {
        each: Room {
            vcpu: inputs.instance.vcpu * padding + vcpu,
            gib: inputs.instance.memory_gib * padding + gib,
        },
        count: whole(count),
    }
}

fn whole(count: f64) -> u64 {
    (count - 1e-9).ceil().max(0.0) as u64
}

/// Everything that must find room at the same time.
struct Set {
    kinds: [Pods; 4],
}

impl Set {
    fn of(case: &Case<'_>, replicas: f64) -> Self {
        let inputs = case.inputs;
        let assumptions = &inputs.assumptions;
        let padding = assumptions.requests_padding;
        let pods = |count: f64, vcpu: f64, gib: f64| Pods {
            each: Room { vcpu, gib },
            count: whole(count),
        };
        let mut kinds = [
            service_pods(case, replicas),
            pods(
                case.worker_hours() / HOURS_PER_MONTH,
                inputs.workers.vcpu * padding,
                inputs.workers.memory_gib * padding,
            ),
            // Runs are spread evenly; the room for those that run at once is kept free.
            pods(
                case.jobs_at_once(),
                inputs.jobs.vcpu * padding,
                inputs.jobs.memory_gib * padding,
            ),
            pods(0.0, assumptions.monitoring_vcpu, assumptions.monitoring_gib),
        ];
        if case.monitors_itself() && kinds.iter().any(|kind| kind.count > 0) {
            kinds[3].count = 1;
        }
        Self { kinds }
    }

    fn count(&self) -> f64 {
        self.kinds.iter().map(|kind| kind.count as f64).sum()
    }

    fn monitoring_vcpu(&self) -> f64 {
        self.kinds[3].count as f64 * self.kinds[3].each.vcpu
    }

    fn asked(&self) -> Room {
        nodes::asked(&self.kinds)
    }
}

/// Mean number of pods that write logs, where so many are of services.
pub fn instance_months(case: &Case<'_>, replicas: f64) -> f64 {
    Set::of(case, replicas).count() + case.environment_replicas()
}

impl Case<'_> {
    /// Whether a monitoring stack of one's own runs in the cluster.
    pub(super) fn monitors_itself(&self) -> bool {
        self.inputs.surroundings.counted && self.inputs.surroundings.monitoring
    }

    /// Clusters to pay for, one for each environment: one that exists is paid for already.
    pub(super) fn clusters(&self) -> f64 {
        if self.inputs.team.existing_cluster {
            0.0
        } else {
            1.0 + self.inputs.environments.len() as f64
        }
    }

    /// Hours of clusters to pay for in a month.
    pub(super) fn cluster_hours(&self) -> f64 {
        self.clusters() * HOURS_PER_MONTH
    }

    /// vCPU that the load uses on average, whatever it runs on.
    pub(super) fn useful_vcpu(&self) -> f64 {
        let w = &self.workload;
        let (workers, jobs) = (&self.inputs.workers, &self.inputs.jobs);
        w.services * w.mean(|level| level.rate) * w.cpu_s
            + self.worker_hours() / HOURS_PER_MONTH * workers.vcpu
            + self.jobs_at_once() * jobs.vcpu
    }
}

/// What one month meters of the cluster and its nodes.
#[derive(Clone, Copy, Debug)]
pub struct Usage {
    /// Hours of clusters.
    pub cluster_hours: f64,
    /// The node type.
    pub node: NodeType,
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
            node: plan.node,
            node_hours: plan.nodes * HOURS_PER_MONTH,
            environment_node_hours: plan.environment_nodes * HOURS_PER_MONTH,
            replicas: plan.replicas,
            chain: Chain {
                useful: case.useful_vcpu(),
                asked: plan.asked_vcpu,
                allocatable: plan.nodes * plan.allocatable_vcpu,
                agents: plan.nodes * case.inputs.assumptions.daemonset_vcpu,
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

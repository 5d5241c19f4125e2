//! Graphics processors: a pool of nodes that serves models, and occasional jobs.
//!
//! The pool is in the cloud of the platform, since two clouds in the path of one request are one too many: nodes of the
//! platform's own cluster where it has one, else a cluster of the vendor's Kubernetes beside it, with its fee and its people.
//! The node is the cheapest of the vendor's in the region whose GPU memory, of all its GPUs together, is enough. Occasional
//! jobs pay seconds where the platform sells them, else the hours of a node that comes up for them and goes again.
//!
//! Left out: disks and addresses of GPU nodes, commitments and Spot on them (no rate is known), and the minutes in which a
//! node for jobs starts and waits.

use super::Case;
pub use crate::around::GpuNodes;
use crate::{
    bill::{Bar, Bill, CannotRun, CostCategory, Factor, Line, Refusal},
    inputs::{Gpu, Inputs},
    platform::Platform,
    prices::{Meter, NoPrice, Price, Prices, Quoted},
    sentence::{Sentence, Word},
    units::{ClusterHour, GpuSecond, HOURS_PER_MONTH, Hour, Qty, Rate, SECONDS_PER_HOUR},
    vendor::Vendor,
};

const MINUTES_PER_HOUR: f64 = 60.0;

/// A type of node with GPUs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GpuNode {
    /// Its price, whose name on the bill names the GPU.
    pub price: Meter<Price<Hour>>,
    /// The type of GPU.
    pub gpu: &'static str,
    /// Memory of all its GPUs, GiB.
    pub gpu_gib: f64,
    /// vCPU.
    pub vcpu: f64,
    /// Memory beside that of the GPUs, GiB.
    pub gib: f64,
}

impl GpuNode {
    /// A type of node with so much GPU memory, vCPU and memory.
    pub const fn new(
        price: Meter<Price<Hour>>,
        gpu: &'static str,
        gpu_gib: f64,
        vcpu: f64,
        gib: f64,
    ) -> Self {
        Self {
            price,
            gpu,
            gpu_gib,
            vcpu,
            gib,
        }
    }
}

/// A GPU that a serverless platform sells by the second, and what is billed beside it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GpuSize {
    /// Its price.
    pub price: Meter<Price<GpuSecond>>,
    /// The type of GPU.
    pub gpu: &'static str,
    /// Its memory, GiB.
    pub gpu_gib: f64,
    /// vCPU that come with it.
    pub vcpu: f64,
    /// GiB of memory that come with it.
    pub gib: f64,
}

/// The GPUs of a vendor.
#[derive(Clone, Copy, Debug)]
pub struct Gpus {
    /// Nodes, by GPU memory.
    pub nodes: &'static [GpuNode],
    /// The page of their prices, and when it was read.
    pub nodes_page: (&'static str, &'static str),
    /// The Kubernetes that a pool beside a serverless platform stands on.
    pub cluster: Platform,
    /// The fee of such a cluster.
    pub fee: Meter<Price<ClusterHour>>,
    /// What its serverless platform sells by the second, by GPU memory.
    pub seconds: &'static [GpuSize],
    /// The page that says so, and when it was read.
    pub seconds_page: (&'static str, &'static str),
}

impl Platform {
    /// Whether GPU nodes can stand in its own cluster.
    pub(super) fn has_gpu_nodes(self) -> bool {
        self.is_kubernetes() || self.has_nodes_without_kubernetes()
    }

    /// Whether a pool of GPU nodes in a cluster of its own stands beside the platform.
    pub fn has_pool_beside(self, inputs: &Inputs) -> bool {
        inputs.serves_on_gpus() && !self.has_gpu_nodes() && self.vendor().gpus().is_some()
    }
}

impl Vendor {
    fn gpus(self) -> Option<&'static Gpus> {
        self.profile().gpus
    }
}

/// Whether a meter is that of GPU nodes.
pub(crate) fn is_node(meter: &str) -> bool {
    node_of(meter).is_some()
}

fn node_of(meter: &str) -> Option<&'static GpuNode> {
    let nodes = Vendor::of_meter(meter)?.gpus()?.nodes;
    nodes.iter().find(|node| node.price.id().info().id == meter)
}

/// The type of GPU on a bill, and its memory, that of all GPUs of a node together, GiB.
pub fn on_bill(bill: &Bill) -> Option<(&'static str, f64)> {
    bill.lines.iter().find_map(|line| {
        if let Some(node) = node_of(line.meter) {
            return Some((node.gpu, node.gpu_gib));
        }
        let seconds = Vendor::of_meter(line.meter)?.gpus()?.seconds;
        let size = seconds
            .iter()
            .find(|size| size.price.id().info().id == line.meter)?;
        Some((size.gpu, size.gpu_gib))
    })
}

/// The lines of a pool on a bill, the one of its nodes first; none where there is no node. People are apart.
pub fn pool_lines(bill: &Bill) -> Option<Vec<&Line>> {
    let nodes = bill.lines.iter().find(|line| is_node(line.meter))?;
    let more = bill.lines.iter().filter(|line| {
        let first = line.factors.first().map(|factor| factor.name);
        matches!(first, Some(POOL_CLUSTER | POOL_MANAGED))
    });
    Some([nodes].into_iter().chain(more).collect())
}

/// What the lines of a pool are the product of, beside its nodes.
const POOL_CLUSTER: &str = "hours of the GPU pool's cluster";
const POOL_MANAGED: &str = "GPU node hours";

/// Whether the platform has the GPUs that the case needs.
///
/// # Errors
///
/// It or its vendor has none, none is large enough, or nobody has read a price.
pub(super) fn check(
    platform: Platform,
    case: &Case<'_>,
    prices: &Prices<'_>,
) -> Result<(), Refusal> {
    let needs = &case.inputs.needs;
    if needs.gpu == Gpu::None {
        return Ok(());
    }
    let Some(gpus) = platform.vendor().gpus() else {
        let (page, read) = platform.definition().limits.gpu_page(case.inputs.region);
        return Err(Refusal::CannotRun(CannotRun {
            reason: Sentence::new(
                "{} has no GPU nodes, and a pool elsewhere would put two clouds into the path of one request.",
                [Word::Name(platform.name())],
            ),
            page,
            read,
            by: Bar::Limit,
            workload: None,
        }));
    };
    let wanted = needs.gpu_memory_gib;
    if needs.gpu == Gpu::Serving || platform.has_gpu_nodes() {
        return chosen(platform.vendor(), gpus, wanted, prices).map(|_| ());
    }
    let largest = gpus.seconds.last().map_or(0.0, |size| size.gpu_gib);
    if wanted > largest {
        return Err(too_large(
            platform.name(),
            largest,
            wanted,
            gpus.seconds_page,
        ));
    }
    Ok(())
}

fn too_large(
    who: &'static str,
    largest: f64,
    wanted: f64,
    (page, read): (&'static str, &'static str),
) -> Refusal {
    Refusal::CannotRun(CannotRun {
        reason: Sentence::new(
            "The largest GPUs that we know of on {} have {} GiB of memory; you need {}.",
            [Word::Name(who), Word::Number(largest), Word::Number(wanted)],
        ),
        page,
        read,
        by: Bar::Limit,
        workload: None,
    })
}

/// The cheapest node that is large enough, of those whose price is known.
fn chosen(
    vendor: Vendor,
    gpus: &Gpus,
    wanted: f64,
    prices: &Prices<'_>,
) -> Result<(&'static GpuNode, Quoted<Rate<Hour>>), Refusal> {
    let fits = || gpus.nodes.iter().filter(|node| node.gpu_gib >= wanted);
    let cheapest = fits()
        .filter_map(|node| Some((node, prices.get(node.price).ok()?)))
        .min_by(|one, other| one.1.value.get().total_cmp(&other.1.value.get()));
    if let Some(cheapest) = cheapest {
        return Ok(cheapest);
    }
    if let Some(Err(missing)) = fits().next().map(|node| prices.get(node.price)) {
        return Err(Refusal::NoPrice(missing));
    }
    let largest = gpus
        .nodes
        .iter()
        .map(|node| node.gpu_gib)
        .fold(0.0, f64::max);
    Err(too_large(vendor.name(), largest, wanted, gpus.nodes_page))
}

impl Case<'_> {
    /// Seconds of occasional GPU jobs.
    fn gpu_job_s(&self) -> f64 {
        let needs = &self.inputs.needs;
        if needs.gpu == Gpu::Light {
            needs.gpu_minutes_per_month * SECONDS_PER_HOUR / MINUTES_PER_HOUR
        } else {
            0.0
        }
    }

    /// The GPU of those that a vendor sells by the second on which the jobs run, and for how many seconds; none without jobs.
    pub(super) fn gpu_jobs(&self, vendor: Vendor) -> Option<(&'static GpuSize, f64)> {
        let seconds = self.gpu_job_s();
        if seconds == 0.0 {
            return None;
        }
        let wanted = self.inputs.needs.gpu_memory_gib;
        let mut fits = vendor.gpus()?.seconds.iter();
        let size = fits.find(|size| size.gpu_gib >= wanted)?;
        Some((size, seconds))
    }
}

impl GpuSize {
    /// The line of so many seconds; vCPU and memory beside it are the platform's.
    pub(super) fn line(
        &self,
        seconds: f64,
        prices: &Prices<'_>,
        bill: &mut Bill,
    ) -> Result<(), NoPrice> {
        bill.push(Line::charge(
            CostCategory::Compute,
            prices.get(self.price)?,
            Qty::of(seconds),
            [Factor::new("GPU job time", seconds, "s")],
        ));
        Ok(())
    }
}

/// Adds the lines of GPU nodes, if the case needs any.
pub(super) fn lines(
    vendor: Vendor,
    has: GpuNodes,
    case: &Case<'_>,
    prices: &Prices<'_>,
    bill: &mut Bill,
) -> Result<(), NoPrice> {
    let needs = &case.inputs.needs;
    let serving = needs.gpu == Gpu::Serving;
    let jobs = case.gpu_job_s() > 0.0 && has != GpuNodes::Beside;
    let Some(gpus) = vendor.gpus().filter(|_| serving || jobs) else {
        return Ok(());
    };
    // A case without such a node has been refused before.
    let Ok((node, price)) = chosen(vendor, gpus, needs.gpu_memory_gib, prices) else {
        return Ok(());
    };
    let (hours, factors) = if serving {
        let nodes = f64::from(needs.gpu_nodes);
        (
            nodes * HOURS_PER_MONTH,
            vec![
                Factor::new("GPU nodes", nodes, ""),
                Factor::new("hours in a month", HOURS_PER_MONTH, "hours"),
            ],
        )
    } else {
        let hours = case.gpu_job_s() / SECONDS_PER_HOUR;
        (
            hours,
            vec![Factor::new("hours of GPU jobs", hours, "hours")],
        )
    };
    bill.push(Line::charge(
        CostCategory::Compute,
        price,
        Qty::of(hours),
        factors,
    ));
    managing(has, node, price, hours, prices, bill)?;
    if has == GpuNodes::Beside && !case.inputs.team.existing_cluster {
        bill.push(Line::charge(
            CostCategory::Platform,
            prices.get(gpus.fee)?,
            Qty::of(HOURS_PER_MONTH),
            [Factor::new(POOL_CLUSTER, HOURS_PER_MONTH, "hours")],
        ));
    }
    notes(gpus, price, serving, case, prices, bill);
    Ok(())
}

/// The line of a fee for managing the nodes.
fn managing(
    has: GpuNodes,
    node: &GpuNode,
    price: Quoted<Rate<Hour>>,
    hours: f64,
    prices: &Prices<'_>,
    bill: &mut Bill,
) -> Result<(), NoPrice> {
    let time = Factor::new(POOL_MANAGED, hours, "hours");
    match has {
        GpuNodes::Beside | GpuNodes::Own => {}
        GpuNodes::Managed { g, p } => {
            let of_p = price.meter.info().id.starts_with("aws/ec2/p");
            let fee = prices.get(if of_p { p } else { g })?;
            let quantity = Qty::of(hours);
            bill.push(Line::share(
                CostCategory::Platform,
                fee,
                price,
                quantity,
                [time],
            ));
        }
        GpuNodes::ManagedByVcpu(fee) => {
            let fee = prices.get(fee)?;
            let factors = [time, Factor::new("size", node.vcpu, "vCPU")];
            let line = Line::charge(
                CostCategory::Platform,
                fee,
                Qty::of(hours * node.vcpu),
                factors,
            );
            bill.push(line.assumed(prices.doubt(fee)));
            bill.note(
                "The fee of managed GPU nodes isn\u{2019}t known: that of ordinary nodes stands in for it.",
                [],
            );
        }
    }
    Ok(())
}

fn notes(
    gpus: &Gpus,
    price: Quoted<Rate<Hour>>,
    serving: bool,
    case: &Case<'_>,
    prices: &Prices<'_>,
    bill: &mut Bill,
) {
    if !serving {
        bill.note(
            "GPU jobs run on nodes that come up for them and go again; the minutes in which such a node starts and waits are \
             not in this bill.",
            [],
        );
    }
    if prices.city(price) != gpus.cluster.city(prices.region()) {
        bill.note(
            "The GPU nodes stand in another city of the region, since no such node is sold where the platform is. Traffic \
             between the two is not in this bill.",
            [],
        );
    }
    let wanted = case.inputs.needs.gpu_memory_gib;
    let fits = gpus.nodes.iter().filter(|node| node.gpu_gib >= wanted);
    if let Some(open) = fits
        .into_iter()
        .find(|node| prices.get(node.price).is_err())
    {
        bill.note(
            "Of GPU nodes that fit, the price of {} in this region isn\u{2019}t known: it may cost less. Enter it, if you know it.",
            [Word::Name(open.price.id().info().name)],
        );
    }
    let buy = &case.inputs.buy;
    if buy.commitment != crate::inputs::Commitment::None || buy.spot > 0.0 {
        bill.note(
            "What commitments and interruptible capacity take off GPU nodes isn\u{2019}t known: nothing is taken off them.",
            [],
        );
    }
}

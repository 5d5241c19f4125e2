//! How capacity is bought: commitments, interruptible capacity, discounts of one's own contract.
//!
//! Each vendor's own rules, as lines that take a share off what was billed at list price. Interruptible capacity comes
//! first, the commitment covers its share of the rest. Where the price book has no rate for a meter, nothing is taken off
//! it: such are GPU nodes, Container Apps' Consumption plan, Railway and Render. AWS bills the fee of EKS Auto Mode on the
//! on-demand price whatever the node is bought at (recalled).

use super::Case;
use crate::{
    bill::{Bill, Factor, Line, Part},
    inputs::{Commitment, discounts},
    prices::{Meter, Prices, Share, meters as m},
    units::{Dollar, Unit},
    vendor::Vendor,
};

/// What may be taken off the lines of some meters.
struct Rule {
    /// How the meters begin.
    meters: &'static [&'static str],
    /// For a year, and for three.
    commitment: [Option<Meter<Share>>; 2],
    /// On interruptible capacity.
    spot: Option<Meter<Share>>,
}

const RULES: [Rule; 8] = [
    Rule {
        meters: &["aws/ec2/"],
        commitment: [Some(m::EC2_1Y), Some(m::EC2_3Y)],
        spot: Some(m::EC2_SPOT),
    },
    Rule {
        meters: &["aws/fargate/x86/", "aws/fargate/arm/"],
        commitment: [Some(m::FARGATE_1Y), None],
        spot: Some(m::FARGATE_SPOT),
    },
    Rule {
        meters: &["google-cloud/compute-engine/"],
        commitment: [Some(m::GCE_1Y), Some(m::GCE_3Y)],
        spot: None,
    },
    Rule {
        meters: &[
            "google-cloud/cloud-run/request-based/",
            "google-cloud/cloud-run/requests",
            "google-cloud/cloud-run/free/vcpu",
            "google-cloud/cloud-run/free/memory",
            "google-cloud/cloud-run/free/requests",
        ],
        commitment: [Some(m::CLOUD_RUN_CUD), Some(m::CLOUD_RUN_CUD)],
        spot: None,
    },
    Rule {
        meters: &[
            "google-cloud/cloud-run/instance-based/",
            "google-cloud/cloud-run/worker-pool/",
            "google-cloud/cloud-run/free/instance-",
        ],
        commitment: [Some(m::FLEXIBLE_1Y), Some(m::FLEXIBLE_3Y)],
        spot: None,
    },
    Rule {
        meters: &["google-cloud/gke-autopilot/"],
        commitment: [Some(m::FLEXIBLE_1Y), Some(m::FLEXIBLE_3Y)],
        spot: Some(m::AUTOPILOT_SPOT),
    },
    Rule {
        meters: &["azure/vm/"],
        commitment: [Some(m::VM_1Y), Some(m::VM_3Y)],
        spot: Some(m::VM_SPOT),
    },
    Rule {
        meters: &["fly/shared-", "fly/performance-"],
        commitment: [Some(m::FLY_RESERVED), None],
        spot: None,
    },
];

/// Adds the lines of what the way of buying takes off.
pub(super) fn lines(case: &Case<'_>, prices: &Prices<'_>, bill: &mut Bill) {
    // A bill is one vendor's: the meters are not read for the rules of the others.
    let Some(vendor) = bill
        .lines
        .first()
        .and_then(|line| Vendor::of_meter(line.meter))
    else {
        return;
    };
    let buy = &case.inputs.buy;
    if buy.commitment != Commitment::None || buy.spot > 0.0 {
        let of_vendor = |rule: &&Rule| Vendor::of_meter(rule.meters[0]) == Some(vendor);
        for rule in RULES.iter().filter(of_vendor) {
            rule.lines(case, prices, bill);
        }
    }
    let percent = buy.discount_percent[vendor];
    if percent > 0.0 {
        let path = discounts::FIELDS[vendor as usize].path;
        let spent = spent(bill, |meter| Vendor::of_meter(meter) == Some(vendor));
        if spent > 0.0 {
            bill.push(Line::own_discount(path, percent / 100.0, spent));
        }
    }
}

/// Dollars of infrastructure on the meters that count, credits and discounts taken off.
fn spent(bill: &Bill, counts: impl Fn(&str) -> bool) -> f64 {
    bill.lines
        .iter()
        .filter(|line| line.part != Part::People)
        .filter(|line| counts(line.meter))
        .map(|line| line.amount().get())
        .sum()
}

impl Rule {
    fn lines(&self, case: &Case<'_>, prices: &Prices<'_>, bill: &mut Bill) {
        let buy = &case.inputs.buy;
        let spent = spent(bill, |meter| {
            self.meters.iter().any(|start| meter.starts_with(start))
        });
        if spent <= 0.0 {
            return;
        }
        let mut off = |meter: Option<Meter<Share>>, covered: f64, what: &'static str| {
            let share = meter.and_then(|meter| prices.get(meter).ok());
            let Some(share) = share.filter(|_| covered > 0.0) else {
                return false;
            };
            let factors = vec![
                Factor::new("billed at list price", spent, Dollar::NAME),
                Factor::new(what, covered, ""),
            ];
            let dollars = spent * covered;
            bill.push(Line::discount(Part::Compute, share, dollars, factors));
            true
        };
        let interruptible = off(self.spot, buy.spot, "share on interruptible capacity");
        let rest = if interruptible { 1.0 - buy.spot } else { 1.0 };
        let commitment = match buy.commitment {
            Commitment::None => None,
            Commitment::OneYear => self.commitment[0],
            Commitment::ThreeYears => self.commitment[1],
        };
        off(
            commitment,
            rest * buy.coverage,
            "share under the commitment",
        );
    }
}

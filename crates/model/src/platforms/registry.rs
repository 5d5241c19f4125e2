//! What is asked of any platform, answered by its file.

use super::{
    Item, Treatment,
    capacity_trace::{self, CapacityTrace, Step},
    case::Case,
    definition::Definition,
    gpu, several,
};
use crate::{
    bill::{Bill, Quote, Refusal},
    inputs::Gpu,
    people,
    platform::{Platform, all_platforms},
    prices::Prices,
    region::Region,
};

macro_rules! as_definitions {
    ($($(#[$doc:meta])* $variant:ident = $file:ident, $vendor:ident, $id:literal, $name:literal, $short:literal;)*) => {
        impl Platform {
            /// What its file says of it.
            pub fn definition(self) -> &'static Definition {
                match self { $(Self::$variant => &super::$file::DEFINITION),* }
            }
        }
    };
}
all_platforms!(as_definitions);

impl Platform {
    /// Whether it is Kubernetes, whoever runs its nodes.
    pub fn is_kubernetes(self) -> bool {
        self.definition().people.is_kubernetes()
    }

    /// Whether containers run on nodes that are the team's own, although there is no Kubernetes on them.
    pub fn has_nodes_without_kubernetes(self) -> bool {
        matches!(self, Self::EcsEc2 | Self::EcsManaged)
    }

    /// Where it runs in a region group.
    pub fn city(self, region: Region) -> &'static str {
        self.definition().cities[region as usize]
    }

    /// Whether its pods or tasks are packed on nodes that the bill is of.
    pub fn packs_nodes(self) -> bool {
        self.has_nodes_without_kubernetes()
            || matches!(
                self,
                Self::Eks | Self::EksAuto | Self::Gke | Self::Aks | Self::AksAutomatic
            )
    }

    /// Whether it can run the case, each workload of it.
    fn check(self, case: &Case<'_>, prices: &Prices<'_>) -> Result<(), Refusal> {
        if case.parts().is_empty() {
            return self.check_one(case, prices);
        }
        for part in case.parts() {
            let can = self.check_one(&part.case(), prices);
            can.map_err(|why| several::of_part(why, part, case))?;
        }
        Ok(())
    }

    /// Whether it can run one workload.
    pub(super) fn check_one(self, case: &Case<'_>, prices: &Prices<'_>) -> Result<(), Refusal> {
        self.definition().limits.check(self.name(), case)?;
        self.check_promises(case.inputs)?;
        gpu::check(self, case, prices)
    }

    /// What running the workload costs in a month, engineering time included.
    ///
    /// # Errors
    ///
    /// Why there is no bill: the platform can’t run the workload, or a price is missing.
    pub fn quote(self, case: &Case<'_>, prices: &Prices<'_>) -> Quote {
        let prices = prices.with_free_tiers(case.inputs.options.free_tier);
        self.check(case, &prices)?;
        let mut bill = if case.parts().is_empty() || self.packs_nodes() {
            (self.definition().bill)(case, &prices)?
        } else {
            several::bill(self, case, &prices)?
        };
        self.add_people(case, &mut bill);
        Ok(bill)
    }

    /// The lines of engineering time. A GPU that one of several workloads needs has its people, too.
    pub(super) fn add_people(self, case: &Case<'_>, bill: &mut Bill) {
        let gpus = case
            .parts()
            .iter()
            .any(|part| part.inputs.needs.gpu != Gpu::None);
        let united = gpus.then(|| case.inputs_of_some(&vec![true; case.parts().len()]));
        for line in people::lines_on(self, united.as_ref().unwrap_or(case.inputs)) {
            bill.push(line);
        }
    }

    /// What stands behind the means of its bill; none where it has no bill.
    pub fn capacity_trace(self, case: &Case<'_>, prices: &Prices<'_>) -> Option<CapacityTrace> {
        if !case.parts().is_empty() {
            return None;
        }
        let definition = self.definition();
        let prices = prices.with_free_tiers(case.inputs.options.free_tier);
        self.check(case, &prices).ok()?;
        let mut trace = (definition.trace)(case, &prices)?;
        if self.treatment(Item::Padding) == Treatment::Billed {
            let (padding, what) = capacity_trace::other_padding(case.inputs);
            let mut inputs = case.inputs.clone();
            inputs.assumptions.requests_padding = padding;
            let other = (definition.trace)(&Case::of(&inputs), &prices);
            trace.beside = other.map(|other| Step {
                what,
                vcpu: other.paid(),
            });
        }
        Some(trace)
    }
}

#[cfg(test)]
mod tests {
    use super::super::template;
    use super::*;
    use crate::{inputs::Inputs, prices::PriceBook, units::Usd};

    /// `cargo xtask new platform` begins a file with it.
    #[test]
    fn the_template_of_a_platform_prices_a_workload() {
        let inputs = Inputs::default();
        let case = Case::of(&inputs);
        let book = PriceBook::bundled();
        let prices = book.in_region(inputs.region);
        let definition = template::DEFINITION;
        let bill = (definition.bill)(&case, &prices);
        assert!(bill.is_ok_and(|bill| bill.total() > Usd::ZERO));
        assert!((definition.trace)(&case, &prices).is_some());
    }
}

//! What is asked of any platform, answered by its file.

use super::{
    Item, Treatment,
    capacity_trace::{self, CapacityTrace, Step},
    case::Case,
    definition::Definition,
    gpu,
};
use crate::{
    bill::Quote,
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

    /// What running the workload costs in a month, engineering time included.
    ///
    /// # Errors
    ///
    /// Why there is no bill: the platform can’t run the workload, or a price is missing.
    pub fn quote(self, case: &Case<'_>, prices: &Prices<'_>) -> Quote {
        let definition = self.definition();
        definition.limits.check(self.name(), case)?;
        self.check_promises(case.inputs)?;
        let prices = prices.with_free_tiers(case.inputs.options.free_tier);
        gpu::check(self, case, &prices)?;
        let mut bill = (definition.bill)(case, &prices)?;
        for line in people::lines_on(self, case.inputs) {
            bill.push(line);
        }
        Ok(bill)
    }

    /// What stands behind the means of its bill; none where it has no bill.
    pub fn capacity_trace(self, case: &Case<'_>, prices: &Prices<'_>) -> Option<CapacityTrace> {
        let definition = self.definition();
        definition.limits.check(self.name(), case).ok()?;
        self.check_promises(case.inputs).ok()?;
        let prices = prices.with_free_tiers(case.inputs.options.free_tier);
        gpu::check(self, case, &prices).ok()?;
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

//! Windows on the nodes: a licence beside what Linux costs.

use super::Usage;
use crate::{
    bill::{Bill, CostCategory, Factor, Line},
    prices::{Meter, NoPrice, Price, Prices},
    units::{Qty, VcpuHour},
};

impl Usage {
    /// The line of Windows on the nodes, by their vCPU: on those that the cluster's own pods stand on, too.
    ///
    /// # Errors
    ///
    /// [`NoPrice`], if the book lacks a price on the bill.
    pub fn windows_line(
        &self,
        licence: Meter<Price<VcpuHour>>,
        prices: &Prices<'_>,
        bill: &mut Bill,
    ) -> Result<(), NoPrice> {
        if !self.windows {
            return Ok(());
        }
        let licence = prices.get(licence)?;
        let hours = self.all_node_hours();
        let line = Line::charge(
            CostCategory::Compute,
            licence,
            Qty::of(hours * self.node.vcpu),
            [
                Factor::new("node hours", hours, "hours"),
                Factor::new("size", self.node.vcpu, "vCPU"),
            ],
        );
        bill.push(line.assumed(prices.doubt(licence)));
        Ok(())
    }
}

//! The bundled price book: complete, sourced, and tied to its handles.

use plimsoll_model::{
    prices::{Confidence, MeterId, PriceBook, Row, meters},
    region::Region,
};
use std::collections::BTreeSet;

#[test]
fn every_handle_has_its_rows_and_every_row_a_handle() {
    let book = PriceBook::bundled();
    for info in meters::ALL {
        let meter = MeterId::find(info.id).unwrap();
        let of_meter: Vec<&Row> = book
            .rows()
            .iter()
            .filter(|row| row.meter == meter)
            .collect();
        let regions: Vec<Option<Region>> = of_meter.iter().map(|row| row.region).collect();
        let everywhere: Vec<Option<Region>> = Region::ALL.into_iter().map(Some).collect();
        assert!(
            regions == [None] || regions == everywhere,
            "{}: {regions:?}",
            info.id
        );
    }
    // A row without a handle does not parse at all.
    let ids: BTreeSet<&str> = meters::ALL.iter().map(|info| info.id).collect();
    assert_eq!(ids.len(), meters::ALL.len(), "two handles share a name");
}

#[test]
fn every_price_names_its_day_and_none_pretends_to_a_page() {
    for row in PriceBook::bundled().rows() {
        assert_eq!(row.value.is_some(), row.read.is_some(), "{:?}", row.meter);
        assert_ne!(row.confidence, Confidence::Own, "{:?}", row.meter);
        assert!(
            row.page.is_empty() || row.page.starts_with("https://"),
            "{:?}",
            row.meter
        );
        assert!(!row.page.contains(['<', ' ']), "{}", row.page);
        // A price in one region is not the price of another: the vendor's own name of the region stands beside it.
        assert_eq!(row.region.is_none(), row.city.is_empty(), "{:?}", row.meter);
    }
}

#[test]
fn a_users_rows_lie_over_the_bundled_ones() {
    let csv = "region,meter,read,value,page,unit,confidence,note,region_group\n\
               us-east-1,aws/eks/cluster,,0.05,,USD per cluster-hour,own,\"our price, as agreed\",us\n";
    let book = PriceBook::bundled().overlaid(csv).unwrap();
    let at = |region| book.in_region(region).get(meters::EKS_CLUSTER).unwrap();
    assert_eq!(at(Region::Us).value.get(), 0.05);
    assert_eq!(at(Region::Europe).value.get(), 0.1);
    assert_eq!(book.row(at(Region::Us).row).note, "our price, as agreed");
}

//! Bills of whole scenarios, to show what a change of price or rule changes. `INSTA_UPDATE=always cargo test` writes
//! them anew; that they are right is for the other tests to show.

use crate::common::{inputs, shown};
use plimsoll::{
    explain,
    model::{compare::compare, prices::PriceBook},
};

fn bills(text: &str) -> String {
    let inputs = inputs(text);
    let book = PriceBook::bundled();
    let comparison = compare(&inputs, &book);
    let mut out = String::new();
    for platform in &comparison.ranked {
        match comparison.quote(*platform) {
            Err(refusal) => out += &format!("{}: {}\n", platform.id(), explain::refusal(refusal)),
            Ok(bill) => {
                out += &format!(
                    "{}: infrastructure {:.4}, total {:.4}\n",
                    platform.id(),
                    bill.infrastructure().get(),
                    bill.total().get()
                );
                for line in &bill.lines {
                    out += &format!("  {}\n", shown(line));
                }
                for figure in &bill.figures {
                    out += &format!("  {} {:.4} {}\n", figure.id, figure.value, figure.unit);
                }
            }
        }
    }
    out
}

#[test]
fn golden_bills() {
    insta::glob!("../cases/scenarios", "*.json", |path| {
        let text = std::fs::read_to_string(path).unwrap();
        insta::assert_snapshot!(bills(&text));
    });
}

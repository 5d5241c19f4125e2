//! The list of workloads that differ: pasted, changed, undone, linked, kept, exported.

use super::share::SCENARIO;
use crate::engine::{Browser, Engine, Wish, in_each_engine};
use plimsoll_formats::scenario::{self, link, table};
use plimsoll_model::{
    assess,
    inputs::{Inputs, at},
    placement,
    prices::PriceBook,
};
use plimsoll_wording::placement as words;
use serde_json::json;
use thirtyfour::By;

in_each_engine!(
    rows_are_pasted_changed_undone_linked_and_kept,
    a_row_is_added_moved_doubled_and_removed_by_keys,
    a_split_that_is_the_answer_is_the_sentence,
    the_sliders_set_one_row_or_all,
);

/// Twenty rows as a spreadsheet copies them.
fn twenty() -> String {
    let mut text = "Name\tType\tCPU\tMemory\tRequests\tLatency\tPinned\n".to_owned();
    for n in 1..=17 {
        let vcpu = [0.25, 0.5, 1.0, 2.0][n % 4];
        text += &format!(
            "service-{n}\tservice\t{vcpu}\t{}Gi\t{}M\t{}ms\t\n",
            2.0 * vcpu,
            n,
            20 * n
        );
    }
    text += "game\tservice\t1\t2Gi\t1M\t30ms\tkubernetes\nmail\tworker\t500m\t512Mi\t\t\t\nreport\tjob\t2\t4Gi\t\t\t\n";
    text
}

/// The inputs with the list that the page should have.
fn listed() -> Inputs {
    let (rows, told) = table::read(&twenty());
    assert_eq!((rows.len(), told.len()), (20, 0), "{told:?}");
    let mut inputs = Inputs::default();
    inputs.set_workloads(rows);
    inputs
}

fn sentence(inputs: &Inputs) -> String {
    let book = PriceBook::bundled();
    let found = placement::placement(inputs, &book, &assess(inputs, &book)).unwrap();
    words::sentence(&found, inputs)
}

impl Browser {
    /// The panel with its list.
    async fn opens_workloads(&self) {
        self.all_panels().await;
        self.unfold("Workloads").await;
        self.found(By::Id("workloads-paste")).await;
    }

    async fn pastes_rows(&self, text: &str) {
        let paste = format!(
            "const field = document.getElementById('workloads-paste'); field.value = {};\
             field.dispatchEvent(new Event('input', {{ bubbles: true }}))",
            json!(text)
        );
        self.script(&paste).await;
        self.press("Take 20 rows").await;
    }

    /// Types into the cell of that name, and leaves it.
    async fn types_in(&self, cell: &str, text: &str) {
        let css = format!("[aria-label='{cell}']");
        // All of it is selected: to clear it first would be a change of its own.
        self.script(&format!("document.querySelector(\"{css}\").select()"))
            .await;
        let cell = self.found(By::Css(css)).await;
        cell.send_keys(text).await.unwrap();
        cell.send_keys(thirtyfour::Key::Tab).await.unwrap();
    }

    /// The names of the rows.
    async fn row_names(&self) -> Vec<String> {
        let names = self.script("return [...document.querySelectorAll('.rows input.name')].map((name) => name.value)").await;
        serde_json::from_value(names).unwrap()
    }
}

async fn rows_are_pasted_changed_undone_linked_and_kept(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    browser.open().await;
    browser.opens_workloads().await;
    browser.pastes_rows(&twenty()).await;
    let inputs = listed();
    browser.shows(&inputs).await;
    browser.says(&sentence(&inputs)).await;
    let names: Vec<String> = inputs
        .workloads
        .rows()
        .iter()
        .map(|row| row.name.clone())
        .collect();
    assert_eq!(browser.row_names().await, names);
    // The sum of the list stands in the questions.
    let requests = browser.value_of("Requests a month").await;
    assert_eq!(
        requests.replace(',', ""),
        inputs.http.requests_per_month.to_string()
    );
    // One number of one row.
    browser
        .types_in("vCPU per instance of service-3", "4")
        .await;
    let mut changed = inputs.clone();
    let mut rows = inputs.workloads.rows().to_vec();
    rows[2].set_number(plimsoll_model::inputs::at::instance::vcpu, 4.0);
    changed.set_workloads(rows);
    browser.shows(&changed).await;
    // What no such input can be is told, and changes nothing.
    browser
        .types_in("vCPU per instance of service-3", "lots")
        .await;
    browser
        .says("\u{201c}lots\u{201d} can't be used; allowed: 0.001 to 32 vCPU")
        .await;
    browser.shows(&changed).await;
    browser.press("Undo").await;
    browser.shows(&inputs).await;
    browser.press("Redo").await;
    browser.shows(&changed).await;
    // The page keeps it, and a link opens it.
    browser.reload().await;
    browser.shows(&changed).await;
    let there = link::write(&changed, "2026-11-01");
    browser.open_at(&format!("?nosw#{there}")).await;
    browser.shows(&changed).await;
    browser.unfold("As a file").await;
    browser
        .exports(SCENARIO, &scenario::write(&changed).to_string())
        .await;
    browser.end().await;
}

async fn a_split_that_is_the_answer_is_the_sentence(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    let file = r#"{"v":2,"clouds":["google-cloud"],"team":{"engineers":20,"fluent":4},"workloads":[
        {"name":"idle","count":40,"requests_per_month":1e5,"vcpu":2,"memory_gib":4},
        {"name":"game","requests_per_month":1e6,"needs":{"udp":true}}]}"#;
    let (inputs, told) = scenario::read(file);
    assert_eq!(told, vec![]);
    let book = PriceBook::bundled();
    let found = placement::placement(&inputs, &book, &assess(&inputs, &book)).unwrap();
    let headline = words::headline(&found, &inputs).unwrap();
    assert_eq!(headline, "Put 40 on Cloud Run and 1 on GKE Autopilot.");
    let link = link::write(&inputs, book.day());
    browser.open_at(&format!("?nosw#{link}")).await;
    browser.reads(".answer", &[headline]).await;
    browser
        .reads(".under .fact", &[words::under(&found, &inputs)])
        .await;
    // Why each stands where it does, and what would turn it.
    browser.press("Each of them").await;
    for place in 0..2 {
        let row = format!(".rows tbody tr:nth-child({})", place + 1);
        browser
            .press_at(&format!("{row} .why-there > summary"))
            .await;
        let why = words::reason_and_turn(place, &found, &inputs, &book);
        browser
            .reads(&format!("{row} .why-there .note"), &[why])
            .await;
    }
    browser.end().await;
}

async fn a_row_is_added_moved_doubled_and_removed_by_keys(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    browser.open().await;
    browser.opens_workloads().await;
    for _ in 0..2 {
        browser.press("Add a workload").await;
    }
    assert_eq!(browser.row_names().await, ["service 1", "service 2"]);
    browser.says("traffic not known").await;
    for (button, names) in [
        ("Move up service 2", &["service 2", "service 1"][..]),
        (
            "Duplicate service 1",
            &["service 2", "service 1", "service 1"],
        ),
        ("Remove service 2", &["service 1", "service 1"]),
    ] {
        let found = browser
            .found(By::Css(format!("[aria-label='{button}']")))
            .await;
        found.send_keys(thirtyfour::Key::Enter).await.unwrap();
        browser
            .until(button, async || browser.row_names().await == names)
            .await;
    }
    browser.press("All alike again").await;
    browser
        .until("no list", async || browser.row_names().await.is_empty())
        .await;
    browser.end().await;
}

async fn the_sliders_set_one_row_or_all(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    let file = r#"{"v":2,"workloads":[{"name":"a","requests_per_month":1e7},{"name":"b","requests_per_month":2e7,"latency_ms":90}]}"#;
    let (mut inputs, _) = scenario::read(file);
    let link = link::write(&inputs, PriceBook::bundled().day());
    browser.open_at(&format!("?nosw#{link}")).await;
    browser.press("Ask about b").await;
    browser.says("These questions are about b").await;
    assert_eq!(browser.value_of("Requests a month").await, "20,000,000");
    for (label, key, text, x) in [
        ("Requests a month", at::http::requests_per_month, "5M", 5e6),
        ("Latency", at::http::latency_ms, "70", 70.0),
    ] {
        browser.type_into(label, text).await;
        let mut rows = inputs.workloads.rows().to_vec();
        rows[1].set_number(key, x);
        inputs.set_workloads(rows);
        browser.shows(&inputs).await;
    }
    // All of them again: three times the load.
    browser.press("All workloads").await;
    assert_eq!(browser.value_of("Requests a month").await, "15,000,000");
    browser.type_into("Requests a month", "45M").await;
    at::http::requests_per_month.set_number(&mut inputs, 45e6);
    browser.shows(&inputs).await;
    browser.end().await;
}

//! Files: each form that can be taken along, and those that are taken over.

use super::{
    ENGINEERS, REQUESTS, assessed, book_of, bundled, charts::curves_of, sets, with_engineers,
};
use crate::engine::{Browser, Engine, Wish, in_each_engine};
use plimsoll_chart::{bars::Costs, svg, theme::Theme};
use plimsoll_formats::{
    decision,
    scenario::{
        self, link,
        saved::{self, SavedState},
    },
};
use plimsoll_model::{explore::flips, inputs::Inputs};
use plimsoll_wording::{
    difference::differences,
    export::{self, markdown::Cover},
};
use serde_json::json;

in_each_engine!(
    each_form_of_a_file_is_the_native_one,
    files_are_taken_over_once_they_were_seen,
);

impl Browser {
    /// The text of a form of the export as its file has it; the field has the same, but for the ends of lines.
    pub(crate) async fn exported(&self, form: &str) -> String {
        self.choose("What", form).await;
        let both = "const link = document.querySelector('#export a[download]');\
             const saved = decodeURIComponent(link.href.slice(link.href.indexOf(',') + 1));\
             const text = document.getElementById('share-text').value;\
             return [text, saved, link.download]";
        let read =
            async || -> [String; 3] { serde_json::from_value(self.script(both).await).unwrap() };
        self.until("the same text in both", async || {
            let [text, saved, name] = read().await;
            text == saved.replace("\r\n", "\n") && !text.is_empty() && !name.is_empty()
        })
        .await;
        let [_, saved, _] = read().await;
        saved
    }

    /// Sees that a form has this text.
    pub(crate) async fn exports(&self, form: &str, expected: &str) {
        self.choose("What", form).await;
        let text = "return document.getElementById('share-text').value";
        let lines = expected.replace("\r\n", "\n");
        self.returns(text, json!(lines)).await;
        assert_eq!(self.exported(form).await, expected);
    }
}

pub(super) const SCENARIO: &str = "These numbers (JSON)";
pub(super) const PRICES: &str = "The price book with your prices (CSV)";

async fn each_form_of_a_file_is_the_native_one(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    browser.open().await;
    let mut state = SavedState::default();
    browser.keep_as("Before").await;
    state.add("Before", state.inputs.clone()).unwrap();
    browser.enter(ENGINEERS, "9").await;
    browser.enter(REQUESTS, "42.5M").await;
    state.inputs.team.engineers = 9;
    sets(&mut state.inputs, REQUESTS, 42.5e6);
    browser.agrees(&state.inputs).await;
    browser.unfold("As a file").await;
    let inputs = &state.inputs;
    let (book, assessment) = (book_of(inputs), assessed(inputs));
    browser
        .exports(SCENARIO, &scenario::write(inputs).to_string())
        .await;
    browser
        .exports(
            "Everything, named scenarios too (JSON)",
            &saved::write(&state),
        )
        .await;
    let bills = export::csv::bills(&assessment.comparison, inputs, &book);
    browser
        .exports("All bills, line by line (CSV)", &bills)
        .await;
    browser.exports(PRICES, &book.write(&book.in_force())).await;
    let today = browser
        .script("return new Date().toISOString().split('T')[0]")
        .await;
    let cover = Cover {
        title: "",
        date: today.as_str().unwrap(),
        link: &format!("{}#{}", browser.site.url(), link::write(inputs, book.day())),
    };
    let flips = flips::within(inputs, &book, flips::SOON);
    let record = decision::record(&cover, inputs, &assessment, &book, &flips, &[]);
    browser.exports("Decision record (Markdown)", &record).await;
    let forms = browser.texts("#share-form option").await;
    for form in forms.iter().filter(|form| form.ends_with("(SVG)")) {
        let picture = browser.exported(form).await;
        assert!(
            svgs(inputs).contains(&(form.as_str(), starts(&picture))),
            "{form}: {picture}"
        );
    }
    browser.end().await;
}

/// A picture without what its width and theme make of it: how it begins, and its texts.
pub(super) fn starts(picture: &str) -> Vec<String> {
    let texts = picture.split("<text").skip(1);
    let mut texts: Vec<String> = texts
        .filter_map(|text| Some(text.split_once('>')?.1.split('<').next()?.to_owned()))
        .collect();
    texts.sort_unstable();
    texts
}

/// The native pictures, at the widths that the page may take.
pub(super) fn svgs(inputs: &Inputs) -> Vec<(&'static str, Vec<String>)> {
    let assessment = assessed(inputs);
    let costs = Costs::of(&assessment);
    let curves = curves_of(inputs);
    [640.0, 800.0, 900.0, 960.0, 1_000.0, 1_200.0]
        .into_iter()
        .flat_map(|width| {
            let theme = Theme::light();
            [
                (
                    "Chart of costs (SVG)",
                    starts(&svg::chart_svg(
                        &costs,
                        "Monthly cost, US dollars",
                        &theme,
                        width,
                    )),
                ),
                (
                    "Chart of cost against requests (SVG)",
                    starts(&svg::chart_svg(
                        &curves,
                        "Cost against requests",
                        &theme,
                        width,
                    )),
                ),
            ]
        })
        .collect()
}

impl Browser {
    /// Waits until the preview tells these differences.
    pub(crate) async fn previews(&self, now: &Inputs, then: &Inputs) {
        let rows: Vec<Vec<String>> = differences(now, then)
            .into_iter()
            .map(|one| vec![one.label.to_owned(), one.a, one.b])
            .collect();
        assert!(!rows.is_empty());
        self.tabulates("#preview .pair tbody tr", &rows).await;
    }
}

async fn files_are_taken_over_once_they_were_seen(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    browser.open().await;
    browser.unfold("As a file").await;
    browser.opens("import").await;
    let mut inputs = with_engineers(9);
    sets(&mut inputs, REQUESTS, 3e8);
    browser.enter(ENGINEERS, "9").await;
    browser.enter(REQUESTS, "300M").await;
    browser.agrees(&inputs).await;
    browser
        .exports(SCENARIO, &scenario::write(&inputs).to_string())
        .await;
    let exported = browser.exported(SCENARIO).await;
    browser.press("Undo").await;
    browser.press("Undo").await;
    let begin = Inputs::default();
    browser.agrees(&begin).await;
    browser.paste(&exported).await;
    browser.previews(&begin, &inputs).await;
    browser.agrees(&begin).await;
    browser.press("Take it over").await;
    browser.agrees(&inputs).await;
    browser.reads("#preview > *", &[]).await;
    // The price book, with one value changed.
    let exported = browser.exported(PRICES).await;
    let line = exported
        .lines()
        .find(|line| line.contains("aws/eks/cluster,"))
        .unwrap();
    let cells: Vec<&str> = line.splitn(5, ',').collect();
    let other = format!("{},{},{},9.75,{}", cells[0], cells[1], cells[2], cells[4]);
    let changed = exported.replace(line, &other);
    let own = bundled().own_prices(&changed).unwrap();
    assert_eq!((own.len(), own[0].value), (1, 9.75));
    let before = inputs.clone();
    inputs.prices = own;
    browser.paste(&changed).await;
    browser.previews(&before, &inputs).await;
    browser.press("Take it over").await;
    browser.agrees(&inputs).await;
    // What is damaged is told and changes nothing.
    let half = &exported[..exported.len() / 2 + 7];
    for damaged in ["{\"v\":1,", "[1,2]", half, "{\"v\":99}", "no file at all"] {
        browser.paste(damaged).await;
        let message = async || browser.texts("#import-text-message").await.concat();
        let told = "return document.getElementById('import-text-message').textContent !== ''\
             && document.querySelector('#preview button') === null";
        if damaged == half && bundled().own_prices(half).is_ok() {
            continue;
        }
        browser.returns(told, json!(true)).await;
        assert!(message().await.len() > 10, "{damaged}");
        browser.agrees(&inputs).await;
    }
    browser.end().await;
}

//! The page as an instrument: inputs, verdict, ranking, bill, charts, kept work, files, prices, all as the model has them.

mod changes;
mod corners;
mod later;
mod pictures;

use crate::engine::{Browser, Engine, Wish, in_each_engine};
use plimsoll_chart::{Chart, bars::Costs, curve::Curves, svg, theme::Theme};
use plimsoll_formats::{
    query::Panel,
    scenario::{
        self, link,
        saved::{self, Desk, Reading},
    },
};
use plimsoll_model::{
    Assessment, assess,
    basis::Basis,
    bill::{Bill, Line, Part, Source},
    duties::{DUTIES, estimate},
    explore::{
        break_even::Search,
        sweep::{POINTS, Sweep},
    },
    inputs::{ASSUMPTIONS, Below, FIELDS, Field, Inputs, Kind, at, fields},
    platform::Platform,
    presets::Preset,
    prices::{OwnPrice, PriceBook, RowId},
    region::Region,
    units::Usd,
};
use plimsoll_wording::{
    difference::{self, differences, totals},
    explain,
    export::{self, markdown::Cover},
    format,
};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use thirtyfour::{By, Key};

in_each_engine!(
    the_verdict_is_in_sight_in_a_wide_window,
    the_verdict_is_in_sight_in_a_narrow_window,
    three_inputs_are_enough_and_the_others_are_told,
    every_input_has_a_control,
    numbers_are_typed_as_people_write_them,
    a_slider_goes_by_preferred_numbers,
    what_is_mistyped_stays_and_the_numbers_too,
    only_another_answer_is_spoken,
    the_ranking_says_fit_and_what_is_published,
    two_pinned_platforms_stand_side_by_side,
    each_line_of_a_bill_is_derived,
    a_price_of_ones_own_changes_every_total,
    a_discount_leads_to_its_control,
    the_bars_are_read_out,
    the_curves_are_read_out,
    steps_are_taken_back_and_done_again,
    scenarios_are_kept_under_names,
    what_version_1_kept_is_brought_up,
    what_a_newer_version_kept_is_left_alone,
    two_tabs_lose_nothing,
    a_link_holds_everything_and_takes_nothing_away,
    each_form_of_a_file_is_the_native_one,
    files_are_taken_over_once_they_were_seen,
    the_price_book_is_searched_and_changed,
    an_assumption_changes_the_totals,
    the_sum_of_the_duties_is_tracked_time,
    the_snippet_opens_what_was_chosen,
);

fn bundled() -> PriceBook {
    PriceBook::bundled()
}

/// What the page prices these inputs with.
fn book_of(inputs: &Inputs) -> PriceBook {
    bundled().with_own(&inputs.prices)
}

fn assessed(inputs: &Inputs) -> Assessment {
    assess(inputs, &book_of(inputs))
}

fn sets(inputs: &mut Inputs, path: &str, x: f64) {
    let Kind::Number { set, .. } = Field::by_path(path).kind else {
        panic!("{path} is no number")
    };
    set(inputs, x);
    inputs.clamp_dependents();
}

fn gets(inputs: &Inputs, path: &str) -> f64 {
    let Kind::Number { get, .. } = Field::by_path(path).kind else {
        panic!("{path} is no number")
    };
    get(inputs)
}

fn label(path: &str) -> &'static str {
    Field::by_path(path).label
}

fn with_engineers(engineers: u32) -> Inputs {
    let mut inputs = Inputs::default();
    inputs.team.engineers = engineers;
    inputs
}

/// The element that a control of an input has.
fn id_of(field: &Field) -> String {
    field.path.replace('.', "-")
}

const REQUESTS: &str = "http.requests_per_month";
const ENGINEERS: &str = "team.engineers";

impl Browser {
    /// The texts of all elements that a selector finds.
    pub(crate) async fn texts(&self, css: &str) -> Vec<String> {
        let script = format!(
            "return [...document.querySelectorAll({})].map((found) => found.textContent)",
            json!(css)
        );
        serde_json::from_value(self.script(&script).await).unwrap()
    }

    /// Waits until a script returns what is expected.
    pub(crate) async fn returns(&self, script: &str, expected: Value) {
        let began = std::time::Instant::now();
        loop {
            let found = self.script(script).await;
            if found == expected {
                return;
            }
            assert!(
                began.elapsed() < std::time::Duration::from_mins(1),
                "{script}\ngives {found}\nand not {expected}"
            );
            tokio::time::sleep(std::time::Duration::from_millis(30)).await;
        }
    }

    /// Waits until the texts of all elements that a selector finds are these.
    pub(crate) async fn reads(&self, css: &str, expected: &[String]) {
        let script = format!(
            "return [...document.querySelectorAll({})].map((found) => found.textContent)",
            json!(css)
        );
        self.returns(&script, json!(expected)).await;
    }

    /// Waits until the cells of all rows that a selector finds are these.
    async fn tabulates(&self, css: &str, expected: &[Vec<String>]) {
        let script = format!(
            "return [...document.querySelectorAll({})].map((row) => [...row.cells].map((cell) => cell.textContent))",
            json!(css)
        );
        self.returns(&script, json!(expected)).await;
    }

    /// Waits until fields have these values.
    pub(crate) async fn holds(&self, css: &str, expected: &[String]) {
        let script = format!(
            "return [...document.querySelectorAll({})].map((field) => field.value)",
            json!(css)
        );
        self.returns(&script, json!(expected)).await;
    }

    /// Clicks what a selector finds.
    async fn press_at(&self, css: &str) {
        self.click_found(By::Css(css)).await;
    }

    /// Writes into what a selector finds, and leaves it.
    async fn write_at(&self, css: &str, text: &str) {
        let field = self.found(By::Css(css)).await;
        self.click(&field).await;
        field.send_keys(Key::Control + "a").await.unwrap();
        field.send_keys(text).await.unwrap();
        field.send_keys(Key::Tab).await.unwrap();
    }

    /// Types into a field and leaves it.
    async fn enter(&self, path: &str, text: &str) {
        self.type_into(label(path), text).await;
        let field = self.labelled(label(path)).await;
        field.send_keys(Key::Tab).await.unwrap();
    }

    /// Waits until every row shows what the model says, with the user's own prices.
    async fn agrees(&self, inputs: &Inputs) {
        self.shows_with(inputs, &book_of(inputs)).await;
    }

    /// Whether an element is in the window with all of its height.
    async fn in_sight(&self, css: &str) -> bool {
        let script = format!(
            "const {{ top, bottom, width, height }} = document.querySelector({}).getBoundingClientRect();\
             return width > 0 && height > 0 && top >= -1 && bottom <= innerHeight + 1",
            json!(css)
        );
        self.script(&script).await == json!(true)
    }

    async fn scroll_to_the_end(&self) {
        let at_the_end = "scrollTo({ top: document.documentElement.scrollHeight, behavior: 'instant' });\
             return scrollY > 2 * innerHeight";
        self.returns(at_the_end, json!(true)).await;
    }

    /// Opens a fold.
    async fn opens(&self, id: &str) {
        // The page grows while its panels are made, and a click may miss what moves: then a user clicks again.
        let open = format!("return document.querySelector('#{id}').open");
        self.until("the fold to be open", async || {
            self.press_at(&format!("#{id} > summary")).await;
            self.script(&open).await == json!(true)
        })
        .await;
        let filled = format!("return document.querySelector('#{id} > :nth-child(2)') !== null");
        self.returns(&filled, json!(true)).await;
    }
}

// Layout.

async fn the_verdict_is_in_sight_in_a_wide_window(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    browser.open_narrow(1280, "").await;
    let at_the_right = "const left = (css) => document.querySelector(css).getBoundingClientRect();\
         const [inputs, results, verdict] = ['.inputs', '.results', '.verdict'].map(left);\
         return inputs.right <= results.left && results.right <= verdict.left";
    assert_eq!(browser.script(at_the_right).await, json!(true));
    assert!(browser.in_sight(".verdict .answer").await);
    browser.scroll_to_the_end().await;
    assert!(browser.in_sight(".verdict .answer").await);
    assert!(!browser.in_sight(".bar").await);
    browser.end().await;
}

async fn the_verdict_is_in_sight_in_a_narrow_window(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    browser.open_narrow(390, "").await;
    browser.scroll_to_the_end().await;
    for engineers in [5, 40] {
        let inputs = with_engineers(engineers);
        browser.enter(ENGINEERS, &engineers.to_string()).await;
        browser.agrees(&inputs).await;
        let assessment = assessed(&inputs);
        let platform = assessment.verdict.platform.unwrap();
        let total = assessment.comparison.total(platform).unwrap();
        let short = format!("{} {}", platform.name(), format::usd_about(total));
        browser.reads(".bar strong", &[short]).await;
        assert!(browser.in_sight(".bar").await);
        browser.scroll_to_the_end().await;
        assert!(!browser.in_sight("#verdict-title").await);
        browser.press_at(".bar button").await;
        let there = "return document.activeElement.id";
        browser.returns(there, json!("verdict-title")).await;
        assert!(browser.in_sight("#verdict-title").await);
    }
    let below = "return Math.abs(document.querySelector('.bar').getBoundingClientRect().bottom - innerHeight) < 1";
    assert_eq!(browser.script(below).await, json!(true));
    browser.end().await;
}

impl Browser {
    /// Sees that the list of the quick mode says of each input what it is, and whether somebody has set it.
    async fn tells_what_is_assumed(&self, inputs: &Inputs) {
        let list = "return [...document.querySelectorAll('.inputs > ul > li')]\
             .map((item) => [item.textContent, item.hasAttribute('data-own')])";
        let list: Vec<(String, bool)> = serde_json::from_value(self.script(list).await).unwrap();
        assert!(list.len() > 3, "{list:?}");
        for (text, marked) in list {
            let (name, said) = text.split_once(": ").unwrap();
            let field = FIELDS.iter().find(|field| field.label == name).unwrap();
            let own = !field.same(inputs, &Inputs::default());
            let value = difference::value(field, inputs);
            let assumed = if own { "" } else { " (assumed)" };
            assert_eq!((said, marked), (&*[&value, assumed].concat(), own));
        }
    }
}

async fn three_inputs_are_enough_and_the_others_are_told(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    browser.open().await;
    let mut inputs = Inputs::default();
    let sliders = "return document.querySelectorAll('.inputs .slider').length";
    browser.press("Quick").await;
    browser.returns(sliders, json!(3)).await;
    browser.tells_what_is_assumed(&inputs).await;
    browser.push(label(ENGINEERS), Key::Right, 2).await;
    let engineers = browser.value_of(label(ENGINEERS)).await;
    inputs.team.engineers = engineers.parse().unwrap();
    browser.agrees(&inputs).await;
    browser.press("Show all inputs").await;
    browser.enter("services", "7").await;
    browser.choose(label("buy.commitment"), "One year").await;
    sets(&mut inputs, "services", 7.0);
    let Kind::Choice { options, set, .. } = at::buy::commitment.kind else {
        panic!("a choice")
    };
    let one_year = options.iter().position(|(_, label)| *label == "One year");
    set(&mut inputs, one_year.unwrap());
    browser.agrees(&inputs).await;
    browser.press("Quick").await;
    browser.returns(sliders, json!(3)).await;
    browser.tells_what_is_assumed(&inputs).await;
    browser.reload().await;
    browser.returns(sliders, json!(3)).await;
    browser.tells_what_is_assumed(&inputs).await;
    browser.agrees(&inputs).await;
    browser.press("All").await;
    browser.reload().await;
    assert!(browser.script(sliders).await.as_u64().unwrap() > 3);
    browser.end().await;
}

async fn every_input_has_a_control(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    browser.open().await;
    browser.all_inputs().await;
    let ids: Vec<String> = FIELDS.iter().map(id_of).collect();
    let missing = format!(
        "return {}.filter((id) => !document.getElementById(id)?.matches('.inputs .field :is(input, select)'))",
        json!(ids)
    );
    assert_eq!(browser.script(&missing).await, json!([]));
    // Each stands there once, with the value that the model begins with.
    let twice = format!(
        "return {}.filter((id) => document.querySelectorAll('#' + CSS.escape(id)).length !== 1)",
        json!(ids)
    );
    assert_eq!(browser.script(&twice).await, json!([]));
    let inputs = Inputs::default();
    let begin: BTreeMap<String, Value> = FIELDS
        .iter()
        .map(|field| {
            let value = match field.kind {
                Kind::Number { get, .. } => json!(format::editable(get(&inputs))),
                Kind::Optional { get, .. } => {
                    json!(get(&inputs).map_or(String::new(), format::editable))
                }
                Kind::Flag { get, .. } => json!(get(&inputs)),
                Kind::Choice { options, get, .. } => json!(options[get(&inputs)].0),
            };
            (id_of(field), value)
        })
        .collect();
    let values = format!(
        "return Object.fromEntries({}.map((id) => [id, document.getElementById(id)])\
         .map(([id, field]) => [id, field.type === 'checkbox' ? field.checked : field.value]))",
        json!(ids)
    );
    assert_eq!(browser.script(&values).await, json!(begin));
    browser.end().await;
}

// Controls.

impl Browser {
    /// Whether a control looks set by the user, and whether there is a way back.
    async fn is_own(&self, path: &str, own: bool) {
        let field = Field::by_path(path);
        let marks = format!(
            "const frame = document.getElementById('{}').closest('.field');\
             return [frame.hasAttribute('data-own'), frame.querySelector('.reset') !== null]",
            id_of(field)
        );
        self.returns(&marks, json!([own, own])).await;
    }

    async fn reset(&self, path: &str) {
        self.press_at(&format!(".reset[aria-label='Reset {}']", label(path)))
            .await;
    }
}

async fn numbers_are_typed_as_people_write_them(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    browser.open().await;
    let mut inputs = Inputs::default();
    for (path, text) in [
        (REQUESTS, "3M"),
        (REQUESTS, "1.5k/s"),
        ("instance.startup_s", "250ms"),
        ("instance.startup_s", "4.5"),
    ] {
        let range = Field::by_path(path).range().unwrap();
        let value = format::parse_quantity(text, range.unit).unwrap();
        assert!(range.contains(value));
        browser.type_into(label(path), text).await;
        sets(&mut inputs, path, value);
        browser.agrees(&inputs).await;
        assert_eq!(browser.value_of(label(path)).await, text);
        browser.enter(path, text).await;
        let field = format!("#{}", id_of(Field::by_path(path)));
        browser.holds(&field, &[format::editable(value)]).await;
        browser.is_own(path, true).await;
    }
    browser.is_own(ENGINEERS, false).await;
    for path in [REQUESTS, "instance.startup_s"] {
        browser.reset(path).await;
        sets(&mut inputs, path, gets(&Inputs::default(), path));
        browser.agrees(&inputs).await;
        browser.is_own(path, false).await;
        let begin = format::editable(gets(&inputs, path));
        assert_eq!(browser.value_of(label(path)).await, begin);
    }
    browser.end().await;
}

/// The next number above, of those that begin with one of these digits.
fn next_preferred(x: f64) -> f64 {
    const PREFERRED: [f64; 11] = [1.0, 1.2, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0];
    let decade = 10_f64.powf(x.log10().floor());
    let next = PREFERRED.into_iter().find(|y| y * decade > x * 1.000_001);
    next.unwrap() * decade
}

async fn a_slider_goes_by_preferred_numbers(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    browser.open().await;
    let mut inputs = Inputs::default();
    for path in [REQUESTS, "http.latency_ms"] {
        let field = Field::by_path(path);
        let range = field.range().unwrap();
        let value = async || {
            let text = browser.value_of(field.label).await;
            format::parse_number(&text).unwrap_or_else(|| panic!("{path} shows {text}"))
        };
        let slider = browser.slider(field.label).await;
        let before = value().await;
        browser.push(field.label, Key::Right, 1).await;
        let after = value().await;
        assert!(
            (after / next_preferred(before) - 1.0).abs() < 1e-9,
            "{path}: {after}"
        );
        slider.send_keys(Key::PageUp).await.unwrap();
        let large = value().await;
        assert!(large > next_preferred(after), "{path}: {large}");
        sets(&mut inputs, path, large);
        browser.agrees(&inputs).await;
        slider.send_keys(Key::PageDown).await.unwrap();
        assert_eq!(value().await, after);
        slider.send_keys(Key::End).await.unwrap();
        assert_eq!(value().await, range.max);
        slider.send_keys(Key::Home).await.unwrap();
        let least = if range.below == Below::Nothing {
            range.min
        } else {
            0.0
        };
        assert_eq!(value().await, least);
        sets(&mut inputs, path, least);
        browser.agrees(&inputs).await;
        let words = slider.attr("aria-valuetext").await.unwrap().unwrap();
        assert_eq!(words, format!("{} {}", format::number(least), range.unit));
        browser.reset(path).await;
        sets(&mut inputs, path, before);
        browser.agrees(&inputs).await;
        let words = slider.attr("aria-valuetext").await.unwrap().unwrap();
        assert_eq!(words, format!("{} {}", format::number(before), range.unit));
    }
    browser.end().await;
}

async fn what_is_mistyped_stays_and_the_numbers_too(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    browser.open().await;
    let path = "team.rate_usd_per_hour";
    let mut inputs = Inputs::default();
    browser.enter(path, "90").await;
    sets(&mut inputs, path, 90.0);
    browser.agrees(&inputs).await;
    browser.enter(path, "dear").await;
    assert_eq!(browser.value_of(label(path)).await, "dear");
    let message = browser.message_of(label(path)).await;
    let allowed = format::allowed(Field::by_path(path).range().unwrap());
    assert!(
        message.contains("dear") && message.contains(&allowed),
        "{message}"
    );
    let field = browser.labelled(label(path)).await;
    let invalid = field.attr("aria-invalid").await.unwrap();
    assert_eq!(invalid.as_deref(), Some("true"));
    browser.agrees(&inputs).await;
    // What is done elsewhere does not take it away.
    browser.enter(ENGINEERS, "9").await;
    inputs.team.engineers = 9;
    browser.agrees(&inputs).await;
    assert_eq!(browser.value_of(label(path)).await, "dear");
    browser.end().await;
}

// The verdict and the ranking.

async fn only_another_answer_is_spoken(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    browser.open().await;
    let watch = "window.spoken = 0;\
         new MutationObserver((all) => { window.spoken += all.length }).observe(document.querySelector('.spoken'),\
             { subtree: true, childList: true, characterData: true })";
    browser.script(watch).await;
    let answer = |inputs: &Inputs| {
        let verdict = assessed(inputs).verdict;
        (verdict.class, verdict.platform)
    };
    let mut inputs = Inputs::default();
    let (mut changes, mut same) = (0, 0);
    for engineers in [6, 7, 60, 61, 2, 3] {
        let before = answer(&inputs);
        inputs.team.engineers = engineers;
        inputs.clamp_dependents();
        browser.script("window.spoken = 0").await;
        browser.enter(ENGINEERS, &engineers.to_string()).await;
        browser.agrees(&inputs).await;
        let (_, platform) = answer(&inputs);
        let spoken = browser.texts(".spoken").await.concat();
        assert!(
            platform.is_none_or(|platform| spoken.contains(platform.name())),
            "{spoken}"
        );
        let told = browser
            .script("return window.spoken")
            .await
            .as_u64()
            .unwrap();
        // While it is typed, the first digit alone is a number too.
        let half = with_engineers(engineers.to_string()[..1].parse().unwrap());
        if before == answer(&inputs) && before == answer(&half) {
            assert_eq!(told, 0, "{engineers}: {spoken}");
            same += 1;
        } else {
            changes += 1;
        }
    }
    for id in ["llm-inference", "nightly-batch", "twenty-services"] {
        let preset = Preset::find(id).unwrap();
        let before = answer(&inputs);
        inputs = preset.inputs();
        browser.script("window.spoken = 0").await;
        browser.choose("Start from a situation", preset.name).await;
        browser.agrees(&inputs).await;
        let told = async || browser.script("return window.spoken > 0").await == json!(true);
        if before == answer(&inputs) {
            assert!(!told().await, "{id}");
        } else {
            browser.until("the other answer", told).await;
        }
        let (_, platform) = answer(&inputs);
        let spoken = browser.texts(".spoken").await.concat();
        assert!(
            platform.is_none_or(|platform| spoken.contains(platform.name())),
            "{spoken}"
        );
        changes += usize::from(before != answer(&inputs));
    }
    assert!(changes > 0 && same > 0, "{changes} changes, {same} without");
    browser.end().await;
}

/// Platform, city, then infrastructure, people, total, fit and what is published, or the reason why there is none.
fn ranked(inputs: &Inputs) -> Vec<Vec<String>> {
    let assessment = assessed(inputs);
    let row = |platform: &Platform| match assessment.comparison.quote(*platform) {
        Err(refusal) => vec![platform.name().to_owned(), explain::refusal(refusal)],
        Ok(bill) => {
            let published = (bill.published_share() * 100.0).floor();
            vec![
                platform.name().to_owned(),
                format::usd(bill.infrastructure()),
                format::usd(bill.total()),
                assessment.fit(*platform, inputs).name().to_owned(),
                format!("{} %", format::number(published)),
            ]
        }
    };
    assessment.comparison.ranked.iter().map(row).collect()
}

async fn the_ranking_says_fit_and_what_is_published(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    browser.open().await;
    // Of a platform that can't run, its name and the reason; of the others all cells but city and people.
    let rows = "return [...document.querySelectorAll('.ranking tbody tr')].map((row) => {\
         const reason = row.querySelector('.reason');\
         const cells = [...row.querySelectorAll('td')].filter((_, n, all) => n !== 1 && n < all.length - 1);\
         return [row.querySelector('th button'), ...(reason ? [reason] : cells)].map((cell) => cell.textContent);\
         })";
    let mut reasons = 0;
    for id in ["", "llm-inference", "udp"] {
        let mut inputs = Inputs::default();
        if let Some(preset) = Preset::find(id) {
            inputs = preset.inputs();
            browser.choose("Start from a situation", preset.name).await;
        }
        if id == "udp" {
            inputs = Preset::find("llm-inference").unwrap().inputs();
            inputs.needs.udp_or_tcp = true;
            let switch = browser.labelled(label("needs.udp_or_tcp")).await;
            browser.click(&switch).await;
        }
        browser.agrees(&inputs).await;
        let expected = ranked(&inputs);
        assert_eq!(expected.len(), Platform::ALL.len());
        browser.returns(rows, json!(expected)).await;
        let out = expected.iter().filter(|row| row.len() == 2).count();
        reasons += out;
        let says = format!("Not in the race: {out} of {}", Platform::ALL.len());
        let told = format!(
            "return [...document.querySelectorAll('.verdict summary')]\
             .some((summary) => summary.textContent.includes({}))",
            json!(says)
        );
        browser.returns(&told, json!(out > 0)).await;
    }
    assert!(reasons > 0);
    browser.end().await;
}

/// The two side by side, part by part, with what the second costs more.
fn pair(inputs: &Inputs, one: Platform, other: Platform) -> Vec<Vec<String>> {
    let assessment = assessed(inputs);
    let row = |name: &str, of: &dyn Fn(&Bill) -> Usd| {
        let amount = |platform| assessment.comparison.quote(platform).ok().map(of);
        let text = |usd: Option<Usd>| usd.map_or("\u{2013}".to_owned(), format::usd);
        let (one, other) = (amount(one), amount(other));
        let apart = one.zip(other).map(|(one, other)| other - one);
        vec![name.to_owned(), text(one), text(other), text(apart)]
    };
    let mut rows: Vec<Vec<String>> = Part::ALL
        .into_iter()
        .map(|part| row(part.name(), &|bill| bill.subtotal(part)))
        .collect();
    rows.push(row("Total", &Bill::total));
    rows
}

async fn two_pinned_platforms_stand_side_by_side(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    browser.open().await;
    let mut inputs = Inputs::default();
    let pin = async |platform: Platform| {
        let css = format!("input[aria-label='Compare {}']", platform.name());
        browser.press_at(&css).await;
    };
    let rows = "section[aria-labelledby=ranking-title] .pair tbody tr";
    let titled = async |one: Platform, other: Platform| {
        let head = "section[aria-labelledby=ranking-title] .pair thead th.number";
        let names = [
            one.name().to_owned(),
            other.name().to_owned(),
            "Difference".to_owned(),
        ];
        browser.reads(head, &names).await;
    };
    let [one, other, third] = [Platform::Eks, Platform::CloudRun, Platform::Gke];
    pin(one).await;
    browser.tabulates(rows, &[]).await;
    pin(other).await;
    titled(one, other).await;
    browser.tabulates(rows, &pair(&inputs, one, other)).await;
    inputs.team.engineers = 9;
    browser.enter(ENGINEERS, "9").await;
    browser.agrees(&inputs).await;
    browser.tabulates(rows, &pair(&inputs, one, other)).await;
    pin(third).await;
    titled(other, third).await;
    browser.tabulates(rows, &pair(&inputs, other, third)).await;
    let ticked = "return [...document.querySelectorAll('.ranking input:checked')].map((box) => box.closest('tr').dataset.platform).sort()";
    let mut ids = [other.id(), third.id()];
    ids.sort_unstable();
    browser.returns(ticked, json!(ids)).await;
    // What can't run has nothing to compare.
    inputs.needs.udp_or_tcp = true;
    let switch = browser.labelled(label("needs.udp_or_tcp")).await;
    browser.click(&switch).await;
    browser.agrees(&inputs).await;
    assert!(assessed(&inputs).comparison.quote(other).is_err());
    browser.tabulates(rows, &pair(&inputs, other, third)).await;
    pin(third).await;
    browser.tabulates(rows, &[]).await;
    browser.end().await;
}

// The bill.

impl Browser {
    /// Shows the bill of a platform.
    async fn bills(&self, platform: Platform) {
        self.press_at(&format!(
            ".ranking tr[data-platform={}] th button",
            platform.id()
        ))
        .await;
        let title = format!("The bill of {}", platform.name());
        self.reads("#bill-title", &[title]).await;
    }

    /// Opens or closes the line at a place of the bill.
    async fn press_line(&self, place: usize) {
        let lines = self
            .driver
            .find_all(By::Css(".bill tr[data-meter] th button"))
            .await
            .unwrap();
        self.click(&lines[place]).await;
    }

    /// Waits until the lines of the bill are these: name with mark, quantity, price, amount.
    async fn itemizes(&self, bill: &Bill) {
        let lines = "return [...document.querySelectorAll('.bill tr[data-meter]')].map((row) => [0, 1, 2, 4]\
             .map((cell) => row.cells[cell].textContent.trim()))";
        let expected: Vec<[String; 4]> = lines_of(bill).map(cells_of).collect();
        self.returns(lines, json!(expected)).await;
        let total = format::usd(bill.total());
        self.reads(".bill tfoot .number", &[total]).await;
    }
}

/// The lines of a bill in their order on the page.
fn lines_of(bill: &Bill) -> impl Iterator<Item = &Line> {
    Part::ALL.into_iter().flat_map(|part| bill.part(part))
}

fn cells_of(line: &Line) -> [String; 4] {
    let mark = match line.basis {
        Basis::Published => "",
        Basis::Derived => "derived",
        Basis::Assumed => "assumed",
        Basis::Own => "own",
    };
    [
        format!("{} {mark}", line.name).trim().to_owned(),
        format!("{} {}", format::number(line.quantity), line.unit),
        format::unit_price(line.unit_price),
        format::usd(line.amount()),
    ]
}

async fn each_line_of_a_bill_is_derived(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    browser.open().await;
    let mut inputs = Inputs::default();
    let advised = assessed(&inputs).verdict.platform.unwrap();
    let title = format!("The bill of {}", advised.name());
    browser.reads("#bill-title", &[title]).await;
    for (platform, requests) in [(advised, "10M"), (Platform::Eks, "300M")] {
        browser.enter(REQUESTS, requests).await;
        sets(
            &mut inputs,
            REQUESTS,
            format::parse_quantity(requests, "requests").unwrap(),
        );
        browser.agrees(&inputs).await;
        browser.bills(platform).await;
        let assessment = assessed(&inputs);
        let bill = assessment.comparison.quote(platform).unwrap();
        browser.itemizes(bill).await;
        for (place, line) in lines_of(bill).enumerate() {
            browser.press_line(place).await;
            let derivation = [explain::derivation(line)];
            browser
                .reads(".derivation p:first-child", &derivation)
                .await;
        }
        browser.press_line(lines_of(bill).count() - 1).await;
        browser.reads(".derivation", &[]).await;
    }
    browser.end().await;
}

/// The first line of a bill whose price stands in the price book, with that row and its place.
fn first_priced(bill: &Bill) -> (usize, RowId) {
    let row = |line: &Line| match line.source {
        Source::Row(id) => Some(id),
        _ => None,
    };
    let mut lines = lines_of(bill).enumerate();
    lines
        .find_map(|(place, line)| Some((place, row(line)?)))
        .unwrap()
}

async fn a_price_of_ones_own_changes_every_total(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    browser.open().await;
    let begin = Inputs::default();
    let assessment = assessed(&begin);
    let bill = assessment.comparison.quote(Platform::Eks).unwrap();
    let (place, id) = first_priced(bill);
    let book = bundled();
    let row = book.row(id);
    let price = row.value.unwrap();
    let priced = |value: f64| {
        let mut inputs = begin.clone();
        inputs.prices.push(OwnPrice {
            meter: row.meter,
            region: row.region,
            value,
        });
        inputs
    };
    browser.bills(Platform::Eks).await;
    browser.press_line(place).await;
    // A little less, so that it stays what is taken.
    for (share, back) in [(0.9, "Back to the book\u{2019}s"), (0.95, "Undo")] {
        let value = price * share;
        let inputs = priced(value);
        let now = assessed(&inputs);
        assert_ne!(now.comparison, assessment.comparison);
        browser
            .write_at("#own-price", &format::editable(value))
            .await;
        browser.agrees(&inputs).await;
        browser
            .itemizes(now.comparison.quote(Platform::Eks).unwrap())
            .await;
        let marked = format!(
            "return document.querySelectorAll('.bill tr[data-meter]')[{place}].querySelector('.mark').textContent"
        );
        browser.returns(&marked, json!("own")).await;
        browser.press(back).await;
        browser.agrees(&begin).await;
        browser.itemizes(bill).await;
    }
    // What is no price is told and changes nothing.
    browser.write_at("#own-price", "dear").await;
    let told = browser.texts(".derivation .message").await.concat();
    assert!(told.contains("dear"), "{told}");
    browser.agrees(&begin).await;
    browser.end().await;
}

const DISCOUNT: &str = "buy.discount_percent.aws";

impl Browser {
    /// Enters a discount, and gives the place of its line in the bill of EKS.
    async fn discounts(&self) -> usize {
        let mut inputs = Inputs::default();
        self.enter(DISCOUNT, "20").await;
        sets(&mut inputs, DISCOUNT, 20.0);
        self.agrees(&inputs).await;
        let assessment = assessed(&inputs);
        let bill = assessment.comparison.quote(Platform::Eks).unwrap();
        let place = lines_of(bill).position(|line| line.source == Source::Input(DISCOUNT));
        place.unwrap()
    }

    /// Sees that the explained line leads to the control of an input.
    async fn leads_to(&self, path: &str) {
        self.press("Change it").await;
        let focused = "return document.activeElement.id";
        self.returns(focused, json!(id_of(Field::by_path(path))))
            .await;
    }
}

async fn a_discount_leads_to_its_control(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    browser.open().await;
    let place = browser.discounts().await;
    browser.bills(Platform::Eks).await;
    browser.press_line(place).await;
    browser.says(label(DISCOUNT)).await;
    // Also where its topic is closed.
    let close = "document.querySelectorAll('.topic').forEach((topic) => { topic.open = false })";
    browser.script(close).await;
    browser.leads_to(DISCOUNT).await;
    browser.end().await;
}

// Charts.

impl Browser {
    /// What a chart reads out, to readers of the screen and to all others.
    async fn reads_out(&self, chart: &str, expected: &str) {
        let told = format!(
            "const frame = document.querySelector(\"{chart}\");\
             return [frame.getAttribute('aria-valuetext'), frame.parentElement.querySelector('.read-out').textContent]"
        );
        self.returns(&told, json!([expected, expected])).await;
    }

    /// Presses a key on a chart.
    async fn key_on(&self, chart: &str, key: Key) {
        let frame = self.found(By::Css(chart)).await;
        frame.send_keys(key).await.unwrap();
    }

    /// Points at a place of a chart, and tells where that is in it, with its width.
    async fn point_at(&self, chart: &str, x: f64, y: f64) -> (f64, f64, f64) {
        // What moves is waited for, as a hand would.
        let into_view = format!(
            "const frame = document.querySelector(\"{chart}\");\
             const rest = async (before) => {{\
                 frame.scrollIntoView({{ block: 'center', behavior: 'instant' }});\
                 await new Promise((go) => setTimeout(go, 35));\
                 const {{ left, top, width, height }} = frame.getBoundingClientRect();\
                 return before === top ? [left, top, width, height] : rest(top);\
             }};\
             return rest()"
        );
        let rect = self.script(&into_view).await;
        let [left, top, width, height]: [f64; 4] = serde_json::from_value(rect).unwrap();
        let (to_x, to_y) = ((left + x * width).round(), (top + y * height).round());
        // In more than one move, as a hand does it: a single one may be of a pointer that rests.
        self.driver
            .action_chain()
            .move_to(to_x as i64 - 3, to_y as i64)
            .move_to(to_x as i64, to_y as i64)
            .perform()
            .await
            .unwrap();
        (to_x - left, to_y - top, width)
    }

    /// Each chart has ink on it.
    async fn is_drawn(&self, canvas: &str) {
        let ink = format!(
            "const c = document.querySelector('canvas.{canvas}');\
             if (!c?.width || !c.height) return false;\
             const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;\
             let n = 0; for (let i = 3; i < d.length; i += 4) if (d[i]) n += 1; return n > 1000"
        );
        self.returns(&ink, json!(true)).await;
    }
}

async fn the_bars_are_read_out(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    browser.open().await;
    let chart = "[role=slider][aria-label='Monthly cost by platform']";
    let expected = Costs::of(&assess(&Inputs::default(), &bundled()));
    browser.is_drawn("bars").await;
    let last = expected.count() - 1;
    for (key, place) in [
        (Key::Right, 0),
        (Key::Right, 1),
        (Key::Down, 2),
        (Key::Left, 1),
        (Key::End, last),
        (Key::Right, last),
        (Key::Home, 0),
        (Key::Left, 0),
    ] {
        browser.key_on(chart, key).await;
        browser.reads_out(chart, &expected.read_out(place)).await;
        let now = format!(
            "const frame = document.querySelector(\"{chart}\");\
             return ['aria-valuenow', 'aria-valuemax'].map((name) => frame.getAttribute(name))"
        );
        let counted = json!([(place + 1).to_string(), expected.count().to_string()]);
        browser.returns(&now, counted).await;
    }
    browser.key_on(chart, Key::Escape).await;
    browser
        .reads(
            "figure[aria-labelledby=chart-title] .read-out",
            &[String::new()],
        )
        .await;
    for y in [0.1, 0.5, 0.8] {
        let (x, y, width) = browser.point_at(chart, 0.5, y).await;
        let place = expected.hit(width, x, y).unwrap();
        browser.reads_out(chart, &expected.read_out(place)).await;
    }
    browser.unfold("The numbers of the chart").await;
    browser
        .tabulates("#chart-table tbody tr", &expected.table().1)
        .await;
    browser.end().await;
}

/// The curves that belong to inputs.
fn curves_of(inputs: &Inputs) -> Curves {
    let book = book_of(inputs);
    let mut sweep = Sweep::new(inputs);
    while sweep.step(&book) {}
    let mut search = Search::new(&sweep);
    while search.step(&book) {}
    Curves {
        here: Some(inputs.http.requests_per_month),
        break_evens: search.found().to_vec(),
        curves: sweep.curves,
    }
}

async fn the_curves_are_read_out(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    browser.open().await;
    let mut inputs = Inputs::default();
    browser.enter("services", "6").await;
    sets(&mut inputs, "services", 6.0);
    browser.agrees(&inputs).await;
    let curves = curves_of(&inputs);
    let chart = "[role=slider][aria-label='Requests a month']";
    browser.unfold("The numbers of the curves").await;
    browser
        .tabulates("#curve-table tbody tr", &curves.table().1)
        .await;
    browser.is_drawn("curve").await;
    browser.reads(".headline", &[curves.reading()]).await;
    for (key, place) in [
        (Key::Right, 0),
        (Key::Right, 1),
        (Key::End, POINTS - 1),
        (Key::Left, POINTS - 2),
        (Key::Home, 0),
    ] {
        browser.key_on(chart, key).await;
        browser.reads_out(chart, &curves.read_out(place)).await;
    }
    for x in [0.3, 0.6] {
        let (x, y, width) = browser.point_at(chart, x, 0.5).await;
        let place = curves.hit(width, x, y).unwrap();
        browser.reads_out(chart, &curves.read_out(place)).await;
    }
    // A pointer that rests takes nothing from the keys, neither where the chart scrolls under it nor where it scrolls away.
    for (key, place) in [(Key::End, POINTS - 1), (Key::Left, POINTS - 2)] {
        browser.key_on(chart, key).await;
        for pixels in [20, -40, 2000, -2000] {
            let scrolls = format!(
                "window.scrollBy({{ top: {pixels}, behavior: 'instant' }});\
                 const frame = () => new Promise(requestAnimationFrame);\
                 const rest = () => new Promise((go) => setTimeout(go, 100));\
                 return frame().then(frame).then(rest)"
            );
            browser.script(&scrolls).await;
            browser.reads_out(chart, &curves.read_out(place)).await;
        }
    }
    browser.end().await;
}

// What is kept.

impl Browser {
    /// Keeps what is on the page under a name.
    pub(crate) async fn keep_as(&self, name: &str) {
        self.write_at("#scenario-name", name).await;
        self.press("Keep").await;
    }

    /// Waits until these names are kept, in this order.
    async fn names(&self, desk: &Desk) {
        let names: Vec<String> = desk.named.iter().map(|named| named.name.clone()).collect();
        self.holds(".named input", &names).await;
    }

    /// Does something with a named scenario.
    async fn does(&self, what: &str, name: &str) {
        self.press_at(&format!(".named button[aria-label='{what} {name}']"))
            .await;
    }
}

async fn steps_are_taken_back_and_done_again(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    browser.open().await;
    let buttons =
        "return [...document.querySelectorAll('.head button')].map((button) => button.disabled)";
    browser.returns(buttons, json!([true, true])).await;
    let mut desk = Desk::default();
    let mut states = vec![desk.clone()];
    // Typed digit by digit, and one step.
    browser.enter(ENGINEERS, "12").await;
    desk.inputs.team.engineers = 12;
    states.push(desk.clone());
    browser.agrees(&desk.inputs).await;
    // Dragged over many numbers, and one step.
    let drag = "const slider = document.getElementById('http-requests_per_month-slider');\
         const from = Number(slider.value);\
         for (let n = 1; n <= 7; n += 1) { slider.value = from + n; slider.dispatchEvent(new Event('input', { bubbles: true })) }\
         slider.dispatchEvent(new Event('change', { bubbles: true }))";
    browser.script(drag).await;
    let shown = browser.value_of(label(REQUESTS)).await;
    desk.inputs.http.requests_per_month = format::parse_number(&shown).unwrap();
    assert_ne!(desk.inputs, states[1].inputs);
    states.push(desk.clone());
    browser.agrees(&desk.inputs).await;
    browser.keep_as("Before").await;
    desk.add("Before", desk.inputs.clone()).unwrap();
    states.push(desk.clone());
    browser.names(&desk).await;
    // A price, in the bill.
    browser.bills(Platform::Eks).await;
    let assessment = assessed(&desk.inputs);
    let (place, id) = first_priced(assessment.comparison.quote(Platform::Eks).unwrap());
    let book = bundled();
    let row = book.row(id);
    let value = row.value.unwrap() * 2.0;
    browser.press_line(place).await;
    browser
        .write_at("#own-price", &format::editable(value))
        .await;
    desk.inputs.prices.push(OwnPrice {
        meter: row.meter,
        region: row.region,
        value,
    });
    states.push(desk.clone());
    browser.agrees(&desk.inputs).await;
    // A switch.
    let switch = browser.labelled(label("options.free_tier")).await;
    browser.click(&switch).await;
    desk.inputs.options.free_tier = !desk.inputs.options.free_tier;
    states.push(desk.clone());
    browser.agrees(&desk.inputs).await;
    for state in states.iter().rev().skip(1) {
        browser.press("Undo").await;
        browser.agrees(&state.inputs).await;
        browser.names(state).await;
    }
    browser.returns(buttons, json!([true, false])).await;
    for state in states.iter().skip(1) {
        browser.press("Redo").await;
        browser.agrees(&state.inputs).await;
        browser.names(state).await;
    }
    browser.returns(buttons, json!([false, true])).await;
    // After another change there is nothing to do again.
    browser.press("Undo").await;
    browser.agrees(&states[states.len() - 2].inputs).await;
    browser.enter("services", "3").await;
    browser.returns(buttons, json!([false, true])).await;
    browser.end().await;
}

async fn scenarios_are_kept_under_names(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    browser.open().await;
    let mut desk = Desk::default();
    browser.enter(ENGINEERS, "9").await;
    desk.inputs.team.engineers = 9;
    browser.keep_as("Nine").await;
    desk.add("Nine", desk.inputs.clone()).unwrap();
    browser.names(&desk).await;
    browser.enter(REQUESTS, "300M").await;
    sets(&mut desk.inputs, REQUESTS, 3e8);
    browser.agrees(&desk.inputs).await;
    // A name that is taken, and none at all.
    for name in ["Nine", " "] {
        browser.keep_as(name).await;
        let name = if name == " " { "Scenario" } else { name };
        desk.add(name, desk.inputs.clone()).unwrap();
        browser.names(&desk).await;
    }
    browser.does("Compare", "Nine").await;
    let compared = async |desk: &Desk| {
        let other = desk.find("Nine").unwrap();
        let found = differences(&desk.inputs, other);
        let found: Vec<Vec<String>> = found
            .into_iter()
            .map(|one| vec![one.label.to_owned(), one.a, one.b])
            .collect();
        let (a, b) = (assessed(&desk.inputs), assessed(other));
        let money: Vec<Vec<String>> = totals(&a.comparison, &b.comparison)
            .iter()
            .filter(|totals| totals.a.or(totals.b).is_some())
            .map(|totals| {
                let mut row = vec![totals.platform.name().to_owned()];
                row.extend(totals.in_words());
                row
            })
            .collect();
        let all: Vec<Vec<String>> = found.into_iter().chain(money).collect();
        browser.tabulates("#scenarios .pair tbody tr", &all).await;
    };
    compared(&desk).await;
    // The comparison follows the page.
    browser.enter("services", "4").await;
    sets(&mut desk.inputs, "services", 4.0);
    browser.agrees(&desk.inputs).await;
    compared(&desk).await;
    browser.does("Open", "Nine").await;
    desk.inputs = desk.find("Nine").unwrap().clone();
    browser.agrees(&desk.inputs).await;
    browser
        .write_at("input[aria-label='Name of Nine 2']", "Many")
        .await;
    desk.rename(1, "Many").unwrap();
    browser.names(&desk).await;
    browser.does("Open", "Many").await;
    desk.inputs = desk.find("Many").unwrap().clone();
    browser.agrees(&desk.inputs).await;
    browser.does("Duplicate", "Many").await;
    let many = desk.find("Many").unwrap().clone();
    desk.add("Many", many).unwrap();
    browser.names(&desk).await;
    browser.does("Remove", "Scenario").await;
    desk.named.remove(2);
    browser.names(&desk).await;
    browser.reload().await;
    browser.agrees(&desk.inputs).await;
    browser.names(&desk).await;
    browser.end().await;
}

/// The text that is kept, as it was written.
const KEPT: &str = "const key = Object.keys(localStorage).find((key) => key.endsWith(':scenario'));\
     return key ? JSON.parse(localStorage[key]) : null";

impl Browser {
    /// Puts a text into storage as an earlier or a later page would have left it, and opens the page.
    async fn open_over(&self, text: &str) {
        self.open().await;
        let keep = format!(
            "localStorage['plimsoll:' + location.pathname + ':v1:scenario'] = JSON.stringify({})",
            json!(text)
        );
        self.script(&keep).await;
        self.reload().await;
    }
}

async fn what_version_1_kept_is_brought_up(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    let text = include_str!("../cases/saved/1-bare.json");
    browser.open_over(text).await;
    let Reading::Read(mut desk, _) = saved::read(text) else {
        panic!("version 1 can't be read")
    };
    assert_ne!(desk.inputs, Inputs::default());
    browser.agrees(&desk.inputs).await;
    browser.enter(ENGINEERS, "33").await;
    desk.inputs.team.engineers = 33;
    browser.keep_as("Brought up").await;
    desk.add("Brought up", desk.inputs.clone()).unwrap();
    browser.names(&desk).await;
    browser.returns(KEPT, json!(saved::write(&desk))).await;
    browser.reload().await;
    browser.agrees(&desk.inputs).await;
    browser.names(&desk).await;
    browser.end().await;
}

async fn what_a_newer_version_kept_is_left_alone(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    let newer = saved::VERSION + 1;
    let text = format!("{{ \"v\":{newer},  \"later\": [1, 2.50, \"\u{e9}\"],\"inputs\":{{}} }}");
    browser.open_over(&text).await;
    browser.says("newer version").await;
    browser.agrees(&Inputs::default()).await;
    browser.sets_engineers(9).await;
    browser.keep_as("Mine").await;
    // Leaving would write what waits to be written.
    browser.reload().await;
    browser.says("newer version").await;
    browser.agrees(&Inputs::default()).await;
    assert_eq!(browser.script(KEPT).await, json!(text));
    browser.end().await;
}

async fn two_tabs_lose_nothing(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    browser.open().await;
    let one = browser.driver.window().await.unwrap();
    let other = browser.driver.new_tab().await.unwrap();
    let go = async |tab: &thirtyfour::WindowHandle| {
        browser.driver.switch_to_window(tab.clone()).await.unwrap();
    };
    let mut desk = Desk::default();
    go(&other).await;
    browser.open().await;
    go(&one).await;
    browser.keep_as("From the first").await;
    desk.add("From the first", desk.inputs.clone()).unwrap();
    browser.names(&desk).await;
    browser.returns(KEPT, json!(saved::write(&desk))).await;
    go(&other).await;
    browser.names(&desk).await;
    browser.keep_as("From the second").await;
    desk.add("From the second", desk.inputs.clone()).unwrap();
    browser.names(&desk).await;
    browser.returns(KEPT, json!(saved::write(&desk))).await;
    go(&one).await;
    browser.names(&desk).await;
    // The numbers of the other are offered, not taken.
    browser.enter(ENGINEERS, "9").await;
    browser.agrees(&with_engineers(9)).await;
    desk.inputs.team.engineers = 9;
    browser.returns(KEPT, json!(saved::write(&desk))).await;
    go(&other).await;
    browser.says("Another tab has saved other numbers").await;
    browser.agrees(&Inputs::default()).await;
    browser.press("Show them here").await;
    browser.agrees(&desk.inputs).await;
    browser
        .returns("return document.getElementById('elsewhere')", Value::Null)
        .await;
    browser.enter(ENGINEERS, "21").await;
    browser.agrees(&with_engineers(21)).await;
    desk.inputs.team.engineers = 21;
    browser.returns(KEPT, json!(saved::write(&desk))).await;
    go(&one).await;
    browser.says("Another tab has saved other numbers").await;
    browser.press("Keep mine").await;
    browser.agrees(&with_engineers(9)).await;
    browser
        .returns("return document.getElementById('elsewhere')", Value::Null)
        .await;
    browser.reload().await;
    browser.agrees(&with_engineers(9)).await;
    // Both names are there still; what the other had may be kept beside them.
    let names = browser
        .script("return [...document.querySelectorAll('.named input')].map((field) => field.value)")
        .await;
    for named in &desk.named {
        assert!(
            names.as_array().unwrap().contains(&json!(named.name)),
            "{names}"
        );
    }
    browser.end().await;
}

async fn a_link_holds_everything_and_takes_nothing_away(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    browser.open().await;
    let mut shared = Inputs::default();
    sets(&mut shared, "services", 4.0);
    sets(&mut shared, REQUESTS, 3e8);
    browser.enter("services", "4").await;
    browser.enter(REQUESTS, "300M").await;
    browser.agrees(&shared).await;
    let fragment = link::write(&shared, bundled().day());
    let expected = format!("{}#{fragment}", browser.site.url());
    browser.holds("#share-link", &[expected]).await;
    assert!(
        fragment.starts_with("v=1&") && fragment.contains("&book="),
        "{fragment}"
    );
    browser.press("Undo").await;
    browser.press("Undo").await;
    browser.enter(ENGINEERS, "33").await;
    let mine = with_engineers(33);
    browser.agrees(&mine).await;
    browser.keep_as("Mine").await;
    browser.reload().await;
    for (choice, then) in [("Back to mine", &mine), ("Keep this one", &shared)] {
        browser.driver.goto("about:blank").await.unwrap();
        browser.open_at(&format!("#{fragment}")).await;
        browser.says("somebody shared").await;
        browser.agrees(&shared).await;
        browser.press(choice).await;
        browser.agrees(then).await;
        browser.holds(".named input", &["Mine".to_owned()]).await;
        assert_eq!(browser.script("return location.hash").await, json!(""));
        browser.reload().await;
        browser.agrees(then).await;
        browser.holds(".named input", &["Mine".to_owned()]).await;
    }
    browser.end().await;
}

// Files.

impl Browser {
    /// The text of a form of the export as its file has it; the field has the same, but for the ends of lines.
    async fn exported(&self, form: &str) -> String {
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
    async fn exports(&self, form: &str, expected: &str) {
        self.choose("What", form).await;
        let text = "return document.getElementById('share-text').value";
        let lines = expected.replace("\r\n", "\n");
        self.returns(text, json!(lines)).await;
        assert_eq!(self.exported(form).await, expected);
    }
}

const SCENARIO: &str = "These numbers (JSON)";
const PRICES: &str = "The price book with your prices (CSV)";

async fn each_form_of_a_file_is_the_native_one(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    browser.open().await;
    let mut desk = Desk::default();
    browser.keep_as("Before").await;
    desk.add("Before", desk.inputs.clone()).unwrap();
    browser.enter(ENGINEERS, "9").await;
    browser.enter(REQUESTS, "42.5M").await;
    desk.inputs.team.engineers = 9;
    sets(&mut desk.inputs, REQUESTS, 42.5e6);
    browser.agrees(&desk.inputs).await;
    browser.unfold("As a file").await;
    let inputs = &desk.inputs;
    let (book, assessment) = (book_of(inputs), assessed(inputs));
    browser
        .exports(SCENARIO, &scenario::write(inputs).to_string())
        .await;
    browser
        .exports(
            "Everything, named scenarios too (JSON)",
            &saved::write(&desk),
        )
        .await;
    let bills = export::csv::bills(&assessment.comparison, &book);
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
    let record = export::markdown::record(&cover, inputs, &assessment, &book);
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
fn starts(picture: &str) -> Vec<String> {
    let texts = picture.split("<text").skip(1);
    let mut texts: Vec<String> = texts
        .filter_map(|text| Some(text.split_once('>')?.1.split('<').next()?.to_owned()))
        .collect();
    texts.sort_unstable();
    texts
}

/// The native pictures, at the widths that the page may take.
fn svgs(inputs: &Inputs) -> Vec<(&'static str, Vec<String>)> {
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
    async fn previews(&self, now: &Inputs, then: &Inputs) {
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

// Prices, assumptions, duties.

async fn the_price_book_is_searched_and_changed(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    browser.open().await;
    browser.opens("prices").await;
    let mut inputs = Inputs::default();
    let book = bundled();
    let search = async |words: &str| {
        let field = browser.found(By::Id("price-search")).await;
        browser.click(&field).await;
        field.send_keys(Key::Control + "a").await.unwrap();
        field.send_keys(words).await.unwrap();
    };
    let found = |words: &str| -> Vec<RowId> {
        let matches = |id: &RowId| {
            let row = book.row(*id);
            let info = row.meter.info();
            let region = row.region.map_or("all", Region::id);
            let text = [
                info.id,
                info.name,
                region,
                &row.city,
                row.confidence.name(),
                &row.note,
            ]
            .join(" ")
            .to_lowercase();
            words.split_whitespace().all(|word| text.contains(word))
        };
        book.in_force().into_iter().filter(matches).collect()
    };
    // Meter, region and price of what is shown.
    let shown = "return [...document.querySelectorAll('#prices tbody tr')].map((row) => [\
         row.querySelector('th .city').textContent, row.cells[1].firstChild.textContent, row.querySelector('input').value])";
    let rows = |ids: &[RowId]| -> Vec<[String; 3]> {
        let row = |id: &RowId| {
            let row = book.row(*id);
            [
                row.meter.info().id.to_owned(),
                row.region.map_or("all", Region::id).to_owned(),
                row.value.map_or(String::new(), format::editable),
            ]
        };
        ids.iter().map(row).collect()
    };
    for words in ["fargate europe", "eks cluster"] {
        search(words).await;
        let found = found(words);
        assert!(!found.is_empty() && found.len() < 40, "{words}");
        browser.returns(shown, json!(rows(&found))).await;
    }
    let ids = found("eks cluster");
    let row = book.row(ids[0]);
    let value = row.value.unwrap() * 4.0;
    browser
        .write_at(
            "#prices tbody tr:first-child input",
            &format::editable(value),
        )
        .await;
    inputs.prices.push(OwnPrice {
        meter: row.meter,
        region: row.region,
        value,
    });
    assert_ne!(
        assessed(&inputs).comparison,
        assessed(&Inputs::default()).comparison
    );
    browser.agrees(&inputs).await;
    // It is found among the own ones, and taken back there.
    browser.reload().await;
    browser.opens("prices").await;
    search("eks cluster own").await;
    let own = json!([[
        row.meter.info().id,
        row.region.map_or("all", Region::id),
        format::editable(value)
    ]]);
    browser.returns(shown, own).await;
    browser.press("Back to the book\u{2019}s").await;
    browser.agrees(&Inputs::default()).await;
    search("eks cluster").await;
    browser.returns(shown, json!(rows(&ids))).await;
    browser.end().await;
}

async fn an_assumption_changes_the_totals(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    browser.open().await;
    browser.opens("assumptions").await;
    let rows = "return document.querySelectorAll('#assumptions tbody tr').length";
    browser.returns(rows, json!(ASSUMPTIONS.len())).await;
    let begin = assessed(&Inputs::default());
    let moved = |path: &str, x: f64| {
        let mut inputs = Inputs::default();
        sets(&mut inputs, path, x);
        inputs
    };
    let changes =
        |path: &str, high: f64| assessed(&moved(path, high)).comparison != begin.comparison;
    let assumption = ASSUMPTIONS
        .iter()
        .find(|one| changes(one.field.path, one.likely.1))
        .unwrap();
    let (_, high) = assumption.likely;
    let path = assumption.field.path;
    let field = format!(
        "#assumptions input[aria-label='{}']",
        assumption.field.label
    );
    browser
        .holds(&field, &[format::editable(assumption.default)])
        .await;
    browser.write_at(&field, &format::editable(high)).await;
    browser.agrees(&moved(path, high)).await;
    browser.is_own(path, true).await;
    browser.write_at(&field, "nobody knows").await;
    let message = browser
        .texts(&format!("#{}-message", id_of(&assumption.field)))
        .await
        .concat();
    let allowed = format::allowed(assumption.field.range().unwrap());
    assert!(
        message.contains("nobody knows") && message.contains(&allowed),
        "{message}"
    );
    browser.agrees(&moved(path, high)).await;
    browser.reset(path).await;
    browser.agrees(&Inputs::default()).await;
    browser.is_own(path, false).await;
    browser
        .holds(&field, &[format::editable(assumption.default)])
        .await;
    assert!(fields::all().count() == FIELDS.len() + ASSUMPTIONS.len());
    browser.end().await;
}

async fn the_sum_of_the_duties_is_tracked_time(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    browser.open().await;
    browser.opens("duties").await;
    let mut hours = estimate(&Inputs::default());
    let written =
        |hours: &[f64]| -> Vec<String> { hours.iter().copied().map(format::number).collect() };
    browser.holds("#duties tbody input", &written(&hours)).await;
    let together = "#duties tfoot .number";
    browser
        .reads(together, &written(&[hours.iter().sum()]))
        .await;
    for (place, text) in [(0, "3.5"), (8, "1.25")] {
        let field = format!("#duties input[aria-label='{}']", DUTIES[place].label);
        browser.write_at(&field, text).await;
        hours[place] = format::parse_number(text).unwrap();
        browser.holds("#duties tbody input", &written(&hours)).await;
        browser
            .reads(together, &written(&[hours.iter().sum()]))
            .await;
    }
    browser
        .press("Use the sum as our hours on Kubernetes")
        .await;
    let mut inputs = Inputs::default();
    let sum: f64 = hours.iter().sum();
    inputs.team.ops_hours_per_week.kubernetes = Some((sum * 10.0).round() / 10.0);
    assert_ne!(
        assessed(&inputs).comparison,
        assessed(&Inputs::default()).comparison
    );
    browser.agrees(&inputs).await;
    let tracked = browser
        .value_of(label("team.ops_hours_per_week.kubernetes"))
        .await;
    assert_eq!(
        format::parse_number(&tracked),
        inputs.team.ops_hours_per_week.kubernetes
    );
    browser.end().await;
}

// Embedding.

async fn the_snippet_opens_what_was_chosen(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    browser.open().await;
    browser.opens("embed").await;
    let mut inputs = with_engineers(9);
    inputs.region = Region::Europe;
    browser.enter(ENGINEERS, "9").await;
    let Kind::Choice { options, .. } = at::region.kind else {
        panic!("a choice")
    };
    let (_, europe) = options
        .iter()
        .find(|(id, _)| *id == Region::Europe.id())
        .unwrap();
    browser.choose(label("region"), europe).await;
    browser.agrees(&inputs).await;
    let snippet = "document.getElementById('embed-snippet').value";
    let src = async |part: &str| {
        let has = format!("return {snippet}.includes({})", json!(part));
        browser.returns(&has, json!(true)).await;
        let snippet = browser.script(&format!("return {snippet}")).await;
        let snippet = snippet.as_str().unwrap().to_owned();
        let src = snippet
            .split_once("src=\"")
            .unwrap()
            .1
            .split('"')
            .next()
            .unwrap();
        src.replace("&amp;", "&")
    };
    let fragment = link::write(&inputs, bundled().day()).replace('&', "&amp;");
    let plain = src(&fragment).await;
    let tick = async |name: &str| {
        let xpath = format!("//*[@id='embed']//label[normalize-space()='{name}']/input");
        let found = browser.found(By::XPath(xpath)).await;
        browser.click(&found).await;
    };
    for (_, name) in [Panel::ALL[0], Panel::ALL[2]] {
        tick(name).await;
    }
    tick("the size of the team").await;
    browser.choose("Theme", "dark").await;
    let chosen = src("theme=dark").await;
    let frame = async |src: &str| {
        let page = format!("<!doctype html><iframe src=\"{src}\" width=1000 height=900></iframe>");
        browser.site.add("/wiki/page.html", &page);
        browser.driver.goto("about:blank").await.unwrap();
        let url = format!("{}wiki/page.html", browser.site.elsewhere());
        browser.driver.goto(url).await.unwrap();
        browser.enter_frame().await;
        browser.ready_in_frame().await;
    };
    frame(&plain).await;
    browser.agrees(&inputs).await;
    let sections = "return ['.inputs', '.verdict', '.ranking', 'canvas.bars', '.bill'].map((css) => document.querySelector(css) !== null)";
    browser
        .returns(sections, json!([true, true, true, true, true]))
        .await;
    browser.leave_frame().await;
    frame(&chosen).await;
    browser
        .returns(sections, json!([true, false, true, false, false]))
        .await;
    let theme = "return document.documentElement.dataset.theme";
    assert_eq!(browser.script(theme).await, json!("dark"));
    let field = browser.labelled(label(ENGINEERS)).await;
    assert!(!field.is_enabled().await.unwrap());
    let field = browser.labelled(label("services")).await;
    assert!(field.is_enabled().await.unwrap());
    browser.end().await;
}

impl Browser {
    /// Waits for the page in a frame, whatever panels it has.
    async fn ready_in_frame(&self) {
        let there = "return document.readyState === 'complete' && document.querySelector('.page') !== null\
             && document.querySelector('.page section') !== null";
        self.returns(there, json!(true)).await;
        self.all_panels().await;
    }
}

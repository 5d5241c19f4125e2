//! What is on screen is what the native model says, to the cent, for random scenarios: some are entered on the page, most
//! come by a link, which takes a tenth of the time.

use crate::engine::{Browser, Engine, Wish, in_each_engine};
use plimsoll_formats::scenario::link;
use plimsoll_model::{
    compare::compare,
    inputs::{FIELDS, Field, Inputs, Kind, Range, Scale, bound_by_others},
    platform::Platform,
    prices::PriceBook,
};
use plimsoll_wording::{explain, format};
use serde_json::{Value, json};
use std::time::{Duration, Instant};
use thirtyfour::{By, Key};

in_each_engine!(
    random_scenarios_that_are_entered_show_the_models_totals,
    random_scenarios_of_links_show_the_models_totals,
);

/// How many scenarios are entered.
const ENTERED: usize = 5;
/// How many come by a link.
const LINKED: usize = 45;
/// How many of a scenario's numbers are typed key by key; the others are set as a script sets them.
const TYPED: usize = 2;

/// Steele, Lea and Flood's SplitMix64 (2014): the same scenarios in each engine, and each time.
struct Random(u64);

impl Random {
    /// From 0 to 1.
    fn share(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// A number as somebody types it: three digits that say something, in one of several ways.
    fn text(&mut self, range: &Range) -> String {
        let share = self.share();
        let x = match range.scale {
            Scale::Linear => range.min + share * (range.max - range.min),
            Scale::Log => range.min * (range.max / range.min).powf(share),
        };
        let rounded: f64 = format!("{x:.2e}").parse().unwrap();
        let x = range.clamp(rounded);
        match (self.share() * 3.0) as u32 {
            0 => format::editable(x),
            1 => format!("{x:e}"),
            _ => format!("{x}"),
        }
    }

    /// What is entered for an input. Needs that rule platforms out come rarely, so that most scenarios have most bills.
    fn entry(&mut self, field: &Field) -> Entry {
        // What rules platforms out is asked for seldom.
        let rules_out = ["needs.", "promises.", "slo_ms"]
            .iter()
            .any(|start| field.path.starts_with(start));
        match field.kind {
            Kind::Number { range, .. } => Entry::Text(self.text(&range)),
            Kind::Optional { range, .. } if self.share() > if rules_out { 0.9 } else { 0.6 } => {
                Entry::Text(self.text(&range))
            }
            Kind::Optional { .. } => Entry::Text(String::new()),
            Kind::Flag { .. } => Entry::Flag(self.share() > if rules_out { 0.95 } else { 0.5 }),
            Kind::Set { options, .. } => {
                Entry::Set(1 + (self.share() * f64::from((1_u32 << options.len()) - 1)) as u32)
            }
            Kind::Choice { .. } if rules_out && self.share() > 0.2 => Entry::Choice(0),
            Kind::Choice { options, .. } => {
                // A week of one's own is pasted, not chosen.
                let own = options.iter().position(|(name, _)| *name == "grid");
                let count = own.unwrap_or(options.len());
                Entry::Choice((self.share() * count as f64) as usize)
            }
        }
    }
}

/// What is entered for an input.
#[derive(Clone, Debug)]
enum Entry {
    Text(String),
    Flag(bool),
    Choice(usize),
    Set(u32),
}

impl Entry {
    /// Sets the input, as the page should.
    fn apply(&self, field: &Field, inputs: &mut Inputs) {
        let number = |text: &str| {
            format::parse_number(text).unwrap_or_else(|| panic!("{text} is not a number"))
        };
        match (self, field.kind) {
            (Self::Text(text), Kind::Number { set, .. }) => set(inputs, number(text)),
            (Self::Text(text), Kind::Optional { set, .. }) => {
                set(inputs, (!text.is_empty()).then(|| number(text)));
            }
            (Self::Flag(on), Kind::Flag { set, .. }) => set(inputs, *on),
            (Self::Choice(place), Kind::Choice { set, .. }) => set(inputs, *place),
            (Self::Set(bits), Kind::Set { set, .. }) => set(inputs, *bits),
            _ => unreachable!("{field:?} does not take {self:?}"),
        }
    }

    /// For the script that enters it.
    fn told(&self, field: &Field) -> Value {
        let value = match (self, field.kind) {
            (Self::Text(text), _) => json!(text),
            (Self::Flag(on), _) => json!(on),
            (Self::Choice(place), Kind::Choice { options, .. }) => json!(options[*place].0),
            (Self::Set(bits), Kind::Set { options, .. }) => (0..options.len())
                .filter(|place| bits & (1 << place) != 0)
                .map(|place| options[place].0)
                .collect(),
            _ => unreachable!("{field:?} does not take {self:?}"),
        };
        json!({ "id": field.path.replace('.', "-"), "label": field.label, "value": value })
    }
}

/// Enters values as events of the browser would, and tells which inputs the page does not have.
const ENTER: &str = r"
    const missing = [];
    const find = (id, label) => document.getElementById(id)
        ?? [...document.querySelectorAll('label')].find((one) => one.textContent.trim() === label)?.control;
    for (const { id, label, value } of arguments[0]) {
        if (Array.isArray(value)) {
            // The last box can't be taken away, so that what is to stay comes first.
            const boxes = [...document.querySelectorAll(`input[id^='${id}-']`)];
            const wanted = (box) => value.includes(box.id.slice(id.length + 1));
            for (const box of boxes.sort((a, b) => wanted(b) - wanted(a))) {
                if (box.checked !== wanted(box)) box.click();
            }
            if (boxes.length === 0) missing.push(id);
            continue;
        }
        const field = find(id, label);
        const radio = document.querySelector(`input[type=radio][name='${id}'][value='${value}']`);
        if (radio) {
            radio.click();
        } else if (!field || field.disabled) {
            missing.push(id);
        } else if (typeof value === 'boolean') {
            if ((field.checked ?? field.getAttribute('aria-checked') === 'true') !== value) field.click();
        } else {
            field.value = value;
            for (const kind of ['input', 'change']) field.dispatchEvent(new Event(kind, { bubbles: true }));
        }
    }
    return missing;
";

/// The cells of each platform's row.
const ROWS: &str = r"
    const rows = {};
    document.querySelectorAll('.more button[aria-expanded=false]').forEach((more) => more.click());
    for (const row of document.querySelectorAll('.ranking tr[data-platform]')) {
        const reason = row.querySelector('.reason');
        const known = [...row.querySelectorAll('data')].map((data) => data.value);
        rows[row.dataset.platform] = reason ? [reason.firstChild.data.trim()] : known;
    }
    return rows;
";

async fn random_scenarios_that_are_entered_show_the_models_totals(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    browser.open_at("?nosw").await;
    browser.all_inputs().await;
    let book = PriceBook::bundled();
    let mut random = Random(1);
    let mut bills = 0;
    for n in 0..ENTERED {
        let scenario = Scenario::new(&mut random);
        browser.enter_scenario(n, &scenario).await;
        bills += browser.shows_totals(n, &scenario.inputs, &book).await;
    }
    enough(bills, ENTERED);
    browser.end().await;
}

async fn random_scenarios_of_links_show_the_models_totals(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    browser.open_first_screen("?nosw").await;
    let book = PriceBook::bundled();
    let mut random = Random(2);
    let mut bills = 0;
    for n in 0..LINKED {
        let Scenario { inputs, .. } = Scenario::new(&mut random);
        // Followed on the same page: a link is taken up without another load.
        let fragment = json!(link::write(&inputs, book.day()));
        browser.script(&format!("location.hash = {fragment}")).await;
        bills += browser.shows_totals(n, &inputs, &book).await;
    }
    enough(bills, LINKED);
    browser.end().await;
}

/// Were nearly everything ruled out, little would have been compared.
fn enough(bills: usize, scenarios: usize) {
    assert!(bills > scenarios * Platform::ALL.len() / 3, "{bills} bills");
}

/// A random scenario.
struct Scenario {
    inputs: Inputs,
    /// What is entered for it, in an order in which nothing is bound by what is about to change.
    entries: Vec<(&'static Field, Entry)>,
}

impl Scenario {
    fn new(random: &mut Random) -> Self {
        let mut inputs = Inputs::default();
        let (mut free, mut bound) = (Vec::new(), Vec::new());
        for field in FIELDS {
            let is_bound = bound_by_others(field.path, &inputs).is_some();
            let list = if is_bound { &mut bound } else { &mut free };
            list.push((field, random.entry(field)));
        }
        for (field, entry) in &free {
            entry.apply(field, &mut inputs);
        }
        for (field, entry) in &mut bound {
            entry.apply(field, &mut inputs);
            if let (false, Kind::Number { get, .. }) =
                (inputs.clamp_dependents().is_empty(), field.kind)
            {
                *entry = Entry::Text(format!("{}", get(&inputs)));
            }
        }
        free.append(&mut bound);
        Self {
            inputs,
            entries: free,
        }
    }
}

impl Browser {
    /// Enters a whole scenario.
    async fn enter_scenario(&self, n: usize, Scenario { inputs, entries }: &Scenario) {
        self.type_some(n, inputs, entries).await;
        let told: Vec<Value> = entries
            .iter()
            .map(|(field, entry)| entry.told(field))
            .collect();
        let missing = self.driver.execute(ENTER, vec![json!(told)]).await.unwrap();
        assert_eq!(missing.json(), &json!([]), "inputs that the page lacks");
    }

    /// Types some of the numbers that no other input binds with keys, others in each scenario. The script finds them as
    /// they are to be.
    async fn type_some(&self, n: usize, inputs: &Inputs, entries: &[(&Field, Entry)]) {
        let texts: Vec<_> = entries
            .iter()
            .filter(|(field, _)| bound_by_others(field.path, inputs).is_none())
            .filter_map(|(field, entry)| match (entry, field.kind) {
                (Entry::Text(text), Kind::Number { .. }) => Some((field, text)),
                _ => None,
            })
            .collect();
        for (field, text) in texts.iter().cycle().skip(n * TYPED).take(TYPED) {
            let id = field.path.replace('.', "-");
            let element = self.driver.find(By::Id(id)).await.unwrap();
            element.scroll_into_view().await.unwrap();
            element.focus().await.unwrap();
            element.send_keys(Key::Control + "a").await.unwrap();
            element.send_keys(text.as_str()).await.unwrap();
            element.send_keys(Key::Tab).await.unwrap();
            let shown = element.prop("value").await.unwrap().unwrap_or_default();
            let (shown, typed) = (format::parse_number(&shown), format::parse_number(text));
            assert_eq!(shown, typed, "{} after typing {text}", field.path);
        }
    }

    /// Waits until every platform's row shows its total or why it has none. The number of totals.
    async fn shows_totals(&self, n: usize, inputs: &Inputs, book: &PriceBook) -> usize {
        let comparison = compare(inputs, book);
        let began = Instant::now();
        loop {
            let rows = self.script(ROWS).await;
            let wrong = Platform::ALL.iter().find_map(|platform| {
                let cells = rows[platform.id()].as_array().cloned().unwrap_or_default();
                let expected = match comparison.quote(*platform) {
                    Ok(bill) => format::usd(bill.total()),
                    Err(refusal) => explain::refusal(refusal),
                };
                let there = cells.iter().any(|cell| *cell == json!(expected));
                (!there).then(|| format!("{}: {cells:?} and not {expected}", platform.id()))
            });
            let Some(wrong) = wrong else {
                let quotes = Platform::ALL.map(|platform| comparison.quote(platform).is_ok());
                return quotes.into_iter().filter(|priced| *priced).count();
            };
            assert!(
                began.elapsed() < Duration::from_mins(1),
                "scenario {n}: {wrong}\n{inputs:?}"
            );
            tokio::time::sleep(Duration::from_millis(30)).await;
        }
    }
}

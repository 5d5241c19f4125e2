//! The defaults of the site that hosts the page: a scenario, own prices, locked inputs, a title, links.
//!
//! From `plimsoll.config.json` beside the page, or from inside the one file. It is checked like any import: what can be used
//! is used, and everything else is a diagnostic to whoever opens the page.

use super::{
    json, lists,
    reader::{Reader, few, kind_of, shown},
    text,
};
use plimsoll_model::{
    diagnostic::Diagnostic,
    inputs::{Field, Inputs, fields},
    prices::PriceBook,
};
use serde_json::{Map, Value};

/// The longest title or text of a link, in characters.
const LONGEST_TEXT: usize = 120;
/// The most links.
const MOST_LINKS: usize = 10;
/// The longest text that is read, in bytes: a price book is larger than a scenario.
pub const TEXT_LIMIT: usize = 1024 * 1024;

/// A link that the site adds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// What it says.
    pub text: String,
    /// Where it leads: http, https, mailto, or relative.
    pub href: String,
}

/// What a site sets.
#[derive(Clone, Debug)]
pub struct Site {
    /// In place of our own title.
    pub title: Option<String>,
    /// Below the page.
    pub links: Vec<Link>,
    /// Where a visitor begins.
    pub base: Inputs,
    /// The prices: ours, and the site's own over them.
    pub book: PriceBook,
    /// The paths of the inputs that stay as they are in [`base`](Self::base).
    pub locked: Vec<&'static str>,
    /// What could not be used.
    pub diagnostics: Vec<Diagnostic>,
}

impl Default for Site {
    fn default() -> Self {
        Self::with(PriceBook::bundled())
    }
}

impl Site {
    /// A site that sets nothing, at the prices of a book.
    pub fn with(book: PriceBook) -> Self {
        Self {
            title: None,
            links: Vec::new(),
            base: Inputs::default(),
            book,
            locked: Vec::new(),
            diagnostics: Vec::new(),
        }
    }

    /// Reads a site's defaults. Never fails: what is wrong is left out, with a diagnostic.
    pub fn read(text: &str) -> Self {
        Self::read_over(PriceBook::bundled(), text)
    }

    /// The site with its own prices over those of a book.
    pub fn read_over(book: PriceBook, text: &str) -> Self {
        let mut site = Self::with(book);
        if text.len() > TEXT_LIMIT {
            let found = format!("{} bytes", text.len());
            site.report("", found, format!("at most {TEXT_LIMIT} bytes"));
            return site;
        }
        match json::read(text) {
            Ok(Value::Object(object)) => site.object(&object),
            Ok(other) => site.report("", kind_of(&other), "a JSON object"),
            Err(error) => site.report("", error, "a JSON object"),
        }
        site.diagnostics = few(site.diagnostics);
        site
    }

    fn report(&mut self, at: &str, found: impl Into<String>, allowed: impl Into<String>) {
        let at = if at.is_empty() {
            "plimsoll.config.json".to_owned()
        } else {
            format!("plimsoll.config.json: {at}")
        };
        self.diagnostics.push(Diagnostic::new(at, found, allowed));
    }

    fn object(&mut self, object: &Map<String, Value>) {
        for (key, value) in object {
            match (key.as_str(), value) {
                ("v", value) if value.as_u64() == Some(super::VERSION) => {}
                ("v", value) => self.report("v", shown(value), super::VERSION.to_string()),
                ("title", Value::String(text)) => self.title = self.plain_text(key, text),
                ("scenario", Value::Object(scenario)) => self.scenario(scenario),
                ("prices", value) => self.prices(value),
                ("lock", Value::Array(names)) => {
                    for name in names {
                        self.lock(name);
                    }
                }
                ("links", Value::Array(links)) => self.links(links),
                ("title", other) => self.report(key, kind_of(other), "text"),
                ("scenario", other) => self.report(key, kind_of(other), "a JSON object"),
                ("lock" | "links", other) => self.report(key, kind_of(other), "a list"),
                _ => self.report(
                    &shown(&key.as_str().into()),
                    "not a setting",
                    "v, title, scenario, prices, lock, links",
                ),
            }
        }
    }

    fn scenario(&mut self, scenario: &Map<String, Value>) {
        let mut reader = Reader::of(&mut self.base);
        reader.object("", scenario);
        for diagnostic in reader.finish() {
            let at = format!("scenario.{}", diagnostic.at);
            self.report(&at, diagnostic.found, diagnostic.allowed);
        }
    }

    /// A price book as one text, or as a list of its lines.
    fn prices(&mut self, value: &Value) {
        let text = match value {
            Value::String(text) => text.clone(),
            Value::Array(lines) if lines.iter().all(Value::is_string) => {
                let lines: Vec<&str> = lines.iter().filter_map(Value::as_str).collect();
                lines.join("\n")
            }
            other => {
                let allowed = "a price book as CSV: one text, or a list of its lines";
                return self.report("prices", kind_of(other), allowed);
            }
        };
        match self.book.overlaid(&text) {
            Ok(book) => self.book = book,
            Err(problems) => {
                for problem in problems.iter().take(5) {
                    let at = format!("prices, {}", problem.at);
                    self.report(&at, problem.found.clone(), problem.allowed.clone());
                }
            }
        }
    }

    fn lock(&mut self, name: &Value) {
        let found = name.as_str().map_or_else(Vec::new, paths);
        if found.is_empty() {
            self.report("lock", shown(name), "the name of an input or of a group");
        }
        self.lock_all(found);
    }

    /// Locks more inputs, each at what other inputs have. One that is locked already stays as it is.
    pub fn lock_at(&mut self, paths: Vec<&'static str>, inputs: &Inputs) {
        for path in &paths {
            if !self.locked.contains(path) {
                copy(path, inputs, &mut self.base);
            }
        }
        self.lock_all(paths);
    }

    /// Locks more inputs.
    pub fn lock_all(&mut self, paths: Vec<&'static str>) {
        for path in paths {
            if !self.locked.contains(&path) {
                self.locked.push(path);
            }
        }
    }

    fn links(&mut self, links: &[Value]) {
        for (n, link) in links.iter().enumerate() {
            let text = |key: &str| link.get(key).and_then(Value::as_str).unwrap_or_default();
            let href = text("href").trim();
            let at = format!("links[{n}]");
            let is_link = matches!(link, Value::Object(object) if object.len() == 2);
            if n >= MOST_LINKS
                || !is_link
                || !leads_somewhere(href)
                || text("text").trim().is_empty()
            {
                self.report(
                    &at,
                    shown(link),
                    "up to 10 of {\"text\": …, \"href\": …}, the href with http, https, mailto, or relative",
                );
            } else if let Some(text) = self.plain_text(&at, text("text")) {
                self.links.push(Link {
                    text,
                    href: href.to_owned(),
                });
            }
        }
    }

    /// A text of one line without what could dress it up as another, cut to its limit; nothing if nothing is left.
    fn plain_text(&mut self, at: &str, text: &str) -> Option<String> {
        let text = text.trim();
        let plain = text::seen(text, LONGEST_TEXT);
        if plain != text || text.is_empty() {
            self.report(
                at,
                shown(&text.into()),
                "text of 1 to 120 characters that are seen",
            );
        }
        let plain = plain.trim();
        (!plain.is_empty()).then(|| plain.to_owned())
    }

    /// Sets the locked inputs back to what the site says. What depends on them keeps its bounds.
    pub fn hold(&self, inputs: &mut Inputs) {
        for path in &self.locked {
            copy(path, &self.base, inputs);
        }
    }
}

/// The paths of the inputs that a name means: its own, or all of its group.
pub fn paths(name: &str) -> Vec<&'static str> {
    fields::all()
        .map(|field| field.path)
        .chain(lists::ALL)
        .filter(|path| {
            path.strip_prefix(name)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        })
        .collect()
}

fn copy(path: &str, from: &Inputs, to: &mut Inputs) {
    match path {
        lists::GRID => to.traffic.grid.clone_from(&from.traffic.grid),
        lists::ENVIRONMENTS => to.environments.clone_from(&from.environments),
        lists::PRICES => to.prices.clone_from(&from.prices),
        lists::WORKLOADS => {
            to.workloads = from.workloads.clone();
            to.add_up();
        }
        lists::RANGES => to.ranges.clone_from(&from.ranges),
        _ => {
            if let Some(field) = Field::find(path) {
                field.copy(from, to);
            }
        }
    }
}

/// Whether an address is one that a click may follow: no script, no data.
fn leads_somewhere(href: &str) -> bool {
    let harmless = ["http://", "https://", "mailto:", "./", "../", "/", "#"];
    !href.is_empty()
        && href.len() <= 2_000
        && !href.chars().any(char::is_control)
        && harmless.iter().any(|start| href.starts_with(start))
}

#[cfg(test)]
mod tests {
    use super::*;
    use plimsoll_model::{
        compare::compare,
        inputs::Environment,
        platform::Platform,
        prices::{MeterId, OwnPrice},
        region::Region,
    };

    #[test]
    fn everything_that_a_site_sets_is_taken() {
        let site = Site::read(
            r#"{
                "v": 1, "title": "Platforms at work",
                "scenario": {"region": "europe", "team": {"engineers": 12}},
                "prices": ["meter,region_group,region,value,unit,page,read,confidence,note",
                    "google-cloud/cloud-run/requests,europe,,0.001,USD per request,,,own,ours"],
                "lock": ["region", "team"],
                "links": [{"text": "Handbook", "href": "https://example.com/handbook"}]
            }"#,
        );
        assert_eq!(site.diagnostics, vec![]);
        assert_eq!(site.title.as_deref(), Some("Platforms at work"));
        assert_eq!(site.base.team.engineers, 12);
        assert!(site.locked.contains(&"region") && site.locked.contains(&"team.on_call"));
        assert!(!site.locked.contains(&"services"));
        assert_eq!(site.links[0].text, "Handbook");
        let total = |book: &PriceBook| compare(&site.base, book).total(Platform::CloudRun);
        assert!(total(&site.book) > total(&PriceBook::bundled()));
    }

    #[test]
    fn own_prices_of_a_site_s_scenario_lie_over_its_price_book() {
        let site = Site::read(
            r#"{
                "prices": ["meter,region_group,region,value,unit,page,read,confidence,note",
                    "aws/eks/cluster,all,,0.07,USD per cluster-hour,,,own,as agreed"],
                "scenario": {"prices": [{"meter": "aws/eks/cluster", "region": "asia", "value": 0.05}]},
                "lock": ["prices"]
            }"#,
        );
        assert_eq!(site.diagnostics, vec![]);
        let cluster = MeterId::find("aws/eks/cluster").expect("a meter");
        let prices = |book: &PriceBook| Region::ALL.map(|region| book.value(cluster, region));
        assert_eq!(prices(&site.book), [Some(0.07); 3]);
        let book = site.book.with_own(&site.base.prices);
        assert_eq!(prices(&book), [Some(0.07), Some(0.07), Some(0.05)]);
        let own = book.rows().last().expect("rows");
        assert_eq!(own.note, "instead of 0.07, as agreed");
        // What a visitor set is not the site's.
        let mut inputs = Inputs::default();
        site.hold(&mut inputs);
        assert_eq!(inputs.prices, site.base.prices);
    }

    #[test]
    fn what_is_locked_comes_back() {
        let mut site = Site::read(r#"{"scenario": {"services": 7}, "lock": ["services"]}"#);
        site.lock_all(paths("environments"));
        site.lock_all(paths("prices"));
        let mut inputs = Inputs {
            services: 3,
            ..Inputs::default()
        };
        inputs.team.engineers = 9;
        inputs.environments.push(Environment::default());
        inputs.prices.push(OwnPrice {
            meter: MeterId::find("aws/eks/cluster").expect("a meter"),
            region: None,
            value: 0.05,
        });
        site.hold(&mut inputs);
        assert_eq!((inputs.services, inputs.team.engineers), (7, 9));
        assert!(inputs.environments.is_empty() && inputs.prices.is_empty());
    }

    #[test]
    fn every_input_can_be_locked_and_held() {
        for path in fields::all().map(|field| field.path).chain(lists::ALL) {
            assert_eq!(paths(path), [path]);
        }
        assert!(paths("tea").is_empty() && paths("").is_empty());
    }

    #[test]
    fn each_mistake_has_a_notice_and_the_rest_is_taken() {
        let cases = [
            ("[]", "plimsoll.config.json: a list"),
            ("{", "plimsoll.config.json: EOF"),
            (r#"{"v": 2}"#, "plimsoll.config.json: v: 2; allowed: 1"),
            (
                r#"{"titel": "x"}"#,
                "plimsoll.config.json: \"titel\": not a setting",
            ),
            (
                r#"{"title": 5}"#,
                "plimsoll.config.json: title: a number; allowed: text",
            ),
            (
                r#"{"lock": ["rgion"]}"#,
                "plimsoll.config.json: lock: \"rgion\"",
            ),
            (
                r#"{"lock": "region"}"#,
                "plimsoll.config.json: lock: text; allowed: a list",
            ),
            (
                r#"{"scenario": {"services": 900}}"#,
                "plimsoll.config.json: scenario.services: 900",
            ),
            (
                r#"{"scenario": {"prices": [{"meter": "aws/eks/cluster"}]}}"#,
                "plimsoll.config.json: scenario.prices[0].value: missing; allowed: 0 to",
            ),
            (r#"{"prices": 3}"#, "plimsoll.config.json: prices: a number"),
            (
                r#"{"prices": "meter\nx"}"#,
                "plimsoll.config.json: prices, line 1",
            ),
            (
                r#"{"links": [{"text": "x", "href": "javascript:alert(1)"}]}"#,
                "plimsoll.config.json: links[0]",
            ),
            (
                r#"{"links": [{"text": "x\u202ey", "href": "/y"}]}"#,
                "plimsoll.config.json: links[0]: \"xy\"; allowed: text of 1 to 120",
            ),
            (
                r#"{"title": " "}"#,
                "plimsoll.config.json: title: \"\"; allowed: text of 1 to 120",
            ),
        ];
        for (text, start) in cases {
            let mut with_services = text.to_owned();
            if text.starts_with("{\"") && !text.contains("scenario") {
                with_services = text.replacen('{', r#"{"scenario": {"services": 7}, "#, 1);
                assert_eq!(Site::read(&with_services).base.services, 7);
            }
            let diagnostics = Site::read(&with_services).diagnostics;
            assert_eq!(diagnostics.len(), 1, "{text}: {diagnostics:?}");
            let told = diagnostics[0].to_string();
            assert!(told.starts_with(start), "{text}: {told}");
        }
    }
}

//! What the address's query asks of the page: how it is embedded, what is locked, what is kept.
//!
//! `theme` and `nosw` are for the script that starts the page, which reads them before anything is painted.

use crate::percent;
use crate::scenario::site;
use plimsoll_model::diagnostic::Diagnostic;

/// A part of the page that can stand alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Panel {
    /// The inputs.
    Inputs,
    /// The verdict with its reasons.
    Verdict,
    /// Every platform with its cost.
    Ranking,
    /// The chart of costs.
    Chart,
    /// The bill, line by line.
    Bill,
}

impl Panel {
    /// All of them, as they stand on the page.
    pub const ALL: [(Self, &'static str); 5] = [
        (Self::Inputs, "inputs"),
        (Self::Verdict, "verdict"),
        (Self::Ranking, "ranking"),
        (Self::Chart, "chart"),
        (Self::Bill, "bill"),
    ];
}

/// What a query asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// Compact and transparent, inside of another page.
    pub embed: bool,
    /// Whether an embedded page keeps its state nevertheless.
    pub persist: bool,
    /// Without the state that was kept.
    pub safe: bool,
    /// The paths of inputs that can't be changed.
    pub lock: Vec<&'static str>,
    /// The panels that are shown; empty means all.
    pub panels: Vec<Panel>,
    /// What was not understood.
    pub diagnostics: Vec<Diagnostic>,
}

impl Query {
    /// Reads a query, with or without its question mark. Parameters that are not ours are none of our business.
    pub fn read(text: &str) -> Self {
        let mut query = Self::default();
        for pair in text.trim_start_matches('?').split('&') {
            let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
            // A comma may arrive escaped.
            let (value, _) = percent::decoded(value);
            match key {
                "embed" => query.embed = value == "1",
                "persist" => query.persist = value == "1",
                "safe" => query.safe = value == "1",
                "lock" => query.lock(&value),
                "panel" => query.panels(&value),
                _ => {}
            }
        }
        query
    }

    /// Whether what the user does is kept in the browser.
    pub fn keeps(&self) -> bool {
        !self.safe && (!self.embed || self.persist)
    }

    /// Whether a panel is shown.
    pub fn shows(&self, panel: Panel) -> bool {
        self.panels.is_empty() || self.panels.contains(&panel)
    }

    fn lock(&mut self, names: &str) {
        for name in names.split(',').filter(|name| !name.is_empty()) {
            let paths = site::paths(name);
            if paths.is_empty() {
                let allowed = "names of inputs or groups, separated by commas";
                self.report("lock", name, allowed);
            }
            self.lock.extend(paths);
        }
    }

    fn panels(&mut self, names: &str) {
        for name in names.split(',').filter(|name| *name != "all") {
            match Panel::ALL.iter().find(|(_, known)| *known == name) {
                Some((panel, _)) => self.panels.push(*panel),
                None => self.report(
                    "panel",
                    name,
                    "inputs, verdict, ranking, chart, bill, or all",
                ),
            }
        }
    }

    fn report(&mut self, key: &str, found: &str, allowed: &str) {
        let found: String = found.chars().take(60).collect();
        let at = format!("{key} in the address");
        self.diagnostics.push(Diagnostic::new(at, found, allowed));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_embedded_page_is_told_what_to_show_and_lock() {
        let query = Query::read("?embed=1&theme=dark&lock=region,team&panel=verdict%2Cchart&utm=x");
        assert!(query.embed && !query.keeps());
        assert!(query.shows(Panel::Verdict) && !query.shows(Panel::Bill));
        assert!(query.lock.contains(&"team.engineers"));
        assert_eq!(query.diagnostics, vec![]);
        assert!(Query::read("?embed=1&persist=1").keeps());
        assert!(!Query::read("?safe=1").keeps());
    }

    #[test]
    fn an_empty_query_is_the_whole_page() {
        for text in ["", "?", "?panel=all", "?&&=&"] {
            let query = Query::read(text);
            assert!(
                query.keeps() && query.shows(Panel::Bill) && query.diagnostics.is_empty(),
                "{text}"
            );
        }
    }

    #[test]
    fn what_is_not_understood_is_told() {
        let query = Query::read("?lock=regoin&panel=verdikt");
        let told: Vec<String> = query
            .diagnostics
            .iter()
            .map(Diagnostic::to_string)
            .collect();
        assert_eq!(told.len(), 2);
        assert!(told[0].starts_with("lock in the address: regoin; allowed: names"));
        assert!(told[1].starts_with("panel in the address: verdikt; allowed: inputs, verdict"));
    }
}

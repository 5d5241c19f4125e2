//! What the benches of the page measured, and what did not hold.

use crate::chromium::Chromium;
use serde_json::{Value, json};

/// What was measured, and what did not hold.
pub(crate) struct Report {
    pub(crate) reference: f64,
    pub(crate) broken: Vec<String>,
}

impl Report {
    /// A figure in ms with its limit, if it has one.
    pub(crate) fn time(&mut self, what: &str, ms: f64, limit: Option<f64>) {
        let ratio = ms / self.reference;
        let limit_text = limit.map_or(String::new(), |limit| format!("{limit:.1} ms"));
        let verdict = self.judge(what, ms, limit, "ms");
        println!("  {what:<46} {ms:>8.2} ms {limit_text:>10} {ratio:>8.2}{verdict}");
    }

    /// A figure of another kind with its limit.
    pub(crate) fn figure(&mut self, what: &str, value: f64, limit: f64, unit: &str) {
        let verdict = self.judge(what, value, Some(limit), unit);
        println!(
            "  {what:<46} {value:>8.3} {unit:<3}{:>9}{verdict}",
            format!("{limit} {unit}")
        );
    }

    fn judge(&mut self, what: &str, value: f64, limit: Option<f64>, unit: &str) -> &'static str {
        match limit {
            Some(limit) if value > limit => {
                self.broken.push(format!(
                    "{what}: {value:.2} {unit}, allowed are {limit} {unit}"
                ));
                "  TOO MUCH"
            }
            _ => "",
        }
    }
}

/// A number that a script gave.
pub(crate) fn number(value: &Value, what: &str) -> Result<f64, String> {
    value
        .as_f64()
        .ok_or_else(|| format!("{what} gave {value} and no number"))
}

/// Slows the page's processor down by a factor.
pub(crate) fn throttle(browser: &mut Chromium, rate: f64) -> Result<(), String> {
    browser
        .call("Emulation.setCPUThrottlingRate", &json!({ "rate": rate }))
        .map(drop)
}

//! The advice, case by case: one scenario for each rule that makes it fire, one that barely does not, and the situations
//! that the advice was made for. `UPDATE_VERDICTS=1 cargo test` writes the expected verdicts anew; which rule a case is
//! about, and the class that it must get, are written by hand and stay.

use crate::common::inputs;
use plimsoll_model::{
    assess,
    decide::{Effect, Side, rules},
    prices::PriceBook,
};
use plimsoll_wording::{answer, explain, format};
use serde::{Deserialize, Serialize};
use std::{collections::BTreeSet, env, fs, path::PathBuf};

#[derive(Deserialize, Serialize)]
struct VerdictCase {
    /// What the case is about, for who reads it.
    about: String,
    /// The rule that the case is for, if it is for one.
    #[serde(skip_serializing_if = "Option::is_none")]
    rule: Option<String>,
    /// Whether that rule fires.
    #[serde(skip_serializing_if = "Option::is_none")]
    fires: Option<bool>,
    /// The class that the advice must have.
    class: String,
    /// What the user set.
    scenario: serde_json::Value,
    /// The whole advice.
    verdict: Option<Expected>,
}

#[derive(Debug, Deserialize, PartialEq, Serialize)]
struct Expected {
    platform: Option<String>,
    runner_up: Option<String>,
    shape: String,
    group: Vec<String>,
    sentence: String,
    summary: Vec<String>,
    why: Vec<String>,
    caution: String,
    consequences: Vec<String>,
}

fn given(case: &VerdictCase) -> (Expected, Vec<&'static str>, &'static str) {
    let inputs = inputs(&case.scenario.to_string());
    let assessment = assess(&inputs, &PriceBook::bundled());
    let verdict = &assessment.verdict;
    let why = verdict
        .rules
        .iter()
        .map(|fired| {
            let side = match fired.effect {
                Effect::Decides(Side::Serverless) | Effect::Leans(Side::Serverless) => {
                    " for serverless"
                }
                Effect::Decides(Side::Kubernetes) | Effect::Leans(Side::Kubernetes) => {
                    " for Kubernetes"
                }
                Effect::Decides(Side::Hybrid) | Effect::Leans(Side::Hybrid) => " for both",
                Effect::Excludes | Effect::Warns => "",
            };
            format!(
                "{} {}{side}: {}",
                fired.rule.id,
                fired.effect.id(),
                explain::reason_of(fired)
            )
        })
        .collect();
    let expected = Expected {
        platform: verdict.platform.map(|platform| platform.id().to_owned()),
        runner_up: verdict.runner_up.map(|platform| platform.id().to_owned()),
        shape: verdict.shape.id().to_owned(),
        group: verdict
            .group
            .iter()
            .map(|platform| platform.id().to_owned())
            .collect(),
        sentence: answer::sentence(&assessment, &inputs),
        summary: answer::summary(&assessment, &inputs),
        why,
        caution: format::sentence(&verdict.caution),
        consequences: explain::consequences(verdict, &inputs),
    };
    let fired = verdict.rules.iter().map(|fired| fired.rule.id).collect();
    (expected, fired, verdict.class.id())
}

fn cases() -> Vec<(PathBuf, VerdictCase)> {
    let folder = plimsoll_tests::root().join("tests/cases/verdicts");
    let mut cases: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| {
            let path = entry.unwrap().path();
            let text = fs::read_to_string(&path).unwrap();
            let case = serde_json::from_str(&text)
                .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            (path, case)
        })
        .collect();
    cases.sort_by(|a, b| a.0.cmp(&b.0));
    cases
}

#[test]
fn every_case_gets_its_advice() {
    let update = env::var_os("UPDATE_VERDICTS").is_some();
    for (path, mut case) in cases() {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let (expected, fired, class) = given(&case);
        assert_eq!(class, case.class, "{name}: {expected:#?}");
        if let (Some(rule), Some(fires)) = (&case.rule, case.fires) {
            let does = fired.contains(&rule.as_str());
            assert_eq!(does, fires, "{name}: {rule} among {fired:?}");
        }
        if update {
            case.verdict = Some(expected);
            let text = serde_json::to_string_pretty(&case).unwrap() + "\n";
            fs::write(&path, text).unwrap();
        } else {
            assert_eq!(case.verdict, Some(expected), "{name}");
        }
    }
}

#[test]
fn every_rule_has_a_case_where_it_fires_and_one_where_it_does_not() {
    let cases = cases();
    assert!(cases.len() >= 40, "{} cases", cases.len());
    let with = |fires: bool| -> BTreeSet<String> {
        cases
            .iter()
            .filter(|(_, case)| case.fires == Some(fires))
            .filter_map(|(_, case)| case.rule.clone())
            .collect()
    };
    let all: BTreeSet<String> = rules::all().map(|rule| rule.id.to_owned()).collect();
    assert_eq!(with(true), all);
    assert_eq!(with(false), all);
}

//! What a team has, as a scenario.

use plimsoll_formats::scenario;
use plimsoll_model::inputs::Inputs;
use plimsoll_readers::{File, Kind, read};
use serde_json::Value;

/// The scenario that files come to, as `compare` reads it, and what is to be said of them: understood, assumed, left out.
///
/// # Errors
///
/// What can't be read, each with its file and line; and that there is no workload in them.
pub fn scenario_of(files: &[(String, String)]) -> Result<(Value, Vec<String>), Vec<String>> {
    let files: Vec<File<'_>> = files
        .iter()
        .map(|(name, text)| File { name, text })
        .collect();
    let reading = read(&files);
    if reading.is_wrong() {
        let wrong = reading.told.iter().filter(|told| told.kind == Kind::Wrong);
        return Err(wrong.map(ToString::to_string).collect());
    }
    let told = reading.told.iter().map(ToString::to_string).collect();
    if reading.rows.is_empty() {
        return Err(vec![
            "no workload in these files; allowed: manifests of Deployments, StatefulSets, Jobs or CronJobs, or rows with a header"
                .to_owned(),
        ]);
    }
    let mut inputs = Inputs::default();
    inputs.set_workloads(reading.rows);
    Ok((scenario::write_changes(&inputs), told))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that fails panics")]
mod tests {
    use super::*;

    #[test]
    fn files_become_a_scenario_that_compare_reads() {
        let manifest = "kind: Deployment\nmetadata: { name: cart }\nspec:\n  replicas: 3\n  template:\n    spec:\n      containers:\n        - \
            { name: cart, ports: [{ containerPort: 80 }], resources: { requests: { cpu: 250m, memory: 512Mi } } }\n";
        let rows = "name;requests;vcpu\nshop;3M;500m\n";
        let files =
            [("a.yaml", manifest), ("b.csv", rows)].map(|(a, b)| (a.to_owned(), b.to_owned()));
        let (file, told) = scenario_of(&files).unwrap();
        let (inputs, wrong) = scenario::read(&file.to_string());
        assert_eq!(wrong, vec![]);
        let names: Vec<&str> = inputs
            .workloads
            .rows()
            .iter()
            .map(|row| &*row.name)
            .collect();
        assert_eq!(names, ["shop", "cart"]);
        let of_cart = |told: &String| told.starts_with("a.yaml:1: understood: Deployment cart");
        assert!(told.iter().any(of_cart), "{told:?}");
    }

    #[test]
    fn what_cannot_be_read_is_refused_with_its_file_and_line() {
        let files = [("a.yaml".to_owned(), "kind: [\n".to_owned())];
        let told = scenario_of(&files).unwrap_err();
        assert!(told[0].starts_with("a.yaml:1: wrong: no YAML"), "{told:?}");
        let files = [(
            "b.yaml".to_owned(),
            "kind: Namespace\nmetadata: { name: x }\n".to_owned(),
        )];
        assert!(scenario_of(&files).unwrap_err()[0].starts_with("no workload"));
    }
}

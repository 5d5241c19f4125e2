//! What a team has, as a scenario.

use plimsoll_formats::scenario;
use plimsoll_model::inputs::Inputs;
use plimsoll_readers::{Kind, Reader, Reading};
use serde_json::Value;
use std::io::{self, Read};

/// Bytes that are read at once.
const PIECE: usize = 1 << 16;

/// The scenario that files come to, as `compare` reads it, and what is to be said of them: understood, assumed, left out.
///
/// # Errors
///
/// What can't be read, each with its file and line; and that there is nothing in them.
pub fn scenario_of(files: &[(String, String)]) -> Result<(Value, Vec<String>), Vec<String>> {
    let mut reader = Reader::default();
    for (name, text) in files {
        reader.open(name);
        reader.push(text.as_bytes());
    }
    written(reader.finish())
}

/// Reads a file piece by piece: one of traffic may be larger than what memory holds.
///
/// # Errors
///
/// If the file can't be read from.
pub fn take(reader: &mut Reader, name: &str, mut file: impl Read) -> io::Result<()> {
    reader.open(name);
    let mut piece = vec![0; PIECE];
    loop {
        let length = file.read(&mut piece)?;
        if length == 0 || !reader.push(&piece[..length]) {
            return Ok(());
        }
    }
}

/// What a reading comes to, as in [`scenario_of`].
///
/// # Errors
///
/// As in [`scenario_of`].
pub fn written(mut reading: Reading) -> Result<(Value, Vec<String>), Vec<String>> {
    let inputs = reading.onto(&Inputs::default());
    if reading.is_wrong() {
        let wrong = reading.told.iter().filter(|told| told.kind == Kind::Wrong);
        return Err(wrong.map(ToString::to_string).collect());
    }
    if reading.is_empty() && reading.bill.items.is_empty() {
        return Err(vec![
            "no workload and no traffic in these files; allowed: manifests, task definitions, rows with a header, files of traffic"
                .to_owned(),
        ]);
    }
    let told = reading.told.iter().map(ToString::to_string).collect();
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
        assert!(scenario_of(&files).unwrap_err()[0].starts_with("no workload and no traffic"));
    }
}

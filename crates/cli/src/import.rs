//! What a team has, as a scenario.

use flate2::read::MultiGzDecoder;
use plimsoll_formats::scenario;
use plimsoll_model::inputs::Inputs;
use plimsoll_readers::{Kind, Reader, Reading};
use serde_json::Value;
use std::io::{self, Read};

/// Bytes that are read at once.
const PIECE: usize = 1 << 16;
/// How a file begins that is packed with gzip.
const GZIP: [u8; 2] = [0x1f, 0x8b];

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
    let mut head = Vec::new();
    file.by_ref()
        .take(GZIP.len() as u64)
        .read_to_end(&mut head)?;
    let is_packed = head == GZIP;
    let whole = io::Cursor::new(head).chain(file);
    if is_packed {
        if let Err(error) = push(reader, MultiGzDecoder::new(whole)) {
            reader.fail(&format!("it can\u{2019}t be unpacked to its end: {error}"));
        }
        return Ok(());
    }
    push(reader, whole)
}

fn push(reader: &mut Reader, mut file: impl Read) -> io::Result<()> {
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
    readable(&reading)?;
    if reading.is_empty() && reading.bill.is_empty() {
        return Err(vec![
            "no workload and no traffic in these files; allowed: manifests, task definitions, rows with a header, files of traffic"
                .to_owned(),
        ]);
    }
    let told = reading.told.iter().map(ToString::to_string).collect();
    Ok((scenario::write_changes(&inputs), told))
}

/// Whether everything could be read.
///
/// # Errors
///
/// What can't be read, each with its file and line.
pub fn readable(reading: &Reading) -> Result<(), Vec<String>> {
    if !reading.is_wrong() {
        return Ok(());
    }
    let wrong = reading.told.iter().filter(|told| told.kind == Kind::Wrong);
    Err(wrong.map(ToString::to_string).collect())
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
    fn a_packed_bill_is_read_as_far_as_it_is_whole() {
        let mut text = "lineItem/UsageStartDate,lineItem/ProductCode,lineItem/UsageType,lineItem/UsageAmount,lineItem/UnblendedCost\n".to_owned();
        for n in 0..5_000 {
            text += &format!(
                "2026-10-01T00:00:00Z,AmazonEC2,NatGateway-Bytes,{}.{n},1.25\n",
                n * 7_919 % 9_973
            );
        }
        let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        io::Write::write_all(&mut packer, text.as_bytes()).unwrap();
        let packed = packer.finish().unwrap();
        let read = |bytes: &[u8]| {
            let mut reader = Reader::default();
            take(&mut reader, "bill.csv.gz", bytes).unwrap();
            reader.finish()
        };
        let whole = read(&packed);
        assert_eq!(whole.bill.rows, 5_000);
        assert!(readable(&whole).is_ok());
        // Of what is cut off the front is kept, and it is said.
        let cut = read(&packed[..packed.len() * 3 / 4]);
        assert!((1_000..5_000).contains(&cut.bill.rows), "{}", cut.bill.rows);
        let told = readable(&cut).unwrap_err();
        assert!(
            told[0].starts_with("bill.csv.gz:1: wrong: it can\u{2019}t be unpacked to its end"),
            "{told:?}"
        );
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

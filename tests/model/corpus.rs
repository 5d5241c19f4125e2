//! What the fuzzer found worth keeping, read natively: `fuzz/corpus` has a folder for each of its targets.

use crate::decoders;
use std::fs;

/// Reads a text and checks what came of it.
type Reader = fn(&str);

/// The targets of the fuzzer, and what each does with a text.
const TARGETS: [(&str, Reader); 6] = [
    ("link", decoders::read_link),
    ("scenario", decoders::read_scenario),
    ("site", decoders::read_site),
    ("import", decoders::read_file),
    ("prices", decoders::read_prices),
    ("decision", decoders::read_decision),
];

#[test]
fn every_kept_text_is_survived() {
    let fuzz = plimsoll_tests::root().join("fuzz");
    for (target, read) in TARGETS {
        assert!(
            fuzz.join("targets")
                .join(target)
                .with_extension("rs")
                .exists(),
            "{target}"
        );
        let mut count = 0;
        for entry in fs::read_dir(fuzz.join("corpus").join(target)).unwrap() {
            let bytes = fs::read(entry.unwrap().path()).unwrap();
            read(&String::from_utf8_lossy(&bytes));
            count += 1;
        }
        assert!(count >= 10, "{target}: {count}");
    }
    let targets = fs::read_dir(fuzz.join("targets")).unwrap().count();
    assert_eq!(targets, TARGETS.len());
}

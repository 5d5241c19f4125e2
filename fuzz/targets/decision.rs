//! Reads any bytes as a record of a decision.
#![no_main]

#[allow(dead_code, reason = "each target takes one of them")]
#[path = "../../tests/model/decoders.rs"]
mod decoders;

libfuzzer_sys::fuzz_target!(
    |bytes: &[u8]| decoders::read_decision(&String::from_utf8_lossy(bytes))
);

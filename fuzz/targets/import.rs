//! Reads any bytes as a file of what a team has.
#![no_main]

#[allow(dead_code, reason = "each target takes one of them")]
#[path = "../../tests/model/decoders.rs"]
mod decoders;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| decoders::read_file(&String::from_utf8_lossy(bytes)));

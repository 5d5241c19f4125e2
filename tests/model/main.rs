//! The model against what others published, against itself and against its own past.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that fails panics"
)]

mod advice;
mod agreement;
mod article;
mod billed;
mod bills;
mod blind_spots;
mod by_hand;
mod capacity;
mod capacity_trace;
mod common;
mod corpus;
mod damage;
mod decoders;
mod examples;
mod explore;
mod export;
mod flips;
mod golden;
mod gpu;
mod import;
mod invoice;
mod levels;
mod load_line;
mod manifests;
mod map;
mod months;
mod needs;
mod peer_errors;
mod priced_needs;
mod prices;
mod promises;
mod properties;
mod round_trips;
mod sample;
mod saved;
mod schema;
mod seeded_damage;
mod simulation;
mod ties;
mod validation;
mod verdicts;
mod watch;
mod witness;
mod workloads;

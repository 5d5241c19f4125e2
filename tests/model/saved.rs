//! What the page keeps comes back as it was, whatever the user set.

use crate::common::legal;
use plimsoll_formats::scenario::saved::{self, Reading, SavedState};
use plimsoll_model::inputs::{ASSUMPTIONS, Environment, Inputs, Kind};
use plimsoll_wording::difference;
use proptest::prelude::*;

/// Legal inputs with lists, and with one assumption of one's own.
fn own() -> impl Strategy<Value = Inputs> {
    let place = 0..ASSUMPTIONS.len();
    (legal(), place, any::<bool>(), any::<bool>()).prop_map(|(mut inputs, place, grid, beside)| {
        if let Kind::Number { range, set, .. } = ASSUMPTIONS[place].field.kind {
            set(&mut inputs, range.max);
        }
        if grid {
            inputs.traffic.grid = (1..=168).map(|hour| f64::from(hour * 20)).collect();
        }
        if beside {
            let name = "staging \"north\" \u{1f6a2}".to_owned();
            inputs.environments.push(Environment {
                name,
                ..Environment::default()
            });
        }
        inputs
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_desk_survives_its_text(inputs in own(), named in proptest::collection::vec(own(), 0..5)) {
        let mut state = SavedState { inputs, named: Vec::new() };
        for inputs in named {
            prop_assert!(state.add("mine, \"all\" <mine>", inputs).is_ok());
        }
        let text = saved::write(&state);
        prop_assert_eq!(saved::read(&text), Reading::Read(state, Vec::new()));
        prop_assert!(!text.contains('\n'));
    }

    #[test]
    fn two_scenarios_are_alike_exactly_where_nothing_differs(a in own(), b in own()) {
        prop_assert_eq!(difference::differences(&a, &b).is_empty(), a == b);
        prop_assert_eq!(difference::differences(&a, &a), Vec::new());
        for one in difference::differences(&a, &b) {
            prop_assert_ne!(&one.a, &one.b, "{}", one.path);
        }
    }

    #[test]
    fn no_text_makes_reading_fail(text in "[\\[\\]{}:,\"\\\\0-3 vinputsamed]{0,60}") {
        if let Reading::Read(state, notices) = saved::read(&text) {
            let again = saved::read(&saved::write(&state));
            prop_assert_eq!(again, Reading::Read(state, Vec::new()), "{:?}", notices);
        }
    }
}

/// A text of version 2, frozen: versions to come have to read the same of it, whatever their defaults.
#[test]
fn a_text_that_was_written_is_read_for_ever() {
    let frozen = include_str!("../cases/saved/2-written.json");
    let Reading::Read(state, notices) = saved::read(frozen) else {
        panic!("it is not read");
    };
    assert_eq!(notices, vec![]);
    let mesh = state.find("with a mesh").unwrap();
    assert_eq!(state.named.len(), 1);
    assert_eq!((state.inputs.services, mesh.services), (4, 1));
    assert_eq!((state.inputs.team.engineers, mesh.team.engineers), (5, 12));
    assert!(mesh.needs.mesh && !state.inputs.needs.mesh);
    for inputs in [&state.inputs, mesh] {
        assert_eq!(inputs.http.requests_per_month, 1e7);
        assert_eq!(inputs.team.rate_usd_per_hour, 106.0);
        assert_eq!(inputs.assumptions.kubernetes_fixed, 20.0);
        assert_eq!(inputs.assumptions.efficiency_gain, 0.3);
    }
}

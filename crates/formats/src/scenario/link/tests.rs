//! Of links: names for ever, exact numbers, damage that is told; long because each test needs the random scenarios above.

use super::{super::grid, *};
use plimsoll_model::{
    inputs::{Environment, FIELDS, Range, Scale, Shape},
    prices::{MeterId, OwnPrice, REGION_GROUPS},
    region::Region,
};

const DAY: &str = "2026-10-09";

/// Random numbers from a seed (SplitMix64).
struct Dice(u64);

impl Dice {
    fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, n: usize) -> usize {
        (self.bits() % n as u64) as usize
    }

    /// From 0 to 1.
    fn share(&mut self) -> f64 {
        (self.bits() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// A number of a range: an end of it, one with all its digits, or one as people type it.
    fn number(&mut self, range: &Range) -> f64 {
        let share = self.share();
        let x = match range.scale {
            Scale::Linear => range.min + share * (range.max - range.min),
            Scale::Log => range.min * libm::pow(range.max / range.min, share),
        };
        range.clamp(match self.below(8) {
            0 => 0.0,
            1 => range.max,
            2 => range.min,
            3..=5 => format!("{x:.2e}").parse().unwrap_or(x),
            _ => x,
        })
    }

    fn field(&mut self, field: &Field, inputs: &mut Inputs) {
        match field.kind {
            Kind::Number { range, set, .. } => set(inputs, self.number(&range)),
            Kind::Optional { range, set, .. } => {
                let number = (self.below(2) > 0).then(|| self.number(&range));
                set(inputs, number);
            }
            Kind::Flag { set, .. } => set(inputs, self.below(2) > 0),
            Kind::Choice { options, set, .. } => set(inputs, self.below(options.len())),
            Kind::Set { options, set, .. } => {
                set(inputs, 1 + self.below((1 << options.len()) - 1) as u32);
            }
        }
    }

    fn environment(&mut self) -> Environment {
        let names = [
            "staging",
            "QA & tests",
            "50:1,100 %",
            "Prüfung",
            "準備",
            "a+b=c",
        ];
        Environment {
            name: names[self.below(names.len())].to_owned(),
            hours_per_week: self.number(&fields::ENVIRONMENT_HOURS),
            replicas: self.number(&fields::ENVIRONMENT_REPLICAS) as u32,
        }
    }

    fn price(&mut self) -> OwnPrice {
        let meter = MeterId::all().nth(self.below(150)).expect("a meter");
        let (_, region) = REGION_GROUPS[self.below(4)];
        let value = self.share() / [1.0, 1e3, 1e6, 1e9][self.below(4)];
        OwnPrice {
            meter,
            region,
            value,
        }
    }

    /// Legal inputs of which one field in so many is not the default.
    fn inputs(&mut self, one_in: usize) -> Inputs {
        let mut inputs = Inputs::default();
        for field in fields::all() {
            if self.below(one_in) == 0 {
                self.field(field, &mut inputs);
            }
        }
        inputs.environments = (0..self.below(4)).map(|_| self.environment()).collect();
        for _ in 0..self.below(4).saturating_sub(1) {
            self.price().put(&mut inputs.prices);
        }
        inputs.traffic.grid = match self.below(4) {
            0 => (0..168).map(|n| f64::from(n * 7 % 20)).collect(),
            1 => whole_loads(&(0..168).map(|_| self.share() * 9.0).collect::<Vec<_>>()),
            _ => Vec::new(),
        };
        inputs.clamp_dependents();
        inputs
    }
}

/// Inputs that all differ from the defaults and have as many digits as there can be.
fn longest() -> Inputs {
    let mut inputs = Inputs::default();
    let defaults = Inputs::default();
    for field in fields::all() {
        match field.kind {
            Kind::Number { range, set, get } => {
                set(&mut inputs, many_digits(&range));
                assert_ne!(get(&inputs), get(&defaults), "{field:?}");
            }
            Kind::Optional { range, set, .. } => set(&mut inputs, Some(many_digits(&range))),
            Kind::Flag { get, set } => {
                let other = !get(&inputs);
                set(&mut inputs, other);
            }
            // All but the last: the longest list that is not the default.
            Kind::Set { options, set, .. } => set(&mut inputs, (1 << (options.len() - 1)) - 1),
            Kind::Choice { options, get, set } => {
                let now = get(&inputs);
                let others = (0..options.len()).filter(|place| *place != now);
                let longest = others.max_by_key(|place| options[*place].0.len());
                set(&mut inputs, longest.unwrap_or(now));
            }
        }
    }
    inputs.http.cpu_ms = 0.012_345_678_901_234_567;
    inputs.traffic.grid = (0..168).map(|n| f64::from(n % 62) * 62.0 + 1.0).collect();
    let environment = |n: u32| Environment {
        name: format!("staging{n}"),
        hours_per_week: 100.0 + f64::from(n) / 7.0,
        replicas: 100,
    };
    inputs.environments = (1..6).map(environment).collect();
    assert!(inputs.clamp_dependents().is_empty());
    inputs
}

/// A number of the range that is long to write: it is near the middle, and whole ones are near the end.
fn many_digits(range: &Range) -> f64 {
    if range.whole {
        return range.max - 1.0;
    }
    let x = range.min + (range.max - range.min) / 7.000_001;
    if format!("{x}").len() < 18 {
        f64::from_bits(x.to_bits() - 3)
    } else {
        x
    }
}

fn own(meter: &str, region: Option<Region>, value: f64) -> OwnPrice {
    let meter = MeterId::find(meter).expect("a meter");
    OwnPrice {
        meter,
        region,
        value,
    }
}

fn diagnostics(link: &str) -> Vec<String> {
    read(link).1.iter().map(Diagnostic::to_string).collect()
}

#[track_caller]
fn survives(inputs: &Inputs) {
    let link = write(inputs, DAY);
    let (read, diagnostics) = read(&link);
    assert!(diagnostics.is_empty(), "{link}: {diagnostics:?}");
    assert_eq!(read, *inputs, "{link}");
    assert_eq!(write(&read, DAY), link);
    assert!(is_link(&link));
    assert_eq!(book_of(&link).as_deref(), Some(DAY));
    let unsafe_to_cut = |c: char| !c.is_ascii_alphanumeric() && !"&=.:,%-_~/".contains(c);
    assert!(!link.contains(unsafe_to_cut), "{link}");
}

#[track_caller]
fn legal(inputs: &Inputs) {
    for field in fields::all() {
        match field.kind {
            Kind::Number { range, get, .. } => {
                assert!(range.contains(get(inputs)), "{field:?}: {}", get(inputs));
            }
            Kind::Optional { range, get, .. } => {
                assert!(
                    get(inputs).is_none_or(|x| range.contains(x)),
                    "{field:?}: {:?}",
                    get(inputs)
                );
            }
            Kind::Flag { .. } | Kind::Choice { .. } | Kind::Set { .. } => {}
        }
    }
    let grid = &inputs.traffic.grid;
    assert!(grid.is_empty() || traffic::usable(grid));
    assert!(inputs.environments.len() <= 20);
    for environment in &inputs.environments {
        assert!(fields::ENVIRONMENT_HOURS.contains(environment.hours_per_week));
        assert!(fields::ENVIRONMENT_REPLICAS.contains(f64::from(environment.replicas)));
        assert!((1..=60).contains(&environment.name.chars().count()));
        assert!(!environment.name.contains(super::super::text::hidden));
    }
    for own in &inputs.prices {
        assert!((own.meter.info().accepts)(own.value), "{own:?}");
    }
    assert!(inputs.clone().clamp_dependents().is_empty());
}

#[test]
fn every_input_has_its_names_and_no_two_share_one() {
    let mut paths: Vec<&str> = fields::all()
        .map(|field| field.path)
        .chain(lists::ALL)
        .chain(RETIRED.iter().map(|retired| retired.path))
        .chain(SPLIT.iter().map(|split| split.path))
        .collect();
    let mut named: Vec<&str> = names().map(|row| row[0]).collect();
    paths.sort_unstable();
    named.sort_unstable();
    assert_eq!(named, paths);
    let mut owners = std::collections::BTreeMap::from([("v", "v")]);
    for row in names() {
        for name in row {
            let owner = owners.entry(name).or_insert(row[0]);
            assert_eq!(*owner, row[0], "{name}");
            assert_eq!(path_of(name), Some(row[0]));
            assert!(
                name.bytes()
                    .all(|b| b.is_ascii_alphanumeric() || b"._-".contains(&b))
            );
        }
        assert!(row[2].len() <= 3 && row[1].len() <= row[0].len(), "{row:?}");
    }
}

#[test]
fn options_need_no_escapes_and_are_no_numbers() {
    for field in FIELDS {
        let Kind::Choice { options, .. } = field.kind else {
            continue;
        };
        for (name, _) in options {
            let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
            assert!(name.bytes().all(plain), "{name}");
            assert_eq!(number_or_text((*name).to_owned()), Value::from(*name));
        }
    }
}

#[test]
fn only_what_differs_is_written_and_in_order() {
    let mut inputs = Inputs::default();
    assert_eq!(write(&inputs, DAY), "v=1&book=2026-10-09");
    assert_eq!(write(&inputs, ""), "v=1");
    assert_eq!(write(&inputs, "<script>"), "v=1");
    inputs.http.latency_ms = 80.0;
    inputs.http.requests_per_month = 3e6;
    inputs.region = Region::Europe;
    inputs.environments = vec![
        Environment::default(),
        Environment {
            name: "my preview".into(),
            hours_per_week: 20.5,
            replicas: 2,
        },
    ];
    inputs.options.free_tier = false;
    inputs.assumptions.kubernetes_fixed = 40.0;
    inputs.prices = vec![
        own("aws/eks/cluster", Some(Region::Us), 0.08),
        own("fly/egress", None, 0.0),
    ];
    assert_eq!(
        write(&inputs, DAY),
        "v=1&region=europe&requests=3e6&latency=80&free_tier=0&a.kubernetes_fixed=40\
         &env=staging:50:1,my%20preview:20.5:2&prices=aws/eks/cluster:us:0.08,fly/egress:all:0&book=2026-10-09"
    );
    survives(&inputs);
}

#[test]
fn numbers_are_short_and_exact() {
    let cases = [
        (3e6, "3e6"),
        (250.0, "250"),
        (0.05, "0.05"),
        (0.0, "0"),
        (1e3, "1e3"),
        (1_234_000.0, "1234000"),
        (0.000_012, "1.2e-5"),
        (0.1 + 0.2, "0.30000000000000004"),
    ];
    for (x, text) in cases {
        let mut link = String::new();
        push_number(&mut link, x, 1);
        assert_eq!(link, text);
        assert_eq!(number_or_text(link).as_f64(), Some(x));
    }
    let mut dice = Dice(1);
    for _ in 0..2_000 {
        let x = f64::from_bits(dice.bits() >> 1);
        if !x.is_finite() {
            continue;
        }
        for column in [1, 2] {
            let mut link = String::new();
            push_number(&mut link, x, column);
            assert_eq!(number_or_text(link.clone()).as_f64(), Some(x), "{link}");
            assert!(column == 1 || link.len() <= BITS, "{link}");
        }
    }
}

#[test]
fn what_is_written_is_read_back() {
    let mut dice = Dice(7);
    for n in 0..1_000 {
        let inputs = dice.inputs(1 + n % 8);
        survives(&inputs);
        assert!(write(&inputs, DAY).len() < 2_000);
    }
    for shape in Shape::ALL {
        let mut inputs = Inputs::default();
        inputs.traffic.shape = shape;
        survives(&inputs);
    }
}

#[test]
fn a_link_of_every_input_is_short_and_one_of_all_assumptions_too_not_much_longer() {
    let all = longest();
    survives(&all);
    let mut fields_alone = all.clone();
    fields_alone.assumptions = Inputs::default().assumptions;
    survives(&fields_alone);
    for (inputs, most) in [(&all, 3_000), (&fields_alone, LONGEST)] {
        let length = write(inputs, DAY).len();
        assert!(length <= most, "{length}");
    }
}

#[test]
fn a_link_that_people_read_has_at_most_so_many_characters() {
    let mut dice = Dice(3);
    for _ in 0..300 {
        let inputs = dice.inputs(2);
        let link = write(&inputs, DAY);
        let readable = write_with(&inputs, DAY, 1);
        assert_eq!(link == readable, readable.len() <= LONGEST);
    }
}

#[test]
fn every_scenario_has_a_link_that_can_be_read() {
    let environment = Environment {
        name: "\u{1f600}".repeat(60),
        hours_per_week: 100.0 / 7.0,
        replicas: 100,
    };
    let mut inputs = longest();
    inputs.environments = vec![environment; 20];
    for meter in MeterId::all() {
        for (_, region) in REGION_GROUPS {
            let value = 1.0 / 3.0;
            inputs.prices.push(OwnPrice {
                meter,
                region,
                value,
            });
        }
    }
    survives(&inputs);
}

#[test]
fn a_link_says_with_which_book_it_was_made() {
    let cases = [
        ("#v=1&book=2026-10-09", Some("2026-10-09")),
        ("book=2026&v=1", Some("2026")),
        (
            "v=1&book=2026-10&services=3&book=2026%2D11",
            Some("2026-11"),
        ),
        ("v=1", None),
        ("v=1&book=", None),
        ("v=1&book=today", None),
        ("v=1&book=2026-10-09x", None),
        ("v=1&notebook=2026", None),
    ];
    for (link, day) in cases {
        assert_eq!(book_of(link).as_deref(), day, "{link}");
    }
    for link in ["v=1&book=2026-10-09", "v=1&book=today", "v=1&book=%&book"] {
        assert_eq!(read(link), (Inputs::default(), vec![]), "{link}");
    }
}

#[test]
fn a_grid_is_carried_exactly_or_to_a_five_thousandth() {
    let mut dice = Dice(5);
    let counts: Vec<f64> = (0..168).map(|_| dice.below(3_844) as f64).collect();
    assert_eq!(whole_loads(&counts), counts);
    for size in [1e-300, 1.0, 1e300] {
        let loads: Vec<f64> = (0..168).map(|_| dice.share() * size).collect();
        let carried = whole_loads(&loads);
        assert_eq!(whole_loads(&carried), carried);
        let most = loads.iter().copied().fold(0.0, f64::max);
        for (load, carried) in loads.iter().zip(&carried) {
            assert!((load / most - carried / grid::MOST_LOAD).abs() <= 0.000_2);
        }
        let mut inputs = Inputs::default();
        inputs.traffic.grid = loads;
        let link = write(&inputs, DAY);
        inputs.traffic.grid = carried;
        assert_eq!(write(&inputs, DAY), link);
        survives(&inputs);
    }
}

#[test]
fn a_fragment_is_a_link_if_it_has_a_version() {
    for link in ["v=1", "#v=1", "#region=us&v=9", "v="] {
        assert!(is_link(link), "{link}");
    }
    for other in ["", "#", "#bill", "bill&vcpu=1", "v", "#vv=1"] {
        assert!(!is_link(other), "{other}");
    }
}

#[test]
fn a_link_may_look_otherwise() {
    let (expected, _) = read("v=1&requests=3e6&latency=80&env=my%20tests:20:2&mesh=1");
    for link in [
        "#v=1&requests=3e6&latency=80&env=my%20tests:20:2&mesh=1",
        " #&&mesh=yes&env=my%20tests:20:2&latency=80&requests=3e6&v=1& \n",
        "v=1&http.requests_per_month=3,000,000&la=8e+1&environments=my tests:20:2&needs.mesh=true",
        "v=1&%72equests=3%656&latency=80&env=my%2520tests%3A20%3A2&mesh=1",
    ] {
        assert_eq!(read(link), (expected.clone(), vec![]), "{link}");
    }
    let (inputs, diagnostics) = read("v=1&env=a+b&slo=null&min_instances=auto&node.vcpu=4&grid=");
    assert_eq!(diagnostics, []);
    assert_eq!(inputs.environments[0].name, "a+b");
    assert_eq!(inputs.environments[0].hours_per_week, 50.0);
    assert_eq!(inputs.cluster.node_vcpu, Some(4.0));
}

#[test]
fn names_lose_what_is_not_seen() {
    let link = "v=1&env=a%00b%E2%80%AEc%C2%85%E2%81%A6d%0A:50:1";
    assert_eq!(read(link).0.environments[0].name, "abcd");
    assert_eq!(diagnostics(link), [""; 0]);
}

#[track_caller]
fn each_is_told(cases: &[(&str, &str)]) {
    for (link, start) in cases {
        let all = diagnostics(link);
        assert_eq!(all.len(), 1, "{link}: {all:?}");
        assert!(all[0].starts_with(start), "{link}: {}", all[0]);
        legal(&read(link).0);
    }
}

#[test]
fn each_mistake_of_an_own_price_is_told() {
    each_is_told(&[
        (
            "v=1&prices=aws/eks/clster:us:1",
            "prices[0].meter: \"aws/eks/clster\"; allowed: a meter",
        ),
        (
            "v=1&prices=aws/eks/cluster:mars:1",
            "prices[0].region: \"mars\"; allowed: us, europe, asia or all",
        ),
        (
            "v=1&prices=fly/egress:us:0.01,aws/eks/cluster:us",
            "prices[1].value: missing; allowed: 0 to 1,000,000,000,000, in USD per",
        ),
        (
            "v=1&prices=aws/spot/ec2:all:1.01",
            "prices[0].value: 1.01; allowed: 0 to 1, in share",
        ),
        (
            "v=1&prices=fly/egress:us:1:2",
            "prices[0].value: \"1:2\"; allowed: 0 to",
        ),
        (
            "v=1&prices=fly/egress:us:1,fly/egress:us:2",
            "prices[1]: fly/egress again for the same region; allowed: one of each",
        ),
    ]);
    let link = "v=1&prices=fly/egress:us:1,x,fly/egress:us:2";
    assert_eq!(
        read(link).0.prices,
        [own("fly/egress", Some(Region::Us), 2.0)]
    );
}

#[test]
fn each_notice_names_what_where_and_what_is_allowed() {
    let grid = format!("v=1&grid={}!", "AB".repeat(167));
    let cases = [
        (
            "v=1&latncy=5",
            "latncy: not an input; allowed: names such as requests",
        ),
        ("v=1&http=5", "http: not an input; allowed: names such as"),
        ("v=1&=5", "=5: not an input; allowed: names such as"),
        (
            "v=1&latency=0",
            "http.latency_ms: 0; allowed: 1 to 3,600,000 ms",
        ),
        (
            "v=1&requests=1e999",
            "http.requests_per_month: \"1e999\"; allowed: 0, or 1,000 to",
        ),
        (
            "v=1&requests=NaN",
            "http.requests_per_month: \"NaN\"; allowed: 0, or 1,000 to",
        ),
        (
            "v=1&rate=-inf",
            "team.rate_usd_per_hour: \"-inf\"; allowed: 10 to 500 USD per hour",
        ),
        (
            "v=1&services=1.5",
            "services: 1.5; allowed: whole numbers, 1 to 200",
        ),
        (
            "v=1&services",
            "services: \"\"; allowed: whole numbers, 1 to 200",
        ),
        (
            "v=1&region=mars",
            "region: \"mars\"; allowed: us, europe, asia",
        ),
        (
            "v=1&mesh=maybe",
            "needs.mesh: \"maybe\"; allowed: true or false",
        ),
        (
            "v=1&min_instances=-1",
            "min_instances: -1; allowed: auto, or whole numbers",
        ),
        (
            "v=1&cpu=100",
            "http.cpu_ms: 100; allowed: at most 50 (latency × vCPU",
        ),
        (
            "v=1&latency=5&latency=80",
            "http.latency_ms: more than one; allowed: one; the last",
        ),
        (
            "v=1&a.zones=2.5&assumptions.zones=3",
            "assumptions.zones: more than one; allowed: one; the last",
        ),
        ("", "v: missing; allowed: 1, the version"),
        ("region=asia", "v: missing; allowed: 1, the version"),
        ("v=3&region=asia", "v: 3; allowed: 1, the version"),
        ("v=one", "v: \"one\"; allowed: 1, the version"),
        ("v=1&env=a%2:50:1", "environments: a%2; allowed: % only"),
        ("v=1&env=a%fF:50:1", "environments: a%fF; allowed: % only"),
        ("v=1&env=50%+off", "environments: 50%+off; allowed: % only"),
        (
            "v=1&env=a:50:b",
            "environments[0].replicas: \"b\"; allowed: whole numbers",
        ),
        (
            "v=1&env=a:169",
            "environments[0].hours_per_week: 169; allowed: 0 to 168",
        ),
        (
            "v=1&env=:50:1",
            "environments[0].name: \"\"; allowed: text of 1 to 60",
        ),
        (
            "v=1&env=a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,q,r,s,t,u",
            "environments: 21 of them; allowed: a list of",
        ),
        ("v=1&grid=AAAB", "traffic.grid: AAAB; allowed: 336 letters"),
        (&grid, "traffic.grid: ABAB"),
    ];
    each_is_told(&cases);
    let zeros = format!("v=1&grid={}", "A".repeat(336));
    assert_eq!(diagnostics(&zeros).len(), 1);
    assert_eq!(read("v=1&latency=5&latency=x").0, Inputs::default());
    assert_eq!(read("v=2&services=3").0.services, 3);
}

#[test]
fn a_text_that_is_too_long_is_the_default() {
    let link = format!("v=1&services=3&{}", "x".repeat(TEXT_LIMIT));
    let (inputs, diagnostics) = read(&link);
    assert_eq!((inputs, diagnostics.len()), (Inputs::default(), 1));
    assert!(diagnostics[0].to_string().ends_with("at most 131072 bytes"));
}

#[test]
fn damage_is_survived() {
    let mut dice = Dice(11);
    for n in 0..4_000 {
        let inputs = if n % 50 == 0 {
            longest()
        } else {
            dice.inputs(1 + n % 12)
        };
        let mut bytes = write(&inputs, DAY).into_bytes();
        for _ in 0..=dice.below(12) {
            let at = dice.below(bytes.len());
            match dice.below(5) {
                0 => bytes.truncate(at + 1),
                1 => bytes[at] ^= 1 << dice.below(8),
                2 => bytes[at] = b"&=%:,.-+e9#"[dice.below(11)],
                3 => drop(bytes.remove(at)),
                _ => bytes.insert(at, dice.bits() as u8),
            }
            if bytes.is_empty() {
                break;
            }
        }
        let link = String::from_utf8_lossy(&bytes);
        legal(&read(&link).0);
    }
    for _ in 0..1_000 {
        let length = dice.below(300);
        let bytes: Vec<u8> = (0..length).map(|_| dice.bits() as u8).collect();
        legal(&read(&String::from_utf8_lossy(&bytes)).0);
    }
}

#[test]
fn what_stands_beside_comes_back_whatever_it_is_called() {
    let one = Inputs {
        services: 4,
        ..Inputs::default()
    };
    let beside: Vec<Named> = [
        "Plain",
        "A: b & c = 100 %",
        "\u{e9}\u{4e2d} #1",
        "4",
        "one too many",
    ]
    .into_iter()
    .enumerate()
    .map(|(n, name)| {
        let mut inputs = one.clone();
        inputs.team.engineers = 7 + n as u32;
        Named {
            name: name.to_owned(),
            inputs,
        }
    })
    .collect();
    let link = write_beside(&one, "2026-10-09", &beside);
    assert_eq!(super::read(&link), (one, Vec::new()));
    assert_eq!(
        super::beside(&link),
        (beside[..BESIDE_LIMIT].to_vec(), Vec::new())
    );
    // Escaped once more on its way, as whole values are.
    let twice = link
        .replace(':', "%3A")
        .replace('%', "%25")
        .replace("%253A", ":");
    assert_eq!(super::beside(&twice).0.len(), BESIDE_LIMIT);
}

#[test]
fn what_stands_beside_and_is_not_understood_is_told() {
    let (found, told) =
        super::beside("v=1&beside=nothing&beside=Bad:v%3D1%26services%3D900%26huh%3D1");
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].inputs.services, 200);
    let told: Vec<String> = told.iter().map(ToString::to_string).collect();
    assert_eq!(told.len(), 3, "{told:#?}");
    assert!(
        told[0].contains("beside") && told[0].contains("nothing"),
        "{told:#?}"
    );
    let five = "&beside=x:v%3D1".repeat(5);
    let (found, told) = super::beside(&format!("v=1{five}"));
    assert_eq!((found.len(), told.len()), (BESIDE_LIMIT, 1));
}

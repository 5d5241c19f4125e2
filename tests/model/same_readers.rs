//! The decoders on serde_json against those on the hand-written reader: the same inputs, notices and texts.

use crate::dice::Dice;
use plimsoll::{
    model::prices::PriceBook,
    scenario::{self, link, saved, site::Site},
    scenario_before as before,
};
use std::{collections::BTreeMap, fmt::Debug, fs, path::Path};

/// What a decoder says: the notices one a line, and everything that it read.
#[derive(PartialEq)]
struct Told {
    notices: Vec<String>,
    read: String,
}

impl Told {
    fn new(notices: impl IntoIterator<Item = impl ToString>, read: impl Debug) -> Self {
        Self {
            notices: notices.into_iter().map(|one| one.to_string()).collect(),
            read: format!("{read:?}"),
        }
    }
}

/// Both decoders of a kind of text, the one before first.
type Both = fn(&str) -> [Told; 2];

fn scenarios(text: &str) -> [Told; 2] {
    let (old, new) = (before::read(text), scenario::read(text));
    [Told::new(old.1, old.0), Told::new(new.1, new.0)]
}

fn links(text: &str) -> [Told; 2] {
    let (old, new) = (before::link::read(text), link::read(text));
    [Told::new(old.1, old.0), Told::new(new.1, new.0)]
}

fn kept(text: &str) -> [Told; 2] {
    let none: [String; 0] = [];
    let old = match before::saved::read(text) {
        before::saved::Reading::Read(desk, notices) => Told::new(notices, desk),
        before::saved::Reading::Newer(version) => Told::new(none.clone(), version),
        before::saved::Reading::Damaged(why) => Told::new([why], ""),
    };
    let new = match saved::read(text) {
        saved::Reading::Read(desk, notices) => Told::new(notices, desk),
        saved::Reading::Newer(version) => Told::new(none, version),
        saved::Reading::Damaged(why) => Told::new([why], ""),
    };
    [old, new]
}

fn sites(text: &str) -> [Told; 2] {
    let empty = || PriceBook::of(Vec::new());
    let old = before::site::Site::read_over(empty(), text);
    let new = Site::read_over(empty(), text);
    [
        Told::new(
            old.notices,
            (old.title, old.links, old.base, old.book, old.locked),
        ),
        Told::new(
            new.notices,
            (new.title, new.links, new.base, new.book, new.locked),
        ),
    ]
}

/// How often the decoders differ in each way, and the first texts that show it.
#[derive(Default)]
struct Tally {
    texts: usize,
    with_notices: usize,
    ways: BTreeMap<&'static str, Vec<String>>,
}

impl Tally {
    fn compare(&mut self, both: Both, text: &str) {
        let [old, new] = both(text);
        self.texts += 1;
        self.with_notices += usize::from(!old.notices.is_empty());
        if old == new {
            return;
        }
        let way = if old.read != new.read {
            "other inputs"
        } else if old.notices.len() != new.notices.len() {
            "more or fewer notices"
        } else {
            let pairs = old.notices.iter().zip(&new.notices);
            let ways: Vec<_> = pairs.filter(|(a, b)| a != b).map(way).collect();
            ways.iter().copied().min().unwrap_or("none")
        };
        let shown = |told: &Told| {
            told.notices
                .join(" | ")
                .chars()
                .take(300)
                .collect::<String>()
        };
        self.ways.entry(way).or_default().push(format!(
            "{}\n  {}\n  {text:.200}",
            shown(&old),
            shown(&new)
        ));
    }
}

/// How two notices differ. What is worst comes first in the alphabet.
fn way((old, new): (&String, &String)) -> &'static str {
    let what = |text: &str| text.split(" at line ").next().map(str::to_owned);
    let spelled = |text: &str| text.to_lowercase().replace('+', "");
    if what(old) == what(new) {
        "place of a mistake"
    } else if spelled(old) == spelled(new) {
        "exponent of a number"
    } else {
        "an other notice"
    }
}

#[test]
fn old_and_new_read_the_same() {
    let mut tally = Tally::default();
    let decoders: [Both; 4] = [scenarios, links, kept, sites];
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus");
    for target in fs::read_dir(corpus).unwrap() {
        for entry in fs::read_dir(target.unwrap().path()).unwrap() {
            let bytes = fs::read(entry.unwrap().path()).unwrap();
            for both in decoders {
                tally.compare(both, &String::from_utf8_lossy(&bytes));
            }
        }
    }
    let corpus = tally.texts;
    let mut dice = Dice(160);
    for n in 0..100_000 {
        let mut inputs = dice.inputs(1 + n % 40);
        if n % 5 > 0 {
            inputs.traffic.grid.clear();
        }
        let (text, both) = match n % 8 {
            0 | 1 => (written(&inputs, n), scenarios as Both),
            2 => (scenario::write(&inputs).to_string(), scenarios as Both),
            3 | 4 => (both_write(&inputs, &mut dice), kept as Both),
            5 | 6 => {
                let (old, new) = (before::link::write(&inputs, ""), link::write(&inputs, ""));
                assert_eq!(old, new);
                (new, links as Both)
            }
            _ => (site(&inputs), sites as Both),
        };
        tally.compare(both, &dice.damaged(&text));
    }
    println!(
        "{corpus} readings of the corpora, {} in all, {} with notices",
        tally.texts, tally.with_notices
    );
    for (way, texts) in &tally.ways {
        println!("{way}: {}", texts.len());
        let distinct: BTreeMap<_, _> = texts
            .iter()
            .map(|text| (text.split(" at line").next(), text))
            .collect();
        for text in distinct.values().take(25) {
            println!("{text}");
        }
    }
    for way in ["other inputs", "more or fewer notices", "an other notice"] {
        assert!(!tally.ways.contains_key(way), "{way}");
    }
}

/// A scenario as both write it.
fn written(inputs: &plimsoll::model::inputs::Inputs, n: usize) -> String {
    let (old, new) = if n % 8 == 0 {
        (
            before::write(inputs).to_string(),
            scenario::write(inputs).to_string(),
        )
    } else {
        (
            before::write_changes(inputs).to_string(),
            scenario::write_changes(inputs).to_string(),
        )
    };
    assert_eq!(old, new);
    new
}

/// A kept text as both write it.
fn both_write(inputs: &plimsoll::model::inputs::Inputs, dice: &mut Dice) -> String {
    let another = dice.inputs(30);
    let mut old = before::saved::Desk {
        inputs: inputs.clone(),
        named: Vec::new(),
    };
    let mut new = saved::Desk {
        inputs: inputs.clone(),
        named: Vec::new(),
    };
    old.add("a \"name\" \\ é", another.clone()).unwrap();
    new.add("a \"name\" \\ é", another).unwrap();
    let (old, new) = (before::saved::write(&old), saved::write(&new));
    assert_eq!(old, new);
    new
}

/// A site whose parts are all there.
fn site(inputs: &plimsoll::model::inputs::Inputs) -> String {
    let scenario = scenario::write_changes(inputs);
    format!(
        r#"{{"v":1,"title":"Where do our containers run?","scenario":{scenario},"prices":["meter,region_group,region,value,unit,page,read,confidence,note","aws/eks/cluster,all,,0.07,USD per cluster-hour,,,own,as agreed"],"lock":["region","team.rate_usd_per_hour","needs"],"links":[{{"text":"Handbook","href":"https://wiki.example.com/handbook"}}]}}"#
    )
}

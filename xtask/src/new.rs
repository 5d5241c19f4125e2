//! `cargo xtask new platform`: makes what a new platform needs, and says what is left to do.
//!
//! It writes a file of rules from a template, a line of the registry, meters with rows without a price, and a place for the
//! evidence. What only a person knows it prints.

use crate::{
    folders::root,
    run::{cargo, run},
    say,
};
use std::{fs, path::PathBuf};

/// The rules that a new platform begins with: replicas of the user's size, billed by the hour.
const PLATFORM: &str = include_str!("../../crates/model/src/platforms/template.rs");
const VENDOR: &str = include_str!("../../crates/model/src/vendors/railway.rs");
/// The registry of vendors.
const VENDORS: &str = "crates/model/src/vendor.rs";

/// The longest name of a platform, in characters.
const LONGEST: usize = 20;

/// A file of the repository that is changed.
struct Source {
    path: PathBuf,
    text: String,
}

impl Source {
    fn open(path: &str) -> Result<Self, String> {
        let path = root().join(path);
        let text =
            fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        Ok(Self { path, text })
    }

    /// Puts a text before the first place where `mark` stands behind `start`.
    fn insert(&mut self, start: &str, mark: &str, text: &str) -> Result<(), String> {
        let lost = || {
            format!(
                "{} has no longer \"{start}\" before \"{mark}\": `new` has to follow it",
                self.path.display()
            )
        };
        let from = self.text.find(start).ok_or_else(lost)?;
        let place = from + self.text[from..].find(mark).ok_or_else(lost)?;
        self.text.insert_str(place, text);
        Ok(())
    }

    fn save(&self) -> Result<(), String> {
        fs::write(&self.path, &self.text)
            .map_err(|error| format!("{}: {error}", self.path.display()))
    }
}

/// The forms of a name: `do-app`, `do_app`, `DoApp`, `DO_APP`.
struct Names {
    id: String,
    file: String,
    variant: String,
    meter: String,
}

impl Names {
    fn of(name: &str) -> Result<Self, String> {
        let words: Vec<String> = name
            .split(|c: char| !c.is_ascii_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_ascii_lowercase)
            .collect();
        if !words
            .first()
            .is_some_and(|word| word.starts_with(|c: char| c.is_ascii_alphabetic()))
        {
            return Err(format!(
                "\"{name}\": allowed is a name that begins with a letter"
            ));
        }
        let capital = |word: &String| word[..1].to_ascii_uppercase() + &word[1..];
        let file = words.join("_");
        Ok(Self {
            id: words.join("-"),
            variant: words.iter().map(capital).collect(),
            meter: file.to_ascii_uppercase(),
            file,
        })
    }
}

/// Makes the parts of a platform of that name, billed by that vendor.
///
/// # Errors
///
/// A name that can't be one, a platform that is there already, or a file that `new` no longer knows its way in.
pub fn platform(name: &str, vendor: &str) -> Result<(), String> {
    let (names, mut of_vendor) = (Names::of(name)?, Names::of(vendor)?);
    if name.chars().count() > LONGEST {
        return Err(format!(
            "\"{name}\": allowed are {LONGEST} characters, so that it fits the narrowest chart"
        ));
    }
    let rules = root().join(format!("crates/model/src/platforms/{}.rs", names.file));
    if rules.exists() {
        return Err(format!("{} is there already", rules.display()));
    }
    // Nothing is written before every change is known to fit.
    let mut changed = Vec::new();
    match known_vendor(&Source::open(VENDORS)?.text, vendor) {
        Some(known) => of_vendor = known,
        None => changed.extend(new_vendor(vendor, &of_vendor)?),
    }
    changed.extend(registry(name, &names, &of_vendor)?);
    changed.extend(prices(name, &names, &of_vendor)?);
    changed.push(evidence(name, &names)?);
    let text = PLATFORM
        .replace("Name of it", name)
        .replace("AUTOPILOT", &names.meter)
        .replace(
            "Vendor::GoogleCloud",
            &["Vendor::", &of_vendor.variant].concat(),
        );
    changed.push(Source { path: rules, text });
    for source in changed {
        source.save()?;
    }
    run(cargo().args(["fmt", "--all"]))?;
    say::detail(&left_to_do(&names));
    Ok(())
}

/// A vendor's line in the registry, and its file.
fn new_vendor(vendor: &str, names: &Names) -> Result<[Source; 3], String> {
    let Names {
        id, file, variant, ..
    } = names;
    let link = link_name(id)?;
    let mut vendors = Source::open(VENDORS)?;
    let line = format!(
        "            /// {vendor}.\n            {variant} = {file}, \"{id}\", \"{vendor}\", \"{link}\";\n"
    );
    vendors.insert("$with! {", "        }\n    };", &line)?;
    let mut modules = Source::open("crates/model/src/vendors/mod.rs")?;
    modules.insert("mod aws;", "mod aws;", &format!("mod {file};\n"))?;
    let rules = Source {
        path: root().join(format!("crates/model/src/vendors/{file}.rs")),
        text: VENDOR.replace("Railway", vendor),
    };
    Ok([vendors, modules, rules])
}

/// The platform's line in the registry, and its module.
fn registry(name: &str, names: &Names, of_vendor: &Names) -> Result<[Source; 2], String> {
    let Names {
        id, file, variant, ..
    } = names;
    let mut registry = Source::open("crates/model/src/platform.rs")?;
    let vendor = &of_vendor.variant;
    let line = format!(
        "            /// {name}.\n            {variant} = {file}, {vendor}, \"{id}\", \"{name}\", \"{name}\";\n"
    );
    registry.insert("$with! {", "        }\n    };", &line)?;
    let mut modules = Source::open("crates/model/src/platforms/mod.rs")?;
    modules.insert(
        "pub mod aks;",
        "pub mod aks;",
        &format!("pub mod {file};\n"),
    )?;
    Ok([registry, modules])
}

/// Handles of two meters, and their rows without a price.
fn prices(name: &str, names: &Names, of_vendor: &Names) -> Result<[Source; 2], String> {
    let mut meters = Source::open("crates/model/src/prices/meters.rs")?;
    let mut book = Source::open("crates/model/src/prices/book.csv")?;
    let mut handles = String::new();
    if !book.text.ends_with('\n') {
        book.text.push('\n');
    }
    for (meter, unit, per, what) in [
        ("CPU", "VcpuHour", "vCPU-hour", "vcpu"),
        ("MEMORY", "GibHour", "GiB-hour", "memory"),
    ] {
        let id = format!("{}/{}/{what}", of_vendor.id, names.id);
        handles += &format!(
            "\n    {}_{meter}: Price<{unit}> = \"{id}\", \"{name}, {what}\";",
            names.meter
        );
        book.text += &format!("{id},all,all,,USD per {per},,,none,no sourced price known\n");
    }
    meters.insert("meters! {", "\n}\n", &handles)?;
    Ok([meters, book])
}

/// The place for what shows that its bill is right.
fn evidence(name: &str, names: &Names) -> Result<Source, String> {
    let Names { file, variant, .. } = names;
    let mut evidence = Source::open("tests/model/by_hand.rs")?;
    let arm = format!("        Platform::{variant} => ByHand({file}),\n");
    evidence.insert("fn evidence(", "    }\n}\n", &arm)?;
    evidence.text += &format!(
        "\n/// {name}: what is billed, times its price, step by step.\nfn {file}() {{\n    \
         panic!(\"derive a bill of {name} by hand, or name an example of somebody else's\");\n}}\n"
    );
    Ok(evidence)
}

/// The names of a vendor that is in the list, by its name or its id: Fly.io is `Fly = fly, "fly"`.
fn known_vendor(list: &str, vendor: &str) -> Option<Names> {
    let known = |line: &str| {
        let (variant, rest) = line.trim().split_once(" = ")?;
        let (_, rest) = rest.split_once(", \"")?;
        let (id, rest) = rest.split_once("\", \"")?;
        let (name, _) = rest.split_once('"')?;
        [id, name]
            .contains(&vendor)
            .then(|| (variant.to_owned(), id.to_owned()))
    };
    let (variant, id) = list.lines().find_map(known)?;
    Some(Names {
        variant,
        ..Names::of(&id).ok()?
    })
}

/// A short name in links for a vendor's discount that no input has yet.
fn link_name(id: &str) -> Result<String, String> {
    let texts = ["vendor.rs", "inputs/table.rs", "inputs/assumptions.rs"]
        .map(|file| Source::open(&format!("crates/model/src/{file}")));
    let mut known = String::new();
    for source in texts {
        known += &source?.text;
    }
    let free = |name: &String| {
        !known.contains(&format!("\"{name}\"")) && !known.contains(&format!("({name})"))
    };
    id.chars()
        .filter(char::is_ascii_alphabetic)
        .chain('a'..='z')
        .map(|letter| format!("d{letter}"))
        .find(free)
        .ok_or_else(|| "no short name is free in links".to_owned())
}

fn left_to_do(names: &Names) -> String {
    let Names { file, id, .. } = names;
    format!(
        "What is left:\n\
         1. crates/model/src/platforms/{file}.rs: every TODO; what is billed, how it scales, its limits, each with its page.\n\
         2. crates/model/src/prices/book.csv: the rows that begin with the vendor and {id}: value, page, day, confidence.\n\
         3. crates/model/src/platforms/treatment.rs: what it bills, includes or leaves out of each item;\n   \
            crates/model/src/promises.rs and its vendor's file beside it: what it promises, as far as it is known.\n\
         4. crates/chart/src/theme.rs: a colour in light and one in dark, where the compiler asks for it;\n   \
            `cargo test -p plimsoll-chart` says which are too near.\n\
         5. tests/model/by_hand.rs: what shows that its bill is right. If it rounds sizes up, tests/model/properties.rs,\n   \
            `snapping_never_shrinks`.\n\
         6. `cargo xtask bless`, and read what it changed; `cargo xtask test`.\n\
         7. index.html: its sentence on the platforms, which a test holds against the registry."
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_its_forms() {
        let names = Names::of("DigitalOcean App Platform").ok();
        let names = names.map(|n| [n.id, n.file, n.variant, n.meter]);
        let expected = [
            "digitalocean-app-platform",
            "digitalocean_app_platform",
            "DigitaloceanAppPlatform",
            "DIGITALOCEAN_APP_PLATFORM",
        ];
        assert_eq!(names, Some(expected.map(str::to_owned)));
        assert!(Names::of("9lives").is_err() && Names::of("—").is_err());
    }

    #[test]
    fn a_vendor_that_is_there_is_found_by_name_and_id() {
        let list = Source::open("crates/model/src/vendor.rs").map(|source| source.text);
        let list = list.unwrap_or_else(|error| unreachable!("{error}"));
        for (vendor, expected) in [
            ("Fly.io", Some(["Fly", "fly"])),
            ("AWS", Some(["Aws", "aws"])),
            ("google-cloud", Some(["GoogleCloud", "google-cloud"])),
            ("DigitalOcean", None),
        ] {
            let found = known_vendor(&list, vendor).map(|names| [names.variant, names.id]);
            assert_eq!(
                found,
                expected.map(|both| both.map(str::to_owned)),
                "{vendor}"
            );
        }
    }

    /// Else `new` would stop halfway when somebody needs it.
    #[test]
    fn it_finds_its_way_in_every_file() {
        for (file, start, mark) in [
            (
                "crates/model/src/vendor.rs",
                "$with! {",
                "        }\n    };",
            ),
            (
                "crates/model/src/platform.rs",
                "$with! {",
                "        }\n    };",
            ),
            (
                "crates/model/src/platforms/mod.rs",
                "pub mod aks;",
                "pub mod aks;",
            ),
            ("crates/model/src/prices/meters.rs", "meters! {", "\n}\n"),
            ("tests/model/by_hand.rs", "fn evidence(", "    }\n}\n"),
        ] {
            let mut source = Source::open(file).unwrap_or_else(|error| unreachable!("{error}"));
            assert_eq!(source.insert(start, mark, "x"), Ok(()), "{file}");
        }
    }
}

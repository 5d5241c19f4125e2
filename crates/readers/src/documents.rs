//! Documents of JSON and YAML: parsed within limits, and handed to the reader of what they describe.

use super::{
    File, Kind, Place, Reading, cloud_run, compose, container_apps, ecs, kubernetes, terraform,
};
use serde_json::Value;
use serde_saphyr::{Budget, Options};

/// A document of a file: where it begins, and what is in it.
pub(crate) struct Document {
    pub(crate) at: Place,
    pub(crate) value: Value,
}

/// What stands at a path of names; null where nothing does.
pub(crate) fn dig<'a>(value: &'a Value, path: &str) -> &'a Value {
    path.split('.')
        .fold(value, |value, key| value.get(key).unwrap_or(&Value::Null))
}

/// The list at a path of names; empty where there is none.
pub(crate) fn list<'a>(value: &'a Value, path: &str) -> &'a [Value] {
    dig(value, path).as_array().map_or(&[], Vec::as_slice)
}

/// The text at a path of names; empty where there is none.
pub(crate) fn text<'a>(value: &'a Value, path: &str) -> &'a str {
    dig(value, path).as_str().unwrap_or_default()
}

/// Keys with which documents begin that are no list of rows.
const KEYS: [&str; 12] = [
    "kind:",
    "apiVersion:",
    "services:",
    "properties:",
    "type:",
    "containerDefinitions:",
    "family:",
    "resources:",
    "name:",
    "version:",
    "location:",
    "items:",
];

/// Whether a text has documents: objects, not rows.
pub(crate) fn are_in(text: &str) -> bool {
    let text = text.trim_start_matches('\u{feff}');
    text.trim_start().starts_with(['{', '['])
        || text
            .lines()
            .map(|line| line.trim_start_matches(['-', ' ']))
            .any(|line| KEYS.iter().any(|key| line.starts_with(key)))
}

/// The documents of a file.
pub(crate) fn split(file: &File<'_>, reading: &mut Reading) -> Vec<Document> {
    let mut parts: Vec<(usize, String)> = vec![(1, String::new())];
    for (n, line) in file.text.lines().enumerate() {
        if line.trim_end() == "---" || line.starts_with("--- ") {
            parts.push((n + 2, String::new()));
        } else if let Some((_, part)) = parts.last_mut() {
            part.push_str(line);
            part.push('\n');
        }
    }
    let mut documents = Vec::new();
    for (line, part) in parts {
        let is_said = |line: &str| !line.trim().is_empty() && !line.trim_start().starts_with('#');
        let Some(first) = part.lines().position(is_said) else {
            continue;
        };
        let at = (file.name.to_owned(), line + first);
        match parse(&part) {
            Ok(value) => documents.push(Document { at, value }),
            Err(found) => reading.tell(Kind::Wrong, &at, found),
        }
    }
    documents
}

/// JSON or YAML, with limits on what a few bytes may unfold to.
fn parse(text: &str) -> Result<Value, String> {
    let text = text.trim_start_matches('\u{feff}');
    if text.trim_start().starts_with(['{', '['])
        && let Ok(value) = serde_json::from_str(text)
    {
        return Ok(value);
    }
    let mut options = Options::default();
    let mut budget = Budget::default();
    budget.max_aliases = 1_000;
    budget.max_depth = 100;
    options.budget = Some(budget);
    let value: Result<Value, _> = serde_saphyr::from_str_with_options(text, options);
    value.map_err(|error| {
        // The message of the parser may show a part of the file, and so a secret.
        match error.location() {
            Some(place) => format!(
                "no YAML at line {} of this document, column {}; allowed: YAML or JSON, nested up to 100 deep, 1,000 aliases",
                place.line(),
                place.column()
            ),
            None => "no YAML; allowed: YAML or JSON, nested up to 100 deep, 1,000 aliases".to_owned(),
        }
    })
}

/// Reads all documents, those of one kind together.
pub(crate) fn read(documents: Vec<Document>, reading: &mut Reading) {
    type Readers = [(fn(&Value) -> bool, fn(Vec<Document>, &mut Reading)); 6];
    // Kubernetes is the last: it tells of what nobody knows.
    let readers: Readers = [
        (terraform::knows, terraform::read),
        (ecs::knows, ecs::read),
        (container_apps::knows, container_apps::read),
        (compose::knows, compose::read),
        (cloud_run::knows, cloud_run::read),
        (|_| true, kubernetes::read),
    ];
    let mut sorted = readers.map(|_| Vec::new());
    for document in documents {
        let place = readers.iter().position(|(knows, _)| knows(&document.value));
        if let Some(place) = place {
            sorted[place].push(document);
        }
    }
    for ((_, read), documents) in readers.into_iter().zip(sorted) {
        if !documents.is_empty() {
            read(documents, reading);
        }
    }
}

//! Documents of JSON and YAML: parsed within limits, and handed to the reader of what they describe.

use super::{
    File, Kind, Place, Reading, cloud_run, compose, container_apps, ecs, kubernetes, terraform,
    traffic, yaml,
};
use serde_json::Value;

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
    // JSON may be large, and is one document.
    if file.text.trim_start().starts_with(['{', '['])
        && let Ok(mut value) = serde_json::from_str::<Value>(file.text)
    {
        // One order of keys, whatever another crate of the same build asks of serde_json.
        value.sort_all_objects();
        let at = (file.name.to_owned(), 1);
        return vec![Document { at, value }];
    }
    let mut documents = Vec::new();
    for found in yaml::documents(file.text) {
        match found {
            // A comment alone is no document.
            Ok((_, Value::Null)) => {}
            Ok((line, mut value)) => {
                value.sort_all_objects();
                documents.push(Document {
                    at: (file.name.to_owned(), line),
                    value,
                });
            }
            Err(wrong) => {
                let at = (file.name.to_owned(), wrong.line);
                let text = format!(
                    "no YAML from column {} on; allowed: YAML or JSON, nested up to 100 deep, 1,000 aliases",
                    wrong.column
                );
                reading.tell(Kind::Wrong, &at, text);
            }
        }
    }
    documents
}

/// Reads all documents, those of one kind together.
pub(crate) fn read(documents: Vec<Document>, reading: &mut Reading) {
    type Readers = [(fn(&Value) -> bool, fn(Vec<Document>, &mut Reading)); 7];
    // Kubernetes is the last: it tells of what nobody knows.
    let readers: Readers = [
        (traffic::knows, traffic::read),
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

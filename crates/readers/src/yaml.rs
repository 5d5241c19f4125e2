//! YAML as values, within limits: how deep it nests, and what its aliases may unfold to. Errors show nothing of the file.

use granit_parser::{Event, Parser, ScalarStyle, options};
use serde_json::{Map, Number, Value};
use std::collections::HashMap;

/// How deep nodes may stand in one another.
const DEEPEST: usize = 100;
/// How many aliases a file may have.
const MOST_ALIASES: usize = 1_000;
/// How many nodes a file may have, with those that its aliases repeat.
const MOST_NODES: usize = 4_000_000;

/// Where a file is no YAML: line and column, from 1.
pub(crate) struct Wrong {
    pub(crate) line: usize,
    pub(crate) column: usize,
}

/// The documents of a text, each with its first line; behind an error the next document goes on.
pub(crate) fn documents(text: &str) -> Vec<Result<(usize, Value), Wrong>> {
    let options = options! { emit_comments: false };
    let mut parser = Parser::new_from_str_with_options(text, options);
    let mut found = Vec::new();
    let mut tree = Tree::default();
    loop {
        let Some(next) = parser.next() else {
            return found;
        };
        let step = match next {
            Ok((Event::StreamEnd, _)) => return found,
            Ok((event, span)) => {
                let (line, column) = (span.start.line(), span.start.col() + 1);
                tree.take(event, line).ok_or(Wrong { line, column })
            }
            Err(error) => Err(Wrong {
                line: error.marker().line(),
                column: error.marker().col() + 1,
            }),
        };
        match step {
            Ok(Some(document)) => found.push(Ok(document)),
            Ok(None) => {}
            Err(wrong) => {
                found.push(Err(wrong));
                // What was repeated in this document counts on.
                tree = Tree {
                    nodes: tree.nodes,
                    aliases: tree.aliases,
                    ..Tree::default()
                };
                if tree.nodes >= MOST_NODES || !matches!(parser.proceed_next_document(), Ok(true)) {
                    return found;
                }
            }
        }
    }
}

/// A node that is not closed yet.
enum Open {
    List(Vec<Value>),
    Object(Map<String, Value>, Option<String>),
}

/// The document that is being read.
#[derive(Default)]
struct Tree {
    open: Vec<(Open, usize)>,
    /// What aliases stand for, and how many nodes that are.
    anchors: HashMap<usize, (Value, usize)>,
    nodes: usize,
    aliases: usize,
    begin: Option<usize>,
    whole: Option<Value>,
}

impl Tree {
    /// Takes the next event in. A whole document with its first line at its end; nothing where a limit is passed.
    #[allow(clippy::option_option, reason = "no document yet, or a limit passed")]
    fn take(&mut self, event: Event<'_>, line: usize) -> Option<Option<(usize, Value)>> {
        if !matches!(
            event,
            Event::StreamStart | Event::DocumentStart(..) | Event::DocumentEnd
        ) {
            self.begin.get_or_insert(line);
        }
        match event {
            Event::DocumentStart(..) => {
                self.anchors.clear();
                self.begin = None;
                self.whole = None;
            }
            Event::DocumentEnd => {
                let begin = self.begin.take();
                return Some(begin.zip(self.whole.take()));
            }
            Event::Scalar(text, style, anchor, tag) => {
                let is_text = tag.is_some() || style != ScalarStyle::Plain;
                let value = if is_text {
                    Value::String(text.into_owned())
                } else {
                    plain(&text)
                };
                self.put(value, anchor, 1)?;
            }
            Event::SequenceStart(_, anchor, _) => self.open(Open::List(Vec::new()), anchor)?,
            Event::MappingStart(_, anchor, _) => {
                self.open(Open::Object(Map::new(), None), anchor)?;
            }
            Event::SequenceEnd | Event::MappingEnd => {
                let (open, anchor) = self.open.pop()?;
                let value = match open {
                    Open::List(list) => Value::Array(list),
                    Open::Object(object, _) => Value::Object(object),
                };
                self.put(value, anchor, 1)?;
            }
            Event::Alias(anchor) => {
                self.aliases += 1;
                let (value, nodes) = self.anchors.get(&anchor)?;
                let within = self.aliases <= MOST_ALIASES && self.nodes + nodes <= MOST_NODES;
                let (value, nodes) = (within.then(|| value.clone())?, *nodes);
                self.put(value, 0, nodes)?;
            }
            _ => {}
        }
        Some(None)
    }

    fn open(&mut self, open: Open, anchor: usize) -> Option<()> {
        let is_deep = self.open.len() >= DEEPEST;
        (!is_deep).then(|| self.open.push((open, anchor)))
    }

    /// Puts a node where it belongs: in the list, as a key or as the value of one.
    fn put(&mut self, value: Value, anchor: usize, nodes: usize) -> Option<()> {
        self.nodes += nodes;
        if self.nodes > MOST_NODES {
            return None;
        }
        if anchor > 0 {
            let nodes = size(&value);
            self.anchors.insert(anchor, (value.clone(), nodes));
        }
        match self.open.last_mut() {
            None => self.whole = Some(value),
            Some((Open::List(list), _)) => list.push(value),
            Some((Open::Object(object, key), _)) => match key.take() {
                None => {
                    *key = Some(match value {
                        Value::String(text) => text,
                        other => other.to_string(),
                    });
                }
                Some(name) if name == "<<" => merge(object, value),
                Some(name) => {
                    object.insert(name, value);
                }
            },
        }
        Some(())
    }
}

/// How many nodes a value is.
fn size(value: &Value) -> usize {
    match value {
        Value::Array(list) => 1 + list.iter().map(size).sum::<usize>(),
        Value::Object(object) => 1 + object.values().map(size).sum::<usize>(),
        _ => 1,
    }
}

/// Lays an object, or each of a list, under an object: what stands there already stays.
fn merge(object: &mut Map<String, Value>, value: Value) {
    match value {
        Value::Object(under) => {
            for (key, value) in under {
                object.entry(key).or_insert(value);
            }
        }
        Value::Array(all) => {
            for value in all {
                merge(object, value);
            }
        }
        _ => {}
    }
}

/// What a scalar without quotes is: nothing, yes or no, a number, or a text.
fn plain(text: &str) -> Value {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Value::Null,
        "true" | "True" | "TRUE" => return Value::Bool(true),
        "false" | "False" | "FALSE" => return Value::Bool(false),
        _ => {}
    }
    let number = || {
        let begins = text.starts_with(|c: char| c.is_ascii_digit() || c == '-');
        begins.then(|| text.parse::<Number>().ok()).flatten()
    };
    number().map_or_else(|| Value::String(text.to_owned()), Value::Number)
}

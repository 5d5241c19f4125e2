//! YAML as manifests need it: maps, lists and scalars, each text quoted where a reader could take it for something else.

/// A value.
#[derive(Clone, Debug)]
pub(super) enum Node {
    /// Names with values, in their order.
    Map(Vec<(&'static str, Node)>),
    /// Values.
    List(Vec<Node>),
    /// A text, whatever it says.
    Text(String),
    /// A number, a quantity or a switch, which stands as it is.
    Plain(String),
}

impl Node {
    /// A map with one more name.
    #[must_use]
    pub(super) fn with(mut self, name: &'static str, value: impl Into<Self>) -> Self {
        if let Self::Map(entries) = &mut self {
            entries.push((name, value.into()));
        }
        self
    }

    /// A map with one more name, where there is a value for it.
    #[must_use]
    pub(super) fn with_some(self, name: &'static str, value: Option<impl Into<Self>>) -> Self {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }

    /// What stands behind a name on its own line; none for a map or a list, which begins on the next.
    fn on_one_line(&self) -> Option<String> {
        match self {
            Self::Map(entries) if entries.is_empty() => Some("{}".to_owned()),
            Self::List(items) if items.is_empty() => Some("[]".to_owned()),
            Self::Map(_) | Self::List(_) => None,
            Self::Text(text) => Some(scalar(text)),
            Self::Plain(text) => Some(text.clone()),
        }
    }

    fn lines(&self) -> Vec<String> {
        if let Some(line) = self.on_one_line() {
            return vec![line];
        }
        let mut out = Vec::new();
        match self {
            Self::Map(entries) => {
                for (name, value) in entries {
                    if let Some(line) = value.on_one_line() {
                        out.push(format!("{name}: {line}"));
                    } else {
                        out.push(format!("{name}:"));
                        out.extend(value.lines().iter().map(|line| format!("  {line}")));
                    }
                }
            }
            Self::List(items) => {
                for item in items {
                    let lines = item.lines();
                    let lines = lines.iter().enumerate();
                    out.extend(lines.map(|(n, line)| {
                        let before = if n == 0 { "- " } else { "  " };
                        format!("{before}{line}")
                    }));
                }
            }
            Self::Text(_) | Self::Plain(_) => {}
        }
        out
    }
}

impl From<&str> for Node {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<&String> for Node {
    fn from(text: &String) -> Self {
        Self::Text(text.clone())
    }
}

impl From<String> for Node {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<u32> for Node {
    fn from(number: u32) -> Self {
        Self::Plain(number.to_string())
    }
}

impl From<bool> for Node {
    fn from(is: bool) -> Self {
        Self::Plain(is.to_string())
    }
}

impl<const N: usize> From<[Node; N]> for Node {
    fn from(items: [Node; N]) -> Self {
        Self::List(items.into())
    }
}

/// A map of these names.
pub(super) fn map<const N: usize>(entries: [(&'static str, Node); N]) -> Node {
    Node::Map(entries.into())
}

/// An object as clusters and Cloud Run have them.
pub(super) fn object(version: &str, kind: &str, metadata: Node, spec: Node) -> Node {
    map([
        ("apiVersion", version.into()),
        ("kind", kind.into()),
        ("metadata", metadata),
        ("spec", spec),
    ])
}

/// An empty map, to be filled.
pub(super) fn empty() -> Node {
    Node::Map(Vec::new())
}

/// Appends a document: what is to be said of it as comments, then its value.
pub(super) fn push_document(out: &mut String, notes: &[String], value: &Node) {
    out.push_str("---\n");
    push_comments(out, notes);
    for line in value.lines() {
        out.push_str(&line);
        out.push('\n');
    }
}

/// Appends sentences as comments, each from a line of its own.
pub(super) fn push_comments(out: &mut String, notes: &[String]) {
    const WIDTH: usize = 110;
    for note in notes {
        let mut length = 0;
        for word in note.split_whitespace() {
            if length == 0 || length + 1 + word.chars().count() > WIDTH {
                out.push_str(if length == 0 { "#" } else { "\n#" });
                length = 1;
            }
            out.push(' ');
            out.push_str(word);
            length += 1 + word.chars().count();
        }
        out.push('\n');
    }
}

/// Words that are no text in YAML 1.1 or 1.2: <https://yaml.org/type/bool.html>, <https://yaml.org/type/null.html>.
const NO_TEXTS: [&str; 9] = ["y", "n", "yes", "no", "true", "false", "on", "off", "null"];

/// A text, in quotes unless it is a word that nobody takes for anything else.
fn scalar(text: &str) -> String {
    let is_safe = |c: char| c.is_ascii_alphanumeric() || "-_./:".contains(c);
    let is_word = text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.chars().all(is_safe)
        && !text.ends_with(':');
    if is_word && !NO_TEXTS.contains(&text.to_ascii_lowercase().as_str()) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => {
                out.push('\\');
                out.push(c);
            }
            // What no document may have as it is, and what breaks lines in YAML 1.1.
            '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}' => {
                out.push_str(&format!("\\u{:04x}", u32::from(c)));
            }
            c if c.is_control() => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_stays_a_text() {
        for (text, written) in [
            ("api", "api"),
            ("example.com/api:tag", "example.com/api:tag"),
            ("apps/v1", "apps/v1"),
            ("on", "\"on\""),
            ("No", "\"No\""),
            ("null", "\"null\""),
            ("~", "\"~\""),
            ("1", "\"1\""),
            ("1e3", "\"1e3\""),
            ("", "\"\""),
            ("a: b", "\"a: b\""),
            ("a:", "\"a:\""),
            ("a # b", "\"a # b\""),
            ("say \"no\" \\", "\"say \\\"no\\\" \\\\\""),
            ("two\nlines", "\"two\\u000alines\""),
            ("準備", "\"準備\""),
            ("\u{85}\u{feff}", "\"\\u0085\\ufeff\""),
        ] {
            assert_eq!(scalar(text), written);
        }
    }

    #[test]
    fn a_document_has_its_comments_and_its_indents() {
        let mut out = String::new();
        let port = map([("name", "http".into()), ("port", 80.into())]);
        let value = map([("kind", "Service".into())])
            .with(
                "spec",
                map([("ports", [port].into())]).with_some("type", None::<&str>),
            )
            .with("status", empty());
        push_document(&mut out, &["To be checked.".to_owned()], &value);
        let wanted = "---\n# To be checked.\nkind: Service\nspec:\n  ports:\n    - name: http\n      port: 80\nstatus: {}\n";
        assert_eq!(out, wanted);
        let mut out = String::new();
        push_comments(&mut out, &["word ".repeat(30)]);
        assert_eq!(out.lines().count(), 2);
        let is_short = |line: &str| line.starts_with("# word") && line.len() <= 111;
        assert!(out.lines().all(is_short), "{out}");
    }
}

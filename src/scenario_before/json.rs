//! JSON (RFC 8259) as the page needs it: read into values, written in one line.
//!
//! serde_json is a fine crate and the tests hold this file against it. It came with a table of 10 kB for writing floats and
//! much code of its own, a tenth of what a visitor downloaded. Its words for mistakes and its limits are kept.

use crate::model::decimal;
use std::fmt;

/// How many lists and objects may stand in one another.
const DEEPEST: usize = 127;

/// Any JSON value.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number, with the digits that it was written with.
    Number(String),
    /// A text.
    String(String),
    /// A list.
    Array(Vec<Self>),
    /// An object.
    Object(Map),
}

impl Value {
    /// The number, if it is one that a float can hold.
    pub fn as_f64(&self) -> Option<f64> {
        match self {
            Self::Number(text) => decimal::parse(text).filter(|x| x.is_finite()),
            _ => None,
        }
    }

    /// The whole number, if it is one and written as one.
    pub fn as_u64(&self) -> Option<u64> {
        match self {
            Self::Number(text) => text.parse().ok(),
            _ => None,
        }
    }

    /// The text, if it is one.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::String(text) => Some(text),
            _ => None,
        }
    }

    /// `true` or `false`, if it is one of them.
    pub fn as_bool(&self) -> Option<bool> {
        match self {
            Self::Bool(flag) => Some(*flag),
            _ => None,
        }
    }

    /// Whether it is `null`.
    pub fn is_null(&self) -> bool {
        *self == Self::Null
    }

    /// Whether it is a text.
    pub fn is_string(&self) -> bool {
        self.as_str().is_some()
    }

    /// The value under a key, if it is an object that has one.
    pub fn get(&self, key: &str) -> Option<&Self> {
        match self {
            Self::Object(object) => object.get(key),
            _ => None,
        }
    }
}

/// The values of an object by their keys, in the order of the keys.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Map(Vec<(String, Value)>);

impl Map {
    /// No values.
    pub fn new() -> Self {
        Self::default()
    }

    fn place(&self, key: &str) -> Result<usize, usize> {
        self.0
            .binary_search_by(|(known, _)| known.as_str().cmp(key))
    }

    /// All keys and values.
    pub fn iter(&self) -> std::slice::Iter<'_, (String, Value)> {
        self.0.iter()
    }

    /// The value under a key.
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.place(key).ok().map(|place| &self.0[place].1)
    }

    /// Whether there is a value under a key.
    pub fn contains_key(&self, key: &str) -> bool {
        self.place(key).is_ok()
    }

    /// Puts a value under a key and gives the one that stood there.
    pub fn insert(&mut self, key: String, value: Value) -> Option<Value> {
        match self.place(&key) {
            Ok(place) => Some(std::mem::replace(&mut self.0[place].1, value)),
            Err(place) => {
                self.0.insert(place, (key, value));
                None
            }
        }
    }

    /// The object under a key, made where there is no value; nothing where there is another value.
    pub fn object(&mut self, key: &str) -> Option<&mut Self> {
        let place = self.place(key).unwrap_or_else(|place| {
            let empty = Value::Object(Self::new());
            self.0.insert(place, (key.to_owned(), empty));
            place
        });
        match &mut self.0[place].1 {
            Value::Object(object) => Some(object),
            _ => None,
        }
    }
}

impl<'a> IntoIterator for &'a Map {
    type Item = &'a (String, Value);
    type IntoIter = std::slice::Iter<'a, (String, Value)>;
    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl From<bool> for Value {
    fn from(flag: bool) -> Self {
        Self::Bool(flag)
    }
}

impl From<u64> for Value {
    fn from(number: u64) -> Self {
        Self::Number(number.to_string())
    }
}

impl From<u32> for Value {
    fn from(number: u32) -> Self {
        u64::from(number).into()
    }
}

/// A number in the shortest way that gives the same number when it is read; `null` for one that JSON does not have.
impl From<f64> for Value {
    fn from(number: f64) -> Self {
        if number.is_finite() {
            Self::Number(number.to_string())
        } else {
            Self::Null
        }
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::String(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::String(text)
    }
}

impl From<Vec<Self>> for Value {
    fn from(values: Vec<Self>) -> Self {
        Self::Array(values)
    }
}

impl FromIterator<Self> for Value {
    fn from_iter<I: IntoIterator<Item = Self>>(values: I) -> Self {
        Self::Array(values.into_iter().collect())
    }
}

// Writing.

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = String::new();
        self.write(&mut out);
        f.write_str(&out)
    }
}

impl Value {
    fn write(&self, out: &mut String) {
        match self {
            Self::Null => out.push_str("null"),
            Self::Bool(flag) => out.push_str(if *flag { "true" } else { "false" }),
            Self::Number(digits) => out.push_str(digits),
            Self::String(text) => write_text(text, out),
            Self::Array(values) => {
                out.push('[');
                for (n, value) in values.iter().enumerate() {
                    if n > 0 {
                        out.push(',');
                    }
                    value.write(out);
                }
                out.push(']');
            }
            Self::Object(object) => {
                out.push('{');
                for (n, (key, value)) in object.into_iter().enumerate() {
                    if n > 0 {
                        out.push(',');
                    }
                    write_text(key, out);
                    out.push(':');
                    value.write(out);
                }
                out.push('}');
            }
        }
    }
}

/// The characters with an escape of their own, and the letters of their escapes.
const ESCAPES: [(char, char); 8] = [
    ('"', '"'),
    ('\\', '\\'),
    ('/', '/'),
    ('\u{8}', 'b'),
    ('\u{c}', 'f'),
    ('\n', 'n'),
    ('\r', 'r'),
    ('\t', 't'),
];

fn write_text(text: &str, out: &mut String) {
    out.push('"');
    for c in text.chars() {
        // A slash may be escaped and need not be.
        let escape = ESCAPES.iter().find(|(own, _)| *own == c && c != '/');
        match escape {
            Some((_, letter)) => out.extend(['\\', *letter]),
            None if c < ' ' => out.push_str(&format!("\\u{:04x}", c as u32)),
            None => out.push(c),
        }
    }
    out.push('"');
}

// Reading.

/// Reads a text that is one value. The message says what is wrong and where.
pub fn read(text: &str) -> Result<Value, String> {
    let mut reader = Reader {
        text,
        at: 0,
        depth: 0,
    };
    reader
        .value()
        .and_then(|value| match reader.next_mark() {
            None => Ok(value),
            Some(_) => Err("trailing characters"),
        })
        .map_err(|what| {
            let read = &text[..text.floor_char_boundary(reader.at)];
            let line = read.matches('\n').count() + 1;
            let column = read.len() - read.rfind('\n').map_or(0, |at| at + 1) + 1;
            format!("{what} at line {line} column {column}")
        })
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
}

/// What is wrong.
type Problem = &'static str;

impl Reader<'_> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// Takes one byte if it stands here.
    fn take(&mut self, byte: u8) -> bool {
        let here = self.peek() == Some(byte);
        self.at += usize::from(here);
        here
    }

    /// The next byte that is no white space.
    fn next_mark(&mut self) -> Option<u8> {
        while let Some(b' ' | b'\n' | b'\t' | b'\r') = self.peek() {
            self.at += 1;
        }
        self.peek()
    }

    fn value(&mut self) -> Result<Value, Problem> {
        match self.next_mark() {
            Some(b'n') => self.word("null", Value::Null),
            Some(b't') => self.word("true", true.into()),
            Some(b'f') => self.word("false", false.into()),
            Some(b'"') => self.string().map(Value::String),
            Some(b'-' | b'0'..=b'9') => self.number(),
            Some(b'[') => {
                let mut values = Vec::new();
                self.each(b']', "EOF while parsing a list", |reader| {
                    values.push(reader.value()?);
                    Ok(())
                })?;
                Ok(values.into())
            }
            Some(b'{') => {
                let mut object = Map::new();
                self.each(b'}', "EOF while parsing an object", |reader| {
                    match reader.next_mark() {
                        Some(b'"') => {}
                        Some(_) => return Err("key must be a string"),
                        None => return Err("EOF while parsing a value"),
                    }
                    let key = reader.string()?;
                    match reader.next_mark() {
                        Some(b':') => reader.at += 1,
                        Some(_) => return Err("expected `:`"),
                        None => return Err("EOF while parsing an object"),
                    }
                    object.insert(key, reader.value()?);
                    Ok(())
                })?;
                Ok(Value::Object(object))
            }
            Some(_) => Err("expected value"),
            None => Err("EOF while parsing a value"),
        }
    }

    /// Reads what stands between commas, from the opening bracket here to the closing one.
    fn each(
        &mut self,
        end: u8,
        eof: Problem,
        mut read: impl FnMut(&mut Self) -> Result<(), Problem>,
    ) -> Result<(), Problem> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err("recursion limit exceeded");
        }
        self.at += 1;
        if self.next_mark().ok_or(eof)? != end {
            loop {
                read(self)?;
                match self.next_mark() {
                    Some(b',') => self.at += 1,
                    Some(byte) if byte == end => break,
                    Some(_) if end == b']' => return Err("expected `,` or `]`"),
                    Some(_) => return Err("expected `,` or `}`"),
                    None => return Err(eof),
                }
                if self.next_mark() == Some(end) {
                    return Err("trailing comma");
                }
            }
        }
        self.at += 1;
        self.depth -= 1;
        Ok(())
    }

    fn word(&mut self, word: &str, value: Value) -> Result<Value, Problem> {
        let rest = &self.text[self.at..];
        if rest.starts_with(word) {
            self.at += word.len();
            Ok(value)
        } else if word.starts_with(rest) {
            Err("EOF while parsing a value")
        } else {
            Err("expected ident")
        }
    }

    fn number(&mut self) -> Result<Value, Problem> {
        let begin = self.at;
        self.take(b'-');
        // A number begins with one zero, or with another digit.
        if !self.take(b'0') {
            self.digits()?;
        } else if matches!(self.peek(), Some(b'0'..=b'9')) {
            return Err("invalid number");
        }
        if self.take(b'.') {
            self.digits()?;
        }
        if self.take(b'e') || self.take(b'E') {
            let _ = self.take(b'+') || self.take(b'-');
            self.digits()?;
        }
        Ok(Value::Number(self.text[begin..self.at].to_owned()))
    }

    fn digits(&mut self) -> Result<(), Problem> {
        let begin = self.at;
        while matches!(self.peek(), Some(b'0'..=b'9')) {
            self.at += 1;
        }
        match self.peek() {
            _ if self.at > begin => Ok(()),
            Some(_) => Err("invalid number"),
            None => Err("EOF while parsing a value"),
        }
    }

    /// A text, from its opening quote here.
    fn string(&mut self) -> Result<String, Problem> {
        const EOF: Problem = "EOF while parsing a string";
        self.at += 1;
        let mut out = String::new();
        loop {
            let c = self.character().ok_or(EOF)?;
            match c {
                '"' => return Ok(out),
                '\\' => {
                    let letter = self.character().ok_or(EOF)?;
                    let escape = ESCAPES.iter().find(|(_, known)| *known == letter);
                    out.push(match (letter, escape) {
                        ('u', _) => self.escaped()?,
                        (_, Some((own, _))) => *own,
                        _ => return Err("invalid escape"),
                    });
                }
                c if c < ' ' => {
                    return Err("control character (\\u0000-\\u001F) found while parsing a string");
                }
                c => out.push(c),
            }
        }
    }

    fn character(&mut self) -> Option<char> {
        let c = self.text[self.at..].chars().next()?;
        self.at += c.len_utf8();
        Some(c)
    }

    /// A character by its number, or by the two halves that UTF-16 has of it.
    fn escaped(&mut self) -> Result<char, Problem> {
        const LONE: Problem = "lone leading surrogate in hex escape";
        let mut number = self.hexadecimal()?;
        if (0xd800..0xdc00).contains(&number) {
            if !(self.take(b'\\') && self.take(b'u')) {
                return Err("unexpected end of hex escape");
            }
            let low = self.hexadecimal()?;
            if !(0xdc00..0xe000).contains(&low) {
                return Err(LONE);
            }
            number = 0x1_0000 + ((number - 0xd800) << 10) + (low - 0xdc00);
        }
        char::from_u32(number).ok_or(LONE)
    }

    fn hexadecimal(&mut self) -> Result<u32, Problem> {
        let digits = self.text.as_bytes().get(self.at..self.at + 4);
        self.at += 4;
        let mut number = 0;
        for digit in digits.ok_or("EOF while parsing a string")? {
            let digit = char::from(*digit).to_digit(16);
            number = number * 16 + digit.ok_or("invalid escape")?;
        }
        Ok(number)
    }
}

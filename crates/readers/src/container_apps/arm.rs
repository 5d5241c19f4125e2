//! ARM templates: their resources, and the few expressions that sizes are written with, such as `[json('0.5')]` and
//! `[parameters('cpu')]`. An expression beyond these is null: nothing is guessed.
//!
//! Source: <https://learn.microsoft.com/azure/azure-resource-manager/templates/syntax>.

use super::super::documents::{dig, text};
use serde_json::Value;
use std::{cell::Cell, collections::BTreeMap};

/// How deep expressions go.
const DEEPEST: usize = 8;
/// How many expressions one comes to at most: each may name others twice.
const MOST: usize = 1_000;
/// The longest expression, bytes.
const LONGEST_EXPRESSION: usize = 2_000;
/// The longest text that is put together, bytes.
const LONGEST: usize = 200;

/// A template, and the values of its parameters that somebody gives.
pub(super) struct Arm<'a> {
    pub(super) given: BTreeMap<String, Value>,
    pub(super) template: &'a Value,
}

/// Whether a document is a template.
pub(super) fn is_template(value: &Value) -> bool {
    let schema = text(value, "$schema").to_lowercase();
    let is_said = schema.contains("deploymenttemplate.json");
    is_said || {
        let ours = |resource: &Value| {
            let kind = text(resource, "type").to_lowercase();
            kind.starts_with("microsoft.app/")
        };
        resources(value).into_iter().any(ours)
    }
}

/// Whether a document has the parameters of a template.
pub(super) fn is_parameters(value: &Value) -> bool {
    let schema = text(value, "$schema").to_lowercase();
    schema.contains("deploymentparameters.json")
}

/// The resources of a template: a list, or an object by symbolic names.
pub(super) fn resources(template: &Value) -> Vec<&Value> {
    match template.get("resources") {
        Some(Value::Array(all)) => all.iter().collect(),
        Some(Value::Object(all)) => all.values().collect(),
        _ => Vec::new(),
    }
}

/// What a file of parameters gives.
pub(super) fn given(value: &Value) -> Vec<(String, Value)> {
    let all = dig(value, "parameters").as_object();
    let all = all.filter(|_| is_parameters(value)).into_iter().flatten();
    all.filter_map(|(name, of)| Some((name.clone(), of.get("value")?.clone())))
        .collect()
}

/// How deep an expression stands in others, and how many more may be worked out.
#[derive(Clone, Copy)]
struct Depth<'a> {
    deep: usize,
    left: &'a Cell<usize>,
}

impl Depth<'_> {
    fn next(self) -> Option<Self> {
        let left = self.left.get().checked_sub(1)?;
        self.left.set(left);
        let deep = self.deep + 1;
        (deep <= DEEPEST).then_some(Self { deep, ..self })
    }
}

impl Arm<'_> {
    /// A template in this one, with what it is given.
    pub(super) fn inner<'a>(&self, deployment: &'a Value) -> Arm<'a> {
        let given = dig(deployment, "properties.parameters").as_object();
        let given = given.into_iter().flatten();
        let given = given.map(|(name, of)| (name.clone(), self.resolve(dig(of, "value"))));
        Arm {
            given: given.collect(),
            template: dig(deployment, "properties.template"),
        }
    }

    /// The value that an expression comes to; null where that isn't known. Anything else stays as it is.
    pub(super) fn resolve(&self, value: &Value) -> Value {
        let left = Cell::new(MOST);
        let depth = Depth {
            deep: 0,
            left: &left,
        };
        self.at_depth(value, depth).unwrap_or(Value::Null)
    }

    fn at_depth(&self, value: &Value, depth: Depth<'_>) -> Option<Value> {
        let expression = value.as_str().and_then(|text| {
            let inner = text.strip_prefix('[')?.strip_suffix(']')?;
            // Two brackets stand for one.
            (!inner.starts_with('[')).then_some(inner)
        });
        match expression {
            Some(expression) => self.worked_out(expression, depth),
            None => Some(value.clone()),
        }
    }

    fn worked_out(&self, expression: &str, depth: Depth<'_>) -> Option<Value> {
        let depth = depth.next()?;
        if expression.len() > LONGEST_EXPRESSION {
            return None;
        }
        let expression = expression.trim();
        if let Some(literal) = expression.strip_prefix('\'') {
            let literal = literal.strip_suffix('\'')?;
            return (!literal.contains('\'')).then(|| Value::from(literal));
        }
        let Some((function, of)) = expression.split_once('(') else {
            return expression.parse::<f64>().ok().map(Value::from);
        };
        let mut arguments = arguments(of.strip_suffix(')')?)
            .into_iter()
            .map(|of| self.worked_out(of, depth));
        let value = arguments.next()??;
        let of = value.as_str();
        match function.trim().to_lowercase().as_str() {
            "json" | "int" | "float" if value.is_number() => Some(value),
            "json" | "int" | "float" => {
                let number: f64 = of?.trim().parse().ok()?;
                // A count has no point.
                Some(if number.fract() == 0.0 && (0.0..1e15).contains(&number) {
                    Value::from(number as u64)
                } else {
                    Value::from(number)
                })
            }
            "parameters" => self.parameter(of?, depth),
            "concat" => {
                let mut joined = in_text(&value)?;
                for argument in arguments {
                    joined.push_str(&in_text(&argument?)?);
                }
                Some(Value::from(joined))
            }
            "format" => {
                let mut filled = of?.to_owned();
                for (n, argument) in arguments.enumerate() {
                    filled = filled.replace(&format!("{{{n}}}"), &in_text(&argument?)?);
                }
                (!filled.contains('{') && filled.len() <= LONGEST).then(|| Value::from(filled))
            }
            "variables" => self.at_depth(dig(self.template, "variables").get(of?)?, depth),
            _ => None,
        }
    }

    /// The value of a parameter: given, or its default. One that is secret is not looked at.
    fn parameter(&self, name: &str, depth: Depth<'_>) -> Option<Value> {
        let parameter = dig(self.template, "parameters").get(name)?;
        if text(parameter, "type").to_lowercase().starts_with("secure") {
            return None;
        }
        match self.given.get(name) {
            Some(given) => Some(given.clone()),
            None => self.at_depth(parameter.get("defaultValue")?, depth),
        }
    }
}

/// The arguments of a function: apart at commas outside quotes and other functions.
fn arguments(text: &str) -> Vec<&str> {
    let (mut quoted, mut deep, mut from) = (false, 0_i64, 0);
    let mut all = Vec::new();
    for (n, c) in text.char_indices() {
        match c {
            '\'' => quoted = !quoted,
            '(' if !quoted => deep += 1,
            ')' if !quoted => deep -= 1,
            ',' if !quoted && deep == 0 => {
                all.push(text.get(from..n).unwrap_or_default());
                from = n + 1;
            }
            _ => {}
        }
    }
    all.push(text.get(from..).unwrap_or_default());
    all
}

/// A text or a number as a part of a text.
fn in_text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) if text.len() <= LONGEST => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn expressions_that_unfold_end() {
        let twice = |of: &str| {
            format!(
                "[concat({})]",
                vec![format!("variables('{of}')"); 90].join(", ")
            )
        };
        let variables: Value = (0..8)
            .map(|n| (n.to_string(), json!(twice(&(n + 1).to_string()))))
            .collect();
        let template = json!({ "variables": variables });
        let arm = Arm {
            given: BTreeMap::new(),
            template: &template,
        };
        assert_eq!(arm.resolve(&json!("[variables('0')]")), Value::Null);
    }

    #[test]
    fn expressions_that_sizes_are_written_with_are_worked_out() {
        let template = json!({
            "parameters": {
                "cpu": { "type": "string", "defaultValue": "0.75" },
                "memory": { "type": "string", "defaultValue": "[variables('usual')]" },
                "key": { "type": "secureString", "defaultValue": "hunter2" },
                "loop": { "type": "string", "defaultValue": "[parameters('loop')]" },
                "most": { "type": "int" }
            },
            "variables": { "usual": "1.5Gi" }
        });
        let arm = Arm {
            given: [("most".to_owned(), json!(7))].into(),
            template: &template,
        };
        for (text, value) in [
            ("[json('0.5')]", json!(0.5)),
            ("[int('3')]", json!(3)),
            ("[ json( parameters('cpu') ) ]", json!(0.75)),
            ("[parameters('memory')]", json!("1.5Gi")),
            ("[parameters('most')]", json!(7)),
            ("[parameters('key')]", Value::Null),
            ("[parameters('loop')]", Value::Null),
            ("[parameters('nobody')]", Value::Null),
            ("[concat('a', parameters('cpu'), 'b')]", json!("a0.75b")),
            ("[format('{0}-{1}, {0}', 'a', int('2'))]", json!("a-2, a")),
            ("[format('{0}', uniqueString('a'))]", Value::Null),
            ("[resourceGroup().location]", Value::Null),
            ("[concat(),]", Value::Null),
            ("[json(]", Value::Null),
            ("[]", Value::Null),
            ("[[1]", json!("[[1]")),
            ("2Gi", json!("2Gi")),
        ] {
            assert_eq!(arm.resolve(&json!(text)), value, "{text}");
        }
    }
}

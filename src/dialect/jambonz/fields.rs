//! The fields of a hook, from the JSON body of a POST or the query of a GET.

use std::borrow::Cow;

use serde_json::{Map, Value};

use crate::form::Form;
use crate::hook::{Content, Hook, Malformed, Method};

/// Fields by name, as sent; nested ones are there and never looked into.
#[derive(Debug)]
pub struct Fields(Map<String, Value>);

impl Fields {
    /// Reads them; nothing but one object of JSON is taken as a body.
    pub fn of(hook: &Hook<'_>) -> Result<Self, Malformed> {
        let fields = match (hook.method, hook.content) {
            (Method::Get, _) => hook.form.pairs().iter().rev().map(of_query).collect(),
            (Method::Post, Content::Json) => {
                std::str::from_utf8(hook.body).map_err(|_| Malformed::NotUtf8)?;
                let why = "not one object of JSON";
                // Nesting beyond 128 is an error of the reader, so no body can exhaust the stack.
                serde_json::from_slice(hook.body).map_err(|_| Malformed::Bad { field: "body", why })?
            }
            (Method::Post, Content::Form | Content::Multipart) => return Err(Malformed::WrongContentType),
        };
        let fields: Map<String, Value> = fields;
        if fields.len() > Form::MOST_FIELDS {
            return Err(Malformed::TooManyFields);
        }
        Ok(Self(fields))
    }

    /// A text, or a number as it is written; nothing where it is missing, null or empty.
    pub fn text(&self, field: &'static str) -> Result<Option<Cow<'_, str>>, Malformed> {
        match self.0.get(field) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(text)) => {
                Ok(Some(text.as_str()).filter(|text| !text.is_empty()).map(Cow::from))
            }
            Some(Value::Number(number)) => Ok(Some(Cow::from(number.to_string()))),
            Some(Value::Bool(_) | Value::Array(_) | Value::Object(_)) => {
                Err(Malformed::Bad { field, why: "neither text nor number" })
            }
        }
    }

    /// A whole number, also where it is written as a text.
    pub fn number(&self, field: &'static str) -> Result<Option<u32>, Malformed> {
        let why = "not a whole number";
        let text = self.text(field)?;
        text.map(|text| text.parse().map_err(|_| Malformed::Bad { field, why })).transpose()
    }
}

fn of_query((name, value): &(Cow<'_, str>, Cow<'_, str>)) -> (String, Value) {
    (name.clone().into_owned(), Value::String(value.clone().into_owned()))
}

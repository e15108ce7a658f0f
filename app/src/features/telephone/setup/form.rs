//! What a form of the set-up holds: fields by name, as an address carries them. The same words come from a row that is there, from
//! what was typed, and from the confirmed preview, so there is one reading of them.

use crate::routes::encode;
use leptos::prelude::GetUntracked;
use leptos_router::hooks::use_query_map;
use std::fmt::Write as _;

/// Letters of one field that are read.
const LONGEST: usize = 4_000;
/// Fields that are read.
const MOST: usize = 200;

/// See the module.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in super::super) struct Form(Vec<(String, String)>);

impl Form {
    /// The address of this page.
    pub(in super::super) fn here() -> Self {
        Self::read(&use_query_map().get_untracked().to_query_string())
    }

    /// What a form sends, percent-encoded.
    pub(in super::super) fn read(query: &str) -> Self {
        let pairs = query.trim_start_matches('?').split('&').filter(|pair| !pair.is_empty()).take(MOST);
        let field = |pair: &str| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (decoded(name), decoded(value).chars().take(LONGEST).collect())
        };
        Self(pairs.map(field).collect())
    }

    /// Fields of a row.
    pub(super) const fn of(fields: Vec<(String, String)>) -> Self {
        Self(fields)
    }

    /// A field without the space around it; empty when it is not there.
    pub(in super::super) fn text(&self, name: &str) -> &str {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value.trim()).unwrap_or_default()
    }

    /// A field that may be left empty.
    pub(super) fn some(&self, name: &str) -> Option<String> {
        Some(self.text(name)).filter(|text| !text.is_empty()).map(str::to_owned)
    }

    /// Whether a box is ticked, or anything else stands there.
    pub(in super::super) fn has(&self, name: &str) -> bool {
        !self.text(name).is_empty()
    }

    /// The same with another field.
    pub(super) fn with(mut self, name: &str, value: &str) -> Self {
        self.0.retain(|(known, _)| known != name);
        self.0.push((name.to_owned(), value.to_owned()));
        self
    }

    /// The fields as an address carries them.
    pub(super) fn query(&self) -> String {
        self.0.iter().fold(String::new(), |mut query, (name, value)| {
            let sign = if query.is_empty() { "" } else { "&" };
            // Writing to a String cannot fail.
            let _infallible = write!(query, "{sign}{}={}", encode(name), encode(value));
            query
        })
    }
}

fn decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let code = text.get(at + 1..at + 3).filter(|_| *byte == b'%').and_then(|digits| u8::from_str_radix(digits, 16).ok());
        match (code, byte) {
            (Some(code), _) => out.push(code),
            (None, b'+') => out.push(b' '),
            (None, other) => out.push(*other),
        }
        at += if code.is_some() { 3 } else { 1 };
    }
    String::from_utf8_lossy(&out).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_survives_the_address() {
        let form = Form::of(vec![("name".into(), " 福祉課 & 係 ".into()), ("tasks".into(), "住民票\n印鑑+1".into()), ("empty".into(), String::new())]);
        assert_eq!(Form::read(&form.query()), form);
        assert_eq!((form.text("name"), form.some("empty"), form.has("nothing")), ("福祉課 & 係", None, false));
        assert_eq!(Form::read("a=1+2%2B3&b=%zz&c=%E3%81").0, [("a", "1 2+3"), ("b", "%zz"), ("c", "\u{fffd}")].map(|(a, b)| (a.to_owned(), b.to_owned())));
        assert_eq!(form.with("name", "x").text("name"), "x");
    }
}

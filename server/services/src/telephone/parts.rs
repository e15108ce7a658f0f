//! The telephone file taken apart into rows that have names, so that two set-ups can be compared row by row, a change can be kept
//! as the rows it touched, and taken back.

use super::file::File;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// What a row is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// The house itself: its hours, its telephone, its reception, its security.
    House,
    /// A section.
    Section,
    /// A telephone.
    Device,
    /// A number.
    Number,
    /// A caller that is not taken.
    Block,
    /// A caller known by name.
    Contact,
    /// A PBX.
    Link,
}

impl Part {
    /// Every part.
    pub const ALL: [Self; 7] = [Self::House, Self::Section, Self::Device, Self::Number, Self::Block, Self::Contact, Self::Link];

    /// The list of the file that holds such rows; the house is the file's own fields.
    const fn list(self) -> Option<&'static str> {
        match self {
            Self::House => None,
            Self::Section => Some("sections"),
            Self::Device => Some("devices"),
            Self::Number => Some("numbers"),
            Self::Block => Some("blocks"),
            Self::Contact => Some("contacts"),
            Self::Link => Some("links"),
        }
    }

    /// The name of a row among its kind: with its first day where it has one, because the same number may begin twice.
    #[must_use]
    pub fn key(self, row: &Value) -> String {
        let text = |name: &str| row.get(name).and_then(Value::as_str).unwrap_or_default();
        let joined = |names: &[&str]| names.iter().map(|name| text(name)).filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" ");
        match self {
            Self::House => String::new(),
            Self::Section => text("key").to_owned(),
            Self::Device => joined(&["aor", "tel", "from"]),
            Self::Number => joined(&["ext", "from"]),
            Self::Block => joined(&["callers", "section", "person"]),
            Self::Contact => joined(&["tel", "section"]),
            Self::Link => text("id").to_owned(),
        }
    }
}

/// A row as it was and as it is. One of the two is missing where it was added or removed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowChange {
    /// What it is.
    pub part: Part,
    /// Its name among its kind.
    pub key: String,
    /// As it stood in the file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<Value>,
    /// As it stands there now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<Value>,
}

impl RowChange {
    /// The change that takes this one back.
    #[must_use]
    pub fn reversed(&self) -> Self {
        Self { part: self.part, key: self.key.clone(), before: self.after.clone(), after: self.before.clone() }
    }

    /// Whether both are about the same row.
    #[must_use]
    pub fn touches(&self, other: &Self) -> bool {
        (self.part, &self.key) == (other.part, &other.key)
    }
}

type Named = BTreeMap<(Part, String), Value>;

/// Our own values can always be written.
fn value_of(file: &File) -> Map<String, Value> {
    match serde_json::to_value(file) {
        Ok(Value::Object(map)) => map,
        _ => Map::new(),
    }
}

fn named(file: Option<&File>) -> Named {
    let Some(file) = file else { return Named::new() };
    let mut whole = value_of(file);
    let mut rows = Named::new();
    for part in Part::ALL {
        let Some(Value::Array(list)) = part.list().and_then(|name| whole.remove(name)) else { continue };
        rows.extend(list.into_iter().map(|row| ((part, part.key(&row)), row)));
    }
    whole.remove("site");
    rows.insert((Part::House, String::new()), Value::Object(whole));
    rows
}

/// The rows that differ, by kind and name. A site without telephones has no file.
#[must_use]
pub(super) fn difference(before: Option<&File>, after: Option<&File>) -> Vec<RowChange> {
    let (mut was, mut will) = (named(before), named(after));
    let mut keys: Vec<_> = was.keys().chain(will.keys()).cloned().collect();
    keys.sort();
    keys.dedup();
    let changed = keys.into_iter().filter_map(|key| {
        let (before, after) = (was.remove(&key), will.remove(&key));
        (before != after).then_some(RowChange { part: key.0, key: key.1, before, after })
    });
    changed.collect()
}

/// The file of a site with these rows as they are wanted; where they stand among others stays. `None` where the house is none of
/// them any more: the site has no telephones.
///
/// # Errors
/// When a row that was kept is none of today's any more: the text names what.
pub(super) fn with(site: &str, file: Option<&File>, changes: &[RowChange]) -> Result<Option<File>, String> {
    let mut whole = file.map(value_of).unwrap_or_default();
    let mut is_set_up = file.is_some();
    for change in changes {
        match change.part.list() {
            None => {
                is_set_up = change.after.is_some();
                if let Some(Value::Object(house)) = &change.after {
                    whole.retain(|name, _| Part::ALL.iter().any(|part| part.list() == Some(name)));
                    whole.extend(house.clone());
                    whole.insert("site".to_owned(), site.into());
                }
            }
            Some(name) => {
                let list = whole.entry(name).or_insert_with(|| Value::Array(Vec::new()));
                if let Value::Array(list) = list {
                    place(list, change);
                }
            }
        }
    }
    if !is_set_up {
        return Ok(None);
    }
    serde_json::from_value(Value::Object(whole)).map(Some).map_err(|error| error.to_string())
}

fn place(list: &mut Vec<Value>, change: &RowChange) {
    let at = list.iter().position(|row| change.part.key(row) == change.key);
    match (at, &change.after) {
        (Some(at), Some(row)) => list[at] = row.clone(),
        (Some(at), None) => drop(list.remove(at)),
        (None, Some(row)) => list.push(row.clone()),
        (None, None) => {}
    }
}

/// Every day and every minute of a day that stands in rows: where something may begin to be different.
pub(super) fn edges(changes: &[RowChange]) -> (Vec<chrono::NaiveDate>, Vec<u16>) {
    let (mut days, mut minutes) = (Vec::new(), Vec::new());
    for row in changes.iter().flat_map(|change| change.before.iter().chain(&change.after)) {
        collect(row, &mut days, &mut minutes);
    }
    days.sort_unstable();
    days.dedup();
    minutes.sort_unstable();
    minutes.dedup();
    (days, minutes)
}

fn collect(value: &Value, days: &mut Vec<chrono::NaiveDate>, minutes: &mut Vec<u16>) {
    match value {
        Value::String(text) => {
            days.extend(text.parse::<chrono::NaiveDate>());
            minutes.extend(super::file::minute(text).ok());
        }
        Value::Array(list) => list.iter().for_each(|value| collect(value, days, minutes)),
        Value::Object(map) => map.values().for_each(|value| collect(value, days, minutes)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

//! What was changed of the set-up, in words: each row by what people call it, each field with what stood there and what stands there.

use super::super::names::Names;
use crate::i18n::{Locale, dates};
use serde_json::Value;
use services::telephone::{Part, RowChange, TelephoneFile};
use std::collections::BTreeSet;

/// A changed row in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct RowTold {
    /// 課「総務課」を変える.
    pub title: String,
    /// Whether it was there before and is there after.
    pub changed: bool,
    /// Whether it is new.
    pub added: bool,
    /// Field, before, after; where a row is added or removed, what it has.
    pub fields: Vec<(&'static str, String, String)>,
}

/// Says what is changed; names come from the telephones and, for sections, from the file they stand in.
pub(super) struct Says<'a> {
    pub locale: Locale,
    pub names: Names<'a>,
    pub file: Option<&'a TelephoneFile>,
    /// Staff numbers and the names of their people.
    pub person: &'a dyn Fn(&str) -> Option<String>,
}

impl Says<'_> {
    pub(super) fn row(&self, row: &RowChange) -> RowTold {
        let t = self.locale.telephone_setup();
        let shown = row.after.as_ref().or(row.before.as_ref());
        let what = format!("{}{}", t.one(row.part), self.called(row, shown));
        let title = match (&row.before, &row.after) {
            (None, _) => (t.added)(&what),
            (_, None) => (t.removed)(&what),
            _ => (t.changed)(&what),
        };
        let names: BTreeSet<&String> = [&row.before, &row.after].into_iter().flatten().filter_map(Value::as_object).flat_map(serde_json::Map::keys).collect();
        let value = |side: &Option<Value>, name: &str| side.as_ref().and_then(|side| side.get(name)).cloned().unwrap_or(Value::Null);
        let fields = names.into_iter().filter(|name| name.as_str() != "key").filter_map(|name| {
            let (was, will) = (value(&row.before, name), value(&row.after, name));
            (was != will).then(|| ((self.locale.telephone_fields().name)(name), self.value(name, &was), self.value(name, &will)))
        });
        RowTold { title, changed: row.before.is_some() && row.after.is_some(), added: row.before.is_none(), fields: fields.collect() }
    }

    /// 「総務課」, by whatever names such a row.
    fn called(&self, row: &RowChange, shown: Option<&Value>) -> String {
        let text = |name: &str| shown.and_then(|shown| shown.get(name)).and_then(Value::as_str).unwrap_or_default().to_owned();
        let name = match row.part {
            Part::House => return String::new(),
            Part::Section | Part::Contact => text("name"),
            Part::Number => text("ext"),
            Part::Device => {
                if text("aor").is_empty() {
                    text("tel")
                } else {
                    text("aor")
                }
            }
            Part::Block => self.value("callers", &Value::String(text("callers"))),
            Part::Link => text("id"),
        };
        self.locale.pick(format_ja as fn(&str) -> String, format_en)(&name)
    }

    fn value(&self, name: &str, value: &Value) -> String {
        let t = self.locale.telephone_fields();
        match value {
            Value::Null if name == "hours" => t.house_hours.into(),
            Value::Null => t.nothing.into(),
            Value::Bool(yes) => if *yes { t.yes } else { t.no }.into(),
            Value::Number(number) if name.ends_with("_ms") => (t.seconds)(number.as_u64().unwrap_or_default() / 1_000),
            Value::Number(number) => number.to_string(),
            Value::String(text) => self.text(name, text),
            Value::Array(list) if list.is_empty() => t.nothing.into(),
            Value::Array(list) if name == "hours" => list.iter().map(|hours| self.hours(hours)).collect::<Vec<_>>().join(self.locale.pick("、", "; ")),
            Value::Array(list) => list.iter().map(|one| self.value(name, one)).collect::<Vec<_>>().join(self.locale.pick("、", ", ")),
            Value::Object(map) if name == "security" => {
                let named = ["sections", "people"].into_iter().filter_map(|part| Some(self.value(part, map.get(part)?)));
                named.collect::<Vec<_>>().join(self.locale.pick("、", ", "))
            }
            Value::Object(map) => map.iter().map(|(kind, value)| self.kind_of(name, kind, value)).collect::<Vec<_>>().join(" "),
        }
    }

    fn text(&self, name: &str, text: &str) -> String {
        let choice = (self.locale.telephone_fields().choice)(text);
        match name {
            "ring" | "kind" | "closed" | "occupancy_from" | "callers" | "numbering" if !choice.is_empty() => choice.into(),
            "person" | "people" | "roster" => (self.person)(text).map_or_else(|| text.to_owned(), |name| format!("{name} {text}")),
            "section" | "sections" | "overflow" | "reception" => self.section(text),
            "tel" | "closed_to" => text.parse().map_or_else(|_| text.to_owned(), |tel| self.names.dial(domain::telephone::Dial::Tel(tel))),
            _ => text.parse().map_or_else(|_| text.to_owned(), |on| self.day(on)),
        }
    }

    fn day(&self, on: chrono::NaiveDate) -> String {
        dates::day_with_year(self.locale, on, self.names.on())
    }

    fn section(&self, key: &str) -> String {
        let found = self.file.and_then(|file| file.sections.iter().find(|section| section.key == key));
        found.map_or_else(|| key.to_owned(), |section| section.name.clone())
    }

    /// `{"duty":"9000"}`, `{"aor":"bcp-1"}`, the floor and label of a seat.
    fn kind_of(&self, name: &str, kind: &str, value: &Value) -> String {
        let choice = (self.locale.telephone_fields().choice)(kind);
        let value = self.value(if name == "closed" { "tel" } else { kind }, value);
        if name == "closed" && !choice.is_empty() { format!("{choice} {value}") } else { value }
    }

    fn hours(&self, hours: &Value) -> String {
        let t = self.locale.telephone_fields();
        let edge = |name: &str| hours.get(name).and_then(Value::as_str).and_then(|text| text.parse().ok()).map(|on| self.day(on));
        let windows = hours.get("windows").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        let windows: Vec<String> = windows.iter().map(|window| self.window(window)).collect();
        let open = if windows.is_empty() { (t.choice)("closed").to_owned() } else { windows.join(self.locale.pick("・", " and ")) };
        let from = edge("from").map(|day| (t.since)(&day));
        let until = edge("until").map(|day| (t.until)(&day));
        from.into_iter().chain(until).chain([open]).collect::<Vec<_>>().join(" ")
    }

    fn window(&self, window: &Value) -> String {
        let t = self.locale.telephone_fields();
        let text = |name: &str| window.get(name).and_then(Value::as_str).unwrap_or_default();
        let days = match window.get("days") {
            Some(Value::String(code)) => (t.choice)(code).to_owned(),
            Some(Value::Object(map)) => {
                let days = map.values().filter_map(Value::as_array).flatten().filter_map(Value::as_str).filter_map(|day| day.parse().ok());
                days.map(|day| dates::weekday(self.locale, day)).collect::<Vec<_>>().join(self.locale.pick("・", ", "))
            }
            _ => (t.choice)("open_days").to_owned(),
        };
        (t.window)(&days, text("from"), text("until"))
    }
}

fn format_ja(name: &str) -> String {
    format!("「{name}」")
}

fn format_en(name: &str) -> String {
    format!(" \u{201c}{name}\u{201d}")
}

/// How many rows of each kind were touched.
pub(super) fn counted(rows: &[RowChange]) -> Vec<(Part, usize)> {
    let of = |part: Part| (part, rows.iter().filter(|row| row.part == part).count());
    Part::ALL.into_iter().map(of).filter(|(_, count)| *count > 0).collect()
}

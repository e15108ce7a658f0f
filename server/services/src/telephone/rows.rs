//! From stored words to what the rules understand, and back. A row that cannot be understood is named with table and number.

use chrono::NaiveDate;
use domain::{
    DeviceId, PersonId, SeatId, SectionId, SiteId,
    telephone::{BlockScope, CallerPattern, ClosedTarget, DayRange, E164, NumberKind, Numbering, Owner},
};
use sea_orm::DbErr;
use serde::{Serialize, de::DeserializeOwned};

pub(super) fn corrupt(table: &str, id: impl std::fmt::Display, what: impl std::fmt::Display) -> DbErr {
    DbErr::Custom(format!("{table} {id}: {what}"))
}

/// A word that serde knows (`check_in`, `seat_first`).
pub(super) fn word<T: DeserializeOwned>(table: &str, id: impl std::fmt::Display, text: &str) -> Result<T, DbErr> {
    serde_json::from_value(serde_json::Value::String(text.to_owned())).map_err(|_| corrupt(table, id, format!("unknown word {text:?}")))
}

/// The word of a value that serde writes as one.
pub(super) fn word_of(value: &impl Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}

/// JSON in a text column.
pub(super) fn json<T: DeserializeOwned>(table: &str, id: impl std::fmt::Display, text: &str) -> Result<T, DbErr> {
    serde_json::from_str(text).map_err(|error| corrupt(table, id, error))
}

/// JSON for a text column. Our own values can always be written.
pub(super) fn json_of(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

/// The first day of rows that have always been there. Both databases can store it.
pub(super) const EVER: NaiveDate = match NaiveDate::from_ymd_opt(1900, 1, 1) {
    Some(day) => day,
    None => NaiveDate::MIN,
};

pub(super) const fn days(from_on: NaiveDate, until_on: Option<NaiveDate>) -> DayRange {
    DayRange { from_on, until_on }
}

/// `japan`, or a country code.
pub(super) fn numbering(text: &str) -> Option<Numbering> {
    if text == "japan" { Some(Numbering::Japan) } else { text.parse().ok().filter(|code| (1..=999).contains(code)).map(Numbering::Other) }
}

/// `announcement`, `duty:9000`, `guard:+81312345678`.
pub(super) fn closed(text: &str) -> Option<ClosedTarget> {
    match text.split_once(':') {
        None if text == "announcement" => Some(ClosedTarget::Announcement),
        Some(("duty", to)) => to.parse().ok().map(ClosedTarget::Duty),
        Some(("guard", to)) => to.parse().ok().map(ClosedTarget::Guard),
        _ => None,
    }
}

pub(super) fn closed_text(closed: ClosedTarget) -> String {
    match closed {
        ClosedTarget::Announcement => "announcement".into(),
        ClosedTarget::Duty(to) => format!("duty:{to}"),
        ClosedTarget::Guard(to) => format!("guard:{to}"),
    }
}

pub(super) fn owner(kind: &str, id: i64) -> Option<Owner> {
    match kind {
        "person" => Some(Owner::Person(PersonId(id))),
        "seat" => Some(Owner::Seat(SeatId(id))),
        "section" => Some(Owner::Section(SectionId(id))),
        "house" => Some(Owner::House(SiteId(id))),
        _ => None,
    }
}

pub(super) const fn owner_parts(owner: Owner) -> (&'static str, i64) {
    match owner {
        Owner::Person(id) => ("person", id.0),
        Owner::Seat(id) => ("seat", id.0),
        Owner::Section(id) => ("section", id.0),
        Owner::House(id) => ("house", id.0),
    }
}

pub(super) fn number_kind(kind: &str, id: Option<i64>) -> Option<NumberKind> {
    match (kind, id) {
        ("person", Some(id)) => Some(NumberKind::Person(PersonId(id))),
        ("section", Some(id)) => Some(NumberKind::Section(SectionId(id))),
        ("main", Some(id)) => Some(NumberKind::Main(SectionId(id))),
        ("seat", Some(id)) => Some(NumberKind::Seat(SeatId(id))),
        ("room", Some(id)) => Some(NumberKind::Room(DeviceId(id))),
        ("fax", Some(id)) => Some(NumberKind::Fax(DeviceId(id))),
        ("emergency", _) => Some(NumberKind::Emergency),
        _ => None,
    }
}

pub(super) const fn number_kind_parts(kind: NumberKind) -> (&'static str, Option<i64>) {
    match kind {
        NumberKind::Person(id) => ("person", Some(id.0)),
        NumberKind::Section(id) => ("section", Some(id.0)),
        NumberKind::Main(id) => ("main", Some(id.0)),
        NumberKind::Seat(id) => ("seat", Some(id.0)),
        NumberKind::Room(id) => ("room", Some(id.0)),
        NumberKind::Fax(id) => ("fax", Some(id.0)),
        NumberKind::Emergency => ("emergency", None),
    }
}

/// `anonymous`, `+81312345678`, `+81120*`.
pub(super) fn callers(text: &str) -> Option<CallerPattern> {
    if text == "anonymous" {
        return Some(CallerPattern::Anonymous);
    }
    match text.strip_suffix('*') {
        Some(beginning) => beginning.strip_prefix('+')?.parse().ok().filter(|digits| *digits > 0).map(CallerPattern::Starts),
        None => text.parse::<E164>().ok().map(CallerPattern::Exactly),
    }
}

pub(super) fn callers_text(callers: CallerPattern) -> String {
    match callers {
        CallerPattern::Anonymous => "anonymous".into(),
        CallerPattern::Exactly(tel) => tel.to_string(),
        CallerPattern::Starts(digits) => format!("+{digits}*"),
    }
}

pub(super) fn scope(kind: &str, id: Option<i64>) -> Option<BlockScope> {
    match (kind, id) {
        ("house", _) => Some(BlockScope::House),
        ("section", Some(id)) => Some(BlockScope::Section(SectionId(id))),
        ("person", Some(id)) => Some(BlockScope::Person(PersonId(id))),
        _ => None,
    }
}

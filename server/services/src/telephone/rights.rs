//! Who may change what of the set-up: administrators everything, the head of a section (課の管理者) their own section. What a head's own
//! section is follows their posts, so a transfer moves the right along with the person.

use super::{
    file::{File, SectionFile},
    head::Heads,
    parts::{Part, RowChange},
};
use crate::{Actor, office::Office};
use chrono::{DateTime, NaiveDate, Utc};
use domain::{PersonId, SiteId, UnitId, account::Role};
use serde_json::Value;
use std::collections::{BTreeSet, HashMap};

/// Fields of a section that say where it belongs; its head may change every other one.
const FIXED: [&str; 4] = ["key", "unit", "from", "until"];

/// What somebody may change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rights {
    /// The whole set-up.
    Everything,
    /// Sections with these keys, and the callers these do not take.
    Sections(BTreeSet<String>),
    /// Nothing: the set-up is none of theirs.
    Nothing,
}

impl Rights {
    pub(super) fn of(office: &Office, file: Option<&File>, actor: &Actor, site: SiteId, at: DateTime<Utc>) -> Self {
        if actor.administers_people() {
            return Self::Everything;
        }
        let (Actor::Person { id, role }, Some(file)) = (actor, file) else { return Self::Nothing };
        let on = office.sites.get(&site).map_or_else(|| at.date_naive(), |site| crate::clock::wall_of(at, site.zone).date());
        let own = own_sections(office, &file.sections, *id, *role, on);
        if own.is_empty() { Self::Nothing } else { Self::Sections(own) }
    }

    /// Whether a section may be changed.
    #[must_use]
    pub fn section(&self, key: &str) -> bool {
        match self {
            Self::Everything => true,
            Self::Sections(own) => own.contains(key),
            Self::Nothing => false,
        }
    }

    /// Whether all of these rows may be changed.
    #[must_use]
    pub fn allow(&self, rows: &[RowChange]) -> bool {
        match self {
            Self::Everything => true,
            Self::Sections(own) => rows.iter().all(|row| is_own(own, row)),
            Self::Nothing => false,
        }
    }
}

fn is_own(own: &BTreeSet<String>, row: &RowChange) -> bool {
    let sides = || row.before.iter().chain(&row.after);
    match row.part {
        Part::Section => match (&row.before, &row.after) {
            (Some(before), Some(after)) => own.contains(&row.key) && FIXED.iter().all(|field| before.get(field) == after.get(field)),
            _ => false,
        },
        Part::Block => sides().all(|side| side.get("section").and_then(Value::as_str).is_some_and(|key| own.contains(key))),
        Part::House | Part::Device | Part::Number | Part::Contact | Part::Link => false,
    }
}

/// The sections of the file whose telephones a person has in hand on a day.
fn own_sections(office: &Office, sections: &[SectionFile], person: PersonId, role: Role, on: NaiveDate) -> BTreeSet<String> {
    let units: HashMap<&str, UnitId> = office.units.values().map(|unit| (unit.code.as_str(), unit.id)).collect();
    let placed: Vec<(&str, UnitId)> = sections.iter().filter_map(|section| Some((section.key.as_str(), *units.get(section.unit.as_deref()?)?))).collect();
    let heads = Heads::new(office, placed.iter().map(|(_, unit)| *unit), on);
    placed.into_iter().filter(|(_, unit)| heads.administers(person, role, *unit)).map(|(key, _)| key.to_owned()).collect()
}

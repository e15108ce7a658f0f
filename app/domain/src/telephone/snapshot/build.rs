//! From rows to a snapshot.

use super::{Attendance, Built, NumberOwner, Rows, Shards, Snapshot};
use crate::telephone::{Device, Number, NumberKind, Section, conflict};
use std::{hash::Hash, sync::Arc};

impl Snapshot {
    /// Makes a snapshot and names what is wrong with its rows. A row that could let a telephone ring for the wrong person (a
    /// telephone at a seat that belongs to somebody) is left out; every other row is kept.
    #[must_use]
    pub fn build(revision: i64, mut rows: Rows) -> Built {
        rows.houses.sort_by_key(|house| house.site);
        rows.houses.dedup_by_key(|house| house.site);
        rows.numbers.sort_by_key(|number| (number.site, number.valid.from_on, number.id));
        rows.members.sort_by_key(|member| (member.rank, member.person));
        rows.sections.sort_by_key(|section| (section.id, section.valid.from_on));
        let conflicts = conflict::find(&rows);
        rows.devices.retain(Device::fits_its_owner);
        rows.devices.sort_by_key(|device| device.id);
        Built { snapshot: index(revision, rows), conflicts }
    }
}

fn index(revision: i64, rows: Rows) -> Snapshot {
    let numbers: Vec<Arc<Number>> = rows.numbers.into_iter().map(Arc::new).collect();
    Snapshot {
        revision,
        attendance: Attendance::AsKnown,
        houses: rows.houses.into(),
        switches: rows.switches.into(),
        seats: by(rows.seats, |row| row.seat),
        people: by(rows.people, |row| row.person),
        tels: Shards::build(numbers.iter().filter_map(|number| number.tel.map(|tel| (tel, Arc::clone(number)))).collect()),
        numbers_of: Shards::build(numbers.iter().filter_map(|number| owner(number).map(|owner| (owner, Arc::clone(number)))).collect()),
        numbers: by(numbers, |row| row.ext),
        settings: Shards::build(rows.settings.into_iter().map(|(person, settings)| (person, Arc::new(settings))).collect()),
        targets: Shards::build(rows.devices.iter().map(|row| (row.target, (row.owner, row.id))).collect()),
        owners: Shards::build(rows.devices.iter().map(|row| (row.id, row.owner)).collect()),
        devices: by(rows.devices, |row| row.owner),
        sections: by(rows.sections.into_iter().map(within_bounds).collect(), |row| row.id),
        posts: by(rows.members.clone(), |row| row.person),
        members: by(rows.members, |row| row.section),
        rosters: by(rows.rosters, |row| row.section),
        at_seat: by(rows.occupancies.clone(), |row| row.seat),
        seated: by(rows.occupancies, |row| row.person),
        presences: by(rows.presences, |row| row.person),
        delegations: by(rows.delegations, |row| row.from),
        blocks: by(rows.blocks, |row| row.callers),
        contacts: by(rows.contacts, |row| row.tel),
        turns: Shards::build(rows.turns.into_iter().map(|row| (row.section, row.person)).collect()),
        idles: Shards::build(rows.idles.into_iter().map(|row| (row.person, row.since_at)).collect()),
    }
}

fn by<K: Ord + Hash + Clone, V: Clone>(rows: Vec<V>, key: impl Fn(&V) -> K) -> Shards<K, V> {
    Shards::build(rows.into_iter().map(|row| (key(&row), row)).collect())
}

fn owner(number: &Number) -> Option<NumberOwner> {
    match number.kind {
        NumberKind::Person(person) => Some(NumberOwner::Person(person)),
        NumberKind::Section(section) | NumberKind::Main(section) => Some(NumberOwner::Section(section)),
        NumberKind::Seat(_) | NumberKind::Room(_) | NumberKind::Fax(_) | NumberKind::Emergency => None,
    }
}

/// Ring times as they may be: five seconds to a minute.
fn within_bounds(mut section: Section) -> Section {
    section.ring_ms = section.ring_ms.clamp(5_000, 60_000);
    section.fixed_ms = section.fixed_ms.clamp(5_000, 60_000);
    section
}

//! Numbers and devices: given away twice, or ringing nowhere.

use super::{Conflict, first_gap};
use crate::{
    DeviceId, PersonId, SectionId,
    telephone::{DayRange, Device, Number, NumberKind, Owner, Rows, Service},
};
use std::collections::{BTreeMap, BTreeSet};

/// Numbers and device names that two rows give away on the same days.
pub(super) fn duplicates(rows: &Rows) -> Vec<Conflict> {
    let mut found = Vec::new();
    let exts = rows.numbers.iter().map(|row| ((row.site, row.ext), row));
    clashes(exts, |row| row.valid, |(site, ext), a, b| found.push(Conflict::DuplicateNumber { site: *site, ext: *ext, first: a.id, second: b.id }));
    let tels = rows.numbers.iter().filter_map(|row| row.tel.map(|tel| (tel, row)));
    clashes(tels, |row| row.valid, |tel, a, b| found.push(Conflict::DuplicateTel { tel: *tel, first: a.id, second: b.id }));
    let targets = rows.devices.iter().map(|row| (&row.target, row));
    clashes(targets, |row| row.valid, |target, a, b| found.push(Conflict::DuplicateDevice { target: **target, first: a.id, second: b.id }));
    found
}

/// Calls `clash` for neighbours (by first day) of one key that share a day.
fn clashes<'a, K: Ord, V: 'a>(rows: impl Iterator<Item = (K, &'a V)>, valid: impl Fn(&V) -> DayRange, mut clash: impl FnMut(&K, &'a V, &'a V)) {
    let mut by_key: BTreeMap<K, Vec<&'a V>> = BTreeMap::new();
    for (key, row) in rows {
        by_key.entry(key).or_default().push(row);
    }
    for (key, mut rows) in by_key {
        rows.sort_by_key(|row| valid(row).from_on);
        let mut reaching: Option<&'a V> = None;
        for row in rows {
            if let Some(before) = reaching.filter(|before| valid(before).overlaps(valid(row))) {
                clash(&key, before, row);
            }
            let end = |row: &V| valid(row).until_on.map_or((1, None), |until| (0, Some(until)));
            if reaching.is_none_or(|before| end(before) <= end(row)) {
                reaching = Some(row);
            }
        }
    }
}

/// Numbers that hide an emergency number, stand for nobody, or have nothing of their own that rings.
pub(super) fn unreachable(rows: &Rows) -> Vec<Conflict> {
    let known = Known::of(rows);
    let misplaced = rows.devices.iter().filter(|device| !device.fits_its_owner());
    let mut found: Vec<Conflict> = misplaced.map(|row| Conflict::SeatPhoneElsewhere { device: row.id, target: row.target }).collect();
    for row in &rows.numbers {
        let (number, ext) = (row.id, row.ext);
        if ext.is_emergency() && row.kind != NumberKind::Emergency {
            found.push(Conflict::EmergencyNumberTaken { number, ext });
        } else if !known.has_owner(row) {
            found.push(Conflict::NumberOfNobody { number, ext });
        } else if let Some(from_on) = known.silent_from(row, rows) {
            found.push(Conflict::NumberWithoutDevice { number, ext, from_on });
        }
    }
    found
}

/// What numbers can stand for.
struct Known<'a> {
    people: BTreeSet<PersonId>,
    sections: BTreeSet<SectionId>,
    own: BTreeMap<PersonId, Vec<DayRange>>,
    devices: BTreeMap<DeviceId, &'a Device>,
}

impl<'a> Known<'a> {
    fn of(rows: &'a Rows) -> Self {
        let mut own: BTreeMap<PersonId, Vec<DayRange>> = BTreeMap::new();
        for device in rows.devices.iter().filter(|device| device.service == Service::On && device.fits_its_owner()) {
            if let Owner::Person(person) = device.owner {
                own.entry(person).or_default().push(device.valid);
            }
        }
        Self {
            people: rows.people.iter().map(|row| row.person).collect(),
            sections: rows.sections.iter().map(|row| row.id).collect(),
            own,
            devices: rows.devices.iter().map(|row| (row.id, row)).collect(),
        }
    }

    fn has_owner(&self, row: &Number) -> bool {
        match row.kind {
            NumberKind::Person(person) => self.people.contains(&person),
            NumberKind::Section(section) | NumberKind::Main(section) => self.sections.contains(&section),
            NumberKind::Room(device) | NumberKind::Fax(device) => self.devices.contains_key(&device),
            NumberKind::Seat(_) | NumberKind::Emergency => true,
        }
    }

    /// The first day on which the number has nothing of its own that rings.
    fn silent_from(&self, row: &Number, rows: &Rows) -> Option<chrono::NaiveDate> {
        match row.kind {
            NumberKind::Person(person) => {
                let own = self.own.get(&person).map_or(&[][..], Vec::as_slice);
                first_gap(row.valid, rows.known_from_on, own)
            }
            NumberKind::Room(device) | NumberKind::Fax(device) => {
                let device = self.devices.get(&device).filter(|device| device.service == Service::On);
                first_gap(row.valid, rows.known_from_on, device.map(|device| device.valid).as_slice())
            }
            NumberKind::Section(_) | NumberKind::Main(_) | NumberKind::Seat(_) | NumberKind::Emergency => None,
        }
    }
}

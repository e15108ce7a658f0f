//! Sections that nobody covers, have no fixed phone, or send callers nowhere when closed; and houses whose security is nobody.

use super::{Conflict, first_gap};
use crate::{
    SectionId,
    memo::MemoTo,
    telephone::{ClosedTarget, DayRange, DeviceKind, Dial, Ext, Owner, Rows, Service},
};
use std::collections::{BTreeMap, BTreeSet};

/// Sections without members or without a fixed phone, from which day on.
pub(super) fn uncovered(rows: &Rows) -> Vec<Conflict> {
    let mut members: BTreeMap<SectionId, Vec<DayRange>> = BTreeMap::new();
    for member in &rows.members {
        members.entry(member.section).or_default().push(member.valid);
    }
    let mut fixed: BTreeMap<SectionId, Vec<DayRange>> = BTreeMap::new();
    for device in rows.devices.iter().filter(|device| device.service == Service::On && device.kind == DeviceKind::FixedBcp) {
        if let Owner::Section(section) = device.owner {
            fixed.entry(section).or_default().push(device.valid);
        }
    }
    let gap = |ranges: &BTreeMap<SectionId, Vec<DayRange>>, section: SectionId, valid: DayRange| {
        let ranges = ranges.get(&section).map_or(&[][..], Vec::as_slice);
        first_gap(valid, rows.known_from_on, ranges)
    };
    let mut found = Vec::new();
    for row in &rows.sections {
        let section = row.id;
        found.extend(gap(&members, section, row.valid).map(|from_on| Conflict::SectionUncovered { section, from_on }));
        found.extend(gap(&fixed, section, row.valid).map(|from_on| Conflict::SectionWithoutFixedPhone { section, from_on }));
    }
    found
}

/// Closed sections that send callers to an extension nobody has.
pub(super) fn closed_targets(rows: &Rows) -> Vec<Conflict> {
    let known: BTreeSet<Ext> = rows.numbers.iter().map(|row| row.ext).collect();
    let unknown = rows.sections.iter().filter_map(|row| match row.closed {
        ClosedTarget::Duty(dial @ Dial::Ext(ext)) | ClosedTarget::Guard(dial @ Dial::Ext(ext)) if !known.contains(&ext) => {
            Some(Conflict::ClosedTargetUnknown { section: row.id, dial })
        }
        ClosedTarget::Duty(_) | ClosedTarget::Guard(_) | ClosedTarget::Announcement => None,
    });
    unknown.collect()
}

/// Houses with telephones that name neither a person nor a section with people for emergency calls.
pub(super) fn security(rows: &Rows) -> Vec<Conflict> {
    let there = |to: &MemoTo| match to {
        MemoTo::Person(person) => rows.people.iter().any(|row| row.person == *person),
        MemoTo::Section(section) => {
            rows.members.iter().any(|member| member.section == *section && member.valid.until_on.is_none_or(|until| until > rows.known_from_on))
        }
    };
    let telephones: BTreeSet<_> = rows.devices.iter().map(|device| device.site).collect();
    let alone = rows.houses.iter().filter(|house| telephones.contains(&house.site) && !house.security.iter().any(there));
    alone.map(|house| Conflict::NobodyOfSecurity { site: house.site }).collect()
}

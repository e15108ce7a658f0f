//! What an administrator should repair, and which hours nobody covers: sentences with names, and what to do about each.

use super::names::Names;
use crate::i18n::{
    Locale, dates,
    telephone::{
        book,
        repair::{Texts, Trouble},
    },
};
use chrono::{DateTime, Utc};
use domain::{
    DeviceId, NumberId, SectionId,
    telephone::{
        Conflict, Dial, E164, Emergency, Number, NumberKind, Snapshot,
        cover::{CoverGap, CoverVerdict, HalfHour, SwapRefusal, join},
        health::LinkTrouble,
    },
};

/// A conflict in words; days and names as they are at an instant.
#[must_use]
pub fn conflict(locale: Locale, world: &Snapshot, conflict: &Conflict, at: DateTime<Utc>) -> Trouble {
    let names = Names::at_site(locale, world, None, at);
    let t = locale.telephone_repair();
    match conflict {
        Conflict::DuplicateNumber { site, ext, first, second } => {
            let [first, second] = [*first, *second].map(|id| holder(&names, t, world.numbers_at(*ext), id));
            (t.duplicate_number)(&names.house(*site), ext.as_str(), [&first, &second])
        }
        Conflict::DuplicateTel { tel, first, second } => {
            let [first, second] = [*first, *second].map(|id| holder(&names, t, world.numbers_at_tel(*tel), id));
            (t.duplicate_tel)(&written(&names, *tel), [&first, &second])
        }
        Conflict::DuplicateDevice { target, first, second } => {
            let [first, second] = [*first, *second].map(|id| device(&names, t, id));
            (t.duplicate_device)(&names.target(target), [&first, &second])
        }
        Conflict::EmergencyNumberTaken { ext, .. } => (t.emergency_number_taken)(ext.as_str()),
        Conflict::NumberWithoutDevice { number, ext, from_on } => {
            let holder = holder(&names, t, world.numbers_at(*ext), *number);
            (t.number_without_device)(&names.day(*from_on), ext.as_str(), &holder)
        }
        Conflict::NumberOfNobody { ext, .. } => (t.number_of_nobody)(ext.as_str()),
        Conflict::SeatPhoneElsewhere { target, .. } => (t.seat_phone_elsewhere)(&names.target(target)),
        Conflict::SectionUncovered { section, from_on } => (t.section_uncovered)(&names.day(*from_on), &names.section(*section)),
        Conflict::SectionWithoutFixedPhone { section, from_on } => (t.section_without_fixed_phone)(&names.day(*from_on), &names.section(*section)),
        Conflict::ClosedTargetUnknown { section, dial } => (t.closed_target_unknown)(&names.section(*section), &names.dial(*dial)),
        Conflict::DelegationCycle { people } => {
            let people: Vec<String> = people.iter().map(|person| names.person(*person)).collect();
            (t.delegation_cycle)(&people)
        }
        Conflict::OverflowCycle { sections } => {
            let sections: Vec<String> = sections.iter().map(|section| names.section(*section)).collect();
            (t.overflow_cycle)(&sections)
        }
        Conflict::NobodyOfSecurity { site } => (t.nobody_of_security)(&names.house(*site)),
    }
}

/// Names of telephones that are written out.
const SOME: usize = 5;

/// What is wrong with a PBX, in words; times as the wall of the first house shows them.
#[must_use]
pub fn link(locale: Locale, world: &Snapshot, link: &str, trouble: &LinkTrouble, at: DateTime<Utc>) -> Trouble {
    let t = locale.telephone_repair();
    let wall = |at: DateTime<Utc>| world.houses().next().map_or_else(|| at.naive_utc(), |house| house.clock.wall(at));
    let when = |then: DateTime<Utc>| book::when(locale, wall(then), wall(at).date());
    match trouble {
        LinkTrouble::NoSecret => (t.link_no_secret)(link),
        LinkTrouble::Refused { at } => (t.link_refused)(link, &when(*at)),
        LinkTrouble::NeverAsked => (t.link_never_asked)(link),
        LinkTrouble::OldTable { at } => (t.link_old_table)(link, at.map(when).as_deref()),
        LinkTrouble::Silent { at } => (t.link_silent)(link, at.map(when).as_deref()),
        LinkTrouble::NotRegistered { devices } => {
            let mut names = devices.iter().take(SOME).map(ToString::to_string).collect::<Vec<_>>().join(locale.pick("、", ", "));
            if devices.len() > SOME {
                names.push('…');
            }
            (t.link_not_registered)(link, devices.len(), &names)
        }
    }
}

fn written(names: &Names<'_>, tel: E164) -> String {
    names.dial(Dial::Tel(tel))
}

fn device(names: &Names<'_>, t: &Texts, id: DeviceId) -> String {
    names.device(id).unwrap_or_else(|| t.removed_device.into())
}

/// Who or what has a number, by name.
fn holder<'a>(names: &Names<'_>, t: &Texts, mut rows: impl Iterator<Item = &'a Number>, id: NumberId) -> String {
    let Some(row) = rows.find(|row| row.id == id) else { return t.removed_number.into() };
    match row.kind {
        NumberKind::Person(person) => names.person(person),
        NumberKind::Section(section) | NumberKind::Main(section) => names.section(section),
        NumberKind::Seat(seat) => names.seat(seat),
        NumberKind::Room(id) | NumberKind::Fax(id) => device(names, t, id),
        NumberKind::Emergency => (names.t().service)(Emergency::House).into(),
    }
}

/// Half-hours that too few people cover, in words; those that follow one another and lack as many are one sentence.
#[must_use]
pub fn gaps(locale: Locale, world: &Snapshot, section: SectionId, gaps: &[HalfHour], at: DateTime<Utc>) -> Vec<Trouble> {
    let names = Names::at_site(locale, world, None, at);
    let name = names.section(section);
    let words = |gap: CoverGap| {
        let when = format!("{} {}–{}", names.day(gap.on), dates::minute(gap.from_minute), dates::minute(gap.until_minute));
        (locale.telephone_repair().gap)(&when, &name, gap.needed.saturating_sub(gap.planned), gap.needed)
    };
    join(section, gaps).into_iter().map(words).collect()
}

/// What a section says to somebody going; its half-hours are told by [`gaps`].
#[must_use]
pub const fn verdict(locale: Locale, verdict: &CoverVerdict) -> &'static str {
    let t = locale.telephone_repair();
    match verdict {
        CoverVerdict::Fine => t.fine,
        CoverVerdict::Warn(_) => t.warned,
        CoverVerdict::Refused(_) => t.refused,
    }
}

/// Why two turns are not exchanged.
#[must_use]
pub fn swap(locale: Locale, world: &Snapshot, refusal: &SwapRefusal, at: DateTime<Utc>) -> String {
    let names = Names::at_site(locale, world, None, at);
    let t = locale.telephone_repair();
    match refusal {
        SwapRefusal::NoTurn => t.no_turn.into(),
        SwapRefusal::NotAgreed { person } => (t.not_agreed)(&names.person(*person)),
        SwapRefusal::Cannot { person } => (t.cannot_serve)(&names.person(*person)),
    }
}

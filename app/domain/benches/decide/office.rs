//! A big office: 800 sections of 25, every tenth person at a seat with a telephone, some in meetings, some at home.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use domain::{
    DeviceId, NumberId, PersonId, SeatId, SectionId, SiteId,
    memo::MemoTo,
    site::SitePolicy,
    telephone::{
        ClosedTarget, DayRange, Delegation, Device, DeviceKind, Dial, Hours, House, Listing, Member, Number, NumberKind, Numbering, Occupancy, OccupancyFrom,
        OccupancySource, Owner, Post, Presence, PresenceSource, PresenceState, Reach, RingMode, Rows, Scope, SeatLabel, Section, Service, SiteClock,
        Subscriber, Target, TimeRange,
    },
};

/// As the goal was set.
pub const PEOPLE: usize = 20_000;
/// As the goal was set.
pub const SEATS: usize = 2_000;
/// A section is asked as a whole.
const SECTION: usize = 25;
const SITE: SiteId = SiteId(1);

/// Tuesday 2026-11-24, ten o'clock in Japan.
pub fn now() -> DateTime<Utc> {
    let day = NaiveDate::from_ymd_opt(2026, 11, 24).expect("a day");
    day.and_hms_opt(1, 0, 0).expect("a time").and_utc()
}

fn id(at: usize) -> i64 {
    i64::try_from(at).expect("a small number") + 1
}

pub fn person(at: usize) -> PersonId {
    PersonId(id(at))
}

pub fn seat(at: usize) -> SeatId {
    SeatId(id(at))
}

fn section(at: usize) -> SectionId {
    SectionId(id(at))
}

/// The number of somebody who sits at a seat.
pub fn person_number(turn: usize) -> String {
    format!("1{:05}", turn * 10 % PEOPLE)
}

/// The number of a section.
pub fn section_number(turn: usize) -> String {
    format!("3{:05}", turn % (PEOPLE / SECTION))
}

fn number(at: usize, digits: &str, kind: NumberKind) -> Number {
    Number { id: NumberId(id(at)), site: SITE, ext: digits.parse().expect("digits"), tel: None, kind, valid: DayRange::ALWAYS, successor: None }
}

fn device(at: usize, name: &str, kind: DeviceKind, owner: Owner) -> Device {
    let target = Target::Aor(name.parse().expect("a device name"));
    let reach = if kind == DeviceKind::Mobile { Reach::Anywhere } else { Reach::Building };
    Device { id: DeviceId(id(at)), site: SITE, target, kind, owner, reach, service: Service::On, valid: DayRange::ALWAYS }
}

fn today() -> TimeRange {
    TimeRange { from_at: now() - TimeDelta::hours(1), until_at: Some(now() + TimeDelta::hours(7)) }
}

fn house() -> House {
    House {
        site: SITE,
        name: "本庁舎".into(),
        clock: SiteClock::fixed(9 * 3_600),
        policy: SitePolicy::default(),
        numbering: Numbering::Japan,
        occupancy_from: OccupancyFrom::CheckIn,
        hours: vec![Hours::office(510, 1_035)],
        house_phone: Target::Aor("house".parse().expect("a device name")),
        reception: Some(section(0)),
        security: vec![MemoTo::Section(section(0))],
    }
}

fn section_row(at: usize) -> Section {
    Section {
        id: section(at),
        site: SITE,
        unit: None,
        name: format!("第{at}課"),
        ring: RingMode::All,
        ring_ms: 15_000,
        fixed_ms: 20_000,
        // One more section is asked; the main number has none behind it.
        overflow: (at > 1).then(|| section(0)),
        hours: vec![],
        closed: ClosedTarget::Guard(Dial::Tel("+81399990000".parse().expect("a number"))),
        tasks: Vec::new(),
        valid: DayRange::ALWAYS,
    }
}

fn numbers() -> Vec<Number> {
    let people = (0..PEOPLE).map(|at| number(at, &format!("1{at:05}"), NumberKind::Person(person(at))));
    let sections = (0..PEOPLE / SECTION).map(|at| number(PEOPLE + at, &format!("3{at:05}"), NumberKind::Section(section(at))));
    people.chain(sections).chain([number(2 * PEOPLE, "9", NumberKind::Main(section(1)))]).collect()
}

fn devices() -> Vec<Device> {
    let mobiles = (0..PEOPLE).map(|at| device(at, &format!("mob-{at}"), DeviceKind::Mobile, Owner::Person(person(at))));
    let phones = (0..SEATS).map(|at| device(PEOPLE + at, &format!("seat-{at}"), DeviceKind::SeatPhone, Owner::Seat(seat(at))));
    let fixed = (0..PEOPLE / SECTION).map(|at| device(2 * PEOPLE + at, &format!("bcp-{at}"), DeviceKind::FixedBcp, Owner::Section(section(at))));
    mobiles.chain(phones).chain(fixed).collect()
}

/// Of every ten people one sits at a seat, one is in a meeting and five work at home; the rest are not there.
fn presences() -> Vec<Presence> {
    let state = |at: usize| match at % 10 {
        1 => Some(PresenceState::Meeting),
        2..=6 => Some(PresenceState::Telework),
        _ => None,
    };
    let said = (0..PEOPLE).filter_map(|at| Some((at, state(at)?)));
    said.map(|(at, state)| Presence { person: person(at), state, source: PresenceSource::Manual, span: today() }).collect()
}

/// See the module.
pub fn rows() -> Rows {
    let seated = |at: usize| Occupancy { person: person(at * 10), seat: seat(at), span: today(), source: OccupancySource::CheckIn };
    let hands_over = |at: usize| Delegation { from: person(at * 100 + 9), to: person(at * 100 + 2), span: today(), scope: Scope::All };
    let member = |at: usize| Member { section: section(at / SECTION), person: person(at), post: Post::Main, rank: 0, valid: DayRange::ALWAYS };
    let named = |at: usize| Subscriber { person: person(at), name: format!("職員 {at}"), kana: format!("{at}"), listing: Listing::Listed };
    Rows {
        houses: vec![house()],
        seats: (0..SEATS).map(|at| SeatLabel { seat: seat(at), label: format!("3F-{at}"), floor: "3階".into() }).collect(),
        people: (0..PEOPLE).map(named).collect(),
        numbers: numbers(),
        devices: devices(),
        sections: (0..PEOPLE / SECTION).map(section_row).collect(),
        members: (0..PEOPLE).map(member).collect(),
        occupancies: (0..SEATS).map(seated).collect(),
        presences: presences(),
        delegations: (0..PEOPLE / 100).map(hands_over).collect(),
        ..Rows::default()
    }
}

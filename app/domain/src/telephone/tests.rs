//! The rules of the telephone, a line a case. Here: the town hall every case starts from, and how a plan is written in a line.
//!
//! 本庁舎, Tuesday 2026-11-24. 総合案内 (S1, 2000, the house's number), 福祉課 (S2, 3100) with 田中 2101, 佐藤 2102, 鈴木 2103, and 税務課
//! (S3, 3200) with 山田 2104, 高橋 2105. 福祉課 overflows to 税務課, which overflows to 総合案内. Everybody has a mobile.

mod book;
mod closed;
mod conflicts;
mod cover;
mod differences;
mod emergency;
mod golden;
mod limits;
mod numbers;
mod people;
mod places;
mod properties;
mod sections;
mod snapshots;
mod tables;

use super::*;
use crate::{BlockRuleId, DeviceId, NumberId, PersonId, SeatId, SectionId, SiteId, memo::MemoTo, site::SitePolicy};
use chrono::{DateTime, NaiveDate, NaiveDateTime, TimeDelta, Utc};

const SITE: SiteId = SiteId(1);
const TANAKA: PersonId = PersonId(1);
const SATO: PersonId = PersonId(2);
const SUZUKI: PersonId = PersonId(3);
const YAMADA: PersonId = PersonId(4);
const TAKAHASHI: PersonId = PersonId(5);
const ANNAI: SectionId = SectionId(1);
const FUKUSHI: SectionId = SectionId(2);
const ZEIMU: SectionId = SectionId(3);
const SEAT_12: SeatId = SeatId(12);
const SEAT_13: SeatId = SeatId(13);

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// `2026-11-24 09:00`, wall clock in Japan.
fn at(text: &str) -> DateTime<Utc> {
    NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap().and_utc() - TimeDelta::hours(9)
}

/// The moment most cases look at.
fn now() -> DateTime<Utc> {
    at("2026-11-24 10:00")
}

/// `09:00` of that day until the evening.
fn today(from: &str) -> TimeRange {
    TimeRange { from_at: at(&format!("2026-11-24 {from}")), until_at: Some(at("2026-11-24 17:15")) }
}

fn ext(text: &str) -> Ext {
    text.parse().unwrap()
}

fn tel(text: &str) -> E164 {
    text.parse().unwrap()
}

fn aor(text: &str) -> Target {
    Target::Aor(text.parse().unwrap())
}

fn device(id: i64, name: &str, kind: DeviceKind, owner: Owner) -> Device {
    let reach = if kind == DeviceKind::Mobile { Reach::Anywhere } else { Reach::Building };
    Device { id: DeviceId(id), site: SITE, target: aor(name), kind, owner, reach, service: Service::On, valid: DayRange::ALWAYS }
}

fn number(id: i64, digits: &str, kind: NumberKind) -> Number {
    Number { id: NumberId(id), site: SITE, ext: ext(digits), tel: None, kind, valid: DayRange::ALWAYS, successor: None }
}

fn section(id: SectionId, name: &str, overflow: Option<SectionId>) -> Section {
    Section {
        id,
        site: SITE,
        unit: None,
        name: name.into(),
        ring: RingMode::All,
        ring_ms: 15_000,
        fixed_ms: 20_000,
        overflow,
        hours: vec![],
        closed: ClosedTarget::Guard(Dial::Tel(tel("+81399990000"))),
        tasks: vec![],
        valid: DayRange::ALWAYS,
    }
}

fn member(section: SectionId, person: PersonId, post: Post) -> Member {
    Member { section, person, post, rank: 0, valid: DayRange::ALWAYS }
}

/// See the module.
fn hall() -> Rows {
    let staff = [
        (TANAKA, "田中 花子", "タナカ"),
        (SATO, "佐藤 次郎", "サトウ"),
        (SUZUKI, "鈴木 一郎", "スズキ"),
        (YAMADA, "山田 桜", "ヤマダ"),
        (TAKAHASHI, "高橋 進", "タカハシ"),
    ];
    let mobiles = [(TANAKA, "mob-tanaka"), (SATO, "mob-sato"), (SUZUKI, "mob-suzuki"), (YAMADA, "mob-yamada"), (TAKAHASHI, "mob-takahashi")];
    let mobile = |(person, name): (PersonId, &str)| device(person.0, name, DeviceKind::Mobile, Owner::Person(person));
    let fixed = [(11, "bcp-annai", ANNAI), (12, "bcp-fukushi", FUKUSHI), (13, "bcp-zeimu", ZEIMU)];
    let fixed = fixed.map(|(id, name, section)| device(id, name, DeviceKind::FixedBcp, Owner::Section(section)));
    let seats = [(21, "seat-3f-12", SEAT_12), (22, "seat-3f-13", SEAT_13)];
    let phones = seats.map(|(id, name, seat)| device(id, name, DeviceKind::SeatPhone, Owner::Seat(seat)));
    let personal = (1..=5).map(|id| number(id, &format!("210{id}"), NumberKind::Person(PersonId(id))));
    let shared = [number(6, "3100", NumberKind::Section(FUKUSHI)), number(7, "3200", NumberKind::Section(ZEIMU)), number(8, "2000", NumberKind::Main(ANNAI))];
    let in_fukushi = [TANAKA, SATO, SUZUKI].map(|person| member(FUKUSHI, person, Post::Main));
    let in_zeimu = [YAMADA, TAKAHASHI].map(|person| member(ZEIMU, person, Post::Main));
    let house = House {
        site: SITE,
        name: "本庁舎".into(),
        clock: SiteClock::fixed(9 * 3_600),
        policy: SitePolicy::default(),
        numbering: Numbering::Japan,
        occupancy_from: OccupancyFrom::CheckIn,
        hours: vec![Hours::office(510, 1_035)],
        house_phone: aor("house"),
        reception: Some(ANNAI),
        security: vec![MemoTo::Section(ANNAI)],
    };
    let label = |seat: SeatId| SeatLabel { seat, label: format!("3F-{seat}"), floor: "3階".into() };
    let person = |(person, name, kana): (PersonId, &str, &str)| Subscriber { person, name: name.into(), kana: kana.into(), listing: Listing::Listed };
    Rows {
        houses: vec![house],
        seats: [SEAT_12, SEAT_13].map(label).into(),
        people: staff.map(person).into(),
        numbers: personal.chain(shared).collect(),
        devices: mobiles.map(mobile).into_iter().chain(fixed).chain(phones).collect(),
        sections: vec![section(ANNAI, "総合案内", None), section(FUKUSHI, "福祉課", Some(ZEIMU)), section(ZEIMU, "税務課", Some(ANNAI))],
        members: in_fukushi.into_iter().chain(in_zeimu).collect(),
        ..Rows::default()
    }
}

impl Rows {
    /// Checked in at a seat since a time of the day.
    fn sits(mut self, person: PersonId, seat: SeatId, since: &str) -> Self {
        self.occupancies.push(Occupancy { person, seat, span: today(since), source: OccupancySource::CheckIn });
        self
    }

    /// Does something since a quarter to ten.
    fn does(mut self, person: PersonId, state: PresenceState, source: PresenceSource) -> Self {
        self.presences.push(Presence { person, state, source, span: today("09:45") });
        self
    }

    /// Said so by hand.
    fn says(self, person: PersonId, state: PresenceState) -> Self {
        self.does(person, state, PresenceSource::Manual)
    }

    /// Hands calls over.
    fn hands_over(mut self, from: PersonId, to: PersonId, scope: Scope) -> Self {
        self.delegations.push(Delegation { from, to, span: today("08:00"), scope });
        self
    }

    fn with_device(mut self, device: Device) -> Self {
        self.devices.push(device);
        self
    }

    fn with_number(mut self, number: Number) -> Self {
        self.numbers.push(number);
        self
    }

    /// With what a person chose.
    fn chooses(mut self, person: PersonId, settings: Settings) -> Self {
        self.settings.push((person, settings));
        self
    }

    /// Somebody switched the house over at eight.
    fn switched(mut self, mode: Mode) -> Self {
        self.switches.push(ModeSwitch { site: SITE, mode, by: Some(YAMADA), span: today("08:00") });
        self
    }

    /// A section as it is changed by `change`.
    fn section(mut self, id: SectionId, change: impl Fn(&mut Section)) -> Self {
        self.sections.iter_mut().filter(|section| section.id == id).for_each(change);
        self
    }

    fn world(self) -> Snapshot {
        Snapshot::build(7, self).snapshot
    }

    /// What rings when somebody outside calls.
    fn outside(self, to: &str) -> String {
        rings(&decide(&self.world(), &outside(to), now(), &PbxCaps::default()))
    }

    /// What rings when a device of the house calls.
    fn inside(self, device: &str, to: &str) -> String {
        rings(&decide(&self.world(), &inside(device, to), now(), &PbxCaps::default()))
    }
}

fn outside(to: &str) -> CallIn {
    CallIn { to: to.into(), from: "0312345678".into(), trunk: Some("ntt-1".into()), call_id: "a84b".into(), ..CallIn::default() }
}

fn inside(device: &str, to: &str) -> CallIn {
    CallIn { to: to.into(), from: "2104".into(), from_device: Some(device.parse().unwrap()), call_id: "a84b".into(), ..CallIn::default() }
}

/// A plan in a line: `person.devices 12: seat-3f-13 mob-tanaka | …`, or its status when nothing rings.
fn rings(plan: &Plan) -> String {
    if plan.stages.is_empty() {
        return format!("{:?} {:?}", plan.status, plan.on_exhausted);
    }
    let target = |rung: &Rung| match &rung.target {
        Target::Aor(aor) => aor.to_string(),
        Target::Tel(tel) => tel.to_string(),
    };
    let stage = |stage: &Stage| {
        let targets: Vec<String> = stage.targets.iter().map(target).collect();
        let seconds = f64::from(stage.ring_ms) / 1_000.0;
        format!("{} {seconds}: {}", stage.rule, targets.join(" "))
    };
    plan.stages.iter().map(stage).collect::<Vec<_>>().join(" | ")
}

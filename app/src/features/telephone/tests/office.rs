//! The small office every case starts from, and the changes that make a case. Each change also says in Japanese what it is, so that
//! a case can be read without the program. Names stand in both languages, `田中 花子|Hanako Tanaka`.

use crate::i18n::Locale;
use chrono::{DateTime, NaiveDate, NaiveDateTime, TimeDelta, Utc};
use domain::{
    DeviceId, NumberId, PersonId, SeatId, SectionId, SiteId,
    memo::MemoTo,
    site::SitePolicy,
    telephone::{
        ClosedTarget, DayRange, Delegation, Device, DeviceKind, Dial, E164, Ext, Hours, House, Listing, Member, Mode, ModeSwitch, Number, NumberKind,
        Numbering, Occupancy, OccupancyFrom, OccupancySource, Owner, Post, Presence, PresenceSource, PresenceState, Reach, RingMode, Rows, Scope, SeatLabel,
        Section, Service, Settings, SiteClock, Snapshot, Subscriber, Target, TimeRange,
    },
};

pub const SITE: SiteId = SiteId(1);
pub const TANAKA: PersonId = PersonId(1);
pub const SATO: PersonId = PersonId(2);
pub const SUZUKI: PersonId = PersonId(3);
pub const YAMADA: PersonId = PersonId(4);
pub const TAKAHASHI: PersonId = PersonId(5);
pub const KIMURA: PersonId = PersonId(6);
pub const ANNAI: SectionId = SectionId(1);
pub const FUKUSHI: SectionId = SectionId(2);
pub const ZEIMU: SectionId = SectionId(3);
pub const SHUKUCHOKU: SectionId = SectionId(4);

/// What stands at the top of every file of cases.
pub const ABOUT: &str = "\
本庁舎(受付時間は平日 8:30〜17:15)
  総合案内  代表番号 2000  木村 2106                         時間外は警備会社(03-9999-0000)
  福祉課    3100           田中 2101、佐藤 2102、鈴木 2103   時間外は宿直室
  税務課    3200           山田 2104、高橋 2105              時間外は案内を流す
  宿直室    2900
全員がスマホを持ち、各課に固定電話が1台、3F-11〜3F-15 に座席電話がある。
何も書いていなければ、だれも着席しておらず、課にあふれ先はない。
";

const STAFF: [(PersonId, &str, &str, SectionId); 6] = [
    (TANAKA, "田中 花子|Hanako Tanaka", "tanaka", FUKUSHI),
    (SATO, "佐藤 次郎|Jiro Sato", "sato", FUKUSHI),
    (SUZUKI, "鈴木 一郎|Ichiro Suzuki", "suzuki", FUKUSHI),
    (YAMADA, "山田 桜|Sakura Yamada", "yamada", ZEIMU),
    (TAKAHASHI, "高橋 進|Susumu Takahashi", "takahashi", ZEIMU),
    (KIMURA, "木村 葵|Aoi Kimura", "kimura", ANNAI),
];

/// The rows of an office, and what is said of it.
#[derive(Clone)]
pub struct Office {
    pub rows: Rows,
    pub facts: Vec<String>,
}

pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// `2026-11-24 9:02`, or `9:02` of that Tuesday; wall clock in Japan.
pub fn at(text: &str) -> DateTime<Utc> {
    let text = if text.contains(' ') { text.to_owned() } else { format!("2026-11-24 {text}") };
    NaiveDateTime::parse_from_str(&text, "%Y-%m-%d %H:%M").unwrap().and_utc() - TimeDelta::hours(9)
}

/// From a time until another one.
pub fn span(from: &str, until: &str) -> TimeRange {
    TimeRange { from_at: at(from), until_at: Some(at(until)) }
}

pub fn ext(text: &str) -> Ext {
    text.parse().unwrap()
}

pub fn tel(text: &str) -> E164 {
    text.parse().unwrap()
}

pub fn aor(text: &str) -> Target {
    Target::Aor(text.parse().unwrap())
}

pub fn device(id: i64, name: &str, kind: DeviceKind, owner: Owner) -> Device {
    let reach = if kind == DeviceKind::Mobile { Reach::Anywhere } else { Reach::Building };
    Device { id: DeviceId(id), site: SITE, target: aor(name), kind, owner, reach, service: Service::On, valid: DayRange::ALWAYS }
}

pub fn number(id: i64, digits: &str, kind: NumberKind) -> Number {
    Number { id: NumberId(id), site: SITE, ext: ext(digits), tel: None, kind, valid: DayRange::ALWAYS, successor: None }
}

pub fn member(section: SectionId, person: PersonId, post: Post) -> Member {
    Member { section, person, post, rank: u16::try_from(person.0).unwrap(), valid: DayRange::ALWAYS }
}

fn section(id: SectionId, name: &str, overflow: Option<SectionId>, closed: ClosedTarget) -> Section {
    let (ring, hours, valid) = (RingMode::All, vec![], DayRange::ALWAYS);
    Section { id, site: SITE, unit: None, name: name.into(), ring, ring_ms: 15_000, fixed_ms: 20_000, overflow, hours, closed, tasks: vec![], valid }
}

fn house() -> House {
    House {
        site: SITE,
        name: "本庁舎|the Town Hall".into(),
        clock: SiteClock::fixed(9 * 3_600),
        policy: SitePolicy::default(),
        numbering: Numbering::Japan,
        occupancy_from: OccupancyFrom::CheckIn,
        hours: vec![Hours::office(510, 1_035)],
        house_phone: aor("house"),
        reception: Some(ANNAI),
        security: vec![MemoTo::Section(ANNAI)],
    }
}

/// See [`ABOUT`].
pub fn office() -> Office {
    let guard = ClosedTarget::Guard(Dial::Tel(tel("+81399990000")));
    let sections = [(ANNAI, "annai"), (FUKUSHI, "fukushi"), (ZEIMU, "zeimu"), (SHUKUCHOKU, "shukuchoku")];
    let mobiles = STAFF.map(|(person, _, name, _)| device(person.0, &format!("mob-{name}"), DeviceKind::Mobile, Owner::Person(person)));
    let fixed = sections.map(|(section, name)| device(10 + section.0, &format!("bcp-{name}"), DeviceKind::FixedBcp, Owner::Section(section)));
    let phones = (11..=15).map(|seat| device(10 + seat, &format!("seat-3f-{seat}"), DeviceKind::SeatPhone, Owner::Seat(SeatId(seat))));
    let personal = STAFF.map(|(person, ..)| number(person.0, &format!("210{person}"), NumberKind::Person(person)));
    let shared = [
        number(10, "2000", NumberKind::Main(ANNAI)),
        number(11, "3100", NumberKind::Section(FUKUSHI)),
        number(12, "3200", NumberKind::Section(ZEIMU)),
        number(13, "2900", NumberKind::Section(SHUKUCHOKU)),
    ];
    let label = |seat: i64| SeatLabel { seat: SeatId(seat), label: format!("3F-{seat}"), floor: "3階|3rd floor".into() };
    let rows = Rows {
        known_from_on: day("2026-11-24"),
        houses: vec![house()],
        seats: (11..=15).map(label).collect(),
        people: STAFF.map(|(person, name, ..)| Subscriber { person, name: name.into(), kana: String::new(), listing: Listing::Listed }).into(),
        numbers: personal.into_iter().chain(shared).collect(),
        devices: mobiles.into_iter().chain(fixed).chain(phones).collect(),
        sections: vec![
            section(ANNAI, "総合案内|Reception", None, guard),
            section(FUKUSHI, "福祉課|Welfare", None, ClosedTarget::Duty(Dial::Ext(ext("2900")))),
            section(ZEIMU, "税務課|Taxes", None, ClosedTarget::Announcement),
            section(SHUKUCHOKU, "宿直室|the Night Duty Room", None, guard),
        ],
        members: STAFF.map(|(person, .., section)| member(section, person, Post::Main)).into(),
        ..Rows::default()
    };
    Office { rows, facts: vec![] }
}

/// 田中
pub fn short(person: PersonId) -> &'static str {
    let name = STAFF.iter().find(|(known, ..)| *known == person).map_or("だれか", |(_, name, ..)| *name);
    name.split(' ').next().unwrap()
}

fn word_of(state: PresenceState) -> &'static str {
    super::super::explain::presence(Locale::Ja, state)
}

impl Office {
    /// Something else of the office is different.
    pub fn with(mut self, fact: &str, change: impl FnOnce(&mut Rows)) -> Self {
        self.facts.push(fact.into());
        change(&mut self.rows);
        self
    }

    /// Checked in at a seat of the third floor.
    pub fn sits(self, person: PersonId, seat: i64, since: &str) -> Self {
        let row = Occupancy { person, seat: SeatId(seat), span: span(since, "17:15"), source: OccupancySource::CheckIn };
        self.with(&format!("{}は {since} に 3F-{seat} に着席", short(person)), |rows| rows.occupancies.push(row))
    }

    /// Entered by the person until a time, or without an end.
    pub fn says(self, person: PersonId, state: PresenceState, until: Option<&str>) -> Self {
        self.does(person, state, until, PresenceSource::Manual, "本人の入力")
    }

    /// Known from somewhere.
    pub fn does(self, person: PersonId, state: PresenceState, until: Option<&str>, source: PresenceSource, from: &str) -> Self {
        let row = Presence { person, state, source, span: TimeRange { from_at: at("9:30"), until_at: until.map(at) } };
        let end = until.map(|until| format!(" {until} まで")).unwrap_or_default();
        self.with(&format!("{}は{end}{}({from})", short(person), word_of(state)), |rows| rows.presences.push(row))
    }

    /// Answers for somebody today.
    pub fn hands_over(self, from: PersonId, to: PersonId, scope: Scope) -> Self {
        let calls = match scope {
            Scope::All => "電話",
            Scope::Outside => "外線",
            Scope::Inside => "内線",
        };
        let row = Delegation { from, to, span: span("8:00", "17:15"), scope };
        self.with(&format!("{}は{calls}を{}に任せている", short(from), short(to)), |rows| rows.delegations.push(row))
    }

    /// What a person chose for their telephone.
    pub fn chooses(self, person: PersonId, fact: &str, settings: Settings) -> Self {
        self.with(&format!("{}の設定: {fact}", short(person)), |rows| rows.settings.push((person, settings)))
    }

    /// One more telephone.
    pub fn has(self, fact: &str, device: Device) -> Self {
        self.with(fact, |rows| rows.devices.push(device))
    }

    /// A section is otherwise.
    pub fn section(self, id: SectionId, fact: &str, change: impl Fn(&mut Section)) -> Self {
        self.with(fact, |rows| rows.sections.iter_mut().filter(|section| section.id == id).for_each(change))
    }

    /// 山田 switches the house over at a time.
    pub fn switched(self, mode: Mode, fact: &str, from: &str, until: &str) -> Self {
        let row = ModeSwitch { site: SITE, mode, by: Some(YAMADA), span: span(from, until) };
        self.with(&format!("{from} に山田が{fact}"), |rows| rows.switches.push(row))
    }

    /// The world, with names in one language.
    pub fn world(&self, locale: Locale) -> Snapshot {
        let pick = |name: &mut String| {
            if let Some((ja, en)) = name.clone().split_once('|') {
                *name = locale.pick(ja, en).to_owned();
            }
        };
        let mut rows = self.rows.clone();
        rows.people.iter_mut().for_each(|row| pick(&mut row.name));
        rows.sections.iter_mut().for_each(|row| pick(&mut row.name));
        rows.houses.iter_mut().for_each(|row| pick(&mut row.name));
        rows.houses.iter_mut().flat_map(|row| &mut row.policy.exceptions).for_each(|row| pick(&mut row.name));
        Snapshot::build(1, rows).snapshot
    }
}

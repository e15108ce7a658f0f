//! The telephone file: the whole set-up of a site in one JSON document. What `export` writes, `import` takes.
//!
//! Things are named as people know them: seats by floor and label, people by 職員番号, units by 所属コード, sections by a key
//! of their own. Passwords and secrets are not in it.

use super::{rows as words, security::SecurityFile};
use crate::import::{ImportError, ImportProblem};
use chrono::{DateTime, NaiveDate, Utc, Weekday};
use domain::{
    booking::Weekdays,
    telephone::{
        DayRange, Hours, OccupancyFrom, RingMode, Window, WindowDays,
        cover::{CoverRuleWish, OnGap},
    },
};
use serde::{Deserialize, Serialize};

/// The whole file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct File {
    /// The site by name.
    pub site: String,
    /// How numbers of the country are written: `japan`, or a country code.
    #[serde(default = "japan")]
    pub numbering: String,
    /// What makes somebody the occupant of a seat.
    #[serde(default = "check_in")]
    pub occupancy_from: OccupancyFrom,
    /// The telephone behind everything.
    pub house_phone: PlaceFile,
    /// Key of the section that answers for rooms and people without a section.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reception: Option<String>,
    /// Who is told of emergency calls.
    #[serde(default, skip_serializing_if = "SecurityFile::is_empty")]
    pub security: SecurityFile,
    /// When the house answers the outside world.
    #[serde(default)]
    pub hours: Vec<HoursFile>,
    /// Sections.
    #[serde(default)]
    pub sections: Vec<SectionFile>,
    /// Telephones.
    #[serde(default)]
    pub devices: Vec<DeviceFile>,
    /// Numbers.
    #[serde(default)]
    pub numbers: Vec<NumberFile>,
    /// Callers that are not taken.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub blocks: Vec<BlockFile>,
    /// Callers known by name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub contacts: Vec<ContactFile>,
    /// PBXs that may ask.
    #[serde(default)]
    pub links: Vec<LinkFile>,
}

fn japan() -> String {
    "japan".into()
}

const fn check_in() -> OccupancyFrom {
    OccupancyFrom::CheckIn
}

/// Where something rings: a device by its name at the PBX, or an outside number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlaceFile {
    /// `{"aor":"bcp-house"}`.
    Aor(String),
    /// `{"tel":"+81312345678"}`.
    Tel(String),
}

impl PlaceFile {
    /// The name or the number.
    #[must_use]
    pub fn text(&self) -> &str {
        match self {
            Self::Aor(text) | Self::Tel(text) => text,
        }
    }
}

/// Hours that hold from a day on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HoursFile {
    /// First day; left out, always.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<NaiveDate>,
    /// The day after the last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<NaiveDate>,
    /// The open stretches.
    pub windows: Vec<WindowFile>,
}

/// One open stretch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WindowFile {
    /// The days.
    #[serde(default)]
    pub days: DaysFile,
    /// `08:30`.
    pub from: String,
    /// `17:15`; `24:00` is midnight.
    pub until: String,
}

/// Days of a stretch.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DaysFile {
    /// Every open day of the site.
    #[default]
    OpenDays,
    /// Every day.
    Always,
    /// These weekdays, when the site is open.
    Weekdays(Vec<Weekday>),
}

/// 課・係.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SectionFile {
    /// Its key in this file.
    pub key: String,
    /// What callers and colleagues call it.
    pub name: String,
    /// 所属コード: who has a post there belongs to it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// In which order its members ring.
    #[serde(default = "all")]
    pub ring: RingMode,
    /// How long members ring, milliseconds.
    #[serde(default = "fifteen_seconds")]
    pub ring_ms: u32,
    /// How long its fixed telephone rings, milliseconds.
    #[serde(default = "twenty_seconds")]
    pub fixed_ms: u32,
    /// Key of the section that is tried when nobody answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub overflow: Option<String>,
    /// Its own hours; empty means those of the house.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hours: Vec<HoursFile>,
    /// Who answers while it is closed.
    #[serde(default)]
    pub closed: ClosedFile,
    /// 職員番号 of those who answer in a disaster, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub roster: Vec<String>,
    /// 業務: words by which the book finds it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tasks: Vec<String>,
    /// How many people must be there to answer; left out, what stands there stays.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cover: Option<Vec<CoverFile>>,
    /// First day; left out, always.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<NaiveDate>,
    /// The day after the last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<NaiveDate>,
}

impl SectionFile {
    /// A section with this key and name and everything else as it is when a file says nothing.
    #[must_use]
    pub fn named(key: &str, name: &str) -> Self {
        Self {
            key: key.to_owned(),
            name: name.to_owned(),
            unit: None,
            ring: all(),
            ring_ms: fifteen_seconds(),
            fixed_ms: twenty_seconds(),
            overflow: None,
            hours: Vec::new(),
            closed: ClosedFile::Announcement,
            roster: Vec::new(),
            tasks: Vec::new(),
            cover: None,
            from: None,
            until: None,
        }
    }
}

/// So many people must be there to answer a section's telephone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CoverFile {
    /// How many.
    pub people: u16,
    /// In which hours; on weekdays among `days` on which the site is open.
    pub hours: WindowFile,
    /// What happens to a booking or leave that breaks it: `warn` or `refuse`.
    #[serde(default = "warn")]
    pub on_gap: OnGap,
    /// First day; left out, always.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<NaiveDate>,
    /// The day after the last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<NaiveDate>,
}

const fn warn() -> OnGap {
    OnGap::Warn
}

const fn all() -> RingMode {
    RingMode::All
}

const fn fifteen_seconds() -> u32 {
    15_000
}

const fn twenty_seconds() -> u32 {
    20_000
}

/// Who answers while a section is closed: `"announcement"`, `{"duty":"9000"}`, `{"guard":"+81…"}`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClosedFile {
    /// The PBX says so.
    #[default]
    Announcement,
    /// 宿直・日直.
    Duty(String),
    /// 警備.
    Guard(String),
}

/// 電話機. Exactly one of `aor` and `tel`, and exactly one owner.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct DeviceFile {
    /// The name it registers under.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub aor: Option<String>,
    /// The outside number it has.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tel: Option<String>,
    /// `seat_phone`, `mobile`, `softphone`, `dect`, `fixed_bcp`, `outside`.
    pub kind: String,
    /// 職員番号 of its owner.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub person: Option<String>,
    /// The seat it stands at.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seat: Option<SeatFile>,
    /// Key of the section it belongs to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub section: Option<String>,
    /// Whether it is the house's: the telephone of a room, a fax machine.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub house: bool,
    /// Whether it may leave the building; left out, mobiles, programs and outside numbers may.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub leaves_building: Option<bool>,
    /// Lost, broken, or lent to nobody.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub out_of_service: bool,
    /// First day; left out, always.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<NaiveDate>,
    /// The day after the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<NaiveDate>,
}

/// A seat by floor and label.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SeatFile {
    /// The floor by name.
    pub floor: String,
    /// What stands on the seat.
    pub label: String,
}

/// 番号. What it stands for is named by the field that its kind needs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct NumberFile {
    /// What colleagues dial.
    pub ext: String,
    /// What the world dials.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tel: Option<String>,
    /// `person`, `section`, `main`, `seat`, `room`, `fax`, `emergency`.
    pub kind: String,
    /// 職員番号.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub person: Option<String>,
    /// Key of the section.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub section: Option<String>,
    /// The seat.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seat: Option<SeatFile>,
    /// The telephone of the room, or the fax machine, by its name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub device: Option<String>,
    /// First day; left out, always.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<NaiveDate>,
    /// The day after the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<NaiveDate>,
    /// The number that took over.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub successor: Option<String>,
    /// Calls are sent on to it until this day; left out, for good.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub announce_until: Option<NaiveDate>,
}

/// 迷惑電話. Without a section or person it holds for the whole house.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BlockFile {
    /// `anonymous`, `+81312345678`, `+81120*`.
    pub callers: String,
    /// Key of the section it protects.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub section: Option<String>,
    /// 職員番号 of the person it protects.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<String>,
    /// When it ends.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<DateTime<Utc>>,
}

/// Somebody outside.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ContactFile {
    /// Their number.
    pub tel: String,
    /// Their name.
    pub name: String,
    /// Key of the section that may see it; left out, the whole house.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub section: Option<String>,
}

/// A PBX that may ask.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LinkFile {
    /// Its name: letters, digits, `.`, `_`, `-`.
    pub id: String,
    /// `kamailio`, `asterisk`, `freeswitch`, `sip`.
    pub kind: String,
    /// Most telephones it rings at once.
    #[serde(default = "most_parallel")]
    pub max_parallel: u8,
    /// Most stages it rings one after another.
    #[serde(default = "most_stages")]
    pub max_stages: u8,
    /// Longest it rings in all, milliseconds.
    #[serde(default = "longest")]
    pub max_total_ms: u32,
    /// Its SIP domain.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub domain: Option<String>,
    /// Its trunk's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trunk: Option<String>,
    /// Addresses and networks it may send calls from to the redirect server: `10.1.0.5`, `10.1.0.0/24`. Of kind `sip` only.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub peers: Vec<String>,
}

const fn most_parallel() -> u8 {
    domain::telephone::PbxCaps::MOST_PARALLEL
}

const fn most_stages() -> u8 {
    domain::telephone::PbxCaps::MOST_STAGES
}

const fn longest() -> u32 {
    domain::telephone::PbxCaps::MOST_TOTAL_MS
}

const MOST_BYTES: usize = 32 * 1024 * 1024;

pub(super) fn parse(json: &[u8]) -> Result<File, Vec<ImportProblem>> {
    if json.len() > MOST_BYTES {
        return Err(vec![ImportProblem::file(ImportError::TooBig { limit_mb: MOST_BYTES / 1024 / 1024 })]);
    }
    let json = json.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(json);
    serde_json::from_slice(json).map_err(|error| vec![ImportProblem::at(error.line() as u64, "", "", ImportError::Syntax { message: error.to_string() })])
}

/// Hours as the rules know them; `None` names the text that is no time of the day.
pub(super) fn hours(files: &[HoursFile]) -> Result<Vec<Hours>, String> {
    files
        .iter()
        .map(|file| Ok(Hours { valid: valid(file.from, file.until), windows: file.windows.iter().map(window).collect::<Result<_, String>>()? }))
        .collect()
}

fn window(file: &WindowFile) -> Result<Window, String> {
    let days = match &file.days {
        DaysFile::OpenDays => WindowDays::OpenDays,
        DaysFile::Always => WindowDays::Always,
        DaysFile::Weekdays(days) => WindowDays::Weekdays(days.iter().fold(Weekdays(0), |weekdays, day| weekdays.with(*day))),
    };
    let (from_minute, until_minute) = (minute(&file.from)?, minute(&file.until)?);
    if from_minute < until_minute { Ok(Window { days, from_minute, until_minute }) } else { Err(format!("{}–{}", file.from, file.until)) }
}

pub(super) fn minute(text: &str) -> Result<u16, String> {
    let parts = text.split_once(':').and_then(|(hours, minutes)| Some((hours.parse::<u16>().ok()?, minutes.parse::<u16>().ok()?)));
    parts
        .filter(|(hours, minutes)| *minutes < 60 && hours * 60 + minutes <= 24 * 60)
        .map(|(hours, minutes)| hours * 60 + minutes)
        .ok_or_else(|| text.to_owned())
}

pub(super) fn hours_file(hours: &[Hours]) -> Vec<HoursFile> {
    hours
        .iter()
        .map(|hours| HoursFile { from: some_day(hours.valid.from_on), until: hours.valid.until_on, windows: hours.windows.iter().map(window_file).collect() })
        .collect()
}

fn window_file(window: &Window) -> WindowFile {
    let time = |minute: u16| format!("{:02}:{:02}", minute / 60, minute % 60);
    let days = match window.days {
        WindowDays::OpenDays => DaysFile::OpenDays,
        WindowDays::Always => DaysFile::Always,
        WindowDays::Weekdays(weekdays) => {
            let week = [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat, Weekday::Sun];
            DaysFile::Weekdays(week.into_iter().filter(|day| weekdays.contains(*day)).collect())
        }
    };
    WindowFile { days, from: time(window.from_minute), until: time(window.until_minute) }
}

pub(super) fn valid(from: Option<NaiveDate>, until: Option<NaiveDate>) -> DayRange {
    DayRange { from_on: from.unwrap_or(words::EVER), until_on: until }
}

/// A first day worth writing: not the one that means "always".
pub(super) fn some_day(from_on: NaiveDate) -> Option<NaiveDate> {
    (from_on > words::EVER).then_some(from_on)
}

/// Every day of the week: on closed days a rule asks for nobody.
const WHOLE_WEEK: Weekdays = Weekdays(0b111_1111);

/// A rule as the rules know it; `None` for hours that are none, and for days that the site is closed.
pub(super) fn cover(file: &CoverFile) -> Option<CoverRuleWish> {
    let window = window(&file.hours).ok()?;
    let weekdays = match window.days {
        WindowDays::OpenDays => WHOLE_WEEK,
        WindowDays::Weekdays(weekdays) => weekdays,
        WindowDays::Always => return None,
    };
    let (from_minute, until_minute) = (window.from_minute, window.until_minute);
    Some(CoverRuleWish { valid: valid(file.from, file.until), weekdays, from_minute, until_minute, needed: file.people, on_gap: file.on_gap })
}

pub(super) fn cover_file(wish: &CoverRuleWish) -> CoverFile {
    let days = if wish.weekdays == WHOLE_WEEK { WindowDays::OpenDays } else { WindowDays::Weekdays(wish.weekdays) };
    let hours = window_file(&Window { days, from_minute: wish.from_minute, until_minute: wish.until_minute });
    CoverFile { people: wish.needed, hours, on_gap: wish.on_gap, from: some_day(wish.valid.from_on), until: wish.valid.until_on }
}

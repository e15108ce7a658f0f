//! Rows of the telephone file as fields of a form.

use super::form::Form;
use chrono::{NaiveDate, Weekday};
use domain::telephone::{House, Numbering};
use services::telephone::{
    BlockFile, ClosedFile, ContactFile, DaysFile, DeviceFile, HoursFile, LinkFile, NumberFile, Part, PlaceFile, SectionFile, TelephoneFile, WindowFile,
};

/// Stretches of hours that a form has room for at least, and beyond those that are there.
const SPARE: usize = 2;
/// Stretches of hours at most.
pub(super) const MOST_STRETCHES: usize = 24;

/// Sections that are told of emergency calls at most, where a page names them.
pub(super) const MOST_SECURITY: usize = 12;

type Pairs = Vec<(String, String)>;

fn pair(name: &str, value: impl ToString) -> (String, String) {
    (name.to_owned(), value.to_string())
}

fn day(on: Option<NaiveDate>) -> String {
    on.map(|on| on.to_string()).unwrap_or_default()
}

fn text(value: Option<&String>) -> String {
    value.cloned().unwrap_or_default()
}

/// A section with its fixed telephones and the callers it does not take.
pub(super) fn section(file: &TelephoneFile, section: &SectionFile, numbering: Numbering) -> Form {
    let (closed, closed_to) = match &section.closed {
        ClosedFile::Announcement => ("announcement", ""),
        ClosedFile::Duty(to) => ("duty", to.as_str()),
        ClosedFile::Guard(to) => ("guard", to.as_str()),
    };
    let fixed = file.devices.iter().filter(|device| device.kind == "fixed_bcp" && device.section.as_ref() == Some(&section.key));
    let fixed: Vec<String> = fixed.filter_map(|device| device.aor.clone().or(device.tel.clone())).collect();
    let blocks = file.blocks.iter().filter(|block| block.section.as_ref() == Some(&section.key));
    let blocks: Vec<String> = blocks.map(|block| callers(&block.callers, numbering)).collect();
    let mut pairs = vec![
        pair("name", &section.name),
        pair("unit", text(section.unit.as_ref())),
        pair("ring", ring_code(section)),
        pair("ring_s", section.ring_ms / 1_000),
        pair("fixed_s", section.fixed_ms / 1_000),
        pair("closed", closed),
        pair("closed_to", closed_to),
        pair("overflow", text(section.overflow.as_ref())),
        pair("roster", section.roster.join(" ")),
        pair("tasks", section.tasks.join("\n")),
        pair("fixed", fixed.join(" ")),
        pair("blocks", blocks.join("\n")),
        pair("from", day(section.from)),
        pair("until", day(section.until)),
    ];
    pairs.extend(hours(&section.hours));
    Form::of(pairs)
}

fn ring_code(section: &SectionFile) -> String {
    serde_json::to_value(section.ring).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}

pub(super) fn house(file: &TelephoneFile) -> Form {
    let occupancy = serde_json::to_value(file.occupancy_from).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default();
    let mut pairs = vec![
        pair("house_phone", file.house_phone.text()),
        pair("reception", text(file.reception.as_ref())),
        pair("people", file.security.people.join(" ")),
        pair("occupancy_from", occupancy),
    ];
    pairs.extend(file.security.sections.iter().enumerate().map(|(index, key)| pair(&security(index), key)));
    pairs.extend(hours(&file.hours));
    Form::of(pairs)
}

/// The field of a section that is told of emergency calls.
pub(super) fn security(index: usize) -> String {
    format!("security{index}")
}

pub(super) fn number(row: &NumberFile, numbering: Numbering) -> Form {
    let mut pairs = vec![
        pair("ext", &row.ext),
        pair("tel", row.tel.as_deref().map(|tel| outside(tel, numbering)).unwrap_or_default()),
        pair("kind", &row.kind),
        pair("person", text(row.person.as_ref())),
        pair("section", text(row.section.as_ref())),
        pair("device", text(row.device.as_ref())),
        pair("from", day(row.from)),
        pair("until", day(row.until)),
        pair("successor", text(row.successor.as_ref())),
        pair("announce_until", day(row.announce_until)),
    ];
    if let Some(seat) = &row.seat {
        pairs.extend([pair("floor", &seat.floor), pair("label", &seat.label)]);
    }
    Form::of(pairs)
}

pub(super) fn device(row: &DeviceFile, numbering: Numbering) -> Form {
    let owner = match (&row.person, &row.seat, &row.section) {
        (Some(_), ..) => "person",
        (_, Some(_), _) => "seat",
        (.., Some(_)) => "section",
        _ => "house",
    };
    let name = row.aor.clone().or_else(|| row.tel.as_deref().map(|tel| outside(tel, numbering)));
    let mut pairs = vec![
        pair("target", name.unwrap_or_default()),
        pair("kind", &row.kind),
        pair("owner", owner),
        pair("person", text(row.person.as_ref())),
        pair("section", text(row.section.as_ref())),
        pair("from", day(row.from)),
        pair("until", day(row.until)),
    ];
    if let Some(seat) = &row.seat {
        pairs.extend([pair("floor", &seat.floor), pair("label", &seat.label)]);
    }
    if row.leaves_building == Some(true) {
        pairs.push(pair("leaves_building", "1"));
    }
    if row.out_of_service {
        pairs.push(pair("out_of_service", "1"));
    }
    Form::of(pairs)
}

/// A row that is not there yet, with what is usual.
pub(super) fn fresh(part: Part) -> Form {
    let usual: &[(&str, &str)] = match part {
        Part::Section => &[("ring", "all"), ("ring_s", "15"), ("fixed_s", "20"), ("closed", "announcement")],
        Part::Number => &[("kind", "section")],
        Part::Device => &[("kind", "mobile"), ("owner", "person"), ("leaves_building", "1")],
        Part::Link => &[("kind", "kamailio"), ("max_parallel", "28"), ("max_stages", "5"), ("max_total_s", "60")],
        Part::House | Part::Block | Part::Contact => &[],
    };
    Form::of(usual.iter().map(|(name, value)| pair(name, value)).collect())
}

pub(super) fn block(row: &BlockFile, house: &House) -> Form {
    let scope = match (&row.section, &row.person) {
        (Some(_), _) => "section",
        (_, Some(_)) => "person",
        _ => "house",
    };
    let until = row.until.map(|until| house.clock.wall(until).date());
    Form::of(vec![
        pair("callers", callers(&row.callers, house.numbering)),
        pair("scope", scope),
        pair("section", text(row.section.as_ref())),
        pair("person", text(row.person.as_ref())),
        pair("until", day(until)),
    ])
}

pub(super) fn contact(row: &ContactFile, numbering: Numbering) -> Form {
    Form::of(vec![pair("tel", outside(&row.tel, numbering)), pair("name", &row.name), pair("section", text(row.section.as_ref()))])
}

pub(super) fn link(row: &LinkFile) -> Form {
    Form::of(vec![
        pair("id", &row.id),
        pair("kind", &row.kind),
        pair("max_parallel", row.max_parallel),
        pair("max_stages", row.max_stages),
        pair("max_total_s", row.max_total_ms / 1_000),
        pair("domain", text(row.domain.as_ref())),
        pair("trunk", text(row.trunk.as_ref())),
        pair("peers", row.peers.join(" ")),
    ])
}

/// A number of the world as the house writes it.
pub(super) fn outside(tel: &str, numbering: Numbering) -> String {
    tel.parse().map_or_else(|_| tel.to_owned(), |tel| numbering.write(tel))
}

/// Callers as people write them: 0312345678, 0120*, or `anonymous`.
pub(super) fn callers(text: &str, numbering: Numbering) -> String {
    match text.strip_suffix('*') {
        Some(start) => format!("{}*", if numbering == Numbering::Japan { start.replacen("+81", "0", 1) } else { start.to_owned() }),
        None => outside(text, numbering),
    }
}

/// Hours as stretches, a few empty ones after them.
fn hours(hours: &[HoursFile]) -> Pairs {
    let closed = WindowFile { days: DaysFile::OpenDays, from: String::new(), until: String::new() };
    let mut rows: Vec<(String, String, String, String, String)> = Vec::new();
    for dated in hours {
        let (from, until) = (day(dated.from), day(dated.until));
        if dated.windows.is_empty() {
            rows.push(("closed".into(), closed.from.clone(), closed.until.clone(), from, until));
            continue;
        }
        rows.extend(dated.windows.iter().map(|window| (days_code(&window.days), window.from.clone(), window.until.clone(), from.clone(), until.clone())));
    }
    let spare = (rows.len() + SPARE).min(MOST_STRETCHES);
    rows.resize(spare, Default::default());
    let midnight = |close: String| if close == "24:00" { "00:00".to_owned() } else { close };
    let named = rows.into_iter().enumerate().flat_map(move |(index, (days, open, close, from, until))| {
        [("days", days), ("open", open), ("close", midnight(close.clone())), ("from", from), ("until", until)]
            .map(|(name, value)| (format!("h{index}_{name}"), value))
    });
    named.collect()
}

fn days_code(days: &DaysFile) -> String {
    match days {
        DaysFile::OpenDays => "open_days".into(),
        DaysFile::Always => "always".into(),
        DaysFile::Weekdays(days) => days.iter().map(|day| day.to_string().to_lowercase()).collect::<Vec<_>>().join("."),
    }
}

/// The days that a code of [`days_code`] means.
pub(super) fn days_of(code: &str) -> Option<DaysFile> {
    match code {
        "open_days" => Some(DaysFile::OpenDays),
        "always" => Some(DaysFile::Always),
        other => other.split('.').map(str::parse::<Weekday>).collect::<Result<_, _>>().ok().map(DaysFile::Weekdays),
    }
}

/// A place that rings, by its name or its number.
pub(super) fn place(text: &str, numbering: Numbering) -> PlaceFile {
    let is_tel = text.starts_with('+') || (text.starts_with('0') && text.chars().all(|letter| letter.is_ascii_digit() || letter == '-'));
    if is_tel { PlaceFile::Tel(e164(text, numbering)) } else { PlaceFile::Aor(text.to_owned()) }
}

/// A number of the world in E.164; what is none stays as it was typed, and is named as wrong.
pub(super) fn e164(text: &str, numbering: Numbering) -> String {
    numbering.tel(text).map_or_else(|| text.to_owned(), |tel| tel.to_string())
}

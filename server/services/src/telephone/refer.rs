//! What the file names, found in the office. Everything that is wrong is said at once, with the field and what stands there.

use super::{
    file::{BlockFile, ClosedFile, CoverFile, DeviceFile, File, LinkFile, NumberFile, PlaceFile, SeatFile, SectionFile, cover, hours, valid},
    link, rows as words,
};
use crate::{
    import::{ImportError, ImportProblem},
    office::Office,
};
use chrono::{DateTime, Utc};
use domain::{
    PersonId, SeatId, SiteId, UnitId,
    telephone::{
        Aor, CallerPattern, ClosedTarget, DayRange, DeviceKind, E164, Ext, Hours, Successor, Target,
        cover::{CoverRefusal, CoverRuleWish},
        render::SipHost,
    },
};
use std::collections::{HashMap, HashSet};

/// Collects problems.
pub(super) struct Say<'a>(pub &'a mut Vec<ImportProblem>);

impl Say<'_> {
    pub(super) fn problem(&mut self, column: &str, value: &str, what: ImportError) {
        self.0.push(ImportProblem::field(column, value, what));
    }

    /// What was found; or a problem, once.
    fn some<T>(&mut self, found: Option<T>, column: &str, value: &str, what: ImportError) -> Option<T> {
        if found.is_none() {
            self.problem(column, value, what);
        }
        found
    }

    fn known<T>(&mut self, found: Option<T>, column: &str, value: &str) -> Option<T> {
        self.some(found, column, value, ImportError::UnknownReference)
    }

    fn word<T>(&mut self, found: Option<T>, column: &str, value: &str, known: &[&str]) -> Option<T> {
        self.some(found, column, value, ImportError::UnknownWord { known: known.iter().map(|word| (*word).to_owned()).collect() })
    }
}

/// The file with its names found. Sections are still named by their keys: they get their numbers when they are stored.
#[derive(Debug)]
pub(super) struct Resolved {
    pub site: SiteId,
    pub hours: Vec<Hours>,
    /// Who is told of emergency calls, beside the sections that the file names.
    pub security: Vec<PersonId>,
    pub sections: Vec<SectionRow>,
    pub devices: Vec<DeviceRow>,
    pub numbers: Vec<NumberRow>,
    pub blocks: Vec<BlockRow>,
    pub contacts: Vec<(E164, String, Option<String>)>,
    pub links: Vec<LinkFile>,
}

impl Resolved {
    /// No telephones at all.
    pub fn nothing(site: SiteId) -> Self {
        Self { site, hours: vec![], security: vec![], sections: vec![], devices: vec![], numbers: vec![], blocks: vec![], contacts: vec![], links: vec![] }
    }
}

#[derive(Debug)]
pub(super) struct SectionRow {
    pub file: SectionFile,
    pub unit: Option<UnitId>,
    pub hours: Vec<Hours>,
    pub closed: ClosedTarget,
    pub roster: Vec<PersonId>,
    /// `None`: what is stored stays.
    pub cover: Option<Vec<CoverRuleWish>>,
    pub valid: DayRange,
}

/// Whom something belongs to, a section still by its key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Whose {
    Person(PersonId),
    Seat(SeatId),
    Section(String),
    House,
}

#[derive(Debug)]
pub(super) struct DeviceRow {
    pub target: Target,
    pub kind: DeviceKind,
    pub owner: Whose,
    pub leaves_building: bool,
    pub in_service: bool,
    pub valid: DayRange,
}

#[derive(Debug)]
pub(super) enum Stands {
    For(Whose),
    Main(String),
    Room(Target),
    Fax(Target),
    Emergency,
}

#[derive(Debug)]
pub(super) struct NumberRow {
    pub ext: Ext,
    pub tel: Option<E164>,
    pub stands: Stands,
    pub valid: DayRange,
    pub successor: Option<Successor>,
}

#[derive(Debug)]
pub(super) struct BlockRow {
    pub callers: CallerPattern,
    pub scope: Whose,
    pub until_at: Option<DateTime<Utc>>,
}

/// Longest ringing of a section that makes sense, milliseconds; the rules keep it between five seconds and a minute.
const RING_MS: std::ops::RangeInclusive<u32> = 1_000..=60_000;
/// 業務 of one section, and letters of one.
const MOST_TASKS: usize = 100;
const LONGEST_TASK: usize = 40;
const LINK_KINDS: [&str; 4] = ["kamailio", "asterisk", "freeswitch", "sip"];

/// Finds what the file names.
pub(super) struct Refer<'a> {
    office: &'a Office,
    seats: HashMap<(&'a str, &'a str), SeatId>,
    units: HashMap<&'a str, UnitId>,
}

impl<'a> Refer<'a> {
    pub(super) fn new(office: &'a Office) -> Self {
        let floors: HashMap<_, _> = office.floors.iter().map(|floor| (floor.id, floor.name.as_str())).collect();
        let seats = office.seats.values().filter_map(|seat| Some(((*floors.get(&seat.floor)?, seat.label.as_str()), seat.id))).collect();
        Self { office, seats, units: office.units.values().map(|unit| (unit.code.as_str(), unit.id)).collect() }
    }

    /// `None` when the site itself is not there; else what could be found, beside the problems.
    pub(super) fn resolve(&self, file: &File, problems: &mut Vec<ImportProblem>) -> Option<Resolved> {
        let mut say = Say(problems);
        let site = self.office.sites.values().find(|site| site.name == file.site.trim()).map(|site| site.id);
        let site = say.known(site, "site", &file.site)?;
        say.word(words::numbering(&file.numbering), "numbering", &file.numbering, &["japan", "1–999"]);
        place(&file.house_phone, "house_phone", &mut say);
        let keys: HashSet<&str> = file.sections.iter().map(|section| section.key.as_str()).collect();
        for key in file.reception.iter() {
            say.known(keys.get(key.as_str()), "reception", key);
        }
        for key in &file.security.sections {
            say.known(keys.get(key.as_str()), "security.sections", key);
        }
        Some(Resolved {
            site,
            security: file.security.people.iter().filter_map(|no| self.person(no, "security.people", &mut say)).collect(),
            hours: say.some(hours(&file.hours).ok(), "hours", "", ImportError::OutOfRange { range: "00:00–24:00".into() }).unwrap_or_default(),
            sections: file.sections.iter().filter_map(|section| self.section(section, &keys, &mut say)).collect(),
            devices: file.devices.iter().filter_map(|device| self.device(device, &keys, &mut say)).collect(),
            numbers: file.numbers.iter().filter_map(|number| self.number(number, &keys, &mut say)).collect(),
            blocks: file.blocks.iter().filter_map(|block| self.block(block, &keys, &mut say)).collect(),
            contacts: file
                .contacts
                .iter()
                .filter_map(|contact| {
                    for key in contact.section.iter() {
                        say.known(keys.get(key.as_str()), "contacts.section", key);
                    }
                    Some((tel(&contact.tel, "contacts.tel", &mut say)?, contact.name.clone(), contact.section.clone()))
                })
                .collect(),
            links: file.links.iter().filter(|link| is_link(link, &mut say)).cloned().collect(),
        })
    }

    fn section(&self, file: &SectionFile, keys: &HashSet<&str>, say: &mut Say<'_>) -> Option<SectionRow> {
        for (column, text) in [("sections.key", &file.key), ("sections.name", &file.name)] {
            if text.trim().is_empty() {
                say.problem(column, &file.key, ImportError::Empty);
            }
        }
        for (column, ms) in [("sections.ring_ms", file.ring_ms), ("sections.fixed_ms", file.fixed_ms)] {
            if !RING_MS.contains(&ms) {
                say.problem(column, &ms.to_string(), ImportError::OutOfRange { range: "1000–60000".into() });
            }
        }
        tasks(&file.tasks, say);
        for key in file.overflow.iter() {
            say.known(keys.get(key.as_str()), "sections.overflow", key);
        }
        let unit = match &file.unit {
            Some(code) => Some(say.known(self.units.get(code.as_str()).copied(), "sections.unit", code)?),
            None => None,
        };
        let closed = match &file.closed {
            ClosedFile::Announcement => Some(ClosedTarget::Announcement),
            ClosedFile::Duty(to) => say.known(to.parse().ok(), "sections.closed", to).map(ClosedTarget::Duty),
            ClosedFile::Guard(to) => say.known(to.parse().ok(), "sections.closed", to).map(ClosedTarget::Guard),
        };
        let roster = file.roster.iter().filter_map(|no| self.person(no, "sections.roster", say)).collect();
        let hours = say.some(hours(&file.hours).ok(), "sections.hours", &file.key, ImportError::OutOfRange { range: "00:00–24:00".into() });
        let cover = file.cover.as_ref().map(|rules| cover_rules(&file.key, rules, say));
        Some(SectionRow { unit, hours: hours?, closed: closed?, roster, cover, valid: days(file.from, file.until, "sections", say)?, file: file.clone() })
    }

    fn device(&self, file: &DeviceFile, keys: &HashSet<&str>, say: &mut Say<'_>) -> Option<DeviceRow> {
        let name = file.aor.as_deref().or(file.tel.as_deref()).unwrap_or_default();
        let target = match (&file.aor, &file.tel) {
            (Some(aor), None) => {
                say.some(aor.parse::<Aor>().ok().map(Target::Aor), "devices.aor", aor, ImportError::OutOfRange { range: "A–Z a–z 0–9 . _ -".into() })
            }
            (None, Some(number)) => tel(number, "devices.tel", say).map(Target::Tel),
            _ => say.some(None, "devices", name, ImportError::Contradiction),
        };
        let known: Vec<&str> = DeviceKind::ALL.iter().map(|kind| kind.code()).collect();
        let kind = say.word(DeviceKind::parse(&file.kind), "devices.kind", &file.kind, &known);
        let owner = self.owner("devices", name, (&file.person, &file.seat, &file.section, file.house), keys, say);
        let valid = days(file.from, file.until, "devices", say);
        let (target, kind, owner, valid) = (target?, kind?, owner?, valid?);
        // A telephone at a seat rings for whoever sits there; anybody else's must not.
        if (kind == DeviceKind::SeatPhone) != matches!(owner, Whose::Seat(_)) {
            say.problem("devices.kind", name, ImportError::Contradiction);
            return None;
        }
        let leaves = matches!(kind, DeviceKind::Mobile | DeviceKind::Softphone | DeviceKind::Outside);
        Some(DeviceRow { target, kind, owner, leaves_building: file.leaves_building.unwrap_or(leaves), in_service: !file.out_of_service, valid })
    }

    fn number(&self, file: &NumberFile, keys: &HashSet<&str>, say: &mut Say<'_>) -> Option<NumberRow> {
        let ext = say.some(file.ext.parse::<Ext>().ok(), "numbers.ext", &file.ext, ImportError::OutOfRange { range: "0–9 * #, 1–15".into() });
        if file.kind != "emergency" && ext.is_some_and(|ext| ext.is_emergency()) {
            say.problem("numbers.ext", &file.ext, ImportError::Contradiction);
        }
        let tel = match &file.tel {
            Some(number) => Some(tel(number, "numbers.tel", say)?),
            None => None,
        };
        let stands = self.stands(file, keys, say);
        let successor = match &file.successor {
            Some(to) => {
                let ext = say.some(to.parse::<Ext>().ok(), "numbers.successor", to, ImportError::OutOfRange { range: "0–9 * #, 1–15".into() })?;
                Some(Successor { ext, announce_until_on: file.announce_until })
            }
            None => None,
        };
        Some(NumberRow { ext: ext?, tel, stands: stands?, valid: days(file.from, file.until, "numbers", say)?, successor })
    }

    fn stands(&self, file: &NumberFile, keys: &HashSet<&str>, say: &mut Say<'_>) -> Option<Stands> {
        let owner = |say: &mut Say<'_>| self.owner("numbers", &file.ext, (&file.person, &file.seat, &file.section, false), keys, say);
        let device = |say: &mut Say<'_>| {
            say.known(file.device.as_deref().and_then(|text| text.parse().ok()), "numbers.device", file.device.as_deref().unwrap_or_default())
        };
        match file.kind.as_str() {
            "person" => owner(say).filter(|whose| matches!(whose, Whose::Person(_))).map(Stands::For),
            "section" => owner(say).filter(|whose| matches!(whose, Whose::Section(_))).map(Stands::For),
            "seat" => owner(say).filter(|whose| matches!(whose, Whose::Seat(_))).map(Stands::For),
            "main" => match owner(say)? {
                Whose::Section(key) => Some(Stands::Main(key)),
                _ => say.some(None, "numbers.section", &file.ext, ImportError::Contradiction),
            },
            "room" => device(say).map(Stands::Room),
            "fax" => device(say).map(Stands::Fax),
            "emergency" => Some(Stands::Emergency),
            other => say.word(None, "numbers.kind", other, &["person", "section", "main", "seat", "room", "fax", "emergency"]),
        }
    }

    fn block(&self, file: &BlockFile, keys: &HashSet<&str>, say: &mut Say<'_>) -> Option<BlockRow> {
        let callers = say.known(words::callers(&file.callers), "blocks.callers", &file.callers);
        let house = file.section.is_none() && file.person.is_none();
        let scope = self.owner("blocks", &file.callers, (&file.person, &None, &file.section, house), keys, say);
        Some(BlockRow { callers: callers?, scope: scope?, until_at: file.until })
    }

    /// The one owner that is named.
    fn owner(
        &self,
        column: &str,
        name: &str,
        (person, seat, section, house): (&Option<String>, &Option<SeatFile>, &Option<String>, bool),
        keys: &HashSet<&str>,
        say: &mut Say<'_>,
    ) -> Option<Whose> {
        match (person, seat, section, house) {
            (Some(no), None, None, false) => self.person(no, &format!("{column}.person"), say).map(Whose::Person),
            (None, Some(at), None, false) => {
                let found = self.seats.get(&(at.floor.as_str(), at.label.as_str())).copied();
                say.known(found, &format!("{column}.seat"), &format!("{} {}", at.floor, at.label)).map(Whose::Seat)
            }
            (None, None, Some(key), false) => say.known(keys.get(key.as_str()), &format!("{column}.section"), key).map(|key| Whose::Section((*key).to_owned())),
            (None, None, None, true) => Some(Whose::House),
            _ => say.some(None, column, name, ImportError::Contradiction),
        }
    }

    fn person(&self, no: &str, column: &str, say: &mut Say<'_>) -> Option<PersonId> {
        say.known(self.office.by_staff_no.get(no).copied(), column, no)
    }
}

/// Words, not essays: what stands in a list of tasks is searched with every letter that is typed.
fn tasks(tasks: &[String], say: &mut Say<'_>) {
    if tasks.len() > MOST_TASKS {
        say.problem("sections.tasks", &tasks.len().to_string(), ImportError::TooManyRows { limit: MOST_TASKS });
    }
    for task in tasks {
        if task.trim().is_empty() {
            say.problem("sections.tasks", task, ImportError::Empty);
        } else if task.chars().count() > LONGEST_TASK {
            say.problem("sections.tasks", task, ImportError::TooLong { limit: LONGEST_TASK });
        }
    }
}

/// A section's rules; no two of the same days and hours.
fn cover_rules(key: &str, files: &[CoverFile], say: &mut Say<'_>) -> Vec<CoverRuleWish> {
    let mut rules: Vec<CoverRuleWish> = Vec::new();
    for file in files {
        let hours = || ImportError::OutOfRange { range: "00:00–24:00".into() };
        let Some(rule) = say.some(cover(file), "sections.cover.hours", key, hours()) else { continue };
        match rule.check() {
            Ok(()) => {}
            Err(CoverRefusal::Needed) => {
                say.problem("sections.cover.people", &rule.needed.to_string(), ImportError::OutOfRange { range: format!("1–{}", CoverRuleWish::MOST) });
            }
            Err(CoverRefusal::Days) => say.problem("sections.cover", key, ImportError::EndsBeforeItBegins),
            Err(_) => say.problem("sections.cover.hours", key, hours()),
        }
        let same = |other: &CoverRuleWish| {
            (other.valid.from_on, other.weekdays, other.from_minute, other.until_minute)
                == (rule.valid.from_on, rule.weekdays, rule.from_minute, rule.until_minute)
        };
        if let Some(first) = rules.iter().position(same) {
            say.problem("sections.cover", key, ImportError::Duplicate { first: format!("{}", first + 1) });
        }
        rules.push(rule);
    }
    rules
}

fn place(file: &PlaceFile, column: &str, say: &mut Say<'_>) {
    let fits = match file {
        PlaceFile::Aor(text) => text.parse::<Aor>().is_ok(),
        PlaceFile::Tel(text) => text.parse::<E164>().is_ok(),
    };
    say.known(fits.then_some(()), column, file.text());
}

fn tel(text: &str, column: &str, say: &mut Say<'_>) -> Option<E164> {
    say.some(text.parse().ok(), column, text, ImportError::OutOfRange { range: "+81…".into() })
}

fn days(from: Option<chrono::NaiveDate>, until: Option<chrono::NaiveDate>, column: &str, say: &mut Say<'_>) -> Option<DayRange> {
    let valid = valid(from, until);
    say.some((!valid.is_empty()).then_some(valid), column, &until.map(|until| until.to_string()).unwrap_or_default(), ImportError::EndsBeforeItBegins)
}

fn is_link(file: &LinkFile, say: &mut Say<'_>) -> bool {
    let named = say.known(file.id.parse::<Aor>().ok(), "links.id", &file.id).is_some();
    let kind = LINK_KINDS.contains(&file.kind.as_str()).then_some(());
    let kind = say.word(kind, "links.kind", &file.kind, &LINK_KINDS).is_some();
    // Both go into answers as they stand.
    let domain = file.domain.as_deref().is_none_or(|name| say.known(name.parse::<SipHost>().ok(), "links.domain", name).is_some());
    let trunk = file.trunk.as_deref().is_none_or(|name| say.known(name.parse::<Aor>().ok(), "links.trunk", name).is_some());
    let peers = file
        .peers
        .iter()
        .filter(|text| link::network(text).is_none())
        .map(|text| say.problem("links.peers", text, ImportError::OutOfRange { range: "10.1.0.5, 10.1.0.0/24".into() }))
        .count()
        == 0;
    let idle = !file.peers.is_empty() && file.kind != "sip";
    if idle {
        say.problem("links.peers", &file.peers.join(", "), ImportError::Contradiction);
    }
    named && kind && domain && trunk && peers && !idle
}

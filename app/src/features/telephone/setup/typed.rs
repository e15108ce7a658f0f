//! From the fields of a form to the change that is wanted. What cannot be read is named with its field, all of it at once.

use super::{
    fields::{MOST_SECURITY, MOST_STRETCHES, days_of, e164, place, security},
    form::Form,
};
use crate::i18n::telephone::fields::ANONYMOUS;
use chrono::{NaiveDate, NaiveTime};
use domain::telephone::{House, Numbering};
use serde::de::DeserializeOwned;
use services::{
    import::{ImportError, ImportProblem},
    telephone::{
        BlockFile, ClosedFile, ContactFile, DeviceFile, Edit, HoursFile, HouseWish, LinkFile, NumberFile, Part, SeatFile, SectionFile, SecurityFile,
        TelephoneFile, WindowFile,
    },
};

/// How long a stage of a section may ring, seconds; the rules keep it so anyway.
const RING_S: std::ops::RangeInclusive<u32> = 5..=60;

/// What a form is about: its part, and the row that it changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in super::super) struct Subject {
    pub part: Part,
    /// The row's key; none for one that is to be added.
    pub key: Option<String>,
}

impl Subject {
    /// `part` and `key` of an address; `None` for a part that there is not.
    pub(in super::super) fn of(form: &Form) -> Option<Self> {
        let part = serde_json::from_value(serde_json::Value::String(form.text("part").to_owned())).ok()?;
        Some(Self { part, key: form.some("key") })
    }
}

/// Collects what cannot be read.
struct Typed<'a> {
    form: &'a Form,
    numbering: Numbering,
    problems: Vec<ImportProblem>,
}

/// The change a form asks for.
///
/// # Errors
/// Everything that cannot be read.
pub(in super::super) fn edit(form: &Form, subject: &Subject, file: &TelephoneFile, house: &House) -> Result<Edit, Vec<ImportProblem>> {
    let mut typed = Typed { form, numbering: house.numbering, problems: Vec::new() };
    let was = subject.key.clone();
    let remove = form.has("remove");
    let edit = match subject.part {
        Part::House => Edit::House(Box::new(typed.house())),
        Part::Section if remove => Edit::Section { was, now: None, fixed: Some(Vec::new()), blocks: Some(Vec::new()) },
        Part::Section => typed.section(was, file),
        Part::Number => Edit::Number(was, (!remove).then(|| typed.number()), typed.day("change_from")),
        Part::Device => Edit::Device(was, (!remove).then(|| typed.device()), typed.day("change_from")),
        Part::Block => Edit::Block(was, (!remove).then(|| typed.block(house))),
        Part::Contact => Edit::Contact(was, (!remove).then(|| typed.contact())),
        Part::Link => Edit::Link(was, (!remove).then(|| typed.link())),
    };
    if typed.problems.is_empty() { Ok(edit) } else { Err(typed.problems) }
}

impl Typed<'_> {
    fn wrong(&mut self, name: &str, what: ImportError) {
        self.problems.push(ImportProblem::field(name, self.form.text(name), what));
    }

    fn day(&mut self, name: &str) -> Option<NaiveDate> {
        let text = self.form.text(name);
        let read = text.parse().ok();
        if read.is_none() && !text.is_empty() {
            self.wrong(name, ImportError::Date);
        }
        read
    }

    fn number_of<T: std::str::FromStr + Default>(&mut self, name: &str, range: &str) -> T {
        self.form.text(name).parse().unwrap_or_else(|_| {
            self.wrong(name, ImportError::OutOfRange { range: range.to_owned() });
            T::default()
        })
    }

    fn seconds(&mut self, name: &str, range: std::ops::RangeInclusive<u32>) -> u32 {
        let read = self.form.text(name).parse::<u32>().ok().filter(|seconds| range.contains(seconds));
        if read.is_none() {
            self.wrong(name, ImportError::OutOfRange { range: format!("{}–{}", range.start(), range.end()) });
        }
        read.unwrap_or_default() * 1_000
    }

    fn word<T: DeserializeOwned>(&mut self, name: &str) -> Option<T> {
        let read = serde_json::from_value(serde_json::Value::String(self.form.text(name).to_owned())).ok();
        if read.is_none() {
            self.wrong(name, ImportError::Empty);
        }
        read
    }

    /// Words apart by spaces or commas of any width.
    fn words(&self, name: &str) -> Vec<String> {
        let parts = self.form.text(name).split(|letter: char| letter.is_whitespace() || ",、，".contains(letter));
        parts.filter(|part| !part.is_empty()).map(str::to_owned).collect()
    }

    fn dialled(&self, name: &str) -> String {
        let text = self.form.text(name);
        // An extension stays as it is; a number of the world begins with 0 or +.
        if text.starts_with('+') || (text.starts_with('0') && text.len() > 8) { e164(text, self.numbering) } else { text.to_owned() }
    }

    fn seat(&self) -> Option<SeatFile> {
        Some(SeatFile { floor: self.form.some("floor")?, label: self.form.some("label")? })
    }

    fn section(&mut self, was: Option<String>, file: &TelephoneFile) -> Edit {
        let before = was.as_ref().and_then(|key| file.sections.iter().find(|section| section.key == *key));
        let closed = match self.form.text("closed") {
            "duty" => ClosedFile::Duty(self.dialled("closed_to")),
            "guard" => ClosedFile::Guard(self.dialled("closed_to")),
            _ => ClosedFile::Announcement,
        };
        let tasks = self.form.text("tasks").split(['\n', '、', ',']).map(str::trim).filter(|task| !task.is_empty());
        let unit = if self.form.has("whole") { self.form.some("unit") } else { before.and_then(|before| before.unit.clone()) };
        let key = was.clone().unwrap_or_else(|| fresh_key(file, unit.as_deref()));
        // What this form does not show stays as it was.
        let mut fresh = before.cloned().unwrap_or_else(|| SectionFile::named(&key, ""));
        fresh.name = self.form.text("name").to_owned();
        fresh.unit = unit;
        fresh.ring = self.word("ring").unwrap_or(fresh.ring);
        fresh.ring_ms = self.seconds("ring_s", RING_S);
        fresh.fixed_ms = self.seconds("fixed_s", RING_S);
        fresh.overflow = self.form.some("overflow");
        fresh.hours = self.hours();
        fresh.closed = closed;
        fresh.roster = self.words("roster");
        fresh.tasks = tasks.map(str::to_owned).collect();
        if self.form.has("whole") {
            fresh.from = self.day("from");
            fresh.until = self.day("until");
        }
        let fixed = self.form.has("whole").then(|| self.words("fixed").iter().map(|name| place(name, self.numbering)).collect());
        let blocks = self.words("blocks").iter().map(|text| self.caller(text, None, None)).collect();
        Edit::Section { was, now: Some(Box::new(fresh)), fixed, blocks: Some(blocks) }
    }

    fn hours(&mut self) -> Vec<HoursFile> {
        let mut dated: Vec<HoursFile> = Vec::new();
        for index in 0..MOST_STRETCHES {
            let name = |field: &str| format!("h{index}_{field}");
            let code = self.form.text(&name("days")).to_owned();
            if code.is_empty() {
                continue;
            }
            let (from, until) = (self.day(&name("from")), self.day(&name("until")));
            let stretch = if code == "closed" { None } else { self.stretch(&code, &name("days"), &name("open"), &name("close")) };
            if stretch.is_none() && code != "closed" {
                continue;
            }
            match dated.iter_mut().find(|hours| (hours.from, hours.until) == (from, until)) {
                Some(hours) => hours.windows.extend(stretch),
                None => dated.push(HoursFile { from, until, windows: stretch.into_iter().collect() }),
            }
        }
        follow_each_other(dated)
    }

    fn stretch(&mut self, code: &str, days: &str, open: &str, close: &str) -> Option<WindowFile> {
        let read = days_of(code);
        if read.is_none() {
            self.wrong(days, ImportError::Empty);
        }
        let (from, until) = (self.form.text(open).to_owned(), self.form.text(close).to_owned());
        // Midnight at the end of a day is written as the browser can: 00:00.
        let until = if until == "00:00" { "24:00".to_owned() } else { until };
        for (name, text) in [(open, &from), (close, &until)] {
            if text.is_empty() {
                self.wrong(name, ImportError::Empty);
            }
        }
        Some(WindowFile { days: read?, from, until })
    }

    fn house(&mut self) -> HouseWish {
        HouseWish {
            occupancy_from: self.word("occupancy_from").unwrap_or(domain::telephone::OccupancyFrom::CheckIn),
            house_phone: place(self.form.text("house_phone"), self.numbering),
            reception: self.form.some("reception"),
            security: SecurityFile {
                sections: (0..MOST_SECURITY).filter_map(|index| self.form.some(&security(index))).collect(),
                people: self.words("people"),
            },
            hours: self.hours(),
        }
    }

    fn number(&mut self) -> NumberFile {
        let kind = self.form.text("kind").to_owned();
        let of = |kinds: &[&str]| kinds.contains(&kind.as_str());
        NumberFile {
            ext: self.form.text("ext").to_owned(),
            tel: self.form.some("tel").map(|tel| e164(&tel, self.numbering)),
            person: self.form.some("person").filter(|_| of(&["person"])),
            section: self.form.some("section").filter(|_| of(&["section", "main"])),
            seat: self.seat().filter(|_| of(&["seat"])),
            device: self.form.some("device").filter(|_| of(&["room", "fax"])),
            from: self.day("from"),
            until: self.day("until"),
            successor: self.form.some("successor"),
            announce_until: self.day("announce_until"),
            kind,
        }
    }

    fn device(&mut self) -> DeviceFile {
        let name = self.form.text("target");
        let (aor, tel) = match place(name, self.numbering) {
            services::telephone::PlaceFile::Aor(aor) => (Some(aor), None),
            services::telephone::PlaceFile::Tel(tel) => (None, Some(tel)),
        };
        let owner = self.form.text("owner").to_owned();
        DeviceFile {
            aor,
            tel,
            kind: self.form.text("kind").to_owned(),
            person: self.form.some("person").filter(|_| owner == "person"),
            seat: self.seat().filter(|_| owner == "seat"),
            section: self.form.some("section").filter(|_| owner == "section"),
            house: owner == "house",
            leaves_building: Some(self.form.has("leaves_building")),
            out_of_service: self.form.has("out_of_service"),
            from: self.day("from"),
            until: self.day("until"),
        }
    }

    fn caller(&self, text: &str, section: Option<String>, person: Option<String>) -> BlockFile {
        let callers = match text.strip_suffix('*') {
            _ if ANONYMOUS.contains(&text) => "anonymous".to_owned(),
            // A beginning is no number yet: only its first 0 becomes the country's.
            Some(start) if self.numbering == Numbering::Japan && start.starts_with('0') => format!("{}*", start.replacen('0', "+81", 1)),
            Some(_) => text.to_owned(),
            None => e164(text, self.numbering),
        };
        BlockFile { callers, section, person, until: None }
    }

    fn block(&mut self, house: &House) -> BlockFile {
        let scope = self.form.text("scope").to_owned();
        let (section, person) = (self.form.some("section").filter(|_| scope == "section"), self.form.some("person").filter(|_| scope == "person"));
        if (scope == "section" && section.is_none()) || (scope == "person" && person.is_none()) {
            self.wrong(&scope, ImportError::Empty);
        }
        let until = self.day("until").map(|on| house.clock.instant(on.and_time(NaiveTime::MIN)));
        BlockFile { until, ..self.caller(self.form.text("callers"), section, person) }
    }

    fn contact(&mut self) -> ContactFile {
        if !self.form.has("name") {
            self.wrong("name", ImportError::Empty);
        }
        ContactFile { tel: e164(self.form.text("tel"), self.numbering), name: self.form.text("name").to_owned(), section: self.form.some("section") }
    }

    fn link(&mut self) -> LinkFile {
        LinkFile {
            id: self.form.text("id").to_owned(),
            kind: self.form.text("kind").to_owned(),
            max_parallel: self.number_of("max_parallel", "2–28"),
            max_stages: self.number_of("max_stages", "1–5"),
            max_total_ms: self.seconds("max_total_s", 25..=60),
            domain: self.form.some("domain"),
            trunk: self.form.some("trunk"),
            peers: self.words("peers"),
        }
    }
}

/// Hours that begin later end those before them.
fn follow_each_other(mut dated: Vec<HoursFile>) -> Vec<HoursFile> {
    dated.sort_by_key(|hours| hours.from);
    for index in 1..dated.len() {
        let next = dated[index].from;
        let until = &mut dated[index - 1].until;
        if next.is_some() && until.is_none_or(|until| next.is_some_and(|next| next < until)) {
            *until = next;
        }
    }
    dated
}

/// A key that no section has: that of its unit if it is free.
fn fresh_key(file: &TelephoneFile, unit: Option<&str>) -> String {
    let taken = |key: &str| file.sections.iter().any(|section| section.key == key);
    let own = unit.map(|unit| format!("u{unit}")).filter(|key| !taken(key));
    own.unwrap_or_else(|| (1..).map(|number: u32| format!("s{number}")).find(|key| !taken(key)).unwrap_or_default())
}

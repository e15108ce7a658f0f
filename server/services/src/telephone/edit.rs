//! A change of the set-up that somebody makes on a page: one row of the telephone file, or a section with what belongs to it.

use super::{
    compare::{Compared, between},
    export::export_telephone,
    file::{BlockFile, ContactFile, DeviceFile, File, HoursFile, LinkFile, NumberFile, PlaceFile, SectionFile},
    import::{Outcome, Request, Wanted, apply},
    parts::Part,
    revision::{self, Revision},
    rights::Rights,
    security::SecurityFile,
};
use crate::{
    Actor, Failure, Kind, Never, Services,
    import::{ImportError, ImportProblem},
    person::ImportMode,
};
use chrono::{DateTime, NaiveDate, Utc};
use domain::{SiteId, telephone::OccupancyFrom};
use serde_json::Value;

/// Why a change of the set-up is not stored.
#[derive(Clone, Debug, PartialEq)]
pub enum EditRefusal {
    /// Something in it is wrong.
    Wrong(Vec<ImportProblem>),
    /// These revisions changed the same rows since.
    Touched(Vec<Revision>),
    /// It would change nothing.
    Nothing,
}

/// A change. A row is named by its key among its kind ([`Part::key`]); without one it is added, without `now` removed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Edit {
    /// The house's own fields.
    House(Box<HouseWish>),
    /// A section; its fixed telephones and the callers it does not take, where they are said.
    Section {
        /// The section.
        was: Option<String>,
        /// As it is to be.
        now: Option<Box<SectionFile>>,
        /// Its fixed telephones.
        fixed: Option<Vec<PlaceFile>>,
        /// Callers it does not take.
        blocks: Option<Vec<BlockFile>>,
    },
    /// A number; from a day on, where one is said: the row before ends there.
    Number(Option<String>, Option<NumberFile>, Option<NaiveDate>),
    /// A telephone; the same.
    Device(Option<String>, Option<DeviceFile>, Option<NaiveDate>),
    /// A caller that is not taken.
    Block(Option<String>, Option<BlockFile>),
    /// A caller known by name.
    Contact(Option<String>, Option<ContactFile>),
    /// A PBX.
    Link(Option<String>, Option<LinkFile>),
}

/// The fields of the house.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HouseWish {
    /// What makes somebody the occupant of a seat.
    pub occupancy_from: OccupancyFrom,
    /// The telephone behind everything.
    pub house_phone: PlaceFile,
    /// Key of the section that answers for rooms and people without a section.
    pub reception: Option<String>,
    /// Who is told of emergency calls.
    pub security: SecurityFile,
    /// When the house answers the outside world.
    pub hours: Vec<HoursFile>,
}

impl Edit {
    /// Whether it is about something that somebody with these rights may change at all.
    pub(super) fn is_within(&self, rights: &Rights) -> bool {
        match (rights, self) {
            (Rights::Everything, _) => true,
            (Rights::Sections(own), Self::Section { was: Some(key), now: Some(_), .. }) => own.contains(key),
            _ => false,
        }
    }

    /// The file with the change.
    ///
    /// # Errors
    /// When the row that is to be changed is not there.
    pub(super) fn applied(&self, file: &File) -> Result<File, Vec<ImportProblem>> {
        let mut file = file.clone();
        match self {
            Self::House(wish) => {
                file.occupancy_from = wish.occupancy_from;
                file.house_phone = wish.house_phone.clone();
                file.reception.clone_from(&wish.reception);
                file.security.clone_from(&wish.security);
                file.hours.clone_from(&wish.hours);
            }
            Self::Section { was, now, fixed, blocks } => {
                replace(&mut file.sections, Part::Section, was.as_deref(), now.as_deref().cloned())?;
                if let Some(key) = was.as_ref().or(now.as_ref().map(|now| &now.key)) {
                    of_section(&mut file, key, fixed.as_deref(), blocks.as_deref());
                }
            }
            Self::Number(was, now, from) => dated(&mut file.numbers, Part::Number, was.as_deref(), now.clone(), *from)?,
            Self::Device(was, now, from) => dated(&mut file.devices, Part::Device, was.as_deref(), now.clone(), *from)?,
            Self::Block(was, now) => replace(&mut file.blocks, Part::Block, was.as_deref(), now.clone())?,
            Self::Contact(was, now) => replace(&mut file.contacts, Part::Contact, was.as_deref(), now.clone())?,
            Self::Link(was, now) => replace(&mut file.links, Part::Link, was.as_deref(), now.clone())?,
        }
        Ok(file)
    }
}

fn key_of(part: Part, row: &impl serde::Serialize) -> String {
    serde_json::to_value(row).map(|row: Value| part.key(&row)).unwrap_or_default()
}

/// Puts a row in the place of the one before, or adds it, or takes it out.
fn replace<T: serde::Serialize>(list: &mut Vec<T>, part: Part, was: Option<&str>, now: Option<T>) -> Result<(), Vec<ImportProblem>> {
    let at = match was {
        None => None,
        Some(key) => Some(list.iter().position(|row| key_of(part, row) == key).ok_or_else(|| gone(key))?),
    };
    match (at, now) {
        (Some(at), Some(now)) => list[at] = now,
        (Some(at), None) => drop(list.remove(at)),
        (None, Some(now)) => list.push(now),
        (None, None) => {}
    }
    Ok(())
}

fn gone(key: &str) -> Vec<ImportProblem> {
    vec![ImportProblem::field("", key, ImportError::UnknownReference)]
}

/// Rows that have days.
trait DatedRow: Clone + serde::Serialize {
    fn days(&mut self) -> (&mut Option<NaiveDate>, &mut Option<NaiveDate>);
}

impl DatedRow for NumberFile {
    fn days(&mut self) -> (&mut Option<NaiveDate>, &mut Option<NaiveDate>) {
        (&mut self.from, &mut self.until)
    }
}

impl DatedRow for DeviceFile {
    fn days(&mut self) -> (&mut Option<NaiveDate>, &mut Option<NaiveDate>) {
        (&mut self.from, &mut self.until)
    }
}

/// Replaces a row; or, from a day on, ends it there and lets the new one begin: 4月1日から.
fn dated<T: DatedRow>(list: &mut Vec<T>, part: Part, was: Option<&str>, now: Option<T>, from: Option<NaiveDate>) -> Result<(), Vec<ImportProblem>> {
    let at = was.and_then(|key| list.iter().position(|row| key_of(part, row) == key));
    let begins = at.and_then(|at| *list[at].days().0);
    match (at, from) {
        (Some(at), Some(day)) if begins.is_none_or(|begins| begins < day) => {
            *list[at].days().1 = Some(day);
            if let Some(mut now) = now {
                *now.days().0 = Some(day);
                list.push(now);
            }
            Ok(())
        }
        _ => replace(list, part, was, now),
    }
}

/// The fixed telephones of a section and the callers it does not take.
fn of_section(file: &mut File, key: &str, fixed: Option<&[PlaceFile]>, blocks: Option<&[BlockFile]>) {
    if let Some(fixed) = fixed {
        let is_fixed = |device: &DeviceFile| device.kind == "fixed_bcp" && device.section.as_deref() == Some(key);
        let name = |device: &DeviceFile| device.aor.clone().or(device.tel.clone()).unwrap_or_default();
        file.devices.retain(|device| !is_fixed(device) || fixed.iter().any(|place| place.text() == name(device)));
        let present: Vec<String> = file.devices.iter().filter(|device| is_fixed(device)).map(name).collect();
        for place in fixed.iter().filter(|place| !present.iter().any(|name| name == place.text())) {
            let (aor, tel) = match place {
                PlaceFile::Aor(aor) => (Some(aor.clone()), None),
                PlaceFile::Tel(tel) => (None, Some(tel.clone())),
            };
            file.devices.push(DeviceFile { aor, tel, kind: "fixed_bcp".into(), section: Some(key.to_owned()), ..DeviceFile::default() });
        }
    }
    if let Some(blocks) = blocks {
        file.blocks.retain(|block| block.section.as_deref() != Some(key));
        file.blocks.extend(blocks.iter().map(|block| BlockFile { section: Some(key.to_owned()), person: None, ..block.clone() }));
    }
}

/// The set-up as somebody who may change it sees it.
#[derive(Clone, Debug)]
pub struct Editable {
    /// The site.
    pub site: SiteId,
    /// The telephone file.
    pub file: File,
    /// What they may change.
    pub rights: Rights,
    /// The newest revision: what a form was filled in on.
    pub base: i64,
}

/// The set-up of the first site that has telephones, for who may change it or some of it.
///
/// # Errors
/// `NotFound` for everybody else, and where no house has telephones.
pub async fn editable(cx: &Services, actor: &Actor) -> Result<Editable, Failure<Never>> {
    let site = cx.board().world.houses().next().map(|house| house.site).ok_or(Failure::NotFound(Kind::Site))?;
    let file = export_telephone(cx, site).await?;
    let rights = Rights::of(&cx.office(), Some(&file), actor, site, cx.clock().now());
    if rights == Rights::Nothing {
        return Err(Failure::NotFound(Kind::Section));
    }
    Ok(Editable { site, file, rights, base: revision::newest(cx, site).await? })
}

/// Changes the set-up, or says what a change would do. `base` is that of the set-up the change was made on.
///
/// # Errors
/// `NotFound` for what the actor may not change; `Refused` with what is wrong, with who changed the same meanwhile, or when nothing
/// would change. Then nothing was changed.
pub async fn edit_telephone(
    cx: &Services,
    actor: &Actor,
    site: SiteId,
    edit: Edit,
    base: Option<i64>,
    mode: ImportMode,
) -> Result<Outcome, Failure<EditRefusal>> {
    apply(cx, Request { site, by: actor.clone(), wanted: Wanted::Edit(Box::new(edit)), mode, base }).await
}

/// Which numbers ring differently on a day than on another one at the same time, with everybody in.
///
/// # Errors
/// `Denied` for who does not administer.
pub async fn changes_between(cx: &Services, actor: &Actor, site: SiteId, before: DateTime<Utc>, after: DateTime<Utc>) -> Result<Compared, Failure<Never>> {
    if !actor.administers_people() {
        return Err(Failure::Denied);
    }
    between(&cx.board().world, site, before, after).await
}

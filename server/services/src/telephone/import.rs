//! A site's telephones changed: by a file, on a page, or taken back. All of it takes one way: the wanted file is made, checked, stored,
//! compared with what was, and kept as a revision; all or nothing, and tried before it is done.

use super::{
    board::Board,
    compare::{Compared, Edges, compare},
    edit::{Edit, EditRefusal},
    export,
    file::{self, File},
    load::{self, Source},
    parts::{RowChange, difference, edges},
    refer::{Refer, Resolved, Say},
    revision::{self, Back, Origin},
    rights::Rights,
    rows as words,
    store::{store, store_security},
};
use crate::{
    Actor, Failure, Kind, Services, audit,
    import::{ImportError, ImportProblem},
    office,
    office::Office,
    person::ImportMode,
};
use chrono::{DateTime, Utc};
use domain::{
    SiteId,
    telephone::{Conflict, DayRange},
};
use entity::{site, telephone_house};
use sea_orm::{ActiveValue::Set, DatabaseTransaction, DbErr, EntityTrait, QuerySelect, sea_query::LockType};
use serde::Serialize;
use serde_json::json;
use std::{collections::BTreeMap, sync::Arc};

/// What a change did, or would do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TelephoneReport {
    /// The site.
    pub site: String,
    /// Sections in the file.
    pub sections: usize,
    /// Telephones in the file.
    pub devices: usize,
    /// Numbers in the file.
    pub numbers: usize,
    /// PBXs in the file.
    pub links: usize,
    /// Numbers that ring differently: today, or from a day that stands in what changed.
    pub changed: Vec<String>,
    /// What should be repaired.
    pub conflicts: Vec<Conflict>,
    /// The revision it is kept as; nothing where nothing changed or it was only tried.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub revision: Option<i64>,
}

/// A change with everything a preview shows.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// Counts, numbers, conflicts.
    pub report: TelephoneReport,
    /// The rows that differ.
    pub rows: Vec<RowChange>,
    /// Which numbers ring differently, and how.
    pub compared: Compared,
    /// What would need repair that did not before.
    pub arising: Vec<Conflict>,
    /// The telephones afterwards, to name things by.
    pub after: Arc<Board>,
}

/// What is wanted.
#[derive(Clone, Debug)]
pub(super) enum Wanted {
    /// This whole set-up.
    File(Box<File>),
    /// The present one with a change.
    Edit(Box<Edit>),
    /// The present one with a revision taken back.
    Undo(i64, Back),
}

/// What is wanted, by whom, and whether to do it.
#[derive(Clone, Debug)]
pub(super) struct Request {
    pub site: SiteId,
    pub by: Actor,
    pub wanted: Wanted,
    pub mode: ImportMode,
    /// The newest revision when the form was filled in: what changed since is not overwritten unseen.
    pub base: Option<i64>,
}

/// Replaces the telephones of a site by those of a file. What stays the same keeps its number, its passwords and its secrets.
///
/// # Errors
/// `Refused` with everything that is wrong; then nothing was changed.
pub async fn import_telephone(cx: &Services, json: &[u8], mode: ImportMode) -> Result<TelephoneReport, Failure<Vec<ImportProblem>>> {
    import_telephone_as(cx, &Actor::System, json, mode).await
}

/// The same on behalf of somebody.
///
/// # Errors
/// `Denied` for who does not administer; else as [`import_telephone`].
pub async fn import_telephone_as(cx: &Services, actor: &Actor, json: &[u8], mode: ImportMode) -> Result<TelephoneReport, Failure<Vec<ImportProblem>>> {
    preview_telephone(cx, actor, json, mode).await.map(|outcome| outcome.report)
}

/// The same with everything a preview shows.
///
/// # Errors
/// As [`import_telephone_as`].
pub async fn preview_telephone(cx: &Services, actor: &Actor, json: &[u8], mode: ImportMode) -> Result<Outcome, Failure<Vec<ImportProblem>>> {
    if !actor.administers_people() {
        return Err(Failure::Denied);
    }
    cx.refresh_office().await.map_err(|failure| failure.map(|never| match never {}))?;
    let file = file::parse(json).map_err(Failure::Refused)?;
    let site = cx.office().sites.values().find(|site| site.name == file.site.trim()).map(|site| site.id);
    let unknown = || Failure::Refused(vec![ImportProblem::field("site", &file.site, ImportError::UnknownReference)]);
    let request = Request { site: site.ok_or_else(unknown)?, by: actor.clone(), wanted: Wanted::File(Box::new(file)), mode, base: None };
    apply(cx, request).await.map_err(|failure| {
        failure.map(|refusal| match refusal {
            EditRefusal::Wrong(problems) => problems,
            EditRefusal::Touched(_) | EditRefusal::Nothing => Vec::new(),
        })
    })
}

/// Changes the set-up, or tries to.
pub(super) async fn apply(cx: &Services, request: Request) -> Result<Outcome, Failure<EditRefusal>> {
    cx.refresh_office().await.map_err(|failure| failure.map(|never| match never {}))?;
    let (site, mode) = (request.site, request.mode);
    let change = Arc::new(Change { office: cx.office(), at: cx.clock().now(), request });
    let before = cx.board();
    let outcome = cx
        .db()
        .write(move |transaction| {
            let change = Arc::clone(&change);
            Box::pin(async move { change.run(transaction).await })
        })
        .await;
    let done = match outcome {
        Ok(done) | Err(Failure::Refused(Ended::Tried(done))) => *done,
        Err(Failure::Refused(Ended::Refused(refusal))) => return Err(Failure::Refused(refusal)),
        Err(failure) => return Err(failure.map(|_| EditRefusal::Nothing)),
    };
    let outcome = compared(cx, site, &before, done).await?;
    if mode == ImportMode::Apply {
        cx.refresh_office().await.map_err(|failure| failure.map(|never| match never {}))?;
        if let Some(id) = outcome.report.revision
            && let Err(failure) = revision::note_changed(cx, id, &outcome.report.changed).await
        {
            // The change itself is stored; only its list of numbers is not.
            tracing::warn!(?failure, id, "the numbers of a revision are not noted");
        }
    }
    Ok(outcome)
}

async fn compared(cx: &Services, site: SiteId, before: &Board, done: Done) -> Result<Outcome, Failure<EditRefusal>> {
    let (days, minutes) = edges(&done.rows);
    let now = cx.clock().now();
    let compared = compare(&before.world, &done.after.world, vec![site], Edges { days, minutes }, now).await;
    let compared = compared.map_err(|failure| failure.map(|never| match never {}))?;
    let Counts { sections, devices, numbers, links } = done.counts;
    let report = TelephoneReport {
        site: cx.office().sites.get(&site).map(|site| site.name.clone()).unwrap_or_default(),
        sections,
        devices,
        numbers,
        links,
        changed: compared.differences.iter().map(|dated| dated.difference.ext.to_string()).collect(),
        conflicts: done.after.conflicts.to_vec(),
        revision: done.revision,
    };
    let arising = done.after.conflicts.iter().filter(|conflict| !before.conflicts.contains(conflict)).cloned().collect();
    Ok(Outcome { report, rows: done.rows, compared, arising, after: Arc::new(done.after) })
}

/// It was only tried, or refused: the transaction goes back.
#[derive(Debug)]
pub(super) enum Ended {
    Tried(Box<Done>),
    Refused(EditRefusal),
}

impl From<EditRefusal> for Failure<Ended> {
    fn from(refusal: EditRefusal) -> Self {
        Self::Refused(Ended::Refused(refusal))
    }
}

#[derive(Debug)]
pub(super) struct Done {
    counts: Counts,
    rows: Vec<RowChange>,
    revision: Option<i64>,
    after: Board,
}

#[derive(Clone, Copy, Debug)]
struct Counts {
    sections: usize,
    devices: usize,
    numbers: usize,
    links: usize,
}

struct Change {
    office: Arc<Office>,
    at: DateTime<Utc>,
    request: Request,
}

impl Change {
    async fn run(&self, transaction: &DatabaseTransaction) -> Result<Box<Done>, Failure<Ended>> {
        let site = self.request.site;
        // Two who change one house at once take turns: each begins from what the other has stored.
        site::Entity::find_by_id(site.0).lock(LockType::NoKeyUpdate).one(transaction).await?;
        let before = self.read(transaction).await?;
        let rights = Rights::of(&self.office, before.as_ref(), &self.request.by, site, self.at);
        let wanted = self.wanted(transaction, before.as_ref(), &rights).await?;
        // What is none of theirs is not checked for them either.
        if !rights.allow(&difference(before.as_ref(), wanted.as_ref())) {
            return Err(Failure::NotFound(Kind::Section));
        }
        let resolved = match &wanted {
            Some(file) => resolve(&self.office, file)?,
            None => Resolved::nothing(site),
        };
        let sections = store(transaction, &self.office, &resolved).await?;
        self.house(transaction, wanted.as_ref(), &resolved, &sections).await?;
        let file = self.read(transaction).await?;
        let rows = difference(before.as_ref(), file.as_ref());
        self.judge(transaction, &rights, &rows).await?;
        let revision = self.keep(transaction, &rows, &resolved).await?;
        let after = load::read(transaction, Source { office: &self.office, now: self.at }).await?;
        let counts =
            Counts { sections: resolved.sections.len(), devices: resolved.devices.len(), numbers: resolved.numbers.len(), links: resolved.links.len() };
        let done = Box::new(Done { counts, rows, revision, after });
        if self.request.mode == ImportMode::DryRun { Err(Failure::Refused(Ended::Tried(Box::new(Done { revision: None, ..*done })))) } else { Ok(done) }
    }

    fn site_name(&self) -> &str {
        self.office.sites.get(&self.request.site).map(|site| site.name.as_str()).unwrap_or_default()
    }

    async fn read(&self, transaction: &DatabaseTransaction) -> Result<Option<File>, DbErr> {
        export::read(transaction, &self.office, self.request.site, self.site_name()).await
    }

    /// The set-up as it is to be; `None` for no telephones at all.
    async fn wanted(&self, transaction: &DatabaseTransaction, before: Option<&File>, rights: &Rights) -> Result<Option<File>, Failure<Ended>> {
        let present = || before.ok_or(Failure::NotFound(Kind::Site));
        match &self.request.wanted {
            Wanted::File(file) => Ok(Some(File::clone(file))),
            Wanted::Edit(edit) if !edit.is_within(rights) => Err(Failure::NotFound(Kind::Section)),
            Wanted::Edit(edit) => Ok(Some(edit.applied(present()?).map_err(EditRefusal::Wrong)?)),
            Wanted::Undo(id, back) => {
                let present = revision::Present { site: self.request.site, name: self.site_name(), file: before };
                Ok(revision::taken_back(transaction, present, *id, *back).await?.map_err(Ended::Refused).map_err(Failure::Refused)?)
            }
        }
    }

    /// Whether whoever asks may change these rows, and whether they saw what they change.
    async fn judge(&self, transaction: &DatabaseTransaction, rights: &Rights, rows: &[RowChange]) -> Result<(), Failure<Ended>> {
        let request = &self.request;
        if !rights.allow(rows) {
            return Err(Failure::NotFound(Kind::Section));
        }
        if rows.is_empty() && !matches!(request.wanted, Wanted::File(_)) {
            return Err(EditRefusal::Nothing.into());
        }
        if let Some(base) = request.base {
            let since = revision::touching(transaction, request.site, base, rows).await?;
            if !since.is_empty() {
                return Err(EditRefusal::Touched(since).into());
            }
        }
        Ok(())
    }

    /// Writes down what was done: in the audit chain that it was, as a revision what.
    async fn keep(&self, transaction: &DatabaseTransaction, rows: &[RowChange], stored: &Resolved) -> Result<Option<i64>, DbErr> {
        let (request, site) = (&self.request, self.request.site);
        let (action, origin, undoes) = match &request.wanted {
            Wanted::File(_) => ("telephone.import", Origin::File, None),
            Wanted::Edit(_) => ("telephone.edit", Origin::Page, None),
            Wanted::Undo(id, _) => ("telephone.undo", Origin::Undo, Some(*id)),
        };
        let revision = revision::store(transaction, revision::Fresh { site, at: self.at, by: &request.by, origin, rows, undoes }).await?;
        let touched: Vec<String> = rows.iter().take(20).map(|row| format!("{} {}", words::word_of(&row.part), row.key)).collect();
        let detail = json!({
            "sections": stored.sections.len(), "devices": stored.devices.len(), "numbers": stored.numbers.len(),
            "rows": rows.len(), "touched": touched, "revision": revision,
        });
        audit::record(transaction, self.at, &request.by, action, format!("site:{site}"), detail).await?;
        office::bump(transaction).await?;
        Ok(revision)
    }

    async fn house(
        &self,
        transaction: &DatabaseTransaction,
        wanted: Option<&File>,
        resolved: &Resolved,
        sections: &BTreeMap<String, i64>,
    ) -> Result<(), DbErr> {
        telephone_house::Entity::delete_by_id(resolved.site.0).exec(transaction).await?;
        let Some(file) = wanted else { return store_security(transaction, resolved, std::iter::empty()).await };
        let row = telephone_house::ActiveModel {
            site_id: Set(resolved.site.0),
            numbering: Set(file.numbering.clone()),
            occupancy_from: Set(words::word_of(&file.occupancy_from)),
            hours: Set(words::json_of(&resolved.hours)),
            house_phone: Set(file.house_phone.text().to_owned()),
            reception_id: Set(file.reception.as_ref().and_then(|key| sections.get(key)).copied()),
        };
        telephone_house::Entity::insert(row).exec_without_returning(transaction).await?;
        store_security(transaction, resolved, file.security.sections.iter().filter_map(|key| sections.get(key)).copied()).await
    }
}

/// What the file names, found; or everything that is wrong with it.
fn resolve(office: &Office, file: &File) -> Result<Resolved, EditRefusal> {
    let mut problems = Vec::new();
    let resolved = Refer::new(office).resolve(file, &mut problems);
    overlaps(file, &mut problems);
    match resolved {
        Some(resolved) if problems.is_empty() => Ok(resolved),
        _ => Err(EditRefusal::Wrong(problems)),
    }
}

/// One number, or one device name, given away twice for the same days. The database would refuse only the same first day.
fn overlaps(file: &File, problems: &mut Vec<ImportProblem>) {
    let mut say = Say(problems);
    let numbers = file.numbers.iter().map(|number| (number.ext.as_str(), file::valid(number.from, number.until)));
    twice("numbers.ext", numbers, &mut say);
    let tels = file.numbers.iter().filter_map(|number| Some((number.tel.as_deref()?, file::valid(number.from, number.until))));
    twice("numbers.tel", tels, &mut say);
    let devices = file.devices.iter().filter_map(|device| Some((device.aor.as_deref().or(device.tel.as_deref())?, file::valid(device.from, device.until))));
    twice("devices", devices, &mut say);
    twice("sections.key", file.sections.iter().map(|section| (section.key.as_str(), DayRange::ALWAYS)), &mut say);
    let security = &file.security;
    twice("security.sections", security.sections.iter().map(|key| (key.as_str(), DayRange::ALWAYS)), &mut say);
    twice("security.people", security.people.iter().map(|no| (no.as_str(), DayRange::ALWAYS)), &mut say);
    twice("links.id", file.links.iter().map(|link| (link.id.as_str(), DayRange::ALWAYS)), &mut say);
}

fn twice<'a>(column: &str, rows: impl Iterator<Item = (&'a str, DayRange)>, say: &mut Say<'_>) {
    let mut seen: BTreeMap<&str, Vec<(usize, DayRange)>> = BTreeMap::new();
    for (index, (name, valid)) in rows.enumerate() {
        let same = seen.entry(name).or_default();
        if let Some((first, _)) = same.iter().find(|(_, other)| other.overlaps(valid)) {
            say.problem(column, name, ImportError::Duplicate { first: format!("{}", first + 1) });
        }
        same.push((index, valid));
    }
}

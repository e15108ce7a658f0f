//! A site's telephones from a file: all or nothing, tried before it is done, with every route that would change.

use super::{
    board::Board,
    file::{self, File},
    load::{self, Source},
    refer::{Refer, Resolved, Say},
    rows as words,
    store::store,
};
use crate::{
    Actor, Failure, Services, audit,
    import::{ImportError, ImportProblem},
    office,
    office::Office,
    person::ImportMode,
};
use chrono::{DateTime, Utc};
use domain::{
    SiteId,
    telephone::{Conflict, DayRange, PbxCaps, changes, table},
};
use entity::telephone_house;
use sea_orm::{ActiveValue::Set, DatabaseTransaction, DbErr, EntityTrait};
use serde::Serialize;
use serde_json::json;
use std::{collections::BTreeMap, sync::Arc};

/// What an import did, or would do.
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
    /// Numbers that ring differently now.
    pub changed: Vec<String>,
    /// What an administrator should repair; nothing of it stops a telephone.
    pub conflicts: Vec<Conflict>,
}

/// Replaces a site's telephones by a file.
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
    if !matches!(actor, Actor::System) && !actor.administers_people() {
        return Err(Failure::Denied);
    }
    cx.refresh_office().await.map_err(|failure| failure.map(|never| match never {}))?;
    let file = file::parse(json).map_err(Failure::Refused)?;
    let mut problems = Vec::new();
    let resolved = Refer::new(&cx.office()).resolve(&file, &mut problems);
    overlaps(&file, &mut problems);
    let (Some(resolved), true) = (resolved, problems.is_empty()) else { return Err(Failure::Refused(problems)) };
    let import = Arc::new(Import { office: cx.office(), before: cx.board(), by: actor.clone(), at: cx.clock().now(), mode, resolved, file });
    let outcome = cx
        .db()
        .write(move |transaction| {
            let import = Arc::clone(&import);
            Box::pin(async move { import.run(transaction).await })
        })
        .await;
    match outcome {
        Ok(report) => {
            cx.refresh_office().await.map_err(|failure| failure.map(|never| match never {}))?;
            Ok(report)
        }
        Err(Failure::Refused(Tried(report))) => Ok(*report),
        Err(failure) => Err(failure.map(|_| Vec::new())),
    }
}

/// It was only tried: the transaction goes back, the report stays.
#[derive(Debug)]
struct Tried(Box<TelephoneReport>);

struct Import {
    office: Arc<Office>,
    before: Arc<Board>,
    by: Actor,
    at: DateTime<Utc>,
    mode: ImportMode,
    resolved: Resolved,
    file: File,
}

impl Import {
    async fn run(&self, transaction: &DatabaseTransaction) -> Result<TelephoneReport, Failure<Tried>> {
        let site = self.resolved.site;
        let sections = store(transaction, &self.office, &self.resolved).await?;
        self.house(transaction, &sections).await?;
        let counts = json!({ "sections": self.file.sections.len(), "devices": self.file.devices.len(), "numbers": self.file.numbers.len() });
        audit::record(transaction, self.at, &self.by, "telephone.import", format!("site:{site}"), counts).await?;
        office::bump(transaction).await?;
        let after = load::read(transaction, Source { office: &self.office, now: self.at }).await?;
        let report = self.report(site, &after);
        if self.mode == ImportMode::DryRun { Err(Failure::Refused(Tried(Box::new(report)))) } else { Ok(report) }
    }

    async fn house(&self, transaction: &DatabaseTransaction, sections: &BTreeMap<String, i64>) -> Result<(), DbErr> {
        let row = telephone_house::ActiveModel {
            site_id: Set(self.resolved.site.0),
            numbering: Set(self.file.numbering.clone()),
            occupancy_from: Set(words::word_of(&self.file.occupancy_from)),
            hours: Set(words::json_of(&self.resolved.hours)),
            house_phone: Set(self.file.house_phone.text().to_owned()),
            reception_id: Set(self.file.reception.as_ref().and_then(|key| sections.get(key)).copied()),
        };
        telephone_house::Entity::delete_by_id(self.resolved.site.0).exec(transaction).await?;
        telephone_house::Entity::insert(row).exec_without_returning(transaction).await?;
        Ok(())
    }

    fn report(&self, site: SiteId, after: &Board) -> TelephoneReport {
        let routes = |board: &Board| table(&board.world, Some(site), self.at, &PbxCaps::default());
        let (was, will) = (routes(&self.before), routes(after));
        TelephoneReport {
            site: self.file.site.clone(),
            sections: self.file.sections.len(),
            devices: self.file.devices.len(),
            numbers: self.file.numbers.len(),
            links: self.file.links.len(),
            changed: changes(&was, &will).iter().map(|change| change.ext().to_string()).collect(),
            conflicts: after.conflicts.to_vec(),
        }
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

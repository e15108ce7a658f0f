//! Every stored change of the set-up, as the rows it touched before and after: looked at, compared with what came later, taken back.

use super::{
    edit::EditRefusal,
    file::File,
    import::{Outcome, Request, Wanted, apply},
    parts::{Part, RowChange, with},
    rights::Rights,
    rows as words,
};
use crate::{
    Actor, Failure, Kind, Never, Services, audit,
    import::{ImportError, ImportProblem},
    person::ImportMode,
};
use chrono::{DateTime, TimeDelta, Utc};
use domain::{PersonId, SiteId};
use entity::telephone_revision as row;
use sea_orm::{
    ActiveValue::{NotSet, Set},
    ColumnTrait, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::Expr,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How long revisions are kept.
const KEPT: TimeDelta = TimeDelta::days(366);
/// Numbers named of one revision; the rest is counted.
const MOST_NAMED: usize = 200;
/// Revisions of one page.
const MOST_LISTED: u64 = 50;

/// Where a change came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// A telephone file.
    File,
    /// A page, or a program that changed one thing.
    Page,
    /// A revision taken back.
    Undo,
}

/// How far back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Back {
    /// Only what this revision changed.
    One,
    /// Everything since and including it: the set-up is as it was before.
    Whole,
}

/// A stored change.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Revision {
    /// Its number.
    pub id: i64,
    /// The site.
    #[serde(skip)]
    pub site: SiteId,
    /// When.
    pub at: DateTime<Utc>,
    /// Who, as the audit chain names them.
    pub actor: String,
    /// Who, where it was a person.
    #[serde(skip)]
    pub by: Option<PersonId>,
    /// Where it came from.
    pub origin: Origin,
    /// The rows it touched.
    pub rows: Vec<RowChange>,
    /// Numbers that ring differently since, as far as they are named.
    pub changed: Vec<String>,
    /// How many they are.
    pub changed_count: usize,
    /// The revision it takes back.
    pub undoes: Option<i64>,
}

#[derive(Default, Serialize, Deserialize)]
struct Changed {
    count: usize,
    some: Vec<String>,
}

impl Revision {
    fn touches(&self, rows: &[RowChange]) -> bool {
        self.rows.iter().any(|row| rows.iter().any(|other| other.touches(row)))
    }
}

fn read(row: row::Model) -> Result<Revision, DbErr> {
    let changed: Changed = words::json("telephone_revision", row.id, &row.changed)?;
    Ok(Revision {
        id: row.id,
        site: SiteId(row.site_id),
        at: row.at,
        actor: row.actor,
        by: row.by_id.map(PersonId),
        origin: words::word("telephone_revision", row.id, &row.source)?,
        rows: words::json("telephone_revision", row.id, &row.rows)?,
        changed: changed.some,
        changed_count: changed.count,
        undoes: row.undoes_id,
    })
}

/// A revision to be kept.
pub(super) struct Fresh<'a> {
    pub site: SiteId,
    pub at: DateTime<Utc>,
    pub by: &'a Actor,
    pub origin: Origin,
    pub rows: &'a [RowChange],
    pub undoes: Option<i64>,
}

/// Keeps a revision; nothing where nothing changed.
pub(super) async fn store(transaction: &DatabaseTransaction, fresh: Fresh<'_>) -> Result<Option<i64>, DbErr> {
    if fresh.rows.is_empty() {
        return Ok(None);
    }
    let model = row::ActiveModel {
        id: NotSet,
        site_id: Set(fresh.site.0),
        at: Set(fresh.at),
        actor: Set(audit::name(fresh.by)),
        by_id: Set(fresh.by.person().map(|person| person.0)),
        source: Set(words::word_of(&fresh.origin)),
        rows: Set(words::json_of(&fresh.rows)),
        changed: Set(words::json_of(&Changed::default())),
        undoes_id: Set(fresh.undoes),
    };
    Ok(Some(row::Entity::insert(model).exec(transaction).await?.last_insert_id))
}

/// Writes down which numbers ring differently: that takes a while and is found out after the commit.
pub(super) async fn note_changed(cx: &Services, id: i64, exts: &[String]) -> Result<(), Failure<Never>> {
    let changed = words::json_of(&Changed { count: exts.len(), some: exts.iter().take(MOST_NAMED).cloned().collect() });
    cx.db()
        .write(move |transaction| {
            let changed = changed.clone();
            Box::pin(async move {
                row::Entity::update_many().col_expr(row::Column::Changed, Expr::value(changed)).filter(row::Column::Id.eq(id)).exec(transaction).await?;
                Ok(())
            })
        })
        .await
}

/// The number of the newest revision of a site; 0 without any.
pub(super) async fn newest(cx: &Services, site: SiteId) -> Result<i64, DbErr> {
    let query = row::Entity::find().select_only().column(row::Column::Id).filter(row::Column::SiteId.eq(site.0)).order_by_desc(row::Column::Id).limit(1);
    Ok(query.into_tuple().one(cx.db().reader()).await?.unwrap_or(0))
}

/// Revisions after one, oldest first.
async fn after(connection: &impl ConnectionTrait, site: SiteId, base: i64) -> Result<Vec<Revision>, DbErr> {
    let later = row::Entity::find().filter(row::Column::SiteId.eq(site.0)).filter(row::Column::Id.gt(base)).order_by_asc(row::Column::Id);
    later.all(connection).await?.into_iter().map(read).collect()
}

/// Revisions after `base` that touched one of these rows, the newest first.
pub(super) async fn touching(connection: &impl ConnectionTrait, site: SiteId, base: i64, rows: &[RowChange]) -> Result<Vec<Revision>, DbErr> {
    let mut later = after(connection, site, base).await?;
    later.retain(|revision| revision.touches(rows));
    later.reverse();
    Ok(later)
}

/// A site's set-up as it is, if it has any.
pub(super) struct Present<'a> {
    pub site: SiteId,
    pub name: &'a str,
    pub file: Option<&'a File>,
}

/// The present set-up without what a revision did; `None` without the one that set the telephones up.
pub(super) async fn taken_back(
    connection: &DatabaseTransaction,
    present: Present<'_>,
    id: i64,
    back: Back,
) -> Result<Result<Option<File>, EditRefusal>, Failure<super::import::Ended>> {
    let site = present.site;
    let found = row::Entity::find_by_id(id).one(connection).await?.filter(|row| row.site_id == site.0).ok_or(Failure::NotFound(Kind::Revision))?;
    let revision = read(found)?;
    // Without the house nothing else can stay.
    let sets_up = revision.rows.iter().any(|row| row.part == Part::House && row.before.is_none());
    let changes = match back {
        Back::One => {
            let mut later = after(connection, site, id).await?;
            later.retain(|later| sets_up || later.touches(&revision.rows));
            later.reverse();
            if !later.is_empty() {
                return Ok(Err(EditRefusal::Touched(later)));
            }
            revision.rows.iter().map(RowChange::reversed).collect()
        }
        Back::Whole => whole(std::iter::once(&revision).chain(&after(connection, site, id).await?)),
    };
    let wrong = |message| EditRefusal::Wrong(vec![ImportProblem::file(ImportError::Syntax { message })]);
    Ok(with(present.name, present.file, &changes).map_err(wrong))
}

/// Every row that any of these revisions (oldest first) touched, as it was before the first that did.
fn whole<'a>(revisions: impl Iterator<Item = &'a Revision>) -> Vec<RowChange> {
    let mut first: BTreeMap<(Part, String), RowChange> = BTreeMap::new();
    for row in revisions.flat_map(|revision| &revision.rows) {
        first.entry((row.part, row.key.clone())).or_insert_with(|| row.reversed());
    }
    first.into_values().collect()
}

/// Stored changes that the actor may see, the newest first, before a number if one is given: an administrator all of them, a head
/// those of their own section.
///
/// # Errors
/// `NotFound` for who may change nothing.
pub async fn revisions(cx: &Services, actor: &Actor, before: Option<i64>) -> Result<Vec<Revision>, Failure<Never>> {
    let (site, rights) = seen(cx, actor).await?;
    let mut query = row::Entity::find().filter(row::Column::SiteId.eq(site.0)).order_by_desc(row::Column::Id);
    if let Some(before) = before {
        query = query.filter(row::Column::Id.lt(before));
    }
    // A head's own are few among all; those of a year are looked through.
    if rights == Rights::Everything {
        query = query.limit(MOST_LISTED);
    }
    let mut found: Vec<Revision> = query.all(cx.db().reader()).await?.into_iter().map(read).collect::<Result<_, _>>()?;
    found.retain(|revision| rights.allow(&revision.rows));
    found.truncate(usize::try_from(MOST_LISTED).unwrap_or(usize::MAX));
    Ok(found)
}

/// One stored change.
///
/// # Errors
/// `NotFound` for one that is not there or not the actor's to see.
pub async fn revision(cx: &Services, actor: &Actor, id: i64) -> Result<Revision, Failure<Never>> {
    let (site, rights) = seen(cx, actor).await?;
    let found = row::Entity::find_by_id(id).one(cx.db().reader()).await?.map(read).transpose()?;
    found.filter(|revision| revision.site == site && rights.allow(&revision.rows)).ok_or(Failure::NotFound(Kind::Revision))
}

async fn seen(cx: &Services, actor: &Actor) -> Result<(SiteId, Rights), Failure<Never>> {
    if actor.administers_people() {
        let site = match cx.board().world.houses().next() {
            Some(house) => house.site,
            // Telephones that were taken back altogether can be had again.
            None => last_set_up(cx).await?.ok_or(Failure::NotFound(Kind::Site))?,
        };
        return Ok((site, Rights::Everything));
    }
    let set_up = super::edit::editable(cx, actor).await?;
    Ok((set_up.site, set_up.rights))
}

async fn last_set_up(cx: &Services) -> Result<Option<SiteId>, DbErr> {
    let query = row::Entity::find().select_only().column(row::Column::SiteId).order_by_desc(row::Column::Id).limit(1);
    Ok(query.into_tuple().one(cx.db().reader()).await?.map(SiteId))
}

/// Takes a stored change back, or says what that would do: this one alone, or everything since it.
///
/// # Errors
/// `NotFound` for one that is not the actor's to take back; `Refused` where later changes touched the same rows, where what it would
/// bring back names something that is gone, or where nothing is left of it.
pub async fn undo_revision(cx: &Services, actor: &Actor, id: i64, back: Back, mode: ImportMode) -> Result<Outcome, Failure<EditRefusal>> {
    let found = revision(cx, actor, id).await.map_err(|failure| failure.map(|never| match never {}))?;
    apply(cx, Request { site: found.site, by: actor.clone(), wanted: Wanted::Undo(id, back), mode, base: None }).await
}

/// Forgets changes older than a year. Returns how many.
///
/// # Errors
/// When the store cannot be written.
pub async fn forget_revisions(cx: &Services) -> Result<u64, Failure<Never>> {
    let before = cx.clock().now() - KEPT;
    cx.db()
        .write(move |transaction| {
            Box::pin(async move { Ok(row::Entity::delete_many().filter(row::Column::At.lt(before)).exec(transaction).await?.rows_affected) })
        })
        .await
}

//! People and posts from a file: all or nothing, with a dry run.

use super::csv::{self, Row};
use crate::{
    Failure, Never, Services, audit,
    import::ImportProblem,
    office,
    telephone::{self, Board, Compared},
};
use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    account::Actor,
    person::{Findable, SearchKey},
};
use entity::{person, post, unit};
use sea_orm::{
    ActiveValue::{NotSet, Set},
    ColumnTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter,
    sea_query::Expr,
};
use serde::Serialize;
use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

/// Whether to change anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImportMode {
    /// Say what would change.
    DryRun,
    /// Change it.
    Apply,
}

/// What an import changes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct PeopleReport {
    /// People who were not there.
    pub added: u32,
    /// People with other data or posts than before.
    pub changed: u32,
    /// People as before.
    pub unchanged: u32,
    /// Units that were not there.
    pub units_added: u32,
    /// Posts in the file.
    pub posts: u32,
    /// Telephone numbers that ring differently, today or from a day of the file on.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub numbers: Vec<String>,
}

/// An import with everything a preview shows.
#[derive(Clone, Debug)]
pub struct PeopleOutcome {
    /// Counts and numbers.
    pub report: PeopleReport,
    /// Which numbers ring differently, and how; nothing where no house has telephones.
    pub calls: Option<Compared>,
}

/// Rows inserted in one statement.
const CHUNK: usize = 400;

/// Brings in people and posts. People of the file get the data and posts of the file; others stay as they are.
///
/// # Errors
/// `Refused` with every problem and its line; then nothing was changed.
pub async fn import_people(cx: &Services, file: &[u8], mode: ImportMode) -> Result<PeopleReport, Failure<Vec<ImportProblem>>> {
    preview_people(cx, file, mode).await.map(|outcome| outcome.report)
}

/// The same with everything a preview shows.
///
/// # Errors
/// As [`import_people`].
pub async fn preview_people(cx: &Services, file: &[u8], mode: ImportMode) -> Result<PeopleOutcome, Failure<Vec<ImportProblem>>> {
    let rows = csv::read(file).map_err(Failure::Refused)?;
    let mut days: Vec<NaiveDate> = rows.iter().flat_map(|row| [row.from_on, row.until_on]).flatten().collect();
    days.sort_unstable();
    days.dedup();
    let import = Arc::new(Import { rows, at: cx.clock().now(), mode });
    let before = cx.board();
    let outcome = cx
        .db()
        .write(move |transaction| {
            let import = Arc::clone(&import);
            Box::pin(async move { import.run(transaction).await })
        })
        .await;
    let (mut report, tried) = match outcome {
        Ok(report) => (report, None),
        Err(Failure::Refused(tried)) => (tried.report, Some(tried.after)),
        Err(failure) => return Err(failure.map(|_| Vec::new())),
    };
    cx.refresh_office().await.map_err(never)?;
    let after = tried.map_or_else(|| cx.board(), Arc::new);
    let calls = match before.world.houses().next() {
        Some(_) => Some(telephone::compare_boards(cx, &before, &after, days).await.map_err(never)?),
        None => None,
    };
    report.numbers = calls.iter().flat_map(|calls| &calls.differences).map(|dated| dated.difference.ext.to_string()).collect();
    Ok(PeopleOutcome { report, calls })
}

fn never<E>(failure: Failure<Never>) -> Failure<E> {
    failure.map(|never| match never {})
}

/// It was only tried: the transaction goes back, the report and the telephones as they would be stay.
#[derive(Debug)]
struct Tried {
    report: PeopleReport,
    after: Board,
}

struct Import {
    rows: Vec<Row>,
    at: DateTime<Utc>,
    mode: ImportMode,
}

impl Import {
    async fn run(&self, transaction: &DatabaseTransaction) -> Result<PeopleReport, Failure<Tried>> {
        let mut report = PeopleReport { posts: u32::try_from(self.rows.len()).unwrap_or(u32::MAX), ..PeopleReport::default() };
        let units = self.units(transaction, &mut report).await?;
        let mut by_person: BTreeMap<&str, Vec<&Row>> = BTreeMap::new();
        for row in &self.rows {
            by_person.entry(&row.staff_no).or_default().push(row);
        }
        let present: HashMap<String, person::Model> =
            person::Entity::find().all(transaction).await?.into_iter().map(|row| (row.staff_no.clone(), row)).collect();
        let mut posts: HashMap<i64, Vec<post::Model>> = HashMap::new();
        for row in post::Entity::find().all(transaction).await? {
            posts.entry(row.person_id).or_default().push(row);
        }
        let mut added = Vec::new();
        for rows in by_person.values() {
            match present.get(&rows[0].staff_no) {
                None => added.push(rows.as_slice()),
                Some(before) => self.change(transaction, before, posts.get(&before.id).map_or(&[], Vec::as_slice), rows, &units, &mut report).await?,
            }
        }
        report.added = u32::try_from(added.len()).unwrap_or(u32::MAX);
        self.add(transaction, &added, &units).await?;
        audit::record(transaction, self.at, &Actor::System, "people.import", "people".into(), serde_json::json!(report)).await?;
        office::bump(transaction).await?;
        match self.mode {
            ImportMode::Apply => Ok(report),
            ImportMode::DryRun => Err(Failure::Refused(Tried { report, after: telephone::board_within(transaction, self.at).await? })),
        }
    }

    /// Numbers of the file's units by code.
    async fn units(&self, transaction: &DatabaseTransaction, report: &mut PeopleReport) -> Result<HashMap<String, i64>, DbErr> {
        let mut numbers: HashMap<String, i64> = HashMap::new();
        let mut names: HashMap<String, String> = HashMap::new();
        for row in unit::Entity::find().all(transaction).await? {
            names.insert(row.code.clone(), row.name);
            numbers.insert(row.code, row.id);
        }
        let wanted: BTreeMap<&str, &str> = self.rows.iter().map(|row| (row.unit_code.as_str(), row.unit_name.as_str())).collect();
        for (code, name) in wanted {
            match numbers.get(code) {
                None => {
                    let row = unit::ActiveModel { id: NotSet, code: Set(code.to_owned()), name: Set(name.to_owned()), parent_id: Set(None), lends: Set(None) };
                    numbers.insert(code.to_owned(), unit::Entity::insert(row).exec(transaction).await?.last_insert_id);
                    report.units_added += 1;
                }
                // A unit keeps its number through a new name (課名変更, seed 3-6).
                Some(id) if names.get(code).is_some_and(|before| before != name) => {
                    unit::Entity::update_many().col_expr(unit::Column::Name, Expr::value(name)).filter(unit::Column::Id.eq(*id)).exec(transaction).await?;
                }
                Some(_) => {}
            }
        }
        Ok(numbers)
    }

    async fn change(
        &self,
        transaction: &DatabaseTransaction,
        before: &person::Model,
        posts: &[post::Model],
        rows: &[&Row],
        units: &HashMap<String, i64>,
        report: &mut PeopleReport,
    ) -> Result<(), DbErr> {
        let after = person_row(rows);
        let facts = |row: &person::Model| {
            (row.name.clone(), row.kana.clone(), row.email.clone(), row.extension.clone(), row.employment.clone(), row.search_key.clone())
        };
        let wanted = (after.name.clone(), after.kana.clone(), after.email.clone(), after.extension.clone(), after.employment.clone(), after.search_key.clone());
        let mut had: Vec<_> = posts.iter().map(|post| (Some(post.unit_id), post.title.clone(), post.main, post.from_on, post.until_on)).collect();
        let mut gets: Vec<_> = rows.iter().map(|row| (units.get(&row.unit_code).copied(), row.title.clone(), row.main, row.from_on, row.until_on)).collect();
        had.sort();
        gets.sort();
        if facts(before) == wanted && had == gets {
            report.unchanged += 1;
            return Ok(());
        }
        report.changed += 1;
        let row = person::ActiveModel {
            id: Set(before.id),
            name: Set(after.name),
            kana: Set(after.kana),
            search_key: Set(after.search_key),
            email: Set(after.email),
            extension: Set(after.extension),
            employment: Set(after.employment),
            ..Default::default()
        };
        person::Entity::update(row).exec(transaction).await?;
        post::Entity::delete_many().filter(post::Column::PersonId.eq(before.id)).exec(transaction).await?;
        post::Entity::insert_many(rows.iter().filter_map(|row| post_row(row, before.id, units))).exec_without_returning(transaction).await?;
        Ok(())
    }

    async fn add(&self, transaction: &DatabaseTransaction, people: &[&[&Row]], units: &HashMap<String, i64>) -> Result<(), DbErr> {
        for chunk in people.chunks(CHUNK) {
            let rows = chunk.iter().map(|rows| person::ActiveModel { id: NotSet, ..person_row(rows).into() });
            person::Entity::insert_many(rows).exec_without_returning(transaction).await?;
            let numbers: Vec<&str> = chunk.iter().map(|rows| rows[0].staff_no.as_str()).collect();
            let stored = person::Entity::find().filter(person::Column::StaffNo.is_in(numbers)).all(transaction).await?;
            let ids: HashMap<&str, i64> = stored.iter().map(|row| (row.staff_no.as_str(), row.id)).collect();
            let posts: Vec<_> = chunk.iter().flat_map(|rows| rows.iter()).filter_map(|row| post_row(row, *ids.get(row.staff_no.as_str())?, units)).collect();
            for posts in posts.chunks(CHUNK) {
                post::Entity::insert_many(posts.to_vec()).exec_without_returning(transaction).await?;
            }
        }
        Ok(())
    }
}

/// The person as all rows of theirs say.
fn person_row(rows: &[&Row]) -> person::Model {
    let first = rows.iter().find(|row| row.main).unwrap_or(&rows[0]);
    let units: Vec<&str> = rows.iter().map(|row| row.unit_name.as_str()).collect();
    let extension = rows.iter().find_map(|row| row.extension.clone());
    let key = SearchKey::of(&Findable { name: &first.name, kana: &first.kana, staff_no: &first.staff_no, extension: extension.as_deref(), units: &units });
    person::Model {
        id: 0,
        staff_no: first.staff_no.clone(),
        name: first.name.clone(),
        kana: first.kana.clone(),
        search_key: key.0,
        email: rows.iter().find_map(|row| row.email.clone()),
        extension,
        employment: first.employment.clone(),
        visibility: None,
        visibility_fixed: false,
        wishes: "[]".into(),
    }
}

fn post_row(row: &Row, person: i64, units: &HashMap<String, i64>) -> Option<post::ActiveModel> {
    Some(post::ActiveModel {
        id: NotSet,
        person_id: Set(person),
        unit_id: Set(*units.get(&row.unit_code)?),
        title: Set(row.title.clone()),
        main: Set(row.main),
        from_on: Set(row.from_on),
        until_on: Set(row.until_on),
    })
}

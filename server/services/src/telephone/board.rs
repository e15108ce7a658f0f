//! The process's picture of everything a call depends on: one immutable snapshot, replaced in one move. Answers read it and
//! nothing else, so a call waits for no database.

use super::{decision::Kept, link::Link, load};
use crate::{Failure, Never, Services, db::Db};
use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    PersonId, SectionId, SiteId,
    telephone::{Change, Conflict, Snapshot, Table, Turn},
};
use std::{
    collections::{BTreeMap, BTreeSet, VecDeque},
    sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock},
};

/// Tables remembered, so that a PBX is told only what changed since the one it has.
const TABLES: usize = 32;

/// One consistent state of the telephones.
#[derive(Clone, Debug)]
pub struct Board {
    /// What decisions are made from.
    pub world: Arc<Snapshot>,
    /// What an administrator should repair.
    pub conflicts: Arc<Vec<Conflict>>,
    /// How many people sections want at their telephones, by section.
    pub(super) cover: Arc<Vec<super::cover::StoredRule>>,
    /// PBXs that may ask, by name.
    pub links: Arc<BTreeMap<String, Link>>,
    /// The day on which the rows were read: those of days long past are left out.
    pub(super) loaded_on: NaiveDate,
    /// The revision of the office they were read with.
    pub(super) office_revision: i64,
}

/// Keeps the current [`Board`].
pub(crate) struct Switchboard {
    current: RwLock<Arc<Board>>,
    /// People whose rows changed and were not read yet.
    pending: Mutex<BTreeSet<PersonId>>,
    /// Whoever holds it reads and replaces; so no older state follows a newer one.
    turn: tokio::sync::Mutex<()>,
    tables: Mutex<VecDeque<(String, Arc<Table>)>>,
    pub(super) kept: Mutex<Kept>,
    /// What PBXs did and nobody has written down yet.
    pub(super) noted: Mutex<BTreeMap<String, super::health::Noted>>,
    pub(super) rates: Mutex<BTreeMap<String, super::link::Rate>>,
    pub(super) looked: Mutex<super::look::Looked>,
    pub(super) raised: Mutex<super::alarm::Raised>,
    /// Wakes whoever tells security of an emergency.
    pub(super) alarm: tokio::sync::Notify,
}

impl Switchboard {
    pub(crate) async fn load(db: &Db, cx: load::Source<'_>) -> Result<Self, sea_orm::DbErr> {
        Ok(Self {
            current: RwLock::new(Arc::new(load::board(db, cx).await?)),
            pending: Mutex::default(),
            turn: tokio::sync::Mutex::default(),
            tables: Mutex::default(),
            kept: Mutex::default(),
            noted: Mutex::default(),
            rates: Mutex::default(),
            looked: Mutex::default(),
            raised: Mutex::default(),
            alarm: tokio::sync::Notify::new(),
        })
    }

    fn get(&self) -> Arc<Board> {
        // A poisoned lock still holds a whole board: it is replaced in one move.
        Arc::clone(&self.current.read().unwrap_or_else(PoisonError::into_inner))
    }

    fn put(&self, board: Board) {
        *self.current.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(board);
    }

    /// The table of a PBX as of now under its own number, and the one it had under another if that is still known. Tables are
    /// numbered by themselves: a route also changes because the clock strikes five, and no row does.
    pub(super) fn tables(&self, link: &str, now: Table, at: DateTime<Utc>, since: Option<i64>) -> (Arc<Table>, Option<Arc<Table>>) {
        let mut tables = lock(&self.tables);
        let own = || tables.iter().filter(|(owner, _)| owner == link).map(|(_, table)| table);
        let before = own().find(|table| Some(table.revision) == since).cloned();
        let newest = own().next_back().cloned();
        if let Some(same) = newest.as_ref().filter(|newest| newest.entries == now.entries) {
            return (Arc::clone(same), before);
        }
        let revision = newest.map_or(0, |newest| newest.revision + 1).max(at.timestamp_millis());
        let now = Arc::new(Table { revision, ..now });
        if tables.len() >= TABLES {
            tables.pop_front();
        }
        tables.push_back((link.to_owned(), Arc::clone(&now)));
        (now, before)
    }
}

/// A lock whose content is whole even when somebody panicked with it.
pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Board {
    /// Sections that want people at their telephones.
    pub(crate) fn cover_sections(&self) -> impl Iterator<Item = SectionId> {
        self.cover.iter().map(|rule| rule.section)
    }
}

impl Services {
    /// The telephones as of the last commit that changed them.
    #[must_use]
    pub fn board(&self) -> Arc<Board> {
        self.switchboard().get()
    }

    /// Reads everything anew when the office changed, or a new day began. Called after own changes and by a job.
    ///
    /// # Errors
    /// When the store cannot be read; the old board stays and goes on answering.
    pub async fn refresh_board(&self) -> Result<(), Failure<Never>> {
        let office = self.office();
        let stale = |board: &Board| board.office_revision != office.revision || board.loaded_on != load::today(&office, self.clock().now());
        if !stale(&self.board()) {
            // Whoever could not be read after their commit is read now.
            return self.follow([]).await;
        }
        self.reload_board().await
    }

    /// Reads everything anew.
    ///
    /// # Errors
    /// When the store cannot be read; the old board stays.
    pub(crate) async fn reload_board(&self) -> Result<(), Failure<Never>> {
        let _turn = self.switchboard().turn.lock().await;
        let source = load::Source { office: &self.office(), now: self.clock().now() };
        let loaded = load::board(self.db(), source).await?;
        // Whose turn it was stands in no row.
        let before = &self.board().world;
        let turns = before.sections().filter_map(|section| before.turn_of(section.id).map(|person| Change::Turn(Turn { section: section.id, person })));
        let world = Arc::new(loaded.world.with(loaded.world.revision(), turns));
        self.switchboard().put(Board { world, ..loaded });
        Ok(())
    }

    /// Whether bookings of a day are on the board.
    pub(crate) fn is_near(&self, on: NaiveDate) -> bool {
        (on - self.board().loaded_on).num_days().abs() <= load::NEAR_DAYS
    }

    /// Reads anew what changed about people: seats, presence, delegations, choices. Returns once the next answer knows it.
    ///
    /// # Errors
    /// When the store cannot be read. The people stay pending, and the next call or the job reads them.
    pub(crate) async fn follow(&self, people: impl IntoIterator<Item = PersonId>) -> Result<(), Failure<Never>> {
        lock(&self.switchboard().pending).extend(people);
        if lock(&self.switchboard().pending).is_empty() || self.board().world.houses().next().is_none() {
            lock(&self.switchboard().pending).clear();
            return Ok(());
        }
        let _turn = self.switchboard().turn.lock().await;
        // Whoever had the turn before may have read ours along with theirs.
        let people: Vec<PersonId> = std::mem::take(&mut *lock(&self.switchboard().pending)).into_iter().collect();
        if people.is_empty() {
            return Ok(());
        }
        match super::follow::changes(self, &people).await {
            Ok((revision, changes)) => {
                self.apply(revision, changes);
                Ok(())
            }
            Err(error) => {
                lock(&self.switchboard().pending).extend(people);
                Err(error.into())
            }
        }
    }

    /// Reads anew what people decided about a house's hours. Under the turn, or a whole board that was read before could follow.
    ///
    /// # Errors
    /// When the store cannot be read; the job reads it later.
    pub(super) async fn follow_mode(&self, revision: i64, site: SiteId) -> Result<(), Failure<Never>> {
        let _turn = self.switchboard().turn.lock().await;
        let switches = super::follow::switches(self.db().reader(), Some(site), self.clock().now()).await?;
        self.apply(revision, vec![Change::Switches(site, switches)]);
        Ok(())
    }

    /// The next board, with changes that were read under the turn or that live in memory only.
    pub(super) fn apply(&self, revision: i64, changes: Vec<Change>) {
        let mut current = self.switchboard().current.write().unwrap_or_else(PoisonError::into_inner);
        let revision = revision.max(current.world.revision());
        let world = Arc::new(current.world.with(revision, changes));
        *current = Arc::new(Board { world, ..Board::clone(&current) });
    }
}

//! What can be done: one async function a use case, and the only SQL of the house.
//!
//! Every mutation has the same shape: authorise → `db.write(load facts → domain decides → store → audit)` → after the
//! commit, publish the change. Page, REST, command line and jobs all call these functions and nothing else.

pub mod account;
pub mod audit;
pub mod booking;
pub mod clock;
pub mod db;
pub mod demo;
pub mod error;
pub mod floor;
pub mod import;
pub mod live;
pub mod memo;
pub mod office;
pub mod person;
pub mod secret;
pub mod telephone;
#[cfg(test)]
mod testing;
pub mod verify;

use std::sync::{Arc, OnceLock};

pub use clock::Clock;
pub use db::{Db, DbSettings};
pub use domain::account::Actor;
pub use error::{Failure, Kind, Never};

/// Everything a use case needs. Cheap to clone; one per process.
#[derive(Clone)]
pub struct Services(Arc<Inner>);

struct Inner {
    db: Db,
    clock: Clock,
    live: live::Live,
    office: office::OfficeCache,
    throttle: account::Throttle,
    switchboard: telephone::Switchboard,
    outgoing: OnceLock<memo::Outgoing>,
}

impl Services {
    /// Opens the database (creating and migrating it), takes the lock of an embedded one, and loads the office.
    ///
    /// # Errors
    /// A sentence for the administrator: not reachable, locked by another server, newer than this program.
    pub async fn open(settings: &DbSettings, clock: Clock) -> Result<Self, db::OpenError> {
        let db = Db::open(settings).await?;
        let office = office::OfficeCache::load(&db).await.map_err(|source| db::OpenError::Query(source.to_string()))?;
        let source = telephone::Source { office: &office.get(), now: clock.now() };
        let switchboard = telephone::Switchboard::load(&db, source).await.map_err(|source| db::OpenError::Query(source.to_string()))?;
        let live = live::Live::new();
        live.listen(&db);
        let services = Self(Arc::new(Inner { db, clock, live, office, throttle: account::Throttle::default(), switchboard, outgoing: OnceLock::new() }));
        services.follow_others();
        Ok(services)
    }

    /// The database.
    #[must_use]
    pub fn db(&self) -> &Db {
        &self.0.db
    }

    /// The clock.
    #[must_use]
    pub fn clock(&self) -> &Clock {
        &self.0.clock
    }

    /// Change notices.
    #[must_use]
    pub fn live(&self) -> &live::Live {
        &self.0.live
    }

    /// Sites, floors, seats, units and people as of the last commit that changed them.
    #[must_use]
    pub fn office(&self) -> Arc<office::Office> {
        self.0.office.get()
    }

    pub(crate) fn office_cache(&self) -> &office::OfficeCache {
        &self.0.office
    }

    pub(crate) fn switchboard(&self) -> &telephone::Switchboard {
        &self.0.switchboard
    }

    /// Says once what may leave the house. Until then nothing may.
    pub fn allow_outgoing(&self, outgoing: memo::Outgoing) {
        // Said twice, the first word holds: a running house does not change its mind.
        drop(self.0.outgoing.set(outgoing));
    }

    /// What may leave the house.
    #[must_use]
    pub fn outgoing(&self) -> &memo::Outgoing {
        static NOTHING: memo::Outgoing = memo::Outgoing::NOTHING;
        self.0.outgoing.get().unwrap_or(&NOTHING)
    }

    pub(crate) fn throttle(&self) -> &account::Throttle {
        &self.0.throttle
    }

    /// Finishes what is under way and closes the database.
    pub async fn close(&self) {
        self.0.db.close().await;
    }

    /// Whether the database answers and has this program's schema.
    ///
    /// # Errors
    /// What is wrong, for the log.
    pub async fn ready(&self) -> Result<(), String> {
        self.0.db.ready().await
    }
}

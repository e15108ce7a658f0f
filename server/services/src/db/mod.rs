//! The database: opening, reading, and the one way to write.
//!
//! SQLite has one writer that commits waiting commands together, each in its own savepoint, so that a busy morning
//! shares one disk flush among many; PostgreSQL has a transaction for each command and a bounded retry.

mod cores;
mod lock;
mod open;
#[cfg(test)]
mod tests;
mod together;
mod writer;

pub use open::{DbSettings, Lock, OpenError};
pub(crate) use together::together;
pub use writer::Work;

use crate::error::Failure;
use lock::FileLock;
use sea_orm::{AccessMode, DatabaseBackend, DatabaseConnection, DatabaseTransaction, DbErr, SqlErr, TransactionOptions, TransactionTrait};
use std::sync::Arc;
use writer::Writer;

/// A handle on the database; cheap to clone.
#[derive(Clone)]
pub struct Db {
    reader: DatabaseConnection,
    writer: Writer,
    _lock: Option<Arc<FileLock>>,
}

impl Db {
    /// Connects, takes the lock of an embedded database, and migrates.
    ///
    /// # Errors
    /// [`OpenError`], whose text is for the administrator.
    pub async fn open(settings: &DbSettings) -> Result<Self, OpenError> {
        open::open(settings).await
    }

    /// Connections for reading.
    #[must_use]
    pub fn reader(&self) -> &DatabaseConnection {
        &self.reader
    }

    /// Whether the database is the embedded one.
    #[must_use]
    pub fn is_embedded(&self) -> bool {
        self.reader.get_database_backend() == DatabaseBackend::Sqlite
    }

    /// One snapshot for several reads.
    ///
    /// # Errors
    /// When no connection can be had.
    pub async fn snapshot(&self) -> Result<DatabaseTransaction, DbErr> {
        let mut options = TransactionOptions::default();
        if !self.is_embedded() {
            options.isolation_level = Some(sea_orm::IsolationLevel::RepeatableRead);
            options.access_mode = Some(AccessMode::ReadOnly);
        }
        self.reader.begin_with_options(options).await
    }

    /// Runs `work` in a transaction and returns once its effect is durable. `work` may run again after a clash between
    /// transactions, so it must have no effect but through its transaction.
    ///
    /// # Errors
    /// What `work` returned, or `Busy`/`Unavailable`/`Internal` when the store could not take it; then nothing was kept.
    pub async fn write<T, E, F>(&self, work: F) -> Result<T, Failure<E>>
    where
        T: Send + 'static,
        E: Send + 'static,
        F: for<'c> Fn(&'c DatabaseTransaction) -> Work<'c, T, E> + Send + Sync + 'static,
    {
        self.writer.write(work).await
    }

    /// Whether the database answers and its schema is this program's.
    ///
    /// # Errors
    /// What is wrong, for the log.
    pub async fn ready(&self) -> Result<(), String> {
        use sea_orm::EntityTrait;
        entity::office_revision::Entity::find_by_id(1)
            .one(&self.reader)
            .await
            .map_err(|error| error.to_string())?
            .map(|_| ())
            .ok_or_else(|| "not migrated".to_owned())
    }

    /// Finishes waiting commands and closes.
    pub async fn close(&self) {
        self.writer.close().await;
        if let Err(error) = self.reader.clone().close().await {
            tracing::warn!(%error, "closing the database");
        }
    }
}

/// Whether an error says that a unique key is taken.
#[must_use]
pub fn is_unique_violation(error: &DbErr) -> bool {
    matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_)))
}

/// Whether an error says that the store is away or cannot take writes, which may pass.
#[must_use]
pub fn is_unavailable(report: &str) -> bool {
    const SIGNS: [&str; 12] = [
        "disk is full",
        "disk I/O error",
        "readonly database",
        "unable to open database",
        "database is locked",
        "Connection refused",
        "connection closed",
        "terminating connection",
        "No space left",
        "the database system is",
        "pool timed out",
        "Broken pipe",
    ];
    SIGNS.iter().any(|sign| report.contains(sign))
}

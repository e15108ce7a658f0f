//! Opening a database by URL, with the settings that durability needs.

use super::{
    Db,
    lock::{self, FileLock},
    writer::Writer,
};
use migration::{Migrator, MigratorTrait};
use sea_orm::{
    ConnectOptions, Database, DatabaseConnection, DbErr,
    sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous},
};
use std::{io, path::Path, sync::Arc, time::Duration};

/// Which database, and how.
#[derive(Clone, Debug)]
pub struct DbSettings {
    /// `sqlite://PATH` or `postgres://…`.
    pub url: String,
    /// Whether this process is the server of an embedded database.
    pub lock: Lock,
}

/// How an embedded database is shared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lock {
    /// A server: no second one may open the same file.
    Exclusive,
    /// A command beside a server.
    Shared,
}

/// Why the database cannot be used. The text is a sentence for the administrator.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// Neither `sqlite:` nor `postgres:`.
    #[error("the database address must begin with sqlite:// or postgres://")]
    Scheme,
    /// Another server has the file.
    #[error("another Nanawari server is using {path}; stop it first, or give this one its own NANAWARI_DATA_DIR")]
    Locked {
        /// The file.
        path: String,
    },
    /// The file's folder is missing or not writable.
    #[error("{path} cannot be written: {source}")]
    Folder {
        /// The file.
        path: String,
        /// What the system says.
        source: io::Error,
    },
    /// The server does not answer or refuses.
    #[error("the database cannot be opened: {0}")]
    Connect(String),
    /// The schema cannot be brought up to date, or is newer than this program.
    #[error("the database schema does not fit this program: {0}")]
    Migrate(String),
    /// It opened and then failed.
    #[error("the database cannot be read: {0}")]
    Query(String),
}

const READERS: u32 = 4;
const POSTGRES_CONNECTIONS: u32 = 24;

pub(super) async fn open(settings: &DbSettings) -> Result<Db, OpenError> {
    if let Some(path) = settings.url.strip_prefix("sqlite://").or_else(|| settings.url.strip_prefix("sqlite:")) {
        let path = path.split('?').next().unwrap_or(path);
        return open_sqlite(Path::new(path), settings.lock).await;
    }
    if settings.url.starts_with("postgres://") || settings.url.starts_with("postgresql://") {
        return open_postgres(&settings.url).await;
    }
    Err(OpenError::Scheme)
}

async fn open_sqlite(path: &Path, lock: Lock) -> Result<Db, OpenError> {
    let shown = path.display().to_string();
    let held = match lock {
        Lock::Exclusive => Some(Arc::new(take_lock(path, &shown)?)),
        Lock::Shared => None,
    };
    let file = shown.clone();
    let writer = Writer::single(async move {
        let single = connect_sqlite(&file, 1, ReadWrite::Both).await?;
        migrate(&single).await?;
        Ok(single)
    });
    let writer = writer.await?;
    let reader = connect_sqlite(&shown, READERS, ReadWrite::ReadOnly).await?;
    Ok(Db { reader, writer, _lock: held })
}

fn take_lock(path: &Path, shown: &str) -> Result<FileLock, OpenError> {
    lock::take(path).map_err(|source| match source.kind() {
        io::ErrorKind::WouldBlock => OpenError::Locked { path: shown.to_owned() },
        _ => OpenError::Folder { path: shown.to_owned(), source },
    })
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum ReadWrite {
    Both,
    ReadOnly,
}

async fn connect_sqlite(path: &str, connections: u32, mode: ReadWrite) -> Result<DatabaseConnection, OpenError> {
    let mut options = ConnectOptions::new(format!("sqlite://{path}?mode=rwc"));
    options.max_connections(connections).min_connections(0).acquire_timeout(Duration::from_secs(5)).sqlx_logging(false).test_before_acquire(false);
    // Connections live as long as the program: their statement caches are what makes reads fast. With none wanted beforehand each
    // is opened by whom it is for: a thread that the pool began would not be on the writer's core.
    options.idle_timeout(None).max_lifetime(None);
    options.map_sqlx_sqlite_opts(move |sqlite| {
        let sqlite = sqlite
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(Duration::from_secs(5))
            .statement_cache_capacity(256)
            // Rows come from a thread of their own: with room for a whole floor they come in one go, not in ten wake-ups.
            .row_buffer_size(4_096);
        match mode {
            // A floor's day is a few hundred pages, and the system keeps the file in memory besides.
            ReadWrite::ReadOnly => sqlite.pragma("cache_size", "-2000").pragma("query_only", "ON"),
            // Each commit is on disk by its own flush. To carry the log over takes two more, during which nobody can write: seldom,
            // and then at most 16 MiB at once.
            ReadWrite::Both => sqlite.pragma("cache_size", "-4000").pragma("wal_autocheckpoint", "4000"),
        }
    });
    Database::connect(options).await.map_err(|error| OpenError::Connect(error.to_string()))
}

async fn open_postgres(url: &str) -> Result<Db, OpenError> {
    let mut options = ConnectOptions::new(url.to_owned());
    options
        .max_connections(POSTGRES_CONNECTIONS)
        .min_connections(1)
        .connect_timeout(Duration::from_secs(5))
        .acquire_timeout(Duration::from_secs(5))
        .statement_timeout(Duration::from_secs(10))
        .sqlx_logging(false);
    let pool = Database::connect(options).await.map_err(|error| OpenError::Connect(error.to_string()))?;
    migrate(&pool).await?;
    Ok(Db { reader: pool.clone(), writer: Writer::pool(pool), _lock: None })
}

/// Several servers may start at once on one PostgreSQL: the loser of the race tries once more and finds the work done.
async fn migrate(connection: &DatabaseConnection) -> Result<(), OpenError> {
    let mut last = DbErr::Custom(String::new());
    for _ in 0..3 {
        match Migrator::up(connection, None).await {
            Ok(()) => return Ok(()),
            Err(error) => last = error,
        }
        tokio::time::sleep(Duration::from_millis(300)).await;
    }
    Err(OpenError::Migrate(last.to_string()))
}

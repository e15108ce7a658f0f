//! Change notices: "this floor changed on this day". Within a process by a channel, between servers by PostgreSQL.

use crate::db::Db;
use chrono::NaiveDate;
use domain::FloorId;
use sea_orm::{ConnectionTrait, Statement, sqlx::postgres::PgListener};
use serde::{Deserialize, Serialize};
use std::{sync::Arc, time::Duration};
use tokio::sync::broadcast;

/// Something changed on a floor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// The floor.
    pub floor: FloorId,
    /// The local day.
    #[serde(rename = "date")]
    pub on: NaiveDate,
    /// Grows with every change.
    pub version: i64,
}

/// Notices waiting for one slow reader; beyond that it is told to look anew.
const BACKLOG: usize = 256;
const CHANNEL: &str = "nanawari_changed";

/// Sends and hears change notices; cheap to clone.
#[derive(Clone)]
pub struct Live {
    sender: broadcast::Sender<Change>,
    postgres: Arc<std::sync::OnceLock<Db>>,
}

impl Live {
    pub(crate) fn new() -> Self {
        Self { sender: broadcast::Sender::new(BACKLOG), postgres: Arc::default() }
    }

    /// Hears every change from now on.
    #[must_use]
    pub fn subscribe(&self) -> broadcast::Receiver<Change> {
        self.sender.subscribe()
    }

    /// Tells this process's readers and, on PostgreSQL, those of the other servers. Called after the commit; a notice
    /// that cannot be sent is logged and not missed for long, since pages also refetch when they reconnect.
    pub(crate) async fn publish(&self, changes: impl IntoIterator<Item = Change>) {
        for change in changes {
            match self.postgres.get() {
                // Our own notice comes back through the listener, in commit order with everybody else's.
                Some(db) => notify(db, &change).await,
                // Nobody listening is no error.
                None => drop(self.sender.send(change)),
            }
        }
    }

    /// On PostgreSQL, begins to hear the other servers.
    pub(crate) fn listen(&self, db: &Db) {
        if !db.is_embedded() && self.postgres.set(db.clone()).is_ok() {
            tokio::spawn(listen_loop(db.clone(), self.sender.clone()));
        }
    }
}

async fn notify(db: &Db, change: &Change) {
    let Ok(text) = serde_json::to_string(change) else { return };
    let reader = db.reader();
    let statement = Statement::from_sql_and_values(reader.get_database_backend(), "SELECT pg_notify($1, $2)", [CHANNEL.into(), text.into()]);
    if let Err(error) = reader.execute_raw(statement).await {
        tracing::warn!(%error, "a change notice was not sent");
    }
}

async fn listen_loop(db: Db, sender: broadcast::Sender<Change>) {
    loop {
        if let Err(error) = listen_until_lost(&db, &sender).await {
            tracing::warn!(%error, "change notices of other servers are not heard; trying again");
        }
        if db.reader().get_postgres_connection_pool().is_closed() {
            return;
        }
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
}

async fn listen_until_lost(db: &Db, sender: &broadcast::Sender<Change>) -> Result<(), sea_orm::SqlxError> {
    let mut listener = PgListener::connect_with(db.reader().get_postgres_connection_pool()).await?;
    listener.listen(CHANNEL).await?;
    loop {
        let notice = listener.recv().await?;
        if let Ok(change) = serde_json::from_str(notice.payload()) {
            drop(sender.send(change));
        }
    }
}

//! Change notices: "this floor changed on this day", "calls for this person go elsewhere". Within a process by a channel,
//! between servers by PostgreSQL.

use crate::{Services, db::Db};
use chrono::NaiveDate;
use domain::{FloorId, PersonId, memo::MemoTo};
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
    /// Whose booking it was.
    pub person: PersonId,
}

/// Something that others should look at anew.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Notice {
    /// Somebody's booking on a floor.
    Floor(Change),
    /// Presence, hand-over or choices of a person.
    Person(PersonId),
    /// What houses do with calls.
    Mode,
    /// A memo was written, read or closed: for whom it is, and who wrote it.
    Memo(MemoTo, Option<PersonId>),
}

/// Notices waiting for one slow reader; beyond that it is told to look anew.
const BACKLOG: usize = 256;
const CHANNEL: &str = "nanawari_changed";

/// Sends and hears change notices; cheap to clone.
#[derive(Clone)]
pub struct Live {
    sender: broadcast::Sender<Notice>,
    postgres: Arc<std::sync::OnceLock<Db>>,
}

impl Live {
    pub(crate) fn new() -> Self {
        Self { sender: broadcast::Sender::new(BACKLOG), postgres: Arc::default() }
    }

    /// Hears every change from now on.
    #[must_use]
    pub fn subscribe(&self) -> broadcast::Receiver<Notice> {
        self.sender.subscribe()
    }

    /// Tells this process's readers and, on PostgreSQL, those of the other servers. Called after the commit; a notice
    /// that cannot be sent is logged and not missed for long, since pages also refetch when they reconnect.
    pub(crate) async fn publish(&self, notices: impl IntoIterator<Item = Notice>) {
        for notice in notices {
            match self.postgres.get() {
                // Our own notice comes back through the listener, in commit order with everybody else's.
                Some(db) => notify(db, &notice).await,
                // Nobody listening is no error.
                None => drop(self.sender.send(notice)),
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

async fn notify(db: &Db, notice: &Notice) {
    let Ok(text) = serde_json::to_string(notice) else { return };
    let reader = db.reader();
    let statement = Statement::from_sql_and_values(reader.get_database_backend(), "SELECT pg_notify($1, $2)", [CHANNEL.into(), text.into()]);
    if let Err(error) = reader.execute_raw(statement).await {
        tracing::warn!(%error, "a change notice was not sent");
    }
}

async fn listen_loop(db: Db, sender: broadcast::Sender<Notice>) {
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

async fn listen_until_lost(db: &Db, sender: &broadcast::Sender<Notice>) -> Result<(), sea_orm::SqlxError> {
    let mut listener = PgListener::connect_with(db.reader().get_postgres_connection_pool()).await?;
    listener.listen(CHANNEL).await?;
    loop {
        let heard = listener.recv().await?;
        if let Ok(notice) = serde_json::from_str(heard.payload()) {
            drop(sender.send(notice));
        }
    }
}

impl Services {
    /// After a commit: the telephones follow first, so that whoever was answered finds the next call at the new seat; then
    /// everybody else hears of it. A board that cannot be read now is read by the job, and the booking stands.
    pub(crate) async fn announce(&self, changes: impl IntoIterator<Item = Change>) {
        let changes: Vec<Change> = changes.into_iter().collect();
        if let Err(failure) = self.follow(changes.iter().filter(|change| self.is_near(change.on)).map(|change| change.person)).await {
            tracing::error!(?failure, "the telephones do not know of a change yet");
        }
        self.live().publish(changes.into_iter().map(Notice::Floor)).await;
    }

    /// On PostgreSQL, makes the telephones follow what other servers committed.
    pub(crate) fn follow_others(&self) {
        if self.db().is_embedded() {
            return;
        }
        let mut notices = self.live().subscribe();
        let inner = Arc::downgrade(&self.0);
        tokio::spawn(async move {
            loop {
                let heard = notices.recv().await;
                let Some(cx) = inner.upgrade().map(Self) else { return };
                let followed = match heard {
                    Ok(Notice::Floor(change)) if cx.is_near(change.on) => cx.follow([change.person]).await,
                    Ok(Notice::Person(person)) => cx.follow([person]).await,
                    Ok(Notice::Floor(_) | Notice::Memo(..)) => Ok(()),
                    Ok(Notice::Mode) | Err(broadcast::error::RecvError::Lagged(_)) => cx.reload_board().await,
                    Err(broadcast::error::RecvError::Closed) => return,
                };
                if let Err(failure) = followed {
                    tracing::error!(?failure, "the telephones do not know yet what another server did");
                }
            }
        });
    }
}

//! The one way to write.

use super::{OpenError, cores::stay_on_one_core};
use crate::error::Failure;
use sea_orm::{ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbErr, SqliteTransactionMode, TransactionOptions, TransactionTrait};
use std::{future::Future, pin::Pin, thread, time::Duration};
use tokio::{
    runtime::Handle,
    sync::{mpsc, oneshot},
};

/// The future of one command inside its transaction.
pub type Work<'c, T, E> = Pin<Box<dyn Future<Output = Result<T, Failure<E>>> + Send + 'c>>;

/// Told once, after the common commit: everything is on disk, or nothing of the batch is.
type Answer = Box<dyn FnOnce(Result<(), String>) + Send>;
type Command = Box<dyn for<'c> FnOnce(&'c DatabaseTransaction) -> Pin<Box<dyn Future<Output = Done> + Send + 'c>> + Send>;

/// A command that ran and is not committed yet.
pub(super) struct Done {
    /// Whether what it wrote stays.
    kept: bool,
    answer: Answer,
}

/// Where the first command of a batch begins.
const MARK: &str = "SAVEPOINT command";
/// A command's effect stays; the next one begins here. One step, because every command of everybody waits for it.
const KEEP: &str = "RELEASE command; SAVEPOINT command";
/// A command's effect goes; the next one begins at the same mark.
const GIVE_UP: &str = "ROLLBACK TO command";

/// Commands that may wait; more are told to come back.
const QUEUE: usize = 2_048;
/// Commands that share one commit at most.
const BATCH: usize = 128;
/// How long a command waits for a place in the queue.
const PATIENCE: Duration = Duration::from_secs(5);
/// How often a clash of PostgreSQL transactions is tried again.
const RETRIES: u32 = 3;

#[derive(Clone)]
pub(super) enum Writer {
    Single(mpsc::Sender<Message>),
    Pool(DatabaseConnection),
}

pub(super) enum Message {
    Run(Command),
    Close(oneshot::Sender<()>),
}

impl Writer {
    /// A writer that owns the only connection that writes, and a thread. It opens the connection itself, so that the thread behind
    /// that stays on the writer's core.
    ///
    /// # Errors
    /// Why the connection could not be opened.
    pub(super) async fn single(open: impl Future<Output = Result<DatabaseConnection, OpenError>> + Send + 'static) -> Result<Self, OpenError> {
        let (sender, receiver) = mpsc::channel(QUEUE);
        let (told, opened) = oneshot::channel();
        let runtime = Handle::current();
        let run = move || {
            stay_on_one_core();
            runtime.block_on(async move {
                let connection = open.await;
                // Nobody waits any more when the start was given up.
                let (report, connection) = connection.map_or_else(|error| (Err(error), None), |connection| (Ok(()), Some(connection)));
                if let (Ok(()), Some(connection)) = (told.send(report), connection) {
                    write_loop(connection, receiver).await;
                }
            });
        };
        thread::Builder::new().name("writer".into()).spawn(run).map_err(|error| OpenError::Connect(error.to_string()))?;
        opened.await.map_err(|_| OpenError::Connect("the writer stopped".into()))??;
        Ok(Self::Single(sender))
    }

    /// A transaction for each command.
    pub(super) fn pool(connection: DatabaseConnection) -> Self {
        Self::Pool(connection)
    }

    pub(super) async fn write<T, E, F>(&self, work: F) -> Result<T, Failure<E>>
    where
        T: Send + 'static,
        E: Send + 'static,
        F: for<'c> Fn(&'c DatabaseTransaction) -> Work<'c, T, E> + Send + Sync + 'static,
    {
        match self {
            Self::Single(sender) => queue(sender, work).await,
            Self::Pool(connection) => transact(connection, work).await,
        }
    }

    pub(super) async fn close(&self) {
        if let Self::Single(sender) = self {
            let (done, closed) = oneshot::channel();
            if sender.send(Message::Close(done)).await.is_ok() {
                // An error means the task is gone already, which is what we want.
                let _gone = closed.await;
            }
        }
    }
}

async fn queue<T, E, F>(sender: &mpsc::Sender<Message>, work: F) -> Result<T, Failure<E>>
where
    T: Send + 'static,
    E: Send + 'static,
    F: for<'c> Fn(&'c DatabaseTransaction) -> Work<'c, T, E> + Send + Sync + 'static,
{
    let (answer, answered) = oneshot::channel();
    let command: Command = Box::new(move |transaction| Box::pin(run(transaction, work, answer)));
    match sender.send_timeout(Message::Run(command), PATIENCE).await {
        Ok(()) => answered.await.unwrap_or_else(|_| Err(Failure::Unavailable("the writer stopped".into()))),
        Err(mpsc::error::SendTimeoutError::Timeout(_)) => Err(Failure::Busy),
        Err(mpsc::error::SendTimeoutError::Closed(_)) => Err(Failure::Unavailable("the writer stopped".into())),
    }
}

async fn run<T, E, F>(transaction: &DatabaseTransaction, work: F, answer: oneshot::Sender<Result<T, Failure<E>>>) -> Done
where
    T: Send + 'static,
    E: Send + 'static,
    F: for<'c> Fn(&'c DatabaseTransaction) -> Work<'c, T, E> + Send + Sync + 'static,
{
    let result = work(transaction).await;
    let kept = result.is_ok();
    let answer = Box::new(move |committed| {
        let result = match committed {
            Ok(()) => result,
            Err(report) => result.and(Err(Failure::from(DbErr::Custom(report)))),
        };
        // Nobody waits any more when the client went away; the command stands all the same.
        let _gone = answer.send(result);
    });
    Done { kept, answer }
}

async fn write_loop(connection: DatabaseConnection, mut receiver: mpsc::Receiver<Message>) {
    let mut messages = Vec::with_capacity(BATCH);
    loop {
        if receiver.recv_many(&mut messages, BATCH).await == 0 {
            break;
        }
        let mut closing = Vec::new();
        let mut commands = Vec::with_capacity(messages.len());
        for message in messages.drain(..) {
            match message {
                Message::Run(command) => commands.push(command),
                Message::Close(done) => closing.push(done),
            }
        }
        if !commands.is_empty() {
            run_batch(&connection, commands).await;
        }
        if let Some(done) = closing.pop() {
            drop(connection.close().await);
            let _gone = done.send(());
            break;
        }
    }
}

/// Runs commands in one transaction, commits once, then tells everybody.
async fn run_batch(connection: &DatabaseConnection, commands: Vec<Command>) {
    let options = TransactionOptions { sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate), ..TransactionOptions::default() };
    let transaction = match connection.begin_with_options(options).await {
        Ok(transaction) => transaction,
        // Dropping a command drops its answer: its caller hears that the store is unavailable.
        Err(error) => return tracing::error!(%error, "the store takes no writes"),
    };
    let mut answers = Vec::with_capacity(commands.len());
    let committed = match run_all(&transaction, commands, &mut answers).await {
        Ok(()) => transaction.commit().await,
        Err(error) => transaction.rollback().await.and(Err(error)),
    };
    let committed = committed.map_err(|error| error.to_string());
    if let Err(report) = &committed {
        tracing::error!(report, "a commit failed; its commands were refused");
    }
    for answer in answers {
        answer(committed.clone());
    }
}

/// Each command from a mark of its own. A mark that cannot be set means that the database gave up the transaction (a full
/// disk does that): whoever comes after it would write for itself alone, so nobody does.
async fn run_all(transaction: &DatabaseTransaction, commands: Vec<Command>, answers: &mut Vec<Answer>) -> Result<(), DbErr> {
    transaction.execute_unprepared(MARK).await?;
    for command in commands {
        let Done { kept, answer } = command(transaction).await;
        answers.push(answer);
        transaction.execute_unprepared(if kept { KEEP } else { GIVE_UP }).await?;
    }
    Ok(())
}

async fn transact<T, E, F>(connection: &DatabaseConnection, work: F) -> Result<T, Failure<E>>
where
    F: for<'c> Fn(&'c DatabaseTransaction) -> Work<'c, T, E> + Send + Sync + 'static,
{
    let mut attempt = 0;
    loop {
        let transaction = connection.begin().await?;
        let result = match work(&transaction).await {
            Ok(value) => match transaction.commit().await {
                Ok(()) => return Ok(value),
                Err(error) if !is_clash(&error.to_string()) => return Err(error.into()),
                Err(error) => Err(error.into()),
            },
            Err(failure) => {
                // The connection may be gone with the error; the server rolls back by itself then.
                let _lost = transaction.rollback().await;
                Err(failure)
            }
        };
        match result {
            Err(Failure::Internal(report)) if is_clash(&report) && attempt < RETRIES => attempt += 1,
            other => return other,
        }
        tokio::time::sleep(Duration::from_millis(5 << attempt)).await;
    }
}

/// Serialisation failure or deadlock: PostgreSQL asks to try again.
fn is_clash(report: &str) -> bool {
    report.contains("deadlock detected") || report.contains("could not serialize access")
}

//! What is to be sent, one at a time: taken by one server, sent by it, and settled. What is said is made when it is sent, so that a
//! memo which was closed meanwhile is not told of, and nothing personal waits in a queue.

use super::{
    read::{self, load},
    telling::{EMERGENCY, MAIL, TRY},
    webhook::target_of,
};
use crate::{Failure, Never, Services, memo::WebhookTarget};
use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    MemoId, PersonId,
    memo::{MailWish, Tongue, Viewer, next_try, view::MemoView},
};
use entity::{memo_setting, outbox};
use sea_orm::{ColumnTrait, Condition, DbErr, EntityTrait, QueryFilter, QueryOrder, sea_query::Expr};

/// A server that dies while it sends lets go after so long; the sending itself takes seconds.
const LEASE: TimeDelta = TimeDelta::minutes(2);
/// Longest description of a trouble, characters.
const LONGEST: usize = 200;

/// Something to send now.
#[derive(Clone, Debug)]
pub struct Due {
    /// Its number, the same at every try: receivers know by it what they have had.
    pub id: i64,
    created_at: DateTime<Utc>,
    attempts: u32,
    /// What.
    pub message: Message,
}

/// What is to be sent.
#[derive(Clone, Debug)]
pub enum Message {
    /// A mail to a person.
    Mail {
        /// Where to.
        address: String,
        /// Their name.
        name: String,
        /// In which language.
        tongue: Tongue,
        /// Whether it says what the memo says.
        whole: bool,
        /// The memo.
        memo: Box<MemoView>,
    },
    /// A message to a program.
    Webhook {
        /// The program.
        target: WebhookTarget,
        /// The memo; none when it is only tried.
        memo: Option<Box<MemoView>>,
    },
}

/// Takes the next thing to send; nobody else gets it for two minutes. What is not needed any more is settled on the way.
///
/// # Errors
/// When the store cannot be read or written.
pub async fn claim(cx: &Services) -> Result<Option<Due>, Failure<Never>> {
    claim_of(cx, Condition::all()).await
}

/// The same of emergencies only: these do not stand in line behind anything.
///
/// # Errors
/// As [`claim`].
pub async fn claim_emergency(cx: &Services) -> Result<Option<Due>, Failure<Never>> {
    claim_of(cx, Condition::all().add(outbox::Column::Occasion.eq(EMERGENCY))).await
}

async fn claim_of(cx: &Services, which: Condition) -> Result<Option<Due>, Failure<Never>> {
    loop {
        let now = cx.clock().now();
        let due = outbox::Entity::find().filter(outbox::Column::NextAt.lte(now)).filter(which.clone());
        let next = due.order_by_asc(outbox::Column::NextAt).order_by_asc(outbox::Column::Id);
        let Some(row) = next.one(cx.db().reader()).await? else { return Ok(None) };
        if !take(cx, &row, now).await? {
            // Another server was faster.
            continue;
        }
        match message(cx, &row).await? {
            Some(message) => {
                let attempts = u32::try_from(row.attempts).unwrap_or(0) + 1;
                return Ok(Some(Due { id: row.id, created_at: row.created_at, attempts, message }));
            }
            None => settle(cx, row.id, None, None, None).await?,
        }
    }
}

async fn take(cx: &Services, row: &outbox::Model, now: DateTime<Utc>) -> Result<bool, Failure<Never>> {
    let (id, seen) = (row.id, row.attempts);
    cx.db()
        .write(move |transaction| {
            Box::pin(async move {
                let taken = outbox::Entity::update_many()
                    .col_expr(outbox::Column::Attempts, Expr::value(seen + 1))
                    .col_expr(outbox::Column::NextAt, Expr::value(now + LEASE))
                    .filter(outbox::Column::Id.eq(id))
                    .filter(outbox::Column::Attempts.eq(seen))
                    .filter(outbox::Column::NextAt.is_not_null())
                    .exec(transaction)
                    .await?;
                Ok::<_, Failure<Never>>(taken.rows_affected > 0)
            })
        })
        .await
}

/// What a row says, or nothing when there is nothing to say any more.
async fn message(cx: &Services, row: &outbox::Model) -> Result<Option<Message>, DbErr> {
    let found = match row.memo_id {
        Some(id) => match load(cx.db().reader(), MemoId(id)).await? {
            Some(found) if found.memo.ended.is_none() => Some(found),
            _ => return Ok(None),
        },
        None => None,
    };
    if row.channel != MAIL {
        let Some(target) = target_of(cx, row.recipient_id).await? else { return Ok(None) };
        let memo = found.map(|found| read::view(cx, &Viewer::default(), found.row, &found.memo)).transpose()?;
        return Ok((memo.is_some() || row.occasion == TRY).then(|| Message::Webhook { target, memo: memo.map(Box::new) }));
    }
    let (person, office) = (PersonId(row.recipient_id), cx.office());
    let Some(found) = found.filter(|found| !found.memo.receipts.iter().any(|receipt| receipt.by == person)) else { return Ok(None) };
    let Some((address, name)) = office.people.get(&person).and_then(|person| Some((person.email.clone()?, person.name.clone()))) else { return Ok(None) };
    let chosen = memo_setting::Entity::find_by_id(person.0).one(cx.db().reader()).await?;
    // Who must run cannot look first.
    let whole = found.row.emergency.is_some() || chosen.as_ref().is_some_and(|row| row.mail == MailWish::Whole.code());
    let tongue = chosen.as_ref().and_then(|row| Tongue::parse(&row.lang)).unwrap_or(Tongue::Ja);
    let viewer = Viewer { person: Some(person), ..Viewer::default() };
    let memo = Box::new(read::view(cx, &viewer, found.row, &found.memo)?);
    Ok(Some(Message::Mail { address, name, tongue, whole, memo }))
}

/// It was sent.
///
/// # Errors
/// When the store cannot be written; then it may be sent once more.
pub async fn sent(cx: &Services, due: &Due) -> Result<(), Failure<Never>> {
    settle(cx, due.id, None, Some(cx.clock().now()), None).await
}

/// It could not be sent. Tried again later if that may help; else, and after a day, given up. Returns when it is tried again.
///
/// # Errors
/// When the store cannot be written; then it is tried again.
pub async fn failed(cx: &Services, due: &Due, trouble: &str, may_pass: bool) -> Result<Option<DateTime<Utc>>, Failure<Never>> {
    let next = if may_pass { next_try(due.created_at, due.attempts, cx.clock().now()) } else { None };
    let trouble = trouble.chars().take(LONGEST).collect();
    settle(cx, due.id, next, None, Some(trouble)).await?;
    Ok(next)
}

async fn settle(cx: &Services, id: i64, next_at: Option<DateTime<Utc>>, sent_at: Option<DateTime<Utc>>, trouble: Option<String>) -> Result<(), Failure<Never>> {
    cx.db()
        .write(move |transaction| {
            let trouble = trouble.clone();
            Box::pin(async move {
                outbox::Entity::update_many()
                    .col_expr(outbox::Column::NextAt, Expr::value(next_at))
                    .col_expr(outbox::Column::SentAt, Expr::value(sent_at))
                    .col_expr(outbox::Column::Trouble, Expr::value(trouble))
                    .filter(outbox::Column::Id.eq(id))
                    .exec(transaction)
                    .await?;
                Ok::<_, Failure<Never>>(())
            })
        })
        .await
}

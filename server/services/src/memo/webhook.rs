//! Programs elsewhere that are told of memos, and how that goes. An administrator names them; their hosts must be among those that
//! whoever runs the house permits.

use super::{
    Telling, name_of,
    telling::{MAIL, TRY, WEBHOOK},
};
use crate::{Actor, Failure, Kind, Never, Services, audit, secret};
use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};
use domain::{
    SectionId, WebhookId,
    memo::{Format, MemoTo, Tongue, UrlError, WebhookUrl},
};
use entity::{outbox, webhook};
use sea_orm::{
    ActiveValue::{NotSet, Set},
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, Select,
    sea_query::Expr,
};
use serde_json::json;

/// Longest name, characters.
const LONGEST_NAME: usize = 60;
/// A secret can be seen for so long after it was made.
const FRESH: TimeDelta = TimeDelta::minutes(10);

/// A program as an administrator enters it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewWebhook {
    /// What administrators call it.
    pub name: String,
    /// Its address.
    pub url: String,
    /// How it wants to be told.
    pub format: Format,
    /// In which language.
    pub tongue: Tongue,
    /// Whether it is told what the memo says; else only that one waits.
    pub whole: bool,
    /// The section whose memos it is told of; every memo without one.
    pub section: Option<SectionId>,
}

/// Why a program is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WebhookRefusal {
    /// It has no name, or one that is too long.
    Name,
    /// Its address cannot be told.
    Url(UrlError),
}

impl WebhookRefusal {
    /// The stable word.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Name => "webhook_name",
            Self::Url(error) => error.code(),
        }
    }
}

/// A program as it is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WebhookTarget {
    /// Its number.
    pub id: WebhookId,
    /// Its address.
    pub url: String,
    /// How it wants to be told.
    pub format: Format,
    /// In which language.
    pub tongue: Tongue,
    /// Whether it is told what the memo says.
    pub whole: bool,
    /// What its messages are signed with.
    pub secret: String,
}

/// How telling goes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WebhookState {
    /// Messages that wait, most of them for another try.
    pub waiting: u64,
    /// Messages that were given up.
    pub given_up: u64,
    /// When one arrived last, on the wall.
    pub sent: Option<NaiveDateTime>,
    /// What is wrong with those that wait or were given up, the newest.
    pub trouble: Option<String>,
}

/// A program as an administrator sees it. The path of its address is a secret of its own with some services, so only the host is
/// shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WebhookView {
    /// Its number.
    pub id: WebhookId,
    /// Its name.
    pub name: String,
    /// Host and port of its address.
    pub host: String,
    /// Whether its host is still permitted.
    pub permitted: bool,
    /// How it wants to be told.
    pub format: Format,
    /// In which language.
    pub tongue: Tongue,
    /// Whether it is told what the memo says.
    pub whole: bool,
    /// The section whose memos it is told of, by number and name.
    pub section: Option<(SectionId, String)>,
    /// How it goes.
    pub state: WebhookState,
}

/// How mailing goes.
pub type MailState = WebhookState;

fn administers(actor: &Actor) -> bool {
    actor.administers_people()
}

/// Adds a program. Returns its number and its secret, which is shown this once.
///
/// # Errors
/// `Denied` for who does not administer; `NotFound` for a section that is not there; `Refused` for what cannot be used.
pub async fn add_webhook(cx: &Services, actor: &Actor, new: NewWebhook) -> Result<(WebhookId, String), Failure<WebhookRefusal>> {
    if !administers(actor) {
        return Err(Failure::Denied);
    }
    let name = new.name.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.is_empty() || name.chars().count() > LONGEST_NAME || name.chars().any(char::is_control) {
        return Err(Failure::Refused(WebhookRefusal::Name));
    }
    let url = WebhookUrl::parse(&new.url).map_err(|error| Failure::Refused(WebhookRefusal::Url(error)))?;
    cx.outgoing().allowed.permits(&url).map_err(|error| Failure::Refused(WebhookRefusal::Url(error)))?;
    if new.section.is_some_and(|section| name_of(cx, MemoTo::Section(section)).is_empty()) {
        return Err(Failure::NotFound(Kind::Section));
    }
    let (by, at, secret) = (actor.clone(), cx.clock().now(), secret::fresh());
    let row = webhook::ActiveModel {
        id: NotSet,
        name: Set(name),
        url: Set(new.url.trim().to_owned()),
        format: Set(new.format.code().to_owned()),
        lang: Set(new.tongue.code().to_owned()),
        whole: Set(new.whole),
        section_id: Set(new.section.map(|section| section.0)),
        secret: Set(secret.clone()),
        created_at: Set(at),
        ended_at: Set(None),
    };
    let detail = json!({ "host": url.authority(), "format": new.format, "whole": new.whole, "section": new.section });
    let id = cx
        .db()
        .write(move |transaction| {
            let (row, by, detail) = (row.clone(), by.clone(), detail.clone());
            Box::pin(async move {
                let id = webhook::Entity::insert(row).exec(transaction).await?.last_insert_id;
                audit::record(transaction, at, &by, "webhook.add", format!("webhook:{id}"), detail).await?;
                Ok::<_, Failure<WebhookRefusal>>(WebhookId(id))
            })
        })
        .await?;
    Ok((id, secret))
}

/// Tells a program no more. What waits for it is not sent.
///
/// # Errors
/// `Denied` for who does not administer; `NotFound` for a program that is not there.
pub async fn end_webhook(cx: &Services, actor: &Actor, id: WebhookId) -> Result<(), Failure<Never>> {
    set_ended(cx, actor, id, "webhook.end").await
}

/// Tells it again: what `end_webhook` ended by mistake, with the same secret.
///
/// # Errors
/// `Denied` for who does not administer; `NotFound` for a program that was not ended.
pub async fn restore_webhook(cx: &Services, actor: &Actor, id: WebhookId) -> Result<(), Failure<Never>> {
    set_ended(cx, actor, id, "webhook.restore").await
}

async fn set_ended(cx: &Services, actor: &Actor, id: WebhookId, action: &'static str) -> Result<(), Failure<Never>> {
    if !administers(actor) {
        return Err(Failure::Denied);
    }
    let (by, at, ends) = (actor.clone(), cx.clock().now(), action == "webhook.end");
    cx.db()
        .write(move |transaction| {
            let by = by.clone();
            Box::pin(async move {
                let before = if ends { webhook::Column::EndedAt.is_null() } else { webhook::Column::EndedAt.is_not_null() };
                let changed = webhook::Entity::update_many()
                    .col_expr(webhook::Column::EndedAt, Expr::value(ends.then_some(at)))
                    .filter(webhook::Column::Id.eq(id.0))
                    .filter(before)
                    .exec(transaction)
                    .await?;
                if changed.rows_affected == 0 {
                    return Err(Failure::NotFound(Kind::Webhook));
                }
                audit::record(transaction, at, &by, action, format!("webhook:{id}"), json!({})).await?;
                Ok::<_, Failure<Never>>(())
            })
        })
        .await
}

/// Sends a program a message that says nothing, to see whether it arrives.
///
/// # Errors
/// `Denied` for who does not administer; `NotFound` for a program that is not there.
pub async fn try_webhook(cx: &Services, actor: &Actor, id: WebhookId) -> Result<(), Failure<Never>> {
    if !administers(actor) {
        return Err(Failure::Denied);
    }
    if target_of(cx, id.0).await?.is_none() {
        return Err(Failure::NotFound(Kind::Webhook));
    }
    let (by, telling) = (actor.clone(), Telling::now(cx));
    cx.db()
        .write(move |transaction| {
            let (by, telling) = (by.clone(), telling.clone());
            Box::pin(async move {
                telling.put(transaction, None, WEBHOOK, id.0, TRY).await?;
                audit::record(transaction, telling.now, &by, "webhook.try", format!("webhook:{id}"), json!({})).await?;
                Ok::<_, Failure<Never>>(())
            })
        })
        .await
}

/// The secret of a program that was added in the last ten minutes: it is shown where it was asked for, and never after.
///
/// # Errors
/// `Denied` for who does not administer.
pub async fn fresh_secret(cx: &Services, actor: &Actor, id: WebhookId) -> Result<Option<String>, Failure<Never>> {
    if !administers(actor) {
        return Err(Failure::Denied);
    }
    let since = cx.clock().now() - FRESH;
    let fresh = webhook::Entity::find_by_id(id.0).filter(webhook::Column::EndedAt.is_null()).filter(webhook::Column::CreatedAt.gt(since));
    Ok(fresh.one(cx.db().reader()).await?.map(|row| row.secret))
}

/// A program that is told, by number.
pub(super) async fn target_of(cx: &Services, id: i64) -> Result<Option<WebhookTarget>, DbErr> {
    let row = webhook::Entity::find_by_id(id).filter(webhook::Column::EndedAt.is_null()).one(cx.db().reader()).await?;
    row.map(|row| {
        let (format, tongue) = words(&row)?;
        Ok(WebhookTarget { id: WebhookId(row.id), url: row.url, format, tongue, whole: row.whole, secret: row.secret })
    })
    .transpose()
}

fn words(row: &webhook::Model) -> Result<(Format, Tongue), DbErr> {
    let corrupt = |what: &str| DbErr::Custom(format!("webhook {}: {what}", row.id));
    Ok((Format::parse(&row.format).ok_or_else(|| corrupt("format"))?, Tongue::parse(&row.lang).ok_or_else(|| corrupt("lang"))?))
}

/// Every program that is told, and how that goes.
///
/// # Errors
/// `Denied` for who does not administer.
pub async fn webhooks(cx: &Services, actor: &Actor) -> Result<Vec<WebhookView>, Failure<Never>> {
    if !administers(actor) {
        return Err(Failure::Denied);
    }
    let rows = webhook::Entity::find().filter(webhook::Column::EndedAt.is_null()).order_by_asc(webhook::Column::Id).all(cx.db().reader()).await?;
    let mut views = Vec::with_capacity(rows.len());
    for row in rows {
        let (format, tongue) = words(&row)?;
        let url = WebhookUrl::parse(&row.url).ok();
        let of_it = Condition::all().add(outbox::Column::Channel.eq(WEBHOOK)).add(outbox::Column::RecipientId.eq(row.id));
        views.push(WebhookView {
            id: WebhookId(row.id),
            permitted: url.as_ref().is_some_and(|url| cx.outgoing().allowed.permits(url).is_ok()),
            host: url.map(|url| url.authority()).unwrap_or_default(),
            format,
            tongue,
            whole: row.whole,
            section: row.section_id.map(|id| (SectionId(id), name_of(cx, MemoTo::Section(SectionId(id))))),
            state: state(cx, actor, of_it).await?,
            name: row.name,
        });
    }
    Ok(views)
}

/// How mailing goes.
///
/// # Errors
/// `Denied` for who does not administer.
pub async fn mail_state(cx: &Services, actor: &Actor) -> Result<MailState, Failure<Never>> {
    if !administers(actor) {
        return Err(Failure::Denied);
    }
    Ok(state(cx, actor, Condition::all().add(outbox::Column::Channel.eq(MAIL))).await?)
}

async fn state(cx: &Services, actor: &Actor, of: Condition) -> Result<WebhookState, DbErr> {
    let rows = || outbox::Entity::find().filter(of.clone());
    let given_up = || rows().filter(outbox::Column::NextAt.is_null()).filter(outbox::Column::Trouble.is_not_null());
    let newest: Option<DateTime<Utc>> =
        rows().filter(outbox::Column::SentAt.is_not_null()).order_by_desc(outbox::Column::SentAt).one(cx.db().reader()).await?.and_then(|row| row.sent_at);
    let troubled = rows().filter(outbox::Column::Trouble.is_not_null()).order_by_desc(outbox::Column::Id).one(cx.db().reader()).await?;
    Ok(WebhookState {
        waiting: count(cx.db().reader(), rows().filter(outbox::Column::NextAt.is_not_null())).await?,
        given_up: count(cx.db().reader(), given_up()).await?,
        sent: newest.map(|at| super::wall(cx, actor.person(), at)),
        trouble: troubled.and_then(|row| row.trouble),
    })
}

async fn count(connection: &impl ConnectionTrait, query: Select<outbox::Entity>) -> Result<u64, DbErr> {
    query.count(connection).await
}

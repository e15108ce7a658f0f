//! Signed-in browsers. A browser carries a random secret; the database has its hash.

use super::password;
use crate::{Failure, Kind, Never, Services, audit, office::Office, person, secret};
use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    PersonId, SessionId,
    account::{Actor, Role},
    person::{fold, matches, view::Me},
};
use entity::{account, idempotency, session as rows};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, ExprTrait, QueryFilter, sea_query::Expr};
use serde::{Deserialize, Serialize};

/// Ends when nothing was asked for this long.
const IDLE: TimeDelta = TimeDelta::hours(4);
/// The same for those who administer.
const IDLE_ADMIN: TimeDelta = TimeDelta::minutes(30);
/// Ends in any case: a working day (`research/japan.md` §4.2).
const ABSOLUTE: TimeDelta = TimeDelta::hours(9);
/// "Last seen" is written at most this often.
const TOUCH_EVERY: TimeDelta = TimeDelta::seconds(60);
/// A request that may come twice does so within this time.
const KEYS_LIVE: TimeDelta = TimeDelta::hours(24);

/// A signed-in request.
#[derive(Clone, Debug)]
pub struct Signed {
    /// The browser.
    pub session: SessionId,
    /// The person.
    pub me: Me,
    /// The person as an actor.
    pub actor: Actor,
    /// When the session ends if nothing is asked any more.
    pub idle_ends_at: DateTime<Utc>,
}

/// Where a sign-in comes from.
#[derive(Clone, Debug)]
pub struct Client {
    /// Network address.
    pub ip: String,
    /// What the browser calls itself.
    pub user_agent: String,
}

/// Why a sign-in is refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum SignInRefusal {
    /// Wrong staff number or password; which, is not said.
    Wrong,
    /// Too many tries.
    Throttled {
        /// When the next may come.
        retry_after_seconds: u32,
    },
    /// The account is switched off.
    Disabled,
}

/// A person on the demo's sign-in page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DemoPerson {
    /// The person.
    pub id: PersonId,
    /// The name.
    pub name: String,
    /// The main unit.
    pub unit: Option<String>,
    /// 役職.
    pub title: String,
}

/// Signs in with a local account. Returns the secret for the cookie.
///
/// # Errors
/// `Refused`; the same answer in the same time for an unknown number and a wrong password.
pub async fn sign_in(cx: &Services, staff_no: &str, password: &str, from: &Client) -> Result<String, Failure<SignInRefusal>> {
    let now = cx.clock().now();
    let staff_no = staff_no.trim();
    let retry_after_seconds = cx.throttle().wait_seconds(staff_no, &from.ip, now);
    if retry_after_seconds > 0 {
        return Err(Failure::Refused(SignInRefusal::Throttled { retry_after_seconds }));
    }
    let office = cx.office();
    let person = office.by_staff_no.get(staff_no).copied();
    let row = match person {
        Some(person) => account::Entity::find_by_id(person.0).one(cx.db().reader()).await?,
        None => None,
    };
    let right = password::verify(cx, password, row.as_ref().and_then(|row| row.password_hash.clone())).await?;
    let (Some(row), true) = (row, right) else {
        cx.throttle().failed(staff_no, &from.ip, now);
        return Err(Failure::Refused(SignInRefusal::Wrong));
    };
    if row.disabled || !office.employed(PersonId(row.person_id), now.date_naive()) {
        return Err(Failure::Refused(SignInRefusal::Disabled));
    }
    cx.throttle().succeeded(staff_no, &from.ip);
    open(cx, PersonId(row.person_id), from).await
}

/// Signs in as anybody; only the demo calls this.
///
/// # Errors
/// `NotFound` for an unknown person.
pub async fn demo_sign_in(cx: &Services, person: PersonId, from: &Client) -> Result<String, Failure<Never>> {
    if !cx.office().people.contains_key(&person) {
        return Err(Failure::NotFound(Kind::Person));
    }
    open(cx, person, from).await
}

/// People to sign in as in the demo, by a query or the first of every unit.
pub async fn demo_people(cx: &Services, query: &str) -> Vec<DemoPerson> {
    const SHOWN: usize = 120;
    let office = cx.office();
    let today = cx.clock().now().date_naive();
    let folded = fold(query);
    let mut people: Vec<_> = office.people.values().filter(|person| folded.is_empty() || matches(&person.key, &folded)).collect();
    people.sort_by_key(|person| (office.main_unit(person.id, today).map(|unit| unit.code.clone()), person.staff_no.clone()));
    people.truncate(SHOWN);
    let view = |person: &crate::office::Person| DemoPerson {
        id: person.id,
        name: person.name.clone(),
        unit: office.main_unit(person.id, today).map(|unit| unit.name.clone()),
        title: office.main_post(person.id, today).map(|post| post.title.clone()).unwrap_or_default(),
    };
    people.into_iter().map(view).collect()
}

/// Opens a session and returns its secret.
pub(super) async fn open<E: Send + 'static>(cx: &Services, person: PersonId, from: &Client) -> Result<String, Failure<E>> {
    let token = secret::fresh();
    let now = cx.clock().now();
    let row = rows::ActiveModel {
        token_hash: Set(secret::hash(&token)),
        person_id: Set(person.0),
        user_agent: Set(from.user_agent.chars().take(200).collect()),
        created_at: Set(now),
        last_seen_at: Set(now),
        ends_at: Set(now + ABSOLUTE),
        ..Default::default()
    };
    cx.db()
        .write(move |transaction| {
            let row = row.clone();
            Box::pin(async move {
                rows::Entity::insert(row).exec(transaction).await?;
                let actor = Actor::Person { id: person, role: Role::Staff };
                audit::record(transaction, now, &actor, "session.open", format!("person:{person}"), serde_json::json!({})).await?;
                Ok(())
            })
        })
        .await?;
    Ok(token)
}

/// Who carries this secret; `None` when nobody does any more.
///
/// # Errors
/// When the store cannot be read.
pub async fn session(cx: &Services, token: &str) -> Result<Option<Signed>, Failure<Never>> {
    let Some((row, signed)) = look(cx, token).await? else { return Ok(None) };
    let now = cx.clock().now();
    if now - row.last_seen_at >= TOUCH_EVERY {
        touch(cx, signed.session, now).await;
    }
    Ok(Some(signed))
}

/// Whether this secret still signs somebody in. A question is no use: an open page that only listens does not keep its
/// session alive (T4).
///
/// # Errors
/// When the store cannot be read.
pub async fn session_holds(cx: &Services, token: &str) -> Result<bool, Failure<Never>> {
    Ok(look(cx, token).await?.is_some())
}

async fn look(cx: &Services, token: &str) -> Result<Option<(rows::Model, Signed)>, Failure<Never>> {
    let Some(row) = rows::Entity::find().filter(rows::Column::TokenHash.eq(secret::hash(token))).one(cx.db().reader()).await? else { return Ok(None) };
    let now = cx.clock().now();
    let person = PersonId(row.person_id);
    let account = account::Entity::find_by_id(person.0).one(cx.db().reader()).await?;
    let role = account.as_ref().and_then(|account| Role::parse(&account.role)).unwrap_or(Role::Staff);
    let idle = if role == Role::Admin { IDLE_ADMIN } else { IDLE };
    let idle_ends_at = std::cmp::min(now + idle, row.ends_at);
    let office = cx.office();
    let over = now >= row.ends_at || now - row.last_seen_at >= idle;
    if over || account.is_some_and(|account| account.disabled) || !office.employed(person, now.date_naive()) {
        return Ok(None);
    }
    let Some(me) = me(&office, person, role, now) else { return Ok(None) };
    let signed = Signed { session: SessionId(row.id), me, actor: Actor::Person { id: person, role }, idle_ends_at };
    Ok(Some((row, signed)))
}

fn me(office: &Office, person: PersonId, role: Role, now: DateTime<Utc>) -> Option<Me> {
    let found = office.people.get(&person)?;
    let today = office.site_for(person, now.date_naive()).map_or_else(|| now.date_naive(), |site| crate::clock::wall_of(now, site.zone).date());
    Some(Me {
        id: person,
        staff_no: found.staff_no.clone(),
        name: found.name.clone(),
        unit: office.main_unit(person, today).map(|unit| unit.name.clone()),
        role,
        home_floor: office.home_floor(person, today),
    })
}

/// Notes that a session was used. Best effort: a store that takes no writes must not sign people out.
async fn touch(cx: &Services, id: SessionId, now: DateTime<Utc>) {
    let touched: Result<(), Failure<Never>> = cx
        .db()
        .write(move |transaction| {
            Box::pin(async move {
                rows::Entity::update_many().col_expr(rows::Column::LastSeenAt, Expr::value(now)).filter(rows::Column::Id.eq(id.0)).exec(transaction).await?;
                Ok(())
            })
        })
        .await;
    if let Err(failure) = touched {
        tracing::warn!(?failure, "a session's last use was not noted");
    }
}

/// Ends the session that carries this secret.
///
/// # Errors
/// When the store cannot be written.
pub async fn sign_out(cx: &Services, token: &str) -> Result<(), Failure<Never>> {
    let hash = secret::hash(token);
    delete(cx, move || rows::Column::TokenHash.eq(hash.clone())).await.map(drop)
}

/// Ends one of the actor's own sessions.
///
/// # Errors
/// `NotFound` when it is not the actor's.
pub async fn end_session(cx: &Services, actor: &Actor, session: SessionId) -> Result<(), Failure<Never>> {
    let person = actor.person().ok_or(Failure::Denied)?;
    match delete(cx, move || rows::Column::Id.eq(session.0).and(rows::Column::PersonId.eq(person.0))).await? {
        0 => Err(Failure::NotFound(Kind::Session)),
        _ => Ok(()),
    }
}

/// Ends the actor's other sessions.
///
/// # Errors
/// When the store cannot be written.
pub async fn end_other_sessions(cx: &Services, actor: &Actor, keep: SessionId) -> Result<(), Failure<Never>> {
    let person = actor.person().ok_or(Failure::Denied)?;
    delete(cx, move || rows::Column::PersonId.eq(person.0).and(rows::Column::Id.ne(keep.0))).await.map(drop)
}

async fn delete(cx: &Services, which: impl Fn() -> Expr + Send + Sync + 'static) -> Result<u64, Failure<Never>> {
    cx.db()
        .write(move |transaction| {
            let which = which();
            Box::pin(async move { Ok(rows::Entity::delete_many().filter(which).exec(transaction).await?.rows_affected) })
        })
        .await
}

/// Forgets sessions that are over, keys of requests that cannot come again, and old traces. Returns how many rows went.
///
/// # Errors
/// When the store cannot be written.
pub async fn purge(cx: &Services) -> Result<u64, Failure<Never>> {
    let now = cx.clock().now();
    let sessions = delete(cx, move || rows::Column::EndsAt.lt(now).or(rows::Column::LastSeenAt.lt(now - IDLE))).await?;
    let keys = cx
        .db()
        .write(move |transaction| {
            Box::pin(async move {
                let gone = idempotency::Entity::delete_many().filter(idempotency::Column::CreatedAt.lt(now - KEYS_LIVE)).exec(transaction).await?;
                Ok::<_, Failure<Never>>(gone.rows_affected)
            })
        })
        .await?;
    Ok(sessions + keys + person::forget_traces(cx).await?)
}

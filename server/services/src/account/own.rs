//! What a person sees and decides about themself.

use super::Signed;
use crate::{Failure, Kind, Never, Services, audit, booking::wall, office, person::TRACE_DAYS};
use chrono::TimeDelta;
use domain::{
    PersonId, SessionId,
    account::Actor,
    person::{
        Visibility,
        view::{AccountView, LookUpView, SessionView},
    },
};
use entity::{account, look_up, person as rows, session};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde::{Deserialize, Serialize};

/// Why a visibility cannot be chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum VisibilityRefusal {
    /// An administrator has fixed it.
    FixedByAdministrator,
    /// Only an administrator hides somebody.
    NotYours,
}

const MOST_WISHES: usize = 12;
const MOST_LOOK_UPS: u64 = 200;

/// The account page.
///
/// # Errors
/// When the store cannot be read.
pub async fn account_view(cx: &Services, signed: &Signed) -> Result<AccountView, Failure<Never>> {
    let id = signed.me.id;
    let now = cx.clock().now();
    let office = cx.office();
    let person = office.people.get(&id).ok_or(Failure::NotFound(Kind::Person))?;
    let site = office.site_for(id, now.date_naive());
    let reader = cx.db().reader();
    let sessions = session::Entity::find()
        .filter(session::Column::PersonId.eq(id.0))
        .filter(session::Column::EndsAt.gt(now))
        .order_by_desc(session::Column::LastSeenAt)
        .all(reader)
        .await?;
    let since = (now - TimeDelta::days(TRACE_DAYS)).date_naive();
    let traces = look_up::Entity::find()
        .filter(look_up::Column::PersonId.eq(id.0))
        .filter(look_up::Column::LocalDate.gte(since))
        .order_by_desc(look_up::Column::LocalDate)
        .limit(MOST_LOOK_UPS)
        .all(reader)
        .await?;
    let account = account::Entity::find_by_id(id.0).one(reader).await?;
    let shown = |at| site.map_or_else(|| chrono::DateTime::naive_utc(&at), |site| wall(site, at));
    Ok(AccountView {
        me: signed.me.clone(),
        sessions: sessions
            .into_iter()
            .map(|row| SessionView {
                id: SessionId(row.id),
                this: SessionId(row.id) == signed.session,
                user_agent: row.user_agent,
                created_at: shown(row.created_at),
                last_seen_at: shown(row.last_seen_at),
            })
            .collect(),
        visibility: person.visibility.or_else(|| site.map(|site| site.policy.visibility)).unwrap_or(Visibility::House),
        visibility_fixed: person.visibility_fixed,
        has_password: account.is_some_and(|account| account.password_hash.is_some()),
        wishes: person.wishes.clone(),
        look_ups: traces
            .into_iter()
            .filter_map(|row| {
                let by = office.people.get(&PersonId(row.viewer_id))?.name.clone();
                Some(LookUpView { by, on: row.local_date, times: u32::try_from(row.times).unwrap_or(1) })
            })
            .collect(),
        now,
    })
}

/// Chooses who may see where the actor is.
///
/// # Errors
/// `Refused` when an administrator has fixed it, or for hiding, which only an administrator does.
pub async fn set_visibility(cx: &Services, actor: &Actor, visibility: Visibility) -> Result<(), Failure<VisibilityRefusal>> {
    let id = actor.person().ok_or(Failure::Denied)?;
    let office = cx.office();
    let person = office.people.get(&id).ok_or(Failure::NotFound(Kind::Person))?;
    if person.visibility_fixed {
        return Err(Failure::Refused(VisibilityRefusal::FixedByAdministrator));
    }
    if visibility == Visibility::Hidden {
        return Err(Failure::Refused(VisibilityRefusal::NotYours));
    }
    let change = rows::ActiveModel { id: Set(id.0), visibility: Set(Some(visibility.code().to_owned())), ..Default::default() };
    update(cx, actor, id, change, "person.visibility").await
}

/// Chooses what the actor asks for in a proposal.
///
/// # Errors
/// When the store cannot be written.
pub async fn set_wishes(cx: &Services, actor: &Actor, wishes: Vec<String>) -> Result<(), Failure<Never>> {
    let id = actor.person().ok_or(Failure::Denied)?;
    let wishes: Vec<String> =
        wishes.into_iter().map(|wish| wish.trim().chars().take(40).collect::<String>()).filter(|wish| !wish.is_empty()).take(MOST_WISHES).collect();
    let change = rows::ActiveModel { id: Set(id.0), wishes: Set(serde_json::json!(wishes).to_string()), ..Default::default() };
    update(cx, actor, id, change, "person.wishes").await
}

async fn update<E: Send + 'static>(cx: &Services, actor: &Actor, id: PersonId, change: rows::ActiveModel, action: &'static str) -> Result<(), Failure<E>> {
    let (at, who) = (cx.clock().now(), actor.clone());
    cx.db()
        .write(move |transaction| {
            let (change, who) = (change.clone(), who.clone());
            Box::pin(async move {
                rows::Entity::update(change).exec(transaction).await?;
                audit::record(transaction, at, &who, action, format!("person:{id}"), serde_json::json!({})).await?;
                office::bump(transaction).await?;
                Ok(())
            })
        })
        .await?;
    cx.refresh_office().await.map_err(|failure| failure.map(|never| match never {}))
}

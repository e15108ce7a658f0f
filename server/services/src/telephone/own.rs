//! What people decide about calls: what they are doing, who answers for them, which of their telephones ring, and, for the
//! house, whether the night or the storm has begun. Each is in the next answer when the function returns.

use super::{
    cover::{Short, Watcher},
    rows as words,
};
use crate::{Actor, Failure, Kind, Never, Services, audit, live::Notice};
use chrono::{DateTime, Days, NaiveDate, Utc};
use domain::{
    DeviceId, PersonId, SiteId,
    telephone::{Allowed, DeviceOrder, Mode, Owner, PresenceSource, PresenceState, Scope, cover::CoverGap},
};
use entity::{delegation, mode_switch, phone_setting, presence};
use sea_orm::{
    ActiveValue::{NotSet, Set},
    ColumnTrait, Condition, DatabaseTransaction, DbErr, EntityTrait, QueryFilter,
    sea_query::{Expr, OnConflict},
};
use serde_json::json;

/// Why a person's wish about calls cannot be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PhoneRefusal {
    /// It would end before it begins, or has ended already.
    EndsBeforeItBegins,
    /// Nobody answers for themselves.
    Oneself,
    /// A telephone that was picked is not the person's own.
    DeviceOfSomebodyElse,
    /// Ringing shorter than five seconds or longer than a minute.
    RingTime,
    /// Too few people would be there to answer a section's telephone, and the section refuses that.
    Cover {
        /// When first.
        gap: CoverGap,
        /// How many such times follow.
        more: usize,
    },
}

impl PhoneRefusal {
    /// The stable word.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::EndsBeforeItBegins => "ends_before_it_begins",
            Self::Oneself => "oneself",
            Self::DeviceOfSomebodyElse => "device_of_somebody_else",
            Self::RingTime => "ring_time",
            Self::Cover { .. } => "cover",
        }
    }
}

/// What a person chooses about their telephone; what is left out stays as it was.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PhoneWish {
    /// Which telephones ring first.
    pub order: Option<DeviceOrder>,
    /// How long each stage of own telephones rings, milliseconds; `null` for the house's 12 seconds.
    pub ring_ms: Option<Option<u32>>,
    /// The own telephones that ring; `null` for all of them.
    pub picked: Option<Option<Vec<DeviceId>>>,
    /// Who passes do-not-disturb.
    pub allowed: Option<Vec<Allowed>>,
    /// Whether the telephone book shows the person.
    pub listed: Option<bool>,
}

fn theirs<E>(cx: &Services, actor: &Actor, person: PersonId) -> Result<(), Failure<E>> {
    if !cx.office().people.contains_key(&person) || !actor.may_act_for(person) {
        return Err(Failure::NotFound(Kind::Person));
    }
    Ok(())
}

/// Says what a person is doing, until an instant or until they say otherwise. `Available` takes back what was said. Answers when too
/// few people are there to answer a section's telephone because of it.
///
/// # Errors
/// `NotFound` when the actor may not speak for the person; `Refused` for an end that is past, and where a section cannot do without
/// the person.
pub async fn set_presence(
    cx: &Services,
    actor: &Actor,
    person: PersonId,
    state: PresenceState,
    until: Option<DateTime<Utc>>,
) -> Result<Vec<CoverGap>, Failure<PhoneRefusal>> {
    theirs(cx, actor, person)?;
    let at = cx.clock().now();
    if until.is_some_and(|until| until <= at) {
        return Err(Failure::Refused(PhoneRefusal::EndsBeforeItBegins));
    }
    let (by, watcher, days) = (actor.clone(), Watcher::new(cx, actor), away_days(at, until));
    let short = cx
        .db()
        .write(move |transaction| {
            let (by, watcher) = (by.clone(), watcher.clone());
            Box::pin(async move {
                // Meetings and do-not-disturb are moments, and nobody is missed who comes back.
                let goes = matches!(state, PresenceState::Leave | PresenceState::Out | PresenceState::Telework);
                let watch = if goes { Some(watcher.begin(transaction, person, days).await?) } else { None };
                store_presence(transaction, person, state, at, until).await?;
                let short = match watch {
                    Some(watch) => match watch.end(transaction).await? {
                        Short::Fine => Vec::new(),
                        Short::Warn(gaps) => gaps,
                        Short::Refuse(gaps) => return Err(refused(&gaps)),
                    },
                    None => Vec::new(),
                };
                audit::record(transaction, at, &by, "presence.set", format!("person:{person}"), json!({ "state": state, "short": short.len() })).await?;
                Ok::<_, Failure<PhoneRefusal>>(short)
            })
        })
        .await?;
    followed(cx, person).await?;
    Ok(short)
}

/// Days on which somebody may be missed, on any site's wall; two weeks where nobody knows the end.
fn away_days(at: DateTime<Utc>, until: Option<DateTime<Utc>>) -> (NaiveDate, NaiveDate) {
    let today = at.date_naive();
    let last = until.map_or(today + Days::new(14), |until| until.date_naive().min(today + Days::new(90)));
    (today - Days::new(1), last + Days::new(2))
}

fn refused(gaps: &[CoverGap]) -> Failure<PhoneRefusal> {
    match gaps {
        [gap, more @ ..] => Failure::Refused(PhoneRefusal::Cover { gap: *gap, more: more.len() }),
        [] => Failure::Internal("a refusal without a reason".into()),
    }
}

async fn store_presence(
    transaction: &DatabaseTransaction,
    person: PersonId,
    state: PresenceState,
    at: DateTime<Utc>,
    until: Option<DateTime<Utc>>,
) -> Result<(), DbErr> {
    let row = presence::ActiveModel {
        person_id: Set(person.0),
        source: Set(PresenceSource::Manual.code().to_owned()),
        state: Set(state.code().to_owned()),
        from_at: Set(at),
        until_at: Set(until),
    };
    if state == PresenceState::Available {
        // Saying "available" means that nothing is said: the seat and the calendar speak again.
        presence::Entity::delete_by_id((person.0, PresenceSource::Manual.code().to_owned())).exec(transaction).await?;
        return Ok(());
    }
    let update = [presence::Column::State, presence::Column::FromAt, presence::Column::UntilAt];
    let conflict = OnConflict::columns([presence::Column::PersonId, presence::Column::Source]).update_columns(update).to_owned();
    presence::Entity::insert(row).on_conflict(conflict).exec_without_returning(transaction).await?;
    Ok(())
}

/// Hands a person's calls over. A hand-over of the same calls that lasts already ends now.
///
/// # Errors
/// `NotFound` for people that are not there, or that the actor may not speak for; `Refused` for oneself or an end that is past.
pub async fn delegate(
    cx: &Services,
    actor: &Actor,
    from: PersonId,
    to: PersonId,
    scope: Scope,
    until: Option<DateTime<Utc>>,
) -> Result<(), Failure<PhoneRefusal>> {
    theirs(cx, actor, from)?;
    let at = cx.clock().now();
    if !cx.office().employed(to, at.date_naive()) {
        return Err(Failure::NotFound(Kind::Person));
    }
    if from == to {
        return Err(Failure::Refused(PhoneRefusal::Oneself));
    }
    if until.is_some_and(|until| until <= at) {
        return Err(Failure::Refused(PhoneRefusal::EndsBeforeItBegins));
    }
    let by = actor.clone();
    cx.db()
        .write(move |transaction| {
            let by = by.clone();
            Box::pin(async move {
                end_delegations(transaction, from, Some(scope), at).await?;
                let row = delegation::ActiveModel {
                    id: NotSet,
                    from_id: Set(from.0),
                    to_id: Set(to.0),
                    scope: Set(scope.code().to_owned()),
                    from_at: Set(at),
                    until_at: Set(until),
                };
                delegation::Entity::insert(row).exec(transaction).await?;
                audit::record(transaction, at, &by, "delegation.set", format!("person:{from}"), json!({ "to": to, "scope": scope })).await?;
                Ok::<_, Failure<PhoneRefusal>>(())
            })
        })
        .await?;
    followed(cx, from).await
}

/// Takes back every hand-over of a person's calls.
///
/// # Errors
/// `NotFound` when the actor may not speak for the person.
pub async fn end_delegation(cx: &Services, actor: &Actor, from: PersonId) -> Result<(), Failure<Never>> {
    theirs(cx, actor, from)?;
    let (by, at) = (actor.clone(), cx.clock().now());
    cx.db()
        .write(move |transaction| {
            let by = by.clone();
            Box::pin(async move {
                end_delegations(transaction, from, None, at).await?;
                audit::record(transaction, at, &by, "delegation.end", format!("person:{from}"), json!({})).await?;
                Ok::<_, Failure<Never>>(())
            })
        })
        .await?;
    followed(cx, from).await
}

/// Ends those that a new one of `scope` would contradict; all of them without one.
async fn end_delegations(transaction: &DatabaseTransaction, from: PersonId, scope: Option<Scope>, at: DateTime<Utc>) -> Result<(), DbErr> {
    let mut query = delegation::Entity::update_many()
        .col_expr(delegation::Column::UntilAt, Expr::value(at))
        .filter(delegation::Column::FromId.eq(from.0))
        .filter(Condition::any().add(delegation::Column::UntilAt.is_null()).add(delegation::Column::UntilAt.gt(at)));
    if let Some(scope) = scope.filter(|scope| *scope != Scope::All) {
        query = query.filter(delegation::Column::Scope.is_in([scope.code(), Scope::All.code()]));
    }
    query.exec(transaction).await.map(drop)
}

/// Stores what a person chose about their telephone.
///
/// # Errors
/// `NotFound` when the actor may not speak for the person; `Refused` for telephones that are not the person's, or a ring time
/// that is none.
pub async fn set_phone(cx: &Services, actor: &Actor, person: PersonId, wish: PhoneWish) -> Result<(), Failure<PhoneRefusal>> {
    theirs(cx, actor, person)?;
    if wish.ring_ms.flatten().is_some_and(|ring_ms| !(1_000..=60_000).contains(&ring_ms)) {
        return Err(Failure::Refused(PhoneRefusal::RingTime));
    }
    let board = cx.board();
    let own: Vec<DeviceId> = board.world.devices_of(Owner::Person(person)).map(|device| device.id).collect();
    if wish.picked.iter().flatten().flatten().any(|picked| !own.contains(picked)) {
        return Err(Failure::Refused(PhoneRefusal::DeviceOfSomebodyElse));
    }
    let (by, at, listed) = (actor.clone(), cx.clock().now(), wish.listed);
    cx.db()
        .write(move |transaction| {
            let (by, wish) = (by.clone(), wish.clone());
            Box::pin(async move {
                store_phone(transaction, person, wish).await?;
                if listed.is_some() {
                    crate::office::bump(transaction).await?;
                }
                audit::record(transaction, at, &by, "phone.set", format!("person:{person}"), json!({})).await?;
                Ok::<_, Failure<PhoneRefusal>>(())
            })
        })
        .await?;
    if listed.is_some() {
        never(cx.refresh_office().await)?;
    }
    followed(cx, person).await
}

async fn store_phone(transaction: &DatabaseTransaction, person: PersonId, wish: PhoneWish) -> Result<(), DbErr> {
    let before = phone_setting::Entity::find_by_id(person.0).one(transaction).await?;
    let mut row = before.unwrap_or_else(|| phone_setting::Model {
        person_id: person.0,
        ring_order: words::word_of(&DeviceOrder::default()),
        ring_ms: None,
        picked: None,
        allowed: "[]".into(),
        listed: true,
    });
    if let Some(order) = wish.order {
        row.ring_order = words::word_of(&order);
    }
    if let Some(ring_ms) = wish.ring_ms {
        row.ring_ms = ring_ms.and_then(|ring_ms| i32::try_from(ring_ms).ok());
    }
    if let Some(picked) = wish.picked {
        row.picked = picked.map(|picked| words::json_of(&picked));
    }
    if let Some(allowed) = wish.allowed {
        row.allowed = words::json_of(&allowed);
    }
    row.listed = wish.listed.unwrap_or(row.listed);
    phone_setting::Entity::delete_by_id(person.0).exec(transaction).await?;
    phone_setting::Entity::insert(phone_setting::ActiveModel::from(row)).exec_without_returning(transaction).await?;
    Ok(())
}

/// Overrides the hours of a site until an instant or until somebody takes it back; `None` takes it back. Anybody who works here
/// may: in heavy rain in 2017 a town could not end its night forwarding because nobody present was allowed or able to.
///
/// # Errors
/// `Denied` for programs that may only read or book; `NotFound` for a site without telephones; `Refused` for an end that is past.
pub async fn set_mode(cx: &Services, actor: &Actor, site: SiteId, mode: Option<Mode>, until: Option<DateTime<Utc>>) -> Result<(), Failure<PhoneRefusal>> {
    if !matches!(actor, Actor::Person { .. }) && !actor.administers_people() {
        return Err(Failure::Denied);
    }
    if cx.board().world.house(site).is_none() {
        return Err(Failure::NotFound(Kind::Site));
    }
    let at = cx.clock().now();
    if until.is_some_and(|until| until <= at) {
        return Err(Failure::Refused(PhoneRefusal::EndsBeforeItBegins));
    }
    let by = actor.clone();
    let revision = cx
        .db()
        .write(move |transaction| {
            let by = by.clone();
            Box::pin(async move {
                mode_switch::Entity::update_many()
                    .col_expr(mode_switch::Column::UntilAt, Expr::value(at))
                    .filter(mode_switch::Column::SiteId.eq(site.0))
                    .filter(Condition::any().add(mode_switch::Column::UntilAt.is_null()).add(mode_switch::Column::UntilAt.gt(at)))
                    .exec(transaction)
                    .await?;
                if let Some(mode) = mode {
                    let row = mode_switch::ActiveModel {
                        id: NotSet,
                        site_id: Set(site.0),
                        mode: Set(mode.code().to_owned()),
                        by_id: Set(by.person().map(|person| person.0)),
                        from_at: Set(at),
                        until_at: Set(until),
                    };
                    mode_switch::Entity::insert(row).exec(transaction).await?;
                }
                Ok::<_, Failure<PhoneRefusal>>(audit::record(transaction, at, &by, "mode.set", format!("site:{site}"), json!({ "mode": mode })).await?)
            })
        })
        .await?;
    never(cx.follow_mode(revision, site).await)?;
    cx.live().publish([Notice::Mode]).await;
    Ok(())
}

/// The next answer knows, then everybody who looks.
async fn followed<E>(cx: &Services, person: PersonId) -> Result<(), Failure<E>> {
    never(cx.follow([person]).await)?;
    cx.live().publish([Notice::Person(person)]).await;
    Ok(())
}

fn never<E>(result: Result<(), Failure<Never>>) -> Result<(), Failure<E>> {
    result.map_err(|failure| failure.map(|never| match never {}))
}

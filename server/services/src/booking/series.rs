//! Several days at once, and recurring wishes.

use super::{
    end::TakenBack,
    reserve::{self, Reserve, Want},
    store,
};
use crate::{Failure, Kind, Never, Services, audit};
use chrono::{Days, NaiveDate};
use domain::{
    PatternId, PersonId, SeatId, Slots,
    account::Actor,
    booking::{OnHeld, Pattern, ReserveRefusal, State, Weekdays, days_of, view::DayResult, view::Refused},
};
use entity::pattern;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};
use serde_json::json;

/// Days one request may name.
const MOST_DAYS: usize = 62;

/// A recurring wish.
#[derive(Clone, Debug)]
pub struct PatternRequest {
    /// Whose.
    pub person: PersonId,
    /// Which days.
    pub pattern: Pattern,
    /// Which slots of each.
    pub slots: Slots,
    /// The seat asked for first; without one, or when it is taken, the best free one.
    pub seat: Option<SeatId>,
}

/// What becomes of bookings a wish has made already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EndPattern {
    /// They stay.
    KeepBookings,
    /// Those still to come are taken back.
    CancelBookings,
}

/// Books several days, each on its own: what cannot be had is refused with its reason, the rest stands.
///
/// # Errors
/// `Denied`, `NotFound`, or the store's failure; days booked before a failure stand and are shown in "my bookings".
pub async fn reserve_days(
    cx: &Services,
    actor: &Actor,
    person: PersonId,
    want: Want,
    days: Vec<NaiveDate>,
    slots: Slots,
) -> Result<Vec<DayResult>, Failure<Never>> {
    reserve::authorise(cx, actor, person)?;
    let mut results = Vec::new();
    let mut days = days;
    days.sort_unstable();
    days.dedup();
    for on in days.into_iter().take(MOST_DAYS) {
        results.push(book_day(cx, actor, person, want, on, slots, None).await?);
    }
    Ok(results)
}

async fn book_day(
    cx: &Services,
    actor: &Actor,
    person: PersonId,
    want: Want,
    on: NaiveDate,
    slots: Slots,
    pattern: Option<PatternId>,
) -> Result<DayResult, Failure<Never>> {
    let wish = Reserve { person, want, on, slots, on_held: OnHeld::Refuse, idempotency: None };
    let outcome = match (want, pattern) {
        (Want::Seat(seat), Some(_)) => reserve::take(cx, actor, &wish, seat, State::Booked, pattern).await,
        _ => reserve::reserve(cx, actor, wish).await,
    };
    match outcome {
        Ok(view) => Ok(DayResult { on, outcome: Ok((view.id, view.seat_label)) }),
        Err(Failure::Refused(refused)) => Ok(DayResult { on, outcome: Err(refused) }),
        Err(failure) => Err(failure.map(|_| unreachable!("a refusal was handled above"))),
    }
}

/// Notes a recurring wish and books its days within the horizon.
///
/// # Errors
/// `Refused` when it names no slot or no weekday; `Denied`, `NotFound`.
pub async fn add_pattern(cx: &Services, actor: &Actor, request: PatternRequest) -> Result<(PatternId, Vec<DayResult>), Failure<Refused>> {
    reserve::authorise(cx, actor, request.person)?;
    let office = cx.office();
    let site = office.site_for(request.person, request.pattern.from_on).ok_or(Failure::NotFound(Kind::Site))?;
    if request.slots.is_empty() || request.pattern.weekdays.0 == 0 || !site.policy.grid.all().covers(request.slots) {
        return Err(Failure::Refused(Refused { reason: ReserveRefusal::NoSlots, alternatives: Vec::new() }));
    }
    if let Some(seat) = request.seat {
        reserve::seat_and_site::<Refused>(&office, seat)?;
    }
    let today = site.now(cx.clock()).date();
    let from_on = request.pattern.from_on.max(today);
    let (at, who, stored) = (cx.clock().now(), actor.clone(), request.clone());
    let id = cx
        .db()
        .write(move |transaction| {
            let (who, request) = (who.clone(), stored.clone());
            Box::pin(async move {
                let row = pattern::ActiveModel {
                    person_id: Set(request.person.0),
                    weekdays: Set(i16::from(request.pattern.weekdays.0)),
                    slots: Set(store::bits(request.slots)),
                    seat_id: Set(request.seat.map(|seat| seat.0)),
                    from_on: Set(from_on),
                    until_on: Set(request.pattern.until_on),
                    extended_to_on: Set(from_on),
                    created_at: Set(at),
                    ended_at: Set(None),
                    ..Default::default()
                };
                let id = pattern::Entity::insert(row).exec(transaction).await?.last_insert_id;
                audit::record(transaction, at, &who, "pattern.add", format!("pattern:{id}"), json!({ "person": request.person })).await?;
                Ok(PatternId(id))
            })
        })
        .await?;
    let row = pattern::Entity::find_by_id(id.0).one(cx.db().reader()).await?.ok_or(Failure::NotFound(Kind::Pattern))?;
    let results = extend(cx, actor, &row).await.map_err(|failure| failure.map(|never| match never {}))?;
    Ok((id, results))
}

/// Ends a recurring wish, and answers what became of its bookings.
///
/// # Errors
/// `NotFound` when it is not the actor's.
pub async fn end_pattern(cx: &Services, actor: &Actor, id: PatternId, how: EndPattern) -> Result<TakenBack, Failure<Never>> {
    let row = pattern::Entity::find_by_id(id.0).one(cx.db().reader()).await?.filter(|row| row.ended_at.is_none() && actor.may_act_for(PersonId(row.person_id)));
    let row = row.ok_or(Failure::NotFound(Kind::Pattern))?;
    let (at, who) = (cx.clock().now(), actor.clone());
    cx.db()
        .write(move |transaction| {
            let who = who.clone();
            Box::pin(async move {
                pattern::Entity::update_many()
                    .col_expr(pattern::Column::EndedAt, Expr::value(at))
                    .filter(pattern::Column::Id.eq(id.0))
                    .exec(transaction)
                    .await?;
                audit::record(transaction, at, &who, "pattern.end", format!("pattern:{id}"), json!({})).await?;
                Ok(())
            })
        })
        .await?;
    let mut taken = TakenBack::default();
    if how == EndPattern::CancelBookings {
        let live = entity::booking::Entity::find()
            .filter(entity::booking::Column::PatternId.eq(row.id))
            .filter(entity::booking::Column::State.eq(State::Booked.code()))
            .all(cx.db().reader())
            .await?;
        for booking in live {
            let outcome = super::cancel(cx, actor, domain::BookingId(booking.id)).await;
            taken.add(outcome).map_err(|failure| failure.map(|_| unreachable!("a refusal was handled")))?;
        }
    }
    Ok(taken)
}

/// Extends every live wish up to the horizon.
pub(super) async fn extend_all(cx: &Services) -> Result<u64, Failure<Never>> {
    let mut made = 0;
    for row in pattern::Entity::find().filter(pattern::Column::EndedAt.is_null()).all(cx.db().reader()).await? {
        let results = extend(cx, &Actor::System, &row).await?;
        made += results.iter().filter(|day| day.outcome.is_ok()).count() as u64;
    }
    Ok(made)
}

/// Books the days of a wish that are within the horizon and have not been tried yet.
async fn extend(cx: &Services, actor: &Actor, row: &pattern::Model) -> Result<Vec<DayResult>, Failure<Never>> {
    let office = cx.office();
    let person = PersonId(row.person_id);
    let Some(site) = office.site_for(person, row.extended_to_on) else { return Ok(Vec::new()) };
    let horizon = site.now(cx.clock()).date() + Days::new(u64::from(site.policy.horizon_days) + 1);
    if row.extended_to_on >= horizon {
        return Ok(Vec::new());
    }
    let weekdays = Weekdays(u8::try_from(row.weekdays).unwrap_or(0));
    let pattern = Pattern { weekdays, from_on: row.from_on, until_on: row.until_on };
    let (slots, id) = (store::slots_of(row.slots), PatternId(row.id));
    let mut results = Vec::new();
    for on in days_of(&pattern, &site.policy, row.extended_to_on, horizon) {
        let wanted = row.seat_id.map(|seat| Want::Seat(SeatId(seat)));
        let mut result = match wanted {
            Some(want) => book_day(cx, actor, person, want, on, slots, Some(id)).await?,
            None => book_best(cx, actor, person, on, slots, id).await?,
        };
        if wanted.is_some() && matches!(&result.outcome, Err(refused) if refused.reason.wants_alternatives()) {
            result = book_best(cx, actor, person, on, slots, id).await?;
        }
        results.push(result);
    }
    let row_id = row.id;
    cx.db()
        .write(move |transaction| {
            Box::pin(async move {
                pattern::Entity::update_many()
                    .col_expr(pattern::Column::ExtendedToOn, Expr::value(horizon))
                    .filter(pattern::Column::Id.eq(row_id))
                    .exec(transaction)
                    .await?;
                Ok::<_, Failure<Never>>(())
            })
        })
        .await?;
    Ok(results)
}

/// The best free seat of a day for a wish.
async fn book_best(cx: &Services, actor: &Actor, person: PersonId, on: NaiveDate, slots: Slots, id: PatternId) -> Result<DayResult, Failure<Never>> {
    match super::suggest::best(cx, person, on, slots, None, &[]).await? {
        Ok(best) => book_day(cx, actor, person, Want::Seat(best.seat), on, slots, Some(id)).await,
        Err(reason) => Ok(DayResult { on, outcome: Err(Refused { reason, alternatives: Vec::new() }) }),
    }
}

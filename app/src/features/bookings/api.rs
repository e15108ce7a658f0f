//! Server functions of bookings. Pages post to them with [`crate::ui::PostForm`]:
//!
//! | `to` | fields |
//! |---|---|
//! | `booking/reserve` | `seat`, `date`, `slots` (words joined by dots; empty: whole day), `back`, `instead` (`move`: give up the seat held then) |
//! | `booking/cancel`, `booking/restore` | `booking` (numbers joined by dots), `back`, `undo` (`1`: the notice says "undone") |
//! | `booking/undo-move` | `booking` (the new one), `back` |
//! | `booking/check-in`, `booking/undo-check-in`, `booking/leave` | `booking`, `back` |
//! | `booking/sit-now` | `seat`, `back` |
//!
//! `back` is the local page to return to; the news is appended to it.

use crate::api::ApiError;
#[cfg(feature = "ssr")]
use crate::{
    api::{Done, Field, PartlyBooked, needed, parse, reject, see_other, signed_in, with_gaps},
    i18n::{dates::WEEK, reasons},
    routes,
};
#[cfg(feature = "ssr")]
use chrono::NaiveDate;
use domain::booking::view::MyBookingsView;
#[cfg(feature = "ssr")]
use domain::booking::{OnHeld, Pattern, ReserveRefusal, Weekdays, view::DayResult};
use leptos::{prelude::*, server_fn::codec::GetUrl};
#[cfg(feature = "ssr")]
use services::booking::{self, EndPattern, PatternRequest, Reserve, Span, TakenBack, Want};

/// Takes a seat.
#[server(name = ReserveSeat, prefix = "/api/fn", endpoint = "booking/reserve")]
pub async fn reserve(
    seat: String,
    date: String,
    #[server(default)] slots: String,
    #[server(default)] back: String,
    #[server(default)] instead: String,
) -> Result<(), ApiError> {
    let (cx, actor) = signed_in()?;
    let seat = parse::value(Field::Seat, &seat)?;
    let on = parse::value(Field::Date, &date)?;
    let slots = parse::slots(&parse::policy_of_seat(&cx, seat)?, &slots)?;
    let on_held = if instead == "move" { OnHeld::Move } else { OnHeld::Refuse };
    let wish = Reserve { person: parse::person(&actor)?, want: Want::Seat(seat), on, slots, on_held, idempotency: None };
    let booked = booking::reserve(&cx.services, &actor, wish).await?;
    let done = if on_held == OnHeld::Move { Done::Moved(booked.id) } else { Done::Booked(booked.id) };
    see_other(&with_gaps(done.on(routes::local(&back)), &booked.cover));
    Ok(())
}

/// Takes bookings back.
#[server(name = CancelBookings, prefix = "/api/fn", endpoint = "booking/cancel")]
pub async fn cancel(booking: String, #[server(default)] back: String, #[server(default)] undo: String) -> Result<(), ApiError> {
    let (cx, actor) = signed_in()?;
    let ids = parse::list(Field::Booking, &booking)?;
    let mut short = Vec::new();
    for id in &ids {
        short.extend(booking::cancel(&cx.services, &actor, *id).await?.cover);
    }
    let done = if undo.is_empty() { Done::Cancelled(ids) } else { Done::Undone };
    see_other(&with_gaps(done.on(routes::local(&back)), &short));
    Ok(())
}

/// Undoes a cancellation.
#[server(name = RestoreBookings, prefix = "/api/fn", endpoint = "booking/restore")]
pub async fn restore(booking: String, #[server(default)] back: String) -> Result<(), ApiError> {
    let (cx, actor) = signed_in()?;
    for id in parse::list(Field::Booking, &booking)? {
        booking::restore(&cx.services, &actor, id).await?;
    }
    see_other(&Done::Undone.on(routes::local(&back)));
    Ok(())
}

/// Undoes a change of seat.
#[server(name = UndoMove, prefix = "/api/fn", endpoint = "booking/undo-move")]
pub async fn undo_move(booking: String, #[server(default)] back: String) -> Result<(), ApiError> {
    let (cx, actor) = signed_in()?;
    booking::undo_move(&cx.services, &actor, parse::value(Field::Booking, &booking)?).await?;
    see_other(&Done::Undone.on(routes::local(&back)));
    Ok(())
}

/// 着席.
#[server(name = CheckIn, prefix = "/api/fn", endpoint = "booking/check-in")]
pub async fn check_in(booking: String, #[server(default)] back: String) -> Result<(), ApiError> {
    let (cx, actor) = signed_in()?;
    let id = parse::value(Field::Booking, &booking)?;
    booking::check_in(&cx.services, &actor, id).await?;
    see_other(&Done::CheckedIn(id).on(routes::local(&back)));
    Ok(())
}

/// Undoes a check-in.
#[server(name = UndoCheckIn, prefix = "/api/fn", endpoint = "booking/undo-check-in")]
pub async fn undo_check_in(booking: String, #[server(default)] back: String) -> Result<(), ApiError> {
    let (cx, actor) = signed_in()?;
    booking::undo_check_in(&cx.services, &actor, parse::value(Field::Booking, &booking)?).await?;
    see_other(&Done::Undone.on(routes::local(&back)));
    Ok(())
}

/// 退席.
#[server(name = LeaveSeat, prefix = "/api/fn", endpoint = "booking/leave")]
pub async fn leave(booking: String, #[server(default)] back: String) -> Result<(), ApiError> {
    let (cx, actor) = signed_in()?;
    let id = parse::value(Field::Booking, &booking)?;
    let left = booking::leave(&cx.services, &actor, id).await?;
    see_other(&with_gaps(Done::Left(id).on(routes::local(&back)), &left.cover));
    Ok(())
}

/// Sits down at a seat now.
#[server(name = SitNow, prefix = "/api/fn", endpoint = "booking/sit-now")]
pub async fn sit_now(seat: String, #[server(default)] back: String) -> Result<(), ApiError> {
    let (cx, actor) = signed_in()?;
    let seat = parse::value(Field::Seat, &seat)?;
    let booked = booking::sit_now(&cx.services, &actor, parse::person(&actor)?, seat).await?;
    see_other(&with_gaps(Done::CheckedIn(booked.id).on(routes::local(&back)), &booked.cover));
    Ok(())
}

/// My bookings from the week of a day.
#[server(name = ReadBookings, prefix = "/api/fn", endpoint = "bookings/view", input = GetUrl)]
pub async fn my_bookings(#[server(default)] from: String, #[server(default)] view: String) -> Result<MyBookingsView, ApiError> {
    let (cx, actor) = signed_in()?;
    let span = if view == "month" { Span::Month } else { Span::Week };
    // A date that makes no sense in the address shows this week.
    Ok(booking::my_bookings(&cx.services, &actor, from.parse().ok(), span).await?)
}

/// Books several days at once, each on its own.
#[server(name = ReserveDays, prefix = "/api/fn", endpoint = "booking/reserve-days")]
pub async fn reserve_days(
    #[server(default)] days: Vec<String>,
    #[server(default)] slots: String,
    #[server(default)] seat: String,
    #[server(default)] back: String,
) -> Result<(), ApiError> {
    let (cx, actor) = signed_in()?;
    let days: Vec<NaiveDate> = days.iter().map(|day| parse::value(Field::Date, day)).collect::<Result<_, _>>()?;
    let Some(first) = days.first() else { return Err(parse::invalid(Field::Days, "")) };
    let person = parse::person(&actor)?;
    let policy = parse::policy_of_person(&cx, person, *first)?;
    let set = parse::slots(&policy, &slots)?;
    let want = parse::optional(Field::Seat, &seat)?.map_or(Want::Any, Want::Seat);
    let results = booking::reserve_days(&cx.services, &actor, person, want, days, set).await?;
    finish_days(results, policy.grid.codes(set).join("."), &back)
}

/// Every day booked leads on; a refused one comes back with its reason.
#[cfg(feature = "ssr")]
fn finish_days(results: Vec<DayResult>, slots: String, back: &str) -> Result<(), ApiError> {
    let mut partly = PartlyBooked { booked: Vec::new(), slots, refused: Vec::new() };
    for DayResult { on, outcome } in results {
        match outcome {
            Ok((id, _)) => partly.booked.push(id),
            Err(refused) => partly.refused.push((on, refused)),
        }
    }
    if partly.refused.is_empty() {
        see_other(&Done::BookedDays(partly.booked).on(routes::local(back)));
        return Ok(());
    }
    // The answer travels in an address when there is no program: many refused days name one seat each.
    let most = if partly.refused.len() > 5 { 1 } else { 3 };
    for (_, refused) in &mut partly.refused {
        refused.alternatives.truncate(most);
    }
    Err(reject(ApiError::Days(partly)))
}

/// Starts a recurring wish.
#[server(name = AddPattern, prefix = "/api/fn", endpoint = "booking/repeat")]
pub async fn add_pattern(
    #[server(default)] weekdays: Vec<String>,
    #[server(default)] slots: String,
    #[server(default)] seat: String,
    from: String,
    #[server(default)] last: String,
    #[server(default)] back: String,
) -> Result<(), ApiError> {
    let (cx, actor) = signed_in()?;
    let person = parse::person(&actor)?;
    let from_on: NaiveDate = parse::value(Field::Date, &from)?;
    let last_on: Option<NaiveDate> = parse::optional(Field::Date, &last)?;
    if last_on.is_some_and(|last_on| last_on < from_on) {
        return Err(parse::invalid(Field::Until, &last));
    }
    let mut days = Weekdays::default();
    for day in &weekdays {
        let number: usize = parse::value(Field::Weekdays, day)?;
        days = days.with(*WEEK.get(number).ok_or_else(|| parse::invalid(Field::Weekdays, day))?);
    }
    if days == Weekdays::default() {
        return Err(parse::invalid(Field::Weekdays, ""));
    }
    let policy = parse::policy_of_person(&cx, person, from_on)?;
    let set = parse::slots(&policy, &slots)?;
    let pattern = Pattern { weekdays: days, from_on, until_on: last_on.and_then(|last_on| last_on.succ_opt()) };
    let request = PatternRequest { person, pattern, slots: set, seat: parse::optional(Field::Seat, &seat)? };
    let (_, mut results) = booking::add_pattern(&cx.services, &actor, request).await?;
    // A day with a seat already is no failure of the wish.
    results.retain(|result| !matches!(&result.outcome, Err(refused) if matches!(refused.reason, ReserveRefusal::PersonAlreadySeated { .. })));
    if results.iter().all(|result| result.outcome.is_ok()) {
        see_other(&Done::PatternAdded.on(routes::local(&back)));
        return Ok(());
    }
    finish_days(results, policy.grid.codes(set).join("."), &back)
}

/// Ends a recurring wish; `bookings` says what becomes of those still to come (`keep`, `cancel`).
#[server(name = StopPattern, prefix = "/api/fn", endpoint = "booking/repeat-end")]
pub async fn end_pattern(pattern: String, #[server(default)] bookings: String, #[server(default)] back: String) -> Result<(), ApiError> {
    let (cx, actor) = signed_in()?;
    let how = if bookings == "cancel" { EndPattern::CancelBookings } else { EndPattern::KeepBookings };
    let taken = booking::end_pattern(&cx.services, &actor, parse::value(Field::Number, &pattern)?, how).await?;
    finish_taking_back(&taken, Done::PatternEnded, &back)
}

/// What was taken back leads on; what a section's telephone needs comes back with the reason.
#[cfg(feature = "ssr")]
fn finish_taking_back(taken: &TakenBack, done: Done, back: &str) -> Result<(), ApiError> {
    if !taken.kept.is_empty() {
        return Err(reject(needed(&taken.kept, reasons::kept)));
    }
    see_other(&with_gaps(done.on(routes::local(back)), &taken.short()));
    Ok(())
}

/// Takes back every booking from a day to another, both included.
#[server(name = CancelRange, prefix = "/api/fn", endpoint = "booking/cancel-range")]
pub async fn cancel_range(from: String, last: String, #[server(default)] back: String) -> Result<(), ApiError> {
    let (cx, actor) = signed_in()?;
    let from_on: NaiveDate = parse::value(Field::Date, &from)?;
    let to_on = parse::value::<NaiveDate>(Field::Date, &last)?.succ_opt().ok_or_else(|| parse::invalid(Field::Date, &last))?;
    if to_on <= from_on {
        return Err(parse::invalid(Field::Until, &last));
    }
    let taken = booking::cancel_range(&cx.services, &actor, parse::person(&actor)?, from_on, to_on).await?;
    let done = Done::Cancelled(taken.ended.iter().map(|booking| booking.id).collect());
    finish_taking_back(&taken, done, &back)
}

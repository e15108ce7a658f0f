//! Server functions of bookings. Pages post to them with [`crate::ui::PostForm`]:
//!
//! | `to` | fields |
//! |---|---|
//! | `booking/reserve` | `seat`, `date`, `slots` (words joined by dots; empty: whole day), `back`, `instead` (`move`: give up the seat held then) |
//! | `booking/cancel`, `booking/restore` | `booking` (numbers joined by dots), `back`, `undo` (`1`: the notice says "undone") |
//! | `booking/check-in`, `booking/undo-check-in`, `booking/leave` | `booking`, `back` |
//! | `booking/sit-now` | `seat`, `back` |
//!
//! `back` is the local page to return to; the news is appended to it.

use crate::api::ApiError;
#[cfg(feature = "ssr")]
use crate::{
    api::{Done, Field, parse, see_other, signed_in},
    routes,
};
#[cfg(feature = "ssr")]
use domain::booking::OnHeld;
use leptos::{prelude::*, server};
#[cfg(feature = "ssr")]
use services::booking::{self, Reserve, Want};

/// Takes a seat.
#[server(name = ReserveSeat, prefix = "/api/fn", endpoint = "booking/reserve")]
pub async fn reserve(seat: String, date: String, #[server(default)] slots: String, #[server(default)] back: String, #[server(default)] instead: String) -> Result<(), ApiError> {
    let (cx, actor) = signed_in()?;
    let seat = parse::value(Field::Seat, &seat)?;
    let on = parse::value(Field::Date, &date)?;
    let slots = parse::slots(&parse::policy_of_seat(&cx, seat)?, &slots)?;
    let on_held = if instead == "move" { OnHeld::Move } else { OnHeld::Refuse };
    let wish = Reserve { person: parse::person(&actor)?, want: Want::Seat(seat), on, slots, on_held, idempotency: None };
    let booked = booking::reserve(&cx.services, &actor, wish).await?;
    let done = if on_held == OnHeld::Move { Done::Moved(booked.id) } else { Done::Booked(booked.id) };
    see_other(&done.on(routes::local(&back)));
    Ok(())
}

/// Takes bookings back.
#[server(name = CancelBookings, prefix = "/api/fn", endpoint = "booking/cancel")]
pub async fn cancel(booking: String, #[server(default)] back: String, #[server(default)] undo: String) -> Result<(), ApiError> {
    let (cx, actor) = signed_in()?;
    let ids = parse::list(Field::Booking, &booking)?;
    for id in &ids {
        booking::cancel(&cx.services, &actor, *id).await?;
    }
    let done = if undo.is_empty() { Done::Cancelled(ids) } else { Done::Undone };
    see_other(&done.on(routes::local(&back)));
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
    booking::leave(&cx.services, &actor, id).await?;
    see_other(&Done::Left(id).on(routes::local(&back)));
    Ok(())
}

/// Sits down at a seat now.
#[server(name = SitNow, prefix = "/api/fn", endpoint = "booking/sit-now")]
pub async fn sit_now(seat: String, #[server(default)] back: String) -> Result<(), ApiError> {
    let (cx, actor) = signed_in()?;
    let seat = parse::value(Field::Seat, &seat)?;
    let booked = booking::sit_now(&cx.services, &actor, parse::person(&actor)?, seat).await?;
    see_other(&Done::CheckedIn(booked.id).on(routes::local(&back)));
    Ok(())
}

//! Bookings: take, list, come, leave, give back.

use super::{
    auth::{Booker, Reader},
    cover::GapJson,
    fault::{Expected, Fault},
    input::{self, Body, Id, Params},
    list::Listed,
    people::{PersonJson, person_by_number},
};
use crate::state::AppState;
use axum::{
    Json,
    extract::State,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use chrono::{Days, NaiveDate};
use domain::{
    BookingId, PersonId, SeatId, Slots, ZoneId,
    account::Actor,
    booking::{OnHeld, State as BookingState, view::BookingView},
};
use serde::{Deserialize, Serialize};
use services::{
    Kind, Services,
    booking::{Idempotency, ListBookings, Reserve, Want},
    office::{Office, Site},
};
use utoipa::{IntoParams, ToSchema};

/// A wish for a seat. Exactly one of `seat_id`, `zone_id` and `any`.
#[derive(Debug, Deserialize, Serialize, ToSchema)]
pub struct WishJson {
    /// This seat.
    seat_id: Option<i64>,
    /// The best free seat of this zone.
    zone_id: Option<i64>,
    /// The best free seat for the person.
    any: Option<bool>,
    /// The local day, `YYYY-MM-DD`.
    #[schema(example = "2026-11-24")]
    date: String,
    /// The slots, by the site's words.
    #[schema(example = json!(["am", "pm"]))]
    slots: Vec<String>,
    /// Staff number; the token's own person without one.
    person_no: Option<String>,
}

/// A booking.
#[derive(Debug, Serialize, ToSchema)]
pub struct BookingJson {
    /// Its number.
    id: i64,
    /// Staff number of the person.
    person_no: String,
    /// The person.
    person: PersonJson,
    /// The seat.
    seat_id: i64,
    /// What stands on the seat.
    seat_label: String,
    /// Its floor.
    floor_id: i64,
    /// What people call the floor.
    floor_name: String,
    /// The local day.
    date: NaiveDate,
    /// The slots held; of an ended booking, those that were booked.
    slots: Vec<String>,
    /// `booked`, `checked_in`, `cancelled`, `released`, `expired` or `done`.
    #[schema(value_type = String, example = "booked")]
    state: BookingState,
    /// When too few people are there to answer a section's telephone now, because of what was just done.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    cover: Vec<GapJson>,
}

/// Which bookings.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ListQuery {
    /// Staff number; everybody's without one, as far as the token may see.
    person_no: Option<String>,
    /// First day; today without one.
    #[param(example = "2026-11-24")]
    from: Option<String>,
    /// The day after the last; 31 days after `from` without one.
    #[param(example = "2026-12-01")]
    to: Option<String>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
    /// Entries of a page, 1 to 500; 100 without it.
    limit: Option<String>,
}

impl From<BookingView> for BookingJson {
    fn from(view: BookingView) -> Self {
        Self {
            id: view.id.0,
            person_no: view.person.staff_no.clone(),
            person: view.person.into(),
            seat_id: view.seat.0,
            seat_label: view.seat_label,
            floor_id: view.floor.0,
            floor_name: view.floor_name,
            date: view.on,
            slots: view.slots,
            state: view.state,
            cover: view.cover.into_iter().map(GapJson::from).collect(),
        }
    }
}

/// Takes a seat. A request with the same `Idempotency-Key` is answered with the same booking.
#[utoipa::path(post, path = "/bookings", operation_id = "createBooking", tag = "booking", request_body = WishJson,
    params(("Idempotency-Key" = Option<String>, Header, description = "Makes the request safe to send again; at most 200 printable characters")),
    responses(
        (status = 201, body = BookingJson, headers(("location" = String, description = "The booking"))),
        (status = 409, body = super::Problem, content_type = "application/problem+json",
            description = "A rule refuses: `seat_taken`, `person_already_seated`, `not_yet_open`, `quota`, `seat_closed`, `closed_day`, `past_day`, `slot_over`, `too_far_ahead`, `not_employed`, `no_slots` or `nothing_free`; `alternatives` names free seats where they help"),
        (status = 404, body = super::Problem, content_type = "application/problem+json", description = "No such seat, zone or person")))]
pub async fn create(State(state): State<AppState>, Booker(actor): Booker, headers: HeaderMap, Body(wish): Body<WishJson>) -> Result<Response, Fault> {
    let reserve = parse(&state.services, &actor, &wish, idempotency(&headers, &wish)?)?;
    let view = services::booking::reserve(&state.services, &actor, reserve).await?;
    let location = HeaderValue::from_str(&format!("/api/v1/bookings/{}", view.id)).map_err(|_| Fault::Internal)?;
    Ok((StatusCode::CREATED, [(header::LOCATION, location)], Json(BookingJson::from(view))).into_response())
}

/// Bookings in the order they were made, as far as the token may see.
#[utoipa::path(get, path = "/bookings", operation_id = "listBookings", tag = "booking", params(ListQuery),
    responses((status = 200, body = Listed<BookingJson>), (status = 404, body = super::Problem, content_type = "application/problem+json", description = "No such person")))]
pub async fn list(State(state): State<AppState>, Reader(actor): Reader, Params(query): Params<ListQuery>) -> Result<Json<Listed<BookingJson>>, Fault> {
    let office = state.services.office();
    let today = office.sites.values().next().map(|site| site.now(state.services.clock()).date()).ok_or(Fault::NotFound(Kind::Site))?;
    let from = query.from.as_deref().map_or(Ok(today), |text| input::date("from", text))?;
    let to = query.to.as_deref().map_or(Ok(from + Days::new(31)), |text| input::date("to", text))?;
    if to <= from {
        return Err(Fault::field("to", &to.to_string(), Expected::LaterDay));
    }
    let person = query.person_no.as_deref().map(|number| person_by_number(&state.services, &actor, number)).transpose()?;
    let after = query.cursor.as_deref().map(|text| text.parse::<BookingId>().map_err(|_| Fault::field("cursor", text, Expected::Number))).transpose()?;
    let limit = input::limit(query.limit.as_ref())?;
    let filter = ListBookings { person, from, to, after, limit: u64::from(limit) };
    let views = services::booking::list(&state.services, &actor, filter).await?;
    let next = (views.len() >= limit as usize).then(|| views.last().map(|view| view.id.to_string())).flatten();
    Ok(Json(Listed::page(views.into_iter().map(BookingJson::from).collect(), next)))
}

/// One booking.
#[utoipa::path(get, path = "/bookings/{id}", operation_id = "getBooking", tag = "booking", params(("id" = i64, Path, description = "The booking")),
    responses((status = 200, body = BookingJson), (status = 404, body = super::Problem, content_type = "application/problem+json")))]
pub async fn get(State(state): State<AppState>, Reader(actor): Reader, Id(id): Id) -> Result<Json<BookingJson>, Fault> {
    Ok(Json(services::booking::booking(&state.services, &actor, BookingId(id)).await?.into()))
}

/// Gives a booking back.
#[utoipa::path(delete, path = "/bookings/{id}", operation_id = "cancelBooking", tag = "booking", params(("id" = i64, Path, description = "The booking")),
    responses((status = 200, body = BookingJson, description = "The booking as it ended"),
        (status = 404, body = super::Problem, content_type = "application/problem+json", description = "No such booking, or somebody else's"),
        (status = 409, body = super::Problem, content_type = "application/problem+json", description = "`ended`, `over`, or `cover`: a section needs the person at its telephone")))]
pub async fn cancel(State(state): State<AppState>, Booker(actor): Booker, Id(id): Id) -> Result<Json<BookingJson>, Fault> {
    Ok(Json(services::booking::cancel(&state.services, &actor, BookingId(id)).await?.into()))
}

/// 着席: the person is there.
#[utoipa::path(post, path = "/bookings/{id}/check-in", operation_id = "checkIn", tag = "booking", params(("id" = i64, Path, description = "The booking")),
    responses((status = 200, body = BookingJson),
        (status = 404, body = super::Problem, content_type = "application/problem+json", description = "No such booking, or somebody else's"),
        (status = 409, body = super::Problem, content_type = "application/problem+json", description = "`too_early`, `too_late`, `already_checked_in` or `ended`")))]
pub async fn check_in(State(state): State<AppState>, Booker(actor): Booker, Id(id): Id) -> Result<Json<BookingJson>, Fault> {
    Ok(Json(services::booking::check_in(&state.services, &actor, BookingId(id)).await?.into()))
}

/// Leaves early: what is left of the day becomes free.
#[utoipa::path(post, path = "/bookings/{id}/release", operation_id = "releaseBooking", tag = "booking", params(("id" = i64, Path, description = "The booking")),
    responses((status = 200, body = BookingJson, description = "The booking as it ended"),
        (status = 404, body = super::Problem, content_type = "application/problem+json", description = "No such booking, or somebody else's"),
        (status = 409, body = super::Problem, content_type = "application/problem+json", description = "`ended`, `over`, or `cover`: a section needs the person at its telephone")))]
pub async fn release(State(state): State<AppState>, Booker(actor): Booker, Id(id): Id) -> Result<Json<BookingJson>, Fault> {
    Ok(Json(services::booking::leave(&state.services, &actor, BookingId(id)).await?.into()))
}

fn parse(services: &Services, actor: &Actor, wish: &WishJson, idempotency: Option<Idempotency>) -> Result<Reserve, Fault> {
    let want = match (wish.seat_id, wish.zone_id, wish.any.unwrap_or(false)) {
        (Some(seat), None, false) => Want::Seat(SeatId(seat)),
        (None, Some(zone), false) => Want::Zone(ZoneId(zone)),
        (None, None, true) => Want::Any,
        _ => return Err(Fault::field("seat_id", "", Expected::OneWish)),
    };
    let on = input::date("date", &wish.date)?;
    let person = match wish.person_no.as_deref() {
        Some(number) => person_by_number(services, actor, number)?,
        None => actor.person().ok_or_else(|| Fault::field("person_no", "", Expected::Present))?,
    };
    let slots = slots(site(&services.office(), want, person, on)?, &wish.slots)?;
    Ok(Reserve { person, want, on, slots, on_held: OnHeld::Refuse, idempotency })
}

/// The site whose words the slots are.
fn site(office: &Office, want: Want, person: PersonId, on: NaiveDate) -> Result<&Site, Fault> {
    let (floor, kind) = match want {
        Want::Seat(seat) => (office.seats.get(&seat).map(|seat| seat.floor), Kind::Seat),
        Want::Zone(zone) => (office.zones.get(&zone).map(|zone| zone.floor), Kind::Zone),
        Want::Any => return office.site_for(person, on).ok_or(Fault::NotFound(Kind::Site)),
    };
    floor.and_then(|floor| office.site_of(floor)).ok_or(Fault::NotFound(kind))
}

fn slots(site: &Site, words: &[String]) -> Result<Slots, Fault> {
    let parsed = site.policy.grid.parse(words.iter().map(String::as_str));
    parsed.map_err(|unknown| Fault::field("slots", &unknown.code, Expected::OneOf(unknown.known)))
}

/// The key of a request that may come twice, and a mark of what was asked.
fn idempotency(headers: &HeaderMap, wish: &WishJson) -> Result<Option<Idempotency>, Fault> {
    const MOST: usize = 200;
    let Some(value) = headers.get("idempotency-key") else { return Ok(None) };
    let key = value.to_str().unwrap_or_default().trim();
    if key.is_empty() || key.len() > MOST {
        return Err(Fault::field("Idempotency-Key", key, Expected::Text(MOST)));
    }
    let asked = serde_json::to_string(wish).map_err(|_| Fault::Internal)?;
    Ok(Some(Idempotency { key: key.to_owned(), fingerprint: services::secret::hash(&asked) }))
}

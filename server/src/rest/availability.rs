//! Which seats are free on a day.

use super::{
    auth::Reader,
    fault::Fault,
    input::{self, Id, Params},
    offices::{SlotJson, slots},
    people::PersonJson,
    tag::tagged,
};
use crate::state::AppState;
use axum::{Json, extract::State};
use chrono::NaiveDate;
use domain::{
    FloorId,
    account::Actor,
    floor::view::{FloorView, SeatView, SlotState},
};
use serde::{Deserialize, Serialize};
use services::office::Office;
use std::collections::BTreeMap;
use utoipa::{IntoParams, ToSchema};

/// Which day.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct DayQuery {
    /// The local day, `YYYY-MM-DD`; today or the next working day without one.
    #[param(example = "2026-11-24")]
    date: Option<String>,
}

/// Every seat of a floor in every slot of a day.
#[derive(Debug, Serialize, ToSchema)]
pub struct AvailabilityJson {
    /// The floor.
    floor_id: i64,
    /// The local day.
    date: NaiveDate,
    /// Why the site is closed on that day; `null` when it is open.
    #[schema(value_type = Option<Object>)]
    closed: Option<serde_json::Value>,
    /// Grows with every change.
    version: i64,
    /// The slots of the day, in order.
    slots: Vec<SlotJson>,
    /// Seats, zone by zone and by label.
    seats: Vec<SeatStateJson>,
}

/// One seat on that day.
#[derive(Debug, Serialize, ToSchema)]
pub struct SeatStateJson {
    /// The seat.
    id: i64,
    /// What stands on it.
    label: String,
    /// The number of its zone.
    zone: Option<i64>,
    /// Its state in each slot, by the slot's word.
    slots: BTreeMap<String, SlotStateJson>,
}

/// A seat in one slot.
#[derive(Debug, Serialize, ToSchema)]
pub struct SlotStateJson {
    /// The state.
    state: StateWord,
    /// The units the seat is kept for, with `reserved_for`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    units: Vec<String>,
    /// Who holds it, as far as the token may see.
    #[serde(skip_serializing_if = "Option::is_none")]
    person: Option<PersonJson>,
    /// The booking, when it is the token's own person's.
    #[serde(skip_serializing_if = "Option::is_none")]
    booking_id: Option<i64>,
}

/// What a seat is in a slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum StateWord {
    /// It can be taken.
    Free,
    /// Somebody holds it and has not come yet.
    Booked,
    /// Somebody sits there.
    CheckedIn,
    /// Out of use, or the site is closed.
    Closed,
    /// Kept for its home units until it opens.
    ReservedFor,
}

/// For every seat and slot of a day: free, booked, checked in, closed, or kept for a unit.
#[utoipa::path(get, path = "/floors/{id}/availability", operation_id = "getAvailability", tag = "office",
    params(("id" = i64, Path, description = "The floor"), DayQuery),
    responses((status = 200, body = AvailabilityJson), (status = 404, body = super::Problem, content_type = "application/problem+json")))]
pub async fn availability(
    State(state): State<AppState>,
    Reader(actor): Reader,
    Id(id): Id,
    Params(query): Params<DayQuery>,
) -> Result<Json<AvailabilityJson>, Fault> {
    let on = query.date.as_deref().map(|text| input::date("date", text)).transpose()?;
    let view = services::floor::floor_view(&state.services, &actor, FloorId(id), on).await?;
    Ok(Json(from_view(view, &state.services.office(), &actor)))
}

fn from_view(view: FloorView, office: &Office, actor: &Actor) -> AvailabilityJson {
    let codes: Vec<String> = view.grid.iter().map(|time| time.code.clone()).collect();
    let on = view.day.on;
    let seat = |seat: SeatView| SeatStateJson {
        id: seat.id.0,
        label: seat.label,
        zone: seat.zone.map(|zone| zone.0),
        slots: codes.iter().cloned().zip(seat.slots.into_iter().map(|state| slot_state(state, office, actor, on))).collect(),
    };
    AvailabilityJson {
        floor_id: view.floor.id.0,
        date: on,
        closed: view.day.closed.map(|closed| tagged("why", &closed)),
        version: view.version,
        slots: slots(&view.grid),
        seats: view.seats.into_iter().map(seat).collect(),
    }
}

fn slot_state(state: SlotState, office: &Office, actor: &Actor, on: NaiveDate) -> SlotStateJson {
    let of = |state, person| SlotStateJson { state, units: Vec::new(), person, booking_id: None };
    match state {
        SlotState::Free => of(StateWord::Free, None),
        SlotState::Closed => of(StateWord::Closed, None),
        SlotState::Booked { who } => of(StateWord::Booked, who.map(PersonJson::from)),
        SlotState::CheckedIn { who } => of(StateWord::CheckedIn, who.map(PersonJson::from)),
        SlotState::ReservedFor { units } => {
            let names = units.iter().filter_map(|unit| office.units.get(unit)).map(|unit| unit.name.clone()).collect();
            SlotStateJson { units: names, ..of(StateWord::ReservedFor, None) }
        }
        SlotState::Mine { booking, checked_in } => {
            let me = actor.person().and_then(|person| office.who(actor, person, on)).map(PersonJson::from);
            let word = if checked_in { StateWord::CheckedIn } else { StateWord::Booked };
            SlotStateJson { booking_id: Some(booking.0), ..of(word, me) }
        }
    }
}

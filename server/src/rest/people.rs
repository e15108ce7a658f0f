//! People: finding them, and where they are as far as the token may know.

use super::{
    auth::Reader,
    fault::Fault,
    input::{self, Params},
    list::Listed,
};
use crate::state::AppState;
use axum::{
    Json,
    extract::{Path, State},
};
use chrono::{NaiveDateTime, TimeZone};
use domain::{
    PersonId,
    account::Actor,
    person::view::{PersonHit, Place, Whereabouts, Who},
};
use serde::{Deserialize, Serialize};
use services::{Kind, Services, office::Office};
use utoipa::{IntoParams, ToSchema};

/// Somebody, by name.
#[derive(Debug, Serialize, ToSchema)]
pub struct PersonJson {
    /// Staff number.
    no: String,
    /// The name shown.
    name: String,
    /// Name of the main unit.
    unit: Option<String>,
}

impl From<Who> for PersonJson {
    fn from(who: Who) -> Self {
        Self { no: who.staff_no, name: who.name, unit: who.unit }
    }
}

/// Somebody found.
#[derive(Debug, Serialize, ToSchema)]
pub struct FoundJson {
    #[serde(flatten)]
    person: PersonJson,
    /// The reading.
    kana: String,
    /// Title of the main post.
    title: String,
    /// Extension.
    extension: Option<String>,
    /// Every unit, the main one first.
    units: Vec<String>,
    /// Where they are.
    whereabouts: WhereJson,
}

/// Where somebody is, as far as the token may know.
#[derive(Debug, Serialize, ToSchema)]
pub struct WhereJson {
    /// What is known.
    state: WhereWord,
    /// The seat; `null` when it may not be known, or there is none.
    place: Option<PlaceJson>,
    /// With `at_seat`: when they came, RFC 3339.
    #[serde(skip_serializing_if = "Option::is_none")]
    since: Option<String>,
    /// With `later`: the slots of today that are booked.
    #[serde(skip_serializing_if = "Option::is_none")]
    slots: Option<Vec<String>>,
}

/// What is known of somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum WhereWord {
    /// At a seat.
    AtSeat,
    /// A seat is booked for now, and the person has not come yet.
    Expected,
    /// A seat is booked later today.
    Later,
    /// Nothing is known for today.
    Unknown,
}

/// A seat by name.
#[derive(Debug, Serialize, ToSchema)]
pub struct PlaceJson {
    /// The seat.
    seat_id: i64,
    /// What stands on it.
    seat_label: String,
    /// Its zone's name.
    zone_name: Option<String>,
    /// Its floor.
    floor_id: i64,
    /// What people call the floor.
    floor_name: String,
}

/// One person and where they are.
#[derive(Debug, Serialize, ToSchema)]
pub struct WhereaboutsJson {
    /// The person.
    person: PersonJson,
    #[serde(flatten)]
    whereabouts: WhereJson,
}

/// Whom to find.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct FindQuery {
    /// Kanji, kana, romaji, staff number or extension, or a part of one; the first 80 letters count.
    #[param(example = "さとう", required)]
    q: Option<String>,
}

/// Finds people, at most 50. Looking somebody up leaves a trace that they can see.
#[utoipa::path(get, path = "/people", operation_id = "findPeople", tag = "people", params(FindQuery), responses((status = 200, body = Listed<FoundJson>)))]
pub async fn find(State(state): State<AppState>, Reader(actor): Reader, Params(query): Params<FindQuery>) -> Result<Json<Listed<FoundJson>>, Fault> {
    let q = input::required("q", query.q.as_ref())?;
    let found = services::person::find(&state.services, &actor, q).await?;
    Ok(Json(Listed::whole(found.hits.into_iter().map(|hit| found_json(&state.services, hit)).collect())))
}

/// Where a person is, as far as the token may know.
#[utoipa::path(get, path = "/people/{no}/whereabouts", operation_id = "getWhereabouts", tag = "people", params(("no" = String, Path, description = "Staff number")),
    responses((status = 200, body = WhereaboutsJson), (status = 404, body = super::Problem, content_type = "application/problem+json", description = "No such person, or none the token may know of")))]
pub async fn whereabouts(State(state): State<AppState>, Reader(actor): Reader, Path(no): Path<String>) -> Result<Json<WhereaboutsJson>, Fault> {
    let hit = services::person::by_staff_no(&state.services, &actor, &no).await?;
    let whereabouts = where_json(&state.services, hit.who.id, hit.whereabouts);
    Ok(Json(WhereaboutsJson { person: hit.who.into(), whereabouts }))
}

/// The person with a staff number, for whom the caller may ask.
///
/// # Errors
/// 404 when there is nobody the caller may know of.
pub fn person_by_number(services: &Services, actor: &Actor, number: &str) -> Result<PersonId, Fault> {
    services::person::person_id(services, actor, number).ok_or(Fault::NotFound(Kind::Person))
}

fn found_json(services: &Services, hit: PersonHit) -> FoundJson {
    let whereabouts = where_json(services, hit.who.id, hit.whereabouts);
    let extension = hit.who.extension.clone();
    FoundJson { person: hit.who.into(), kana: hit.kana, title: hit.title, extension, units: hit.units, whereabouts }
}

fn where_json(services: &Services, person: PersonId, whereabouts: Whereabouts) -> WhereJson {
    let office = services.office();
    let of = |state, place: Option<Place>| WhereJson { state, place: place.map(PlaceJson::from), since: None, slots: None };
    match whereabouts {
        Whereabouts::AtSeat { place, since } => {
            WhereJson { since: since.and_then(|since| instant(services, &office, person, since)), ..of(WhereWord::AtSeat, place) }
        }
        Whereabouts::Expected { place } => of(WhereWord::Expected, place),
        Whereabouts::Later { place, slots } => {
            let today = services.clock().now().date_naive();
            let words = office.site_for(person, today).map(|site| site.policy.grid.codes(slots));
            WhereJson { slots: words, ..of(WhereWord::Later, place) }
        }
        Whereabouts::Unknown => of(WhereWord::Unknown, None),
    }
}

/// A moment on the wall of the person's site, with its distance from UTC.
fn instant(services: &Services, office: &Office, person: PersonId, wall: NaiveDateTime) -> Option<String> {
    let site = office.site_for(person, services.clock().now().date_naive())?;
    site.zone.from_local_datetime(&wall).earliest().map(|at| at.to_rfc3339())
}

impl From<Place> for PlaceJson {
    fn from(place: Place) -> Self {
        Self { seat_id: place.seat.0, seat_label: place.seat_label, zone_name: place.zone_name, floor_id: place.floor.0, floor_name: place.floor_name }
    }
}

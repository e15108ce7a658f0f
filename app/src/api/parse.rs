//! From what a form sends (always text) to the domain's values.

use super::{ApiError, Field, Invalid, reject, request::RequestContext};
use chrono::NaiveDate;
use domain::{PersonId, SeatId, Slots, account::Actor, site::SitePolicy};
use std::str::FromStr;

/// A field that cannot be read, with what stood in it.
#[must_use]
pub fn invalid(field: Field, value: &str) -> ApiError {
    reject(ApiError::Invalid(Invalid { field, value: value.chars().take(40).collect() }))
}

/// A number, a date, an id.
///
/// # Errors
/// [`ApiError::Invalid`].
pub fn value<T: FromStr>(field: Field, text: &str) -> Result<T, ApiError> {
    text.trim().parse().map_err(|_| invalid(field, text))
}

/// The same, where nothing means none.
///
/// # Errors
/// [`ApiError::Invalid`].
pub fn optional<T: FromStr>(field: Field, text: &str) -> Result<Option<T>, ApiError> {
    if text.trim().is_empty() { Ok(None) } else { value(field, text).map(Some) }
}

/// Values joined by dots or commas, at most a hundred.
///
/// # Errors
/// [`ApiError::Invalid`].
pub fn list<T: FromStr>(field: Field, text: &str) -> Result<Vec<T>, ApiError> {
    text.split(['.', ',']).filter(|part| !part.trim().is_empty()).take(100).map(|part| value(field, part)).collect()
}

/// Slot words joined by dots; the whole day without any.
///
/// # Errors
/// [`ApiError::Invalid`].
pub fn slots(policy: &SitePolicy, text: &str) -> Result<Slots, ApiError> {
    if text.trim().is_empty() {
        return Ok(policy.grid.all());
    }
    policy.grid.parse(text.split(['.', ','])).map_err(|_| invalid(Field::Slots, text))
}

/// The rules of the site a seat stands in.
///
/// # Errors
/// [`ApiError::NotFound`].
pub fn policy_of_seat(cx: &RequestContext, seat: SeatId) -> Result<SitePolicy, ApiError> {
    let office = cx.services.office();
    let site = office.seats.get(&seat).and_then(|seat| office.site_of(seat.floor));
    site.map(|site| site.policy.clone()).ok_or_else(|| reject(ApiError::NotFound))
}

/// The rules of the site a person's days are counted at.
///
/// # Errors
/// [`ApiError::NotFound`].
pub fn policy_of_person(cx: &RequestContext, person: PersonId, on: NaiveDate) -> Result<SitePolicy, ApiError> {
    let office = cx.services.office();
    office.site_for(person, on).map(|site| site.policy.clone()).ok_or_else(|| reject(ApiError::NotFound))
}

/// The person behind the actor.
///
/// # Errors
/// [`ApiError::Denied`] for an actor that is nobody.
pub fn person(actor: &Actor) -> Result<PersonId, ApiError> {
    actor.person().ok_or_else(|| reject(ApiError::Denied))
}

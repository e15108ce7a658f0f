//! Calls of a month as a file that spreadsheets open.

use super::{refuse, table::file};
use crate::{
    layers::{Asked, Trouble},
    state::AppState,
};
use app::features::telephone::calls;
use axum::{
    extract::{Query, Request, State},
    response::Response,
};
use domain::telephone::totals::Month;
use serde::Deserialize;
use services::{account::Signed, telephone::month_totals};

/// Which month.
#[derive(Debug, Deserialize)]
pub struct Wanted {
    month: Option<String>,
}

/// The month, for whoever may see its totals; nobody else is told that there are any.
pub async fn calls_csv(State(state): State<AppState>, Query(wanted): Query<Wanted>, request: Request) -> Response {
    let asked = Asked::of(&request);
    let signed = request.extensions().get::<Option<Signed>>().cloned().flatten();
    let month = wanted.month.as_deref().and_then(|text| text.parse::<Month>().ok());
    let (Some(signed), Some(month)) = (signed, month) else { return Trouble::NoSuchRoute.answer(&asked) };
    match month_totals(&state.services, &signed.actor, month).await {
        Ok(view) => file(&calls::csv(asked.locale, &view), &format!("calls-{month}.csv"), &asked),
        Err(failure) => refuse(failure, "calls of a month", &asked),
    }
}

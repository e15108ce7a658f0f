//! `GET /telephone/files/changes.csv?on=&at=`: what a day changes, for a spreadsheet. The same rows and rights as the page.

use super::{refuse, table::file};
use crate::{
    layers::{Asked, Trouble},
    state::AppState,
};
use app::features::telephone::{
    difference::difference,
    setup::{changes_of, wanted},
};
use axum::{
    extract::{Query, Request, State},
    response::Response,
};
use serde::Deserialize;
use services::account::Signed;

/// Which day and time.
#[derive(Debug, Deserialize)]
pub struct ChangesQuery {
    #[serde(default)]
    on: String,
    #[serde(default)]
    at: String,
}

/// Every number that rings differently, with both sentences; nobody but who administers is told that there are any.
pub async fn changes_csv(State(state): State<AppState>, Query(query): Query<ChangesQuery>, request: Request) -> Response {
    let asked = Asked::of(&request);
    let signed = request.extensions().get::<Option<Signed>>().cloned().flatten();
    let (Some(signed), Ok(wanted)) = (signed, wanted(&state.services, &query.on, &query.at)) else { return Trouble::NoSuchRoute.answer(&asked) };
    match changes_of(&state.services, &signed.actor, wanted).await {
        Ok(compared) => {
            let head = asked.locale.telephone_setup().csv_head.map(str::to_owned).to_vec();
            let rows = compared.differences.iter().map(|dated| {
                let told = difference(asked.locale, &compared, dated);
                vec![told.ext, told.name, told.section, told.on.to_string(), told.what, told.before, told.after]
            });
            file(&std::iter::once(head).chain(rows).collect::<Vec<_>>(), &format!("changes-{}.csv", wanted.on), &asked)
        }
        Err(failure) => refuse(failure, "what a day changes", &asked),
    }
}

//! `GET /telephone/changes.csv?on=&at=`: what a day changes, for a spreadsheet. The same rows and rights as the page.

use crate::{layers::Asked, rest::Fault, state::AppState};
use app::features::telephone::{
    difference::difference,
    setup::{changes_of, wanted},
};
use axum::{
    extract::{Query, Request, State},
    http::header,
    response::{IntoResponse, Response},
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

/// Every number that rings differently, with both sentences.
pub async fn changes_csv(State(state): State<AppState>, Query(query): Query<ChangesQuery>, request: Request) -> Response {
    let asked = Asked::of(&request);
    let signed = request.extensions().get::<Option<Signed>>().cloned().flatten();
    let Some(signed) = signed else { return Fault::Token.answer(&asked) };
    let compared = match wanted(&state.services, &query.on, &query.at) {
        Ok(wanted) => changes_of(&state.services, &signed.actor, wanted).await,
        Err(failure) => Err(failure),
    };
    match compared {
        Err(failure) => Fault::from(failure).answer(&asked),
        Ok(compared) => {
            let head = asked.locale.telephone_setup().csv_head.map(str::to_owned).to_vec();
            let rows = compared.differences.iter().map(|dated| {
                let told = difference(asked.locale, &compared, dated);
                vec![told.ext, told.name, told.section, told.on.to_string(), told.what, told.before, told.after]
            });
            // Spreadsheets know UTF-8 by its mark.
            let text = std::iter::once(head).chain(rows).fold(String::from("\u{feff}"), |text, row| text + &line(&row));
            ([(header::CONTENT_TYPE, "text/csv; charset=utf-8"), (header::CONTENT_DISPOSITION, "attachment; filename=\"changes.csv\"")], text).into_response()
        }
    }
}

/// A line of RFC 4180. What a spreadsheet would take for a formula is text.
fn line(row: &[String]) -> String {
    let field = |text: &String| {
        let formula = text.starts_with(['=', '+', '-', '@', '\t']);
        format!("\"{}{}\"", if formula { "'" } else { "" }, text.replace('"', "\"\""))
    };
    row.iter().map(field).collect::<Vec<_>>().join(",") + "\r\n"
}

#[cfg(test)]
mod tests {
    use super::line;

    #[test]
    fn names_cannot_break_a_row_or_become_a_formula() {
        let row = ["2101", "田中 \"花子\"", "=1+1", "a,b\nc"].map(str::to_owned);
        assert_eq!(line(&row), "\"2101\",\"田中 \"\"花子\"\"\",\"'=1+1\",\"a,b\nc\"\r\n");
    }
}

//! Calls of a month as a file that spreadsheets open.

use crate::{
    layers::{Asked, Trouble},
    state::AppState,
};
use app::features::telephone::calls;
use axum::{
    extract::{Query, Request, State},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::telephone::totals::Month;
use serde::Deserialize;
use services::{Failure, account::Signed, telephone::month_totals};

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
        Ok(view) => file(&calls::csv(asked.locale, &view), &format!("calls-{month}.csv")),
        Err(Failure::Denied) => Trouble::NoSuchRoute.answer(&asked),
        Err(Failure::Busy | Failure::Unavailable(_)) => Trouble::Busy.answer(&asked),
        Err(failure) => {
            tracing::error!(?failure, "calls cannot be counted");
            Trouble::Internal.answer(&asked)
        }
    }
}

/// With the mark that tells spreadsheets of UTF-8.
pub(super) fn file(rows: &[Vec<String>], name: &str) -> Response {
    let mut text = String::from("\u{feff}");
    for row in rows {
        text.push_str(&row.iter().map(|cell| quoted(cell)).collect::<Vec<_>>().join(","));
        text.push_str("\r\n");
    }
    let kind = HeaderValue::from_static("text/csv; charset=utf-8");
    let named = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")).unwrap_or(HeaderValue::from_static("attachment"));
    let headers = [(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, named), (header::CACHE_CONTROL, HeaderValue::from_static("no-store"))];
    (StatusCode::OK, headers, text).into_response()
}

/// A cell as RFC 4180 wants it. What a spreadsheet would take for a formula becomes a text.
fn quoted(cell: &str) -> String {
    let guard = if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { "'" } else { "" };
    format!("\"{guard}{}\"", cell.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn cells_are_texts() {
        assert_eq!(quoted("総務課"), "\"総務課\"");
        assert_eq!(quoted("a\"b,c"), "\"a\"\"b,c\"");
        assert_eq!(quoted("=HYPERLINK(1)"), "\"'=HYPERLINK(1)\"");
    }
}

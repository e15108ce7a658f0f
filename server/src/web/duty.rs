//! Turns for calendar programs: as a file for whoever is signed in, and under an address that is the secret itself.

use super::refuse;
use crate::{
    ical::{Event, calendar},
    layers::{Asked, Trouble},
    state::AppState,
};
use app::i18n::Locale;
use axum::{
    extract::{Path, Query, Request, State},
    http::{HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use services::{
    Failure, Never,
    account::Signed,
    telephone::cover::{Feed, feed, feed_of},
};

/// Whose turns, in which words.
#[derive(Debug, Deserialize)]
pub struct DutyQuery {
    section: Option<String>,
    lang: Option<String>,
}

/// My turns, or those of a section I see, as a file.
pub async fn duty_file(State(state): State<AppState>, Query(query): Query<DutyQuery>, request: Request) -> Response {
    let asked = Asked::of(&request);
    let signed = request.extensions().get::<Option<Signed>>().cloned().flatten();
    let section = query.section.as_deref().map(str::parse).transpose();
    let (Some(signed), Ok(section)) = (signed, section) else { return Trouble::NoSuchRoute.answer(&asked) };
    answer(feed_of(&state.services, &signed.actor, section).await, asked.locale, &asked)
}

/// What an address shows that somebody made for their calendar program.
pub async fn duty_feed(State(state): State<AppState>, Path(name): Path<String>, Query(query): Query<DutyQuery>, request: Request) -> Response {
    let asked = Asked::of(&request);
    let Some(secret) = name.strip_suffix(".ics") else { return Trouble::NoSuchRoute.answer(&asked) };
    let locale = query.lang.as_deref().and_then(Locale::parse).unwrap_or(asked.locale);
    answer(feed(&state.services, secret).await, locale, &asked)
}

fn answer(found: Result<Feed, Failure<Never>>, locale: Locale, asked: &Asked) -> Response {
    match found {
        Ok(feed) => {
            let headers: [(HeaderName, HeaderValue); 3] = [
                (header::CONTENT_TYPE, HeaderValue::from_static("text/calendar; charset=utf-8")),
                (header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment; filename=\"duty.ics\"")),
                (header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache")),
            ];
            (StatusCode::OK, headers, text(&feed, locale)).into_response()
        }
        Err(failure) => refuse(failure, "a calendar of turns", asked),
    }
}

fn text(feed: &Feed, locale: Locale) -> String {
    let t = locale.telephone_cover();
    let events = feed
        .turns
        .iter()
        .map(|turn| {
            let who = turn.person.as_ref().map(|name| format!(" {name}")).unwrap_or_default();
            Event {
                uid: format!("duty-{}@nanawari", turn.id),
                summary: format!("{}{who} ({})", (t.kind)(turn.kind), turn.section),
                from_at: turn.from_at,
                until_at: turn.until_at,
            }
        })
        .collect();
    calendar(&(t.calendar_name)(feed.section.as_deref()), events, feed.at)
}

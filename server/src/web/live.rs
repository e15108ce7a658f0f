//! `GET /live/floors/{id}?date=`: "this floor changed on this day"; `GET /live/telephone`: "calls go elsewhere now, or somebody came";
//! `GET /live/memos`: "a memo of yours changed": as server-sent events. No content travels here, so there is nothing to filter but
//! whom and what it is about; the page reads anew with its own rights.

use crate::{
    layers::{Asked, SessionToken, Trouble, foreign},
    rest::{self, Fault},
    state::{AppState, Stopping},
};
use axum::{
    extract::{Path, Query, Request, State},
    http::request::Parts,
    response::{
        IntoResponse, Response, Sse,
        sse::{Event, KeepAlive},
    },
};
use chrono::NaiveDate;
use domain::{FloorId, PersonId, account::Scope};
use futures::{Stream, stream};
use serde::Deserialize;
use services::{Services, account::Signed, live::Notice};
use std::{convert::Infallible, time::Duration};
use tokio::sync::broadcast::{Receiver, error::RecvError};

/// How often it is checked that whoever listens still may.
const CHECK: Duration = Duration::from_secs(4);
/// How often a silent stream says that it lives.
const KEEP_ALIVE: Duration = Duration::from_secs(15);

/// Which day.
#[derive(Debug, Deserialize)]
pub struct LiveQuery {
    date: Option<String>,
}

/// Whether the browser was here before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Visit {
    First,
    Again,
}

/// What somebody listens to.
#[derive(Clone, Copy, Debug)]
enum Subject {
    Floor(FloorId, NaiveDate),
    Telephones,
    /// Those that concern a person.
    Memos(PersonId),
}

impl Subject {
    /// What is told of a notice; `None` when it is about something else.
    fn told(self, notice: &Notice, cx: &Services) -> Option<serde_json::Value> {
        match (self, notice) {
            (Self::Floor(floor, on), Notice::Floor(change)) if (change.floor, change.on) == (floor, on) => {
                Some(serde_json::json!({ "floor": change.floor, "date": change.on, "version": change.version }))
            }
            (Self::Telephones, Notice::Floor(_) | Notice::Person(_) | Notice::Mode) => Some(serde_json::json!({})),
            (Self::Memos(person), Notice::Memo(to, author)) => {
                (*author == Some(person) || services::memo::concerns(cx, person, *to)).then(|| serde_json::json!({}))
            }
            (Self::Floor(..) | Self::Telephones | Self::Memos(_), _) => None,
        }
    }
}

/// By what right somebody listens.
#[derive(Clone, Debug)]
enum Listener {
    Session(SessionToken),
    Token(String),
}

/// Tells of every change of a floor on a day, until the session ends.
pub async fn live_floor(State(state): State<AppState>, Path(id): Path<String>, Query(query): Query<LiveQuery>, request: Request) -> Response {
    let asked = Asked::of(&request);
    let (request, _) = request.into_parts();
    if foreign(&request.headers, &request.uri, &state.config.base_url) {
        return Trouble::CrossSite.answer(&asked);
    }
    let Some(listener) = listener(&state, &request).await else { return Fault::Token.answer(&asked) };
    let Some(floor) = id.parse::<FloorId>().ok().filter(|floor| state.services.office().floor(*floor).is_some()) else {
        return Trouble::NoSuchRoute.answer(&asked);
    };
    let on = match rest::required("date", query.date.as_ref()).and_then(|text| rest::date("date", text)) {
        Ok(on) => on,
        Err(fault) => return fault.answer(&asked),
    };
    listen(state, &request, listener, Subject::Floor(floor, on))
}

/// Tells of everything that the pages of the telephones show: who came and went, what people said, what the house does.
pub async fn live_telephone(State(state): State<AppState>, request: Request) -> Response {
    let asked = Asked::of(&request);
    let (request, _) = request.into_parts();
    if foreign(&request.headers, &request.uri, &state.config.base_url) {
        return Trouble::CrossSite.answer(&asked);
    }
    let Some(listener) = listener(&state, &request).await else { return Fault::Token.answer(&asked) };
    listen(state, &request, listener, Subject::Telephones)
}

/// Tells whoever listens that one of their memos was written, read or closed.
pub async fn live_memos(State(state): State<AppState>, request: Request) -> Response {
    let asked = Asked::of(&request);
    let (request, _) = request.into_parts();
    if foreign(&request.headers, &request.uri, &state.config.base_url) {
        return Trouble::CrossSite.answer(&asked);
    }
    let Some(listener) = listener(&state, &request).await else { return Fault::Token.answer(&asked) };
    let person = match &listener {
        Listener::Session(_) => request.extensions.get::<Option<Signed>>().and_then(|signed| signed.as_ref()?.actor.person()),
        Listener::Token(_) => rest::caller(&request.headers, &state, Scope::Read).await.ok().and_then(|actor| actor.person()),
    };
    // A program that is nobody has no memos.
    let Some(person) = person else { return Fault::Denied.answer(&asked) };
    listen(state, &request, listener, Subject::Memos(person))
}

fn listen(state: AppState, request: &Parts, listener: Listener, subject: Subject) -> Response {
    // A browser that was cut off may have missed notices: it is told to look anew.
    let visit = if request.headers.contains_key("last-event-id") { Visit::Again } else { Visit::First };
    let notices = Notices {
        changes: state.services.live().subscribe(),
        subject,
        listener,
        services: state.services,
        stopping: state.stopping,
        greeting: Some(greeting(visit)),
    };
    Sse::new(notices.stream()).keep_alive(KeepAlive::new().interval(KEEP_ALIVE)).into_response()
}

/// The first bytes tell the browser that it is connected, how soon to come back when it is cut off, and by the id to say
/// then that it was here before.
fn greeting(visit: Visit) -> Event {
    let event = Event::default().id("1").retry(Duration::from_secs(2));
    if visit == Visit::Again { event.event("resync").data("{}") } else { event.comment("listening") }
}

async fn listener(state: &AppState, request: &Parts) -> Option<Listener> {
    if let (Some(Some(_)), Some(token)) = (request.extensions.get::<Option<Signed>>(), request.extensions.get::<SessionToken>()) {
        return Some(Listener::Session(token.clone()));
    }
    let secret = rest::bearer(&request.headers)?;
    rest::caller(&request.headers, state, Scope::Read).await.ok()?;
    Some(Listener::Token(secret.to_owned()))
}

impl Listener {
    /// Whether the right still holds. An unreadable store ends nothing: pages tell of that themselves.
    async fn may_stay(&self, services: &Services) -> bool {
        match self {
            Self::Session(SessionToken(secret)) => services::account::session_holds(services, secret).await.unwrap_or(true),
            Self::Token(secret) => services::account::token(services, secret).await.map_or(true, |actor| actor.is_some()),
        }
    }
}

struct Notices {
    changes: Receiver<Notice>,
    subject: Subject,
    listener: Listener,
    services: Services,
    stopping: Stopping,
    greeting: Option<Event>,
}

impl Notices {
    fn stream(self) -> impl Stream<Item = Result<Event, Infallible>> {
        let check = tokio::time::interval_at(tokio::time::Instant::now() + CHECK, CHECK);
        stream::unfold((self, check), |(mut notices, mut check)| async move {
            let event = notices.next(&mut check).await?;
            Some((Ok(event), (notices, check)))
        })
    }

    /// The next notice about the subject; `None` ends the stream.
    async fn next(&mut self, check: &mut tokio::time::Interval) -> Option<Event> {
        if let Some(greeting) = self.greeting.take() {
            return Some(greeting);
        }
        loop {
            tokio::select! {
                () = self.stopping.wait() => return None,
                _ = check.tick() => if !self.listener.may_stay(&self.services).await { return None },
                heard = self.changes.recv() => match heard {
                    Ok(notice) => if let Some(told) = self.subject.told(&notice, &self.services) {
                        return Event::default().event("changed").json_data(told).ok();
                    },
                    Err(RecvError::Lagged(_)) => return Some(Event::default().event("resync").data("{}")),
                    Err(RecvError::Closed) => return None,
                },
            }
        }
    }
}

//! Every way a REST route fails. A handler returns the fault; words and request number are added on the way out, where
//! the language is known.

use super::{Problem, cover::GapJson, tag::tagged, words};
use crate::layers::{Asked, Trouble};
use axum::{
    extract::Request,
    http::{HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use domain::{
    account::Scope,
    booking::{CheckInRefusal, EndRefusal, ReserveRefusal, view::Refused},
    memo::{DraftError, MemoRefusal},
    telephone::cover::{CoverGap, CoverRefusal},
};
use services::{Failure, Kind, Never, import::ImportProblem, memo::WebhookRefusal, telephone::PhoneRefusal};

/// Why a REST request fails.
#[derive(Clone, Debug)]
pub enum Fault {
    /// No token, or one that is not valid.
    Token,
    /// The token is valid and may not do this.
    Scope(Scope),
    /// The token may do this, but not for that person.
    Denied,
    /// No such thing, or none the token may know of.
    NotFound(Kind),
    /// The body is no JSON.
    MalformedJson(String),
    /// The body is not declared to be JSON.
    NotJson,
    /// A value cannot be used.
    Field(WrongField),
    /// The idempotency key came with another request before.
    KeyReused,
    /// Too much is waiting.
    Busy,
    /// The store cannot take this now.
    Unavailable,
    /// A broken invariant.
    Internal,
    /// A seat cannot be had.
    Reserve(Refused),
    /// A check-in is refused.
    CheckIn(CheckInRefusal),
    /// A booking cannot be given back.
    End(EndRefusal),
    /// A wish about calls cannot be kept.
    Phone(PhoneRefusal),
    /// A memo does not change as asked.
    Memo(MemoRefusal),
    /// A memo cannot be written so.
    Draft(DraftError),
    /// A program cannot be told.
    Webhook(WebhookRefusal),
    /// A wish about the guarantee or the rota is not kept.
    Cover(CoverRefusal),
    /// Something in a file is wrong.
    File(Vec<ImportProblem>),
    /// These revisions changed the same since.
    Touched(Vec<i64>),
    /// It is so already.
    Unchanged,
}

/// A value that cannot be used, where it stood, and what is expected there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrongField {
    /// The name of the field, parameter or header.
    pub field: &'static str,
    /// What stood there, cut short.
    pub value: String,
    /// What would do.
    pub expected: Expected,
}

/// What would do in a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expected {
    /// `YYYY-MM-DD`.
    Date,
    /// RFC 3339.
    Instant,
    /// A day after the other one.
    LaterDay,
    /// A whole number.
    Number,
    /// A number between these, both included.
    Between(u32, u32),
    /// One or more of these words.
    OneOf(Vec<String>),
    /// Exactly one of `seat_id`, `zone_id` and `any`.
    OneWish,
    /// Something.
    Present,
    /// What the JSON reader says.
    Shape(String),
    /// At most this many printable characters.
    Text(usize),
}

impl Fault {
    /// A value that cannot be used.
    #[must_use]
    pub fn field(field: &'static str, value: &str, expected: Expected) -> Self {
        Self::Field(WrongField { field, value: value.chars().take(40).collect(), expected })
    }

    /// The HTTP status.
    #[must_use]
    pub const fn status(&self) -> StatusCode {
        match self {
            Self::Token => StatusCode::UNAUTHORIZED,
            Self::Scope(_) | Self::Denied => StatusCode::FORBIDDEN,
            Self::NotFound(_) => StatusCode::NOT_FOUND,
            Self::MalformedJson(_) => StatusCode::BAD_REQUEST,
            Self::NotJson => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::Phone(PhoneRefusal::Cover { .. }) => StatusCode::CONFLICT,
            Self::Cover(reason) if super::cover::is_about_the_wish(reason) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Cover(_) => StatusCode::CONFLICT,
            Self::Field(_) | Self::KeyReused | Self::Phone(_) | Self::Draft(_) | Self::Webhook(_) | Self::File(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Busy | Self::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
            Self::Internal => StatusCode::INTERNAL_SERVER_ERROR,
            Self::Reserve(_) | Self::CheckIn(_) | Self::End(_) | Self::Memo(_) | Self::Touched(_) | Self::Unchanged => StatusCode::CONFLICT,
        }
    }

    /// The stable word.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Token => "unauthorized",
            Self::Scope(_) => "insufficient_scope",
            Self::Denied => "denied",
            Self::NotFound(_) => "not_found",
            Self::MalformedJson(_) => "malformed_json",
            Self::NotJson => "unsupported_media_type",
            Self::Field(_) => "invalid_value",
            Self::KeyReused => "idempotency_key_reused",
            Self::Busy => Trouble::Busy.code(),
            Self::Unavailable => "unavailable",
            Self::Internal => Trouble::Internal.code(),
            Self::Reserve(refused) => refused.reason.code(),
            Self::CheckIn(reason) => reason.code(),
            Self::End(reason) => reason.code(),
            Self::Phone(reason) => reason.code(),
            Self::Memo(reason) => reason.code(),
            Self::Draft(error) => error.code(),
            Self::Webhook(reason) => reason.code(),
            Self::Cover(reason) => reason.code(),
            Self::File(_) => "invalid_file",
            Self::Touched(_) => "changed_since",
            Self::Unchanged => "unchanged",
        }
    }

    /// The answer to whoever asked.
    #[must_use]
    pub fn answer(&self, asked: &Asked) -> Response {
        let mut answer = self.problem(asked).into_response_for(asked);
        let challenge = match self {
            Self::Token => Some("Bearer realm=\"nanawari\", error=\"invalid_token\"".to_owned()),
            Self::Scope(needed) => Some(format!("Bearer realm=\"nanawari\", error=\"insufficient_scope\", scope=\"{}\"", needed.code())),
            _ => None,
        };
        if let Some(challenge) = challenge.and_then(|text| HeaderValue::from_str(&text).ok()) {
            answer.headers_mut().insert(header::WWW_AUTHENTICATE, challenge);
        }
        if matches!(self, Self::Busy | Self::Unavailable) {
            answer.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("2"));
        }
        answer
    }

    fn problem(&self, asked: &Asked) -> Problem {
        let (title, detail) = words::of(self, asked.locale);
        let mut problem = Problem::new(self.status(), self.code(), title, detail);
        match self {
            Self::Reserve(Refused { reason: ReserveRefusal::Cover { gaps }, .. }) | Self::End(EndRefusal::Cover { gaps }) => problem.reason = Some(cover(gaps)),
            Self::Phone(PhoneRefusal::Cover { gap, .. }) => problem.reason = Some(cover(std::slice::from_ref(gap))),
            Self::Reserve(refused) => {
                problem.reason = Some(tagged("code", &refused.reason));
                let helps = refused.reason.wants_alternatives() || !refused.alternatives.is_empty();
                problem.alternatives = helps.then(|| refused.alternatives.iter().map(|seat| seat.seat.0).collect());
            }
            Self::CheckIn(reason) => problem.reason = Some(tagged("code", reason)),
            Self::End(reason) => problem.reason = Some(tagged("code", reason)),
            Self::File(problems) => problem.reason = serde_json::to_value(problems).ok(),
            Self::Touched(revisions) => problem.reason = serde_json::to_value(revisions).ok(),
            _ => {}
        }
        problem
    }
}

/// When a section needs somebody at its telephone.
fn cover(gaps: &[CoverGap]) -> serde_json::Value {
    serde_json::json!({ "code": "cover", "gaps": gaps.iter().map(|gap| GapJson::from(*gap)).collect::<Vec<_>>() })
}

impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// Puts words to the fault of a handler.
pub async fn render_faults(request: Request, next: Next) -> Response {
    let asked = Asked::of(&request);
    let response = next.run(request).await;
    match response.extensions().get::<Fault>() {
        Some(fault) => fault.answer(&asked),
        None => response,
    }
}

/// Reasons of rules that have a place among the faults.
pub trait Reason {
    /// The place.
    fn into_fault(self) -> Fault;
}

impl Reason for Never {
    fn into_fault(self) -> Fault {
        match self {}
    }
}

impl Reason for Refused {
    fn into_fault(self) -> Fault {
        Fault::Reserve(self)
    }
}

impl Reason for CheckInRefusal {
    fn into_fault(self) -> Fault {
        match self {
            // Whose booking it is, is nobody else's business (T32).
            Self::NotYours => Fault::NotFound(Kind::Booking),
            reason => Fault::CheckIn(reason),
        }
    }
}

impl Reason for EndRefusal {
    fn into_fault(self) -> Fault {
        match self {
            Self::NotYours => Fault::NotFound(Kind::Booking),
            reason => Fault::End(reason),
        }
    }
}

impl Reason for PhoneRefusal {
    fn into_fault(self) -> Fault {
        Fault::Phone(self)
    }
}

impl Reason for MemoRefusal {
    fn into_fault(self) -> Fault {
        Fault::Memo(self)
    }
}

impl Reason for DraftError {
    fn into_fault(self) -> Fault {
        Fault::Draft(self)
    }
}

impl Reason for WebhookRefusal {
    fn into_fault(self) -> Fault {
        Fault::Webhook(self)
    }
}

impl Reason for CoverRefusal {
    fn into_fault(self) -> Fault {
        Fault::Cover(self)
    }
}

impl Reason for Vec<ImportProblem> {
    fn into_fault(self) -> Fault {
        Fault::File(self)
    }
}

impl<E: Reason> From<Failure<E>> for Fault {
    fn from(failure: Failure<E>) -> Self {
        match failure {
            Failure::Refused(reason) => reason.into_fault(),
            Failure::Denied => Self::Denied,
            Failure::NotFound(kind) => Self::NotFound(kind),
            Failure::KeyReused => Self::KeyReused,
            Failure::Busy => Self::Busy,
            Failure::Unavailable(report) => {
                tracing::error!(report, "the store is not available");
                Self::Unavailable
            }
            Failure::Internal(report) => {
                tracing::error!(report, "a use case broke");
                Self::Internal
            }
        }
    }
}

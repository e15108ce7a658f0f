//! From a use case's failure to what the page gets: one exhaustive match, one place that sets a status.

use super::{AccountProblem, ApiError, request::request};
use crate::i18n::{Locale, reasons, use_locale};
use axum::http::{StatusCode, header::ACCEPT, request::Parts};
use domain::{
    booking::{CheckInRefusal, EndRefusal, ReserveRefusal, view::Refused},
    telephone::cover::CoverGap,
};
use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;
use services::{Failure, Never};

/// Reasons that have a place in [`ApiError`].
pub trait IntoApi {
    /// The place.
    fn into_api(self) -> ApiError;
}

impl IntoApi for Never {
    fn into_api(self) -> ApiError {
        match self {}
    }
}

impl IntoApi for Refused {
    fn into_api(self) -> ApiError {
        match self.reason {
            ReserveRefusal::Cover { gaps } => needed(&gaps, reasons::needed),
            _ => ApiError::Reserve(self),
        }
    }
}

impl IntoApi for CheckInRefusal {
    fn into_api(self) -> ApiError {
        ApiError::CheckIn(self)
    }
}

impl IntoApi for EndRefusal {
    fn into_api(self) -> ApiError {
        match self {
            Self::Cover { gaps } => needed(&gaps, reasons::needed),
            refusal => ApiError::End(refusal),
        }
    }
}

/// That a section needs the person at its telephone, in words of the page's language.
#[must_use]
pub fn needed(gaps: &[CoverGap], words: fn(Locale, &[CoverGap]) -> String) -> ApiError {
    ApiError::Needed(words(use_locale(), gaps))
}

impl IntoApi for AccountProblem {
    fn into_api(self) -> ApiError {
        ApiError::Account(self)
    }
}

impl<E: IntoApi> From<Failure<E>> for ApiError {
    fn from(failure: Failure<E>) -> Self {
        let error = match failure {
            Failure::Refused(reason) => reason.into_api(),
            Failure::Denied => Self::Denied,
            Failure::NotFound(_) => Self::NotFound,
            Failure::Busy | Failure::KeyReused => Self::Busy,
            Failure::Unavailable(report) => {
                tracing::error!(request_id = request_id(), report, "the store is not available");
                Self::Unavailable
            }
            Failure::Internal(report) => {
                let request_id = request_id();
                tracing::error!(request_id, report, "a use case broke");
                Self::Internal { request_id }
            }
        };
        reject(error)
    }
}

fn request_id() -> String {
    request().map(|cx| cx.request_id).unwrap_or_default()
}

/// Gives a failure its HTTP status, unless a plain form waits for it: there the status would overwrite the redirect that
/// brings the failure back to the page.
#[must_use]
pub fn reject(error: ApiError) -> ApiError {
    let plain_form = use_context::<Parts>()
        .and_then(|parts| parts.headers.get(ACCEPT).and_then(|accept| accept.to_str().ok()).map(|accept| accept.contains("text/html")))
        .unwrap_or(true);
    if let (false, Some(response)) = (plain_form, use_context::<ResponseOptions>()) {
        #[expect(clippy::disallowed_methods, reason = "the one place that may")]
        response.set_status(status(&error));
    }
    error
}

/// Where a finished mutation leads: a plain form gets 302, a hydrated one the same address in a header.
pub fn see_other(path: &str) {
    leptos_axum::redirect(path);
}

const fn status(error: &ApiError) -> StatusCode {
    match error {
        ApiError::NotSignedIn => StatusCode::UNAUTHORIZED,
        ApiError::Denied => StatusCode::FORBIDDEN,
        ApiError::NotFound => StatusCode::NOT_FOUND,
        ApiError::Busy | ApiError::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
        ApiError::Invalid(_) => StatusCode::UNPROCESSABLE_ENTITY,
        ApiError::Account(AccountProblem::TooManyTries { .. }) => StatusCode::TOO_MANY_REQUESTS,
        ApiError::Needed(_) | ApiError::Reserve(_) | ApiError::Days(_) | ApiError::CheckIn(_) | ApiError::End(_) | ApiError::Account(_) => StatusCode::CONFLICT,
        ApiError::Internal { .. } => StatusCode::INTERNAL_SERVER_ERROR,
        ApiError::Transport => StatusCode::BAD_REQUEST,
    }
}

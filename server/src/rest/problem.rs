//! How a request of a program fails on the wire: RFC 9457 problems with a stable code, in the language asked for.

use crate::layers::Asked;
use axum::{
    Json,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;
use utoipa::ToSchema;

/// A failed request (RFC 9457, `application/problem+json`).
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Problem {
    /// A name for the kind of problem; `code` with a prefix.
    #[serde(rename = "type")]
    #[schema(example = "urn:nanawari:problem:seat_taken")]
    pub kind: String,
    /// What happened, short, in the language asked for.
    pub title: String,
    /// The HTTP status.
    #[schema(example = 409)]
    pub status: u16,
    /// What happened and what helps, in the language asked for.
    pub detail: String,
    /// The stable word for programs.
    #[schema(example = "seat_taken")]
    pub code: String,
    /// The number of the request, as in the header `x-request-id` and in the server's log.
    pub request_id: String,
    /// The reason's data, where a rule refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    pub reason: Option<serde_json::Value>,
    /// Up to three free seats, nearest first, where another seat helps.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Vec<i64>>)]
    pub alternatives: Option<Vec<i64>>,
}

impl Problem {
    /// A problem without data.
    #[must_use]
    pub fn new(status: StatusCode, code: &str, title: impl Into<String>, detail: impl Into<String>) -> Self {
        Self {
            kind: format!("urn:nanawari:problem:{code}"),
            title: title.into(),
            status: status.as_u16(),
            detail: detail.into(),
            code: code.to_owned(),
            request_id: String::new(),
            reason: None,
            alternatives: None,
        }
    }

    /// The answer to whoever asked.
    #[must_use]
    pub fn into_response_for(mut self, asked: &Asked) -> Response {
        self.request_id.clone_from(&asked.request_id);
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = (status, Json(self)).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        headers.insert(header::CONTENT_LANGUAGE, HeaderValue::from_static(asked.locale.code()));
        response
    }
}

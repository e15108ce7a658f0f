//! Reading what programs send: every value is checked where it comes in, and named when it is wrong.

use super::fault::{Expected, Fault};
use axum::{
    body::Bytes,
    extract::{FromRequest, FromRequestParts, Path, Query, Request},
    http::{header, request::Parts},
};
use chrono::NaiveDate;
use serde::de::DeserializeOwned;
use serde_json::error::Category;

/// A JSON body. Fields nobody knows are ignored.
#[derive(Debug)]
pub struct Body<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Body<T> {
    type Rejection = Fault;

    async fn from_request(request: Request, state: &S) -> Result<Self, Fault> {
        let kind = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let kind = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        if kind != "application/json" && !(kind.starts_with("application/") && kind.ends_with("+json")) {
            return Err(Fault::NotJson);
        }
        let bytes = Bytes::from_request(request, state).await.map_err(|why| Fault::MalformedJson(why.to_string()))?;
        serde_json::from_slice(&bytes).map(Self).map_err(|why| match why.classify() {
            Category::Data => Fault::field("body", "", Expected::Shape(why.to_string())),
            Category::Syntax | Category::Eof | Category::Io => Fault::MalformedJson(why.to_string()),
        })
    }
}

/// The query of an address. Parameters nobody knows are ignored.
#[derive(Debug)]
pub struct Params<T>(pub T);

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for Params<T> {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Fault> {
        let read = Query::<T>::from_request_parts(parts, state).await;
        read.map(|Query(params)| Self(params)).map_err(|why| Fault::field("query", "", Expected::Shape(why.body_text())))
    }
}

/// A number in a path.
#[derive(Clone, Copy, Debug)]
pub struct Id(pub i64);

impl<S: Send + Sync> FromRequestParts<S> for Id {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Fault> {
        let text = Path::<String>::from_request_parts(parts, state).await.map(|Path(text)| text).unwrap_or_default();
        text.parse().map(Self).map_err(|_| Fault::field("id", &text, Expected::Number))
    }
}

/// A local day, `YYYY-MM-DD`.
///
/// # Errors
/// A fault that names the field.
pub fn date(field: &'static str, text: &str) -> Result<NaiveDate, Fault> {
    let shaped = text.len() == 10 && text.is_ascii();
    let parsed = if shaped { NaiveDate::parse_from_str(text, "%Y-%m-%d").ok() } else { None };
    parsed.ok_or_else(|| Fault::field(field, text, Expected::Date))
}

/// A value that must be there.
///
/// # Errors
/// A fault that names the field.
pub fn required<'a>(field: &'static str, text: Option<&'a String>) -> Result<&'a str, Fault> {
    text.map(String::as_str).filter(|text| !text.is_empty()).ok_or_else(|| Fault::field(field, "", Expected::Present))
}

/// How many entries a page of a list has.
///
/// # Errors
/// A fault when it is not between 1 and 500.
pub fn limit(text: Option<&String>) -> Result<u32, Fault> {
    let Some(text) = text else { return Ok(100) };
    text.parse().ok().filter(|limit| (1..=500).contains(limit)).ok_or_else(|| Fault::field("limit", text, Expected::Between(1, 500)))
}

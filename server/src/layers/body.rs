//! No request may send more than the limit, and an unfinished one never reaches a handler.

use super::{Asked, Trouble};
use axum::{
    body::{Body, to_bytes},
    extract::Request,
    http::{HeaderValue, header},
    middleware::Next,
    response::Response,
};
use futures::StreamExt;
use std::time::Duration;

/// How much a request may send, bytes.
pub const BODY_LIMIT: usize = 1024 * 1024;

/// How much of a refused body is read away, so that the sender gets to read the answer.
const READ_AWAY: usize = 32 * 1024 * 1024;

/// How long a body may take to arrive.
const ARRIVAL: Duration = Duration::from_secs(20);

/// Reads the body whole within the limit.
pub async fn limit_body(request: Request, next: Next) -> Response {
    let announced = request.headers().get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse::<usize>().ok());
    let asked = Asked::of(&request);
    let (parts, body) = request.into_parts();
    if announced.is_some_and(|length| length > BODY_LIMIT) {
        read_away(body).await;
        return refuse(Trouble::BodyTooLarge, &asked);
    }
    match tokio::time::timeout(ARRIVAL, to_bytes(body, BODY_LIMIT)).await {
        Ok(Ok(bytes)) => next.run(Request::from_parts(parts, Body::from(bytes))).await,
        Ok(Err(why)) if is_length(&why) => refuse(Trouble::BodyTooLarge, &asked),
        _ => refuse(Trouble::BodyBroken, &asked),
    }
}

/// The answer, and the end of the connection: it may still hold the rest of the body.
fn refuse(trouble: Trouble, asked: &Asked) -> Response {
    let mut response = trouble.answer(asked);
    response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
    response
}

/// Whether reading stopped because of the limit.
fn is_length(why: &axum::Error) -> bool {
    let mut cause: Option<&dyn std::error::Error> = Some(why);
    while let Some(error) = cause {
        if error.to_string().contains("length limit exceeded") {
            return true;
        }
        cause = error.source();
    }
    false
}

/// A connection closed with unread bytes is reset, and the sender would never see why.
async fn read_away(body: Body) {
    let mut stream = body.into_data_stream();
    let mut left = READ_AWAY;
    let reading = async {
        while let Some(Ok(bytes)) = stream.next().await {
            left = left.saturating_sub(bytes.len());
            if left == 0 {
                break;
            }
        }
    };
    // Past the time the answer goes out anyway.
    let _ = tokio::time::timeout(Duration::from_secs(5), reading).await;
}

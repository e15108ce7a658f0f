//! Security headers on every answer (`research/japan.md` §4.2). Pages set a policy with a nonce of their own.

use axum::{
    extract::{Request, State},
    http::{HeaderName, HeaderValue, header},
    middleware::Next,
    response::Response,
};

/// What a browser may do with an answer that is not a page of the app: nothing.
const NOTHING: HeaderValue = HeaderValue::from_static("default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");

/// What a worker of ours may do, whose own answer says so: load its other half and ask this house.
const WORKER: HeaderValue =
    HeaderValue::from_static("default-src 'none'; script-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
const WORKERS: [&str; 1] = ["/pages/memos-worker.js"];

/// Powers of a browser that no page here needs.
const PERMISSIONS: HeaderValue = HeaderValue::from_static(
    "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), usb=()",
);

/// Whether browsers come over TLS; then they are told never to come otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Transport {
    /// `https`.
    Tls,
    /// `http`, on a closed network or on this machine.
    Plain,
}

/// Adds what is missing to every answer; what a handler has set stays.
pub async fn security_headers(State(transport): State<Transport>, request: Request, next: Next) -> Response {
    let worker = WORKERS.contains(&request.uri().path());
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let html = headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    let mut add = |name: HeaderName, value: HeaderValue| {
        headers.entry(name).or_insert(value);
    };
    add(header::CONTENT_SECURITY_POLICY, if worker { WORKER } else { NOTHING });
    add(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    // Pages need their own address in `Referer`: forms without JavaScript come back by it.
    add(header::REFERRER_POLICY, HeaderValue::from_static(if html { "same-origin" } else { "no-referrer" }));
    add(HeaderName::from_static("cross-origin-opener-policy"), HeaderValue::from_static("same-origin"));
    add(HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("same-origin"));
    add(HeaderName::from_static("permissions-policy"), PERMISSIONS);
    add(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if transport == Transport::Tls {
        add(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=31536000"));
    }
    response
}

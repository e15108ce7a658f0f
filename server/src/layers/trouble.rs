//! Trouble that no use case knows of: a body too large, a foreign page posting here, a queue that is full.
//!
//! Programs get an RFC 9457 problem, people get a small page in their language.

use crate::rest::Problem;
use app::i18n::Locale;
use axum::{
    http::{HeaderValue, Request, StatusCode, header},
    response::{Html, IntoResponse, Response},
};

/// Who is to read the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// A person in front of a browser.
    Person,
    /// A program.
    Program,
}

/// What must be known of a request to answer it when it goes wrong. In the extensions of every request.
#[derive(Clone, Debug)]
pub struct Asked {
    /// The number of the request, as in the log and in `x-request-id`.
    pub request_id: String,
    /// Who reads the answer.
    pub audience: Audience,
    /// In which language.
    pub locale: Locale,
}

/// Trouble of the edge. The code is stable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// No such route.
    NoSuchRoute,
    /// The route does not know the method.
    MethodNotAllowed,
    /// The body is larger than the limit.
    BodyTooLarge,
    /// The body did not arrive whole.
    BodyBroken,
    /// A page of another origin tried to change something.
    CrossSite,
    /// Too many attempts from one place.
    TooManyAttempts,
    /// Too much is waiting.
    Busy,
    /// The answer took too long.
    TimedOut,
    /// Something that must not happen.
    Internal,
}

impl Trouble {
    /// Every trouble, for the document and for tests.
    pub const ALL: [Self; 9] = [
        Self::NoSuchRoute,
        Self::MethodNotAllowed,
        Self::BodyTooLarge,
        Self::BodyBroken,
        Self::CrossSite,
        Self::TooManyAttempts,
        Self::Busy,
        Self::TimedOut,
        Self::Internal,
    ];

    /// The stable word.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::NoSuchRoute => "no_such_route",
            Self::MethodNotAllowed => "method_not_allowed",
            Self::BodyTooLarge => "body_too_large",
            Self::BodyBroken => "body_broken",
            Self::CrossSite => "cross_site",
            Self::TooManyAttempts => "too_many_attempts",
            Self::Busy => "busy",
            Self::TimedOut => "timed_out",
            Self::Internal => "internal",
        }
    }

    /// The status of the answer.
    #[must_use]
    pub const fn status(self) -> StatusCode {
        match self {
            Self::NoSuchRoute => StatusCode::NOT_FOUND,
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::BodyTooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::BodyBroken => StatusCode::BAD_REQUEST,
            Self::CrossSite => StatusCode::FORBIDDEN,
            Self::TooManyAttempts => StatusCode::TOO_MANY_REQUESTS,
            Self::Busy | Self::TimedOut => StatusCode::SERVICE_UNAVAILABLE,
            Self::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// What happened and what to do, in one sentence each.
    #[must_use]
    pub const fn words(self, locale: Locale) -> (&'static str, &'static str) {
        match (self, locale) {
            (Self::NoSuchRoute, Locale::Ja) => ("その宛先はありません", "アドレスを確認してください。"),
            (Self::NoSuchRoute, Locale::En) => ("There is nothing here", "Check the address."),
            (Self::MethodNotAllowed, Locale::Ja) => ("この操作はできません", "この宛先は、このメソッドを受け付けません。"),
            (Self::MethodNotAllowed, Locale::En) => ("This cannot be done here", "The address does not accept this method."),
            (Self::BodyTooLarge, Locale::Ja) => ("送られたデータが大きすぎます", "1 MB までにしてください。何も変更していません。"),
            (Self::BodyTooLarge, Locale::En) => ("Too much was sent", "At most 1 MB is accepted. Nothing was changed."),
            (Self::BodyBroken, Locale::Ja) => ("データを最後まで受け取れませんでした", "もう一度送ってください。何も変更していません。"),
            (Self::BodyBroken, Locale::En) => ("The data did not arrive whole", "Send it again. Nothing was changed."),
            (Self::CrossSite, Locale::Ja) => {
                ("ほかのサイトからの操作は受け付けません", "このシステムのページを開き直して操作してください。何も変更していません。")
            }
            (Self::CrossSite, Locale::En) => ("Changes from other sites are refused", "Open a page of this system and try there. Nothing was changed."),
            (Self::TooManyAttempts, Locale::Ja) => ("試行が多すぎます", "少し待ってから、もう一度お試しください。"),
            (Self::TooManyAttempts, Locale::En) => ("Too many attempts", "Wait a little and try again."),
            (Self::Busy, Locale::Ja) => ("混み合っています", "数秒後にもう一度お試しください。何も変更していません。"),
            (Self::Busy, Locale::En) => ("Too much is going on", "Try again in a few seconds. Nothing was changed."),
            (Self::TimedOut, Locale::Ja) => ("時間内に応答できませんでした", "画面を開き直して、結果を確認してください。"),
            (Self::TimedOut, Locale::En) => ("The answer took too long", "Open the page again and check what happened."),
            (Self::Internal, Locale::Ja) => ("エラーが起きました", "記録しました。続くときは、番号を添えて管理者に知らせてください。"),
            (Self::Internal, Locale::En) => ("Something went wrong", "It was recorded. If it goes on, tell the administrator the number."),
        }
    }

    /// The answer to whoever asked.
    #[must_use]
    pub fn answer(self, asked: &Asked) -> Response {
        let (title, detail) = self.words(asked.locale);
        let mut response = match asked.audience {
            Audience::Program => Problem::new(self.status(), self.code(), title, detail).into_response_for(asked),
            Audience::Person => page(self.status(), title, detail, asked),
        };
        if matches!(self, Self::Busy | Self::TooManyAttempts) {
            let seconds = if self == Self::Busy { "2" } else { "10" };
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static(seconds));
        }
        response
    }
}

impl Asked {
    /// What was noted of a request when it came in.
    #[must_use]
    pub fn of<B>(request: &Request<B>) -> Self {
        request.extensions().get::<Self>().cloned().unwrap_or_else(|| Self::read(request, String::new()))
    }

    /// Reads who asks, and in which language, from the request.
    #[must_use]
    pub fn read<B>(request: &Request<B>, request_id: String) -> Self {
        let text = |name: header::HeaderName| request.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let rest = request.uri().path().starts_with("/api/v1");
        let audience = if !rest && text(header::ACCEPT).contains("text/html") { Audience::Person } else { Audience::Program };
        // A program has no cookies; a person may have chosen a language.
        let cookies = if rest { "" } else { text(header::COOKIE) };
        let chosen = cookies.split(';').find_map(|pair| pair.trim().strip_prefix(app::i18n::COOKIE)?.strip_prefix('='));
        Self { request_id, audience, locale: Locale::negotiate(chosen, Some(text(header::ACCEPT_LANGUAGE))) }
    }
}

/// A page that stands alone: it must come out right when everything else does not.
fn page(status: StatusCode, title: &str, detail: &str, asked: &Asked) -> Response {
    let (lang, number, home) = match asked.locale {
        Locale::Ja => ("ja", "番号", "ホームへ"),
        Locale::En => ("en", "Number", "Home"),
    };
    let id = &asked.request_id;
    let html = format!(
        "<!DOCTYPE html><html lang=\"{lang}\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <title>{title} | Nanawari</title></head><body><main><h1>{title}</h1><p>{detail}</p><p>{number}: <code>{id}</code></p><p><a href=\"/\">{home}</a></p></main></body></html>"
    );
    let mut response = (status, Html(html)).into_response();
    response.headers_mut().insert(header::CONTENT_LANGUAGE, HeaderValue::from_static(lang));
    response
}

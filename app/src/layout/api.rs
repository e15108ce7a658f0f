//! What the frame asks the server: who is signed in, and the language switch.

use crate::api::ApiError;
#[cfg(feature = "ssr")]
use crate::{
    api::{Field, Invalid, cookie, reject, request, see_other},
    i18n::Locale,
    routes,
};
use domain::person::view::Me;
use leptos::{prelude::*, server_fn::codec::GetUrl};
use serde::{Deserialize, Serialize};

/// What the frame shows of the session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    /// Who is signed in.
    pub me: Option<Me>,
    /// Whether this is the demo.
    pub demo: bool,
    /// How many memos wait for them, as markup: the words and the drawing are the server's.
    pub memos: String,
}

/// Who is signed in.
#[server(name = CurrentSession, prefix = "/api/fn", endpoint = "session/current", input = GetUrl)]
pub async fn current() -> Result<Session, ApiError> {
    let cx = request()?;
    let memos = match &cx.signed {
        // A frame that cannot count still frames the page.
        Some(signed) => crate::features::memo::badge(cx.locale, &signed.me, services::memo::waiting(&cx.services, &signed.actor).await.unwrap_or_default()),
        None => String::new(),
    };
    Ok(Session { me: cx.signed.map(|signed| signed.me), demo: cx.web.demo, memos })
}

/// Chooses the language and goes back to the page.
#[server(name = ChooseLocale, prefix = "/api/fn", endpoint = "session/locale")]
pub async fn choose_locale(lang: String, back: String) -> Result<(), ApiError> {
    let locale = Locale::parse(&lang).ok_or_else(|| reject(ApiError::Invalid(Invalid { field: Field::Choice, value: lang.chars().take(20).collect() })))?;
    cookie::set_locale(locale)?;
    see_other(routes::local(&back));
    Ok(())
}

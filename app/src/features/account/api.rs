//! Server functions of the account page.

use crate::api::ApiError;
#[cfg(feature = "ssr")]
use crate::{
    api::{AccountProblem, Done, Field, parse, reject, request, see_other, signed_in},
    features::sign_in::api::of_password,
    routes::ACCOUNT,
};
#[cfg(feature = "ssr")]
use domain::person::Visibility;
use domain::person::view::AccountView;
use leptos::{prelude::*, server_fn::codec::GetUrl};
#[cfg(feature = "ssr")]
use services::account::{self, OtherSessions, Signed, VisibilityRefusal};

/// The account page.
#[server(name = ReadAccount, prefix = "/api/fn", endpoint = "account/view", input = GetUrl)]
pub async fn account() -> Result<AccountView, ApiError> {
    let (cx, _) = signed_in()?;
    let signed = cx.signed.as_ref().ok_or(ApiError::NotSignedIn)?;
    Ok(account::account_view(&cx.services, signed).await?)
}

#[cfg(feature = "ssr")]
fn signed() -> Result<(services::Services, Signed), ApiError> {
    let cx = request()?;
    let signed = cx.signed.ok_or_else(|| reject(ApiError::NotSignedIn))?;
    Ok((cx.services, signed))
}

/// Changes the password; `others` set ends the person's other browsers.
#[server(name = ChangePassword, prefix = "/api/fn", endpoint = "account/change_password")]
pub async fn change_password(current: String, new: String, repeat: String, #[server(default)] others: String) -> Result<(), ApiError> {
    let (services, signed) = signed()?;
    if new != repeat {
        return Err(reject(ApiError::Account(AccountProblem::PasswordsDiffer)));
    }
    let others = if others.is_empty() { OtherSessions::Keep } else { OtherSessions::End };
    let changed = account::change_password(&services, &signed.actor, &current, &new, others, signed.session).await;
    changed.map_err(|failure| failure.map(of_password))?;
    see_other(&Done::PasswordChanged.on(ACCOUNT));
    Ok(())
}

/// Signs one of the person's browsers out.
#[server(name = EndSession, prefix = "/api/fn", endpoint = "account/end-session")]
pub async fn end_session(session: String) -> Result<(), ApiError> {
    let (services, signed) = signed()?;
    account::end_session(&services, &signed.actor, parse::value(Field::Number, &session)?).await?;
    see_other(&Done::SessionEnded.on(ACCOUNT));
    Ok(())
}

/// Signs every other browser of the person out.
#[server(name = EndOthers, prefix = "/api/fn", endpoint = "account/end-others")]
pub async fn end_others() -> Result<(), ApiError> {
    let (services, signed) = signed()?;
    account::end_other_sessions(&services, &signed.actor, signed.session).await?;
    see_other(&Done::SessionEnded.on(ACCOUNT));
    Ok(())
}

/// Chooses who may see where the person is.
#[server(name = ChooseVisibility, prefix = "/api/fn", endpoint = "account/visibility")]
pub async fn choose_visibility(visibility: String) -> Result<(), ApiError> {
    let (services, signed) = signed()?;
    let visibility = Visibility::parse(&visibility).ok_or_else(|| parse::invalid(Field::Choice, &visibility))?;
    let problem = |reason| match reason {
        VisibilityRefusal::FixedByAdministrator | VisibilityRefusal::NotYours => AccountProblem::Fixed,
    };
    account::set_visibility(&services, &signed.actor, visibility).await.map_err(|failure| failure.map(problem))?;
    see_other(&Done::Saved.on(ACCOUNT));
    Ok(())
}

/// Chooses what the person asks for in a seat.
#[server(name = ChooseWishes, prefix = "/api/fn", endpoint = "account/wishes")]
pub async fn choose_wishes(#[server(default)] wishes: Vec<String>) -> Result<(), ApiError> {
    let (services, signed) = signed()?;
    account::set_wishes(&services, &signed.actor, wishes).await?;
    see_other(&Done::Saved.on(ACCOUNT));
    Ok(())
}

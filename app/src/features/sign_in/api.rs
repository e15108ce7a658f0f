//! Server functions of the doors. Secrets come in by POST only and never go into an address.

use crate::api::ApiError;
#[cfg(feature = "ssr")]
use crate::{
    api::{AccountProblem, Done, Field, cookie, parse, reject, request, request::client, see_other},
    routes,
};
use domain::PersonId;
use leptos::{prelude::*, server_fn::codec::GetUrl};
use serde::{Deserialize, Serialize};
#[cfg(feature = "ssr")]
use services::account::{self, PasswordRefusal, SetUpRefusal, SignInRefusal};

/// Which doors there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Doors {
    /// The demo's.
    pub demo: bool,
    /// The first administrator's.
    pub set_up: bool,
}

/// A sample person of the demo.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sample {
    /// The person.
    pub id: PersonId,
    /// The name.
    pub name: String,
    /// The main unit.
    pub unit: Option<String>,
    /// 役職.
    pub title: String,
}

/// Which doors there are.
#[server(name = ReadDoors, prefix = "/api/fn", endpoint = "account/doors", input = GetUrl)]
pub async fn doors() -> Result<Doors, ApiError> {
    let cx = request()?;
    Ok(Doors { demo: cx.web.demo, set_up: account::needs_set_up(&cx.services).await? })
}

/// Signs in with staff number and password.
#[server(name = SignIn, prefix = "/api/fn", endpoint = "account/sign_in")]
pub async fn sign_in(staff_no: String, password: String, #[server(default)] next: String) -> Result<(), ApiError> {
    let cx = request()?;
    let staff_no: String = staff_no.trim().chars().take(40).collect();
    let problem = |reason| match reason {
        SignInRefusal::Wrong => AccountProblem::WrongCredentials { staff_no: staff_no.clone() },
        SignInRefusal::Throttled { retry_after_seconds } => AccountProblem::TooManyTries { staff_no: staff_no.clone(), wait_seconds: retry_after_seconds },
        SignInRefusal::Disabled => AccountProblem::Disabled { staff_no: staff_no.clone() },
    };
    let token = account::sign_in(&cx.services, &staff_no, &password, &client()).await.map_err(|failure| failure.map(problem))?;
    cookie::set_session(&token)?;
    see_other(routes::local(&next));
    Ok(())
}

/// Signs out.
#[server(name = SignOut, prefix = "/api/fn", endpoint = "account/sign-out")]
pub async fn sign_out() -> Result<(), ApiError> {
    let cx = request()?;
    if let Some(signed) = &cx.signed {
        account::end_session(&cx.services, &signed.actor, signed.session).await?;
    }
    cookie::clear_session()?;
    see_other(&Done::SignedOut.on(if cx.web.demo { routes::DEMO } else { routes::SIGN_IN }));
    Ok(())
}

/// Creates the first administrator with the one-use code.
#[server(name = SetUp, prefix = "/api/fn", endpoint = "account/set_up")]
pub async fn set_up(code: String, staff_no: String, name: String, password: String, repeat: String) -> Result<(), ApiError> {
    let cx = request()?;
    if password != repeat {
        return Err(reject(ApiError::Account(AccountProblem::PasswordsDiffer)));
    }
    let problem = |reason| match reason {
        SetUpRefusal::WrongCode => AccountProblem::WrongCode,
        SetUpRefusal::AlreadyDone => AccountProblem::AlreadySetUp,
        SetUpRefusal::Missing => AccountProblem::Missing,
        SetUpRefusal::Password { reason } => of_password(reason),
    };
    let token = account::set_up(&cx.services, code.trim(), staff_no.trim(), name.trim(), &password, &client()).await.map_err(|failure| failure.map(problem))?;
    cookie::set_session(&token)?;
    see_other(routes::HOME);
    Ok(())
}

/// Why a password will not do, for the page.
#[cfg(feature = "ssr")]
pub(crate) fn of_password(reason: PasswordRefusal) -> AccountProblem {
    match reason {
        PasswordRefusal::WrongCurrent => AccountProblem::WrongPassword,
        PasswordRefusal::TooShort { min } => AccountProblem::PasswordTooShort { min },
        PasswordRefusal::TooLong { max } => AccountProblem::PasswordTooLong { max },
        PasswordRefusal::Common => AccountProblem::PasswordTooCommon,
        PasswordRefusal::ContainsName => AccountProblem::PasswordContainsName,
        PasswordRefusal::NoPassword => AccountProblem::NoPassword,
    }
}

/// Sample people of the demo; there are none anywhere else.
#[server(name = ReadSamples, prefix = "/api/fn", endpoint = "account/samples", input = GetUrl)]
pub async fn samples(#[server(default)] q: String) -> Result<Vec<Sample>, ApiError> {
    let cx = request()?;
    if !cx.web.demo {
        return Err(reject(ApiError::NotFound));
    }
    let people = account::demo_people(&cx.services, &q).await;
    Ok(people.into_iter().map(|person| Sample { id: person.id, name: person.name, unit: person.unit, title: person.title }).collect())
}

/// Signs in as a sample person of the demo.
#[server(name = SignInAsSample, prefix = "/api/fn", endpoint = "account/sample")]
pub async fn sample(person: String, #[server(default)] next: String) -> Result<(), ApiError> {
    let cx = request()?;
    if !cx.web.demo {
        return Err(reject(ApiError::NotFound));
    }
    let token = account::demo_sign_in(&cx.services, parse::value(Field::Number, &person)?, &client()).await?;
    cookie::set_session(&token)?;
    see_other(routes::local(&next));
    Ok(())
}

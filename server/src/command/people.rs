//! Tokens and accounts.

use super::{broken, reason};
use crate::{
    boot::{BootError, say},
    cli,
    config::WrongSetting,
};
use domain::{
    PersonId,
    account::{Role, Scope},
};
use services::Services;
use std::{io::Read, process::ExitCode};

/// Longest password that is read, bytes.
const PASSWORD: u64 = 4_096;

/// Makes a token and prints it, once.
pub(super) async fn token(services: &Services, what: cli::Token) -> Result<ExitCode, BootError> {
    let cli::Token::Create { name, scope, person } = what;
    let scope = Scope::parse(&scope).ok_or_else(|| choice("--scope", &scope, &Scope::ALL.map(Scope::code)))?;
    let person = person.map(|number| find(services, &number)).transpose()?;
    let token = services::account::create_token(services, &name, scope, person).await.map_err(|failure| broken(&failure))?;
    services.close().await;
    say(&token);
    Ok(ExitCode::SUCCESS)
}

/// Gives a person an account with the password on the standard input.
pub(super) async fn user(services: &Services, what: cli::User) -> Result<ExitCode, BootError> {
    let cli::User::Create { person, role, password_stdin: _ } = what;
    let role = Role::parse(&role).ok_or_else(|| choice("--role", &role, &Role::ALL.map(Role::code)))?;
    find(services, &person)?;
    let mut password = String::new();
    std::io::stdin().take(PASSWORD).read_to_string(&mut password)?;
    // What `echo` and editors put at the end of a line is not part of it.
    let password = password.trim_end_matches(['\r', '\n']);
    if let Err(failure) = services::account::create_user(services, &person, role, password).await {
        return Err(BootError::Command(format!("The password will not do: {:?}.", reason(failure)?)));
    }
    services.close().await;
    say(&format!("{person} can sign in as {}.", role.code()));
    Ok(ExitCode::SUCCESS)
}

fn find(services: &Services, number: &str) -> Result<PersonId, BootError> {
    let found = services.office().by_staff_no.get(number).copied();
    found.ok_or_else(|| BootError::Command(format!("Nobody has the staff number {number:?}; import people first.")))
}

fn choice(flag: &str, given: &str, known: &[&str]) -> BootError {
    WrongSetting(format!("{flag} is {given:?}; it must be one of {}.", known.join(", "))).into()
}

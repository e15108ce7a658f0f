//! Passwords of local accounts: Argon2id, long rather than odd (ASVS 6.2), never a rule about letters and digits.

use super::session;
use crate::{Failure, Kind, Services, audit, office};
use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version, password_hash::phc::PasswordHash};
use domain::{
    PersonId, SessionId,
    account::{Actor, Role},
    person::fold,
};
use entity::account;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};
use serde::{Deserialize, Serialize};

/// Why a new password is refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum PasswordRefusal {
    /// The present one is wrong.
    WrongCurrent,
    /// Too short.
    TooShort {
        /// Characters it needs.
        min: u32,
    },
    /// Too long.
    TooLong {
        /// Characters it may have.
        max: u32,
    },
    /// One of the passwords everybody tries.
    Common,
    /// Holds the name or the staff number.
    ContainsName,
    /// The account has none to change.
    NoPassword,
}

/// What becomes of the person's other browsers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OtherSessions {
    /// They stay signed in.
    Keep,
    /// They are signed out.
    End,
}

const SHORTEST: u32 = 10;
const LONGEST: u32 = 128;

/// What people try first, folded; longer lists add little once length is asked for.
const COMMON: [&str; 22] = [
    "password",
    "passw0rd",
    "p@ssword",
    "p@ssw0rd",
    "1234567890",
    "0123456789",
    "0987654321",
    "qwertyuiop",
    "asdfghjkl",
    "1q2w3e4r5t",
    "abcdefghij",
    "aaaaaaaaaa",
    "1111111111",
    "0000000000",
    "iloveyou",
    "administrator",
    "welcome",
    "letmein",
    "changeme",
    "nanawari",
    "shiyakusho",
    "yakuba",
];

/// Checks a new password against the rules.
pub(super) fn check(password: &str, staff_no: &str, name: &str) -> Result<(), PasswordRefusal> {
    let length = u32::try_from(password.chars().count()).unwrap_or(u32::MAX);
    if length < SHORTEST {
        return Err(PasswordRefusal::TooShort { min: SHORTEST });
    }
    if length > LONGEST {
        return Err(PasswordRefusal::TooLong { max: LONGEST });
    }
    let lower = password.to_lowercase();
    let bare = lower.trim_matches(|letter: char| letter.is_ascii_digit() || letter.is_ascii_punctuation());
    if COMMON.iter().any(|common| lower == *common || bare == *common) {
        return Err(PasswordRefusal::Common);
    }
    let folded = fold(password);
    let inside = |part: &str| part.chars().count() >= 3 && folded.contains(&fold(part).replace(' ', ""));
    if inside(staff_no) || inside(name) {
        return Err(PasswordRefusal::ContainsName);
    }
    Ok(())
}

fn hasher() -> Argon2<'static> {
    // OWASP's floor; the constants are valid, so the default of the same algorithm is never taken.
    let params = Params::new(19 * 1024, 2, 1, None).unwrap_or_default();
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

/// The stored form of a password. Takes 19 MiB and some 20 ms; waits its turn.
pub(super) async fn hash<E>(cx: &Services, password: &str) -> Result<String, Failure<E>> {
    let _turn = cx.throttle().passwords.acquire().await.map_err(|error| Failure::Internal(error.to_string()))?;
    let password = password.to_owned();
    tokio::task::spawn_blocking(move || hasher().hash_password(password.as_bytes()).map(|hash| hash.to_string()))
        .await
        .map_err(|error| Failure::Internal(error.to_string()))?
        .map_err(|error| Failure::Internal(error.to_string()))
}

/// Whether a password is the stored one. Without a stored one it takes as long and says no (T15).
pub(super) async fn verify<E>(cx: &Services, password: &str, stored: Option<String>) -> Result<bool, Failure<E>> {
    let _turn = cx.throttle().passwords.acquire().await.map_err(|error| Failure::Internal(error.to_string()))?;
    let password = password.to_owned();
    tokio::task::spawn_blocking(move || match stored.as_deref().map(PasswordHash::new) {
        Some(Ok(hash)) => hasher().verify_password(password.as_bytes(), &hash).is_ok(),
        Some(Err(_)) | None => {
            let _same_time = hasher().hash_password(password.as_bytes());
            false
        }
    })
    .await
    .map_err(|error| Failure::Internal(error.to_string()))
}

/// Changes the actor's own password.
///
/// # Errors
/// `Refused` with the reason; `Denied` when the actor is no person.
pub async fn change_password(
    cx: &Services,
    actor: &Actor,
    current: &str,
    new: &str,
    others: OtherSessions,
    keep: SessionId,
) -> Result<(), Failure<PasswordRefusal>> {
    let person = actor.person().ok_or(Failure::Denied)?;
    let row = account::Entity::find_by_id(person.0).one(cx.db().reader()).await?;
    let stored = row.and_then(|row| row.password_hash).ok_or(Failure::Refused(PasswordRefusal::NoPassword))?;
    if !verify(cx, current, Some(stored)).await? {
        return Err(Failure::Refused(PasswordRefusal::WrongCurrent));
    }
    let office = cx.office();
    let found = office.people.get(&person).ok_or(Failure::NotFound(Kind::Person))?;
    check(new, &found.staff_no, &found.name).map_err(Failure::Refused)?;
    let hashed = hash(cx, new).await?;
    let (at, who) = (cx.clock().now(), actor.clone());
    cx.db()
        .write(move |transaction| {
            let (hashed, who) = (hashed.clone(), who.clone());
            Box::pin(async move {
                account::Entity::update_many()
                    .col_expr(account::Column::PasswordHash, Expr::value(hashed))
                    .filter(account::Column::PersonId.eq(person.0))
                    .exec(transaction)
                    .await?;
                audit::record(transaction, at, &who, "account.password", format!("person:{person}"), serde_json::json!({})).await?;
                Ok::<_, Failure<PasswordRefusal>>(())
            })
        })
        .await?;
    if others == OtherSessions::End {
        session::end_other_sessions(cx, actor, keep).await.map_err(|failure| failure.map(|never| match never {}))?;
    }
    Ok(())
}

/// Gives a person a local account, or a new role and password.
///
/// # Errors
/// `NotFound` without such a person; `Refused` for a password that will not do.
pub async fn create_user(cx: &Services, staff_no: &str, role: Role, password: &str) -> Result<(), Failure<PasswordRefusal>> {
    let office = cx.office();
    let person = office.by_staff_no.get(staff_no).and_then(|id| office.people.get(id)).ok_or(Failure::NotFound(Kind::Person))?;
    check(password, &person.staff_no, &person.name).map_err(Failure::Refused)?;
    let hashed = hash(cx, password).await?;
    store(cx, person.id, role, hashed).await
}

/// Stores an account, replacing an older one.
pub(super) async fn store<E: Send + 'static>(cx: &Services, person: PersonId, role: Role, hashed: String) -> Result<(), Failure<E>> {
    let at = cx.clock().now();
    cx.db()
        .write(move |transaction| {
            let hashed = hashed.clone();
            Box::pin(async move {
                account::Entity::delete_by_id(person.0).exec(transaction).await?;
                let row = account::ActiveModel {
                    person_id: Set(person.0),
                    role: Set(role.code().to_owned()),
                    password_hash: Set(Some(hashed)),
                    disabled: Set(false),
                    created_at: Set(at),
                };
                account::Entity::insert(row).exec_without_returning(transaction).await?;
                audit::record(transaction, at, &Actor::System, "account.create", format!("person:{person}"), serde_json::json!({ "role": role })).await?;
                office::bump(transaction).await?;
                Ok(())
            })
        })
        .await
}

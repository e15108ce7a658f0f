//! The first start: no default administrator, but a code that works once and not for long (T17).

use super::{
    Client,
    password::{self, PasswordRefusal},
    session,
};
use crate::{Failure, Never, Services, office, secret};
use chrono::TimeDelta;
use domain::{
    PersonId,
    account::Role,
    person::{Findable, SearchKey},
};
use entity::{account, person, set_up_code};
use sea_orm::{ActiveValue::Set, ColumnTrait, DatabaseTransaction, DbErr, EntityTrait, PaginatorTrait, QueryFilter};
use serde::{Deserialize, Serialize};
use subtle::ConstantTimeEq;

/// Why a set-up is refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum SetUpRefusal {
    /// Not the code, or it is too old.
    WrongCode,
    /// There is an account already.
    AlreadyDone,
    /// The staff number or the name is empty.
    Missing,
    /// The password will not do.
    Password {
        /// Why.
        reason: PasswordRefusal,
    },
}

/// How long a code works.
const CODE_LIVES: TimeDelta = TimeDelta::hours(24);

/// Whether nobody has an account yet.
///
/// # Errors
/// When the store cannot be read.
pub async fn needs_set_up(cx: &Services) -> Result<bool, Failure<Never>> {
    Ok(account::Entity::find().count(cx.db().reader()).await? == 0)
}

/// A fresh one-use code while nobody has an account; it replaces an older one.
///
/// # Errors
/// When the store cannot be written.
pub async fn issue_set_up_code(cx: &Services) -> Result<Option<String>, Failure<Never>> {
    if !needs_set_up(cx).await? {
        return Ok(None);
    }
    let code = secret::fresh_code();
    let row = set_up_code::ActiveModel { id: Set(1), code_hash: Set(secret::hash(&code)), ends_at: Set(cx.clock().now() + CODE_LIVES) };
    cx.db()
        .write(move |transaction| {
            let row = row.clone();
            Box::pin(async move {
                set_up_code::Entity::delete_by_id(1).exec(transaction).await?;
                set_up_code::Entity::insert(row).exec_without_returning(transaction).await?;
                Ok::<_, Failure<Never>>(())
            })
        })
        .await?;
    Ok(Some(code))
}

/// Makes the first administrator and signs them in. A person with that staff number who was imported before is kept.
///
/// # Errors
/// See [`SetUpRefusal`].
pub async fn set_up(cx: &Services, code: &str, staff_no: &str, name: &str, new_password: &str, from: &Client) -> Result<String, Failure<SetUpRefusal>> {
    let now = cx.clock().now();
    if cx.throttle().wait_seconds("set-up", &from.ip, now) > 0 {
        return Err(Failure::Refused(SetUpRefusal::WrongCode));
    }
    if !needs_set_up(cx).await.map_err(|failure| failure.map(|never| match never {}))? {
        return Err(Failure::Refused(SetUpRefusal::AlreadyDone));
    }
    let stored = set_up_code::Entity::find_by_id(1).one(cx.db().reader()).await?;
    let given = secret::hash(&code.trim().to_uppercase());
    if !stored.is_some_and(|row| row.ends_at > now && bool::from(row.code_hash.as_bytes().ct_eq(given.as_bytes()))) {
        cx.throttle().failed("set-up", &from.ip, now);
        return Err(Failure::Refused(SetUpRefusal::WrongCode));
    }
    let (staff_no, name) = (staff_no.trim().to_owned(), name.trim().to_owned());
    if staff_no.is_empty() || name.is_empty() {
        return Err(Failure::Refused(SetUpRefusal::Missing));
    }
    password::check(new_password, &staff_no, &name).map_err(|reason| Failure::Refused(SetUpRefusal::Password { reason }))?;
    let hashed = password::hash(cx, new_password).await?;
    let person = cx
        .db()
        .write(move |transaction| {
            let (staff_no, name) = (staff_no.clone(), name.clone());
            Box::pin(async move {
                // The code goes first and must still be there: of two requests at once, one finds none.
                if set_up_code::Entity::delete_by_id(1).exec(transaction).await?.rows_affected == 0 {
                    return Err(Failure::Refused(SetUpRefusal::AlreadyDone));
                }
                Ok(find_or_add(transaction, &staff_no, &name).await?)
            })
        })
        .await?;
    password::store(cx, person, Role::Admin, hashed).await?;
    cx.refresh_office().await.map_err(|failure| failure.map(|never| match never {}))?;
    session::open(cx, person, from).await
}

async fn find_or_add(transaction: &DatabaseTransaction, staff_no: &str, name: &str) -> Result<PersonId, DbErr> {
    if let Some(found) = person::Entity::find().filter(person::Column::StaffNo.eq(staff_no)).one(transaction).await? {
        return Ok(PersonId(found.id));
    }
    let key = SearchKey::of(&Findable { name, staff_no, ..Findable::default() });
    let row = person::ActiveModel {
        staff_no: Set(staff_no.to_owned()),
        name: Set(name.to_owned()),
        kana: Set(String::new()),
        search_key: Set(key.0),
        email: Set(None),
        extension: Set(None),
        employment: Set(String::new()),
        visibility: Set(None),
        visibility_fixed: Set(false),
        wishes: Set("[]".into()),
        ..Default::default()
    };
    let id = person::Entity::insert(row).exec(transaction).await?.last_insert_id;
    office::bump(transaction).await?;
    Ok(PersonId(id))
}

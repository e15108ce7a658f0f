//! Keys of programs.

use crate::{Failure, Kind, Never, Services, audit, secret};
use domain::{
    PersonId,
    account::{Actor, Scope},
};
use entity::api_token as rows;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};

/// Makes a token and returns its secret, which is shown this once.
///
/// # Errors
/// `NotFound` for an unknown person.
pub async fn create_token(cx: &Services, name: &str, scope: Scope, person: Option<PersonId>) -> Result<String, Failure<Never>> {
    if person.is_some_and(|person| !cx.office().people.contains_key(&person)) {
        return Err(Failure::NotFound(Kind::Person));
    }
    let token = format!("nw_{}", secret::fresh());
    let at = cx.clock().now();
    let row = rows::ActiveModel {
        name: Set(name.chars().take(100).collect()),
        token_hash: Set(secret::hash(&token)),
        scope: Set(scope.code().to_owned()),
        person_id: Set(person.map(|person| person.0)),
        created_at: Set(at),
        revoked_at: Set(None),
        ..Default::default()
    };
    cx.db()
        .write(move |transaction| {
            let row = row.clone();
            Box::pin(async move {
                let id = rows::Entity::insert(row).exec(transaction).await?.last_insert_id;
                audit::record(transaction, at, &Actor::System, "token.create", format!("token:{id}"), serde_json::json!({ "scope": scope })).await?;
                Ok::<_, Failure<Never>>(())
            })
        })
        .await?;
    Ok(token)
}

/// Who carries this secret; `None` when it is unknown, revoked, or its person has left.
///
/// # Errors
/// When the store cannot be read.
pub async fn token(cx: &Services, secret: &str) -> Result<Option<Actor>, Failure<Never>> {
    let found =
        rows::Entity::find().filter(rows::Column::TokenHash.eq(secret::hash(secret))).filter(rows::Column::RevokedAt.is_null()).one(cx.db().reader()).await?;
    let Some(row) = found else { return Ok(None) };
    let Some(scope) = Scope::parse(&row.scope) else { return Ok(None) };
    let person = row.person_id.map(PersonId);
    let left = person.is_some_and(|person| !cx.office().employed(person, cx.clock().now().date_naive()));
    Ok((!left).then_some(Actor::Token { id: row.id, scope, person }))
}

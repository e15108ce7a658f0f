//! What makes the sample office worth looking at: a seat out of use, people with wishes, somebody who administers.

use super::heads;
use crate::{Failure, Never, Services, office};
use chrono::{DateTime, Utc};
use domain::{PersonId, account::Role, booking::SeatUse};
use entity::{account, person, space};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};
use std::sync::Arc;

/// Puts the seat of this label out of use.
pub(super) async fn close_seat(cx: &Services, label: &'static str) -> Result<(), Failure<Never>> {
    cx.db()
        .write(move |transaction| {
            Box::pin(async move {
                let closed = Expr::value(SeatUse::Closed.code());
                space::Entity::update_many().col_expr(space::Column::SeatUse, closed).filter(space::Column::Label.eq(label)).exec(transaction).await?;
                Ok(office::bump(transaction).await?)
            })
        })
        .await?;
    cx.refresh_office().await
}

/// Lets every third person ask for an attribute.
pub(super) async fn wish_for(cx: &Services, attribute: &'static str) -> Result<(), Failure<Never>> {
    let mut people: Vec<i64> = cx.office().people.keys().map(|person| person.0).collect();
    people.sort_unstable();
    let people: Arc<[i64]> = people.into_iter().step_by(3).collect();
    cx.db()
        .write(move |transaction| {
            let people = Arc::clone(&people);
            Box::pin(async move {
                let wishes = Expr::value(serde_json::json!([attribute]).to_string());
                let some = person::Column::Id.is_in(people.iter().copied());
                person::Entity::update_many().col_expr(person::Column::Wishes, wishes).filter(some).exec(transaction).await?;
                Ok(office::bump(transaction).await?)
            })
        })
        .await?;
    cx.refresh_office().await
}

/// Gives the first head of a section everything, so that the demo can show administration, and every other head their section.
pub(super) async fn make_heads(cx: &Services, administrator: PersonId) -> Result<(), Failure<Never>> {
    let at = cx.clock().now();
    let role = |person: PersonId| if person == administrator { Role::Admin } else { Role::SectionAdmin };
    let rows: Arc<[account::ActiveModel]> = heads(&cx.office()).into_iter().map(|person| account_of(person, role(person), at)).collect();
    cx.db()
        .write(move |transaction| {
            let rows = Arc::clone(&rows);
            Box::pin(async move {
                account::Entity::insert_many(rows.to_vec()).exec_without_returning(transaction).await?;
                Ok(())
            })
        })
        .await
}

fn account_of(person: PersonId, role: Role, at: DateTime<Utc>) -> account::ActiveModel {
    account::ActiveModel { person_id: Set(person.0), role: Set(role.code().into()), password_hash: Set(None), disabled: Set(false), created_at: Set(at) }
}

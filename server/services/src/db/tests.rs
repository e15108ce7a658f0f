//! Commands that share a commit share nothing else.

use super::together;
use crate::{Actor, Failure, Never, audit, testing::empty_houses};
use sea_orm::{ConnectionTrait, EntityTrait, QueryOrder, QueryTrait, sea_query::Expr};

#[tokio::test]
async fn a_command_that_fails_takes_nothing_along() {
    for house in empty_houses().await {
        let at = house.cx.clock().now();
        let tell = |action: &'static str, fails: bool| {
            house.cx.db().write(move |transaction| {
                Box::pin(async move {
                    audit::record(transaction, at, &Actor::System, action, "test".into(), serde_json::json!({})).await?;
                    if fails { Err(Failure::<Never>::Denied) } else { Ok(()) }
                })
            })
        };
        let (first, failed, last) = tokio::join!(tell("first", false), tell("failed", true), tell("last", false));
        assert!(first.is_ok() && last.is_ok() && matches!(failed, Err(Failure::Denied)));
        let mut kept: Vec<String> = entity::audit::Entity::find().all(house.cx.db().reader()).await.unwrap().into_iter().map(|row| row.action).collect();
        kept.sort_unstable();
        assert_eq!(kept, ["first", "last"]);
    }
}

#[tokio::test]
async fn statements_that_go_together_take_their_own_values() {
    for house in empty_houses().await {
        let at = house.cx.clock().now();
        let write = house.cx.db().write(move |transaction| {
            Box::pin(async move {
                let rename = |from: &str, to: &str| {
                    let update = entity::audit::Entity::update_many().col_expr(entity::audit::Column::Action, Expr::value(to));
                    sea_orm::QueryFilter::filter(update, sea_orm::ColumnTrait::eq(&entity::audit::Column::Action, from))
                        .build(transaction.get_database_backend())
                };
                for action in ["a", "b"] {
                    audit::record(transaction, at, &Actor::System, action, "test".into(), serde_json::json!({})).await?;
                }
                together(transaction, Vec::new()).await?;
                together(transaction, vec![rename("a", "c"), rename("b", "d"), rename("d", "e")]).await?;
                let writes = vec![rename("c", "f")];
                Ok::<_, Failure<Never>>(audit::record_with(transaction, writes, at, &Actor::System, "g", "test".into(), serde_json::json!({})).await?)
            })
        });
        let newest = write.await.unwrap();
        let rows = entity::audit::Entity::find().order_by_asc(entity::audit::Column::Id).all(house.cx.db().reader()).await.unwrap();
        assert_eq!(rows.iter().map(|row| row.action.as_str()).collect::<Vec<_>>(), ["f", "e", "g"]);
        assert_eq!(rows.last().map(|row| row.id), Some(newest));
    }
}

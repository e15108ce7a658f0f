//! 迷惑電話: callers that are not taken. `callers` is `anonymous`, a number, or its beginning and `*`.

use sea_orm::entity::prelude::*;

/// A row of `block_rule`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "block_rule")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub callers: String,
    pub scope: String,
    pub scope_id: Option<i64>,
    pub until_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

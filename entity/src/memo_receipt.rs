//! 既読: who read a memo, and when.

use sea_orm::entity::prelude::*;

/// A row of `memo_receipt`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "memo_receipt")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub memo_id: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub person_id: i64,
    pub read_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

//! エリア: a named set of seats on a floor.

use sea_orm::entity::prelude::*;

/// A row of `zone`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "zone")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub floor_id: i64,
    pub key: String,
    pub name: String,
    pub position: i32,
    pub ratio_percent: Option<i32>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

//! 課・係 as a ring group.

use sea_orm::entity::prelude::*;

/// A row of `section`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "section")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub site_id: i64,
    pub key: String,
    pub name: String,
    pub unit_id: Option<i64>,
    pub ring: String,
    pub ring_ms: i32,
    pub fixed_ms: i32,
    pub overflow_id: Option<i64>,
    pub hours: String,
    pub closed: String,
    pub tasks: String,
    pub from_on: Date,
    pub until_on: Option<Date>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

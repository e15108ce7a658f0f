//! Calls of a month, counted by what was called and the hour.

use sea_orm::entity::prelude::*;

/// A row of `call_total`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "call_total")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub month: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub site_id: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub called: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub section_id: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub hour: i32,
    pub calls: i64,
    pub answered: i64,
    pub meant: i64,
    pub fixed: i64,
    pub unanswered: i64,
    pub abandoned: i64,
    pub passed_on: i64,
    pub answer_ms: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

//! A wish to exchange turns, and what became of it.

use sea_orm::entity::prelude::*;

/// A row of `duty_swap`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "duty_swap")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub duty_id: i64,
    pub other_id: Option<i64>,
    pub asked_by: i64,
    pub asked: i64,
    pub state: String,
    pub open: Option<i16>,
    pub asked_at: DateTimeUtc,
    pub answered_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

//! A recurring wish.

use sea_orm::entity::prelude::*;

/// A row of `pattern`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "pattern")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub person_id: i64,
    pub weekdays: i16,
    pub slots: i32,
    pub seat_id: Option<i64>,
    pub from_on: Date,
    pub until_on: Option<Date>,
    pub extended_to_on: Date,
    pub created_at: DateTimeUtc,
    pub ended_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

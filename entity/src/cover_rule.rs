//! How many people must be there to answer a section's telephone.

use sea_orm::entity::prelude::*;

/// A row of `cover_rule`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "cover_rule")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub section_id: i64,
    pub from_on: Date,
    pub until_on: Option<Date>,
    pub weekdays: i16,
    pub from_minute: i16,
    pub until_minute: i16,
    pub needed: i16,
    pub on_gap: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

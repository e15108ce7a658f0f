//! 当番: one turn.

use sea_orm::entity::prelude::*;

/// A row of `duty`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "duty")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub section_id: i64,
    pub kind: String,
    pub local_date: Date,
    pub from_minute: i16,
    pub until_minute: i16,
    pub place: i16,
    pub person_id: Option<i64>,
    pub state: String,
    pub created_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

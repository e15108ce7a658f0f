//! What became of a call, made from its events.

use sea_orm::entity::prelude::*;

/// A row of `call`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "call")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub link_id: String,
    pub call_id: String,
    pub dialled: String,
    pub caller: String,
    pub outside: bool,
    pub owner_kind: Option<String>,
    pub owner_id: Option<i64>,
    pub outcome: String,
    pub started_at: DateTimeUtc,
    pub answered_at: Option<DateTimeUtc>,
    pub ended_at: Option<DateTimeUtc>,
    pub answered_by: Option<String>,
    pub answered_person_id: Option<i64>,
    pub passed_on: i32,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

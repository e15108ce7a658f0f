//! 伝言メモ: a short message for somebody who could not be reached.

use sea_orm::entity::prelude::*;

/// A row of `memo`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "memo")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub to_kind: String,
    pub to_id: i64,
    pub caller_name: String,
    pub caller_number: String,
    pub wish: String,
    pub text: String,
    pub urgency: String,
    pub author_id: Option<i64>,
    pub call_id: Option<i64>,
    pub once: Option<String>,
    pub emergency: Option<String>,
    pub called_at: DateTimeUtc,
    pub rang_s: Option<i32>,
    pub written_at: DateTimeUtc,
    pub ended_how: Option<String>,
    pub ended_by_id: Option<i64>,
    pub ended_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

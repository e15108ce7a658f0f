//! What is to be sent outside, once for each memo, recipient and occasion. Without `next_at` it is settled: sent, or not needed, or given up.

use sea_orm::entity::prelude::*;

/// A row of `outbox`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "outbox")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub memo_id: Option<i64>,
    pub channel: String,
    pub recipient_id: i64,
    pub occasion: String,
    pub created_at: DateTimeUtc,
    pub attempts: i32,
    pub next_at: Option<DateTimeUtc>,
    pub sent_at: Option<DateTimeUtc>,
    pub trouble: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

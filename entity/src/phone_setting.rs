//! What a person chose for their telephone; no row means nothing was chosen.

use sea_orm::entity::prelude::*;

/// A row of `phone_setting`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "phone_setting")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub person_id: i64,
    pub ring_order: String,
    pub ring_ms: Option<i32>,
    pub picked: Option<String>,
    pub allowed: String,
    pub listed: bool,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

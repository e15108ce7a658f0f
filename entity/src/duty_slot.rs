//! A quarter-hour of somebody's day that a turn holds. The key is the guarantee.

use sea_orm::entity::prelude::*;

/// A row of `duty_slot`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "duty_slot")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub person_id: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub local_date: Date,
    #[sea_orm(primary_key, auto_increment = false)]
    pub quarter: i16,
    pub duty_id: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

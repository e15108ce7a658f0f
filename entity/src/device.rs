//! 電話機: something that can ring. `target` is the name it registers under, or an outside number with its `+`; `ha1` is the digest of its password.

use sea_orm::entity::prelude::*;

/// A row of `device`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "device")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub site_id: i64,
    pub target: String,
    pub kind: String,
    pub owner_kind: String,
    pub owner_id: i64,
    pub leaves_building: bool,
    pub in_service: bool,
    pub ha1: Option<String>,
    pub from_on: Date,
    pub until_on: Option<Date>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

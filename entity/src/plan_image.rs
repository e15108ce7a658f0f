//! The picture beneath a floor, re-encoded, in two sizes.

use sea_orm::entity::prelude::*;

/// A row of `plan_image`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "plan_image")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub floor_id: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub size: String,
    pub width_px: i32,
    pub height_px: i32,
    pub content_type: String,
    pub bytes: Vec<u8>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

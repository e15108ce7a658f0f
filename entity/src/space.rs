//! A seat or a room.

use sea_orm::entity::prelude::*;

/// A row of `space`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "space")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub floor_id: i64,
    pub zone_id: Option<i64>,
    pub kind: String,
    pub label: String,
    pub x_mm: i32,
    pub y_mm: i32,
    pub width_mm: i32,
    pub height_mm: i32,
    pub rotation: i16,
    pub capacity: i32,
    pub attributes: String,
    pub seat_use: String,
    pub retired: bool,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

//! チームエリア: a unit at home in a zone.

use sea_orm::entity::prelude::*;

/// A row of `zone_home`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "zone_home")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub zone_id: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub unit_id: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

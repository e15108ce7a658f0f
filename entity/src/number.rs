//! 番号: everything that can be dialled. `owner_id` is a person, a section, a seat or a device, as `kind` says.

use sea_orm::entity::prelude::*;

/// A row of `number`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "number")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub site_id: i64,
    pub ext: String,
    pub tel: Option<String>,
    pub kind: String,
    pub owner_id: Option<i64>,
    pub from_on: Date,
    pub until_on: Option<Date>,
    pub successor_ext: Option<String>,
    pub announce_until_on: Option<Date>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

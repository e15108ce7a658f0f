//! A stored change of the telephones' set-up: every row it touched, before and after.

use sea_orm::entity::prelude::*;

/// A row of `telephone_revision`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "telephone_revision")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub site_id: i64,
    pub at: DateTimeUtc,
    pub actor: String,
    pub by_id: Option<i64>,
    pub source: String,
    pub rows: String,
    pub changed: String,
    pub undoes_id: Option<i64>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

//! A post of a person in a unit; several at once are 兼務.

use sea_orm::entity::prelude::*;

/// A row of `post`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "post")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub person_id: i64,
    pub unit_id: i64,
    pub title: String,
    pub main: bool,
    pub from_on: Option<Date>,
    pub until_on: Option<Date>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

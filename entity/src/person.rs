//! 職員: somebody with a staff number.

use sea_orm::entity::prelude::*;

/// A row of `person`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "person")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub staff_no: String,
    pub name: String,
    pub kana: String,
    pub search_key: String,
    pub email: Option<String>,
    pub extension: Option<String>,
    pub employment: String,
    pub visibility: Option<String>,
    pub visibility_fixed: bool,
    pub wishes: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

//! What a site has decided about its telephones.

use sea_orm::entity::prelude::*;

/// A row of `telephone_house`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "telephone_house")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub site_id: i64,
    pub numbering: String,
    pub occupancy_from: String,
    pub hours: String,
    pub house_phone: String,
    pub reception_id: Option<i64>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

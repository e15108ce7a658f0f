//! What a PBX did so far.

use sea_orm::entity::prelude::*;

/// A row of `pbx_status`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "pbx_status")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub link_id: String,
    pub asked_at: Option<DateTimeUtc>,
    pub table_at: Option<DateTimeUtc>,
    pub refused_at: Option<DateTimeUtc>,
    pub heard_at: Option<DateTimeUtc>,
    pub registered: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

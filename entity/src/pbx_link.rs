//! A PBX that may ask, with the hashes of its two live secrets.

use sea_orm::entity::prelude::*;

/// A row of `pbx_link`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "pbx_link")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    pub site_id: i64,
    pub kind: String,
    pub max_parallel: i32,
    pub max_stages: i32,
    pub max_total_ms: i32,
    pub domain: Option<String>,
    pub trunk: Option<String>,
    pub secret_hash: Option<String>,
    pub secret_hash_before: Option<String>,
    pub peers: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

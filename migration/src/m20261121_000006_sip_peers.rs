//! Addresses from which a PBX may send calls to the redirect server.

use sea_orm_migration::{prelude::*, schema::string};

/// `pbx_link.peers`: a JSON list of addresses and networks.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.alter_table(Table::alter().table("pbx_link").add_column(string("peers").default("[]").to_owned()).to_owned()).await
    }
}

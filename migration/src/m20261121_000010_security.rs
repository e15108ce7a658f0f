//! Who looks after a house and is told of emergency calls, and what those memos tell.
//!
//! Nobody is named twice for a house (`house_security`'s key). An emergency call makes one memo for each of them and no second
//! one (`memo.once`).

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("house_security")
            .col(big_integer("site_id"))
            .col(string("to_kind"))
            .col(big_integer("to_id"))
            .col(integer("rank"))
            .primary_key(Index::create().col("site_id").col("to_kind").col("to_id"))
            .foreign_key(ForeignKey::create().from("house_security", "site_id").to("site", "id"))
            .to_owned();
        manager.create_table(table).await?;
        manager.alter_table(Table::alter().table("memo").add_column(text_null("emergency")).to_owned()).await
    }
}

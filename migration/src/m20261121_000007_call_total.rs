//! Calls of months, counted: kept when the calls themselves are forgotten. A month counts each thing once.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("call_total")
            .col(string("month"))
            .col(big_integer("site_id"))
            .col(string("called"))
            // 0 where no section was called: a part of the key cannot be empty.
            .col(big_integer("section_id"))
            .col(integer("hour"))
            .col(big_integer("calls"))
            .col(big_integer("answered"))
            .col(big_integer("meant"))
            .col(big_integer("fixed"))
            .col(big_integer("unanswered"))
            .col(big_integer("abandoned"))
            .col(big_integer("passed_on"))
            .col(big_integer("answer_ms"))
            .primary_key(Index::create().col("month").col("site_id").col("called").col("section_id").col("hour"))
            .to_owned();
        manager.create_table(table).await
    }
}

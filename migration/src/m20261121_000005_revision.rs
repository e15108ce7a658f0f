//! Changes of the telephones' set-up as they were stored, so that each can be looked at and taken back, and what people ask a
//! section for.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let tasks = text("tasks").default("[]").to_owned();
        manager.alter_table(Table::alter().table("section").add_column(tasks).to_owned()).await?;
        let revision = Table::create()
            .table("telephone_revision")
            .col(big_integer("id").auto_increment().primary_key().to_owned())
            .col(big_integer("site_id"))
            .col(timestamp_with_time_zone("at"))
            .col(string("actor"))
            .col(big_integer_null("by_id"))
            .col(string("source"))
            .col(text("rows"))
            .col(text("changed"))
            .col(big_integer_null("undoes_id"))
            .foreign_key(ForeignKey::create().from("telephone_revision", "site_id").to("site", "id"))
            .to_owned();
        manager.create_table(revision).await?;
        let by_time = Index::create().name("telephone_revision_at").table("telephone_revision").col("at").to_owned();
        manager.create_index(by_time).await
    }
}

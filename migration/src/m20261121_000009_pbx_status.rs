//! What each PBX did so far, so that an administrator can be told what is wrong with theirs.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("pbx_status")
            .col(string("link_id").primary_key().to_owned())
            .col(timestamp_with_time_zone_null("asked_at"))
            .col(timestamp_with_time_zone_null("table_at"))
            .col(timestamp_with_time_zone_null("refused_at"))
            .col(timestamp_with_time_zone_null("heard_at"))
            .col(text("registered"))
            .to_owned();
        manager.create_table(table).await
    }
}

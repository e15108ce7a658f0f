//! The chain of records goes by the order of sealing. Numbers of rows are given before their transactions end, so a row may appear
//! before one that was sealed already; the order in which rows are sealed knows no such thing.

use sea_orm_migration::{prelude::*, schema::big_integer_null};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.alter_table(Table::alter().table("audit").add_column(big_integer_null("seal")).to_owned()).await?;
        // Until now it went by the number.
        manager
            .get_connection()
            .execute_unprepared(
                "UPDATE audit SET seal = sealed.place FROM \
                 (SELECT id, row_number() OVER (ORDER BY id) AS place FROM audit WHERE hash IS NOT NULL) AS sealed WHERE sealed.id = audit.id",
            )
            .await?;
        // One row a place: two servers that seal at once cannot grow two chains.
        manager.create_index(Index::create().name("audit_seal").table("audit").col("seal").unique().to_owned()).await
    }
}

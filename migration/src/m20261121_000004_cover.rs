//! How many people must be there to answer a section's telephone, and whose turn it is.
//!
//! `duty_slot` is the guarantee: a quarter-hour of a person's day is one row, so nobody has two turns at once. A turn waits for
//! one exchange at a time: `open` is 1 or nothing, and nothing is unique any number of times. Sections that go take all of it along.

use sea_orm_migration::{prelude::*, schema::*, sea_orm::DatabaseBackend};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let tables = [vec![rule(), duty(), slot(manager.get_database_backend())], people(), vec![swap()]].concat();
        for mut table in tables {
            manager.create_table(table.take()).await?;
        }
        manager.create_index(Index::create().name("duty_person").table("duty").col("person_id").col("local_date").to_owned()).await
    }
}

fn id() -> ColumnDef {
    big_integer("id").auto_increment().primary_key().to_owned()
}

/// Goes with what it belongs to.
fn of(table: &'static str, column: &'static str, owner: &'static str) -> ForeignKeyCreateStatement {
    ForeignKey::create().from(table, column).to(owner, "id").on_delete(ForeignKeyAction::Cascade).to_owned()
}

fn rule() -> TableCreateStatement {
    Table::create()
        .table("cover_rule")
        .col(id())
        .col(big_integer("section_id"))
        .col(date("from_on"))
        .col(date_null("until_on"))
        .col(small_integer("weekdays"))
        .col(small_integer("from_minute"))
        .col(small_integer("until_minute"))
        .col(small_integer("needed"))
        .col(string("on_gap"))
        .foreign_key(&mut of("cover_rule", "section_id", "section"))
        .index(Index::create().unique().name("cover_rule_once").col("section_id").col("from_on").col("weekdays").col("from_minute").col("until_minute"))
        .to_owned()
}

fn duty() -> TableCreateStatement {
    Table::create()
        .table("duty")
        .col(id())
        .col(big_integer("section_id"))
        .col(string("kind"))
        .col(date("local_date"))
        .col(small_integer("from_minute"))
        .col(small_integer("until_minute"))
        .col(small_integer("place"))
        .col(big_integer_null("person_id"))
        .col(string("state"))
        .col(timestamp_with_time_zone("created_at"))
        .foreign_key(&mut of("duty", "section_id", "section"))
        .foreign_key(ForeignKey::create().from("duty", "person_id").to("person", "id"))
        .index(Index::create().unique().name("duty_place").col("section_id").col("local_date").col("from_minute").col("kind").col("place"))
        .to_owned()
}

fn slot(backend: DatabaseBackend) -> TableCreateStatement {
    let mut slot = Table::create()
        .table("duty_slot")
        .col(big_integer("person_id"))
        .col(date("local_date"))
        .col(small_integer("quarter"))
        .col(big_integer("duty_id"))
        .primary_key(Index::create().col("person_id").col("local_date").col("quarter"))
        .foreign_key(&mut of("duty_slot", "duty_id", "duty"))
        .to_owned();
    if backend == DatabaseBackend::Sqlite {
        slot.extra("WITHOUT ROWID");
    }
    slot
}

fn people() -> Vec<TableCreateStatement> {
    vec![
        Table::create()
            .table("duty_member")
            .col(big_integer("section_id"))
            .col(big_integer("person_id"))
            .col(small_integer("weight_percent"))
            .col(text("exclusions"))
            .primary_key(Index::create().col("section_id").col("person_id"))
            .foreign_key(&mut of("duty_member", "section_id", "section"))
            .foreign_key(ForeignKey::create().from("duty_member", "person_id").to("person", "id"))
            .to_owned(),
        Table::create()
            .table("duty_feed")
            .col(string("secret_hash").primary_key().to_owned())
            .col(big_integer("person_id"))
            .col(big_integer_null("section_id"))
            .col(timestamp_with_time_zone("created_at"))
            .foreign_key(ForeignKey::create().from("duty_feed", "person_id").to("person", "id"))
            .foreign_key(&mut of("duty_feed", "section_id", "section"))
            .to_owned(),
    ]
}

fn swap() -> TableCreateStatement {
    Table::create()
        .table("duty_swap")
        .col(id())
        .col(big_integer("duty_id"))
        .col(big_integer_null("other_id"))
        .col(big_integer("asked_by"))
        .col(big_integer("asked"))
        .col(string("state"))
        .col(small_integer_null("open"))
        .col(timestamp_with_time_zone("asked_at"))
        .col(timestamp_with_time_zone_null("answered_at"))
        .foreign_key(&mut of("duty_swap", "duty_id", "duty"))
        .foreign_key(&mut of("duty_swap", "other_id", "duty"))
        .foreign_key(ForeignKey::create().from("duty_swap", "asked_by").to("person", "id"))
        .foreign_key(ForeignKey::create().from("duty_swap", "asked").to("person", "id"))
        .index(Index::create().unique().name("duty_swap_open").col("duty_id").col("open"))
        .to_owned()
}

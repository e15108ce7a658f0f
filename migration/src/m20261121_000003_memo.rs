//! Memos with their receipts, and what is to be told of them outside: by mail and by programs elsewhere.
//!
//! A call that nobody answered makes one memo and no second one (`memo.once`). What is to be sent stands in `outbox`, written in
//! the transaction of the memo and once for each recipient (`outbox_once`), so that two servers cannot send it twice.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for mut table in [memos(), told()].concat() {
            manager.create_table(table.take()).await?;
        }
        for (name, table, columns) in INDEXES {
            let mut index = Index::create().name(*name).table(*table).to_owned();
            for column in *columns {
                index.col(*column);
            }
            manager.create_index(index).await?;
        }
        Ok(())
    }
}

const INDEXES: &[(&str, &str, &[&str])] = &[
    ("memo_to", "memo", &["to_kind", "to_id", "ended_at"]),
    ("memo_author", "memo", &["author_id", "written_at"]),
    ("memo_written", "memo", &["written_at"]),
    ("outbox_next", "outbox", &["next_at"]),
];

fn id() -> ColumnDef {
    big_integer("id").auto_increment().primary_key().to_owned()
}

fn memos() -> Vec<TableCreateStatement> {
    vec![
        Table::create()
            .table("memo")
            .col(id())
            .col(string("to_kind"))
            .col(big_integer("to_id"))
            .col(string("caller_name"))
            .col(string("caller_number"))
            .col(string("wish"))
            .col(text("text"))
            .col(string("urgency"))
            .col(big_integer_null("author_id"))
            .col(big_integer_null("call_id"))
            .col(string_null("once").unique_key().to_owned())
            .col(timestamp_with_time_zone("called_at"))
            .col(integer_null("rang_s"))
            .col(timestamp_with_time_zone("written_at"))
            .col(string_null("ended_how"))
            .col(big_integer_null("ended_by_id"))
            .col(timestamp_with_time_zone_null("ended_at"))
            .foreign_key(ForeignKey::create().from("memo", "author_id").to("person", "id"))
            .to_owned(),
        Table::create()
            .table("memo_receipt")
            .col(big_integer("memo_id"))
            .col(big_integer("person_id"))
            .col(timestamp_with_time_zone("read_at"))
            .primary_key(Index::create().col("memo_id").col("person_id"))
            .foreign_key(ForeignKey::create().from("memo_receipt", "memo_id").to("memo", "id"))
            .foreign_key(ForeignKey::create().from("memo_receipt", "person_id").to("person", "id"))
            .to_owned(),
    ]
}

fn told() -> Vec<TableCreateStatement> {
    vec![
        Table::create()
            .table("memo_setting")
            .col(big_integer("person_id").primary_key().to_owned())
            .col(string("mail"))
            .col(boolean("sections"))
            .col(string("lang"))
            .foreign_key(ForeignKey::create().from("memo_setting", "person_id").to("person", "id"))
            .to_owned(),
        Table::create()
            .table("webhook")
            .col(id())
            .col(string("name"))
            .col(text("url"))
            .col(string("format"))
            .col(string("lang"))
            .col(boolean("whole"))
            .col(big_integer_null("section_id"))
            .col(string("secret"))
            .col(timestamp_with_time_zone("created_at"))
            .col(timestamp_with_time_zone_null("ended_at"))
            .to_owned(),
        Table::create()
            .table("outbox")
            .col(id())
            .col(big_integer_null("memo_id"))
            .col(string("channel"))
            .col(big_integer("recipient_id"))
            .col(string("occasion"))
            .col(timestamp_with_time_zone("created_at"))
            .col(integer("attempts"))
            .col(timestamp_with_time_zone_null("next_at"))
            .col(timestamp_with_time_zone_null("sent_at"))
            .col(string_null("trouble"))
            .index(Index::create().unique().name("outbox_once").col("memo_id").col("channel").col("recipient_id").col("occasion"))
            .foreign_key(ForeignKey::create().from("outbox", "memo_id").to("memo", "id"))
            .to_owned(),
    ]
}

//! Numbers, telephones, sections that ring together, and what people and houses decide about their calls.
//!
//! Everything an administrator enters has days (`from_on`, `until_on`, half-open), so that a transfer is entered in advance.
//! A number and a telephone begin once: two rows of the same key and first day cannot both be stored.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for mut table in [house(), people(), pbx()].concat() {
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
    ("device_site", "device", &["site_id"]),
    ("delegation_from", "delegation", &["from_id"]),
    ("mode_switch_site", "mode_switch", &["site_id"]),
    ("decision_at", "decision", &["at"]),
    ("call_started", "call", &["started_at"]),
];

fn id() -> ColumnDef {
    big_integer("id").auto_increment().primary_key().to_owned()
}

/// What the administrator enters for a site.
fn house() -> Vec<TableCreateStatement> {
    vec![
        Table::create()
            .table("telephone_house")
            .col(big_integer("site_id").primary_key().to_owned())
            .col(string("numbering"))
            .col(string("occupancy_from"))
            .col(text("hours"))
            .col(string("house_phone"))
            .col(big_integer_null("reception_id"))
            .foreign_key(ForeignKey::create().from("telephone_house", "site_id").to("site", "id"))
            .to_owned(),
        Table::create()
            .table("section")
            .col(id())
            .col(big_integer("site_id"))
            .col(string("key"))
            .col(string("name"))
            .col(big_integer_null("unit_id"))
            .col(string("ring"))
            .col(integer("ring_ms"))
            .col(integer("fixed_ms"))
            .col(big_integer_null("overflow_id"))
            .col(text("hours"))
            .col(string("closed"))
            .col(date("from_on"))
            .col(date_null("until_on"))
            .foreign_key(ForeignKey::create().from("section", "site_id").to("site", "id"))
            .index(Index::create().unique().name("section_key").col("site_id").col("key"))
            .to_owned(),
        Table::create()
            .table("section_roster")
            .col(big_integer("section_id"))
            .col(big_integer("person_id"))
            .col(integer("rank"))
            .primary_key(Index::create().col("section_id").col("person_id"))
            .foreign_key(ForeignKey::create().from("section_roster", "section_id").to("section", "id"))
            .foreign_key(ForeignKey::create().from("section_roster", "person_id").to("person", "id"))
            .to_owned(),
        Table::create()
            .table("device")
            .col(id())
            .col(big_integer("site_id"))
            .col(string("target"))
            .col(string("kind"))
            .col(string("owner_kind"))
            .col(big_integer("owner_id"))
            .col(boolean("leaves_building"))
            .col(boolean("in_service"))
            .col(string_null("ha1"))
            .col(date("from_on"))
            .col(date_null("until_on"))
            .foreign_key(ForeignKey::create().from("device", "site_id").to("site", "id"))
            .index(Index::create().unique().name("device_target").col("target").col("from_on"))
            .to_owned(),
        Table::create()
            .table("number")
            .col(id())
            .col(big_integer("site_id"))
            .col(string("ext"))
            .col(string_null("tel"))
            .col(string("kind"))
            .col(big_integer_null("owner_id"))
            .col(date("from_on"))
            .col(date_null("until_on"))
            .col(string_null("successor_ext"))
            .col(date_null("announce_until_on"))
            .foreign_key(ForeignKey::create().from("number", "site_id").to("site", "id"))
            .index(Index::create().unique().name("number_ext").col("site_id").col("ext").col("from_on"))
            .to_owned(),
        Table::create()
            .table("block_rule")
            .col(id())
            .col(string("callers"))
            .col(string("scope"))
            .col(big_integer_null("scope_id"))
            .col(timestamp_with_time_zone_null("until_at"))
            .to_owned(),
        Table::create().table("contact").col(id()).col(string("tel")).col(string("name")).col(big_integer_null("section_id")).to_owned(),
        Table::create()
            .table("mode_switch")
            .col(id())
            .col(big_integer("site_id"))
            .col(string("mode"))
            .col(big_integer_null("by_id"))
            .col(timestamp_with_time_zone("from_at"))
            .col(timestamp_with_time_zone_null("until_at"))
            .foreign_key(ForeignKey::create().from("mode_switch", "site_id").to("site", "id"))
            .to_owned(),
    ]
}

/// What people decide about their own calls.
fn people() -> Vec<TableCreateStatement> {
    vec![
        Table::create()
            .table("phone_setting")
            .col(big_integer("person_id").primary_key().to_owned())
            .col(string("ring_order"))
            .col(integer_null("ring_ms"))
            .col(text_null("picked"))
            .col(text("allowed"))
            .col(boolean("listed"))
            .foreign_key(ForeignKey::create().from("phone_setting", "person_id").to("person", "id"))
            .to_owned(),
        Table::create()
            .table("presence")
            .col(big_integer("person_id"))
            .col(string("source"))
            .col(string("state"))
            .col(timestamp_with_time_zone("from_at"))
            .col(timestamp_with_time_zone_null("until_at"))
            .primary_key(Index::create().col("person_id").col("source"))
            .foreign_key(ForeignKey::create().from("presence", "person_id").to("person", "id"))
            .to_owned(),
        Table::create()
            .table("delegation")
            .col(id())
            .col(big_integer("from_id"))
            .col(big_integer("to_id"))
            .col(string("scope"))
            .col(timestamp_with_time_zone("from_at"))
            .col(timestamp_with_time_zone_null("until_at"))
            .foreign_key(ForeignKey::create().from("delegation", "from_id").to("person", "id"))
            .foreign_key(ForeignKey::create().from("delegation", "to_id").to("person", "id"))
            .to_owned(),
    ]
}

/// Who asks, and what was answered.
fn pbx() -> Vec<TableCreateStatement> {
    vec![
        Table::create()
            .table("pbx_link")
            .col(string("id").primary_key().to_owned())
            .col(big_integer("site_id"))
            .col(string("kind"))
            .col(integer("max_parallel"))
            .col(integer("max_stages"))
            .col(integer("max_total_ms"))
            .col(string_null("domain"))
            .col(string_null("trunk"))
            .col(string_null("secret_hash"))
            .col(string_null("secret_hash_before"))
            .foreign_key(ForeignKey::create().from("pbx_link", "site_id").to("site", "id"))
            .to_owned(),
        Table::create()
            .table("call_event")
            .col(string("link_id"))
            .col(string("call_id"))
            .col(big_integer("seq"))
            .col(string("kind"))
            .col(timestamp_with_time_zone("at"))
            .col(string_null("answered_by"))
            .col(text("detail"))
            .primary_key(Index::create().col("link_id").col("call_id").col("seq"))
            .to_owned(),
        Table::create()
            .table("call")
            .col(id())
            .col(string("link_id"))
            .col(string("call_id"))
            .col(string("dialled"))
            .col(string("caller"))
            .col(boolean("outside"))
            .col(string_null("owner_kind"))
            .col(big_integer_null("owner_id"))
            .col(string("outcome"))
            .col(timestamp_with_time_zone("started_at"))
            .col(timestamp_with_time_zone_null("answered_at"))
            .col(timestamp_with_time_zone_null("ended_at"))
            .col(string_null("answered_by"))
            .col(big_integer_null("answered_person_id"))
            .col(integer("passed_on"))
            .index(Index::create().unique().name("call_of_link").col("link_id").col("call_id"))
            .to_owned(),
        Table::create()
            .table("decision")
            .col(string("id").primary_key().to_owned())
            .col(timestamp_with_time_zone("at"))
            .col(string("link_id"))
            .col(big_integer("revision"))
            .col(text("call"))
            .col(text("plan"))
            .to_owned(),
    ]
}

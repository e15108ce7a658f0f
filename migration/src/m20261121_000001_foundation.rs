//! Sites, people, floors, and the rows that make a double booking impossible.

use sea_orm_migration::{prelude::*, schema::*, sea_orm::DatabaseBackend};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let tables = [organisation(), people(), floors(), accounts(), records()].concat();
        for mut table in tables {
            manager.create_table(table.take()).await?;
        }
        for mut table in bookings(manager.get_database_backend()) {
            manager.create_table(table.take()).await?;
        }
        for (name, table, columns) in INDEXES {
            let mut index = Index::create().name(*name).table(*table).to_owned();
            for column in *columns {
                index.col(*column);
            }
            manager.create_index(index).await?;
        }
        let first = Query::insert().into_table("office_revision").columns(["id", "revision"]).values_panic([1.into(), 1.into()]).to_owned();
        manager.execute(first).await
    }
}

const INDEXES: &[(&str, &str, &[&str])] = &[
    ("booking_person_day", "booking", &["person_id", "local_date"]),
    ("booking_state_day", "booking", &["state", "local_date"]),
    ("occupancy_day", "occupancy", &["local_date", "space_id"]),
    ("post_person", "post", &["person_id"]),
    ("space_floor", "space", &["floor_id"]),
    ("session_person", "session", &["person_id"]),
    ("audit_hash", "audit", &["hash"]),
];

fn id() -> ColumnDef {
    big_integer("id").auto_increment().primary_key().to_owned()
}

fn organisation() -> Vec<TableCreateStatement> {
    vec![
        Table::create().table("site").col(id()).col(string_uniq("name")).col(string("time_zone")).col(text("policy")).to_owned(),
        Table::create()
            .table("unit")
            .col(id())
            .col(string_uniq("code"))
            .col(string("name"))
            .col(big_integer_null("parent_id"))
            .col(integer_null("lends"))
            .to_owned(),
        Table::create().table("office_revision").col(integer("id").primary_key().to_owned()).col(big_integer("revision")).to_owned(),
    ]
}

fn people() -> Vec<TableCreateStatement> {
    vec![
        Table::create()
            .table("person")
            .col(id())
            .col(string_uniq("staff_no"))
            .col(string("name"))
            .col(string("kana"))
            .col(text("search_key"))
            .col(string_null("email"))
            .col(string_null("extension"))
            .col(string("employment"))
            .col(string_null("visibility"))
            .col(boolean("visibility_fixed").default(false))
            .col(text("wishes"))
            .to_owned(),
        Table::create()
            .table("post")
            .col(id())
            .col(big_integer("person_id"))
            .col(big_integer("unit_id"))
            .col(string("title"))
            .col(boolean("main"))
            .col(date_null("from_on"))
            .col(date_null("until_on"))
            .foreign_key(ForeignKey::create().from("post", "person_id").to("person", "id"))
            .foreign_key(ForeignKey::create().from("post", "unit_id").to("unit", "id"))
            .to_owned(),
        Table::create()
            .table("look_up")
            .col(big_integer("viewer_id"))
            .col(big_integer("person_id"))
            .col(date("local_date"))
            .col(integer("times"))
            .primary_key(Index::create().col("person_id").col("local_date").col("viewer_id"))
            .to_owned(),
    ]
}

fn floors() -> Vec<TableCreateStatement> {
    vec![
        Table::create()
            .table("floor")
            .col(id())
            .col(big_integer("site_id"))
            .col(string("name"))
            .col(integer("position"))
            .col(integer("width_mm"))
            .col(integer("height_mm"))
            .col(big_integer("image_version").default(0))
            .foreign_key(ForeignKey::create().from("floor", "site_id").to("site", "id"))
            .to_owned(),
        Table::create()
            .table("plan_image")
            .col(big_integer("floor_id"))
            .col(string("size"))
            .col(integer("width_px"))
            .col(integer("height_px"))
            .col(string("content_type"))
            .col(binary("bytes"))
            .primary_key(Index::create().col("floor_id").col("size"))
            .to_owned(),
        Table::create()
            .table("zone")
            .col(id())
            .col(big_integer("floor_id"))
            .col(string("key"))
            .col(string("name"))
            .col(integer("position"))
            .col(integer_null("ratio_percent"))
            .foreign_key(ForeignKey::create().from("zone", "floor_id").to("floor", "id"))
            .to_owned(),
        Table::create()
            .table("zone_home")
            .col(big_integer("zone_id"))
            .col(big_integer("unit_id"))
            .primary_key(Index::create().col("zone_id").col("unit_id"))
            .to_owned(),
        Table::create()
            .table("overflow")
            .col(big_integer("unit_id"))
            .col(integer("position"))
            .col(big_integer("zone_id"))
            .primary_key(Index::create().col("unit_id").col("position"))
            .to_owned(),
        Table::create()
            .table("space")
            .col(id())
            .col(big_integer("floor_id"))
            .col(big_integer_null("zone_id"))
            .col(string("kind"))
            .col(string("label"))
            .col(integer("x_mm"))
            .col(integer("y_mm"))
            .col(integer("width_mm").default(0))
            .col(integer("height_mm").default(0))
            .col(small_integer("rotation").default(0))
            .col(integer("capacity").default(1))
            .col(text("attributes"))
            .col(string("seat_use"))
            .col(boolean("retired").default(false))
            .foreign_key(ForeignKey::create().from("space", "floor_id").to("floor", "id"))
            .index(Index::create().unique().name("space_label").col("floor_id").col("kind").col("label"))
            .to_owned(),
    ]
}

/// The guarantee: a taken slot is one row, and its key is unique (DESIGN.md §3).
fn bookings(backend: DatabaseBackend) -> Vec<TableCreateStatement> {
    let taken = |table: &str, owner: &str| {
        let mut taken = Table::create()
            .table(table.to_owned())
            .col(big_integer(owner.to_owned()))
            .col(date("local_date"))
            .col(small_integer("slot"))
            .col(big_integer("booking_id"))
            .primary_key(Index::create().col(owner.to_owned()).col("local_date").col("slot"))
            .foreign_key(ForeignKey::create().from(table.to_owned(), "booking_id").to("booking", "id"))
            .to_owned();
        if backend == DatabaseBackend::Sqlite {
            // The key is the row: half the writes and half the pages.
            taken.extra("WITHOUT ROWID");
        }
        taken
    };
    vec![
        Table::create()
            .table("pattern")
            .col(id())
            .col(big_integer("person_id"))
            .col(small_integer("weekdays"))
            .col(integer("slots"))
            .col(big_integer_null("seat_id"))
            .col(date("from_on"))
            .col(date_null("until_on"))
            .col(date("extended_to_on"))
            .col(timestamp_with_time_zone("created_at"))
            .col(timestamp_with_time_zone_null("ended_at"))
            .to_owned(),
        Table::create()
            .table("booking")
            .col(id())
            .col(big_integer("person_id"))
            .col(big_integer("space_id"))
            .col(date("local_date"))
            .col(integer("slots"))
            .col(integer("booked_slots"))
            .col(string("state"))
            .col(big_integer_null("pattern_id"))
            .col(timestamp_with_time_zone("created_at"))
            .col(timestamp_with_time_zone_null("checked_in_at"))
            .col(timestamp_with_time_zone_null("ended_at"))
            .foreign_key(ForeignKey::create().from("booking", "person_id").to("person", "id"))
            .foreign_key(ForeignKey::create().from("booking", "space_id").to("space", "id"))
            .to_owned(),
        taken("occupancy", "space_id"),
        taken("person_occupancy", "person_id"),
        Table::create()
            .table("idempotency")
            .col(string("key").primary_key().to_owned())
            .col(string("fingerprint"))
            .col(big_integer("booking_id"))
            .col(timestamp_with_time_zone("created_at"))
            .to_owned(),
    ]
}

fn accounts() -> Vec<TableCreateStatement> {
    vec![
        Table::create()
            .table("account")
            .col(big_integer("person_id").primary_key().to_owned())
            .col(string("role"))
            .col(string_null("password_hash"))
            .col(boolean("disabled").default(false))
            .col(timestamp_with_time_zone("created_at"))
            .foreign_key(ForeignKey::create().from("account", "person_id").to("person", "id"))
            .to_owned(),
        Table::create()
            .table("session")
            .col(id())
            .col(string_uniq("token_hash"))
            .col(big_integer("person_id"))
            .col(string("user_agent"))
            .col(timestamp_with_time_zone("created_at"))
            .col(timestamp_with_time_zone("last_seen_at"))
            .col(timestamp_with_time_zone("ends_at"))
            .to_owned(),
        Table::create()
            .table("api_token")
            .col(id())
            .col(string("name"))
            .col(string_uniq("token_hash"))
            .col(string("scope"))
            .col(big_integer_null("person_id"))
            .col(timestamp_with_time_zone("created_at"))
            .col(timestamp_with_time_zone_null("revoked_at"))
            .to_owned(),
        Table::create()
            .table("set_up_code")
            .col(integer("id").primary_key().to_owned())
            .col(string("code_hash"))
            .col(timestamp_with_time_zone("ends_at"))
            .to_owned(),
    ]
}

fn records() -> Vec<TableCreateStatement> {
    vec![
        Table::create()
            .table("audit")
            .col(id())
            .col(timestamp_with_time_zone("at"))
            .col(string("actor"))
            .col(string("action"))
            .col(string("subject"))
            .col(text("detail"))
            .col(string_null("hash"))
            .to_owned(),
    ]
}

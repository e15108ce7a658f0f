//! 予約: a person's hold on a space for slots of one local date. `slots` are those held now, `booked_slots` those first taken.

use sea_orm::entity::prelude::*;

/// A row of `booking`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "booking")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub person_id: i64,
    pub space_id: i64,
    pub local_date: Date,
    pub slots: i32,
    pub booked_slots: i32,
    pub state: String,
    pub pattern_id: Option<i64>,
    pub created_at: DateTimeUtc,
    pub checked_in_at: Option<DateTimeUtc>,
    pub ended_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

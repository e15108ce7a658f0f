//! Rows of turns and rules as the rules understand them, and back.

use crate::telephone::rows as words;
use domain::{
    DutyId, PersonId, SectionId,
    telephone::cover::{Duty, DutyKind, DutyState},
};
use entity::{duty, duty_slot};
use sea_orm::{ActiveValue::Set, ColumnTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter};

/// A turn as it is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stored {
    pub id: DutyId,
    pub section: SectionId,
    pub kind: DutyKind,
    pub duty: Duty,
    pub person: Option<PersonId>,
    pub state: DutyState,
}

pub(super) fn minute(stored: i16) -> u16 {
    u16::try_from(stored).unwrap_or(0)
}

pub(super) fn small(value: u16) -> i16 {
    i16::try_from(value).unwrap_or(i16::MAX)
}

pub(super) fn stored(row: &duty::Model) -> Result<Stored, DbErr> {
    Ok(Stored {
        id: DutyId(row.id),
        section: SectionId(row.section_id),
        kind: DutyKind::parse(&row.kind).ok_or_else(|| words::corrupt("duty", row.id, "kind"))?,
        duty: Duty { on: row.local_date, from_minute: minute(row.from_minute), until_minute: minute(row.until_minute) },
        person: row.person_id.map(PersonId),
        state: DutyState::parse(&row.state).ok_or_else(|| words::corrupt("duty", row.id, "state"))?,
    })
}

/// Takes the quarter-hours of a turn for its person; a unique violation says that the person has another turn then.
pub(super) async fn hold(transaction: &DatabaseTransaction, id: DutyId, person: PersonId, duty: Duty) -> Result<(), DbErr> {
    let rows = duty.quarters().map(|quarter| duty_slot::ActiveModel {
        person_id: Set(person.0),
        local_date: Set(duty.on),
        quarter: Set(small(quarter)),
        duty_id: Set(id.0),
    });
    duty_slot::Entity::insert_many(rows).exec_without_returning(transaction).await.map(drop)
}

/// Gives the quarter-hours of a turn back.
pub(super) async fn let_go(transaction: &DatabaseTransaction, id: DutyId) -> Result<(), DbErr> {
    duty_slot::Entity::delete_many().filter(duty_slot::Column::DutyId.eq(id.0)).exec(transaction).await.map(drop)
}

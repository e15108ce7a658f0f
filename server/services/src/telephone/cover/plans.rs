//! Who plans to be at a section's telephone: live bookings of its members and turns that hold, without counter turns and absences.

use super::rows::minute;
use crate::{
    booking::store,
    office::Office,
    telephone::{Board, follow::to_presence},
};
use chrono::{NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};
use domain::{
    PersonId, SeatId, SectionId,
    booking::State,
    telephone::{
        SiteClock,
        cover::{Away, DutyKind, DutyState, Planned, absence, can_answer, planned},
    },
};
use entity::{booking, duty, presence};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter};
use std::collections::BTreeSet;

/// People asked for in one query.
const AT_ONCE: usize = 500;

/// What a section's plans are read with.
#[derive(Clone, Copy)]
pub(super) struct Plans<'a> {
    pub office: &'a Office,
    pub board: &'a Board,
    pub section: SectionId,
    pub clock: &'a SiteClock,
    /// The half-open range of local days.
    pub days: (NaiveDate, NaiveDate),
}

impl Plans<'_> {
    /// Everybody who belongs to the section on one of the days.
    pub fn people(&self) -> Vec<PersonId> {
        let days = self.days.0.iter_days().take_while(|on| *on < self.days.1).take(92);
        let all: BTreeSet<PersonId> = days.flat_map(|on| self.board.world.members_of(self.section, on)).map(|member| member.person).collect();
        all.into_iter().collect()
    }

    /// Who plans to be there when.
    pub async fn read(&self, connection: &impl ConnectionTrait) -> Result<Vec<Planned>, DbErr> {
        let (mut coming, mut away) = (Vec::new(), Vec::new());
        for people in self.people().chunks(AT_ONCE) {
            let numbers: Vec<i64> = people.iter().map(|person| person.0).collect();
            self.booked(connection, &numbers, &mut coming).await?;
            away.extend(self.away(connection, &numbers).await?);
        }
        let turns = duty::Entity::find()
            .filter(duty::Column::SectionId.eq(self.section.0))
            .filter(duty::Column::LocalDate.gte(self.days.0))
            .filter(duty::Column::LocalDate.lt(self.days.1))
            .filter(duty::Column::State.eq(DutyState::Set.code()))
            .filter(duty::Column::Kind.eq(DutyKind::Phone.code()));
        for row in turns.all(connection).await? {
            let Some(person) = row.person_id.map(PersonId) else { continue };
            // Whoever has the turn answers the section's own telephone; a device of their own is not needed.
            coming.push(Planned { person, on: row.local_date, from_minute: minute(row.from_minute), until_minute: minute(row.until_minute) });
        }
        Ok(planned(&coming, &away))
    }

    async fn booked(&self, connection: &impl ConnectionTrait, people: &[i64], coming: &mut Vec<Planned>) -> Result<(), DbErr> {
        let rows = booking::Entity::find()
            .filter(booking::Column::PersonId.is_in(people.to_vec()))
            .filter(booking::Column::LocalDate.gte(self.days.0))
            .filter(booking::Column::LocalDate.lt(self.days.1))
            .filter(booking::Column::State.is_in([State::Booked.code(), State::CheckedIn.code()]));
        for row in rows.all(connection).await? {
            let (person, seat, on) = (PersonId(row.person_id), SeatId(row.space_id), row.local_date);
            let grid = self.office.seats.get(&seat).and_then(|seat| self.office.site_of(seat.floor)).map(|site| &site.policy.grid);
            let counts = self.board.world.is_member(person, self.section, on) && can_answer(&self.board.world, person, Some(seat), on);
            let Some(grid) = grid.filter(|_| counts) else { continue };
            let times = store::slots_of(row.slots).iter().filter_map(|slot| grid.time(slot));
            coming.extend(times.map(|time| Planned { person, on, from_minute: time.start_minute, until_minute: time.end_minute }));
        }
        Ok(())
    }

    async fn away(&self, connection: &impl ConnectionTrait, people: &[i64]) -> Result<Vec<Away>, DbErr> {
        let mut away = Vec::new();
        for row in presence::Entity::find().filter(presence::Column::PersonId.is_in(people.to_vec())).all(connection).await? {
            away.extend(absence(&to_presence(&row)?, self.clock));
        }
        let counters = duty::Entity::find()
            .filter(duty::Column::PersonId.is_in(people.to_vec()))
            .filter(duty::Column::LocalDate.gte(self.days.0))
            .filter(duty::Column::LocalDate.lt(self.days.1))
            .filter(duty::Column::State.eq(DutyState::Set.code()))
            .filter(duty::Column::Kind.eq(DutyKind::Counter.code()));
        for row in counters.all(connection).await? {
            let at = |stored: i16| wall(row.local_date, minute(stored));
            away.extend(row.person_id.map(|person| Away { person: PersonId(person), from: at(row.from_minute), until: Some(at(row.until_minute)) }));
        }
        Ok(away)
    }
}

/// What the wall shows at a minute of a day.
pub(super) fn wall(on: NaiveDate, minute: u16) -> NaiveDateTime {
    on.and_time(NaiveTime::MIN) + TimeDelta::minutes(i64::from(minute))
}

//! What is seen of one person in the book, and the trace that a look leaves.

use super::book::Reader;
use crate::{Actor, Failure, Never, Services};
use chrono::NaiveDate;
use domain::{
    PersonId,
    person::Sight,
    telephone::{
        House, PresenceState, seat_of, standing,
        view::{BookPerson, BookPlace, BookPresence},
    },
};
use std::collections::HashSet;

/// Who looked at whom today, so that a page which follows the typing writes each look down once.
#[derive(Debug, Default)]
pub(crate) struct Looked {
    on: NaiveDate,
    seen: HashSet<(PersonId, PersonId)>,
}

impl Reader<'_> {
    /// A person as the viewer may see them.
    pub(super) fn person(&self, id: PersonId, house: &House) -> Option<BookPerson> {
        let (found, on) = (self.office.people.get(&id)?, self.on(house));
        let who = self.office.who(self.actor, id, on)?;
        let sight = self.sight(id, on);
        let mut units: Vec<String> = Vec::new();
        for post in found.posts.iter().filter(|post| post.covers(on)) {
            units.extend(self.office.units.get(&post.unit).map(|unit| unit.name.clone()).filter(|name| !units.contains(name)));
        }
        Some(BookPerson {
            id,
            kana: found.kana.clone(),
            units,
            title: self.office.main_post(id, on).map(|post| post.title.clone()).unwrap_or_default(),
            team: who.team,
            presence: self.presence(id, house, sight),
            place: (sight == Sight::Seat).then(|| self.place(id, house)).flatten(),
            answered_by: self.answered_by(id, on),
        })
    }

    /// What a person does. Who may not see the seat is told whether the person is in, and no more.
    fn presence(&self, id: PersonId, house: &House, sight: Sight) -> BookPresence {
        let seated = seat_of(self.world, id, house.occupancy_from, self.at);
        let now = standing(self.world.presences_of(id), seated, self.at);
        match (sight, now.state, seated) {
            (Sight::Seat, PresenceState::Available, Some(_)) => BookPresence::AtSeat,
            (Sight::Seat, PresenceState::Available, None) => BookPresence::Away,
            (Sight::Seat, state, _) => BookPresence::Busy(state, now.until_at.map(|until| house.clock.wall(until))),
            (_, PresenceState::Available | PresenceState::Meeting | PresenceState::Dnd, Some(_)) => BookPresence::In,
            (Sight::PresenceOnly | Sight::Nothing, ..) => BookPresence::Away,
        }
    }

    fn place(&self, id: PersonId, house: &House) -> Option<BookPlace> {
        let seat = self.office.seats.get(&seat_of(self.world, id, house.occupancy_from, self.at)?.seat)?;
        let floor = self.office.floor(seat.floor)?;
        Some(BookPlace { seat: seat.id, label: seat.label.clone(), floor: floor.id, floor_name: floor.name.clone() })
    }

    fn answered_by(&self, id: PersonId, on: NaiveDate) -> Option<String> {
        let handed = self.world.delegations_of(id).filter(|row| row.span.contains(self.at)).max_by_key(|row| row.span.from_at)?;
        (self.sight(handed.to, on) != Sight::Nothing).then(|| self.office.people.get(&handed.to).map(|person| person.name.clone())).flatten()
    }
}

/// Notes who was looked at, once a viewer and day.
pub(super) async fn leave_trace(cx: &Services, actor: &Actor, mut people: Vec<PersonId>) -> Result<(), Failure<Never>> {
    let Some(viewer) = actor.person() else { return Ok(()) };
    let on = cx.board().loaded_on;
    {
        let mut looked = super::board::lock(&cx.switchboard().looked);
        if looked.on != on {
            *looked = Looked { on, seen: HashSet::new() };
        }
        people.retain(|person| looked.seen.insert((viewer, *person)));
    }
    let written = crate::person::leave_trace(cx, actor, people.clone(), on).await;
    if written.is_err() {
        let mut looked = super::board::lock(&cx.switchboard().looked);
        looked.seen.retain(|(by, person)| *by != viewer || !people.contains(person));
    }
    written
}

//! From one snapshot to the next, at the price of what changed.

use super::{Change, Occupancy, Shards, Snapshot};
use crate::{PersonId, SeatId};
use std::{collections::BTreeSet, sync::Arc};

impl Snapshot {
    /// The snapshot after some changes. What they do not touch is shared.
    #[must_use]
    pub fn with(&self, revision: i64, changes: impl IntoIterator<Item = Change>) -> Self {
        changes.into_iter().fold(Self { revision, ..self.clone() }, Self::changed)
    }

    fn changed(mut self, change: Change) -> Self {
        match change {
            Change::Occupancies(person, rows) => self.seat_person(person, rows),
            Change::Presences(person, rows) => self.presences = self.presences.with(&person, rows),
            Change::Delegations(from, rows) => self.delegations = self.delegations.with(&from, rows),
            Change::Settings(person, settings) => self.settings = self.settings.with(&person, settings.map(Arc::new)),
            Change::Switches(site, rows) => {
                let others = self.switches.iter().filter(|switch| switch.site != site).copied();
                self.switches = others.chain(rows).collect();
            }
            Change::Turn(turn) => self.turns = self.turns.with(&turn.section, [turn.person]),
            Change::Idle(idle) => self.idles = self.idles.with(&idle.person, [idle.since_at]),
        }
        self
    }

    fn seat_person(&mut self, person: PersonId, rows: Vec<Occupancy>) {
        let rows: Vec<Occupancy> = rows.into_iter().filter(|row| row.person == person).collect();
        let before = self.seated.of(&person).map(|row| row.seat);
        let seats: BTreeSet<SeatId> = before.chain(rows.iter().map(|row| row.seat)).collect();
        for seat in seats {
            let others: Vec<Occupancy> = self.at_seat.of(&seat).filter(|row| row.person != person).copied().collect();
            let mine = rows.iter().filter(|row| row.seat == seat).copied();
            self.at_seat = Shards::with(&self.at_seat, &seat, others.into_iter().chain(mine));
        }
        self.seated = self.seated.with(&person, rows);
    }
}

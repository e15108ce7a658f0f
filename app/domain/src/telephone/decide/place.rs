//! Numbers of places: a seat, a room, a fax machine.

use super::{Draft, Outcome, draft::Hold, person, section::Ends, stand_in};
use crate::{
    DeviceId, SeatId,
    telephone::{OccupancyFrom, Reach, Rule, Skip, Skipped, Status, Step, Via, Why, occupancy::occupant},
};

/// How long a room or a fax rings, milliseconds.
const RING_MS: u32 = 20_000;

/// A seat's number is that of whoever sits there; nobody's, of the reception.
pub(super) fn seat(draft: &mut Draft<'_>, seat: SeatId) -> Ends {
    let policy = draft.house().map_or(OccupancyFrom::CheckIn, |house| house.occupancy_from);
    draft.until_edges(draft.world.occupancies_of_seat(seat).map(|row| row.span));
    let Some(person) = occupant(draft.world, seat, policy, draft.at).map(|row| row.person) else {
        draft.note(Why::SeatEmpty { seat });
        stand_in(draft);
        return Ends::WithHumans;
    };
    person::called(draft, person)
}

/// A room's telephone, then the reception.
pub(super) fn room(draft: &mut Draft<'_>, device: DeviceId) -> Ends {
    ring(draft, device, Step::RoomDevice);
    stand_in(draft);
    Ends::WithHumans
}

/// A fax machine and nothing else: a person cannot answer it.
pub(super) fn fax(draft: &mut Draft<'_>, device: DeviceId) -> Outcome {
    ring(draft, device, Step::FaxDevice);
    Outcome::nothing(Status::Ring)
}

fn ring(draft: &mut Draft<'_>, device: DeviceId, step: Step) {
    let mut rungs = Vec::new();
    match draft.world.device(device) {
        Some(device) => draft.take(device, None, Reach::Building, &mut rungs),
        None => draft.skip(Skipped::Device(device), Skip::OutOfUse),
    }
    draft.stage(Rule { via: Via::Direct, step }, RING_MS, rungs, Hold::Loose);
}

//! Floors of an invented office: islands of desks, one zone a section.

use super::{
    DemoSize,
    organisation::{UnitPlan, share},
    random::Random,
};

/// One floor to store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct FloorPlan {
    pub name: String,
    pub width_mm: i32,
    pub height_mm: i32,
    pub zones: Vec<ZonePlan>,
    pub rooms: Vec<RoomPlan>,
}

/// A section's home zone, or the part of it on this floor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ZonePlan {
    pub key: String,
    pub name: String,
    pub home_of: String,
    pub seats: Vec<SeatPlan>,
}

/// A seat by its middle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct SeatPlan {
    pub label: String,
    pub x_mm: i32,
    pub y_mm: i32,
    pub rotation: i16,
    pub attributes: Vec<String>,
    pub duty: bool,
}

/// A room by its top left corner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct RoomPlan {
    pub name: String,
    pub x_mm: i32,
    pub y_mm: i32,
    pub width_mm: i32,
    pub height_mm: i32,
    pub capacity: i32,
}

/// Seats of the one big floor, and of every other floor at most.
pub(super) const BIG_FLOOR: usize = 500;
pub(super) const FLOOR: usize = 300;

/// Desks 1.8 m wide and 1.5 m deep, eight to an island, aisles around it, a margin along the walls.
const DESK: (i32, i32) = (1_800, 1_500);
const ISLAND: usize = 8;
const ISLAND_COLUMNS: usize = 4;
const PITCH: (i32, i32) = (9_000, 5_400);
const MARGIN: i32 = 2_500;
/// Islands side by side on a floor: about as wide as the floor is deep at this pitch.
const ACROSS: (i32, i32) = (8, 6);
const ROOM: (i32, i32) = (6_000, 4_000);

/// Floors for all seats, from the ground up: one of 500 when there are as many, the others of 300 at most.
pub(super) fn floors(size: &DemoSize, units: &[UnitPlan]) -> Vec<FloorPlan> {
    let seats = usize::try_from(size.seats).unwrap_or(0);
    let sections: Vec<&UnitPlan> = units.iter().filter(|unit| unit.members > 0).collect();
    let members: Vec<usize> = sections.iter().map(|unit| unit.members).collect();
    let mut wanted = share(seats, &members).into_iter().zip(sections).collect::<Vec<_>>().into_iter();
    let mut random = Random::new(size.seed, 3);
    let mut floors = Vec::new();
    let mut part = wanted.next();
    while part.is_some() {
        let mut room = if floors.is_empty() && seats >= BIG_FLOOR { BIG_FLOOR } else { FLOOR };
        let mut homes: Vec<(&UnitPlan, usize)> = Vec::new();
        while let Some((left, unit)) = part.filter(|_| room > 0) {
            let here = left.min(room);
            if here > 0 {
                homes.push((unit, here));
            }
            room -= here;
            part = if left > here { Some((left - here, unit)) } else { wanted.next() };
        }
        if !homes.is_empty() {
            floors.push(floor(&mut random, floors.len() + 1, &homes));
        }
    }
    floors
}

fn floor(random: &mut Random, number: usize, homes: &[(&UnitPlan, usize)]) -> FloorPlan {
    let total: usize = homes.iter().map(|(_, seats)| seats).sum();
    let across = if total > FLOOR { ACROSS.0 } else { ACROSS.1 };
    let (mut column, mut row, mut shelf) = (0, 0, 1);
    let mut zones = Vec::new();
    for (at, (unit, seats)) in homes.iter().enumerate() {
        // Up to two islands beside each other, the others behind.
        let islands = i32::try_from(seats.div_ceil(ISLAND)).unwrap_or(1);
        let (wide, deep) = (islands.min(2), (islands + 1) / 2);
        if column + wide > across {
            (column, row, shelf) = (0, row + shelf, 1);
        }
        let key = zone_key(at);
        let seats = (0..*seats).map(|seat| place(random, number, &key, seat, (column, row))).collect();
        zones.push(ZonePlan { name: format!("{}エリア", unit.name), home_of: unit.code.clone(), key, seats });
        column += wide;
        shelf = shelf.max(deep);
    }
    let (width_mm, desks_mm) = (2 * MARGIN + across * PITCH.0, 2 * MARGIN + (row + shelf) * PITCH.1);
    let rooms = (0..across).map(|room| RoomPlan {
        name: format!("会議室 {number}{:02}", room + 1),
        x_mm: MARGIN + room * PITCH.0,
        y_mm: desks_mm,
        width_mm: ROOM.0,
        height_mm: ROOM.1,
        capacity: if room % 3 == 0 { 12 } else { 6 },
    });
    FloorPlan { name: format!("{number}階"), width_mm, height_mm: desks_mm + ROOM.1 + MARGIN, rooms: rooms.collect(), zones }
}

/// A, B, …, Z, AA, AB, ….
fn zone_key(at: usize) -> String {
    let letter = |at: usize| char::from(b'A' + u8::try_from(at % 26).unwrap_or(0));
    if at < 26 { letter(at).to_string() } else { format!("{}{}", letter(at / 26 - 1), letter(at)) }
}

/// The seat with a running number of a zone whose first island is at a column and row of the floor.
fn place(random: &mut Random, floor: usize, key: &str, seat: usize, (column, row): (i32, i32)) -> SeatPlan {
    let (island, on_island) = (seat / ISLAND, seat % ISLAND);
    let int = |value: usize| i32::try_from(value).unwrap_or(0);
    let (desk_column, desk_row) = (int(on_island % ISLAND_COLUMNS), int(on_island / ISLAND_COLUMNS));
    let label = format!("{key}{:02}", seat + 1);
    let x_mm = MARGIN + DESK.0 / 2 + (column + int(island % 2)) * PITCH.0 + desk_column * DESK.0;
    let y_mm = MARGIN + DESK.1 / 2 + (row + int(island / 2)) * PITCH.1 + desk_row * DESK.1;
    let mut attributes = Vec::new();
    if random.chance(500) {
        attributes.push("monitor".to_owned());
    }
    if y_mm < MARGIN + DESK.1 || x_mm < MARGIN + DESK.0 {
        attributes.push("window".to_owned());
    }
    if seat.is_multiple_of(4) {
        attributes.push(format!("phone:seat-{floor}f-{}", label.to_lowercase()));
    }
    SeatPlan { label, x_mm, y_mm, rotation: if desk_row == 0 { 0 } else { 180 }, attributes, duty: seat > 0 && seat.is_multiple_of(20) }
}

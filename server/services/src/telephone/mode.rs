//! What the houses do with calls now: always known, also to who may not change it.

use super::Board;
use crate::{Services, office::Office};
use chrono::{DateTime, Utc};
use domain::telephone::{House, Mode, ModeSource, mode_at, view::ModeView};

/// What every house with telephones does now.
#[must_use]
pub fn modes(cx: &Services) -> Vec<ModeView> {
    let (office, board, at) = (cx.office(), cx.board(), cx.clock().now());
    board.world.houses().filter_map(|house| view(&office, &board, house, at)).collect()
}

/// Houses that do something other than usual.
pub(super) fn unusual(office: &Office, board: &Board, at: DateTime<Utc>) -> Vec<ModeView> {
    board.world.houses().filter_map(|house| view(office, board, house, at)).filter(|view| view.now.mode != Mode::Normal).collect()
}

fn view(office: &Office, board: &Board, house: &House, at: DateTime<Utc>) -> Option<ModeView> {
    let now = mode_at(&board.world, house.site, at)?;
    let (by, since) = match now.source {
        ModeSource::Hours => (None, None),
        ModeSource::Override { by, since_at } => (by, Some(house.clock.wall(since_at))),
    };
    let until = board.world.mode_switch(house.site, at).and_then(|switch| switch.span.until_at);
    Some(ModeView {
        site: house.site,
        house: house.name.clone(),
        now,
        by: by.and_then(|by| office.people.get(&by)).map(|person| person.name.clone()),
        since,
        until: until.map(|until| house.clock.wall(until)),
        wall: house.clock.wall(at),
    })
}

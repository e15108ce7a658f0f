//! What PBXs did so far. It is noted in memory while they ask, and written down by a job now and then: the command line and other
//! servers know it, too, and no call waits for it.

use super::{board::lock, link::Link};
use crate::{Actor, Failure, Never, Services};
use chrono::{DateTime, Utc};
use domain::telephone::{
    Aor, Device, DeviceKind, Target,
    health::{LinkState, LinkTrouble, link_troubles},
};
use entity::pbx_status;
use sea_orm::{ActiveValue::Set, DatabaseTransaction, DbErr, EntityTrait, sea_query::OnConflict};
use std::collections::{BTreeMap, BTreeSet};

/// What one PBX did since it was last written down.
#[derive(Clone, Debug, Default)]
pub(super) struct Noted {
    pub asked_at: Option<DateTime<Utc>>,
    pub table_at: Option<DateTime<Utc>>,
    pub refused_at: Option<DateTime<Utc>>,
    pub heard: Option<(DateTime<Utc>, BTreeSet<Aor>)>,
}

/// Notes something a PBX did.
pub(super) fn note(cx: &Services, link: &str, what: impl FnOnce(&mut Noted, DateTime<Utc>)) {
    let now = cx.clock().now();
    what(lock(&cx.switchboard().noted).entry(link.to_owned()).or_default(), now);
}

/// Remembers which telephones a PBX has heard from.
pub fn note_registered(cx: &Services, link: &Link, names: &[String]) {
    let known: BTreeSet<Aor> = names.iter().filter_map(|name| name.parse().ok()).collect();
    note(cx, &link.id, |noted, at| noted.heard = Some((at, known)));
}

/// Remembers that somebody used a PBX's name with a wrong secret. A name that nobody set up is not worth remembering.
pub fn note_refused(cx: &Services, link: &str) {
    if cx.board().links.contains_key(link) {
        note(cx, link, |noted, at| noted.refused_at = Some(at));
    }
}

/// Writes down what was noted. Returns how many PBXs did something.
///
/// # Errors
/// When the store cannot be written; then it is noted still.
pub async fn keep_status(cx: &Services) -> Result<usize, Failure<Never>> {
    let noted = std::mem::take(&mut *lock(&cx.switchboard().noted));
    if noted.is_empty() {
        return Ok(0);
    }
    let rows = noted.clone();
    let written = cx
        .db()
        .write(move |transaction| {
            let rows = rows.clone();
            Box::pin(async move {
                for (link, noted) in rows {
                    write(transaction, link, noted).await?;
                }
                Ok::<_, Failure<Never>>(())
            })
        })
        .await;
    if let Err(failure) = written {
        let mut since = lock(&cx.switchboard().noted);
        for (link, before) in noted {
            let entry = since.entry(link).or_default();
            *entry = Noted {
                asked_at: entry.asked_at.max(before.asked_at),
                table_at: entry.table_at.max(before.table_at),
                refused_at: entry.refused_at.max(before.refused_at),
                heard: entry.heard.take().or(before.heard),
            };
        }
        return Err(failure);
    }
    Ok(noted.len())
}

/// Other servers write the same rows: what is newer counts.
async fn write(transaction: &DatabaseTransaction, link: String, noted: Noted) -> Result<(), DbErr> {
    let before = pbx_status::Entity::find_by_id(link.clone()).one(transaction).await?;
    let was = |of: fn(&pbx_status::Model) -> Option<DateTime<Utc>>| before.as_ref().and_then(of);
    let heard_at = noted.heard.as_ref().map(|(at, _)| *at);
    let registered = match (&noted.heard, &before) {
        (Some((at, names)), row) if row.as_ref().is_none_or(|row| row.heard_at.is_none_or(|was| was < *at)) => {
            super::rows::json_of(&names.iter().map(ToString::to_string).collect::<Vec<_>>())
        }
        (_, Some(row)) => row.registered.clone(),
        (_, None) => "[]".into(),
    };
    let row = pbx_status::ActiveModel {
        link_id: Set(link),
        asked_at: Set(noted.asked_at.max(was(|row| row.asked_at))),
        table_at: Set(noted.table_at.max(was(|row| row.table_at))),
        refused_at: Set(noted.refused_at.max(was(|row| row.refused_at))),
        heard_at: Set(heard_at.max(was(|row| row.heard_at))),
        registered: Set(registered),
    };
    let changing =
        [pbx_status::Column::AskedAt, pbx_status::Column::TableAt, pbx_status::Column::RefusedAt, pbx_status::Column::HeardAt, pbx_status::Column::Registered];
    let on_conflict = OnConflict::column(pbx_status::Column::LinkId).update_columns(changing).to_owned();
    pbx_status::Entity::insert(row).on_conflict(on_conflict).exec_without_returning(transaction).await.map(drop)
}

/// Every PBX with what it did and what is wrong with it, as of the last time it was written down.
///
/// # Errors
/// `Denied` for who does not administer; when the store cannot be read.
pub async fn link_health(cx: &Services, actor: &Actor) -> Result<Vec<(LinkState, Vec<LinkTrouble>)>, Failure<Never>> {
    if !actor.administers_people() {
        return Err(Failure::Denied);
    }
    let board = cx.board();
    let mut rows: BTreeMap<String, pbx_status::Model> =
        pbx_status::Entity::find().all(cx.db().reader()).await?.into_iter().map(|row| (row.link_id.clone(), row)).collect();
    let health = board.links.values().map(|link| {
        let state = state(link, rows.remove(&link.id));
        let always_on = |device: &&Device| matches!(device.kind, DeviceKind::SeatPhone | DeviceKind::Dect | DeviceKind::FixedBcp);
        let here = |device: &&Device| device.site == link.site && device.rings_on(board.loaded_on);
        // Smartphones and PCs come and go.
        let wanted = board
            .world
            .devices()
            .filter(always_on)
            .filter(here)
            .filter_map(|device| if let Target::Aor(aor) = device.target { Some(aor) } else { None })
            .collect();
        let troubles = link_troubles(&state, &wanted, cx.clock().now());
        (state, troubles)
    });
    Ok(health.collect())
}

fn state(link: &Link, row: Option<pbx_status::Model>) -> LinkState {
    let state =
        LinkState { id: link.id.clone(), by_secret: link.kind != "sip", has_secret: link.has_secret(), pulls: link.kind == "kamailio", ..LinkState::default() };
    let Some(row) = row else { return state };
    let registered: Vec<String> = serde_json::from_str(&row.registered).unwrap_or_default();
    LinkState {
        asked_at: row.asked_at,
        table_at: row.table_at,
        refused_at: row.refused_at,
        heard_at: row.heard_at,
        registered: registered.iter().filter_map(|name| name.parse().ok()).collect(),
        ..state
    }
}

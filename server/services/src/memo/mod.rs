//! 伝言メモ: written, read, closed; made by themselves for calls that nobody answered and for emergency calls; told by mail and to programs elsewhere.
//! The rules are `domain::memo`.

mod emergency;
mod life;
mod outbox;
mod read;
mod setting;
mod system;
mod telling;
#[cfg(test)]
mod tests;
mod webhook;
mod write;

pub(crate) use emergency::{Alarm, alarm};
pub use life::{end, read, reopen, unread};
pub use outbox::{Due, Message, claim, claim_emergency, failed, sent};
pub use read::{find, list, mine, open_ones, view, waiting};
pub use setting::{MemoSetting, set_setting, setting};
pub use system::forget;
pub(crate) use system::{Ended as EndedCall, follow_call};
pub(crate) use telling::Telling;
pub use webhook::{
    MailState, NewWebhook, WebhookRefusal, WebhookState, WebhookTarget, WebhookView, add_webhook, end_webhook, fresh_secret, mail_state, restore_webhook,
    try_webhook, webhooks,
};
pub use write::{Addressee, MemoWish, Prefill, WriteRefusal, addressee, addressees, prefill, recent_calls, write};

use crate::{Actor, Services};
use chrono::{DateTime, NaiveDateTime, Utc};
use domain::{
    PersonId, SectionId,
    memo::{Allowed, MemoTo, Viewer},
};
use std::collections::BTreeSet;

/// What may leave the house, as whoever runs it said.
#[derive(Clone, Debug)]
pub struct Outgoing {
    /// The address people type: what is sent links to it.
    pub base_url: String,
    /// Whether there is a mail server.
    pub mail: bool,
    /// Hosts of programs that may be told.
    pub allowed: Allowed,
}

impl Outgoing {
    /// Nothing.
    pub const NOTHING: Self = Self { base_url: String::new(), mail: false, allowed: Allowed::NOBODY };
}

/// Who looks, with what the telephones know of them now.
#[must_use]
pub fn viewer(cx: &Services, actor: &Actor) -> Viewer {
    let (office, board, now) = (cx.office(), cx.board(), cx.clock().now());
    let administers = actor.administers_people();
    let Some(person) = actor.person() else { return Viewer { administers, ..Viewer::default() } };
    let answers = |from: &PersonId| board.world.delegations_of(*from).any(|row| row.to == person && row.span.contains(now));
    let on = wall(cx, Some(person), now).date();
    let sections: BTreeSet<SectionId> = board.world.sections().filter(|section| section.valid.contains(on)).map(|section| section.id).collect();
    Viewer {
        person: Some(person),
        answers_for: office.people.keys().copied().filter(answers).collect(),
        sections: sections.into_iter().filter(|section| board.world.is_member(person, *section, on)).collect(),
        administers,
    }
}

/// Whether a memo to there is for a person now: the same as [`Viewer::receives`], without working out everything a viewer is.
#[must_use]
pub fn concerns(cx: &Services, person: PersonId, to: MemoTo) -> bool {
    let (board, now) = (cx.board(), cx.clock().now());
    match to {
        MemoTo::Person(whose) => whose == person || board.world.delegations_of(whose).any(|row| row.to == person && row.span.contains(now)),
        MemoTo::Section(section) => board.world.is_member(person, section, wall(cx, Some(person), now).date()),
    }
}

/// What the wall of a person's site shows at an instant; the first site's for nobody.
fn wall(cx: &Services, person: Option<PersonId>, at: DateTime<Utc>) -> NaiveDateTime {
    let office = cx.office();
    let site = person.and_then(|person| office.site_for(person, at.date_naive())).or_else(|| office.sites.values().next());
    site.map_or_else(|| at.naive_utc(), |site| at.with_timezone(&site.zone).naive_local())
}

/// The name of whom a memo is for; empty once there is no such section any more.
fn name_of(cx: &Services, to: MemoTo) -> String {
    match to {
        MemoTo::Person(person) => cx.office().people.get(&person).map(|person| person.name.clone()),
        MemoTo::Section(section) => {
            let (board, on) = (cx.board(), wall(cx, None, cx.clock().now()).date());
            board.world.section(section, on).map(|section| section.name.clone())
        }
    }
    .unwrap_or_default()
}

/// A person's name.
#[must_use]
pub fn person_name(cx: &Services, person: PersonId) -> Option<String> {
    cx.office().people.get(&person).map(|person| person.name.clone())
}

//! From the reasons of a decision to sentences: one line for a glance, every step for the simulator, and who rings when. Made on
//! the server, so the browser's program does not carry a word of it.

mod stages;
mod told;

use super::names::Names;
use crate::i18n::{Locale, telephone::Texts};
use chrono::{DateTime, Utc};
use domain::telephone::{Emergency, MemoFor, OnExhausted, Plan, PresenceState, Snapshot, Status, Why, render::display_name};
use told::Told;

/// A decision in words. Whom it may be shown to is decided by whoever asks: it says what people are doing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// 「2101: 本人は 3F-13 に着席中(9:02)→ 座席電話と本人スマホを同時呼出 → 12秒で福祉課 → …」
    pub summary: String,
    /// Every step and every skip, in order; each a sentence that stands by itself.
    pub steps: Vec<String>,
    /// What rings when.
    pub timeline: Vec<Ringing>,
    /// What happens when nobody has answered.
    pub then: String,
}

/// What rings together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ringing {
    /// Seconds after the call came in.
    pub from_s: u32,
    /// Seconds after the call came in; by then it has stopped.
    pub until_s: u32,
    /// Each telephone by its kind and its place or owner.
    pub what: Vec<String>,
}

/// Explains a decision about a dialled number.
#[must_use]
pub fn explain(locale: Locale, world: &Snapshot, dialled: &str, plan: &Plan, at: DateTime<Utc>) -> Explanation {
    let number = plan.why.iter().find_map(|why| if let Why::Number { ext, kind } = why { Some((*ext, *kind)) } else { None });
    let site = number.and_then(|(ext, kind)| world.numbers_at(ext).find(|number| number.kind == kind)).map(|number| number.site);
    let names = Names::at_site(locale, world, site, at);
    let mut told = Told::new(&names, plan, number.map(|(_, kind)| kind));
    for why in &plan.why {
        told.tell(why);
    }
    let (line, steps) = told.finish();
    let t = locale.telephone();
    Explanation { summary: (t.head)(&head(dialled, plan), &(t.join)(&line)), steps, timeline: stages::timeline(&names, plan), then: then(&names, t, plan) }
}

/// The number as it was dialled, without what could harm a page or a header.
fn head(dialled: &str, plan: &Plan) -> String {
    let emergency = plan.why.iter().find_map(|why| match why {
        Why::Emergency { service: Emergency::Police } => Some("110"),
        Why::Emergency { service: Emergency::CoastGuard } => Some("118"),
        Why::Emergency { service: Emergency::Fire } => Some("119"),
        _ => None,
    });
    display_name(emergency.unwrap_or(dialled))
}

fn then(names: &Names<'_>, t: &Texts, plan: &Plan) -> String {
    let whose = |memo| match memo {
        MemoFor::Person(person) => names.person(person),
        MemoFor::Section(section) => names.section(section),
        MemoFor::House(site) => names.house(site),
    };
    match (plan.on_exhausted, plan.status) {
        (OnExhausted::Memo(memo), _) => (t.memo)(&whose(memo)),
        (OnExhausted::Announce(memo), _) => (t.announce)(&whose(memo)),
        (OnExhausted::Nothing, Status::Ring) => t.no_memo.into(),
        (OnExhausted::Nothing, Status::Unknown) => t.ends_unknown.into(),
        (OnExhausted::Nothing, Status::Refused) => t.ends_refused.into(),
        (OnExhausted::Nothing, Status::Emergency) => t.ends_emergency.into(),
    }
}

/// The words of a presence, for lists and panels.
#[must_use]
pub fn presence(locale: Locale, state: PresenceState) -> &'static str {
    (locale.telephone().state)(state)
}

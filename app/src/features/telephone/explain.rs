//! From the reasons of a decision to sentences: one line for a glance, every step for the simulator, and who rings when. Made on
//! the server, so the browser's program does not carry a word of it.

mod names;
mod stages;

use crate::i18n::{Locale, telephone::Texts};
use domain::telephone::{MemoFor, OccupancySource, OnExhausted, Plan, PresenceState, Shut, Skip, Skipped, Snapshot, Status, Why};
use names::Names;

/// A decision in words. Whom it may be shown to is decided by whoever asks: it says what people are doing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// 「2101: 本人は 3F-13 に着席中(9:02)→ 座席電話と本人スマホを同時呼出 → 12秒で福祉課 → …」
    pub summary: String,
    /// Every step and every skip, in order.
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
    /// Each telephone by its kind and place or owner.
    pub what: Vec<String>,
}

/// Whether a piece stands in the line too, or only among the steps.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Line,
    Steps,
}

/// Explains a decision about a dialled number.
#[must_use]
pub fn explain(locale: Locale, world: &Snapshot, dialled: &str, plan: &Plan, at: chrono::DateTime<chrono::Utc>) -> Explanation {
    let names = Names::of(locale, world, plan, at);
    let mut told = Told { t: locale.telephone(), names: &names, plan, pieces: Vec::new(), skips: Vec::new(), section: None, waited_s: 0, rang: None };
    for why in &plan.why {
        told.tell(why);
    }
    let t = told.t;
    let line: Vec<String> = told.pieces.iter().filter(|(place, _)| *place == Place::Line).map(|(_, text)| text.clone()).collect();
    Explanation {
        summary: (t.head)(&names.dialled(dialled), &(t.join)(&line)),
        steps: told.pieces.into_iter().map(|(_, text)| text).collect(),
        timeline: stages::timeline(&names, t, plan),
        then: match plan.on_exhausted {
            OnExhausted::Memo(memo) => (t.memo)(&memo_for(&names, memo)),
            OnExhausted::Announce(_) => t.announce.into(),
            OnExhausted::Nothing => t.no_memo.into(),
        },
    }
}

fn memo_for(names: &Names<'_>, memo: MemoFor) -> String {
    match memo {
        MemoFor::Person(person) => names.name(person),
        MemoFor::Section(section) => names.section(section),
        MemoFor::House(site) => names.house(site),
    }
}

/// A telling under way.
struct Told<'a> {
    t: &'static Texts,
    names: &'a Names<'a>,
    plan: &'a Plan,
    pieces: Vec<(Place, String)>,
    /// Why people of the section that is asked do not ring.
    skips: Vec<Skip>,
    /// The section that is asked.
    section: Option<domain::SectionId>,
    /// How long the stage before rings.
    waited_s: u32,
    /// The section of the stage before, if it was one of members.
    rang: Option<domain::SectionId>,
}

impl Told<'_> {
    fn line(&mut self, text: impl Into<String>) {
        self.pieces.push((Place::Line, text.into()));
    }

    fn step(&mut self, text: impl Into<String>) {
        self.pieces.push((Place::Steps, text.into()));
    }

    fn tell(&mut self, why: &Why) {
        match why {
            Why::Ring { stage } => stages::ring(self, usize::from(*stage)),
            Why::Skip { who, because } => self.skip(*who, *because),
            Why::Section { section, via } => {
                self.skips.clear();
                self.section = Some(*section);
                let name = self.names.section(*section);
                let overflow = *via == domain::telephone::Via::Overflow;
                self.step(if overflow { (self.t.section_overflow)(&name) } else { (self.t.section)(&name) });
            }
            _ => self.tell_number(why),
        }
    }

    /// What was dialled, and what the house does.
    fn tell_number(&mut self, why: &Why) {
        let (t, names) = (self.t, self.names);
        match why {
            Why::Number { .. } => {}
            Why::NumberUnknown => self.line(t.number_unknown),
            Why::NumberGone { since_on, .. } => self.line((t.number_gone)(&names.day(*since_on))),
            Why::NumberSentOn { from, to } => self.line((t.number_sent_on)(from.as_str(), to.as_str())),
            Why::Emergency { service } => self.line((t.emergency)((t.service)(*service), &names.dialled(""))),
            Why::EmergencyFromAfar { person } => self.line((t.emergency_from_afar)(&names.who(*person))),
            Why::TooManyHops { hop } => self.line((t.too_many_hops)(*hop)),
            Why::Replaces { .. } => self.line(t.replaces),
            Why::Blocked { rule } => self.line((t.blocked)(&rule.to_string())),
            Why::ModeOverride { mode, by, since_at } => {
                let by = by.map_or_else(|| t.by_plan.into(), |person| names.name(person));
                self.line((t.mode_override)((t.mode)(*mode), &by, &names.time(*since_at)));
            }
            _ => self.tell_hours(why),
        }
    }

    /// Hours, and who answers outside them.
    fn tell_hours(&mut self, why: &Why) {
        let (t, names) = (self.t, self.names);
        match why {
            Why::Closed { section, shut } => {
                let section = names.section(*section);
                self.line(match shut {
                    Some(Shut::Hour) => (t.closed_hour)(&section),
                    Some(Shut::Day(closed)) => (t.closed_day)(&section, &names.closed(closed)),
                    None => (t.closed_switched)(&section),
                });
            }
            Why::ClosedIgnored { section } => self.line((t.closed_ignored)(&names.section(*section))),
            Why::ClosedDuty(dial) => self.step((t.closed_duty)(&names.dial(*dial))),
            Why::ClosedGuard(dial) => self.step((t.closed_guard)(&names.dial(*dial))),
            Why::ClosedAnnouncement => self.line(t.closed_announcement),
            Why::ClosedTargetUnknown(dial) => self.line((t.closed_target_unknown)(&names.dial(*dial))),
            _ => self.tell_person(why),
        }
    }

    /// Who answers for whom, where they sit, what they do.
    fn tell_person(&mut self, why: &Why) {
        let (t, names) = (self.t, self.names);
        match why {
            Why::Delegated { from, to } => self.line((t.delegated)(&names.who(*from), &names.who(*to))),
            Why::NotDelegated { from, to, because } => self.step((t.not_delegated)(&names.who(*from), &names.who(*to), (t.because)(*because))),
            Why::AtSeat { person, seat, since_at, source } => {
                let words = if *source == OccupancySource::Booking { t.booked_seat } else { t.at_seat };
                self.line(words(&names.who(*person), &names.seat(*seat), &names.time(*since_at)));
            }
            Why::NotAtSeat { person } => {
                let place = if names.is_said(*person) { Place::Steps } else { Place::Line };
                self.pieces.push((place, (t.not_at_seat)(&names.who(*person))));
            }
            Why::Presence { person, state, until_at, .. } => {
                let until = until_at.map(|until| names.time(until));
                self.line((t.presence)(&names.who(*person), (t.state)(*state), until.as_deref()));
            }
            Why::DndPassed { person } => self.line((t.dnd_passed)(&names.who(*person))),
            Why::SeatEmpty { seat } => self.line((t.seat_empty)(&names.seat(*seat))),
            Why::NoSection { person } => self.line((t.no_section)(&names.who(*person))),
            _ => self.tell_limits(why),
        }
    }

    /// What is missing, and what had to go.
    fn tell_limits(&mut self, why: &Why) {
        let (t, names) = (self.t, self.names);
        match why {
            Why::NobodyPresent { section } => {
                let counts = self.counts();
                self.line((t.nobody_present)(&names.section(*section), &counts));
            }
            Why::NoFixedPhone { section } => self.line((t.no_fixed_phone)(&names.section(*section))),
            Why::OverflowCut { section } => self.step((t.overflow_cut)(&names.section(*section))),
            Why::HousePhone { site } => self.step((t.house_phone)(&names.house(*site))),
            Why::Split { targets, waves } => self.step((t.split)(*targets, *waves)),
            Why::Shortened { wished_ms, .. } => self.step((t.shortened)(wished_ms / 1_000)),
            Why::Cut { targets, limit } => self.step((t.cut)(*targets, (t.limit)(*limit))),
            // Told once, at the end.
            _ => {}
        }
    }

    fn skip(&mut self, who: Skipped, because: Skip) {
        let (t, names) = (self.t, self.names);
        let who = match who {
            Skipped::Person(person) => {
                self.skips.push(because);
                names.who(person)
            }
            Skipped::Device(device) => names.device(t, device),
        };
        self.step((t.skipped)(&who, (t.skip)(because)));
    }

    /// 会議中の1名・外出中の2名: why people of the section do not ring, counted. Who was called already is not missed.
    fn counts(&mut self) -> String {
        let t = self.t;
        let mut counted: Vec<(&'static str, usize)> = Vec::new();
        for skip in self.skips.drain(..).filter(|skip| matches!(skip, Skip::NotPresent | Skip::Silent(_))) {
            let word = match skip {
                Skip::Silent(state) => (t.state)(state),
                other => (t.skip)(other),
            };
            match counted.iter_mut().find(|(known, _)| *known == word) {
                Some((_, count)) => *count += 1,
                None => counted.push((word, 1)),
            }
        }
        let counted: Vec<String> = counted.into_iter().map(|(word, count)| (t.count)(word, count)).collect();
        (t.and)(&counted)
    }
}

/// Whether a plan rings anybody at all.
#[must_use]
pub fn rings(plan: &Plan) -> bool {
    plan.status == Status::Ring && !plan.stages.is_empty()
}

/// The words of a presence, for lists and panels.
#[must_use]
pub fn presence(locale: Locale, state: PresenceState) -> &'static str {
    (locale.telephone().state)(state)
}

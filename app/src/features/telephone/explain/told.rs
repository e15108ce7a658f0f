//! A telling under way: each reason becomes a sentence of the line, of the steps, or of both.

use super::{Names, stages};
use crate::i18n::{reasons, telephone::Texts};
use chrono::{DateTime, Utc};
use domain::{
    PersonId, SeatId, SectionId,
    telephone::{Emergency, NotDelegated, NumberKind, OccupancySource, Plan, PresenceSource, PresenceState, Shut, Skip, Skipped, Via, Why},
};

/// See the module.
pub(super) struct Told<'a> {
    pub(super) t: &'static Texts,
    pub(super) names: &'a Names<'a>,
    pub(super) plan: &'a Plan,
    line: Vec<String>,
    steps: Vec<String>,
    /// Whose number was dialled: 本人.
    called: Option<PersonId>,
    /// The section whose fixed telephone needs no name.
    pub(super) own: Option<SectionId>,
    /// Of whom the line speaks.
    subject: Option<PersonId>,
    /// The section that is asked.
    pub(super) section: Option<SectionId>,
    /// By which way.
    via: Via,
    /// Why people of it do not ring.
    skips: Vec<Skip>,
    /// What has rung of it already.
    pub(super) rung: stages::Rung,
    /// Its stages that ring in waves: which comes next, and of how many.
    pub(super) wave: Option<(u8, u8)>,
}

impl<'a> Told<'a> {
    pub(super) fn new(names: &'a Names<'a>, plan: &'a Plan, number: Option<NumberKind>) -> Self {
        let (called, own) = match number {
            Some(NumberKind::Person(person)) => (Some(person), names.world.home_of(person, names.on())),
            Some(NumberKind::Section(section)) => (None, Some(section)),
            Some(NumberKind::Main(_) | NumberKind::Seat(_) | NumberKind::Room(_) | NumberKind::Fax(_) | NumberKind::Emergency) | None => (None, None),
        };
        let rung = stages::Rung::Nothing;
        Self {
            t: names.t(),
            names,
            plan,
            line: vec![],
            steps: vec![],
            called,
            own,
            subject: None,
            section: None,
            via: Via::Direct,
            skips: vec![],
            rung,
            wave: None,
        }
    }

    /// The line's parts and the steps.
    pub(super) fn finish(mut self) -> (Vec<String>, Vec<String>) {
        if self.line.is_empty() {
            self.line.push(self.t.nothing_rings.into());
        }
        (self.line, self.steps)
    }

    fn step(&mut self, text: impl Into<String>) {
        self.steps.push(text.into());
    }

    pub(super) fn both(&mut self, text: impl Into<String>) {
        let text = text.into();
        self.line.push(text.clone());
        self.steps.push(text);
    }

    /// Puts a reason into words. Every reason stands here by name: a new one without words does not compile.
    pub(super) fn tell(&mut self, why: &Why) {
        let (t, names) = (self.t, self.names);
        match why {
            Why::Number { ext, kind } => self.step(names.number(ext.as_str(), *kind)),
            Why::NumberUnknown => self.both(t.number_unknown),
            Why::NumberGone { since_on, .. } => self.both((t.number_gone)(&names.day(*since_on))),
            Why::NumberSentOn { from, to } => {
                let said = self.line.is_empty();
                self.line.push((t.number_sent_on)((!said).then_some(from.as_str()), to.as_str()));
                self.step((t.number_sent_on)(Some(from.as_str()), to.as_str()));
            }
            Why::Emergency { service: Emergency::House } => self.both((t.emergency_house)((t.service)(Emergency::House))),
            Why::Emergency { service } => self.emergency((t.service)(*service)),
            Why::EmergencyFromAfar { person } => self.both((t.emergency_from_afar)(&names.person(*person))),
            Why::TooManyHops { hop } => self.both((t.too_many_hops)(*hop)),
            Why::Replaces { .. } => self.both(t.replaces),
            Why::Blocked { rule } => self.both((t.blocked)(&rule.to_string())),
            Why::ModeOverride { mode, by, since_at } => {
                let by = by.map(|person| names.person(person));
                self.both((t.mode_override)((t.mode)(*mode), by.as_deref(), &names.time(*since_at)));
            }
            Why::Closed { section, shut } => self.closed(*section, shut.as_ref()),
            Why::ClosedIgnored { section } => self.both((t.closed_ignored)(&names.section(*section))),
            Why::ClosedDuty(dial) => self.step((t.closed_duty)(&names.dial(*dial))),
            Why::ClosedGuard(dial) => self.step((t.closed_guard)(&names.dial(*dial))),
            Why::ClosedAnnouncement => self.both(t.closed_announcement),
            Why::ClosedTargetUnknown(dial) => self.both((t.closed_target_unknown)(&names.dial(*dial))),
            Why::Delegated { from, to } => self.delegated(*from, *to),
            Why::NotDelegated { to, because, .. } => self.not_delegated(*to, *because),
            Why::AtSeat { person, seat, since_at, source } => self.at_seat(*person, *seat, *since_at, *source),
            Why::NotAtSeat { person } => self.not_at_seat(*person),
            Why::Presence { person, state, source, until_at } => self.presence(*person, *state, *source, *until_at),
            Why::DndPassed { person } => self.about(*person, |who| (t.dnd_passed)(who)),
            Why::Skip { who, because } => self.skip(*who, *because),
            Why::SeatEmpty { seat } => self.both((t.seat_empty)(&names.seat(*seat))),
            Why::Section { section, via } => self.section(*section, *via),
            Why::NoSection { person } => self.both((t.no_section)(&self.who(*person))),
            Why::NobodyPresent { section } => self.nobody_present(*section),
            Why::NoFixedPhone { section } => self.step((t.no_fixed_phone)(&names.section(*section))),
            Why::OverflowCut { section } => self.step((t.overflow_cut)(&names.section(*section))),
            Why::HousePhone { site } => self.step((t.house_phone)(&names.house(*site))),
            Why::Ring { stage } => stages::ring(self, usize::from(*stage)),
            Why::Split { targets, waves } => {
                self.wave = Some((1, *waves));
                self.step((t.split)(*targets, *waves));
            }
            Why::Shortened { stage, wished_ms } => {
                let given_ms = self.plan.stages.get(usize::from(*stage)).map_or(0, |stage| stage.ring_ms);
                self.step((t.shortened)(wished_ms / 1_000, given_ms / 1_000));
            }
            Why::Cut { targets, limit } => self.step((t.cut)(*targets, *limit)),
            // It stands in what happens when nobody has answered.
            Why::Memo => {}
        }
    }

    /// 本人, or a name.
    pub(super) fn who(&self, person: PersonId) -> String {
        if self.called == Some(person) { self.t.oneself.into() } else { self.names.person(person) }
    }

    /// The name of somebody other than the person called.
    pub(super) fn another(&self, person: PersonId) -> Option<String> {
        (self.called != Some(person)).then(|| self.names.person(person))
    }

    /// A sentence about somebody; the line does not name them twice.
    fn about(&mut self, person: PersonId, words: impl Fn(&str) -> String) {
        self.about_with(person, &words, &words);
    }

    fn about_with(&mut self, person: PersonId, line: impl Fn(&str) -> String, step: impl Fn(&str) -> String) {
        let who = self.who(person);
        let known = self.subject.replace(person) == Some(person);
        self.line.push(line(if known { "" } else { &who }));
        self.steps.push(step(&who));
    }

    /// The exchange does not connect who cannot be found.
    fn emergency(&mut self, service: &str) {
        if self.plan.why.iter().any(|why| matches!(why, Why::EmergencyFromAfar { .. })) {
            self.step((self.t.emergency_dialled)(service));
        } else {
            self.both((self.t.emergency)(service));
        }
    }

    fn closed(&mut self, section: SectionId, shut: Option<&Shut>) {
        let (t, section) = (self.t, self.names.section(section));
        self.both(match shut {
            Some(Shut::Hour) => (t.closed_hour)(&section),
            Some(Shut::Day(closed)) => (t.closed_day)(&section, &reasons::closed(self.names.locale, closed)),
            None => (t.closed_switched)(&section),
        });
    }

    fn delegated(&mut self, from: PersonId, to: PersonId) {
        let (from, name) = (self.another(from), self.names.person(to));
        self.both((self.t.delegated)(from.as_deref(), &name));
        self.subject = Some(to);
    }

    fn not_delegated(&mut self, to: PersonId, because: NotDelegated) {
        let name = self.names.person(to);
        self.step((self.t.not_delegated)(&name, (self.t.because)(because)));
    }

    fn at_seat(&mut self, person: PersonId, seat: SeatId, since_at: DateTime<Utc>, source: OccupancySource) {
        let (t, seat, since) = (self.t, self.names.seat(seat), self.names.time(since_at));
        self.about(person, |who| match source {
            OccupancySource::CheckIn => (t.at_seat)(who, &seat, &since),
            OccupancySource::Booking => (t.booked_seat)(who, &seat, &since),
            OccupancySource::Manual => (t.own_seat)(who, &seat),
        });
    }

    /// Worth a place in the line only where nothing else says what the person is doing.
    fn not_at_seat(&mut self, person: PersonId) {
        let said = self.plan.why.iter().any(|why| matches!(why, Why::Presence { person: said, .. } if *said == person));
        if said {
            self.step((self.t.not_at_seat)(&self.who(person)));
        } else {
            self.about(person, |who| (self.t.not_at_seat)(who));
        }
    }

    fn presence(&mut self, person: PersonId, state: PresenceState, source: PresenceSource, until_at: Option<DateTime<Utc>>) {
        let t = self.t;
        let until = until_at.map(|until| self.names.time(until));
        let words = |who: &str| (t.presence)(who, (t.state)(state), until.as_deref());
        self.about_with(person, words, |who| (t.said_by)(&words(who), source));
    }

    fn section(&mut self, section: SectionId, via: Via) {
        self.skips.clear();
        self.wave = None;
        (self.section, self.via) = (Some(section), via);
        self.rung = stages::Rung::Nothing;
        let name = self.names.section(section);
        self.step((self.t.section)(&name, via));
    }

    /// Whoever stands in for another section is no news in the line when nobody is there: its fixed telephone follows.
    fn nobody_present(&mut self, section: SectionId) {
        let missed = self.missed();
        let text = (self.t.nobody_present)(&self.names.section(section), &missed);
        match self.via {
            Via::Direct | Via::Delegation | Via::Fallback => self.both(text),
            Via::Overflow | Via::Closed => self.step(text),
        }
    }

    fn skip(&mut self, who: Skipped, because: Skip) {
        let (t, names) = (self.t, self.names);
        match who {
            Skipped::Person(person) => {
                self.skips.push(because);
                let name = names.person(person);
                self.step(if because == Skip::NoDevice { (t.no_device)(&name) } else { (t.person_skipped)(&name, (t.skip)(because)) });
            }
            Skipped::Device(device) => {
                let device = names.device(device).unwrap_or_else(|| names.locale.telephone_repair().removed_device.into());
                self.step((t.device_skipped)(&device, (t.skip)(because)));
            }
        }
    }

    /// 会議中の1名、外出中の2名: why people of the section do not ring, counted, and told once.
    pub(super) fn missed(&mut self) -> String {
        let mut counted: Vec<(Skip, usize)> = Vec::new();
        for skip in self.skips.drain(..) {
            match counted.iter_mut().find(|(known, _)| *known == skip) {
                Some((_, count)) => *count += 1,
                None => counted.push((skip, 1)),
            }
        }
        let counted: Vec<String> = counted.into_iter().filter_map(|(skip, count)| (self.t.missed)(skip, count)).collect();
        (self.t.and)(&counted)
    }
}

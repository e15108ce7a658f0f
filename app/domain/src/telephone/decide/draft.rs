//! A decision under way: the facts it looks at, what it has put into the plan, and why.

use super::{Outcome, fit, shown};
use crate::{
    DeviceId, PersonId, SectionId, SiteId,
    telephone::{
        CallIn, Caller, Device, DeviceKind, House, Occupancy, OccupancyFrom, Origin, PbxCaps, Plan, Reach, Rule, Rung, Skip, Skipped, Snapshot, Standing, Step,
        TimeRange, Via, Why, occupancy::seat_of, presence::standing,
    },
};
use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};

/// An answer is never fresh for longer.
const MOST_FRESH_S: i64 = 900;

/// Whether a stage may be given up for lack of room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hold {
    /// It may.
    Loose,
    /// 課の固定電話: it may not.
    Fixed,
}

/// A stage as it is wished, before it is fitted to the PBX.
#[derive(Clone, Debug)]
pub(super) struct Wish {
    pub(super) rule: Rule,
    pub(super) ring_ms: u32,
    pub(super) rungs: Vec<Rung>,
    pub(super) hold: Hold,
}

/// The log of a decision: reasons, and stages where they came up.
#[derive(Clone, Debug)]
pub(super) enum Entry {
    Note(Why),
    Stage(Wish),
}

/// See the module.
pub(super) struct Draft<'a> {
    pub(super) world: &'a Snapshot,
    pub(super) call: &'a CallIn,
    pub(super) caller: Caller,
    pub(super) at: DateTime<Utc>,
    /// The site of the number, once it is found.
    pub(super) site: Option<SiteId>,
    /// That site's wall.
    pub(super) wall: NaiveDateTime,
    /// The number as it was dialled, when another one answers for it.
    pub(super) dialled: Option<(crate::telephone::Ext, crate::telephone::Ext)>,
    /// Whose name announces the call.
    pub(super) announced: Option<SectionId>,
    /// Who was called, and who answers for them.
    pub(super) called: Vec<PersonId>,
    /// Sections already asked.
    pub(super) asked: Vec<SectionId>,
    entries: Vec<Entry>,
    tried: Vec<DeviceId>,
    fresh_until: Option<DateTime<Utc>>,
}

impl<'a> Draft<'a> {
    pub(super) fn new(caller: Caller, world: &'a Snapshot, call: &'a CallIn, at: DateTime<Utc>) -> Self {
        Self {
            world,
            call,
            caller,
            at,
            site: None,
            wall: at.naive_utc(),
            dialled: None,
            announced: None,
            called: Vec::new(),
            asked: Vec::new(),
            // What most decisions need: one allocation, not six.
            entries: Vec::with_capacity(48),
            tried: Vec::new(),
            fresh_until: None,
        }
    }

    pub(super) fn note(&mut self, why: Why) {
        self.entries.push(Entry::Note(why));
    }

    pub(super) fn skip(&mut self, who: Skipped, because: Skip) {
        self.note(Why::Skip { who, because });
    }

    /// The answer may change then.
    pub(super) fn until(&mut self, at: Option<DateTime<Utc>>) {
        if let Some(at) = at.filter(|at| self.at < *at) {
            self.fresh_until = Some(self.fresh_until.map_or(at, |known| known.min(at)));
        }
    }

    /// The answer may change when one of these begins or ends.
    pub(super) fn until_edges(&mut self, spans: impl Iterator<Item = TimeRange>) {
        let at = self.at;
        self.until(spans.filter_map(|span| span.next_edge(at)).min());
    }

    pub(super) fn origin(&self) -> Origin {
        self.caller.origin()
    }

    pub(super) fn on(&self) -> NaiveDate {
        self.wall.date()
    }

    pub(super) fn house(&self) -> Option<&'a House> {
        self.site.and_then(|site| self.world.house(site))
    }

    pub(super) fn set_site(&mut self, house: &'a House) {
        self.site = Some(house.site);
        self.wall = house.clock.wall(self.at);
        self.until_midnight(house);
    }

    /// The answer may change when the house's day ends: so does every dated row.
    pub(super) fn until_midnight(&mut self, house: &House) {
        let wall = house.clock.wall(self.at);
        let left = wall.date().succ_opt().map(|next| next.and_time(chrono::NaiveTime::MIN) - wall);
        self.until(left.and_then(|left| self.at.checked_add_signed(left)));
    }

    /// Where a person sits.
    pub(super) fn seat_of(&mut self, person: PersonId) -> Option<&'a Occupancy> {
        let world = self.world;
        let mut theirs = world.occupancies_of_person(person).peekable();
        theirs.peek()?;
        let policy = self.house().map_or(OccupancyFrom::CheckIn, |house| house.occupancy_from);
        // Theirs, and those of everybody who may sit down on the same seats.
        self.until_edges(theirs.flat_map(|row| world.occupancies_of_seat(row.seat)).map(|row| row.span));
        seat_of(self.world, person, policy, self.at)
    }

    /// What a person does.
    pub(super) fn standing(&mut self, person: PersonId, seated: Option<&Occupancy>) -> Standing {
        let said = self.world.presences_of(person);
        self.until_edges(said.clone().map(|row| row.span));
        standing(said, seated, self.at)
    }

    /// Takes a device into a stage, unless it must not ring. A device rings once in a plan.
    pub(super) fn take(&mut self, device: &Device, person: Option<PersonId>, least: Reach, rungs: &mut Vec<Rung>) {
        let because = if !device.rings_on(self.on()) {
            Skip::OutOfUse
        } else if device.kind == DeviceKind::SeatPhone && person.is_none() {
            Skip::SeatPhone
        } else if least == Reach::Anywhere && device.reach == Reach::Building {
            Skip::StaysInBuilding
        } else if self.is_calling(device) {
            Skip::Caller
        } else if self.tried.contains(&device.id) {
            Skip::AlreadyTried
        } else {
            self.tried.push(device.id);
            rungs.push(Rung { target: device.target, kind: device.kind, person });
            return;
        };
        self.skip(Skipped::Device(device.id), because);
    }

    /// Takes a fixed phone, which rings again at its place even if it has rung, and even if it is calling: it must be reachable.
    pub(super) fn take_fixed(&mut self, device: &Device, rungs: &mut Vec<Rung>) {
        if device.rings_on(self.on()) {
            self.tried.push(device.id);
            rungs.push(Rung { target: device.target, kind: device.kind, person: None });
        } else {
            self.skip(Skipped::Device(device.id), Skip::OutOfUse);
        }
    }

    fn is_calling(&self, device: &Device) -> bool {
        matches!((&self.caller, &device.target), (Caller::Device { aor, .. }, crate::telephone::Target::Aor(other)) if aor == other)
    }

    /// Adds a stage, unless nothing would ring. A stage lasts as long as its slowest device needs.
    pub(super) fn stage(&mut self, rule: Rule, ring_ms: u32, rungs: Vec<Rung>, hold: Hold) {
        if rungs.is_empty() {
            return;
        }
        let least = rungs.iter().map(|rung| rung.kind.least_ring_ms()).max().unwrap_or_default();
        let ring_ms = ring_ms.clamp(least, PbxCaps::MOST_TOTAL_MS);
        self.entries.push(Entry::Stage(Wish { rule, ring_ms, rungs, hold }));
    }

    /// The fixed telephone behind everything.
    pub(super) fn house_phone(&mut self) {
        let Some(house) = self.house() else { return };
        self.note(Why::HousePhone { site: house.site });
        let rung = Rung { target: house.house_phone, kind: DeviceKind::FixedBcp, person: None };
        self.stage(Rule { via: Via::Direct, step: Step::HouseBcp }, 20_000, vec![rung], Hold::Fixed);
    }

    /// The same, where no other fixed phone is in the plan.
    pub(super) fn house_phone_unless_fixed(&mut self) {
        if !self.entries.iter().any(|entry| matches!(entry, Entry::Stage(wish) if wish.hold == Hold::Fixed)) {
            self.house_phone();
        }
    }

    /// The plan.
    pub(super) fn finish(self, outcome: Outcome, caps: PbxCaps) -> Plan {
        let label = shown::label(&self);
        let caller = shown::caller(&self);
        let left_s = self.fresh_until.map_or(MOST_FRESH_S, |until| (until - self.at).num_seconds());
        let fresh_s = u32::try_from(left_s.clamp(1, MOST_FRESH_S)).unwrap_or(1);
        let (stages, why) = fit::fit(self.entries, caps);
        Plan { status: outcome.status, revision: self.world.revision(), label, caller, stages, on_exhausted: outcome.on_exhausted, fresh_s, why }
    }
}

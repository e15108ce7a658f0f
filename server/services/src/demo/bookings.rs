//! Who sat where and who is going to: whole bookings for past days, live ones for today and the days to come, such that
//! no seat and no person is taken twice.

use super::random::Random;
use crate::office::{Office, Site};
use chrono::{DateTime, Days, LocalResult, NaiveDate, NaiveDateTime, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;
use domain::{
    BookingId, PersonId, SeatId, Slot, Slots, UnitId,
    booking::{Booking, NoShow, SeatUse, State, no_show},
    site::{SitePolicy, day_kind},
};
use std::collections::{BTreeMap, HashMap};

/// One booking to store; `slots` are those it still holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct BookingPlan {
    pub person: PersonId,
    pub seat: SeatId,
    pub on: NaiveDate,
    pub slots: Slots,
    pub booked: Slots,
    pub state: State,
    pub created_at: DateTime<Utc>,
    pub checked_in_at: Option<DateTime<Utc>>,
    pub ended_at: Option<DateTime<Utc>>,
}

/// The people of one unit and the seats of its home zones, both in the order of their numbers.
struct Team {
    members: Vec<PersonId>,
    seats: Vec<SeatId>,
}

/// Days, people and seats of one site, and its clock.
pub(super) struct Planner<'a> {
    office: &'a Office,
    site: &'a Site,
    now: NaiveDateTime,
    teams: Vec<Team>,
    /// Seats of zones that are nobody's home.
    shared: Vec<SeatId>,
    random: Random,
}

/// Of the seats, so many in a thousand are wanted on a past day, today, and on the first day to come; each later day
/// to come has nine tenths of the one before.
const PAST: usize = 830;
const TODAY: usize = 560;
const AHEAD: usize = 520;

impl<'a> Planner<'a> {
    /// Reads teams and seats from the office as it stands.
    pub(super) fn new(office: &'a Office, site: &'a Site, now: NaiveDateTime, seed: u64) -> Self {
        let today = now.date();
        let mut members: BTreeMap<UnitId, Vec<PersonId>> = BTreeMap::new();
        let mut people: Vec<PersonId> = office.people.keys().copied().collect();
        people.sort_unstable();
        for person in people {
            if let Some(unit) = office.main_unit(person, today) {
                members.entry(unit.id).or_default().push(person);
            }
        }
        let mut zones: Vec<_> = office.zones.values().filter(|zone| office.site_of(zone.floor).is_some_and(|found| found.id == site.id)).collect();
        zones.sort_by_key(|zone| zone.id);
        let usable = |seat: &&SeatId| office.seats.get(seat).is_some_and(|seat| seat.seat_use != SeatUse::Closed);
        let mut homes: HashMap<UnitId, Vec<SeatId>> = HashMap::new();
        let mut shared = Vec::new();
        for zone in zones {
            let seats = zone.seats.iter().filter(usable);
            match zone.homes.first() {
                Some(home) => homes.entry(*home).or_default().extend(seats),
                None => shared.extend(seats),
            }
        }
        let teams = members.into_iter().map(|(unit, members)| Team { members, seats: homes.remove(&unit).unwrap_or_default() }).collect();
        Self { office, site, now, teams, shared, random: Random::new(seed, 4) }
    }

    /// Every booking of the last `past` open days, today, and the days to come within the horizon, oldest first.
    pub(super) fn plan(&mut self, past: usize) -> Vec<BookingPlan> {
        let mut plans = Vec::new();
        for (on, load) in self.days(past) {
            self.day(on, load, &mut plans);
        }
        plans
    }

    /// Open days with the share of seats wanted.
    fn days(&self, past: usize) -> Vec<(NaiveDate, usize)> {
        let policy = &self.site.policy;
        let today = self.now.date();
        let open = |day: &NaiveDate| day_kind(policy, *day).is_none();
        let mut days: Vec<_> = (1..).map_while(|back| today.checked_sub_days(Days::new(back))).filter(open).take(past).map(|day| (day, PAST)).collect();
        days.reverse();
        days.extend(Some((today, TODAY)).filter(|(day, _)| open(day)));
        let mut load = AHEAD;
        for day in today.iter_days().skip(1).take(usize::from(policy.horizon_days)).filter(open) {
            days.push((day, load));
            load = load * 9 / 10;
        }
        days
    }

    /// One day: every team at home first, then those who found their home full on shared seats.
    fn day(&mut self, on: NaiveDate, load: usize, plans: &mut Vec<BookingPlan>) {
        // Some days are fuller than others.
        let load = load * (90 + self.random.below(20)) / 100;
        let mut guests = Vec::new();
        let teams = std::mem::take(&mut self.teams);
        for team in &teams {
            let mut people: Vec<PersonId> = team.members.iter().copied().filter(|person| self.office.employed(*person, on)).collect();
            self.random.shuffle(&mut people);
            let mut seats = team.seats.clone();
            self.random.shuffle(&mut seats);
            let coming = (team.seats.len() * load / 1_000).min(people.len());
            let roaming = if self.shared.is_empty() { 0 } else { coming / 8 };
            let wishes: Vec<_> = people.into_iter().take(coming + roaming).map(|person| (person, self.wish())).collect();
            guests.extend(self.seat(on, &wishes, seats, plans));
        }
        self.teams = teams;
        let mut seats = self.shared.clone();
        self.random.shuffle(&mut seats);
        // Who finds nothing works elsewhere that day.
        self.seat(on, &guests, seats, plans);
    }

    /// Whole day mostly, else a half.
    fn wish(&mut self) -> Slots {
        let all = self.site.policy.grid.all();
        let half = usize::try_from(all.len() / 2).unwrap_or(0);
        match self.random.below(100) {
            0..=9 => Slots::first(half),
            10..=19 => all.minus(Slots::first(half)),
            _ => all,
        }
    }

    /// Gives people the first seat that is free for what they want; returns those it had none for.
    fn seat(&mut self, on: NaiveDate, wishes: &[(PersonId, Slots)], seats: Vec<SeatId>, plans: &mut Vec<BookingPlan>) -> Vec<(PersonId, Slots)> {
        let mut free: Vec<(SeatId, Slots)> = seats.into_iter().map(|seat| (seat, self.site.policy.grid.all())).collect();
        let mut without = Vec::new();
        for (person, wanted) in wishes {
            match free.iter_mut().find(|(_, free)| free.covers(*wanted)) {
                Some((seat, left)) if !wanted.is_empty() => {
                    *left = left.minus(*wanted);
                    let plan = self.booking(*person, *seat, on, *wanted);
                    plans.push(plan);
                }
                _ => without.push((*person, *wanted)),
            }
            free.retain(|(_, left)| !left.is_empty());
        }
        without
    }

    /// A booking with its story so far: made some days before, attended or not, ended by the same rule that ends real ones.
    fn booking(&mut self, person: PersonId, seat: SeatId, on: NaiveDate, booked: Slots) -> BookingPlan {
        let midnight = on.and_time(chrono::NaiveTime::MIN);
        let minutes = |minutes: usize| TimeDelta::minutes(i64::try_from(minutes).unwrap_or(0));
        let ahead = TimeDelta::days(1 + i64::try_from(self.random.below(9)).unwrap_or(0));
        // Made during the day before or earlier, and never later than now.
        let made_at = (midnight - ahead + minutes(8 * 60 + self.random.below(9 * 60))).min(self.now - minutes(1 + self.random.below(600)));
        let first_minute = booked.iter().next().and_then(|slot| self.site.policy.grid.time(slot)).map_or(0, |time| time.start_minute);
        let came_at = midnight + minutes(usize::from(first_minute)) + minutes(self.random.below(45)) - minutes(20);
        let comes = self.random.chance(950);
        let mut plan = BookingPlan {
            person,
            seat,
            on,
            slots: booked,
            booked,
            state: State::Booked,
            created_at: instant(made_at, self.site.zone),
            checked_in_at: None,
            ended_at: None,
        };
        if comes && came_at <= self.now {
            plan.state = State::CheckedIn;
            plan.checked_in_at = Some(instant(came_at, self.site.zone));
        }
        settle(&mut plan, &self.site.policy, made_at, self.now, self.site.zone);
        plan
    }
}

/// Lets the rule of no-shows run until nothing more is due.
fn settle(plan: &mut BookingPlan, policy: &SitePolicy, made_at: NaiveDateTime, now: NaiveDateTime, zone: Tz) {
    let ends_at = |slots: Slots| {
        let minute = slots.iter().filter_map(|slot: Slot| policy.grid.time(slot)).map(|time| time.end_minute).last().unwrap_or(0);
        instant((plan.on.and_time(chrono::NaiveTime::MIN) + TimeDelta::minutes(i64::from(minute))).min(now), zone)
    };
    let ended_at = ends_at(plan.booked);
    loop {
        let booking = Booking { id: BookingId(0), person: plan.person, seat: plan.seat, on: plan.on, slots: plan.slots, state: plan.state, made_at };
        match no_show(policy, &booking, now) {
            NoShow::Wait(_) => return,
            NoShow::Free(slots) => plan.slots = plan.slots.minus(slots),
            ended @ (NoShow::Expire | NoShow::Finish) => {
                plan.state = if ended == NoShow::Finish { State::Done } else { State::Expired };
                plan.slots = Slots::EMPTY;
                plan.ended_at = Some(ended_at);
                return;
            }
        }
    }
}

/// The instant of a wall-clock time; a repeated hour is the first, a missing one is the same label in UTC.
fn instant(wall: NaiveDateTime, zone: Tz) -> DateTime<Utc> {
    match zone.from_local_datetime(&wall) {
        LocalResult::Single(at) | LocalResult::Ambiguous(at, _) => at.to_utc(),
        LocalResult::None => wall.and_utc(),
    }
}

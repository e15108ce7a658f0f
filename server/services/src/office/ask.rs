//! What can be asked of the office: who belongs where on a day, who is at home where, who may see whom.

use super::{Floor, Office, Post, Site, Unit, Zone};
use chrono::NaiveDate;
use domain::{
    FloorId, PersonId, UnitId, ZoneId,
    account::Actor,
    floor::Placed,
    person::{Relation, Sight, Visibility, sight, view::Who},
};
use std::{
    collections::{HashMap, HashSet},
    sync::{Arc, Mutex, PoisonError},
};

type Members = Arc<HashMap<ZoneId, u32>>;

/// What was counted of a snapshot already, by day.
#[derive(Clone, Debug, Default)]
pub(super) struct Planned(Arc<Mutex<HashMap<NaiveDate, Members>>>);

impl Planned {
    const DAYS: usize = 64;
}

impl Office {
    /// A floor by number.
    #[must_use]
    pub fn floor(&self, id: FloorId) -> Option<&Floor> {
        self.floors.iter().find(|floor| floor.id == id)
    }

    /// The site of a floor.
    #[must_use]
    pub fn site_of(&self, floor: FloorId) -> Option<&Site> {
        self.floor(floor).and_then(|floor| self.sites.get(&floor.site))
    }

    /// The site a person's days are counted at: that of their home floor, or else the first.
    #[must_use]
    pub fn site_for(&self, person: PersonId, on: NaiveDate) -> Option<&Site> {
        self.home_floor(person, on).and_then(|floor| self.site_of(floor)).or_else(|| self.sites.values().next())
    }

    /// The units of a person on a day, those above included, the main one's first; each once.
    #[must_use]
    pub fn units_of(&self, person: PersonId, on: NaiveDate) -> Vec<UnitId> {
        let mut units = Vec::new();
        for post in self.people.get(&person).into_iter().flat_map(|person| &person.posts).filter(|post| post.covers(on)) {
            for unit in self.unit_and_above(post.unit) {
                if !units.contains(&unit) {
                    units.push(unit);
                }
            }
        }
        units
    }

    /// The unit of a person's main post on a day.
    #[must_use]
    pub fn main_unit(&self, person: PersonId, on: NaiveDate) -> Option<&Unit> {
        self.main_post(person, on).and_then(|post| self.units.get(&post.unit))
    }

    /// A person's main post on a day.
    #[must_use]
    pub fn main_post(&self, person: PersonId, on: NaiveDate) -> Option<&Post> {
        self.people.get(&person)?.posts.iter().find(|post| post.covers(on))
    }

    /// Whether a person works here on a day. Somebody without any post (an administrator from the first start) does.
    #[must_use]
    pub fn employed(&self, person: PersonId, on: NaiveDate) -> bool {
        self.people.get(&person).is_some_and(|person| person.posts.is_empty() || person.posts.iter().any(|post| post.covers(on)))
    }

    /// Members of any of these units on a day, each once (兼務 counts once).
    #[must_use]
    pub fn members(&self, units: &[UnitId], on: NaiveDate) -> Vec<PersonId> {
        let mut members: Vec<_> = self.people.keys().copied().filter(|person| self.units_of(*person, on).iter().any(|unit| units.contains(unit))).collect();
        members.sort_unstable();
        members
    }

    /// Members a zone is planned for on a day, by zone: people whose main post is in a unit at home there (兼務 counts once,
    /// where the main post is). One pass over the people for all zones, once a day and snapshot.
    #[must_use]
    pub fn planned_members(&self, on: NaiveDate) -> Members {
        let mut days = self.planned.0.lock().unwrap_or_else(PoisonError::into_inner);
        if days.len() >= Planned::DAYS {
            days.clear();
        }
        Arc::clone(days.entry(on).or_insert_with(|| Arc::new(self.count_planned(on))))
    }

    fn count_planned(&self, on: NaiveDate) -> HashMap<ZoneId, u32> {
        let mut by_unit: HashMap<UnitId, u32> = HashMap::new();
        for post in self.people.values().filter_map(|person| person.posts.iter().find(|post| post.covers(on))) {
            *by_unit.entry(post.unit).or_default() += 1;
        }
        let below = |home: UnitId, unit: UnitId| self.unit_and_above(unit).contains(&home);
        let planned = |zone: &Zone| by_unit.iter().filter(|(unit, _)| zone.homes.iter().any(|home| below(*home, **unit))).map(|(_, count)| count).sum();
        self.zones.values().map(|zone| (zone.id, planned(zone))).collect()
    }

    /// A unit and those above it, nearest first.
    pub(crate) fn unit_and_above(&self, unit: UnitId) -> Vec<UnitId> {
        let mut units = Vec::new();
        let mut next = Some(unit);
        // A unit cannot be above itself; should the data say so, the list stays finite.
        while let Some(unit) = next.filter(|unit| !units.contains(unit)) {
            units.push(unit);
            next = self.units.get(&unit).and_then(|unit| unit.parent);
        }
        units
    }

    /// The zones a person is at home in on a day.
    #[must_use]
    pub fn homes_of(&self, person: PersonId, on: NaiveDate) -> Vec<&Zone> {
        let units = self.units_of(person, on);
        let mut homes: Vec<_> = self.zones.values().filter(|zone| zone.homes.iter().any(|unit| units.contains(unit))).collect();
        // Homes of the main post before those of a 兼務.
        homes.sort_by_key(|zone| (zone.homes.iter().filter_map(|home| units.iter().position(|unit| unit == home)).min(), zone.id));
        homes
    }

    /// The floor a person's home zone is on, or the first floor.
    #[must_use]
    pub fn home_floor(&self, person: PersonId, on: NaiveDate) -> Option<FloorId> {
        self.homes_of(person, on).first().map(|zone| zone.floor).or_else(|| self.floors.first().map(|floor| floor.id))
    }

    /// What an actor sees of a person on a day.
    #[must_use]
    pub fn sight(&self, actor: &Actor, person: PersonId, on: NaiveDate) -> Sight {
        let Some(found) = self.people.get(&person) else { return Sight::Nothing };
        let visibility = found.visibility.or_else(|| self.site_for(person, on).map(|site| site.policy.visibility)).unwrap_or(Visibility::House);
        if visibility == Visibility::House {
            return Sight::Seat;
        }
        let relation = match actor.person() {
            _ if actor.administers_people() => Relation::Administrator,
            Some(viewer) if viewer == person => Relation::Oneself,
            Some(viewer) if self.share_unit(viewer, person, on) => Relation::SameUnit,
            _ => Relation::OtherUnit,
        };
        sight(visibility, relation)
    }

    /// Whether two people hold posts in a common unit (of the posts themselves, not of the units above).
    #[must_use]
    pub fn share_unit(&self, one: PersonId, other: PersonId, on: NaiveDate) -> bool {
        let posts = |person| self.people.get(&person).into_iter().flat_map(|person| &person.posts).filter(|post| post.covers(on)).map(|post| post.unit);
        let units: HashSet<_> = posts(one).collect();
        posts(other).any(|unit| units.contains(&unit))
    }

    /// A person as named beside a seat.
    #[must_use]
    pub fn who(&self, actor: &Actor, person: PersonId, on: NaiveDate) -> Option<Who> {
        let found = self.people.get(&person)?;
        Some(Who {
            id: person,
            staff_no: found.staff_no.clone(),
            name: found.name.clone(),
            unit: self.main_unit(person, on).map(|unit| unit.name.clone()),
            extension: found.extension.clone(),
            team: actor.person().is_some_and(|viewer| self.share_unit(viewer, person, on)),
        })
    }

    /// Seats of a floor with their places.
    #[must_use]
    pub fn placed(&self, floor: FloorId) -> Vec<Placed> {
        let seats = self.floor(floor).into_iter().flat_map(|floor| &floor.seats);
        seats.filter_map(|seat| self.seats.get(seat)).map(|seat| Placed { seat: seat.id, at: seat.at }).collect()
    }
}

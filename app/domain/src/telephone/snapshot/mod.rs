//! One consistent state of everything a route depends on: immutable, in memory, with every dated row, the future ones too. So an
//! answer waits for no database, and April 1st is asked with the same function as now.

mod build;
mod change;
mod planned;
mod rows;
mod shards;

pub use planned::Attendance;
pub use rows::{Change, Idle, Rows, Turn};

use crate::{
    DeviceId, PersonId, SeatId, SectionId, SiteId,
    telephone::{
        BlockRule, CallerPattern, Conflict, Contact, Delegation, Device, E164, Ext, House, Member, ModeSwitch, Number, Occupancy, OnRoster, Owner, Presence,
        SeatLabel, Section, Settings, Subscriber, Target,
    },
};
use chrono::{DateTime, NaiveDate, Utc};
use shards::Shards;
use std::sync::Arc;

/// See the module. Cloning shares everything.
#[derive(Clone, Debug, Default)]
pub struct Snapshot {
    revision: i64,
    attendance: Attendance,
    houses: Arc<[House]>,
    switches: Arc<[ModeSwitch]>,
    seats: Shards<SeatId, SeatLabel>,
    people: Shards<PersonId, Subscriber>,
    numbers: Shards<Ext, Arc<Number>>,
    tels: Shards<E164, Arc<Number>>,
    numbers_of: Shards<NumberOwner, Arc<Number>>,
    settings: Shards<PersonId, Arc<Settings>>,
    devices: Shards<Owner, Device>,
    owners: Shards<DeviceId, Owner>,
    targets: Shards<Target, (Owner, DeviceId)>,
    sections: Shards<SectionId, Section>,
    members: Shards<SectionId, Member>,
    posts: Shards<PersonId, Member>,
    rosters: Shards<SectionId, OnRoster>,
    at_seat: Shards<SeatId, Occupancy>,
    seated: Shards<PersonId, Occupancy>,
    presences: Shards<PersonId, Presence>,
    delegations: Shards<PersonId, Delegation>,
    blocks: Shards<CallerPattern, BlockRule>,
    contacts: Shards<E164, Contact>,
    turns: Shards<SectionId, PersonId>,
    idles: Shards<PersonId, DateTime<Utc>>,
}

/// Whose number it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NumberOwner {
    /// A person.
    Person(PersonId),
    /// A section.
    Section(SectionId),
}

/// A snapshot and what is wrong with the rows it was made of. A conflict never stops a snapshot: the telephones go on.
#[derive(Clone, Debug, Default)]
pub struct Built {
    /// The state.
    pub snapshot: Snapshot,
    /// What an administrator should repair, in a stable order.
    pub conflicts: Vec<Conflict>,
}

impl Snapshot {
    /// Grows with every change.
    #[must_use]
    pub const fn revision(&self) -> i64 {
        self.revision
    }

    /// Sites, by number.
    pub fn houses(&self) -> impl Iterator<Item = &House> {
        self.houses.iter()
    }

    /// A site.
    #[must_use]
    pub fn house(&self, site: SiteId) -> Option<&House> {
        self.houses.iter().find(|house| house.site == site)
    }

    /// The override that holds at a site; the one that began last.
    #[must_use]
    pub fn mode_switch(&self, site: SiteId, at: DateTime<Utc>) -> Option<&ModeSwitch> {
        self.switches.iter().filter(|switch| switch.site == site && switch.span.contains(at)).max_by_key(|switch| (switch.span.from_at, switch.mode.code()))
    }

    /// Every override of a site, past and future.
    pub fn mode_switches(&self, site: SiteId) -> impl Iterator<Item = &ModeSwitch> {
        self.switches.iter().filter(move |switch| switch.site == site)
    }

    /// Every dated row of an extension, by site and first day.
    pub fn numbers_at(&self, ext: Ext) -> impl Iterator<Item = &Number> + Clone {
        self.numbers.of(&ext).map(AsRef::as_ref)
    }

    /// Every dated row of an outside number.
    pub fn numbers_at_tel(&self, tel: E164) -> impl Iterator<Item = &Number> + Clone {
        self.tels.of(&tel).map(AsRef::as_ref)
    }

    /// The numbers of a person or section.
    pub fn numbers_of(&self, owner: NumberOwner) -> impl Iterator<Item = &Number> {
        self.numbers_of.of(&owner).map(AsRef::as_ref)
    }

    /// The number colleagues dial for a person or section on a day.
    #[must_use]
    pub fn ext_of(&self, owner: NumberOwner, on: NaiveDate) -> Option<Ext> {
        self.numbers_of(owner).find(|number| number.valid.contains(on)).map(|number| number.ext)
    }

    /// Every number row.
    pub fn numbers(&self) -> impl Iterator<Item = &Number> {
        self.numbers.iter().map(|(_, number)| number.as_ref())
    }

    /// A device.
    #[must_use]
    pub fn device(&self, id: DeviceId) -> Option<&Device> {
        self.owners.of(&id).find_map(|owner| self.devices_of(*owner).find(|device| device.id == id))
    }

    /// The device the PBX knows by a name.
    #[must_use]
    pub fn device_at(&self, target: &Target) -> Option<&Device> {
        let (owner, id) = self.targets.of(target).next()?;
        self.devices_of(*owner).find(|device| device.id == *id)
    }

    /// Every device, whatever its days.
    pub fn devices(&self) -> impl Iterator<Item = &Device> {
        self.devices.iter().map(|(_, device)| device)
    }

    /// The devices of a person, seat or section.
    pub fn devices_of(&self, owner: Owner) -> impl Iterator<Item = &Device> {
        self.devices.of(&owner)
    }

    /// A section as it is on a day.
    #[must_use]
    pub fn section(&self, id: SectionId, on: NaiveDate) -> Option<&Section> {
        self.sections.of(&id).find(|section| section.valid.contains(on))
    }

    /// Every dated version of every section.
    pub fn sections(&self) -> impl Iterator<Item = &Section> {
        self.sections.iter().map(|(_, section)| section)
    }

    /// A section's members on a day, in the section's own order.
    pub fn members_of(&self, section: SectionId, on: NaiveDate) -> impl Iterator<Item = &Member> {
        self.members.of(&section).filter(move |member| member.valid.contains(on))
    }

    /// The section that answers for a person on a day: that of the main post, or else of a side post.
    #[must_use]
    pub fn home_of(&self, person: PersonId, on: NaiveDate) -> Option<SectionId> {
        self.posts.of(&person).filter(|post| post.valid.contains(on)).min_by_key(|post| (post.post, post.section)).map(|post| post.section)
    }

    /// A person's places in sections, those of other days included.
    pub fn posts_of(&self, person: PersonId) -> impl Iterator<Item = &Member> {
        self.posts.of(&person)
    }

    /// Whether a person belongs to a section on a day.
    #[must_use]
    pub fn is_member(&self, person: PersonId, section: SectionId, on: NaiveDate) -> bool {
        self.posts.of(&person).any(|post| post.section == section && post.valid.contains(on))
    }

    /// Who answers for a section in a disaster.
    pub fn roster_of(&self, section: SectionId, on: NaiveDate) -> impl Iterator<Item = PersonId> {
        self.rosters.of(&section).filter(move |row| row.valid.contains(on)).map(|row| row.person)
    }

    /// Who sits or will sit at a seat.
    pub fn occupancies_of_seat(&self, seat: SeatId) -> impl Iterator<Item = &Occupancy> {
        self.at_seat.of(&seat)
    }

    /// Where a person sits or will sit.
    pub fn occupancies_of_person(&self, person: PersonId) -> impl Iterator<Item = &Occupancy> {
        self.seated.of(&person)
    }

    /// What is said of a person.
    pub fn presences_of(&self, person: PersonId) -> impl Iterator<Item = &Presence> + Clone {
        self.presences.of(&person)
    }

    /// Who answers for a person.
    pub fn delegations_of(&self, from: PersonId) -> impl Iterator<Item = &Delegation> {
        self.delegations.of(&from)
    }

    /// A person.
    #[must_use]
    pub fn person(&self, person: PersonId) -> Option<&Subscriber> {
        self.people.of(&person).next()
    }

    /// What a person chose.
    #[must_use]
    pub fn settings(&self, person: PersonId) -> Option<&Settings> {
        self.settings.of(&person).next().map(AsRef::as_ref)
    }

    /// A seat's label.
    #[must_use]
    pub fn seat(&self, seat: SeatId) -> Option<&SeatLabel> {
        self.seats.of(&seat).next()
    }

    /// The rules of a pattern.
    pub(crate) fn blocks_of(&self, pattern: CallerPattern) -> impl Iterator<Item = &BlockRule> {
        self.blocks.of(&pattern)
    }

    /// Who calls from a number, as far as it is known.
    pub fn contacts_at(&self, tel: E164) -> impl Iterator<Item = &Contact> {
        self.contacts.of(&tel)
    }

    /// Who was rung last by a section.
    #[must_use]
    pub fn turn_of(&self, section: SectionId) -> Option<PersonId> {
        self.turns.of(&section).next().copied()
    }

    /// Since when a person has had no call.
    #[must_use]
    pub fn idle_since(&self, person: PersonId) -> Option<DateTime<Utc>> {
        self.idles.of(&person).next().copied()
    }
}

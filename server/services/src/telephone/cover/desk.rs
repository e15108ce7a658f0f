//! Who sees and who leads a section: its head, and administrators of the house every section.

use crate::{
    Actor, Failure, Kind, Services,
    office::{Office, Site},
    telephone::{Board, head::Heads},
};
use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use domain::{
    PersonId, SectionId,
    person::Sight,
    telephone::{Section, SiteClock},
};
use std::sync::Arc;

/// A section that can be chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SectionChoice {
    /// The section.
    pub id: SectionId,
    /// Its name.
    pub name: String,
    /// Whether the viewer belongs to it.
    pub mine: bool,
    /// Whether the viewer decides there.
    pub leads: bool,
}

/// One section as somebody works with it.
#[derive(Clone)]
pub(super) struct Desk {
    pub office: Arc<Office>,
    pub board: Arc<Board>,
    pub actor: Actor,
    pub at: DateTime<Utc>,
    pub section: Section,
}

/// Whether an actor decides for a section on a day.
pub(super) fn may_lead(office: &Office, board: &Board, actor: &Actor, section: &Section, on: NaiveDate) -> bool {
    actor.administers_people() || section.unit.is_some_and(|unit| Heads::of(office, board, on).heads(actor, unit))
}

/// The sections an actor may look into, by number; their own first.
pub(super) fn choices(office: &Office, board: &Board, actor: &Actor, at: DateTime<Utc>) -> Vec<SectionChoice> {
    let world = &board.world;
    let mut found: Vec<SectionChoice> = Vec::new();
    for section in world.sections() {
        let Some(house) = world.house(section.site) else { continue };
        let on = house.clock.wall(at).date();
        let mine = actor.person().is_some_and(|person| world.is_member(person, section.id, on));
        let leads = may_lead(office, board, actor, section, on);
        if section.valid.contains(on) && (mine || leads) && !found.iter().any(|choice| choice.id == section.id) {
            found.push(SectionChoice { id: section.id, name: section.name.clone(), mine, leads });
        }
    }
    found.sort_by_key(|choice| (!choice.mine, choice.id));
    found
}

/// The sections an actor may look into; their own first.
#[must_use]
pub fn sections(cx: &Services, actor: &Actor) -> Vec<SectionChoice> {
    choices(&cx.office(), &cx.board(), actor, cx.clock().now())
}

impl Desk {
    /// A section for whoever belongs to it or leads it.
    ///
    /// # Errors
    /// `NotFound` for everybody else.
    pub fn open<E>(cx: &Services, actor: &Actor, section: SectionId) -> Result<Self, Failure<E>> {
        let (office, board, at) = (cx.office(), cx.board(), cx.clock().now());
        let on = |section: &Section| board.world.house(section.site).map(|house| house.clock.wall(at).date());
        let found = board.world.sections().find(|row| row.id == section && on(row).is_some_and(|on| row.valid.contains(on))).cloned();
        let desk = found.map(|section| Self { office, board, actor: actor.clone(), at, section }).filter(Self::sees);
        desk.ok_or(Failure::NotFound(Kind::Section))
    }

    /// The same for whoever leads it.
    ///
    /// # Errors
    /// `Denied` for members that do not.
    pub fn led<E>(cx: &Services, actor: &Actor, section: SectionId) -> Result<Self, Failure<E>> {
        let desk = Self::open(cx, actor, section)?;
        if desk.leads() { Ok(desk) } else { Err(Failure::Denied) }
    }

    fn sees(&self) -> bool {
        self.actor.person().is_some_and(|person| self.is_member(person, self.today())) || self.leads()
    }

    pub fn leads(&self) -> bool {
        may_lead(&self.office, &self.board, &self.actor, &self.section, self.today())
    }

    pub fn clock(&self) -> Option<&SiteClock> {
        self.board.world.house(self.section.site).map(|house| &house.clock)
    }

    pub fn wall(&self) -> NaiveDateTime {
        self.clock().map_or_else(|| self.at.naive_utc(), |clock| clock.wall(self.at))
    }

    pub fn today(&self) -> NaiveDate {
        self.wall().date()
    }

    /// The section's site.
    ///
    /// # Errors
    /// `NotFound` when it went.
    pub fn site<E>(&self) -> Result<&Site, Failure<E>> {
        self.office.sites.get(&self.section.site).ok_or(Failure::NotFound(Kind::Site))
    }

    pub fn is_member(&self, person: PersonId, on: NaiveDate) -> bool {
        self.board.world.is_member(person, self.section.id, on)
    }

    /// A name, if the viewer may know of the person.
    pub fn name(&self, person: PersonId) -> Option<String> {
        let seen = self.office.sight(&self.actor, person, self.today()) != Sight::Nothing;
        self.office.people.get(&person).filter(|_| seen).map(|person| person.name.clone())
    }

    /// Members on a day whom the viewer may know of, in the section's order.
    pub fn members(&self, on: NaiveDate) -> Vec<PersonId> {
        let mut members: Vec<PersonId> = Vec::new();
        for member in self.board.world.members_of(self.section.id, on) {
            if !members.contains(&member.person) && self.name(member.person).is_some() {
                members.push(member.person);
            }
        }
        members
    }

    pub fn choice(&self) -> SectionChoice {
        SectionChoice {
            id: self.section.id,
            name: self.section.name.clone(),
            mine: self.actor.person().is_some_and(|person| self.is_member(person, self.today())),
            leads: self.leads(),
        }
    }
}

//! Who heads a section, asked of the office as it is on a day. The rule is `domain::telephone::head`.

use crate::{Actor, office::Office, telephone::Board};
use chrono::NaiveDate;
use domain::{
    PersonId, UnitId,
    account::{Role, Scope},
    telephone::{HeadPost, administers_section, heads_section},
};
use std::collections::BTreeSet;

/// The units that have sections, and the posts of a day.
pub(super) struct Heads<'a> {
    office: &'a Office,
    placed: BTreeSet<UnitId>,
    on: NaiveDate,
}

impl<'a> Heads<'a> {
    pub(super) fn new(office: &'a Office, placed: impl IntoIterator<Item = UnitId>, on: NaiveDate) -> Self {
        Self { office, placed: placed.into_iter().collect(), on }
    }

    pub(super) fn of(office: &'a Office, board: &Board, on: NaiveDate) -> Self {
        Self::new(office, board.world.sections().filter(|section| section.valid.contains(on)).filter_map(|section| section.unit), on)
    }

    /// Whether a section's administrator has the section of a unit in hand.
    pub(super) fn administers(&self, person: PersonId, role: Role, unit: UnitId) -> bool {
        administers_section(&self.office.unit_and_above(unit), role, &self.posts(person), |unit| self.placed.contains(&unit))
    }

    /// Whether an actor heads the section of a unit. A token that may book speaks for its person; of the role it knows nothing.
    pub(super) fn heads(&self, actor: &Actor, unit: UnitId) -> bool {
        let role = match actor {
            Actor::Person { role, .. } => *role,
            Actor::Token { scope, .. } if scope.allows(Scope::Book) => Role::Staff,
            Actor::Token { .. } | Actor::System => return false,
        };
        let Some(person) = actor.person() else { return false };
        heads_section(&self.office.unit_and_above(unit), role, &self.posts(person), |unit| self.placed.contains(&unit))
    }

    fn posts(&self, person: PersonId) -> Vec<HeadPost<'a>> {
        let posts = self.office.people.get(&person).into_iter().flat_map(|person| &person.posts).filter(|post| post.covers(self.on));
        posts.map(|post| HeadPost { unit_and_above: self.office.unit_and_above(post.unit), title: &post.title }).collect()
    }
}

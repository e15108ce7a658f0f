//! Watches a person's plans change: what is too few people afterwards is told, or the change is refused. Where no section of the
//! person has a rule, nothing is read and nothing waits.

use super::{desk::may_lead, plans::Plans};
use crate::{Actor, Services, office::Office, telephone::Board};
use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use domain::{
    PersonId, SectionId,
    booking::minute_of,
    site::SitePolicy,
    telephone::{
        SiteClock,
        cover::{CoverGap, CoverRule, CoverVerdict, HalfHour, Planned, changing, join},
    },
};
use entity::cover_rule;
use sea_orm::{ColumnTrait, ConnectionTrait, DatabaseBackend, DatabaseTransaction, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use std::sync::Arc;

/// What a change does to the sections of whoever changes their plans.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Short {
    /// Enough people stay.
    Fine,
    /// Too few stay; it is done and told.
    Warn(Vec<CoverGap>),
    /// Too few stay, and that is refused.
    Refuse(Vec<CoverGap>),
}

/// What watching needs, beside the transaction.
#[derive(Clone)]
pub(crate) struct Watcher {
    office: Arc<Office>,
    board: Arc<Board>,
    actor: Actor,
    at: DateTime<Utc>,
}

impl Watcher {
    pub(crate) fn new(cx: &Services, actor: &Actor) -> Self {
        Self { office: cx.office(), board: cx.board(), actor: actor.clone(), at: cx.clock().now() }
    }

    /// Looks at the plans of the person's sections before they change in the half-open range of days.
    pub(crate) async fn begin(&self, transaction: &DatabaseTransaction, person: PersonId, days: (NaiveDate, NaiveDate)) -> Result<Watch<'_>, DbErr> {
        let mut watch = Watch { watcher: self, sections: Vec::new() };
        let mut asked: Vec<SectionId> = self.board.cover.iter().map(|rule| rule.section).collect();
        asked.dedup();
        for section in asked {
            let Some(found) = self.watched(person, section, days) else { continue };
            if found.rules.iter().any(|rule| rule.on_gap == domain::telephone::cover::OnGap::Refuse) {
                lock(transaction, section).await?;
            }
            let before = found.plans(self, section).read(transaction).await?;
            watch.sections.push(Watched { before, ..found });
        }
        Ok(watch)
    }

    /// The section, if the person belongs to it on one of the days and it asks for somebody then.
    fn watched(&self, person: PersonId, section: SectionId, (from_on, until_on): (NaiveDate, NaiveDate)) -> Option<Watched> {
        let world = &self.board.world;
        let row = world.sections().find(|row| row.id == section)?;
        let clock = world.house(row.site)?.clock.clone();
        let wall = clock.wall(self.at);
        let from_on = from_on.max(wall.date());
        let belongs = from_on.iter_days().take_while(|on| *on < until_on).take(92).any(|on| world.is_member(person, section, on));
        let rules: Vec<CoverRule> = self.board.cover.iter().filter(|rule| rule.section == section).map(|rule| rule.wish.rule(section)).collect();
        let policy = self.office.sites.get(&row.site)?.policy.clone();
        let leads = || may_lead(&self.office, &self.board, &self.actor, row, wall.date()) || matches!(self.actor, Actor::System);
        belongs.then(|| Watched { section, rules, policy, wall, days: (from_on, until_on), leads: leads(), before: Vec::new(), clock })
    }
}

/// Commands that could take the last two people from one section's telephone wait for one another.
async fn lock(transaction: &DatabaseTransaction, section: SectionId) -> Result<(), DbErr> {
    if transaction.get_database_backend() == DatabaseBackend::Postgres {
        let rows = cover_rule::Entity::find().filter(cover_rule::Column::SectionId.eq(section.0)).order_by_asc(cover_rule::Column::Id);
        rows.lock_exclusive().all(transaction).await?;
    }
    Ok(())
}

struct Watched {
    section: SectionId,
    rules: Vec<CoverRule>,
    policy: SitePolicy,
    clock: SiteClock,
    wall: NaiveDateTime,
    days: (NaiveDate, NaiveDate),
    leads: bool,
    before: Vec<Planned>,
}

impl Watched {
    fn plans<'a>(&'a self, watcher: &'a Watcher, section: SectionId) -> Plans<'a> {
        Plans { office: &watcher.office, board: &watcher.board, section, clock: &self.clock, days: self.days }
    }

    /// What is over needs nobody.
    fn to_come(&self, half: &HalfHour) -> bool {
        half.on > self.wall.date() || half.until_minute > minute_of(self.wall)
    }
}

/// Plans under watch.
pub(crate) struct Watch<'a> {
    watcher: &'a Watcher,
    sections: Vec<Watched>,
}

impl Watch<'_> {
    /// What the change did.
    pub(crate) async fn end(self, transaction: &DatabaseTransaction) -> Result<Short, DbErr> {
        let (mut told, mut refused) = (Vec::new(), Vec::new());
        for watched in &self.sections {
            let after = watched.plans(self.watcher, watched.section).read(transaction).await?;
            for rule in &watched.rules {
                let keep = |mut halves: Vec<HalfHour>| {
                    halves.retain(|half| watched.to_come(half));
                    join(watched.section, &halves)
                };
                match changing(rule, &watched.policy, watched.days, &watched.before, &after) {
                    CoverVerdict::Fine => {}
                    // Who leads the section decides what it can bear.
                    CoverVerdict::Refused(halves) if !watched.leads => refused.extend(keep(halves)),
                    CoverVerdict::Warn(halves) | CoverVerdict::Refused(halves) => told.extend(keep(halves)),
                }
            }
        }
        Ok(match (refused.is_empty(), told.is_empty()) {
            (true, true) => Short::Fine,
            (true, false) => Short::Warn(told),
            (false, _) => Short::Refuse(refused),
        })
    }
}

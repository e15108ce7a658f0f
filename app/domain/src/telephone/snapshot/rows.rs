//! What storage gives: plain rows, past ones left out, future ones included.

use crate::{
    PersonId, SectionId, SiteId,
    telephone::{
        BlockRule, Contact, Delegation, Device, House, Member, ModeSwitch, Number, Occupancy, OnRoster, Presence, SeatLabel, Section, Settings, Subscriber,
    },
};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// Who was rung last by a section that takes turns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Turn {
    /// The section.
    pub section: SectionId,
    /// The person.
    pub person: PersonId,
}

/// Since when a person has had no call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Idle {
    /// The person.
    pub person: PersonId,
    /// The end of their last call.
    pub since_at: DateTime<Utc>,
}

/// Everything a snapshot is made of.
#[derive(Clone, Debug, Default)]
pub struct Rows {
    /// The first day the rows are complete for: what ended before it was left out and is no gap.
    pub known_from_on: NaiveDate,
    /// Sites.
    pub houses: Vec<House>,
    /// Seats by label.
    pub seats: Vec<SeatLabel>,
    /// People by name.
    pub people: Vec<Subscriber>,
    /// What people chose; most never choose.
    pub settings: Vec<(PersonId, Settings)>,
    /// Numbers.
    pub numbers: Vec<Number>,
    /// Devices.
    pub devices: Vec<Device>,
    /// Sections, every dated version.
    pub sections: Vec<Section>,
    /// Who belongs to them.
    pub members: Vec<Member>,
    /// Who answers in a disaster.
    pub rosters: Vec<OnRoster>,
    /// Who sits where.
    pub occupancies: Vec<Occupancy>,
    /// What people do.
    pub presences: Vec<Presence>,
    /// Who answers for whom.
    pub delegations: Vec<Delegation>,
    /// Overrides of the hours.
    pub switches: Vec<ModeSwitch>,
    /// Unwanted callers.
    pub blocks: Vec<BlockRule>,
    /// Known callers.
    pub contacts: Vec<Contact>,
    /// Whose turn it was.
    pub turns: Vec<Turn>,
    /// Who is idle since when.
    pub idles: Vec<Idle>,
}

/// One thing that changed after a snapshot was made. Each carries all rows of its key, so it can be applied twice.
#[derive(Clone, Debug)]
pub enum Change {
    /// A person sat down, moved or left.
    Occupancies(PersonId, Vec<Occupancy>),
    /// What a person does.
    Presences(PersonId, Vec<Presence>),
    /// Who answers for a person.
    Delegations(PersonId, Vec<Delegation>),
    /// What a person chose.
    Settings(PersonId, Option<Settings>),
    /// The overrides of a site.
    Switches(SiteId, Vec<ModeSwitch>),
    /// A section rang somebody.
    Turn(Turn),
    /// A person's call ended.
    Idle(Idle),
}

//! Who acts, and what they may do.

use crate::PersonId;
use serde::{Deserialize, Serialize};

/// What an account may do beyond its own bookings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Own bookings.
    Staff,
    /// A section's administrator; may so far do what staff may.
    SectionAdmin,
    /// Floors and seats.
    FacilityAdmin,
    /// Reads everything, changes nothing but own bookings.
    Auditor,
    /// Everything.
    Admin,
}

impl Role {
    /// Every role, least first.
    pub const ALL: [Self; 5] = [Self::Staff, Self::SectionAdmin, Self::FacilityAdmin, Self::Auditor, Self::Admin];

    /// The stored word.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Staff => "staff",
            Self::SectionAdmin => "section_admin",
            Self::FacilityAdmin => "facility_admin",
            Self::Auditor => "auditor",
            Self::Admin => "admin",
        }
    }

    /// Reads the stored word.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.code() == code)
    }
}

/// What an API token may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// Read what a colleague may read.
    Read,
    /// Also book, for the token's person.
    Book,
    /// Everything, for anybody.
    Manage,
    /// Ask where calls go.
    Pbx,
    /// Read measurements.
    Metrics,
}

impl Scope {
    /// Every scope.
    pub const ALL: [Self; 5] = [Self::Read, Self::Book, Self::Manage, Self::Pbx, Self::Metrics];

    /// The stored word.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Book => "book",
            Self::Manage => "manage",
            Self::Pbx => "pbx",
            Self::Metrics => "metrics",
        }
    }

    /// Reads the stored word.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scope| scope.code() == code)
    }

    /// Whether a token of this scope may do what `needed` names: `manage` ⊃ `book` ⊃ `read`.
    #[must_use]
    pub const fn allows(self, needed: Self) -> bool {
        matches!(
            (self, needed),
            (Self::Manage, Self::Manage | Self::Book | Self::Read)
                | (Self::Book, Self::Book | Self::Read)
                | (Self::Read, Self::Read)
                | (Self::Pbx, Self::Pbx)
                | (Self::Metrics, Self::Metrics)
        )
    }
}

/// Who asks, as every use case gets it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Actor {
    /// A signed-in person.
    Person {
        /// Who.
        id: PersonId,
        /// What they may do.
        role: Role,
    },
    /// A program with a token.
    Token {
        /// The token's row.
        id: i64,
        /// What it may do.
        scope: Scope,
        /// The person it acts as, if it is bound to one.
        person: Option<PersonId>,
    },
    /// The program itself: jobs, imports, the command line.
    System,
}

impl Actor {
    /// The person who acts, if it is one.
    #[must_use]
    pub const fn person(&self) -> Option<PersonId> {
        match self {
            Self::Person { id, .. } => Some(*id),
            Self::Token { person, .. } => *person,
            Self::System => None,
        }
    }

    /// Whether the actor may book, check in and cancel for this person.
    #[must_use]
    pub fn may_act_for(&self, person: PersonId) -> bool {
        match self {
            Self::Person { id, role } => *id == person || *role == Role::Admin,
            Self::Token { scope: Scope::Manage, .. } | Self::System => true,
            Self::Token { scope, person: bound, .. } => *bound == Some(person) && scope.allows(Scope::Book),
        }
    }

    /// Whether the actor sees every person, hidden ones included.
    #[must_use]
    pub const fn administers_people(&self) -> bool {
        matches!(self, Self::Person { role: Role::Admin, .. } | Self::Token { scope: Scope::Manage, .. } | Self::System)
    }
}

#[cfg(test)]
mod tests;

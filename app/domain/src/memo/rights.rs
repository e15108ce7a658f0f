//! Who may see a memo, read it for whom it is, and close it.

use super::{Memo, MemoTo};
use crate::{PersonId, SectionId};

/// Somebody who looks, with what the telephones know of them now.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Viewer {
    /// Who it is; a program of the house is nobody.
    pub person: Option<PersonId>,
    /// Whose calls they answer now: those people's memos are theirs to read too.
    pub answers_for: Vec<PersonId>,
    /// Sections they belong to today.
    pub sections: Vec<SectionId>,
    /// Whether they act for everybody: administrators and programs with `manage`.
    pub administers: bool,
}

impl Viewer {
    /// Whether a memo to there is for them: their own, one of somebody whose calls they answer, one of their sections.
    #[must_use]
    pub fn receives(&self, to: MemoTo) -> bool {
        match to {
            MemoTo::Person(person) => self.person == Some(person) || self.answers_for.contains(&person),
            MemoTo::Section(section) => self.sections.contains(&section),
        }
    }

    /// Whether they may see it: whom it is for, who wrote it, and who administers.
    #[must_use]
    pub fn sees(&self, memo: &Memo) -> bool {
        self.administers || self.receives(memo.to) || self.wrote(memo)
    }

    /// Whether they wrote it.
    #[must_use]
    pub fn wrote(&self, memo: &Memo) -> bool {
        self.person.is_some() && memo.author == self.person
    }

    /// Whether their reading it is a receipt: who wrote a memo does not read it for the other.
    #[must_use]
    pub fn leaves_receipt(&self, memo: &Memo) -> bool {
        self.person.is_some() && self.receives(memo.to)
    }
}

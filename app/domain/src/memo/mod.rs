//! 伝言メモ: a short message for somebody who could not be reached. A colleague writes it from the call they took, or the system
//! does for a call that nobody answered; whoever reads it leaves a receipt, and "called back" closes it.
//!
//! [`Memo`] is the life of one, [`Draft`] what may be written, [`Viewer`] who may see and close it, [`Allowed`] where programs
//! elsewhere may be told of it, [`next_try`] when that is tried again.

mod address;
mod draft;
mod life;
mod retry;
mod rights;
pub mod view;

pub use address::{Allowed, AllowedError, UrlError, WebhookUrl};
pub use draft::{Draft, DraftError, Field, MOST_NAME, MOST_NUMBER, MOST_TEXT, dialable};
pub use life::{Ended, Memo, MemoRefusal, Receipt};
pub use retry::{GIVE_UP_AFTER, next_try};
pub use rights::Viewer;

use crate::{PersonId, SectionId};
use serde::{Deserialize, Serialize};

/// Whom a memo is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MemoTo {
    /// One person.
    Person(PersonId),
    /// Everybody of a section; whoever is first takes it.
    Section(SectionId),
}

impl MemoTo {
    /// The stored word and number.
    #[must_use]
    pub const fn parts(self) -> (&'static str, i64) {
        match self {
            Self::Person(id) => ("person", id.0),
            Self::Section(id) => ("section", id.0),
        }
    }

    /// Reads what is stored.
    #[must_use]
    pub fn of_parts(kind: &str, id: i64) -> Option<Self> {
        match kind {
            "person" => Some(Self::Person(PersonId(id))),
            "section" => Some(Self::Section(SectionId(id))),
            _ => None,
        }
    }
}

impl std::fmt::Display for MemoTo {
    /// `person-12`, `section-3`: as it stands in an address.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (kind, id) = self.parts();
        write!(f, "{kind}-{id}")
    }
}

impl std::str::FromStr for MemoTo {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (kind, id) = text.trim().split_once('-').ok_or(())?;
        Self::of_parts(kind, id.parse().map_err(|_| ())?).ok_or(())
    }
}

/// Words that are stored and sent: one list, its codes and back.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$what:meta])* $variant:ident = $code:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum $name { $($(#[$what])* $variant),+ }

        impl $name {
            /// Every one, in the order people are shown them.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The stored word.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }

            /// Reads the stored word.
            #[must_use]
            pub fn parse(code: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.code() == code)
            }
        }
    };
}

words! {
    /// What the caller wants, as on the pads of paper that every office has.
    Wish {
        /// 折り返し電話がほしい.
        CallBack = "call_back",
        /// また電話する.
        CallsAgain = "calls_again",
        /// 電話があったことを伝える.
        Called = "called",
        /// 用件を伝える: what is in the text.
        Tell = "tell",
    }
}

words! {
    /// How soon somebody should look.
    Urgency {
        /// ふつう.
        Normal = "normal",
        /// 至急.
        Urgent = "urgent",
    }
}

words! {
    /// Who wrote a memo.
    Author {
        /// A person of the house.
        Person = "person",
        /// The system, for a call that nobody answered.
        System = "system",
    }
}

words! {
    /// How a memo was closed.
    Ending {
        /// 折り返し済み.
        CalledBack = "called_back",
        /// 対応不要.
        NoNeed = "no_need",
        /// The call it stood for was answered after all, which was told late. Only the system says so.
        Answered = "answered",
    }
}

words! {
    /// The language of what is sent to a person or a program.
    Tongue {
        /// 日本語.
        Ja = "ja",
        /// English.
        En = "en",
    }
}

words! {
    /// How a program elsewhere wants to be told.
    Format {
        /// A message with an Adaptive Card, as Teams takes it.
        Teams = "teams",
        /// Plain JSON.
        Json = "json",
    }
}

words! {
    /// What a person wants by mail.
    MailWish {
        /// That a memo waits, and where; nothing of what it says.
        Notice = "notice",
        /// The memo itself.
        Whole = "whole",
        /// Nothing.
        Off = "off",
    }
}

#[cfg(test)]
mod tests;

//! What people ask of the guarantee and the rota, and why it is not done.

use super::SwapRefusal;
use crate::{
    PersonId, SectionId,
    booking::Weekdays,
    telephone::{DayRange, Hours, Window, WindowDays},
};
use serde::{Deserialize, Serialize};

/// What a turn is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DutyKind {
    /// 電話番: answers the section's telephone, and counts as somebody who is there.
    #[default]
    Phone,
    /// 窓口当番: sits at the counter, and cannot answer meanwhile.
    Counter,
}

impl DutyKind {
    /// Both, in the order people choose from.
    pub const ALL: [Self; 2] = [Self::Phone, Self::Counter];

    /// The stored word.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Phone => "phone",
            Self::Counter => "counter",
        }
    }

    /// Reads the stored word.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// Where a turn is in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DutyState {
    /// Proposed; only the head sees it.
    Draft,
    /// Somebody was asked and has not answered.
    Asked,
    /// It holds.
    Set,
    /// Who was asked said no.
    Declined,
}

impl DutyState {
    /// Every state.
    pub const ALL: [Self; 4] = [Self::Draft, Self::Asked, Self::Set, Self::Declined];

    /// The stored word.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Asked => "asked",
            Self::Set => "set",
            Self::Declined => "declined",
        }
    }

    /// Reads the stored word.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }

    /// Whether its person can have no other turn at that time.
    #[must_use]
    pub const fn holds(self) -> bool {
        matches!(self, Self::Draft | Self::Set)
    }
}

/// Where a wish to exchange turns is in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SwapState {
    /// The other one has not answered.
    Asked,
    /// Both agreed, and it is done.
    Agreed,
    /// The other one said no.
    Refused,
    /// Taken back by who asked, or overtaken by a change of the rota.
    Withdrawn,
}

impl SwapState {
    /// The stored word.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Asked => "asked",
            Self::Agreed => "agreed",
            Self::Refused => "refused",
            Self::Withdrawn => "withdrawn",
        }
    }
}

/// Why a wish about the guarantee or the rota is not kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum CoverRefusal {
    /// The hours end before they begin, or are no quarter-hours.
    #[error("the hours are not quarter-hours in their order")]
    Hours,
    /// The days end before they begin, or are too many to plan at once.
    #[error("the days end before they begin, or are more than 92")]
    Days,
    /// No weekday was chosen.
    #[error("no weekday")]
    Weekdays,
    /// More people than a section has, or none.
    #[error("between 1 and 50 people")]
    Needed,
    /// The day is over.
    #[error("that is over")]
    Over,
    /// The same rule is there already.
    #[error("the same rule is there already")]
    SameRule,
    /// The person does not belong to the section then.
    #[error("person {person} does not belong to the section")]
    NotMember {
        /// Who.
        person: PersonId,
    },
    /// The person has another turn at that time.
    #[error("person {person} has another turn then")]
    Busy {
        /// Who.
        person: PersonId,
    },
    /// No open day, or nobody who can serve.
    #[error("there is no turn to give")]
    Nothing,
    /// Somebody has changed the turn meanwhile, or it was answered already.
    #[error("the turn has changed")]
    Changed,
    /// A wish to exchange this turn waits for an answer already.
    #[error("an exchange of this turn was asked for already")]
    AskedAlready,
    /// A share is from 0 to 100 percent.
    #[error("a share is from 0 to 100")]
    Share,
    /// The two turns are not exchanged.
    #[error(transparent)]
    Swap(#[from] SwapRefusal),
}

impl CoverRefusal {
    /// The stable word.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Hours => "duty_hours",
            Self::Days => "duty_days",
            Self::Weekdays => "weekdays",
            Self::Needed => "needed",
            Self::Over => "over",
            Self::SameRule => "same_rule",
            Self::NotMember { .. } => "not_member",
            Self::Busy { .. } => "busy",
            Self::Nothing => "nothing_to_do",
            Self::Changed => "changed",
            Self::AskedAlready => "asked_already",
            Self::Share => "share",
            Self::Swap(SwapRefusal::NoTurn) => "no_turn",
            Self::Swap(SwapRefusal::NotAgreed { .. }) => "not_agreed",
            Self::Swap(SwapRefusal::Cannot { .. }) => "cannot_serve",
        }
    }

    /// Of whom it speaks.
    #[must_use]
    pub const fn person(&self) -> Option<PersonId> {
        match self {
            Self::NotMember { person } | Self::Busy { person } | Self::Swap(SwapRefusal::NotAgreed { person } | SwapRefusal::Cannot { person }) => {
                Some(*person)
            }
            _ => None,
        }
    }
}

/// A rule as its section writes it: on these weekdays, as far as they are open, so many people in these hours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CoverRuleWish {
    /// The days.
    pub valid: DayRange,
    /// The weekdays.
    pub weekdays: Weekdays,
    /// First minute.
    pub from_minute: u16,
    /// First minute after it.
    pub until_minute: u16,
    /// How many people.
    pub needed: u16,
    /// What happens otherwise.
    pub on_gap: super::OnGap,
}

impl CoverRuleWish {
    /// People a rule may ask for.
    pub const MOST: u16 = 50;

    /// The rule as the half-hours are counted by it. Weekdays on which the site is closed ask for nobody.
    #[must_use]
    pub fn rule(&self, section: SectionId) -> super::CoverRule {
        let window = Window { days: WindowDays::Weekdays(self.weekdays), from_minute: self.from_minute, until_minute: self.until_minute };
        super::CoverRule { section, needed: self.needed, hours: vec![Hours { valid: self.valid, windows: vec![window] }], on_gap: self.on_gap }
    }

    /// Whether it makes sense.
    ///
    /// # Errors
    /// The first thing that does not.
    pub fn check(&self) -> Result<(), CoverRefusal> {
        super::Duty::new(self.valid.from_on, self.from_minute, self.until_minute)?;
        if self.valid.is_empty() {
            return Err(CoverRefusal::Days);
        }
        if self.weekdays == Weekdays::default() {
            return Err(CoverRefusal::Weekdays);
        }
        if (1..=Self::MOST).contains(&self.needed) { Ok(()) } else { Err(CoverRefusal::Needed) }
    }
}

/// Whether a post's title makes its holder the head of the unit it is in (課長, 室長, 所長 …; 課長補佐 and 係長 do not).
#[must_use]
pub fn leads(title: &str) -> bool {
    const HEADS: [&str; 11] = ["部長", "局長", "課長", "室長", "所長", "館長", "園長", "場長", "署長", "支所長", "センター長"];
    const ENGLISH: [&str; 4] = ["head", "manager", "director", "chief"];
    let title = title.trim();
    HEADS.iter().any(|head| title.ends_with(head))
        || ENGLISH.iter().any(|head| title.eq_ignore_ascii_case(head) || title.to_lowercase().starts_with(&format!("{head} of ")))
}

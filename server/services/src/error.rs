//! How a use case fails. Reasons of rules are typed; everything unexpected is one report, logged once at the edge.

use sea_orm::DbErr;

/// A use case that no rule can refuse.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Never {}

/// What was not found, or may not be known to exist.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A site.
    Site,
    /// A floor.
    Floor,
    /// A zone.
    Zone,
    /// A seat.
    Seat,
    /// A person.
    Person,
    /// A booking.
    Booking,
    /// A recurring wish.
    Pattern,
    /// A signed-in browser.
    Session,
    /// A picture.
    Image,
    /// A telephone.
    Device,
    /// A PBX.
    PbxLink,
    /// Where a call was sent, and why.
    Decision,
    /// A section of the telephones: 課・係 as a group that rings together.
    Section,
    /// 伝言メモ.
    Memo,
    /// A program elsewhere that is told of memos.
    Webhook,
    /// A stored change of the telephones.
    Revision,
    /// What a section asks for at its telephone.
    CoverRule,
    /// 当番.
    Duty,
    /// A wish to exchange turns.
    Swap,
}

/// How a use case fails.
#[derive(Debug)]
pub enum Failure<E> {
    /// A rule said no; the reason has data for the person.
    Refused(E),
    /// The actor is known and may not do this.
    Denied,
    /// There is no such thing, or the actor may not know that there is.
    NotFound(Kind),
    /// The same idempotency key came with another request.
    KeyReused,
    /// Too much is waiting; try again in a moment.
    Busy,
    /// The store cannot take writes now (disk full, read-only, database away).
    Unavailable(String),
    /// A broken invariant or an unknown database error; the text is for the log, never for the person.
    Internal(String),
}

impl<E> Failure<E> {
    /// The same failure with another reason type.
    pub fn map<F>(self, refused: impl FnOnce(E) -> F) -> Failure<F> {
        match self {
            Self::Refused(reason) => Failure::Refused(refused(reason)),
            Self::Denied => Failure::Denied,
            Self::NotFound(kind) => Failure::NotFound(kind),
            Self::KeyReused => Failure::KeyReused,
            Self::Busy => Failure::Busy,
            Self::Unavailable(report) => Failure::Unavailable(report),
            Self::Internal(report) => Failure::Internal(report),
        }
    }
}

impl<E> From<DbErr> for Failure<E> {
    fn from(error: DbErr) -> Self {
        let report = error.to_string();
        if matches!(error, DbErr::ConnectionAcquire(_) | DbErr::Conn(_)) || crate::db::is_unavailable(&report) {
            Self::Unavailable(report)
        } else {
            Self::Internal(report)
        }
    }
}

//! Numbers that name rows, one type for each kind, so that a seat cannot be passed for a person.

use serde::{Deserialize, Serialize};

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub i64);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = std::num::ParseIntError;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.trim().parse().map(Self)
            }
        }
    )+};
}

ids! {
    /// 庁舎: a building with its own time zone, hours and holidays.
    SiteId,
    /// 階: one floor of a site.
    FloorId,
    /// エリア: a named set of seats on a floor.
    ZoneId,
    /// 座席: a place to work.
    SeatId,
    /// 部・課・係: a node of the organisation tree.
    UnitId,
    /// 職員: somebody with a staff number.
    PersonId,
    /// 予約: a person's hold on one seat for slots of one local date.
    BookingId,
    /// A recurring wish that books days as they come within the horizon.
    PatternId,
    /// A signed-in browser.
    SessionId,
    /// 電話番号・内線番号: one dated row for one dialable thing.
    NumberId,
    /// 電話機: something that can ring.
    DeviceId,
    /// 課・係 as a group that rings together.
    SectionId,
    /// One line of the list of unwanted callers.
    BlockRuleId,
    /// 伝言メモ: a short message for somebody who could not be reached.
    MemoId,
    /// A program elsewhere that is told of memos.
    WebhookId,
    /// One sentence of a section about how many people must be there to answer.
    CoverRuleId,
    /// 当番: one turn of one person.
    DutyId,
    /// A wish to exchange turns.
    SwapId,
}

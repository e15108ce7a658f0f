//! What pages show of telephones: the book (内線表), as far as the viewer may know.

use super::{
    Ext, ModeNow, PresenceState,
    totals::{Called, Month, Totals},
};
use crate::{FloorId, PersonId, SeatId, SiteId};
use chrono::{NaiveDate, NaiveDateTime};

/// The answer to a search in the book; without a query the shared numbers of the house.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BookView {
    /// What was asked.
    pub query: String,
    /// Who and what was found, the best first.
    pub rows: Vec<BookRow>,
    /// Whether there were more.
    pub more: bool,
    /// Whether any house has telephones: without them there is nothing to find.
    pub in_use: bool,
    /// Houses that do something other than usual, by name.
    pub modes: Vec<ModeView>,
    /// Today at the first house.
    pub today: NaiveDate,
}

/// Calls of one month, as far as the viewer may know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MonthView {
    /// The month.
    pub month: Month,
    /// What was called, with its name where it is a section's, the most called first.
    pub rows: Vec<(Called, String, Totals)>,
    /// All of it by the hour, 0–23.
    pub hours: [Totals; 24],
}

/// A row of the book.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BookRow {
    /// The name.
    pub name: String,
    /// What colleagues dial.
    pub ext: Ext,
    /// What the world dials, as people write it.
    pub tel: Option<String>,
    /// The site, where there are several.
    pub house: Option<String>,
    /// The rest.
    pub what: BookWhat,
}

/// What a row of the book is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BookWhat {
    /// 代表番号.
    Main(Answers),
    /// 課の番号.
    Section(Answers),
    /// A person.
    Person(Box<BookPerson>),
}

/// Who answers a shared number if a colleague calls it now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answers {
    /// People: those that the viewer may know of by name, and how many there are.
    People {
        /// Names, at most four.
        names: Vec<String>,
        /// All of them.
        count: usize,
    },
    /// Nobody is there: a fixed telephone rings.
    Fixed,
    /// 当番 or 警備.
    Duty,
    /// Nothing rings.
    Nobody,
}

/// A person of the book.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BookPerson {
    /// The person.
    pub id: PersonId,
    /// The reading.
    pub kana: String,
    /// Sections, the main one first.
    pub units: Vec<String>,
    /// 役職.
    pub title: String,
    /// Whether the person shares a unit with the viewer.
    pub team: bool,
    /// What the person does.
    pub presence: BookPresence,
    /// Where they sit, if the viewer may know.
    pub place: Option<BookPlace>,
    /// Who answers for them, if anybody does.
    pub answered_by: Option<String>,
}

/// What a person does, as far as the viewer may know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BookPresence {
    /// 着席.
    AtSeat,
    /// In, and the viewer may not know where.
    In,
    /// Something else than being there to answer, until a time of the site's wall if that is known.
    Busy(PresenceState, Option<NaiveDateTime>),
    /// Nothing is known.
    Away,
}

/// A seat by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BookPlace {
    /// The seat.
    pub seat: SeatId,
    /// Its label.
    pub label: String,
    /// Its floor.
    pub floor: FloorId,
    /// The floor's name.
    pub floor_name: String,
}

/// What a house does with calls, by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModeView {
    /// The site.
    pub site: SiteId,
    /// Its name.
    pub house: String,
    /// What it does, and who decided.
    pub now: ModeNow,
    /// Who switched, by name.
    pub by: Option<String>,
    /// When they did (site wall clock).
    pub since: Option<NaiveDateTime>,
    /// When the switch ends by itself (site wall clock).
    pub until: Option<NaiveDateTime>,
    /// What its wall shows.
    pub wall: NaiveDateTime,
}

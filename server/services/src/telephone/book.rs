//! 内線表: the book as somebody of the house reads it. Everything comes from the two snapshots in memory, so that results can
//! follow the typing; what the viewer may see of people is decided here.

use super::look;
use crate::{Actor, Failure, Never, Services, office::Office};
use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    PersonId, SectionId,
    memo::MemoTo,
    person::{Sight, fold},
    telephone::{
        CallIn, House, Listing, Number, NumberKind, PbxCaps, Plan, Snapshot, Status, Step,
        book::{BookKey, BookQuery, Match, RowKind, person_parts, section_parts},
        decide,
        view::{Answers, BookRow, BookView, BookWhat},
    },
};
use std::collections::HashSet;

/// Rows shown at once: more than a screen is not read but searched again.
const MOST_ROWS: usize = 40;
/// Letters of a query that are looked at.
const MOST_LETTERS: usize = 60;
/// Names said of a shared number.
const MOST_NAMES: usize = 4;

/// What a reader looks with.
pub(super) struct Reader<'a> {
    pub office: &'a Office,
    pub world: &'a Snapshot,
    pub actor: &'a Actor,
    pub at: DateTime<Utc>,
}

/// A number that may be shown, and how well it answers.
struct Found<'a> {
    rank: (Option<Match>, RowKind, String),
    number: &'a Number,
    house: &'a House,
}

/// Finds people by name, reading, staff number, section, task or number, and shared numbers by name or number. Without a query,
/// the shared numbers. Whoever is shown can see later who looked.
///
/// # Errors
/// When the trace cannot be stored.
pub async fn book(cx: &Services, actor: &Actor, query: &str) -> Result<BookView, Failure<Never>> {
    let typed: String = query.trim().chars().take(MOST_LETTERS).collect();
    let (office, board, at) = (cx.office(), cx.board(), cx.clock().now());
    let reader = Reader { office: &office, world: &board.world, actor, at };
    let mut found = reader.search(&BookQuery::new(&typed));
    let more = found.len() > MOST_ROWS;
    found.truncate(MOST_ROWS);
    let rows: Vec<BookRow> = found.iter().filter_map(|found| reader.row(found)).collect();
    look::leave_trace(cx, actor, people(&rows)).await?;
    let first = board.world.houses().next();
    let today = first.map_or_else(|| at.date_naive(), |house| reader.on(house));
    Ok(BookView { query: typed, rows, more, in_use: first.is_some(), modes: super::mode::unusual(&office, &board, at), today })
}

fn people(rows: &[BookRow]) -> Vec<PersonId> {
    rows.iter().filter_map(|row| if let BookWhat::Person(person) = &row.what { Some(person.id) } else { None }).collect()
}

impl Reader<'_> {
    pub(super) fn on(&self, house: &House) -> NaiveDate {
        house.clock.wall(self.at).date()
    }

    fn search(&self, query: &BookQuery) -> Vec<Found<'_>> {
        let mut seen = HashSet::new();
        let mut found: Vec<Found<'_>> = self.world.numbers().filter_map(|number| self.judge(query, number)).collect();
        found.sort_by(|a, b| (&a.rank, a.number.ext).cmp(&(&b.rank, b.number.ext)));
        // A person with two numbers is one row, that of the number which answers best.
        found.retain(|found| !matches!(found.number.kind, NumberKind::Person(person) if !seen.insert(person)));
        found
    }

    /// Whether a number is in the book today, may be known to the viewer and answers the query.
    fn judge(&self, query: &BookQuery, number: &Number) -> Option<Found<'_>> {
        let house = self.world.house(number.site)?;
        let on = self.on(house);
        if !number.valid.contains(on) {
            return None;
        }
        let (kind, parts, order) = match number.kind {
            NumberKind::Main(section) => (RowKind::Main, format!("{} {}", fold(&house.name), self.section_parts(section, on)?), String::new()),
            NumberKind::Section(section) => (RowKind::Section, self.section_parts(section, on)?, String::new()),
            NumberKind::Person(person) => {
                let found = self.office.people.get(&person)?;
                self.shows(person, on).then(|| (RowKind::Person, self.person_parts(person, on), fold(&found.kana)))?
            }
            NumberKind::Seat(_) | NumberKind::Room(_) | NumberKind::Fax(_) | NumberKind::Emergency => return None,
        };
        let rank = if query.is_empty() {
            (kind != RowKind::Person).then_some(None)
        } else {
            query.find(&BookKey { kind, parts: &parts, numbers: &numbers(number, house) }).map(Some)
        }?;
        Some(Found { rank: (rank, kind, order), number: self.world.numbers_at(number.ext).find(|row| row.id == number.id)?, house })
    }

    fn section_parts(&self, section: SectionId, on: NaiveDate) -> Option<String> {
        self.world.section(section, on).map(|section| section_parts(&section.name, &section.tasks))
    }

    fn person_parts(&self, person: PersonId, on: NaiveDate) -> String {
        let Some(found) = self.office.people.get(&person) else { return String::new() };
        let titles = found.posts.iter().filter(|post| post.covers(on)).map(|post| fold(&post.title));
        titles.fold(person_parts(&found.name, &found.kana, &found.key), |parts, title| format!("{parts} {title}"))
    }

    /// Whether the book has a person for this viewer: listed, working here, and not hidden from them.
    fn shows(&self, person: PersonId, on: NaiveDate) -> bool {
        let listed = self.world.person(person).is_some_and(|found| found.listing == Listing::Listed);
        listed && self.office.employed(person, on) && self.sight(person, on) != Sight::Nothing
    }

    pub(super) fn sight(&self, person: PersonId, on: NaiveDate) -> Sight {
        self.office.sight(self.actor, person, on)
    }

    fn row(&self, found: &Found<'_>) -> Option<BookRow> {
        let (number, house, on) = (found.number, found.house, self.on(found.house));
        let section = |id| self.world.section(id, on).map(|section| section.name.clone());
        let (name, what) = match number.kind {
            NumberKind::Main(_) => (house.name.clone(), BookWhat::Main(self.answers(number))),
            NumberKind::Section(id) => (section(id)?, BookWhat::Section(self.answers(number))),
            NumberKind::Person(id) => (self.office.people.get(&id)?.name.clone(), BookWhat::Person(Box::new(self.person(id, house)?))),
            NumberKind::Seat(_) | NumberKind::Room(_) | NumberKind::Fax(_) | NumberKind::Emergency => return None,
        };
        let several = self.world.houses().nth(1).is_some();
        let tel = number.tel.map(|tel| house.numbering.write(tel));
        let memo = match number.kind {
            NumberKind::Main(id) | NumberKind::Section(id) => Some(MemoTo::Section(id)),
            NumberKind::Person(id) => (self.actor.person() != Some(id)).then_some(MemoTo::Person(id)),
            NumberKind::Seat(_) | NumberKind::Room(_) | NumberKind::Fax(_) | NumberKind::Emergency => None,
        };
        Some(BookRow { name, ext: number.ext, tel, house: several.then(|| house.name.clone()), memo, what })
    }

    /// Who answers a shared number if a colleague calls it now: what rings first.
    fn answers(&self, number: &Number) -> Answers {
        let call = CallIn { to: number.ext.to_string(), from: number.ext.to_string(), site: Some(number.site), ..CallIn::default() };
        let plan = decide(self.world, &call, self.at, &PbxCaps::default());
        let Some(first) = first_ringing(&plan) else { return Answers::Nobody };
        let mut people: Vec<PersonId> = first.targets.iter().filter_map(|rung| rung.person).collect();
        if people.is_empty() {
            return if matches!(first.rule.step, Step::Duty | Step::Guard) { Answers::Duty } else { Answers::Fixed };
        }
        let on = self.world.house(number.site).map_or_else(|| self.at.date_naive(), |house| self.on(house));
        let mut seen = HashSet::new();
        people.retain(|person| seen.insert(*person));
        let named = people.iter().filter(|person| self.sight(**person, on) != Sight::Nothing);
        let names = named.filter_map(|person| self.office.people.get(person)).map(|person| person.name.clone()).take(MOST_NAMES);
        Answers::People { names: names.collect(), count: people.len() }
    }
}

fn first_ringing(plan: &Plan) -> Option<&domain::telephone::Stage> {
    if plan.status == Status::Ring { plan.stages.iter().find(|stage| !stage.targets.is_empty()) } else { None }
}

/// What a row is found by when digits are typed: its extension, the outside number as it is written, and in E.164.
fn numbers(number: &Number, house: &House) -> Vec<String> {
    let outside = number.tel.into_iter().flat_map(|tel| [house.numbering.write(tel), tel.digits().to_string()]);
    [number.ext.to_string()].into_iter().chain(outside).collect()
}

//! Every address of the product, typed. Markup never spells a path.

use chrono::NaiveDate;
use domain::{FloorId, MemoId, SeatId, SectionId, memo::MemoTo};
use std::fmt::Write as _;

/// Where server functions are mounted.
pub const FN_PREFIX: &str = "/api/fn";

/// The home page.
pub const HOME: &str = "/";
/// The person's own floor.
pub const FLOORS: &str = "/floors";
/// My bookings.
pub const BOOKINGS: &str = "/bookings";
/// Find a person.
pub const PEOPLE: &str = "/people";
/// The person's account.
pub const ACCOUNT: &str = "/account";
/// Signing in.
pub const SIGN_IN: &str = "/sign-in";
/// First start.
pub const SET_UP: &str = "/set-up";
/// The demo's sign-in page.
pub const DEMO: &str = "/demo";
/// 内線表.
pub const TELEPHONE: &str = "/telephone";
/// Who rings when somebody calls me now.
pub const TELEPHONE_ME: &str = "/telephone/me";
/// What became of calls.
pub const TELEPHONE_CALLS: &str = "/telephone/calls";
/// What the house does with calls.
pub const TELEPHONE_MODE: &str = "/telephone/mode";
/// What would happen if somebody called.
pub const TELEPHONE_SIMULATE: &str = "/telephone/simulate";
/// Who is there to answer a section's telephone in the next two weeks.
pub const TELEPHONE_COVER: &str = "/telephone/cover";
/// Whose turn it is.
pub const TELEPHONE_DUTY: &str = "/telephone/duty";
/// Calendars of turns, below it by their secret.
pub const DUTY_FEED: &str = "/ical/duty";
/// What is wrong with the telephones.
pub const TELEPHONE_REPAIR: &str = "/telephone/repair";
/// Who is told of memos outside.
pub const TELEPHONE_NOTIFY: &str = "/telephone/notify";
/// 伝言メモ.
pub const MEMOS: &str = "/memos";
/// Writing a memo.
pub const MEMO_NEW: &str = "/memos/new";
/// The set-up of the telephones.
pub const TELEPHONE_SETUP: &str = "/telephone/setup";
/// One thing of it.
pub const TELEPHONE_EDIT: &str = "/telephone/edit";
/// What was changed of it.
pub const TELEPHONE_HISTORY: &str = "/telephone/history";
/// What a day changes.
pub const TELEPHONE_CHANGES: &str = "/telephone/changes";
/// The user guide.
pub const GUIDE: &str = "/guide";

/// Whether a page comes whole from the server and needs no program: plain forms and text. The program does not carry it.
#[must_use]
pub fn is_whole(path: &str) -> bool {
    [SIGN_IN, SET_UP, DEMO].contains(&path) || is_within(path, GUIDE) || is_telephone(path)
}

/// Whether a page is one of the telephones' or of memos, which have styles and a small script of their own.
#[must_use]
pub fn is_telephone(path: &str) -> bool {
    is_within(path, TELEPHONE) || is_within(path, MEMOS)
}

fn is_within(path: &str, area: &str) -> bool {
    path.strip_prefix(area).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// What a floor page shows: a day, slots by their words (`am.pm`), a selected seat.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FloorAt {
    /// The day; the next working day without one.
    pub on: Option<NaiveDate>,
    /// Slot words; the whole day without any.
    pub slots: Vec<String>,
    /// The selected seat.
    pub seat: Option<SeatId>,
}

/// What a day changes as a file; `query` says which day.
#[must_use]
pub fn telephone_changes_csv(query: &str) -> String {
    format!("/telephone/files/changes.csv?{query}")
}

/// A month's calls as a file.
#[must_use]
pub fn telephone_calls_csv(month: &str) -> String {
    format!("/telephone/files/calls.csv?month={month}")
}

/// A floor.
#[must_use]
pub fn floor(id: FloorId, at: &FloorAt) -> String {
    with_query(&format!("{FLOORS}/{id}"), &floor_query(at))
}

/// The person's own floor.
#[must_use]
pub fn floors(at: &FloorAt) -> String {
    with_query(FLOORS, &floor_query(at))
}

fn floor_query(at: &FloorAt) -> String {
    let mut query = String::new();
    if let Some(on) = at.on {
        let _ = write!(query, "&date={on}");
    }
    if !at.slots.is_empty() {
        let _ = write!(query, "&slots={}", at.slots.join("."));
    }
    if let Some(seat) = at.seat {
        let _ = write!(query, "&seat={seat}");
    }
    query
}

/// My bookings from the week of a day, as a week or a month.
#[must_use]
pub fn bookings(view: BookingsSpan, from: Option<NaiveDate>) -> String {
    let mut query = String::new();
    if view == BookingsSpan::Month {
        query.push_str("&view=month");
    }
    if let Some(from) = from {
        let _ = write!(query, "&from={from}");
    }
    with_query(BOOKINGS, &query)
}

/// How much of my bookings is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BookingsSpan {
    /// Seven days.
    Week,
    /// Five weeks.
    Month,
}

/// The search for a person.
#[must_use]
pub fn people(query: &str) -> String {
    with_query(PEOPLE, &format!("&q={}", encode(query)))
}

/// Signing in, then going on to a local page.
#[must_use]
pub fn sign_in(next: Option<&str>) -> String {
    match next.map(local) {
        Some(next) if next != HOME => format!("{SIGN_IN}?next={}", encode(next)),
        _ => SIGN_IN.into(),
    }
}

/// The demo's sample people, by a query, on the way to a local page.
#[must_use]
pub fn demo(query: &str, next: Option<&str>) -> String {
    let mut parts = String::new();
    if !query.is_empty() {
        let _ = write!(parts, "&q={}", encode(query));
    }
    if let Some(next) = next.map(local).filter(|next| *next != HOME) {
        let _ = write!(parts, "&next={}", encode(next));
    }
    with_query(DEMO, &parts)
}

/// A memo on the page of memos.
#[must_use]
pub fn memo(id: MemoId) -> String {
    format!("{MEMOS}#memo-{id}")
}

/// Writing a memo for somebody, about a call.
#[must_use]
pub fn memo_new(to: Option<MemoTo>, call: Option<i64>) -> String {
    let mut parts = String::new();
    if let Some(to) = to {
        let _ = write!(parts, "&to={to}");
    }
    if let Some(call) = call {
        let _ = write!(parts, "&call={call}");
    }
    with_query(MEMO_NEW, &parts)
}

/// The next two weeks at a section's telephone.
#[must_use]
pub fn cover(section: SectionId) -> String {
    format!("{TELEPHONE_COVER}?section={section}")
}

/// A topic of the user guide.
#[must_use]
pub fn guide(topic: &str) -> String {
    format!("{GUIDE}/{topic}")
}

/// The path itself when it is one of this site, the home page otherwise: `next` never leads away.
#[must_use]
pub fn local(path: &str) -> &str {
    let safe =
        path.starts_with('/') && !path.starts_with("//") && !path.starts_with("/api/") && !path.contains(['\\', '\r', '\n', '\t']) && path.len() <= 1_000;
    if safe { path } else { HOME }
}

/// A query (as the router gives it, without `?`) without the news of an earlier post, with its `?`.
#[must_use]
pub fn without_news(search: &str) -> String {
    let kept: Vec<_> = search
        .trim_start_matches('?')
        .split('&')
        .filter(|pair| !pair.is_empty() && !pair.starts_with("__") && !["done=", "booking=", "short="].iter().any(|news| pair.starts_with(news)))
        .collect();
    if kept.is_empty() { String::new() } else { format!("?{}", kept.join("&")) }
}

fn with_query(path: &str, query: &str) -> String {
    match query.strip_prefix('&') {
        Some(query) => format!("{path}?{query}"),
        None => path.to_owned(),
    }
}

/// Percent-encodes everything but unreserved characters.
#[must_use]
pub fn encode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn next_stays_here() {
        for away in ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "", "/a\r\nb", "/api/fn/x"] {
            assert_eq!(local(away), HOME, "{away}");
        }
        assert_eq!(local("/floors/2?date=2026-11-24"), "/floors/2?date=2026-11-24");
    }

    #[test]
    fn news_is_told_once() {
        assert_eq!(without_news("date=2026-11-24&done=booked&short=3_2026-11-25_510_720&booking=7&__err=x&__path=y&seat=3"), "?date=2026-11-24&seat=3");
        assert_eq!(without_news("?done=saved"), "");
    }

    #[test]
    fn floors_say_what_they_show() {
        let on = NaiveDate::from_ymd_opt(2026, 11, 24);
        let at = FloorAt { on, slots: vec!["am".into(), "pm".into()], seat: Some(SeatId(7)) };
        assert_eq!(floor(FloorId(2), &at), "/floors/2?date=2026-11-24&slots=am.pm&seat=7");
        assert_eq!(floor(FloorId(2), &FloorAt::default()), "/floors/2");
    }

    #[test]
    fn a_memo_is_begun_from_a_person_or_a_call() {
        let person = Some(MemoTo::Person(domain::PersonId(3)));
        assert_eq!([memo_new(None, None), memo_new(person, Some(7)), memo(MemoId(4))], ["/memos/new", "/memos/new?to=person-3&call=7", "/memos#memo-4"]);
    }

    #[test]
    fn what_is_typed_survives_the_address() {
        assert_eq!(sign_in(Some("/people?q=佐藤&x=1")), "/sign-in?next=%2Fpeople%3Fq%3D%E4%BD%90%E8%97%A4%26x%3D1");
        assert_eq!(people("a b"), "/people?q=a%20b");
    }
}

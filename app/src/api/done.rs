//! What a mutation did, as the next page's address says it (`?done=booked&booking=12`), so that a plain form post and a
//! hydrated one show the same notice with the same way back.

use crate::i18n::Locale;
use domain::BookingId;
use leptos_router::params::ParamsMap;

/// What was done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Done {
    /// A seat was taken; undo cancels it.
    Booked(BookingId),
    /// Seats were taken on several days; undo cancels them.
    BookedDays(Vec<BookingId>),
    /// A seat was taken instead of another one; undo gives the old one back.
    Moved(BookingId),
    /// A booking was taken back; undo books it again.
    Cancelled(Vec<BookingId>),
    /// The person came; undo says they did not.
    CheckedIn(BookingId),
    /// The person went.
    Left(BookingId),
    /// Undone.
    Undone,
    /// A recurring wish was stored.
    PatternAdded,
    /// A recurring wish ended.
    PatternEnded,
    /// The password was changed.
    PasswordChanged,
    /// A signed-in browser was ended.
    SessionEnded,
    /// A setting was stored.
    Saved,
    /// The person signed out.
    SignedOut,
}

impl Done {
    const fn code(&self) -> &'static str {
        match self {
            Self::Booked(_) => "booked",
            Self::BookedDays(_) => "booked_days",
            Self::Moved(_) => "moved",
            Self::Cancelled(_) => "cancelled",
            Self::CheckedIn(_) => "checked_in",
            Self::Left(_) => "left",
            Self::Undone => "undone",
            Self::PatternAdded => "pattern",
            Self::PatternEnded => "pattern_ended",
            Self::PasswordChanged => "password",
            Self::SessionEnded => "session_ended",
            Self::Saved => "saved",
            Self::SignedOut => "signed_out",
        }
    }

    fn bookings(&self) -> &[BookingId] {
        match self {
            Self::Booked(id) | Self::Moved(id) | Self::CheckedIn(id) | Self::Left(id) => std::slice::from_ref(id),
            Self::Cancelled(ids) | Self::BookedDays(ids) => ids,
            _ => &[],
        }
    }

    /// A local path with the news appended.
    #[must_use]
    pub fn on(&self, path: &str) -> String {
        let sign = if path.contains('?') { '&' } else { '?' };
        let ids: Vec<_> = self.bookings().iter().map(ToString::to_string).collect();
        let booking = if ids.is_empty() { String::new() } else { format!("&booking={}", ids.join(".")) };
        format!("{path}{sign}done={}{booking}", self.code())
    }

    /// Reads the news from an address; nonsense is no news.
    #[must_use]
    pub fn read(query: &ParamsMap) -> Option<Self> {
        let ids: Vec<BookingId> = query.get_str("booking").unwrap_or_default().split('.').filter_map(|id| id.parse().ok()).collect();
        let first = ids.first().copied();
        match query.get_str("done")? {
            "booked" => first.map(Self::Booked),
            "booked_days" => (!ids.is_empty()).then_some(Self::BookedDays(ids)),
            "moved" => first.map(Self::Moved),
            "cancelled" => Some(Self::Cancelled(ids)),
            "checked_in" => first.map(Self::CheckedIn),
            "left" => first.map(Self::Left),
            "undone" => Some(Self::Undone),
            "pattern" => Some(Self::PatternAdded),
            "pattern_ended" => Some(Self::PatternEnded),
            "password" => Some(Self::PasswordChanged),
            "session_ended" => Some(Self::SessionEnded),
            "saved" => Some(Self::Saved),
            "signed_out" => Some(Self::SignedOut),
            _ => None,
        }
    }

    /// The sentence a person reads.
    #[must_use]
    pub fn words(&self, locale: Locale) -> &'static str {
        let t = locale.common();
        match self {
            Self::Booked(_) | Self::BookedDays(_) => t.done_booked,
            Self::Moved(_) => t.done_moved,
            Self::Cancelled(ids) if ids.is_empty() => locale.booking().nothing_cancelled,
            Self::Cancelled(_) => t.done_cancelled,
            Self::CheckedIn(_) => t.done_checked_in,
            Self::Left(_) => t.done_left,
            Self::Undone => t.done_undone,
            Self::PatternAdded => t.done_pattern,
            Self::PatternEnded => t.done_pattern_ended,
            Self::PasswordChanged => t.done_password,
            Self::SessionEnded => t.done_session_ended,
            Self::Saved => t.done_saved,
            Self::SignedOut => t.done_signed_out,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn back(done: &Done) -> Option<Done> {
        let address = done.on("/floors/2?date=2026-11-24");
        let (_, query) = address.split_once('?')?;
        let mut map = ParamsMap::new();
        for (key, value) in query.split('&').filter_map(|pair| pair.split_once('=')) {
            map.insert(key.to_owned(), value.to_owned());
        }
        Done::read(&map)
    }

    #[test]
    fn news_survives_the_address() {
        let ids = vec![BookingId(3), BookingId(4)];
        let all = [
            Done::Booked(BookingId(1)),
            Done::BookedDays(ids.clone()),
            Done::Moved(BookingId(1)),
            Done::Cancelled(ids),
            Done::Cancelled(Vec::new()),
            Done::CheckedIn(BookingId(1)),
            Done::Left(BookingId(1)),
            Done::Undone,
            Done::PatternAdded,
            Done::PatternEnded,
            Done::PasswordChanged,
            Done::SessionEnded,
            Done::Saved,
            Done::SignedOut,
        ];
        for done in all {
            assert_eq!(back(&done).as_ref(), Some(&done), "{}", done.on("/"));
            assert!(!done.words(Locale::Ja).is_empty() && !done.words(Locale::En).is_empty());
        }
    }

    #[test]
    fn nonsense_is_no_news() {
        let mut map = ParamsMap::new();
        map.insert("done", "booked".to_owned());
        assert_eq!(Done::read(&map), None, "without a booking");
        map.insert("booking", "<script>".to_owned());
        assert_eq!(Done::read(&map), None);
    }
}

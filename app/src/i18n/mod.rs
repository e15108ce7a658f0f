//! Words in Japanese and English. One struct of texts for each part of the product and one constant for each language:
//! a missing text does not compile. Codes become words in `reasons`, each by one exhaustive match.

pub mod account;
pub mod booking;
pub mod common;
pub mod dates;
pub mod floor;
pub mod guide;
mod guide_pbx;
#[cfg(feature = "ssr")]
pub mod memo;
pub mod person;
pub mod reasons;
#[cfg(feature = "ssr")]
pub mod telephone;

use leptos::prelude::use_context;

/// A language of the product.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Locale {
    /// 日本語
    #[default]
    Ja,
    /// English
    En,
}

/// The cookie that remembers the choice.
pub const COOKIE: &str = "lang";

impl Locale {
    /// Every language, the switch's order.
    pub const ALL: [Self; 2] = [Self::Ja, Self::En];

    /// The word of BCP 47.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Ja => "ja",
            Self::En => "en",
        }
    }

    /// What its speakers call it.
    #[must_use]
    pub const fn own_name(self) -> &'static str {
        match self {
            Self::Ja => "日本語",
            Self::En => "English",
        }
    }

    /// Reads a word of BCP 47; a region is ignored.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        let language = code.trim().split(['-', '_']).next()?;
        Self::ALL.into_iter().find(|locale| language.eq_ignore_ascii_case(locale.code()))
    }

    /// The language of a request: the cookie's, or else the browser's first that we speak. Somebody who asks for neither
    /// gets English; a program that says nothing gets Japanese.
    #[must_use]
    pub fn negotiate(cookie: Option<&str>, accept_language: Option<&str>) -> Self {
        if let Some(chosen) = cookie.and_then(Self::parse) {
            return chosen;
        }
        let Some(accept) = accept_language.filter(|accept| !accept.trim().is_empty()) else { return Self::Ja };
        let mut best: Option<(Self, u16)> = None;
        for wish in accept.split(',').take(20) {
            let (tag, quality) = weighted(wish);
            let Some(locale) = (if tag == "*" { Some(Self::Ja) } else { Self::parse(tag) }) else { continue };
            if quality > best.map_or(0, |(_, quality)| quality) {
                best = Some((locale, quality));
            }
        }
        best.map_or(Self::En, |(locale, _)| locale)
    }

    /// The text in this language.
    #[must_use]
    pub const fn pick<T: Copy>(self, ja: T, en: T) -> T {
        match self {
            Self::Ja => ja,
            Self::En => en,
        }
    }

    /// Texts of every page.
    #[must_use]
    pub const fn common(self) -> &'static common::Texts {
        match self {
            Self::Ja => &common::JA,
            Self::En => &common::EN,
        }
    }

    /// Texts of the floor page.
    #[must_use]
    pub const fn floor(self) -> &'static floor::Texts {
        match self {
            Self::Ja => &floor::JA,
            Self::En => &floor::EN,
        }
    }

    /// Texts of the home page and of my bookings.
    #[must_use]
    pub const fn booking(self) -> &'static booking::Texts {
        match self {
            Self::Ja => &booking::JA,
            Self::En => &booking::EN,
        }
    }

    /// Texts of the search for people.
    #[must_use]
    pub const fn person(self) -> &'static person::Texts {
        match self {
            Self::Ja => &person::JA,
            Self::En => &person::EN,
        }
    }

    /// Why a call goes where it goes.
    #[cfg(feature = "ssr")]
    #[must_use]
    pub const fn telephone(self) -> &'static telephone::Texts {
        match self {
            Self::Ja => &telephone::JA,
            Self::En => &telephone::EN,
        }
    }

    /// Texts of signing in and of the account.
    #[must_use]
    pub const fn account(self) -> &'static account::Texts {
        match self {
            Self::Ja => &account::JA,
            Self::En => &account::EN,
        }
    }
}

/// One wish of an Accept-Language header and its weight in thousandths.
fn weighted(wish: &str) -> (&str, u16) {
    let mut parts = wish.split(';');
    let tag = parts.next().unwrap_or_default().trim();
    let quality = parts.find_map(|part| part.trim().strip_prefix("q=")).map_or(1_000, |q| {
        let (whole, fraction) = q.split_once('.').unwrap_or((q, ""));
        let digits: String = fraction.chars().chain("000".chars()).take(3).collect();
        whole.parse::<u16>().unwrap_or(0).min(1) * 1_000 + digits.parse::<u16>().unwrap_or(0)
    });
    (tag, quality.min(1_000))
}

/// The page's language: on the server the request's, in the browser that of `<html lang>`.
#[must_use]
pub fn use_locale() -> Locale {
    use_context::<Locale>().unwrap_or_default()
}

/// The language the server rendered the page in.
#[cfg(feature = "hydrate")]
#[must_use]
pub fn of_document() -> Locale {
    leptos::prelude::document().document_element().and_then(|root| root.get_attribute("lang")).and_then(|lang| Locale::parse(&lang)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::Locale::{self, En, Ja};

    #[test]
    fn the_cookie_wins_then_the_browser() {
        for (cookie, accept, expected) in [
            (Some("en"), Some("ja"), En),
            (Some("ja"), Some("en-US,en;q=0.9"), Ja),
            (Some("xx"), Some("en"), En),
            (None, Some("ja-JP,ja;q=0.9,en;q=0.8"), Ja),
            (None, Some("en-GB,en;q=0.9,ja;q=0.8"), En),
            (None, Some("de,ja;q=0.5,en;q=0.7"), En),
            (None, Some("fr-FR,fr;q=0.9"), En),
            (None, Some("ja;q=0"), En),
            (None, Some("*"), Ja),
            (None, Some(";;;,q=,,"), En),
            (None, Some(""), Ja),
            (None, None, Ja),
        ] {
            assert_eq!(Locale::negotiate(cookie, accept), expected, "{cookie:?} {accept:?}");
        }
    }
}

//! 国民の祝日に関する法律 (昭和23年法律第178号), as it stands since 2007, with the moves of 2019–2021.
//!
//! The table of [`super::holidays`] answers for the years people book in; the law answers for the others and proves the table.

use chrono::{Datelike, Days, NaiveDate, Weekday};

/// 振替休日 and 国民の休日: 内閣府 calls both kinds just 休日.
pub(super) const SUBSTITUTE: &str = "休日";

/// The name of the holiday on a day in 2007–2099 by the law of that year, substitutes included; `None` outside those years.
#[must_use]
pub(super) fn by_law(on: NaiveDate) -> Option<&'static str> {
    named(on).or_else(|| (is_moved_from_sunday(on) || is_between_holidays(on)).then_some(SUBSTITUTE))
}

/// 第2条: the named days, without substitutes.
fn named(on: NaiveDate) -> Option<&'static str> {
    let (year, month, day) = (on.year(), on.month(), on.day());
    if !(2007..=2099).contains(&year) {
        return None;
    }
    match (month, day) {
        (1, 1) => Some("元日"),
        (2, 11) => Some("建国記念の日"),
        (2, 23) if year >= 2020 => Some("天皇誕生日"),
        (12, 23) if year <= 2018 => Some("天皇誕生日"),
        (3, day) if day == vernal_equinox(year) => Some("春分の日"),
        (4, 29) => Some("昭和の日"),
        (5, 1) | (10, 22) if year == 2019 => Some("休日（祝日扱い）"),
        (5, 3) => Some("憲法記念日"),
        (5, 4) => Some("みどりの日"),
        (5, 5) => Some("こどもの日"),
        (9, day) if day == autumnal_equinox(year) => Some("秋分の日"),
        (11, 3) => Some("文化の日"),
        (11, 23) => Some("勤労感謝の日"),
        _ => on_a_monday(on).or_else(|| summer(on)),
    }
}

/// ハッピーマンデー: holidays on the n-th Monday of a month.
fn on_a_monday(on: NaiveDate) -> Option<&'static str> {
    let nth = (on.day() - 1) / 7 + 1;
    (on.weekday() == Weekday::Mon).then_some(())?;
    match (on.month(), nth) {
        (1, 2) => Some("成人の日"),
        (9, 3) => Some("敬老の日"),
        _ => None,
    }
}

/// 海の日, 山の日 and スポーツの日, which the Olympic laws of 2020 and 2021 moved.
fn summer(on: NaiveDate) -> Option<&'static str> {
    let (year, month, day) = (on.year(), on.month(), on.day());
    let nth_monday = |nth: u32| on.weekday() == Weekday::Mon && (day - 1) / 7 + 1 == nth;
    match (year, month, day) {
        (2020, 7, 23) | (2021, 7, 22) => Some("海の日"),
        (2020, 7, 24) | (2021, 7, 23) => Some("スポーツの日"),
        (2020, 8, 10) | (2021, 8, 8) => Some("山の日"),
        (2020 | 2021, ..) => None,
        (_, 7, _) if nth_monday(3) => Some("海の日"),
        (2016.., 8, 11) => Some("山の日"),
        (_, 10, _) if nth_monday(2) => Some(if year >= 2022 { "スポーツの日" } else { "体育の日" }),
        _ => None,
    }
}

/// 第3条第2項: a holiday on a Sunday closes the next day that is not a holiday itself.
fn is_moved_from_sunday(on: NaiveDate) -> bool {
    let holidays_before = (1..=7).map_while(|back| on.checked_sub_days(Days::new(back)).filter(|day| named(*day).is_some()));
    holidays_before.into_iter().any(|day| day.weekday() == Weekday::Sun)
}

/// 第3条第3項: a day between two holidays is closed too.
fn is_between_holidays(on: NaiveDate) -> bool {
    let holiday = |day: Option<NaiveDate>| day.is_some_and(|day| named(day).is_some());
    holiday(on.pred_opt()) && holiday(on.succ_opt())
}

/// Day of March. The approximation used since 1980 (新こよみ便利帳); the day itself is announced in the 官報 of the February before.
fn vernal_equinox(year: i32) -> u32 {
    equinox(year, 208_431)
}

/// Day of September; see [`vernal_equinox`].
fn autumnal_equinox(year: i32) -> u32 {
    equinox(year, 232_488)
}

/// ⌊offset + 0.242194 × (year − 1980)⌋ − ⌊(year − 1980) ÷ 4⌋, the offset in ten-thousandths of a day; valid 1980–2099.
fn equinox(year: i32, offset: i64) -> u32 {
    let years = i64::from(year) - 1980;
    let day = (offset * 100 + 242_194 * years) / 1_000_000 - years / 4;
    u32::try_from(day).unwrap_or(0)
}

//! Days, times and parts of a day in words. Made by hand: a date library's formatter is large in the browser.

use super::Locale;
use chrono::{Datelike, NaiveDate, NaiveDateTime, Timelike, Weekday};
use domain::{SlotTime, Slots, booking::Weekdays};

const DAYS_JA: [&str; 7] = ["月", "火", "水", "木", "金", "土", "日"];
const DAYS_EN: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const LONG_EN: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const MONTHS_EN: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const LONG_MONTHS_EN: [&str; 12] = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

/// The seven days from Monday.
pub const WEEK: [Weekday; 7] = [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat, Weekday::Sun];

fn index(day: Weekday) -> usize {
    day.num_days_from_monday() as usize
}

fn month_en(names: &[&'static str; 12], on: NaiveDate) -> &'static str {
    names.get(on.month0() as usize).copied().unwrap_or_default()
}

/// 11月24日(火) 8:30 / Tue 24 Nov 8:30
#[must_use]
pub fn moment_plain(locale: Locale, at: NaiveDateTime) -> String {
    format!("{} {}", day(locale, at.date()), clock(at))
}

/// 火 / Tue
#[must_use]
pub fn weekday(locale: Locale, day: Weekday) -> &'static str {
    locale.pick(&DAYS_JA, &DAYS_EN)[index(day)]
}

/// 火曜日 / Tuesday
#[must_use]
pub fn weekday_long(locale: Locale, day: Weekday) -> String {
    match locale {
        Locale::Ja => format!("{}曜日", DAYS_JA[index(day)]),
        Locale::En => LONG_EN[index(day)].into(),
    }
}

/// 11月24日(火) / Tue 24 Nov
#[must_use]
pub fn day(locale: Locale, on: NaiveDate) -> String {
    let name = weekday(locale, on.weekday());
    match locale {
        Locale::Ja => format!("{}月{}日({name})", on.month(), on.day()),
        Locale::En => format!("{name} {} {}", on.day(), month_en(&MONTHS_EN, on)),
    }
}

/// 24(火) / Tue 24
#[must_use]
pub fn day_short(locale: Locale, on: NaiveDate) -> String {
    let name = weekday(locale, on.weekday());
    match locale {
        Locale::Ja => format!("{}({name})", on.day()),
        Locale::En => format!("{name} {}", on.day()),
    }
}

/// 11月24日(火), with the year where it is not this one / Tue 24 Nov 2027
#[must_use]
pub fn day_with_year(locale: Locale, on: NaiveDate, today: NaiveDate) -> String {
    match (on.year() == today.year(), locale) {
        (true, _) => day(locale, on),
        (false, Locale::Ja) => format!("{}年{}", on.year(), day(locale, on)),
        (false, Locale::En) => format!("{} {}", day(locale, on), on.year()),
    }
}

/// 2026年11月 / November 2026
#[must_use]
pub fn month(locale: Locale, on: NaiveDate) -> String {
    match locale {
        Locale::Ja => format!("{}年{}月", on.year(), on.month()),
        Locale::En => format!("{} {}", month_en(&LONG_MONTHS_EN, on), on.year()),
    }
}

/// きょう / Today where it fits, the day otherwise.
#[must_use]
pub fn day_near(locale: Locale, on: NaiveDate, today: NaiveDate) -> Option<&'static str> {
    match (on - today).num_days() {
        0 => Some(locale.pick("きょう", "Today")),
        1 => Some(locale.pick("あす", "Tomorrow")),
        -1 => Some(locale.pick("きのう", "Yesterday")),
        _ => None,
    }
}

/// あす 11月24日(火) / Tomorrow, Tue 24 Nov
#[must_use]
pub fn day_with_near(locale: Locale, on: NaiveDate, today: NaiveDate) -> String {
    match (day_near(locale, on, today), locale) {
        (Some(near), Locale::Ja) => format!("{near} {}", day(locale, on)),
        (Some(near), Locale::En) => format!("{near}, {}", day(locale, on)),
        (None, _) => day(locale, on),
    }
}

/// 8:30
#[must_use]
pub fn clock(at: NaiveDateTime) -> String {
    format!("{}:{:02}", at.hour(), at.minute())
}

/// 8:30 from minutes of a day.
#[must_use]
pub fn minute(of_day: u16) -> String {
    format!("{}:{:02}", of_day / 60, of_day % 60)
}

/// きょう 8:30 / Today 8:30; 11月24日(火) 17:00 / Tue 24 Nov 17:00
#[must_use]
pub fn moment(locale: Locale, at: NaiveDateTime, today: NaiveDate) -> String {
    let on = at.date();
    match day_near(locale, on, today) {
        Some(near) => format!("{near} {}", clock(at)),
        None => format!("{} {}", day(locale, on), clock(at)),
    }
}

/// 午前 / Morning, or the hours of a slot that has no name.
#[must_use]
pub fn slot(locale: Locale, time: &SlotTime) -> String {
    match time.code.as_str() {
        "am" => locale.pick("午前", "Morning").into(),
        "pm" => locale.pick("午後", "Afternoon").into(),
        _ => hours(time.start_minute, time.end_minute),
    }
}

fn hours(from: u16, to: u16) -> String {
    format!("{}–{}", minute(from), minute(to))
}

/// 終日 / All day; 午前 / Morning; 9:00–12:00 for hours that follow one another.
#[must_use]
pub fn slots(locale: Locale, grid: &[SlotTime], slots: Slots) -> String {
    if !grid.is_empty() && slots.covers(Slots::first(grid.len())) {
        return locale.pick("終日", "All day").into();
    }
    let mut words: Vec<String> = Vec::new();
    let mut run: Option<(u16, u16)> = None;
    for time in slots.iter().filter_map(|slot| grid.get(usize::from(slot.0))) {
        if matches!(time.code.as_str(), "am" | "pm") {
            words.push(slot(locale, time));
        } else if let Some((from, to)) = run.filter(|(_, to)| *to == time.start_minute) {
            let _ = to;
            run = Some((from, time.end_minute));
        } else {
            words.extend(run.replace((time.start_minute, time.end_minute)).map(|(from, to)| hours(from, to)));
        }
    }
    words.extend(run.map(|(from, to)| hours(from, to)));
    words.join(locale.pick("・", ", "))
}

/// 月・水 / Mon, Wed
#[must_use]
pub fn weekdays(locale: Locale, days: Weekdays) -> String {
    let names: Vec<_> = WEEK.into_iter().filter(|day| days.contains(*day)).map(|day| weekday(locale, day)).collect();
    names.join(locale.pick("・", ", "))
}

/// A public holiday's English name, as the Cabinet Office translates it; one that the law brings later keeps its own.
#[must_use]
pub fn holiday_in_english(name: &str) -> &str {
    match name {
        "元日" => "New Year's Day",
        "成人の日" => "Coming of Age Day",
        "建国記念の日" => "National Foundation Day",
        "天皇誕生日" => "The Emperor's Birthday",
        "春分の日" => "Vernal Equinox Day",
        "昭和の日" => "Showa Day",
        "憲法記念日" => "Constitution Memorial Day",
        "みどりの日" => "Greenery Day",
        "こどもの日" => "Children's Day",
        "海の日" => "Marine Day",
        "山の日" => "Mountain Day",
        "敬老の日" => "Respect for the Aged Day",
        "秋分の日" => "Autumnal Equinox Day",
        "スポーツの日" => "Sports Day",
        "文化の日" => "Culture Day",
        "勤労感謝の日" => "Labor Thanksgiving Day",
        "休日" => "public holiday",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{Grid, Slot};

    fn on(month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, month, day).unwrap()
    }

    #[test]
    fn days_in_both_languages() {
        assert_eq!(day(Locale::Ja, on(11, 24)), "11月24日(火)");
        assert_eq!(day(Locale::En, on(11, 24)), "Tue 24 Nov");
        assert_eq!(day_with_near(Locale::Ja, on(11, 24), on(11, 23)), "あす 11月24日(火)");
        assert_eq!(day_with_near(Locale::En, on(11, 24), on(11, 20)), "Tue 24 Nov");
        assert_eq!(month(Locale::En, on(1, 2)), "January 2026");
        assert_eq!(moment(Locale::Ja, on(11, 24).and_hms_opt(8, 5, 0).unwrap(), on(11, 24)), "きょう 8:05");
    }

    #[test]
    fn parts_of_a_day() {
        let halves = Grid::half_days();
        assert_eq!(slots(Locale::Ja, halves.times(), halves.all()), "終日");
        assert_eq!(slots(Locale::En, halves.times(), Slots::only(Slot(1))), "Afternoon");
        let hours = Grid::hours(9, 18);
        let some = hours.parse(["h09", "h10", "h14"]).unwrap();
        assert_eq!(slots(Locale::Ja, hours.times(), some), "9:00–11:00・14:00–15:00");
    }

    #[test]
    fn weekdays_from_monday() {
        let days = Weekdays::default().with(Weekday::Wed).with(Weekday::Mon);
        assert_eq!(weekdays(Locale::Ja, days), "月・水");
        assert_eq!(weekdays(Locale::En, days), "Mon, Wed");
    }
}

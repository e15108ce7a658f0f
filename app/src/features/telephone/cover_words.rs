//! What a change of the guarantee or the rota did, or why not, in words; when a turn is, in words.

use crate::i18n::{Locale, dates, telephone::cover::refusal_of};
use chrono::NaiveDate;
use domain::telephone::cover::{CoverGap, Duty};

/// 11月25日(水) 12:00–13:00
pub(super) fn when(locale: Locale, on: NaiveDate, from_minute: u16, until_minute: u16) -> String {
    format!("{} {}", dates::day(locale, on), hours(from_minute, until_minute))
}

/// 12:00–13:00
pub(super) fn hours(from_minute: u16, until_minute: u16) -> String {
    format!("{}–{}", dates::minute(from_minute), dates::minute(until_minute))
}

/// きょう 12:00–13:00
pub(super) fn near(locale: Locale, duty: Duty, today: NaiveDate) -> String {
    let day = dates::day_near(locale, duty.on, today).map_or_else(|| dates::day(locale, duty.on), str::to_owned);
    format!("{day} {}", hours(duty.from_minute, duty.until_minute))
}

/// When a turn is.
pub(super) fn turn(locale: Locale, duty: Duty) -> String {
    when(locale, duty.on, duty.from_minute, duty.until_minute)
}

/// When a gap is.
pub(super) fn gap(locale: Locale, gap: &CoverGap) -> String {
    when(locale, gap.on, gap.from_minute, gap.until_minute)
}

/// What was done. `of` is a name or a number.
pub(super) fn told(locale: Locale, news: &str, of: &str) -> Option<String> {
    let t = locale.telephone_cover();
    Some(match news {
        "given" => (t.done_given)(of),
        "asked" => (t.done_asked)(of),
        "cancelled" | "removed" => t.done_cancelled.into(),
        "reassigned" => (t.done_reassigned)(of),
        "proposed" => (t.done_proposed)(of),
        "published" => (t.done_published)(of),
        "discarded" => t.done_discarded.into(),
        "rule" => t.done_rule.into(),
        "rule-end" => t.done_rule_end.into(),
        "member" => t.done_member.into(),
        "swap" => t.done_swap_asked.into(),
        "yes" => t.done_yes.into(),
        "no" => t.done_no.into(),
        "withdrawn" => t.done_withdrawn.into(),
        _ => return None,
    })
}

/// Why not.
pub(super) fn refusal(locale: Locale, why: &str, who: &str) -> Option<String> {
    refusal_of(why).map(|why| (locale.telephone_cover().refusal)(&why, who))
}

/// The server function and the fields that undo it.
pub(super) fn undo(news: &str) -> Option<(&'static str, &'static [&'static str])> {
    Some(match news {
        "given" | "asked" => ("telephone/duty-cancel", &["duty"]),
        "cancelled" => ("telephone/duty-give", &["kind", "date", "begins", "ends", "person"]),
        "swap" => ("telephone/swap-answer", &["swap"]),
        _ => return None,
    })
}

/// Days and hours of a rule as a person reads them, and what it wants.
pub(super) fn rule(locale: Locale, wish: &domain::telephone::cover::CoverRuleWish, today: NaiveDate) -> String {
    let t = locale.telephone_cover();
    let every = wish.weekdays.0 & 0b1_1111 == 0b1_1111;
    let weekdays = if every { t.every_day.to_owned() } else { dates::weekdays(locale, wish.weekdays) };
    let from = (wish.valid.from_on > today).then(|| (t.from)(&dates::day(locale, wish.valid.from_on)));
    let until = wish.valid.until_on.and_then(|until| until.pred_opt()).map(|last| (t.until)(&dates::day(locale, last)));
    let days: Vec<String> = [Some(weekdays), from, until].into_iter().flatten().collect();
    (t.rule)(&days.join(" "), &hours(wish.from_minute, wish.until_minute), wish.needed, (t.on_gaps)(wish.on_gap))
}

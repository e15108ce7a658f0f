//! Dates as offices write them (`research/japan.md` §6.1): 2026-04-01, 2026/4/1, 令和8年4月1日, R8.4.1, in any width.

use chrono::NaiveDate;

/// Reads a date.
pub fn parse(text: &str) -> Option<NaiveDate> {
    let text: String = text.trim().chars().map(half_width).collect();
    let (era_first, rest) = [("令和", 2018), ("R", 2018), ("r", 2018), ("平成", 1988), ("H", 1988), ("h", 1988)]
        .into_iter()
        .find_map(|(era, before)| text.strip_prefix(era).map(|rest| (before, rest)))
        .unwrap_or((0, text.as_str()));
    let rest = rest.replace("元年", "1年");
    let mut numbers = rest.split(['-', '/', '.', '年', '月', '日']).map(str::trim).filter(|part| !part.is_empty());
    let (year, month, day) = (numbers.next()?.parse::<i32>().ok()?, numbers.next()?.parse().ok()?, numbers.next()?.parse().ok()?);
    if numbers.next().is_some() || (era_first == 0 && year < 1900) {
        return None;
    }
    NaiveDate::from_ymd_opt(era_first + year, month, day)
}

fn half_width(letter: char) -> char {
    match letter {
        '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' => char::from_u32(u32::from(letter) - 0xFEE0).unwrap_or(letter),
        '／' => '/',
        '－' | '‐' | '−' | 'ー' => '-',
        '．' => '.',
        _ => letter,
    }
}

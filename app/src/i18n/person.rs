//! Texts of the search for people, and where somebody is, in words.

use super::{Locale, dates};
use domain::{SlotTime, person::view::Whereabouts};

/// See the module.
pub struct Texts {
    pub title: &'static str,
    pub label: &'static str,
    pub help: &'static str,
    pub search: &'static str,
    pub found: fn(usize) -> String,
    pub none: fn(&str) -> String,
    pub none_help: &'static str,
    pub more: &'static str,
    pub extension: &'static str,
    pub on_map: fn(&str) -> String,
    pub at_seat: &'static str,
    pub since: fn(&str) -> String,
    pub expected: &'static str,
    pub later: fn(&str) -> String,
    pub unknown: &'static str,
    pub team: &'static str,
    pub trace: &'static str,
}

/// 日本語
pub const JA: Texts = Texts {
    title: "人をさがす",
    label: "名前・職員番号・内線・課",
    help: "漢字、かな、ローマ字のどれでもさがせます。",
    search: "さがす",
    found: |count| format!("{count}人"),
    none: |query| format!("「{query}」に当てはまる人は見つかりませんでした。"),
    none_help: "姓だけ、またはかなで試してください。",
    more: "ほかにもいます。もう少し詳しく入力してください。",
    extension: "内線",
    on_map: |name| format!("{name}の席を地図で見る"),
    at_seat: "着席中",
    since: |time| format!("{time}から"),
    expected: "まだ来ていません",
    later: |slots| format!("{slots}に予定"),
    unknown: "きょうの予定なし",
    team: "同じ課",
    trace: "居場所を見たことは、相手のアカウント画面に表示されます。",
};

/// English
pub const EN: Texts = Texts {
    title: "Find people",
    label: "Name, staff number, extension or unit",
    help: "Kanji, kana and Latin letters all work.",
    search: "Search",
    found: |count| if count == 1 { "1 person".into() } else { format!("{count} people") },
    none: |query| format!("Nobody was found for \"{query}\"."),
    none_help: "Try the family name alone, or its reading.",
    more: "There are more. Please be more specific.",
    extension: "Ext.",
    on_map: |name| format!("Show the seat of {name} on the map"),
    at_seat: "At a seat",
    since: |time| format!("since {time}"),
    expected: "Not here yet",
    later: |slots| format!("Due: {slots}"),
    unknown: "Nothing today",
    team: "My unit",
    trace: "That you saw where somebody is, is shown to them on their account page.",
};

/// Where somebody is, without the place.
#[must_use]
pub fn whereabouts(locale: Locale, grid: &[SlotTime], found: &Whereabouts) -> String {
    let t = locale.person();
    match found {
        Whereabouts::AtSeat { since, .. } => {
            let since = since.map(|at| format!("{}{}", locale.pick("、", ", "), (t.since)(&dates::clock(at)))).unwrap_or_default();
            format!("{}{since}", t.at_seat)
        }
        Whereabouts::Expected { .. } => t.expected.into(),
        Whereabouts::Later { slots, .. } => (t.later)(&dates::slots(locale, grid, *slots)),
        Whereabouts::Unknown => t.unknown.into(),
    }
}

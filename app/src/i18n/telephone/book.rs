//! Texts of the telephone pages' frame, of the book (内線表), and what a house does with calls, in words.

use crate::i18n::{Locale, dates};
use domain::telephone::{
    Mode, ModeSource, PresenceState,
    view::{Answers, BookPresence, ModeView},
};

/// See the module.
pub struct Texts {
    pub area: &'static str,
    /// Before the pages of administrators.
    pub administer: &'static str,
    pub book: &'static str,
    pub me: &'static str,
    pub calls: &'static str,
    pub mode: &'static str,
    pub simulate: &'static str,
    pub repair: &'static str,

    pub label: &'static str,
    pub help: &'static str,
    pub keys: &'static str,
    pub search: &'static str,
    pub shared: &'static str,
    pub found: fn(usize) -> String,
    pub none: fn(&str) -> String,
    pub none_help: &'static str,
    pub more: &'static str,
    pub trace: &'static str,
    pub not_set_up: &'static str,
    pub not_set_up_help: &'static str,

    pub call: fn(&str) -> String,
    pub ext: &'static str,
    pub outside: &'static str,
    pub main: &'static str,
    pub section: &'static str,
    pub team: &'static str,
    pub on_map: fn(&str) -> String,
    pub delegate: fn(&str) -> String,

    pub at_seat: &'static str,
    pub is_in: &'static str,
    pub away: &'static str,
    pub until: fn(&str, &str) -> String,

    /// Names, and how many people there are in all.
    pub answers: fn(&[String], usize) -> String,
    pub fixed: &'static str,
    pub duty: &'static str,
    pub nobody: &'static str,

    pub automatic: fn(&str) -> String,
    /// The mode, who switched, when.
    pub switched: fn(&str, &str, &str) -> String,
    pub planned: fn(&str, &str) -> String,
    pub change: &'static str,
    pub live: &'static str,
}

/// 日本語
pub const JA: Texts = Texts {
    area: "電話のページ",
    administer: "管理",
    book: "内線表",
    me: "自分の電話",
    calls: "通話の記録",
    mode: "受付モード",
    simulate: "かけてみる",
    repair: "直すところ",

    label: "名前・よみ・課・番号・役職",
    help: "漢字、かな、ローマ字、番号のどれでもさがせます。",
    keys: "↓ で結果へ、Enter で電話をかけます。Esc で入力に戻ります。",
    search: "さがす",
    shared: "代表と課の番号",
    found: |count| format!("{count}件"),
    none: |query| format!("「{query}」に当てはまる番号は見つかりませんでした。"),
    none_help: "姓だけ、よみ、または課の名前で試してください。",
    more: "ほかにもあります。もう少し詳しく入力してください。",
    trace: "居場所を見たことは、相手のアカウント画面に表示されます。",
    not_set_up: "電話はまだ設定されていません。",
    not_set_up_help: "管理者が電話の設定を取り込むと、ここに番号が並びます。",

    call: |who| format!("{who}に電話をかける"),
    ext: "内線",
    outside: "外線",
    main: "代表",
    section: "課",
    team: "同じ課",
    on_map: |name| format!("{name}の席を地図で見る"),
    delegate: |who| format!("{who}が代わりに受けます"),

    at_seat: "着席中",
    is_in: "在席",
    away: "席にいません",
    until: |state, time| format!("{state}({time}まで)"),

    answers: |names, count| match (names, count) {
        ([], count) => format!("いま受ける人: {count}名"),
        (names, count) if names.len() < count => format!("いま受ける人: {}、ほか{}名", names.join("、"), count - names.len()),
        (names, _) => format!("いま受ける人: {}", names.join("、")),
    },
    fixed: "いまは固定電話が鳴ります",
    duty: "いまは当番が受けます",
    nobody: "いまは受ける人がいません",

    automatic: |mode| format!("{mode}(自動)"),
    switched: |mode, by, when| format!("{mode} — {by}が {when} に切替"),
    planned: |mode, when| format!("{mode} — {when} に予定どおり切替"),
    change: "変える",
    live: "変化はすぐに反映されます。",
};

/// English
pub const EN: Texts = Texts {
    area: "Telephone pages",
    administer: "Administer",
    book: "Phone book",
    me: "My phone",
    calls: "Calls",
    mode: "Call mode",
    simulate: "Try a call",
    repair: "To repair",

    label: "Name, reading, section, number or title",
    help: "Kanji, kana, Latin letters and numbers all work.",
    keys: "↓ goes to the results, Enter calls, Esc returns to the field.",
    search: "Search",
    shared: "Main and section numbers",
    found: |count| if count == 1 { "1 number".into() } else { format!("{count} numbers") },
    none: |query| format!("No number was found for \"{query}\"."),
    none_help: "Try the family name alone, its reading, or a section.",
    more: "There are more. Please be more specific.",
    trace: "That you saw where somebody is, is shown to them on their account page.",
    not_set_up: "Telephones are not set up yet.",
    not_set_up_help: "Once an administrator has brought in the telephone file, the numbers are listed here.",

    call: |who| format!("Call {who}"),
    ext: "Ext.",
    outside: "Outside",
    main: "Main number",
    section: "Section",
    team: "My unit",
    on_map: |name| format!("Show the seat of {name} on the map"),
    delegate: |who| format!("{who} answers for them"),

    at_seat: "At a seat",
    is_in: "In",
    away: "Not at a seat",
    until: |state, time| format!("{state} (until {time})"),

    answers: |names, count| match (names, count) {
        ([], 1) => "Answered now by 1 person".into(),
        ([], count) => format!("Answered now by {count} people"),
        (names, count) if names.len() < count => format!("Answered now by {} and {} more", names.join(", "), count - names.len()),
        (names, _) => format!("Answered now by {}", names.join(", ")),
    },
    fixed: "A fixed telephone rings now",
    duty: "The duty answers now",
    nobody: "Nobody answers now",

    automatic: |mode| format!("{mode} (automatic)"),
    switched: |mode, by, when| format!("{mode} — switched by {by} at {when}"),
    planned: |mode, when| format!("{mode} — switched as planned at {when}"),
    change: "Change",
    live: "Changes show at once.",
};

impl Locale {
    /// Texts of the telephone pages' frame and of the book.
    #[must_use]
    pub const fn telephone_book(self) -> &'static Texts {
        match self {
            Self::Ja => &JA,
            Self::En => &EN,
        }
    }
}

/// 代表 / Main number.
#[must_use]
pub const fn main(locale: Locale) -> &'static str {
    locale.telephone_book().main
}

/// What a person does, in words; the wall tells whether a time needs its day.
#[must_use]
pub fn presence(locale: Locale, presence: BookPresence, on: chrono::NaiveDate) -> String {
    let t = locale.telephone_book();
    match presence {
        BookPresence::AtSeat => t.at_seat.into(),
        BookPresence::In => t.is_in.into(),
        BookPresence::Away => t.away.into(),
        BookPresence::Busy(state, until) => {
            let words = state_words(locale, state);
            until.map_or_else(|| words.clone(), |until| (t.until)(&words, &when(locale, until, on)))
        }
    }
}

/// 会議中 / In a meeting, as it stands by itself.
#[must_use]
pub fn state_words(locale: Locale, state: PresenceState) -> String {
    capital((locale.telephone().state)(state))
}

/// A word as it begins a line.
#[must_use]
pub fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// 9:02, or with the day when it is another one.
#[must_use]
pub fn when(locale: Locale, at: chrono::NaiveDateTime, on: chrono::NaiveDate) -> String {
    if at.date() == on { dates::clock(at) } else { dates::moment_plain(locale, at) }
}

/// Who answers a shared number, in words.
#[must_use]
pub fn answers(locale: Locale, answers: &Answers) -> String {
    let t = locale.telephone_book();
    match answers {
        Answers::People { names, count } => (t.answers)(names, *count),
        Answers::Fixed => t.fixed.into(),
        Answers::Duty => t.duty.into(),
        Answers::Nobody => t.nobody.into(),
    }
}

/// 災害モード / Disaster mode.
#[must_use]
pub fn mode_words(locale: Locale, mode: Mode) -> String {
    capital((locale.telephone().mode)(mode))
}

/// What a house does, and who says so: 「時間外モード(自動)」, 「災害モード — 佐藤が 9:02 に切替」.
#[must_use]
pub fn mode(locale: Locale, view: &ModeView) -> String {
    let t = locale.telephone_book();
    let words = mode_words(locale, view.now.mode);
    let since = view.since.map(|since| when(locale, since, view.wall.date())).unwrap_or_default();
    match (view.now.source, &view.by) {
        (ModeSource::Hours, _) => (t.automatic)(&words),
        (ModeSource::Override { .. }, Some(by)) => (t.switched)(&words, by, &since),
        (ModeSource::Override { .. }, None) => (t.planned)(&words, &since),
    }
}

/// The same for several houses: each by its name.
#[must_use]
pub fn modes(locale: Locale, views: &[ModeView]) -> Option<String> {
    match views {
        [] => None,
        [one] => Some(mode(locale, one)),
        many => Some(many.iter().map(|view| format!("{}: {}", view.house, mode(locale, view))).collect::<Vec<_>>().join(locale.pick("、", "; "))),
    }
}

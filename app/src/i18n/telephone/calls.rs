//! Texts of the calls: what became of one's own, and how many came in a month.

use crate::i18n::Locale;
use domain::telephone::{Outcome, totals::Called};

/// See the module.
pub struct Texts {
    pub title: &'static str,
    pub mine: &'static str,
    pub mine_lead: &'static str,
    pub none: &'static str,
    pub when: &'static str,
    pub who: &'static str,
    pub dialled: &'static str,
    pub became: &'static str,
    pub anonymous: &'static str,
    pub call_back: fn(&str) -> String,
    pub outcome: fn(Outcome) -> &'static str,
    /// Who took it; oneself without a name.
    pub taken_by: fn(Option<&str>) -> String,
    /// Whole seconds.
    pub after: fn(i64) -> String,

    pub totals: &'static str,
    pub totals_lead: &'static str,
    pub before: &'static str,
    pub next: &'static str,
    pub no_calls: &'static str,
    pub called: &'static str,
    pub calls: &'static str,
    pub answered: &'static str,
    pub percent: fn(u64) -> String,
    pub meant: &'static str,
    pub fixed: &'static str,
    pub passed_on: &'static str,
    pub unanswered: &'static str,
    pub abandoned: &'static str,
    pub time: &'static str,
    /// Tenths of a second.
    pub seconds: fn(u64) -> String,
    pub all: &'static str,
    pub name: fn(Called, &str) -> String,
    pub gone: &'static str,
    pub by_hour: &'static str,
    pub by_hour_lead: &'static str,
    /// An hour of the day, calls, how many of them nobody took.
    pub hour: fn(usize, u64, u64) -> String,
    pub year: &'static str,
    pub month: &'static str,
    pub download: &'static str,
    pub kept: &'static str,
}

/// 日本語
pub const JA: Texts = Texts {
    title: "通話の記録",
    mine: "自分の通話",
    mine_lead: "この30日に自分の番号にかかってきた電話と、自分が受けた電話です。ほかの人からは見えません。",
    none: "この30日に電話はありません。",
    when: "いつ",
    who: "だれから",
    dialled: "かかってきた番号",
    became: "結果",
    anonymous: "非通知",
    call_back: |number| format!("{number}に折り返す"),
    outcome: |outcome| match outcome {
        Outcome::Ringing => "呼出中",
        Outcome::Answered => "応答",
        Outcome::Unanswered => "だれも出ず",
        Outcome::Abandoned => "切れた",
        Outcome::Emergency => "緊急通報",
    },
    taken_by: |who| who.map_or_else(|| "自分が応答".into(), |who| format!("{who}が応答")),
    after: |seconds| format!("{seconds}秒で"),

    totals: "月の集計",
    totals_lead: "番号ごとに、かかってきた電話と、だれが受けたかを数えます。個人の番号はまとめて数え、相手の番号は残しません。",
    before: "前の月",
    next: "次の月",
    no_calls: "この月の電話はありません。",
    called: "番号",
    calls: "着信",
    answered: "応答",
    percent: |percent| format!("{percent}%"),
    meant: "本人・その課",
    fixed: "固定電話",
    passed_on: "取り次ぎ",
    unanswered: "だれも出ず",
    abandoned: "切れた",
    time: "応答まで",
    seconds: |tenths| format!("{}.{}秒", tenths / 10, tenths % 10),
    all: "合計",
    name: |called, name| match called {
        Called::Main(_) => format!("代表({name})"),
        Called::Section(_) => name.to_owned(),
        Called::People => "個人の番号".into(),
        Called::Other => "そのほか".into(),
    },
    gone: "廃止された課",
    by_hour: "時間帯",
    by_hour_lead: "濃い部分は、だれも出られなかった電話です。",
    hour: |hour, calls, missed| format!("{hour}時台: {calls}件、うち{missed}件はだれも出ず"),
    year: "この1年",
    month: "月",
    download: "この月をCSVで保存",
    kept: "通話そのものは90日で消えます。集計は5年残ります。",
};

/// English
pub const EN: Texts = Texts {
    title: "Calls",
    mine: "My calls",
    mine_lead: "Calls to your number and calls that you answered, over the last 30 days. Others do not see them.",
    none: "No calls in the last 30 days.",
    when: "When",
    who: "From",
    dialled: "To",
    became: "What became of it",
    anonymous: "Number withheld",
    call_back: |number| format!("Call {number} back"),
    outcome: |outcome| match outcome {
        Outcome::Ringing => "Ringing",
        Outcome::Answered => "Answered",
        Outcome::Unanswered => "Nobody answered",
        Outcome::Abandoned => "Caller gave up",
        Outcome::Emergency => "Emergency call",
    },
    taken_by: |who| who.map_or_else(|| "answered by you".into(), |who| format!("answered by {who}")),
    after: |seconds| format!("after {seconds} s"),

    totals: "The month in numbers",
    totals_lead: "How many calls came for each number, and who took them. Personal numbers are counted together; numbers of callers are not kept.",
    before: "Month before",
    next: "Month after",
    no_calls: "No calls in this month.",
    called: "Number",
    calls: "Calls",
    answered: "Answered",
    percent: |percent| format!("{percent} %"),
    meant: "Person or section",
    fixed: "Fixed telephone",
    passed_on: "Passed on",
    unanswered: "Nobody answered",
    abandoned: "Caller gave up",
    time: "Time to answer",
    seconds: |tenths| format!("{}.{} s", tenths / 10, tenths % 10),
    all: "All",
    name: |called, name| match called {
        Called::Main(_) => format!("Main number ({name})"),
        Called::Section(_) => name.to_owned(),
        Called::People => "Personal numbers".into(),
        Called::Other => "Others".into(),
    },
    gone: "a section that is gone",
    by_hour: "Hours of the day",
    by_hour_lead: "The dark part are calls that nobody answered.",
    hour: |hour, calls, missed| format!("{hour}:00: {calls} calls, {missed} of them unanswered"),
    year: "The last twelve months",
    month: "Month",
    download: "Save this month as CSV",
    kept: "Calls are forgotten after 90 days, these counts after five years.",
};

impl Locale {
    /// Texts of the calls.
    #[must_use]
    pub const fn telephone_calls(self) -> &'static Texts {
        match self {
            Self::Ja => &JA,
            Self::En => &EN,
        }
    }
}

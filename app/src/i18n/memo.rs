//! Texts of memos (伝言メモ): the list, the form, what was done, and who is told outside.

pub mod emergency;
pub mod outgoing;
pub mod targets;

use crate::i18n::{Locale, dates};
use chrono::NaiveDate;
use domain::memo::{
    DraftError, Ending, Field, MailWish, MemoTo, Wish,
    view::{MemoView, Waiting},
};

/// See the module.
pub struct Texts {
    pub title: &'static str,
    pub new: &'static str,
    pub live: &'static str,
    pub open: &'static str,
    pub none_open: &'static str,
    pub ended: &'static str,
    pub none_ended: &'static str,
    pub written: &'static str,
    pub none_written: &'static str,
    pub urgent: &'static str,
    pub for_person: fn(&str) -> String,
    pub for_section: fn(&str) -> String,
    pub gone_section: &'static str,
    pub no_caller: &'static str,
    pub call: fn(&str) -> String,
    pub wishes: [&'static str; 4],
    /// Who wrote it, when the call was.
    pub by_person: fn(&str, &str) -> String,
    /// When the call was, how long it rang.
    pub by_system: fn(&str, Option<u32>) -> String,
    /// By a program, when.
    pub by_program: fn(&str) -> String,
    pub read: &'static str,
    /// Who, when.
    pub read_by: fn(&str, &str) -> String,
    pub unread: &'static str,
    pub called_back: &'static str,
    pub no_need: &'static str,
    pub withdraw: &'static str,
    pub reopen: &'static str,
    /// How, when, who.
    pub ended_by: fn(&str, &str, Option<&str>) -> String,
    pub endings: [&'static str; 3],

    // the form
    pub form_lead: &'static str,
    pub recent: &'static str,
    /// When, from whom, to which number.
    pub recent_call: fn(&str, &str, &str) -> String,
    pub about_call: fn(&str) -> String,
    pub to: &'static str,
    pub to_help: &'static str,
    pub other_to: &'static str,
    pub which: &'static str,
    pub caller_name: &'static str,
    pub caller_number: &'static str,
    pub caller_number_help: &'static str,
    pub wish: &'static str,
    pub text: &'static str,
    pub text_help: fn(usize) -> String,
    pub urgent_box: &'static str,
    pub leave: &'static str,

    // what was done, and why not
    pub done_written: fn(&str) -> String,
    pub done_read: &'static str,
    pub done_ended: fn(&str) -> String,
    pub done_reopened: &'static str,
    pub done_undone: &'static str,
    pub done_setting: &'static str,
    pub refused_nothing: &'static str,
    pub refused_text: &'static str,
    pub refused_long: fn(&str, usize) -> String,
    pub refused_nobody: fn(&str) -> String,
    pub refused_who: fn(&str) -> String,
    /// Who was faster.
    pub refused_ended: fn(&str) -> String,
    pub refused_not_ended: &'static str,
    pub refused_gone: &'static str,

    // every page
    pub short: &'static str,
    pub count: &'static str,
    pub news: &'static str,

    // the home page
    pub waits: fn(u64, u64) -> String,

    // mail
    pub mail: &'static str,
    pub mail_to: fn(&str) -> String,
    pub mail_none: &'static str,
    pub mail_off: &'static str,
    pub mail_wishes: [&'static str; 3],
    pub mail_sections: &'static str,
    pub mail_lang: &'static str,
    pub save: &'static str,
}

/// 日本語
pub const JA: Texts = Texts {
    title: "伝言メモ",
    new: "伝言を書く",
    live: "変化はすぐに反映されます。",
    open: "未対応",
    none_open: "未対応の伝言メモはありません。",
    ended: "対応済み(30日間)",
    none_ended: "対応済みの伝言メモはありません。",
    written: "自分が書いた伝言メモ(30日間)",
    none_written: "まだ書いていません。",
    urgent: "至急",
    for_person: |name| format!("{name} あて"),
    for_section: |name| format!("{name}(課)あて"),
    gone_section: "なくなった課",
    no_caller: "相手は分かりません",
    call: |who| format!("{who}に電話をかける"),
    wishes: ["折り返し電話がほしい", "また電話する", "電話があった", "用件を伝える"],
    by_person: |name, when| format!("{when} {name}が受けました"),
    by_system: |when, rang| match rang {
        Some(seconds) => format!("{when} だれも出なかった電話(自動、{seconds}秒鳴りました)"),
        None => format!("{when} だれも出なかった電話(自動)"),
    },
    by_program: |when| format!("{when} 連携プログラムが書きました"),
    read: "読んだ",
    read_by: |name, when| format!("既読: {name} {when}"),
    unread: "未読",
    called_back: "折り返し済み",
    no_need: "対応不要",
    withdraw: "取り下げる",
    reopen: "未対応に戻す",
    ended_by: |how, when, who| match who {
        Some(who) => format!("{how}: {who} {when}"),
        None => format!("{how} {when}"),
    },
    endings: ["折り返し済み", "対応不要", "電話に出ました(自動)"],

    form_lead: "席を外している人や、課のみんなに残します。相手が読むと「既読」が付き、「折り返し済み」で終わります。",
    recent: "さきほど受けた電話から書く",
    recent_call: |when, from, to| format!("{when} {from} から {to} へ"),
    about_call: |when| format!("{when} の電話について"),
    to: "だれに(名前・番号・課)",
    to_help: "名前、よみ、内線番号、課の名前のどれか。",
    other_to: "あて先を変える",
    which: "どの人ですか",
    caller_name: "相手(会社・名前)",
    caller_number: "相手の電話番号",
    caller_number_help: "番号だけにすると、相手はそのまま電話をかけられます。",
    wish: "相手の希望",
    text: "用件",
    text_help: |most| format!("{most}文字まで。"),
    urgent_box: "至急",
    leave: "伝言を残す",

    done_written: |name| format!("{name}あての伝言を残しました。"),
    done_read: "「読んだ」にしました。書いた人にも分かります。",
    done_ended: |how| format!("「{how}」にしました。"),
    done_reopened: "未対応に戻しました。",
    done_undone: "元に戻しました。",
    done_setting: "メールの設定を保存しました。",
    refused_nothing: "相手か用件のどれかを入力してください。",
    refused_text: "用件を入力してください。",
    refused_long: |field, most| format!("「{field}」は{most}文字までです。"),
    refused_nobody: |text| {
        if text.is_empty() {
            "だれあてかを入力してください。".into()
        } else {
            format!("「{text}」に当てはまる人も課も見つかりませんでした。")
        }
    },
    refused_who: |text| format!("「{text}」には複数の候補があります。選んでください。"),
    refused_ended: |who| {
        if who.is_empty() {
            "この伝言メモは、先に対応済みになっています。".into()
        } else {
            format!("この伝言メモは、{who}が先に対応済みにしています。")
        }
    },
    refused_not_ended: "この伝言メモは未対応のままです。",
    refused_gone: "伝言メモが見つかりません。あて先が変わったか、保存の期限が過ぎています。",

    short: "伝言",
    count: "件が未対応",
    news: "新しい伝言メモがあります。",

    waits: |open, urgent| match urgent {
        0 => format!("伝言メモが{open}件あります"),
        urgent => format!("伝言メモが{open}件あります(至急{urgent}件)"),
    },

    mail: "メールで知らせる",
    mail_to: |address| format!("{address} に送ります。アドレスは職員情報のものです。"),
    mail_none: "職員情報にメールアドレスがないため、メールは届きません。管理者に相談してください。",
    mail_off: "この庁舎ではメールを送る設定になっていません。選んだ内容は、設定されてから使われます。",
    mail_wishes: ["届いたことだけ(相手や用件は書かない)", "内容も書く", "送らない"],
    mail_sections: "自分の課あての伝言メモも",
    mail_lang: "メールの言語",
    save: "保存する",
};

/// English
pub const EN: Texts = Texts {
    title: "Memos",
    new: "Leave a memo",
    live: "Changes show at once.",
    open: "Open",
    none_open: "No memo is waiting for you.",
    ended: "Done (30 days)",
    none_ended: "No memo was done.",
    written: "Memos you wrote (30 days)",
    none_written: "You have not written any.",
    urgent: "Urgent",
    for_person: |name| format!("For {name}"),
    for_section: |name| format!("For {name} (section)"),
    gone_section: "a section that is gone",
    no_caller: "Caller not known",
    call: |who| format!("Call {who}"),
    wishes: ["Asks to be called back", "Will call again", "Called", "Leaves a message"],
    by_person: |name, when| format!("{when}, taken by {name}"),
    by_system: |when, rang| match rang {
        Some(seconds) => format!("{when}, a call nobody answered (automatic, it rang for {seconds} s)"),
        None => format!("{when}, a call nobody answered (automatic)"),
    },
    by_program: |when| format!("{when}, written by a connected program"),
    read: "I have read it",
    read_by: |name, when| format!("Read by {name}, {when}"),
    unread: "Not read yet",
    called_back: "Called back",
    no_need: "Nothing to do",
    withdraw: "Withdraw",
    reopen: "Open again",
    ended_by: |how, when, who| match who {
        Some(who) => format!("{how}: {who}, {when}"),
        None => format!("{how}, {when}"),
    },
    endings: ["Called back", "Nothing to do", "Answered after all (automatic)"],

    form_lead: "Leave it for somebody who is away, or for everybody of a section. You see when it was read; \"Called back\" ends it.",
    recent: "About a call you have just taken",
    recent_call: |when, from, to| format!("{when}, from {from} to {to}"),
    about_call: |when| format!("About the call of {when}"),
    to: "For whom (name, number or section)",
    to_help: "A name, its reading, an extension or the name of a section.",
    other_to: "Choose somebody else",
    which: "Who is meant?",
    caller_name: "Caller (company, name)",
    caller_number: "Caller's number",
    caller_number_help: "With the number alone, one press calls it.",
    wish: "What the caller wants",
    text: "Message",
    text_help: |most| format!("At most {most} characters."),
    urgent_box: "Urgent",
    leave: "Leave the memo",

    done_written: |name| format!("The memo for {name} was left."),
    done_read: "Marked as read. Whoever wrote it sees that too.",
    done_ended: |how| format!("Done: {how}."),
    done_reopened: "The memo is open again.",
    done_undone: "Undone.",
    done_setting: "Your mail settings were saved.",
    refused_nothing: "Enter the caller or a message.",
    refused_text: "Enter the message.",
    refused_long: |field, most| format!("\"{field}\" may have {most} characters."),
    refused_nobody: |text| if text.is_empty() { "Enter for whom it is.".into() } else { format!("Nobody and no section was found for \"{text}\".") },
    refused_who: |text| format!("\"{text}\" may mean several. Please choose."),
    refused_ended: |who| if who.is_empty() { "This memo was already done.".into() } else { format!("{who} was faster: this memo is done.") },
    refused_not_ended: "This memo is still open.",
    refused_gone: "There is no such memo. It is for somebody else now, or its time has passed.",

    short: "Memos",
    count: "open",
    news: "A new memo is waiting.",

    waits: |open, urgent| {
        let memos = if open == 1 { "1 memo is waiting".to_owned() } else { format!("{open} memos are waiting") };
        if urgent == 0 { memos } else { format!("{memos} ({urgent} urgent)") }
    },

    mail: "Tell me by mail",
    mail_to: |address| format!("Mails go to {address}, your address in the people file."),
    mail_none: "You have no mail address in the people file, so no mail reaches you. Please ask an administrator.",
    mail_off: "This house is not set up to send mail. What you choose counts once it is.",
    mail_wishes: ["Only that one has come (no caller, no message)", "Also what it says", "No mail"],
    mail_sections: "Memos for my sections too",
    mail_lang: "Language of the mails",
    save: "Save",
};

impl Locale {
    /// Texts of memos.
    #[must_use]
    pub const fn memo(self) -> &'static Texts {
        match self {
            Self::Ja => &JA,
            Self::En => &EN,
        }
    }
}

/// 折り返し電話がほしい / Asks to be called back.
#[must_use]
pub const fn wish(locale: Locale, wish: Wish) -> &'static str {
    let [call_back, calls_again, called, tell] = locale.memo().wishes;
    match wish {
        Wish::CallBack => call_back,
        Wish::CallsAgain => calls_again,
        Wish::Called => called,
        Wish::Tell => tell,
    }
}

/// What a memo is about: what the caller wants, or the emergency.
#[must_use]
pub fn about(locale: Locale, memo: &MemoView) -> String {
    memo.emergency.as_deref().map_or_else(|| wish(locale, memo.wish).to_owned(), |told| emergency::headline(locale, told))
}

/// How this memo was closed: nobody is called back in an emergency.
#[must_use]
pub const fn ended(locale: Locale, memo: &MemoView, how: Ending) -> &'static str {
    match (&memo.emergency, how) {
        (Some(_), Ending::CalledBack) => locale.emergency().was_handled,
        _ => ending(locale, how),
    }
}

/// 折り返し済み / Called back.
#[must_use]
pub const fn ending(locale: Locale, how: Ending) -> &'static str {
    let [called_back, no_need, answered] = locale.memo().endings;
    match how {
        Ending::CalledBack => called_back,
        Ending::NoNeed => no_need,
        Ending::Answered => answered,
    }
}

/// What is mailed.
#[must_use]
pub const fn mail_wish(locale: Locale, wish: MailWish) -> &'static str {
    let [notice, whole, off] = locale.memo().mail_wishes;
    match wish {
        MailWish::Notice => notice,
        MailWish::Whole => whole,
        MailWish::Off => off,
    }
}

/// 佐藤 あて / For Sato.
#[must_use]
pub fn to(locale: Locale, to: MemoTo, name: &str) -> String {
    let t = locale.memo();
    match to {
        MemoTo::Person(_) => (t.for_person)(name),
        MemoTo::Section(_) => (t.for_section)(if name.is_empty() { t.gone_section } else { name }),
    }
}

/// Who called: the name, the number, or that nobody knows.
#[must_use]
pub fn caller(locale: Locale, memo: &MemoView) -> String {
    match (memo.caller_name.is_empty(), memo.caller_number.is_empty()) {
        (false, _) => memo.caller_name.clone(),
        (true, false) => memo.caller_number.clone(),
        (true, true) if memo.emergency.is_some() => locale.emergency().nobody_known.into(),
        (true, true) => locale.memo().no_caller.into(),
    }
}

/// Who took the call, and when; for one nobody took, how long it rang.
#[must_use]
pub fn taken(locale: Locale, memo: &MemoView, today: NaiveDate) -> String {
    let (t, when) = (locale.memo(), dates::moment(locale, memo.called_wall, today));
    if memo.emergency.is_some() {
        return (locale.emergency().taken)(&when);
    }
    match (&memo.author_name, memo.rang_s, memo.call) {
        (Some(name), ..) => (t.by_person)(name, &when),
        (None, None, None) => (t.by_program)(&when),
        (None, rang, _) => (t.by_system)(&when, rang),
    }
}

/// Why a memo cannot be written.
#[must_use]
pub fn draft(locale: Locale, error: DraftError) -> String {
    let t = locale.memo();
    match error {
        DraftError::NothingSaid => t.refused_nothing.into(),
        DraftError::TextMissing => t.refused_text.into(),
        DraftError::TooLong { field, most, .. } => (t.refused_long)(
            match field {
                Field::CallerName => t.caller_name,
                Field::CallerNumber => t.caller_number,
                Field::Text => t.text,
            },
            most,
        ),
    }
}

/// How many wait, and a line for each of the first: 「10:12 町会: 折り返し電話がほしい」.
#[must_use]
pub fn waiting(locale: Locale, waiting: Waiting, first: &[MemoView], today: NaiveDate) -> (String, Vec<String>) {
    let line = |memo: &MemoView| {
        let urgent = if memo.urgency == domain::memo::Urgency::Urgent { locale.memo().urgent } else { "" };
        let when = dates::moment(locale, memo.called_wall, today);
        let about = memo.emergency.as_deref().map_or_else(|| wish(locale, memo.wish).to_owned(), |told| emergency::line(locale, told));
        format!("{when} {}: {about} {urgent}", caller(locale, memo)).trim_end().to_owned()
    };
    ((locale.memo().waits)(waiting.open, waiting.urgent), first.iter().map(line).collect())
}

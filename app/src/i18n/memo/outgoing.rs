//! What leaves the house about a memo: mails, and cards for programs.

use super::{about, caller, emergency, taken};
use crate::i18n::Locale;
use domain::{
    memo::{Urgency, view::MemoView},
    telephone::EmergencyTold,
};

/// 「佐藤 一郎さんあての伝言メモが届いています」. The name may be escaped already.
#[must_use]
pub fn waits(locale: Locale, name: &str, section: bool, urgency: Urgency) -> String {
    let urgent = urgency == Urgency::Urgent;
    match locale {
        Locale::Ja => {
            let whose = if section { name.to_owned() } else { format!("{name}さん") };
            format!("{}{whose}あての伝言メモが届いています。", if urgent { "【至急】" } else { "" })
        }
        Locale::En => format!("{}A memo for {name} is waiting.", if urgent { "Urgent: " } else { "" }),
    }
}

/// What the memo says, a line each.
#[must_use]
pub fn lines(locale: Locale, memo: &MemoView) -> Vec<String> {
    let (from, text) = locale.pick(("相手", "用件"), ("Caller", "Message"));
    let number = if memo.caller_name.is_empty() || memo.caller_number.is_empty() { String::new() } else { format!(" {}", memo.caller_number) };
    let mut lines = vec![format!("{from}: {}{number}", caller(locale, memo)), about(locale, memo), taken(locale, memo, memo.called_wall.date())];
    if let Some(told) = &memo.emergency {
        // Where first: who reads it runs.
        lines.splice(0..0, emergency::facts(locale, told).into_iter().map(|(name, fact)| format!("{name}: {fact}")));
    }
    if !memo.text.is_empty() {
        lines.push(format!("{text}:"));
        lines.extend(memo.text.lines().map(str::to_owned));
    }
    lines
}

/// The subject of a mail: nothing of the caller, because subjects are read by others over the shoulder.
#[must_use]
pub fn subject(locale: Locale, urgency: Urgency, told: Option<&EmergencyTold>) -> String {
    if let Some(told) = told {
        return (locale.emergency().subject)(&emergency::headline(locale, told));
    }
    match (locale, urgency) {
        (Locale::Ja, Urgency::Normal) => "伝言メモが届いています",
        (Locale::Ja, Urgency::Urgent) => "【至急】伝言メモが届いています",
        (Locale::En, Urgency::Normal) => "A memo is waiting for you",
        (Locale::En, Urgency::Urgent) => "Urgent: a memo is waiting for you",
    }
    .to_owned()
}

/// The last line of a mail.
#[must_use]
pub const fn why_mailed(locale: Locale) -> &'static str {
    locale.pick("このメールの設定は、伝言メモのページで変えられます。", "You can change these mails on the page of memos.")
}

/// The button of a card.
#[must_use]
pub const fn open(locale: Locale) -> &'static str {
    locale.pick("伝言メモを開く", "Open memos")
}

/// A message that only shows that messages arrive.
#[must_use]
pub const fn try_it(locale: Locale) -> &'static str {
    locale.pick("七割からの試し送りです。届いています。", "A try from Nanawari. It has arrived.")
}

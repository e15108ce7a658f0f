//! Texts of the page on which administrators say who is told of memos outside.

use crate::i18n::Locale;

/// See the module.
pub struct Texts {
    pub title: &'static str,
    pub lead: &'static str,
    pub mail: &'static str,
    pub mail_on: &'static str,
    pub mail_off: &'static str,
    pub programs: &'static str,
    pub none: &'static str,
    pub hosts_none: &'static str,
    pub every: &'static str,
    pub of_section: fn(&str) -> String,
    pub gone_section: &'static str,
    pub formats: [&'static str; 2],
    pub notice: &'static str,
    pub whole: &'static str,
    pub not_permitted: &'static str,
    pub sent: fn(&str) -> String,
    pub never_sent: &'static str,
    pub waiting: fn(u64) -> String,
    pub given_up: fn(u64) -> String,
    pub last_trouble: fn(&str) -> String,
    pub try_it: &'static str,
    pub end: &'static str,
    pub add: &'static str,
    pub name: &'static str,
    pub name_help: &'static str,
    pub url: &'static str,
    pub url_help: &'static str,
    pub format: &'static str,
    pub section: &'static str,
    pub contents: &'static str,
    pub lang: &'static str,
    pub save: &'static str,
    pub secret: &'static str,
    pub secret_help: &'static str,

    pub done_added: &'static str,
    pub done_tried: &'static str,
    pub done_ended: fn(&str) -> String,
    pub done_restored: &'static str,
    pub refused_name: &'static str,
    pub refused_url: &'static str,
    pub refused_host: &'static str,

    pub trouble_status: fn(&str) -> String,
    pub trouble_mail: fn(&str) -> String,
    pub troubles: [&'static str; 10],
    pub trouble_other: &'static str,
}

/// 日本語
pub const JA: Texts = Texts {
    title: "伝言の通知先",
    lead: "伝言メモが届いたことを、メールやほかのシステムにも知らせます。書いた人や相手の名前は、選ばない限り送りません。",
    mail: "メール",
    mail_on: "メールサーバーが設定されています。送るかどうかは、それぞれの職員が伝言メモのページで選びます。",
    mail_off: "メールサーバーが設定されていません。NANAWARI_MAIL_URL と NANAWARI_MAIL_FROM を設定すると、メールを送れます。",
    programs: "ほかのシステム(Webhook)",
    none: "まだありません。",
    hosts_none: "送ってよいホストが設定されていません。NANAWARI_WEBHOOK_HOSTS に書いたホストだけに送れます。",
    every: "すべての伝言メモ",
    of_section: |name| format!("{name}あての伝言メモだけ"),
    gone_section: "なくなった課(何も送りません)",
    formats: ["Teams のカード", "JSON"],
    notice: "届いたことだけ",
    whole: "内容も送る",
    not_permitted: "このホストは、いまは許可されていません(NANAWARI_WEBHOOK_HOSTS)。",
    sent: |when| format!("最後に届いた日時: {when}"),
    never_sent: "まだ何も届いていません。",
    waiting: |count| format!("待っている通知: {count}件"),
    given_up: |count| format!("届かずにあきらめた通知: {count}件"),
    last_trouble: |words| format!("届かない理由: {words}"),
    try_it: "試しに送る",
    end: "やめる",
    add: "通知先を加える",
    name: "名前",
    name_help: "管理者どうしで分かる名前。60文字まで。",
    url: "アドレス(https)",
    url_help: "許可されたホストだけです。",
    format: "形式",
    section: "どの伝言メモを",
    contents: "何を送るか",
    lang: "言語",
    save: "加える",
    secret: "署名の鍵",
    secret_help: "受け取る側で署名を確かめるための鍵です。加えてから10分を過ぎると、どこにも表示されません。いま控えてください。",

    done_added: "通知先を加えました。",
    done_tried: "試しに送っています。結果は数秒後に、この一覧に出ます。",
    done_ended: |name| format!("「{name}」への通知をやめました。"),
    done_restored: "元に戻しました。",
    refused_name: "名前を60文字までで入力してください。",
    refused_url: "アドレスは https:// から始まる形で入力してください。ユーザー名や # は使えません。",
    refused_host: "このホストは許可されていません。NANAWARI_WEBHOOK_HOSTS に加えてから、もう一度お試しください。",

    trouble_status: |status| format!("相手が {status} を返しました"),
    trouble_mail: |status| format!("メールサーバーが断りました({status})"),
    troubles: [
        "時間内に応答がありません",
        "ホスト名が見つかりません",
        "つながりません",
        "証明書を確かめられません",
        "この機械に信頼する証明書がありません",
        "途中で切れました",
        "許可されていないアドレスを指しています",
        "ホストが許可されていません",
        "メールアドレスとして使えません",
        "メールサーバーが設定されていません",
    ],
    trouble_other: "分かりません",
};

/// English
pub const EN: Texts = Texts {
    title: "Who is told",
    lead: "Mail and other programs can be told that a memo has come. Callers and messages are not sent unless you choose so.",
    mail: "Mail",
    mail_on: "A mail server is set up. Everybody chooses on the page of memos whether they want mail.",
    mail_off: "No mail server is set up. Set NANAWARI_MAIL_URL and NANAWARI_MAIL_FROM to send mail.",
    programs: "Other programs (webhooks)",
    none: "None yet.",
    hosts_none: "No host is permitted. Only hosts named in NANAWARI_WEBHOOK_HOSTS can be told.",
    every: "Every memo",
    of_section: |name| format!("Only memos for {name}"),
    gone_section: "A section that is gone (nothing is sent)",
    formats: ["A card for Teams", "JSON"],
    notice: "Only that one has come",
    whole: "Also what it says",
    not_permitted: "Its host is not permitted now (NANAWARI_WEBHOOK_HOSTS).",
    sent: |when| format!("Last arrived: {when}"),
    never_sent: "Nothing has arrived yet.",
    waiting: |count| format!("Waiting: {count}"),
    given_up: |count| format!("Given up: {count}"),
    last_trouble: |words| format!("Why it does not arrive: {words}"),
    try_it: "Send a try",
    end: "Stop",
    add: "Add a program",
    name: "Name",
    name_help: "What administrators call it, at most 60 characters.",
    url: "Address (https)",
    url_help: "Permitted hosts only.",
    format: "Format",
    section: "Which memos",
    contents: "What is sent",
    lang: "Language",
    save: "Add",
    secret: "Signing secret",
    secret_help: "The receiver checks our signature with it. Ten minutes after you added the program it is shown nowhere any more: note it now.",

    done_added: "The program was added.",
    done_tried: "A try is on its way. In a few seconds the list says how it went.",
    done_ended: |name| format!("\"{name}\" is told no more."),
    done_restored: "Undone.",
    refused_name: "Enter a name of at most 60 characters.",
    refused_url: "Enter an address that begins with https://, without a user name and without #.",
    refused_host: "This host is not permitted. Add it to NANAWARI_WEBHOOK_HOSTS and try again.",

    trouble_status: |status| format!("it answered {status}"),
    trouble_mail: |status| format!("the mail server refused it ({status})"),
    troubles: [
        "no answer in time",
        "the host name was not found",
        "no connection",
        "its certificate cannot be trusted",
        "this machine trusts no certificates",
        "it broke off",
        "its name points to an address that is not permitted",
        "its host is not permitted",
        "the mail address cannot be used",
        "no mail server is set up",
    ],
    trouble_other: "not known",
};

impl Locale {
    /// Texts of who is told outside.
    #[must_use]
    pub const fn memo_targets(self) -> &'static Texts {
        match self {
            Self::Ja => &JA,
            Self::En => &EN,
        }
    }
}

/// Words that a trouble is stored under, in the order of their sentences.
const TROUBLES: [&str; 10] =
    ["timeout", "dns", "connect", "tls", "no_certificates", "broken_off", "address_refused", "host_not_allowed", "mail_address", "no_mail_server"];

/// Why something could not be sent, in words.
#[must_use]
pub fn trouble(locale: Locale, code: &str) -> String {
    let t = locale.memo_targets();
    match code.split_once(':') {
        Some(("status", status)) => (t.trouble_status)(status),
        Some(("mail_refused" | "mail_server", status)) => (t.trouble_mail)(status),
        _ if code.starts_with("mail_") && code != "mail_address" => t.troubles[2].into(),
        _ => TROUBLES.iter().position(|known| *known == code).map_or(t.trouble_other, |at| t.troubles[at]).into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_trouble_has_its_words() {
        for locale in Locale::ALL {
            let t = locale.memo_targets();
            for known in TROUBLES {
                assert_ne!(trouble(locale, known), t.trouble_other, "{known}");
            }
            assert!(trouble(locale, "status:503").contains("503") && trouble(locale, "mail_refused:550").contains("550"));
            assert_eq!(trouble(locale, "mail_server"), t.troubles[2]);
            assert_eq!(trouble(locale, "?"), t.trouble_other);
        }
    }
}

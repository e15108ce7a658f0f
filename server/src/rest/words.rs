//! What a fault is called in Japanese and English: a short title and a sentence that helps.

use super::fault::{Expected, Fault, WrongField};
use crate::layers::Trouble;
use app::i18n::{Locale, reasons};
use domain::{
    booking::EndRefusal,
    memo::{MemoRefusal, UrlError},
};
use services::{Kind, import::Language, memo::WebhookRefusal, telephone::PhoneRefusal};

/// Problems of a file told in one sentence; all of them are in `reason`.
const SHOWN: usize = 5;

/// Title and detail of a fault.
#[must_use]
pub fn of(fault: &Fault, locale: Locale) -> (String, String) {
    let pick = |ja: &str, en: &str| locale.pick(ja, en).to_owned();
    match fault {
        Fault::Token => (
            pick("トークンが必要です", "A token is needed"),
            pick("Authorization: Bearer に有効なトークンを付けてください。", "Send a valid token as Authorization: Bearer."),
        ),
        Fault::Scope(scope) => (
            pick("このトークンではできません", "The token may not do this"),
            match locale {
                Locale::Ja => format!("スコープ {} のトークンが必要です。", scope.code()),
                Locale::En => format!("A token of scope {} is needed.", scope.code()),
            },
        ),
        Fault::Denied => (
            pick("この操作は許可されていません", "This is not allowed"),
            pick("ほかの職員の予約には、スコープ manage のトークンが必要です。", "Acting for other people needs a token of scope manage."),
        ),
        Fault::NotFound(kind) => (pick("見つかりません", "Not found"), thing(*kind, locale)),
        Fault::MalformedJson(why) => (pick("JSON として読めません", "The body is not JSON"), why.clone()),
        Fault::NotJson => (
            pick("JSON で送ってください", "Send JSON"),
            pick("Content-Type は application/json にしてください。", "The content type must be application/json."),
        ),
        Fault::Field(wrong) => (pick("値を確認してください", "A value cannot be used"), field(wrong, locale)),
        Fault::KeyReused => (
            pick("Idempotency-Key が重複しています", "The idempotency key was used before"),
            pick(
                "同じキーで別の内容が送られています。新しい要求には新しいキーを付けてください。",
                "The same key came with another request. A new request needs a new key.",
            ),
        ),
        Fault::Unavailable => (
            pick("いまは保存できません", "Nothing can be stored now"),
            pick(
                "データベースが応答しません。しばらくしてからお試しください。何も変更していません。",
                "The database does not answer. Try again later. Nothing was changed.",
            ),
        ),
        Fault::Busy => edge(Trouble::Busy, locale),
        Fault::Internal => edge(Trouble::Internal, locale),
        Fault::Reserve(refused) => (pick("この席は予約できません", "The seat cannot be had"), reasons::reserve(locale, &refused.reason)),
        Fault::CheckIn(reason) => (pick("着席できません", "Check-in is not possible"), reasons::check_in(locale, reason)),
        Fault::End(reason) => (pick("取り消せません", "The booking cannot be given back"), reasons::end(locale, reason)),
        Fault::Phone(reason) => (pick("設定できません", "This cannot be set"), phone(*reason, locale)),
        Fault::Memo(reason) => (pick("伝言メモを変えられません", "The memo cannot be changed"), memo(*reason, locale)),
        Fault::Draft(error) => (pick("伝言メモを残せません", "The memo cannot be left"), app::i18n::memo::draft(locale, *error)),
        Fault::Webhook(reason) => (pick("通知先にできません", "The program cannot be told"), webhook(*reason, locale)),
        Fault::Touched(revisions) => {
            let numbers: Vec<String> = revisions.iter().map(ToString::to_string).collect();
            (
                pick("あとの変更が同じところを変えています", "Later changes are about the same"),
                match locale {
                    Locale::Ja => format!("変更{}を見てください。", numbers.join("、")),
                    Locale::En => format!("See change {}.", numbers.join(", ")),
                },
            )
        }
        Fault::Unchanged => (pick("変わるところがありません", "Nothing would change"), pick("いまの設定と同じです。", "It is set like this already.")),
        Fault::Cover(reason) => {
            (pick("当番を変えられません", "The rota cannot be changed so"), (locale.telephone_cover().refusal)(reason, locale.pick("この職員", "This person")))
        }
        Fault::File(problems) => (
            pick("ファイルに誤りがあります。何も変更していません", "Something in the file is wrong; nothing was changed"),
            problems.iter().take(SHOWN).map(|problem| problem.sentence(locale.pick(Language::Japanese, Language::English))).collect::<Vec<_>>().join(" "),
        ),
    }
}

/// The same words as on the pages.
fn phone(reason: PhoneRefusal, locale: Locale) -> String {
    let t = locale.telephone_pages();
    match reason {
        PhoneRefusal::EndsBeforeItBegins => t.refused_past,
        PhoneRefusal::Oneself => t.refused_oneself,
        PhoneRefusal::DeviceOfSomebodyElse => t.refused_device,
        PhoneRefusal::RingTime => t.refused_ring,
        PhoneRefusal::Cover { gap, .. } => return reasons::end(locale, &EndRefusal::Cover { gaps: vec![gap] }),
    }
    .to_owned()
}

fn memo(reason: MemoRefusal, locale: Locale) -> String {
    let t = locale.memo();
    match reason {
        MemoRefusal::AlreadyEnded(_) => (t.refused_ended)(""),
        MemoRefusal::NotEnded | MemoRefusal::NotByPeople => t.refused_not_ended.to_owned(),
    }
}

fn webhook(reason: WebhookRefusal, locale: Locale) -> String {
    let t = locale.memo_targets();
    match reason {
        WebhookRefusal::Name => t.refused_name,
        WebhookRefusal::Url(UrlError::Malformed) => t.refused_url,
        WebhookRefusal::Url(UrlError::NotAllowed) => t.refused_host,
    }
    .to_owned()
}

fn edge(trouble: Trouble, locale: Locale) -> (String, String) {
    let (title, detail) = trouble.words(locale);
    (title.into(), detail.into())
}

fn thing(kind: Kind, locale: Locale) -> String {
    let (ja, en) = match kind {
        Kind::Site => ("庁舎", "site"),
        Kind::Floor => ("階", "floor"),
        Kind::Zone => ("エリア", "zone"),
        Kind::Seat => ("座席", "seat"),
        Kind::Person => ("職員", "person"),
        Kind::Booking => ("予約", "booking"),
        Kind::Pattern => ("繰り返し予約", "recurring wish"),
        Kind::Session => ("ログイン", "session"),
        Kind::Image => ("画像", "picture"),
        Kind::Device => ("電話機", "telephone"),
        Kind::PbxLink => ("電話交換機", "PBX"),
        Kind::Decision => ("記録", "record"),
        Kind::Section => ("課", "section"),
        Kind::Memo => ("伝言メモ", "memo"),
        Kind::Webhook => ("通知先", "program that is told"),
        Kind::Revision => ("変更", "change"),
        Kind::CoverRule => ("決まり", "rule"),
        Kind::Duty => ("当番", "duty"),
        Kind::Swap => ("交代の依頼", "exchange"),
    };
    match locale {
        Locale::Ja => format!("該当する{ja}がありません。"),
        Locale::En => format!("There is no such {en}."),
    }
}

fn field(wrong: &WrongField, locale: Locale) -> String {
    let WrongField { field, value, expected } = wrong;
    let hint = hint(expected, locale);
    match (locale, value.is_empty()) {
        (Locale::Ja, true) => format!("{field}: {hint}"),
        (Locale::Ja, false) => format!("{field}: 「{value}」は使えません。{hint}"),
        (Locale::En, true) => format!("{field}: {hint}"),
        (Locale::En, false) => format!("{field}: {value:?} cannot be used. {hint}"),
    }
}

fn hint(expected: &Expected, locale: Locale) -> String {
    let pick = |ja: &str, en: &str| locale.pick(ja, en).to_owned();
    match expected {
        Expected::Date => pick("日付は 2026-11-24 の形で書いてください。", "Write a date like 2026-11-24."),
        Expected::Instant => pick("日時は 2026-11-24T09:00:00+09:00 の形で書いてください。", "Write a moment like 2026-11-24T09:00:00+09:00."),
        Expected::LaterDay => pick("from より後の日を指定してください。", "It must be a day after from."),
        Expected::Number => pick("整数を指定してください。", "It must be a whole number."),
        Expected::Between(low, high) => match locale {
            Locale::Ja => format!("{low} から {high} までの整数を指定してください。"),
            Locale::En => format!("It must be a whole number from {low} to {high}."),
        },
        Expected::OneOf(words) => match locale {
            Locale::Ja => format!("次のいずれかを指定してください: {}。", words.join("、")),
            Locale::En => format!("It must be one of: {}.", words.join(", ")),
        },
        Expected::OneWish => pick("seat_id、zone_id、any のうち、ちょうど一つを指定してください。", "Give exactly one of seat_id, zone_id and any."),
        Expected::Present => pick("必ず指定してください。", "It must be given."),
        Expected::Shape(why) => why.clone(),
        Expected::Text(most) => match locale {
            Locale::Ja => format!("{most} 文字までの表示できる文字で指定してください。"),
            Locale::En => format!("It must be at most {most} printable characters."),
        },
    }
}

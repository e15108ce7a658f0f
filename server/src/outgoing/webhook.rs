//! What programs elsewhere are told. By default that a memo waits, for whom, how urgent, and where to read it: no caller, no text.

use app::{
    i18n::{Locale, memo::emergency::first_line, memo::outgoing as words},
    routes,
};
use chrono::SecondsFormat;
use domain::memo::{Format, MemoTo, Tongue, view::MemoView};
use serde_json::{Value, json};
use services::memo::WebhookTarget;

/// The language of a program or a person.
pub(super) const fn locale(tongue: Tongue) -> Locale {
    match tongue {
        Tongue::Ja => Locale::Ja,
        Tongue::En => Locale::En,
    }
}

/// The message; without a memo, that it is only tried.
pub(super) fn body(target: &WebhookTarget, memo: Option<&MemoView>, base_url: &str, id: i64) -> Value {
    match target.format {
        Format::Json => plain(target, memo, base_url, id),
        Format::Teams => card(target, memo, base_url),
    }
}

/// `{"v":1,"event":"memo.written","delivery":7,"memo":{…},"link":"…"}`.
fn plain(target: &WebhookTarget, memo: Option<&MemoView>, base_url: &str, id: i64) -> Value {
    let Some(memo) = memo else { return json!({ "v": 1, "event": "try", "delivery": id }) };
    let (kind, _) = memo.to.parts();
    let emergency = memo.emergency.as_ref().map(|told| told.service);
    let mut told =
        json!({ "id": memo.id, "for": kind, "name": memo.to_name, "urgency": memo.urgency, "system": memo.author_name.is_none(), "emergency": emergency });
    if let (true, Some(fields)) = (target.whole, told.as_object_mut()) {
        fields.insert("caller_name".into(), json!(memo.caller_name));
        fields.insert("caller_number".into(), json!(memo.caller_number));
        fields.insert("wish".into(), json!(memo.wish));
        if let Some(told) = &memo.emergency {
            fields.insert("place".into(), json!({ "known": told.place, "site": told.site, "floor": told.floor, "seat": told.seat, "device": told.device }));
        }
        fields.insert("text".into(), json!(memo.text));
        fields.insert("called_at".into(), json!(memo.called_at.to_rfc3339_opts(SecondsFormat::Secs, true)));
        fields.insert("written_by".into(), json!(memo.author_name));
    }
    json!({ "v": 1, "event": "memo.written", "delivery": id, "memo": told, "link": link(base_url, memo) })
}

/// The memo's place on the page of memos.
pub(super) fn link(base_url: &str, memo: &MemoView) -> String {
    format!("{base_url}{}", routes::memo(memo.id))
}

/// A message with an Adaptive Card. Its texts are Markdown for Teams, so what people wrote is escaped.
fn card(target: &WebhookTarget, memo: Option<&MemoView>, base_url: &str) -> Value {
    let locale = locale(target.tongue);
    let block = |text: String, strong: bool| json!({ "type": "TextBlock", "text": text, "wrap": true, "weight": if strong { "Bolder" } else { "Default" } });
    let mut blocks = Vec::new();
    let mut actions = Vec::new();
    match memo {
        None => blocks.push(block(words::try_it(locale).into(), true)),
        Some(memo) => {
            blocks.extend(first_line(locale, memo).map(|line| block(escaped(&line), true)));
            let name = escaped(&memo.to_name);
            let section = matches!(memo.to, MemoTo::Section(_));
            blocks.push(block(words::waits(locale, &name, section, memo.urgency), true));
            if target.whole {
                blocks.extend(words::lines(locale, memo).into_iter().map(|line| block(escaped(&line), false)));
            }
            actions.push(json!({ "type": "Action.OpenUrl", "title": words::open(locale), "url": link(base_url, memo) }));
        }
    }
    let content = json!({
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json", "type": "AdaptiveCard", "version": "1.4",
        "body": blocks, "actions": actions,
    });
    json!({ "type": "message", "attachments": [{ "contentType": "application/vnd.microsoft.card.adaptive", "contentUrl": null, "content": content }] })
}

/// Signs that Markdown would take for its own. A link in a caller's name stays words.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        if matches!(letter, '\\' | '*' | '_' | '[' | ']' | '(' | ')' | '#' | '`' | '~' | '<' | '>' | '!' | '|') {
            out.push('\\');
        }
        out.push(letter);
    }
    out
}

/// A memo that means harm.
#[cfg(test)]
pub(super) fn sample() -> MemoView {
    use domain::{
        MemoId, PersonId,
        memo::{Author, Urgency, Wish},
    };
    let at = chrono::DateTime::from_timestamp(1_795_478_400, 0).unwrap();
    MemoView {
        id: MemoId(7),
        to: MemoTo::Person(PersonId(1)),
        to_name: "佐藤 一郎".into(),
        caller_name: "[町会](https://evil.example)".into(),
        caller_number: "0312345678".into(),
        wish: Wish::CallBack,
        text: "至急\n書類".into(),
        urgency: Urgency::Urgent,
        emergency: None,
        author: Author::Person,
        author_name: Some("髙橋".into()),
        call: None,
        called_wall: at.naive_utc(),
        called_at: at,
        rang_s: None,
        written_at: at,
        receipts: Vec::new(),
        ended: None,
        mine: false,
        read_by_me: false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::WebhookId;

    fn target(format: Format, whole: bool) -> WebhookTarget {
        WebhookTarget { id: WebhookId(1), url: "https://h.example/".into(), format, tongue: Tongue::Ja, whole, secret: "s".into() }
    }

    #[test]
    fn nothing_of_the_caller_is_told_unless_somebody_chose_so() {
        for format in [Format::Json, Format::Teams] {
            let told = body(&target(format, false), Some(&sample()), "https://seats.example", 3).to_string();
            assert!(told.contains("佐藤 一郎") && told.contains("https://seats.example/memos"), "{told}");
            for hidden in ["町会", "evil", "0312345678", "書類", "髙橋"] {
                assert!(!told.contains(hidden), "{hidden}: {told}");
            }
            let whole = body(&target(format, true), Some(&sample()), "https://seats.example", 3).to_string();
            assert!(whole.contains("町会") && whole.contains("0312345678") && whole.contains("書類"), "{whole}");
            assert!(!body(&target(format, true), None, "https://seats.example", 3).to_string().contains("佐藤"));
        }
    }

    #[test]
    fn a_card_is_what_teams_takes_and_words_stay_words() {
        let told = body(&target(Format::Teams, true), Some(&sample()), "https://seats.example", 3);
        assert_eq!(told["type"], "message");
        let content = &told["attachments"][0]["content"];
        assert_eq!(
            (told["attachments"][0]["contentType"].as_str(), content["version"].as_str()),
            (Some("application/vnd.microsoft.card.adaptive"), Some("1.4"))
        );
        let text = content["body"].to_string();
        assert!(text.contains("\\\\[町会\\\\]\\\\(https"), "{text}");
        assert_eq!(content["actions"][0]["type"], "Action.OpenUrl");
    }
}

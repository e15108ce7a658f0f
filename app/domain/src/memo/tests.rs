//! The tables of memos: what may be written, how they live, who may see them, where they may be told.

use super::*;
use crate::{PersonId, SectionId};
use chrono::{DateTime, TimeDelta, Utc};

const OWN: PersonId = PersonId(1);
const COLLEAGUE: PersonId = PersonId(2);
const WRITER: PersonId = PersonId(3);
const STRANGER: PersonId = PersonId(4);
const SECTION: SectionId = SectionId(7);

fn at(second: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_800_000_000 + second, 0).unwrap()
}

fn draft(caller_name: &str, caller_number: &str, wish: Wish, text: &str) -> Draft {
    let [caller_name, caller_number, text] = [caller_name, caller_number, text].map(str::to_owned);
    Draft { to: MemoTo::Person(OWN), caller_name, caller_number, wish, text, urgency: Urgency::Normal }
}

#[test]
fn a_memo_says_something_and_not_too_much() {
    let long = |count: usize| "あ".repeat(count);
    let too_long = |field, most, has| Some(DraftError::TooLong { field, most, has });
    for (written, wrong) in [
        (draft("町会", "", Wish::CallBack, ""), None),
        (draft("", "0312345678", Wish::Called, ""), None),
        (draft("", "", Wish::Called, "窓口に書類"), None),
        (draft(" \t", "", Wish::CallBack, " \n "), Some(DraftError::NothingSaid)),
        (draft("町会", "0312345678", Wish::Tell, ""), Some(DraftError::TextMissing)),
        (draft(&long(80), "", Wish::Called, ""), None),
        (draft(&long(81), "", Wish::Called, ""), too_long(Field::CallerName, 80, 81)),
        (draft("", &"1".repeat(41), Wish::Called, ""), too_long(Field::CallerNumber, 40, 41)),
        (draft("", "", Wish::Tell, &long(1_000)), None),
        (draft("", "", Wish::Tell, &long(1_001)), too_long(Field::Text, 1_000, 1_001)),
    ] {
        assert_eq!(written.clone().checked().err(), wrong, "{written:?}");
    }
}

#[test]
fn nothing_hidden_is_kept() {
    let kept = draft("町会\r\nBcc: a@b", "03\u{202e}12\u{0}", Wish::Tell, "一行目\r\n二行目\r\u{7}三行目\u{200b} ").checked().unwrap();
    assert_eq!((kept.caller_name.as_str(), kept.caller_number.as_str(), kept.text.as_str()), ("町会 Bcc: a@b", "03 12", "一行目\n二行目\n三行目"));
}

#[test]
fn a_number_can_be_dialled_however_it_is_written() {
    for (written, number) in [
        ("03-1234-5678", Some("0312345678")),
        ("+81 (3) 1234.5678", Some("+81312345678")),
        ("0312345678", Some("0312345678")),
        ("03ー1234", Some("031234")),
        ("2104", Some("2104")),
        ("内線2104", None),
        ("1+2", None),
        ("javascript:alert(1)", None),
        ("1", None),
        ("", None),
    ] {
        assert_eq!(dialable(written).as_deref(), number, "{written}");
    }
}

fn memo(to: MemoTo) -> Memo {
    Memo { to, author: Some(WRITER), receipts: Vec::new(), ended: None }
}

#[test]
fn a_memo_is_read_once_and_closed_once() {
    let new = memo(MemoTo::Section(SECTION));
    let read = new.clone().read(OWN, at(1)).read(OWN, at(2)).read(COLLEAGUE, at(3));
    assert_eq!(read.receipts, [Receipt { by: OWN, at: at(1) }, Receipt { by: COLLEAGUE, at: at(3) }]);
    assert_eq!(read.clone().unread(OWN).receipts, [Receipt { by: COLLEAGUE, at: at(3) }]);

    let ended = new.clone().end(Ending::CalledBack, Some(OWN), at(4)).unwrap();
    let by_own = Ended { how: Ending::CalledBack, by: Some(OWN), at: at(4) };
    assert_eq!((ended.ended, ended.receipts.as_slice()), (Some(by_own), [Receipt { by: OWN, at: at(4) }].as_slice()), "who closes it has read it");
    assert_eq!(ended.clone().end(Ending::CalledBack, Some(OWN), at(5)), Ok(ended.clone()), "pressed twice");
    for (how, by) in [(Ending::CalledBack, COLLEAGUE), (Ending::NoNeed, OWN)] {
        assert_eq!(ended.clone().end(how, Some(by), at(5)), Err(MemoRefusal::AlreadyEnded(by_own)));
    }
    let open = ended.reopen().unwrap();
    assert_eq!((open.ended, open.receipts.len()), (None, 1));
    assert_eq!(open.reopen(), Err(MemoRefusal::NotEnded));

    assert_eq!(new.clone().end(Ending::Answered, Some(OWN), at(4)), Err(MemoRefusal::NotByPeople));
    assert_eq!(new.clone().end(Ending::Answered, None, at(4)).unwrap().receipts, []);
    assert_eq!(new.end(Ending::NoNeed, Some(WRITER), at(4)).unwrap().receipts, [], "who wrote it is no reader");
}

#[test]
fn who_may_see_it() {
    let viewer = |person, answers_for: &[PersonId], sections: &[SectionId]| Viewer {
        person: Some(person),
        answers_for: answers_for.to_vec(),
        sections: sections.to_vec(),
        administers: false,
    };
    let (person, section) = (memo(MemoTo::Person(OWN)), memo(MemoTo::Section(SECTION)));
    // Who, what of the person's memo (sees, leaves a receipt), what of the section's.
    for (name, who, of_person, of_section) in [
        ("the person", viewer(OWN, &[], &[]), (true, true), (false, false)),
        ("who answers for them", viewer(COLLEAGUE, &[OWN], &[]), (true, true), (false, false)),
        ("a member", viewer(COLLEAGUE, &[], &[SECTION]), (false, false), (true, true)),
        ("who wrote it", viewer(WRITER, &[], &[]), (true, false), (true, false)),
        ("a stranger", viewer(STRANGER, &[COLLEAGUE], &[SectionId(8)]), (false, false), (false, false)),
        ("an administrator", Viewer { administers: true, ..viewer(STRANGER, &[], &[]) }, (true, false), (true, false)),
        ("a program", Viewer { administers: true, ..Viewer::default() }, (true, false), (true, false)),
        ("nobody", Viewer::default(), (false, false), (false, false)),
    ] {
        for (memo, expected) in [(&person, of_person), (&section, of_section)] {
            assert_eq!((who.sees(memo), who.leaves_receipt(memo)), expected, "{name} of {:?}", memo.to);
        }
    }
    let unsigned = Memo { author: None, ..person };
    assert!(!Viewer::default().sees(&unsigned), "nobody wrote it, and nobody is nobody");
}

#[test]
fn tries_are_further_and_further_apart_and_end() {
    let seconds = |attempts| next_try(at(0), attempts, at(100)).map(|next| (next - at(100)).num_seconds());
    let expected = [Some(30), Some(30), Some(60), Some(120), Some(240), Some(480), Some(960), Some(1_920), Some(3_600), Some(3_600)];
    assert_eq!((0..10).map(seconds).collect::<Vec<_>>(), expected);
    assert_eq!(seconds(u32::MAX), Some(3_600));
    let late = at(0) + GIVE_UP_AFTER;
    assert!(next_try(at(0), 30, late - TimeDelta::hours(1)).is_some());
    assert_eq!(next_try(at(0), 30, late - TimeDelta::minutes(59)), None);
}

#[test]
fn addresses_are_read_narrowly() {
    for (text, expected) in [
        ("https://hooks.city.example.jp/a?b=c", Some(("hooks.city.example.jp", 443, "/a?b=c"))),
        ("HTTPS://Hooks.Example.JP", Some(("hooks.example.jp", 443, "/"))),
        ("https://h.example:8443?x", Some(("h.example", 8_443, "/?x"))),
        ("http://10.1.2.3:80/", Some(("10.1.2.3", 80, "/"))),
        ("https://[::ffff:127.0.0.1]/", Some(("127.0.0.1", 443, "/"))),
        ("https://user@evil.example/", None),
        ("https://good.example@evil.example/", None),
        ("https://good.example\\@evil.example/", None),
        ("https://good.example#@evil.example/", None),
        ("https://127.1/", None),
        ("https://2130706433/", None),
        ("https://0x7f.0.0.0x1/", None),
        ("https://h.example:99999/", None),
        ("https://h.example:/", None),
        ("https://h..example/", None),
        ("https:///path", None),
        ("ftp://h.example/", None),
        ("gopher://h.example/", None),
        ("h.example/", None),
        ("https://h.example/\r\nX: y", None),
        ("https://h.example/あ", None),
        ("", None),
    ] {
        let read = WebhookUrl::parse(text);
        assert_eq!(read.as_ref().ok().map(|url| (url.host.as_str(), url.port, url.path.as_str())), expected, "{text}");
    }
    assert_eq!(WebhookUrl::parse("https://[fd00::5]:8443/").unwrap().authority(), "[fd00::5]:8443");
    assert_eq!(WebhookUrl::parse("http://h.example:80/").unwrap().authority(), "h.example");
}

#[test]
fn only_named_hosts_at_honest_addresses_are_told() {
    let allowed = Allowed::parse(
        "hooks.city.example.jp, teams.example.jp:8443, *.webhook.office.com, 10.20.0.0/16, http://127.0.0.1:9000, http://plain.example.jp, [fd00::5]:8443",
    )
    .unwrap();
    // Address, where its name points to, whether its words are permitted, whether it is called.
    for (url, ip, words, called) in [
        ("https://hooks.city.example.jp/", "93.184.216.34", true, true),
        ("https://hooks.city.example.jp/", "10.99.0.1", true, true),
        ("https://hooks.city.example.jp/", "127.0.0.1", true, false),
        ("https://hooks.city.example.jp/", "10.20.0.1", true, true),
        ("https://hooks.city.example.jp/", "169.254.169.254", true, false),
        ("https://hooks.city.example.jp/", "::1", true, false),
        ("https://hooks.city.example.jp/", "fe80::1", true, false),
        ("https://hooks.city.example.jp/", "::ffff:169.254.169.254", true, false),
        ("https://hooks.city.example.jp/", "64:ff9b::7f00:1", true, false),
        ("https://hooks.city.example.jp/", "0.0.0.0", true, false),
        ("https://hooks.city.example.jp/", "255.255.255.255", true, false),
        ("https://hooks.city.example.jp:8443/", "93.184.216.34", false, false),
        ("http://hooks.city.example.jp/", "93.184.216.34", false, false),
        ("https://evil.hooks.city.example.jp/", "93.184.216.34", false, false),
        ("https://teams.example.jp:8443/", "93.184.216.34", true, true),
        ("https://teams.example.jp/", "93.184.216.34", false, false),
        ("https://x.webhook.office.com/", "52.96.0.1", true, true),
        ("https://x.webhook.office.com/", "192.168.0.1", true, false),
        ("https://x.webhook.office.com/", "10.20.0.7", true, true),
        ("https://webhook.office.com/", "52.96.0.1", false, false),
        ("https://evilwebhook.office.com/", "52.96.0.1", false, false),
        ("https://10.20.3.4:1234/", "10.20.3.4", true, true),
        ("https://10.21.3.4/", "10.21.3.4", false, false),
        ("http://10.20.3.4/", "10.20.3.4", false, false),
        ("http://127.0.0.1:9000/hook", "127.0.0.1", true, true),
        ("http://127.0.0.1:9001/hook", "127.0.0.1", false, false),
        ("http://plain.example.jp/", "93.184.216.34", true, true),
        ("https://plain.example.jp/", "93.184.216.34", true, true),
        ("https://[fd00::5]:8443/", "fd00::5", true, true),
        ("https://[fd00::6]:8443/", "fd00::6", false, false),
    ] {
        let (url, ip) = (WebhookUrl::parse(url).unwrap(), ip.parse().unwrap());
        assert_eq!((allowed.permits(&url).is_ok(), allowed.permits_at(&url, ip)), (words, called), "{url:?} at {ip}");
    }
    assert!(Allowed::default().permits(&WebhookUrl::parse("https://h.example/").unwrap()).is_err(), "nothing without a list");
    assert!(Allowed::parse(" , ").unwrap().is_empty());
    for wrong in ["10.0.0.0/33", "a b", "ftp://x", "*.10.0.0.1", "*", "x:y", "fd00::/129"] {
        assert_eq!(Allowed::parse(&format!("ok.example, {wrong}")), Err(AllowedError(wrong.to_owned())), "{wrong}");
    }
}

#[test]
fn words_are_read_as_they_are_written() {
    for wish in Wish::ALL {
        assert_eq!(Wish::parse(wish.code()), Some(*wish));
    }
    assert_eq!("person-12".parse(), Ok(MemoTo::Person(PersonId(12))));
    for to in [MemoTo::Person(OWN), MemoTo::Section(SECTION)] {
        assert_eq!(to.to_string().parse(), Ok(to));
    }
    for wrong in ["", "person", "person-", "house-1", "section-x", "1"] {
        assert_eq!(wrong.parse::<MemoTo>(), Err(()), "{wrong}");
    }
}

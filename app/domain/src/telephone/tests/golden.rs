//! What each PBX is told, letter by letter (`tests/golden/`), and names that try to break out.
//!
//! `NANAWARI_GOLDEN=write cargo test -p domain golden` writes the files anew; read the difference before it is committed.

use super::*;
use crate::telephone::render::*;
use proptest::prelude::*;
use quick_xml::{Reader, events::Event};
use std::{fs, path::PathBuf};

fn golden(name: &str, made: &str) {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src/telephone/tests/golden").join(name);
    if std::env::var("NANAWARI_GOLDEN").is_ok_and(|wish| wish == "write") {
        fs::write(&path, made).unwrap();
    }
    assert_eq!(made, fs::read_to_string(&path).unwrap_or_default(), "{name}");
}

fn json(value: &impl serde::Serialize) -> String {
    serde_json::to_string_pretty(value).unwrap() + "\n"
}

/// 田中 at 3F-13, 佐藤 at 3F-12, 鈴木 in a meeting, a known caller; 福祉課 closes to an announcement.
fn busy() -> Rows {
    let mut rows = hall().sits(TANAKA, SEAT_13, "09:02").sits(SATO, SEAT_12, "08:50").says(SUZUKI, PresenceState::Meeting);
    rows = rows.section(FUKUSHI, |section| (section.overflow, section.closed) = (None, ClosedTarget::Announcement));
    rows.contacts.push(Contact { tel: tel("+81312345678"), name: "○○町会".into(), section: None });
    rows.with_device(Device { target: Target::Tel(tel("+819012345678")), ..device(31, "x", DeviceKind::Outside, Owner::Person(TAKAHASHI)) })
}

fn plan_at(rows: Rows, call: &CallIn, moment: &str) -> Plan {
    decide(&rows.world(), call, at(moment), &PbxCaps::default())
}

fn plan(to: &str) -> Plan {
    plan_at(busy(), &outside(to), "2026-11-24 10:00")
}

fn closed() -> Plan {
    plan_at(busy(), &outside("3100"), "2026-11-24 20:00")
}

fn refused() -> Plan {
    let mut rows = busy();
    rows.blocks.push(BlockRule { id: BlockRuleId(1), callers: CallerPattern::Starts(81), scope: BlockScope::House, until_at: None });
    plan_at(rows, &outside("2101"), "2026-11-24 10:00")
}

fn site() -> FreeswitchSite {
    FreeswitchSite { domain: "office.test".parse().unwrap(), gateway: "ntt".parse().unwrap() }
}

#[test]
fn json_answers() {
    golden("route-person.json", &json(&route_view(&plan("2101"), "01JD0001")));
    golden("route-unknown.json", &json(&route_view(&plan("2999"), "01JD0002")));
    golden("route-closed.json", &json(&route_view(&closed(), "01JD0003")));
    golden("route-outside-number.json", &json(&route_view(&plan("2105"), "01JD0004")));
    golden("route-refused.json", &json(&route_view(&refused(), "01JD0005")));
    let table = table(&busy().world(), None, now(), &PbxCaps::default());
    golden("table.json", &json(&table_view(&table)));
}

#[test]
fn json_questions() {
    let read = |text: &str| serde_json::from_str::<RouteRequest>(text).map(|request| request.into_call(Some(SITE)));
    let documented = r#"{"v":1,"to":"2101","from":"0312345678","from_device":null,"trunk":"ntt-1","call_id":"a84b","hop":0}"#;
    assert_eq!(read(documented).unwrap(), CallIn { site: Some(SITE), ..outside("2101") });
    let least = read(r#"{"v":1,"to":"2101"}"#).unwrap();
    assert_eq!(least, CallIn { to: "2101".into(), site: Some(SITE), ..CallIn::default() });
    let hostile = read(r#"{"v":1,"to":"2101","from_device":"a\r\nVia: x","trunk":""}"#).unwrap();
    assert_eq!((hostile.from_device, hostile.trunk), (None, None));
    assert_eq!(read(r#"{"v":1,"to":"2101","replaces":"call"}"#).unwrap().replaces, Replaces::Call);
    assert!(read(r#"{"v":1}"#).is_err());
}

#[test]
fn asterisk_lines() {
    let trunk: Aor = "ntt".parse().unwrap();
    let line = |plan: &Plan, tech| asterisk_line(plan, tech, &trunk);
    assert_eq!(line(&plan("2101"), AsteriskTech::Pjsip), "v1~200~12^PJSIP/seat-3f-13&PJSIP/mob-tanaka~15^PJSIP/seat-3f-12&PJSIP/mob-sato~20^PJSIP/bcp-fukushi");
    assert_eq!(line(&plan("2105"), AsteriskTech::Pjsip), "v1~200~12^PJSIP/mob-takahashi&PJSIP/+819012345678@ntt~20^PJSIP/bcp-zeimu~20^PJSIP/bcp-annai");
    assert_eq!(line(&plan("2105"), AsteriskTech::Sip), "v1~200~12^SIP/mob-takahashi&SIP/ntt/+819012345678~20^SIP/bcp-zeimu~20^SIP/bcp-annai");
    assert_eq!(line(&plan("2999"), AsteriskTech::Pjsip), "v1~404~");
    assert_eq!(line(&refused(), AsteriskTech::Pjsip), "v1~603~");
    assert_eq!(line(&closed(), AsteriskTech::Pjsip), "v1~200~");
    assert_eq!(
        [AsteriskTech::parse("PJSIP"), AsteriskTech::parse("SIP"), AsteriskTech::parse("Local/x")],
        [Some(AsteriskTech::Pjsip), Some(AsteriskTech::Sip), None]
    );
}

fn from_outside(dialled: &str) -> FreeswitchCall<'_> {
    FreeswitchCall { context: "default", dialled, signed_in: false, at: now() }
}

#[test]
fn freeswitch_documents() {
    let document = |plan: &Plan, dialled: &str| freeswitch_dialplan(plan, from_outside(dialled), &site());
    golden("dialplan-person.xml", &document(&plan("2101"), "2101"));
    golden("dialplan-unknown.xml", &document(&plan("2999"), "2999"));
    golden("dialplan-closed.xml", &document(&closed(), "3100"));
    golden("dialplan-outside-number.xml", &document(&plan("2105"), "2105"));
    golden("dialplan-refused.xml", &document(&refused(), "2101"));
    for made in [document(&plan("2101"), "2101"), document(&plan("2999"), "2999")] {
        assert!(made.lines().all(|line| !line.contains("<?") || line == "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"), "that line is dropped: {made}");
    }
}

#[test]
fn freeswitch_remembers_what_the_house_and_the_world_reach_apart() {
    let made = |dialled: &str, context: &str, signed_in: bool| {
        texts(&freeswitch_dialplan(&plan(dialled), FreeswitchCall { context, signed_in, ..from_outside(dialled) }, &site()))
    };
    let kept =
        |signed_in: bool| made("2101", "default", signed_in).into_iter().find_map(|data| data.strip_prefix("nanawari_kept=").map(str::to_owned)).unwrap();
    assert!(kept(true).starts_with("${hash(insert/nanawari/i:2101/") && kept(false).starts_with("${hash(insert/nanawari/o:2101/"));
    let forgets = ["nanawari_kept=${hash(delete/nanawari/i:2999)}", "nanawari_unknown=2999", "2999 XML default"];
    let data = made("2999", "default", true);
    assert!(forgets.iter().all(|wanted| data.iter().any(|data| data == wanted)), "{data:?}");
    for (dialled, context) in [("2999", "x ${system(reboot)}"), ("2999}", "default"), ("voicemail", "default")] {
        assert!(!made(dialled, context, true).iter().any(|data| data == "transfer"), "{dialled} {context}");
    }
}

#[test]
fn freeswitch_shows_nothing_that_an_outsider_says_of_themselves() {
    let shown = |call: &CallIn, signed_in: bool| {
        let plan = plan_at(busy(), call, "2026-11-24 10:00");
        let made = freeswitch_dialplan(&plan, FreeswitchCall { signed_in, ..from_outside("2101") }, &site());
        let value = |setting: &str| texts(&made).into_iter().find_map(|data| data.strip_prefix(setting).map(str::to_owned));
        (value("effective_caller_id_name="), value("effective_caller_id_number="))
    };
    let said = |name: &str, number: &str| (Some(name.to_owned()), Some(number.to_owned()));
    assert_eq!(shown(&outside("2101"), false), said("○○町会", "0312345678"));
    assert_eq!(shown(&CallIn { from: "0398765432".into(), ..outside("2101") }, false), said("0398765432", "0398765432"));
    assert_eq!(shown(&CallIn { from: "anonymous".into(), ..outside("2101") }, false), said("anonymous", "anonymous"));
    assert_eq!(shown(&inside("mob-yamada", "2101"), true).1, Some("2104".to_owned()));
}

#[test]
fn freeswitch_sends_an_emergency_out_that_came_this_far() {
    let made = |to: &str, signed_in: bool| {
        let call = if signed_in { inside("mob-yamada", to) } else { outside(to) };
        let plan = plan_at(busy(), &call, "2026-11-24 10:00");
        texts(&freeswitch_dialplan(&plan, FreeswitchCall { signed_in, ..from_outside(to) }, &site()))
    };
    let sent = |data: Vec<String>| data.iter().any(|data| data == "sofia/gateway/ntt/119");
    assert!(sent(made("119", true)));
    assert!(!sent(made("119", false)), "the world does not call out through us");
}

#[test]
fn redirects() {
    let host: SipHost = "192.0.2.1:5060".parse().unwrap();
    let person = "<sip:seat-3f-13@192.0.2.1:5060>;q=1.0, <sip:mob-tanaka@192.0.2.1:5060>;q=1.0, <sip:seat-3f-12@192.0.2.1:5060>;q=0.9, \
                  <sip:mob-sato@192.0.2.1:5060>;q=0.9, <sip:bcp-fukushi@192.0.2.1:5060>;q=0.8";
    assert_eq!(redirect(&plan("2101"), &host), Redirect::Moved(person.into()));
    let Redirect::Moved(away) = redirect(&plan("2105"), &host) else { panic!("it rings") };
    assert!(away.contains(", <sip:+819012345678@192.0.2.1:5060;user=phone>;q=1.0, "), "{away}");
    assert_eq!(redirect(&plan("2999"), &host), Redirect::Final(404));
    assert_eq!(redirect(&refused(), &host), Redirect::Final(603));
    assert_eq!(redirect(&closed(), &host), Redirect::Final(480));
    for good in ["pbx", "pbx.office.test", "192.0.2.1", "pbx:5060", "[2001:db8::1]", "[2001:db8::1]:5060"] {
        assert!(good.parse::<SipHost>().is_ok(), "{good}");
    }
    for bad in ["", ":5060", "pbx:", "pbx:99999", "pbx:5060:1", "a b", "pbx>", "pbx\r\nVia: x", "[::1", "[]", "[x]", "席"] {
        assert_eq!(bad.parse::<SipHost>(), Err(SipHostError), "{bad:?}");
    }
}

#[test]
fn telephone_books() {
    let mut rows = busy();
    rows.people.iter_mut().filter(|person| person.person == SUZUKI).for_each(|person| person.listing = Listing::Unlisted);
    let world = rows.world();
    golden("book-yealink.xml", &directory(&world, now(), Book::Yealink, "内線電話帳"));
    golden("book-cisco.xml", &directory(&world, now(), Book::Cisco { page: 0 }, "内線電話帳"));
    let beyond = directory(&world, now(), Book::Cisco { page: usize::MAX }, "内線電話帳");
    assert!(beyond.contains("<Prompt>0-7 / 7</Prompt>") && !beyond.contains("DirectoryEntry"), "{beyond}");
    let many: Vec<Subscriber> =
        (100..150).map(|id| Subscriber { person: PersonId(id), name: format!("n{id}"), kana: format!("n{id}"), listing: Listing::Listed }).collect();
    let mut rows = hall();
    rows.numbers.extend((100..150).map(|id| number(id, &format!("4{id}"), NumberKind::Person(PersonId(id)))));
    rows.people.extend(many);
    let page = directory(&rows.world(), now(), Book::Cisco { page: 1 }, "x");
    assert!(page.contains("<Prompt>33-58 / 58</Prompt>") && page.matches("<DirectoryEntry>").count() == 26, "{page}");
}

/// Every text of an XML document, in order; fails where it is not well-formed.
fn texts(xml: &str) -> Vec<String> {
    let mut reader = Reader::from_str(xml);
    let (mut texts, mut open, mut depth) = (Vec::new(), String::new(), 0_i32);
    loop {
        match reader.read_event().expect("well-formed") {
            Event::Start(start) => {
                depth += 1;
                start.attributes().for_each(|attribute| drop(attribute.expect("well-formed attribute")));
                open.clear();
            }
            Event::Empty(empty) => empty
                .attributes()
                .for_each(|attribute| texts.push(attribute.unwrap().normalized_value(quick_xml::XmlVersion::Implicit1_0).unwrap().into_owned())),
            Event::Text(text) => open.push_str(&text.xml10_content()),
            Event::GeneralRef(reference) => match reference.resolve_char_ref().unwrap() {
                Some(c) => open.push(c),
                None => open.push_str(quick_xml::escape::resolve_predefined_entity(&reference.xml10_content()).expect("a known entity")),
            },
            Event::End(_) => {
                depth -= 1;
                texts.push(std::mem::take(&mut open));
            }
            Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(depth, 0);
    texts
}

const HOSTILE: [&str; 14] = [
    "\"><x/>",
    "</Name>",
    "\r\nVia: x",
    "${system(reboot)}",
    "]]>",
    "&amp;",
    "<!--",
    "山田\u{0}",
    "\u{202e}rid",
    "a^b~c&d,e",
    "\\\"",
    "'); --",
    "${",
    "%0d%0a",
];

fn any_name() -> impl Strategy<Value = String> {
    prop_oneof![proptest::sample::select(&HOSTILE[..]).prop_map(str::to_owned), "\\PC{0,80}", any::<String>()]
}

proptest! {
    #[test]
    fn hostile_names_stay_names(name in any_name(), context in any_name(), to in any_name(), from in any_name()) {
        let mut rows = busy();
        rows.contacts[0].name.clone_from(&name);
        rows.sections.iter_mut().for_each(|section| section.name.clone_from(&name));
        rows.people.iter_mut().for_each(|person| person.name.clone_from(&name));
        let world = rows.world();
        for call in [outside("2101"), inside("mob-yamada", "2101"), CallIn { from: from.clone(), ..outside("3100") }, outside(&to)] {
            let plan = decide(&world, &call, now(), &PbxCaps::default());
            let view = route_view(&plan, "d");
            for shown in [&view.label, &view.caller.name, &view.caller.number] {
                let plain = shown.len() <= 64 && !shown.contains(['"', '\\', '\r', '\n', '\0']);
                prop_assert!(plain, "{shown:?}");
            }
            let text = serde_json::to_string(&view).unwrap();
            prop_assert_eq!(serde_json::from_str::<RouteView>(&text).unwrap(), view);
            let line = asterisk_line(&plan, AsteriskTech::Pjsip, &"ntt".parse().unwrap());
            let plain = line.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"~^&/-._+@".contains(&byte));
            prop_assert!(plain, "{line}");
            let asked = FreeswitchCall { context: &context, dialled: &call.to, signed_in: call.from_device.is_some(), at: now() };
            let xml = freeswitch_dialplan(&plan, asked, &site());
            let data = texts(&xml);
            let bridges = data.iter().filter(|data| data.as_str() == "bridge").count();
            prop_assert_eq!(bridges, plan.stages.len());
            for kept in data.iter().filter_map(|data| data.strip_prefix("nanawari_kept=${hash(insert/nanawari/")) {
                let plain = kept.bytes().all(|byte| byte.is_ascii_alphanumeric() || b" :~=_./@$\\{}()*,+#-".contains(&byte));
                let live = kept.replace("\\${", "").matches("${").count();
                prop_assert!(plain && live == 0 && kept.split(' ').count() == 4 && kept.ends_with(")}"), "{kept}");
            }
            let names = data.iter().filter(|data| data.starts_with("effective_caller_id_name="));
            let plain = names.into_iter().all(|data| !data.contains(['$', '{', '\n', ',']));
            prop_assert!(plain, "{xml}");
            if let Redirect::Moved(contacts) = redirect(&plan, &"pbx".parse().unwrap()) {
                prop_assert!(contacts.bytes().all(|byte| byte.is_ascii_graphic() || byte == b' '));
            }
        }
        let book = texts(&directory(&world, now(), Book::Yealink, &name));
        prop_assert_eq!(book.iter().filter(|text| text.as_str() == "2101").count(), 1);
    }

    #[test]
    fn escaping_loses_nothing_a_page_could_show(text in any_name()) {
        let kept: String = text.chars().map(|c| if matches!(c, '\t' | '\n' | '\r') { ' ' } else { c }).filter(|c| *c >= ' ' && !matches!(c, '\u{fffe}' | '\u{ffff}')).collect();
        let xml = format!("<x>{}</x>", xml_text(&text));
        prop_assert_eq!(texts(&xml), vec![kept]);
    }
}

#[test]
fn names_are_cut_between_characters() {
    assert_eq!(display_name(&"課".repeat(40)), "課".repeat(21));
    assert_eq!(display_name("  山田\t\"太郎\"\\ \r\n"), "山田 太郎");
    assert_eq!(display_name("\u{202e}rid\u{200b}x"), "ridx");
}

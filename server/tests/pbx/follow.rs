//! The extension follows the seat: who rings for a call, and who does not.

use crate::{
    office::{ALARM, E01, E05, HARADA, MAIN, OGAWA, OKAMOTO, RECEPTION_PHONE, RING_MS, SECTION, SECTION_PHONE, WATANABE},
    phone::{Does, Phone, Registered, register},
    process::free_port,
    site::Site,
    wire::{Wire, invite},
};
use Does::{Answers, Declines, IsBusy, Rings};
use std::time::{Duration, Instant};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_extension_follows_the_seat() {
    let site = Site::open().await;
    wrong_passwords_are_refused(&site).await;
    telephone_behind_tcp_is_reached_by_its_connection(&site).await;
    nobody_is_seated(&site).await;
    let booking = check_in_moves_the_next_call(&site).await;
    site.house.leave(booking).await;
    move_to_another_seat(&site).await;
    site.events_in_order().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn groups_ring_and_fall_back() {
    let site = Site::open().await;
    main_number_without_anybody_rings_the_fixed_phone(&site).await;
    site.house.sit_down(OGAWA, E05).await;
    site.house.sit_down(WATANABE, E01).await;
    first_wins_both_ways_round(&site).await;
    one_decline_leaves_the_others_ringing(&site).await;
    busy_goes_on_at_once(&site).await;
    no_answer_goes_on_after_its_time(&site).await;
    who_gives_up_silences_the_telephone(&site).await;
    meeting_and_delegation(&site).await;
    let told = site.events_in_order().await;
    let count = |word: &str| told.iter().filter(|(ev, _)| ev == word).count();
    assert_eq!(count("abandoned"), 1, "{told:?}");
    assert_eq!(count("answer"), count("hangup"), "{told:?}");
    eprintln!("events: {} in order, none missing: {} ring, {} answer, {} hangup", told.len(), count("ring"), count("answer"), count("hangup"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_world_comes_in_and_strangers_do_not() {
    let site = Site::open().await;
    site.house.sit_down(OGAWA, E05).await;
    emergency_calls_ask_nobody(&site).await;
    an_emergency_number_of_the_house_rings_its_security(&site).await;
    the_world_calls_and_is_called(&site).await;
    a_closed_section_says_so(&site).await;
    hostile_headers_stay_texts(&site).await;
    strangers_are_refused(&site).await;
    site.events_in_order().await;
}

async fn wrong_passwords_are_refused(site: &Site) {
    let attempts = [(OGAWA.phone, "not the password", 9), ("nobody", "x", 9)];
    assert_eq!(register(site.exchange.port, free_port(), &attempts).await, [Registered::Refused, Registered::Unknown]);
    let refused = site.call_with(WATANABE.phone, "not the password", OGAWA.ext).await;
    assert_eq!(refused.status, 407);
    site.until("the platform knows who is registered", |site| {
        let reports = site.gate.bodies("taken:/pbx/v1/devices");
        reports.last().is_some_and(|report| report.contains(OGAWA.phone) && report.contains(E01.phone))
    })
    .await;
}

async fn telephone_behind_tcp_is_reached_by_its_connection(site: &Site) {
    let phone = Phone::behind_tcp(HARADA.phone, site.password(HARADA.phone), site.exchange.port).await;
    let ended = site.call(WATANABE.phone, HARADA.ext).await;
    assert_eq!((ended.status, ended.by.as_str(), phone.calls().len()), (200, HARADA.phone, 1));
}

async fn nobody_is_seated(site: &Site) {
    let (own, seat) = (site.on(OGAWA.phone, Answers(50)).await, site.on(E01.phone, Rings).await);
    let ended = site.call(WATANABE.phone, OGAWA.ext).await;
    assert_eq!((ended.status, ended.by.as_str()), (200, OGAWA.phone));
    assert!(seat.calls().is_empty());
    let shown = own.calls().join("\n");
    let expected = format!("\"{}\" <sip:{}@nanawari>", WATANABE.name, WATANABE.ext);
    assert!(shown.contains(&expected) && !shown.contains("Mayor"), "the caller is who authenticated, not who they say they are: {shown}");
    eprintln!("a call rings after {} ms (SIPp's clock has 4 ms)", ended.rang_ms.unwrap_or_default());
}

async fn check_in_moves_the_next_call(site: &Site) -> i64 {
    let (seat, own) = (site.on(E01.phone, Answers(100)).await, site.on(OGAWA.phone, Rings).await);
    let (booking, seated) = site.house.sit_down(OGAWA, E01).await;
    let ended = site.call(WATANABE.phone, OGAWA.ext).await;
    let since = seated.elapsed();
    assert_eq!((ended.status, ended.by.as_str()), (200, E01.phone));
    assert!(seat.calls()[0].contains("live"));
    assert!(own.cancelled().await.contains("cause=200"), "who lost is told that somebody answered");
    eprintln!("check-in, and the very next call was answered at the seat; the call was over {} ms after the check-in", since.as_millis());
    booking
}

async fn move_to_another_seat(site: &Site) {
    let (old, _new, own) = (site.on(E01.phone, Rings).await, site.on(E05.phone, Answers(100)).await, site.on(OGAWA.phone, Rings).await);
    site.house.sit_down(OGAWA, E05).await;
    let ended = site.call(WATANABE.phone, OGAWA.ext).await;
    assert_eq!((ended.status, ended.by.as_str()), (200, E05.phone));
    assert!(old.calls().is_empty(), "the old seat is silent");
    assert_eq!(own.calls().len(), 1);
}

async fn main_number_without_anybody_rings_the_fixed_phone(site: &Site) {
    let (reception, section) = (site.on(RECEPTION_PHONE, Answers(50)).await, site.on(SECTION_PHONE, Answers(50)).await);
    let ended = site.call(HARADA.phone, MAIN).await;
    assert_eq!((ended.status, ended.by.as_str()), (200, RECEPTION_PHONE));
    let ended = site.call_from_outside("0312345678", SECTION).await;
    assert_eq!((ended.status, ended.by.as_str()), (200, SECTION_PHONE));
    assert_eq!((reception.calls().len(), section.calls().len()), (1, 1));
    assert_eq!(site.call(HARADA.phone, "2999").await.status, 404);
}

async fn first_wins_both_ways_round(site: &Site) {
    for (winner, loser) in [(E05.phone, WATANABE.phone), (WATANABE.phone, E05.phone)] {
        let (_wins, loses) = (site.on(winner, Answers(150)).await, site.on(loser, Rings).await);
        let ended = site.call(OKAMOTO.phone, SECTION).await;
        assert_eq!((ended.status, ended.by.as_str()), (200, winner));
        assert_eq!(loses.calls().len(), 1);
        let reason = loses.cancelled().await;
        assert!(reason.contains("SIP") && reason.contains("cause=200"), "{reason}");
    }
}

async fn one_decline_leaves_the_others_ringing(site: &Site) {
    let (declines, _answers) = (site.on(WATANABE.phone, Declines(50)).await, site.on(E05.phone, Answers(400)).await);
    let ended = site.call(OKAMOTO.phone, SECTION).await;
    assert_eq!((ended.status, ended.by.as_str()), (200, E05.phone));
    assert_eq!(declines.calls().len(), 1);
}

async fn busy_goes_on_at_once(site: &Site) {
    let (_seat, _own) = (site.on(E05.phone, IsBusy(50)).await, site.on(OGAWA.phone, IsBusy(50)).await);
    let _colleague = site.on(E01.phone, Answers(50)).await;
    let ended = site.call(OKAMOTO.phone, OGAWA.ext).await;
    assert_eq!((ended.status, ended.by.as_str()), (200, E01.phone));
    assert!(ended.took_ms < 2_000, "{ended:?}");
    eprintln!("busy: a colleague answered after {} ms", ended.took_ms);
}

async fn no_answer_goes_on_after_its_time(site: &Site) {
    let (seat, _own) = (site.on(E05.phone, Rings).await, site.on(OGAWA.phone, Rings).await);
    let _colleague = site.on(E01.phone, Answers(50)).await;
    let ended = site.call(OKAMOTO.phone, OGAWA.ext).await;
    assert_eq!((ended.status, ended.by.as_str()), (200, E01.phone));
    assert!((RING_MS - 100..RING_MS + 3_000).contains(&ended.took_ms), "{ended:?}");
    assert!(!seat.cancelled().await.contains("cause=200"), "nobody answered yet: the telephone shows a missed call");
    eprintln!("no answer: a colleague answered after {} ms, {RING_MS} of them the ringing", ended.took_ms);
}

async fn who_gives_up_silences_the_telephone(site: &Site) {
    // The other telephone is off; SIPp's caller does not like to hear two of them ring while it waits.
    let seat = site.on(E05.phone, Rings).await;
    let ended = site.give_up(OKAMOTO.phone, OGAWA.ext, 200).await;
    assert_eq!(ended.status, 487);
    assert!(seat.cancelled().await.starts_with("CANCEL"));
}

async fn meeting_and_delegation(site: &Site) {
    let (seat, own) = (site.on(E05.phone, Rings).await, site.on(OGAWA.phone, Rings).await);
    let colleague = site.on(E01.phone, Answers(50)).await;
    site.house.presence(OGAWA, "meeting").await;
    let ended = site.call(OKAMOTO.phone, OGAWA.ext).await;
    assert_eq!((ended.status, ended.by.as_str()), (200, E01.phone));
    assert!(seat.calls().is_empty() && own.calls().is_empty(), "nobody disturbs a meeting");
    site.house.presence(OGAWA, "available").await;
    drop(colleague);

    site.house.delegate(HARADA, OKAMOTO).await;
    let (delegate, silent) = (site.on(OKAMOTO.phone, Answers(50)).await, site.on(HARADA.phone, Rings).await);
    let ended = site.call(WATANABE.phone, HARADA.ext).await;
    assert_eq!((ended.status, ended.by.as_str()), (200, OKAMOTO.phone));
    assert_eq!((delegate.calls().len(), silent.calls().len()), (1, 0));
}

async fn emergency_calls_ask_nobody(site: &Site) {
    let asked = site.questions();
    let line = site.line(site.exchange.trunk_port, Answers(50)).await;
    let began = Instant::now();
    let read = async { (site.house.emergency(WATANABE).await, began.elapsed()) };
    let (ended, (told, after)) = tokio::join!(site.call_without_password(E05.phone, "119"), read);
    assert_eq!((ended.status, ended.by.as_str()), (200, "carrier"));
    assert!(line.calls()[0].contains("+81875731100"), "{:?}", line.calls());
    eprintln!("119 reached the carrier after {} ms without a question", ended.rang_ms.unwrap_or_default());
    eprintln!("security could read of it {} ms after SIPp was started to dial", after.as_millis());
    assert_eq!((told["service"].as_str(), told["seat"].as_str(), told["device"].as_str()), (Some("fire"), Some(E05.label), Some(E05.phone)), "{told}");
    drop(line);
    let _spare = site.line(site.exchange.spare_port, Answers(50)).await;
    let ended = site.call_without_password(E05.phone, "110").await;
    assert_eq!((ended.status, ended.by.as_str()), (200, "carrier"));
    assert!(ended.took_ms < 4_000, "{ended:?}");
    eprintln!("110 with a dead first line reached the spare one after {} ms", ended.rang_ms.unwrap_or_default());
    assert_eq!(site.questions(), asked, "an emergency call asks nobody");
}

async fn an_emergency_number_of_the_house_rings_its_security(site: &Site) {
    let guard = site.on(WATANABE.phone, Answers(50)).await;
    let ended = site.call(E05.phone, ALARM).await;
    assert_eq!((ended.status, ended.by.as_str(), guard.calls().len()), (200, WATANABE.phone, 1));
    eprintln!("{ALARM} rang the house's security after {} ms", ended.rang_ms.unwrap_or_default());
}

async fn the_world_calls_and_is_called(site: &Site) {
    let seat = site.on(E05.phone, Answers(50)).await;
    let ended = site.call_from_outside("0312345678", OGAWA.ext).await;
    assert_eq!((ended.status, ended.by.as_str()), (200, E05.phone));
    assert!(seat.calls()[0].contains("<sip:0312345678@nanawari>"), "{:?}", seat.calls());
    assert_eq!(site.call_from_outside("0312345678", "0398765432").await.status, 404, "the world does not call through the house");
    assert_eq!(site.call_from_outside("0312345678", "119").await.status, 404);

    assert_eq!(site.call(E01.phone, "0398765432").await.status, 603, "nobody sits there");
    let line = site.line(site.exchange.trunk_port, Answers(50)).await;
    let ended = site.call(OGAWA.phone, "0398765432").await;
    assert_eq!((ended.status, ended.by.as_str()), (200, "carrier"));
    let seen = line.calls().join(" ");
    assert!(
        seen.contains("shown= <sip:+81875731100@127.0.0.1>") && !seen.contains(OGAWA.phone) && !seen.contains(OGAWA.name),
        "names stay in the house: {seen}"
    );
}

async fn a_closed_section_says_so(site: &Site) {
    site.house.mode("after_hours").await;
    let before = site.house.memos(OGAWA).await;
    assert_eq!(site.call_from_outside("0312345678", SECTION).await.status, 480, "nothing plays it");
    let announcement = site.line(site.exchange.announce_port, Answers(20)).await;
    let ended = site.call_from_outside("0312345678", SECTION).await;
    assert_eq!((ended.status, announcement.calls().len()), (200, 1));
    assert!(announcement.calls()[0].contains(&format!("to=closed-{SECTION}")), "{:?}", announcement.calls());
    eprintln!("the announcement began after {} ms", ended.took_ms);
    let began = Instant::now();
    while site.house.memos(OGAWA).await < before + 2 {
        assert!(began.elapsed().as_secs() < 20, "whoever heard it has a memo, too");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    // From inside it is no matter.
    let seat = site.on(E05.phone, Answers(50)).await;
    assert_eq!(site.call(WATANABE.phone, SECTION).await.by, E05.phone);
    drop(seat);
    site.house.mode("normal").await;
}

async fn hostile_headers_stay_texts(site: &Site) {
    let before = site.questions();
    // From the carrier's address, where nobody is asked for a password.
    let wire = Wire::on(site.exchange.trunk_port);
    let shown = r#""\"}],\"to\":\"110 $avp(to) 山田" <sip:%22%2c%22to%22:%22110@evil>"#;
    for (number, call_id) in [("2999", r#"a"b\c,"to":"2501'"#), ("2999", "%22$(avp(to))"), ("2999", "plain@host")] {
        assert_eq!(site.send(&wire, &invite(number, shown, call_id, "")), Some(404));
    }
    for number in ["2501%22", "2501%5c", "25%0d%0a01", "$rU", "2501%27--"] {
        assert_eq!(site.send(&wire, &invite(number, "<sip:a@b>", "n@host", "")), Some(404), "{number}");
    }
    let asked = site.gate.bodies("/pbx/v1/route").split_off(before);
    assert_eq!(asked.len(), 3, "what is no number is not asked for: {asked:?}");
    for body in asked {
        let question: serde_json::Value = serde_json::from_str(&body).unwrap_or_else(|error| panic!("{error}: {body}"));
        assert_eq!((&question["to"], &question["from"]), (&"2999".into(), &"anonymous".into()), "{body}");
    }
}

async fn strangers_are_refused(site: &Site) {
    let wire = Wire::on(0);
    assert_eq!(site.send(&wire, &invite("2501", "<sip:own-10143@nanawari>", "s1@x", "")), Some(407), "who does not prove who they are is asked to");
    assert_eq!(site.send(&wire, &invite("0398765432", "<sip:own-10143@nanawari>", "s2@x", "")), Some(407));
    let within = invite("0398765432", "<sip:a@b>", "s3@x", ";tag=2\nRoute: <sip:127.0.0.1;lr;nw=guess>").replace("INVITE", "BYE");
    assert_eq!(site.send(&wire, &within), Some(403), "no relay for calls that were never let in");
    let rest = invite("2501", "<sip:a@b>", "s4@x", "\nX-Nanawari-Rest: 0:live::a:::guess");
    assert_eq!(site.send(&wire, &rest), Some(403));
    let preloaded = invite("2501", "<sip:a@b>", "s5@x", "\nRoute: <sip:127.0.0.1:9;lr>");
    assert_eq!(site.send(&wire, &preloaded), Some(407));
    assert_eq!(site.call_as(OGAWA.phone, r#"\"}],\"to\":\"110"#, "2999").await.status, 404, "a telephone with a strange name still calls");
    assert_eq!(site.send(&wire, "garbage\n\n"), None);
}

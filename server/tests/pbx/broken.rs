//! Telephones do not depend on the platform: it answers with errors, with nonsense, not at all, or is gone, and comes back.

use crate::{
    gate::Fault,
    office::{E01, E05, HARADA, OGAWA, OKAMOTO, WATANABE},
    phone::Does::{Answers, Rings},
    site::Site,
};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn calls_go_on_without_the_platform() {
    let mut site = Site::open().await;
    let (booking, _) = site.house.sit_down(OGAWA, E01).await;
    site.until("the table is pulled", |site| site.exchange.stored("routes.db", "SELECT count(*) FROM route WHERE key_name = '2502'") == "1").await;
    let seat = site.on(E01.phone, Answers(50)).await;
    let live = site.call(WATANABE.phone, OGAWA.ext).await;
    assert_eq!((live.status, live.by.as_str()), (200, E01.phone));

    wrong_answers_are_not_believed(&site).await;
    nobody_waits_for_a_platform_that_hangs(&site).await;
    site.gate.close();
    nobody_listens(&site).await;
    drop(seat);
    let calls = stale_answers_ring_no_seat(&site).await;
    site.house.leave(booking).await;

    // Back: the next call is routed live, and what happened meanwhile arrives, in order.
    site.house.sit_down(OGAWA, E05).await;
    site.gate.reopen();
    let seat = site.on(E05.phone, Answers(50)).await;
    // The breaker tries again after two seconds.
    tokio::time::sleep(std::time::Duration::from_millis(2_100)).await;
    let ended = site.call(WATANABE.phone, OGAWA.ext).await;
    assert_eq!((ended.status, ended.by.as_str()), (200, E05.phone));
    assert!(seat.calls()[0].contains("live"), "{:?}", seat.calls());
    let told = site.events_in_order().await;
    let during = |word: &str| told.iter().filter(|(ev, src)| ev == word && src != "live" && !src.is_empty()).count();
    assert_eq!(during("answer"), calls, "{told:?}");
    eprintln!("{} events of the outage arrived after it, in order, none missing ({calls} answered calls)", told.len());

    platform_killed_and_restarted(&mut site).await;
    one_refused_event_holds_up_no_other(&site).await;
}

/// A batch that is refused as a whole is sent again one by one; what nobody understands is put aside.
async fn one_refused_event_holds_up_no_other(site: &Site) {
    site.gate.fault(Fault::RefusesEmergencies);
    let before = site.gate.events().len();
    let _line = site.line(site.exchange.trunk_port, Answers(50)).await;
    let _own = site.on(WATANABE.phone, Answers(50)).await;
    assert_eq!(site.call_without_password(OGAWA.phone, "118").await.status, 200);
    assert_eq!(site.call(OGAWA.phone, WATANABE.ext).await.status, 200);
    site.until("the refused event is put aside", |site| site.exchange.stored("events.db", "SELECT count(*) FROM refused") == "1").await;
    // The emergency call's own end, and all three of the other call.
    site.until("the others have arrived", |site| site.gate.events().len() == before + 4).await;
    assert!(site.exchange.stored("events.db", "SELECT body FROM refused").contains("\"to\":\"118\""));
}

async fn wrong_answers_are_not_believed(site: &Site) {
    for fault in [Fault::Broken, Fault::Garbage] {
        site.gate.fault(fault);
        let ended = site.call(WATANABE.phone, OGAWA.ext).await;
        assert_eq!((ended.status, ended.by.as_str()), (200, E01.phone), "{fault:?}");
        assert!(ended.took_ms < 900, "{fault:?}: {ended:?}");
        // Time for events to be lost, if such an answer passed for "taken".
        tokio::time::sleep(std::time::Duration::from_millis(400)).await;
        eprintln!("{fault:?}: the remembered route rings after {} ms", ended.rang_ms.unwrap_or_default());
    }
    site.gate.fault(Fault::Nothing);
    assert_eq!(site.call(WATANABE.phone, OGAWA.ext).await.status, 200);
}

async fn nobody_waits_for_a_platform_that_hangs(site: &Site) {
    site.gate.fault(Fault::Hanging);
    for turn in 1..=4 {
        let ended = site.call(WATANABE.phone, OGAWA.ext).await;
        assert_eq!((ended.status, ended.by.as_str()), (200, E01.phone));
        let most = if turn <= 3 { 2_500 } else { 900 };
        assert!(ended.took_ms < most, "call {turn}: {ended:?}");
        eprintln!("hanging platform, call {turn}: rings after {} ms", ended.rang_ms.unwrap_or_default());
    }
    site.gate.fault(Fault::Nothing);
}

async fn nobody_listens(site: &Site) {
    tokio::time::sleep(std::time::Duration::from_millis(2_100)).await;
    for turn in 1..=4 {
        let ended = site.call(WATANABE.phone, OGAWA.ext).await;
        assert_eq!((ended.status, ended.by.as_str()), (200, E01.phone));
        assert!(ended.took_ms < 900, "call {turn}: {ended:?}");
        eprintln!("platform gone, call {turn}: rings after {} ms", ended.rang_ms.unwrap_or_default());
    }
}

/// A quarter of an hour later somebody else may sit there. Answers how many calls were answered without the platform, all told.
async fn stale_answers_ring_no_seat(site: &Site) -> usize {
    let (seat, own) = (site.on(E01.phone, Rings).await, site.on(OGAWA.phone, Answers(50)).await);
    site.exchange.make_stale(OGAWA.ext);
    let ended = site.call(WATANABE.phone, OGAWA.ext).await;
    assert_eq!((ended.status, ended.by.as_str()), (200, OGAWA.phone));
    assert!(seat.calls().is_empty() && own.calls()[0].contains("offline"), "{:?}", own.calls());

    // A number nobody has called since Kamailio started is in the table.
    let never_called = site.on(OKAMOTO.phone, Answers(50)).await;
    let ended = site.call(WATANABE.phone, OKAMOTO.ext).await;
    assert_eq!((ended.status, ended.by.as_str()), (200, OKAMOTO.phone));
    assert!(never_called.calls()[0].contains("push"), "{:?}", never_called.calls());

    // And what is in no table is the device of that name, if there is one.
    let device = site.on(HARADA.phone, Answers(50)).await;
    assert_eq!(site.call(WATANABE.phone, HARADA.phone).await.by, HARADA.phone);
    assert!(device.calls()[0].contains("static"), "{:?}", device.calls());
    assert_eq!(site.call(WATANABE.phone, "2998").await.status, 480);
    // Broken, garbage, four of a hanging and four of no platform, and these three.
    13
}

async fn platform_killed_and_restarted(site: &mut Site) {
    site.house.kill();
    let own = site.on(WATANABE.phone, Answers(50)).await;
    let ended = site.call(OGAWA.phone, WATANABE.ext).await;
    assert_eq!((ended.status, ended.by.as_str()), (200, WATANABE.phone));
    assert!(own.calls()[0].contains("push"), "{:?}", own.calls());
    site.house.start_again().await;
    let ended = site.call(OGAWA.phone, WATANABE.ext).await;
    assert_eq!((ended.status, ended.by.as_str()), (200, WATANABE.phone));
    assert!(own.calls()[1].contains("live"), "{:?}", own.calls());
    site.events_in_order().await;
}

//! Kamailio is killed while the platform is dead, and starts again with what is on disk.

use crate::{
    office::{HARADA, OGAWA, WATANABE},
    phone::Does::Answers,
    site::Site,
};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn kamailio_killed_with_the_platform_dead() {
    let mut site = Site::open().await;
    let registered = site.exchange.stored("routes.db", "SELECT count(*) FROM device");
    site.until("the table is pulled", |site| site.exchange.stored("routes.db", "SELECT count(*) FROM route WHERE key_name = '2501'") == "1").await;
    only_what_changed_is_changed(&site).await;
    site.until("registrations are on disk", |site| site.exchange.stored("registrations.db", "SELECT count(*) FROM location") == registered).await;

    site.gate.close();
    let phone = site.on(OGAWA.phone, Answers(50)).await;
    assert_eq!(site.call(WATANABE.phone, OGAWA.ext).await.status, 200);
    site.until("the call's three events are on disk", |site| site.exchange.stored("events.db", "SELECT count(*) FROM event") == "3").await;

    site.exchange.kill();
    let up = site.exchange.start().await;
    // Registered before, routed by the table, and the caller's password is known: all of it from disk.
    let ended = site.call(WATANABE.phone, OGAWA.ext).await;
    assert_eq!((ended.status, ended.by.as_str()), (200, OGAWA.phone));
    assert!(phone.calls()[1].contains("push"), "{:?}", phone.calls());
    eprintln!(
        "Kamailio killed with the platform dead: it answers {} ms after its start, a call rings after {} ms",
        up.as_millis(),
        ended.rang_ms.unwrap_or_default()
    );

    site.exchange.start_script();
    site.gate.reopen();
    let told = site.events_in_order().await;
    assert_eq!(told.iter().filter(|(ev, _)| ev == "hangup").count(), 2, "what happened before the crash is not lost: {told:?}");
}

/// Somebody goes on leave: their number's plan for a day without the platform changes, and nothing else.
async fn only_what_changed_is_changed(site: &Site) {
    let others = "SELECT group_concat(key_name || key_value) FROM (SELECT * FROM route WHERE key_name NOT IN ('2504', '3100') ORDER BY key_name)";
    let before = site.exchange.stored("routes.db", others);
    let plan = "SELECT key_value FROM route WHERE key_name = '2504'";
    assert!(site.exchange.stored("routes.db", plan).contains(HARADA.phone));
    site.house.presence(HARADA, "leave").await;
    let took = site.until("the change is pulled", |site| !site.exchange.stored("routes.db", plan).contains(HARADA.phone)).await;
    assert!(before.contains("2501") && before == site.exchange.stored("routes.db", others), "{before}");
    eprintln!("a change of the table is on the PBX's disk after {} ms (asked for every second here)", took.as_millis());
}

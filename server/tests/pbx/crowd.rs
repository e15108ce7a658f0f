//! A section with more telephones than one transaction of Kamailio holds: all of them ring, in two waves.

use crate::{
    hall::Hall,
    office::{COUNTER, CROWD, OGAWA, RING_MS, crowd},
    phone::{Registered, register},
    process::free_port,
    site::Site,
};
use std::time::{Duration, Instant};

/// Telephones of one stage, by the platform's own limit.
const WAVE: usize = 28;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn forty_telephones_ring_in_two_waves() {
    let site = Site::open().await;
    let names: Vec<String> = (0..CROWD).map(crowd).collect();
    let hall = Hall::open(&names[CROWD - 1], Duration::from_millis(100));
    let devices: Vec<(&str, &str, u16)> = names.iter().map(|name| (name.as_str(), site.password(name), hall.port)).collect();
    let began = Instant::now();
    let registered = register(site.exchange.port, free_port(), &devices).await;
    assert!(registered.iter().all(|one| *one == Registered::Yes), "{registered:?}");
    eprintln!("{CROWD} telephones registered in {} ms", began.elapsed().as_millis());

    let ended = site.call(OGAWA.phone, COUNTER).await;
    assert_eq!((ended.status, ended.by.as_str()), (200, names[CROWD - 1].as_str()), "{}", site.exchange.logs());
    hall.silent(CROWD - 1).await;
    let seen = hall.close();
    assert_eq!(seen.rung.len(), CROWD, "every telephone rang: {:?}", seen.rung.keys());
    assert_eq!(seen.shown.len(), 1, "both waves are shown the same caller: {:?}", seen.shown);
    let mut at: Vec<Instant> = seen.rung.values().copied().collect();
    at.sort();
    let (first, second) = at.split_at(WAVE);
    let spread = |wave: &[Instant]| wave[wave.len() - 1] - wave[0];
    assert!(second[0] - first[0] >= Duration::from_millis(RING_MS - 200), "the second wave waits for the first");
    assert!(ended.took_ms < RING_MS + 3_000, "{ended:?}");
    // The first wave in vain, the second because somebody answered.
    let elsewhere = seen.cancelled.values().filter(|reason| reason.contains("cause=200")).count();
    assert_eq!((seen.cancelled.len(), elsewhere), (CROWD - 1, CROWD - WAVE - 1), "{:?}", seen.cancelled);
    eprintln!("ring-all: {WAVE} telephones within {:?}, the other {} within {:?}", spread(first), CROWD - WAVE, spread(second));
    let told = site.events_in_order().await;
    let words: Vec<&str> = told.iter().map(|(ev, _)| ev.as_str()).collect();
    assert_eq!(words, ["ring", "ring", "answer", "hangup"]);
}

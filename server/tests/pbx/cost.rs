//! What asking costs: from the carrier's INVITE to the telephone's, with the platform asked for every call, and without it.

use crate::{
    hall::Hall,
    office::OGAWA,
    phone::{Registered, register},
    process::free_port,
    site::Site,
    wire::{Wire, invite},
};
use std::time::{Duration, Instant};

const CALLS: usize = 200;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn asking_costs_milliseconds() {
    let mut site = Site::open_directly().await;
    let hall = Hall::open(OGAWA.phone, Duration::ZERO);
    let registered = register(site.exchange.port, free_port(), &[(OGAWA.phone, site.password(OGAWA.phone), hall.port)]).await;
    assert_eq!(registered, [Registered::Yes]);

    let wire = Wire::on(site.exchange.trunk_port);
    let sent = call_often(&site, &wire, "asked");
    site.house.kill();
    // Three failures, and nobody asks any more: every call but the first few measures what is remembered.
    let alone = call_often(&site, &wire, "alone");
    let asked = Times::of(sent.iter().map(|(call, at)| hall.rang(call) - *at));
    let alone = Times::of(alone.iter().map(|(call, at)| hall.rang(call) - *at));
    eprintln!("INVITE to INVITE, {CALLS} calls one after another: platform asked {asked}; platform dead {alone}");
    assert!(asked.middle < Duration::from_millis(50) && alone.middle < Duration::from_millis(50), "asked {asked}, alone {alone}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_call_of_many_is_lost_or_uncounted() {
    let site = Site::open_directly().await;
    let hall = Hall::open(OGAWA.phone, Duration::from_millis(100));
    let registered = register(site.exchange.port, free_port(), &[(OGAWA.phone, site.password(OGAWA.phone), hall.port)]).await;
    assert_eq!(registered, [Registered::Yes]);
    // The sample office has had calls this month.
    let before = site.house.recorded(0).await;
    let load = site.call_at_a_pace(OGAWA.ext, 20, 60).await;
    assert_eq!(load.answered, 60, "{}", site.exchange.logs());
    assert_eq!(site.house.recorded(before + 60).await, before + 60);
    eprintln!("60 calls at 20 a second: none lost, all counted; the platform holds {:.0} MB", site.house.memory_mib());
}

/// Call-IDs and when their INVITE was sent.
fn call_often(site: &Site, wire: &Wire, name: &str) -> Vec<(String, Instant)> {
    let call = |number: usize| {
        let (call_id, at) = (format!("{name}-{number}@carrier"), Instant::now());
        assert_eq!(site.send(wire, &invite(OGAWA.ext, "<sip:0312345678@carrier>", &call_id, "")), Some(200), "{}", site.exchange.logs());
        (call_id, at)
    };
    (0..CALLS).map(call).collect()
}

/// The median, and how long nine of ten, and ninety-nine of a hundred took at most.
struct Times {
    middle: Duration,
    most: Duration,
    nearly_all: Duration,
}

impl Times {
    fn of(all: impl Iterator<Item = Duration>) -> Self {
        let mut all: Vec<Duration> = all.collect();
        all.sort();
        let at = |percent: usize| all[all.len() * percent / 100];
        Self { middle: at(50), most: at(90), nearly_all: at(99) }
    }
}

impl std::fmt::Display for Times {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let ms = |time: Duration| time.as_secs_f64() * 1_000.0;
        write!(f, "p50 {:.1} p90 {:.1} p99 {:.1} ms", ms(self.middle), ms(self.most), ms(self.nearly_all))
    }
}

//! Real calls through the shipped Kamailio: what asking adds to the time until a telephone rings, and many calls for long.

use crate::{
    hall::Hall,
    measure::{Row, percentile},
    office::OGAWA,
    phone::{Registered, register},
    process::free_port,
    site::Site,
    wire::{Wire, invite},
};
use std::{
    env,
    time::{Duration, Instant},
};

/// Calls one after another, for each way.
const CALLS: usize = 1_000;
/// Calls a second of the long run.
const PACE: u32 = 50;

/// From the carrier's INVITE to the telephone's, milliseconds, for every call of a kind.
fn one_after_another(site: &Site, hall: &Hall, wire: &Wire, name: &str) -> Vec<f64> {
    let mut times = Vec::with_capacity(CALLS);
    for number in 0..CALLS {
        let (call_id, at) = (format!("{name}-{number}@carrier"), Instant::now());
        assert_eq!(site.send(wire, &invite(OGAWA.ext, "<sip:0312345678@carrier>", &call_id, "")), Some(200), "{}", site.exchange.logs());
        times.push((hall.rang(&call_id) - at).as_secs_f64() * 1_000.0);
    }
    times
}

/// A telephone that is picked up after a while.
async fn telephone(site: &Site, after: Duration) -> Hall {
    let hall = Hall::open(OGAWA.phone, after);
    let registered = register(site.exchange.port, free_port(), &[(OGAWA.phone, site.password(OGAWA.phone), hall.port)]).await;
    assert_eq!(registered, [Registered::Yes]);
    hall
}

pub async fn measure() -> Vec<Row> {
    let mut site = Site::open_directly().await;
    let hall = telephone(&site, Duration::ZERO).await;
    let wire = Wire::on(site.exchange.trunk_port);
    let asked = one_after_another(&site, &hall, &wire, "asked");
    drop((wire, hall));

    let minutes: u32 = env::var("NANAWARI_BENCH_MINUTES").ok().and_then(|text| text.parse().ok()).unwrap_or(10);
    let calls = PACE * 60 * minutes;
    // Those measured before are recorded as well, and the sample office has had calls of its own.
    tokio::time::sleep(Duration::from_secs(2)).await;
    let (before, earlier) = (site.house.memory_mib(), site.house.recorded(0).await);
    // SIPp gives a call up when the ringing comes after the answer; nobody picks up so quickly.
    let hall = telephone(&site, Duration::from_millis(100)).await;
    let load = site.call_at_a_pace(OGAWA.ext, PACE, calls).await;
    let after = site.house.memory_mib();
    let recorded = site.house.recorded(earlier + calls).await.saturating_sub(earlier);

    drop(hall);
    let hall = telephone(&site, Duration::ZERO).await;

    site.house.kill();
    let wire = Wire::on(site.exchange.trunk_port);
    let alone = one_after_another(&site, &hall, &wire, "alone");
    // The first few calls still wait for who is gone.
    let alone = &alone[10..];
    let added = |share: f64| percentile(&asked, share) - percentile(alone, share);
    vec![
        Row::plain("INVITE to INVITE, static table, p50", percentile(alone, 0.50), "ms"),
        Row::plain("INVITE to INVITE, static table, p99", percentile(alone, 0.99), "ms"),
        Row::plain("INVITE to INVITE, asked, p50", percentile(&asked, 0.50), "ms"),
        Row::plain("INVITE to INVITE, asked, p99", percentile(&asked, 0.99), "ms"),
        Row::at_most("Added by asking, p50", added(0.50), 2.0, "ms"),
        Row::at_most("Added by asking, p99", added(0.99), 10.0, "ms"),
        Row::note("Calls of the long run", format!("{calls} at {PACE} a second")),
        Row::at_most("Calls lost", f64::from(calls - load.answered), 0.0, "calls"),
        Row::at_most("Calls whose record is missing", f64::from(calls.saturating_sub(recorded)), 0.0, "calls"),
        Row::note("Memory before and after them (RSS)", format!("{before:.0}, {after:.0} MB")),
    ]
}

//! A PBX that knows nothing of our contract, with a trunk to the redirect server: a Kamailio of a few lines that rings what a
//! 302 names.

use crate::{
    hall::{Hall, Seen},
    house::House,
    office::{E01, E05, OGAWA, SECTION_PHONE},
    phone::{Caller, Ended},
    process::{Group, everything_is_installed, free_port, search_path},
    wire::Wire,
};
use std::{
    fs,
    process::{Command, Stdio},
    time::{Duration, Instant},
};
use tempfile::TempDir;

struct Foreign {
    _folder: TempDir,
    _kamailio: Group,
    port: u16,
}

impl Foreign {
    async fn start(platform_port: u16, phones_port: u16) -> Self {
        let (folder, port) = (TempDir::new().expect("a temporary folder"), free_port());
        let ports = [("OWN_PORT", port), ("PLATFORM_PORT", platform_port), ("PHONES_PORT", phones_port)];
        let config = ports.iter().fold(include_str!("foreign.cfg").to_owned(), |text, (name, port)| text.replace(name, &port.to_string()));
        let file = folder.path().join("foreign.cfg");
        fs::write(&file, config).expect("the configuration written");
        let log = || fs::File::options().create(true).append(true).open(folder.path().join("log")).expect("a log");
        let mut command = Command::new("kamailio");
        command.env("PATH", search_path()).current_dir("/").arg("-f").arg(&file).args(["-DD", "-E", "-m", "64", "-M", "8", "-Y"]).arg(folder.path());
        command.arg("-P").arg(folder.path().join("pid")).stdin(Stdio::null()).stdout(log()).stderr(log());
        let mut kamailio = Group::start(&mut command);
        let (wire, began) = (Wire::on(0), Instant::now());
        let options = "OPTIONS sip:127.0.0.1 SIP/2.0\nVia: {via}\nFrom: <sip:t@t>;tag=1\nTo: <sip:127.0.0.1>\nCall-ID: up\nCSeq: 1 OPTIONS\nMax-Forwards: 5\nContent-Length: 0\n\n";
        while wire.ask(port, options, Duration::from_millis(20)) != Some(200) {
            let complaints = || fs::read_to_string(folder.path().join("log")).unwrap_or_default();
            assert!(kamailio.has_ended().is_none() && began.elapsed() < Duration::from_secs(20), "Kamailio does not answer\n{}", complaints());
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        Self { _folder: folder, _kamailio: kamailio, port }
    }

    async fn call(&self, number: &str) -> Ended {
        Caller { device: "0312345678", password: "", own_port: free_port(), exchange_port: self.port, way: "carrier", pause_ms: 50, shown: "" }
            .calls(number)
            .await
    }
}

/// One call while one telephone of all is picked up: how it ended, and what every telephone noticed.
async fn call(house: &House, picked_up: &str, number: &str) -> (Ended, Seen) {
    let hall = Hall::open(picked_up, Duration::from_millis(200));
    let foreign = Foreign::start(house.sip_port, hall.port).await;
    let ended = foreign.call(number).await;
    hall.silent(usize::from(ended.status == 200)).await;
    (ended, hall.close())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_pbx_that_only_knows_sip_follows_the_seat() {
    everything_is_installed();
    let mut house = House::start().await;

    let (booking, _) = house.sit_down(OGAWA, E05).await;
    let (ended, seen) = call(&house, E05.phone, OGAWA.ext).await;
    assert_eq!((ended.status, ended.by.as_str()), (200, E05.phone));
    assert_eq!(seen.rung.keys().map(String::as_str).collect::<Vec<_>>(), [OGAWA.phone, E05.phone], "equal q rings together");
    assert_eq!(seen.cancelled.keys().map(String::as_str).collect::<Vec<_>>(), [OGAWA.phone], "and falls silent together");
    eprintln!("302: rang after {:?} ms, answered at the seat", ended.rang_ms);

    house.leave(booking).await;
    let (booking, _) = house.sit_down(OGAWA, E01).await;
    let (ended, seen) = call(&house, E01.phone, OGAWA.ext).await;
    assert_eq!((ended.status, ended.by.as_str(), seen.rung.contains_key(E05.phone)), (200, E01.phone, false), "the very next call");

    house.leave(booking).await;
    let (ended, seen) = call(&house, SECTION_PHONE, OGAWA.ext).await;
    assert_eq!((ended.status, ended.by.as_str()), (200, SECTION_PHONE));
    let waited = seen.rung[SECTION_PHONE] - seen.rung[OGAWA.phone];
    assert!(waited >= Duration::from_millis(1_900), "a lower q rings later: {waited:?}");

    let (ended, seen) = call(&house, E01.phone, "2999").await;
    assert_eq!((ended.status, seen.rung.len()), (404, 0), "a number nobody has");

    house.kill();
    let (ended, _) = call(&house, "desk-2501", OGAWA.ext).await;
    assert_eq!((ended.status, ended.by.as_str()), (200, "desk-2501"), "the PBX's own rule");
    assert!(ended.took_ms < 2_500, "{ended:?}");
    eprintln!("302: the platform gone, its own rule rings after {:?} ms", ended.rang_ms);
}

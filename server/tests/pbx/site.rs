//! A whole site: the platform, the wire, Kamailio with its script, and every telephone of the office registered.

use crate::{
    exchange::Exchange,
    gate::Gate,
    house::House,
    office,
    phone::{Caller, Does, Ended, Load, Phone, Registered, load, register},
    process::{everything_is_installed, free_port},
    wire::Wire,
};
use std::{
    collections::BTreeMap,
    time::{Duration, Instant},
};

pub struct Site {
    pub house: House,
    pub gate: Gate,
    pub exchange: Exchange,
    /// Device → password and port.
    devices: BTreeMap<String, (String, u16)>,
}

impl Site {
    /// With the gate in the wire.
    pub async fn open() -> Self {
        Self::wired(|gate, _| gate.port).await
    }

    /// With the gate beside the wire, for who measures.
    pub async fn open_directly() -> Self {
        Self::wired(|_, house| house.pbx_port).await
    }

    async fn wired(platform: impl Fn(&Gate, &House) -> u16) -> Self {
        everything_is_installed();
        let house = House::start().await;
        let secret = house.link_secret().await;
        let mut devices = BTreeMap::new();
        for device in office::devices() {
            // SIPp takes what begins with 0x for hexadecimal digits.
            let mut password = house.password(&device).await;
            while password.starts_with("0x") {
                password = house.password(&device).await;
            }
            devices.insert(device, (password, free_port()));
        }
        let gate = Gate::open(free_port(), house.pbx_port);
        let exchange = Exchange::prepare(platform(&gate, &house), &secret);
        let mut site = Self { house, gate, exchange, devices };
        site.exchange.start_script();
        site.exchange.start().await;
        site.until("Kamailio knows the passwords", |site| site.devices.keys().all(|device| site.exchange.knows(device))).await;
        let all: Vec<(&str, &str, u16)> = site.devices.iter().map(|(device, (password, port))| (device.as_str(), password.as_str(), *port)).collect();
        let registered = register(site.exchange.port, free_port(), &all).await;
        assert!(registered.iter().all(|one| *one == Registered::Yes), "{registered:?}\n{}", site.exchange.logs());
        site
    }

    /// Waits until something holds; how long that took.
    pub async fn until(&self, what: &str, holds: impl Fn(&Self) -> bool) -> Duration {
        let began = Instant::now();
        while !holds(self) {
            assert!(began.elapsed() < Duration::from_secs(15), "in vain: {what}\n{}", self.exchange.logs());
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        began.elapsed()
    }

    pub fn password(&self, device: &str) -> &str {
        &self.devices[device].0
    }

    pub fn port(&self, device: &str) -> u16 {
        self.devices[device].1
    }

    /// Switches a telephone on.
    pub async fn on(&self, device: &str, does: Does) -> Phone {
        Phone::on(device, self.port(device), does).await
    }

    /// The carrier's end of a line.
    pub async fn line(&self, port: u16, does: Does) -> Phone {
        Phone::on("carrier", port, does).await
    }

    fn caller<'a>(&'a self, device: &'a str) -> Caller<'a> {
        let (password, own_port, exchange_port) = (self.password(device), free_port(), self.exchange.port);
        Caller { device, password, own_port, exchange_port, way: "telephone", pause_ms: 100, shown: "Liar" }
    }

    /// A telephone of the house calls.
    pub async fn call(&self, device: &str, number: &str) -> Ended {
        self.caller(device).calls(number).await
    }

    /// The same, with a name for itself, or with a wrong password.
    pub async fn call_as(&self, device: &str, shown: &str, number: &str) -> Ended {
        Caller { shown, ..self.caller(device) }.calls(number).await
    }

    pub async fn call_with(&self, device: &str, password: &str, number: &str) -> Ended {
        Caller { password, ..self.caller(device) }.calls(number).await
    }

    /// A telephone of the house calls and gives up after so many milliseconds of ringing.
    pub async fn give_up(&self, device: &str, number: &str, pause_ms: u32) -> Ended {
        Caller { way: "impatient", pause_ms, ..self.caller(device) }.calls(number).await
    }

    /// A telephone of the house calls and is not asked for its password.
    pub async fn call_without_password(&self, device: &str, number: &str) -> Ended {
        Caller { way: "carrier", ..self.caller(device) }.calls(number).await
    }

    /// Somebody outside calls by the carrier.
    pub async fn call_from_outside(&self, caller: &str, number: &str) -> Ended {
        let (own_port, exchange_port) = (self.exchange.trunk_port, self.exchange.port);
        Caller { device: caller, password: "", own_port, exchange_port, way: "carrier", pause_ms: 100, shown: "" }.calls(number).await
    }

    /// Somebody outside calls again and again.
    pub async fn call_at_a_pace(&self, number: &str, a_second: u32, calls: u32) -> Load {
        load(self.exchange.trunk_port, self.exchange.port, number, a_second, calls).await
    }

    /// Questions that reached the gate so far.
    pub fn questions(&self) -> usize {
        self.gate.bodies("/pbx/v1/route").len()
    }

    /// One message from a port, and the status of its answer.
    pub fn send(&self, wire: &Wire, message: &str) -> Option<u16> {
        wire.ask(self.exchange.port, message, Duration::from_secs(3))
    }

    /// Every event so far, once the platform has them; they came in order, and none is missing.
    pub async fn events_in_order(&self) -> Vec<(String, String)> {
        // From memory to disk: a twentieth of a second.
        tokio::time::sleep(Duration::from_millis(300)).await;
        self.until("every event is taken", |site| site.exchange.stored("events.db", "SELECT count(*) FROM event") == "0").await;
        let events = self.gate.events();
        let numbers: Vec<u64> = events.iter().map(|event| event["seq"].as_u64().expect("a number")).collect();
        let mut expected = 1;
        for number in &numbers {
            // Sent again is allowed, left out or overtaken is not.
            assert!(*number <= expected, "event {expected} is missing before {number}: {numbers:?}");
            expected = expected.max(number + 1);
        }
        let word = |event: &serde_json::Value, name: &str| event[name].as_str().unwrap_or_default().to_owned();
        events.iter().map(|event| (word(event, "ev"), word(event, "src"))).collect()
    }
}

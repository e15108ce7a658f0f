//! A section with more telephones than one transaction of Kamailio holds: all of them ring, in two waves.

use crate::{
    office::{COUNTER, CROWD, OGAWA, RING_MS, crowd},
    phone::{Registered, register},
    process::free_port,
    site::Site,
};
use std::{
    collections::{BTreeMap, BTreeSet},
    net::{Ipv4Addr, SocketAddr, UdpSocket},
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    thread::JoinHandle,
    time::{Duration, Instant},
};

/// Telephones of one stage, by the platform's own limit.
const WAVE: usize = 28;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn forty_telephones_ring_in_two_waves() {
    let site = Site::open().await;
    let names: Vec<String> = (0..CROWD).map(crowd).collect();
    // SIPp takes branches of one call on one port for the same call, so these telephones are made by hand.
    let hall = Hall::open(&names[CROWD - 1]);
    let devices: Vec<(&str, &str, u16)> = names.iter().map(|name| (name.as_str(), site.password(name), hall.port)).collect();
    let began = Instant::now();
    let registered = register(site.exchange.port, free_port(), &devices).await;
    assert!(registered.iter().all(|one| *one == Registered::Yes), "{registered:?}");
    eprintln!("{CROWD} telephones registered in {} ms", began.elapsed().as_millis());

    let ended = site.call(OGAWA.phone, COUNTER).await;
    assert_eq!((ended.status, ended.by.as_str()), (200, names[CROWD - 1].as_str()), "{}", site.exchange.logs());
    tokio::time::sleep(Duration::from_millis(300)).await;
    let seen = hall.close();
    assert_eq!(seen.rung.len(), CROWD, "every telephone rang: {:?}", seen.rung.keys());
    assert_eq!(seen.shown.len(), 1, "both waves are shown the same caller: {:?}", seen.shown);
    let mut at: Vec<Instant> = seen.rung.values().copied().collect();
    at.sort();
    let (first, second) = at.split_at(WAVE);
    let spread = |wave: &[Instant]| wave[wave.len() - 1] - wave[0];
    assert!(second[0] - first[0] >= Duration::from_millis(RING_MS - 200), "the second wave waits for the first");
    assert!(ended.took_ms < RING_MS + 2_000, "{ended:?}");
    // The first wave in vain, the second because somebody answered.
    let elsewhere = seen.cancelled.values().filter(|reason| reason.contains("cause=200")).count();
    assert_eq!((seen.cancelled.len(), elsewhere), (CROWD - 1, CROWD - WAVE - 1), "{:?}", seen.cancelled);
    eprintln!("ring-all: {WAVE} telephones within {:?}, the other {} within {:?}", spread(first), CROWD - WAVE, spread(second));
    let told = site.events_in_order().await;
    let words: Vec<&str> = told.iter().map(|(ev, _)| ev.as_str()).collect();
    assert_eq!(words, ["ring", "ring", "answer", "hangup"]);
}

/// What the telephones of a hall noticed.
#[derive(Clone, Default)]
struct Seen {
    rung: BTreeMap<String, Instant>,
    /// Device → the Reason of its CANCEL.
    cancelled: BTreeMap<String, String>,
    /// The callers that were shown, once each.
    shown: BTreeSet<String>,
}

/// Many telephones behind one port; one of them is picked up, the others ring.
struct Hall {
    port: u16,
    seen: Arc<Mutex<Seen>>,
    done: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Hall {
    fn open(answers: &str) -> Self {
        let socket = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port");
        socket.set_read_timeout(Some(Duration::from_millis(50))).expect("a time");
        let port = socket.local_addr().expect("its address").port();
        let (seen, done) = (Arc::<Mutex<Seen>>::default(), Arc::<AtomicBool>::default());
        let (noted, over, answers) = (seen.clone(), done.clone(), answers.to_owned());
        let thread = std::thread::spawn(move || {
            let mut buffer = [0; 65_536];
            while !over.load(Ordering::Relaxed) {
                let Ok((length, from)) = socket.recv_from(&mut buffer) else { continue };
                let message = String::from_utf8_lossy(&buffer[..length]).into_owned();
                serve(&socket, from, &message, &answers, &mut noted.lock().expect("no panic holds it"));
            }
        });
        Self { port, seen, done, thread: Some(thread) }
    }

    fn close(mut self) -> Seen {
        self.done.store(true, Ordering::Relaxed);
        self.thread.take().expect("it runs").join().expect("it ends well");
        let seen = self.seen.lock().expect("no panic holds it");
        seen.clone()
    }
}

impl Drop for Hall {
    fn drop(&mut self) {
        self.done.store(true, Ordering::Relaxed);
    }
}

fn serve(socket: &UdpSocket, from: SocketAddr, message: &str, answers: &str, seen: &mut Seen) {
    let Some((method, rest)) = message.split_once(" sip:") else { return };
    let device = rest.split('@').next().unwrap_or_default().to_owned();
    let reply = |status: &str, cseq: &str, more: &str| {
        let mut text = format!("SIP/2.0 {status}\r\n");
        for line in message.lines() {
            let name = line.split(':').next().unwrap_or_default();
            match name {
                "Via" | "From" | "Call-ID" | "Record-Route" => text.push_str(line),
                "To" if line.contains(";tag=") => text.push_str(line),
                "To" => text.push_str(&format!("{line};tag={device}")),
                "CSeq" => text.push_str(&line.replace(method, cseq)),
                _ => continue,
            }
            text.push_str("\r\n");
        }
        let text = format!("{text}Contact: <sip:{device}@{}>\r\n{more}Content-Length: 0\r\n\r\n", socket.local_addr().expect("its address"));
        socket.send_to(text.as_bytes(), from).expect("it is sent");
    };
    match method {
        "INVITE" => {
            reply("180 Ringing", method, "");
            if device == answers {
                reply("200 OK", method, &format!("X-Device: {device}\r\n"));
            }
            seen.shown.extend(message.lines().filter(|line| line.starts_with("P-Asserted-Identity:")).map(str::to_owned));
            seen.rung.entry(device.clone()).or_insert_with(Instant::now);
        }
        "CANCEL" => {
            reply("200 OK", method, "");
            reply("487 Request Terminated", "INVITE", "");
            let reason = message.lines().find(|line| line.starts_with("Reason:")).unwrap_or_default();
            seen.cancelled.insert(device.clone(), reason.to_owned());
        }
        "BYE" => reply("200 OK", method, ""),
        _ => {}
    }
}

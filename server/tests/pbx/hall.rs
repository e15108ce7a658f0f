//! Many telephones in one place, made by hand: SIPp takes the branches of one call at one port for the same call, and its clock
//! has four milliseconds.

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

/// What the telephones of a hall noticed.
#[derive(Clone, Default)]
pub struct Seen {
    /// Device → when it first rang.
    pub rung: BTreeMap<String, Instant>,
    /// Call-ID → when it first rang anywhere.
    pub calls: BTreeMap<String, Instant>,
    /// Device → the Reason of its CANCEL.
    pub cancelled: BTreeMap<String, String>,
    /// The callers that were shown, once each.
    pub shown: BTreeSet<String>,
}

/// Many telephones behind one port; one of them is picked up, the others ring.
pub struct Hall {
    pub port: u16,
    seen: Arc<Mutex<Seen>>,
    done: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Hall {
    /// At a free port, and one telephone of it is picked up after a while. (Nobody is quicker than the twentieth of a second that
    /// Kamailio's processes need to agree on what rings.)
    pub fn open(answers: &str, after: Duration) -> Self {
        let socket = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port");
        socket.set_read_timeout(Some(Duration::from_millis(5))).expect("a time");
        let port = socket.local_addr().expect("its address").port();
        let (seen, done) = (Arc::<Mutex<Seen>>::default(), Arc::<AtomicBool>::default());
        let (noted, over, answers) = (seen.clone(), done.clone(), answers.to_owned());
        let thread = std::thread::spawn(move || {
            let (mut buffer, mut waiting) = ([0; 65_536], Vec::new());
            while !over.load(Ordering::Relaxed) {
                waiting.retain(|(due, message, from): &(Instant, String, SocketAddr)| {
                    let not_yet = Instant::now() < *due;
                    if !not_yet {
                        reply(&socket, *from, message, "200 OK", "INVITE", &format!("X-Device: {answers}\r\n"));
                    }
                    not_yet
                });
                let Ok((length, from)) = socket.recv_from(&mut buffer) else { continue };
                let message = String::from_utf8_lossy(&buffer[..length]).into_owned();
                serve(&socket, from, &message, &mut noted.lock().expect("no panic holds it"));
                if message.starts_with(&format!("INVITE sip:{answers}@")) {
                    waiting.push((Instant::now() + after, message, from));
                }
            }
        });
        Self { port, seen, done, thread: Some(thread) }
    }

    /// Waits until so many telephones were told to stop, or three seconds; how long that took.
    pub async fn silent(&self, telephones: usize) -> Duration {
        let began = Instant::now();
        while self.seen.lock().expect("no panic holds it").cancelled.len() < telephones && began.elapsed() < Duration::from_secs(3) {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        began.elapsed()
    }

    /// When a call first rang anywhere.
    pub fn rang(&self, call_id: &str) -> Instant {
        self.seen.lock().expect("no panic holds it").calls[call_id]
    }

    /// Switches the telephones off.
    pub fn close(mut self) -> Seen {
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

fn called(message: &str) -> Option<(&str, &str)> {
    let (method, rest) = message.split_once(" sip:")?;
    Some((method, rest.split('@').next()?))
}

fn reply(socket: &UdpSocket, to: SocketAddr, message: &str, status: &str, cseq: &str, more: &str) {
    let (method, device) = called(message).expect("it is a request");
    let mut text = format!("SIP/2.0 {status}\r\n");
    for line in message.lines() {
        match line.split(':').next().unwrap_or_default() {
            "Via" | "From" | "Call-ID" | "Record-Route" => text.push_str(line),
            "To" if line.contains(";tag=") => text.push_str(line),
            "To" => text.push_str(&format!("{line};tag={device}")),
            "CSeq" => text.push_str(&line.replace(method, cseq)),
            _ => continue,
        }
        text.push_str("\r\n");
    }
    let own = socket.local_addr().expect("its address");
    let text = format!("{text}Contact: <sip:{device}@{own}>\r\n{more}Content-Length: 0\r\n\r\n");
    socket.send_to(text.as_bytes(), to).expect("it is sent");
}

fn serve(socket: &UdpSocket, from: SocketAddr, message: &str, seen: &mut Seen) {
    let Some((method, device)) = called(message) else { return };
    let line = |name: &str| message.lines().find(|line| line.starts_with(name)).unwrap_or_default().to_owned();
    match method {
        "INVITE" => {
            let now = Instant::now();
            seen.calls.entry(line("Call-ID: ").replace("Call-ID: ", "")).or_insert(now);
            seen.rung.entry(device.to_owned()).or_insert(now);
            seen.shown.insert(line("P-Asserted-Identity:"));
            reply(socket, from, message, "180 Ringing", method, "");
        }
        "CANCEL" => {
            reply(socket, from, message, "200 OK", method, "");
            reply(socket, from, message, "487 Request Terminated", "INVITE", "");
            seen.cancelled.insert(device.to_owned(), line("Reason:"));
        }
        "BYE" => reply(socket, from, message, "200 OK", method, ""),
        _ => {}
    }
}

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
    /// A free port, and the one telephone that is picked up at once.
    pub fn open(answers: &str) -> Self {
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
            let now = Instant::now();
            let call = message.lines().find_map(|line| line.strip_prefix("Call-ID: ")).unwrap_or_default();
            seen.calls.entry(call.to_owned()).or_insert(now);
            seen.rung.entry(device.clone()).or_insert(now);
            reply("180 Ringing", method, "");
            if device == answers {
                reply("200 OK", method, &format!("X-Device: {device}\r\n"));
            }
            seen.shown.extend(message.lines().filter(|line| line.starts_with("P-Asserted-Identity:")).map(str::to_owned));
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

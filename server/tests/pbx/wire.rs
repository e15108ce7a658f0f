//! Single SIP messages, for what no telephone would send.

use std::{
    cell::Cell,
    net::{Ipv4Addr, UdpSocket},
    time::{Duration, Instant},
};

pub struct Wire {
    socket: UdpSocket,
    port: u16,
    sent: Cell<u32>,
}

impl Wire {
    /// On a port of its own (0) or somebody else's.
    pub fn on(port: u16) -> Self {
        let socket = UdpSocket::bind((Ipv4Addr::LOCALHOST, port)).expect("a port");
        let port = socket.local_addr().expect("its address").port();
        Self { socket, port, sent: Cell::new(0) }
    }

    /// Sends a message, with `{via}` where the first Via belongs, and answers the status of the first final reply.
    pub fn ask(&self, to_port: u16, message: &str, most: Duration) -> Option<u16> {
        self.sent.set(self.sent.get() + 1);
        let via = format!("SIP/2.0/UDP 127.0.0.1:{};branch=z9hG4bK{}-{}", self.port, self.port, self.sent.get());
        let message = message.replace("{via}", &via).replace('\n', "\r\n");
        self.socket.send_to(message.as_bytes(), (Ipv4Addr::LOCALHOST, to_port)).expect("it is sent");
        let began = Instant::now();
        let mut buffer = [0; 65_536];
        while let Some(left) = most.checked_sub(began.elapsed()).filter(|left| !left.is_zero()) {
            self.socket.set_read_timeout(Some(left)).expect("a time");
            let Ok(length) = self.socket.recv(&mut buffer) else { return None };
            let reply = String::from_utf8_lossy(&buffer[..length]).into_owned();
            let status = reply.strip_prefix("SIP/2.0 ").and_then(|rest| rest.get(..3)?.parse::<u16>().ok());
            if let Some(status) = status.filter(|status| *status >= 200) {
                return Some(status);
            }
        }
        None
    }
}

/// An INVITE written by hand; `more` follows the To.
pub fn invite(to: &str, from: &str, call_id: &str, more: &str) -> String {
    format!(
        "INVITE sip:{to}@127.0.0.1 SIP/2.0\nVia: {{via}}\nFrom: {from};tag=1\nTo: <sip:x@nanawari>{more}\nCall-ID: {call_id}\nCSeq: 1 INVITE\nContact: <sip:x@127.0.0.1>\nMax-Forwards: 70\nContent-Length: 0\n\n"
    )
}

//! A SIP redirect server (RFC 3261 §8.3) for any PBX or SBC with a trunk: it sends us the INVITE, and is told by a 302 which
//! telephones to ring. It speaks with configured peers only, by UDP and TCP; a stranger gets no answer at all.
//!
//! | what comes | what goes |
//! |---|---|
//! | from a stranger, or nothing that can be answered | nothing |
//! | INVITE | 302 with the telephones, 404 for a number nobody has, 480 when nobody can be rung, 603 for who is blocked |
//! | the same INVITE again | the same answer, without asking anew: turns must not go round twice |
//! | INVITE of a running call, CANCEL | 481: there is no call with us |
//! | INVITE that insists on an extension | 420 |
//! | more INVITEs than calls of any house could need | 503 with Retry-After |
//! | OPTIONS | 200 |
//! | ACK | nothing |
//! | everything else | 405 |

mod message;
mod tcp;
mod udp;

use crate::state::Stopping;
use domain::telephone::render::{Redirect, RouteRequest, SipHost, redirect};
use ezk_sip_types::Method;
use message::Request;
use services::{
    Services,
    telephone::{self, Link},
};
use std::{
    collections::{HashMap, VecDeque},
    io,
    net::{IpAddr, SocketAddr},
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};
use tokio::net::{TcpListener, UdpSocket};

/// Longest message that is read, bytes.
const LONGEST: usize = 65_535;
/// How long an answer is remembered: as long as an asker may send the same request again (timer B of RFC 3261).
const REMEMBERED: Duration = Duration::from_secs(32);
/// Most answers remembered.
const MOST: usize = 16_384;
const ALLOW: &str = "Allow: INVITE, ACK, CANCEL, OPTIONS";

/// Takes an address for both transports. With port 0 both get the same one.
///
/// # Errors
/// When it is taken, or not ours.
pub async fn bind(address: SocketAddr) -> io::Result<(UdpSocket, TcpListener)> {
    let listener = TcpListener::bind(address).await?;
    Ok((UdpSocket::bind(listener.local_addr()?).await?, listener))
}

/// Answers until the program is to end.
pub async fn serve((socket, listener): (UdpSocket, TcpListener), services: Services, stopping: Stopping) {
    let redirector = Arc::new(Redirector::new(services));
    tokio::join!(udp::serve(socket, Arc::clone(&redirector), stopping.clone()), tcp::serve(listener, redirector, stopping));
}

/// Answers requests; one for all transports, so that a request that comes again by another one is known.
struct Redirector {
    services: Services,
    answered: Mutex<Answered>,
}

#[derive(Default)]
struct Answered {
    by_key: HashMap<String, Vec<u8>>,
    in_order: VecDeque<(Instant, String)>,
}

impl Redirector {
    fn new(services: Services) -> Self {
        Self { services, answered: Mutex::default() }
    }

    /// Whether somebody at that address may ask.
    fn knows(&self, from: IpAddr) -> bool {
        self.services.sip_peer(from).is_some()
    }

    /// The answer to one message, and where it goes; `None` when there is none.
    fn answer(&self, bytes: &[u8], from: SocketAddr) -> Option<(Vec<u8>, SocketAddr)> {
        let link = self.services.sip_peer(from.ip())?;
        let request = Request::read(bytes).ok()?;
        let back = request.way_back(from);
        let plain = |status, reason: &str, more: &[String]| Some((request.answer(status, reason, more, from), back));
        match &request.method {
            m if *m == Method::ACK => None,
            m if *m == Method::OPTIONS => plain(200, "OK", &[ALLOW.into()]),
            m if *m == Method::CANCEL => plain(481, "Call/Transaction Does Not Exist", &[]),
            m if *m == Method::INVITE && request.in_dialog => plain(481, "Call/Transaction Does Not Exist", &[]),
            m if *m == Method::INVITE => match &request.requires {
                Some(what) => plain(420, "Bad Extension", &[format!("Unsupported: {}", what.replace(['\r', '\n'], " "))]),
                None => Some((self.invite(&link, &request, from), back)),
            },
            _ => plain(405, "Method Not Allowed", &[ALLOW.into()]),
        }
    }

    fn invite(&self, link: &Link, request: &Request, from: SocketAddr) -> Vec<u8> {
        let key = format!("{} {}", link.id, request.key());
        if let Some(before) = self.remembered(&key) {
            return before;
        }
        if !self.services.pbx_may_ask(link) {
            return request.answer(503, "Service Unavailable", &["Retry-After: 1".into()], from);
        }
        let asked = telephone::answer(&self.services, link, self.question(link, request));
        let answer = match redirect(&asked.plan, &host(link, from)) {
            Redirect::Moved(contacts) => request.answer(302, "Moved Temporarily", &[format!("Contact: {contacts}")], from),
            Redirect::Final(status) => request.answer(status, reason(status), &[], from),
        };
        self.remember(key, answer.clone());
        answer
    }

    /// An extension of ours calls from inside; everybody else came by the PBX's trunk.
    fn question(&self, link: &Link, request: &Request) -> RouteRequest {
        let board = self.services.board();
        let inside = request.caller.parse().is_ok_and(|ext| board.world.numbers_at(ext).next().is_some());
        let trunk = (!inside).then(|| link.trunk.clone().unwrap_or_else(|| link.id.clone()));
        RouteRequest { v: 1, to: request.dialled.clone(), from: request.caller.clone(), trunk, call_id: request.call_id.clone(), ..RouteRequest::default() }
    }

    fn remembered(&self, key: &str) -> Option<Vec<u8>> {
        self.answered.lock().unwrap_or_else(PoisonError::into_inner).by_key.get(key).cloned()
    }

    fn remember(&self, key: String, answer: Vec<u8>) {
        let now = Instant::now();
        let mut answered = self.answered.lock().unwrap_or_else(PoisonError::into_inner);
        while answered.in_order.front().is_some_and(|(at, _)| now - *at > REMEMBERED) || answered.in_order.len() >= MOST {
            let Some((_, old)) = answered.in_order.pop_front() else { break };
            answered.by_key.remove(&old);
        }
        answered.in_order.push_back((now, key.clone()));
        answered.by_key.insert(key, answer);
    }
}

/// Where the PBX finds its telephones: the domain of its set-up, else itself.
fn host(link: &Link, from: SocketAddr) -> SipHost {
    link.domain.as_deref().and_then(|domain| domain.parse().ok()).unwrap_or_else(|| from.ip().into())
}

const fn reason(status: u16) -> &'static str {
    match status {
        404 => "Not Found",
        480 => "Temporarily Unavailable",
        486 => "Busy Here",
        603 => "Decline",
        _ => "No Answer",
    }
}

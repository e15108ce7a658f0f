//! The redirect server on real sockets: who is answered, and what (RFC 3261 §8.3).

use crate::harness::{TestApp, on_both, telephones};
use serde_json::json;
use server::{sip, state::Stop};
use services::{person::ImportMode, telephone::import_telephone};
use std::{net::SocketAddr, time::Duration};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpStream, UdpSocket},
    task::JoinHandle,
    time::timeout,
};

on_both!(an_invite_is_redirected_to_the_telephones, strangers_hear_nothing, the_same_question_is_asked_once, tcp_carries_many_messages);

/// A running redirect server, and a PBX's socket.
struct Line {
    address: SocketAddr,
    pbx: UdpSocket,
    stop: Stop,
    serving: JoinHandle<()>,
}

/// With a PBX of kind `sip` at these addresses.
async fn line(app: &TestApp, peers: &[&str], ring: &str) -> Line {
    let mut file = telephones();
    file["links"].as_array_mut().unwrap().push(json!({ "id": "sbc", "kind": "sip", "domain": "sbc.example", "peers": peers }));
    file["sections"][0]["ring"] = json!(ring);
    import_telephone(&app.services, file.to_string().as_bytes(), ImportMode::Apply).await.unwrap();
    let sockets = sip::bind("127.0.0.1:0".parse().unwrap()).await.unwrap();
    let address = sockets.1.local_addr().unwrap();
    let (stop, stopping) = Stop::new();
    let serving = tokio::spawn(sip::serve(sockets, app.services.clone(), stopping));
    Line { address, pbx: UdpSocket::bind("127.0.0.1:0").await.unwrap(), stop, serving }
}

impl Line {
    /// What comes back, if anything does.
    async fn ask(&self, text: &str) -> Option<String> {
        self.pbx.send_to(text.as_bytes(), self.address).await.unwrap();
        let mut buffer = vec![0; 65_535];
        let length = timeout(Duration::from_millis(500), self.pbx.recv(&mut buffer)).await.ok()?.unwrap();
        Some(String::from_utf8(buffer[..length].to_vec()).unwrap())
    }

    async fn end(self, app: TestApp) {
        self.stop.now();
        self.serving.await.unwrap();
        app.end().await;
    }
}

fn request(method: &str, to: &str, branch: &str) -> String {
    format!(
        "{method} sip:{to}@platform.example SIP/2.0\r\nVia: SIP/2.0/UDP sbc.example;rport;branch=z9hG4bK{branch}\r\n\
         From: <sip:0312345678@sbc.example>;tag=a\r\nTo: <sip:{to}@platform.example>\r\nCall-ID: {branch}@sbc\r\nCSeq: 1 {method}\r\n\
         Max-Forwards: 70\r\nContent-Length: 0\r\n\r\n"
    )
}

fn head(answer: &str) -> (&str, Option<&str>) {
    (answer.lines().next().unwrap(), answer.lines().find_map(|line| line.strip_prefix("Contact: ")))
}

async fn an_invite_is_redirected_to_the_telephones(app: TestApp) {
    let line = line(&app, &["127.0.0.0/8"], "all").await;
    app.set_clock("2026-11-24T09:00:00+09:00");
    let own = line.ask(&request("INVITE", "2101", "1")).await.unwrap();
    assert_eq!(head(&own), ("SIP/2.0 302 Moved Temporarily", Some("<sip:mob-1001@sbc.example>;q=1.0, <sip:bcp-soumu@sbc.example>;q=0.9")));
    let booking = app.booked("A1", "2026-11-24", "1001").await;
    let token = app.token(domain::account::Scope::Manage, None).await;
    app.ask(reqwest::Method::POST, &format!("/api/v1/bookings/{}/check-in", booking["id"])).bearer_auth(&token).send().await.unwrap();
    let seated = line.ask(&request("INVITE", "2101", "2")).await.unwrap();
    assert!(head(&seated).1.unwrap().starts_with("<sip:seat-a1@sbc.example>;q=1.0, <sip:mob-1001@sbc.example>;q=1.0, "), "{seated}");
    let unknown = line.ask(&request("INVITE", "2999", "3")).await.unwrap();
    assert_eq!(head(&unknown), ("SIP/2.0 404 Not Found", None));
    for (method, more, answer) in [
        ("OPTIONS", "", "SIP/2.0 200 OK"),
        ("REGISTER", "", "SIP/2.0 405 Method Not Allowed"),
        ("CANCEL", "", "SIP/2.0 481 Call/Transaction Does Not Exist"),
        ("INVITE", "Require: 100rel\r\n", "SIP/2.0 420 Bad Extension"),
    ] {
        let text = request(method, "2101", method).replace("Max-Forwards", &format!("{more}Max-Forwards"));
        assert_eq!(head(&line.ask(&text).await.unwrap()).0, answer, "{method}");
    }
    let again = request("INVITE", "2101", "4").replace("To: <sip:2101@platform.example>", "To: <sip:2101@platform.example>;tag=z");
    assert_eq!(head(&line.ask(&again).await.unwrap()).0, "SIP/2.0 481 Call/Transaction Does Not Exist");
    assert!(line.ask(&request("ACK", "2101", "1")).await.is_none(), "an ACK is no question");
    line.end(app).await;
}

async fn strangers_hear_nothing(app: TestApp) {
    let line = line(&app, &["192.0.2.0/24", "2001:db8::1"], "all").await;
    assert!(line.ask(&request("INVITE", "2101", "1")).await.is_none());
    assert!(line.ask(&request("OPTIONS", "2101", "2")).await.is_none());
    let mut stream = TcpStream::connect(line.address).await.unwrap();
    let mut buffer = [0; 64];
    // Closed, without a word.
    let read = timeout(Duration::from_secs(5), stream.read(&mut buffer)).await.unwrap();
    assert!(matches!(read, Ok(0) | Err(_)));
    line.end(app).await;
}

async fn the_same_question_is_asked_once(app: TestApp) {
    let line = line(&app, &["127.0.0.1"], "rotate").await;
    app.set_clock("2026-11-24T09:00:00+09:00");
    let token = app.token(domain::account::Scope::Manage, None).await;
    for (seat, staff_no) in [("A1", "1001"), ("A2", "1002")] {
        let booking = app.booked(seat, "2026-11-24", staff_no).await;
        app.ask(reqwest::Method::POST, &format!("/api/v1/bookings/{}/check-in", booking["id"])).bearer_auth(&token).send().await.unwrap();
    }
    let one = line.ask(&request("INVITE", "3100", "1")).await.unwrap();
    let same = line.ask(&request("INVITE", "3100", "1")).await.unwrap();
    let next = line.ask(&request("INVITE", "3100", "2")).await.unwrap();
    assert_eq!(one, same, "sent again: it was lost on the way");
    assert_ne!(head(&one).1, head(&next).1, "somebody else's turn");
    line.end(app).await;
}

async fn tcp_carries_many_messages(app: TestApp) {
    let line = line(&app, &["127.0.0.1"], "all").await;
    app.set_clock("2026-11-24T09:00:00+09:00");
    let mut stream = TcpStream::connect(line.address).await.unwrap();
    let text = format!("\r\n\r\n{}{}", request("INVITE", "2101", "1"), request("OPTIONS", "2101", "2")).replace("/UDP", "/TCP");
    let (early, late) = text.as_bytes().split_at(300);
    stream.write_all(early).await.unwrap();
    tokio::time::sleep(Duration::from_millis(50)).await;
    stream.write_all(late).await.unwrap();
    let mut got = String::new();
    let mut buffer = [0; 4096];
    while got.matches("Content-Length: 0\r\n\r\n").count() < 2 {
        let length = timeout(Duration::from_secs(5), stream.read(&mut buffer)).await.unwrap().unwrap();
        assert!(length > 0, "{got}");
        got.push_str(std::str::from_utf8(&buffer[..length]).unwrap());
    }
    assert!(got.starts_with("\r\nSIP/2.0 302 ") && got.contains("SIP/2.0 200 OK"), "{got}");
    // What makes no sense ends the connection, and nothing else.
    stream.write_all(b"Content-Length: 99999999999\r\n\r\n").await.unwrap();
    assert!(matches!(timeout(Duration::from_secs(5), stream.read(&mut buffer)).await.unwrap(), Ok(0) | Err(_)));
    assert!(line.ask(&request("OPTIONS", "2101", "3")).await.is_some());
    line.end(app).await;
}

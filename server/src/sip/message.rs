//! One SIP message (RFC 3261 §7): a request as it comes, and the answer to it as it goes. Parsing is the library's; here is
//! only what a redirect server needs of it.

use bytes::Bytes;
use ezk_sip_types::{
    Headers, Method, Name,
    header::typed::{CSeq, FromTo, Via},
    msg::{Line, MessageLine, PullParser},
    parse::Parse,
    print::AppendCtx,
    uri::SipUriUserPart,
};
use std::{
    hash::{DefaultHasher, Hash, Hasher},
    net::{IpAddr, SocketAddr},
};

/// Port of SIP where none is named.
const PORT: u16 = 5060;

/// A request that can be answered.
#[derive(Clone, Debug)]
pub struct Request {
    /// What is asked.
    pub method: Method,
    /// The user part of the address that was dialled; empty without one.
    pub dialled: String,
    /// The caller's number: the asserted identity of RFC 3325, else the From; empty where it names none.
    pub caller: String,
    /// The call's name.
    pub call_id: String,
    /// Whether it belongs to a call that was already answered.
    pub in_dialog: bool,
    /// What the asker insists on (RFC 3261 §8.2.2.3).
    pub requires: Option<String>,
    headers: Headers,
    vias: Vec<Via>,
}

/// Why a message cannot be worked with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// Not SIP, an answer, or without a way back: it is not answered.
    Nothing,
    /// It breaks off before its head ends.
    Incomplete,
}

impl Request {
    /// Reads a message that is there whole.
    ///
    /// # Errors
    /// [`Unreadable`], for what cannot be answered.
    pub fn read(bytes: &[u8]) -> Result<Self, Unreadable> {
        let whole = Bytes::copy_from_slice(bytes);
        let mut lines = PullParser::new(&whole, 0);
        let first = lines.next().ok_or(Unreadable::Nothing)?.map_err(|_| Unreadable::Incomplete)?;
        let first = std::str::from_utf8(first).ok().and_then(|line| MessageLine::parse(&whole)(line).ok());
        let Some((_, MessageLine::Request(asked))) = first else { return Err(Unreadable::Nothing) };
        let mut headers = Headers::new();
        for line in lines {
            let line = std::str::from_utf8(line.map_err(|_| Unreadable::Incomplete)?).map_err(|_| Unreadable::Nothing)?;
            let (_, Line { name, value }) = Line::parse(&whole, line).map_err(|_| Unreadable::Nothing)?;
            headers.insert(name, value);
        }
        let vias: Vec<Via> = headers.get_named().map_err(|_| Unreadable::Nothing)?;
        let raw = |name: Name| headers.get_raw(&name).next().map(ToString::to_string);
        let call_id = raw(Name::CALL_ID).ok_or(Unreadable::Nothing)?;
        let to: FromTo = headers.get(Name::TO).map_err(|_| Unreadable::Nothing)?;
        headers.get_named::<CSeq>().map_err(|_| Unreadable::Nothing)?;
        let shown = || headers.get::<FromTo>(Name::FROM).map_or_else(|_| String::new(), |from| user(&from.uri.uri.user_part));
        raw(Name::FROM).ok_or(Unreadable::Nothing)?;
        let asserted = headers.get::<FromTo>("P-Asserted-Identity".into()).ok().map(|who| user(&who.uri.uri.user_part));
        Ok(Self {
            dialled: user(&asked.uri.user_part),
            caller: asserted.filter(|number| !number.is_empty()).unwrap_or_else(shown),
            method: asked.method,
            call_id,
            in_dialog: to.tag.is_some(),
            requires: raw(Name::REQUIRE),
            headers,
            vias,
        })
    }

    /// What tells it from every other one: the same again is the same request sent again (RFC 3261 §17.2.3).
    #[must_use]
    pub fn key(&self) -> String {
        let branch = self.vias[0].params.get_val("branch").map(ToString::to_string).unwrap_or_default();
        let sequence = self.headers.get_raw(&Name::CSEQ).next().map(ToString::to_string).unwrap_or_default();
        format!("{branch} {} {sequence}", self.call_id)
    }

    /// Where an answer by UDP goes: to where it came from, at the port it asks for (RFC 3261 §18.2.2, RFC 3581).
    #[must_use]
    pub fn way_back(&self, from: SocketAddr) -> SocketAddr {
        let via = &self.vias[0];
        let port = if via.params.get("rport").is_some() { from.port() } else { via.sent_by.port.unwrap_or(PORT) };
        SocketAddr::new(from.ip(), port)
    }

    /// The answer. `more` are whole header lines without their ends.
    #[must_use]
    pub fn answer(&self, status: u16, reason: &str, more: &[String], from: SocketAddr) -> Vec<u8> {
        let mut text = format!("SIP/2.0 {status} {reason}\r\n");
        for (at, via) in self.vias.iter().enumerate() {
            let mut via = via.clone();
            if at == 0 {
                via.params.push_or_edit("received", address(from.ip()));
                if via.params.get("rport").is_some() {
                    via.params.push_or_edit("rport", from.port().to_string());
                }
            }
            line(&mut text, "Via", &via.default_print_ctx().to_string());
        }
        for (name, label) in [(Name::FROM, "From"), (Name::TO, "To"), (Name::CALL_ID, "Call-ID"), (Name::CSEQ, "CSeq")] {
            let value = self.headers.get_raw(&name).next().map(|value| one_line(value)).unwrap_or_default();
            let tag = if label == "To" && !self.in_dialog { format!(";tag={}", self.tag()) } else { String::new() };
            line(&mut text, label, &format!("{value}{tag}"));
        }
        for header in more {
            text.push_str(header);
            text.push_str("\r\n");
        }
        text.push_str("Server: Nanawari\r\nContent-Length: 0\r\n\r\n");
        text.into_bytes()
    }

    /// The same for the same request, as an asker that sends it again expects of a server that keeps nothing (RFC 3261 §8.2.7).
    fn tag(&self) -> String {
        let mut hasher = DefaultHasher::new();
        self.key().hash(&mut hasher);
        format!("{:016x}", hasher.finish())
    }
}

fn line(text: &mut String, name: &str, value: &str) {
    text.push_str(name);
    text.push_str(": ");
    text.push_str(value);
    text.push_str("\r\n");
}

/// A header may go over several lines; it goes back on one.
fn one_line(value: &str) -> String {
    value.split(['\r', '\n']).map(str::trim).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

fn address(ip: IpAddr) -> String {
    ip.to_canonical().to_string()
}

fn user(part: &SipUriUserPart) -> String {
    match part {
        SipUriUserPart::Empty => String::new(),
        // Parameters may stand in the user part (RFC 3966 within sip:): the number is before them.
        SipUriUserPart::User(user) => user.split(';').next().unwrap_or_default().to_owned(),
        SipUriUserPart::UserPw(both) => both.user.split(';').next().unwrap_or_default().to_owned(),
    }
}

/// How long a message in a stream is: its head and what it says of its body. `None` while more must come.
///
/// # Errors
/// [`Unreadable::Nothing`] when it is longer than `most`, or its length is no number.
pub fn length(stream: &[u8], most: usize) -> Result<Option<usize>, Unreadable> {
    let mut lines = PullParser::new(stream, 0);
    let mut body = 0_usize;
    for found in &mut lines {
        let Ok(found) = found else { return if stream.len() > most { Err(Unreadable::Nothing) } else { Ok(None) } };
        let text = String::from_utf8_lossy(found);
        let Some((name, value)) = text.split_once(':') else { continue };
        if ["content-length", "l"].contains(&name.trim().to_ascii_lowercase().as_str()) {
            body = value.trim().parse().map_err(|_| Unreadable::Nothing)?;
        }
    }
    let whole = lines.head_end().saturating_add(body);
    if whole > most {
        return Err(Unreadable::Nothing);
    }
    Ok((stream.len() >= whole).then_some(whole))
}

#[cfg(test)]
mod tests {
    use super::*;

    const INVITE: &str = "INVITE sip:2101@platform.example SIP/2.0\r\n\
        Via: SIP/2.0/UDP 192.0.2.10:5062;rport;branch=z9hG4bK1\r\n\
        v: SIP/2.0/TCP gate.example;branch=z9hG4bK0\r\n\
        From: \"Tanaka\" <sip:0312345678@gate.example>;tag=a\r\n\
        To: <sip:2101@platform.example>\r\n\
        Call-ID: c1@gate\r\nCSeq: 7 INVITE\r\nMax-Forwards: 70\r\n\
        Content-Length: 0\r\n\r\n";

    fn from() -> SocketAddr {
        "192.0.2.10:40000".parse().unwrap()
    }

    #[test]
    fn a_call_is_read() {
        let request = Request::read(INVITE.as_bytes()).unwrap();
        assert_eq!((request.dialled.as_str(), request.caller.as_str(), request.call_id.as_str()), ("2101", "0312345678", "c1@gate"));
        assert!(request.method == Method::INVITE && !request.in_dialog && request.requires.is_none());
        assert_eq!(request.way_back(from()), from(), "rport");
        let without = INVITE.replace(";rport", "");
        assert_eq!(Request::read(without.as_bytes()).unwrap().way_back(from()).port(), 5062);
    }

    #[test]
    fn the_asserted_identity_counts_more_than_the_from() {
        for (header, number) in [
            ("P-Asserted-Identity: <sip:2102@x>\r\n", "2102"),
            ("P-Asserted-Identity: \"X\" <sip:+81875731100;phone-context=x@gate;user=phone>\r\n", "+81875731100"),
            ("P-Asserted-Identity: garbage\r\n", "0312345678"),
        ] {
            let text = INVITE.replace("Max-Forwards", &format!("{header}Max-Forwards"));
            assert_eq!(Request::read(text.as_bytes()).unwrap().caller, number, "{header}");
        }
        let hidden = INVITE.replace("\"Tanaka\" <sip:0312345678@gate.example>", "<sip:anonymous@anonymous.invalid>");
        assert_eq!(Request::read(hidden.as_bytes()).unwrap().caller, "anonymous");
    }

    #[test]
    fn an_answer_finds_its_way_and_is_the_same_each_time() {
        let request = Request::read(INVITE.as_bytes()).unwrap();
        let text = String::from_utf8(request.answer(404, "Not Found", &[], from())).unwrap();
        let lines: Vec<&str> = text.split("\r\n").collect();
        assert_eq!(lines[0], "SIP/2.0 404 Not Found");
        assert_eq!(lines[1], "Via: SIP/2.0/UDP 192.0.2.10:5062;rport=40000;branch=z9hG4bK1;received=192.0.2.10");
        assert_eq!(lines[2], "Via: SIP/2.0/TCP gate.example;branch=z9hG4bK0");
        assert!(lines[4].starts_with("To: <sip:2101@platform.example>;tag=") && text.ends_with("Content-Length: 0\r\n\r\n"), "{text}");
        assert_eq!(text.as_bytes(), request.answer(404, "Not Found", &[], from()));
        let next = Request::read(INVITE.replace("z9hG4bK1", "z9hG4bK2").as_bytes()).unwrap();
        assert_ne!(next.key(), request.key());
    }

    #[test]
    fn headers_over_several_lines_go_back_on_one() {
        let folded = INVITE.replace("To: <sip:2101@platform.example>", "To: \"a\r\n b\"\r\n <sip:2101@platform.example>");
        let request = Request::read(folded.as_bytes()).unwrap();
        let text = String::from_utf8(request.answer(480, "Temporarily Unavailable", &[], from())).unwrap();
        assert!(text.contains("\r\nTo: \"a b\" <sip:2101@platform.example>;tag="), "{text}");
    }

    #[test]
    fn what_is_no_question_gets_no_answer() {
        for text in [
            "",
            "\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: x\r\n\r\n",
            "SIP/2.0 200 OK\r\nVia: SIP/2.0/UDP x\r\n\r\n",
            &INVITE.replace("Via", "Vla").replace("v:", "w:"),
            &INVITE.replace("Call-ID", "Call"),
            &INVITE.replace("7 INVITE", "seven"),
            &INVITE.replace("From", "Fro"),
            "INVITE sip:2101@x SIP/2.0\r\nVia: SIP/2.0/UDP",
            "INVITE \u{0} SIP/2.0\r\n\r\n",
        ] {
            assert!(Request::read(text.as_bytes()).is_err(), "{text}");
        }
        // Whatever comes, nothing falls over.
        for cut in 0..INVITE.len() {
            let _ = Request::read(&INVITE.as_bytes()[..cut]);
            let mut broken = INVITE.as_bytes().to_vec();
            broken[cut] ^= 0x91;
            if let Ok(request) = Request::read(&broken) {
                let answer = String::from_utf8_lossy(&request.answer(404, "Not Found", &[], from())).into_owned();
                assert_eq!(answer.matches("\r\n\r\n").count(), 1, "one answer, one head: {answer}");
            }
        }
    }

    #[test]
    fn a_stream_is_cut_where_messages_end() {
        let with_body = INVITE.replace("Content-Length: 0\r\n\r\n", "Content-Length: 4\r\n\r\nv=0\n");
        let two = format!("{with_body}{INVITE}");
        assert_eq!(length(two.as_bytes(), 65_536), Ok(Some(with_body.len())));
        assert_eq!(length(&two.as_bytes()[..with_body.len() - 1], 65_536), Ok(None));
        assert_eq!(length(INVITE.replace("Content-Length: 0", "l: 99999999").as_bytes(), 65_536), Err(Unreadable::Nothing));
        assert_eq!(length(INVITE.replace("Content-Length: 0", "l: x").as_bytes(), 65_536), Err(Unreadable::Nothing));
    }
}

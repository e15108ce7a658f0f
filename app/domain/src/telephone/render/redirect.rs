//! The answer of a SIP redirect server (RFC 3261 §8.3): equal `q` rings together, a lower one later. The PBX decides for how long.

use crate::telephone::{Plan, Status, Target};
use std::{fmt, net::IpAddr, str::FromStr};

/// A host of SIP, with a port if it needs one: letters, digits, dots, hyphens, or an IPv6 address in brackets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SipHost(String);

/// A text that is no host.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a SIP host is a name or an address, with :port if needed")]
pub struct SipHostError;

impl FromStr for SipHost {
    type Err = SipHostError;

    fn from_str(text: &str) -> Result<Self, SipHostError> {
        let (host, port) = match (text.rfind(']'), text.rfind(':')) {
            (Some(bracket), Some(colon)) if colon < bracket => (text, None),
            (_, Some(colon)) => (&text[..colon], Some(&text[colon + 1..])),
            (_, None) => (text, None),
        };
        let v6 = host.strip_prefix('[').and_then(|host| host.strip_suffix(']'));
        let named = v6.map_or_else(
            || !host.is_empty() && host.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-')),
            |address| !address.is_empty() && address.bytes().all(|byte| byte.is_ascii_hexdigit() || matches!(byte, b':' | b'.')),
        );
        let ported = port.is_none_or(|port| port.bytes().all(|byte| byte.is_ascii_digit()) && port.parse::<u16>().is_ok());
        if named && ported && text.len() <= 255 { Ok(Self(text.into())) } else { Err(SipHostError) }
    }
}

impl From<IpAddr> for SipHost {
    fn from(address: IpAddr) -> Self {
        match address.to_canonical() {
            IpAddr::V4(address) => Self(address.to_string()),
            IpAddr::V6(address) => Self(format!("[{address}]")),
        }
    }
}

impl fmt::Display for SipHost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The answer to an INVITE.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Redirect {
    /// 302 with the value of the Contact header.
    Moved(String),
    /// Another final response.
    Final(u16),
}

/// The answer. Devices are found at the host of the PBX that asked.
#[must_use]
pub fn redirect(plan: &Plan, host: &SipHost) -> Redirect {
    let contacts: Vec<String> =
        plan.stages.iter().zip([10_u8, 9, 8, 7, 6]).flat_map(|(stage, q)| stage.targets.iter().map(move |rung| contact(&rung.target, host, q))).collect();
    match plan.status {
        Status::Unknown => Redirect::Final(404),
        Status::Emergency if contacts.is_empty() => Redirect::Final(404),
        Status::Refused => Redirect::Final(Status::Refused.code()),
        Status::Ring if contacts.is_empty() => Redirect::Final(480),
        Status::Ring | Status::Emergency => Redirect::Moved(contacts.join(", ")),
    }
}

fn contact(target: &Target, host: &SipHost, q: u8) -> String {
    let (whole, tenth) = (q / 10, q % 10);
    match target {
        Target::Aor(aor) => format!("<sip:{aor}@{host}>;q={whole}.{tenth}"),
        Target::Tel(tel) => format!("<sip:{tel}@{host};user=phone>;q={whole}.{tenth}"),
    }
}

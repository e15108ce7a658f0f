//! Where programs elsewhere may be told of memos. Nothing leaves the building unless its host was named by whoever runs the house,
//! and a name that begins to point somewhere else (loopback, a neighbour, the cloud's own address) is refused when it is called.

use serde::{Deserialize, Serialize};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Longest address that is stored, characters.
const MOST_URL: usize = 2_000;

/// The hosts that may be told. Made from `NANAWARI_WEBHOOK_HOSTS`: entries with commas between them.
///
/// | entry | permits |
/// |---|---|
/// | `hooks.city.example.jp` | that host by https on port 443; also when it has a private address |
/// | `hooks.city.example.jp:8443` | the same on that port |
/// | `*.webhook.office.com` | every host below, but none with a private address |
/// | `10.20.0.0/16`, `10.20.1.5`, `[fd00::5]:8443` | these addresses, typed so or behind a permitted name |
/// | `http://10.20.1.5:8080` | that host also without TLS |
///
/// Loopback, link-local, multicast and other special addresses are permitted by an entry with the address only.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Allowed(Vec<Entry>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Entry {
    plain: bool,
    host: Pattern,
    port: Option<u16>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Pattern {
    /// That name.
    Name(String),
    /// Every name that ends so; begins with a dot.
    Below(String),
    /// Addresses with the same first bits.
    Net(IpAddr, u8),
}

/// An entry that cannot be understood.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no host, no address and no range of addresses")]
pub struct AllowedError(pub String);

/// Why an address cannot be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UrlError {
    /// It is no web address as we take them: `https://`, a host, perhaps a port and a path; no name and password, no fragment.
    Malformed,
    /// Its host is not among those permitted.
    NotAllowed,
}

impl UrlError {
    /// The stable word.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Malformed => "url_malformed",
            Self::NotAllowed => "host_not_allowed",
        }
    }
}

/// A web address of a program elsewhere, taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WebhookUrl {
    /// Whether it is called without TLS.
    pub plain: bool,
    /// The host: a name in small letters, or an address without brackets.
    pub host: String,
    /// The same where it is an address.
    pub ip: Option<IpAddr>,
    /// The port.
    pub port: u16,
    /// Path and query, beginning with `/`.
    pub path: String,
}

impl Allowed {
    /// Nobody may be told.
    pub const NOBODY: Self = Self(Vec::new());

    /// Reads the list.
    ///
    /// # Errors
    /// The first entry that cannot be understood.
    pub fn parse(text: &str) -> Result<Self, AllowedError> {
        let entries = text.split(',').map(str::trim).filter(|entry| !entry.is_empty());
        entries.map(|entry| Entry::parse(entry).ok_or_else(|| AllowedError(entry.to_owned()))).collect::<Result<_, _>>().map(Self)
    }

    /// Whether nothing is permitted.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether an address may be called at all, as far as its words say.
    ///
    /// # Errors
    /// [`UrlError::NotAllowed`].
    pub fn permits(&self, url: &WebhookUrl) -> Result<(), UrlError> {
        if self.0.iter().any(|entry| entry.permits(url)) { Ok(()) } else { Err(UrlError::NotAllowed) }
    }

    /// Whether a permitted address may be called at the place its name points to now: the check against a name that was turned.
    #[must_use]
    pub fn permits_at(&self, url: &WebhookUrl, ip: IpAddr) -> bool {
        let ip = ip.to_canonical();
        let same_door = |entry: &Entry| entry.port.is_none_or(|port| port == url.port) && (entry.plain || !url.plain);
        let listed = self.0.iter().any(|entry| same_door(entry) && matches!(entry.host, Pattern::Net(net, bits) if within(ip, net, bits)));
        match reach(ip) {
            _ if self.permits(url).is_err() => false,
            _ if listed => true,
            Reach::Special => false,
            Reach::Private => self.0.iter().any(|entry| matches!(entry.host, Pattern::Name(_)) && entry.permits(url)),
            Reach::World => true,
        }
    }
}

impl Entry {
    fn parse(text: &str) -> Option<Self> {
        let (plain, rest) = match text.split_once("://") {
            Some((scheme, rest)) if scheme.eq_ignore_ascii_case("http") => (true, rest),
            Some((scheme, rest)) if scheme.eq_ignore_ascii_case("https") => (false, rest),
            Some(_) => return None,
            None => (false, text),
        };
        if let Some((net, bits)) = rest.split_once('/').filter(|(_, bits)| !bits.is_empty()) {
            let net: IpAddr = net.trim_start_matches('[').trim_end_matches(']').parse().ok()?;
            let most = if net.is_ipv4() { 32 } else { 128 };
            let bits: u8 = bits.parse().ok().filter(|bits| *bits <= most)?;
            return Some(Self { plain, host: Pattern::Net(net.to_canonical(), bits), port: None });
        }
        let rest = rest.trim_end_matches('/');
        if let Ok(ip) = rest.parse::<IpAddr>() {
            return Some(Self { plain, host: Pattern::Net(ip.to_canonical(), if ip.is_ipv4() { 32 } else { 128 }), port: None });
        }
        let below = rest.strip_prefix("*.");
        let (host, port) = split_port(below.unwrap_or(rest))?;
        let host = match (host_of(host)?, below) {
            ((name, None), Some(_)) => Pattern::Below(format!(".{name}")),
            ((name, None), None) => Pattern::Name(name),
            ((_, Some(ip)), None) => Pattern::Net(ip, if ip.is_ipv4() { 32 } else { 128 }),
            ((_, Some(_)), Some(_)) => return None,
        };
        Some(Self { plain, host, port })
    }

    fn permits(&self, url: &WebhookUrl) -> bool {
        let host = match (&self.host, url.ip) {
            (Pattern::Net(net, bits), Some(ip)) => within(ip, *net, *bits),
            (Pattern::Name(name), None) => *name == url.host,
            (Pattern::Below(end), None) => url.host.len() > end.len() && url.host.ends_with(end.as_str()),
            (Pattern::Net(..), None) | (Pattern::Name(_) | Pattern::Below(_), Some(_)) => false,
        };
        // A range of addresses is of whole machines; everything else is of its port.
        let port = match (&self.host, self.port) {
            (_, Some(port)) => port == url.port,
            (Pattern::Net(..), None) => true,
            (_, None) => url.port == if url.plain { 80 } else { 443 },
        };
        host && port && (self.plain || !url.plain)
    }
}

impl WebhookUrl {
    /// Takes an address apart. It is read narrowly, so that nobody who reads it after us finds another host in it.
    ///
    /// # Errors
    /// [`UrlError::Malformed`].
    pub fn parse(text: &str) -> Result<Self, UrlError> {
        Self::read(text.trim()).ok_or(UrlError::Malformed)
    }

    fn read(text: &str) -> Option<Self> {
        if text.chars().count() > MOST_URL || text.chars().any(|letter| !letter.is_ascii_graphic() || matches!(letter, '\\' | '#' | '"' | '<' | '>' | '`')) {
            return None;
        }
        let (scheme, rest) = text.split_once("://")?;
        let plain = match scheme.to_ascii_lowercase().as_str() {
            "https" => false,
            "http" => true,
            _ => return None,
        };
        let end = rest.find(['/', '?']).unwrap_or(rest.len());
        let (authority, path) = rest.split_at(end);
        let (host, port) = split_port(authority)?;
        let (host, ip) = host_of(host)?;
        let path = if path.starts_with('/') { path.to_owned() } else { format!("/{path}") };
        Some(Self { plain, host, ip, port: port.unwrap_or(if plain { 80 } else { 443 }), path })
    }

    /// Host and port as the `Host` header has them.
    #[must_use]
    pub fn authority(&self) -> String {
        let host = if self.ip.is_some_and(|ip| ip.is_ipv6()) { format!("[{}]", self.host) } else { self.host.clone() };
        let usual = if self.plain { 80 } else { 443 };
        if self.port == usual { host } else { format!("{host}:{}", self.port) }
    }
}

/// `host`, `host:443`, `[::1]:443`.
fn split_port(authority: &str) -> Option<(&str, Option<u16>)> {
    let after = if authority.starts_with('[') { authority.find(']')? + 1 } else { authority.find(':').unwrap_or(authority.len()) };
    let (host, port) = authority.split_at(after);
    match port.strip_prefix(':') {
        None if port.is_empty() => Some((host, None)),
        Some(digits) if digits.len() <= 5 && digits.bytes().all(|digit| digit.is_ascii_digit()) => {
            digits.parse().ok().filter(|port| *port > 0).map(|port| (host, Some(port)))
        }
        _ => None,
    }
}

/// A name in small letters, or an address. A name that ends in a number is none: some readers take `127.1` or `0x7f.0.0.1` for an
/// address.
fn host_of(text: &str) -> Option<(String, Option<IpAddr>)> {
    if let Some(inside) = text.strip_prefix('[') {
        let ip: Ipv6Addr = inside.strip_suffix(']')?.parse().ok()?;
        let ip = IpAddr::V6(ip).to_canonical();
        return Some((ip.to_string(), Some(ip)));
    }
    if let Ok(ip) = text.parse::<Ipv4Addr>() {
        return Some((ip.to_string(), Some(IpAddr::V4(ip))));
    }
    let name = text.to_ascii_lowercase();
    let labels: Vec<&str> = name.split('.').collect();
    let label = |label: &&str| {
        !label.is_empty()
            && label.len() <= 63
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
    };
    let last = labels.last()?;
    let number = last.bytes().all(|digit| digit.is_ascii_digit()) || last.starts_with("0x");
    (name.len() <= 253 && labels.iter().all(label) && !number).then_some((name, None))
}

fn within(ip: IpAddr, net: IpAddr, bits: u8) -> bool {
    match (ip, net) {
        (IpAddr::V4(ip), IpAddr::V4(net)) => {
            let mask = u32::MAX.checked_shl(32 - u32::from(bits)).unwrap_or(0);
            u32::from(ip) & mask == u32::from(net) & mask
        }
        (IpAddr::V6(ip), IpAddr::V6(net)) => {
            let mask = u128::MAX.checked_shl(128 - u32::from(bits)).unwrap_or(0);
            u128::from(ip) & mask == u128::from(net) & mask
        }
        _ => false,
    }
}

/// What kind of place an address is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reach {
    /// A machine of the world.
    World,
    /// A machine of somebody's own network.
    Private,
    /// This machine, this wire, everybody, or nobody.
    Special,
}

/// By the registries of special addresses (RFC 6890 and what followed).
const NETS: &[(&str, u8, Reach)] = &[
    ("10.0.0.0", 8, Reach::Private),
    ("172.16.0.0", 12, Reach::Private),
    ("192.168.0.0", 16, Reach::Private),
    ("100.64.0.0", 10, Reach::Private),
    ("fc00::", 7, Reach::Private),
    ("0.0.0.0", 8, Reach::Special),
    ("127.0.0.0", 8, Reach::Special),
    ("169.254.0.0", 16, Reach::Special),
    ("192.0.0.0", 24, Reach::Special),
    ("192.0.2.0", 24, Reach::Special),
    ("198.18.0.0", 15, Reach::Special),
    ("198.51.100.0", 24, Reach::Special),
    ("203.0.113.0", 24, Reach::Special),
    ("224.0.0.0", 3, Reach::Special),
    ("::", 96, Reach::Special),
    ("64:ff9b::", 96, Reach::Special),
    ("64:ff9b:1::", 48, Reach::Special),
    ("100::", 64, Reach::Special),
    ("2001::", 23, Reach::Special),
    ("2001:db8::", 32, Reach::Special),
    ("2002::", 16, Reach::Special),
    ("fe80::", 10, Reach::Special),
    ("fec0::", 10, Reach::Special),
    ("ff00::", 8, Reach::Special),
];

fn reach(ip: IpAddr) -> Reach {
    let found = NETS.iter().find(|(net, bits, _)| net.parse().is_ok_and(|net| within(ip, net, *bits)));
    found.map_or(Reach::World, |(_, _, reach)| *reach)
}

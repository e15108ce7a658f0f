//! The signature by which a receiver knows that a message is ours, whole, and of now: HMAC-SHA256 with the program's secret over
//! the time of sending, a full stop, and the body.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use std::fmt::Write as _;

/// The header with the signature: `sha256=` and 64 hexadecimal digits.
pub const SIGNATURE: &str = "x-nanawari-signature";
/// The header with the time of sending, seconds since 1970 UTC. Receivers refuse what is older than five minutes.
pub const TIMESTAMP: &str = "x-nanawari-timestamp";

/// The signature of a body sent at a time.
#[must_use]
pub fn signature(secret: &str, timestamp: i64, body: &[u8]) -> String {
    let mut text = String::from("sha256=");
    // A key of any length will do.
    if let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret.as_bytes()) {
        mac.update(format!("{timestamp}.").as_bytes());
        mac.update(body);
        for byte in mac.finalize().into_bytes() {
            let _ = write!(text, "{byte:02x}");
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_what_anybody_would_work_out() {
        // RFC 4231, case 2, has the key "Jefe" and the data "what do ya want for nothing?"; ours has a time before it. Made with
        // `printf '1700000000.{"v":1}' | openssl dgst -sha256 -hmac Jefe`.
        let expected = "sha256=b8ca9c53c089840fe42c361412a1904f2ebe6462f8875d62a5e36dfb12651bdb";
        assert_eq!(signature("Jefe", 1_700_000_000, b"{\"v\":1}"), expected);
        for (secret, at, body) in [("jefe", 1_700_000_000, "{\"v\":1}"), ("Jefe", 1_700_000_001, "{\"v\":1}"), ("Jefe", 1_700_000_000, "{\"v\":2}")] {
            assert_ne!(signature(secret, at, body.as_bytes()), expected);
        }
    }
}

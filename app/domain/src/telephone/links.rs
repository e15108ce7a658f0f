//! What a number in a page is the address of.

use super::render::SipHost;
use serde::{Deserialize, Serialize};
use std::str::FromStr;

/// What takes a call when somebody presses a number in a page: whatever the computer or the mobile has for telephone numbers
/// (`tel:`, RFC 3966), or a softphone that takes only addresses of its own kind (`sip:` with the domain of its PBX, RFC 3261, 19.1).
///
/// It is the address with `#` where the number goes, which no address has for itself; browsers read it, and two fields are more code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CallLinks(String);

impl Default for CallLinks {
    fn default() -> Self {
        Self("tel:#".into())
    }
}

impl CallLinks {
    /// The address of an extension.
    #[must_use]
    pub fn href(&self, extension: &str) -> String {
        let (before, after) = self.0.split_once('#').unwrap_or_default();
        [before, extension, after].concat()
    }

    /// The address of whatever somebody wrote or dialled: digits, `*` and `#`, perhaps with `+` before them.
    #[must_use]
    pub fn href_of_any(&self, number: &str) -> String {
        // What comes after a bare # would be the place within a page.
        self.href(&number.replace('#', "%23"))
    }
}

/// Neither `tel` nor `sip:` and a domain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("neither tel nor sip: and a domain")]
pub struct CallLinksError;

impl FromStr for CallLinks {
    type Err = CallLinksError;

    fn from_str(text: &str) -> Result<Self, CallLinksError> {
        match text.split_once(':') {
            None if text == "tel" => Ok(Self::default()),
            Some(("sip", domain)) => {
                let host: SipHost = domain.parse().map_err(|_| CallLinksError)?;
                Ok(Self(format!("sip:#@{host}")))
            }
            _ => Err(CallLinksError),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_addresses() {
        let (tel, sip) = (CallLinks::default(), "sip:pbx.city.example.jp".parse::<CallLinks>().unwrap());
        let cases = [("2101", "tel:2101", "sip:2101@pbx.city.example.jp"), ("+81875731100", "tel:+81875731100", "sip:+81875731100@pbx.city.example.jp")];
        for (number, plain, address) in cases {
            assert_eq!((tel.href(number), sip.href(number)), (plain.into(), address.into()));
        }
        assert_eq!((tel.href_of_any("0120#1"), sip.href_of_any("*8#")), ("tel:0120%231".into(), "sip:*8%23@pbx.city.example.jp".into()));
    }

    #[test]
    fn only_two_kinds_are_known() {
        assert_eq!("tel".parse(), Ok(CallLinks::default()));
        let v6: CallLinks = "sip:[2001:db8::1]:5060".parse().unwrap();
        assert_eq!(v6.href("2101"), "sip:2101@[2001:db8::1]:5060");
        for wrong in ["", "sip", "sip:", "tel:", "sips:a.example", "callto:a.example", "sip:a b", "sip:a\"onclick=", "sip:x@a.example"] {
            assert_eq!(wrong.parse::<CallLinks>(), Err(CallLinksError), "{wrong:?}");
        }
    }
}

//! What a number in a page is the address of.

use super::render::SipHost;
use serde::{Deserialize, Serialize};
use std::str::FromStr;

/// What takes a call when somebody presses a number in a page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum CallLinks {
    /// Whatever the computer or the mobile has for telephone numbers (RFC 3966).
    #[default]
    Tel,
    /// A softphone that takes only addresses of its own kind (RFC 3261, 19.1); the domain of its PBX.
    Sip(String),
}

impl CallLinks {
    /// The address of a number: digits, `*` and `#`, perhaps with `+` before them.
    #[must_use]
    pub fn href(&self, number: &str) -> String {
        // Else what comes after it would be the place within a page.
        let number = number.replace('#', "%23");
        match self {
            Self::Tel => format!("tel:{number}"),
            Self::Sip(domain) => format!("sip:{number}@{domain}"),
        }
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
            None if text == "tel" => Ok(Self::Tel),
            Some(("sip", domain)) => domain.parse::<SipHost>().map(|host| Self::Sip(host.to_string())).map_err(|_| CallLinksError),
            _ => Err(CallLinksError),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_addresses() {
        let sip: CallLinks = "sip:pbx.city.example.jp".parse().unwrap();
        let cases = [("2101", "tel:2101", "sip:2101@pbx.city.example.jp"), ("+81875731100", "tel:+81875731100", "sip:+81875731100@pbx.city.example.jp")];
        for (number, tel, address) in cases {
            assert_eq!((CallLinks::Tel.href(number), sip.href(number)), (tel.into(), address.into()));
        }
        assert_eq!((CallLinks::Tel.href("0120#1"), sip.href("*8#")), ("tel:0120%231".into(), "sip:*8%23@pbx.city.example.jp".into()));
    }

    #[test]
    fn only_two_kinds_are_known() {
        assert_eq!(("tel".parse(), "sip:[2001:db8::1]:5060".parse()), (Ok(CallLinks::Tel), Ok(CallLinks::Sip("[2001:db8::1]:5060".into()))));
        for wrong in ["", "sip", "sip:", "tel:", "sips:a.example", "callto:a.example", "sip:a b", "sip:a\"onclick=", "sip:x@a.example"] {
            assert_eq!(wrong.parse::<CallLinks>(), Err(CallLinksError), "{wrong:?}");
        }
    }
}

//! What is dialled: extensions, and numbers of the outside world in E.164. Both are small, checked once, and copied freely.

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// The longest extension.
const MOST_DIGITS: usize = 15;

/// 内線番号: 1 to 15 of `0`–`9`, `*` and `#`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Ext {
    // The length comes first: 99 stands before 100.
    len: u8,
    digits: [u8; MOST_DIGITS],
}

/// A text that is no number.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NumberError {
    /// An extension has 1 to 15 digits, `*` or `#`.
    #[error("an extension has 1 to 15 digits, * or #")]
    Ext,
    /// An outside number is `+` and 7 to 15 digits, the first not 0.
    #[error("an outside number is + and 7 to 15 digits, the first not 0")]
    Tel,
}

impl Ext {
    /// The digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.digits[..usize::from(self.len)]).unwrap_or_default()
    }

    /// Whether it is 110 (police), 118 (coast guard) or 119 (fire and ambulance), which no number of the house may take.
    #[must_use]
    pub fn is_emergency(&self) -> bool {
        matches!(self.as_str(), "110" | "118" | "119")
    }
}

impl FromStr for Ext {
    type Err = NumberError;

    fn from_str(text: &str) -> Result<Self, NumberError> {
        let (bytes, mut digits) = (text.as_bytes(), [0; MOST_DIGITS]);
        let allowed = |byte: &u8| byte.is_ascii_digit() || matches!(byte, b'*' | b'#');
        if bytes.is_empty() || bytes.len() > MOST_DIGITS || !bytes.iter().all(allowed) {
            return Err(NumberError::Ext);
        }
        digits[..bytes.len()].copy_from_slice(bytes);
        Ok(Self { len: u8::try_from(bytes.len()).unwrap_or_default(), digits })
    }
}

impl fmt::Display for Ext {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Ext {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl TryFrom<String> for Ext {
    type Error = NumberError;

    fn try_from(text: String) -> Result<Self, NumberError> {
        text.parse()
    }
}

impl From<Ext> for String {
    fn from(ext: Ext) -> Self {
        ext.as_str().into()
    }
}

/// A number of the outside world: `+` and 7 to 15 digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct E164(u64);

impl E164 {
    /// The digits without the `+`, as a number; the first is never 0, so nothing is lost.
    #[must_use]
    pub const fn digits(self) -> u64 {
        self.0
    }
}

impl FromStr for E164 {
    type Err = NumberError;

    fn from_str(text: &str) -> Result<Self, NumberError> {
        let digits = text.strip_prefix('+').ok_or(NumberError::Tel)?;
        let plain = (7..=15).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit()) && !digits.starts_with('0');
        if plain { digits.parse().map(Self).map_err(|_| NumberError::Tel) } else { Err(NumberError::Tel) }
    }
}

impl fmt::Display for E164 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "+{}", self.0)
    }
}

impl TryFrom<String> for E164 {
    type Error = NumberError;

    fn try_from(text: String) -> Result<Self, NumberError> {
        text.parse()
    }
}

impl From<E164> for String {
    fn from(tel: E164) -> Self {
        tel.to_string()
    }
}

/// Something that can be dialled, already understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Dial {
    /// A number of the house.
    Ext(Ext),
    /// A number of the world.
    Tel(E164),
}

/// As people and files write it: digits, or an outside number with its `+`.
impl fmt::Display for Dial {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ext(ext) => ext.fmt(f),
            Self::Tel(tel) => tel.fmt(f),
        }
    }
}

impl FromStr for Dial {
    type Err = NumberError;

    fn from_str(text: &str) -> Result<Self, NumberError> {
        if text.starts_with('+') { text.parse().map(Self::Tel) } else { text.parse().map(Self::Ext) }
    }
}

/// How a country writes its own numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Numbering {
    /// +81; 0 before a national number, 010 before an international one.
    Japan,
    /// Another country code; 0 before a national number, 00 before an international one.
    Other(u16),
}

impl Numbering {
    /// Reads a number as a carrier shows it: `+81312345678`, `0312345678`, `03-1234-5678`, `010 1 212…`.
    #[must_use]
    pub fn tel(self, raw: &str) -> Option<E164> {
        let mut plain = String::with_capacity(raw.len().min(24));
        for c in raw.trim().chars().take(32) {
            match c {
                '0'..='9' => plain.push(c),
                '+' if plain.is_empty() => plain.push(c),
                ' ' | '-' | '.' | '(' | ')' => {}
                _ => return None,
            }
        }
        let (country, international) = self.prefixes();
        if plain.starts_with('+') {
            plain.parse().ok()
        } else if let Some(abroad) = plain.strip_prefix(international) {
            format!("+{abroad}").parse().ok()
        } else {
            format!("+{country}{}", plain.strip_prefix('0')?).parse().ok()
        }
    }

    /// Writes a number as people of the country do: `0312345678`, and `+12125550100` for one abroad.
    #[must_use]
    pub fn write(self, tel: E164) -> String {
        let text = tel.to_string();
        match text.strip_prefix(&format!("+{}", self.prefixes().0)) {
            Some(national) => format!("0{national}"),
            None => text,
        }
    }

    /// The country code, and what is dialled before a number abroad.
    const fn prefixes(self) -> (u16, &'static str) {
        match self {
            Self::Japan => (81, "010"),
            Self::Other(country) => (country, "00"),
        }
    }
}

//! What may be written: lengths, and that something is said.

use super::{MemoTo, Urgency, Wish};
use serde::{Deserialize, Serialize};

/// Longest name of a caller, characters.
pub const MOST_NAME: usize = 80;
/// Longest number of a caller, characters.
pub const MOST_NUMBER: usize = 40;
/// Longest text, characters.
pub const MOST_TEXT: usize = 1_000;

/// A field of a memo that has a limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// Who called.
    CallerName,
    /// From which number.
    CallerNumber,
    /// What there is to tell.
    Text,
}

/// A memo that is about to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// For whom.
    pub to: MemoTo,
    /// Who called, in free words; empty when nobody knows.
    pub caller_name: String,
    /// From which number, in free words; empty when it was not shown.
    pub caller_number: String,
    /// What they want.
    pub wish: Wish,
    /// What there is to tell.
    pub text: String,
    /// How soon.
    pub urgency: Urgency,
}

/// Why a memo cannot be written as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DraftError {
    /// Neither a name, nor a number, nor a text: nobody could do anything with it.
    NothingSaid,
    /// It is to tell something, and does not say what.
    TextMissing,
    /// A field is too long.
    TooLong {
        /// Which.
        field: Field,
        /// Characters it may have.
        most: usize,
        /// Characters it has.
        has: usize,
    },
}

impl DraftError {
    /// The stable word.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::NothingSaid => "nothing_said",
            Self::TextMissing => "text_missing",
            Self::TooLong { field: Field::CallerName, .. } => "name_too_long",
            Self::TooLong { field: Field::CallerNumber, .. } => "number_too_long",
            Self::TooLong { field: Field::Text, .. } => "text_too_long",
        }
    }
}

impl Draft {
    /// The draft as it is stored: without what cannot be seen, and within the limits.
    ///
    /// # Errors
    /// The first thing that is wrong, in the order of the form.
    pub fn checked(self) -> Result<Self, DraftError> {
        let draft = Self { caller_name: line(&self.caller_name), caller_number: line(&self.caller_number), text: lines(&self.text), ..self };
        for (field, value, most) in [
            (Field::CallerName, &draft.caller_name, MOST_NAME),
            (Field::CallerNumber, &draft.caller_number, MOST_NUMBER),
            (Field::Text, &draft.text, MOST_TEXT),
        ] {
            let has = value.chars().count();
            if has > most {
                return Err(DraftError::TooLong { field, most, has });
            }
        }
        match draft.wish {
            Wish::Tell if draft.text.is_empty() => Err(DraftError::TextMissing),
            _ if draft.caller_name.is_empty() && draft.caller_number.is_empty() && draft.text.is_empty() => Err(DraftError::NothingSaid),
            _ => Ok(draft),
        }
    }
}

/// One line: whatever is no letter to be seen is a space, so that nothing can pretend to be another line of a mail.
fn line(text: &str) -> String {
    let spaced: String = text.chars().map(|letter| if is_hidden(letter) { ' ' } else { letter }).collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Several lines, each as it was typed.
fn lines(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let kept: String = text.chars().filter(|letter| *letter == '\n' || !is_hidden(*letter)).collect();
    kept.trim().to_owned()
}

/// Control characters, and those that turn the direction of what follows (a name could read as another one).
fn is_hidden(letter: char) -> bool {
    letter.is_control() || matches!(letter, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// The number as a `tel:` link takes it, when what was written is a number: digits, `+` in front, `*` and `#`. Signs between digits
/// are left out, and digits typed in full width count.
#[must_use]
pub fn dialable(written: &str) -> Option<String> {
    let mut number = String::new();
    for letter in written.trim().chars() {
        match letter {
            '0'..='9' | '*' | '#' => number.push(letter),
            '\u{ff10}'..='\u{ff19}' => number.push(char::from(b'0' + u8::try_from(u32::from(letter) - 0xff10).ok()?)),
            '+' | '\u{ff0b}' if number.is_empty() => number.push('+'),
            ' ' | '-' | '(' | ')' | '.' | '/' | '\u{3000}' | '\u{ff0d}' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{30fc}' | '\u{ff08}' | '\u{ff09}' => {}
            _ => return None,
        }
    }
    (number.chars().filter(char::is_ascii_digit).count() >= 2).then_some(number)
}

//! The one failure that travels from a server function to a page. It carries codes and data; words are found by the page.
//!
//! Without JavaScript it travels in the address (`?__err=`), so it is small and holds no secret.

use chrono::NaiveDate;
use domain::{
    BookingId,
    booking::{CheckInRefusal, EndRefusal, view::Refused},
};
use leptos::server_fn::{
    Bytes, ContentType, Decodes, Encodes, Format, FormatType,
    error::{FromServerFnError, ServerFnErrorErr},
};
use serde::{Deserialize, Serialize};

/// How a request of a page fails.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ApiError {
    /// Nobody is signed in, or the session ended.
    NotSignedIn,
    /// The person may not do this.
    Denied,
    /// There is no such thing, or the person may not know that there is.
    NotFound,
    /// Too much is waiting.
    Busy,
    /// The store cannot take writes now.
    Unavailable,
    /// A field of the form cannot be read.
    Invalid(Invalid),
    /// A seat cannot be had.
    Reserve(Refused),
    /// Of several days some could not be had; the others are booked.
    Days(PartlyBooked),
    /// A check-in is refused.
    CheckIn(CheckInRefusal),
    /// A booking cannot be given back.
    End(EndRefusal),
    /// A section needs the person at its telephone; in words, so that the browser need not know them.
    Needed(String),
    /// Signing in, setting up or a change of the account is refused.
    Account(AccountProblem),
    /// Something broke; the number finds it in the log.
    Internal {
        /// The request's number.
        request_id: String,
    },
    /// The server was not reached or did not understand.
    Transport,
}

/// What became of several days asked for at once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartlyBooked {
    /// The bookings made.
    pub booked: Vec<BookingId>,
    /// The words of the slots that were asked for, joined by dots.
    pub slots: String,
    /// The days that could not be had, each with its reason.
    pub refused: Vec<(NaiveDate, Refused)>,
}

/// Which field of a form, and what stood in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invalid {
    /// The field.
    pub field: Field,
    /// What was typed (cut short).
    pub value: String,
}

/// Fields that a person fills in or a page fills in for them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// A local day.
    Date,
    /// The end of a range of days: it must come after its beginning.
    Until,
    /// At least one day.
    Days,
    /// At least one weekday.
    Weekdays,
    /// Parts of the day.
    Slots,
    /// A seat.
    Seat,
    /// A booking.
    Booking,
    /// Anything else with a number.
    Number,
    /// A choice among given ones.
    Choice,
    /// A staff number.
    StaffNo,
}

/// Why the account answers no.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AccountProblem {
    /// Number or password are not right; it is not said which.
    WrongCredentials {
        /// The number that was typed, to be shown again.
        staff_no: String,
    },
    /// Too many tries; wait.
    TooManyTries {
        /// The number that was typed, to be shown again.
        staff_no: String,
        /// How long to wait, seconds.
        wait_seconds: u32,
    },
    /// The account cannot be used now.
    Disabled {
        /// The number that was typed, to be shown again.
        staff_no: String,
    },
    /// The present password is not right.
    WrongPassword,
    /// The new password is too short.
    PasswordTooShort {
        /// Characters it must have.
        min: u32,
    },
    /// The new password is too long.
    PasswordTooLong {
        /// Characters it may have.
        max: u32,
    },
    /// The new password is one of those tried first.
    PasswordTooCommon,
    /// The new password holds the name or the staff number.
    PasswordContainsName,
    /// The account has no password to change.
    NoPassword,
    /// The two entries of the new password differ.
    PasswordsDiffer,
    /// The set-up code is not right or was used.
    WrongCode,
    /// Somebody has set the house up already.
    AlreadySetUp,
    /// Staff number or name is empty.
    Missing,
    /// An administrator has fixed this.
    Fixed,
}

impl ApiError {
    /// As it travels.
    #[must_use]
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Reads what travelled; what cannot be read is a failure of the way.
    #[must_use]
    pub fn from_json(text: &str) -> Self {
        serde_json::from_str(text).unwrap_or(Self::Transport)
    }
}

/// JSON, read from text only: reading it from bytes too would be a second copy of the reader in the browser.
pub struct JsonText;

impl ContentType for JsonText {
    const CONTENT_TYPE: &'static str = "application/json";
}

impl FormatType for JsonText {
    const FORMAT_TYPE: Format = Format::Text;
}

impl Encodes<ApiError> for JsonText {
    type Error = std::convert::Infallible;

    fn encode(error: &ApiError) -> Result<Bytes, Self::Error> {
        Ok(error.to_json().into())
    }
}

impl Decodes<ApiError> for JsonText {
    type Error = std::convert::Infallible;

    fn decode(bytes: Bytes) -> Result<ApiError, Self::Error> {
        Ok(ApiError::from_json(&String::from_utf8_lossy(&bytes)))
    }
}

impl FromServerFnError for ApiError {
    type Encoder = JsonText;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
            ServerFnErrorErr::Args(_) | ServerFnErrorErr::MissingArg(_) | ServerFnErrorErr::Deserialization(_) => {
                Self::Invalid(Invalid { field: Field::Choice, value: String::new() })
            }
            _ => Self::Transport,
        }
    }
}

//! The cases by theme, each a situation, a call and what a section head expects to read.

mod closed;
mod delegation;
mod disaster;
mod emergency;
mod limits;
mod numbers;
mod order;
mod places;
mod presence;
mod seats;
mod sections;

use super::office::{Office, SATO, SITE, SUZUKI, TANAKA, at, office};
use chrono::{DateTime, Utc};
use domain::{
    PersonId,
    telephone::{CallIn, PbxCaps, PresenceState, Replaces},
};

/// Who calls what when.
pub struct Call {
    /// The caller, in words.
    pub who: String,
    pub call: CallIn,
    pub at: DateTime<Utc>,
    pub caps: PbxCaps,
}

/// One situation and its call.
pub struct Case {
    pub title: &'static str,
    pub office: Office,
    pub call: Call,
}

fn case(title: &'static str, office: Office, call: Call) -> Case {
    Case { title, office, call }
}

/// A citizen calls at ten.
fn outside(to: &str) -> Call {
    let call = CallIn { to: to.into(), from: "0312345678".into(), trunk: Some("ntt-1".into()), site: Some(SITE), ..CallIn::default() };
    Call { who: "外線 03-1234-5678 ".into(), call, at: at("10:00"), caps: PbxCaps::default() }
}

/// Somebody of the house calls from a telephone at ten.
fn from_device(device: &str, who: &str, to: &str) -> Call {
    let call = CallIn { trunk: None, from: String::new(), from_device: Some(device.parse().unwrap()), ..outside(to).call };
    Call { who: who.into(), call, ..outside(to) }
}

/// Somebody calls from their mobile.
fn inside(person: PersonId, to: &str) -> Call {
    let name = ["", "tanaka", "sato", "suzuki", "yamada", "takahashi", "kimura"][usize::try_from(person.0).unwrap()];
    from_device(&format!("mob-{name}"), &format!("{}のスマホ", super::office::short(person)), to)
}

impl Call {
    fn at(self, moment: &str) -> Self {
        Self { at: at(moment), ..self }
    }

    fn hidden(mut self) -> Self {
        self.call.from = "anonymous".into();
        Self { who: "非通知の外線".into(), ..self }
    }

    fn hop(mut self, hop: u8) -> Self {
        self.call.hop = hop;
        Self { who: format!("{}(転送{hop}回目)", self.who.trim_end()), ..self }
    }

    fn replacing(mut self) -> Self {
        self.call.replaces = Replaces::Call;
        Self { who: format!("{}(通話の引き継ぎ)", self.who.trim_end()), ..self }
    }

    fn caps(self, caps: PbxCaps) -> Self {
        Self { caps, ..self }
    }
}

/// 福祉課 at work: 田中 and 佐藤 at seats, 鈴木 in a meeting.
fn at_work() -> Office {
    office().sits(TANAKA, 13, "9:02").sits(SATO, 12, "8:50").says(SUZUKI, PresenceState::Meeting, Some("11:00"))
}

/// The case of the product's own promise.
pub fn promised() -> Case {
    case("着席していれば、座席電話とスマホが一緒に鳴り、出なければ課の人へ回る", at_work(), outside("2101"))
}

/// Every case, by the name of its file.
pub fn themes() -> Vec<(&'static str, Vec<Case>)> {
    vec![
        ("01-着席", seats::cases()),
        ("02-鳴らし方", order::cases()),
        ("03-在席状況", presence::cases()),
        ("04-代理", delegation::cases()),
        ("05-課の電話", sections::cases()),
        ("06-受付時間", closed::cases()),
        ("07-災害", disaster::cases()),
        ("08-番号", numbers::cases()),
        ("09-緊急通報", emergency::cases()),
        ("10-座席・部屋・引き継ぎ", places::cases()),
        ("11-上限", limits::cases()),
    ]
}

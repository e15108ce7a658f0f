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

/// Cases that are read together.
pub struct Theme {
    pub file: &'static str,
    pub title: &'static str,
    pub cases: Vec<Case>,
}

/// Every case.
pub fn themes() -> Vec<Theme> {
    vec![
        Theme { file: "01-seats", title: "着席", cases: seats::cases() },
        Theme { file: "02-order", title: "鳴らし方", cases: order::cases() },
        Theme { file: "03-presence", title: "在席状況", cases: presence::cases() },
        Theme { file: "04-delegation", title: "代理", cases: delegation::cases() },
        Theme { file: "05-sections", title: "課の電話", cases: sections::cases() },
        Theme { file: "06-closed", title: "受付時間", cases: closed::cases() },
        Theme { file: "07-disaster", title: "災害", cases: disaster::cases() },
        Theme { file: "08-numbers", title: "番号と受けない相手", cases: numbers::cases() },
        Theme { file: "09-emergency", title: "緊急通報", cases: emergency::cases() },
        Theme { file: "10-places", title: "座席・部屋・引き継ぎ", cases: places::cases() },
        Theme { file: "11-limits", title: "上限", cases: limits::cases() },
    ]
}

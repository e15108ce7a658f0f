//! 緊急通報: never asked about, only explained; but a number of the house rings its security.

use super::{Case, case, from_device, inside};
use crate::features::telephone::tests::office::*;
use domain::{
    memo::MemoTo,
    telephone::{DeviceKind, NumberKind, Owner, PresenceState},
};

pub fn cases() -> Vec<Case> {
    let soft = device(31, "soft-suzuki", DeviceKind::Softphone, Owner::Person(SUZUKI));
    let home = office().has("鈴木はパソコン電話も使う", soft).says(SUZUKI, PresenceState::Telework, Some("17:15"));
    let own = || office().with("8119 は庁内の緊急番号", |rows| rows.numbers.push(number(20, "8119", NumberKind::Emergency)));
    let guarded = own().with("警備担当は宿直室と山田", |rows| rows.houses[0].security = vec![MemoTo::Section(SHUKUCHOKU), MemoTo::Person(YAMADA)]);
    vec![
        case("座席電話から 119 番", office().sits(SATO, 12, "8:50"), from_device("seat-3f-12", "3F-12 の座席電話", "119")),
        case("スマホから 110 番", office(), inside(SATO, "110")),
        case("海上保安庁へ 118 番", office(), inside(SATO, "118")),
        case("自宅のパソコン電話から 119 番", home, from_device("soft-suzuki", "鈴木のパソコン電話", "119")),
        case("庁内の緊急番号", own(), inside(SATO, "8119")),
        case("庁内の緊急番号と警備担当", guarded, inside(SATO, "8119")),
        case("何度転送された電話でも、緊急番号は止めない", own(), inside(SATO, "8119").hop(5)),
    ]
}

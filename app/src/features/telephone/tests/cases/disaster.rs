//! 災害: the roster answers, whatever the hour and whatever people are doing.

use super::{Case, case, outside};
use crate::features::telephone::tests::office::*;
use domain::telephone::{DayRange, DeviceKind, Mode, OnRoster, Owner, PresenceState};

fn disaster() -> Office {
    let roster = [TANAKA, YAMADA].map(|person| OnRoster { section: FUKUSHI, person, valid: DayRange::ALWAYS });
    office()
        .switched(Mode::Disaster, "災害モードにした", "9:00", "23:59")
        .with("福祉課の災害当番は田中と山田", |rows| rows.rosters.extend(roster))
}

pub fn cases() -> Vec<Case> {
    vec![
        case("災害モードでは、災害当番と固定電話が鳴る", disaster().sits(TANAKA, 13, "9:02"), outside("3100")),
        case("災害モードでは、応答不可でも夜でも鳴らす", disaster().says(TANAKA, PresenceState::Dnd, None), outside("3100").at("22:00")),
        case(
            "災害モードで、あふれ先の課にも当番がいる",
            disaster()
                .section(FUKUSHI, "福祉課のあふれ先は税務課", |section| section.overflow = Some(ZEIMU))
                .with("税務課の災害当番は高橋", |rows| rows.rosters.push(OnRoster { section: ZEIMU, person: TAKAHASHI, valid: DayRange::ALWAYS })),
            outside("3100"),
        ),
        case("災害モードで、災害当番のいない課", disaster(), outside("3200")),
        case("災害モードで、個人あての電話", disaster().sits(SATO, 12, "8:50"), outside("2102")),
        case(
            "災害モードで、固定電話のない課",
            disaster().with("福祉課と税務課に固定電話がない", |rows| {
                rows.devices.retain(|device| device.kind != DeviceKind::FixedBcp || ![Owner::Section(FUKUSHI), Owner::Section(ZEIMU)].contains(&device.owner));
            }),
            outside("3100"),
        ),
    ]
}

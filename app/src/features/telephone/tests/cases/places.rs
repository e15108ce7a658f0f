//! 座席・部屋・引き継ぎ: numbers of places, and calls that continue others.

use super::{Case, case, inside, outside};
use crate::features::telephone::tests::office::*;
use domain::{
    DeviceId, SeatId,
    telephone::{Device, DeviceKind, NumberKind, Owner, PresenceState, Service, Settings},
};

fn seat() -> Office {
    office().with("3F-13 に 5013 番がある", |rows| rows.numbers.push(number(20, "5013", NumberKind::Seat(SeatId(13)))))
}

fn room(fax: Service) -> Office {
    office()
        .has("会議室に電話がある(5301)", device(41, "room-301", DeviceKind::Dect, Owner::House(SITE)))
        .has("ファクスがある(5900)", Device { service: fax, ..device(42, "fax-1", DeviceKind::Dect, Owner::House(SITE)) })
        .with("5301 は会議室、5900 はファクス", |rows| {
            rows.numbers.push(number(21, "5301", NumberKind::Room(DeviceId(41))));
            rows.numbers.push(number(22, "5900", NumberKind::Fax(DeviceId(42))));
        })
}

pub fn cases() -> Vec<Case> {
    let silent = Settings { picked: Some(vec![]), ..Settings::default() };
    let lonely = || office().with("田中は所属の課がない", |rows| rows.members.retain(|row| row.person != TANAKA));
    vec![
        case("座席の番号は、座っている人の電話になる", seat().sits(TANAKA, 13, "9:02"), outside("5013")),
        case("空席の番号は、総合案内が受ける", seat().sits(KIMURA, 15, "8:20"), outside("5013")),
        case("会議室の電話", room(Service::On), outside("5301")),
        case("ファクス", room(Service::On), outside("5900")),
        case("使用を止めたファクス", room(Service::Off), outside("5900")),
        case("所属の課がない人は、総合案内が代わりに受ける", lonely(), outside("2101")),
        case("総合案内もない庁舎", lonely().with("代わりに受ける課が決まっていない", |rows| rows.houses[0].reception = None), outside("2101")),
        case(
            "通話の引き継ぎは、本人の設定によらず全部の電話に届く",
            office().sits(TANAKA, 13, "9:02").says(TANAKA, PresenceState::Dnd, None).chooses(TANAKA, "自分の電話は鳴らさない", silent),
            inside(YAMADA, "2101").replacing(),
        ),
        case(
            "退職した人の番号が残っている",
            office().with("2101 の持ち主(田中)は職員の登録から消えた", |rows| {
                rows.people.retain(|row| row.person != TANAKA);
                rows.members.retain(|row| row.person != TANAKA);
                rows.devices.retain(|row| row.owner != Owner::Person(TANAKA));
            }),
            outside("2101"),
        ),
    ]
}

//! 鳴らし方: what people chose for their own telephones.

use super::{Case, case, outside};
use crate::features::telephone::tests::office::*;
use domain::{
    DeviceId,
    telephone::{Device, DeviceKind, DeviceOrder, Owner, Service, Settings, Target},
};

fn soft() -> Device {
    device(31, "soft-tanaka", DeviceKind::Softphone, Owner::Person(TANAKA))
}

fn seated() -> Office {
    office().sits(TANAKA, 13, "9:02").has("田中はパソコン電話も使う", soft())
}

pub fn cases() -> Vec<Case> {
    vec![
        case("座席電話・スマホ・パソコン電話が一緒に鳴る", seated(), outside("2101")),
        case(
            "まず座席電話、出なければ自分の電話",
            seated().chooses(TANAKA, "座席電話を先に鳴らす", Settings { order: DeviceOrder::SeatFirst, ..Settings::default() }),
            outside("2101"),
        ),
        case(
            "鳴らす電話を選んでいる",
            seated().chooses(TANAKA, "パソコン電話だけを鳴らす", Settings { picked: Some(vec![DeviceId(31)]), ..Settings::default() }),
            outside("2101"),
        ),
        case(
            "自分の電話はどれも鳴らさない",
            seated().chooses(TANAKA, "自分の電話は鳴らさない", Settings { picked: Some(vec![]), ..Settings::default() }),
            outside("2101"),
        ),
        case("長めに鳴らす", seated().chooses(TANAKA, "20秒鳴らす", Settings { ring_ms: Some(20_000), ..Settings::default() }), outside("2101")),
        case(
            "パソコン電話が故障で使えない",
            office().sits(TANAKA, 13, "9:02").has("田中のパソコン電話は使用を止めている", Device { service: Service::Off, ..soft() }),
            outside("2101"),
        ),
        case(
            "スマホを2台持っている",
            office().has("田中は公用スマホをもう1台持っている", device(32, "mob-tanaka-2", DeviceKind::Mobile, Owner::Person(TANAKA))),
            outside("2101"),
        ),
        case(
            "庁外の電話にも回す",
            office().has(
                "田中は出先の電話(03-5555-0009)も登録している",
                Device { target: Target::Tel(tel("+81355550009")), ..device(33, "x", DeviceKind::Outside, Owner::Person(TANAKA)) },
            ),
            outside("2101"),
        ),
    ]
}

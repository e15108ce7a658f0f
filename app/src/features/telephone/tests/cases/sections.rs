//! 課の電話: who is there, in which order, the fixed telephone, and where it overflows to.

use super::{Case, case, from_device, inside, outside};
use crate::features::telephone::tests::office::*;
use domain::telephone::{DeviceKind, Idle, Member, Owner, Post, PresenceState, RingMode, Service, Turn};

/// Everybody of 福祉課 at a seat.
fn everybody() -> Office {
    office().sits(TANAKA, 13, "9:02").sits(SATO, 12, "8:50").sits(SUZUKI, 11, "8:55")
}

/// 福祉課 overflows to 税務課.
fn overflowing() -> Office {
    office().section(FUKUSHI, "福祉課のあふれ先は税務課", |section| section.overflow = Some(ZEIMU))
}

fn ring(fact: &str, ring: RingMode) -> Office {
    everybody().section(FUKUSHI, fact, |section| section.ring = ring)
}

fn modes() -> Vec<Case> {
    let idle = |rows: &mut domain::telephone::Rows| {
        rows.idles =
            vec![Idle { person: TANAKA, since_at: at("9:50") }, Idle { person: SATO, since_at: at("9:10") }, Idle { person: SUZUKI, since_at: at("9:40") }];
    };
    vec![
        case("一斉に鳴らす課", everybody(), outside("3100")),
        case(
            "順番に鳴らす課",
            ring("福祉課は順番に鳴らす", RingMode::Rotate)
                .with("前の電話は佐藤の番だった", |rows| rows.turns = vec![Turn { section: FUKUSHI, person: SATO }]),
            outside("3100"),
        ),
        case(
            "いちばん長く電話のない人から鳴らす課",
            ring("福祉課は電話が空いている人から鳴らす", RingMode::LongestIdle).with("最後の電話は田中 9:50、佐藤 9:10、鈴木 9:40", idle),
            outside("3100"),
        ),
        case("決まった順に鳴らす課", ring("福祉課は名簿の順(田中、佐藤、鈴木)に鳴らす", RingMode::Sequential), outside("3100")),
        case(
            "決まった順の課で、最初の人が会議中",
            ring("福祉課は名簿の順(田中、佐藤、鈴木)に鳴らす", RingMode::Sequential).says(TANAKA, PresenceState::Meeting, Some("11:00")),
            outside("3100"),
        ),
        case("順番に鳴らす課でも、本人が出なかった電話は一斉に鳴らす", ring("福祉課は順番に鳴らす", RingMode::Rotate), outside("2101")),
    ]
}

fn people() -> Vec<Case> {
    let side = Member { rank: 9, ..member(FUKUSHI, YAMADA, Post::Side) };
    let reserve = Member { rank: 9, ..member(FUKUSHI, KIMURA, Post::Side) };
    vec![
        case(
            "会議中・休み・在宅・席にいない人がいる",
            everybody()
                .says(SUZUKI, PresenceState::Meeting, Some("11:00"))
                .says(SATO, PresenceState::Leave, None)
                .with("木村が福祉課を兼務", |rows| rows.members.push(reserve))
                .with("山田が福祉課を兼務", |rows| rows.members.push(side))
                .says(YAMADA, PresenceState::Telework, Some("17:15")),
            outside("3100"),
        ),
        case("兼務の人も鳴る", office().with("山田が福祉課を兼務", |rows| rows.members.push(side)).sits(YAMADA, 14, "8:40"), outside("3100")),
        case("だれもいなければ、固定電話がすぐに鳴る", office(), outside("3100")),
        case("課の人が自分の課にかける", everybody(), inside(SATO, "3100")),
        case("固定電話から自分の課にかける", everybody(), from_device("bcp-fukushi", "福祉課の固定電話", "3100")),
        case(
            "課で使うコードレス電話がある",
            office().has("福祉課にコードレス電話がある", device(35, "dect-fukushi", DeviceKind::Dect, Owner::Section(FUKUSHI))),
            outside("3100"),
        ),
    ]
}

fn behind() -> Vec<Case> {
    vec![
        case("だれも出なければ、あふれ先の課へ回る", overflowing().sits(TANAKA, 13, "9:02").sits(YAMADA, 14, "8:40"), outside("3100")),
        case("個人あての電話も、最後はあふれ先の課へ回る", overflowing().sits(TANAKA, 13, "9:02").says(YAMADA, PresenceState::Out, None), outside("2101")),
        case("あふれ先が戻ってくる", overflowing().section(ZEIMU, "税務課のあふれ先は福祉課", |section| section.overflow = Some(FUKUSHI)), outside("3100")),
        case(
            "課に固定電話がない",
            office()
                .sits(TANAKA, 13, "9:02")
                .with("どの課にも固定電話がない", |rows| rows.devices.retain(|device| device.kind != DeviceKind::FixedBcp)),
            outside("3100"),
        ),
        case(
            "課の固定電話が故障",
            overflowing().with("福祉課の固定電話は使用を止めている", |rows| {
                rows.devices
                    .iter_mut()
                    .filter(|device| device.kind == DeviceKind::FixedBcp && device.owner == Owner::Section(FUKUSHI))
                    .for_each(|device| device.service = Service::Off);
            }),
            outside("3100"),
        ),
        case("代表番号", office().sits(KIMURA, 15, "8:20"), outside("2000")),
        case("代表番号にだれもいない", office().says(KIMURA, PresenceState::Out, Some("13:00")), outside("2000")),
    ]
}

pub fn cases() -> Vec<Case> {
    modes().into_iter().chain(people()).chain(behind()).collect()
}

//! 上限: what a telephone exchange can follow. Whatever has to go, the fixed telephone stays.

use super::{Case, case, outside};
use crate::features::telephone::tests::office::*;
use domain::{
    PersonId, SectionId,
    telephone::{DeviceKind, Owner, PbxCaps, Post, Presence, PresenceSource, PresenceState, RingMode, Rows, Settings},
};

/// So many more people of 福祉課, all working from home with a mobile.
fn crowd(rows: &mut Rows, people: i64) {
    for id in 100..100 + people {
        let person = PersonId(id);
        rows.people.push(domain::telephone::Subscriber {
            person,
            name: format!("応援 {id}|Helper {id}"),
            kana: String::new(),
            listing: domain::telephone::Listing::Listed,
        });
        rows.members.push(member(FUKUSHI, person, Post::Main));
        rows.devices.push(device(id, &format!("mob-{id}"), DeviceKind::Mobile, Owner::Person(person)));
        rows.presences.push(Presence { person, state: PresenceState::Telework, source: PresenceSource::Manual, span: span("8:00", "17:15") });
    }
}

fn crowded(people: i64) -> Office {
    office().with(&format!("福祉課に{people}人の応援がいて、全員が在宅勤務"), |rows| crowd(rows, people))
}

/// Sections that overflow into one another, each with a fixed telephone of its own.
fn long_chain() -> Office {
    office()
        .with("どの課も10秒ずつ鳴らす", |rows| rows.sections.iter_mut().for_each(|row| (row.ring_ms, row.fixed_ms) = (10_000, 10_000)))
        .sits(TANAKA, 13, "9:02")
        .sits(YAMADA, 14, "8:40")
        .sits(KIMURA, 15, "8:20")
        .section(FUKUSHI, "福祉課のあふれ先は税務課", |section| section.overflow = Some(ZEIMU))
        .section(ZEIMU, "税務課のあふれ先は総合案内", |section| section.overflow = Some(ANNAI))
        .section(ANNAI, "総合案内のあふれ先は宿直室", |section| section.overflow = Some(SectionId(4)))
}

pub fn cases() -> Vec<Case> {
    let patient = Settings { ring_ms: Some(60_000), ..Settings::default() };
    vec![
        case("28人までは一度に鳴る", crowded(28), outside("3100")),
        case("29人なら2組に分かれる", crowded(29), outside("3100")),
        case("100人いても、60台までで打ち切り、固定電話は残す", crowded(100), outside("3100")),
        case("段階は5つまで", long_chain(), outside("3100")),
        case("全体で60秒まで", office().sits(TANAKA, 13, "9:02").sits(SATO, 12, "8:50").chooses(TANAKA, "60秒鳴らす", patient), outside("2101")),
        case(
            "順番に鳴らす課でも、時間が足りなければ短くする",
            office().sits(TANAKA, 13, "9:02").sits(SATO, 12, "8:50").sits(SUZUKI, 11, "8:55").section(
                FUKUSHI,
                "福祉課は決まった順に30秒ずつ鳴らす",
                |section| {
                    (section.ring, section.ring_ms) = (RingMode::Sequential, 30_000);
                },
            ),
            outside("3100"),
        ),
        case(
            "一度しか鳴らせない交換機では、固定電話も一緒に鳴らす",
            office().sits(TANAKA, 13, "9:02").sits(SATO, 12, "8:50"),
            outside("3100").caps(PbxCaps::new(28, 1, 60_000)),
        ),
        case("転送がくり返されたら、庁舎の固定電話で終わる", office(), outside("2101").hop(5)),
        case("転送4回目までは、ふつうに鳴らす", office(), outside("2101").hop(4)),
    ]
}

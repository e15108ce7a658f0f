//! 在席状況: who is in a meeting, out or at home, until when, and who may disturb.

use super::{Call, Case, at_work, case, from_device, inside, outside};
use crate::features::telephone::tests::office::*;
use domain::telephone::{Allowed, Device, DeviceKind, Owner, Presence, PresenceSource, PresenceState, Reach, Settings, TimeRange};

fn dnd(fact: &str, allowed: Allowed) -> Office {
    let settings = Settings { allowed: vec![allowed], ..Settings::default() };
    office().sits(TANAKA, 13, "9:02").says(TANAKA, PresenceState::Dnd, Some("11:00")).chooses(TANAKA, fact, settings)
}

fn away() -> Vec<Case> {
    use PresenceSource::{Leave as Hr, Meeting as Calendar};
    let leave = TimeRange { from_at: at("0:00"), until_at: Some(at("2026-11-30 0:00")) };
    vec![
        case("会議中(会議室の予約から)", at_work().does(TANAKA, PresenceState::Meeting, Some("11:30"), Calendar, "会議室の予約"), outside("2101")),
        case(
            "会議が終わった時刻には、もう鳴る",
            office().sits(TANAKA, 13, "9:02").says(TANAKA, PresenceState::Meeting, Some("11:30")),
            outside("2101").at("11:30"),
        ),
        case("応答不可にしている", at_work().says(TANAKA, PresenceState::Dnd, Some("10:30")), outside("2101")),
        case("外出中で、戻りは未定", at_work().says(TANAKA, PresenceState::Out, None), outside("2101")),
        case("出張中", at_work().does(TANAKA, PresenceState::Out, Some("15:00"), Hr, "出張の届け"), outside("2101")),
        case(
            "何日か休んでいる",
            office().sits(SATO, 12, "8:50").with("田中は 11月30日 0:00 まで休み(休暇の届け)", |rows| {
                rows.presences.push(Presence { person: TANAKA, state: PresenceState::Leave, source: Hr, span: leave });
            }),
            outside("2101"),
        ),
        case(
            "会議の予定があるが、本人が対応できると入れた",
            office().sits(TANAKA, 13, "9:02").does(TANAKA, PresenceState::Meeting, Some("11:30"), Calendar, "会議室の予約").says(
                TANAKA,
                PresenceState::Available,
                Some("11:30"),
            ),
            outside("2101"),
        ),
    ]
}

fn at_home() -> Vec<Case> {
    let telework = || office().says(TANAKA, PresenceState::Telework, Some("17:15"));
    let dect = device(34, "dect-tanaka", DeviceKind::Dect, Owner::Person(TANAKA));
    let soft = Device { reach: Reach::Anywhere, ..device(31, "soft-tanaka", DeviceKind::Softphone, Owner::Person(TANAKA)) };
    vec![
        case("在宅勤務ではスマホが鳴る", telework(), outside("2101")),
        case(
            "在宅勤務では、持ち出せない電話は鳴らさない",
            telework().has("田中はコードレス電話も持っている(庁舎の中だけ)", dect).has("田中はパソコン電話も使う(自宅でも使える)", soft),
            outside("2101"),
        ),
        case("着席したまま在宅勤務に変えたら、席の電話は鳴らさない", telework().sits(TANAKA, 13, "9:02"), outside("2101")),
    ]
}

fn allowed() -> Vec<Case> {
    let passes = |fact: &str, allowed: Allowed, call: Call, title| case(title, dnd(fact, allowed), call);
    vec![
        passes("山田の電話は応答不可でも受ける", Allowed::Person(YAMADA), inside(YAMADA, "2101"), "応答不可でも、選んだ同僚からは鳴る"),
        passes("山田の電話は応答不可でも受ける", Allowed::Person(YAMADA), inside(TAKAHASHI, "2101"), "応答不可のとき、選んでいない同僚からは鳴らない"),
        passes("税務課の電話は応答不可でも受ける", Allowed::Section(ZEIMU), inside(TAKAHASHI, "2101"), "応答不可でも、選んだ課の人からは鳴る"),
        passes(
            "税務課の電話は応答不可でも受ける",
            Allowed::Section(ZEIMU),
            from_device("bcp-zeimu", "税務課の固定電話", "2101"),
            "応答不可でも、選んだ課の固定電話からは鳴る",
        ),
        passes("03-1234-5678 は応答不可でも受ける", Allowed::Tel(tel("+81312345678")), outside("2101"), "応答不可でも、選んだ外の番号からは鳴る"),
        case(
            "会議中は、応答不可でも受ける相手からでも鳴らさない",
            office().says(TANAKA, PresenceState::Meeting, Some("11:00")).chooses(
                TANAKA,
                "山田の電話は応答不可でも受ける",
                Settings { allowed: vec![Allowed::Person(YAMADA)], ..Settings::default() },
            ),
            inside(YAMADA, "2101"),
        ),
    ]
}

pub fn cases() -> Vec<Case> {
    away().into_iter().chain(at_home()).chain(allowed()).collect()
}

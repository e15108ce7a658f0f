//! 受付時間: hours, holidays, who answers then, and who switches.

use super::{Case, case, inside, outside};
use crate::features::telephone::tests::office::*;
use domain::{
    SeatId,
    booking::Weekdays,
    site::{DayException, DayKind},
    telephone::{ClosedTarget, Dial, Hours, Mode, ModeSwitch, NumberKind, PresenceState, Window, WindowDays},
};

const NIGHT: &str = "20:00";

fn duty(fact: &str, digits: &str) -> Office {
    let target = ClosedTarget::Duty(Dial::Ext(ext(digits)));
    office().section(ZEIMU, fact, move |section| section.closed = target)
}

fn days() -> Vec<Case> {
    let closed = |name: &str| DayException { on: day("2026-11-24"), kind: DayKind::Closed, name: name.into() };
    let open = DayException { on: day("2026-11-28"), kind: DayKind::Open, name: "休日窓口|Saturday counter".into() };
    let late = Window { days: WindowDays::Weekdays(Weekdays::default().with(chrono::Weekday::Thu)), from_minute: 1_035, until_minute: 1_140 };
    vec![
        case("受付が始まる前", office(), outside("3100").at("8:29")),
        case("受付が始まった", office(), outside("3100").at("8:30")),
        case("夜、福祉課の電話は宿直室が受ける", office(), outside("3100").at(NIGHT)),
        case("夜、税務課の電話は案内を流す", office(), outside("3200").at(NIGHT)),
        case("夜、代表番号は警備会社が受ける", office(), outside("2000").at(NIGHT)),
        case("祝日", office(), outside("3200").at("2026-11-23 10:00")),
        case("土曜日", office(), outside("3200").at("2026-11-28 10:00")),
        case("年末年始", office(), outside("3200").at("2026-12-29 10:00")),
        case(
            "臨時の閉庁日",
            office().with("11月24日は設備点検で閉庁", |rows| rows.houses[0].policy.exceptions.push(closed("設備点検|maintenance"))),
            outside("3200"),
        ),
        case(
            "休日窓口の土曜日",
            office().with("11月28日(土)は休日窓口で開庁", |rows| rows.houses[0].policy.exceptions.push(open.clone())),
            outside("3200").at("2026-11-28 10:00"),
        ),
        case(
            "木曜日の延長窓口",
            office().section(ZEIMU, "税務課は木曜日だけ 19:00 まで", |section| {
                let mut hours = Hours::office(510, 1_035);
                hours.windows.push(late);
                section.hours = vec![hours];
            }),
            outside("3200").at("2026-11-26 18:00"),
        ),
        case("夜でも、内線はつながる", office(), inside(SATO, "3200").at(NIGHT)),
        case("夜でも、個人あての外線は本人へ", office(), outside("2101").at(NIGHT)),
    ]
}

fn targets() -> Vec<Case> {
    vec![
        case("時間外の当番が個人", duty("税務課の時間外は当番の高橋(2105)", "2105"), outside("3200").at(NIGHT)),
        case("時間外の当番が外出中", duty("税務課の時間外は当番の高橋(2105)", "2105").says(TAKAHASHI, PresenceState::Out, None), outside("3200").at(NIGHT)),
        case("時間外の転送先が、だれの番号でもない", duty("税務課の時間外は 9999", "9999"), outside("3200").at(NIGHT)),
        case(
            "時間外の転送先が、座席の番号",
            duty("税務課の時間外は 3F-11 の番号(5011)", "5011")
                .with("3F-11 に 5011 番がある", |rows| rows.numbers.push(number(20, "5011", NumberKind::Seat(SeatId(11))))),
            outside("3200").at(NIGHT),
        ),
    ]
}

fn switches() -> Vec<Case> {
    let early = "この日は 15:00 で受付を終える予定";
    vec![
        case("大雨の夜、当番が通常モードに戻す", office().switched(Mode::Normal, "通常モードに戻した", "19:00", "23:59"), outside("3200").at(NIGHT)),
        case("昼のうちに時間外モードにする", office().switched(Mode::AfterHours, "時間外モードにした", "14:30", "23:59"), outside("3200").at("15:00")),
        case("時間外モードでも、内線はつながる", office().switched(Mode::AfterHours, "時間外モードにした", "14:30", "23:59"), inside(SATO, "3200").at("15:00")),
        case(
            "予定どおりに時間外モードになる",
            office().with(early, |rows| rows.switches.push(ModeSwitch { site: SITE, mode: Mode::AfterHours, by: None, span: span("15:00", "23:59") })),
            outside("3100").at("15:10"),
        ),
    ]
}

pub fn cases() -> Vec<Case> {
    days().into_iter().chain(targets()).chain(switches()).collect()
}

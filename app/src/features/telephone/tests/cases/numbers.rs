//! 番号: old ones, unknown ones, outside ones, and callers nobody wants.

use super::{Case, case, inside, outside};
use crate::features::telephone::tests::office::*;
use domain::{
    BlockRuleId,
    telephone::{BlockRule, BlockScope, CallerPattern, DayRange, Number, NumberKind, Successor},
};

fn old(digits: &str, to: Option<&str>, until: Option<&str>) -> Number {
    let valid = DayRange { from_on: chrono::NaiveDate::MIN, until_on: Some(day("2026-11-01")) };
    let successor = to.map(|to| Successor { ext: ext(to), announce_until_on: until.map(day) });
    Number { valid, successor, ..number(20, digits, NumberKind::Person(TANAKA)) }
}

fn blocked(fact: &str, callers: CallerPattern, scope: BlockScope) -> Office {
    office().with(fact, |rows| rows.blocks.push(BlockRule { id: BlockRuleId(7), callers, scope, until_at: None }))
}

fn known() -> Vec<Case> {
    let future = Number { valid: DayRange::from(day("2027-04-01")), ..number(21, "2199", NumberKind::Person(TANAKA)) };
    let direct = Number { tel: Some(tel("+81355550001")), ..number(22, "2150", NumberKind::Person(TANAKA)) };
    vec![
        case(
            "旧番号にかかり、新しい番号へ回す",
            office().with("2190 は10月末で終わり、2101 が引き継いだ", |rows| rows.numbers.push(old("2190", Some("2101"), Some("2026-12-01")))),
            outside("2190"),
        ),
        case(
            "旧番号の案内期間が過ぎた",
            office().with("2190 は10月末で終わり、引き継ぎは11月23日まで", |rows| {
                rows.numbers.push(old("2190", Some("2101"), Some("2026-11-24")))
            }),
            outside("2190"),
        ),
        case("引き継ぎ先のない旧番号", office().with("2190 は10月末で終わった", |rows| rows.numbers.push(old("2190", None, None))), outside("2190")),
        case(
            "旧番号の引き継ぎ先も終わっている",
            office().with("2190 は 2191 に、2191 は 2101 に引き継いだ", |rows| {
                rows.numbers.push(old("2190", Some("2191"), None));
                rows.numbers.push(Number { id: domain::NumberId(23), ..old("2191", Some("2101"), None) });
            }),
            outside("2190"),
        ),
        case("使われていない番号", office(), outside("2999")),
        case("4月から使う番号", office().with("2199 は来年4月から田中が使う", |rows| rows.numbers.push(future)), outside("2199")),
        case("外からの番号で本人にかかる", office().with("田中の直通は 03-5555-0001(内線 2150)", |rows| rows.numbers.push(direct)), outside("0355550001")),
        case(
            "異動した人の番号は、新しい課へ回る",
            office().sits(SATO, 12, "8:50").sits(YAMADA, 14, "8:40").with("田中は11月1日に税務課へ異動した", |rows| {
                rows.members.iter_mut().filter(|row| row.person == TANAKA).for_each(|row| row.section = ZEIMU);
            }),
            outside("2101"),
        ),
    ]
}

fn unwanted() -> Vec<Case> {
    let exactly = CallerPattern::Exactly(tel("+81312345678"));
    vec![
        case("受けない相手からの電話", blocked("03-1234-5678 は受けない(一覧の7番)", exactly, BlockScope::House), outside("2101")),
        case(
            "福祉課だけ非通知を受けない",
            blocked("福祉課は非通知を受けない(一覧の7番)", CallerPattern::Anonymous, BlockScope::Section(FUKUSHI)),
            outside("3100").hidden(),
        ),
        case(
            "ほかの課は非通知も受ける",
            blocked("福祉課は非通知を受けない(一覧の7番)", CallerPattern::Anonymous, BlockScope::Section(FUKUSHI)),
            outside("3200").hidden(),
        ),
        case(
            "受けない相手の一覧は、内線には関係しない",
            blocked("非通知は受けない(一覧の7番)", CallerPattern::Anonymous, BlockScope::House),
            inside(YAMADA, "2101"),
        ),
    ]
}

pub fn cases() -> Vec<Case> {
    known().into_iter().chain(unwanted()).collect()
}

//! Every reason, skip, conflict and gap has words of its own in both languages, and no code or foreign word shows through.

use super::office::*;
use crate::{
    features::telephone::{explain::explain, repair},
    i18n::{Locale, telephone::repair::Trouble},
};
use domain::{
    BlockRuleId, DeviceId, NumberId, PersonId, SeatId, SectionId,
    site::Closed,
    telephone::{
        Conflict, DeviceKind, Dial, Emergency, Limit, Mode, NotDelegated, NumberKind, OccupancySource, OnExhausted, Owner, Plan, PresenceSource, PresenceState,
        ShownCaller, Shut, Skip, Skipped, Snapshot, Status, Via, Why,
        cover::{CoverVerdict, HalfHour, SwapRefusal},
        health::LinkTrouble,
    },
};
use std::collections::BTreeSet;

/// Names of people and sections come in the language that is read.
fn speaks(locale: Locale, text: &str) {
    let plain = text.replace("3F-", "");
    match locale {
        Locale::Ja => assert!(!plain.chars().any(|c| c.is_ascii_alphabetic()), "{text}"),
        Locale::En => assert!(!plain.chars().any(|c| matches!(c, '\u{3000}'..='\u{9fff}')), "{text}"),
    }
    assert!(!plain.is_empty() && !plain.contains("  ") && !plain.contains("()") && !plain.starts_with(' ') && !plain.ends_with(' '), "{text:?}");
}

fn plan(status: Status, on_exhausted: OnExhausted, why: Vec<Why>) -> Plan {
    let caller = ShownCaller { name: String::new(), number: String::new() };
    Plan { status, revision: 1, label: String::new(), caller, stages: vec![], on_exhausted, fresh_s: 1, why }
}

fn skips() -> Vec<Skip> {
    let silent = [PresenceState::Meeting, PresenceState::Dnd, PresenceState::Out, PresenceState::Leave].map(Skip::Silent);
    let others = [
        Skip::NotPresent,
        Skip::NoDevice,
        Skip::Caller,
        Skip::Called,
        Skip::AlreadyTried,
        Skip::OutOfUse,
        Skip::SeatPhone,
        Skip::NotPicked,
        Skip::StaysInBuilding,
    ];
    silent.into_iter().chain(others).collect()
}

/// Reasons about the number and the house.
fn reasons_of_the_house() -> Vec<Why> {
    let mut all = vec![
        Why::NumberUnknown,
        Why::NumberGone { ext: ext("2190"), since_on: day("2026-11-01") },
        Why::NumberSentOn { from: ext("2190"), to: ext("2101") },
        Why::EmergencyFromAfar { person: SATO },
        Why::TooManyHops { hop: 5 },
        Why::Replaces { person: SATO },
        Why::Blocked { rule: BlockRuleId(7) },
        Why::ClosedIgnored { section: FUKUSHI },
        Why::ClosedDuty(Dial::Ext(ext("2900"))),
        Why::ClosedGuard(Dial::Tel(tel("+81399990000"))),
        Why::ClosedAnnouncement,
        Why::ClosedTargetUnknown(Dial::Ext(ext("9999"))),
    ];
    all.extend([Emergency::Police, Emergency::CoastGuard, Emergency::Fire, Emergency::House].map(|service| Why::Emergency { service }));
    let kinds = [
        NumberKind::Person(TANAKA),
        NumberKind::Section(FUKUSHI),
        NumberKind::Main(ANNAI),
        NumberKind::Seat(SeatId(11)),
        NumberKind::Room(DeviceId(41)),
        NumberKind::Fax(DeviceId(42)),
        NumberKind::Emergency,
    ];
    all.extend(kinds.map(|kind| Why::Number { ext: ext("2101"), kind }));
    let modes = [Mode::Normal, Mode::AfterHours, Mode::Disaster];
    all.extend(modes.map(|mode| Why::ModeOverride { mode, by: Some(YAMADA), since_at: at("8:00") }));
    all.extend(modes.map(|mode| Why::ModeOverride { mode, by: None, since_at: at("2026-11-23 8:00") }));
    let shut = [
        None,
        Some(Shut::Hour),
        Some(Shut::Day(Closed::Weekend)),
        Some(Shut::Day(Closed::YearEnd)),
        Some(Shut::Day(Closed::Holiday { name: "勤労感謝の日".into() })),
    ];
    all.extend(shut.map(|shut| Why::Closed { section: FUKUSHI, shut }));
    all
}

/// Reasons about people and sections.
fn reasons_of_people() -> Vec<Why> {
    let mut all = vec![
        Why::Delegated { from: TANAKA, to: SATO },
        Why::NotAtSeat { person: SATO },
        Why::NotAtSeat { person: PersonId(99) },
        Why::DndPassed { person: SATO },
        Why::SeatEmpty { seat: SeatId(11) },
        Why::NoSection { person: SATO },
        Why::NobodyPresent { section: FUKUSHI },
        Why::NoFixedPhone { section: FUKUSHI },
        Why::OverflowCut { section: FUKUSHI },
        Why::HousePhone { site: SITE },
        Why::Split { targets: 29, waves: 2 },
        Why::Shortened { stage: 0, wished_ms: 20_000 },
    ];
    let because = [NotDelegated::Scope, NotDelegated::Cycle, NotDelegated::Depth, NotDelegated::CallerIsDelegate];
    all.extend(because.map(|because| Why::NotDelegated { from: TANAKA, to: SATO, because }));
    let sources = [OccupancySource::Booking, OccupancySource::CheckIn, OccupancySource::Manual];
    all.extend(sources.map(|source| Why::AtSeat { person: SATO, seat: SeatId(11), since_at: at("9:02"), source }));
    for source in [PresenceSource::Default, PresenceSource::CheckIn, PresenceSource::Meeting, PresenceSource::Leave, PresenceSource::Manual] {
        all.extend(PresenceState::ALL.map(|state| Why::Presence { person: SATO, state, source, until_at: Some(at("11:00")) }));
    }
    let ways = [Via::Direct, Via::Delegation, Via::Fallback, Via::Overflow, Via::Closed];
    all.extend(ways.map(|via| Why::Section { section: FUKUSHI, via }));
    all.extend([Limit::Stages, Limit::Targets, Limit::Time].map(|limit| Why::Cut { targets: 1, limit }));
    let who = [Skipped::Person(SATO), Skipped::Device(DeviceId(2)), Skipped::Device(DeviceId(99))];
    all.extend(who.into_iter().flat_map(|who| skips().into_iter().map(move |because| Why::Skip { who, because })));
    all
}

#[test]
fn every_reason_is_a_sentence_in_both_languages() {
    for locale in Locale::ALL {
        let world = office().world(locale);
        let mut said = BTreeSet::new();
        for why in reasons_of_the_house().into_iter().chain(reasons_of_people()) {
            let told = explain(locale, &world, "2101", &plan(Status::Ring, OnExhausted::Nothing, vec![why.clone()]), at("10:00"));
            assert_eq!(told.steps.len(), 1, "{why:?} is one sentence");
            speaks(locale, &told.steps[0]);
            speaks(locale, &told.summary);
            said.insert(told.steps[0].clone());
        }
        assert!(said.len() > 90, "reasons that read alike: {}", said.len());
        let memo = explain(locale, &world, "2101", &plan(Status::Ring, OnExhausted::Nothing, vec![Why::Memo]), at("10:00"));
        assert_eq!(memo.steps, Vec::<String>::new(), "the memo stands at the end, not among the steps");
    }
}

#[test]
fn every_end_has_words() {
    use domain::telephone::MemoFor;
    for locale in Locale::ALL {
        let world = office().world(locale);
        let nothing = [Status::Ring, Status::Unknown, Status::Refused, Status::Emergency].map(|status| (status, OnExhausted::Nothing));
        let memos = [MemoFor::Person(TANAKA), MemoFor::Section(FUKUSHI), MemoFor::House(SITE)];
        let rings = memos.into_iter().flat_map(|memo| [OnExhausted::Memo(memo), OnExhausted::Announce(memo)]).map(|ends| (Status::Ring, ends));
        let then: BTreeSet<String> =
            nothing.into_iter().chain(rings).map(|(status, ends)| explain(locale, &world, "2101", &plan(status, ends, vec![]), at("10:00")).then).collect();
        then.iter().for_each(|text| speaks(locale, text));
        assert_eq!(then.len(), 10);
    }
}

fn conflicts() -> Vec<Conflict> {
    let from_on = day("2027-04-01");
    let (first, second) = (NumberId(1), NumberId(2));
    vec![
        Conflict::DuplicateNumber { site: SITE, ext: ext("2101"), first, second },
        Conflict::DuplicateTel { tel: tel("+81355550001"), first, second },
        Conflict::DuplicateDevice { target: Dial::Tel(tel("+81355550009")).into_target(), first: DeviceId(1), second: DeviceId(99) },
        Conflict::EmergencyNumberTaken { number: first, ext: ext("119") },
        Conflict::NumberWithoutDevice { number: first, ext: ext("2101"), from_on },
        Conflict::NumberOfNobody { number: first, ext: ext("2150") },
        Conflict::SeatPhoneElsewhere { device: DeviceId(31), target: aor("301") },
        Conflict::SectionUncovered { section: FUKUSHI, from_on },
        Conflict::SectionWithoutFixedPhone { section: FUKUSHI, from_on },
        Conflict::ClosedTargetUnknown { section: ZEIMU, dial: Dial::Ext(ext("9999")) },
        Conflict::DelegationCycle { people: vec![TANAKA, SATO] },
        Conflict::OverflowCycle { sections: vec![FUKUSHI, ZEIMU] },
        Conflict::NobodyOfSecurity { site: SITE },
    ]
}

trait IntoTarget {
    fn into_target(self) -> domain::telephone::Target;
}

impl IntoTarget for Dial {
    fn into_target(self) -> domain::telephone::Target {
        match self {
            Self::Tel(tel) => domain::telephone::Target::Tel(tel),
            Self::Ext(ext) => aor(ext.as_str()),
        }
    }
}

#[test]
fn every_conflict_says_what_to_do() {
    for locale in Locale::ALL {
        let world = office().world(locale);
        let mut said = BTreeSet::new();
        for conflict in conflicts() {
            let Trouble { what, repair } = repair::conflict(locale, &world, &conflict, at("10:00"));
            speaks(locale, &what);
            speaks(locale, &repair);
            said.insert(what);
        }
        assert_eq!(said.len(), conflicts().len());
    }
}

#[test]
fn conflicts_as_they_are_read() {
    let told = |office: Office| -> Vec<String> {
        let built = Snapshot::build(1, office.rows.clone()).conflicts;
        let world = office.world(Locale::Ja);
        built
            .iter()
            .map(|conflict| repair::conflict(Locale::Ja, &world, conflict, at("10:00")))
            .map(|told| format!("{}。→ {}", told.what, told.repair))
            .collect()
    };
    // As it stands nobody belongs to the night duty room: that is right, and named once.
    let always = "11月24日(火)から、宿直室に所属する人がいない。→ 所属する人を登録するか、課の番号を廃止する";
    assert_eq!(told(office()), [always]);
    let twice = office().with("", |rows| rows.numbers.push(number(20, "2101", NumberKind::Section(ZEIMU))));
    let double = "本庁舎の内線 2101 が、同じ日に田中 花子と税務課の両方に割り当てられている。→ どちらかの番号を変えるか、使う期間が重ならないようにする";
    assert_eq!(told(twice), [double, always]);
    let bare = office().with("", |rows| rows.devices.retain(|row| row.owner != Owner::Person(SATO)));
    let silent = "11月24日(火)から、内線 2102(佐藤 次郎)に鳴らせる電話機がない。→ 電話機を登録するか、使用を止めている電話機を使えるようにする";
    assert_eq!(told(bare), [silent, always]);
    let misplaced = office().has("", device(31, "seat-3f-16", DeviceKind::SeatPhone, Owner::Person(SATO)));
    let wrong = "seat-3f-16は、座席電話と座席の組み合わせが正しくないため鳴らない。→ 座席電話は座席に、そのほかの電話機は人か課に割り当てる";
    assert_eq!(told(misplaced), [wrong, always]);
    let circle = office().section(FUKUSHI, "", |section| section.overflow = Some(ZEIMU)).section(ZEIMU, "", |section| section.overflow = Some(FUKUSHI));
    assert_eq!(told(circle), [always, "あふれ先が一周している。福祉課 → 税務課 → 福祉課。→ このうちどこか一つの課のあふれ先を外す"]);
}

#[test]
fn gaps_are_joined_and_say_what_to_do() {
    let half = |from_minute, planned| HalfHour { on: day("2026-11-24"), from_minute, until_minute: from_minute + 30, planned, needed: 2 };
    let gaps = [half(720, 1), half(750, 1), half(780, 0), half(900, 0)];
    let told = |locale: Locale| -> Vec<String> {
        let world = office().world(locale);
        repair::gaps(locale, &world, FUKUSHI, &gaps, at("10:00")).into_iter().map(|gap| format!("{} → {}", gap.what, gap.repair)).collect()
    };
    let repair_ja = "予定を変えられる人に頼むか、当番表で割り当てる";
    let ja = ["12:00–13:00、福祉課で電話を受けられる人が1名", "13:00–13:30、福祉課で電話を受けられる人が2名", "15:00–15:30、福祉課で電話を受けられる人が2名"];
    assert_eq!(told(Locale::Ja), ja.map(|gap| format!("11月24日(火) {gap}足りない(必要2名) → {repair_ja}")));
    assert_eq!(
        told(Locale::En)[0],
        "Tue 24 Nov 12:00–13:00: Welfare is 1 short of the 2 who must be there to answer → Ask somebody who can change their plans, or give somebody the turn"
    );
    for locale in Locale::ALL {
        let world = office().world(locale);
        [CoverVerdict::Fine, CoverVerdict::Warn(vec![]), CoverVerdict::Refused(vec![])]
            .iter()
            .for_each(|verdict| speaks(locale, repair::verdict(locale, verdict)));
        let refusals = [SwapRefusal::NoTurn, SwapRefusal::NotAgreed { person: TANAKA }, SwapRefusal::Cannot { person: PersonId(99) }];
        refusals.iter().for_each(|refusal| speaks(locale, &repair::swap(locale, &world, refusal, at("10:00"))));
    }
}

/// A section that begins in April has its name already.
#[test]
fn names_of_tomorrow() {
    let office = office().with("", |rows| {
        let mut new = rows.sections[1].clone();
        (new.id, new.name, new.valid) = (SectionId(9), "子育て課|Families".into(), domain::telephone::DayRange::from(day("2027-04-01")));
        rows.sections.push(new);
    });
    let uncovered = Conflict::SectionUncovered { section: SectionId(9), from_on: day("2027-04-01") };
    let told = repair::conflict(Locale::Ja, &office.world(Locale::Ja), &uncovered, at("10:00"));
    assert_eq!(told.what, "4月1日(木)から、子育て課に所属する人がいない");
}

#[test]
fn what_is_wrong_with_a_pbx_is_said_in_both_languages() {
    let world = Snapshot::default();
    let then = at("9:00");
    let names: Vec<_> = (1..8).map(|number| format!("seat-{number}").parse().unwrap()).collect();
    let all = [
        LinkTrouble::NoSecret,
        LinkTrouble::Refused { at: then },
        LinkTrouble::NeverAsked,
        LinkTrouble::OldTable { at: Some(then) },
        LinkTrouble::OldTable { at: None },
        LinkTrouble::Silent { at: Some(then) },
        LinkTrouble::Silent { at: None },
        LinkTrouble::NotRegistered { devices: names },
    ];
    let mut said = BTreeSet::new();
    for trouble in &all {
        let [ja, en] = [Locale::Ja, Locale::En].map(|locale| repair::link(locale, &world, "k1", trouble, at("10:00")));
        assert!(ja.what.contains("k1") && en.what.contains("k1") && !ja.repair.is_empty() && !en.repair.is_empty(), "{ja:?} {en:?}");
        assert!(ja.what.chars().any(|c| matches!(c, '\u{3040}'..='\u{9fff}')) && en.what.is_ascii() || en.what.contains('…'), "{ja:?} {en:?}");
        assert!(said.insert(ja.what) && said.insert(en.what), "{trouble:?} has words of its own");
    }
    let seven = repair::link(Locale::En, &world, "k1", &all[7], then);
    assert!(seven.what.contains("7 telephone(s)") && seven.what.contains("seat-5") && !seven.what.contains("seat-6"), "{}", seven.what);
}

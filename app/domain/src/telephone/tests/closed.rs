//! Hours, holidays, after-hours and who answers then.

use super::*;

const GUARD: &str = "hours.closed/guard 20: +81399990000 | house.bcp 20: house";
const OPEN: &str = "section.bcp 20: bcp-zeimu | section.overflow/section.bcp 20: bcp-annai";

fn when(rows: &Rows, to: &str, when: &str) -> String {
    rings(&decide(&rows.clone().world(), &outside(to), at(when), &PbxCaps::default()))
}

#[test]
fn hours_and_holidays() {
    let late = |weekday: chrono::Weekday| {
        let mut hours = Hours::office(510, 1_035);
        hours.windows.push(Window { days: WindowDays::Weekdays(crate::booking::Weekdays::default().with(weekday)), from_minute: 1_035, until_minute: 1_140 });
        hall().section(ZEIMU, |section| section.hours = vec![hours.clone()])
    };
    let shorter = hall().section(ZEIMU, |section| {
        let until = DayRange { from_on: NaiveDate::MIN, until_on: Some(day("2026-12-01")) };
        section.hours =
            vec![Hours { valid: until, ..Hours::office(510, 1_035) }, Hours { valid: DayRange::from(day("2026-12-01")), ..Hours::office(540, 990) }];
    });
    let mut saturday = hall();
    saturday.houses[0]
        .policy
        .exceptions
        .push(crate::site::DayException { on: day("2026-11-28"), kind: crate::site::DayKind::Open, name: "確定申告".into() });
    let always = hall().section(ZEIMU, |section| section.hours = vec![Hours::always()]);
    let cases = [
        ("before they open", hall(), "2026-11-24 08:29", GUARD),
        ("as they open", hall(), "2026-11-24 08:30", OPEN),
        ("in the last minute", hall(), "2026-11-24 17:14", OPEN),
        ("as they close", hall(), "2026-11-24 17:15", GUARD),
        ("on a holiday", hall(), "2026-11-23 10:00", GUARD),
        ("on a Saturday", hall(), "2026-11-28 10:00", GUARD),
        ("on a Saturday that is open", saturday, "2026-11-28 10:00", OPEN),
        ("at the end of the year", hall(), "2026-12-29 10:00", GUARD),
        ("a late Thursday", late(chrono::Weekday::Thu), "2026-11-26 18:00", OPEN),
        ("no late Tuesday", late(chrono::Weekday::Thu), "2026-11-24 18:00", GUARD),
        ("before shorter hours begin", shorter.clone(), "2026-11-30 17:00", OPEN),
        ("with shorter hours", shorter, "2026-12-01 17:00", GUARD),
        ("day and night", always, "2026-11-28 03:00", OPEN),
    ];
    for (name, rows, moment, expected) in cases {
        assert_eq!(when(&rows, "3200", moment), expected, "{name}");
    }
    let midnight = rings(&decide(&hall().world(), &inside("mob-tanaka", "3200"), at("2026-11-24 22:00"), &PbxCaps::default()));
    assert_eq!(midnight, OPEN, "calls from inside ignore hours");
    let person = rings(&decide(&hall().world(), &outside("2104"), at("2026-11-24 22:00"), &PbxCaps::default()));
    assert!(person.starts_with("person.devices 12: mob-yamada | person.fallback/section.bcp"), "a person has no hours: {person}");
}

#[test]
fn who_answers_then() {
    let target = |closed: ClosedTarget| hall().section(ZEIMU, |section| section.closed = closed);
    let night = "2026-11-24 20:00";
    let duty = |digits: &str| ClosedTarget::Duty(Dial::Ext(ext(digits)));
    let at_night = |person| TimeRange { from_at: at("2026-11-24 17:00"), until_at: Some(at("2026-11-25 08:30")) }.covers(person);
    let cases = [
        ("an announcement", target(ClosedTarget::Announcement), "Ring Announce(Section(SectionId(3)))"),
        ("a duty person", target(duty("2101")), "hours.closed/duty 20: mob-tanaka | house.bcp 20: house"),
        ("a duty person who is out", target(duty("2101")).sleeps(at_night(TANAKA)), "house.bcp 20: house"),
        ("a duty room", target(duty("3100")), "hours.closed/section.bcp 20: bcp-fukushi"),
        ("an extension nobody has", target(duty("9999")), "house.bcp 20: house"),
        ("a guard company", target(ClosedTarget::Guard(Dial::Tel(tel("+81311112222")))), "hours.closed/guard 20: +81311112222 | house.bcp 20: house"),
    ];
    for (name, rows, expected) in cases {
        assert_eq!(when(&rows, "3200", night), expected, "{name}");
    }
}

impl TimeRange {
    fn covers(self, person: PersonId) -> Presence {
        Presence { person, state: PresenceState::Out, source: PresenceSource::Manual, span: self }
    }
}

impl Rows {
    fn sleeps(mut self, presence: Presence) -> Self {
        self.presences.push(presence);
        self
    }
}

/// 五城目町, 2017: in heavy rain nobody could take back the night forwarding.
#[test]
fn anybody_on_duty_takes_back_the_night() {
    let mut night = hall();
    night.switches.push(ModeSwitch { site: SITE, mode: Mode::Normal, by: Some(YAMADA), span: TimeRange { from_at: at("2026-11-24 19:00"), until_at: None } });
    assert_eq!(when(&night, "3200", "2026-11-24 18:59"), GUARD);
    assert_eq!(when(&night, "3200", "2026-11-24 19:00"), OPEN);
    let mut early = hall();
    early.switches.push(ModeSwitch {
        site: SITE,
        mode: Mode::AfterHours,
        by: None,
        span: TimeRange { from_at: at("2026-11-24 15:00"), until_at: Some(at("2026-11-25 00:00")) },
    });
    assert_eq!(when(&early, "3200", "2026-11-24 15:30"), GUARD);
    assert_eq!(when(&early, "3200", "2026-11-25 09:00"), OPEN, "and it ends by itself");
}

#[test]
fn the_state_of_the_house() {
    let mut rows = hall();
    rows.switches.push(ModeSwitch {
        site: SITE,
        mode: Mode::Disaster,
        by: Some(SATO),
        span: TimeRange { from_at: at("2026-11-25 01:00"), until_at: Some(at("2026-11-25 05:00")) },
    });
    let world = rows.world();
    let state = |moment: &str| mode_at(&world, SITE, at(moment)).unwrap();
    assert_eq!(state("2026-11-24 10:00"), ModeNow { mode: Mode::Normal, source: ModeSource::Hours });
    assert_eq!(state("2026-11-25 00:59"), ModeNow { mode: Mode::AfterHours, source: ModeSource::Hours });
    let source = ModeSource::Override { by: Some(SATO), since_at: at("2026-11-25 01:00") };
    assert_eq!(state("2026-11-25 01:00"), ModeNow { mode: Mode::Disaster, source });
    assert_eq!(state("2026-11-25 05:00"), ModeNow { mode: Mode::AfterHours, source: ModeSource::Hours });
    assert_eq!(mode_at(&world, SiteId(9), now()), None);
    for mode in [Mode::Normal, Mode::AfterHours, Mode::Disaster] {
        assert_eq!(Mode::parse(mode.code()), Some(mode));
    }
}

#[test]
fn an_answer_is_fresh_until_something_changes() {
    let fresh = |rows: Rows, to: &str, when: &str| decide(&rows.world(), &outside(to), at(when), &PbxCaps::default()).fresh_s;
    assert_eq!(fresh(hall(), "3200", "2026-11-24 10:00"), 900, "a quarter of an hour at most");
    assert_eq!(fresh(hall(), "3200", "2026-11-24 17:10"), 300, "until they close");
    assert_eq!(fresh(hall(), "2101", "2026-11-24 23:59"), 60, "until midnight");
    let mut tomorrow = hall();
    let valid = DayRange { from_on: day("2026-11-25"), until_on: None };
    tomorrow.numbers.push(Number { valid, ..number(22, "2198", NumberKind::Person(TANAKA)) });
    assert_eq!(fresh(tomorrow, "2198", "2026-11-24 23:51"), 540, "until the number begins");
    let meeting = hall().does(TANAKA, PresenceState::Meeting, PresenceSource::Meeting);
    assert_eq!(fresh(meeting, "2101", "2026-11-24 09:40"), 300, "until a meeting begins");
    assert_eq!(fresh(hall().sits(TANAKA, SEAT_12, "09:02"), "2101", "2026-11-24 17:14"), 60, "until the seat is left");
}

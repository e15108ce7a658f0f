//! Holidays by table and by law, closed days, exceptions both ways, weeks.

use super::{
    holiday_law::{SUBSTITUTE, by_law},
    holidays::TABLE,
    *,
};
use chrono::{Datelike, NaiveDate};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn days(from: &str, to: &str) -> impl Iterator<Item = NaiveDate> {
    let to = day(to);
    day(from).iter_days().take_while(move |day| *day < to)
}

#[test]
fn the_table_is_what_the_law_says() {
    let law: Vec<_> = days("2024-01-01", "2031-01-01").filter_map(|on| by_law(on).map(|name| (on.year(), on.month(), on.day(), name))).collect();
    assert_eq!(TABLE, law);
}

#[test]
fn the_law_gives_the_announced_days() {
    let cases: &[(&str, Option<&str>)] = &[
        // 内閣府's list for fiscal year 2026, all 19 days
        ("2026-04-29", Some("昭和の日")),
        ("2026-05-03", Some("憲法記念日")),
        ("2026-05-04", Some("みどりの日")),
        ("2026-05-05", Some("こどもの日")),
        ("2026-05-06", Some("休日")),
        ("2026-07-20", Some("海の日")),
        ("2026-08-11", Some("山の日")),
        ("2026-09-21", Some("敬老の日")),
        ("2026-09-22", Some("休日")),
        ("2026-09-23", Some("秋分の日")),
        ("2026-10-12", Some("スポーツの日")),
        ("2026-11-03", Some("文化の日")),
        ("2026-11-23", Some("勤労感謝の日")),
        ("2027-01-01", Some("元日")),
        ("2027-01-11", Some("成人の日")),
        ("2027-02-11", Some("建国記念の日")),
        ("2027-02-23", Some("天皇誕生日")),
        ("2027-03-21", Some("春分の日")),
        ("2027-03-22", Some("休日")),
        // neighbours that are not
        ("2026-09-24", None),
        ("2026-12-23", None),
        ("2027-03-20", None),
        // moved by the laws of 2019, 2020 and 2021
        ("2019-04-30", Some("休日")),
        ("2019-05-01", Some("休日（祝日扱い）")),
        ("2019-05-02", Some("休日")),
        ("2019-10-22", Some("休日（祝日扱い）")),
        ("2019-02-23", None),
        ("2019-12-23", None),
        ("2020-07-23", Some("海の日")),
        ("2020-07-24", Some("スポーツの日")),
        ("2020-08-10", Some("山の日")),
        ("2020-07-20", None),
        ("2020-08-11", None),
        ("2020-10-12", None),
        ("2021-07-22", Some("海の日")),
        ("2021-07-23", Some("スポーツの日")),
        ("2021-08-08", Some("山の日")),
        ("2021-08-09", Some("休日")),
        ("2021-10-11", None),
        // older names, and years beyond the table
        ("2018-12-23", Some("天皇誕生日")),
        ("2018-10-08", Some("体育の日")),
        ("2032-09-21", Some("休日")),
        ("2048-09-22", Some("秋分の日")),
        ("2100-01-01", None),
    ];
    for (on, name) in cases {
        assert_eq!(holiday_name(day(on)), *name, "{on}");
        assert_eq!(by_law(day(on)), *name, "{on} by law");
    }
    assert_eq!(days("2026-04-01", "2027-04-01").filter(|on| holiday_name(*on).is_some()).count(), 19);
}

#[test]
fn a_substitute_is_never_a_sunday_holiday_itself() {
    for on in days("2007-01-01", "2100-01-01").filter(|on| by_law(*on) == Some(SUBSTITUTE)) {
        assert_ne!(on.weekday(), chrono::Weekday::Sun, "{on}");
    }
}

fn exception(on: &str, kind: DayKind) -> DayException {
    DayException { on: day(on), kind, name: "市の日".into() }
}

#[test]
fn closed_days() {
    let exceptions = vec![
        exception("2026-11-28", DayKind::Open),
        exception("2026-12-29", DayKind::Open),
        exception("2026-11-23", DayKind::Open),
        exception("2026-11-25", DayKind::Closed),
    ];
    let policy = SitePolicy { exceptions, ..SitePolicy::default() };
    let holiday = |name: &str| Some(Closed::Holiday { name: name.into() });
    let cases: Vec<(&str, Option<Closed>, &str)> = vec![
        ("2026-11-24", None, "a Tuesday"),
        ("2026-11-21", Some(Closed::Weekend), "a Saturday"),
        ("2026-11-22", Some(Closed::Weekend), "a Sunday"),
        ("2026-11-03", holiday("文化の日"), "a holiday"),
        ("2026-12-28", None, "the last working day"),
        ("2026-12-30", Some(Closed::YearEnd), "the year's end"),
        ("2027-01-01", holiday("元日"), "a holiday within it"),
        ("2027-01-03", Some(Closed::YearEnd), "its last day, a Sunday"),
        ("2027-01-04", None, "the first working day"),
        ("2026-11-28", None, "a Saturday opened"),
        ("2026-11-23", None, "a holiday opened"),
        ("2026-12-29", None, "a day of the year's end opened"),
        ("2026-11-25", Some(Closed::Exception { name: "市の日".into() }), "a weekday closed"),
    ];
    for (on, closed, name) in &cases {
        assert_eq!(day_kind(&policy, day(on)), *closed, "{on}: {name}");
    }
    let abroad = SitePolicy { holidays: HolidayRule::None, ..SitePolicy::default() };
    for (on, closed) in [("2026-11-03", None), ("2026-12-30", None), ("2026-11-21", Some(Closed::Weekend))] {
        assert_eq!(day_kind(&abroad, day(on)), closed, "{on} without holidays");
    }
}

#[test]
fn the_open_day_before_and_after() {
    let policy = SitePolicy::default();
    let cases: &[(&str, &str, &str)] = &[
        // the open day before, the day, the open day after
        ("2026-11-20", "2026-11-24", "2026-11-25"), // over a weekend and 勤労感謝の日
        ("2026-11-20", "2026-11-21", "2026-11-24"),
        ("2026-12-28", "2027-01-04", "2027-01-05"), // over the year's end
        ("2026-09-18", "2026-09-24", "2026-09-25"), // over five closed days in September
    ];
    for (before, on, after) in cases {
        assert_eq!(previous_open_day(&policy, day(on)), day(before), "before {on}");
        assert_eq!(next_open_day(&policy, day(on)), day(after), "after {on}");
    }
}

#[test]
fn a_site_that_never_opens_and_the_ends_of_the_calendar_stop_the_search() {
    let all_year = days("2026-01-01", "2029-01-01").map(|on| DayException { on, kind: DayKind::Closed, name: String::new() }).collect();
    let never = SitePolicy { exceptions: all_year, ..SitePolicy::default() };
    assert_eq!(next_open_day(&never, day("2027-06-01")), day("2027-06-02"));
    assert_eq!(previous_open_day(&never, day("2027-06-01")), day("2027-05-31"));
    let policy = SitePolicy::default();
    assert_eq!(next_open_day(&policy, NaiveDate::MAX), NaiveDate::MAX);
    assert_eq!(previous_open_day(&policy, NaiveDate::MIN), NaiveDate::MIN);
    assert_eq!(week_of(NaiveDate::MAX).len() + week_of(NaiveDate::MIN).len(), 14);
}

#[test]
fn a_week_begins_on_monday() {
    for on in ["2026-11-16", "2026-11-19", "2026-11-22"] {
        let week = week_of(day(on));
        assert_eq!((week[0], week[6]), (day("2026-11-16"), day("2026-11-22")), "{on}");
    }
}

#[test]
fn a_policy_stored_with_fewer_fields_gets_the_defaults() {
    let policy: SitePolicy = serde_json::from_str(r#"{"horizon_days": 7}"#).unwrap();
    assert_eq!(policy, SitePolicy { horizon_days: 7, ..SitePolicy::default() });
    let stored = serde_json::to_string(&policy).unwrap();
    assert_eq!(serde_json::from_str::<SitePolicy>(&stored).unwrap(), policy);
}

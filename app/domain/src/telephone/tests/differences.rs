//! What a transfer or another set-up does to every number.

use super::*;

const MORNING: &str = "2027-03-31 10:00";
const APRIL: &str = "2027-04-01 10:00";

fn compare(before: &Snapshot, was: &str, after: &Snapshot, will: &str) -> Vec<Difference> {
    differences(Moment { world: before, at: at(was) }, Moment { world: after, at: at(will) }, SITE)
}

/// `2102 Changes 税務課: person.devices 12: … → …`
fn told(found: &[Difference]) -> Vec<String> {
    let line = |found: &Difference| {
        let section = found.section.map_or_else(|| "-".into(), |section| format!("S{section}"));
        format!("{} {:?} {section}: {} → {}", found.ext, found.kind(), rings(&found.before), rings(&found.after))
    };
    found.iter().map(line).collect()
}

/// 佐藤 goes to 税務課 on April 1st, 2105 ends, 2199 begins.
fn transfer() -> Rows {
    let april = day("2027-04-01");
    let mut rows = hall();
    rows.members.iter_mut().filter(|member| member.person == SATO).for_each(|member| member.valid.until_on = Some(april));
    rows.members.push(Member { valid: DayRange::from(april), ..member(ZEIMU, SATO, Post::Main) });
    rows.numbers.iter_mut().filter(|number| number.ext == ext("2105")).for_each(|number| number.valid.until_on = Some(april));
    rows.with_number(Number { valid: DayRange::from(april), ..number(20, "2199", NumberKind::Person(TAKAHASHI)) })
}

#[test]
fn a_transfer_changes_the_number_of_who_goes_and_of_both_sections() {
    let world = transfer().world().planned(&[]);
    let found = compare(&world, MORNING, &world, APRIL);
    let exts: Vec<String> = found.iter().map(|found| format!("{} {:?}", found.ext, found.kind())).collect();
    // The members ring together, so 田中 and 鈴木 fall back to one person fewer, 山田 to one more.
    assert_eq!(exts, ["2101 Changes", "2102 Changes", "2103 Changes", "2104 Changes", "2105 Ends", "2199 Begins", "3100 Changes", "3200 Changes"]);
    let own: Vec<String> = found.iter().filter(|found| found.concern() == Concern::Own).map(|found| found.ext.to_string()).collect();
    assert_eq!(own, ["2102", "2105", "2199", "3100", "3200"], "colleagues only fall back to another group");
    assert_eq!(found[1].section, Some(ZEIMU), "the section that answers afterwards");
    assert_eq!(found[4].section, Some(ZEIMU), "and before where nobody does any more");
    let section = told(&found).into_iter().find(|line| line.starts_with("3200")).unwrap();
    assert!(section.starts_with("3200 Changes S3: section.all 15: mob-yamada mob-takahashi |"), "{section}");
    assert!(section.contains("→ section.all 15: mob-sato mob-yamada mob-takahashi |"), "{section}");
    assert_eq!(compare(&world, APRIL, &world, APRIL), []);
}

#[test]
fn who_sits_where_today_is_no_difference() {
    let busy = hall().sits(TANAKA, SEAT_12, "09:02").says(SATO, PresenceState::Leave).hands_over(SUZUKI, YAMADA, Scope::All).switched(Mode::Disaster);
    let world = busy.world();
    assert_ne!(compare(&world, "2026-11-24 10:00", &world, "2026-11-25 10:00"), [], "what happens to be going on differs");
    let planned = world.planned(&[]);
    assert_eq!(compare(&planned, "2026-11-24 10:00", &planned, "2026-11-25 10:00"), []);
    assert_eq!(planned.attendance(), Attendance::Everybody);
}

#[test]
fn a_closed_day_is_no_difference_where_it_is_taken_to_be_open() {
    let world = hall().world();
    let (tuesday, saturday) = ("2026-11-24 10:00", "2026-11-28 10:00");
    let closed = world.planned(&[]);
    assert_eq!(compare(&closed, tuesday, &closed, saturday).len(), 3, "sections and the main number are closed on Saturday");
    let open = world.planned(&[day("2026-11-28")]);
    assert_eq!(compare(&open, tuesday, &open, saturday), []);
    // Hours still end.
    assert_eq!(compare(&open, tuesday, &open, "2026-11-24 20:00").len(), 3);
}

#[test]
fn another_set_up_at_the_same_moment() {
    let before = hall().world().planned(&[]);
    for (name, change, expected) in [
        ("a ring time", Box::new(|section: &mut Section| section.ring_ms = 20_000) as Box<dyn Fn(&mut Section)>, vec!["2104", "2105", "3200"]),
        ("an order", Box::new(|section: &mut Section| section.ring = RingMode::Sequential), vec!["3200"]),
        ("a name", Box::new(|section: &mut Section| section.name = "市税課".into()), vec!["2104", "2105", "3200"]),
        ("tasks", Box::new(|section: &mut Section| section.tasks = vec!["住民税".into()]), vec![]),
    ] {
        let after = hall().section(ZEIMU, change).section(FUKUSHI, |section| section.overflow = None).world().planned(&[]);
        let before = hall().section(FUKUSHI, |section| section.overflow = None).world().planned(&[]);
        let found: Vec<String> = compare(&before, MORNING, &after, MORNING).iter().map(|found| found.ext.to_string()).collect();
        assert_eq!(found, expected, "{name}");
    }
    assert_eq!(compare(&before, MORNING, &before, MORNING), []);
}

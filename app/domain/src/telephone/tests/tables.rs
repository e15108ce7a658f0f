//! The plans for a day without us, and the preview of a transfer.

use super::*;

fn at_moment(rows: &Rows, moment: &str) -> Table {
    table(&rows.clone().world(), None, at(moment), &PbxCaps::default())
}

#[test]
fn every_number_and_never_a_seat_phone() {
    let rows = hall().sits(TANAKA, SEAT_12, "09:02").with_number(number(20, "119", NumberKind::Emergency));
    let table = at_moment(&rows, "2026-11-24 10:00");
    let exts: Vec<String> = table.entries.iter().map(|entry| entry.ext.to_string()).collect();
    assert_eq!(exts, ["2000", "2101", "2102", "2103", "2104", "2105", "3100", "3200"]);
    let plan = |digits: &str| {
        let entry = table.entries.iter().find(|entry| entry.ext == ext(digits)).unwrap();
        entry.plan.stages.iter().flat_map(|stage| stage.targets.iter().map(|rung| rung.target)).collect::<Vec<_>>()
    };
    assert_eq!(plan("2101"), ["mob-tanaka", "bcp-fukushi", "bcp-zeimu", "bcp-annai"].map(aor));
    assert_eq!(plan("3100"), ["mob-tanaka", "bcp-fukushi", "bcp-zeimu", "bcp-annai"].map(aor));
    let mut refused = rows;
    refused.blocks.push(BlockRule { id: BlockRuleId(1), callers: CallerPattern::Anonymous, scope: BlockScope::House, until_at: None });
    assert_eq!(at_moment(&refused, "2026-11-24 10:00"), table, "nobody in particular is never refused");
}

/// 人事異動: 佐藤 goes to 税務課 on April 1st, 2103 ends and is sent on, 2199 begins.
#[test]
fn what_april_first_changes() {
    let april = day("2027-04-01");
    let mut rows = hall();
    rows.members.iter_mut().filter(|member| member.person == SATO).for_each(|member| member.valid.until_on = Some(april));
    rows.members.push(Member { valid: DayRange::from(april), ..member(ZEIMU, SATO, Post::Main) });
    rows.numbers.iter_mut().filter(|number| number.ext == ext("2105")).for_each(|number| number.valid.until_on = Some(april));
    rows.numbers.iter_mut().filter(|number| number.ext == ext("2103")).for_each(|number| {
        number.valid.until_on = Some(april);
        number.successor = Some(Successor { ext: ext("2199"), announce_until_on: None });
    });
    let rows = rows.with_number(Number { valid: DayRange::from(april), ..number(20, "2199", NumberKind::Person(SUZUKI)) });
    let (before, after) = (at_moment(&rows, "2027-03-31 10:00"), at_moment(&rows, "2027-04-01 10:00"));
    let found = changes(&before, &after);
    let kinds: Vec<String> = found
        .iter()
        .map(|change| {
            format!(
                "{} {}",
                change.ext(),
                match change {
                    RouteChange::Added(_) => "added",
                    RouteChange::Removed(_) => "removed",
                    RouteChange::Changed { .. } => "changed",
                }
            )
        })
        .collect();
    assert_eq!(kinds, ["2102 changed", "2103 changed", "2105 removed", "2199 added"]);
    assert!(matches!(found[0], RouteChange::Changed { before, after } if before.label == "福祉課" && after.label == "税務課"));
    assert_eq!(changes(&after, &after), []);
    let view = render::table_changes(9, &found);
    assert_eq!((view.rev, view.set.keys().map(String::as_str).collect::<Vec<_>>(), view.del), (9, vec!["2102", "2103", "2199"], vec!["2105".to_owned()]));
}

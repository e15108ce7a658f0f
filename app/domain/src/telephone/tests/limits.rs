//! What a PBX can follow: waves, stages, targets, seconds. The first fixed phone stays whatever has to go.

use super::*;

/// 福祉課 with so many more people, all teleworking on duty.
fn crowded(people: i64) -> Rows {
    let mut rows = hall().section(FUKUSHI, |section| section.overflow = None);
    for id in 100..100 + people {
        let person = PersonId(id);
        rows.members.push(member(FUKUSHI, person, Post::Main));
        rows = rows.with_device(device(id, &format!("mob-{id}"), DeviceKind::Mobile, Owner::Person(person))).says(person, PresenceState::Telework);
    }
    rows
}

fn plan(rows: Rows, caps: PbxCaps) -> Plan {
    decide(&rows.world(), &outside("3100"), now(), &caps)
}

/// Stages by rule, targets and seconds.
fn shape(plan: &Plan) -> Vec<(String, usize, u32)> {
    plan.stages.iter().map(|stage| (stage.rule.to_string(), stage.targets.len(), stage.ring_ms / 1_000)).collect()
}

fn stage(rule: &str, targets: usize, seconds: u32) -> (String, usize, u32) {
    (rule.into(), targets, seconds)
}

#[test]
fn waves_of_twenty_eight() {
    let full = PbxCaps::default();
    assert_eq!(shape(&plan(crowded(28), full)), [stage("section.all", 28, 15), stage("section.bcp", 1, 20)]);
    assert_eq!(shape(&plan(crowded(29), full)), [stage("section.all", 28, 15), stage("section.all", 1, 15), stage("section.bcp", 1, 20)]);
    let many = plan(crowded(100), full);
    assert_eq!(shape(&many), [stage("section.all", 28, 15), stage("section.all", 28, 15), stage("section.all", 3, 15), stage("section.bcp", 1, 15)]);
    assert!(many.why.contains(&Why::Split { targets: 100, waves: 4 }));
    assert!(many.why.contains(&Why::Cut { targets: 25, limit: Limit::Targets }) && many.why.contains(&Why::Cut { targets: 16, limit: Limit::Targets }));
}

#[test]
fn whatever_has_to_go_the_fixed_phone_stays() {
    let small = plan(crowded(10), PbxCaps::new(2, 2, 60_000));
    assert_eq!(shape(&small), [stage("section.all", 2, 15), stage("section.bcp", 1, 20)]);
    assert!(small.why.contains(&Why::Cut { targets: 2, limit: Limit::Stages }));
    let one = plan(crowded(10), PbxCaps::new(4, 1, 60_000));
    assert_eq!(rings(&one), "section.all 15: bcp-fukushi mob-100 mob-101 mob-102", "a PBX of one stage rings it with the others");
    let cut = |plan: &Plan| plan.why.iter().map(|why| if let Why::Cut { targets, .. } = why { usize::from(*targets) } else { 0 }).sum::<usize>();
    assert_eq!(cut(&one), 7, "who had to make room is left out");
    let few = plan(crowded(2), PbxCaps::new(28, 1, 60_000));
    assert_eq!((rings(&few).as_str(), cut(&few)), ("section.all 15: bcp-fukushi mob-100 mob-101", 0), "what rings with the others is not");
    let short = plan(crowded(60), PbxCaps::new(15, 5, 30_000));
    assert_eq!(shape(&short), [15, 15, 15, 14].map(|count| stage("section.all", count, 6)).into_iter().chain([stage("section.bcp", 1, 6)]).collect::<Vec<_>>());
    assert!(short.why.contains(&Why::Shortened { stage: 4, wished_ms: 20_000 }));
}

#[test]
fn the_longest_wishes_are_shortened_first() {
    let rows = || hall().sits(TANAKA, SEAT_12, "09:02").sits(SATO, SEAT_13, "09:02");
    let patient = rows().chooses(TANAKA, Settings { ring_ms: Some(60_000), ..Settings::default() });
    let plan = decide(&patient.world(), &outside("2101"), now(), &PbxCaps::default());
    assert_eq!(
        shape(&plan),
        [stage("person.devices", 2, 25), stage("person.fallback/section.all", 2, 15), stage("person.fallback/section.bcp", 1, 20)].map(
            |(rule, count, seconds)| {
                // 60 = 15 + 20 + what is left of the wish.
                (rule, count, seconds)
            }
        )
    );
    assert!(plan.why.contains(&Why::Shortened { stage: 0, wished_ms: 60_000 }));
    assert_eq!(plan.total_ms(), 60_000);
}

#[test]
fn a_pbx_cannot_ask_for_more_than_was_proven() {
    let caps = PbxCaps::new(255, 255, u32::MAX);
    assert_eq!(caps, PbxCaps::default());
    let least = PbxCaps::new(0, 0, 0);
    assert_eq!((least.max_parallel(), least.max_stages(), least.max_total_ms()), (2, 1, 25_000));
}

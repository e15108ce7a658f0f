//! What must hold for every house, call and moment, not only for those somebody thought of.

use super::*;
use proptest::{collection::vec, option, prelude::*, sample::select};
use std::collections::BTreeSet;

const PEOPLE: i64 = 8;
const SECTIONS: i64 = 4;
const SEATS: i64 = 4;

fn person() -> impl Strategy<Value = PersonId> {
    (1..=PEOPLE).prop_map(PersonId)
}

/// One more than there are: rows may name what is not there.
fn any_section() -> impl Strategy<Value = SectionId> {
    (1..=SECTIONS + 1).prop_map(SectionId)
}

fn seat() -> impl Strategy<Value = SeatId> {
    (1..=SEATS).prop_map(SeatId)
}

/// Around the moments that are asked about.
fn instant() -> impl Strategy<Value = DateTime<Utc>> {
    (0_i64..4 * 24 * 60).prop_map(|minutes| at("2026-11-22 12:00") + TimeDelta::minutes(minutes))
}

fn span() -> impl Strategy<Value = TimeRange> {
    (instant(), option::of(1_i64..2 * 24 * 60))
        .prop_map(|(from_at, minutes)| TimeRange { from_at, until_at: minutes.map(|minutes| from_at + TimeDelta::minutes(minutes)) })
}

fn days() -> impl Strategy<Value = DayRange> {
    let dated = (0_u64..5, option::of(0_u64..5)).prop_map(|(from, length)| {
        let from_on = day("2026-11-22") + chrono::Days::new(from);
        DayRange { from_on, until_on: length.map(|length| from_on + chrono::Days::new(length)) }
    });
    prop_oneof![3 => Just(DayRange::ALWAYS), 1 => dated]
}

fn any_device() -> impl Strategy<Value = Device> {
    let owner = prop_oneof![4 => person().prop_map(Owner::Person), 2 => seat().prop_map(Owner::Seat), 2 => any_section().prop_map(Owner::Section), 1 => Just(Owner::House(SITE))];
    let kind = select(&DeviceKind::ALL[..]);
    (owner, kind, 0_i64..60, days(), select(&[Service::On, Service::On, Service::Off][..]), select(&[Reach::Building, Reach::Anywhere][..])).prop_map(
        |(owner, kind, id, valid, service, reach)| {
            let kind = if matches!(owner, Owner::Seat(_)) { DeviceKind::SeatPhone } else { kind };
            let target = if kind == DeviceKind::Outside { Target::Tel(tel(&format!("+8190{id:08}"))) } else { aor(&format!("d-{id}")) };
            Device { target, reach, service, valid, ..device(id, "d", kind, owner) }
        },
    )
}

fn any_dial() -> impl Strategy<Value = Dial> {
    prop_oneof![select(&EXTS[..]).prop_map(|digits| Dial::Ext(ext(digits))), Just(Dial::Tel(tel("+81399990000")))]
}

const EXTS: [&str; 12] = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "119", "99"];

fn any_number() -> impl Strategy<Value = Number> {
    let kind = prop_oneof![
        4 => person().prop_map(NumberKind::Person),
        3 => any_section().prop_map(NumberKind::Section),
        1 => any_section().prop_map(NumberKind::Main),
        1 => seat().prop_map(NumberKind::Seat),
        1 => (0_i64..60).prop_map(|id| NumberKind::Room(DeviceId(id))),
        1 => (0_i64..60).prop_map(|id| NumberKind::Fax(DeviceId(id))),
        1 => Just(NumberKind::Emergency),
    ];
    (0_i64..99, select(&EXTS[..]), kind, days(), option::of((select(&EXTS[..]), any::<bool>()))).prop_map(|(id, digits, kind, valid, successor)| {
        let successor = successor.map(|(to, ends)| Successor { ext: ext(to), announce_until_on: ends.then(|| day("2026-11-25")) });
        Number { valid, successor, ..number(id, digits, kind) }
    })
}

fn any_section_row(id: i64) -> impl Strategy<Value = Section> {
    let ring = select(&[RingMode::All, RingMode::Rotate, RingMode::LongestIdle, RingMode::Sequential][..]);
    let closed = prop_oneof![any_dial().prop_map(ClosedTarget::Duty), any_dial().prop_map(ClosedTarget::Guard), Just(ClosedTarget::Announcement)];
    (ring, 0_u32..90_000, 0_u32..90_000, option::of(any_section()), closed, days(), any::<bool>()).prop_map(
        move |(ring, ring_ms, fixed_ms, overflow, closed, valid, own)| Section {
            ring,
            ring_ms,
            fixed_ms,
            closed,
            valid,
            hours: if own { vec![Hours::office(600, 900)] } else { vec![] },
            ..section(SectionId(id), "課", overflow)
        },
    )
}

fn any_settings() -> impl Strategy<Value = Option<Settings>> {
    let order = select(&[DeviceOrder::Together, DeviceOrder::SeatFirst][..]);
    let settings = (order, option::of(0_u32..90_000), option::of(vec((0_i64..60).prop_map(DeviceId), 0..4)), vec(person().prop_map(Allowed::Person), 0..2));
    option::of(settings.prop_map(|(order, ring_ms, picked, allowed)| Settings { order, ring_ms, picked, allowed }))
}

fn any_block() -> impl Strategy<Value = BlockRule> {
    let callers = prop_oneof![Just(CallerPattern::Anonymous), Just(CallerPattern::Exactly(tel("+81312345678"))), (1_u64..900).prop_map(CallerPattern::Starts),];
    let scope = prop_oneof![Just(BlockScope::House), any_section().prop_map(BlockScope::Section), person().prop_map(BlockScope::Person)];
    (0_i64..9, callers, scope, option::of(instant())).prop_map(|(id, callers, scope, until_at)| BlockRule { id: BlockRuleId(id), callers, scope, until_at })
}

fn any_people() -> Vec<Subscriber> {
    (1..=PEOPLE).map(|id| Subscriber { person: PersonId(id), name: format!("p{id}"), kana: String::new(), listing: Listing::Listed }).collect()
}

prop_compose! {
    fn slow_rows()(
        numbers in vec(any_number(), 4..16), devices in vec(any_device(), 0..30), sections in (1..=SECTIONS).map(any_section_row).collect::<Vec<_>>(),
        chosen in vec(any_settings(), 8),
        members in vec((any_section(), person(), any::<bool>(), 0_u16..4, days()), 0..16), rosters in vec((any_section(), person(), days()), 0..6),
        reception in option::of(any_section()), bookings: bool,
        security in vec(prop_oneof![person().prop_map(MemoTo::Person), any_section().prop_map(MemoTo::Section)], 0..4),
    ) -> Rows {
        let mut house = hall().houses.remove(0);
        (house.reception, house.security) = (reception, security);
        house.occupancy_from = if bookings { OccupancyFrom::BookingStart } else { OccupancyFrom::CheckIn };
        let member = |(section, person, main, rank, valid)| Member { section, person, post: if main { Post::Main } else { Post::Side }, rank, valid };
        // Names at the PBX are unique; a clash is a conflict of its own.
        let mut names = BTreeSet::new();
        let devices = devices.into_iter().filter(|device| names.insert(device.id)).collect();
        Rows {
            houses: vec![house], numbers, devices, sections, people: any_people(),
            settings: chosen.into_iter().zip(1..).filter_map(|(settings, id)| Some((PersonId(id), settings?))).collect(),
            members: members.into_iter().map(member).collect(),
            rosters: rosters.into_iter().map(|(section, person, valid)| OnRoster { section, person, valid }).collect(),
            ..Rows::default()
        }
    }
}

prop_compose! {
    fn any_rows()(
        rows in slow_rows(),
        occupancies in vec((person(), seat(), span(), select(&[OccupancySource::Booking, OccupancySource::CheckIn, OccupancySource::Manual][..])), 0..10),
        presences in vec((person(), select(&PresenceState::ALL[..]), select(&[PresenceSource::CheckIn, PresenceSource::Meeting, PresenceSource::Leave, PresenceSource::Manual][..]), span()), 0..10),
        delegations in vec((person(), person(), span(), select(&[Scope::All, Scope::Outside, Scope::Inside][..])), 0..6),
        switches in vec((select(&[Mode::Normal, Mode::AfterHours, Mode::Disaster][..]), span()), 0..2),
        turns in vec((any_section(), person()), 0..3), idles in vec((person(), instant()), 0..3), blocks in vec(any_block(), 0..2),
    ) -> Rows {
        Rows {
            occupancies: occupancies.into_iter().map(|(person, seat, span, source)| Occupancy { person, seat, span, source }).collect(),
            presences: presences.into_iter().map(|(person, state, source, span)| Presence { person, state, source, span }).collect(),
            delegations: delegations.into_iter().map(|(from, to, span, scope)| Delegation { from, to, span, scope }).collect(),
            switches: switches.into_iter().map(|(mode, span)| ModeSwitch { site: SITE, mode, by: None, span }).collect(),
            turns: turns.into_iter().map(|(section, person)| Turn { section, person }).collect(),
            idles: idles.into_iter().map(|(person, since_at)| Idle { person, since_at }).collect(),
            blocks,
            ..rows
        }
    }
}

fn any_call() -> impl Strategy<Value = CallIn> {
    let from_device = option::of((0_i64..60).prop_map(|id| format!("d-{id}").parse().unwrap()));
    (select(&EXTS[..]), from_device, any::<bool>(), any::<bool>(), 0_u8..7).prop_map(|(to, from_device, outside, replaces, hop)| CallIn {
        trunk: outside.then(|| "ntt".into()),
        from_device: if outside { None } else { from_device },
        replaces: if replaces && hop == 6 { Replaces::Call } else { Replaces::Nothing },
        hop: if hop == 6 { 0 } else { hop },
        ..CallIn { to: to.into(), from: "0312345678".into(), ..CallIn::default() }
    })
}

/// Calls as a hostile or broken PBX sends them.
fn any_call_at_all() -> impl Strategy<Value = CallIn> {
    let text = || prop_oneof![any::<String>(), "[0-9*#+]{0,40}", select(&EXTS[..]).prop_map(str::to_owned)];
    (text(), text(), option::of(text()), any_call(), any::<u8>()).prop_map(|(to, from, trunk, call, hop)| CallIn { to, from, trunk, hop, ..call })
}

fn any_caps() -> impl Strategy<Value = PbxCaps> {
    prop_oneof![2 => Just(PbxCaps::default()), 1 => (0_u8..40, 0_u8..8, 0_u32..90_000).prop_map(|(parallel, stages, total)| PbxCaps::new(parallel, stages, total))]
}

/// Whether the plan must hold a fixed phone: it rings for people, not for a fax, a machine's voice or a call that goes on.
fn must_be_reachable(plan: &Plan) -> bool {
    matches!(plan.on_exhausted, OnExhausted::Memo(_))
}

fn is_disaster(plan: &Plan) -> bool {
    plan.why.iter().any(|why| matches!(why, Why::ModeOverride { mode: Mode::Disaster, .. }))
}

fn replaces(plan: &Plan) -> bool {
    plan.why.iter().any(|why| matches!(why, Why::Replaces { .. })) && !must_be_reachable(plan)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn a_plan_is_bounded_and_explained(rows in any_rows(), call in any_call(), now in instant(), caps in any_caps()) {
        let plan = decide(&rows.world(), &call, now, &caps);
        prop_assert!(plan.stages.len() <= caps.max_stages() && plan.stages.len() <= 5);
        prop_assert!(plan.total_ms() <= caps.max_total_ms() && plan.total_ms() <= 60_000);
        prop_assert!(plan.stages.iter().map(|stage| stage.targets.len()).sum::<usize>() <= 60);
        for stage in &plan.stages {
            prop_assert!(!stage.targets.is_empty() && stage.targets.len() <= caps.max_parallel() && stage.targets.len() <= 28);
            prop_assert!(stage.ring_ms >= 5_000);
        }
        prop_assert!(!plan.why.is_empty());
        let told: Vec<u8> = plan.why.iter().filter_map(|why| if let Why::Ring { stage } = why { Some(*stage) } else { None }).collect();
        prop_assert_eq!(told, (0..u8::try_from(plan.stages.len()).unwrap()).collect::<Vec<_>>(), "every stage is told once, in order");
        prop_assert!((1..=900).contains(&plan.fresh_s));
    }

    /// Whatever is dialled, by whomever: it ends, within its bounds, and says why.
    #[test]
    fn every_call_ends(rows in any_rows(), call in any_call_at_all(), now in instant(), caps in any_caps()) {
        let plan = decide(&rows.world(), &call, now, &caps);
        prop_assert!(!plan.why.is_empty() && plan.stages.len() <= 5 && plan.total_ms() <= 60_000);
        prop_assert!(matches!(plan.status, Status::Ring | Status::Emergency) || plan.stages.is_empty());
        let human = !plan.stages.is_empty() || plan.on_exhausted != OnExhausted::Nothing;
        let fax = plan.why.iter().any(|why| matches!(why, Why::Number { kind: NumberKind::Fax(_), .. }));
        prop_assert!(plan.status != Status::Ring || human || fax, "a human or a memo: {}", rings(&plan));
    }

    /// What rings is there: a device that is used today, the house phone, or the number for a closed section.
    #[test]
    fn no_target_dangles(rows in any_rows(), call in any_call(), now in instant()) {
        let world = rows.world();
        let plan = decide(&world, &call, now, &PbxCaps::default());
        let house = world.houses().next().unwrap();
        let on = house.clock.wall(now).date();
        for (stage, rung) in plan.stages.iter().flat_map(|stage| stage.targets.iter().map(move |rung| (stage, rung))) {
            let known = world.device_at(&rung.target).is_some_and(|device| device.rings_on(on));
            let house_phone = stage.rule.step == Step::HouseBcp && rung.target == house.house_phone;
            let closed = matches!(stage.rule.step, Step::Duty | Step::Guard) && matches!(rung.target, Target::Tel(_));
            prop_assert!(known || house_phone || closed, "{:?} in {}", rung, rings(&plan));
        }
        let targets = plan.stages.iter().flat_map(|stage| &stage.targets).filter(|rung| rung.kind != DeviceKind::FixedBcp);
        let mut once = BTreeSet::new();
        for rung in targets {
            prop_assert!(once.insert(rung.target), "{:?} rings twice in {}", rung.target, rings(&plan));
        }
    }

    #[test]
    fn same_input_same_plan(rows in any_rows(), call in any_call(), now in instant(), caps in any_caps()) {
        let mut turned = rows.clone();
        turned.devices.reverse();
        turned.members.reverse();
        turned.houses.reverse();
        let (plan, again) = (decide(&rows.clone().world(), &call, now, &caps), decide(&rows.world(), &call, now, &caps));
        prop_assert_eq!(&plan, &again);
        // The order in which rows were read decides nothing.
        prop_assert_eq!(&plan.stages, &decide(&turned.world(), &call, now, &caps).stages);
    }

    #[test]
    fn no_circle_is_walked(rows in any_rows(), call in any_call(), now in instant()) {
        let plan = decide(&rows.world(), &call, now, &PbxCaps::default());
        let mut asked = BTreeSet::new();
        let mut handed = BTreeSet::new();
        for why in &plan.why {
            match why {
                Why::Section { section, .. } => prop_assert!(asked.insert(*section), "{:?}", plan.why),
                Why::Delegated { to, .. } => prop_assert!(handed.insert(*to), "{:?}", plan.why),
                _ => {}
            }
        }
        prop_assert!(handed.len() <= 3);
    }

    #[test]
    fn nobody_rings_who_must_not(rows in any_rows(), call in any_call(), now in instant()) {
        let world = rows.clone().world();
        let plan = decide(&world, &call, now, &PbxCaps::default());
        let policy = rows.houses[0].occupancy_from;
        let passed = |person| plan.why.contains(&Why::DndPassed { person });
        for rung in plan.stages.iter().flat_map(|stage| &stage.targets) {
            if let (DeviceKind::SeatPhone, Some(device)) = (rung.kind, world.device_at(&rung.target)) {
                let Owner::Seat(seat) = device.owner else { panic!("a seat phone stands at a seat") };
                prop_assert_eq!(occupant(&world, seat, policy, now).map(|row| row.person), rung.person, "no seat phone without its occupant");
                prop_assert!(rung.person.is_some());
            }
            if let Some(person) = rung.person.filter(|person| !is_disaster(&plan) && !replaces(&plan) && !passed(*person)) {
                let state = standing(world.presences_of(person), seat_of(&world, person, policy, now), now).state;
                prop_assert!(!state.silences(), "{:?} rings while {:?}", person, state);
                let reach = world.device_at(&rung.target).map(|device| device.reach);
                prop_assert!(state != PresenceState::Telework || reach == Some(Reach::Anywhere), "what stays in the building");
            }
        }
        if let Some(calling) = call.from_device {
            let rings = plan.stages.iter().flat_map(|stage| &stage.targets).any(|rung| rung.target == Target::Aor(calling) && rung.kind != DeviceKind::FixedBcp);
            prop_assert!(!rings, "nobody calls themself");
        }
    }

    #[test]
    fn the_fixed_phone_is_always_reachable(rows in any_rows(), call in any_call(), now in instant(), caps in any_caps()) {
        let world = rows.world();
        let plan = decide(&world, &call, now, &caps);
        let fixed = |stages: &[Stage]| stages.iter().any(|stage| stage.targets.iter().any(|rung| rung.kind == DeviceKind::FixedBcp));
        if must_be_reachable(&plan) {
            prop_assert!(fixed(&plan.stages), "{}", rings(&plan));
            prop_assert!(fixed(&plan.offline().stages), "without us too");
        }
        // The called section's own phone, not just any.
        let on = world.houses().next().unwrap().clock.wall(now).date();
        let first = plan.why.iter().find_map(|why| if let Why::Section { section, via: Via::Direct | Via::Fallback } = why { Some(*section) } else { None });
        for device in first.into_iter().flat_map(|section| world.devices_of(Owner::Section(section))).filter(|device| device.kind == DeviceKind::FixedBcp && device.rings_on(on)).take(1) {
            prop_assert!(plan.stages.iter().any(|stage| stage.targets.iter().any(|rung| rung.target == device.target)), "{} in {}", &device.target_text(), rings(&plan));
        }
    }

    #[test]
    fn offline_never_holds_a_seat_phone(rows in any_rows(), call in any_call(), now in instant()) {
        let world = rows.world();
        let plan = decide(&world, &call, now, &PbxCaps::default());
        let offline = plan.offline();
        prop_assert_eq!(offline.status, plan.status);
        for rung in offline.stages.iter().flat_map(|stage| &stage.targets) {
            prop_assert!(rung.kind != DeviceKind::SeatPhone);
            prop_assert!(world.device_at(&rung.target).is_none_or(|device| !matches!(device.owner, Owner::Seat(_))));
        }
        prop_assert!(offline.stages.iter().all(|stage| !stage.targets.is_empty()));
    }

    /// A PBX that keeps an answer as long as it may is told the truth.
    #[test]
    fn a_fresh_answer_is_still_right(rows in any_rows(), to in select(&EXTS[..]), now in instant(), later in 0_u32..900) {
        let world = rows.world();
        let call = CallIn { to: to.into(), ..CallIn::default() };
        let ask = |at| decide_for(Caller::Anybody, &world, &call, at, &PbxCaps::default());
        let plan = ask(now);
        let then = now + TimeDelta::seconds(i64::from(later.min(plan.fresh_s - 1)));
        prop_assert_eq!(rings(&plan), rings(&ask(then)), "fresh for {} s, other after {} s", plan.fresh_s, (then - now).num_seconds());
    }

    #[test]
    fn a_person_who_left_rings_nowhere(rows in any_rows(), call in any_call(), now in instant(), gone in person()) {
        let mut without = rows;
        without.people.retain(|row| row.person != gone);
        without.settings.retain(|(person, _)| *person != gone);
        without.devices.retain(|row| row.owner != Owner::Person(gone));
        without.members.retain(|row| row.person != gone);
        without.rosters.retain(|row| row.person != gone);
        without.occupancies.retain(|row| row.person != gone);
        // Numbers, presences and delegations may still name them.
        let world = without.world();
        let plan = decide(&world, &call, now, &PbxCaps::default());
        for rung in plan.stages.iter().flat_map(|stage| &stage.targets) {
            prop_assert!(rung.person != Some(gone), "{}", rings(&plan));
            prop_assert!(world.device_at(&rung.target).is_none_or(|device| device.owner != Owner::Person(gone)), "{}", rings(&plan));
        }
    }

    /// Changes applied one by one make the same snapshot as its rows.
    #[test]
    fn a_changed_snapshot_is_a_built_one(rows in any_rows(), call in any_call(), now in instant(), order in Just((1..=PEOPLE).collect::<Vec<_>>()).prop_shuffle()) {
        let built = rows.clone().world();
        let empty = Rows { occupancies: vec![], presences: vec![], delegations: vec![], switches: vec![], ..rows.clone() }.world();
        let of = |id: i64| {
            let person = PersonId(id);
            [
                Change::Occupancies(person, rows.occupancies.iter().filter(|row| row.person == person).copied().collect()),
                Change::Presences(person, rows.presences.iter().filter(|row| row.person == person).copied().collect()),
                Change::Delegations(person, rows.delegations.iter().filter(|row| row.from == person).copied().collect()),
            ]
        };
        let changed = empty.with(7, order.into_iter().flat_map(of).chain([Change::Switches(SITE, rows.switches.clone())]));
        let twice = changed.with(7, (1..=PEOPLE).flat_map(of));
        let plan = |world: &Snapshot| decide(world, &call, now, &PbxCaps::default());
        prop_assert_eq!(plan(&changed), plan(&built));
        prop_assert_eq!(plan(&twice), plan(&built));
    }

    #[test]
    fn a_sound_house_has_no_circle(rows in any_rows(), now in instant()) {
        let conflicts = Snapshot::build(1, rows.clone()).conflicts;
        let circle = conflicts.iter().any(|conflict| matches!(conflict, Conflict::OverflowCycle { .. } | Conflict::DelegationCycle { .. }));
        if !circle {
            let world = rows.world();
            for to in EXTS {
                let plan = decide(&world, &CallIn { to: to.into(), ..CallIn::default() }, now, &PbxCaps::default());
                let cut = plan.why.iter().any(|why| matches!(why, Why::NotDelegated { because: NotDelegated::Cycle, .. }));
                prop_assert!(!cut, "a circle was cut that was not named");
            }
        }
    }
}

impl Device {
    fn target_text(&self) -> String {
        serde_json::to_string(&self.target).unwrap()
    }
}

//! Days and instants, the site's wall, and snapshots that follow changes.

use super::*;

#[test]
fn ranges_are_half_open() {
    let range = |from: &str, until: Option<&str>| DayRange { from_on: day(from), until_on: until.map(day) };
    let march = range("2027-03-01", Some("2027-04-01"));
    assert!(march.contains(day("2027-03-01")) && march.contains(day("2027-03-31")) && !march.contains(day("2027-04-01")));
    assert!(!march.overlaps(range("2027-04-01", None)) && march.overlaps(range("2027-03-31", None)) && DayRange::ALWAYS.overlaps(march));
    let nothing = range("2027-03-10", Some("2027-03-10"));
    assert!(nothing.is_empty() && !nothing.overlaps(march) && !march.overlaps(nothing));
    let morning = TimeRange { from_at: at("2026-11-24 08:30"), until_at: Some(at("2026-11-24 12:00")) };
    assert_eq!(morning.next_edge(at("2026-11-24 08:00")), Some(at("2026-11-24 08:30")));
    assert_eq!(morning.next_edge(at("2026-11-24 08:30")), Some(at("2026-11-24 12:00")));
    assert_eq!(morning.next_edge(at("2026-11-24 12:00")), None);
}

#[test]
fn what_the_wall_shows() {
    assert_eq!(SiteClock::fixed(32_400).wall(at("2027-04-01 00:00")).to_string(), "2027-04-01 00:00:00");
    let utc = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
    let change = |from: &str, hours: i32| OffsetChange { from_at: utc(from), east_seconds: hours * 3_600 };
    let london = SiteClock::changing(vec![change("2026-10-25T01:00:00Z", 0), change("2026-03-29T01:00:00Z", 1)]);
    let cases =
        [("2026-03-29T00:59:59Z", "2026-03-29 01:59:59"), ("2026-10-25T00:59:59Z", "2026-10-25 01:59:59"), ("2026-10-25T01:00:00Z", "2026-10-25 01:00:00")];
    for (instant, wall) in cases {
        assert_eq!(london.wall(utc(instant)).to_string(), wall, "{instant}");
    }
}

#[test]
fn codes_are_those_of_the_json() {
    let json = |value: serde_json::Value| value.as_str().unwrap().to_owned();
    for kind in DeviceKind::ALL {
        assert_eq!((json(serde_json::to_value(kind).unwrap()).as_str(), DeviceKind::parse(kind.code())), (kind.code(), Some(kind)));
    }
    for state in PresenceState::ALL {
        assert_eq!((json(serde_json::to_value(state).unwrap()).as_str(), PresenceState::parse(state.code())), (state.code(), Some(state)));
    }
    for source in [PresenceSource::Default, PresenceSource::CheckIn, PresenceSource::Meeting, PresenceSource::Leave, PresenceSource::Manual] {
        assert_eq!((json(serde_json::to_value(source).unwrap()).as_str(), PresenceSource::parse(source.code())), (source.code(), Some(source)));
    }
    for scope in [Scope::All, Scope::Outside, Scope::Inside] {
        assert_eq!((json(serde_json::to_value(scope).unwrap()).as_str(), Scope::parse(scope.code())), (scope.code(), Some(scope)));
    }
}

#[test]
fn reasons_are_kept_as_json() {
    let plan = decide(&hall().sits(TANAKA, SEAT_12, "09:02").world(), &outside("2101"), now(), &PbxCaps::default());
    let kept = serde_json::to_string(&plan.why).unwrap();
    assert_eq!(serde_json::from_str::<Vec<Why>>(&kept).unwrap(), plan.why);
}

#[test]
fn a_check_in_is_in_the_next_answer() {
    let before = hall().world();
    let seated = |seat, since| Occupancy { person: TANAKA, seat, span: today(since), source: OccupancySource::CheckIn };
    let first = |world: &Snapshot| rings(&decide(world, &outside("2101"), now(), &PbxCaps::default())).split(" | ").next().unwrap().to_owned();
    let sat = before.with(8, [Change::Occupancies(TANAKA, vec![seated(SEAT_12, "09:02")])]);
    let moved = sat.with(9, [Change::Occupancies(TANAKA, vec![seated(SEAT_13, "09:40")])]);
    let gone = moved.with(10, [Change::Occupancies(TANAKA, vec![])]);
    assert_eq!(
        [&before, &sat, &moved, &gone].map(first),
        [
            "person.devices 12: mob-tanaka",
            "person.devices 12: seat-3f-12 mob-tanaka",
            "person.devices 12: seat-3f-13 mob-tanaka",
            "person.devices 12: mob-tanaka"
        ]
    );
    assert_eq!([before.revision(), gone.revision()], [7, 10]);
    assert_eq!(sat.occupancies_of_seat(SEAT_12).count(), 1, "the snapshot before is as it was");
}

#[test]
fn every_change_is_as_if_it_had_been_built() {
    let span = today("08:00");
    let changed = hall().world().with(
        7,
        [
            Change::Presences(SATO, vec![Presence { person: SATO, state: PresenceState::Telework, source: PresenceSource::Manual, span }]),
            Change::Delegations(TANAKA, vec![Delegation { from: TANAKA, to: SATO, span, scope: Scope::All }]),
            Change::Settings(SATO, Some(Settings { ring_ms: Some(9_000), ..Settings::default() })),
            Change::Switches(SITE, vec![ModeSwitch { site: SITE, mode: Mode::Normal, by: None, span }]),
            Change::Turn(Turn { section: FUKUSHI, person: TANAKA }),
            Change::Idle(Idle { person: TANAKA, since_at: now() }),
        ],
    );
    let mut rows = hall();
    rows.presences.push(Presence { person: SATO, state: PresenceState::Telework, source: PresenceSource::Manual, span });
    rows.switches.push(ModeSwitch { site: SITE, mode: Mode::Normal, by: None, span });
    let built = rows.hands_over(TANAKA, SATO, Scope::All).chooses(SATO, Settings { ring_ms: Some(9_000), ..Settings::default() }).world();
    for to in ["2101", "2102", "3100", "3200", "2000"] {
        let plan = |world: &Snapshot| decide(world, &outside(to), now(), &PbxCaps::default());
        assert_eq!(plan(&changed), plan(&built), "{to}");
    }
    assert_eq!((changed.turn_of(FUKUSHI), changed.idle_since(TANAKA)), (Some(TANAKA), Some(now())));
}

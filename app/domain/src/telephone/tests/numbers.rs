//! Numbers themselves: how they are written, who holds them when, emergencies, unwanted callers.

use super::*;

#[test]
fn extensions_and_outside_numbers() {
    for good in ["1", "2101", "*21#", "123456789012345"] {
        assert_eq!(ext(good).to_string(), good);
    }
    for bad in ["", "21 01", "２１０１", "2101;", "1234567890123456", "+81", "2101\r\n"] {
        assert_eq!(bad.parse::<Ext>(), Err(NumberError::Ext), "{bad:?}");
    }
    assert!(ext("99") < ext("100") && ext("2101") < ext("2102"));
    for bad in ["81312345678", "+0312345678", "+123456", "+1234567890123456", "+81 3", "+81\n312345"] {
        assert_eq!(bad.parse::<E164>(), Err(NumberError::Tel), "{bad:?}");
    }
    let japan = |raw: &str| Numbering::Japan.tel(raw).map(|tel| tel.to_string());
    for raw in ["0312345678", "03-1234-5678", "(03) 1234 5678", "+81312345678", "+81 3-1234-5678"] {
        assert_eq!(japan(raw).as_deref(), Some("+81312345678"), "{raw}");
    }
    assert_eq!(japan("010 1 212 555 0100").as_deref(), Some("+12125550100"));
    assert_eq!(Numbering::Other(44).tel("020 7946 0000").map(|tel| tel.to_string()).as_deref(), Some("+442079460000"));
    assert_eq!([tel("+81312345678"), tel("+12125550100")].map(|tel| Numbering::Japan.write(tel)), ["0312345678", "+12125550100"]);
    for raw in ["", "anonymous", "2101", "sip:0312345678", "03;12345678", "0"] {
        assert_eq!(japan(raw), None, "{raw}");
    }
}

#[test]
fn device_names_are_strict() {
    for good in ["seat-3f-12", "a", "Mob.1_x-9", "0b9dd2c4-6f37-4b9e-9f0e-5a7e8f1c2d3e", &"a".repeat(47)] {
        assert!(good.parse::<Aor>().is_ok(), "{good}");
    }
    for bad in ["", "-a", ".a", "a b", "a@b", "a\r\n", "a\"", "a&b", "a~b", "a^b", "a,b", "<a>", "${a}", "席", "a\0", &"a".repeat(48)] {
        assert_eq!(bad.parse::<Aor>(), Err(AorError), "{bad:?}");
    }
    assert!(serde_json::from_str::<Target>("{\"aor\":\"a\\r\\nVia: x\"}").is_err());
}

#[test]
fn who_holds_a_number_when() {
    let moved = |announce_until_on: Option<&str>| {
        let until = DayRange { from_on: NaiveDate::MIN, until_on: Some(day("2026-11-01")) };
        let successor = Some(Successor { ext: ext("2101"), announce_until_on: announce_until_on.map(day) });
        hall().with_number(Number { valid: until, successor, ..number(20, "2190", NumberKind::Person(YAMADA)) })
    };
    let future = Number { valid: DayRange::from(day("2027-04-01")), ..number(21, "2199", NumberKind::Person(TANAKA)) };
    let ended = Number { valid: DayRange { from_on: NaiveDate::MIN, until_on: Some(day("2026-11-01")) }, ..number(22, "2198", NumberKind::Person(TANAKA)) };
    let unknown = "Unknown Nothing";
    let own = "person.devices 12: mob-tanaka";
    let cases = [
        ("in use", hall(), "2101", own),
        ("never given away", hall(), "2999", unknown),
        ("not a number", hall(), "2101\"; drop", unknown),
        ("nothing", hall(), "", unknown),
        ("from April on", hall().with_number(future.clone()), "2199", unknown),
        ("ended", hall().with_number(ended), "2198", unknown),
        ("ended and sent on", moved(Some("2026-12-01")), "2190", own),
        ("sent on for good", moved(None), "2190", own),
        ("no longer sent on", moved(Some("2026-11-24")), "2190", unknown),
        (
            "given to somebody new",
            moved(None).with_number(Number { valid: DayRange::from(day("2026-11-10")), ..number(23, "2190", NumberKind::Person(SATO)) }),
            "2190",
            "person.devices 12: mob-sato",
        ),
    ];
    for (name, rows, to, expected) in cases {
        let rings = rows.outside(to);
        assert!(rings.starts_with(expected), "{name}: {rings}");
    }
    let plan = decide(&moved(None).world(), &outside("2190"), now(), &PbxCaps::default());
    assert_eq!(plan.label, "2190→2101 福祉課");
    let april = decide(&hall().with_number(future).world(), &outside("2199"), at("2027-04-01 00:00"), &PbxCaps::default());
    assert!(rings(&april).starts_with(own), "the future is asked with the same function");
}

#[test]
fn successors_in_a_circle_end() {
    let gone = DayRange { from_on: NaiveDate::MIN, until_on: Some(day("2026-11-01")) };
    let sent_on = |id, digits, to: &str| Number {
        valid: gone,
        successor: Some(Successor { ext: ext(to), announce_until_on: None }),
        ..number(id, digits, NumberKind::Person(TANAKA))
    };
    let rows = hall().with_number(sent_on(20, "2191", "2192")).with_number(sent_on(21, "2192", "2191"));
    assert_eq!(rows.outside("2191"), "Unknown Nothing");
}

#[test]
fn outside_numbers_reach_the_same_people() {
    let rows = hall().with_number(Number { tel: Some(tel("+81355550001")), ..number(20, "2150", NumberKind::Person(TANAKA)) });
    for to in ["0355550001", "+81355550001", "03-5555-0001", "2150"] {
        assert!(rows.clone().outside(to).starts_with("person.devices 12: mob-tanaka"), "{to}");
    }
}

#[test]
fn an_extension_may_exist_once_in_each_site() {
    let mut rows = hall();
    rows.houses.push(House { site: SiteId(2), name: "支所".into(), clock: SiteClock::fixed(0), ..rows.houses[0].clone() });
    let rows = rows.with_number(Number { site: SiteId(2), ..number(20, "2101", NumberKind::Person(YAMADA)) });
    let world = rows.world();
    let from = |site: Option<SiteId>| rings(&decide(&world, &CallIn { site, ..outside("2101") }, now(), &PbxCaps::default()));
    assert!(from(Some(SiteId(2))).starts_with("person.devices 12: mob-yamada"));
    assert!(from(Some(SITE)).starts_with("person.devices 12: mob-tanaka"));
    assert!(from(None).starts_with("person.devices 12: mob-tanaka"));
    let only_here = rings(&decide(&world, &CallIn { site: Some(SiteId(2)), ..outside("2102") }, now(), &PbxCaps::default()));
    assert!(only_here.starts_with("person.devices 12: mob-sato"), "another site's number when there is none here");
}

#[test]
fn emergencies_are_explained_not_routed() {
    let world = hall()
        .sits(SATO, SEAT_13, "08:50")
        .with_device(device(31, "soft-suzuki", DeviceKind::Softphone, Owner::Person(SUZUKI)))
        .says(SUZUKI, PresenceState::Telework)
        .world();
    for (to, service) in [("110", Emergency::Police), ("118", Emergency::CoastGuard), ("119", Emergency::Fire)] {
        let plan = decide(&world, &inside("seat-3f-13", to), now(), &PbxCaps::default());
        assert_eq!((plan.status, plan.stages.len(), plan.status.code()), (Status::Emergency, 0, 200));
        assert_eq!(plan.why, [Why::Emergency { service }]);
    }
    let notice = |device: &str| {
        let notice = emergency_notice(&world, &inside(device, "119"), now()).unwrap();
        (notice.person, notice.seat, notice.place)
    };
    assert_eq!(notice("seat-3f-13"), (Some(SATO), Some(SEAT_13), EmergencyPlace::Telephone));
    assert_eq!(notice("seat-3f-12"), (None, Some(SEAT_12), EmergencyPlace::Telephone), "nobody sits there, but the seat is known");
    assert_eq!(notice("mob-sato"), (Some(SATO), Some(SEAT_13), EmergencyPlace::Person));
    assert_eq!(notice("mob-tanaka"), (Some(TANAKA), None, EmergencyPlace::Unknown));
    assert_eq!(notice("soft-suzuki"), (Some(SUZUKI), None, EmergencyPlace::Afar));
    assert_eq!(notice("bcp-annai"), (None, None, EmergencyPlace::Telephone));
    let afar = decide(&world, &inside("soft-suzuki", "119"), now(), &PbxCaps::default());
    assert!(afar.why.contains(&Why::EmergencyFromAfar { person: SUZUKI }));
    assert_eq!(emergency_notice(&world, &inside("mob-sato", "2101"), now()), None);
    let own = hall().with_number(number(20, "8119", NumberKind::Emergency)).world();
    assert_eq!(emergency_notice(&own, &inside("mob-sato", "8119"), now()).map(|notice| notice.service), Some(Emergency::House));
}

/// "First match decides": nothing may come before an emergency, whoever calls and however often the call has come round.
#[test]
fn nothing_delays_an_emergency_number_of_the_house() {
    let ended = DayRange { from_on: NaiveDate::MIN, until_on: Some(day("2026-11-01")) };
    let mut rows = hall().with_number(number(20, "8119", NumberKind::Emergency));
    rows = rows.with_number(Number { valid: ended, ..number(21, "8110", NumberKind::Emergency) });
    rows.blocks.push(BlockRule { id: BlockRuleId(1), callers: CallerPattern::Anonymous, scope: BlockScope::House, until_at: None });
    let world = rows.world();
    let hidden = CallIn { from: "anonymous".into(), ..outside("8119") };
    let again = CallIn { hop: 5, ..inside("mob-sato", "8119") };
    let replacing = CallIn { replaces: Replaces::Call, ..inside("mob-sato", "8119") };
    for call in [hidden, again, replacing] {
        assert_eq!(decide(&world, &call, now(), &PbxCaps::default()).status, Status::Emergency, "{call:?}");
    }
    assert_eq!(emergency_notice(&world, &inside("mob-sato", "8110"), now()), None, "a number that ended calls nobody");
}

#[test]
fn an_emergency_number_of_the_house_rings_its_security() {
    let own = |security: Vec<MemoTo>| {
        let mut rows = hall().sits(SATO, SEAT_13, "08:50").says(SUZUKI, PresenceState::Dnd).with_number(number(20, "8119", NumberKind::Emergency));
        rows.houses[0].security = security;
        rows
    };
    let told = |rows: Rows, call: &CallIn| rings(&decide(&rows.world(), call, now(), &PbxCaps::default()));
    let (fukushi, yamada, sato) = (MemoTo::Section(FUKUSHI), MemoTo::Person(YAMADA), MemoTo::Person(SATO));
    let call = inside("mob-tanaka", "8119");
    let cases = [
        ("nobody named", vec![], "house.bcp 20: house"),
        ("somebody at no seat", vec![yamada], "security 15: mob-yamada | house.bcp 20: house"),
        ("at a seat, named twice", vec![sato, yamada, sato], "security 15: seat-3f-13 mob-sato mob-yamada | house.bcp 20: house"),
        ("a section without who calls and who wants quiet", vec![fukushi], "security 15: seat-3f-13 mob-sato bcp-fukushi | house.bcp 20: house"),
    ];
    let room = own(vec![MemoTo::Section(ANNAI)]).with_device(device(41, "guards", DeviceKind::Dect, Owner::Section(ANNAI)));
    assert_eq!(told(room, &call), "security 15: bcp-annai guards | house.bcp 20: house", "a room where nobody belongs");
    for (name, security, expected) in cases {
        assert_eq!(told(own(security), &call), expected, "{name}");
    }
    let world = own(vec![yamada]).world();
    let plan = decide(&world, &call, now(), &PbxCaps::default());
    assert_eq!((plan.status, plan.status.code(), plan.on_exhausted), (Status::Emergency, 200, OnExhausted::Memo(MemoFor::House(SITE))));
    let kept = table(&world, None, now(), &PbxCaps::default());
    assert!(kept.entries.iter().any(|entry| entry.ext == ext("8119") && entry.plan.stages.len() == 2), "known to the PBX when we are gone");
}

#[test]
fn unwanted_callers() {
    let rule = |callers: CallerPattern, scope: BlockScope, until: Option<&str>| {
        let mut rows = hall();
        rows.blocks.push(BlockRule { id: BlockRuleId(1), callers, scope, until_at: until.map(at) });
        rows
    };
    let exactly = CallerPattern::Exactly(tel("+81312345678"));
    let refused = |rows: Rows, call: &CallIn| decide(&rows.world(), call, now(), &PbxCaps::default()).status == Status::Refused;
    let hidden = CallIn { from: "anonymous".into(), ..outside("3100") };
    let cases = [
        ("this number", rule(exactly, BlockScope::House, None), outside("2101"), true),
        ("numbers that begin so", rule(CallerPattern::Starts(813), BlockScope::House, None), outside("2101"), true),
        ("all that number is a beginning too", rule(CallerPattern::Starts(81_312_345_678), BlockScope::House, None), outside("2101"), true),
        ("numbers that begin otherwise", rule(CallerPattern::Starts(814), BlockScope::House, None), outside("2101"), false),
        ("a shown number is not hidden", rule(CallerPattern::Anonymous, BlockScope::House, None), outside("2101"), false),
        ("hidden, for that section", rule(CallerPattern::Anonymous, BlockScope::Section(FUKUSHI), None), hidden.clone(), true),
        ("hidden, for another section", rule(CallerPattern::Anonymous, BlockScope::Section(ZEIMU), None), hidden, false),
        ("for that person", rule(exactly, BlockScope::Person(TANAKA), None), outside("2101"), true),
        ("for another person", rule(exactly, BlockScope::Person(TANAKA), None), outside("2102"), false),
        ("the rule has ended", rule(exactly, BlockScope::House, Some("2026-11-24 10:00")), outside("2101"), false),
        ("the rule ends tomorrow", rule(exactly, BlockScope::House, Some("2026-11-25 10:00")), outside("2101"), true),
        ("colleagues are never refused", rule(CallerPattern::Anonymous, BlockScope::House, None), inside("mob-yamada", "2101"), false),
    ];
    for (name, rows, call, expected) in cases {
        assert_eq!(refused(rows, &call), expected, "{name}");
    }
}

#[test]
fn a_call_that_comes_round_again_and_again_ends_at_the_house_phone() {
    let call = |hop| CallIn { hop, ..outside("2101") };
    let rings = |hop| super::rings(&decide(&hall().world(), &call(hop), now(), &PbxCaps::default()));
    assert!(rings(4).starts_with("person.devices"));
    assert_eq!(rings(5), "house.bcp 20: house");
}

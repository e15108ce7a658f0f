//! Numbers of seats, rooms and fax machines.

use super::*;

#[test]
fn a_seats_number_is_its_occupants() {
    let rows = || hall().with_number(number(20, "5013", NumberKind::Seat(SEAT_13)));
    let seated = rows().sits(TANAKA, SEAT_13, "09:02").outside("5013");
    assert!(seated.starts_with("person.devices 12: seat-3f-13 mob-tanaka | person.fallback/section.bcp 20: bcp-fukushi"), "{seated}");
    assert_eq!(rows().outside("5013"), "person.fallback/section.bcp 20: bcp-annai", "nobody sits there: the reception, never the telephone");
    let memo = |rows: Rows| decide(&rows.world(), &outside("5013"), now(), &PbxCaps::default()).on_exhausted;
    assert_eq!(memo(rows().sits(TANAKA, SEAT_13, "09:02")), OnExhausted::Memo(MemoFor::Person(TANAKA)), "and so is the memo");
    assert_eq!(memo(rows()), OnExhausted::Memo(MemoFor::House(SITE)));
}

#[test]
fn a_telephone_where_nobody_sits_calls_inside_and_no_further() {
    let status = |rows: Rows, to: &str| {
        let call = CallIn { to: to.into(), from_device: Some("seat-3f-13".parse().unwrap()), ..CallIn::default() };
        decide(&rows.world(), &call, now(), &PbxCaps::default()).status
    };
    assert_eq!(status(hall(), "0312345678"), Status::Refused);
    assert_eq!(status(hall(), "+81312345678"), Status::Refused);
    assert_eq!(status(hall(), "119"), Status::Emergency);
    assert_eq!(status(hall(), "2101"), Status::Ring);
    assert_eq!(status(hall(), "2999"), Status::Unknown, "a slip of the finger is no call outside");
    assert_eq!(status(hall().sits(TANAKA, SEAT_13, "09:02"), "0312345678"), Status::Unknown, "the PBX sends it out");
}

#[test]
fn rooms_and_fax_machines() {
    let room = device(41, "room-301", DeviceKind::Dect, Owner::House(SITE));
    let fax = device(42, "fax-1", DeviceKind::Dect, Owner::House(SITE));
    let rows = || {
        hall().with_device(room.clone()).with_device(fax.clone()).with_number(number(20, "5301", NumberKind::Room(DeviceId(41)))).with_number(number(
            21,
            "5900",
            NumberKind::Fax(DeviceId(42)),
        ))
    };
    assert_eq!(rows().outside("5301"), "room.device 20: room-301 | person.fallback/section.bcp 20: bcp-annai");
    assert_eq!(rows().outside("5900"), "fax.device 20: fax-1", "nobody can answer a fax");
    let seat = rows().with_number(number(22, "5302", NumberKind::Room(DeviceId(21))));
    assert_eq!(seat.outside("5302"), "person.fallback/section.bcp 20: bcp-annai", "a seat phone is no room's");
    let gone = rows().with_number(number(22, "5901", NumberKind::Fax(DeviceId(99))));
    assert_eq!(gone.outside("5901"), "Ring Nothing");
}

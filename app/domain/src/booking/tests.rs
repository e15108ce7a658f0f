//! The rules of booking, a line a case. Here: the office every case starts from.

mod check_in;
mod properties;
mod release;
mod reserve;
mod series;
mod suggest;

use super::*;
use crate::{
    BookingId, PersonId, SeatId, Slots, UnitId, ZoneId,
    site::SitePolicy,
    zone::{AccessFacts, Lender, ZoneLoad},
};
use chrono::{NaiveDate, NaiveDateTime};

const ME: PersonId = PersonId(1);
const OTHER: PersonId = PersonId(2);
const NONE: Slots = Slots::EMPTY;
const AM: Slots = Slots::from_bits(0b01);
const PM: Slots = Slots::from_bits(0b10);
const DAY: Slots = Slots::from_bits(0b11);

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// `2026-11-24 09:00`, wall clock of the site.
fn at(text: &str) -> NaiveDateTime {
    NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap()
}

/// Half-days 8:30–12:00 and 13:00–17:15, 28 days ahead, released at 17:00, check-in 60 minutes early, grace 30 minutes.
fn policy() -> SitePolicy {
    SitePolicy::default()
}

fn booking(slots: Slots, state: State) -> Booking {
    Booking { id: BookingId(7), person: ME, seat: SeatId(3), on: day("2026-11-24"), slots, state, made_at: at("2026-11-20 10:00") }
}

fn seat(seat_use: SeatUse) -> SeatFacts {
    SeatFacts { id: SeatId(3), label: "A03".into(), seat_use }
}

/// A seat of the person's own home zone (`home`) or of another unit's, whose release time for 11/24 is Friday 17:00.
fn zone(home: UnitId) -> AccessFacts {
    AccessFacts {
        zone: Some(ZoneId(10)),
        lenders: vec![Lender { unit: home, name: "福祉課".into(), cap: None, lent: 0 }],
        units: vec![UnitId(1)],
        homes: vec![ZoneLoad { zone: ZoneId(11), free_in: DAY }],
        overflow: vec![],
        opens_at: opens_at(&policy(), day("2026-11-24")),
    }
}

/// The word by which a reason without or with data is written in JSON.
fn json_name(reason: &impl serde::Serialize) -> String {
    match serde_json::to_value(reason).unwrap() {
        serde_json::Value::String(name) => name,
        serde_json::Value::Object(fields) => fields.keys().next().unwrap().clone(),
        other => panic!("{other}"),
    }
}

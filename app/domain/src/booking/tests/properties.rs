//! What must hold for every office, day and wish, not only for the cases somebody thought of.

use super::*;
use crate::{Grid, site::AutoRelease};
use chrono::{Days, TimeDelta};
use proptest::prelude::*;

/// Mostly slots that both grids have.
fn any_slots() -> impl Strategy<Value = Slots> {
    prop_oneof![4 => 0_u32..4, 1 => 0_u32..0x100].prop_map(Slots::from_bits)
}

/// Slots somebody holds: none more often than not, so that many wishes are granted.
fn some_slots() -> impl Strategy<Value = Slots> {
    prop_oneof![2 => Just(NONE), 1 => any_slots()]
}

fn any_policy() -> impl Strategy<Value = SitePolicy> {
    (0_u16..300, any::<bool>(), 2_u32..40, any::<bool>()).prop_map(|(grace_minutes, release, quota_slots, hours)| SitePolicy {
        grace_minutes,
        quota_slots,
        auto_release: if release { AutoRelease::AfterGrace } else { AutoRelease::Off },
        grid: if hours { Grid::hours(9, 17) } else { Grid::half_days() },
        ..SitePolicy::default()
    })
}

fn any_now() -> impl Strategy<Value = NaiveDateTime> {
    (0_i64..60 * 24 * 60).prop_map(|minutes| at("2026-11-01 00:00") + TimeDelta::minutes(minutes))
}

fn any_held() -> impl Strategy<Value = Vec<Held>> {
    proptest::collection::vec((1_i64..9, some_slots()), 0..3).prop_map(|held| {
        // One person, one seat: what somebody holds never overlaps.
        let mut before = NONE;
        let mut apart = Vec::new();
        for (booking, slots) in held {
            apart.push(Held { booking: BookingId(booking), seat_label: "B01".into(), slots: slots.minus(before) });
            before = before.union(slots);
        }
        apart
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn a_granted_wish_takes_nothing_from_anybody(
        policy in any_policy(), now in any_now(), ahead in 0_u64..32, wanted in any_slots(), taken in some_slots(),
        held in any_held(), elsewhere in 0_u32..8, moves: bool, home in 1_i64..3,
    ) {
        let on = now.date() + Days::new(ahead);
        let (seat, access) = (seat(SeatUse::Open), zone(UnitId(home)));
        let here: u32 = held.iter().map(|held| held.slots.len()).sum();
        let facts = ReserveFacts { policy: &policy, seat: &seat, person: ME, employed: true, taken, held: held.clone(), held_slots: here + elsewhere, access: &access };
        let on_held = if moves { OnHeld::Move } else { OnHeld::Refuse };
        if let Ok(granted) = reserve(on, wanted, on_held, &facts, now) {
            prop_assert_eq!(granted.slots, wanted);
            prop_assert!(!wanted.is_empty() && policy.grid.all().covers(wanted));
            prop_assert!(wanted.both(taken).is_empty());
            let given: u32 = granted.give_back.iter().map(|(_, slots)| slots.len()).sum();
            prop_assert!(here + elsewhere - given + wanted.len() <= policy.quota_slots);
            for (booking, slots) in &granted.give_back {
                prop_assert!(moves && wanted.covers(*slots) && !slots.is_empty());
                prop_assert!(held.iter().any(|held| held.booking == *booking && held.slots.covers(*slots)));
            }
            let kept = held.iter().flat_map(|held| held.slots.both(wanted).iter().collect::<Vec<_>>());
            let returned: Slots = granted.give_back.iter().flat_map(|(_, slots)| slots.iter()).collect();
            prop_assert!(kept.into_iter().all(|slot| returned.contains(slot)));
            prop_assert!(on >= now.date() && on <= now.date() + Days::new(u64::from(policy.horizon_days)));
            prop_assert!(crate::site::day_kind(&policy, on).is_none());
        }
    }

    /// Applied whenever it asks for, a booking comes to its end within its day, and no slot goes before its time.
    #[test]
    fn every_booking_ends(policy in any_policy(), bits in 1_u32..0x100, made in any_now(), came: bool, late in 0_i64..200) {
        let slots = Slots::from_bits(bits).both(policy.grid.all());
        prop_assume!(!slots.is_empty());
        let state = if came { State::CheckedIn } else { State::Booked };
        let mut booking = Booking { slots, made_at: made, ..booking(slots, state) };
        let mut now = at("2026-11-24 00:00");
        let grace = TimeDelta::minutes(i64::from(policy.grace_minutes));
        for _ in 0..20 {
            let due = |slot: crate::Slot| {
                let time = policy.grid.time(slot).unwrap();
                let minute = |minute: u16| at("2026-11-24 00:00") + TimeDelta::minutes(i64::from(minute));
                (minute(time.start_minute).max(made) + grace).min(minute(time.end_minute))
            };
            match no_show(&policy, &booking, now) {
                NoShow::Wait(until) => {
                    prop_assert!(until > now);
                    // The job may look late, never early.
                    now = until + TimeDelta::minutes(late);
                }
                NoShow::Free(freed) => {
                    prop_assert!(!came && !freed.is_empty() && booking.slots.covers(freed) && freed != booking.slots);
                    prop_assert!(freed.iter().all(|slot| now >= due(slot)));
                    booking.slots = booking.slots.minus(freed);
                }
                NoShow::Expire => {
                    prop_assert!(!came && booking.slots.iter().all(|slot| now >= due(slot)));
                    return Ok(());
                }
                NoShow::Finish => {
                    let last = booking.slots.iter().last().and_then(|slot| policy.grid.time(slot)).unwrap().end_minute;
                    prop_assert!(came && now >= at("2026-11-24 00:00") + TimeDelta::minutes(i64::from(last)));
                    return Ok(());
                }
            }
        }
        prop_assert!(false, "the booking never ends");
    }
}

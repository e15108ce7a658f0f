//! English: why a call goes where it goes.

use super::{Stands, Texts};
use domain::telephone::{DeviceKind, Emergency, Limit, Mode, NotDelegated, PresenceSource, PresenceState, RingMode, Skip, Via};

const fn state(state: PresenceState) -> &'static str {
    match state {
        PresenceState::Available => "available",
        PresenceState::Meeting => "in a meeting",
        PresenceState::Dnd => "not to be disturbed",
        PresenceState::Out => "out",
        PresenceState::Leave => "on leave",
        PresenceState::Telework => "working from home",
    }
}

const fn device(kind: DeviceKind) -> &'static str {
    match kind {
        DeviceKind::SeatPhone => "seat phone",
        DeviceKind::Mobile => "mobile",
        DeviceKind::Softphone => "PC telephone",
        DeviceKind::Dect => "cordless telephone",
        DeviceKind::FixedBcp => "fixed telephone",
        DeviceKind::Outside => "outside telephone",
    }
}

const fn skip(because: Skip) -> &'static str {
    match because {
        Skip::NotPresent => "not at a seat",
        Skip::Silent(presence) => state(presence),
        Skip::NoDevice => "no telephone of their own",
        Skip::Caller => "is making this call",
        Skip::Called => "dealt with before",
        Skip::AlreadyTried => "has rung already",
        Skip::OutOfUse => "out of use",
        Skip::SeatPhone => "a seat phone rings only for whoever sits there",
        Skip::NotPicked => "its owner has switched it off for calls",
        Skip::StaysInBuilding => "does not work outside the building",
    }
}

/// 2 away. Who calls or was called already is not missed.
fn missed(because: Skip, people: usize) -> Option<String> {
    match because {
        Skip::NotPresent => Some(format!("{people} away")),
        Skip::Silent(presence) => Some(format!("{people} {}", state(presence))),
        Skip::NoDevice | Skip::Caller | Skip::Called | Skip::AlreadyTried | Skip::OutOfUse | Skip::SeatPhone | Skip::NotPicked | Skip::StaysInBuilding => None,
    }
}

fn number(ext: &str, stands: Stands<'_>) -> String {
    match stands {
        Stands::Person(name) => format!("{ext} is the number of {name}"),
        Stands::Section(name) => format!("{ext} is the number of {name}"),
        Stands::Main(name) => format!("{ext} is the main number, answered by {name}"),
        Stands::Seat(label) => format!("{ext} is the number of seat {label}"),
        Stands::Room => format!("{ext} is the telephone of a room"),
        Stands::Fax => format!("{ext} is a fax machine"),
        Stands::Emergency => format!("{ext} is an emergency number of the house"),
    }
}

/// "1 telephone", "2 telephones".
fn telephones(count: u16) -> String {
    if count == 1 { "1 telephone is".into() } else { format!("{count} telephones are") }
}

/// "Sato is ", or nothing where the sentence before says of whom it speaks.
fn is(who: &str) -> String {
    if who.is_empty() { String::new() } else { format!("{who} is ") }
}

/// "Sato ", likewise.
fn subject(who: &str) -> String {
    if who.is_empty() { String::new() } else { format!("{who} ") }
}

fn listed(things: &[String]) -> String {
    match things {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

pub const EN: Texts = Texts {
    join: |parts| parts.join(" → "),
    and: listed,
    oneself: "",
    no_name: "somebody who is not registered",
    head: |number, rest| format!("{number}: {rest}"),
    nothing_rings: "there is no telephone to ring",

    number,
    number_unknown: "there is no such number",
    number_gone: |day| format!("this number ended on {day}"),
    number_sent_on: |from, to| match from {
        Some(from) => format!("{from} is an old number, now {to}"),
        None => format!("an old number, now {to}"),
    },
    emergency: |service| format!("the telephone exchange calls {service} at once, without waiting for an answer from here"),
    emergency_house: |service| format!("a call to {service}, of which security is told at once"),
    emergency_dialled: |service| format!("an emergency call to {service}"),
    emergency_from_afar: |who| format!("{who} is working from home, and a PC telephone cannot tell where it is → asked to call again from a mobile"),
    service: |service| match service {
        Emergency::Police => "the police",
        Emergency::CoastGuard => "the coast guard",
        Emergency::Fire => "the fire and ambulance service",
        Emergency::House => "the emergency contact of the house",
    },
    too_many_hops: |hop| format!("the call has been forwarded {hop} times and goes no further"),
    replaces: "a call under way is being handed over",
    blocked: |rule| format!("the caller is on the list of unwanted callers (no. {rule}) and is not put through"),

    mode: |mode| match mode {
        Mode::Normal => "normal mode",
        Mode::AfterHours => "after-hours mode",
        Mode::Disaster => "disaster mode",
    },
    mode_override: |mode, by, since| match by {
        Some(by) => format!("{mode} (switched by {by} at {since})"),
        None => format!("{mode} (switched as planned at {since})"),
    },
    closed_hour: |section| format!("{section} is closed at this hour"),
    closed_day: |section, why| format!("{section} is closed today ({why})"),
    closed_switched: |section| format!("{section} takes no more calls"),
    closed_ignored: |section| format!("{section} is closed, but the call comes from inside"),
    closed_duty: |dial| format!("after hours {dial} is on duty"),
    closed_guard: |dial| format!("after hours the guard answers at {dial}"),
    closed_announcement: "the after-hours announcement is played",
    closed_target_unknown: |dial| format!("{dial}, which should answer after hours, is no number that can"),

    delegated: |from, to| match from {
        Some(from) => format!("{to} answers for {from}"),
        None => format!("{to} answers instead"),
    },
    not_delegated: |to, because| format!("{to} does not stand in ({because})"),
    because: |because| match because {
        NotDelegated::Scope => "not for this kind of call",
        NotDelegated::Cycle => "it would go round in a circle",
        NotDelegated::Depth => "three hand-overs are enough",
        NotDelegated::CallerIsDelegate => "the one who stands in is calling",
    },
    at_seat: |who, seat, since| format!("{}sits at {seat} (since {since})", subject(who)),
    booked_seat: |who, seat, since| format!("{}has booked {seat} (from {since})", subject(who)),
    own_seat: |who, seat| format!("{}has {seat} for a desk", subject(who)),
    not_at_seat: |who| format!("{}not at a seat", is(who)),
    presence: |who, state, until| match until {
        Some(until) => format!("{}{state} (until {until})", is(who)),
        None => format!("{}{state}", is(who)),
    },
    state,
    said_by: |presence, source| match source {
        PresenceSource::Default => presence.into(),
        PresenceSource::CheckIn => format!("{presence}, by check-in"),
        PresenceSource::Meeting => format!("{presence}, by the calendar of meetings"),
        PresenceSource::Leave => format!("{presence}, by the list of leave and trips"),
        PresenceSource::Manual => format!("{presence}, entered by hand"),
    },
    dnd_passed: |who| format!("{}willing to take calls from this caller all the same", is(who)),
    person_skipped: |who, because| format!("{who} is not called ({because})"),
    device_skipped: |device, because| format!("{device} does not ring ({because})"),
    no_device: |who| format!("{who} has no telephone of their own"),
    skip,

    seat_empty: |seat| format!("nobody sits at {seat}"),
    section: |section, via| match via {
        Via::Direct | Via::Delegation | Via::Fallback => format!("on to {section}"),
        Via::Overflow => format!("overflow to {section}"),
        Via::Closed => format!("on to {section}, which answers after hours"),
    },
    no_section: |who| if who.is_empty() { "belongs to no section".into() } else { format!("{who} belongs to no section") },
    nobody_present: |section, counts| {
        if counts.is_empty() { format!("nobody of {section} can answer") } else { format!("nobody of {section} can answer ({counts})") }
    },
    no_fixed_phone: |section| format!("{section} has no fixed telephone"),
    overflow_cut: |section| format!("the overflow leads back to {section}, which was asked already"),
    house_phone: |house| format!("at last the fixed telephone of {house}"),
    split: |targets, waves| format!("too many to ring at once: {targets} telephones in {waves} groups"),
    shortened: |wished, given| format!("shortened from {wished} s to {given} s to stay within the whole time"),
    cut: |targets, limit| match limit {
        Limit::Stages => format!("{} left out: there are no more steps", telephones(targets)),
        Limit::Targets => format!("{} left out: there are too many", telephones(targets)),
        Limit::Time => format!("{} left out: there is no time", telephones(targets)),
    },

    device,
    devices: |kind, count| format!("{count} {}s", device(kind)),
    device_of: |device, whose| format!("{device} ({whose})"),
    own_devices: |who, kinds| match who {
        None => format!("own {}", listed(kinds)),
        Some(who) => format!("{who}'s {}", listed(kinds)),
    },
    rings_one: |device| format!("{device} rings"),
    rings_together: |devices| match devices {
        [only] => format!("{only} ring together"),
        devices => format!("{} ring together", listed(devices)),
    },
    every_device: "every telephone of theirs rings",
    after: |seconds, what| format!("after {seconds} s {what}"),
    missed,
    except: |what, counts| format!("{what} (without {counts})"),
    everybody_there: |section| format!("everybody of {section} who is there"),
    rings_at_once: str::to_owned,
    wave: |section, wave, of| format!("{section}, group {wave} of {of}"),
    first_of: |ring, section, who| match ring {
        RingMode::All => format!("{who} of {section}"),
        RingMode::Rotate => format!("{who} of {section}, whose turn it is"),
        RingMode::LongestIdle => format!("{who} of {section}, longest without a call"),
        RingMode::Sequential => format!("{who} of {section}, first in order"),
    },
    next_of: |who| format!("{who} next"),
    rest_of: |section| format!("everybody else of {section}"),
    shared: |section| format!("the shared telephone of {section}"),
    overflow: |what| format!("overflow to {what}"),
    own_fixed: "the section's fixed telephone",
    fixed_of: |whose| format!("the fixed telephone of {whose}"),
    with_fixed: |what| format!("{what} and the fixed telephone"),
    disaster: |section| format!("the disaster roster of {section}"),
    duty: |who| format!("the one on duty ({who})"),
    guard: |who| format!("the guard ({who})"),
    security: |who| format!("security ({}) rings", who.join(", ")),
    room: "telephone of the room",
    fax: "fax machine",
    room_rings: "the telephone of the room rings",
    fax_rings: "the fax machine rings",

    memo: |whose| format!("if nobody answers, a memo is left for {whose}"),
    announce: |whose| format!("the after-hours announcement is played, and a memo is left for {whose}"),
    no_memo: "if nobody answers, that is the end (no memo)",
    ends_unknown: "the call ends: no such number",
    ends_refused: "the call ends without being put through",
    ends_emergency: "the telephone exchange does the rest",
};

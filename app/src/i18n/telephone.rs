//! Why a call goes where it goes, in words. Read on the server only: pages get the finished sentences.

pub mod book;
pub mod calls;
pub mod cover;
mod cover_en;
mod cover_ja;
mod en;
pub mod fields;
mod ja;
pub mod pages;
pub mod repair;
pub mod setup;

pub use en::EN;
pub use ja::JA;

use domain::telephone::{DeviceKind, Emergency, Limit, Mode, NotDelegated, PresenceSource, PresenceState, RingMode, Skip, Via};

/// What a number stands for, with the name.
#[derive(Clone, Copy, Debug)]
pub enum Stands<'a> {
    /// A person.
    Person(&'a str),
    /// A section.
    Section(&'a str),
    /// The house's own number, and the section that answers it.
    Main(&'a str),
    /// A seat.
    Seat(&'a str),
    /// The telephone of a room.
    Room,
    /// A fax machine.
    Fax,
    /// An emergency number of the house.
    Emergency,
}

/// See the module. `who` is a name, or empty where the sentence before has said of whom it speaks; seconds are whole.
pub struct Texts {
    /// Parts of one sentence, in order.
    pub join: fn(&[String]) -> String,
    /// Things that belong together.
    pub and: fn(&[String]) -> String,
    /// The person who was called, as the subject of a sentence.
    pub oneself: &'static str,
    pub no_name: &'static str,
    pub head: fn(&str, &str) -> String,
    pub nothing_rings: &'static str,

    pub number: fn(&str, Stands<'_>) -> String,
    pub number_unknown: &'static str,
    pub number_gone: fn(&str) -> String,
    /// The old number, where the line has not just said it, and the new one.
    pub number_sent_on: fn(Option<&str>, &str) -> String,
    pub emergency: fn(&str) -> String,
    /// The same, where it is a number of the house.
    pub emergency_house: fn(&str) -> String,
    /// What was dialled, where the exchange does not connect it.
    pub emergency_dialled: fn(&str) -> String,
    pub emergency_from_afar: fn(&str) -> String,
    pub service: fn(Emergency) -> &'static str,
    pub too_many_hops: fn(u8) -> String,
    pub replaces: &'static str,
    pub blocked: fn(&str) -> String,

    pub mode: fn(Mode) -> &'static str,
    /// A mode, who switched, since when; nobody when it was planned.
    pub mode_override: fn(&str, Option<&str>, &str) -> String,
    pub closed_hour: fn(&str) -> String,
    pub closed_day: fn(&str, &str) -> String,
    pub closed_switched: fn(&str) -> String,
    pub closed_ignored: fn(&str) -> String,
    pub closed_duty: fn(&str) -> String,
    pub closed_guard: fn(&str) -> String,
    pub closed_announcement: &'static str,
    pub closed_target_unknown: fn(&str) -> String,

    /// For whom (nobody named: the person called), and who.
    pub delegated: fn(Option<&str>, &str) -> String,
    pub not_delegated: fn(&str, &str) -> String,
    pub because: fn(NotDelegated) -> &'static str,
    pub at_seat: fn(&str, &str, &str) -> String,
    pub booked_seat: fn(&str, &str, &str) -> String,
    pub own_seat: fn(&str, &str) -> String,
    pub not_at_seat: fn(&str) -> String,
    pub presence: fn(&str, &str, Option<&str>) -> String,
    pub state: fn(PresenceState) -> &'static str,
    /// A presence, and who says so.
    pub said_by: fn(&str, PresenceSource) -> String,
    pub dnd_passed: fn(&str) -> String,
    pub person_skipped: fn(&str, &str) -> String,
    pub device_skipped: fn(&str, &str) -> String,
    pub no_device: fn(&str) -> String,
    pub skip: fn(Skip) -> &'static str,

    pub seat_empty: fn(&str) -> String,
    pub section: fn(&str, Via) -> String,
    pub no_section: fn(&str) -> String,
    pub nobody_present: fn(&str, &str) -> String,
    pub no_fixed_phone: fn(&str) -> String,
    pub overflow_cut: fn(&str) -> String,
    pub house_phone: fn(&str) -> String,
    pub split: fn(u16, u8) -> String,
    /// What was wished and what is given, seconds.
    pub shortened: fn(u32, u32) -> String,
    pub cut: fn(u16, Limit) -> String,

    pub device: fn(DeviceKind) -> &'static str,
    /// Several of a kind.
    pub devices: fn(DeviceKind, usize) -> String,
    pub device_of: fn(&str, &str) -> String,
    /// Devices of the person called, or of somebody named.
    pub own_devices: fn(Option<&str>, &[String]) -> String,
    pub rings_one: fn(&str) -> String,
    pub rings_together: fn(&[String]) -> String,
    pub every_device: &'static str,
    /// Seconds since the call came in.
    pub after: fn(u32, &str) -> String,
    /// How many people of a section do not ring, and why; `None` where nobody is missed.
    pub missed: fn(Skip, usize) -> Option<String>,
    pub except: fn(&str, &str) -> String,
    pub everybody_there: fn(&str) -> String,
    pub rings_at_once: fn(&str) -> String,
    pub wave: fn(&str, u8, u8) -> String,
    pub first_of: fn(RingMode, &str, &str) -> String,
    pub next_of: fn(&str) -> String,
    pub rest_of: fn(&str) -> String,
    pub shared: fn(&str) -> String,
    /// Whatever rings of a section that stands in for another one.
    pub overflow: fn(&str) -> String,
    pub own_fixed: &'static str,
    pub fixed_of: fn(&str) -> String,
    pub with_fixed: fn(&str) -> String,
    pub disaster: fn(&str) -> String,
    pub duty: fn(&str) -> String,
    pub guard: fn(&str) -> String,
    /// Everybody of the house's security who rings.
    pub security: fn(&[String]) -> String,
    pub room: &'static str,
    pub fax: &'static str,
    pub room_rings: &'static str,
    pub fax_rings: &'static str,

    pub memo: fn(&str) -> String,
    pub announce: fn(&str) -> String,
    pub no_memo: &'static str,
    pub ends_unknown: &'static str,
    pub ends_refused: &'static str,
    pub ends_emergency: &'static str,
}

//! Rows as they are stored: plain columns, no rules. Only `services` reads and writes them.

pub mod account;
pub mod api_token;
pub mod audit;
pub mod booking;
pub mod floor;
pub mod idempotency;
pub mod look_up;
pub mod occupancy;
pub mod office_revision;
pub mod overflow;
pub mod pattern;
pub mod person;
pub mod person_occupancy;
pub mod plan_image;
pub mod post;
pub mod session;
pub mod set_up_code;
pub mod site;
pub mod space;
pub mod unit;
pub mod zone;
pub mod zone_home;

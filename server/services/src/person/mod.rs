//! 職員: finding people, and how they come in.

mod csv;
mod day;
mod find;
mod import;
#[cfg(test)]
mod tests;

pub(crate) use find::{TRACE_DAYS, forget_traces, leave_trace};
pub use find::{by_staff_no, find, person_id};
pub use import::{ImportMode, PeopleOutcome, PeopleReport, import_people, preview_people};

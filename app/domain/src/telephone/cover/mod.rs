//! 代表電話の保証・電話番: the part nobody's booking program covers. A section says how many people who can answer must be there in
//! which hours; here is which half-hours of the coming days nobody covers, what a release would break, and whose turn it is.

mod attend;
mod demand;
mod rota;
mod wish;

pub use attend::{Away, absence, planned};
pub use demand::{CoverGap, CoverRule, CoverVerdict, HalfHour, OnGap, Planned, can_answer, changing, half_hours, join, removing, uncovered};
pub use rota::{Candidate, Duty, Exclusion, Rota, SwapRefusal, Tally, Turn, at_least, duties, propose, swap, who_could};
pub use wish::{CoverRefusal, CoverRuleWish, DutyKind, DutyState, SwapState, leads};

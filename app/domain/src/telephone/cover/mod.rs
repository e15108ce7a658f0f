//! 代表電話の保証・電話番: the part nobody's booking program covers. A section says how many people who can answer must be there in
//! which hours; here is which half-hours of the coming days nobody covers, what a release would break, and whose turn it is.

mod demand;
mod rota;

pub use demand::{CoverRule, CoverVerdict, HalfHour, OnGap, Planned, can_answer, removing, uncovered};
pub use rota::{Candidate, Duty, Exclusion, Rota, SwapRefusal, Tally, Turn, propose, swap};

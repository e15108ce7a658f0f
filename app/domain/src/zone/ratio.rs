//! 座席率: seats a unit is planned for (seed 4-1, 西予市: about 70 % of the members).

use serde::{Deserialize, Serialize};

/// A unit's seats as planned and as they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeatPlan {
    /// Members, each person once even with several posts (兼務 counts once).
    pub members: u32,
    /// ⌈ratio × members⌉.
    pub planned: u32,
    /// Seats there are.
    pub present: u32,
}

impl SeatPlan {
    /// Seats above the plan; negative when seats are missing.
    #[must_use]
    pub fn surplus(&self) -> i64 {
        i64::from(self.present) - i64::from(self.planned)
    }
}

/// Seats planned for a number of members: ⌈ratio × members⌉, the ratio in percent.
#[must_use]
pub fn planned_seats(members: u32, ratio_percent: u16) -> u32 {
    let hundredths = u64::from(members) * u64::from(ratio_percent);
    u32::try_from(hundredths.div_ceil(100)).unwrap_or(u32::MAX)
}

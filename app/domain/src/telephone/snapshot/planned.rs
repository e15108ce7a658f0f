//! The house as it is set up, without what happens to be going on: what two days, or two set-ups, are compared by.

use super::{Shards, Snapshot};
use crate::site::{DayException, DayKind};
use chrono::NaiveDate;

/// Who is taken to be there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Attendance {
    /// Who has checked in, or teleworks.
    #[default]
    AsKnown,
    /// Everybody with a post: nobody knows yet who comes on April 1st.
    Everybody,
}

impl Snapshot {
    /// Who is taken to be there.
    #[must_use]
    pub const fn attendance(&self) -> Attendance {
        self.attendance
    }

    /// The same house as it is planned: everybody with a post is in, nobody sits at a seat, has said anything, handed calls over
    /// or switched the mode, and these days are open. What is left are posts, sections, numbers, telephones and hours, so two such
    /// plans differ only where the set-up does.
    #[must_use]
    pub fn planned(&self, open_on: &[NaiveDate]) -> Self {
        let mut planned = Self { attendance: Attendance::Everybody, switches: [].into(), ..self.clone() };
        planned.at_seat = Shards::default();
        planned.seated = Shards::default();
        planned.presences = Shards::default();
        planned.delegations = Shards::default();
        planned.turns = Shards::default();
        planned.idles = Shards::default();
        let mut houses = self.houses.to_vec();
        for house in &mut houses {
            house.policy.exceptions.retain(|exception| !open_on.contains(&exception.on));
            let open = open_on.iter().map(|on| DayException { on: *on, kind: DayKind::Open, name: String::new() });
            house.policy.exceptions.extend(open);
        }
        planned.houses = houses.into();
        planned
    }
}

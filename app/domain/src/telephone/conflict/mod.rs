//! What is wrong with the rows of a house, named with what is needed to repair it. Nothing of this stops a telephone.

mod cycles;
mod numbers;
mod sections;

use super::{DayRange, Dial, E164, Ext, Rows, Target};
use crate::{DeviceId, NumberId, PersonId, SectionId, SiteId};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// Something an administrator should repair.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Conflict {
    /// Two rows give one extension of a site away on the same days.
    DuplicateNumber {
        /// The site.
        site: SiteId,
        /// The extension.
        ext: Ext,
        /// The row that began first.
        first: NumberId,
        /// The other.
        second: NumberId,
    },
    /// Two rows give one outside number away on the same days.
    DuplicateTel {
        /// The number.
        tel: E164,
        /// One row.
        first: NumberId,
        /// The other.
        second: NumberId,
    },
    /// Two devices have one name at the PBX on the same days.
    DuplicateDevice {
        /// The name.
        target: Target,
        /// One device.
        first: DeviceId,
        /// The other.
        second: DeviceId,
    },
    /// A number of the house hides 110, 118 or 119.
    EmergencyNumberTaken {
        /// The row.
        number: NumberId,
        /// The extension.
        ext: Ext,
    },
    /// From a day on a number has nothing of its own that rings; calls go to the section at once.
    NumberWithoutDevice {
        /// The row.
        number: NumberId,
        /// The extension.
        ext: Ext,
        /// The first such day.
        from_on: NaiveDate,
    },
    /// A number stands for somebody or something that is not there.
    NumberOfNobody {
        /// The row.
        number: NumberId,
        /// The extension.
        ext: Ext,
    },
    /// A telephone at a seat has another owner, or another kind of device stands at a seat; it is not rung.
    SeatPhoneElsewhere {
        /// The device; no snapshot has it.
        device: DeviceId,
        /// How the PBX calls it.
        target: Target,
    },
    /// From a day on nobody belongs to a section.
    SectionUncovered {
        /// The section.
        section: SectionId,
        /// The first such day.
        from_on: NaiveDate,
    },
    /// From a day on a section has no fixed phone; the house phone stands in for it.
    SectionWithoutFixedPhone {
        /// The section.
        section: SectionId,
        /// The first such day.
        from_on: NaiveDate,
    },
    /// A section that is closed sends its calls to an extension that nobody has.
    ClosedTargetUnknown {
        /// The section.
        section: SectionId,
        /// The number.
        dial: Dial,
    },
    /// Delegations that lead back to their beginning; the circle is cut where it closes.
    DelegationCycle {
        /// The people, the smallest number first.
        people: Vec<PersonId>,
    },
    /// Overflows that lead back to their beginning; the circle is cut where it closes.
    OverflowCycle {
        /// The sections, the smallest number first.
        sections: Vec<SectionId>,
    },
    /// A house with telephones names nobody who is there to be told of emergency calls; administrators are told instead.
    NobodyOfSecurity {
        /// The site.
        site: SiteId,
    },
}

/// Everything that is wrong, in a stable order. Numbers and sections come sorted.
pub(super) fn find(rows: &Rows) -> Vec<Conflict> {
    let mut found = numbers::duplicates(rows);
    found.extend(numbers::unreachable(rows));
    found.extend(sections::uncovered(rows));
    found.extend(sections::closed_targets(rows));
    found.extend(cycles::delegations(rows));
    found.extend(cycles::overflows(rows));
    found.extend(sections::security(rows));
    found
}

/// The first day of `whole`, not before `known_from_on`, that none of the ranges contains.
fn first_gap(whole: DayRange, known_from_on: NaiveDate, ranges: &[DayRange]) -> Option<NaiveDate> {
    let mut day = whole.from_on.max(known_from_on);
    loop {
        if whole.until_on.is_some_and(|until| until <= day) {
            return None;
        }
        // The range that lasts longest; one without an end covers the rest.
        let lasts = ranges.iter().filter(|range| range.contains(day)).map(|range| range.until_on).reduce(|a, b| Some(a?.max(b?)));
        match lasts {
            None => return Some(day),
            Some(None) => return None,
            Some(Some(until)) => day = until,
        }
    }
}

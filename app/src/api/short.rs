//! When too few people are at a section's telephone because of what was just done, as the next page's address says it
//! (`?short=3_2026-11-25_510_720`): numbers only, so that an address cannot put words into a notice. The first time is told; the
//! page it leads to tells them all. Read in the browser too, so that it is as small as can be.

use chrono::NaiveDate;
#[cfg(feature = "ssr")]
use domain::telephone::cover::CoverGap;
use leptos_router::params::ParamsMap;

/// A time with too few people at a section's telephone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShortOf {
    /// The section's number.
    pub section: String,
    /// The local day.
    pub on: NaiveDate,
    /// First minute.
    pub from_minute: u16,
    /// First minute after it.
    pub until_minute: u16,
}

/// A local path with the first of the gaps appended.
#[cfg(feature = "ssr")]
#[must_use]
pub fn with_gaps(path: String, short: &[CoverGap]) -> String {
    let Some(gap) = short.first() else { return path };
    let sign = if path.contains('?') { '&' } else { '?' };
    format!("{path}{sign}short={}_{}_{}_{}", gap.section, gap.on, gap.from_minute, gap.until_minute)
}

/// Reads it from an address; nonsense is nothing.
#[must_use]
pub fn short_of(query: &ParamsMap) -> Option<ShortOf> {
    let mut parts = query.get_str("short")?.split('_');
    let section = parts.next()?.parse::<u32>().ok()?.to_string();
    let on = parts.next()?.parse().ok()?;
    let mut minute = || parts.next()?.parse::<u16>().ok().filter(|minute| *minute <= 24 * 60);
    Some(ShortOf { section, on, from_minute: minute()?, until_minute: minute()? })
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;
    use domain::SectionId;

    #[test]
    fn a_gap_survives_the_address_and_nonsense_does_not() {
        let on = NaiveDate::from_ymd_opt(2026, 11, 25).unwrap();
        let gap = CoverGap { section: SectionId(3), on, from_minute: 510, until_minute: 720, planned: 0, needed: 0 };
        assert_eq!(with_gaps("/".into(), &[]), "/");
        assert_eq!(with_gaps("/".into(), &[gap]), "/?short=3_2026-11-25_510_720");
        assert_eq!(with_gaps("/?done=cancelled".into(), &[gap, gap]), "/?done=cancelled&short=3_2026-11-25_510_720");
        let read = |text: &str| {
            let mut query = ParamsMap::new();
            query.insert("short", text.to_owned());
            short_of(&query)
        };
        assert_eq!(read("3_2026-11-25_510_720"), Some(ShortOf { section: "3".into(), on, from_minute: 510, until_minute: 720 }));
        for nonsense in ["", "<script>", "x_2026-11-25_510_720", "3_2026-11-25_510_9999", "3_tomorrow_510_720", "3_2026-11-25_510"] {
            assert_eq!(read(nonsense), None, "{nonsense}");
        }
    }
}

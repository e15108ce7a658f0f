//! When too few people are at a section's telephone because of what was just done, as the next page's address says it
//! (`?short=3_2026-11-25_510_720`): numbers only, so that an address cannot put words into a notice.

use domain::telephone::cover::CoverGap;
use leptos_router::params::ParamsMap;

/// Gaps of one notice: more would not be read.
const MOST: usize = 3;

/// A local path with the gaps appended: those that are there now, and those for whose sake bookings were kept.
#[must_use]
pub fn with_gaps(path: String, short: &[CoverGap], kept: &[CoverGap]) -> String {
    let mut path = path;
    for (name, gaps) in [("short", short), ("kept", kept)] {
        if !gaps.is_empty() {
            let words: Vec<_> = gaps.iter().take(MOST).map(word).collect();
            let sign = if path.contains('?') { '&' } else { '?' };
            path = format!("{path}{sign}{name}={}", words.join("."));
        }
    }
    path
}

fn word(gap: &CoverGap) -> String {
    format!("{}_{}_{}_{}", gap.section, gap.on, gap.from_minute, gap.until_minute)
}

/// Reads the gaps of a name from an address; nonsense is none.
#[must_use]
pub fn gaps(query: &ParamsMap, name: &str) -> Vec<CoverGap> {
    query.get_str(name).unwrap_or_default().split('.').take(MOST).filter_map(read).collect()
}

fn read(word: &str) -> Option<CoverGap> {
    let mut parts = word.split('_');
    let (section, on) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    let (from_minute, until_minute) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    (until_minute <= 24 * 60 && parts.next().is_none()).then_some(CoverGap { section, on, from_minute, until_minute, planned: 0, needed: 0 })
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::SectionId;

    #[test]
    fn gaps_survive_the_address_and_nonsense_does_not() {
        let on = chrono::NaiveDate::from_ymd_opt(2026, 11, 25).unwrap();
        let gap = CoverGap { section: SectionId(3), on, from_minute: 510, until_minute: 720, planned: 0, needed: 0 };
        assert_eq!(with_gaps("/".into(), &[], &[]), "/");
        let address = with_gaps("/?done=cancelled".into(), &[gap], &[gap, gap]);
        assert_eq!(address, "/?done=cancelled&short=3_2026-11-25_510_720&kept=3_2026-11-25_510_720.3_2026-11-25_510_720");
        let mut query = ParamsMap::new();
        query.insert("short", "3_2026-11-25_510_720".to_owned());
        query.insert("kept", "<script>.3_2026-11-25_510_9999.1_2_3.".to_owned());
        assert_eq!((gaps(&query, "short"), gaps(&query, "kept")), (vec![gap], vec![]));
    }
}

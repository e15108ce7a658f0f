//! What is wrong between a PBX and us, as far as we can tell from what it asked and told.

use super::Aor;
use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// A table older than this is of another day (telephony.md §4.9).
const TABLE_FRESH: TimeDelta = TimeDelta::hours(24);
/// Who pulls tables and reports telephones does so every minute or so.
const REPORT_FRESH: TimeDelta = TimeDelta::minutes(5);
/// A wrong secret longer ago is history.
const REFUSED_FRESH: TimeDelta = TimeDelta::hours(24);

/// What a PBX did so far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LinkState {
    /// Its name.
    pub id: String,
    /// Whether it shows us a secret; one that only speaks SIP is known by its address.
    pub by_secret: bool,
    /// Whether it has one.
    pub has_secret: bool,
    /// Whether it pulls tables and reports its telephones, as the shipped set-up does.
    pub pulls: bool,
    /// When it last asked where a call goes.
    pub asked_at: Option<DateTime<Utc>>,
    /// When it last pulled its table.
    pub table_at: Option<DateTime<Utc>>,
    /// When somebody last used its name with a wrong secret.
    pub refused_at: Option<DateTime<Utc>>,
    /// When it last said which telephones it has heard from.
    pub heard_at: Option<DateTime<Utc>>,
    /// Those telephones.
    pub registered: BTreeSet<Aor>,
}

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "trouble")]
pub enum LinkTrouble {
    /// It has no secret yet and cannot ask.
    NoSecret,
    /// Somebody uses its name with a wrong secret, and it has not asked with the right one since.
    Refused {
        /// When.
        at: DateTime<Utc>,
    },
    /// It has never asked.
    NeverAsked,
    /// Its table for the day we are away is missing or old.
    OldTable {
        /// When it was pulled, if ever.
        at: Option<DateTime<Utc>>,
    },
    /// It no longer says which telephones it has heard from.
    Silent {
        /// When it last did, if ever.
        at: Option<DateTime<Utc>>,
    },
    /// Telephones that nobody hears from: switched off, or with a wrong password.
    NotRegistered {
        /// Their names, in order.
        devices: Vec<Aor>,
    },
}

/// What is wrong with a PBX, the first cause first. `telephones` are those that should register with it.
#[must_use]
pub fn link_troubles(link: &LinkState, telephones: &BTreeSet<Aor>, now: DateTime<Utc>) -> Vec<LinkTrouble> {
    if link.by_secret && !link.has_secret {
        return vec![LinkTrouble::NoSecret];
    }
    let old = |at: Option<DateTime<Utc>>, fresh: TimeDelta| at.is_none_or(|at| now - at > fresh);
    let right = link.asked_at.max(link.table_at).max(link.heard_at);
    let mut troubles = Vec::new();
    if let Some(at) = link.refused_at.filter(|at| now - *at <= REFUSED_FRESH && right.is_none_or(|right| right < *at)) {
        troubles.push(LinkTrouble::Refused { at });
    }
    if right.is_none() {
        troubles.push(LinkTrouble::NeverAsked);
        return troubles;
    }
    if !link.pulls {
        return troubles;
    }
    if old(link.table_at, TABLE_FRESH) {
        troubles.push(LinkTrouble::OldTable { at: link.table_at });
    }
    if old(link.heard_at, REPORT_FRESH) {
        troubles.push(LinkTrouble::Silent { at: link.heard_at });
        return troubles;
    }
    let devices: Vec<Aor> = telephones.difference(&link.registered).copied().collect();
    if !devices.is_empty() {
        troubles.push(LinkTrouble::NotRegistered { devices });
    }
    troubles
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(minutes_ago: i64) -> DateTime<Utc> {
        now() - TimeDelta::minutes(minutes_ago)
    }

    fn now() -> DateTime<Utc> {
        "2026-11-24T01:00:00Z".parse().unwrap()
    }

    fn names(names: &[&str]) -> BTreeSet<Aor> {
        names.iter().map(|name| name.parse().unwrap()).collect()
    }

    /// A PBX that works.
    fn well() -> LinkState {
        LinkState {
            id: "k1".into(),
            by_secret: true,
            has_secret: true,
            pulls: true,
            asked_at: Some(at(3)),
            table_at: Some(at(1)),
            refused_at: None,
            heard_at: Some(at(1)),
            registered: names(&["seat-1", "seat-2", "other"]),
        }
    }

    #[test]
    fn every_trouble_is_named_and_nothing_else() {
        let wanted = names(&["seat-1", "seat-2"]);
        let cases: [(&str, LinkState, &[LinkTrouble]); 12] = [
            ("all is well", well(), &[]),
            ("nobody called today", LinkState { asked_at: Some(at(3 * 24 * 60)), ..well() }, &[]),
            ("no secret", LinkState { has_secret: false, ..well() }, &[LinkTrouble::NoSecret]),
            ("never heard of", LinkState { asked_at: None, table_at: None, heard_at: None, ..well() }, &[LinkTrouble::NeverAsked]),
            (
                "a wrong secret from the first",
                LinkState { asked_at: None, table_at: None, heard_at: None, refused_at: Some(at(2)), ..well() },
                &[LinkTrouble::Refused { at: at(2) }, LinkTrouble::NeverAsked],
            ),
            ("a wrong secret since the change", LinkState { refused_at: Some(at(0)), ..well() }, &[LinkTrouble::Refused { at: at(0) }]),
            ("a wrong secret, put right since", LinkState { refused_at: Some(at(2)), ..well() }, &[]),
            (
                "a wrong secret long ago",
                LinkState { refused_at: Some(at(25 * 60)), table_at: Some(at(26 * 60)), heard_at: Some(at(1)), ..well() },
                &[LinkTrouble::OldTable { at: Some(at(26 * 60)) }],
            ),
            ("its script stands still", LinkState { heard_at: Some(at(6)), ..well() }, &[LinkTrouble::Silent { at: Some(at(6)) }]),
            (
                "it only ever asked",
                LinkState { table_at: None, heard_at: None, ..well() },
                &[LinkTrouble::OldTable { at: None }, LinkTrouble::Silent { at: None }],
            ),
            (
                "one telephone is off",
                LinkState { registered: names(&["seat-2"]), ..well() },
                &[LinkTrouble::NotRegistered { devices: names(&["seat-1"]).into_iter().collect() }],
            ),
            ("one that pulls nothing", LinkState { pulls: false, table_at: None, heard_at: None, ..well() }, &[]),
        ];
        for (what, link, expected) in cases {
            assert_eq!(link_troubles(&link, &wanted, now()), expected, "{what}");
        }
        let by_address = LinkState { by_secret: false, has_secret: false, pulls: false, asked_at: None, table_at: None, heard_at: None, ..well() };
        assert_eq!(link_troubles(&by_address, &wanted, now()), [LinkTrouble::NeverAsked]);
    }
}

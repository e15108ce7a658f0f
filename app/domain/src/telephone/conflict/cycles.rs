//! Delegations and overflows that lead back to their beginning at some moment, for some call.

use super::Conflict;
use crate::telephone::{DayRange, Delegation, Rows, Scope, TimeRange};
use std::collections::{BTreeMap, BTreeSet};

/// The longest circle that is looked for; longer ones are cut by the depth limit of the decision anyway.
const LONGEST: usize = 8;

/// Circles of delegations that hold at a common instant for a common kind of call.
pub(super) fn delegations(rows: &Rows) -> Vec<Conflict> {
    let edges = rows.delegations.iter().map(|row: &Delegation| (row.from, row.to, (row.span, row.scope)));
    let meet = |(span, scope): (TimeRange, Scope), (other, other_scope): (TimeRange, Scope)| Some((spans(span, other)?, scopes(scope, other_scope)?));
    circles(edges, meet).into_iter().map(|people| Conflict::DelegationCycle { people }).collect()
}

/// Circles of overflows that hold on a common day.
pub(super) fn overflows(rows: &Rows) -> Vec<Conflict> {
    let edges = rows.sections.iter().filter_map(|row| row.overflow.map(|to| (row.id, to, row.valid)));
    circles(edges, days).into_iter().map(|sections| Conflict::OverflowCycle { sections }).collect()
}

fn spans(a: TimeRange, b: TimeRange) -> Option<TimeRange> {
    let until_at = [a.until_at, b.until_at].into_iter().flatten().min();
    a.overlaps(b).then_some(TimeRange { from_at: a.from_at.max(b.from_at), until_at })
}

fn days(a: DayRange, b: DayRange) -> Option<DayRange> {
    let until_on = [a.until_on, b.until_on].into_iter().flatten().min();
    a.overlaps(b).then_some(DayRange { from_on: a.from_on.max(b.from_on), until_on })
}

fn scopes(a: Scope, b: Scope) -> Option<Scope> {
    match (a, b) {
        (Scope::All, other) | (other, Scope::All) => Some(other),
        (a, b) => (a == b).then_some(a),
    }
}

/// Every circle once, beginning with its smallest member.
fn circles<N: Ord + Copy, S: Copy>(edges: impl Iterator<Item = (N, N, S)>, meet: impl Fn(S, S) -> Option<S>) -> BTreeSet<Vec<N>> {
    let mut from: BTreeMap<N, Vec<(N, S)>> = BTreeMap::new();
    for (a, b, holds) in edges {
        from.entry(a).or_default().push((b, holds));
    }
    let mut found = BTreeSet::new();
    for (start, first) in &from {
        let mut open: Vec<(Vec<N>, N, S)> = first.iter().map(|(to, holds)| (vec![*start], *to, *holds)).collect();
        while let Some((path, at, holds)) = open.pop() {
            if at == *start {
                found.insert(path);
            } else if at > *start && path.len() < LONGEST && !path.contains(&at) {
                let onward = from.get(&at).into_iter().flatten();
                open.extend(onward.filter_map(|(to, next)| Some(([path.as_slice(), &[at]].concat(), *to, meet(holds, *next)?))));
            }
        }
    }
    found
}

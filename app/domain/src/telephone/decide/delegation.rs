//! Step 7: who answers for a person. Three hand-overs at most; a circle is cut where it would close.

use super::Draft;
use crate::{
    PersonId,
    telephone::{Delegation, NotDelegated, Why},
};

/// Hand-overs that are followed.
const MOST: usize = 3;

/// Who answers in the end; the person themself when nobody does. Everybody passed is remembered as called.
pub(super) fn follow(draft: &mut Draft<'_>, called: PersonId) -> PersonId {
    draft.called.push(called);
    let mut person = called;
    while let Some(row) = current(draft, person) {
        let (from, to) = (row.from, row.to);
        let because = if draft.caller.person() == Some(to) {
            NotDelegated::CallerIsDelegate
        } else if draft.called.contains(&to) {
            NotDelegated::Cycle
        } else if draft.called.len() > MOST {
            NotDelegated::Depth
        } else {
            draft.note(Why::Delegated { from, to });
            draft.called.push(to);
            person = to;
            continue;
        };
        draft.note(Why::NotDelegated { from, to, because });
        break;
    }
    person
}

/// The delegation that holds for this call; the one that began last. Those for other calls are named.
fn current(draft: &mut Draft<'_>, from: PersonId) -> Option<Delegation> {
    let (world, at, origin) = (draft.world, draft.at, draft.origin());
    draft.until_edges(world.delegations_of(from).map(|row| row.span));
    let mut best: Option<Delegation> = None;
    for row in world.delegations_of(from).filter(|row| row.span.contains(at)) {
        if !row.scope.covers(origin) {
            draft.note(Why::NotDelegated { from, to: row.to, because: NotDelegated::Scope });
        } else if best.is_none_or(|best| (best.span.from_at, best.to) < (row.span.from_at, row.to)) {
            best = Some(*row);
        }
    }
    best
}

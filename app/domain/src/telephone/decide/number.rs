//! Step 3: which number was dialled, and which one answers for it if it ended.

use super::Draft;
use crate::telephone::{Ext, Number, NumberState, Why};

/// What was found.
pub(super) enum Found<'a> {
    /// A number that is in use.
    Live(&'a Number),
    /// None.
    Nothing,
}

/// Old numbers lead to new ones at most this often.
const MOST_SUCCESSORS: usize = 3;

/// Finds the number that was dialled. Numbers of the caller's own site come before those of others.
pub(super) fn find<'a>(draft: &mut Draft<'a>) -> Found<'a> {
    let dialled = draft.call.to.trim();
    let candidates: Vec<&'a Number> = match dialled.parse::<Ext>() {
        Ok(ext) => draft.world.numbers_at(ext).chain(by_tel(draft, dialled)).collect(),
        Err(_) => by_tel(draft, dialled).collect(),
    };
    let mut best = best(draft, &candidates);
    for _ in 0..MOST_SUCCESSORS {
        match best {
            Some((number, NumberState::Live)) => {
                if let Some(house) = draft.world.house(number.site) {
                    draft.set_site(house);
                    draft.note(Why::Number { ext: number.ext, kind: number.kind });
                    return Found::Live(number);
                }
                break;
            }
            Some((number, NumberState::SentOn(to))) => {
                draft.note(Why::NumberSentOn { from: number.ext, to });
                draft.dialled = Some((draft.dialled.map_or(number.ext, |(from, _)| from), to));
                let next: Vec<&'a Number> = draft.world.numbers_at(to).filter(|next| next.site == number.site).collect();
                best = self::best(draft, &next);
            }
            Some((number, NumberState::Gone(since_on))) => {
                draft.note(Why::NumberGone { ext: number.ext, since_on });
                return Found::Nothing;
            }
            Some((_, NumberState::Future)) | None => break,
        }
    }
    draft.note(Why::NumberUnknown);
    Found::Nothing
}

fn by_tel<'a>(draft: &Draft<'a>, dialled: &str) -> impl Iterator<Item = &'a Number> + use<'a> {
    let house = draft.call.site.and_then(|site| draft.world.house(site)).or(draft.world.houses().next());
    let tel = house.and_then(|house| house.numbering.tel(dialled));
    let world = draft.world;
    tel.into_iter().flat_map(move |tel| world.numbers_at_tel(tel))
}

/// The row that answers today: one in use before one that is sent on before one that is gone; of these the caller's own site first.
fn best<'a>(draft: &mut Draft<'a>, candidates: &[&'a Number]) -> Option<(&'a Number, NumberState)> {
    for house in candidates.iter().filter_map(|number| draft.world.house(number.site)) {
        draft.until_midnight(house);
    }
    let draft = &*draft;
    let rank = |state: NumberState| match state {
        NumberState::Live => 0,
        NumberState::SentOn(_) => 1,
        NumberState::Gone(_) => 2,
        NumberState::Future => 3,
    };
    let states = candidates.iter().filter_map(|number| {
        let on = draft.world.house(number.site)?.clock.wall(draft.at).date();
        Some((*number, number.state(on)))
    });
    states.min_by_key(|(number, state)| {
        (rank(*state), draft.call.site.is_some_and(|site| site != number.site), number.site, std::cmp::Reverse(number.valid.from_on))
    })
}

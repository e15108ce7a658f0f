//! Step 12: a plan that the PBX can follow. Waves of at most so many telephones, so many stages, targets and seconds; whatever has
//! to go, the first fixed phone stays.

use super::draft::{Entry, Hold, Wish};
use crate::telephone::{Limit, PbxCaps, Stage, Target, Why};

/// A stage shorter than this rings nobody.
const LEAST_MS: u32 = 5_000;

/// Turns wishes into stages, and tells in place what became of each.
pub(super) fn fit(entries: Vec<Entry>, caps: PbxCaps) -> (Vec<Stage>, Vec<Why>) {
    let entries = waves(entries, caps.max_parallel());
    let entries = if caps.max_stages() == 1 { merged(entries, caps.max_parallel()) } else { entries };
    let room = Room::plan(&entries, caps);
    let (mut stages, mut why) = (Vec::new(), Vec::new());
    let mut given = room.0.into_iter();
    for entry in entries {
        match entry {
            Entry::Note(note) => why.push(note),
            Entry::Stage(wish) => place(wish, given.next(), &mut stages, &mut why),
        }
    }
    (stages, why)
}

/// Writes one stage down, or why it is not there.
fn place(mut wish: Wish, given: Option<Given>, stages: &mut Vec<Stage>, why: &mut Vec<Why>) {
    let count = |targets: usize| u16::try_from(targets).unwrap_or(u16::MAX);
    match given {
        Some(Given::Rings { targets, ring_ms }) => {
            let at = u8::try_from(stages.len()).unwrap_or(u8::MAX);
            why.push(Why::Ring { stage: at });
            if ring_ms < wish.ring_ms {
                why.push(Why::Shortened { stage: at, wished_ms: wish.ring_ms });
            }
            if targets < wish.rungs.len() {
                why.push(Why::Cut { targets: count(wish.rungs.len() - targets), limit: Limit::Targets });
            }
            wish.rungs.truncate(targets);
            stages.push(Stage { rule: wish.rule, ring_ms, targets: wish.rungs });
        }
        Some(Given::Nothing(limit)) => why.push(Why::Cut { targets: count(wish.rungs.len()), limit }),
        None => {}
    }
}

/// Stages of at most `most` telephones. A fixed phone stands at the front of its stage, and so stays in the first wave.
fn waves(entries: Vec<Entry>, most: usize) -> Vec<Entry> {
    let mut cut = Vec::with_capacity(entries.len());
    for entry in entries {
        match entry {
            Entry::Stage(wish) if wish.rungs.len() > most => {
                let waves = u8::try_from(wish.rungs.len().div_ceil(most)).unwrap_or(u8::MAX);
                cut.push(Entry::Note(Why::Split { targets: u16::try_from(wish.rungs.len()).unwrap_or(u16::MAX), waves }));
                for (at, rungs) in wish.rungs.chunks(most).enumerate() {
                    let hold = if at == 0 { wish.hold } else { Hold::Loose };
                    cut.push(Entry::Stage(Wish { rungs: rungs.to_vec(), hold, ..wish }));
                }
            }
            other => cut.push(other),
        }
    }
    cut
}

/// For a PBX that follows one stage only: the first telephones and the first fixed phone together. What rings there is not left
/// out, and what had to make room for it is.
fn merged(entries: Vec<Entry>, most: usize) -> Vec<Entry> {
    let fixed = entries.iter().find_map(|entry| match entry {
        Entry::Stage(wish) if wish.hold == Hold::Fixed => Some(wish.rungs.clone()),
        _ => None,
    });
    let Some(mut phones) = fixed else { return entries };
    phones.truncate(most);
    let mut ringing: Vec<Target> = phones.iter().map(|phone| phone.target).collect();
    let mut phones = Some(phones);
    let mut kept = Vec::with_capacity(entries.len());
    for entry in entries {
        let Entry::Stage(mut wish) = entry else {
            kept.push(entry);
            continue;
        };
        wish.rungs.retain(|rung| !ringing.contains(&rung.target));
        if let Some(phones) = phones.take() {
            let left = wish.rungs.split_off(wish.rungs.len().min(most - phones.len()));
            ringing.extend(wish.rungs.iter().map(|rung| rung.target));
            wish.rungs.splice(..0, phones);
            wish.hold = Hold::Fixed;
            kept.push(Entry::Stage(wish));
            if !left.is_empty() {
                kept.push(Entry::Note(Why::Cut { targets: u16::try_from(left.len()).unwrap_or(u16::MAX), limit: Limit::Stages }));
            }
        } else if !wish.rungs.is_empty() {
            kept.push(Entry::Stage(wish));
        }
    }
    kept
}

/// What a stage gets.
#[derive(Clone, Copy, Debug)]
enum Given {
    Rings { targets: usize, ring_ms: u32 },
    Nothing(Limit),
}

/// What every stage gets, in order.
struct Room(Vec<Given>);

impl Room {
    fn plan(entries: &[Entry], caps: PbxCaps) -> Self {
        let wishes: Vec<&Wish> = entries.iter().filter_map(|entry| if let Entry::Stage(wish) = entry { Some(wish) } else { None }).collect();
        let fixed_at = wishes.iter().position(|wish| wish.hold == Hold::Fixed);
        // Without a fixed phone (a fax, a call that replaces another) every stage is a tail.
        let heads = fixed_at.unwrap_or(0);
        let (mut targets, mut stages) = (PbxCaps::MOST_TARGETS, caps.max_stages());
        let mut given = vec![Given::Nothing(Limit::Stages); wishes.len()];
        let order = fixed_at.into_iter().chain(0..heads).chain(fixed_at.map_or(0, |at| at + 1)..wishes.len());
        for at in order {
            let taken = wishes[at].rungs.len().min(targets);
            given[at] = match (stages, taken) {
                (0, _) => Given::Nothing(Limit::Stages),
                (_, 0) => Given::Nothing(Limit::Targets),
                _ => {
                    stages -= 1;
                    targets -= taken;
                    Given::Rings { targets: taken, ring_ms: wishes[at].ring_ms }
                }
            };
        }
        share_time(&mut given, fixed_at, caps.max_total_ms());
        Self(given)
    }
}

/// Gives out the seconds: up to the fixed phone everybody rings, the longest wishes shortened to a common length; what comes
/// after it gets what is left.
fn share_time(given: &mut [Given], fixed_at: Option<usize>, total_ms: u32) {
    let first_tail = fixed_at.map_or(0, |at| at + 1);
    let mut wished: Vec<u32> = given[..first_tail].iter().filter_map(|given| given.ring_ms()).collect();
    wished.sort_unstable();
    let (mut left, mut count, mut most) = (total_ms, u32::try_from(wished.len()).unwrap_or(u32::MAX), total_ms);
    for ms in wished {
        most = left / count;
        if ms > most {
            break;
        }
        (left, count, most) = (left - ms, count - 1, total_ms);
        if count == 0 {
            break;
        }
    }
    let mut left = total_ms;
    for (at, slot) in given.iter_mut().enumerate() {
        let Given::Rings { ring_ms, .. } = slot else { continue };
        *ring_ms = (*ring_ms).min(if at < first_tail { most } else { left });
        if *ring_ms < LEAST_MS {
            *slot = Given::Nothing(Limit::Time);
        } else {
            left -= *ring_ms;
        }
    }
}

impl Given {
    const fn ring_ms(self) -> Option<u32> {
        match self {
            Self::Rings { ring_ms, .. } => Some(ring_ms),
            Self::Nothing(_) => None,
        }
    }
}

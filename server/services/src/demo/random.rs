//! Numbers that look random and are the same for the same seed on every machine.

/// `SplitMix64` (Steele, Lea, Flood 2014): small, fast, and good enough to seat people.
#[derive(Clone, Debug)]
pub(super) struct Random(u64);

impl Random {
    /// A row of numbers of its own for each purpose, so that a change of one part leaves the others as they were.
    pub(super) fn new(seed: u64, purpose: u64) -> Self {
        let mut random = Self(seed ^ purpose.wrapping_mul(0xd6e8_feb8_6659_fd93));
        random.next();
        random
    }

    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `end`; 0 when `end` is 0.
    pub(super) fn below(&mut self, end: usize) -> usize {
        let end = u64::try_from(end).unwrap_or(u64::MAX).max(1);
        // The bias of the remainder is below one in 2^40 for any number that occurs here.
        usize::try_from(self.next() % end).unwrap_or(0)
    }

    /// True `permille` times of a thousand.
    pub(super) fn chance(&mut self, permille: usize) -> bool {
        self.below(1_000) < permille
    }

    /// One of these; `None` of none.
    pub(super) fn pick<'a, T>(&mut self, from: &'a [T]) -> Option<&'a T> {
        from.get(self.below(from.len()))
    }

    /// Puts things in any order (Fisher–Yates).
    pub(super) fn shuffle<T>(&mut self, things: &mut [T]) {
        for at in (1..things.len()).rev() {
            things.swap(at, self.below(at + 1));
        }
    }
}

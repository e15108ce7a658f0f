//! A sorted table in small shared pieces: look-ups touch one piece, a change copies one piece, and the rest is shared with the
//! snapshot before. So a check-in costs microseconds with 20,000 people, not a rebuild.

use std::{
    hash::{Hash, Hasher},
    sync::Arc,
};

/// Rows a piece holds on average.
const ROWS_PER_SHARD: usize = 32;

/// Rows by key, several rows a key, in the order they were given.
#[derive(Clone, Debug)]
pub(crate) struct Shards<K, V>(Arc<[Piece<K, V>]>);

type Piece<K, V> = Arc<[(K, V)]>;

impl<K, V> Default for Shards<K, V> {
    fn default() -> Self {
        Self([Arc::from([])].into())
    }
}

impl<K: Ord + Hash + Clone, V: Clone> Shards<K, V> {
    /// Sorts rows into pieces; rows of one key keep their order.
    pub(crate) fn build(rows: Vec<(K, V)>) -> Self {
        let count = (rows.len() / ROWS_PER_SHARD).next_power_of_two();
        let mut pieces: Vec<Vec<(K, V)>> = (0..count).map(|_| Vec::new()).collect();
        for row in rows {
            pieces[shard_of(&row.0, count)].push(row);
        }
        Self(pieces.into_iter().map(sorted).collect())
    }

    /// The rows of a key.
    pub(crate) fn of<'a>(&'a self, key: &K) -> impl Iterator<Item = &'a V> + Clone + use<'a, K, V> {
        let piece = &self.0[shard_of(key, self.0.len())];
        let rest = &piece[piece.partition_point(|(k, _)| k < key)..];
        let count = rest.iter().take_while(|(k, _)| k == key).count();
        rest[..count].iter().map(|(_, value)| value)
    }

    /// Every row; the order is the same for the same rows.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&K, &V)> {
        self.0.iter().flat_map(|piece| piece.iter().map(|(key, value)| (key, value)))
    }

    /// The same table with other rows for one key.
    pub(crate) fn with(&self, key: &K, rows: impl IntoIterator<Item = V>) -> Self {
        let at = shard_of(key, self.0.len());
        let others = self.0[at].iter().filter(|(k, _)| k != key).cloned();
        let piece = sorted(others.chain(rows.into_iter().map(|row| (key.clone(), row))).collect());
        Self(self.0.iter().enumerate().map(|(index, old)| Arc::clone(if index == at { &piece } else { old })).collect())
    }
}

fn sorted<K: Ord, V>(mut rows: Vec<(K, V)>) -> Arc<[(K, V)]> {
    rows.sort_by(|a, b| a.0.cmp(&b.0));
    rows.into()
}

/// `count` is a power of two, at least one.
fn shard_of<K: Hash>(key: &K, count: usize) -> usize {
    let mut hasher = Spread(0);
    key.hash(&mut hasher);
    usize::try_from(hasher.finish() & (count as u64 - 1)).unwrap_or_default()
}

/// Spreads keys over pieces, nothing more: what hostile callers dial is only looked up, never put in, so no piece can be made long.
struct Spread(u64);

impl Hasher for Spread {
    fn finish(&self) -> u64 {
        // The low bits choose the piece; multiplying mixes upwards.
        self.0 ^ (self.0 >> 32)
    }

    fn write(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks(8) {
            let mut word = [0; 8];
            word[..chunk.len()].copy_from_slice(chunk);
            self.write_u64(u64::from_le_bytes(word));
        }
    }

    fn write_u8(&mut self, value: u8) {
        self.write_u64(value.into());
    }

    fn write_u64(&mut self, value: u64) {
        self.0 = (self.0.rotate_left(5) ^ value).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }

    fn write_i64(&mut self, value: i64) {
        self.write_u64(value.cast_unsigned());
    }

    fn write_isize(&mut self, value: isize) {
        self.write_u64(value as u64);
    }

    fn write_usize(&mut self, value: usize) {
        self.write_u64(value as u64);
    }
}

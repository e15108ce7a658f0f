//! A sorted table in small shared pieces: look-ups touch one piece, a change copies one piece, and the rest is shared with the
//! snapshot before. So a check-in costs microseconds with 20,000 people, not a rebuild.

use std::{
    hash::{Hash, Hasher},
    sync::Arc,
};

/// Rows a piece holds on average. One: a look-up that finds nothing, as most do, then waits for no other key's rows to come from
/// memory.
const ROWS_PER_PIECE: usize = 1;
/// Pieces of a shelf: what is copied beside the piece itself.
const PIECES_PER_SHELF: usize = 64;

/// Rows by key, several rows a key, in the order they were given.
#[derive(Clone, Debug)]
pub(crate) struct Shards<K, V> {
    shelves: Arc<[Shelf<K, V>]>,
    /// A power of two, at least one.
    pieces: usize,
}

type Shelf<K, V> = Arc<[Piece<K, V>]>;
type Piece<K, V> = Arc<[(K, V)]>;

impl<K: Ord + Hash + Clone, V: Clone> Default for Shards<K, V> {
    fn default() -> Self {
        Self::build(Vec::new())
    }
}

impl<K: Ord + Hash + Clone, V: Clone> Shards<K, V> {
    /// Sorts rows into pieces; rows of one key keep their order.
    pub(crate) fn build(rows: Vec<(K, V)>) -> Self {
        let count = (rows.len() / ROWS_PER_PIECE).next_power_of_two();
        let mut pieces: Vec<Vec<(K, V)>> = (0..count).map(|_| Vec::new()).collect();
        for row in rows {
            pieces[piece_of(&row.0, count)].push(row);
        }
        let pieces: Vec<Piece<K, V>> = pieces.into_iter().map(sorted).collect();
        Self { shelves: pieces.chunks(PIECES_PER_SHELF).map(Arc::from).collect(), pieces: count }
    }

    /// The rows of a key.
    pub(crate) fn of<'a>(&'a self, key: &K) -> impl Iterator<Item = &'a V> + Clone + use<'a, K, V> {
        let at = piece_of(key, self.pieces);
        let piece = &self.shelves[at / PIECES_PER_SHELF][at % PIECES_PER_SHELF];
        let from = piece.iter().position(|(k, _)| k == key).unwrap_or(piece.len());
        let count = piece[from..].iter().take_while(|(k, _)| k == key).count();
        piece[from..from + count].iter().map(|(_, value)| value)
    }

    /// Every row; the order is the same for the same rows.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&K, &V)> {
        self.shelves.iter().flat_map(|shelf| shelf.iter()).flat_map(|piece| piece.iter().map(|(key, value)| (key, value)))
    }

    /// The same table with other rows for one key.
    pub(crate) fn with(&self, key: &K, rows: impl IntoIterator<Item = V>) -> Self {
        let at = piece_of(key, self.pieces);
        let (number, place) = (at / PIECES_PER_SHELF, at % PIECES_PER_SHELF);
        let others = self.shelves[number][place].iter().filter(|(k, _)| k != key).cloned();
        let after = sorted(others.chain(rows.into_iter().map(|row| (key.clone(), row))).collect());
        let shelf_after = replaced(&self.shelves[number], place, after);
        Self { shelves: replaced(&self.shelves, number, shelf_after), pieces: self.pieces }
    }
}

/// The same list with another item at one place.
fn replaced<T: Clone>(list: &[T], place: usize, item: T) -> Arc<[T]> {
    let mut list = list.to_vec();
    list[place] = item;
    list.into()
}

fn sorted<K: Ord, V>(mut rows: Vec<(K, V)>) -> Arc<[(K, V)]> {
    rows.sort_by(|a, b| a.0.cmp(&b.0));
    rows.into()
}

/// `count` is a power of two, at least one.
fn piece_of<K: Hash>(key: &K, count: usize) -> usize {
    let mut hasher = Spread(0);
    key.hash(&mut hasher);
    usize::try_from(hasher.finish() & (count as u64 - 1)).unwrap_or_default()
}

/// Spreads keys over pieces, nothing more: what hostile callers dial is only looked up, never put in, so no piece can be made long.
/// Numbers that follow each other come to pieces that do: the members of a section, most of whom were entered one after another,
/// are asked about together, and lie together in memory.
struct Spread(u64);

/// 2⁶⁴ by the golden ratio: spreads what is multiplied by it.
const ODD: u64 = 0x9e37_79b9_7f4a_7c15;

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
        self.0 = (self.0.rotate_left(5) ^ value).wrapping_mul(ODD);
    }

    fn write_i64(&mut self, value: i64) {
        self.0 = self.0.wrapping_mul(ODD).wrapping_add(value.cast_unsigned());
    }

    fn write_isize(&mut self, value: isize) {
        self.write_u64(value.cast_unsigned() as u64);
    }

    fn write_usize(&mut self, value: usize) {
        self.write_u64(value as u64);
    }
}

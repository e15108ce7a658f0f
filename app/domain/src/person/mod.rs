//! 職員: finding people, and how much of where they are may be seen.

mod letters;
mod romaji;
mod search;
pub mod view;
mod visibility;

pub use romaji::romaji;
pub use search::{Findable, SearchKey, fold, matches, words};
pub use visibility::{Relation, Sight, Visibility, sight};

#[cfg(test)]
mod tests;

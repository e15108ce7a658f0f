//! 職員: finding people, and how much of where they are may be seen.

mod romaji;
mod search;
pub mod view;
mod visibility;

pub use romaji::romaji;
pub use search::{SearchKey, fold, matches};
pub use visibility::{Relation, Sight, Visibility, sight};

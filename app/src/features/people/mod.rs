//! people

mod page;

pub use page::{PeoplePage};

//! guide

mod page;

pub use page::{GuidePage};

//! The home page: one proposed seat with its reasons, what is on today, my week.

pub mod api;
mod model;
mod page;
mod parts;

pub use model::slot_codes;
pub use page::HomePage;

//! 人をさがす: a search whose answer says where somebody is, as far as the viewer may know.

pub mod api;
mod page;

pub use page::PeoplePage;

//! The account: password, signed-in browsers, visibility, wishes, who looked me up, what it is all used for.

pub mod api;
mod model;
mod page;
mod parts;

pub use page::AccountPage;

//! 電話: the book, my phone, the house's mode; why a call goes where it goes, and what is wrong with the telephones of a house, as
//! people read it. All of it is made on the server.

pub mod api;
mod bars;
mod book;
pub mod calls;
mod cover;
pub mod cover_api;
mod cover_rules;
mod cover_words;
pub mod difference;
mod duty;
mod duty_forms;
pub mod duty_lines;
mod duty_own;
pub mod explain;
mod me;
mod me_forms;
mod mode;
mod names;
pub(crate) mod news;
pub(crate) mod page;
pub mod repair;
pub mod setup;
mod simulate;
mod troubles;

pub use page::TelephonePage;

#[cfg(test)]
mod tests;

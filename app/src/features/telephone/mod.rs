//! 電話: the book, my phone, the house's mode; why a call goes where it goes, and what is wrong with the telephones of a house, as
//! people read it. All of it is made on the server.

#[cfg(feature = "ssr")]
pub mod api;
#[cfg(feature = "ssr")]
mod bars;
#[cfg(feature = "ssr")]
mod book;
#[cfg(feature = "ssr")]
pub mod explain;
#[cfg(feature = "ssr")]
mod me;
#[cfg(feature = "ssr")]
mod me_forms;
#[cfg(feature = "ssr")]
mod mode;
#[cfg(feature = "ssr")]
mod names;
#[cfg(feature = "ssr")]
mod news;
#[cfg(feature = "ssr")]
mod page;
#[cfg(feature = "ssr")]
pub mod repair;
#[cfg(feature = "ssr")]
mod simulate;
#[cfg(feature = "ssr")]
mod troubles;

#[cfg(feature = "ssr")]
pub use page::TelephonePage;

#[cfg(test)]
#[cfg(feature = "ssr")]
mod tests;

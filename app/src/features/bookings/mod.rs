//! 予約: my bookings as a week or a month, several days at once, recurring wishes; and the server functions of bookings
//! that every page posts to.

pub mod api;
mod calendar;
mod forms;
mod model;
mod page;

pub use page::BookingsPage;

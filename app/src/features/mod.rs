//! What people do, one folder a feature: `page` (the route), `parts` (its pieces), `api` (its server functions), `model`
//! (what it works out, without a framework, tested).

pub mod account;
pub mod bookings;
pub mod floor;
pub mod guide;
pub mod home;
#[cfg(feature = "ssr")]
pub mod memo;
pub mod people;
pub mod sign_in;
#[cfg(feature = "ssr")]
pub mod telephone;

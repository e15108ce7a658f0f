//! The doors: signing in, setting up the first administrator, and the demo's list of sample people.

pub mod api;
mod demo;
mod page;
mod set_up;

pub use demo::DemoPage;
pub use page::SignInPage;
pub use set_up::SetUpPage;
pub(crate) use set_up::field;

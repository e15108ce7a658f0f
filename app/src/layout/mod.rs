//! The frame around every page: header, navigation, footer, the polite voice, and what stands where a page is missing.

mod api;
mod error_page;
mod frame;
#[cfg(feature = "ssr")]
pub mod shell;
#[cfg(feature = "hydrate")]
mod whole;

pub use api::{ChooseLocale, CurrentSession, Session};
pub use error_page::NotFound;
pub use frame::{Frame, use_session};
#[cfg(feature = "hydrate")]
pub use whole::WholePage;

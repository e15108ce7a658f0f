//! The frame around every page: header, navigation, footer, the polite voice, and what stands where a page is missing.

mod api;
mod error_page;
mod frame;
#[cfg(feature = "ssr")]
pub mod shell;
#[cfg(not(feature = "ssr"))]
mod whole;

pub use api::{ChooseLocale, CurrentSession, Session};
pub use error_page::NotFound;
pub use frame::{Frame, use_session};
#[cfg(not(feature = "ssr"))]
pub use whole::WholePage;

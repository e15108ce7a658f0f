//! Between pages and use cases: what the server provides, how a failure travels, what a success leads to.
//!
//! Server functions live beside the feature that calls them (`features/<f>/api.rs`); their first line is
//! `let cx = request()?;`. Reads use `input = GetUrl`; mutations are plain form posts and end in a redirect.

#[cfg(feature = "ssr")]
pub mod cookie;
mod done;
mod error;
#[cfg(feature = "ssr")]
pub mod parse;
#[cfg(feature = "ssr")]
mod reject;
#[cfg(feature = "ssr")]
pub mod request;
mod short;

pub use done::Done;
pub use error::{AccountProblem, ApiError, Field, Invalid, PartlyBooked};
#[cfg(feature = "ssr")]
pub use reject::{IntoApi, needed, reject, see_other};
#[cfg(feature = "ssr")]
pub use request::{RequestContext, SiteAssets, WebConfig, call_href, request, signed_in};
#[cfg(feature = "ssr")]
pub use short::with_gaps;
pub use short::{ShortOf, short_of};

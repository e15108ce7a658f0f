//! What every request passes on its way in and out, outermost first. The order is set in [`crate::router`].

mod body;
mod csrf;
mod headers;
mod load;
mod observe;
mod panic;
mod referer;
mod session;
mod sign_in;
mod trouble;

pub use body::{BODY_LIMIT, limit_body};
pub use csrf::{foreign, refuse_cross_site};
pub use headers::{Transport, security_headers};
pub use load::{Load, shed_load, time_out};
pub use observe::observe;
pub use panic::catch_panic;
pub use referer::drop_foreign_referer;
pub use session::{SessionToken, find_session};
pub use sign_in::{SignInGate, bound_sign_in};
pub use trouble::{Asked, Audience, Trouble};

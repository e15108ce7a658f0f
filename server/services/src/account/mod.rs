//! Who is signed in, how, and with what rights.

mod first_start;
mod own;
mod password;
mod session;
#[cfg(test)]
mod tests;
mod throttle;
mod token;

pub use first_start::{SetUpRefusal, issue_set_up_code, needs_set_up, set_up};
pub use own::{VisibilityRefusal, account_view, set_visibility, set_wishes};
pub use password::{OtherSessions, PasswordRefusal, change_password, create_user};
pub use session::{
    Client, DemoPerson, SignInRefusal, Signed, demo_people, demo_sign_in, end_other_sessions, end_session, purge, session, session_holds, sign_in, sign_out,
};
pub use throttle::Throttle;
pub use token::{create_token, token};

//! sign_in

mod page;

pub use page::{DemoPage, SetUpPage, SignInPage};

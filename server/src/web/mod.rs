//! What people and their browsers ask for: pages, files, pictures, change notices.

mod changes;
mod duty;
mod live;
mod pages;
mod picture;
mod records;
mod site;
mod table;

use crate::layers::{Asked, Trouble};
use axum::response::Response;
use services::Failure;
use std::fmt::Debug;

pub use changes::changes_csv;
pub use duty::{duty_feed, duty_file};
pub use live::{live_floor, live_memos, live_telephone};
pub use pages::{file_or_not_found, page_routes, pages, redirect_pages};
pub use picture::plan_webp;
pub use records::calls_csv;
pub use site::Site;

/// The answer when a file cannot be given. Who may not have it is told what everybody is told of what is not there.
fn refuse<E: Debug>(failure: Failure<E>, what: &str, asked: &Asked) -> Response {
    match failure {
        Failure::NotFound(_) | Failure::Denied => Trouble::NoSuchRoute,
        Failure::Busy | Failure::Unavailable(_) => Trouble::Busy,
        failure => {
            tracing::error!(?failure, what, "a file cannot be given");
            Trouble::Internal
        }
    }
    .answer(asked)
}

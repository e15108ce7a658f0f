//! What people and their browsers ask for: pages, files, pictures, change notices.

mod duty;
mod live;
mod pages;
mod picture;
mod site;

pub use duty::{duty_feed, duty_file};
pub use live::{live_floor, live_telephone};
pub use pages::{file_or_not_found, page_routes, pages, redirect_pages};
pub use picture::plan_webp;
pub use site::Site;

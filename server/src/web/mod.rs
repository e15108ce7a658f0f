//! What people and their browsers ask for: pages, files, pictures, change notices.

mod changes;
mod duty;
mod live;
mod pages;
mod picture;
mod records;
mod site;

pub use changes::changes_csv;
pub use duty::{duty_feed, duty_file};
pub use live::{live_floor, live_memos, live_telephone};
pub use pages::{file_or_not_found, page_routes, pages, redirect_pages};
pub use picture::plan_webp;
pub use records::calls_csv;
pub use site::Site;

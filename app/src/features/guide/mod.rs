//! The user guide: what a person wants to do, and how. Open to everybody, signed in or not.

mod page;

pub use page::GuidePage;

//! Lists: entries and, while there are more, the cursor of the next page.

use serde::Serialize;
use utoipa::ToSchema;

/// A page of a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct Listed<T> {
    /// The entries.
    items: Vec<T>,
    /// Give this as `cursor` for the next page; `null` on the last one.
    next_cursor: Option<String>,
}

impl<T> Listed<T> {
    /// A list that is complete.
    #[must_use]
    pub const fn whole(items: Vec<T>) -> Self {
        Self { items, next_cursor: None }
    }

    /// A page, and where the next one begins.
    #[must_use]
    pub const fn page(items: Vec<T>, next_cursor: Option<String>) -> Self {
        Self { items, next_cursor }
    }
}

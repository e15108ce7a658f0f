//! The set-up changed on pages: lists, forms with a preview, the history of changes, and what a day changes.

pub mod api;
mod changes;
mod draw;
mod edit;
mod fields;
mod form;
mod forms;
mod history;
mod list;
mod preview;
mod typed;
mod words;

pub(super) use changes::page as changes_page;
pub use changes::{Wanted, gather as changes_of, wanted};
pub(super) use edit::page as edit_page;
pub(super) use history::page as history_page;
pub(super) use list::page as list_page;

use crate::ui::query;
use typed::Subject;

/// The address of a form, after its `?`.
fn address_of(subject: &Subject) -> String {
    let part = serde_json::to_value(subject.part).ok().and_then(|word| word.as_str().map(str::to_owned)).unwrap_or_default();
    query(&[("part", part.as_str()), ("key", subject.key.as_deref().unwrap_or_default())])
}

#[cfg(test)]
mod tests;

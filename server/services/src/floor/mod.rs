//! 階: what is shown of floors, and how they come in.

mod file;
mod image;
mod import;
mod read;
#[cfg(test)]
mod tests;

pub use image::{ImageWidth, PlanImage, plan_image};
pub use import::{FloorReport, import_floor};
pub use read::{SiteView, floor_view, floors, parse_site_slots, parse_slots, sites};

//! 階: where things stand, what is near what, and what a page shows of a floor.

mod geometry;
pub mod view;

pub use geometry::{Direction, Placed, Point, Rect, bounds, nearest, next_in, seat_size_mm};

#[cfg(test)]
mod tests;

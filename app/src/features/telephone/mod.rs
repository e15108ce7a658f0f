//! 電話: why a call goes where it goes, as people read it.

#[cfg(feature = "ssr")]
pub mod explain;

#[cfg(all(test, feature = "ssr"))]
mod tests;

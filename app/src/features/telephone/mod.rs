//! 電話: why a call goes where it goes, and what is wrong with the telephones of a house, as people read it. All of it is made on
//! the server.

#[cfg(feature = "ssr")]
pub mod explain;
#[cfg(feature = "ssr")]
mod names;
#[cfg(feature = "ssr")]
pub mod repair;

#[cfg(test)]
#[cfg(feature = "ssr")]
mod tests;

//! The program through its doors: the real router on a real listener, on SQLite and on PostgreSQL, with a clock that tests set.
#![expect(clippy::unwrap_used, reason = "a test may fail by panicking")]

mod cover;
mod emergency;
mod forgery;
mod harness;
mod headers;
mod live;
mod matrix;
mod memos;
mod openapi;
mod pbx;
mod program;
mod reading;
mod rest;
mod sessions;
mod setup;
mod sip;

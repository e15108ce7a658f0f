//! How it runs: the axum program `nanawari` with its settings, layers, routes and jobs.
//!
//! Nothing here knows a rule or a table. A handler translates a request into one call of `services` and its answer into
//! bytes; [`router`] shows every URL on one screen.

pub mod boot;
pub mod cli;
pub mod command;
pub mod config;
pub mod health;
pub mod ical;
pub mod jobs;
pub mod layers;
pub mod listen;
pub mod outgoing;
pub mod pbx;
pub mod rest;
pub mod router;
pub mod sip;
pub mod state;
pub mod telephones;
pub mod tls;
pub mod web;

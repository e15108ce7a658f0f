//! On both databases.

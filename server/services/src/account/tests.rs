//! Tests of this module, on both databases.

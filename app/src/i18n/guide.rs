//! Words of the user guide.

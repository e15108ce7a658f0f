//! What a section head reads: every case of `explain/golden/`, and every reason there is.

mod cases;
mod golden;
mod office;
mod words;

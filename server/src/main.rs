//! The program `nanawari`. Everything it does is in the library, so that tests can do it too.

use std::process::ExitCode;

/// A page of 500 seats is some ten thousand small allocations: half its time goes by with the system's allocator.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    server::command::run()
}

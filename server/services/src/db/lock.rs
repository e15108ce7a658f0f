//! One server, one embedded database: a lock file beside it, held while the server lives.

use fs4::{FileExt, TryLockError};
use std::{
    fs::{File, OpenOptions},
    io,
    path::{Path, PathBuf},
};

/// Held as long as it lives; the system lets go of it even when the process is killed.
pub struct FileLock(#[expect(dead_code, reason = "held, never read")] File);

/// Takes the lock of a database file.
///
/// # Errors
/// `WouldBlock` when another process holds it.
pub fn take(database: &Path) -> io::Result<FileLock> {
    let file = OpenOptions::new().create(true).truncate(false).write(true).open(lock_path(database))?;
    match FileExt::try_lock(&file) {
        Ok(()) => Ok(FileLock(file)),
        Err(TryLockError::WouldBlock) => Err(io::ErrorKind::WouldBlock.into()),
        Err(TryLockError::Error(error)) => Err(error),
    }
}

fn lock_path(database: &Path) -> PathBuf {
    let mut name = database.as_os_str().to_owned();
    name.push(".lock");
    name.into()
}

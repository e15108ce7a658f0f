//! One core for two threads that only ever wait for each other.

/// Keeps this thread, and those it will begin, on one core of those it may use. SQLite has a thread of its own behind sqlx, and
/// the writer asks it several times for each command: never does one run while the other does. On two cores each question
/// wakes a sleeping core twice, which takes longer than the question itself; on one it is a change of threads (1.8 times the
/// bookings a second with 64 clients on a virtual machine of two cores). Where the system refuses, nothing is lost but that.
#[cfg(target_os = "linux")]
pub(super) fn stay_on_one_core() {
    use rustix::thread::{CpuSet, sched_getaffinity, sched_setaffinity};
    use std::sync::atomic::{AtomicUsize, Ordering};

    // Several programs, or several databases of one, do not choose the same core.
    static TURN: AtomicUsize = AtomicUsize::new(0);
    let Ok(allowed) = sched_getaffinity(None) else { return };
    let cores: Vec<usize> = (0..CpuSet::MAX_CPU).filter(|core| allowed.is_set(*core)).collect();
    let turn = std::process::id() as usize + TURN.fetch_add(1, Ordering::Relaxed);
    let Some(core) = turn.checked_rem(cores.len()).and_then(|at| cores.get(at)) else { return };
    let mut one = CpuSet::new();
    one.set(*core);
    if let Err(error) = sched_setaffinity(None, &one) {
        tracing::debug!(%error, "the writer keeps to no core");
    }
}

/// Other systems place their threads themselves.
#[cfg(not(target_os = "linux"))]
pub(super) const fn stay_on_one_core() {}

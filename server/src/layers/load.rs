//! A server that has too much to do says so at once, instead of making everybody wait for nothing.

use super::{Asked, Trouble};
use axum::{
    extract::{Request, State},
    middleware::Next,
    response::Response,
};
use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};
use tokio::sync::Semaphore;

/// How long an answer may take until its first byte.
const ANSWER: Duration = Duration::from_secs(30);

/// How many requests are worked on and how many may wait.
#[derive(Clone, Debug)]
pub struct Load {
    running: Arc<Semaphore>,
    waiting: Arc<AtomicUsize>,
    queue: usize,
}

impl Load {
    /// So many at once, and so many behind them.
    #[must_use]
    pub fn new(at_once: usize, queue: usize) -> Self {
        Self { running: Arc::new(Semaphore::new(at_once)), waiting: Arc::default(), queue }
    }
}

/// Lets a bounded number of requests through; the answer to one too many is 503.
pub async fn shed_load(State(load): State<Load>, request: Request, next: Next) -> Response {
    if load.waiting.fetch_add(1, Ordering::Relaxed) >= load.queue {
        load.waiting.fetch_sub(1, Ordering::Relaxed);
        return Trouble::Busy.answer(&Asked::of(&request));
    }
    let waiting = Waiting(&load.waiting);
    let permit = load.running.acquire().await;
    drop(waiting);
    let response = next.run(request).await;
    drop(permit);
    response
}

/// Leaves the queue also when the client goes away while waiting.
struct Waiting<'a>(&'a AtomicUsize);

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Gives up on an answer that does not come. Streams are answers as soon as they begin.
pub async fn time_out(request: Request, next: Next) -> Response {
    let asked = Asked::of(&request);
    match tokio::time::timeout(ANSWER, next.run(request)).await {
        Ok(response) => response,
        Err(_) => Trouble::TimedOut.answer(&asked),
    }
}

//! Emergency calls of PBXs that ask us where 110, 118 and 119 go: the answer waits for nothing, and security is told right after.

use super::{board::lock, event::short, link::Link};
use crate::{
    Failure, Never, Services,
    memo::{Alarm, Telling, alarm},
};
use chrono::{DateTime, Utc};
use domain::telephone::CallIn;
use std::{collections::VecDeque, sync::Arc};

/// Calls that may wait to be told of: the store has been away for long.
const MOST_WAITING: usize = 1_000;

/// Emergency calls that nobody has been told of yet.
#[derive(Debug, Default)]
pub(crate) struct Raised(VecDeque<Arc<Waiting>>);

#[derive(Debug)]
struct Waiting {
    link: String,
    name: String,
    call: CallIn,
    at: DateTime<Utc>,
}

/// Remembers an emergency call that was asked about, and wakes whoever tells of it. A call without a name is one of its own.
pub(super) fn raise(cx: &Services, link: &Link, call: &CallIn, decision: &str) {
    let name = if call.call_id.is_empty() { decision.to_owned() } else { short(&call.call_id) };
    let waiting = Waiting { link: link.id.clone(), name, call: call.clone(), at: cx.clock().now() };
    let mut raised = lock(&cx.switchboard().raised);
    if raised.0.len() >= MOST_WAITING {
        raised.0.pop_front();
        tracing::error!("security is not told of an emergency call: the store was away too long");
    }
    raised.0.push_back(Arc::new(waiting));
    drop(raised);
    cx.switchboard().alarm.notify_one();
}

/// Writes the memos of emergency calls that were asked about. Returns how many calls.
///
/// # Errors
/// When the store cannot be written; the calls go on waiting.
pub async fn tell_emergencies(cx: &Services) -> Result<u64, Failure<Never>> {
    let mut told = 0;
    loop {
        let next = lock(&cx.switchboard().raised).0.pop_front();
        let Some(waiting) = next else { return Ok(told) };
        if let Err(failure) = tell(cx, Arc::clone(&waiting)).await {
            lock(&cx.switchboard().raised).0.push_front(waiting);
            return Err(failure);
        }
        told += 1;
    }
}

async fn tell(cx: &Services, waiting: Arc<Waiting>) -> Result<(), Failure<Never>> {
    let telling = Arc::new(Telling::now(cx));
    let notices = cx
        .db()
        .write(move |transaction| {
            let (telling, waiting) = (Arc::clone(&telling), Arc::clone(&waiting));
            Box::pin(async move {
                let of = Alarm { key: (&waiting.link, &waiting.name), call: &waiting.call, at: waiting.at };
                Ok::<_, Failure<Never>>(alarm(transaction, &telling, of).await?)
            })
        })
        .await?;
    cx.live().publish(notices).await;
    Ok(())
}

impl Services {
    /// Waits until there is an emergency call to tell of.
    pub async fn emergency_raised(&self) {
        self.switchboard().alarm.notified().await;
    }
}

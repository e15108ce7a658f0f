//! What leaves the house: mails about memos, and messages to programs that an administrator named. Only rows of the outbox are sent,
//! only to where whoever runs the house permits, and nothing that comes back is believed.

mod call;
mod mail;
mod sign;
mod webhook;

pub use mail::MailSettings;
pub use sign::{SIGNATURE, TIMESTAMP, signature};

use crate::config::Config;
use domain::memo::Allowed;
use futures::{TryStreamExt, stream};
use services::{
    Failure, Never, Services,
    memo::{self, Due, Message},
};
use std::sync::Arc;

/// Things sent at the same time: one receiver that hangs does not hold up the others.
const AT_ONCE: usize = 4;

/// Why something could not be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouble {
    /// A stable word, perhaps with a number: `timeout`, `status:503`.
    pub code: String,
    /// Whether it may be otherwise later.
    pub may_pass: bool,
}

impl Trouble {
    /// Something that may be otherwise later.
    #[must_use]
    pub fn passing(code: impl Into<String>) -> Self {
        Self { code: code.into(), may_pass: true }
    }

    /// Something that another try will not change.
    #[must_use]
    pub fn lasting(code: impl Into<String>) -> Self {
        Self { code: code.into(), may_pass: false }
    }
}

/// Sends; cheap to clone.
#[derive(Clone)]
pub struct Sender(Arc<Inner>);

struct Inner {
    base_url: String,
    allowed: Allowed,
    mail: Option<mail::Mailer>,
    tls: call::Tls,
}

impl Sender {
    /// A sender as the settings say.
    #[must_use]
    pub fn new(config: &Config) -> Self {
        Self(Arc::new(Inner {
            base_url: config.base_url.clone(),
            allowed: config.webhook_hosts.clone(),
            mail: config.mail.as_ref().map(mail::Mailer::new),
            tls: call::Tls::default(),
        }))
    }

    /// Sends what is due of emergencies, and nothing else.
    ///
    /// # Errors
    /// As [`Sender::send_due`].
    pub async fn send_emergencies(&self, cx: &Services) -> Result<(), Failure<Never>> {
        self.send_each(cx, || memo::claim_emergency(cx)).await
    }

    /// Sends everything that is due, as long as it is to go on: a program that is told to end waits for what is under way and
    /// begins nothing more.
    ///
    /// # Errors
    /// When the store cannot be read or written. What could not be sent is no failure: it is noted, and tried again.
    pub async fn send_due(&self, cx: &Services, go_on: impl Fn() -> bool) -> Result<(), Failure<Never>> {
        let go_on = &go_on;
        self.send_each(cx, || async move { if go_on() { memo::claim(cx).await } else { Ok(None) } }).await
    }

    /// Sends what is claimed until nothing more is. Nearly always that is at once, after a single question.
    async fn send_each<F>(&self, cx: &Services, claim: impl Fn() -> F) -> Result<(), Failure<Never>>
    where
        F: Future<Output = Result<Option<Due>, Failure<Never>>>,
    {
        let claimed = stream::try_unfold((), |()| async { Ok(claim().await?.map(|due| (due, ()))) });
        claimed.try_for_each_concurrent(AT_ONCE, |due| async move { self.settle(cx, &due).await }).await
    }

    async fn settle(&self, cx: &Services, due: &Due) -> Result<(), Failure<Never>> {
        match self.send(due, cx.clock().now().timestamp()).await {
            Ok(()) => memo::sent(cx, due).await,
            Err(trouble) => {
                let next = memo::failed(cx, due, &trouble.code, trouble.may_pass).await?;
                if next.is_none() {
                    tracing::warn!(outbox = due.id, trouble = trouble.code, "something could not be sent, and is given up");
                }
                Ok(())
            }
        }
    }

    async fn send(&self, due: &Due, now: i64) -> Result<(), Trouble> {
        let Inner { base_url, allowed, mail, tls } = &*self.0;
        match &due.message {
            Message::Mail { address, name, tongue, whole, memo } => {
                let mailer = mail.as_ref().ok_or_else(|| Trouble::lasting("no_mail_server"))?;
                mailer.send(&mail::Letter { id: due.id, address, name, tongue: *tongue, whole: *whole, memo, base_url }).await
            }
            Message::Webhook { target, memo } => {
                let body = webhook::body(target, memo.as_deref(), base_url, due.id);
                call::post(allowed, tls, &call::Post { url: &target.url, body: &body, secret: &target.secret, id: due.id, now }).await
            }
        }
    }
}

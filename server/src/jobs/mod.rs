//! What happens by itself as time passes. Each job is one use case, run again and again; none knows of the others.

use crate::{outgoing::Sender, state::Stopping};
use services::{Failure, Never, Services};
use std::{future::Future, time::Duration};
use tokio::{task::JoinSet, time::MissedTickBehavior};

/// The running jobs.
#[derive(Debug)]
pub struct Jobs(JoinSet<()>);

impl Jobs {
    /// Waits until every job has ended; none begins a new round once the program is to end.
    pub async fn finish(mut self) {
        while self.0.join_next().await.is_some() {}
    }
}

/// Starts every job.
#[must_use]
pub fn start(services: &Services, stopping: &Stopping, sender: Sender) -> Jobs {
    let mut jobs = JoinSet::new();
    let mut every = |name, seconds, job: Job| jobs.spawn(repeat(Round { name, period: Duration::from_secs(seconds), job }, services.clone(), stopping.clone()));
    every("office", 1, |cx| Box::pin(async move { cx.refresh_office().await }));
    every("no_shows", 15, |cx| Box::pin(async move { done(services::booking::release_no_shows(&cx).await) }));
    every("audit", 10, |cx| Box::pin(async move { done(services::audit::seal(&cx).await) }));
    every("patterns", 300, |cx| Box::pin(async move { done(services::booking::extend_patterns(&cx).await) }));
    every("sessions", 600, |cx| Box::pin(async move { done(services::account::purge(&cx).await) }));
    every("decisions", 1, |cx| Box::pin(async move { done(services::telephone::keep_decisions(&cx).await) }));
    every("revisions", 86_400, |cx| Box::pin(async move { done(services::telephone::forget_revisions(&cx).await) }));
    every("pbx_status", 10, |cx| Box::pin(async move { done(services::telephone::keep_status(&cx).await) }));
    every("calls", 3_600, |cx| {
        Box::pin(async move {
            // What is forgotten was counted before.
            services::telephone::close_months(&cx).await?;
            done(services::telephone::forget_calls(&cx).await)
        })
    });
    every("memos", 3_600, |cx| Box::pin(async move { done(services::memo::forget(&cx).await) }));
    let urgent = sender.clone();
    let alarm = move |cx: Services| {
        let sender = urgent.clone();
        async move {
            services::telephone::tell_emergencies(&cx).await?;
            sender.send_emergencies(&cx).await
        }
    };
    let woken = services.clone();
    let raised = move || {
        let cx = woken.clone();
        async move { cx.emergency_raised().await }
    };
    // At its period, too, for what could not be told or sent when it was raised.
    jobs.spawn(repeat_or(Round { name: "emergencies", period: Duration::from_secs(2), job: alarm }, services.clone(), stopping.clone(), raised));
    let told = stopping.clone();
    let send = move |cx: Services| {
        let (sender, told) = (sender.clone(), told.clone());
        async move { sender.send_due(&cx, || told.goes_on()).await }
    };
    jobs.spawn(repeat(Round { name: "outbox", period: Duration::from_secs(2), job: send }, services.clone(), stopping.clone()));
    Jobs(jobs)
}

type Outcome = Result<(), Failure<Never>>;
type Job = fn(Services) -> std::pin::Pin<Box<dyn Future<Output = Outcome> + Send>>;

struct Round<J> {
    name: &'static str,
    period: Duration,
    job: J,
}

fn done<T>(result: Result<T, Failure<Never>>) -> Outcome {
    result.map(drop)
}

/// Runs a job at its period. A failure is logged when it begins and when it has passed, not every time.
async fn repeat<J: Fn(Services) -> F, F: Future<Output = Outcome>>(round: Round<J>, services: Services, stopping: Stopping) {
    repeat_or(round, services, stopping, std::future::pending::<()>).await;
}

/// The same, and whenever something happens.
async fn repeat_or<J, F, W, N>(round: Round<J>, services: Services, mut stopping: Stopping, happens: W)
where
    J: Fn(Services) -> F,
    F: Future<Output = Outcome>,
    W: Fn() -> N,
    N: Future<Output = ()>,
{
    let mut ticks = tokio::time::interval(round.period);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut failing = false;
    loop {
        tokio::select! {
            () = stopping.wait() => return,
            _ = ticks.tick() => {}
            () = happens() => {}
        }
        match (round.job)(services.clone()).await {
            Ok(()) if failing => {
                tracing::info!(job = round.name, "a job works again");
                failing = false;
            }
            Ok(()) => {}
            Err(failure) if !failing => {
                tracing::error!(job = round.name, ?failure, "a job failed; it is tried again");
                failing = true;
            }
            Err(_) => {}
        }
    }
}

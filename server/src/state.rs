//! What every handler can reach; cheap to clone.

use crate::{config::Config, web::Site};
use app::api::WebConfig;
use axum::extract::FromRef;
use leptos::config::LeptosOptions;
use services::Services;
use std::sync::Arc;
use tokio::sync::watch;

/// What every handler can reach.
#[derive(Clone)]
pub struct AppState {
    /// The use cases.
    pub services: Services,
    /// The settings.
    pub config: Arc<Config>,
    /// The pages' files.
    pub site: Site,
    /// How the program serves pages.
    pub web: WebConfig,
    /// Turns true when the program is to end; streams end by it.
    pub stopping: Stopping,
    /// What Leptos wants to know.
    pub leptos: LeptosOptions,
}

/// Hears that the program is to end.
#[derive(Clone, Debug)]
pub struct Stopping(watch::Receiver<bool>);

/// Says that the program is to end.
#[derive(Debug)]
pub struct Stop(watch::Sender<bool>);

impl Stop {
    /// One who says it, and as many as wanted who hear it.
    #[must_use]
    pub fn new() -> (Self, Stopping) {
        let (sender, receiver) = watch::channel(false);
        (Self(sender), Stopping(receiver))
    }

    /// Says it.
    pub fn now(&self) {
        self.0.send_replace(true);
    }
}

impl Stopping {
    /// Whether the program is to go on.
    #[must_use]
    pub fn goes_on(&self) -> bool {
        !*self.0.borrow()
    }

    /// Returns when the program is to end.
    pub async fn wait(&mut self) {
        // An error means that nobody can say it any more, which is an end too.
        drop(self.0.wait_for(|stop| *stop).await);
    }
}

impl AppState {
    /// The state of a program with these settings.
    #[must_use]
    pub fn new(services: Services, config: Config, site: Site, kind: Kind, stopping: Stopping) -> Self {
        let web = WebConfig { secure_cookies: config.over_tls(), demo: kind == Kind::Demo };
        let leptos = LeptosOptions::builder().output_name("nanawari").build();
        Self { services, config: Arc::new(config), site, web, stopping, leptos }
    }
}

/// What the program is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// An office.
    Office,
    /// A made-up office on this machine: anybody signs in as anybody.
    Demo,
}

impl FromRef<AppState> for LeptosOptions {
    fn from_ref(state: &AppState) -> Self {
        state.leptos.clone()
    }
}

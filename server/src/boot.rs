//! From settings to a running program, and its end.

use crate::{
    config::{Config, WrongSetting},
    jobs, listen,
    outgoing::Sender,
    router::router,
    sip,
    state::{AppState, Kind, Stop},
    telephones::{Sockets, Telephones},
    tls::TlsSettings,
    web::Site,
};
use services::{
    Clock, DbSettings, Services,
    db::{Lock, OpenError},
};
use std::{
    io::{self, Write},
    net::SocketAddr,
    process::ExitCode,
};
use tokio::{
    net::TcpListener,
    signal::unix::{SignalKind, signal},
};

/// Why the program could not do what it was told. Each is a sentence for the administrator.
#[derive(Debug, thiserror::Error)]
pub enum BootError {
    /// A setting.
    #[error(transparent)]
    Setting(#[from] WrongSetting),
    /// The database.
    #[error("{0}.")]
    Database(#[from] OpenError),
    /// The address to listen on.
    #[error("{address} cannot be listened on: {source}; set NANAWARI_LISTEN to a free address and port.")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// What the system says.
        source: io::Error,
    },
    /// The address for PBXs.
    #[error("{address} cannot be listened on: {source}; set NANAWARI_PBX_LISTEN to a free address and port.")]
    ListenPbx {
        /// The address.
        address: SocketAddr,
        /// What the system says.
        source: io::Error,
    },
    /// The address for SIP redirects.
    #[error("{address} cannot be listened on: {source}; set NANAWARI_SIP_LISTEN to a free address and port.")]
    ListenSip {
        /// The address.
        address: SocketAddr,
        /// What the system says.
        source: io::Error,
    },
    /// Something else the command was asked for.
    #[error("{0}")]
    Command(String),
    /// The system.
    #[error("The system refuses: {0}.")]
    System(#[from] io::Error),
}

impl BootError {
    /// 2 for a wrong setting, 1 for everything else.
    #[must_use]
    pub fn exit_code(&self) -> ExitCode {
        match self {
            Self::Setting(_)
            | Self::Listen { .. }
            | Self::ListenPbx { .. }
            | Self::ListenSip { .. }
            | Self::Database(OpenError::Scheme | OpenError::Folder { .. } | OpenError::Connect(_)) => ExitCode::from(2),
            Self::Database(_) | Self::Command(_) | Self::System(_) => ExitCode::FAILURE,
        }
    }
}

/// Opens the database.
///
/// # Errors
/// A sentence when it cannot be opened, or another server has it.
pub async fn open(config: &Config, clock: Clock, lock: Lock) -> Result<Services, BootError> {
    config.prepare_data_dir()?;
    Ok(Services::open(&DbSettings { url: config.database_url.clone(), lock }, clock).await?)
}

/// The pages' files as the settings say.
///
/// # Errors
/// When their folder cannot be read.
pub fn site(config: &Config) -> Result<Site, BootError> {
    let site = match &config.site_root {
        Some(root) => Site::folder(root).map_err(|why| WrongSetting(format!("NANAWARI_SITE_ROOT is {}, and it cannot be read: {why}.", root.display())))?,
        None => Site::embedded(),
    };
    if site.is_empty() {
        tracing::warn!("the pages' files are missing: run `make build`, or set NANAWARI_SITE_ROOT");
    }
    Ok(site)
}

/// Serves an office until SIGTERM or SIGINT.
///
/// # Errors
/// A sentence when it cannot begin.
pub async fn serve(config: Config) -> Result<(), BootError> {
    let services = open(&config, Clock::system(), Lock::Exclusive).await?;
    let listener = bind(&config).await?;
    if let Some(code) = set_up_code(&services).await? {
        say(&format!("First start: open {}/set-up and enter the code {code} (it works once, for 24 hours).", config.base_url));
    }
    run(services, config, listener, Kind::Office).await
}

/// Takes the address to listen on.
///
/// # Errors
/// When it is taken, or not ours.
pub async fn bind(config: &Config) -> Result<TcpListener, BootError> {
    TcpListener::bind(config.listen).await.map_err(|source| BootError::Listen { address: config.listen, source })
}

/// Serves until SIGTERM or SIGINT, then finishes what is under way.
///
/// # Errors
/// A sentence when it cannot begin.
pub async fn run(services: Services, config: Config, listener: TcpListener, kind: Kind) -> Result<(), BootError> {
    let pbx_tls = config.pbx_tls.as_ref().map(TlsSettings::acceptor).transpose()?;
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    let pbx_listener = match config.pbx_listen {
        Some(address) => Some(TcpListener::bind(address).await.map_err(|source| BootError::ListenPbx { address, source })?),
        None => None,
    };
    let sip_sockets = match config.sip_listen {
        Some(address) => Some(sip::bind(address).await.map_err(|source| BootError::ListenSip { address, source })?),
        None => None,
    };
    let (stop, stopping) = Stop::new();
    services.allow_outgoing(config.outgoing());
    let jobs = jobs::start(&services, &stopping, Sender::new(&config));
    let base_url = config.base_url.clone();
    let state = AppState::new(services.clone(), config.clone(), site(&config)?, kind, stopping.clone());
    let mut ending = stopping.clone();
    let told_to_end = async {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
            () = ending.wait() => {}
        }
        tracing::info!("ending: finishing what is under way");
        stop.now();
    };
    say(&format!("Nanawari is ready: {base_url}"));
    let sockets = Sockets { http: pbx_listener.map(|listener| (listener, pbx_tls)), sip: sip_sockets };
    let telephones = if sockets.is_empty() { None } else { Some(Telephones::start(sockets, state.clone(), stopping.clone())?) };
    let last_call = async {
        let Some(telephones) = telephones else { return Ok(None) };
        let silent = telephones.finish().await;
        if silent.is_err() {
            stop.now();
        }
        silent.map(Some)
    };
    let ((), (), silent) = tokio::join!(listen::serve(listener, router(&state), stopping.clone()), told_to_end, last_call);
    jobs.finish().await;
    services.close().await;
    if let Some(silent) = silent? {
        silent.end();
    }
    Ok(())
}

async fn set_up_code(services: &Services) -> Result<Option<String>, BootError> {
    services::account::issue_set_up_code(services).await.map_err(|failure| BootError::Command(format!("The set-up code cannot be made: {failure:?}.")))
}

/// A line for whoever started the program. That nobody reads it is no reason to stop.
pub fn say(line: &str) {
    let mut out = io::stdout().lock();
    drop(writeln!(out, "{line}").and_then(|()| out.flush()));
}

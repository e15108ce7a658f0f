//! What each word of the command line does. Results go to the standard output, complaints to the standard error.

mod demo;
mod import;
mod pbx;
mod people;

use crate::{
    boot::{self, BootError, say},
    cli::{Cli, Command},
    config::Config,
    rest,
};
use clap::Parser;
use services::{Clock, Failure, Never, Services, db::Lock};
use std::{
    io::{self, Write},
    process::ExitCode,
};

/// Reads the command line, does what it says, and returns the exit code: 0, 1 for a failure, 2 for a wrong setting.
#[must_use]
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    match begin(cli) {
        Ok(code) => code,
        Err(error) => {
            complain(&error.to_string());
            error.exit_code()
        }
    }
}

fn begin(cli: Cli) -> Result<ExitCode, BootError> {
    let command = cli.command.unwrap_or(Command::Serve);
    // The document needs no settings, and must be had where there are none.
    if matches!(command, Command::Openapi) {
        say(&document()?);
        return Ok(ExitCode::SUCCESS);
    }
    let config = Config::read(&cli.settings)?;
    log_to_stderr(&config);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(obey(command, config))
}

async fn obey(command: Command, config: Config) -> Result<ExitCode, BootError> {
    match command {
        Command::Serve => boot::serve(config).await.map(|()| ExitCode::SUCCESS),
        Command::Demo(wanted) => demo::serve(config, wanted).await.map(|()| ExitCode::SUCCESS),
        Command::Import(what) => import::import(&beside(&config).await?, what).await,
        Command::Export(what) => pbx::export(&beside(&config).await?, what).await,
        Command::Pbx(what) => pbx::pbx(&beside(&config).await?, &config, what).await,
        Command::Token(what) => people::token(&beside(&config).await?, what).await,
        Command::User(what) => people::user(&beside(&config).await?, what).await,
        Command::Verify => verify(&beside(&config).await?).await,
        Command::Openapi => Ok(ExitCode::SUCCESS),
    }
}

/// The database, for a command that may run beside a server.
async fn beside(config: &Config) -> Result<Services, BootError> {
    boot::open(config, Clock::system(), Lock::Shared).await
}

async fn verify(services: &Services) -> Result<ExitCode, BootError> {
    let findings = services::verify::verify(services).await.map_err(|failure| broken(&failure))?;
    services.close().await;
    for finding in &findings {
        say(&format!("{}: {}", finding.check, finding.detail));
    }
    if findings.is_empty() {
        say("Every invariant holds.");
        return Ok(ExitCode::SUCCESS);
    }
    complain(&format!("{} finding(s).", findings.len()));
    Ok(ExitCode::FAILURE)
}

fn document() -> Result<String, BootError> {
    rest::document().to_pretty_json().map_err(|why| BootError::Command(why.to_string()))
}

/// A failure that no rule explains, as a sentence.
fn broken(failure: &Failure<Never>) -> BootError {
    BootError::Command(match failure {
        Failure::NotFound(kind) => format!("There is no such {}.", format!("{kind:?}").to_lowercase()),
        Failure::Unavailable(report) | Failure::Internal(report) => format!("The database failed: {report}."),
        Failure::Busy => "The database is busy; try again.".into(),
        Failure::Denied | Failure::KeyReused | Failure::Refused(_) => "This is not allowed.".into(),
    })
}

/// The rule's reason, or the failure that no rule explains.
fn reason<E>(failure: Failure<E>) -> Result<E, BootError> {
    let other = match failure {
        Failure::Refused(reason) => return Ok(reason),
        Failure::Denied => Failure::Denied,
        Failure::NotFound(kind) => Failure::NotFound(kind),
        Failure::KeyReused => Failure::KeyReused,
        Failure::Busy => Failure::Busy,
        Failure::Unavailable(report) => Failure::Unavailable(report),
        Failure::Internal(report) => Failure::Internal(report),
    };
    Err(broken(&other))
}

/// A line for whoever started the program, where complaints go.
fn complain(line: &str) {
    drop(writeln!(io::stderr().lock(), "{line}"));
}

/// Logs go to the standard error: lines of text for people, JSON for everything else.
fn log_to_stderr(config: &Config) {
    use std::io::IsTerminal;
    use tracing_subscriber::{EnvFilter, fmt};
    let filter = || EnvFilter::new(&config.log);
    // A second initialisation, as in tests, keeps the first.
    if io::stderr().is_terminal() {
        drop(fmt().with_env_filter(filter()).with_writer(io::stderr).with_target(false).try_init());
    } else {
        drop(fmt().json().with_env_filter(filter()).with_writer(io::stderr).flatten_event(true).try_init());
    }
}

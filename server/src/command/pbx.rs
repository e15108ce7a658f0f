//! Telephones and PBXs on the command line.

use super::{broken, complain, import::language};
use crate::config::Config;
use crate::{
    boot::{BootError, say},
    cli,
};
use app::{
    features::telephone::repair,
    i18n::{Locale, telephone::repair::Trouble},
};
use services::{Actor, Services, import::Language, telephone};
use std::{fs, path::Path, process::ExitCode, time::Duration};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

/// The head of an alert.
const TLS_ALERT: &[u8] = &[0x15, 0x03];

/// How long the running server may take.
const PATIENCE: Duration = Duration::from_secs(3);

/// Writes what import takes.
pub(super) async fn export(services: &Services, what: cli::Export) -> Result<ExitCode, BootError> {
    let cli::Export::Telephone { file, site } = what;
    let office = services.office();
    let found = match &site {
        Some(name) => office.sites.values().find(|site| site.name == *name),
        None => office.sites.values().next(),
    };
    let site = found.map(|site| site.id).ok_or_else(|| BootError::Command("There is no such site.".into()))?;
    let written = telephone::export_telephone(services, site).await.map_err(|failure| broken(&failure))?;
    services.close().await;
    let text = serde_json::to_string_pretty(&written).map_err(|why| BootError::Command(why.to_string()))?;
    if file == Path::new("-") {
        say(&text);
    } else {
        fs::write(&file, text + "\n").map_err(|why| BootError::Command(format!("{} cannot be written: {why}.", file.display())))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Secrets, passwords, and what is wrong.
pub(super) async fn pbx(services: &Services, config: &Config, what: cli::Pbx) -> Result<ExitCode, BootError> {
    let code = match what {
        cli::Pbx::Secret { link } => {
            say(&telephone::new_secret(services, &Actor::System, &link).await.map_err(|failure| broken(&failure))?);
            ExitCode::SUCCESS
        }
        cli::Pbx::Password { device } => {
            let aor = device.parse().map_err(|why| BootError::Command(format!("{device:?} is no telephone: {why}.")))?;
            say(&telephone::new_password(services, &Actor::System, aor).await.map_err(|failure| broken(&failure))?);
            ExitCode::SUCCESS
        }
        cli::Pbx::Files { .. } => ExitCode::SUCCESS,
        cli::Pbx::Check => check(services, config).await?,
    };
    services.close().await;
    Ok(code)
}

/// What an administrator should repair, one line each: whether we can be asked, what each PBX did, what is wrong with the numbers.
async fn check(services: &Services, config: &Config) -> Result<ExitCode, BootError> {
    let board = services.board();
    if board.world.houses().next().is_none() {
        complain("No site has telephones yet: nanawari import telephone FILE.json.");
        return Ok(ExitCode::FAILURE);
    }
    let locale = match language() {
        Language::Japanese => Locale::Ja,
        Language::English => Locale::En,
    };
    let now = services.clock().now();
    let mut troubles: Vec<String> = reachable(config).await.into_iter().collect();
    let said = |trouble: Trouble| format!("{} {}", trouble.what, trouble.repair);
    for (link, found) in telephone::link_health(services, &Actor::System).await.map_err(|failure| broken(&failure))? {
        troubles.extend(found.iter().map(|trouble| said(repair::link(locale, &board.world, &link.id, trouble, now))));
    }
    troubles.extend(board.conflicts.iter().map(|conflict| said(repair::conflict(locale, &board.world, conflict, now))));
    for trouble in &troubles {
        say(trouble);
    }
    if troubles.is_empty() {
        say(&format!("{} PBX(s), {} number(s); nothing to repair.", board.links.len(), board.world.numbers().count()));
        return Ok(ExitCode::SUCCESS);
    }
    complain(&format!("{} to repair.", troubles.len()));
    Ok(ExitCode::FAILURE)
}

/// Asks the running server, as a PBX without a secret would; a sentence when it does not answer as it should.
async fn reachable(config: &Config) -> Option<String> {
    let at = config.pbx_listen.unwrap_or(config.listen);
    let at = crate::config::reachable(at);
    let wrong = |why: &str| Some(format!("{at} does not answer a PBX: {why}. Is nanawari serve running, with the same settings?"));
    let asking = async {
        let mut stream = TcpStream::connect(at).await?;
        stream.write_all(format!("GET /pbx/v1/table HTTP/1.1\r\nHost: {at}\r\nConnection: close\r\n\r\n").as_bytes()).await?;
        let mut answer = Vec::new();
        stream.take(1_024).read_to_end(&mut answer).await?;
        std::io::Result::Ok(answer)
    };
    match tokio::time::timeout(PATIENCE, asking).await {
        Err(_) => wrong("it is silent"),
        Ok(Err(why)) => wrong(&why.to_string()),
        // Without a secret nobody is told anything: so it is us.
        Ok(Ok(answer)) if answer.starts_with(b"HTTP/1.1 401 ") => None,
        // What does not speak TLS to it is answered by an alert.
        Ok(Ok(answer)) if config.pbx_tls.is_some() && answer.starts_with(TLS_ALERT) => None,
        Ok(Ok(_)) => wrong("something else listens there"),
    }
}

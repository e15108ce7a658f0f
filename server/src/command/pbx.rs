//! Telephones and PBXs on the command line.

use super::{broken, complain};
use crate::{
    boot::{BootError, say},
    cli,
};
use services::{Actor, Services, telephone};
use std::{fs, path::Path, process::ExitCode};

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
pub(super) async fn pbx(services: &Services, what: cli::Pbx) -> Result<ExitCode, BootError> {
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
        cli::Pbx::Check => check(services),
    };
    services.close().await;
    Ok(code)
}

/// What an administrator should repair, one line each.
fn check(services: &Services) -> ExitCode {
    let board = services.board();
    if board.world.houses().next().is_none() {
        complain("No site has telephones yet: nanawari import telephone FILE.json.");
        return ExitCode::FAILURE;
    }
    for conflict in board.conflicts.iter() {
        say(&serde_json::to_string(conflict).unwrap_or_default());
    }
    if board.conflicts.is_empty() {
        say(&format!("{} PBX(s), {} number(s); nothing to repair.", board.links.len(), board.world.numbers().count()));
        return ExitCode::SUCCESS;
    }
    complain(&format!("{} to repair.", board.conflicts.len()));
    ExitCode::FAILURE
}

//! People, floors and telephones from files.

use super::{complain, reason};
use crate::{
    boot::{BootError, say},
    cli,
};
use app::{features::telephone::difference::difference, i18n::Locale};
use domain::telephone::Concern;
use services::{
    Actor, Services,
    import::{ImportProblem, Language},
    person::ImportMode,
    telephone::Compared,
};
use std::{env, fs, path::Path, process::ExitCode};

/// Complaints shown; a file with more has one mistake all over.
const SHOWN: usize = 50;

/// Takes a file in, or says everything that is wrong with it.
pub(super) async fn import(services: &Services, what: cli::Import) -> Result<ExitCode, BootError> {
    let taken = match what {
        cli::Import::People { file, dry_run } => people(services, &file, if dry_run { ImportMode::DryRun } else { ImportMode::Apply }).await,
        cli::Import::Floor { file, image } => floor(services, &file, image.as_deref()).await,
        cli::Import::Telephone { file, dry_run } => telephone(services, &file, if dry_run { ImportMode::DryRun } else { ImportMode::Apply }).await,
    };
    services.close().await;
    match taken? {
        Ok(sentence) => {
            say(&sentence);
            Ok(ExitCode::SUCCESS)
        }
        Err(problems) => {
            for problem in problems.iter().take(SHOWN) {
                complain(&problem.sentence(language()));
            }
            complain(&match language() {
                Language::Japanese => format!("{}件の誤りがあります。何も取り込んでいません。", problems.len()),
                Language::English => format!("{} problem(s). Nothing was imported.", problems.len()),
            });
            Ok(ExitCode::FAILURE)
        }
    }
}

type Taken = Result<Result<String, Vec<ImportProblem>>, BootError>;

async fn people(services: &Services, file: &Path, mode: ImportMode) -> Taken {
    let bytes = read(file)?;
    let outcome = match services::person::preview_people(services, &bytes, mode).await {
        Ok(outcome) => outcome,
        Err(failure) => return reason(failure).map(Err),
    };
    let (report, would) = (outcome.report, mode == ImportMode::DryRun);
    let sentence = match (language(), would) {
        (Language::Japanese, false) => {
            format!(
                "職員: 追加 {}、変更 {}、変更なし {}。所属の追加 {}、発令 {}件。",
                report.added, report.changed, report.unchanged, report.units_added, report.posts
            )
        }
        (Language::Japanese, true) => format!(
            "確認のみ(何も変更していません)。職員: 追加 {}、変更 {}、変更なし {}。所属の追加 {}、発令 {}件。",
            report.added, report.changed, report.unchanged, report.units_added, report.posts
        ),
        (Language::English, false) => {
            format!(
                "People: {} added, {} changed, {} unchanged; {} units added, {} posts.",
                report.added, report.changed, report.unchanged, report.units_added, report.posts
            )
        }
        (Language::English, true) => format!(
            "Dry run, nothing was changed. People: {} would be added, {} changed, {} unchanged; {} units added, {} posts.",
            report.added, report.changed, report.unchanged, report.units_added, report.posts
        ),
    };
    Ok(Ok(sentence + &outcome.calls.map(|calls| changed_calls(&calls)).unwrap_or_default()))
}

/// The numbers that ring differently, a line each; nothing where none does.
fn changed_calls(calls: &Compared) -> String {
    if calls.differences.is_empty() {
        return String::new();
    }
    let locale = match language() {
        Language::Japanese => Locale::Ja,
        Language::English => Locale::En,
    };
    let t = locale.telephone_setup();
    let own = || calls.differences.iter().filter(|dated| dated.difference.concern() == Concern::Own);
    let lines = own().take(SHOWN).map(|dated| {
        let told = difference(locale, calls, dated);
        format!("  {} {} ({}): {}", told.ext, told.name, (t.from_day)(&told.on.to_string()), told.what)
    });
    let (more, fallback) = (own().count().saturating_sub(SHOWN), calls.differences.len() - own().count());
    let more = (more > 0).then(|| format!("  {}", (t.rings_more)(more)));
    let fallback = (fallback > 0).then(|| format!("  {}", (t.fallback_only)(fallback)));
    let all: Vec<String> = std::iter::once((t.rings)(calls.differences.len())).chain(lines).chain(more).chain(fallback).collect();
    format!("\n{}", all.join("\n"))
}

async fn floor(services: &Services, file: &Path, image: Option<&Path>) -> Taken {
    let json = read(file)?;
    let picture = image.map(read).transpose()?;
    match services::floor::import_floor(services, &json, picture.as_deref()).await {
        Ok(report) => Ok(Ok(match language() {
            Language::Japanese => format!("{}: エリア {}、座席 {}、会議室 {}。", report.name, report.zones, report.seats, report.rooms),
            Language::English => format!("{}: {} zones, {} seats, {} rooms.", report.name, report.zones, report.seats, report.rooms),
        })),
        Err(failure) => reason(failure).map(Err),
    }
}

async fn telephone(services: &Services, file: &Path, mode: ImportMode) -> Taken {
    let json = read(file)?;
    let outcome = match services::telephone::preview_telephone(services, &Actor::System, &json, mode).await {
        Ok(outcome) => outcome,
        Err(failure) => return reason(failure).map(Err),
    };
    let report = &outcome.report;
    let (sections, devices, numbers, changed) = (report.sections, report.devices, report.numbers, report.changed.len());
    let repairs = report.conflicts.len();
    let sentence = match (language(), mode) {
        (Language::Japanese, ImportMode::Apply) => {
            format!("{}: 課 {sections}、電話機 {devices}、番号 {numbers}。鳴り方が変わった番号 {changed}、要確認 {repairs}件。", report.site)
        }
        (Language::Japanese, ImportMode::DryRun) => {
            format!(
                "確認のみ(何も変更していません)。{}: 課 {sections}、電話機 {devices}、番号 {numbers}。鳴り方が変わる番号 {changed}、要確認 {repairs}件。",
                report.site
            )
        }
        (Language::English, ImportMode::Apply) => {
            format!(
                "{}: {sections} sections, {devices} telephones, {numbers} numbers; {changed} numbers ring differently now, {repairs} to repair.",
                report.site
            )
        }
        (Language::English, ImportMode::DryRun) => format!(
            "Dry run, nothing was changed. {}: {sections} sections, {devices} telephones, {numbers} numbers; {changed} numbers would ring differently, {repairs} to repair.",
            report.site
        ),
    };
    // The first file of a house makes every number ring; that is said by its count.
    let lines = if mode == ImportMode::DryRun { changed_calls(&outcome.compared) } else { String::new() };
    Ok(Ok(sentence + &lines))
}

fn read(file: &Path) -> Result<Vec<u8>, BootError> {
    fs::read(file).map_err(|why| BootError::Command(format!("{} cannot be read: {why}.", file.display())))
}

/// The language of the terminal.
pub(super) fn language() -> Language {
    let said = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().filter_map(|name| env::var(name).ok()).find(|value| !value.is_empty());
    if said.is_some_and(|value| value.starts_with("ja")) { Language::Japanese } else { Language::English }
}

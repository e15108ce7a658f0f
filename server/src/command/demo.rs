//! `nanawari demo`: a made-up office on this machine, in a database that is thrown away.

use super::reason;
use crate::{
    boot::{self, BootError, say},
    cli::Demo,
    config::{Config, WrongSetting},
    state::Kind,
};
use chrono::{DateTime, NaiveTime, TimeZone, Utc};
use chrono_tz::Asia::Tokyo;
use domain::{
    account::Scope,
    site::{SitePolicy, day_kind, next_open_day},
};
use services::{
    Actor, Clock, DbSettings, Services,
    db::{Lock, OpenError},
    demo::{self, DemoReport, DemoSize},
};
use std::{
    fs,
    path::{Path, PathBuf},
};

/// A folder whose database is a demo's holds a file of this name; in any other the demo touches nothing.
const MARK: &str = "demo-database";
/// What `--people`, `--seats`, `--days` and `--seed` are when only some of them are given.
const SIZE: DemoSize = DemoSize { people: 300, seats: 210, days: 60, seed: 70 };
/// When a working morning begins in the demo, wall clock.
const MORNING: (u32, u32) = (8, 20);

/// Makes the office, prints how to get in, and serves it on loopback.
pub(super) async fn serve(mut config: Config, wanted: Demo) -> Result<(), BootError> {
    if !config.listen.ip().is_loopback() {
        return Err(WrongSetting(format!(
            "NANAWARI_LISTEN is {}; the demo lets anybody in and listens only on this machine, such as 127.0.0.1:3000.",
            config.listen
        ))
        .into());
    }
    let clock = Clock::starting_at(begin(wanted.now.as_deref())?);
    let folder = Folder::prepare(&config).await?;
    config.data_dir.clone_from(&folder.path);
    config.database_url = database_url(&folder.path);
    let listener = boot::bind(&config).await?;
    let services = boot::open(&config, clock, Lock::Exclusive).await?;
    let report = make(&services, &wanted).await?;
    let token = services::account::create_token(&services, "demo", Scope::Manage, None).await.map_err(|failure| super::broken(&failure))?;
    say(&format!("{} people, {} seats, {} bookings.", report.people, report.seats, report.bookings));
    say(&format!("Sign in as any of them: {}/demo", config.base_url));
    say(&format!("API token (scope manage): {token}"));
    if services.board().links.contains_key(demo::LINK) {
        let secret = services::telephone::new_secret(&services, &Actor::System, demo::LINK).await.map_err(|failure| super::broken(&failure))?;
        say(&format!("PBX (name {}): {secret}", demo::LINK));
    }
    let served = boot::run(services, config, listener, Kind::Demo).await;
    folder.throw_away();
    served
}

async fn make(services: &Services, wanted: &Demo) -> Result<DemoReport, BootError> {
    let Demo { people, seats, days, seed, now: _ } = wanted.clone();
    if people.is_none() && seats.is_none() && days.is_none() && seed.is_none() {
        return match demo::load_sample(services).await {
            Ok(report) => Ok(report),
            Err(failure) => Err(BootError::Command(format!("The sample office is broken: {:?}.", reason(failure)?))),
        };
    }
    let size = DemoSize {
        people: people.unwrap_or(SIZE.people),
        // 七割.
        seats: seats.unwrap_or_else(|| people.map_or(SIZE.seats, |people| (people * 7).div_ceil(10))),
        days: days.unwrap_or(SIZE.days),
        seed: seed.unwrap_or(SIZE.seed),
    };
    demo::generate(services, size).await.map_err(|failure| super::broken(&failure))
}

/// When the demo's clock begins: as told, or now, or the next working morning when today is closed.
fn begin(told: Option<&str>) -> Result<DateTime<Utc>, WrongSetting> {
    if let Some(text) = told {
        let parsed = DateTime::parse_from_rfc3339(text).map(|at| at.to_utc());
        return parsed.map_err(|_| WrongSetting(format!("--now is {text:?}; it must be a moment such as 2026-11-24T08:20:00+09:00.")));
    }
    Ok(working_moment(Clock::system().now()))
}

fn working_moment(now: DateTime<Utc>) -> DateTime<Utc> {
    let policy = SitePolicy::default();
    let today = now.with_timezone(&Tokyo).date_naive();
    if day_kind(&policy, today).is_none() {
        return now;
    }
    let morning = NaiveTime::from_hms_opt(MORNING.0, MORNING.1, 0).unwrap_or(NaiveTime::MIN);
    let wall = next_open_day(&policy, today).and_time(morning);
    Tokyo.from_local_datetime(&wall).earliest().map_or(now, |at| at.to_utc())
}

/// Where the demo's database is.
struct Folder {
    path: PathBuf,
    temporary: bool,
}

impl Folder {
    /// The data folder when one is named, else a temporary one; an earlier demo's database in it is thrown away.
    async fn prepare(config: &Config) -> Result<Self, BootError> {
        let named = config.data_dir != Path::new(".");
        let path = if named { config.data_dir.clone() } else { std::env::temp_dir().join(format!("nanawari-demo-{}", std::process::id())) };
        fs::create_dir_all(&path)?;
        let database = path.join("nanawari.db");
        if database.exists() {
            if !path.join(MARK).exists() {
                let sentence = format!("{} is no demo's database; the demo makes its own: give it another NANAWARI_DATA_DIR.", database.display());
                return Err(WrongSetting(sentence).into());
            }
            // A demo that is still running has the lock; what else is wrong with an old database does not matter.
            match Services::open(&DbSettings { url: database_url(&path), lock: Lock::Exclusive }, Clock::system()).await {
                Ok(old) => old.close().await,
                Err(locked @ OpenError::Locked { .. }) => return Err(locked.into()),
                Err(_) => {}
            }
            remove(&path);
        }
        fs::write(path.join(MARK), "The database beside this file belongs to `nanawari demo`, which throws it away.\n")?;
        Ok(Self { path, temporary: !named })
    }

    fn throw_away(&self) {
        if self.temporary {
            drop(fs::remove_dir_all(&self.path));
        }
    }
}

fn remove(folder: &Path) {
    for name in ["nanawari.db", "nanawari.db-wal", "nanawari.db-shm"] {
        // What is not there need not go; what cannot go shows when the new one is opened.
        drop(fs::remove_file(folder.join(name)));
    }
}

fn database_url(folder: &Path) -> String {
    format!("sqlite://{}", folder.join("nanawari.db").display())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clock_begins_on_a_working_day() {
        let at = |text: &str| DateTime::parse_from_rfc3339(text).unwrap().to_utc();
        for (now, expected) in [
            ("2026-11-24T10:00:00+09:00", "2026-11-24T10:00:00+09:00"),
            ("2026-11-21T10:00:00+09:00", "2026-11-24T08:20:00+09:00"),
            ("2026-12-30T10:00:00+09:00", "2027-01-04T08:20:00+09:00"),
        ] {
            assert_eq!(working_moment(at(now)), at(expected), "{now}");
        }
        assert!(begin(Some("tomorrow")).is_err());
    }
}

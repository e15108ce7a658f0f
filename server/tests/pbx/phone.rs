//! Telephones and callers: SIPp with the scenarios beside this file, one process each, and what they noted.

use crate::process::{Group, free_port, repository, udp_port_is_taken};
use std::{
    fs::{self, File},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::Duration,
};
use tempfile::TempDir;

/// What a telephone does when it rings.
#[derive(Clone, Copy, Debug)]
pub enum Does {
    /// Is picked up after so many milliseconds.
    Answers(u32),
    /// Says after so many milliseconds that it is busy (486).
    IsBusy(u32),
    /// Is declined by its user (603) after so many milliseconds.
    Declines(u32),
    /// Rings until the call is cancelled.
    Rings,
}

fn scenarios() -> PathBuf {
    repository().join("server/tests/pbx/scenarios")
}

fn sipp(folder: &Path, scenario: &str, own_port: u16) -> Command {
    let mut command = Command::new("sipp");
    command.current_dir(folder).arg("-sf").arg(scenarios().join(format!("{scenario}.xml")));
    command.args(["-i", "127.0.0.1", "-p", &own_port.to_string(), "-nostdin", "-trace_logs", "-log_file", "log", "-trace_err", "-error_file", "errors"]);
    command.stdout(Stdio::null()).stderr(File::create(folder.join("stderr")).expect("a log"));
    command
}

fn lines(folder: &Path) -> Vec<String> {
    fs::read_to_string(folder.join("log")).unwrap_or_default().lines().map(str::to_owned).collect()
}

fn complaints(folder: &Path) -> String {
    ["errors", "stderr"].map(|name| fs::read_to_string(folder.join(name)).unwrap_or_default()).join("\n")
}

/// A telephone that is switched on.
pub struct Phone {
    folder: TempDir,
    _process: Group,
}

impl Phone {
    /// Switches a telephone on; it waits for calls when this returns.
    pub async fn on(device: &str, port: u16, does: Does) -> Self {
        let folder = TempDir::new().expect("a temporary folder");
        let (scenario, pause) = match does {
            Does::Answers(pause) => ("answers", pause),
            Does::IsBusy(pause) => ("busy", pause),
            Does::Declines(pause) => ("declines", pause),
            Does::Rings => ("rings", 0),
        };
        let mut command = sipp(folder.path(), scenario, port);
        command.args(["-key", "device", device, "-d", &pause.to_string()]);
        let mut process = Group::start(&mut command);
        // The port is taken when the telephone is on.
        while !udp_port_is_taken(port) {
            assert!(process.has_ended().is_none(), "{device} went off: {}", complaints(folder.path()));
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        Self { folder, _process: process }
    }

    /// Switches on a telephone that registers over TCP at an address where nobody listens: it can only be reached by the
    /// connection that it keeps, as one behind TLS or an address translation.
    pub async fn behind_tcp(device: &str, password: &str, exchange_port: u16) -> Self {
        let folder = TempDir::new().expect("a temporary folder");
        fs::write(folder.path().join("devices"), devices_file(&[(device, password, 9)])).expect("a list");
        let answers = scenarios().join("answers.xml");
        let mut command = sipp(folder.path(), "register", free_port());
        command.args(["-t", "t1", "-inf", "devices", "-m", "1", "-set", "stays", "1", "-d", "50", "-key", "device", device, "-oocsf"]).arg(answers);
        let mut process = Group::start(command.arg(format!("127.0.0.1:{exchange_port}")));
        while !lines(folder.path()).iter().any(|line| line.starts_with("REGISTERED")) {
            assert!(process.has_ended().is_none(), "{device} went off: {}", complaints(folder.path()));
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        Self { folder, _process: process }
    }

    /// The lines of calls that came: by which answer they were routed, and what was shown.
    pub fn calls(&self) -> Vec<String> {
        lines(self.folder.path()).into_iter().filter(|line| line.starts_with("INVITE")).collect()
    }

    /// The reasons of cancelled calls; waits a moment for the first.
    pub async fn cancelled(&self) -> String {
        for _ in 0..100 {
            let cancelled: Vec<String> = lines(self.folder.path()).into_iter().filter(|line| line.starts_with("CANCEL")).collect();
            if !cancelled.is_empty() {
                return cancelled.join(" ");
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        String::new()
    }
}

/// How a call ended for its caller.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ended {
    /// The final reply.
    pub status: u16,
    /// The device that was picked up.
    pub by: String,
    /// From the call to the first ringing.
    pub rang_ms: Option<u64>,
    /// From the call to the final reply.
    pub took_ms: u64,
}

/// A caller.
pub struct Caller<'a> {
    /// The device that calls, or the number that calls from outside.
    pub device: &'a str,
    pub password: &'a str,
    pub own_port: u16,
    pub exchange_port: u16,
    /// The scenario: `telephone`, `impatient` or `carrier`.
    pub way: &'a str,
    /// How long it talks, or is patient.
    pub pause_ms: u32,
    /// The name it says it has.
    pub shown: &'a str,
}

impl Caller<'_> {
    pub async fn calls(&self, number: &str) -> Ended {
        let folder = TempDir::new().expect("a temporary folder");
        let mut command = sipp(folder.path(), self.way, self.own_port);
        command.args(["-m", "1", "-s", number, "-d", &self.pause_ms.to_string(), "-key", "device", self.device, "-key", "shown", self.shown]);
        command.args(["-au", self.device, "-ap", self.password, &format!("127.0.0.1:{}", self.exchange_port)]);
        let status = Group::start(&mut command).wait(Duration::from_secs(40)).await;
        let log = lines(folder.path());
        let broken = || format!("{} → {number}: {status:?}\n{}\n{}", self.device, log.join("\n"), complaints(folder.path()));
        let told = |word: &str| log.iter().find_map(|line| line.strip_prefix(word)).map(|rest| rest.split_whitespace().collect::<Vec<_>>());
        let tick = |words: &[&str], at: usize| words.get(at).and_then(|word| word.parse::<u64>().ok());
        let (Some(asked), Some(last)) = (told("ASKED "), told("FINAL ")) else { panic!("{}", broken()) };
        let asked = tick(&asked, 0).unwrap_or_else(|| panic!("{}", broken()));
        // A refused call ends SIPp with complaints about nothing; an answered one must have gone through to the end.
        let answered = last[0] == "200";
        assert!(!answered || status.is_some_and(|status| status.success()), "{}", broken());
        Ended {
            status: last[0].parse().unwrap_or_else(|_| panic!("{}", broken())),
            by: last.get(2).copied().unwrap_or_default().to_owned(),
            rang_ms: told("RINGING ").and_then(|words| tick(&words, 0)).map(|at| at - asked),
            took_ms: tick(&last, 1).unwrap_or_else(|| panic!("{}", broken())) - asked,
        }
    }
}

/// What became of many calls.
#[derive(Clone, Copy, Debug)]
pub struct Load {
    /// Answered, and ended by the caller.
    pub answered: u32,
}

/// Calls at a steady pace, each a fifth of a second long.
pub async fn load(own_port: u16, exchange_port: u16, number: &str, a_second: u32, calls: u32) -> Load {
    let folder = TempDir::new().expect("a temporary folder");
    let mut command = sipp(folder.path(), "carrier", own_port);
    command.args(["-m", &calls.to_string(), "-r", &a_second.to_string(), "-l", "2000", "-s", number, "-d", "200"]);
    command.args(["-key", "device", "0312345678", "-key", "shown", "", "-trace_stat", "-stf", "stat", "-fd", "10"]);
    // A ringing that comes after the answer is no lost call.
    command.args(["-default_behaviors", "all,-abortunexp"]);
    let most = Duration::from_secs(u64::from(calls / a_second) + 120);
    let status = Group::start(command.arg(format!("127.0.0.1:{exchange_port}"))).wait(most).await;
    let text = fs::read_to_string(folder.path().join("stat")).unwrap_or_default();
    let mut rows = text.lines().map(|line| line.split(';').collect::<Vec<_>>());
    let heads = rows.next().unwrap_or_default();
    let column = heads.iter().position(|head| *head == "SuccessfulCall(C)");
    let last = rows.next_back().unwrap_or_default();
    let answered = column.and_then(|at| last.get(at)?.parse().ok()).unwrap_or_else(|| panic!("{status:?} {}", complaints(folder.path())));
    if answered < calls {
        let log = lines(folder.path());
        let finals = |status: &str| log.iter().filter(|line| line.starts_with(&format!("FINAL {status}"))).count();
        let counts = ["200", "404", "480", "486", "487", "500", "603"].map(|status| format!("{status}: {}", finals(status)));
        eprintln!(
            "{} of {calls} calls were lost ({}); SIPp says:\n{}",
            calls - answered,
            counts.join(", "),
            complaints(folder.path()).chars().take(3_000).collect::<String>()
        );
    }
    Load { answered }
}

/// What became of a registration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Registered {
    Yes,
    /// The password is wrong.
    Refused,
    /// There is no such device.
    Unknown,
}

/// What register.xml reads.
fn devices_file(devices: &[(&str, &str, u16)]) -> String {
    let line = |(device, password, port): &(&str, &str, u16)| format!("{device};{port};[authentication username={device} password={password}]\n");
    format!("SEQUENTIAL\n{}", devices.iter().map(line).collect::<String>())
}

/// Registers devices at their ports, all at once.
pub async fn register(exchange_port: u16, own_port: u16, devices: &[(&str, &str, u16)]) -> Vec<Registered> {
    let folder = TempDir::new().expect("a temporary folder");
    fs::write(folder.path().join("devices"), devices_file(devices)).expect("a list");
    let count = devices.len().to_string();
    let mut command = sipp(folder.path(), "register", own_port);
    command.args(["-inf", "devices", "-m", &count, "-l", &count, "-r", "200", &format!("127.0.0.1:{exchange_port}")]);
    let ended = Group::start(&mut command).wait(Duration::from_secs(20)).await;
    let log = lines(folder.path());
    let word = |device: &str| log.iter().filter_map(|line| line.split_once(' ')).find(|(_, named)| *named == device).map(|(word, _)| word);
    let outcome = |(device, _, _): &(&str, &str, u16)| match word(device) {
        Some("REGISTERED") => Registered::Yes,
        Some("REFUSED") => Registered::Refused,
        Some("UNKNOWN") => Registered::Unknown,
        other => panic!("{device}: {other:?} {ended:?}\n{}", complaints(folder.path())),
    };
    devices.iter().map(outcome).collect()
}

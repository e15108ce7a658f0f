//! Programs that a test starts and that are gone when it ends, with all their children: a killed Kamailio leaves two dozen
//! workers behind that go on serving, so what is stopped is always the process group.

use std::{
    net::{Ipv4Addr, TcpListener, UdpSocket},
    os::unix::process::CommandExt,
    path::Path,
    process::{Child, Command, ExitStatus, Stdio},
    sync::{
        LazyLock,
        atomic::{AtomicU16, Ordering},
    },
    time::{Duration, Instant},
};

/// What must be installed, and the Debian package it comes with.
const NEEDED: [(&str, &str); 6] =
    [("kamailio", "kamailio"), ("kamcmd", "kamailio"), ("sipp", "sip-tester"), ("sqlite3", "sqlite3"), ("curl", "curl"), ("openssl", "openssl")];

/// The folder of everything. Tests and benches, which share these files, are packages of different folders.
pub fn repository() -> &'static Path {
    let mut above = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors();
    above.find(|folder| folder.join("Cargo.lock").is_file()).expect("the workspace")
}

/// Where programs are: Debian keeps Kamailio where only administrators look.
pub fn search_path() -> String {
    format!("{}:/usr/sbin:/sbin", std::env::var("PATH").unwrap_or_default())
}

/// Fails with a sentence when a program is missing: a test that skips itself proves nothing.
pub fn everything_is_installed() {
    for (program, package) in NEEDED {
        let found = Command::new("sh").args(["-c", &format!("command -v {program}")]).env("PATH", search_path()).stdout(Stdio::null()).status();
        assert!(found.is_ok_and(|status| status.success()), "{program} is missing (Debian's package {package}); `.ci/setup.sh test` installs it");
    }
}

/// A port that is free for UDP and TCP, and nobody else's here: a telephone keeps its own while it is off. It is below those
/// that the kernel gives to whoever asks for any, so nobody comes upon it between two calls.
pub fn free_port() -> u16 {
    static NEXT: LazyLock<AtomicU16> = LazyLock::new(|| AtomicU16::new(20_000 + u16::try_from(std::process::id() % 5_000).expect("small")));
    loop {
        let port = NEXT.fetch_add(1, Ordering::Relaxed);
        assert!(port < 32_768, "no port is free for both UDP and TCP");
        let address = (Ipv4Addr::LOCALHOST, port);
        if UdpSocket::bind(address).is_ok() && TcpListener::bind(address).is_ok() {
            return port;
        }
    }
}

/// Whether a program has this UDP port on loopback. The kernel is asked: trying to take it would take it from the program
/// that is just about to.
pub fn udp_port_is_taken(port: u16) -> bool {
    let sockets = std::fs::read_to_string("/proc/net/udp").expect("the kernel's list of sockets");
    let local = format!("0100007F:{port:04X}");
    sockets.lines().skip(1).any(|line| line.split_whitespace().nth(1) == Some(local.as_str()))
}

/// A program in a process group of its own, with somebody who ends it when the test cannot any more.
pub struct Group {
    leader: Child,
    /// Reads from us; when there is nothing more to read, perhaps because we were killed, it kills the group.
    heir: Child,
}

impl Group {
    pub fn start(command: &mut Command) -> Self {
        let leader = command.process_group(0).stdin(Stdio::null()).spawn();
        let leader = leader.unwrap_or_else(|error| panic!("{command:?}: {error}"));
        let mut heir = Command::new("sh");
        heir.args(["-c", &format!("cat; exec env kill -KILL -- -{}", leader.id())]).process_group(0);
        let heir = heir.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("a shell");
        Self { leader, heir }
    }

    pub fn has_ended(&mut self) -> Option<ExitStatus> {
        self.leader.try_wait().expect("a child can be asked about")
    }

    pub async fn wait(&mut self, most: Duration) -> Option<ExitStatus> {
        let began = Instant::now();
        while began.elapsed() < most {
            if let Some(status) = self.has_ended() {
                return Some(status);
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        None
    }

    /// What the leader holds of the machine's memory.
    pub fn memory_mib(&self) -> f64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.leader.id())).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).expect("it runs");
        line.trim().trim_end_matches(" kB").parse::<f64>().expect("a number") / 1024.0
    }

    /// No signal that could be caught, to nobody but those we started.
    pub fn kill(&mut self) {
        drop(self.heir.stdin.take());
        drop(self.heir.wait());
        drop(self.leader.wait());
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        self.kill();
    }
}

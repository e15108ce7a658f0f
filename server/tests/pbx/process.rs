//! Programs that a test starts and that are gone when it ends, with all their children: a killed Kamailio leaves two dozen
//! workers behind that go on serving, so what is stopped is always the process group.

use std::{
    net::{Ipv4Addr, TcpListener, UdpSocket},
    os::unix::process::CommandExt,
    process::{Child, Command, ExitStatus, Stdio},
    time::{Duration, Instant},
};

/// What must be installed, and the Debian package it comes with.
const NEEDED: [(&str, &str); 5] =
    [("kamailio", "kamailio"), ("kamcmd", "kamailio"), ("sipp", "sip-tester"), ("sqlite3", "sqlite3"), ("curl", "curl")];

/// Fails with a sentence when a program is missing: a test that skips itself proves nothing.
pub fn everything_is_installed() {
    for (program, package) in NEEDED {
        let found = Command::new("sh").args(["-c", &format!("command -v {program}")]).stdout(Stdio::null()).status();
        assert!(found.is_ok_and(|status| status.success()), "{program} is missing (Debian's package {package}); `.ci/setup.sh test` installs it");
    }
}

/// A port that is free for UDP and TCP.
pub fn free_port() -> u16 {
    for _ in 0..100 {
        let udp = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
        let port = udp.local_addr().expect("its address").port();
        if TcpListener::bind((Ipv4Addr::LOCALHOST, port)).is_ok() {
            return port;
        }
    }
    panic!("no port is free for both UDP and TCP");
}

/// A program in a process group of its own.
pub struct Group(Child);

impl Group {
    pub fn start(command: &mut Command) -> Self {
        let child = command.process_group(0).stdin(Stdio::null()).spawn();
        Self(child.unwrap_or_else(|error| panic!("{command:?}: {error}")))
    }

    pub fn has_ended(&mut self) -> Option<ExitStatus> {
        self.0.try_wait().expect("a child can be asked about")
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

    /// No signal that could be caught, to nobody but those we started.
    pub fn kill(&mut self) {
        let group = format!("-{}", self.0.id());
        drop(Command::new("kill").args(["-KILL", "--", &group]).stderr(Stdio::null()).status());
        drop(self.0.wait());
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        self.kill();
    }
}

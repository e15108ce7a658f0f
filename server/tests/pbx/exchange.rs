//! A real Kamailio with the set-up that is shipped, and the script beside it. Only the settings file is filled in, as an
//! administrator would.

use crate::{
    process::{Group, free_port, repository, search_path},
    wire::Wire,
};
use std::{
    fs::{self, File},
    path::PathBuf,
    process::{Command, Stdio},
    time::{Duration, Instant},
};
use tempfile::TempDir;

pub struct Exchange {
    folder: TempDir,
    kamailio: Option<Group>,
    script: Option<Group>,
    pub port: u16,
    pub trunk_port: u16,
    pub spare_port: u16,
    pub announce_port: u16,
}

fn shipped() -> PathBuf {
    repository().join("assets/pbx/kamailio")
}

impl Exchange {
    /// Writes the settings and starts the script; Kamailio comes with [`Self::start`].
    pub fn prepare(platform_port: u16, secret: &str) -> Self {
        let folder = TempDir::new().expect("a temporary folder");
        let exchange =
            Self { folder, kamailio: None, script: None, port: free_port(), trunk_port: free_port(), spare_port: free_port(), announce_port: free_port() };
        let path = exchange.folder.path().display();
        let ports = [exchange.port, platform_port, exchange.trunk_port, exchange.spare_port, exchange.announce_port].map(|port| port.to_string());
        let values = [
            ("NW_SIP_IP", "127.0.0.1"),
            ("NW_SIP_PORT", &ports[0]),
            ("NW_DATA", &format!("{path}/data")),
            ("NW_CONTROL", &format!("{path}/control.sock")),
            ("NW_MARK", "a-long-word-that-nobody-else-knows-0123456789"),
            ("NW_HOST", &format!("127.0.0.1:{}", ports[1])),
            ("NW_SECRET", secret),
            ("NW_TRUNK_IP", "127.0.0.1"),
            ("NW_TRUNK_PORT", &ports[2]),
            ("NW_SPARE_IP", "127.0.0.1"),
            ("NW_SPARE_PORT", &ports[3]),
            ("NW_HOUSE_NUMBER", "+81875731100"),
            ("NW_ANNOUNCE_IP", "127.0.0.1"),
            ("NW_ANNOUNCE_PORT", &ports[4]),
        ];
        let settings = fs::read_to_string(shipped().join("local.cfg")).expect("the settings that are shipped");
        let settings = values.iter().fold(settings, |text, (name, value)| with_setting(&text, name, value));
        let settings = settings.replace("##!define WITH_ANNOUNCEMENT", "#!define WITH_ANNOUNCEMENT");
        fs::write(exchange.folder.path().join("local.cfg"), settings).expect("the settings written");
        for name in ["kamailio.cfg", "calls.cfg", "events.cfg"] {
            fs::copy(shipped().join(name), exchange.folder.path().join(name)).expect("the configuration copied");
        }
        let prepared = exchange.script("prepare").status().expect("the script runs");
        assert!(prepared.success(), "nanawari-pbx prepare: {prepared}");
        exchange
    }

    /// Switches TLS on as the guide says, with a certificate of its own; the port.
    pub fn use_tls(&self) -> u16 {
        let (path, port) = (self.folder.path(), free_port());
        let made = Command::new("openssl")
            .args(["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=pbx.example", "-keyout", "key.pem", "-out", "cert.pem"])
            .current_dir(path)
            .stderr(Stdio::null())
            .status();
        assert!(made.is_ok_and(|status| status.success()), "openssl makes no certificate");
        let certificates = fs::read_to_string(shipped().join("tls.cfg")).expect("the file that is shipped");
        fs::write(path.join("tls.cfg"), certificates.replace("/etc/kamailio/nanawari", &path.display().to_string())).expect("tls.cfg written");
        let settings = fs::read_to_string(path.join("local.cfg")).expect("the settings").replace("##!define WITH_TLS", "#!define WITH_TLS");
        let settings = with_setting(&settings, "NW_TLS_PORT", &port.to_string());
        let settings = with_setting(&settings, "NW_TLS_CONFIG", &path.join("tls.cfg").display().to_string());
        fs::write(path.join("local.cfg"), settings).expect("the settings written");
        port
    }

    /// The certificate that telephones must trust.
    pub fn certificate(&self) -> PathBuf {
        self.folder.path().join("cert.pem")
    }

    fn script(&self, action: &str) -> Command {
        let mut command = Command::new(shipped().join("nanawari-pbx"));
        command.arg(action).arg(self.folder.path().join("local.cfg")).env("NANAWARI_SYNC_SECONDS", "1").env("TMPDIR", self.folder.path());
        command
    }

    fn log(&self, name: &str) -> File {
        File::options().create(true).append(true).open(self.folder.path().join(name)).expect("a log")
    }

    pub fn start_script(&mut self) {
        self.script = Some(Group::start(self.script("sync").stdout(self.log("script.log")).stderr(self.log("script.log"))));
    }

    /// Starts Kamailio; how long it took until it answered.
    pub async fn start(&mut self) -> Duration {
        let path = self.folder.path();
        let mut command = Command::new("kamailio");
        command
            .env("PATH", search_path())
            .current_dir("/")
            .arg("-f")
            .arg(path.join("kamailio.cfg"))
            .args(["-DD", "-E", "-m", "256", "-M", "16", "-Y"])
            .arg(path);
        command.arg("-P").arg(path.join("kamailio.pid")).stdout(self.log("kamailio.log")).stderr(self.log("kamailio.log"));
        let began = Instant::now();
        self.kamailio = Some(Group::start(&mut command));
        let wire = Wire::on(0);
        for attempt in 0.. {
            let options = format!(
                "OPTIONS sip:127.0.0.1:{} SIP/2.0\nVia: {{via}}\nFrom: <sip:t@t>;tag=1\nTo: <sip:127.0.0.1>\nCall-ID: up-{attempt}\nCSeq: 1 OPTIONS\nMax-Forwards: 5\nContent-Length: 0\n\n",
                self.port
            );
            if wire.ask(self.port, &options, Duration::from_millis(20)) == Some(200) {
                return began.elapsed();
            }
            let ended = self.kamailio.as_mut().and_then(Group::has_ended);
            assert!(ended.is_none() && began.elapsed() < Duration::from_secs(20), "Kamailio does not answer\n{}", self.logs());
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        unreachable!("it answered or the test failed")
    }

    /// As a crash would, Kamailio with all its processes and the script.
    pub fn kill(&mut self) {
        self.kamailio = None;
        self.script = None;
    }

    /// Asks Kamailio by its control socket; what it says, or nothing.
    fn control(&self, words: &[&str]) -> Option<String> {
        let socket = format!("unix:{}", self.folder.path().join("control.sock").display());
        let output = Command::new("kamcmd").env("PATH", search_path()).args(["-s", &socket]).args(words).output().expect("kamcmd runs");
        output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
    }

    /// Whether Kamailio has a device's password in its memory.
    pub fn knows(&self, device: &str) -> bool {
        self.control(&["htable.get", "device", device]).is_some_and(|told| told.contains("value"))
    }

    /// As if the last answer for a number, seen from inside, had been given a quarter of an hour ago.
    pub fn make_stale(&self, number: &str) {
        assert!(self.control(&["htable.seti", "fresh", &format!("i:{number}"), "0"]).is_some(), "kamcmd does not reach Kamailio\n{}", self.logs());
    }

    /// What is on disk.
    pub fn stored(&self, database: &str, question: &str) -> String {
        let output = Command::new("sqlite3").arg("-readonly").arg(self.folder.path().join("data").join(database)).arg(question).output().expect("sqlite3 runs");
        String::from_utf8_lossy(&output.stdout).trim().to_owned()
    }

    pub fn logs(&self) -> String {
        ["kamailio.log", "script.log"].map(|name| fs::read_to_string(self.folder.path().join(name)).unwrap_or_default()).join("\n--- script\n")
    }
}

/// The settings with another value of one of them; a name that is not shipped is a mistake of the test or of the file.
fn with_setting(settings: &str, name: &str, value: &str) -> String {
    let begins = format!("#!substdef \"!{name}!");
    assert!(settings.lines().any(|line| line.starts_with(&begins)), "local.cfg has no {name}");
    let line = |line: &str| if line.starts_with(&begins) { format!("{begins}{value}!g\"\n") } else { format!("{line}\n") };
    settings.lines().map(line).collect()
}

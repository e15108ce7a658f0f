//! Settings: flag, else environment, else `nanawari.toml`, else the default. Every wrong value is one sentence.

use crate::{cli::Settings, outgoing::MailSettings, tls::TlsSettings};
use domain::{memo::Allowed, telephone::CallLinks};
use serde::Deserialize;
use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
};

/// Settings that were checked.
#[derive(Clone, Debug)]
pub struct Config {
    /// Where the data is; never logged, it may hold a password.
    pub database_url: String,
    /// Address and port to listen on.
    pub listen: SocketAddr,
    /// Address and port for PBXs alone; without it they are served beside the pages.
    pub pbx_listen: Option<SocketAddr>,
    /// The certificate by which PBXs are answered over TLS.
    pub pbx_tls: Option<TlsSettings>,
    /// Address and port for SIP redirects; without it there is no redirect server.
    pub sip_listen: Option<SocketAddr>,
    /// The address people type, without a slash at its end.
    pub base_url: String,
    /// Folder for everything the program keeps.
    pub data_dir: PathBuf,
    /// Folder with the pages' files, instead of those inside the program.
    pub site_root: Option<PathBuf>,
    /// The mail server and who writes; without it no mail is sent.
    pub mail: Option<MailSettings>,
    /// Hosts of programs that may be told of memos.
    pub webhook_hosts: Allowed,
    /// What takes a call when somebody presses a number in a page.
    pub call_links: CallLinks,
    /// What to log.
    pub log: String,
}

/// A wrong setting, as one sentence for the administrator.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct WrongSetting(pub String);

/// `nanawari.toml`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    database_url: Option<String>,
    listen: Option<String>,
    pbx_listen: Option<String>,
    pbx_cert: Option<String>,
    pbx_key: Option<String>,
    pbx_client_ca: Option<String>,
    sip_listen: Option<String>,
    base_url: Option<String>,
    data_dir: Option<String>,
    site_root: Option<String>,
    mail_url: Option<String>,
    mail_from: Option<String>,
    webhook_hosts: Option<String>,
    call_links: Option<String>,
    log: Option<String>,
}

impl Config {
    /// Checks the settings given, filling in from `nanawari.toml` of the data folder or the current one.
    ///
    /// # Errors
    /// [`WrongSetting`] names the first setting that cannot be used, and why.
    pub fn read(given: &Settings) -> Result<Self, WrongSetting> {
        let file = read_file(given.data_dir.as_deref())?;
        let pick = |flag: &Option<String>, line: Option<String>| flag.clone().or(line).map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
        let data_dir = PathBuf::from(pick(&given.data_dir, file.data_dir).unwrap_or_else(|| ".".into()));
        let listen = listen_address("NANAWARI_LISTEN", &pick(&given.listen, file.listen).unwrap_or_else(|| "127.0.0.1:3000".into()))?;
        let pbx_listen = pick(&given.pbx_listen, file.pbx_listen).map(|text| listen_address("NANAWARI_PBX_LISTEN", &text)).transpose()?;
        let (cert, key) = (pick(&given.pbx_cert, file.pbx_cert), pick(&given.pbx_key, file.pbx_key));
        let pbx_tls = tls_settings(pbx_listen, cert, key, pick(&given.pbx_client_ca, file.pbx_client_ca))?;
        let sip_listen = pick(&given.sip_listen, file.sip_listen).map(|text| listen_address("NANAWARI_SIP_LISTEN", &text)).transpose()?;
        let base_url = match pick(&given.base_url, file.base_url) {
            Some(text) => base_url(&text)?,
            None => format!("http://{}", reachable(listen)),
        };
        let database_url = database_url(&pick(&given.database_url, file.database_url).unwrap_or_else(|| "sqlite://nanawari.db".into()), &data_dir)?;
        let site_root = pick(&given.site_root, file.site_root).map(PathBuf::from);
        if let Some(folder) = site_root.as_deref().filter(|folder| !folder.is_dir()) {
            return Err(WrongSetting(format!("NANAWARI_SITE_ROOT is {}, and there is no such folder.", folder.display())));
        }
        let mail_from = pick(&given.mail_from, file.mail_from);
        let mail = pick(&given.mail_url, file.mail_url).map(|url| MailSettings::read(&url, mail_from.as_deref())).transpose().map_err(WrongSetting)?;
        let webhook_hosts = webhook_hosts(&pick(&given.webhook_hosts, file.webhook_hosts).unwrap_or_default())?;
        let call_links = pick(&given.call_links, file.call_links).map(|text| call_links(&text)).transpose()?.unwrap_or_default();
        let log = log_filter(pick(&given.log, file.log).unwrap_or_else(|| "info".into()))?;
        Ok(Self { database_url, listen, pbx_listen, pbx_tls, sip_listen, base_url, data_dir, site_root, mail, webhook_hosts, call_links, log })
    }

    /// Whether people reach the program over TLS; then cookies are bound to it.
    #[must_use]
    pub fn over_tls(&self) -> bool {
        self.base_url.starts_with("https://")
    }

    /// What may leave the house.
    #[must_use]
    pub fn outgoing(&self) -> services::memo::Outgoing {
        services::memo::Outgoing { base_url: self.base_url.clone(), mail: self.mail.is_some(), allowed: self.webhook_hosts.clone() }
    }

    /// Makes the data folder.
    ///
    /// # Errors
    /// One sentence when it cannot be made.
    pub fn prepare_data_dir(&self) -> Result<(), WrongSetting> {
        std::fs::create_dir_all(&self.data_dir)
            .map_err(|why| WrongSetting(format!("The data folder {} (NANAWARI_DATA_DIR) cannot be made: {why}.", self.data_dir.display())))
    }
}

fn read_file(data_dir: Option<&str>) -> Result<File, WrongSetting> {
    let candidates = [data_dir.map(|dir| Path::new(dir).join("nanawari.toml")), Some(PathBuf::from("nanawari.toml"))];
    let Some(path) = candidates.into_iter().flatten().find(|path| path.is_file()) else { return Ok(File::default()) };
    let text = std::fs::read_to_string(&path).map_err(|why| WrongSetting(format!("{} cannot be read: {why}.", path.display())))?;
    toml::from_str(&text).map_err(|why| {
        let line = why.span().map_or(1, |span| text[..span.start.min(text.len())].matches('\n').count() + 1);
        WrongSetting(format!("{}, line {line}: {}.", path.display(), why.message().replace('\n', " ")))
    })
}

fn listen_address(name: &str, text: &str) -> Result<SocketAddr, WrongSetting> {
    let wrong = || WrongSetting(format!("{name} is {text:?}; it must be an address and a port, such as 127.0.0.1:3000 or [::]:3000."));
    match text.strip_prefix("localhost:") {
        Some(port) => port.parse().map(|port| SocketAddr::from(([127, 0, 0, 1], port))).map_err(|_| wrong()),
        None => text.parse().map_err(|_| wrong()),
    }
}

fn tls_settings(listen: Option<SocketAddr>, cert: Option<String>, key: Option<String>, client_ca: Option<String>) -> Result<Option<TlsSettings>, WrongSetting> {
    let missing = |name: &str, because: &str| Err(WrongSetting(format!("{name} is missing: {because} is set, and one needs the other.")));
    match (cert, key, client_ca) {
        (None, None, None) => Ok(None),
        (Some(_), None, _) => missing("NANAWARI_PBX_KEY", "NANAWARI_PBX_CERT"),
        (None, Some(_), _) => missing("NANAWARI_PBX_CERT", "NANAWARI_PBX_KEY"),
        (None, None, Some(_)) => missing("NANAWARI_PBX_CERT", "NANAWARI_PBX_CLIENT_CA"),
        (Some(_), Some(_), _) if listen.is_none() => missing("NANAWARI_PBX_LISTEN", "NANAWARI_PBX_CERT"),
        (Some(certificate), Some(key), client_ca) => {
            Ok(Some(TlsSettings { certificate: certificate.into(), key: key.into(), client_ca: client_ca.map(PathBuf::from) }))
        }
    }
}

/// An address a browser on this machine can open, also when the program listens on all of them.
pub fn reachable(listen: SocketAddr) -> SocketAddr {
    match listen {
        SocketAddr::V4(at) if at.ip().is_unspecified() => SocketAddr::from(([127, 0, 0, 1], at.port())),
        SocketAddr::V6(at) if at.ip().is_unspecified() => SocketAddr::from((std::net::Ipv6Addr::LOCALHOST, at.port())),
        other => other,
    }
}

fn base_url(text: &str) -> Result<String, WrongSetting> {
    let wrong = |why: &str| WrongSetting(format!("NANAWARI_BASE_URL is {text:?}; {why}, such as https://seats.city.example.jp."));
    let uri: axum::http::Uri = text.parse().map_err(|_| wrong("it must be a web address"))?;
    let scheme = uri.scheme_str().filter(|scheme| ["http", "https"].contains(scheme)).ok_or_else(|| wrong("it must begin with http:// or https://"))?;
    let host = uri.authority().filter(|host| !host.host().is_empty() && !host.as_str().contains('@')).ok_or_else(|| wrong("it must name a host"))?;
    if !matches!(uri.path(), "" | "/") || uri.query().is_some() {
        return Err(wrong("it must be a scheme and a host without a path"));
    }
    Ok(format!("{scheme}://{}", host.as_str().to_ascii_lowercase()))
}

fn database_url(text: &str, data_dir: &Path) -> Result<String, WrongSetting> {
    if text.starts_with("postgres://") || text.starts_with("postgresql://") {
        return Ok(text.to_owned());
    }
    let Some(path) = text.strip_prefix("sqlite:") else {
        // The value may hold a password, so the sentence does not repeat it.
        return Err(WrongSetting("NANAWARI_DATABASE_URL must begin with sqlite:// or postgres://.".into()));
    };
    let path = path.strip_prefix("//").unwrap_or(path);
    let path = path.split('?').next().unwrap_or(path);
    if path.is_empty() || path.contains(":memory:") {
        return Err(WrongSetting("NANAWARI_DATABASE_URL must name a file: bookings are kept, not only remembered.".into()));
    }
    Ok(format!("sqlite://{}", data_dir.join(path).display()))
}

fn webhook_hosts(text: &str) -> Result<Allowed, WrongSetting> {
    Allowed::parse(text).map_err(|why| {
        WrongSetting(format!("NANAWARI_WEBHOOK_HOSTS: {why}; write hosts with commas between them, such as hooks.city.example.jp, 10.20.0.0/16."))
    })
}

fn call_links(text: &str) -> Result<CallLinks, WrongSetting> {
    text.parse().map_err(|_| {
        WrongSetting(format!("NANAWARI_CALL_LINKS is {text:?}; it must be tel, or sip: and the domain of the PBX, such as sip:pbx.city.example.jp."))
    })
}

fn log_filter(text: String) -> Result<String, WrongSetting> {
    match tracing_subscriber::EnvFilter::try_new(&text) {
        Ok(_) => Ok(text),
        Err(why) => Err(WrongSetting(format!("NANAWARI_LOG is {text:?}; {why}. Use error, warn, info, debug or trace, or pairs such as server=debug."))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given(change: impl FnOnce(&mut Settings)) -> Settings {
        let dir = std::env::temp_dir().join("nanawari-no-such-folder");
        let mut settings = Settings { data_dir: Some(dir.display().to_string()), ..Settings::default() };
        change(&mut settings);
        settings
    }

    #[test]
    fn defaults_are_those_of_the_contract() {
        let config = Config::read(&given(|_| ())).unwrap();
        assert_eq!(config.listen.to_string(), "127.0.0.1:3000");
        assert_eq!(config.base_url, "http://127.0.0.1:3000");
        assert!(config.database_url.starts_with("sqlite://") && config.database_url.ends_with("nanawari-no-such-folder/nanawari.db"));
        assert!(!config.over_tls());
    }

    #[test]
    fn every_wrong_setting_is_one_sentence_that_names_it() {
        let cases: [(&str, Settings); 17] = [
            ("NANAWARI_LISTEN", given(|s| s.listen = Some("3000".into()))),
            ("NANAWARI_LISTEN", given(|s| s.listen = Some("127.0.0.1:99999".into()))),
            ("NANAWARI_BASE_URL", given(|s| s.base_url = Some("ftp://x".into()))),
            ("NANAWARI_BASE_URL", given(|s| s.base_url = Some("https://x/path".into()))),
            ("NANAWARI_DATABASE_URL", given(|s| s.database_url = Some("mysql://x".into()))),
            ("NANAWARI_DATABASE_URL", given(|s| s.database_url = Some("sqlite::memory:".into()))),
            ("NANAWARI_SITE_ROOT", given(|s| s.site_root = Some("/no/such/folder".into()))),
            ("NANAWARI_MAIL_URL", given(|s| s.mail_url = Some("http://mail".into()))),
            ("NANAWARI_MAIL_FROM", given(|s| s.mail_url = Some("smtp://mail.example".into()))),
            ("NANAWARI_MAIL_FROM", given(|s| (s.mail_url, s.mail_from) = (Some("smtp://mail.example".into()), Some("a@b\r\nBcc: x@y".into())))),
            ("NANAWARI_WEBHOOK_HOSTS", given(|s| s.webhook_hosts = Some("ok.example, a b".into()))),
            ("NANAWARI_PBX_KEY", given(|s| (s.pbx_listen, s.pbx_cert) = (Some("127.0.0.1:3001".into()), Some("cert.pem".into())))),
            ("NANAWARI_PBX_CERT", given(|s| (s.pbx_listen, s.pbx_key) = (Some("127.0.0.1:3001".into()), Some("key.pem".into())))),
            ("NANAWARI_PBX_CERT", given(|s| s.pbx_client_ca = Some("ca.pem".into()))),
            ("NANAWARI_PBX_LISTEN", given(|s| (s.pbx_cert, s.pbx_key) = (Some("cert.pem".into()), Some("key.pem".into())))),
            ("NANAWARI_CALL_LINKS", given(|s| s.call_links = Some("sip:a b".into()))),
            ("NANAWARI_LOG", given(|s| s.log = Some("server=loudest".into()))),
        ];
        for (name, settings) in cases {
            let sentence = Config::read(&settings).unwrap_err().to_string();
            assert!(sentence.contains(name) && sentence.ends_with('.') && !sentence.contains('\n'), "{sentence}");
        }
    }

    #[test]
    fn an_address_with_a_password_is_never_repeated() {
        for settings in [
            given(|s| s.database_url = Some("mysql://root:geheim@db/x".into())),
            given(|s| s.mail_url = Some("imap://root:geheim@mail/x".into())),
            given(|s| s.mail_url = Some("smtp://root:geheim@mail:port".into())),
        ] {
            let sentence = Config::read(&settings).unwrap_err().to_string();
            assert!(!sentence.contains("geheim"), "{sentence}");
        }
        let read = Config::read(&given(|s| (s.mail_url, s.mail_from) = (Some("smtps://root:geheim@mail".into()), Some("a@example.jp".into())))).unwrap();
        assert!(!format!("{read:?}").contains("geheim"));
    }

    #[test]
    fn the_file_fills_in_and_flags_win() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("nanawari.toml"), "listen = \"127.0.0.1:4000\"\nlog = \"warn\"\n").unwrap();
        let settings = Settings { data_dir: Some(dir.path().display().to_string()), log: Some("debug".into()), ..Settings::default() };
        let config = Config::read(&settings).unwrap();
        assert_eq!((config.listen.port(), config.log.as_str()), (4000, "debug"));
    }

    #[test]
    fn a_wrong_line_of_the_file_is_named() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("nanawari.toml"), "log = \"warn\"\nlisten_on = \"x\"\n").unwrap();
        let settings = Settings { data_dir: Some(dir.path().display().to_string()), ..Settings::default() };
        let sentence = Config::read(&settings).unwrap_err().to_string();
        assert!(sentence.contains("line 2") && sentence.contains("listen_on"), "{sentence}");
    }

    #[test]
    fn listening_everywhere_still_prints_an_address_that_opens() {
        let config = Config::read(&given(|s| s.listen = Some("0.0.0.0:8080".into()))).unwrap();
        assert_eq!(config.base_url, "http://127.0.0.1:8080");
    }
}

//! The words of the command line (CONTRACTS.md, "Program"). Settings are texts here; [`crate::config`] judges them.

use clap::{Args, Parser, Subcommand};
use std::path::PathBuf;

/// Nanawari (七割): desk booking for offices that give up fixed desks.
#[derive(Debug, Parser)]
#[command(name = "nanawari", version, about, propagate_version = true)]
pub struct Cli {
    /// Settings, each also a variable of the environment and a line of nanawari.toml.
    #[command(flatten)]
    pub settings: Settings,
    /// What to do; `serve` when nothing is said.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// Settings as they were given, before anything is believed.
#[derive(Clone, Debug, Default, Args)]
pub struct Settings {
    /// Where the data is: sqlite://FILE or postgres://USER@HOST/NAME [default: sqlite://nanawari.db in the data folder]
    #[arg(long, global = true, env = "NANAWARI_DATABASE_URL", hide_env_values = true, value_name = "URL")]
    pub database_url: Option<String>,
    /// Address and port to listen on [default: 127.0.0.1:3000]
    #[arg(long, global = true, env = "NANAWARI_LISTEN", value_name = "ADDRESS")]
    pub listen: Option<String>,
    /// Address and port for PBXs alone [default: beside the pages]
    #[arg(long, global = true, env = "NANAWARI_PBX_LISTEN", value_name = "ADDRESS")]
    pub pbx_listen: Option<String>,
    /// Certificate of that address, with its chain (PEM): PBXs then ask over TLS [default: none]
    #[arg(long, global = true, env = "NANAWARI_PBX_CERT", value_name = "FILE")]
    pub pbx_cert: Option<String>,
    /// The certificate's key (PEM)
    #[arg(long, global = true, env = "NANAWARI_PBX_KEY", value_name = "FILE")]
    pub pbx_key: Option<String>,
    /// Who signs certificates of PBXs (PEM): such a one serves instead of a secret [default: nobody]
    #[arg(long, global = true, env = "NANAWARI_PBX_CLIENT_CA", value_name = "FILE")]
    pub pbx_client_ca: Option<String>,
    /// Address and port for SIP redirects, UDP and TCP [default: none]
    #[arg(long, global = true, env = "NANAWARI_SIP_LISTEN", value_name = "ADDRESS")]
    pub sip_listen: Option<String>,
    /// The address people type, for links and cookies [default: http://LISTEN]
    #[arg(long, global = true, env = "NANAWARI_BASE_URL", value_name = "URL")]
    pub base_url: Option<String>,
    /// Folder for everything the program keeps [default: the current folder]
    #[arg(long, global = true, env = "NANAWARI_DATA_DIR", value_name = "FOLDER")]
    pub data_dir: Option<String>,
    /// Folder with pages' files instead of those inside the program
    #[arg(long, global = true, env = "NANAWARI_SITE_ROOT", value_name = "FOLDER")]
    pub site_root: Option<String>,
    /// The house's mail server, for example smtp://mail.city.example.jp:25; without it no mail is sent
    #[arg(long, global = true, env = "NANAWARI_MAIL_URL", hide_env_values = true, value_name = "URL")]
    pub mail_url: Option<String>,
    /// Who writes the mails, for example nanawari@city.example.jp
    #[arg(long, global = true, env = "NANAWARI_MAIL_FROM", value_name = "ADDRESS")]
    pub mail_from: Option<String>,
    /// Hosts of programs that may be told of memos, with commas between them; without it nobody is told
    #[arg(long, global = true, env = "NANAWARI_WEBHOOK_HOSTS", value_name = "HOSTS")]
    pub webhook_hosts: Option<String>,
    /// What takes a call when a number in a page is pressed: `tel`, or `sip:` and the PBX's domain for softphones [default: tel]
    #[arg(long, global = true, env = "NANAWARI_CALL_LINKS", value_name = "KIND")]
    pub call_links: Option<String>,
    /// What to log, for example `info` or `info,server=debug` [default: info]
    #[arg(long, global = true, env = "NANAWARI_LOG", value_name = "FILTER")]
    pub log: Option<String>,
}

/// What the program can do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Migrate the database, then serve (the default)
    Serve,
    /// Serve a made-up office from a throw-away database, on this machine only
    Demo(Demo),
    /// Take in people, floors or telephones from files
    #[command(subcommand)]
    Import(Import),
    /// Write what import takes
    #[command(subcommand)]
    Export(Export),
    /// PBXs: secrets, passwords of telephones, and what is wrong
    #[command(subcommand)]
    Pbx(Pbx),
    /// API tokens
    #[command(subcommand)]
    Token(Token),
    /// Local accounts
    #[command(subcommand)]
    User(User),
    /// Check every invariant of the stored data; exit 0, or 1 with a list
    Verify,
    /// Print the OpenAPI 3.1 document
    Openapi,
}

/// The made-up office. Without numbers it is the sample office.
#[derive(Clone, Debug, Default, Args)]
pub struct Demo {
    /// How many people
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    pub people: Option<u32>,
    /// How many seats
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..=50_000))]
    pub seats: Option<u32>,
    /// How many days of history and bookings
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..=2_000))]
    pub days: Option<u32>,
    /// The same seed makes the same office
    #[arg(long)]
    pub seed: Option<u64>,
    /// When its clock starts, for example 2026-11-24T08:00:00+09:00 [default: now, or the next working morning]
    #[arg(long, value_name = "RFC3339")]
    pub now: Option<String>,
}

/// What can be taken in.
#[derive(Debug, Subcommand)]
pub enum Import {
    /// People and their posts from a CSV (UTF-8 or CP932)
    People {
        /// The CSV
        file: PathBuf,
        /// Check and count only; nothing is stored
        #[arg(long)]
        dry_run: bool,
    },
    /// A floor with zones, seats and rooms from JSON
    Floor {
        /// The JSON
        file: PathBuf,
        /// The drawing beneath the seats (PNG, JPEG or WebP)
        #[arg(long)]
        image: Option<PathBuf>,
    },
    /// Numbers, telephones, sections, hours and PBXs of a site from JSON
    Telephone {
        /// The JSON
        file: PathBuf,
        /// Check, and show which numbers would ring differently; nothing is stored
        #[arg(long)]
        dry_run: bool,
    },
}

/// What can be written.
#[derive(Debug, Subcommand)]
pub enum Export {
    /// Numbers, telephones, sections, hours and PBXs of a site, without secrets
    Telephone {
        /// The JSON to write; `-` is the standard output
        file: PathBuf,
        /// The site by name [default: the first one]
        #[arg(long)]
        site: Option<String>,
    },
}

/// What can be done with PBXs.
#[derive(Debug, Subcommand)]
pub enum Pbx {
    /// Make a secret for a PBX and print it once; the one before stays valid until the next
    Secret {
        /// Name of the PBX in the telephone file
        #[arg(long, value_name = "ID")]
        link: String,
    },
    /// Make a password for a telephone and print it once
    Password {
        /// Name the telephone registers under
        #[arg(long, value_name = "NAME")]
        device: String,
    },
    /// Write the set-ups of Kamailio, Asterisk and FreeSWITCH into a folder
    Files {
        /// The folder; nothing in it is overwritten
        #[arg(value_name = "FOLDER")]
        folder: PathBuf,
    },
    /// Say what should be repaired; exit 0, or 1 with a list
    Check,
}

/// What can be done with tokens.
#[derive(Debug, Subcommand)]
pub enum Token {
    /// Make a token and print it once
    Create {
        /// What it is for, in words
        #[arg(long)]
        name: String,
        /// read, book, manage, pbx or metrics
        #[arg(long)]
        scope: String,
        /// Staff number of the person it acts as
        #[arg(long, value_name = "NO")]
        person: Option<String>,
    },
}

/// What can be done with accounts.
#[derive(Debug, Subcommand)]
pub enum User {
    /// Give a person a local account
    Create {
        /// Staff number
        #[arg(long, value_name = "NO")]
        person: String,
        /// staff, section_admin, facility_admin, auditor or admin
        #[arg(long)]
        role: String,
        /// Read the password from the standard input; there is no other way
        #[arg(long, required = true)]
        password_stdin: bool,
    },
}

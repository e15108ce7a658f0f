//! The house rules that a program can check (ARCHITECTURE.md says why each of them is there). A rule that is only written
//! down is kept for a month; these are kept for as long as the suite runs.

use std::{collections::BTreeSet, fs, path::PathBuf, process::Command};

/// The top of the repository is a promise to the reader: nothing joins it unnoticed.
const TOP_LEVEL: [&str; 19] = [
    ".cargo",
    ".ci",
    ".clippy.toml",
    ".editorconfig",
    ".gitignore",
    ".rustfmt.toml",
    "ARCHITECTURE.md",
    "Cargo.lock",
    "Cargo.toml",
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "Makefile",
    "README.md",
    "app",
    "assets",
    "e2e",
    "entity",
    "migration",
    "server",
];

/// What tools leave behind, never in the repository.
const LEFT_BEHIND: [&str; 6] = [".git", "target", "node_modules", "screenshots", "test-results", "__pycache__"];

const MOST_LINES: usize = 500;
const RUST_FOLDERS: [&str; 4] = ["app", "server", "entity", "migration"];

struct Source {
    /// From the top of the repository, with forward slashes.
    path: String,
    text: String,
}

impl Source {
    fn is_test(&self) -> bool {
        self.path.contains("/tests/") || ["/tests.rs", "_tests.rs", "/sample.rs"].iter().any(|end| self.path.ends_with(end))
    }

    /// The lines before the module's own tests.
    fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        self.text.lines().enumerate().take_while(|(_, line)| !line.starts_with("#[cfg(test)]")).map(|(index, line)| (index + 1, line))
    }
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize().expect("the repository has a top")
}

fn sources(folders: &[&str], extensions: &[&str]) -> Vec<Source> {
    let root = root();
    let mut waiting: Vec<PathBuf> = folders.iter().map(|folder| root.join(folder)).collect();
    let mut found = Vec::new();
    while let Some(path) = waiting.pop() {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default().to_owned();
        if LEFT_BEHIND.contains(&name.as_str()) {
            continue;
        }
        if path.is_dir() {
            waiting.extend(fs::read_dir(&path).expect("readable folder").map(|entry| entry.expect("readable entry").path()));
        } else if extensions.contains(&path.extension().and_then(|extension| extension.to_str()).unwrap_or_default())
            && let Ok(text) = fs::read_to_string(&path)
        {
            let path = path.strip_prefix(&root).expect("below the top").to_string_lossy().replace('\\', "/");
            found.push(Source { path, text });
        }
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

fn rust_sources() -> Vec<Source> {
    let found = sources(&RUST_FOLDERS, &["rs"]);
    assert!(found.len() > 40, "only {} Rust files found: the walk is broken", found.len());
    found
}

/// Fails with every broken place at once, so that one run shows the whole work.
fn assert_none(rule: &str, broken: &[String]) {
    assert!(broken.is_empty(), "{rule}:\n  {}", broken.join("\n  "));
}

fn cargo(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO")).current_dir(root()).args(arguments).output().expect("cargo runs");
    assert!(output.status.success(), "cargo {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("cargo speaks UTF-8")
}

#[test]
fn top_level_is_exactly_as_fixed() {
    let wanted: BTreeSet<String> = TOP_LEVEL.iter().map(ToString::to_string).collect();
    let present: BTreeSet<String> = fs::read_dir(root())
        .expect("readable top")
        .map(|entry| entry.expect("readable entry").file_name().to_string_lossy().into_owned())
        .filter(|name| !LEFT_BEHIND.contains(&name.as_str()))
        .collect();
    assert_eq!(present, wanted);
}

#[test]
fn no_file_is_too_long_to_read() {
    let long: Vec<String> = rust_sources()
        .iter()
        .filter(|source| !source.is_test())
        .map(|source| (source, source.code().count()))
        .filter(|(_, lines)| *lines > MOST_LINES)
        .map(|(source, lines)| format!("{} has {lines} lines", source.path))
        .collect();
    assert_none("files of more than 500 lines (tests apart)", &long);
}

#[test]
fn every_module_says_what_lives_in_it() {
    let silent: Vec<String> = rust_sources().into_iter().filter(|source| !source.text.starts_with("//! ")).map(|source| source.path).collect();
    assert_none("modules without `//!` in their first line", &silent);
}

#[test]
fn nothing_is_left_for_later() {
    let marks = [concat!("TO", "DO"), concat!("FIX", "ME")];
    let mut left = Vec::new();
    for source in sources(&["app", "server", "entity", "migration", "e2e", ".ci", "assets/public"], &["rs", "mjs", "sh", "css", "toml"]) {
        for (index, line) in source.text.lines().enumerate() {
            if marks.iter().any(|mark| line.contains(mark)) {
                left.push(format!("{}:{}: {}", source.path, index + 1, line.trim()));
            }
        }
    }
    assert_none("work left for later", &left);
}

#[test]
fn no_path_of_a_machine_is_written_down() {
    let paths = [concat!("/wo", "rk/"), concat!("/ro", "ot/"), concat!("/home", "/"), concat!("registry", ".npmjs")];
    let mut found = Vec::new();
    for source in sources(&["app", "server", "entity", "migration", "e2e", ".ci", ".cargo", "assets"], &["rs", "mjs", "sh", "css", "toml", "json", "md"]) {
        for (index, line) in source.text.lines().enumerate() {
            if paths.iter().any(|path| line.contains(path)) {
                found.push(format!("{}:{}: {}", source.path, index + 1, line.trim().chars().take(120).collect::<String>()));
            }
        }
    }
    assert_none("paths of one machine", &found);
}

#[test]
fn pages_have_no_inline_styles() {
    let mut found = Vec::new();
    for source in sources(&["app/src"], &["rs"]) {
        for (line_no, line) in source.code() {
            let code = line.split("//").next().unwrap_or_default();
            if code.contains("style=") || code.contains("style:") {
                found.push(format!("{}:{line_no}: {}", source.path, line.trim()));
            }
        }
    }
    assert_none("inline styles, which the content security policy refuses", &found);
}

#[test]
fn words_live_in_i18n() {
    let japanese = |line: &str| line.chars().any(|c| matches!(c, '\u{3041}'..='\u{30fa}' | '\u{4e00}'..='\u{9fff}'));
    let mut found = Vec::new();
    for source in sources(&["app/src"], &["rs"]) {
        if source.path.starts_with("app/src/i18n") || source.is_test() {
            continue;
        }
        for (line_no, line) in source.code() {
            if japanese(line.split("//").next().unwrap_or_default()) {
                found.push(format!("{}:{line_no}: {}", source.path, line.trim()));
            }
        }
    }
    assert_none("Japanese outside app/src/i18n, where English would forget it", &found);
}

/// Names of every package that one build of `package` compiles, itself apart.
fn compiled_with(package: &str, more: &[&str]) -> BTreeSet<String> {
    let mut arguments = vec!["tree", "--offline", "--edges", "normal", "--prefix", "none", "--format", "{p}", "--package", package];
    arguments.extend(more);
    cargo(&arguments).lines().filter_map(|line| line.split_whitespace().next()).map(str::to_owned).filter(|name| name != package).collect()
}

#[test]
fn domain_knows_no_framework_and_no_clock() {
    let tree = compiled_with("domain", &[]);
    for stranger in ["leptos", "sea-orm", "sqlx", "tokio", "axum", "getrandom", "services", "entity", "iana-time-zone"] {
        assert!(!tree.contains(stranger), "domain compiles {stranger}");
    }
}

#[test]
fn the_browser_half_knows_no_server() {
    let tree = compiled_with("app", &["--no-default-features", "--features", "hydrate", "--target", "wasm32-unknown-unknown"]);
    for stranger in ["services", "entity", "migration", "sea-orm", "sqlx", "axum", "chrono-tz"] {
        assert!(!tree.contains(stranger), "the wasm compiles {stranger}");
    }
    assert!(tree.contains("domain") && tree.contains("leptos"), "the tree was not read: {tree:?}");
}

#[test]
fn only_services_speak_sql() {
    let metadata: serde_json::Value =
        serde_json::from_str(&cargo(&["metadata", "--offline", "--no-deps", "--format-version", "1"])).expect("cargo metadata is JSON");
    let allowed = [
        ("app", vec!["domain", "services"]),
        ("benches", vec![]),
        ("domain", vec![]),
        ("entity", vec![]),
        ("migration", vec![]),
        ("server", vec!["app", "domain", "services", "migration"]),
        ("services", vec!["domain", "entity", "migration"]),
    ];
    let ours: Vec<&str> = allowed.iter().map(|(name, _)| *name).collect();
    let packages = metadata["packages"].as_array().expect("a list of packages");
    assert_eq!(packages.len(), ours.len(), "a crate was added: decide what it may know");
    for package in packages {
        let name = package["name"].as_str().expect("a name");
        let (_, may_know) = allowed.iter().find(|(known, _)| *known == name).unwrap_or_else(|| panic!("{name} is a new crate: decide what it may know"));
        for dependency in package["dependencies"].as_array().expect("a list of dependencies") {
            let other = dependency["name"].as_str().expect("a name");
            assert!(!ours.contains(&other) || may_know.contains(&other), "{name} must not depend on {other}");
            let sql = other.starts_with("sea-orm") || other.starts_with("sqlx");
            let for_tests = dependency["kind"].as_str() == Some("dev");
            assert!(!sql || for_tests || ["services", "entity", "migration"].contains(&name), "{name} must not speak SQL ({other})");
        }
    }
}

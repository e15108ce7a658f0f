//! The program `nanawari` itself: settings, commands, one server for one file, and an end that cuts nobody off.

use crate::harness::PEOPLE;
use futures::StreamExt;
use sea_orm::{ConnectionTrait, Database};
use std::{
    fs,
    io::Write,
    net::TcpListener,
    path::Path,
    process::{Child, Command, Output, Stdio},
    time::{Duration, Instant},
};
use tempfile::TempDir;

fn program(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_nanawari"));
    command.current_dir(folder).args(arguments).env("NANAWARI_DATA_DIR", folder).env("NANAWARI_LOG", "warn").env("LC_ALL", "C");
    for name in ["NANAWARI_DATABASE_URL", "NANAWARI_LISTEN", "NANAWARI_BASE_URL", "NANAWARI_SITE_ROOT"] {
        command.env_remove(name);
    }
    command.stdin(Stdio::null());
    command
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    program(folder, arguments).output().unwrap()
}

fn said(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).trim().to_owned()
}

/// An office of six people and four seats.
fn house() -> TempDir {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("people.csv"), PEOPLE).unwrap();
    let seats: Vec<_> = (1..=4).map(|n| serde_json::json!({ "label": format!("B{n}"), "x_m": 2.0 * f64::from(n), "y_m": 2.0, "zone": "B" })).collect();
    let floor = serde_json::json!({ "site": "本庁舎", "floor": "1階", "size": { "width_m": 12.0, "height_m": 6.0 }, "zones": [{ "id": "B", "name": "共用" }], "seats": seats });
    fs::write(folder.path().join("floor.json"), floor.to_string()).unwrap();
    for arguments in [["import", "people", "people.csv"], ["import", "floor", "floor.json"]] {
        let output = run(folder.path(), &arguments);
        assert!(output.status.success(), "{}", said(&output.stderr));
    }
    folder
}

struct Running {
    child: Child,
    base: String,
}

impl Running {
    async fn start(folder: &Path, arguments: &[&str]) -> Self {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let listen = format!("127.0.0.1:{port}");
        let mut all = arguments.to_vec();
        all.extend(["--listen", &listen]);
        let child = program(folder, &all).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut running = Self { child, base: format!("http://{listen}") };
        let began = Instant::now();
        while !reqwest::get(format!("{}/readyz", running.base)).await.is_ok_and(|answer| answer.status().is_success()) {
            assert!(running.child.try_wait().unwrap().is_none() && began.elapsed() < Duration::from_secs(60), "the program is not ready");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        running
    }

    /// SIGTERM; the exit code and what was printed.
    fn terminate(self) -> (Option<i32>, String) {
        assert!(Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status().unwrap().success());
        let output = self.child.wait_with_output().unwrap();
        (output.status.code(), said(&output.stdout))
    }
}

#[test]
fn a_wrong_setting_is_one_sentence_and_exit_2() {
    let folder = TempDir::new().unwrap();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let taken = taken.local_addr().unwrap().to_string();
    for (arguments, word) in [
        (vec!["serve", "--listen", "nowhere"], "NANAWARI_LISTEN"),
        (vec!["serve", "--listen", &taken], "NANAWARI_LISTEN"),
        (vec!["serve", "--base-url", "seats"], "NANAWARI_BASE_URL"),
        (vec!["serve", "--database-url", "mysql://x"], "NANAWARI_DATABASE_URL"),
        (vec!["serve", "--site-root", "/no/such"], "NANAWARI_SITE_ROOT"),
        (vec!["serve", "--log", "x=y=z"], "NANAWARI_LOG"),
        (vec!["demo", "--listen", "0.0.0.0:3000"], "this machine"),
        (vec!["demo", "--now", "noon"], "--now"),
        (vec!["token", "create", "--name", "x", "--scope", "everything"], "--scope"),
        (vec!["user", "create", "--person", "1", "--role", "king", "--password-stdin"], "--role"),
    ] {
        let output = run(folder.path(), &arguments);
        let sentence = said(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {sentence}");
        assert!(sentence.contains(word) && sentence.lines().count() == 1 && !sentence.contains("panicked"), "{arguments:?}: {sentence}");
    }
    assert_eq!(run(folder.path(), &["dance"]).status.code(), Some(2));
}

#[test]
fn the_document_is_printed_without_any_setting() {
    let folder = TempDir::new().unwrap();
    let output = run(folder.path(), &["openapi", "--listen", "nowhere"]);
    let printed: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(printed, serde_json::to_value(server::rest::document()).unwrap());
    assert!(!folder.path().join("nanawari.db").exists());
}

#[test]
fn broken_files_are_named_line_by_line_and_change_nothing() {
    let folder = house();
    let path = folder.path().join("broken.csv");
    let header = "staff_no,name,kana,unit_code,unit_name,title,post,from,to,employment,email,extension\n";
    let million = format!("{header}{}", "1,名前,ナマエ,1010,総務課,主事,本務,,,正規,,\n".repeat(1_000_000));
    for (bytes, words) in [
        (PEOPLE.replace("所属コード,", "").into_bytes(), vec!["所属コード"]),
        (PEOPLE.replace("2024-04-01", "4月1日").into_bytes(), vec!["line 2", "4月1日"]),
        (vec![0x81, 0xff, 0xfe, 0x00, 0x81], vec!["UTF-8"]),
        (million.into_bytes(), vec!["too"]),
        (Vec::new(), vec![]),
    ] {
        fs::write(&path, &bytes).unwrap();
        let output = run(folder.path(), &["import", "people", "broken.csv"]);
        let complaint = said(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{complaint}");
        assert!(words.iter().all(|word| complaint.contains(word)), "{words:?}: {complaint}");
        assert!(complaint.contains("Nothing was imported"), "{complaint}");
    }
    fs::write(&path, PEOPLE.replace("佐藤 健太", "佐藤 健一")).unwrap();
    let output = run(folder.path(), &["import", "people", "broken.csv", "--dry-run"]);
    assert!(output.status.success() && said(&output.stdout).contains("1 changed"), "{}", said(&output.stdout));
    let output = run(folder.path(), &["import", "people", "people.csv"]);
    assert!(said(&output.stdout).contains("0 changed"), "the dry run changed nothing: {}", said(&output.stdout));
    assert_eq!(run(folder.path(), &["import", "floor", "people.csv"]).status.code(), Some(1));
    assert_eq!(run(folder.path(), &["import", "floor", "none.json"]).status.code(), Some(1));
    assert_eq!(run(folder.path(), &["import", "floor", "floor.json", "--image", "people.csv"]).status.code(), Some(1));
}

#[test]
fn accounts_take_their_password_from_the_standard_input() {
    let folder = house();
    let create = |person: &str, password: &str| {
        let mut child = program(folder.path(), &["user", "create", "--person", person, "--role", "staff", "--password-stdin"])
            .stdin(Stdio::piped())
            .stderr(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(password.as_bytes()).unwrap();
        let output = child.wait_with_output().unwrap();
        assert!(!said(&output.stdout).contains(password.trim()) && !said(&output.stderr).contains(password.trim()), "a password is never repeated (T80)");
        output.status.code()
    };
    assert_eq!(create("1001", "ochanomizu-7-wari\n"), Some(0));
    assert_eq!(create("1001", "short\n"), Some(1));
    assert_eq!(create("7777", "ochanomizu-7-wari\n"), Some(1));
    assert_eq!(run(folder.path(), &["user", "create", "--person", "1001", "--role", "staff"]).status.code(), Some(2));
    assert_eq!(run(folder.path(), &["token", "create", "--name", "x", "--scope", "book", "--person", "7777"]).status.code(), Some(1));
}

#[tokio::test]
async fn a_second_server_keeps_off_the_file_and_commands_may_come_beside() {
    let folder = house();
    let first = Running::start(folder.path(), &["serve"]).await;
    let second = run(folder.path(), &["serve", "--listen", "127.0.0.1:0"]);
    assert_eq!(second.status.code(), Some(1));
    assert!(said(&second.stderr).contains("another Nanawari server"), "{}", said(&second.stderr));
    let token = said(&run(folder.path(), &["token", "create", "--name", "x", "--scope", "read"]).stdout);
    let answer = reqwest::Client::new().get(format!("{}/api/v1/sites", first.base)).bearer_auth(&token).send().await.unwrap();
    assert_eq!(answer.status(), 200, "a token made beside the server works at once");
    let (code, printed) = first.terminate();
    assert_eq!(code, Some(0));
    assert!(printed.contains("/set-up") && printed.contains("ready"), "the first start says how to begin: {printed}");
}

#[tokio::test]
async fn the_end_finishes_what_is_under_way() {
    let folder = house();
    let token = said(&run(folder.path(), &["token", "create", "--name", "x", "--scope", "manage"]).stdout);
    let running = Running::start(folder.path(), &["serve"]).await;
    let client = reqwest::Client::new();
    let live = client.get(format!("{}/live/floors/1?date=2026-11-24", running.base)).bearer_auth(&token).send().await.unwrap();
    assert_eq!(live.status(), 200);
    // Many requests are under way when the signal comes: each is answered whole or was never taken.
    let asking: Vec<_> = (0..40)
        .map(|_| {
            let (client, address, token) = (client.clone(), format!("{}/api/v1/bookings?from=2026-01-01", running.base), token.clone());
            tokio::spawn(async move {
                let answer = client.get(address).bearer_auth(token).send().await?;
                let status = answer.status().as_u16();
                answer.text().await.map(|text| (status, text))
            })
        })
        .collect();
    tokio::time::sleep(Duration::from_millis(30)).await;
    let began = Instant::now();
    let (code, _) = tokio::task::spawn_blocking(|| running.terminate()).await.unwrap();
    assert_eq!(code, Some(0));
    assert!(began.elapsed() < Duration::from_secs(15), "{:?}", began.elapsed());
    for asked in asking {
        match asked.await.unwrap() {
            Ok((status, text)) => assert!(status == 200 && text.starts_with("{\"items\":"), "{status} {text}"),
            Err(error) => assert!(error.is_connect() || error.is_request(), "no answer is cut off: {error:?}"),
        }
    }
    let rest: Vec<_> = live.bytes_stream().collect().await;
    assert!(rest.iter().all(Result::is_ok), "the stream ends, it does not break");
}

#[tokio::test]
async fn the_demo_lets_anybody_in_and_touches_no_other_database() {
    let folder = house();
    let refused = run(folder.path(), &["demo", "--listen", "127.0.0.1:0"]);
    assert_eq!(refused.status.code(), Some(2), "an office's own database is not a demo's: {}", said(&refused.stderr));

    let own = TempDir::new().unwrap();
    let running = Running::start(own.path(), &["demo", "--now", "2026-11-24T08:20:00+09:00"]).await;
    let page = reqwest::get(format!("{}/demo", running.base)).await.unwrap();
    assert_eq!(page.status(), 200);
    let clean = run(own.path(), &["verify"]);
    assert!(clean.status.success(), "{}{}", said(&clean.stdout), said(&clean.stderr));
    let (code, printed) = running.terminate();
    assert_eq!(code, Some(0));
    assert!(printed.contains("nw_") && printed.contains("/demo"), "{printed}");

    let database = Database::connect(format!("sqlite://{}", own.path().join("nanawari.db").display())).await.unwrap();
    for (damage, word) in [
        ("DELETE FROM occupancy WHERE booking_id = (SELECT max(booking_id) FROM occupancy)", "booking_owns_slots"),
        ("UPDATE audit SET hash = 'x' WHERE id = (SELECT min(id) FROM audit)", "audit_chain"),
    ] {
        database.execute_unprepared(damage).await.unwrap();
        let found = run(own.path(), &["verify"]);
        assert_eq!(found.status.code(), Some(1), "{damage}");
        assert!(said(&found.stdout).to_lowercase().contains(word), "{}", said(&found.stdout));
    }
    database.close().await.unwrap();
}

/// An authority, a stranger's, and what they signed: ours, that of the demo's PBX, of one that is not set up, and a forged one.
fn certificates(folder: &Path) {
    let openssl = |arguments: &str| {
        let output = Command::new("openssl").current_dir(folder).args(arguments.split(' ')).output().expect("openssl is installed");
        assert!(output.status.success(), "{arguments}: {}", said(&output.stderr));
    };
    const KEY: &str = "-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes";
    for authority in ["ca", "stranger"] {
        openssl(&format!("req -x509 {KEY} -days 2 -subj /CN={authority} -keyout {authority}.key -out {authority}.pem"));
    }
    for (file, name, authority) in [("localhost", "localhost", "ca"), ("demo", "demo", "ca"), ("other", "other", "ca"), ("forged", "demo", "stranger")] {
        openssl(&format!("req {KEY} -subj /CN={name} -addext subjectAltName=DNS:{name} -keyout {file}.key -out {file}.csr"));
        openssl(&format!("x509 -req -in {file}.csr -CA {authority}.pem -CAkey {authority}.key -CAcreateserial -days 2 -copy_extensions copy -out {file}.pem"));
    }
}

#[tokio::test]
async fn a_pbx_asks_over_tls_with_a_secret_or_a_certificate() {
    let folder = TempDir::new().unwrap();
    certificates(folder.path());
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let listen = format!("127.0.0.1:{port}");
    let tls = ["--pbx-listen", &listen, "--pbx-cert", "localhost.pem", "--pbx-key", "localhost.key", "--pbx-client-ca", "ca.pem"];
    let running = Running::start(folder.path(), &[&["demo", "--now", "2026-11-24T08:20:00+09:00"], &tls[..]].concat()).await;
    let ask = |arguments: &[&str]| {
        let mut command = Command::new("curl");
        command.current_dir(folder.path()).args(["-s", "--noproxy", "*", "--resolve", &format!("localhost:{port}:127.0.0.1"), "--cacert", "ca.pem"]);
        command.args(arguments).args(["-o", "answer", "-w", "%{http_code}", "--max-time", "10", &format!("https://localhost:{port}/pbx/v1/table")]);
        said(&command.output().expect("curl is installed").stdout)
    };
    let shows = |name: &str| ask(&["--cert", &format!("{name}.pem"), "--key", &format!("{name}.key")]);
    assert_eq!(shows("demo"), "200", "a certificate made out to its name");
    assert!(fs::read_to_string(folder.path().join("answer")).unwrap().contains("\"set\""));
    assert_eq!((shows("other"), ask(&[])), ("401".into(), "401".into()), "a name that is not set up, and nobody");
    assert_eq!(shows("forged"), "000", "a stranger signed it: no connection at all");
    // A secret is as good, and comes first where both are given.
    let secret = said(&run(folder.path(), &["pbx", "secret", "--link", "demo"]).stdout);
    let known = format!("demo:{secret}");
    let began = Instant::now();
    while ask(&["-u", &known]) != "200" {
        assert!(began.elapsed() < Duration::from_secs(10), "a new secret is known at once");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    assert_eq!(ask(&["-u", "demo:nwp_wrong", "--cert", "demo.pem", "--key", "demo.key"]), "401");
    assert!(reqwest::get(format!("http://{listen}/pbx/v1/table")).await.is_err(), "nothing is said in the clear");
    let checked = run(folder.path(), &[&["pbx", "check"], &tls[..]].concat());
    assert!(!said(&checked.stdout).contains("does not answer a PBX"), "{}", said(&checked.stdout));
    assert_eq!(running.terminate().0, Some(0));

    for (files, word) in
        [(["other.pem", "demo.key"], "NANAWARI_PBX_KEY"), (["no.pem", "demo.key"], "NANAWARI_PBX_CERT"), (["demo.key", "demo.key"], "NANAWARI_PBX_CERT")]
    {
        let output = run(folder.path(), &["serve", "--listen", "127.0.0.1:0", "--pbx-listen", "127.0.0.1:0", "--pbx-cert", files[0], "--pbx-key", files[1]]);
        let sentence = said(&output.stderr);
        assert!(output.status.code() == Some(2) && sentence.contains(word) && sentence.lines().count() == 1, "{files:?}: {sentence}");
    }
}

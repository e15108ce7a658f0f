//! A signed-in browser without JavaScript, and the accounts it signs in with.

use crate::support::{House, Server};
use reqwest::Client;
use std::{io::Write as _, process::Stdio, time::Duration};

const PASSWORD: &str = "a long enough secret 7";

/// An account that signs in with [`PASSWORD`].
pub fn account(house: &House, staff_no: &str) {
    let mut child = house
        .command(&["user", "create", "--person", staff_no, "--role", "staff", "--password-stdin"])
        .stdin(Stdio::piped())
        .spawn()
        .expect("the program runs");
    child.stdin.take().expect("its input").write_all(PASSWORD.as_bytes()).expect("the password is read");
    assert!(child.wait().expect("it ends").success(), "an account for {staff_no}");
}

/// A signed-in browser that posts forms, without JavaScript.
pub struct Browser {
    client: Client,
    base: String,
    cookie: String,
}

impl Browser {
    pub async fn sign_in(server: &Server, staff_no: &str) -> Self {
        let client = Client::builder().timeout(Duration::from_secs(30)).redirect(reqwest::redirect::Policy::none()).build().expect("a client");
        let mut browser = Self { client, base: server.base.clone(), cookie: String::new() };
        let answer = browser.post("account/sign_in", &[("staff_no".to_owned(), staff_no), ("password".to_owned(), PASSWORD)]).await;
        let cookie = answer.headers().get("set-cookie").and_then(|cookie| cookie.to_str().ok()?.split(';').next());
        cookie.expect("a session").clone_into(&mut browser.cookie);
        browser
    }

    /// Posts a form; the server leads on to a page, whatever came of it.
    pub async fn post(&self, function: &str, fields: &[(String, &str)]) -> reqwest::Response {
        let answer = self
            .client
            .post(format!("{}/api/fn/{function}", self.base))
            .header("accept", "text/html")
            .header("sec-fetch-site", "same-origin")
            .header("cookie", &self.cookie)
            .form(fields)
            .send()
            .await
            .expect("an answer");
        assert!(answer.status().is_redirection(), "{function}: {}", answer.status());
        answer
    }
}

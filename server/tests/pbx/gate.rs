//! The wire between Kamailio and the platform, which can be cut, and which remembers what went over it. It invents no answers of
//! the platform: it passes them, or it is broken.

use axum::{
    Router,
    body::{Body, Bytes},
    extract::State,
    http::{HeaderMap, Method, StatusCode, Uri},
    response::{IntoResponse, Response},
};
use reqwest::Client;
use serde_json::Value;
use std::{
    net::Ipv4Addr,
    sync::{Arc, Mutex},
    time::Duration,
};
use tokio::runtime::{Builder, Runtime};

/// What is wrong with the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    Nothing,
    /// Every request is answered with 500.
    Broken,
    /// Every request is answered with some page, as a proxy in between would.
    Garbage,
    /// Requests are taken and never answered.
    Hanging,
    /// Events of emergency calls are refused as not understood, and whatever comes with them.
    RefusesEmergencies,
}

struct Shared {
    upstream: String,
    client: Client,
    fault: Mutex<Fault>,
    seen: Mutex<Vec<(String, String)>>,
}

pub struct Gate {
    pub port: u16,
    shared: Arc<Shared>,
    /// Its own, so that closing the gate breaks every connection there is.
    runtime: Option<Runtime>,
}

impl Gate {
    pub fn open(port: u16, upstream_port: u16) -> Self {
        let client = Client::builder().timeout(Duration::from_secs(30)).build().expect("a client");
        let upstream = format!("http://127.0.0.1:{upstream_port}");
        let shared = Shared { upstream, client, fault: Mutex::new(Fault::Nothing), seen: Mutex::default() };
        let mut gate = Self { port, shared: Arc::new(shared), runtime: None };
        gate.reopen();
        gate
    }

    pub fn reopen(&mut self) {
        let runtime = Builder::new_multi_thread().worker_threads(1).enable_all().build().expect("a runtime");
        let (port, router) = (self.port, Router::new().fallback(pass).with_state(self.shared.clone()));
        let listening = std::net::TcpListener::bind((Ipv4Addr::LOCALHOST, port)).expect("the gate's port");
        listening.set_nonblocking(true).expect("a socket");
        runtime.spawn(async move {
            let listener = tokio::net::TcpListener::from_std(listening).expect("a listener");
            axum::serve(listener, router).await.expect("the gate serves");
        });
        self.runtime = Some(runtime);
    }

    /// Nobody listens any more.
    pub fn close(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }

    pub fn fault(&self, fault: Fault) {
        *self.shared.fault.lock().expect("no panic holds it") = fault;
    }

    /// Bodies of the requests that reached the gate.
    pub fn bodies(&self, path: &str) -> Vec<String> {
        let seen = self.shared.seen.lock().expect("no panic holds it");
        seen.iter().filter(|(asked, _)| asked == path).map(|(_, body)| body.clone()).collect()
    }

    /// Events the platform has said it has, in the order it was told.
    pub fn events(&self) -> Vec<Value> {
        let batches = self.bodies("taken:/pbx/v1/events");
        batches.iter().flat_map(|batch| serde_json::from_str::<Vec<Value>>(batch).expect("a list of events")).collect()
    }
}

impl Drop for Gate {
    fn drop(&mut self) {
        self.close();
    }
}

async fn pass(State(shared): State<Arc<Shared>>, method: Method, uri: Uri, mut headers: HeaderMap, body: Bytes) -> Response {
    let (path, text) = (uri.path().to_owned(), String::from_utf8_lossy(&body).into_owned());
    let remember = |path: String| shared.seen.lock().expect("no panic holds it").push((path, text.clone()));
    remember(path.clone());
    let fault = *shared.fault.lock().expect("no panic holds it");
    match fault {
        Fault::Nothing => {}
        Fault::Broken => return StatusCode::INTERNAL_SERVER_ERROR.into_response(),
        Fault::Garbage => return "<html>Please sign in</html>".into_response(),
        Fault::Hanging => {
            tokio::time::sleep(Duration::from_secs(600)).await;
            return StatusCode::GATEWAY_TIMEOUT.into_response();
        }
        Fault::RefusesEmergencies if text.contains("\"ev\":\"emergency\"") => return StatusCode::BAD_REQUEST.into_response(),
        Fault::RefusesEmergencies => {}
    }
    headers.remove("host");
    let request = shared.client.request(method, format!("{}{uri}", shared.upstream)).headers(headers).body(body);
    let Ok(answer) = request.send().await else { return StatusCode::BAD_GATEWAY.into_response() };
    let (status, headers) = (answer.status(), answer.headers().clone());
    let bytes = answer.bytes().await.unwrap_or_default();
    if status.is_success() {
        remember(format!("taken:{path}"));
    }
    let mut passed = Response::new(Body::from(bytes));
    *passed.status_mut() = status;
    for (name, value) in headers.iter().filter(|(name, _)| !["transfer-encoding", "connection", "content-length"].contains(&name.as_str())) {
        passed.headers_mut().append(name, value.clone());
    }
    passed
}

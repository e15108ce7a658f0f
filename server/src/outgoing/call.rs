//! One POST to a program elsewhere. The name is looked up once, every address it has is judged, and exactly the judged address is
//! called: there is no second look-up that could answer otherwise, no redirect is followed, no proxy is used, and of the answer only
//! the status is read.

use super::{
    Trouble,
    sign::{SIGNATURE, TIMESTAMP, signature},
};
use domain::memo::{Allowed, WebhookUrl};
use http_body_util::Full;
use hyper::{
    Request,
    body::Bytes,
    client::conn::http1,
    header::{CONTENT_TYPE, HOST, USER_AGENT},
};
use hyper_util::rt::TokioIo;
use std::{
    net::SocketAddr,
    sync::{Arc, OnceLock},
    time::Duration,
};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::{TcpStream, lookup_host},
    time::timeout,
};
use tokio_rustls::{
    TlsConnector,
    rustls::{ClientConfig, RootCertStore, crypto::ring, pki_types::ServerName},
};

/// From the look-up to the status.
const PATIENCE: Duration = Duration::from_secs(10);

/// A message and where it goes.
pub(super) struct Post<'a> {
    pub url: &'a str,
    pub body: &'a serde_json::Value,
    pub secret: &'a str,
    pub id: i64,
    pub now: i64,
}

/// The certificates this machine trusts, read when they are needed first.
#[derive(Default)]
pub(super) struct Tls(OnceLock<Option<Arc<ClientConfig>>>);

impl Tls {
    fn connector(&self) -> Result<TlsConnector, Trouble> {
        let config = self.0.get_or_init(|| {
            let mut roots = RootCertStore::empty();
            let (known, _) = roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
            let builder = ClientConfig::builder_with_provider(Arc::new(ring::default_provider())).with_safe_default_protocol_versions().ok()?;
            (known > 0).then(|| Arc::new(builder.with_root_certificates(roots).with_no_client_auth()))
        });
        config.clone().map(TlsConnector::from).ok_or_else(|| Trouble::passing("no_certificates"))
    }
}

/// Sends a message. 2xx is success; nothing else is.
pub(super) async fn post(allowed: &Allowed, tls: &Tls, post: &Post<'_>) -> Result<(), Trouble> {
    let url = WebhookUrl::parse(post.url).map_err(|error| Trouble::lasting(error.code()))?;
    // The list may be mended while messages wait.
    allowed.permits(&url).map_err(|error| Trouble::passing(error.code()))?;
    match timeout(PATIENCE, deliver(allowed, tls, &url, post)).await {
        Ok(done) => done,
        Err(_) => Err(Trouble::passing("timeout")),
    }
}

async fn deliver(allowed: &Allowed, tls: &Tls, url: &WebhookUrl, post: &Post<'_>) -> Result<(), Trouble> {
    let stream = TcpStream::connect(judged(allowed, url).await?).await.map_err(|_| Trouble::passing("connect"))?;
    let request = request(url, post).ok_or_else(|| Trouble::lasting("url_malformed"))?;
    let status = if url.plain {
        exchange(stream, request).await?
    } else {
        let name = ServerName::try_from(url.host.clone()).map_err(|_| Trouble::lasting("url_malformed"))?;
        let stream = tls.connector()?.connect(name, stream).await.map_err(|_| Trouble::passing("tls"))?;
        exchange(stream, request).await?
    };
    match status {
        200..=299 => Ok(()),
        // Busy or broken for now, or somebody is about to mend the address; 410 says that nobody will.
        410 => Err(Trouble::lasting("status:410")),
        other => Err(Trouble::passing(format!("status:{other}"))),
    }
}

/// The addresses behind a name, all of which must be permitted: one that is not shows that the name is not what it seems.
async fn judged(allowed: &Allowed, url: &WebhookUrl) -> Result<SocketAddr, Trouble> {
    let found: Vec<SocketAddr> = match url.ip {
        Some(ip) => vec![SocketAddr::new(ip, url.port)],
        None => lookup_host((url.host.as_str(), url.port)).await.map_err(|_| Trouble::passing("dns"))?.collect(),
    };
    if found.iter().any(|address| !allowed.permits_at(url, address.ip())) {
        return Err(Trouble::passing("address_refused"));
    }
    found.into_iter().next().ok_or_else(|| Trouble::passing("dns"))
}

fn request(url: &WebhookUrl, post: &Post<'_>) -> Option<Request<Full<Bytes>>> {
    let body = post.body.to_string();
    Request::post(&url.path)
        .header(HOST, url.authority())
        .header(USER_AGENT, concat!("Nanawari/", env!("CARGO_PKG_VERSION")))
        .header(CONTENT_TYPE, "application/json")
        .header("x-nanawari-delivery", post.id)
        .header(TIMESTAMP, post.now)
        .header(SIGNATURE, signature(post.secret, post.now, body.as_bytes()))
        .body(Full::new(Bytes::from(body)))
        .ok()
}

async fn exchange(stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static, request: Request<Full<Bytes>>) -> Result<u16, Trouble> {
    let broken = |_| Trouble::passing("broken_off");
    // Headers of an answer are bounded by hyper; its body is never read, however long it is.
    let (mut sender, connection) = http1::Builder::new().max_buf_size(16 * 1_024).handshake(TokioIo::new(stream)).await.map_err(broken)?;
    let driven = tokio::spawn(connection);
    let answer = sender.send_request(request).await.map_err(broken);
    driven.abort();
    Ok(answer?.status().as_u16())
}

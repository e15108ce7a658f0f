//! Taking connections, with limits that a plain accept loop does not have, and ending without cutting anybody off.

use crate::{state::Stopping, tls::ClientCertificate};
use axum::{
    Router,
    body::Body,
    extract::{ConnectInfo, Request},
};
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::{GracefulShutdown, Watcher},
};
use std::{io, net::SocketAddr, sync::Arc, time::Duration};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::{TcpListener, TcpStream},
    sync::{OwnedSemaphorePermit, Semaphore},
    task::JoinSet,
};
use tokio_rustls::TlsAcceptor;
use tower::Service;

/// Connections held open; each tab of a floor holds one.
const CONNECTIONS: usize = 8_192;
/// How long a client may take to send a request's head, or stay silent between two requests.
const SILENCE: Duration = Duration::from_secs(60);
/// How long two may take to agree on TLS.
const HANDSHAKE: Duration = Duration::from_secs(10);
/// How long requests under way may take once the program is to end.
const LAST_REQUESTS: Duration = Duration::from_secs(20);
/// Address and headers of one request, bytes; larger ones are answered 431.
const HEAD: usize = 64 * 1024;

/// Serves until the program is to end; then finishes what is under way.
pub async fn serve(listener: TcpListener, router: Router, stopping: Stopping) {
    serve_over(listener, None, router, stopping).await;
}

/// The same, over TLS where an acceptor is given; requests then carry the [`ClientCertificate`] that was shown.
pub async fn serve_over(listener: TcpListener, tls: Option<TlsAcceptor>, router: Router, mut stopping: Stopping) {
    let graceful = GracefulShutdown::new();
    let places = Arc::new(Semaphore::new(CONNECTIONS));
    let mut connections = JoinSet::new();
    loop {
        let next = tokio::select! {
            () = stopping.wait() => break,
            next = accept(&listener, &places) => next,
        };
        match next {
            Ok((stream, address, place)) => {
                let answering = welcome(stream, address, tls.clone(), router.clone(), graceful.watcher());
                connections.spawn(async move {
                    answering.await;
                    drop(place);
                });
            }
            Err(why) => {
                // Out of file descriptors, most likely: others must end first.
                tracing::warn!(%why, "a connection could not be taken");
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        }
        while connections.try_join_next().is_some() {}
    }
    drop(listener);
    if tokio::time::timeout(LAST_REQUESTS, graceful.shutdown()).await.is_err() {
        tracing::warn!("some requests did not finish in time");
    }
}

async fn accept(listener: &TcpListener, places: &Arc<Semaphore>) -> io::Result<(TcpStream, SocketAddr, OwnedSemaphorePermit)> {
    let place = places.clone().acquire_owned().await.map_err(io::Error::other)?;
    let (stream, address) = listener.accept().await?;
    // Small answers must not wait for more to come.
    stream.set_nodelay(true)?;
    Ok((stream, address, place))
}

async fn welcome(stream: TcpStream, address: SocketAddr, tls: Option<TlsAcceptor>, router: Router, watcher: Watcher) {
    let Some(tls) = tls else { return answer(stream, (address, None), router, watcher).await };
    match tokio::time::timeout(HANDSHAKE, tls.accept(stream)).await {
        Ok(Ok(stream)) => {
            let shown = ClientCertificate::of(stream.get_ref().1.peer_certificates());
            answer(stream, (address, shown), router, watcher).await;
        }
        Ok(Err(why)) => tracing::info!(%why, %address, "no TLS was agreed on"),
        Err(_) => tracing::debug!(%address, "a handshake took too long"),
    }
}

/// Answers every request of one connection.
async fn answer(
    stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
    (address, shown): (SocketAddr, Option<ClientCertificate>),
    router: Router,
    watcher: Watcher,
) {
    let service = service_fn(move |request: hyper::Request<Incoming>| {
        let mut request: Request = request.map(Body::new);
        request.extensions_mut().insert(ConnectInfo(address));
        if let Some(shown) = shown.clone() {
            request.extensions_mut().insert(shown);
        }
        router.clone().call(request)
    });
    let connection =
        http1::Builder::new().timer(TokioTimer::new()).header_read_timeout(SILENCE).max_buf_size(HEAD).serve_connection(TokioIo::new(stream), service);
    if let Err(why) = watcher.watch(connection).await {
        tracing::debug!(%why, "a connection ended early");
    }
}

//! Taking connections, with limits that a plain accept loop does not have, and ending without cutting anybody off.

use crate::state::Stopping;
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
    net::{TcpListener, TcpStream},
    sync::{OwnedSemaphorePermit, Semaphore},
    task::JoinSet,
};
use tower::Service;

/// Connections held open; each tab of a floor holds one.
const CONNECTIONS: usize = 8_192;
/// How long a client may take to send a request's head, or stay silent between two requests.
const SILENCE: Duration = Duration::from_secs(60);
/// How long requests under way may take once the program is to end.
const LAST_REQUESTS: Duration = Duration::from_secs(20);
/// Address and headers of one request, bytes; larger ones are answered 431.
const HEAD: usize = 64 * 1024;

/// Serves until the program is to end; then finishes what is under way.
pub async fn serve(listener: TcpListener, router: Router, mut stopping: Stopping) {
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
                let answering = answer(stream, address, router.clone(), graceful.watcher());
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

/// Answers every request of one connection.
async fn answer(stream: TcpStream, address: SocketAddr, router: Router, watcher: Watcher) {
    let service = service_fn(move |request: hyper::Request<Incoming>| {
        let mut request: Request = request.map(Body::new);
        request.extensions_mut().insert(ConnectInfo(address));
        router.clone().call(request)
    });
    let connection =
        http1::Builder::new().timer(TokioTimer::new()).header_read_timeout(SILENCE).max_buf_size(HEAD).serve_connection(TokioIo::new(stream), service);
    if let Err(why) = watcher.watch(connection).await {
        tracing::debug!(%why, "a connection ended early");
    }
}

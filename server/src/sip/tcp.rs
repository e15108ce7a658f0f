//! Requests by TCP: messages one after another on a connection that stays.

use super::{
    LONGEST, Redirector,
    message::{Unreadable, length},
};
use crate::state::Stopping;
use std::{net::SocketAddr, sync::Arc, time::Duration};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::Semaphore,
    task::JoinSet,
    time::timeout,
};

/// Connections held open; a PBX needs one.
const CONNECTIONS: usize = 64;
/// How long a peer may stay silent, and how long it may take to read an answer.
const SILENCE: Duration = Duration::from_secs(600);
const SLOWEST: Duration = Duration::from_secs(5);

/// Answers until the program is to end.
pub async fn serve(listener: TcpListener, redirector: Arc<Redirector>, mut stopping: Stopping) {
    let places = Arc::new(Semaphore::new(CONNECTIONS));
    let mut connections = JoinSet::new();
    loop {
        let next = tokio::select! {
            () = stopping.wait() => break,
            next = listener.accept() => next,
        };
        match next {
            // A stranger is let go before a word is read.
            Ok((stream, from)) if redirector.knows(from.ip()) => {
                let Ok(place) = Arc::clone(&places).try_acquire_owned() else { continue };
                let redirector = Arc::clone(&redirector);
                connections.spawn(async move {
                    converse(stream, from, &redirector).await;
                    drop(place);
                });
            }
            Ok(_) => {}
            Err(why) => {
                tracing::warn!(%why, "a SIP connection could not be taken");
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        }
        while connections.try_join_next().is_some() {}
    }
    connections.shutdown().await;
}

/// Answers what comes, in its order, until the peer ends it, falls silent or makes no sense.
async fn converse(mut stream: TcpStream, from: SocketAddr, redirector: &Redirector) {
    let mut unread = Vec::new();
    let mut more = vec![0; 8 * 1024];
    loop {
        let Ok(Ok(count @ 1..)) = timeout(SILENCE, stream.read(&mut more)).await else { return };
        unread.extend_from_slice(&more[..count]);
        match replies(&mut unread, from, redirector) {
            Ok(answers) => {
                if !answers.is_empty() && !matches!(timeout(SLOWEST, stream.write_all(&answers)).await, Ok(Ok(()))) {
                    return;
                }
            }
            Err(_) => return,
        }
    }
}

/// The answers to all messages that are there whole; they are taken out.
fn replies(unread: &mut Vec<u8>, from: SocketAddr, redirector: &Redirector) -> Result<Vec<u8>, Unreadable> {
    let mut answers = Vec::new();
    loop {
        // A double line end asks whether the connection still stands, and a single one says so (RFC 5626 §3.5.1).
        if unread.starts_with(b"\r\n\r\n") {
            unread.drain(..4);
            answers.extend_from_slice(b"\r\n");
            continue;
        }
        if unread == b"\r\n" || unread == b"\r" || unread == b"\r\n\r" || unread.is_empty() {
            return Ok(answers);
        }
        if unread.starts_with(b"\r\n") {
            unread.drain(..2);
            continue;
        }
        let Some(whole) = length(unread, LONGEST)? else { return Ok(answers) };
        let message: Vec<u8> = unread.drain(..whole).collect();
        if let Some((answer, _)) = redirector.answer(&message, from) {
            answers.extend_from_slice(&answer);
        }
    }
}

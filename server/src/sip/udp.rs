//! Requests by UDP: one datagram each.

use super::{LONGEST, Redirector};
use crate::state::Stopping;
use std::{sync::Arc, time::Duration};
use tokio::net::UdpSocket;

/// Answers until the program is to end.
pub async fn serve(socket: UdpSocket, redirector: Arc<Redirector>, mut stopping: Stopping) {
    let mut buffer = vec![0; LONGEST];
    loop {
        let next = tokio::select! {
            () = stopping.wait() => return,
            next = socket.recv_from(&mut buffer) => next,
        };
        match next {
            Ok((length, from)) => {
                if let Some((answer, back)) = redirector.answer(&buffer[..length], from)
                    && let Err(why) = socket.send_to(&answer, back).await
                {
                    tracing::warn!(%why, "a SIP answer could not be sent");
                }
            }
            Err(why) => {
                // What a peer's own machine sends back when nobody listens there any more comes up here, too.
                tracing::debug!(%why, "a SIP request could not be received");
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
        }
    }
}

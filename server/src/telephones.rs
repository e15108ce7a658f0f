//! The listeners of PBXs on a thread of their own. A question is short and somebody holds a receiver meanwhile: it waits behind no
//! page that is being drawn, and the system gives a thread that mostly sleeps its turn before those that work all the time.

use crate::{
    listen, pbx, sip,
    state::{AppState, Stopping},
};
use std::{
    io,
    thread::{self, JoinHandle},
};
use tokio::{
    net::{TcpListener, UdpSocket},
    runtime::Builder,
    sync::oneshot,
};
use tokio_rustls::TlsAcceptor;

/// Where PBXs ask, as the settings say.
pub struct Sockets {
    /// By HTTP, over TLS where an acceptor is given.
    pub http: Option<(TcpListener, Option<TlsAcceptor>)>,
    /// By SIP.
    pub sip: Option<(UdpSocket, TcpListener)>,
}

impl Sockets {
    /// Whether nobody asks there.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.http.is_none() && self.sip.is_none()
    }
}

/// The thread while it answers.
pub struct Telephones {
    answered: oneshot::Receiver<()>,
    let_go: oneshot::Sender<()>,
    thread: JoinHandle<()>,
}

/// The thread after its last answer. It is kept until the database is closed: connections that were opened on it are driven by it.
pub struct Silent {
    let_go: oneshot::Sender<()>,
    thread: JoinHandle<()>,
}

impl Telephones {
    /// Begins to answer; goes on until the program is to end.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn start(sockets: Sockets, state: AppState, stopping: Stopping) -> io::Result<Self> {
        let (tell, answered) = oneshot::channel();
        let (let_go, may_go) = oneshot::channel::<()>();
        let runtime = Builder::new_current_thread().enable_all().build()?;
        let life = async move {
            if let Err(why) = serve(sockets, state, stopping).await {
                tracing::error!(%why, "PBXs cannot be listened to");
                return;
            }
            // Whoever waits for the end lets this thread go by dropping the other end, which comes as an error.
            if tell.send(()).is_ok() {
                drop(may_go.await);
            }
        };
        let thread = thread::Builder::new().name("telephones".into()).spawn(move || runtime.block_on(life))?;
        Ok(Self { answered, let_go, thread })
    }

    /// Returns after the last answer.
    ///
    /// # Errors
    /// When it ended before it was told to: a program that has become deaf is better started again.
    pub async fn finish(self) -> io::Result<Silent> {
        match self.answered.await {
            Ok(()) => Ok(Silent { let_go: self.let_go, thread: self.thread }),
            Err(_) => Err(io::Error::other("the telephones' thread ended")),
        }
    }
}

impl Silent {
    /// Ends the thread.
    pub fn end(self) {
        drop(self.let_go);
        drop(self.thread.join());
    }
}

/// Sockets belong to the runtime that made them, and are made anew in this one.
async fn serve(sockets: Sockets, state: AppState, stopping: Stopping) -> io::Result<()> {
    let http = match sockets.http {
        Some((listener, tls)) => Some((TcpListener::from_std(listener.into_std()?)?, tls)),
        None => None,
    };
    let sip = match sockets.sip {
        Some((socket, listener)) => Some((UdpSocket::from_std(socket.into_std()?)?, TcpListener::from_std(listener.into_std()?)?)),
        None => None,
    };
    let services = state.services.clone();
    let asked_by_http = async {
        if let Some((listener, tls)) = http {
            listen::serve_over(listener, tls, pbx::router(&state), stopping.clone()).await;
        }
    };
    let asked_by_sip = async {
        if let Some(sockets) = sip {
            sip::serve(sockets, services, stopping.clone()).await;
        }
    };
    tokio::join!(asked_by_http, asked_by_sip);
    Ok(())
}

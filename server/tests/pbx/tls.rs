//! TLS as the guide switches it on: a telephone that checks the certificate is answered.

use crate::{
    exchange::Exchange,
    process::{everything_is_installed, free_port},
};
use std::{
    io::{BufRead as _, BufReader, Write as _},
    process::{Command, Stdio},
};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn telephones_are_answered_over_tls() {
    everything_is_installed();
    // No platform is needed to say hello.
    let mut exchange = Exchange::prepare(free_port(), "secret");
    let port = exchange.use_tls();
    exchange.start().await;
    let mut telephone = Command::new("openssl")
        .args(["s_client", "-quiet", "-verify_return_error", "-connect", &format!("127.0.0.1:{port}"), "-CAfile"])
        .arg(exchange.certificate())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("openssl runs");
    let hello = "OPTIONS sip:127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/TLS 127.0.0.1:9;branch=z9hG4bK1\r\nFrom: <sip:t@t>;tag=1\r\nTo: <sip:127.0.0.1>\r\n\
        Call-ID: tls\r\nCSeq: 1 OPTIONS\r\nMax-Forwards: 5\r\nContent-Length: 0\r\n\r\n";
    telephone.stdin.as_mut().expect("its input").write_all(hello.as_bytes()).expect("it is sent");
    let mut answer = String::new();
    let read = BufReader::new(telephone.stdout.take().expect("its output")).read_line(&mut answer);
    telephone.kill().expect("it is hung up");
    telephone.wait().expect("it is gone");
    assert!(read.is_ok() && answer.starts_with("SIP/2.0 200"), "{answer:?}\n{}", exchange.logs());
}

//! Mails about memos, by the house's own mail server. Every part of a mail that people wrote goes through the mail library's own
//! encoding, so that no name can become a header.

use super::{
    Trouble,
    webhook::{link, locale},
};
use app::i18n::memo::{emergency::first_line, outgoing as words};
use domain::memo::{MemoTo, Tongue, view::MemoView};
use lettre::{
    AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{Mailbox, Mailboxes, header::ContentType},
};
use std::time::Duration;

/// From the greeting to the goodbye.
const PATIENCE: Duration = Duration::from_secs(20);

/// The mail server and who writes.
#[derive(Clone)]
pub struct MailSettings {
    /// Where and how: `smtp://`, `smtps://`, perhaps with name and password; never logged.
    transport: AsyncSmtpTransport<Tokio1Executor>,
    /// Who writes.
    from: Mailbox,
}

impl std::fmt::Debug for MailSettings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("MailSettings").field("from", &self.from.to_string()).finish_non_exhaustive()
    }
}

impl MailSettings {
    /// Reads the two settings.
    ///
    /// # Errors
    /// One sentence that names the setting; the address of the server is not repeated, it may hold a password.
    pub fn read(url: &str, from: Option<&str>) -> Result<Self, String> {
        let wrong = || "NANAWARI_MAIL_URL must be smtp://HOST:PORT, smtp://HOST:PORT?tls=required or smtps://NAME:PASSWORD@HOST.".to_owned();
        if !url.starts_with("smtp://") && !url.starts_with("smtps://") {
            return Err(wrong());
        }
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(url).map_err(|_| wrong())?.timeout(Some(PATIENCE)).build();
        let from = from.ok_or("NANAWARI_MAIL_FROM must be set where NANAWARI_MAIL_URL is, such as nanawari@city.example.jp.")?;
        let from = from.parse().map_err(|_| format!("NANAWARI_MAIL_FROM is {from:?}; it must be a mail address, such as nanawari@city.example.jp."))?;
        Ok(Self { transport, from })
    }
}

/// A mail to one person.
pub(super) struct Letter<'a> {
    pub id: i64,
    pub address: &'a str,
    pub name: &'a str,
    pub tongue: Tongue,
    pub whole: bool,
    pub memo: &'a MemoView,
    pub base_url: &'a str,
}

pub(super) struct Mailer(MailSettings);

impl Mailer {
    pub(super) fn new(settings: &MailSettings) -> Self {
        Self(settings.clone())
    }

    pub(super) async fn send(&self, letter: &Letter<'_>) -> Result<(), Trouble> {
        let message = self.message(letter)?;
        match tokio::time::timeout(PATIENCE, self.0.transport.send(message)).await {
            Err(_) => Err(Trouble::passing("timeout")),
            Ok(Ok(_)) => Ok(()),
            Ok(Err(error)) if error.is_permanent() => Err(Trouble::lasting(code("mail_refused", &error))),
            Ok(Err(error)) if error.is_timeout() => Err(Trouble::passing("timeout")),
            Ok(Err(error)) if error.is_tls() => Err(Trouble::passing("tls")),
            Ok(Err(error)) => Err(Trouble::passing(code("mail_server", &error))),
        }
    }

    fn message(&self, letter: &Letter<'_>) -> Result<Message, Trouble> {
        let locale = locale(letter.tongue);
        let bad = |_| Trouble::lasting("mail_address");
        // Read alone: what stands in the people file must be one address and nothing else.
        let address = letter.address.trim().parse().map_err(bad)?;
        let name: String = letter.name.chars().filter(|letter| !letter.is_control()).collect();
        let section = matches!(letter.memo.to, MemoTo::Section(_));
        let mut text: Vec<String> = first_line(locale, letter.memo).into_iter().collect();
        text.extend([words::waits(locale, &letter.memo.to_name, section, letter.memo.urgency), String::new()]);
        if letter.whole {
            text.extend(words::lines(locale, letter.memo));
            text.push(String::new());
        }
        text.extend([link(letter.base_url, letter.memo), String::new(), words::why_mailed(locale).to_owned()]);
        let host = letter.base_url.split("://").nth(1).unwrap_or("nanawari");
        Message::builder()
            .from(self.0.from.clone())
            .mailbox(lettre::message::header::To::from(Mailboxes::from(Mailbox::new(Some(name), address))))
            .subject(words::subject(locale, letter.memo.urgency, letter.memo.emergency.as_deref()))
            // The same at every try: a server that had it already knows it again.
            .message_id(Some(format!("<memo-{}@{}>", letter.id, host.replace([':', '[', ']'], "-"))))
            .header(ContentType::TEXT_PLAIN)
            .body(text.join("\r\n").replace("\r\n", "\n").replace('\n', "\r\n"))
            .map_err(|_| Trouble::lasting("mail_address"))
    }
}

/// The word, and what the server answered.
fn code(word: &str, error: &lettre::transport::smtp::Error) -> String {
    error.status().map_or_else(|| word.to_owned(), |status| format!("{word}:{status}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_and_no_address_becomes_a_header() {
        let settings = MailSettings::read("smtp://127.0.0.1:1", Some("七割 <nanawari@example.lg.jp>")).unwrap();
        let mailer = Mailer::new(&settings);
        let memo = super::super::webhook::sample();
        let letter = |name, address| Letter { id: 7, address, name, tongue: Tongue::Ja, whole: true, memo: &memo, base_url: "https://seats.example:8443" };
        let hostile = "佐藤\r\nBcc: evil@example.com\r\n\r\nbody";
        let mail = String::from_utf8(mailer.message(&letter(hostile, "a@example.lg.jp")).unwrap().formatted()).unwrap();
        let (head, _) = mail.split_once("\r\n\r\n").unwrap();
        let names: Vec<&str> = head.lines().filter(|line| !line.starts_with([' ', '\t'])).filter_map(|line| line.split(':').next()).collect();
        for name in &names {
            assert!(
                ["From", "To", "Subject", "Message-ID", "Content-Type", "Content-Transfer-Encoding", "Date", "MIME-Version"].contains(name),
                "{name}: {head}"
            );
        }
        assert!(head.contains("<memo-7@seats.example-8443>") && !head.contains("evil@example.com"), "{head}");
        for wrong in ["a@example.lg.jp, b@example.com", "a@example.lg.jp\r\nBcc: b@example.com", "a", "", "a b@example.com", "<a@example.com>x"] {
            assert_eq!(mailer.message(&letter("x", wrong)).unwrap_err(), Trouble::lasting("mail_address"), "{wrong}");
        }
    }
}

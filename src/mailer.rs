//! Sends mails through the operator's server (SMTP): encrypted as configured, one connection a mail.

use std::time::Duration;

use lettre::message::header::ContentType;
use lettre::message::{Attachment, Mailbox, Message, MultiPart, SinglePart};
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Tls, TlsParameters};
use lettre::{AsyncSmtpTransport, AsyncTransport, Tokio1Executor};
use switchboard::ports::{Answer, Letter, MailError, Mailer};

use crate::config_doors::{self, Mail};

/// A server that says nothing for so long is tried again later.
const PATIENCE: Duration = Duration::from_secs(20);

/// The operator's server.
pub(crate) struct SmtpMailer {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
    /// Domain of our mails' ids: that of the sender.
    domain: String,
}

impl SmtpMailer {
    /// The way to the configured server; none where mail is off. Fails where the sender or TLS cannot be set up.
    pub(crate) fn new(mail: &Mail) -> anyhow::Result<Option<Self>> {
        if mail.host.is_empty() {
            return Ok(None);
        }
        let from: Mailbox = mail.from.parse()?;
        let tls = match mail.tls {
            config_doors::Way::Clear => Tls::None,
            config_doors::Way::Upgraded => Tls::Required(TlsParameters::new(mail.host.clone())?),
            config_doors::Way::Wrapped => Tls::Wrapper(TlsParameters::new(mail.host.clone())?),
        };
        let mut builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&mail.host)
            .port(mail.port)
            .tls(tls)
            .timeout(Some(PATIENCE));
        if !mail.user.is_empty() {
            let password = mail.password.reveal().to_owned();
            builder = builder.credentials(Credentials::new(mail.user.clone(), password));
        }
        let domain = from.email.domain().to_owned();
        Ok(Some(Self { transport: builder.build(), from, domain }))
    }

    fn message(&self, letter: &Letter) -> Result<Message, MailError> {
        let refused = |why: String| MailError::Refused(why);
        let to: Mailbox = letter.to.parse().map_err(|_| refused("the address cannot be read".to_owned()))?;
        let from = match &letter.from {
            Some(own) => own.parse().map_err(|_| refused("the line's sender cannot be read".to_owned()))?,
            None => self.from.clone(),
        };
        let head = Message::builder()
            .from(from)
            .to(to)
            .subject(&letter.subject)
            .message_id(Some(format!("<{}@{}>", letter.id, self.domain)))
            .header(AutoSubmitted);
        let message = if letter.enclosed.is_empty() {
            head.header(ContentType::TEXT_PLAIN).body(letter.body.clone())
        } else {
            head.multipart(parts(letter).map_err(refused)?)
        };
        message.map_err(|error| refused(error.to_string()))
    }
}

/// The text, and what comes along.
fn parts(letter: &Letter) -> Result<MultiPart, String> {
    let mut parts = MultiPart::mixed().singlepart(SinglePart::plain(letter.body.clone()));
    for one in &letter.enclosed {
        let kind = ContentType::parse(&one.media_type)
            .map_err(|_| format!("{} has no type that can be named", one.called))?;
        parts = parts.singlepart(Attachment::new(one.called.clone()).body(one.bytes.clone(), kind));
    }
    Ok(parts)
}

/// Says that a machine wrote it: nobody's absence note answers.
#[derive(Clone)]
struct AutoSubmitted;

impl lettre::message::header::Header for AutoSubmitted {
    fn name() -> lettre::message::header::HeaderName {
        lettre::message::header::HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> lettre::message::header::HeaderValue {
        lettre::message::header::HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}

impl Mailer for SmtpMailer {
    fn send<'a>(&'a self, letter: &'a Letter) -> Answer<'a, Result<(), MailError>> {
        Box::pin(async move {
            let message = self.message(letter)?;
            match self.transport.send(message).await {
                Ok(_) => Ok(()),
                // A wrong password is the operator's to mend: the mail waits for it.
                Err(error) if error.is_permanent() && !is_about_us(&error) => {
                    Err(MailError::Refused(error.to_string()))
                }
                Err(error) => Err(MailError::Unclear(error.to_string())),
            }
        })
    }
}

/// Whether the server refuses us and not the mail: 530, 534, 535 and 538 are about who we are.
fn is_about_us(error: &lettre::transport::smtp::Error) -> bool {
    error.status().is_some_and(|code| [530, 534, 535, 538].contains(&u16::from(code)))
}

#[cfg(test)]
#[path = "mailer_tests.rs"]
mod tests;

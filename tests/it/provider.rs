//! A provider's side of the wire, as small as can be: signed form hooks over one kept-alive connection.

use std::net::SocketAddr;

use dialect::Form;
use dialect::twiml::signature;
use domain::Secret;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// What came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) body: String,
}

/// One connection to the service.
pub(crate) struct Wire {
    stream: TcpStream,
    base: String,
    token: Secret,
    buffer: Vec<u8>,
}

/// One hook, ready to be sent.
#[derive(Debug, Clone)]
pub(crate) struct Hook {
    /// Path and query.
    pub(crate) target: String,
    pub(crate) fields: Vec<(String, String)>,
}

impl Wire {
    pub(crate) async fn open(address: SocketAddr, token: &str) -> std::io::Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        let base = format!("http://{address}");
        Ok(Self { stream, base, token: Secret::new(token), buffer: Vec::with_capacity(8192) })
    }

    /// Sends a hook and reads the whole answer.
    pub(crate) async fn send(&mut self, hook: &Hook) -> std::io::Result<Answer> {
        let form = Form::from_pairs(hook.fields.iter().map(|(name, value)| (name.as_str(), value.as_str())));
        let body = form.encode();
        let signature = signature::sign(&format!("{}{}", self.base, hook.target), &form, &self.token);
        let head = format!(
            "POST {} HTTP/1.1\r\nHost: hotline\r\nContent-Type: application/x-www-form-urlencoded\r\n\
             X-Twilio-Signature: {signature}\r\nContent-Length: {}\r\n\r\n{body}",
            hook.target,
            body.len()
        );
        self.stream.write_all(head.as_bytes()).await?;
        self.read().await
    }

    async fn read(&mut self) -> std::io::Result<Answer> {
        self.buffer.clear();
        let broken = |what: &str| std::io::Error::new(std::io::ErrorKind::UnexpectedEof, what.to_owned());
        loop {
            if self.stream.read_buf(&mut self.buffer).await? == 0 {
                return Err(broken("the connection was closed"));
            }
            let Some(end) = self.buffer.windows(4).position(|bytes| bytes == b"\r\n\r\n") else { continue };
            let head = String::from_utf8_lossy(&self.buffer[..end]).to_lowercase();
            let status = head.split(' ').nth(1).and_then(|text| text.parse().ok());
            let length =
                head.split("content-length: ").nth(1).and_then(|rest| rest.lines().next()?.parse().ok());
            let (Some(status), Some(length)) = (status, length) else { return Err(broken("no length")) };
            let length: usize = length;
            while self.buffer.len() < end + 4 + length {
                if self.stream.read_buf(&mut self.buffer).await? == 0 {
                    return Err(broken("half an answer"));
                }
            }
            let body = String::from_utf8_lossy(&self.buffer[end + 4..end + 4 + length]).into_owned();
            return Ok(Answer { status, body });
        }
    }
}

/// The address of the document's action.
pub(crate) fn action(document: &str) -> Option<String> {
    let from = document.find("action=\"")? + 8;
    let length = document[from..].find('"')?;
    Some(document[from..from + length].replace("&amp;", "&"))
}

/// A hook of the call `call` from `caller`, with the some 25 fields that Twilio sends.
pub(crate) fn hook(target: impl Into<String>, call: &str, caller: &str, more: &[(&str, &str)]) -> Hook {
    let mut fields: Vec<(String, String)> = [
        ("CallSid", call),
        ("AccountSid", "AC0123456789abcdef0123456789abcdef"),
        ("From", caller),
        ("To", "12320"),
        ("Caller", caller),
        ("Called", "12320"),
        ("CallStatus", "in-progress"),
        ("ApiVersion", "2010-04-01"),
        ("Direction", "inbound"),
        ("ForwardedFrom", "12320"),
        ("CallerName", ""),
        ("FromCity", "济南"),
        ("FromState", "Shandong"),
        ("FromZip", "250000"),
        ("FromCountry", "CN"),
        ("ToCity", ""),
        ("ToState", ""),
        ("ToZip", ""),
        ("ToCountry", "CN"),
        ("CallToken", "%7B%22parentCallInfoToken%22%3A%22eyJhbGciOiJFUzI1NiJ9%22%7D"),
        ("StirVerstat", "TN-Validation-Passed-A"),
        ("CalledVia", "12320"),
        ("CallerCity", "济南"),
        ("CallerCountry", "CN"),
        ("CalledCountry", "CN"),
    ]
    .into_iter()
    .map(|(name, value)| (name.to_owned(), value.to_owned()))
    .collect();
    for (name, value) in more {
        fields.retain(|(known, _)| known != name);
        fields.push(((*name).to_owned(), (*value).to_owned()));
    }
    Hook { target: target.into(), fields }
}

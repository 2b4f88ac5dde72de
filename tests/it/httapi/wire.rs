//! HTTP as the captured clients spoke it: one connection for each request.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

/// What came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) content_type: String,
    pub(crate) body: String,
}

/// Sends a request with these headers and reads the whole answer.
pub(crate) fn send(
    address: SocketAddr,
    (method, target): (&str, &str),
    headers: &[(String, String)],
    body: &[u8],
) -> Answer {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    let mut bytes = format!("{method} {target} HTTP/1.1\r\n").into_bytes();
    for (name, value) in headers {
        bytes.extend(format!("{name}: {value}\r\n").bytes());
    }
    bytes.extend(b"\r\n");
    bytes.extend(body);
    // A service that refuses by the headers need not read the rest.
    drop(stream.write_all(&bytes));
    read(&mut stream)
}

fn read(stream: &mut TcpStream) -> Answer {
    let mut bytes = Vec::new();
    let mut buffer = [0; 8192];
    loop {
        if let Some(answer) = whole(&bytes) {
            return answer;
        }
        let read = stream.read(&mut buffer).unwrap();
        assert!(read > 0, "half an answer: {}", String::from_utf8_lossy(&bytes));
        bytes.extend(&buffer[..read]);
    }
}

fn whole(bytes: &[u8]) -> Option<Answer> {
    let end = bytes.windows(4).position(|four| four == b"\r\n\r\n")?;
    let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
    let field = |wanted: &str| {
        let lines = head.split("\r\n").filter_map(|line| line.split_once(": "));
        lines
            .into_iter()
            .find(|(name, _)| name.eq_ignore_ascii_case(wanted))
            .map(|(_, value)| value.to_owned())
    };
    let length: usize =
        field("content-length").unwrap_or_else(|| panic!("no length: {head}")).parse().unwrap();
    let body = bytes.get(end + 4..end + 4 + length)?;
    Some(Answer {
        status: head.split(' ').nth(1).unwrap().parse().unwrap(),
        content_type: field("content-type").unwrap_or_default(),
        body: String::from_utf8(body.to_vec()).unwrap(),
    })
}

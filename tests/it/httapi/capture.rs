//! A captured request, taken apart.

use crate::tidy;

/// One request as it was sent.
#[derive(Debug, Clone)]
pub(super) struct Capture {
    /// As `01-get-menu/02`.
    pub(super) name: String,
    pub(super) method: String,
    /// Path and query.
    pub(super) target: String,
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: Vec<u8>,
}

/// Every exchange: its name, and its requests in order.
pub(super) fn exchanges() -> Vec<(String, Vec<Capture>)> {
    let folders = tidy::folders("tests/httapi-captures");
    folders.into_iter().map(|name| (name.clone(), requests(&name))).collect()
}

fn requests(folder: &str) -> Vec<Capture> {
    let mut paths = tidy::files(&format!("tests/httapi-captures/{folder}"), &["request"]);
    paths.sort();
    assert!(!paths.is_empty(), "{folder} has no requests");
    paths.iter().map(|path| read(path)).collect()
}

fn read(path: &str) -> Capture {
    let bytes = std::fs::read(tidy::root().join(path)).unwrap();
    let end =
        bytes.windows(4).position(|four| four == b"\r\n\r\n").unwrap_or_else(|| panic!("{path}: no head"));
    let head = std::str::from_utf8(&bytes[..end]).unwrap();
    let mut lines = head.split("\r\n");
    let mut words = lines.next().unwrap().split(' ');
    let header =
        |line: &str| line.split_once(':').map(|(name, value)| (name.to_owned(), value.trim().to_owned()));
    Capture {
        name: path.trim_start_matches("tests/httapi-captures/").trim_end_matches(".request").to_owned(),
        method: words.next().unwrap().to_owned(),
        target: words.next().unwrap().to_owned(),
        headers: lines.map(|line| header(line).unwrap_or_else(|| panic!("{path}: {line}"))).collect(),
        body: bytes[end + 4..].to_vec(),
    }
}

impl Capture {
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }

    pub(super) fn is_upload(&self) -> bool {
        self.header("content-type").is_some_and(|kind| kind.starts_with("multipart/"))
    }

    /// The parameters as they were sent: the form, or the query.
    pub(super) fn parameters(&self) -> String {
        match self.method.as_str() {
            "GET" => self.target.split_once('?').map(|(_, query)| query.to_owned()).unwrap_or_default(),
            _ => String::from_utf8(self.body.clone()).unwrap_or_default(),
        }
    }

    /// Whether the call is over with this request.
    pub(super) fn is_exit(&self) -> bool {
        let part = "name=\"exiting\"\r\n\r\ntrue";
        self.parameters().contains("exiting=true") || String::from_utf8_lossy(&self.body).contains(part)
    }

    /// The call that the request belongs to.
    pub(super) fn session(&self) -> String {
        let text = String::from_utf8_lossy(&self.body).into_owned() + &self.target;
        let at = text.find("session_id").unwrap_or_else(|| panic!("{}: no session_id", self.name));
        let id = text[at + 10..].trim_start_matches(['=', '"', '\r', '\n']);
        id.chars().take_while(|c| c.is_ascii_hexdigit() || *c == '-').collect()
    }
}

//! Every exchange of the captures against the real service, over HTTP, in order, call ids kept. A request goes to the
//! address that our document before it made the switch ask; keys that the captured caller pressed are told under the
//! name that our document gave them. Everything else is sent byte for byte.

use std::net::SocketAddr;

use super::capture::{Capture, exchanges};
use super::document::Element;
use super::wire::{Answer, send};
use super::{DOOR, rules, service};
use crate::service::Folder;

/// As the captured switch sent it where it was asked to.
fn basic() -> (String, String) {
    ("Authorization".to_owned(), super::AUTHORIZATION.to_owned())
}

/// Plays one exchange on a line.
struct Player {
    address: SocketAddr,
    /// What the switch asks next, path and query.
    sticky: String,
    document: Option<Element>,
    /// How often each request is sent; the answers must be the same.
    times: usize,
}

impl Player {
    fn new(address: SocketAddr, times: usize) -> Self {
        Self { address, sticky: DOOR.to_owned(), document: None, times }
    }

    fn play(&mut self, request: &Capture) {
        let (target, body) = self.addressed(request);
        let mut headers: Vec<(String, String)> = request
            .headers
            .iter()
            .filter(|(name, _)| {
                !["authorization", "content-length"].contains(&name.to_ascii_lowercase().as_str())
            })
            .cloned()
            .collect();
        headers.push(basic());
        if request.method == "POST" {
            headers.push(("Content-Length".to_owned(), body.len().to_string()));
        }
        let answers: Vec<Answer> = (0..self.times)
            .map(|_| send(self.address, (&request.method, &target), &headers, &body))
            .collect();
        for answer in &answers {
            assert_eq!(answer, &answers[0], "{}: a repeated request was answered otherwise", request.name);
        }
        let answer = &answers[0];
        if !request.is_upload() && !request.parameters().contains("session_id=") {
            // A POST whose body was lost on a redirect. We send none, so nobody asks so.
            return assert_eq!(answer.status, 400, "{}", request.name);
        }
        let document = rules::carried_out(answer).unwrap_or_else(|what| panic!("{}: {what}", request.name));
        if !request.is_exit() {
            self.follow(document);
        }
    }

    /// Where the request goes after our document, and what it then says.
    fn addressed(&self, request: &Capture) -> (String, Vec<u8>) {
        let mut target = self.sticky.clone();
        let mut fields = request.parameters();
        if let Some((value, action)) = self.keys(&fields) {
            let at = fields.rfind("&input_type=dtmf").unwrap();
            let from = fields[..at].rfind('&').unwrap();
            fields.replace_range(from..at, &format!("&digits={value}"));
            target = action;
        }
        match request.method.as_str() {
            "GET" => {
                (format!("{target}{}{fields}", if target.contains('?') { '&' } else { '?' }), Vec::new())
            }
            _ if request.is_upload() => (target, request.body.clone()),
            _ => (target, fields.into_bytes()),
        }
    }

    /// Keys that the captured caller pressed, if our document asks for some, and where it has them told.
    fn keys(&self, fields: &str) -> Option<(String, String)> {
        let before = fields.strip_suffix("&input_type=dtmf")?;
        let value = before.rsplit('=').next()?.to_owned();
        let work = self.document.as_ref()?.child("work")?;
        let bind = work.children.iter().find_map(|tag| tag.child("bind"))?;
        Some((value, self.path(bind.get("action")?)))
    }

    fn follow(&mut self, document: Element) {
        let work = document.child("work").unwrap();
        if let Some(action) = work.children.iter().rev().find_map(|tag| tag.get("action")) {
            self.sticky = self.path(action);
        }
        self.document = Some(document);
    }

    fn path(&self, url: &str) -> String {
        url.strip_prefix(&format!("http://{}", self.address)).unwrap_or_else(|| panic!("{url}")).to_owned()
    }
}

fn httapi_exchanges() -> Vec<(String, Vec<Capture>)> {
    let all: Vec<_> = exchanges().into_iter().filter(|(name, _)| !name.contains("twiml")).collect();
    assert_eq!(all.len(), 30, "exchanges of a switch");
    all
}

/// Status and caller of a call, as they stand in the store.
fn kept(folder: &Folder, id: &str) -> (Option<String>, Option<String>) {
    let store = rusqlite::Connection::open(folder.0.join("hotline.db")).unwrap();
    let query = "SELECT status, caller FROM calls WHERE provider = 'freeswitch' AND provider_call_id = ?1";
    store
        .query_row(query, [id], |row| Ok((row.get(0)?, row.get(1)?)))
        .unwrap_or_else(|error| panic!("{id}: {error}"))
}

#[test]
fn every_exchange_is_answered_so_that_the_switch_goes_on() {
    let folder = Folder::new("httapi-captures");
    let service = service(&folder.0);
    let mut requests = 0;
    for (name, exchange) in httapi_exchanges() {
        let mut player = Player::new(service.address, 1);
        exchange.iter().for_each(|request| player.play(request));
        requests += exchange.len();
        let (status, caller) = kept(&folder, &exchange[0].session());
        let ended = exchange.iter().any(Capture::is_exit);
        assert_eq!(status.as_deref(), ended.then_some("completed"), "{name}");
        let withheld = name == "19-anonymous";
        assert_eq!(caller.as_deref(), (!withheld).then_some("13800138000"), "{name}");
    }
    println!("{requests} requests of a real switch answered");
    assert_eq!(requests, 90);
}

#[test]
fn a_request_sent_three_times_is_answered_three_times_alike() {
    let folder = Folder::new("httapi-repeated");
    let service = service(&folder.0);
    for (_, exchange) in httapi_exchanges() {
        let mut player = Player::new(service.address, 3);
        exchange.iter().for_each(|request| player.play(request));
    }
}

#[test]
fn an_end_that_comes_before_what_it_ends_is_the_same_end() {
    let folder = Folder::new("httapi-late");
    let service = service(&folder.0);
    for name in ["10-quirks", "10-slow", "19-anonymous"] {
        let (_, mut exchange) = httapi_exchanges().into_iter().find(|(known, _)| known == name).unwrap();
        exchange.reverse();
        let mut player = Player::new(service.address, 1);
        exchange.iter().for_each(|request| player.play(request));
        assert_eq!(kept(&folder, &exchange[0].session()).0.as_deref(), Some("completed"), "{name}");
    }
}

#[test]
fn without_the_password_nothing_is_read_and_nothing_changes() {
    let folder = Folder::new("httapi-strangers");
    let service = service(&folder.0);
    for (name, exchange) in httapi_exchanges() {
        for request in &exchange {
            let mut headers: Vec<_> =
                request.headers.iter().filter(|(name, _)| name != "Authorization").cloned().collect();
            headers.push(("Authorization".to_owned(), "Basic aG90bGluZTpndWVzcw==".to_owned()));
            let target = request.target.replacen(request.target.split('?').next().unwrap(), DOOR, 1);
            let answer = send(service.address, (&request.method, &target), &headers, &request.body);
            assert_eq!(answer.status, 403, "{name}");
        }
    }
    // Announced, but never sent: a stranger's sixteen megabytes are not waited for.
    let headers = [("Content-Length", "16000000"), ("Content-Type", "multipart/form-data; boundary=b")];
    let headers = headers.map(|(name, value)| (name.to_owned(), value.to_owned()));
    assert_eq!(send(service.address, ("POST", DOOR), &headers, b"--b\r\n").status, 403);
    let store = rusqlite::Connection::open(folder.0.join("hotline.db")).unwrap();
    let calls: i64 = store.query_row("SELECT count(*) FROM calls", [], |row| row.get(0)).unwrap();
    assert_eq!(calls, 0);
}

#[test]
fn what_no_switch_sends_is_refused() {
    let folder = Folder::new("httapi-malformed");
    let service = service(&folder.0);
    let status = |method: &str, target: &str, kind: &str, body: &[u8]| {
        let headers = [
            basic(),
            ("Content-Type".to_owned(), kind.to_owned()),
            ("Content-Length".to_owned(), body.len().to_string()),
        ];
        send(service.address, (method, target), &headers, body).status
    };
    let form = "application/x-www-form-urlencoded";
    let step = format!("{DOOR}/step?t=forged");
    let many = format!("session_id=a{}", "&x=1".repeat(1_000));
    for (target, kind, body, expected) in [
        (DOOR, form, &b"session_id=a"[..], 200),
        (DOOR, form, b"", 400),
        (DOOR, form, b"session_id=a%20b", 400),
        (DOOR, form, b"session_id=%ff", 400),
        (DOOR, form, many.as_bytes(), 400),
        (DOOR, "application/json", b"{}", 415),
        (DOOR, "text/xml", b"<a/>", 415),
        (DOOR, "multipart/form-data", b"--b--", 415),
        (DOOR, "multipart/form-data; boundary=b", b"--b\r\n\r\n", 400),
        (DOOR, form, &[b'a'; 70_000], 413),
        (&step, form, b"session_id=a", 403),
        ("/voice/freeswitch/nobody", form, b"session_id=a", 404),
        ("/voice/elsewhere/12320", form, b"session_id=a", 403),
    ] {
        assert_eq!(status("POST", target, kind, body), expected, "{target} {kind} {} bytes", body.len());
    }
    assert_eq!(status("PUT", DOOR, form, b"session_id=a"), 405);
}

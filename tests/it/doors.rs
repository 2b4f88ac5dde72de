//! The doors to the internet through the whole program: a complaint from the page, a mail caught by a server of our own,
//! a department that signs by its link, and the writer who sees it; and a complaint that is mailed to the authority.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use crate::service::{Folder, Service};

/// Longest wait for what the service does by itself: machines that build are slow.
const LONGEST: Duration = Duration::from_secs(60);

/// A mail server that takes everything; the mails as they came.
fn catcher() -> (SocketAddr, Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let (address, (tell, mails)) = (listener.local_addr().unwrap(), channel());
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mail = take(stream.unwrap());
            if !mail.is_empty() && tell.send(mail).is_err() {
                return;
            }
        }
    });
    (address, mails)
}

fn take(mut stream: TcpStream) -> String {
    let lines = BufReader::new(stream.try_clone().unwrap()).lines();
    let mut mail = String::new();
    let mut inside = false;
    stream.write_all(b"220 catcher\r\n").unwrap();
    for line in lines {
        let Ok(line) = line else { break };
        let answer: &[u8] = match line.as_str() {
            "." if inside => {
                inside = false;
                b"250 taken\r\n"
            }
            _ if inside => {
                mail.push_str(&line);
                mail.push('\n');
                continue;
            }
            "DATA" => {
                inside = true;
                b"354 go on\r\n"
            }
            "QUIT" => break,
            _ => b"250 fine\r\n",
        };
        stream.write_all(answer).unwrap();
    }
    mail
}

/// Somebody at a browser.
struct Browser {
    address: SocketAddr,
    cookie: String,
}

struct Page {
    status: u16,
    head: String,
    text: String,
}

impl Page {
    fn header(&self, name: &str) -> String {
        let line = self.head.lines().find(|line| line.to_lowercase().starts_with(&format!("{name}: ")));
        line.unwrap_or_else(|| panic!("no {name} in {}", self.head)).split_once(": ").unwrap().1.to_owned()
    }
}

impl Browser {
    fn new(address: SocketAddr) -> Self {
        Self { address, cookie: String::new() }
    }

    fn ask(&self, head: &str, body: &str) -> Page {
        let mut stream = TcpStream::connect(self.address).unwrap();
        let (cookie, length) = (&self.cookie, body.len());
        write!(
            stream,
            "{head} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\nSec-Fetch-Site: same-origin\r\n\
             Accept-Language: en\r\nCookie: {cookie}\r\n\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {length}\r\n\r\n{body}",
            self.address
        )
        .unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        let answer = String::from_utf8_lossy(&answer).into_owned();
        let (head, text) = answer.split_once("\r\n\r\n").unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        Page { status, head: head.to_owned(), text: text.to_owned() }
    }

    fn get(&self, path: &str) -> Page {
        self.ask(&format!("GET {path}"), "")
    }

    fn post(&self, path: &str, body: &str) -> Page {
        self.ask(&format!("POST {path}"), body)
    }
}

fn between<'a>(text: &'a str, start: &str, end: &str) -> &'a str {
    let rest = text.split_once(start).unwrap_or_else(|| panic!("no {start} in {text}")).1;
    rest.split_once(end).unwrap().0
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

/// The service with a mail server, and the department service-supervision without accounts.
fn service(folder: &Folder, mail: SocketAddr) -> Service {
    let tables = folder.0.join("tables");
    std::fs::create_dir_all(&tables).unwrap();
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("config/departments.toml");
    let departments = std::fs::read_to_string(shipped).unwrap();
    let code = "code = \"service-supervision\"\n";
    let mailed = format!("{code}mail = \"service@hospital.example\"\nlanguage = \"en\"\n");
    std::fs::write(tables.join("departments.toml"), departments.replace(code, &mailed)).unwrap();
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("config/offices.toml");
    let offices = std::fs::read_to_string(shipped).unwrap();
    let links = "[[office.links]]\nnames = { da = \"Klag over";
    let secure = "[[office.secure_mail]]\naddress = \"sikker@agency.example\"\ncitation = \"its page\"\n";
    assert!(offices.contains(links));
    let offices = offices.replace(links, &format!("{secure}\n{links}"));
    std::fs::write(tables.join("offices.toml"), offices).unwrap();
    let (tables, files) = (tables.display(), folder.0.join("files"));
    let more = format!(
        "[data]\ntables = \"{tables}\"\n[attachments]\nfolder = \"{}\"\n[mail]\nhost = \"127.0.0.1\"\n\
         port = {}\ntls = \"none\"\nfrom = \"Hotline <no-reply@hotline.example>\"\n\
         [line.dialog]\nmail_from = \"Dialoglinjen <dialog@line.example>\"\nnumbers = [\"+4570120120\"]\n\
         script = \"{}/ivr-scripts/dialog\"\nlanguages = [\"da\", \"en\"]\nzone = \"Europe/Copenhagen\"\n\
         profile = \"dk\"\nhours = [\"always\"]\ncalendar = \"denmark\"\nemergency = \"112\"\n\
         fallback_number = \"+4570120121\"\n",
        files.display(),
        mail.port(),
        env!("CARGO_MANIFEST_DIR")
    );
    Service::start_with(&folder.0, "a secret", &more)
}

/// An agent who is logged in.
fn agent(folder: &Folder, address: SocketAddr) -> (Browser, String) {
    let mut added = Command::new(env!("CARGO_BIN_EXE_hotline"))
        .args(["user", "--config"])
        .arg(folder.0.join("hotline.toml"))
        .args(["add", "lin", "--role", "agent", "--language", "en"])
        .env_clear()
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    added.stdin.take().unwrap().write_all(b"correct horse battery\n").unwrap();
    assert!(added.wait().unwrap().success());
    let mut browser = Browser::new(address);
    let page = browser.post("/login", "login=lin&password=correct+horse+battery");
    browser.cookie = page.header("set-cookie").split(';').next().unwrap().to_owned();
    let csrf = between(&browser.get("/messages").text, "data-csrf=\"", "\"").to_owned();
    (browser, csrf)
}

#[test]
fn from_the_page_to_the_department_and_back() {
    let folder = Folder::new("doors");
    let (mail, mails) = catcher();
    let service = service(&folder, mail);
    let writer = Browser::new(service.address);

    let once = between(&writer.get("/report?lang=en").text, "name=\"once\" value=\"", "\"").to_owned();
    let told = format!("once={once}&type=complaint&words=The+nurse+shouted+at+us&anonymous=yes&reply=yes");
    let done = writer.post("/report?lang=en", &told);
    assert_eq!(done.status, 200, "{}", done.text);
    let number = digits(between(&done.text, "id=\"number\"", "<"));
    let pin = digits(between(&done.text, "id=\"pin\"", "<"));

    let (agent, csrf) = agent(&folder, service.address);
    let inbox = agent.get("/messages").text;
    assert!(inbox.contains("The nurse shouted at us"), "{inbox}");
    let take = between(&inbox, "action=\"/messages/web/", "\"").to_owned();
    let taken = agent.post(&format!("/messages/web/{take}"), &format!("csrf={csrf}"));
    assert_eq!(taken.header("location"), format!("/cases/{number}"));
    let act = |what: &str, more: &str| {
        let page = agent.get(&format!("/cases/{number}")).text;
        let version = between(&page, "name=\"version\" value=\"", "\"").to_owned();
        // The form that classifies names its point; the others do not.
        let point = page.split_once("name=\"point\" value=\"");
        let point = point.map(|(_, rest)| format!("&point={}", rest.split('"').next().unwrap()));
        let body = format!("csrf={csrf}&version={version}{}{more}", point.unwrap_or_default());
        let done = agent.post(&format!("/cases/{number}/{what}"), &body);
        assert_eq!(done.status, 303, "{what}: {}", done.text);
    };
    act("classify", "&category=attitude");
    act("dispatch", "&department=service-supervision&reason=");

    let mail = mails.recv_timeout(LONGEST).expect("no mail came");
    assert!(mail.contains("To: service@hospital.example") && mail.contains(&number), "{mail}");
    assert!(!mail.contains("nurse"), "a mail says nothing of the matter: {mail}");
    let token = between(&mail, "/handover/", "\n").to_owned();
    let link = format!("/handover/{token}");
    let page = writer.get(&link);
    assert!(page.text.contains("The nurse shouted at us"), "{}", page.text);
    assert_eq!(writer.get(&link).status, 200, "looking uses nothing up");
    let signed = writer.post(&format!("{link}/sign"), "confirm=yes");
    assert_eq!(signed.status, 303, "{}", signed.text);
    assert_eq!(writer.get(&link).status, 422, "the link is used up");
    assert_eq!(writer.get(&signed.header("location")).status, 200);

    let status = writer.post("/status?lang=en", &format!("number={number}&pin={pin}"));
    assert!(status.text.contains("The department has signed for it."), "{}", status.text);
    let second = mails.recv_timeout(LONGEST).expect("no link to answer came");
    assert!(second.contains("please find out and answer"), "{second}");
}

/// D11: what is not talked about goes to the authority by mail, and is followed to its receipt.
#[test]
fn d11_a_complaint_reaches_the_authority_by_mail() {
    let folder = Folder::new("package");
    let (mail, mails) = catcher();
    let service = service(&folder, mail);
    let writer = Browser::new(service.address);
    let once = between(&writer.get("/report?lang=da").text, "name=\"once\" value=\"", "\"").to_owned();
    let told =
        format!("once={once}&type=complaint&words=Bruddet+blev+overset&anonymous=&name=Inger+Holm&reply=yes");
    let done = writer.post("/report?lang=da", &told);
    assert_eq!(done.status, 200, "{}", done.text);
    let number = digits(between(&done.text, "id=\"number\"", "<"));

    let (agent, csrf) = agent(&folder, service.address);
    let inbox = agent.get("/messages").text;
    let take = between(&inbox, "action=\"/messages/web/", "\"").to_owned();
    agent.post(&format!("/messages/web/{take}"), &format!("csrf={csrf}"));
    let dialogue = format!("/cases/{number}/dialogue");
    let act = |what: &str, more: &str| {
        let page = agent.get(&dialogue).text;
        let version = between(&page, "name=\"version\" value=\"", "\"").to_owned();
        let done =
            agent.post(&format!("{dialogue}/{what}"), &format!("csrf={csrf}&version={version}&{more}"));
        assert_eq!(done.status, 303, "{what}: {}", done.text);
    };
    act("answer", "accepted=no");
    act("assemble", "statement=Jeg+vil+have+en+afgørelse");
    let page = agent.get(&dialogue).text;
    assert!(page.contains("sikker@agency.example"), "{page}");
    act("mail", "");

    let mail = mails.recv_timeout(LONGEST).expect("no mail came");
    let (head, _) = mail.split_once("\n\n").unwrap();
    for part in ["To: sikker@agency.example", "From: Dialoglinjen <dialog@line.example>", "multipart/mixed"] {
        assert!(head.contains(part), "{part} is missing in {head}");
    }
    assert!(head.contains(&format!("Subject: Sag {}", &number[..4])), "{head}");
    for secret in ["Inger", "Holm", "Bruddet"] {
        assert!(!head.contains(secret), "{secret} in {head}");
    }
    assert!(mail.contains(&format!("filename=\"letter-{number}.html\"")), "{mail}");
    let sent = || agent.get(&dialogue).text;
    let begun = std::time::Instant::now();
    while !sent().contains(&format!("{dialogue}/acknowledge")) {
        assert!(begun.elapsed() < LONGEST, "it never counted as sent: {}", sent());
        std::thread::yield_now();
    }
    let page = agent.get(&format!("/cases/{number}")).text;
    assert!(page.contains("forwarded") || page.contains("Forwarded"), "{page}");
    let version = between(&sent(), "name=\"version\" value=\"", "\"").to_owned();
    let at = between(&sent(), "name=\"at\" type=\"datetime-local\" value=\"", "\"").to_owned();
    let receipt = format!("csrf={csrf}&version={version}&at={at}&reference=26%2F123");
    assert_eq!(agent.post(&format!("{dialogue}/acknowledge"), &receipt).status, 303);
    assert!(sent().contains("26/123"));
}

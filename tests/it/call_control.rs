//! A call in the hands of two agents, with the real program: held, a colleague asked, all together, handed over. The
//! bundled switch is the provider; everything is ordered from the desk and goes over the wire.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use reqwest::header;
use softswitch::{Notice, Phase, Telephone};

use crate::service::{Folder, Service};

const PASSWORD: &str = "correct horse battery";
/// Longest wait for a screen to show what a hook has told.
const PATIENCE: Duration = Duration::from_secs(20);

/// An agent at the desk: the browser and the telephone.
struct Agent {
    http: reqwest::Client,
    base: String,
    cookie: String,
    csrf: String,
    phone: Telephone,
}

impl Agent {
    async fn log_in(base: &str, login: &str, extension: &str) -> Self {
        let http = reqwest::Client::builder()
            .no_proxy()
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .unwrap();
        let form = [("login", login), ("password", PASSWORD)];
        let answer = http.post(format!("{base}/login")).header("sec-fetch-site", "same-origin").form(&form);
        let answer = answer.send().await.unwrap();
        let cookie =
            answer.headers()[header::SET_COOKIE].to_str().unwrap().split(';').next().unwrap().to_owned();
        let page = http.get(format!("{base}/desk")).header(header::COOKIE, &cookie).send().await.unwrap();
        let page = page.text().await.unwrap();
        let csrf = between(&page, "data-csrf=\"").to_owned();
        let permit = between(&page, "data-permit=\"").to_owned();
        let phone = Telephone::register_desk(base, extension, permit).await.unwrap();
        let agent = Self { http, base: base.to_owned(), cookie, csrf, phone };
        agent.post("/desk/state", &[("to", "ready")]).await;
        agent
    }

    async fn see(&self, path: &str) -> String {
        let asked = self.http.get(format!("{}{path}", self.base)).header(header::COOKIE, &self.cookie);
        asked.send().await.unwrap().text().await.unwrap()
    }

    /// Waits until a screen shows `words`.
    async fn sees(&mut self, path: &str, words: &str) -> String {
        let begun = std::time::Instant::now();
        loop {
            let page = self.see(path).await;
            if page.contains(words) {
                return page;
            }
            assert!(begun.elapsed() < PATIENCE, "{path} does not show {words}:\n{page}");
            self.phone.listen(Duration::from_millis(50)).await.unwrap();
        }
    }

    async fn post(&self, path: &str, form: &[(&str, &str)]) {
        let (status, said) = self.posted(path, form).await;
        assert!(status.is_redirection(), "{path} {form:?}: {status} {said}");
    }

    async fn posted(&self, path: &str, form: &[(&str, &str)]) -> (reqwest::StatusCode, String) {
        let mut form = form.to_vec();
        form.push(("csrf", &self.csrf));
        let sent = self.http.post(format!("{}{path}", self.base)).header(header::COOKIE, &self.cookie);
        let answer = sent.header("sec-fetch-site", "same-origin").form(&form).send().await.unwrap();
        (answer.status(), answer.text().await.unwrap())
    }

    async fn order(&self, to: &str) {
        self.post("/desk/call", &[("to", to)]).await;
    }
}

fn between<'a>(page: &'a str, before: &str) -> &'a str {
    let rest = page.split(before).nth(1).unwrap_or_else(|| panic!("no {before} in {page}"));
    rest.split('"').next().unwrap()
}

fn add_agent(folder: &Path, login: &str, phone: &str) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_hotline"))
        .args(["user", "--config"])
        .arg(folder.join("hotline.toml"))
        .args(["add", login, "--role", "agent", "--phone", phone])
        .env_clear()
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    writeln!(child.stdin.take().unwrap(), "{PASSWORD}").unwrap();
    assert!(child.wait().unwrap().success());
}

/// A house with the agents wang (8001) and li (8002), and wang in conversation with the caller.
async fn in_conversation(folder: &Folder) -> (Service, Telephone, Agent, Agent) {
    let more = "[switch]\non = true\n";
    drop(Service::start_with(&folder.0, "a secret of the call control", more));
    add_agent(&folder.0, "wang", "8001");
    add_agent(&folder.0, "li", "8002");
    let service = Service::start_with(&folder.0, "a secret of the call control", more);
    let base = format!("http://{}", service.address);
    // The first telephone chooses how connections are encrypted, for browsers too.
    let mut caller = Telephone::register(&base, "13900000001").await.unwrap();
    let mut wang = Agent::log_in(&base, "wang", "8001").await;
    caller.dial("12320").await.unwrap();
    caller.press("1").await.unwrap();
    caller.press("1").await.unwrap();
    wang.phone.until(|phase| matches!(phase, Phase::Ringing { .. })).await.unwrap();
    wang.phone.answer().await.unwrap();
    caller.until(|phase| matches!(phase, Phase::Connected { .. })).await.unwrap();
    let li = Agent::log_in(&base, "li", "8002").await;
    (service, caller, wang, li)
}

async fn with(phone: &mut Telephone, who: &str) {
    phone.until(|phase| *phase == Phase::Connected { with: who.to_owned() }).await.unwrap();
}

async fn hears(phone: &mut Telephone, notice: Notice) {
    let heard = async {
        while phone.heard().last().is_none_or(|last| last.notice != notice) {
            if phone.heard().iter().rev().take(3).any(|heard| heard.notice == notice) {
                return;
            }
            phone.listen(Duration::from_millis(250)).await.unwrap();
        }
    };
    if tokio::time::timeout(PATIENCE, heard).await.is_err() {
        panic!("{notice:?} was not heard:\n{}", phone.transcript());
    }
}

fn voice(text: &str) -> Notice {
    Notice::Voice { text: text.to_owned() }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_is_held_a_colleague_asked_brought_in_and_left_with_it() {
    let folder = Folder::new("call-control");
    let (_service, mut caller, mut wang, mut li) = in_conversation(&folder).await;

    let desk = wang.sees("/desk", "id=\"call-hold\"").await;
    let intake = between(&desk, "data-intake=\"").to_owned();
    let stored = wang.see(&format!("/desk?intake={intake}")).await;
    let version = between(&stored, "name=\"version\" value=\"").to_owned();
    let words = [("version", version.as_str()), ("note", "the matron was asked")];
    wang.post(&format!("/desk/intakes/{intake}"), &words).await;

    // Held and taken back.
    wang.order("hold").await;
    hears(&mut caller, Notice::Held { on: true }).await;
    with(&mut wang.phone, "").await;
    assert!(caller.last_words().contains("请稍候"), "{}", caller.transcript());
    wang.order("resume").await;
    with(&mut caller, "8001").await;
    caller.say("hello again").await.unwrap();
    hears(&mut wang.phone, voice("hello again")).await;

    // A colleague is asked; the caller hears nothing of it.
    let bar = wang.sees("/desk/call", "value=\"person:").await;
    let whom = format!("person:{}", between(&bar, "value=\"person:"));
    wang.post("/desk/call", &[("to", "consult"), ("whom", &whom)]).await;
    hears(&mut caller, Notice::Held { on: true }).await;
    li.phone.until(|phase| matches!(phase, Phase::Ringing { .. })).await.unwrap();
    wang.sees("/desk/call", "id=\"call-off\"").await;
    li.phone.answer().await.unwrap();
    with(&mut li.phone, "8001").await;
    wang.sees("/desk/call", "id=\"call-together\"").await;
    wang.phone.say("a complaint about the first hospital").await.unwrap();
    hears(&mut li.phone, voice("a complaint about the first hospital")).await;
    assert!(!caller.transcript().contains("first hospital"), "{}", caller.transcript());
    // The colleague reads the record so far, and cannot steer a call that another holds.
    li.sees(&format!("/desk?intake={intake}"), "the matron was asked").await;
    assert_eq!(
        li.posted("/desk/call", &[("to", "hand-over")]).await.0,
        reqwest::StatusCode::UNPROCESSABLE_ENTITY
    );

    // All together.
    wang.order("together").await;
    caller.until(|phase| matches!(phase, Phase::Connected { with } if with.contains("8002"))).await.unwrap();
    caller.say("I am with both of you").await.unwrap();
    hears(&mut wang.phone, voice("I am with both of you")).await;
    hears(&mut li.phone, voice("I am with both of you")).await;

    // The first agent leaves, and writes up; the call goes on with the second.
    wang.order("hand-over").await;
    wang.phone.until(|phase| *phase == Phase::Idle).await.unwrap();
    wang.sees("/desk/state", "is-wrap_up").await;
    with(&mut caller, "8002").await;
    with(&mut li.phone, "13900000001").await;
    li.phone.say("I go on").await.unwrap();
    hears(&mut caller, voice("I go on")).await;
    li.sees("/desk", &intake).await;
    li.sees("/desk/call", "id=\"call-hold\"").await;
    assert!(wang.see("/desk/call").await.trim().is_empty(), "who left steers nothing any more");

    // What the second agent saves is the same record.
    let stored = li.sees(&format!("/desk?intake={intake}"), "the matron was asked").await;
    let version = between(&stored, "name=\"version\" value=\"").to_owned();
    li.post(&format!("/desk/intakes/{intake}"), &[("version", &version), ("note", "taken over")]).await;

    // The second agent hangs up: the caller is led on by the script and never lost the line.
    li.phone.hang_up().await.unwrap();
    li.sees("/desk/state", "is-wrap_up").await;
    caller.until(|phase| matches!(phase, Phase::Gather | Phase::Idle)).await.unwrap();
    let ended = caller.heard().iter().filter(|heard| matches!(heard.notice, Notice::Ended { .. })).count();
    assert_eq!(ended, 0, "{}", caller.transcript());
    caller.hang_up().await.unwrap();
}

//! Pages for people without an account, through the router: no cookie, no script, forms alone.

use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode, header};
use domain::Role;
use store::testing::Fresh as Database;
use switchboard::Switchboard;
use switchboard::rights::{CaseWorker, Desk};
use switchboard::testing::{HandClock, MemoryFiles, NotedCarrier, NotedMailer, complaint, mailed};
use tower::ServiceExt;

use crate::{App, router};

struct Visitor {
    router: axum::Router,
    board: Switchboard,
    mailer: Arc<NotedMailer>,
    _database: Database,
}

struct Seen {
    status: StatusCode,
    headers: HeaderMap,
    text: String,
}

const BOUNDARY: &str = "----boundary";

impl Visitor {
    fn new() -> Self {
        let database = Database::sqlite();
        let (mailer, clock) = (Arc::new(NotedMailer::default()), HandClock::at("2026-02-13T10:00:00+08:00"));
        let carrier = Arc::new(NotedCarrier::default());
        let board = mailed(database.open(), clock, carrier, mailer.clone(), Arc::new(MemoryFiles::default()));
        Self { router: router(App::new(board.clone(), false)), board, mailer, _database: database }
    }

    async fn ask(&self, request: Request<Body>) -> Seen {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (status, headers) = (response.status(), response.headers().clone());
        let body = to_bytes(response.into_body(), 4_000_000).await.unwrap();
        Seen { status, headers, text: String::from_utf8_lossy(&body).into_owned() }
    }

    async fn get(&self, path: &str) -> Seen {
        self.ask(Request::get(path).body(Body::empty()).unwrap()).await
    }

    async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Seen {
        let mut form = form_urlencoded::Serializer::new(String::new());
        form.extend_pairs(fields);
        let request = Request::post(path).header("sec-fetch-site", "same-origin");
        let request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.ask(request.body(Body::from(form.finish())).unwrap()).await
    }

    async fn send_file(&self, path: &str, fields: &[(&str, &str)], bytes: &[u8]) -> Seen {
        let mut body = Vec::new();
        for (name, value) in fields {
            let part =
                format!("--{BOUNDARY}\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
            body.extend_from_slice(part.as_bytes());
        }
        let head = format!(
            "--{BOUNDARY}\r\ncontent-disposition: form-data; name=\"file\"; filename=\"x.pdf\"\r\n\
             content-type: application/pdf\r\n\r\n"
        );
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(bytes);
        body.extend_from_slice(format!("\r\n--{BOUNDARY}--\r\n").as_bytes());
        let kind = format!("multipart/form-data; boundary={BOUNDARY}");
        let request = Request::post(path).header("sec-fetch-site", "same-origin");
        self.ask(request.header(header::CONTENT_TYPE, kind).body(Body::from(body)).unwrap()).await
    }

    /// Number and PIN of a complaint handed in.
    async fn handed_in(&self) -> (String, String) {
        let form = self.get("/report?lang=en").await.text;
        let once = between(&form, "name=\"once\" value=\"", "\"").to_owned();
        let fields = [
            ("once", once.as_str()),
            ("type", "complaint"),
            ("words", "They charged me twice"),
            ("anonymous", "yes"),
        ];
        let done = self.post("/report?lang=en", &fields).await;
        assert_eq!(done.status, StatusCode::OK, "{}", done.text);
        let again = self.post("/report?lang=en", &fields).await;
        let told = |seen: &Seen| {
            (
                between(&seen.text, "id=\"number\"", "<").to_owned(),
                between(&seen.text, "id=\"pin\"", "<").to_owned(),
            )
        };
        assert_eq!(told(&done), told(&again), "two clicks are one complaint");
        let digits = |text: String| text.chars().filter(char::is_ascii_digit).collect::<String>();
        let (number, pin) = told(&done);
        (digits(number), digits(pin))
    }

    /// The token of the mail about a dispatch to service-supervision.
    async fn handover(&self) -> String {
        let agent = switchboard::people::NewPerson {
            login: "agent".to_owned(),
            name: "Agent".to_owned(),
            role: Role::Agent,
            department: None,
            phone: None,
            language: domain::Language::parse("en").unwrap(),
            password: domain::Secret::new("correct horse battery"),
        };
        let agent = self.board.add_person(agent, "house").await.unwrap();
        let opened = switchboard::testing::open_case(&self.board, complaint(), &agent.id).await.unwrap();
        let desk: Desk<CaseWorker> = Desk::admit(&self.board, &agent).unwrap();
        desk.dispatch(&opened.id, 1, "service-supervision", None).await.unwrap();
        self.board.tend_mails().await.unwrap();
        let letter = self.mailer.letters().pop().unwrap();
        letter.body.split("/handover/").nth(1).unwrap().lines().next().unwrap().to_owned()
    }
}

fn between<'a>(text: &'a str, start: &str, end: &str) -> &'a str {
    let rest = text.split_once(start).unwrap_or_else(|| panic!("no {start} in {text}")).1;
    rest.split_once(end).unwrap().0
}

/// A page may show no message id: such a text is a gap in the translation.
fn no_gaps(page: &str) {
    for prefix in
        [">public-", ">handover-", ">refused-", ">case-", " public-", ">intake-", ">frame-", ">step-"]
    {
        assert!(!page.contains(prefix), "{prefix} in {page}");
    }
}

#[tokio::test]
async fn every_page_speaks_three_languages_and_keeps_nothing() {
    let visitor = Visitor::new();
    for path in ["/report", "/status", "/hand-in"] {
        for language in ["zh-CN", "en", "da"] {
            let seen = visitor.get(&format!("{path}?lang={language}")).await;
            assert_eq!(seen.status, StatusCode::OK, "{path}");
            assert!(seen.text.contains(&format!("<html lang=\"{language}\"")), "{path}");
            no_gaps(&seen.text);
            assert!(!seen.headers.contains_key(header::SET_COOKIE), "{path} sets a cookie");
            assert_eq!(seen.headers["cache-control"], "no-store");
            assert!(!seen.text.contains("<script"), "{path} needs no script");
        }
    }
}

#[tokio::test]
async fn a_complaint_is_handed_in_followed_and_reminded_of() {
    let visitor = Visitor::new();
    let (number, pin) = visitor.handed_in().await;
    let known = [("number", number.as_str()), ("pin", pin.as_str())];
    let page = visitor.post("/status?lang=da", &known).await;
    assert!(page.text.contains("Næste skridt er vores."), "{}", page.text);
    no_gaps(&page.text);
    assert!(!page.text.contains("charged me"), "not a word of it");
    let added = visitor.post("/status/add?lang=en", &[known[0], known[1], ("words", "Here is more")]).await;
    assert!(added.text.contains("We have received what you added."));
    let reminded = visitor.post("/status/remind?lang=en", &known).await;
    assert!(reminded.text.contains("We have noted your reminder."), "{}", reminded.text);
    assert!(reminded.text.contains("You reminded us"));
    let wrong = visitor.post("/status?lang=en", &[known[0], ("pin", "none")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.text.contains("do not belong together"));
}

#[tokio::test]
async fn what_is_missing_is_said_and_nothing_typed_is_lost() {
    let visitor = Visitor::new();
    let once = "0123456789abcdef";
    let fields = [("once", once), ("type", "report"), ("words", "Something <b>odd</b>"), ("place", "Ward 3")];
    let seen = visitor.post("/report?lang=en", &fields).await;
    assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(seen.text.contains("Something &#60;b&#62;odd&#60;/b&#62;"), "{}", seen.text);
    assert!(seen.text.contains("value=\"Ward 3\"") && seen.text.contains("your name, or a tick"));
    let robot =
        visitor.post("/report", &[("once", once), ("words", "x"), ("website", "http://spam.example")]).await;
    assert_eq!(robot.status, StatusCode::FORBIDDEN);
    let foreign =
        Request::post("/report").header("sec-fetch-site", "cross-site").body(Body::empty()).unwrap();
    assert_eq!(visitor.ask(foreign).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn files_come_by_pin_and_are_refused_by_what_they_hold() {
    let visitor = Visitor::new();
    let (number, pin) = visitor.handed_in().await;
    let known = [("number", number.as_str()), ("pin", pin.as_str()), ("kind", "receipt")];
    let kept = visitor.send_file("/status/file?lang=en", &known, b"%PDF-1.7 receipt").await;
    assert!(kept.text.contains("The file was received."), "{}", kept.text);
    let odd = visitor.send_file("/status/file?lang=en", &known, b"<html>not a pdf</html>").await;
    assert_eq!(odd.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(odd.text.contains("Files of this kind are not taken"), "{}", odd.text);
    let long = vec![b'%'; 27 * 1024 * 1024];
    let long = visitor.send_file("/status/file?lang=en", &known, &long).await;
    assert!(long.text.contains("The file is too big."), "{}", long.text);
    let stranger = [("number", number.as_str()), ("pin", "none"), ("kind", "receipt")];
    let refused = visitor.send_file("/status/file?lang=en", &stranger, b"%PDF-1.7").await;
    assert!(refused.text.contains("do not belong together"), "{}", refused.text);
    assert_eq!(visitor.get("/hand-in/no-such-link").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_department_reads_signs_and_answers_in_its_language() {
    let visitor = Visitor::new();
    let token = visitor.handover().await;
    let address = format!("/handover/{token}");
    for _ in 0..3 {
        let page = visitor.get(&address).await;
        assert!(
            page.text.contains("<html lang=\"da\"") && page.text.contains("护士大声训斥家属"),
            "{}",
            page.text
        );
        no_gaps(&page.text);
        assert_eq!(page.headers["x-robots-tag"], "noindex, nofollow");
    }
    let head = Request::head(&address).body(Body::empty()).unwrap();
    assert_eq!(visitor.ask(head).await.status, StatusCode::OK);
    let hasty = visitor.post(&format!("{address}/sign"), &[]).await;
    assert_eq!(hasty.status, StatusCode::UNPROCESSABLE_ENTITY, "not without the tick");
    let signed = visitor.post(&format!("{address}/sign"), &[("confirm", "yes")]).await;
    assert_eq!(signed.status, StatusCode::SEE_OTHER, "{}", signed.text);
    let next = signed.headers[header::LOCATION].to_str().unwrap().to_owned();
    let used = visitor.get(&address).await;
    assert_eq!(used.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(!used.text.contains("护士"), "a used link shows nothing");
    assert!(!used.text.contains(&token), "nor does a page repeat the secret");
    let page = visitor.get(&next).await;
    no_gaps(&page.text);
    let step = [("kind", "parties_heard"), ("note", "Har talt med sygeplejersken")];
    assert_eq!(visitor.post(&format!("{next}/step"), &step).await.status, StatusCode::SEE_OTHER);
    let file = visitor.send_file(&format!("{next}/file"), &[("kind", "other")], b"%PDF-1.7 svar").await;
    assert!(file.text.contains("Filen er modtaget."), "{}", file.text);
    let empty = visitor.post(&format!("{next}/answer"), &[("confirm", "yes")]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY, "each point needs its answer");
    let answer = [
        ("confirm", "yes"),
        ("finding-1", "upheld"),
        ("kind-1", "remedy"),
        ("outcome-1", "Undskyldning givet"),
    ];
    let done = visitor.post(&format!("{next}/answer"), &answer).await;
    assert!(done.text.contains("Svaret er afgivet."), "{}", done.text);
    no_gaps(&done.text);
}

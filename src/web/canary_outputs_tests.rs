//! Canaries in everything that leaves the house besides its screens: mails and what lies behind their links, the JSON
//! API, Open311, exports, letters that are mailed, and the letters of a dialogue.

use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use domain::{RequestType, Role};
use store::testing::Fresh as Database;
use switchboard::Switchboard;
use switchboard::intake::Intake;
use switchboard::ports::Letter;
use switchboard::reports::figures::catalogue::REPORTS;
use switchboard::rights::{Desk, Supervisor};
use switchboard::testing::{
    HandClock, MemoryFiles, MemoryShelf, NotedCarrier, NotedMailer, PASSWORD, danish_house, mailed,
    mixed_complaint, open_case, open_danish, with_agency_mail,
};
use tower::ServiceExt;

use crate::canary_tests::{CANARIES, OFFICE, planted, told};
use crate::case_tests::{Browser, between};
use crate::{App, router};

/// A house with its people, and what was searched in it.
struct World {
    board: Switchboard,
    clock: Arc<HandClock>,
    mailer: Arc<NotedMailer>,
    router: axum::Router,
    searched: usize,
    _database: Database,
}

impl World {
    async fn new(now: &str, danish: bool) -> Self {
        let (database, clock) = (Database::sqlite(), HandClock::at(now));
        let (mailer, carrier) = (Arc::new(NotedMailer::default()), Arc::new(NotedCarrier::default()));
        let board = if danish {
            let mut house = danish_house();
            // The dialogue is run by the hospital that is complained of.
            for department in &mut house.directory.departments {
                if department.code == "doctor-patient-office" {
                    department.institution = Some("havnby-hospital".to_owned());
                }
            }
            with_agency_mail(&mut house);
            Switchboard::new(database.open(), Arc::new(house), clock.clone(), carrier)
                .with_shelf(Arc::new(MemoryShelf::default()))
                .with_mailer(mailer.clone())
        } else {
            let files = Arc::new(MemoryFiles::default());
            mailed(database.open(), clock.clone(), carrier, mailer.clone(), files)
        };
        let office = if danish { "doctor-patient-office" } else { OFFICE };
        for (login, role, department) in [
            ("agent", Role::Agent, None),
            ("supervisor", Role::Supervisor, None),
            ("office", Role::Handler, Some(office)),
        ] {
            let new = switchboard::people::NewPerson {
                login: login.to_owned(),
                name: login.to_uppercase(),
                role,
                department: department.map(str::to_owned),
                phone: None,
                language: domain::Language::parse("en").unwrap(),
                password: domain::Secret::new(PASSWORD),
            };
            board.add_person(new, "house").await.unwrap();
        }
        let router = router(App::new(board.clone(), false));
        Self { board, clock, mailer, router, searched: 0, _database: database }
    }

    async fn browser(&self, login: &str) -> Browser {
        Browser::log_in_to(App::new(self.board.clone(), false), login).await
    }

    /// A case in the hands of the complaint office of the institution complained of.
    async fn dispatched(&self, intake: Intake) -> String {
        let agent = self.board.person_by_login("agent").await.unwrap().id;
        let number = open_case(&self.board, intake, &agent).await.unwrap().number.to_string();
        let agent = self.browser("agent").await;
        agent.done(&number, "dispatch", &[("department", OFFICE), ("reason", &told("派发原因"))]).await;
        number
    }

    async fn ask(&self, request: axum::http::request::Builder, body: String) -> (StatusCode, String, String) {
        let response = self.router.clone().oneshot(request.body(Body::from(body)).unwrap()).await.unwrap();
        let (status, headers) = (response.status(), response.headers().clone());
        let location = headers.get(header::LOCATION).map(|value| value.to_str().unwrap().to_owned());
        let body = to_bytes(response.into_body(), 4_000_000).await.unwrap();
        (status, String::from_utf8_lossy(&body).into_owned(), location.unwrap_or_default())
    }

    async fn get(&self, path: &str, key: &str) -> String {
        let request = Request::get(path).header(header::AUTHORIZATION, format!("Bearer {key}"));
        let (status, text, _) = self.ask(request, String::new()).await;
        assert_eq!(status, StatusCode::OK, "{path}: {text}");
        text
    }

    async fn post(&self, path: &str, fields: &[(&str, &str)]) -> (StatusCode, String, String) {
        let mut form = form_urlencoded::Serializer::new(String::new());
        form.extend_pairs(fields);
        let request = Request::post(path).header("sec-fetch-site", "same-origin");
        let request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.ask(request, form.finish()).await
    }

    /// All of a mail that says something before the letter itself is opened.
    fn search_outside(&mut self, what: &str, mail: &Letter) {
        let called: Vec<&str> = mail.enclosed.iter().map(|one| one.called.as_str()).collect();
        let text = format!("{} {} {} {called:?} {:?}", mail.id, mail.subject, mail.body, mail.from);
        self.search(what, &text);
    }

    fn search(&mut self, what: &str, text: &str) {
        self.searched += 1;
        for canary in CANARIES {
            assert!(!text.contains(canary), "{canary} in {what}: {text}");
        }
    }
}

fn kinds() -> [(RequestType, Option<bool>); 4] {
    [
        (RequestType::Complaint, Some(true)),
        (RequestType::Complaint, None),
        (RequestType::Report, None),
        (RequestType::Report, Some(false)),
    ]
}

const MORNING: &str = "2026-02-13T10:00:00+08:00";

#[tokio::test(flavor = "multi_thread")]
async fn mails_and_what_lies_behind_their_links() {
    let mut searched = 0;
    for (request_type, confidential) in kinds() {
        let mut world = World::new(MORNING, false).await;
        world.dispatched(planted(request_type, confidential)).await;
        world.board.tend_mails().await.unwrap();
        // Nobody signs: the reminders of the ladder come too.
        for later in ["2026-02-24T16:00:00+08:00", "2026-02-26T10:00:00+08:00"] {
            world.clock.set(later);
            world.board.tend_mails().await.unwrap();
        }
        let first = world.mailer.letters();
        assert!(first.len() > 1, "a dispatch and reminders");
        let link = |body: &str| body.split("/handover/").nth(1).unwrap().lines().next().unwrap().to_owned();
        let address = format!("/handover/{}", link(&first.last().unwrap().body));
        let page = world.get(&address, "").await;
        assert!(page.contains("护士"), "the matter is there: {page}");
        world.search("/handover", &page);
        let (status, text, next) = world.post(&format!("{address}/sign"), &[("confirm", "yes")]).await;
        assert_eq!(status, StatusCode::SEE_OTHER, "{text}");
        let page = world.get(&next, "").await;
        world.search("/handover, signed", &page);
        let step = [("kind", "parties_heard"), ("note", &told("已联系"))];
        assert_eq!(world.post(&format!("{next}/step"), &step).await.0, StatusCode::SEE_OTHER);
        let page = world.get(&next, "").await;
        world.search("/handover, with a step", &page);
        let answer =
            [("confirm", "yes"), ("finding-1", "upheld"), ("kind-1", "remedy"), ("outcome-1", "已道歉")];
        let (_, done, _) = world.post(&format!("{next}/answer"), &answer).await;
        world.search("/handover, answered", &done);
        world.board.tend_mails().await.unwrap();
        for letter in world.mailer.letters() {
            world.search("a mail", &format!("{}\n{}", letter.subject, letter.body));
        }
        let supervisor = world.board.person_by_login("supervisor").await.unwrap();
        let desk: Desk<Supervisor> = Desk::admit(&world.board, &supervisor).unwrap();
        for (mail, _) in desk.post_office().await.unwrap().last {
            world.search("a row of the outbox", &format!("{mail:?}"));
        }
        searched += world.searched;
    }
    println!("mails, outbox and /handover: {searched} texts searched, 0 found");
}

#[tokio::test(flavor = "multi_thread")]
async fn interfaces_for_programs() {
    let mut searched = 0;
    for (request_type, confidential) in kinds() {
        let mut world = World::new(MORNING, false).await;
        let number = world.dispatched(planted(request_type, confidential)).await;
        let office = world.browser("office").await;
        office.done(&number, "sign", &[]).await;
        office.done(&number, "step", &[("kind", "parties_heard"), ("note", &told("已联系"))]).await;
        for path in ["/api/v1/department/cases".to_owned(), format!("/api/v1/department/cases/{number}")] {
            let text = world.get(&path, "office-key").await;
            assert!(text.contains(&number.replace('-', "")) || text.contains(&number), "{text}");
            world.search(&path, &text);
        }
        searched += world.searched;
    }
    let mut world = World::new(MORNING, false).await;
    let words = told("投诉人");
    let fields = [
        ("service_code", "fees"),
        ("description", words.as_str()),
        ("first_name", "Camilla"),
        ("last_name", "Kanariefugl"),
        ("phone", "+8613877776666"),
        ("email", "camilla@post.example"),
        ("attribute[institution]", "yunhe-first"),
        ("api_key", "city-key"),
    ];
    for (confidential, address) in [("yes", "金丝雀的病房 3 楼"), ("", "Camilla Kanariefugl, 3F")] {
        let mut fields = fields.to_vec();
        fields.extend([("attribute[confidential]", confidential), ("address_string", address)]);
        let (status, made, _) = world.post("/open311/v2/requests.json", &fields).await;
        assert_eq!(status, StatusCode::OK, "{made}");
        world.search("the answer of Open311", &made);
        let made: serde_json::Value = serde_json::from_str(&made).unwrap();
        let id = made[0]["service_request_id"].as_str().unwrap();
        for format in ["json", "xml"] {
            for path in [
                format!("/open311/v2/requests/{id}.{format}"),
                format!("/open311/v2/requests.{format}?api_key=city-key"),
                format!("/open311/v2/requests.{format}?service_request_id={id}"),
                format!("/open311/v2/servicerequestupdates.{format}?api_key=city-key"),
                format!("/open311/v2/services.{format}"),
            ] {
                let text = world.get(&path, "").await;
                world.search(&path, &text);
            }
        }
    }
    searched += world.searched;
    println!("JSON API and Open311: {searched} texts searched, 0 found");
}

#[tokio::test(flavor = "multi_thread")]
async fn exports_of_reports_and_lists() {
    let mut searched = 0;
    for (request_type, confidential) in kinds() {
        let mut world = World::new(MORNING, false).await;
        let number = world.dispatched(planted(request_type, confidential)).await;
        let office = world.browser("office").await;
        let back = [("reason", "not_ours"), ("remark", &*told("退回"))];
        office.done(&number, "return", &back).await;
        let supervisor = world.browser("supervisor").await;
        for report in REPORTS.iter().map(|report| report.name) {
            let shown = supervisor.get(&format!("/reports/{report}")).await.text;
            let mut paths: Vec<String> = shown
                .split('"')
                .filter(|part| part.starts_with(&format!("/reports/{report}/")))
                .map(|part| part.replace("&amp;", "&").replace("&#38;", "&"))
                .collect();
            paths.extend(["csv", "json"].map(|kind| format!("/reports/{report}/{kind}")));
            for path in paths {
                let seen = supervisor.get(&path).await;
                assert_eq!(seen.status, StatusCode::OK, "{path}");
                world.search(&path, &seen.text);
            }
        }
        searched += world.searched;
    }
    println!("exports and lists of reports: {searched} texts searched, 0 found");
}

fn text_of(mail: &Letter) -> String {
    String::from_utf8(mail.enclosed[0].bytes.clone()).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn letters_that_are_mailed() {
    let mut searched = 0;
    for (request_type, confidential) in kinds() {
        let mut world = World::new(MORNING, false).await;
        let number = world.dispatched(planted(request_type, confidential)).await;
        let agent = world.browser("agent").await;
        let camera = told("三号机位");
        let evidence = [
            ("kind", "footage"),
            ("what", camera.as_str()),
            ("state", "promised"),
            ("holder", "institution"),
            ("readers", "institution"),
            ("readers", "supervisor"),
        ];
        agent.done(&number, "do/name_evidence", &evidence).await;
        let words = told("请配合");
        let letter = |kind| [("kind", kind), ("words", words.as_str()), ("channel", "house_mail")];
        for kind in ["evidence_request", "preserve_request", "acknowledgement"] {
            agent.done(&number, "letters", &letter(kind)).await;
        }
        world.board.tend_mails().await.unwrap();
        let mails = world.mailer.letters();
        let (own, others): (Vec<_>, Vec<_>) =
            mails.iter().partition(|mail| mail.to == "camilla@post.example");
        assert_eq!(own.len(), 1, "{mails:?}");
        assert!(text_of(own[0]).contains("Camilla Kanariefugl"), "her own letter calls her by her name");
        world.search_outside("her own letter", own[0]);
        let accused: Vec<_> = others.into_iter().filter(|mail| !mail.enclosed.is_empty()).collect();
        assert_eq!(accused.len(), 2);
        for mail in accused {
            assert!(text_of(mail).contains("护士"), "the matter is there");
            world.search("a letter to the accused", &format!("{} {mail:?}", text_of(mail)));
        }
        let supervisor = world.board.person_by_login("supervisor").await.unwrap();
        let desk: Desk<Supervisor> = Desk::admit(&world.board, &supervisor).unwrap();
        for (mail, _) in desk.post_office().await.unwrap().last {
            if mail.recipient != "camilla@post.example" {
                world.search("a row of the outbox", &format!("{mail:?}"));
            }
        }
        let (supervisor, office) = (world.browser("supervisor").await, world.browser("office").await);
        let page = supervisor.get("/mails").await.text;
        world.search("/mails", &page);
        let page = office.get(&format!("/cases/{number}")).await.text;
        world.search("the case of the office", &page);
        searched += world.searched;
    }
    println!("letters that are mailed: {searched} texts searched, 0 found");
}

#[tokio::test(flavor = "multi_thread")]
async fn letters_of_a_dialogue_that_the_accused_runs() {
    let mut world = World::new("2026-02-02T09:00:00+01:00", true).await;
    let mut intake = mixed_complaint();
    intake.caller.name = "Camilla Kanariefugl".to_owned();
    intake.caller.phone = "+86 138 7777 6666".to_owned();
    intake.patient.name = "金丝雀".to_owned();
    intake.wishes.confidential = Some(true);
    intake.points[0].own_words = told("投诉人");
    intake.wishes.participants = told("希望参加");
    let agent = world.board.person_by_login("agent").await.unwrap().id;
    let number = open_danish(&world.board, intake, &agent).await.unwrap().number.to_string();
    let agent = world.browser("agent").await;
    let act = async |browser: &Browser, what: &str, fields: &[(&str, &str)]| {
        let page = browser.get(&format!("/cases/{number}/dialogue")).await.text;
        let version = crate::case_tests::between(&page, "name=\"version\" value=\"", "\"").to_owned();
        let mut all = vec![("version", version.as_str())];
        all.extend_from_slice(fields);
        let seen = browser.post(&format!("/cases/{number}/dialogue/{what}"), &all).await;
        assert_eq!(seen.status, StatusCode::SEE_OTHER, "{what}: {}", seen.text);
    };
    act(&agent, "answer", &[("accepted", "yes"), ("motive", "explanation")]).await;
    let office = world.browser("office").await;
    act(&office, "receipt", &[("at", "2026-02-02T09:00")]).await;
    let invite = [
        ("form", "telephone"),
        ("at", "2026-02-12T10:00"),
        ("place", "+86 138 7777 6666"),
        ("role-1", "treating_staff"),
        ("name-1", "Overlæge Dahl"),
    ];
    act(&office, "invite", &invite).await;
    let mut read = Vec::new();
    let seen = office.get(&format!("/cases/{number}/dialogue/letters/invitation")).await;
    assert_eq!(seen.status, StatusCode::OK, "{}", seen.text);
    read.push(("the invitation", seen.text));
    world.clock.set("2026-02-12T11:00:00+01:00");
    let (agent, office) = (world.browser("agent").await, world.browser("office").await);
    let minutes = told("谈话中");
    let hold = [
        ("at", "2026-02-12T10:00"),
        ("form", "telephone"),
        ("role-1", "treating_staff"),
        ("name-1", "Overlæge Dahl"),
        ("minutes", minutes.as_str()),
    ];
    act(&office, "hold", &hold).await;
    act(&agent, "maintain", &[]).await;
    let statement = told("坚持");
    act(&office, "assemble", &[("statement", statement.as_str()), ("with_minutes", "1")]).await;
    for letter in ["confirmation", "decision", "forwarding"] {
        let seen = office.get(&format!("/cases/{number}/dialogue/letters/{letter}")).await;
        assert_eq!(seen.status, StatusCode::OK, "{letter}");
        read.push((letter, seen.text));
    }
    read.push(("the page", office.get(&format!("/cases/{number}/dialogue")).await.text));
    read.push(("the case", office.get(&format!("/cases/{number}")).await.text));
    read.push(("the list", office.get("/dialogues").await.text));
    for (what, text) in &read {
        world.search(what, text);
    }
    // The office that is complained of sends the package to the authority, and learns nothing by it.
    act(&office, "mail", &[]).await;
    world.board.tend_mails().await.unwrap();
    let mail = world.mailer.letters().pop().unwrap();
    assert_eq!(mail.to, "sikkerpost@agency.example");
    assert!(text_of(&mail).contains("Camilla Kanariefugl"), "the authority decides in her name");
    world.search_outside("the package", &mail);
    let after = [format!("/cases/{number}/dialogue"), format!("/cases/{number}"), "/dialogues".to_owned()];
    for path in after {
        let seen = office.get(&path).await;
        world.search(&path, &seen.text);
    }
    let supervisor = world.browser("supervisor").await;
    let mails = supervisor.get("/mails").await.text;
    world.search("/mails", &mails);
    let letter =
        format!("/cases/{number}/letters/{}", between(&mails, &format!("/cases/{number}/letters/"), "\""));
    assert_eq!(supervisor.get(&letter).await.status, StatusCode::OK, "the house reads what it sent");
    assert_eq!(office.get(&letter).await.status, StatusCode::NOT_FOUND);
    println!("letters and pages of a dialogue: {} texts searched, 0 found", world.searched);
}

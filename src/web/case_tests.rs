//! Cases and callbacks as people meet them: through the router, with cookies and forms.

use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use domain::{PersonId, Role};
use switchboard::testing::{Fresh, PASSWORD, complaint};
use tower::ServiceExt;

use crate::{App, router};

/// Somebody at a browser.
pub(crate) struct Browser {
    router: axum::Router,
    cookie: String,
    csrf: String,
}

pub(crate) struct Seen {
    pub(crate) status: StatusCode,
    pub(crate) text: String,
    pub(crate) location: String,
}

async fn ask(router: &axum::Router, request: Request<Body>) -> (Seen, String) {
    let response = router.clone().oneshot(request).await.unwrap();
    let header = |name| response.headers().get(name).map(|value| value.to_str().unwrap().to_owned());
    let (location, cookie) = (header(header::LOCATION), header(header::SET_COOKIE));
    let status = response.status();
    let body = to_bytes(response.into_body(), 4_000_000).await.unwrap();
    let text = String::from_utf8(body.to_vec()).unwrap();
    (Seen { status, text, location: location.unwrap_or_default() }, cookie.unwrap_or_default())
}

fn form(fields: &[(&str, &str)]) -> String {
    let mut form = form_urlencoded::Serializer::new(String::new());
    form.extend_pairs(fields);
    form.finish()
}

impl Browser {
    pub(crate) async fn log_in(house: &Fresh, login: &str) -> Self {
        Self::log_in_to(App::new(house.board.clone(), false), login).await
    }

    pub(crate) async fn log_in_to(app: App, login: &str) -> Self {
        let router = router(app);
        let body = form(&[("login", login), ("password", PASSWORD)]);
        let request = Request::post("/login").header("sec-fetch-site", "same-origin");
        let request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        let (seen, cookie) = ask(&router, request.body(Body::from(body)).unwrap()).await;
        assert_eq!(seen.status, StatusCode::SEE_OTHER, "{}", seen.text);
        let cookie = cookie.split(';').next().unwrap().to_owned();
        let mut browser = Self { router, cookie, csrf: String::new() };
        let page = browser.get("/cases").await.text;
        browser.csrf = between(&page, "data-csrf=\"", "\"").to_owned();
        browser
    }

    pub(crate) async fn get(&self, path: &str) -> Seen {
        let request = Request::get(path).header(header::COOKIE, &self.cookie);
        ask(&self.router, request.body(Body::empty()).unwrap()).await.0
    }

    pub(crate) async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Seen {
        let mut all = vec![("csrf", self.csrf.as_str())];
        all.extend_from_slice(fields);
        let request =
            Request::post(path).header(header::COOKIE, &self.cookie).header("sec-fetch-site", "same-origin");
        let request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        ask(&self.router, request.body(Body::from(form(&all))).unwrap()).await.0
    }

    /// Fills in a form of a case as it stands on the page now.
    pub(crate) async fn act(&self, number: &str, action: &str, fields: &[(&str, &str)]) -> Seen {
        let page = self.get(&format!("/cases/{number}")).await.text;
        assert!(page.contains(&format!("action=\"/cases/{number}/{action}\"")), "no form for {action}");
        let version = between(&page, "name=\"version\" value=\"", "\"").to_owned();
        let mut all = vec![("version", version.as_str())];
        all.extend_from_slice(fields);
        self.post(&format!("/cases/{number}/{action}"), &all).await
    }

    pub(crate) async fn done(&self, number: &str, action: &str, fields: &[(&str, &str)]) {
        let seen = self.act(number, action, fields).await;
        assert_eq!(seen.status, StatusCode::SEE_OTHER, "{action}: {}", seen.text);
    }
}

pub(crate) fn between<'a>(text: &'a str, start: &str, end: &str) -> &'a str {
    let rest = text.split_once(start).unwrap_or_else(|| panic!("no {start} in {text}")).1;
    rest.split_once(end).unwrap().0
}

async fn house() -> (Fresh, String) {
    let house = Fresh::at("2026-02-13T10:00:00+08:00");
    for (login, role, department, language) in [
        ("agent", Role::Agent, None, "zh-CN"),
        ("supervisor", Role::Supervisor, None, "en"),
        ("service", Role::Handler, Some("service-supervision"), "da"),
        ("medical", Role::Handler, Some("medical-administration"), "en"),
        ("admin", Role::Administrator, None, "en"),
    ] {
        house.person(login, role, department, language).await;
    }
    let agent = house.board.person_by_login("agent").await.unwrap().id;
    let number = house.open_case(complaint(), &agent).await.unwrap().number.to_string();
    (house, number)
}

/// A page may show no message id: such a text is a gap in the translation.
pub(crate) fn no_gaps(page: &str) {
    for prefix in [
        "case-",
        "cases-",
        "callback-",
        "attempt-",
        "step-",
        "finding-",
        "outcome-",
        "channel-",
        "missing-",
        "refused-",
        "return-",
        "report-request-type-",
        "language-",
    ] {
        let gap = page.split_once(&format!(">{prefix}"));
        assert!(
            gap.is_none(),
            "a message id is shown: {prefix}{}",
            gap.unwrap().1.split('<').next().unwrap()
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_case_of_another_department_is_not_there() {
    let (house, number) = house().await;
    let agent = Browser::log_in(&house, "agent").await;
    agent.done(&number, "dispatch", &[("department", "service-supervision")]).await;
    let (own, other) = (Browser::log_in(&house, "service").await, Browser::log_in(&house, "medical").await);
    assert_eq!(own.get(&format!("/cases/{number}")).await.status, StatusCode::OK);
    assert!(own.get("/cases").await.text.contains(&number));
    assert_eq!(other.get(&format!("/cases/{number}")).await.status, StatusCode::NOT_FOUND);
    let filtered = other.get("/cases?department=service-supervision&status=any").await;
    assert!(!filtered.text.contains(&number), "a filter widens nobody's sight");
    for action in ["sign", "return", "step", "answer", "dispatch", "feedback", "close", "phone"] {
        let fields = [("version", "2"), ("reason", "x"), ("department", "medical-administration")];
        let seen = other.post(&format!("/cases/{number}/{action}"), &fields).await;
        assert_eq!(seen.status, StatusCode::NOT_FOUND, "{action}");
    }
    assert_eq!(other.get("/callbacks").await.status, StatusCode::FORBIDDEN);
    assert_eq!(other.get("/cases/12345678").await.status, StatusCode::NOT_FOUND);
    assert_eq!(
        own.post(
            &format!("/cases/{number}/dispatch"),
            &[("version", "2"), ("department", "quality-control")]
        )
        .await
        .status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_administrator_and_a_stranger_see_no_cases() {
    let (house, number) = house().await;
    let router = router(App::new(house.board.clone(), false));
    let request = Request::get(format!("/cases/{number}")).body(Body::empty()).unwrap();
    let (seen, _) = ask(&router, request).await;
    assert!(seen.location.starts_with("/login"), "{}", seen.location);
    let body = form(&[("login", "admin"), ("password", PASSWORD)]);
    let request = Request::post("/login").header("sec-fetch-site", "same-origin");
    let request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    let (_, cookie) = ask(&router, request.body(Body::from(body)).unwrap()).await;
    let request =
        Request::get(format!("/cases/{number}")).header(header::COOKIE, cookie.split(';').next().unwrap());
    assert_eq!(ask(&router, request.body(Body::empty()).unwrap()).await.0.status, StatusCode::FORBIDDEN);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_case_goes_its_way_through_the_forms() {
    let (house, number) = house().await;
    let (agent, service) = (Browser::log_in(&house, "agent").await, Browser::log_in(&house, "service").await);
    agent.done(&number, "dispatch", &[("department", "service-supervision"), ("reason", "")]).await;
    house.clock.advance(600);
    service.done(&number, "sign", &[]).await;
    house.clock.advance(600);
    service.done(&number, "step", &[("kind", "parties_heard"), ("note", "已询问护士长")]).await;
    let incomplete = service
        .act(&number, "answer", &[("finding-1", "upheld"), ("kind-1", "remedy"), ("outcome-1", " ")])
        .await;
    assert_eq!(incomplete.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(incomplete.text.contains("Hvert klagepunkt skal have et udfald."), "{}", incomplete.text);
    let answer = [
        ("finding-1", "upheld"),
        ("kind-1", "remedy"),
        ("outcome-1", "已批评教育并道歉"),
        ("standard-1", "high-probability"),
        ("without-1", "当事护士承认"),
        ("said-complainant", "护士大声训斥家属"),
        ("form-complainant", "phone"),
        ("unheard-institution", "当事护士已书面承认"),
    ];
    service.done(&number, "answer", &answer).await;
    house.clock.advance(600);
    agent.done(&number, "feedback", &[("channel", "phone"), ("note", "已电话告知")]).await;
    let refused = agent.act(&number, "close", &[]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    for text in ["须告知来电人不服时的申诉途径。", "尚未回访。"] {
        assert!(refused.text.contains(text), "{text} in {}", refused.text);
    }
    // The refusal stands at the top of the case itself, and not on a page that leads nowhere.
    assert!(refused.text.contains("id=\"refused\"") && refused.text.contains("id=\"facts\""));
    no_gaps(&refused.text);
    agent.done(&number, "route", &[("route", "cn-hospital-review"), ("channel", "phone")]).await;
    let list = agent.get("/callbacks").await.text;
    let id = between(&list, "href=\"/callbacks/", "\"").to_owned();
    let logged = agent.post(&format!("/callbacks/{id}/attempt"), &[("outcome", "reached")]).await;
    assert_eq!(logged.status, StatusCode::SEE_OTHER, "{}", logged.text);
    let page = agent.get(&format!("/callbacks/{id}")).await;
    assert!(page.text.contains("name=\"solved\""));
    no_gaps(&page.text);
    let result = [("solved", "yes"), ("satisfaction", "5"), ("note", "满意")];
    assert_eq!(agent.post(&format!("/callbacks/{id}/result"), &result).await.status, StatusCode::SEE_OTHER);
    for login in ["agent", "supervisor", "service"] {
        let browser = Browser::log_in(&house, login).await;
        let page = browser.get(&format!("/cases/{number}")).await;
        assert_eq!(page.status, StatusCode::OK);
        no_gaps(&page.text);
        let done = ["已办结", "Closed", "Lukket"];
        assert!(done.iter().any(|word| page.text.contains(word)), "{login}");
        assert!(
            page.text.contains("<title>") && page.text.contains("class=\"with-department\""),
            "the picture"
        );
        no_gaps(&browser.get("/cases?status=any").await.text);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_number_is_masked_until_somebody_says_why() {
    let (house, number) = house().await;
    let agent = Browser::log_in(&house, "agent").await;
    let page = agent.get(&format!("/cases/{number}")).await.text;
    assert!(page.contains("***8000") && !page.contains("13800138000"));
    let refused = agent.post(&format!("/cases/{number}/phone"), &[("reason", " ")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let shown = agent.post(&format!("/cases/{number}/phone"), &[("reason", "补充材料")]).await;
    assert!(shown.status == StatusCode::OK && shown.text.contains("13800138000"));
    assert!(!agent.get(&format!("/cases/{number}")).await.text.contains("13800138000"));
}

#[tokio::test(flavor = "multi_thread")]
async fn who_comes_second_and_who_brings_no_token_change_nothing() {
    let (house, number) = house().await;
    let (agent, supervisor) =
        (Browser::log_in(&house, "agent").await, Browser::log_in(&house, "supervisor").await);
    agent.done(&number, "dispatch", &[("department", "service-supervision")]).await;
    let late = [("version", "1"), ("department", "quality-control"), ("reason", "x")];
    assert_eq!(
        supervisor.post(&format!("/cases/{number}/redispatch"), &late).await.status,
        StatusCode::CONFLICT
    );
    let foreign = Browser { csrf: "foreign".to_owned(), ..supervisor };
    assert_eq!(
        foreign.post(&format!("/cases/{number}/redispatch"), &late).await.status,
        StatusCode::FORBIDDEN
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_clock_shows_how_it_was_counted() {
    let (house, number) = house().await;
    let page = Browser::log_in(&house, "supervisor").await.get(&format!("/cases/{number}")).await.text;
    assert!(page.contains("until 27 Feb 2026 23:59"), "{}", between(&page, "id=\"clocks\"", "</section>"));
    assert!(page.contains("make-up workday"), "the Saturday that is worked is named");
    let agent = PersonId::new("nobody");
    house.clock.set("2026-12-29T10:00:00+08:00");
    let late = house.open_case(complaint(), &agent).await.unwrap().number;
    let page = Browser::log_in(&house, "supervisor").await.get(&format!("/cases/{late}")).await.text;
    assert!(page.contains("provisional"), "2027 is not published");
    let list = Browser::log_in(&house, "supervisor").await.get("/cases?due=overdue").await.text;
    assert!(list.contains(&number) && list.contains("overdue by 305 days"), "{list}");
}

#[tokio::test]
async fn a_case_is_found_by_number_and_by_telephone_without_either_in_the_address() {
    let house = Fresh::at("2026-02-13T09:00:00+08:00");
    let agent = house.person("agent", Role::Agent, None, "en").await;
    house.person("handler", Role::Handler, Some("service-supervision"), "en").await;
    let number = house.open_case(complaint(), &agent.id).await.unwrap().number.to_string();
    let agent = Browser::log_in(&house, "agent").await;
    let search = async |wanted: &str| agent.post("/cases/search", &[("wanted", wanted)]).await;
    for wanted in ["13800138000", "+86 138-0013-8000"] {
        let seen = search(wanted).await;
        assert_eq!(seen.status, StatusCode::OK);
        assert!(seen.text.contains(&format!("/cases/{number}")) && seen.text.contains("1 case"), "{wanted}");
    }
    assert!(!search("13900139000").await.text.contains(&format!("/cases/{number}")));
    assert!(search("nobody").await.text.contains("Enter a case number or a telephone number"));
    let led = search(&number).await;
    assert_eq!((led.status, led.location), (StatusCode::SEE_OTHER, format!("/cases/{number}")));
    let handler = Browser::log_in(&house, "handler").await;
    let seen = handler.post("/cases/search", &[("wanted", "13800138000")]).await;
    assert!(
        seen.text.contains("Only agents and supervisors") && !seen.text.contains(&number),
        "{}",
        seen.text
    );
}

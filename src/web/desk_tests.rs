//! The screens through the router: who gets in, who may do what, and that a form from elsewhere changes nothing.

use std::sync::Arc;

use axum::body::Body;
use axum::http::{Request, Response, StatusCode, header};
use domain::{CallId, Caller, Language, PhoneNumber, Role, Secret};
use http_body_util::BodyExt;
use store::testing::Fresh;
use switchboard::Switchboard;
use switchboard::people::NewPerson;
use switchboard::queue::{self, Asking, TurnNumber};
use switchboard::testing::{HandClock, NotedCarrier, board};
use tower::ServiceExt;

use crate::App;

pub(crate) struct House {
    pub(crate) board: Switchboard,
    store: store::Store,
    router: axum::Router,
    _fresh: Fresh,
}

/// Who is signed in: what the browser keeps and what its forms carry.
pub(crate) struct Browser {
    cookie: String,
    csrf: String,
}

const PASSWORD: &str = "long enough";

impl House {
    pub(crate) fn new() -> Self {
        let fresh = Fresh::sqlite();
        let clock = HandClock::at("2026-03-03T10:00:00+08:00");
        let store = fresh.open();
        let board = board(store.clone(), clock, Arc::new(NotedCarrier::default()));
        let router = crate::router(App::new(board.clone(), true));
        Self { board, store, router, _fresh: fresh }
    }

    pub(crate) async fn person(&self, login: &str, role: Role) {
        let department = self.board.house().directory.departments[0].code.clone();
        let new = NewPerson {
            login: login.to_owned(),
            name: format!("Name of {login}"),
            role,
            department: (role == Role::Handler).then_some(department),
            phone: Some(PhoneNumber::parse("8001").unwrap()),
            language: Language::parse("en").unwrap(),
            password: Secret::new(PASSWORD),
        };
        self.board.add_person(new, "test").await.unwrap();
    }

    /// A caller waits, is offered to whoever is ready, and the agent picks up.
    pub(crate) async fn caller_is_answered(&self, call: &'static str) {
        let work = move |tx: &mut store::Tx<'_>| {
            let house = switchboard::testing::house();
            let (call, caller) = (CallId::new(call), Caller::parse("+8613800138000"));
            let language = Language::parse("zh-CN").unwrap();
            let now = domain::Timestamp::parse("2026-03-03T10:00:00+08:00").unwrap();
            let asking = Asking {
                call: &call,
                line: "12320",
                visit: 0,
                caller: &caller,
                language: &language,
                ended_at: None,
                turn: TurnNumber { branch: 0, step: 0 },
            };
            queue::answer_queue(tx, &house, &asking, "main", now)?;
            queue::agent_answered(tx, &house, &call, now)
        };
        self.store.write(work).await.unwrap();
    }

    async fn send(&self, request: Request<Body>) -> Response<Body> {
        self.router.clone().oneshot(request).await.unwrap()
    }

    pub(crate) async fn get(&self, path: &str, browser: Option<&Browser>) -> (StatusCode, String) {
        let mut request = Request::get(path);
        if let Some(browser) = browser {
            request = request.header(header::COOKIE, &browser.cookie);
        }
        text(self.send(request.body(Body::empty()).unwrap()).await).await
    }

    pub(crate) async fn post(&self, path: &str, browser: Option<&Browser>, form: &str) -> Response<Body> {
        let mut request = Request::post(path)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header("sec-fetch-site", "same-origin");
        let mut form = form.to_owned();
        if let Some(browser) = browser {
            request = request.header(header::COOKIE, &browser.cookie);
            form = format!("{form}&csrf={}", browser.csrf);
        }
        self.send(request.body(Body::from(form)).unwrap()).await
    }

    pub(crate) async fn log_in(&self, login: &str) -> Browser {
        let answer = self.post("/login", None, &format!("login={login}&password=long+enough")).await;
        assert_eq!(answer.status(), StatusCode::SEE_OTHER);
        let cookie = answer.headers()[header::SET_COOKIE].to_str().unwrap().to_owned();
        assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), "{cookie}");
        let mut browser =
            Browser { cookie: cookie.split(';').next().unwrap().to_owned(), csrf: String::new() };
        // Any page carries the token, an error page, too.
        let (_, page) = self.get("/nothing-here", Some(&browser)).await;
        browser.csrf = page.split("data-csrf=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
        assert_eq!(browser.csrf.len(), 43);
        browser
    }
}

pub(crate) async fn text(answer: Response<Body>) -> (StatusCode, String) {
    let status = answer.status();
    let bytes = answer.into_body().collect().await.unwrap().to_bytes();
    (status, String::from_utf8(bytes.to_vec()).unwrap())
}

#[tokio::test]
async fn without_a_session_every_screen_leads_to_the_log_in() {
    let house = House::new();
    for path in ["/", "/desk", "/accounts", "/wallboard", "/reports", "/desk/intakes/x"] {
        let answer = house.send(Request::get(path).body(Body::empty()).unwrap()).await;
        assert_eq!(answer.status(), StatusCode::SEE_OTHER, "{path}");
        assert!(answer.headers()[header::LOCATION].to_str().unwrap().starts_with("/login"), "{path}");
    }
    let (status, page) = house.get("/login", None).await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("<html lang=\"zh-CN\">"), "{page}");
}

#[tokio::test]
async fn a_wrong_password_is_told_in_words_and_the_right_one_leads_to_the_first_screen() {
    let house = House::new();
    house.person("agent", Role::Agent).await;
    let (status, page) = text(house.post("/login", None, "login=agent&password=wrong").await).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("role=\"alert\""), "{page}");
    let browser = house.log_in("agent").await;
    let (status, page) = house.get("/desk", Some(&browser)).await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("Name of agent") && page.contains("data-extension=\"8001\""), "{page}");
    assert!(house.post("/logout", Some(&browser), "").await.status().is_redirection());
    assert_eq!(house.get("/desk", Some(&browser)).await.0, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn the_role_matrix_of_the_screens() {
    let house = House::new();
    let ways = [
        ("/desk", [true, false, true, false]),
        ("/wallboard", [false, false, true, false]),
        ("/reports", [false, false, true, false]),
        ("/codings", [true, false, true, false]),
        ("/codings/samples", [false, false, true, false]),
        ("/audit", [false, false, true, true]),
        ("/accounts", [false, false, false, true]),
    ];
    for (place, role) in Role::ALL.into_iter().enumerate() {
        house.person(role.as_str(), role).await;
        let browser = house.log_in(role.as_str()).await;
        for (path, may) in ways {
            let expected = if may[place] { StatusCode::OK } else { StatusCode::FORBIDDEN };
            assert_eq!(house.get(path, Some(&browser)).await.0, expected, "{role:?} {path}");
        }
        let expected = [StatusCode::SEE_OTHER, StatusCode::FORBIDDEN][usize::from(!matches!(place, 0 | 2))];
        let ready = house.post("/desk/state", Some(&browser), "to=ready").await;
        assert_eq!(ready.status(), expected, "{role:?} reports ready");
    }
}

#[tokio::test]
async fn a_form_from_elsewhere_changes_nothing() {
    let house = House::new();
    house.person("agent", Role::Agent).await;
    let browser = house.log_in("agent").await;
    let form = || Body::from(format!("to=ready&csrf={}", browser.csrf));
    let post = || {
        let kind = "application/x-www-form-urlencoded";
        Request::post("/desk/state")
            .header(header::COOKIE, &browser.cookie)
            .header(header::CONTENT_TYPE, kind)
    };
    let foreign = [
        post().header("sec-fetch-site", "cross-site").body(form()).unwrap(),
        post()
            .header("origin", "https://evil.example")
            .header("host", "127.0.0.1:12320")
            .body(form())
            .unwrap(),
        post().body(form()).unwrap(),
        post().header("sec-fetch-site", "same-origin").body(Body::from("to=ready")).unwrap(),
        post().header("sec-fetch-site", "same-origin").body(Body::from("to=ready&csrf=guessed")).unwrap(),
    ];
    for request in foreign {
        assert_eq!(house.send(request).await.status(), StatusCode::FORBIDDEN);
    }
    let (_, state) = house.get("/desk/state", Some(&browser)).await;
    assert!(state.contains("is-offline"), "{state}");
    let fine = post().header("sec-fetch-site", "same-origin").body(form()).unwrap();
    assert_eq!(house.send(fine).await.status(), StatusCode::SEE_OTHER);
    let (_, state) = house.get("/desk/state", Some(&browser)).await;
    assert!(state.contains("is-ready"), "{state}");
}

#[tokio::test]
async fn every_answer_carries_the_protective_headers_and_no_page_has_inline_code() {
    let house = House::new();
    house.person("agent", Role::Agent).await;
    let browser = house.log_in("agent").await;
    for path in ["/login", "/desk", "/nothing", "/assets/hotline.css", "/assets/none", "/setup/guessed"] {
        let request = Request::get(path).header(header::COOKIE, &browser.cookie).body(Body::empty()).unwrap();
        let answer = house.send(request).await;
        let policy = answer.headers()["content-security-policy"].to_str().unwrap();
        assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"), "{path}: {policy}");
        assert_eq!(answer.headers()["x-content-type-options"], "nosniff", "{path}");
        assert!(answer.headers().contains_key("cache-control"), "{path}");
        let (_, page) = text(answer).await;
        for inline in [" style=", " onclick=", "<script>", "javascript:"] {
            assert!(!page.contains(inline), "{path} has {inline}");
        }
    }
}

#[tokio::test]
async fn an_asset_with_its_hash_is_kept_and_without_it_is_asked_for_again() {
    let house = House::new();
    let (_, page) = house.get("/login", None).await;
    let address = page.split("href=\"").find(|part| part.starts_with("/assets/hotline.css?v=")).unwrap();
    let address = address.split('"').next().unwrap();
    let kept = house.send(Request::get(address).body(Body::empty()).unwrap()).await;
    assert!(kept.headers()["cache-control"].to_str().unwrap().contains("immutable"));
    let tag = kept.headers()[header::ETAG].clone();
    let again = Request::get("/assets/hotline.css").header(header::IF_NONE_MATCH, tag);
    let again = house.send(again.body(Body::empty()).unwrap()).await;
    assert_eq!(again.status(), StatusCode::NOT_MODIFIED);
    assert_eq!(again.headers()["cache-control"], "no-cache");
}

#[tokio::test]
async fn a_person_chooses_the_language_of_the_screens() {
    let house = House::new();
    house.person("agent", Role::Agent).await;
    let browser = house.log_in("agent").await;
    for (tag, word) in [("da", "Log ud"), ("zh-CN", "退出登录"), ("en", "Log out")] {
        let chosen = house.post("/language", Some(&browser), &format!("language={tag}&next=/desk")).await;
        assert_eq!(chosen.headers()[header::LOCATION], "/desk");
        let (_, page) = house.get("/desk", Some(&browser)).await;
        assert!(page.contains(&format!("<html lang=\"{tag}\">")) && page.contains(word), "{tag}: {page}");
    }
}

#[tokio::test]
async fn our_own_modules_get_problems_as_documents() {
    let house = House::new();
    house.person("agent", Role::Agent).await;
    let browser = house.log_in("agent").await;
    let request = Request::post("/desk/state")
        .header(header::COOKIE, &browser.cookie)
        .header("sec-fetch-site", "same-origin")
        .header("x-csrf", &browser.csrf)
        .header("x-quiet", "1")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    let answer = house.send(request.body(Body::from("to=decline")).unwrap()).await;
    assert_eq!(answer.headers()[header::CONTENT_TYPE], "application/problem+json");
    let (status, body) = text(answer).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    let problem: serde_json::Value = serde_json::from_str(&body).unwrap();
    assert_eq!(problem["type"], "/problems/refused-agent-move");
    assert_eq!(problem["title"], "That is not possible in your present state");
}

#[tokio::test]
async fn a_record_is_saved_contested_and_becomes_a_case_that_is_told() {
    let house = House::new();
    house.person("agent", Role::Agent).await;
    let browser = house.log_in("agent").await;
    house.post("/desk/state", Some(&browser), "to=ready").await;
    house.caller_is_answered("a").await;
    let (_, offer) = house.get("/desk/offer", Some(&browser)).await;
    let id = offer.split("data-intake=\"").nth(1).unwrap().split('"').next().unwrap();
    assert!(offer.contains("***8000") && !offer.contains("13800138000"), "{offer}");
    let (status, page) = house.get("/desk", Some(&browser)).await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("name=\"points.0.own_words\"") && page.contains("data-key=\"Alt+1\""), "{page}");

    let address = format!("/desk/intakes/{id}");
    let category = &house.board.house().categories.all()[0].code;
    let fields = format!(
        "version=1&request_type=complaint&caller.name=%E7%8E%8B&points.0.own_words=%E6%80%81%E5%BA%A6%E6%81%B6%E5%8A%A3\
         &points.0.institution=X&points.0.happened=now&points.0.persons.unknown=1&points.0.category={category}\
         &points.0.severity=2&wishes.reply=yes&wishes.message=no&risks=child&risks=press&evidence.receipt=held&urgent=1"
    );
    let incomplete = house.post(&format!("{address}/case"), Some(&browser), "department=&reason=").await;
    let (status, page) = text(incomplete).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("when it happened"), "{page}");
    assert_eq!(house.post(&address, Some(&browser), &fields).await.status(), StatusCode::SEE_OTHER);
    let contested = house.post(&address, Some(&browser), &format!("{fields}&note=other")).await;
    assert_eq!(contested.status(), StatusCode::CONFLICT);
    let (_, stored) = house.get(&address, Some(&browser)).await;
    let stored: serde_json::Value = serde_json::from_str(&stored).unwrap();
    assert_eq!(stored["version"], 2);
    assert_eq!(stored["fields"]["points.0.own_words"], serde_json::json!(["态度恶劣"]));
    assert_eq!(stored["fields"]["wishes.reply"], serde_json::json!(["yes"]));
    assert_eq!(
        stored["fields"]["wishes.message"],
        serde_json::json!(["no"]),
        "whether a machine may be told that we called"
    );
    assert_eq!(stored["fields"]["evidence.receipt"], serde_json::json!(["held"]));
    assert_eq!(stored["fields"]["risks"], serde_json::json!(["child", "press"]), "every box that is ticked");
    assert_eq!(stored["fields"]["points.0.persons.unknown"], serde_json::json!(["1"]));
    assert_eq!(
        stored["fields"]["read_back"],
        serde_json::json!([]),
        "a box that is not ticked is there, empty"
    );
    let (_, page) = house.get("/desk", Some(&browser)).await;
    assert!(
        page.contains("value=\"child\" checked") && !page.contains("value=\"violence\" checked"),
        "{page}"
    );

    let fields = fields.replace("version=1", "version=2");
    house.post(&address, Some(&browser), &format!("{fields}&read_back=1")).await;
    let opened = house.post(&format!("{address}/case"), Some(&browser), "department=&reason=").await;
    assert_eq!(opened.headers()[header::LOCATION], format!("/desk?intake={id}").as_str());
    let (_, page) = house.get(&format!("/desk?intake={id}"), Some(&browser)).await;
    assert!(page.contains("id=\"case-number\">0000 "), "{page}");
    assert_eq!(
        house.post(&format!("{address}/told"), Some(&browser), "").await.status(),
        StatusCode::SEE_OTHER
    );
    assert_eq!(house.post(&address, Some(&browser), &fields).await.status(), StatusCode::CONFLICT);
}

#[tokio::test]
async fn an_answer_outside_its_set_is_refused_and_nothing_is_saved() {
    let house = House::new();
    house.person("agent", Role::Agent).await;
    let browser = house.log_in("agent").await;
    house.post("/desk/state", Some(&browser), "to=ready").await;
    house.caller_is_answered("a").await;
    let (_, offer) = house.get("/desk/offer", Some(&browser)).await;
    let id = offer.split("data-intake=\"").nth(1).unwrap().split('"').next().unwrap();
    for form in [
        "version=1&request_type=nonsense",
        "version=x",
        "version=1&points.0.own_words=a&points.0.severity=300",
    ] {
        let answer = house.post(&format!("/desk/intakes/{id}"), Some(&browser), form).await;
        let expected = if form.ends_with("300") { StatusCode::SEE_OTHER } else { StatusCode::BAD_REQUEST };
        assert_eq!(answer.status(), expected, "{form}");
    }
    let finished = house.post(&format!("/desk/intakes/{id}/finish"), Some(&browser), "code=answered").await;
    assert_eq!(finished.headers()[header::LOCATION], "/desk");
}

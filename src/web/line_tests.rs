//! The lines through the router: who gets in, the picture with its counts and its words, and the parts fetched anew.

use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use dialect::incoming::Kind;
use dialect::{Direction, Incoming};
use domain::{Caller, Role};
use switchboard::Knock;
use switchboard::testing::{Fresh, PASSWORD};
use tower::ServiceExt;

use crate::{App, router};

struct Browser {
    router: axum::Router,
    cookie: String,
}

impl Browser {
    async fn log_in(house: &Fresh, login: &str) -> Self {
        let router = router(App::new(house.board.clone(), false));
        let form = format!("login={login}&password={}", PASSWORD.replace(' ', "+"));
        let request = Request::post("/login")
            .header("sec-fetch-site", "same-origin")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        let answer = router.clone().oneshot(request.body(Body::from(form)).unwrap()).await.unwrap();
        assert_eq!(answer.status(), StatusCode::SEE_OTHER);
        let cookie = answer.headers()[header::SET_COOKIE].to_str().unwrap();
        Self { router, cookie: cookie.split(';').next().unwrap().to_owned() }
    }

    async fn get(&self, path: &str) -> (StatusCode, String) {
        let request = Request::get(path).header(header::COOKIE, &self.cookie);
        let answer = self.router.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
        let status = answer.status();
        let text = to_bytes(answer.into_body(), 4_000_000).await.unwrap();
        (status, String::from_utf8(text.to_vec()).unwrap())
    }
}

async fn house() -> Fresh {
    let house = Fresh::at("2026-03-03T10:00:00+08:00");
    house.person("boss", Role::Supervisor, None, "en").await;
    house.person("admin", Role::Administrator, None, "da").await;
    house.person("agent", Role::Agent, None, "zh-CN").await;
    house
}

/// A first call, which hears the choice of languages.
async fn call(house: &Fresh) {
    let incoming = Incoming {
        provider_call_id: "CA1".to_owned(),
        parent_call_id: None,
        from: Caller::parse("+8613800138000"),
        to: "12320".to_owned(),
        direction: Direction::Inbound,
        status: None,
        answered_by: None,
        kind: Kind::Start,
        upload: None,
    };
    let knock = Knock { provider: "twilio".to_owned(), line: "12320".to_owned(), token: None, incoming };
    house.board.turn(knock).await.unwrap();
}

#[tokio::test]
async fn the_picture_tells_the_calls_of_the_period_and_who_is_there() {
    let house = house().await;
    call(&house).await;
    let boss = Browser::log_in(&house, "boss").await;
    let (status, page) = boss.get("/lines").await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("href=\"/lines/12320\""), "{page}");
    let (status, page) = boss.get("/lines/12320?days=1").await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("<p id=\"calls\">1 call</p>"), "{page}");
    for part in [
        "id=\"node-main\"",
        "id=\"node-voicemail\"",
        "aria-current=\"page\">Today<",
        "wrong key",
        "no · 1",
        "<dt>choose-language</dt><dd>1</dd>",
    ] {
        assert!(page.contains(part), "{part}: {page}");
    }
    // Whatever the address asks for, there is a period; and nothing of the caller is shown.
    let (_, page) = boss.get("/lines/12320?days=9999").await;
    assert!(page.contains("aria-current=\"page\">7 days<") && !page.contains("13800138000"));
    assert_eq!(boss.get("/lines/none").await.0, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn parts_are_fetched_alone_and_hold_nothing_inline() {
    let house = house().await;
    let boss = Browser::log_in(&house, "boss").await;
    let (status, picture) = boss.get("/lines/12320/picture?days=1").await;
    assert_eq!(status, StatusCode::OK);
    assert!(picture.trim_start().starts_with("<svg ") && !picture.contains("<html"), "{picture}");
    for inline in [" style=", "<style", "<script", " onclick="] {
        assert!(!picture.contains(inline), "the page's policy refuses {inline}");
    }
    assert!(boss.get("/lines/12320/figures?days=30").await.1.contains("Nobody hung up on the way."));
    assert!(boss.get("/lines/12320/ways").await.1.contains("<table>"));
    let (_, page) = boss.get("/lines/12320").await;
    let sheet = page.split("href=\"").find(|part| part.starts_with("/assets/graph.css?v=")).unwrap();
    let (status, sheet) = boss.get(sheet.split('"').next().unwrap()).await;
    assert!(status == StatusCode::OK && sheet.contains(".gr-card"), "{sheet}");
}

#[tokio::test]
async fn lines_are_for_supervisors_and_administrators_each_in_their_language() {
    let house = house().await;
    let admin = Browser::log_in(&house, "admin").await;
    let (status, page) = admin.get("/lines/12320").await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("Hvor folk lægger på") && page.contains("forkert tast"), "{page}");
    let agent = Browser::log_in(&house, "agent").await;
    for path in
        ["/lines", "/lines/12320", "/lines/12320/picture", "/lines/12320/figures", "/lines/12320/ways"]
    {
        assert_eq!(agent.get(path).await.0, StatusCode::FORBIDDEN, "{path}");
    }
    assert!(!agent.get("/desk").await.1.contains("href=\"/lines\""));
}

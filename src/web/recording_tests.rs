//! Recordings through the router: who hears them, in pieces, and the controls on the desk.

use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use domain::Role;
use switchboard::messages::Sound;
use switchboard::testing::{Fresh, PASSWORD, leave_message};
use tower::ServiceExt;

use crate::{App, router};

const ADDRESS: &str = "http://127.0.0.1:9/2010-04-01/Accounts/AC0/Recordings/RE1";

struct Browser {
    router: axum::Router,
    cookie: String,
    csrf: String,
}

/// Status, headers and text of an answer.
struct Answer {
    status: StatusCode,
    headers: axum::http::HeaderMap,
    text: String,
}

impl Answer {
    fn header(&self, name: header::HeaderName) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

impl Browser {
    async fn log_in(house: &Fresh, login: &str) -> Self {
        let router = router(App::new(house.board.clone(), false));
        let mut browser = Self { router, cookie: String::new(), csrf: String::new() };
        let form = format!("login={login}&password={}", PASSWORD.replace(' ', "+"));
        let answer = browser.send(Request::post("/login"), form).await;
        browser.cookie = answer.header(header::SET_COOKIE).split(';').next().unwrap().to_owned();
        let page = browser.get("/nothing-here").await.text;
        browser.csrf = between(&page, "data-csrf=\"", "\"").to_owned();
        browser
    }

    async fn send(&self, request: axum::http::request::Builder, body: String) -> Answer {
        let request = request.header("sec-fetch-site", "same-origin").header(header::COOKIE, &self.cookie);
        let request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        let answer = self.router.clone().oneshot(request.body(Body::from(body)).unwrap()).await.unwrap();
        let (status, headers) = (answer.status(), answer.headers().clone());
        let text = to_bytes(answer.into_body(), 4_000_000).await.unwrap();
        Answer { status, headers, text: String::from_utf8(text.to_vec()).unwrap() }
    }

    async fn get(&self, path: &str) -> Answer {
        self.send(Request::get(path), String::new()).await
    }

    async fn post(&self, path: &str, fields: &str) -> Answer {
        self.send(Request::post(path), format!("csrf={}&{fields}", self.csrf)).await
    }
}

/// The text between two others.
fn between<'a>(text: &'a str, before: &str, after: &str) -> &'a str {
    text.split(before).nth(1).unwrap_or_else(|| panic!("no {before} in {text}")).split(after).next().unwrap()
}

/// A house with a message whose sound the provider has; the address of its recording.
async fn house() -> (Fresh, String) {
    let house = Fresh::at("2026-03-03T10:00:00+08:00");
    let department = house.board.house().directory.departments[0].code.clone();
    for (login, role) in [("agent", Role::Agent), ("boss", Role::Supervisor), ("root", Role::Administrator)] {
        house.person(login, role, None, "en").await;
    }
    house.person("handler", Role::Handler, Some(&department), "en").await;
    leave_message(&house.board, "a", "13800138000", ADDRESS).await;
    let sound = Sound { media_type: "audio/wav".to_owned(), bytes: b"RIFF0123456789".to_vec() };
    house.carrier.has_sound(ADDRESS, sound);
    let page = Browser::log_in(&house, "agent").await.get("/messages").await.text;
    let heard = between(&page, "data-heard=\"", "/heard\"").to_owned();
    (house, heard)
}

#[tokio::test]
async fn a_sound_is_played_in_pieces_and_never_cached() {
    let (house, recording) = house().await;
    let agent = Browser::log_in(&house, "agent").await;
    let sound = format!("{recording}/sound");
    let whole = agent.get(&sound).await;
    assert_eq!((whole.status, whole.text.as_str()), (StatusCode::OK, "RIFF0123456789"));
    assert_eq!(whole.header(header::CACHE_CONTROL), "no-store");
    assert_eq!(whole.header(header::ACCEPT_RANGES), "bytes");
    assert!(whole.headers.get(header::ETAG).is_none() && whole.headers.get(header::LAST_MODIFIED).is_none());
    let part = agent.send(Request::get(&sound).header(header::RANGE, "bytes=4-6"), String::new()).await;
    assert_eq!((part.status, part.text.as_str()), (StatusCode::PARTIAL_CONTENT, "012"));
    assert_eq!(part.header(header::CONTENT_RANGE), "bytes 4-6/14");
    let beyond = agent.send(Request::get(&sound).header(header::RANGE, "bytes=14-"), String::new()).await;
    assert_eq!(beyond.status, StatusCode::RANGE_NOT_SATISFIABLE);
    assert!(agent.post(&format!("{recording}/heard"), "seconds=9").await.status.is_redirection());
    assert_eq!(
        agent.post(&format!("{recording}/heard"), "seconds=long").await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    house.shelf.spoil();
    let spoiled = agent.get(&sound).await;
    assert_eq!(spoiled.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(spoiled.text.contains("has been changed"), "{}", spoiled.text);
    let inbox = agent.get("/messages").await.text;
    assert!(inbox.contains("id=\"sounds-troubled\"") && inbox.contains("it is not played"), "{inbox}");
    let wall = Browser::log_in(&house, "boss").await.get("/wallboard").await.text;
    assert_eq!(between(&wall, "id=\"sounds-troubled\">", "<"), "1");
}

#[tokio::test]
async fn only_whom_the_role_allows_hears_or_holds() {
    let (house, recording) = house().await;
    let sound = format!("{recording}/sound");
    for (login, expected) in [
        ("boss", StatusCode::OK),
        ("agent", StatusCode::OK),
        ("handler", StatusCode::NOT_FOUND),
        ("root", StatusCode::FORBIDDEN),
    ] {
        assert_eq!(Browser::log_in(&house, login).await.get(&sound).await.status, expected, "{login}");
    }
    let (boss, agent) = (Browser::log_in(&house, "boss").await, Browser::log_in(&house, "agent").await);
    let hold = format!("{recording}/hold");
    assert_eq!(agent.post(&hold, "reason=court").await.status, StatusCode::FORBIDDEN);
    assert_eq!(boss.post(&hold, "reason=").await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(boss.post(&hold, "reason=court").await.status.is_redirection());
    assert!(boss.post(&format!("{recording}/release"), "").await.status.is_redirection());
}

#[tokio::test]
async fn without_a_conversation_there_is_nothing_to_record() {
    let (house, _) = house().await;
    let agent = Browser::log_in(&house, "agent").await;
    let controls = agent.get("/desk/recording").await;
    assert_eq!((controls.status, controls.text.as_str()), (StatusCode::OK, ""));
    let refused = agent.post("/desk/recording", "to=start&purpose=documentation").await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text.contains("No conversation is in hand"), "{}", refused.text);
    assert!(house.carrier.orders().is_empty());
    assert_eq!(agent.post("/desk/recording", "to=dance").await.status, StatusCode::BAD_REQUEST);
}

//! The inbox through the router: who gets in, what is shown, and the sound under an address of our own.

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
}

impl Browser {
    async fn log_in(house: &Fresh, login: &str) -> Self {
        let mut browser =
            Self { router: router(App::new(house.board.clone(), false)), cookie: String::new() };
        let form = format!("login={login}&password={}", PASSWORD.replace(' ', "+"));
        let answer = browser.send(Request::post("/login"), form).await;
        assert_eq!(answer.0, StatusCode::SEE_OTHER);
        browser.cookie = answer.2.split(';').next().unwrap().to_owned();
        browser
    }

    async fn send(
        &self,
        request: axum::http::request::Builder,
        body: String,
    ) -> (StatusCode, String, String) {
        let request = request.header("sec-fetch-site", "same-origin").header(header::COOKIE, &self.cookie);
        let request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        let answer = self.router.clone().oneshot(request.body(Body::from(body)).unwrap()).await.unwrap();
        let head = |name| answer.headers().get(name).map(|value| value.to_str().unwrap().to_owned());
        let told = head(header::SET_COOKIE).or(head(header::LOCATION)).or(head(header::CONTENT_TYPE));
        let status = answer.status();
        let text = to_bytes(answer.into_body(), 4_000_000).await.unwrap();
        (status, String::from_utf8(text.to_vec()).unwrap(), told.unwrap_or_default())
    }

    async fn get(&self, path: &str) -> (StatusCode, String, String) {
        self.send(Request::get(path), String::new()).await
    }

    async fn post(&self, path: &str) -> (StatusCode, String, String) {
        let (_, page, _) = self.get("/nothing-here").await;
        let csrf = page.split("data-csrf=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
        self.send(Request::post(path), format!("csrf={csrf}")).await
    }
}

/// The text between two others.
fn between<'a>(text: &'a str, before: &str, after: &str) -> &'a str {
    text.split(before).nth(1).unwrap_or_else(|| panic!("no {before} in {text}")).split(after).next().unwrap()
}

#[tokio::test]
async fn a_message_is_shown_heard_and_taken() {
    let house = Fresh::at("2026-03-03T10:00:00+08:00");
    house.person("agent", Role::Agent, None, "en").await;
    leave_message(&house.board, "a", "13800138000", ADDRESS).await;
    let agent = Browser::log_in(&house, "agent").await;
    let (status, page, _) = agent.get("/messages").await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("8000") && !page.contains("13800138000"), "the number is masked: {page}");
    assert!(page.contains("0:42") && page.contains("Complaint"), "{page}");
    assert_eq!(between(&page, "data-src=\"/messages/count\">", "<"), "1");
    assert!(!page.contains("Recordings"), "the provider's address stays our secret");
    let id = between(&page, "id=\"message-", "\"").to_owned();
    let sound = format!("/messages/{id}/sound");
    let (status, page, _) = agent.get(&sound).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("does not have this recording yet"), "{page}");
    house.carrier.has_sound(ADDRESS, Sound { media_type: "audio/wav".to_owned(), bytes: b"RIFF".to_vec() });
    let (status, heard, kind) = agent.get(&sound).await;
    assert_eq!((status, heard.as_str(), kind.as_str()), (StatusCode::OK, "RIFF", "audio/wav"));
    let (status, _, desk) = agent.post(&format!("/messages/{id}/take")).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let (status, page, _) = agent.get(&desk).await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains(&sound), "the desk plays the message: {page}");
    assert!(page.contains("<option value=\"complaint\" selected"), "the menu has asked already: {page}");
    let (_, page, _) = agent.get("/messages").await;
    assert_eq!(between(&page, "data-src=\"/messages/count\">", "<"), "0");
    let (_, page, _) = agent.get("/callbacks").await;
    assert!(page.contains("Caller who left a message"), "{page}");
}

#[tokio::test]
async fn the_inbox_is_for_agents_and_supervisors() {
    let house = Fresh::at("2026-03-03T10:00:00+08:00");
    let department = house.board.house().directory.departments[0].code.clone();
    house.person("agent", Role::Agent, None, "en").await;
    house.person("boss", Role::Supervisor, None, "zh-CN").await;
    house.person("handler", Role::Handler, Some(&department), "da").await;
    leave_message(&house.board, "a", "13800138000", ADDRESS).await;
    let agent = Browser::log_in(&house, "agent").await;
    let id = between(&agent.get("/messages").await.1, "id=\"message-", "\"").to_owned();
    let handler = Browser::log_in(&house, "handler").await;
    for path in ["/messages".to_owned(), "/messages/count".to_owned(), format!("/messages/{id}/sound")] {
        assert_eq!(handler.get(&path).await.0, StatusCode::FORBIDDEN, "{path}");
    }
    assert!(!handler.get("/cases").await.1.contains("/messages"));
    agent.post(&format!("/messages/{id}/take")).await;
    let boss = Browser::log_in(&house, "boss").await;
    let (status, page, _) = boss.post(&format!("/messages/{id}/take")).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("已由同事认领"), "{page}");
}

#[tokio::test]
async fn a_refusal_leads_back_to_where_one_was() {
    let house = Fresh::at("2026-03-03T10:00:00+08:00");
    house.person("agent", Role::Agent, None, "da").await;
    let callback = house.owed_callback().await;
    let agent = Browser::log_in(&house, "agent").await;
    let (_, page, _) = agent.get("/nothing-here").await;
    assert!(!page.contains("data-back"), "there is nothing to mend: {page}");
    let csrf = between(&page, "data-csrf=\"", "\"").to_owned();
    for (told, back) in [
        (format!("http://127.0.0.1/callbacks/{callback}?x=1"), Some(format!("/callbacks/{callback}?x=1"))),
        ("https://evil.example/callbacks".to_owned(), Some("/callbacks".to_owned())),
        ("http://127.0.0.1//evil.example".to_owned(), None),
        ("nonsense".to_owned(), None),
    ] {
        let request = Request::post(format!("/callbacks/{callback}/give-up")).header(header::REFERER, &told);
        let (status, page, _) = agent.send(request, format!("csrf={csrf}&reason=")).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
        let link = page.contains("data-back").then(|| between(&page, "primary\" href=\"", "\"").to_owned());
        assert_eq!(link, back, "{told}: {page}");
    }
}

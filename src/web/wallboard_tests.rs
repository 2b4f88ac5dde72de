//! The wallboard's strip of providers that keep failing, on the page and in the stream, in each language.

use std::time::Duration;

use axum::body::Body;
use axum::http::{Request, header};
use domain::Role;
use futures_util::StreamExt;
use switchboard::ports::{CircuitStand, CircuitState};
use switchboard::testing::{Fresh, PASSWORD};
use tower::ServiceExt;

use crate::{App, router};

/// A house whose first provider is left alone for half a minute, whose second is tried again.
async fn troubled(language: &str) -> (Fresh, String) {
    let house = Fresh::at("2026-03-03T10:00:00+08:00");
    house.person("boss", Role::Supervisor, None, language).await;
    let stand = |provider: &str, state, seconds| {
        let rest = Duration::from_secs(seconds);
        CircuitStand { provider: provider.to_owned(), state, rest }
    };
    let (closed, open, half) = (CircuitState::Closed, CircuitState::Open, CircuitState::HalfOpen);
    house.carrier.stands(vec![stand("one", open, 30), stand("three", closed, 0), stand("two", half, 0)]);
    let form = format!("login=boss&password={}", PASSWORD.replace(' ', "+"));
    let answer = ask(&house, Request::post("/login"), form).await;
    let cookie = answer.headers()[header::SET_COOKIE].to_str().unwrap();
    let cookie = cookie.split(';').next().unwrap().to_owned();
    (house, cookie)
}

async fn ask(house: &Fresh, request: axum::http::request::Builder, form: String) -> axum::response::Response {
    let request = request.header("sec-fetch-site", "same-origin");
    let request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    let router = router(App::new(house.board.clone(), false));
    router.oneshot(request.body(Body::from(form)).unwrap()).await.unwrap()
}

#[tokio::test]
async fn providers_that_keep_failing_stand_on_the_wallboard() {
    for (language, suspended, trying) in [
        (
            "en",
            "Outgoing calls through provider one are suspended until 10:00:30",
            "Provider two kept failing",
        ),
        ("da", "Udgående opkald gennem udbyderen one er sat på pause indtil 10.00.30", "Udbyderen two har"),
        ("zh-CN", "供应商 one 连续出错,经由它的呼出暂停至 10:00:30", "供应商 two 连续出错,下一次呼出"),
    ] {
        let (house, cookie) = troubled(language).await;
        let wall = || ask(&house, Request::get("/wallboard").header(header::COOKIE, &cookie), String::new());
        let page = axum::body::to_bytes(wall().await.into_body(), 1_000_000).await.unwrap();
        let page = String::from_utf8(page.to_vec()).unwrap();
        let strip = page.split_once("id=\"circuits\"").unwrap().1.split_once("</div>").unwrap().0;
        assert!(strip.contains(suspended) && strip.contains(trying), "{strip}");
        assert!(!strip.contains("three") && !strip.contains(" hidden"), "{strip}");
        house.carrier.stands(Vec::new());
        let page = axum::body::to_bytes(wall().await.into_body(), 1_000_000).await.unwrap();
        let page = String::from_utf8(page.to_vec()).unwrap();
        let strip = page.split_once("id=\"circuits\"").unwrap().1.split_once("</div>").unwrap().0;
        assert!(strip.contains(" hidden") && !strip.contains("<p>"), "{strip}");
    }
}

#[tokio::test]
async fn the_stream_tells_of_them_without_a_look_at_the_store() {
    let (house, cookie) = troubled("en").await;
    let live = ask(&house, Request::get("/live").header(header::COOKIE, &cookie), String::new()).await;
    house.board.close().await;
    let (mut told, mut body) = (String::new(), live.into_body().into_data_stream());
    while !told.contains("event: circuits") || !told.ends_with("\n\n") {
        told.push_str(std::str::from_utf8(&body.next().await.unwrap().unwrap()).unwrap());
    }
    assert!(told.contains("event: circuits\ndata: 10:00:30 one\ndata: - two\n\n"), "{told}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_missing_year_of_a_calendar_is_told_from_november_on() {
    for (now, missing) in [("2026-10-31T10:00:00+08:00", false), ("2026-11-01T10:00:00+08:00", true)] {
        let house = Fresh::at(now);
        house.person("supervisor", Role::Supervisor, None, "en").await;
        let wall =
            crate::case_tests::Browser::log_in(&house, "supervisor").await.get("/wallboard").await.text;
        assert_eq!(wall.contains("id=\"calendars-missing\">china 2027"), missing, "{now}");
        let metrics =
            crate::case_tests::Browser::log_in(&house, "supervisor").await.get("/metrics").await.text;
        let line = "hotline_calendar_year_missing{calendar=\"china\"} 2027";
        assert_eq!(metrics.contains(line), missing, "{now}: {metrics}");
    }
}

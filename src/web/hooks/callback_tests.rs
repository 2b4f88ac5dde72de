//! The doors of a callback's legs, knocked on as a provider would.

use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode};
use dialect::Form;
use domain::{Role, Secret};
use switchboard::rights::{Agent, Desk};
use switchboard::testing::Fresh;
use tower::ServiceExt;

use crate::{App, router};

/// Knocks at an address as the provider would; `token` signs.
async fn knock(house: &Fresh, url: &str, body: &str, token: &str) -> (StatusCode, String) {
    let form = Form::parse(body.as_bytes()).unwrap();
    let signature = dialect::twiml::signature::sign(url, &form, &Secret::new(token));
    let target = url.strip_prefix("http://127.0.0.1:12320").unwrap();
    let request = Request::post(target)
        .header("content-type", "application/x-www-form-urlencoded")
        .header("x-twilio-signature", signature)
        .body(Body::from(body.to_owned()))
        .unwrap();
    let response = router(App::new(house.board.clone(), false)).oneshot(request).await.unwrap();
    let status = response.status();
    let text = to_bytes(response.into_body(), 100_000).await.unwrap();
    (status, String::from_utf8(text.to_vec()).unwrap())
}

const LEG: &str = "CallSid=CA-out-1&From=12320&To=8001&Direction=outbound-api";

#[tokio::test(flavor = "multi_thread")]
async fn the_agents_leg_is_told_whom_it_is_and_dials() {
    let house = Fresh::at("2026-03-03T09:30:00+08:00");
    let agent = house.person("agent", Role::Agent, None, "en").await;
    let desk: Desk<Agent> = Desk::admit(&house.board, &agent).unwrap();
    let id = house.owed_callback().await;
    desk.dial_callback(&id).await.unwrap();
    let placed = house.carrier.calls().remove(0);

    let (status, _) = knock(&house, &placed.url, LEG, "wrong").await;
    assert_eq!(status, StatusCode::FORBIDDEN);
    assert_eq!(desk.callback(&id).await.unwrap().attempts[0].dialled_at, None, "nothing changed");
    let foreign = "http://127.0.0.1:12320/voice/twilio/12320/callback?t=AAAA";
    assert_eq!(knock(&house, foreign, LEG, "12345").await.0, StatusCode::FORBIDDEN);

    let (status, document) = knock(&house, &placed.url, LEG, "12345").await;
    assert_eq!(status, StatusCode::OK, "{document}");
    assert!(document.contains("kept a place in the queue"), "{document}");
    assert!(document.contains("13800138000"), "{document}");
    let action = document.split_once("action=\"").unwrap().1.split_once('"').unwrap().0.replace("&amp;", "&");
    let action = if action.starts_with('/') { format!("http://127.0.0.1:12320{action}") } else { action };
    let again = knock(&house, &placed.url, LEG, "12345").await.1;
    assert_eq!(again, document, "the same hook, the same document");

    let ended = format!("{LEG}&DialCallStatus=completed&DialCallSid=CA-9&DialCallDuration=60");
    let (status, document) = knock(&house, &action, &ended, "12345").await;
    assert_eq!(status, StatusCode::OK, "{document}");
    assert!(document.contains("<Hangup"), "{document}");
    let over = format!("{LEG}&CallStatus=completed&CallDuration=70");
    assert_eq!(knock(&house, &placed.status_url, &over, "12345").await.0, StatusCode::OK);
    let file = desk.callback(&id).await.unwrap();
    assert_eq!(file.attempts[0].outcome.as_deref(), Some("reached"));
    assert_eq!(file.attempts[0].provider_call_id.as_deref(), Some("CA-out-1"));
}

#[tokio::test(flavor = "multi_thread")]
async fn while_the_records_are_out_of_reach_the_agent_hears_so_and_nobody_is_dialled() {
    let house = Fresh::at("2026-03-03T09:30:00+08:00");
    let agent = house.person("agent", Role::Agent, None, "en").await;
    let desk: Desk<Agent> = Desk::admit(&house.board, &agent).unwrap();
    let id = house.owed_callback().await;
    desk.dial_callback(&id).await.unwrap();
    let placed = house.carrier.calls().remove(0);
    house.board.close().await;
    let (status, document) = knock(&house, &placed.url, LEG, "12345").await;
    assert_eq!(status, StatusCode::OK, "{document}");
    assert!(document.contains("现在不接通对方") && document.contains("<Hangup"), "{document}");
    assert!(!document.contains("<Dial"), "{document}");
    // Without a journal nobody keeps the report: the provider is to send it again.
    let over = format!("{LEG}&CallStatus=completed&CallDuration=7");
    assert_eq!(knock(&house, &placed.status_url, &over, "12345").await.0, StatusCode::SERVICE_UNAVAILABLE);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_machine_at_the_citizens_end_is_told_nothing_without_a_word_of_consent() {
    let house = Fresh::at("2026-03-03T09:30:00+08:00");
    let agent = house.person("agent", Role::Agent, None, "en").await;
    let desk: Desk<Agent> = Desk::admit(&house.board, &agent).unwrap();
    let id = house.owed_callback().await;
    desk.dial_callback(&id).await.unwrap();
    let placed = house.carrier.calls().remove(0);
    let token = placed.url.split_once("?t=").unwrap().1;
    let hook = house.board.callback_hook("twilio", "12320", token).await.unwrap();
    let place = ("twilio", "12320");
    let answer = house.board.callback_answered(place, &hook, None).await.unwrap();
    let switchboard::outbound::Answer::Connect(connect) = answer else { panic!("{answer:?}") };
    let told = format!("http://127.0.0.1:12320/voice/twilio/12320/callback?t={}", connect.citizen_token);
    let heard = "CallSid=CA-citizen&AccountSid=AC1&AnsweredBy=machine_end_beep&MachineDetectionDuration=4100";

    assert_eq!(knock(&house, &told, heard, "wrong").await.0, StatusCode::FORBIDDEN);
    assert!(house.carrier.redirects().is_empty());
    assert_eq!(knock(&house, &told, heard, "12345").await.0, StatusCode::OK);
    let (leg, url) = house.carrier.redirects().remove(0);
    assert_eq!(leg, "CA-citizen");
    let asks = "CallSid=CA-citizen&From=12320&To=13800138000&Direction=outbound-dial&CallStatus=in-progress";
    let (status, document) = knock(&house, &url, asks, "12345").await;
    assert_eq!(status, StatusCode::OK);
    assert!(document.contains("<Hangup") && !document.contains("<Say"), "{document}");
    assert_eq!(desk.callback(&id).await.unwrap().attempts[0].outcome.as_deref(), Some("machine"));
}

//! What is done to a case beside its main way, over its forms; and two people who save at once.

use axum::http::StatusCode;
use domain::Role;
use switchboard::testing::{Fresh, complaint};

use crate::case_tests::{Browser, no_gaps};

async fn house() -> (Fresh, String) {
    let house = Fresh::at("2026-02-13T10:00:00+08:00");
    for (login, role, department) in [
        ("agent", Role::Agent, None),
        ("supervisor", Role::Supervisor, None),
        ("service", Role::Handler, Some("service-supervision")),
        ("medical", Role::Handler, Some("medical-administration")),
    ] {
        house.person(login, role, department, "en").await;
    }
    let agent = house.board.person_by_login("agent").await.unwrap().id;
    let number = house.open_case(complaint(), &agent).await.unwrap().number.to_string();
    Browser::log_in(&house, "agent")
        .await
        .done(&number, "dispatch", &[("department", "service-supervision")])
        .await;
    (house, number)
}

async fn shown(browser: &Browser, number: &str) -> String {
    let page = browser.get(&format!("/cases/{number}")).await.text;
    no_gaps(&page);
    page
}

#[tokio::test(flavor = "multi_thread")]
async fn help_pause_and_more_time_over_the_forms() {
    let (house, number) = house().await;
    let (agent, service) = (Browser::log_in(&house, "agent").await, Browser::log_in(&house, "service").await);
    let medical = Browser::log_in(&house, "medical").await;
    let help =
        [("department", "medical-administration"), ("words", "Look at the record"), ("date", "2026-02-25")];
    agent.done(&number, "do/add_co_handler", &help).await;
    service.done(&number, "sign", &[]).await;
    medical.done(&number, "do/co_handler_sign", &[]).await;
    medical.done(&number, "do/co_handler_report", &[("words", "The record is whole")]).await;
    assert!(shown(&service, &number).await.contains("The record is whole"));

    agent.done(&number, "do/ask_complainant", &[("words", "The receipt"), ("date", "2026-02-25")]).await;
    assert!(shown(&agent, &number).await.contains("stands still"));
    agent.done(&number, "do/complainant_gave", &[("words", "A photograph of it")]).await;
    let past = agent.act(&number, "do/ask_complainant", &[("words", "More"), ("date", "2026-02-01")]).await;
    assert_eq!(past.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(past.text.contains("The date has passed."), "{}", past.text);

    let greedy = service.act(&number, "do/extend", &[("units", "6"), ("words", "An appraisal")]).await;
    assert_eq!(greedy.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(greedy.text.contains("The law allows no such number of units"), "{}", greedy.text);
    service.done(&number, "do/extend", &[("units", "5"), ("words", "An appraisal")]).await;
    let page = shown(&service, &number).await;
    assert!(!page.contains("do/approve_extension"), "whom the law does not name sees no form");
    let supervisor = Browser::log_in(&house, "supervisor").await;
    let yes = [("decision", "granted"), ("words", "Agreed")];
    supervisor.done(&number, "do/approve_extension", &yes).await;
    assert!(shown(&service, &number).await.contains("5 Mar 2026"), "ten working days over Spring Festival");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_death_is_noted_and_starts_its_clock() {
    let (house, number) = house().await;
    let agent = Browser::log_in(&house, "agent").await;
    agent.done(&number, "do/note_death", &[("moment", "2026-02-13T04:30")]).await;
    let page = shown(&agent, &number).await;
    assert!(page.contains("Moment of death noted") && page.contains("15 Feb 2026"), "{page}");
    let later = agent.act(&number, "do/note_death", &[("moment", "2026-02-13T23:30")]).await;
    assert!(later.text.contains("The moment of death cannot be read"), "{}", later.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn points_leave_and_cases_are_held_together_over_the_forms() {
    let (house, number) = house().await;
    let supervisor = Browser::log_in(&house, "supervisor").await;
    let agent = house.board.person_by_login("agent").await.unwrap().id;
    let mut two = complaint();
    two.points.push(two.points[0].clone());
    let other = house.open_case(two, &agent).await.unwrap().number.to_string();
    supervisor.done(&other, "do/split", &[("point", "2"), ("words", "Another hospital")]).await;
    assert!(shown(&supervisor, &other).await.contains("Another hospital"));
    supervisor.done(&other, "do/merge", &[("number", &number)]).await;
    let goal = supervisor.get(&format!("/cases/{other}")).await.text;
    assert!(goal.contains(&number), "the old number leads on");
    supervisor.done(&number, "do/release", &[("number", &other), ("words", "Not the same matter")]).await;
    supervisor.done(&other, "do/link", &[("number", &number), ("relation", "same_event")]).await;
    assert!(shown(&supervisor, &number).await.contains(&other));
}

#[tokio::test(flavor = "multi_thread")]
async fn two_people_save_at_once_and_both_texts_are_kept() {
    let (house, number) = house().await;
    let (first, second) =
        (Browser::log_in(&house, "agent").await, Browser::log_in(&house, "supervisor").await);
    let page = shown(&second, &number).await;
    let version = crate::case_tests::between(&page, "name=\"version\" value=\"", "\"").to_owned();
    first.done(&number, "do/remind", &[("words", "She called again in tears")]).await;
    let typed = [("version", version.as_str()), ("words", "Handle it before the weekend")];
    let seen = second.post(&format!("/cases/{number}/do/supervise"), &typed).await;
    assert_eq!(seen.status, StatusCode::CONFLICT, "{}", seen.text);
    no_gaps(&seen.text);
    assert_eq!(seen.text.matches("id=\"conflict\"").count(), 1, "one conflict");
    let conflict = crate::case_tests::between(&seen.text, "id=\"conflict\"", "</section>");
    assert!(conflict.contains("She called again in tears"), "theirs: {conflict}");
    assert!(conflict.contains("Handle it before the weekend</textarea>"), "mine: {conflict}");
    assert!(
        !shown(&second, &number).await.contains("Handle it before the weekend"),
        "nothing was saved over"
    );
    // Saving mine from there is one more change on top of theirs.
    let now = crate::case_tests::between(conflict, "name=\"version\" value=\"", "\"").to_owned();
    let again = [("version", now.as_str()), ("words", "Handle it before the weekend")];
    let saved = second.post(&format!("/cases/{number}/do/supervise"), &again).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text);
    let page = shown(&second, &number).await;
    assert!(page.contains("She called again in tears") && page.contains("Handle it before the weekend"));
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_keeps_out_over_the_forms() {
    let (house, number) = house().await;
    let (service, supervisor) =
        (Browser::log_in(&house, "service").await, Browser::log_in(&house, "supervisor").await);
    service.done(&number, "recuse", &[("reason", "The nurse is my sister")]).await;
    assert_eq!(service.get(&format!("/cases/{number}")).await.status, StatusCode::NOT_FOUND);
    let list = supervisor.get("/conflicts").await.text;
    no_gaps(&list);
    assert!(list.contains(&number) && list.contains("The nurse is my sister"), "{list}");
    let medical = house.board.person_by_login("medical").await.unwrap().id;
    let declare = [("institution", "yunhe-first"), ("institution", "yunhe-second")];
    let done = supervisor.post(&format!("/people/{medical}/interests"), &declare).await;
    assert_eq!((done.status, done.location.as_str()), (StatusCode::SEE_OTHER, "/conflicts"), "{}", done.text);
    assert_eq!(supervisor.get("/conflicts").await.text.matches(" selected").count(), 2);
}

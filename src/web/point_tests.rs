//! Points and their codes as people meet them: through the router, with cookies and forms.

use axum::http::StatusCode;
use domain::Role;
use switchboard::testing::{Fresh, complaint};

use crate::case_tests::{Browser, between, no_gaps};

async fn house() -> (Fresh, String) {
    let house = Fresh::at("2026-02-13T10:00:00+08:00");
    for (login, role, department, language) in [
        ("agent", Role::Agent, None, "en"),
        ("other", Role::Agent, None, "da"),
        ("supervisor", Role::Supervisor, None, "en"),
        ("service", Role::Handler, Some("service-supervision"), "zh-CN"),
    ] {
        house.person(login, role, department, language).await;
    }
    let agent = house.board.person_by_login("agent").await.unwrap().id;
    let number = house.open_case(complaint(), &agent).await.unwrap().number.to_string();
    (house, number)
}

/// The panel of the points, as the page shows it.
async fn panel(browser: &Browser, number: &str) -> String {
    let page = browser.get(&format!("/cases/{number}")).await.text;
    no_gaps(&page);
    between(&page, "aria-labelledby=\"points\"", "</section>").to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_point_is_added_coded_coded_anew_and_dropped() {
    let (house, number) = house().await;
    let agent = Browser::log_in(&house, "agent").await;
    let first = panel(&agent, &number).await;
    assert!(
        first.contains("Staff attitude") && !first.contains("/points/1/drop"),
        "the last one cannot fall"
    );
    assert!(first.contains("HCAT categories: Respect and patient rights (map 1)"), "{first}");
    assert!(first.contains("does not cover it exactly") && first.contains("not an official edition"));
    assert!(
        first.contains("<option value=\"Yunhe First People&#39;s Hospital\">市一院"),
        "found by alias: {first}"
    );
    let new = [
        ("own_words", "The bill was wrong too"),
        ("institution", "市三院"),
        ("happened", "2026-02-12"),
        ("payer", "self"),
        ("category", "fees"),
    ];
    agent.done(&number, "points/add", &new).await;
    let added = panel(&agent, &number).await;
    for text in [
        "Yunhe Third People",
        "The bill was wrong too",
        "the patient",
        "Charges and prices",
        "/points/2/drop",
    ] {
        assert!(added.contains(text), "{text} in {added}");
    }
    let ended = [("own_words", "x"), ("institution", "市四院"), ("happened", "2026-02-12")];
    let refused = agent.act(&number, "points/add", &ended).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    for text in ["was not there on that day", "Yunhe Third People"] {
        assert!(refused.text.contains(text), "{text} in {}", refused.text);
    }
    let coding = [("axis-category", "fees"), ("axis-severity", "1"), ("axis-stage", ""), ("reason", "")];
    agent.done(&number, "points/2/code", &coding).await;
    assert!(panel(&agent, &number).await.contains("1 low"));
    let silent = agent.act(&number, "points/2/code", &[("axis-severity", "2")]).await;
    assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY);
    agent.done(&number, "points/2/code", &[("axis-severity", "2"), ("reason", "three bills")]).await;
    let coded = panel(&agent, &number).await;
    assert!(coded.contains("1 low → 2 medium · three bills · list 2016"), "{coded}");
    assert_eq!(
        agent.act(&number, "points/2/drop", &[("reason", " ")]).await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    agent.done(&number, "points/2/drop", &[("reason", "the bill was corrected")]).await;
    let page = agent.get(&format!("/cases/{number}")).await.text;
    for text in [
        "The bill was wrong too",
        "the bill was corrected",
        "Point added: Point 2",
        "Point dropped: Point 2",
        "1 low → 2 medium (Point 2)",
    ] {
        assert!(page.contains(text), "{text} in {page}");
    }
    assert!(!page.contains(&format!("/cases/{number}/points/2/code")), "what was dropped is coded no more");
    assert_eq!(
        agent
            .post(&format!("/cases/{number}/points/2/drop"), &[("version", "9"), ("reason", "x")])
            .await
            .status,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_department_assesses_the_harm_and_nothing_else() {
    let (house, number) = house().await;
    let agent = Browser::log_in(&house, "agent").await;
    agent.done(&number, "dispatch", &[("department", "service-supervision")]).await;
    let service = Browser::log_in(&house, "service").await;
    service.done(&number, "sign", &[]).await;
    let seen = panel(&service, &number).await;
    assert!(seen.contains("name=\"axis-harm_assessed\"") && !seen.contains("name=\"axis-severity\""));
    assert!(!seen.contains("/points/add") && !seen.contains("/drop\""));
    service.done(&number, "points/1/code", &[("axis-harm_assessed", "1")]).await;
    // A case number in a list of a report leads to its case.
    let supervisor = Browser::log_in(&house, "supervisor").await;
    let behind = supervisor.get("/reports/transfer/list?by=department&figure=dispatched").await.text;
    assert!(behind.contains(&format!("href=\"/cases/{number}\"")), "{behind}");
    let other = service.act(&number, "points/1/code", &[("axis-severity", "1")]).await;
    assert_eq!(other.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", other.text);
    assert!(panel(&service, &number).await.contains("1 极轻"));
}

/// The whole of double coding: taken blindly, done, counted, drilled into.
#[tokio::test(flavor = "multi_thread")]
async fn somebody_else_codes_blindly_and_the_report_compares() {
    let (house, number) = house().await;
    let agent = Browser::log_in(&house, "agent").await;
    agent.done(&number, "points/1/code", &[("axis-severity", "2"), ("axis-hcat", "communication")]).await;
    let supervisor = Browser::log_in(&house, "supervisor").await;
    let form = supervisor.get("/codings/samples").await.text;
    no_gaps(&form);
    let id_of = |login: &'static str| {
        let board = house.board.clone();
        async move { board.person_by_login(login).await.unwrap().id.to_string() }
    };
    let (first, second) = (id_of("agent").await, id_of("other").await);
    let drawn = |coder: String| {
        [
            ("coder", coder),
            ("how", "count".to_owned()),
            ("number", "5".to_owned()),
            ("from", "2020-01-01".to_owned()),
            ("to", "2030-01-01".to_owned()),
        ]
    };
    let own = supervisor
        .post("/codings/samples", &drawn(first).each_ref().map(|(name, text)| (*name, text.as_str())))
        .await;
    assert_eq!(own.status, StatusCode::UNPROCESSABLE_ENTITY, "nobody codes his own twice");
    let other = Browser::log_in(&house, "other").await;
    let seen = panel(&other, &number).await;
    assert!(seen.contains("Personalets optræden") && seen.contains("2 middel"), "he may look before");
    let given = drawn(second);
    let given = given.each_ref().map(|(name, text)| (*name, text.as_str()));
    assert_eq!(supervisor.post("/codings/samples", &given).await.status, StatusCode::SEE_OTHER);
    let blind = other.get("/codings").await.text;
    no_gaps(&blind);
    assert!(!blind.contains(" selected"), "nothing is chosen for him: {blind}");
    let hidden = other.get(&format!("/cases/{number}")).await.text;
    let points = between(&hidden, "aria-labelledby=\"points\"", "</section>");
    assert!(
        points.contains("/codings") && !points.contains("2 middel") && !points.contains("<dt>Kategori"),
        "{points}"
    );
    let history = between(&hidden, "aria-labelledby=\"history\"", "</section>");
    assert!(!history.contains("middel") && !history.contains("Kommunikation"), "{history}");
    assert!(!other.get("/cases").await.text.contains("Personalets optræden</td>"));
    let id =
        between(&blind, "action=\"/codings/", "/finish\"").rsplit("/codings/").next().unwrap().to_owned();
    let id = id.rsplit('"').next().unwrap().to_owned();
    let unfinished = other.post(&format!("/codings/{id}/finish"), &[("axis-severity", "3")]).await;
    assert_eq!(unfinished.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", unfinished.text);
    let foreign = agent.post(&format!("/codings/{id}/finish"), &[("axis-category", "fees")]).await;
    assert_eq!(foreign.status, StatusCode::NOT_FOUND);
    let coding = [("axis-category", "attitude"), ("axis-severity", "3"), ("axis-hcat", "communication")];
    assert_eq!(other.post(&format!("/codings/{id}/finish"), &coding).await.status, StatusCode::SEE_OTHER);
    assert!(panel(&other, &number).await.contains("2 middel"), "and now he sees the first one");
    let page = supervisor.get("/codings/samples").await.text;
    assert!(page.contains("1 of 1 done") && page.contains("2 medium") && page.contains("3 high"), "{page}");
    let decide = format!("/codings/samples/{id}/severity/decide");
    let silent = supervisor.post(&decide, &[("axis-severity", "3"), ("reason", "")]).await;
    assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY);
    let decided = supervisor.post(&decide, &[("axis-severity", "3"), ("reason", "the fall")]).await;
    assert_eq!(decided.status, StatusCode::SEE_OTHER, "{}", decided.text);
    assert!(!supervisor.get("/codings/samples").await.text.contains("/severity/decide"), "it is decided");
    the_pair_is_reported(&supervisor, &number).await;
    assert_eq!(agent.get("/reports/agreement").await.status, StatusCode::FORBIDDEN);
}

/// The report, its file and the list behind its numbers.
async fn the_pair_is_reported(supervisor: &Browser, number: &str) {
    let report = supervisor.get("/reports/agreement").await;
    assert_eq!(report.status, StatusCode::OK, "{}", report.text);
    for text in ["Agreement of coders", "too few", "HCAT category", "Severity (0–3)", "Fewer than 20 pairs"]
    {
        assert!(report.text.contains(text), "{text} in {}", report.text);
    }
    let csv = supervisor.get("/reports/agreement/csv?bom=0").await.text;
    let lines: Vec<&str> = csv.lines().filter(|line| line.contains("too few")).collect();
    assert_eq!(lines.len(), 7, "every axis: {csv}");
    assert!(lines[0].starts_with("Category,1,0,100.0%,1,1,"), "{csv}");
    assert!(csv.contains("Severity (0–3),1,0,0.0%,0,1,"), "{csv}");
    let behind = supervisor.get("/reports/agreement/list?by=axis&key=severity&figure=kappa").await.text;
    for text in ["2 medium", "3 high", &format!("/cases/{number}")] {
        assert!(behind.contains(text), "{text} in {behind}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_trail_is_searched_and_taken_along() {
    let (house, number) = house().await;
    let supervisor = Browser::log_in(&house, "supervisor").await;
    let all = supervisor.get("/audit").await.text;
    no_gaps(&all);
    assert!(all.contains("Logged in") && all.contains("data-key=\"Alt+F\""), "{all}");
    let revealed = supervisor.post(&format!("/cases/{number}/phone"), &[("reason", "call back")]).await;
    assert!(revealed.status.is_success() || revealed.status.is_redirection(), "{}", revealed.text);
    for address in [
        format!("/audit?case={number}"),
        "/audit?kind=case".to_owned(),
        "/audit?deed=phone-revealed".to_owned(),
    ] {
        let found = supervisor.get(&address).await.text;
        assert!(
            found.contains("Telephone number shown in full</td>") && found.contains("call back"),
            "{address}: {found}"
        );
        assert!(!found.contains("Logged in</td>"), "{address}: {found}");
    }
    assert!(supervisor.get("/audit?to=2001-01-01").await.text.contains("Nothing in the trail matches."));
    assert_eq!(supervisor.get("/audit?from=yesterday").await.status, StatusCode::BAD_REQUEST);
    let csv = supervisor.get(&format!("/audit/csv?case={number}&kind=case")).await;
    assert_eq!(csv.text.lines().count(), 2, "{}", csv.text);
    assert!(csv.text.contains("phone-revealed") && csv.text.contains(&number), "{}", csv.text);
    let taken = supervisor.get("/audit?deed=audit-exported").await.text;
    assert!(
        taken.contains("csv kind=case&amp;case=") || taken.contains("csv kind=case&#38;case="),
        "{taken}"
    );
    let agent = Browser::log_in(&house, "agent").await;
    assert_eq!(agent.get("/audit/csv").await.status, StatusCode::FORBIDDEN);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_merger_carries_what_was_ticked_and_the_history_says_so() {
    let (house, number) = house().await;
    let agent = house.board.person_by_login("agent").await.unwrap().id;
    let goal = house.open_case(complaint(), &agent).await.unwrap().number.to_string();
    let supervisor = Browser::log_in(&house, "supervisor").await;
    let form = supervisor.get(&format!("/cases/{number}")).await.text;
    assert!(form.contains("Points to carry along") && form.contains("name=\"carry\" value=\"1\""), "{form}");
    supervisor.done(&number, "do/merge", &[("number", goal.as_str()), ("carry", "1")]).await;
    let held = supervisor.get(&format!("/cases/{goal}")).await.text;
    no_gaps(&held);
    assert!(held.contains("points carried along: 1") && held.contains("Point 2"), "{held}");
    let undo = [("number", number.as_str()), ("words", "not the same matter")];
    supervisor.done(&goal, "do/release", &undo).await;
    let after = supervisor.get(&format!("/cases/{goal}")).await.text;
    no_gaps(&after);
    assert!(after.contains("the merger that had carried it along was undone"), "{after}");
}

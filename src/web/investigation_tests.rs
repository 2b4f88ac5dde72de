//! The investigation as people meet it: evidence promised, asked for and received; a request to preserve that nobody
//! answers; a letter on paper; a close that waits for what a finding rests on.

use axum::http::StatusCode;
use domain::Role;
use switchboard::intake::Intake;
use switchboard::investigation::{Evidence, EvidenceKind, EvidenceStatus};
use switchboard::testing::{Fresh, complaint};

use crate::case_tests::{Browser, between, no_gaps};

const HASH: &str = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

async fn house() -> Fresh {
    let house = Fresh::at("2026-02-13T10:00:00+08:00");
    for (login, role, department, language) in [
        ("agent", Role::Agent, None, "en"),
        ("supervisor", Role::Supervisor, None, "zh-CN"),
        ("service", Role::Handler, Some("service-supervision"), "da"),
    ] {
        house.person(login, role, department, language).await;
    }
    house
}

fn with_camera() -> Intake {
    let named = |kind, status| Evidence { kind, status };
    Intake {
        evidence: vec![
            named(EvidenceKind::Footage, EvidenceStatus::Promised),
            named(EvidenceKind::RecordCopy, EvidenceStatus::Promised),
        ],
        ..complaint()
    }
}

async fn opened(house: &Fresh) -> String {
    let agent = house.board.person_by_login("agent").await.unwrap().id;
    let number = house.open_case(with_camera(), &agent).await.unwrap().number.to_string();
    let agent = Browser::log_in(house, "agent").await;
    agent.done(&number, "dispatch", &[("department", "service-supervision"), ("reason", "")]).await;
    number
}

/// The option of a select whose text begins with `name`: its value.
fn option(page: &str, select: &str, name: &str) -> String {
    let list = between(page, &format!("id=\"{select}\""), "</select>");
    let place = list.find(&format!(">{name}")).unwrap_or_else(|| panic!("no {name} in {list}"));
    let before = &list[..place];
    before.rsplit("value=\"").next().unwrap().split('"').next().unwrap().to_owned()
}

async fn page(browser: &Browser, number: &str) -> String {
    let seen = browser.get(&format!("/cases/{number}")).await;
    assert_eq!(seen.status, StatusCode::OK);
    no_gaps(&seen.text);
    seen.text
}

#[tokio::test(flavor = "multi_thread")]
async fn evidence_is_promised_asked_for_and_received_with_its_hash() {
    let house = house().await;
    let number = opened(&house).await;
    let agent = Browser::log_in(&house, "agent").await;
    let before = page(&agent, &number).await;
    assert!(before.contains("Copy of the record") && before.contains("promised"));
    let entry = option(&before, "request_evidence-entry", "Copy of the record");
    let asked = [("entry", entry.as_str()), ("of", "First Hospital"), ("date", "2026-02-20")];
    agent.done(&number, "do/request_evidence", &asked).await;
    assert!(page(&agent, &number).await.contains("Asked of First Hospital, by"));
    let late = [("entry", entry.as_str()), ("of", "First Hospital"), ("date", "2026-02-01")];
    let refused = agent.act(&number, "do/request_evidence", &late).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    house.clock.advance(8 * 86_400);
    let agent = Browser::log_in(&house, "agent").await;
    assert!(page(&agent, &number).await.contains("overdue since"));
    let came = [("entry", entry.as_str()), ("sha256", HASH), ("words", "Handed over at the desk")];
    agent.done(&number, "do/receive_evidence", &came).await;
    let after = page(&agent, &number).await;
    assert!(after.contains(HASH) && after.contains("Received "), "{after}");
    // Who handles the case reads it in the own language.
    let service = Browser::log_in(&house, "service").await;
    assert!(page(&service, &number).await.contains(HASH));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_to_preserve_is_seen_everywhere_until_somebody_answers() {
    let house = house().await;
    let number = opened(&house).await;
    let service = Browser::log_in(&house, "service").await;
    assert!(page(&service, &number).await.contains("Bevar mod overskrivning: Overvågningsoptagelse"));
    house.clock.advance(25 * 3_600);
    let service = Browser::log_in(&house, "service").await;
    assert!(page(&service, &number).await.contains("Overskredet: Overvågningsoptagelse"));
    let list = service.get("/cases").await.text;
    assert!(list.contains("Bevis: overskredet siden"), "{list}");
    let supervisor = Browser::log_in(&house, "supervisor").await;
    let wall = supervisor.get("/wallboard").await.text;
    no_gaps(&wall);
    assert_eq!(between(&wall, "id=\"preserves-overdue\">", "<"), "1");
    assert_eq!(between(&wall, "id=\"corrections-overdue\">", "<"), "0");
    assert!(supervisor.get("/metrics").await.text.contains("hotline_preservations_overdue 1\n"));
    let open = page(&service, &number).await;
    let entry = option(&open, "tell_preservation-entry", "Overvågningsoptagelse");
    let told = [("entry", entry.as_str()), ("kept", "kept"), ("words", "Lagt til side")];
    service.done(&number, "do/tell_preservation", &told).await;
    assert!(page(&service, &number).await.contains("Bevaret mod overskrivning Lagt til side"));
    assert!(!service.get("/cases").await.text.contains("Bevis: overskredet"));
    assert!(!supervisor.get("/wallboard").await.text.contains("preserves-overdue"), "nothing is overdue");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_is_issued_kept_and_printed_on_its_own_sheet() {
    let house = house().await;
    let number = opened(&house).await;
    let agent = Browser::log_in(&house, "agent").await;
    let empty = agent.act(&number, "letters", &[("kind", "result"), ("channel", "letter")]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY, "nothing was found yet");
    let preserve = [("kind", "preserve_request"), ("channel", "email"), ("words", "门诊大厅三号机位")];
    let issued = agent.act(&number, "letters", &preserve).await;
    assert_eq!(issued.status, StatusCode::SEE_OTHER, "{}", issued.text);
    let sheet = agent.get(&issued.location).await;
    assert_eq!(sheet.status, StatusCode::OK);
    for part in ["lang=\"zh-CN\"", "<address>", "监控录像", "门诊大厅三号机位", number.as_str(), "SHA-256"]
    {
        assert!(sheet.text.contains(part), "{part} in {}", sheet.text);
    }
    assert!(page(&agent, &number).await.contains("Request to preserve evidence"));
    let service = Browser::log_in(&house, "service").await;
    assert_eq!(service.get(&issued.location).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_is_looked_at_before_it_is_issued_and_nothing_is_kept_of_it() {
    let house = house().await;
    let number = opened(&house).await;
    let agent = Browser::log_in(&house, "agent").await;
    let before = page(&agent, &number).await;
    assert!(before.contains(&format!("formaction=\"/cases/{number}/letters/preview\"")), "{before}");
    let order = [("kind", "preserve_request"), ("channel", "email"), ("words", "门诊大厅三号机位")];
    let preview = format!("/cases/{number}/letters/preview");
    let seen = agent.post(&preview, &order).await;
    assert_eq!(seen.status, StatusCode::OK, "{}", seen.text);
    for part in ["lang=\"zh-CN\"", "<address>", "监控录像", "门诊大厅三号机位", number.as_str(), "A preview:"]
    {
        assert!(seen.text.contains(part), "{part} in {}", seen.text);
    }
    assert!(!seen.text.contains("SHA-256"), "nothing was issued");
    assert_eq!(page(&agent, &number).await, before, "the case is as it was");
    let empty = agent.post(&preview, &[("kind", "result")]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY, "nothing was found yet");
    let service = Browser::log_in(&house, "service").await;
    assert_eq!(service.post(&preview, &order).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_close_waits_for_what_the_finding_rests_on() {
    let house = house().await;
    let number = opened(&house).await;
    let (agent, service) = (Browser::log_in(&house, "agent").await, Browser::log_in(&house, "service").await);
    service.done(&number, "sign", &[]).await;
    service.done(&number, "step", &[("kind", "parties_heard"), ("note", "已询问护士长")]).await;
    let answer = [("finding-1", "upheld"), ("kind-1", "remedy"), ("outcome-1", "已道歉")];
    service.done(&number, "answer", &answer).await;
    agent.done(&number, "feedback", &[("waived", "1"), ("note", "No reply wanted")]).await;
    agent.done(&number, "route", &[("waived", "1"), ("note", "Cannot be reached")]).await;
    let refused = agent.act(&number, "close", &[]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    for text in [
        "Evidence may be overwritten",
        "Record what the complainant says",
        "Record what the institution says",
        "Each finding needs its standard of proof",
        "Each finding needs the evidence it rests on",
    ] {
        assert!(refused.text.contains(text), "{text} in {}", refused.text);
    }
    let open = page(&agent, &number).await;
    let camera = option(&open, "tell_preservation-entry", "Camera footage");
    agent.done(&number, "do/tell_preservation", &[("entry", &camera), ("kept", "kept")]).await;
    agent.done(&number, "do/receive_evidence", &[("entry", &camera), ("sha256", HASH)]).await;
    let heard = [
        ("side", "complainant"),
        ("date", "2026-02-13"),
        ("heard-by", "Li"),
        ("form", "phone"),
        ("said", "The nurse shouted"),
    ];
    agent.done(&number, "do/record_statement", &heard).await;
    let offered = [("side", "institution"), ("words", "The nurse shouted"), ("date", "2026-02-20")];
    agent.done(&number, "do/offer_reply", &offered).await;
    assert!(page(&agent, &number).await.contains("Reply awaited: Institution"));
    let waived = [("side", "institution"), ("words", "It did not reply in time")];
    agent.done(&number, "do/waive_statement", &waived).await;
    let still = agent.act(&number, "close", &[]).await.text;
    assert!(
        still.contains("Each finding needs the evidence") && !still.contains("Record what the"),
        "{still}"
    );
    let rests = [("point", "1"), ("standard", "high-probability"), ("rests-on", camera.as_str())];
    agent.done(&number, "do/support_finding", &rests).await;
    agent.done(&number, "close", &[]).await;
    let end = page(&agent, &number).await;
    assert!(end.contains("High probability · Camera footage"), "{end}");
    // What is to be put right is checked although the case is closed.
    let plan = [
        ("words", "A second desk"),
        ("owner", "Office"),
        ("date", "2026-02-20"),
        ("check-date", "2026-02-25"),
    ];
    agent.done(&number, "do/plan_correction", &plan).await;
    agent.done(&number, "do/note_learning", &[("words", "王女士说:应当告知等候时间")]).await;
    house.clock.advance(20 * 86_400);
    let supervisor = Browser::log_in(&house, "supervisor").await;
    let watched = supervisor.get("/follow-through").await;
    assert_eq!(watched.status, StatusCode::OK);
    no_gaps(&watched.text);
    assert!(
        watched.text.contains("逾期未核查：1项") && watched.text.contains("A second desk"),
        "{}",
        watched.text
    );
    assert!(
        watched.text.contains("应当告知等候时间") && !watched.text.contains("王女士"),
        "{}",
        watched.text
    );
    assert_eq!(between(&supervisor.get("/wallboard").await.text, "id=\"corrections-overdue\">", "<"), "1");
    assert!(supervisor.get("/metrics").await.text.contains("hotline_corrections_overdue 1\n"));
    let other = supervisor.get("/follow-through?category=fees").await.text;
    assert!(!other.contains("应当告知等候时间"));
    let agent = Browser::log_in(&house, "agent").await;
    assert_eq!(agent.get("/follow-through").await.status, StatusCode::FORBIDDEN);
}

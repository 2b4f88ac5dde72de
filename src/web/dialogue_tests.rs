//! The dialogue of a complaint as people meet it: through the router, with cookies and forms.

use axum::http::StatusCode;
use domain::Role;
use switchboard::testing::{Fresh, mixed_complaint, open_danish};

use crate::App;
use crate::case_tests::{Browser, Seen, between, no_gaps};

/// The Danish house with its people and the mixed complaint; its number.
async fn house() -> (Fresh, String) {
    let house = Fresh::danish("2026-02-02T09:00:00+01:00");
    for (login, role, department, language) in [
        ("agent", Role::Agent, None, "da"),
        ("region", Role::Handler, Some("doctor-patient-office"), "da"),
        ("supervisor", Role::Supervisor, None, "zh-CN"),
        ("legal", Role::Handler, Some("legal-affairs"), "en"),
    ] {
        house.person(login, role, department, language).await;
    }
    let agent = house.board.person_by_login("agent").await.unwrap().id;
    let number = open_danish(&house.board, mixed_complaint(), &agent).await.unwrap().number.to_string();
    (house, number)
}

async fn page(browser: &Browser, number: &str) -> String {
    let seen = browser.get(&format!("/cases/{number}/dialogue")).await;
    assert_eq!(seen.status, StatusCode::OK, "{}", seen.text);
    no_gaps(&seen.text);
    assert!(!seen.text.contains(">dialogue-"), "a gap in the translation: {}", seen.text);
    seen.text
}

/// Fills in a form of the dialogue as it stands on the page now.
async fn act(browser: &Browser, number: &str, what: &str, fields: &[(&str, &str)]) -> Seen {
    let page = page(browser, number).await;
    let action = format!("/cases/{number}/dialogue/{what}");
    assert!(page.contains(&format!("action=\"{action}\"")), "no form for {what}");
    let version = between(&page, "name=\"version\" value=\"", "\"").to_owned();
    let mut all = vec![("version", version.as_str())];
    all.extend_from_slice(fields);
    browser.post(&action, &all).await
}

async fn done(browser: &Browser, number: &str, what: &str, fields: &[(&str, &str)]) {
    let seen = act(browser, number, what, fields).await;
    assert_eq!(seen.status, StatusCode::SEE_OTHER, "{what}: {}", seen.text);
    assert_eq!(seen.location, format!("/cases/{number}/dialogue"));
}

/// Treatment at A, record-keeping at A, a self-paid clinic B; a volunteer comes along; held by telephone; a part is
/// dropped; the rest is forwarded.
#[tokio::test]
async fn a_mixed_complaint_from_the_question_to_the_authority() {
    let (house, number) = house().await;
    let agent = Browser::log_in(&house, "agent").await;
    let asked = page(&agent, &number).await;
    assert!(asked.contains("fordi det handler om journalføring"), "the ground, in the caller's language");
    assert!(asked.contains("fordi du selv har betalt"));
    assert!(asked.contains("selv kontakte behandlingsstedet"), "the other way");
    let yes = [("accepted", "yes"), ("motive", "explanation"), ("wish_form", "meeting")];
    done(&agent, &number, "answer", &yes).await;
    done(&agent, &number, "tell", &[]).await;
    done(&agent, &number, "scheme", &[("adviser", "1")]).await;
    let before = page(&agent, &number).await;
    assert!(before.contains("Havnby Universitetshospital") && before.contains("78 41 04 44"));
    assert!(!before.contains("/dialogue/invite\""), "the adviser is neutral: no form to invite");

    let region = Browser::log_in(&house, "region").await;
    let list = region.get("/dialogues").await.text;
    assert!(list.contains(&number) && list.contains("Bed bisidderordningen"), "{list}");
    done(&region, &number, "receipt", &[("at", "2026-02-02T09:00")]).await;
    assert!(page(&region, &number).await.contains("02.03.2026 23.59"), "four weeks");
    done(&region, &number, "scheme-answer", &[("name", "Karen")]).await;
    let invite = [
        ("form", "telephone"),
        ("at", "2026-02-12T10:00"),
        ("place", "Vi ringer til dig"),
        ("role-1", "treating_staff"),
        ("name-1", "Overlæge Dahl"),
        ("role-2", "department_management"),
        ("name-2", ""),
    ];
    done(&region, &number, "invite", &invite).await;
    let letter = region.get(&format!("/cases/{number}/dialogue/letters/invitation")).await;
    assert!(
        letter.text.contains("12.02.2026 10.00") && letter.text.contains("Overlæge Dahl"),
        "{}",
        letter.text
    );
    assert!(letter.text.contains("Kære Inger Holm"));

    house.clock.set("2026-02-12T11:00:00+01:00");
    let (agent, region) = (Browser::log_in(&house, "agent").await, Browser::log_in(&house, "region").await);
    let hold = [
        ("at", "2026-02-12T10:00"),
        ("form", "telephone"),
        ("role-1", "treating_staff"),
        ("name-1", "Overlæge Dahl"),
        ("companion_came", "1"),
        ("minutes", "Hemmeligt referat"),
    ];
    done(&region, &number, "hold", &hold).await;
    done(&region, &number, "learn", &[("note", "Røntgen ses af to")]).await;
    let decide = page(&agent, &number).await;
    let drop_box = decide.rsplit_once("Punkt 3: Efterbehandlingen").unwrap().0;
    let clinic = drop_box.rsplit_once("name=\"drop\" value=\"").unwrap().1.split('"').next().unwrap();
    done(&agent, &number, "maintain", &[("drop", clinic)]).await;
    done(&region, &number, "assemble", &[("statement", "Jeg fastholder resten")]).await;
    let forwarding = region.get(&format!("/cases/{number}/dialogue/letters/forwarding")).await.text;
    assert!(
        forwarding.contains("Styrelsen for Patientklager") && forwarding.contains("Jeg fastholder resten")
    );
    assert!(forwarding.contains("(frafaldet)") && !forwarding.contains("Hemmeligt"), "{forwarding}");
    done(&region, &number, "send", &[("at", "2026-02-12T11:00"), ("channel", "email")]).await;
    let seen =
        act(&region, &number, "acknowledge", &[("at", "2026-02-12T11:00"), ("reference", "26/1")]).await;
    assert_eq!(seen.status, StatusCode::SEE_OTHER, "{}", seen.text);
    let case = agent.get(&format!("/cases/{number}")).await.text;
    no_gaps(&case);
    assert!(case.contains("Dialog holdt: 12.02.2026 10.00, telefon"), "{case}");
    assert!(case.contains("sendt til styrelsen"));
    let english = Browser::log_in(&house, "supervisor").await;
    page(&english, &number).await;
}

/// In a house whose first line is answered in China, a Danish region reads and writes Danish time.
#[tokio::test]
async fn times_are_those_of_the_cases_line() {
    let (house, number) = house().await;
    let agent = Browser::log_in(&house, "agent").await;
    done(&agent, &number, "answer", &[("accepted", "yes"), ("motive", "explanation")]).await;
    let app = App { zone: chrono_tz::Asia::Shanghai, ..App::new(house.board.clone(), false) };
    let region = Browser::log_in_to(app, "region").await;
    done(&region, &number, "receipt", &[("at", "2026-02-02T09:00")]).await;
    let seen = page(&region, &number).await;
    assert!(seen.contains("02.03.2026 23.59"), "the end of a Danish day");
    assert!(seen.contains("value=\"2026-02-02T09:00\""), "the moment now, in Denmark");
    let case = region.get(&format!("/cases/{number}")).await.text;
    assert!(case.contains("02.02.2026 09.00") && !case.contains("02.02.2026 16.00"), "{case}");
    assert!(region.get("/dialogues").await.text.contains("02.03.2026 23.59"));
}

/// What is refused is told on the page of the dialogue, in words, and nothing changes.
#[tokio::test]
async fn refusals_say_what_is_missing() {
    let (house, number) = house().await;
    let agent = Browser::log_in(&house, "agent").await;
    done(&agent, &number, "answer", &[("accepted", "yes")]).await;
    let decline = [("at", "2026-02-02T09:00"), ("channel", "phone"), ("maintained", ""), ("statement", "")];
    let seen = act(&agent, &number, "decline", &decline).await;
    assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(seen.text.contains("Spørg, om klagen fastholdes") && seen.text.contains("id=\"refused\""));
    let no = [
        ("maintained", "no"),
        ("statement", "Jeg opgiver"),
        ("at", "2026-02-02T09:00"),
        ("channel", "phone"),
    ];
    let seen = act(&agent, &number, "decline", &no).await;
    assert!(seen.text.contains("sæt derefter kryds"), "{}", seen.text);
    let seen = act(&agent, &number, "receipt", &[("at", "2026-02-03T09:00")]).await;
    assert!(seen.text.contains("Tidspunktet kan ikke passe"), "{}", seen.text);
    let seen = act(&agent, &number, "receipt", &[("at", "i morgen")]).await;
    assert_eq!(seen.status, StatusCode::BAD_REQUEST, "{}", seen.text);
    let stale = [("version", "1"), ("accepted", "no")];
    let seen = agent.post(&format!("/cases/{number}/dialogue/answer"), &stale).await;
    assert_eq!(seen.status, StatusCode::CONFLICT);
    let legal = Browser::log_in(&house, "legal").await;
    assert_eq!(legal.get(&format!("/cases/{number}/dialogue")).await.status, StatusCode::NOT_FOUND);
    let nothing = agent.post(&format!("/cases/{number}/dialogue/nothing"), &[("version", "2")]).await;
    assert_eq!(nothing.status, StatusCode::NOT_FOUND);
}

/// The agent sees what the call is about in words, is not asked whether it is solved, and finds what was said where the
/// dialogue's history is read.
#[tokio::test]
async fn a_call_about_the_dialogue_is_shown_as_such() {
    let (house, number) = house().await;
    let agent = Browser::log_in(&house, "agent").await;
    done(&agent, &number, "answer", &[("accepted", "yes")]).await;
    let region = Browser::log_in(&house, "region").await;
    done(&region, &number, "receipt", &[("at", "2026-02-02T09:00")]).await;
    let list = agent.get("/callbacks").await.text;
    assert!(list.contains("Kontakt om dialog") && list.contains("02.03.2026 23.59"), "{list}");
    let id = between(&list, "href=\"/callbacks/", "\"").to_owned();
    let logged = agent.post(&format!("/callbacks/{id}/attempt"), &[("outcome", "reached")]).await;
    assert_eq!(logged.status, StatusCode::SEE_OTHER, "{}", logged.text);
    let shown = agent.get(&format!("/callbacks/{id}")).await.text;
    no_gaps(&shown);
    assert!(shown.contains("Kontakt om dialog") && !shown.contains("name=\"solved\""), "{shown}");
    assert!(shown.contains(&format!("href=\"/cases/{number}/dialogue\"")), "{shown}");
    let told = agent.post(&format!("/callbacks/{id}/result"), &[("note", "Helst onsdag")]).await;
    assert_eq!(told.status, StatusCode::SEE_OTHER, "{}", told.text);
    let case = agent.get(&format!("/cases/{number}")).await.text;
    no_gaps(&case);
    assert!(case.contains("Ringet op: om dialogen: truffet") && case.contains("Helst onsdag"), "{case}");
}

/// The report in every language: each figure with its formula, the list behind a number, and the same as a file.
#[tokio::test]
async fn the_dialogue_report_is_read_in_three_languages() {
    let (house, number) = house().await;
    let agent = Browser::log_in(&house, "agent").await;
    done(&agent, &number, "answer", &[("accepted", "yes"), ("motive", "explanation")]).await;
    for (login, language, uptake) in [
        ("chief-zh", "zh-CN", "表示愿意 ÷ 已征询"),
        ("chief-en", "en", "said yes ÷ offered"),
        ("chief-da", "da", "sagt ja ÷ tilbudt"),
    ] {
        house.person(login, Role::Supervisor, None, language).await;
        let chief = Browser::log_in(&house, login).await;
        let catalogue = chief.get("/reports").await.text;
        assert!(catalogue.contains("href=\"/reports/dialogue\""), "{catalogue}");
        for by in ["region", "owner", "motive", "department", "week"] {
            let report = chief.get(&format!("/reports/dialogue?by={by}")).await;
            assert_eq!(report.status, StatusCode::OK, "{}", report.text);
            no_gaps(&report.text);
            for gap in [">figure-", ">report-", ">dialogue-", "\"figure-"] {
                assert!(!report.text.contains(gap), "{language} {by}: a gap in the translation");
            }
            assert!(report.text.contains(uptake) && report.text.contains("33"), "{language} {by}");
        }
        let list = chief.get("/reports/dialogue/list?by=region&key=&figure=dialogue-open").await.text;
        assert!(list.contains(&format!("href=\"/cases/{number}\"")), "{list}");
        let file = chief.get("/reports/dialogue/csv?table=verdicts").await;
        assert_eq!(file.status, StatusCode::OK);
        assert!(
            file.text.contains("(verdict-share)") && !file.text.contains("dialogue-verdict-"),
            "{}",
            file.text
        );
    }
}

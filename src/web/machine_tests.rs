//! Answering machines as the agent meets them on the page of a callback: what may be said there, and the buttons that
//! tell how it went.

use axum::http::StatusCode;
use domain::Role;
use switchboard::rights::{Agent, Desk};
use switchboard::testing::{Fresh, complaint};

use crate::case_tests::{Browser, between, no_gaps};

/// A house that owes a follow-up to somebody who said `message` to messages; the agent's browser and the callback.
struct Owed {
    house: Fresh,
    number: String,
    agent: Browser,
    id: String,
}

impl Owed {
    async fn to(message: Option<bool>) -> Self {
        let house = Fresh::at("2026-02-13T10:00:00+08:00");
        house.person("agent", Role::Agent, None, "en").await;
        house.person("service", Role::Handler, Some("service-supervision"), "en").await;
        let mut intake = complaint();
        intake.wishes.message = message;
        let person = house.board.person_by_login("agent").await.unwrap().id;
        let number = house.open_case(intake, &person).await.unwrap().number.to_string();
        let (agent, service) =
            (Browser::log_in(&house, "agent").await, Browser::log_in(&house, "service").await);
        agent.done(&number, "dispatch", &[("department", "service-supervision"), ("reason", "")]).await;
        service.done(&number, "sign", &[]).await;
        service.done(&number, "step", &[("kind", "parties_heard"), ("note", "heard")]).await;
        let answer = [("finding-1", "upheld"), ("kind-1", "remedy"), ("outcome-1", "said sorry")];
        service.done(&number, "answer", &answer).await;
        agent.done(&number, "feedback", &[("channel", "phone"), ("note", "")]).await;
        agent.done(&number, "route", &[("route", "cn-hospital-review"), ("channel", "phone")]).await;
        let list = agent.get("/callbacks").await.text;
        let id = between(&list, "href=\"/callbacks/", "\"").to_owned();
        Self { house, number, agent, id }
    }

    /// The agent's telephone rings, then the citizen's.
    async fn dial(&mut self, day: &str) {
        self.house.clock.set(day);
        self.agent = Browser::log_in(&self.house, "agent").await;
        let person = self.house.board.person_by_login("agent").await.unwrap();
        let desk: Desk<Agent> = Desk::admit(&self.house.board, &person).unwrap();
        desk.go_ready().await.unwrap();
        let dialled = self.agent.post(&format!("/callbacks/{}/dial", self.id), &[]).await;
        assert_eq!(dialled.status, StatusCode::SEE_OTHER, "{}", dialled.text);
    }

    async fn page(&self) -> String {
        let page = self.agent.get(&format!("/callbacks/{}", self.id)).await;
        assert_eq!(page.status, StatusCode::OK);
        no_gaps(&page.text);
        page.text
    }

    async fn met(&self, left: &str) -> (StatusCode, String) {
        let seen = self.agent.post(&format!("/callbacks/{}/machine", self.id), &[("left", left)]).await;
        (seen.status, seen.text)
    }
}

const LEFT: &str = "name=\"left\" value=\"yes\"";
const NONE_LEFT: &str = "name=\"left\" value=\"no\"";

#[tokio::test(flavor = "multi_thread")]
async fn who_agreed_is_left_one_message_that_names_nothing() {
    let mut owed = Owed::to(Some(true)).await;
    let before = owed.page().await;
    assert!(before.contains("agreed") && !before.contains(NONE_LEFT), "nobody was called yet: {before}");
    assert_eq!(owed.met("no").await.0, StatusCode::UNPROCESSABLE_ENTITY);

    owed.dial("2026-02-24T09:30:00+08:00").await;
    let page = owed.page().await;
    assert!(page.contains(LEFT) && page.contains(NONE_LEFT), "{page}");
    let said = between(&page, "<q>", "</q>").to_owned();
    let spelt: String = owed.number.chars().flat_map(|letter| [letter, ' ']).collect();
    assert!(
        said.contains(spelt.trim()) && said.contains("1 2 3 2 0"),
        "the reference and whom to call: {said}"
    );
    for matter in ["王", "医院", "投诉", "护士"] {
        assert!(!said.contains(matter), "{said}");
    }
    assert_eq!(owed.met("yes").await.0, StatusCode::SEE_OTHER);
    assert!(owed.page().await.contains("answering machine, message left"));

    // The next machine is told nothing.
    owed.dial("2026-02-25T14:30:00+08:00").await;
    let page = owed.page().await;
    assert!(!page.contains(LEFT) && page.contains("leave no second one"), "{page}");
    let (status, refused) = owed.met("yes").await;
    assert!(
        status == StatusCode::UNPROCESSABLE_ENTITY && refused.contains("No message may be left here"),
        "{refused}"
    );
    assert_eq!(owed.met("no").await.0, StatusCode::SEE_OTHER);
    let page = owed.page().await;
    assert!(page.contains("<strong>answering machine</strong>"), "{page}");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_did_not_agree_is_left_no_message() {
    for (message, said) in [(Some(false), "declined"), (None, "not asked")] {
        let mut owed = Owed::to(message).await;
        owed.dial("2026-02-24T09:30:00+08:00").await;
        let page = owed.page().await;
        assert!(page.contains(said) && page.contains("did not agree to messages"), "{said}: {page}");
        assert!(!page.contains(LEFT) && page.contains(NONE_LEFT) && !page.contains("<q>"), "{said}: {page}");
        assert_eq!(owed.met("yes").await.0, StatusCode::UNPROCESSABLE_ENTITY, "{said}");
        assert_eq!(owed.met("no").await.0, StatusCode::SEE_OTHER, "{said}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn only_agents_say_how_it_went() {
    let mut owed = Owed::to(Some(true)).await;
    owed.dial("2026-02-24T09:30:00+08:00").await;
    let handler = Browser::log_in(&owed.house, "service").await;
    let path = format!("/callbacks/{}/machine", owed.id);
    assert_eq!(handler.post(&path, &[("left", "yes")]).await.status, StatusCode::FORBIDDEN);
    let page = owed.page().await;
    assert!(page.contains(LEFT) && !page.contains("message left</strong>"), "nothing changed: {page}");
}

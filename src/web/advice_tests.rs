//! What agents look up at the desk, through the router.

use axum::http::{StatusCode, header};
use domain::Role;

use crate::desk_tests::{Browser, House, text};

/// What the panel finds for these words, beside this record.
async fn panel(house: &House, browser: &Browser, intake: &str, words: &str) -> String {
    let words: String = form_urlencoded::byte_serialize(words.as_bytes()).collect();
    let answer = house.post("/desk/advice", Some(browser), &format!("intake={intake}&words={words}")).await;
    let (status, page) = text(answer).await;
    assert_eq!(status, StatusCode::OK, "{page}");
    assert!(!page.contains(">advice-"), "a message is missing: {page}");
    page
}

/// An agent who reads English with a Chinese caller on the line, and the record of that call.
async fn talking() -> (House, Browser, String) {
    let house = House::new();
    house.person("agent", Role::Agent).await;
    let browser = house.log_in("agent").await;
    house.post("/desk/state", Some(&browser), "to=ready").await;
    house.caller_is_answered("a").await;
    let (_, offer) = house.get("/desk/offer", Some(&browser)).await;
    let intake = offer.split("data-intake=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    (house, browser, intake)
}

#[tokio::test]
async fn a_phrase_stands_in_the_callers_language_and_in_the_agents() {
    let (house, browser, intake) = talking().await;
    let found = panel(&house, &browser, &intake, "shouting").await;
    assert!(found.contains("1 found"), "{found}");
    assert!(found.contains("<p class=\"say\" lang=\"zh-CN\">我想帮您"), "{found}");
    assert!(found.contains("<p class=\"quiet\">I want to help you"), "{found}");
    assert!(found.contains("Do not tell the caller to calm down"), "{found}");
    // Nobody on the line: the agent's own language alone.
    let idle = panel(&house, &browser, "", "shouting").await;
    assert!(idle.contains("<p class=\"say\" lang=\"en\">I want to help you"), "{idle}");
    assert!(!idle.contains("我想帮您"), "{idle}");
    assert!(panel(&house, &browser, "", "zyxzyx").await.contains("Nothing found"));
}

#[tokio::test]
async fn danger_shows_whom_to_call_on_this_line() {
    let (house, browser, intake) = talking().await;
    let found = panel(&house, &browser, &intake, "不想活").await;
    for number in ["120", "110", "12356"] {
        assert!(found.contains(&format!("<strong class=\"number\">{number}</strong>")), "{number}: {found}");
    }
    assert!(!found.contains("70201201"), "the help of another profile: {found}");
}

#[tokio::test]
async fn the_panel_is_folded_says_that_nobody_is_refused_and_belongs_to_agents() {
    let (house, browser, intake) = talking().await;
    let (_, desk) = house.get("/desk", Some(&browser)).await;
    assert!(
        desk.contains("<details id=\"advice\"") && !desk.contains("<details id=\"advice\" open"),
        "{desk}"
    );
    assert!(desk.contains("aria-keyshortcuts=\"F3\""), "{desk}");
    assert!(desk.contains("No phrase is a ground for refusing a call"), "{desk}");
    assert!(!desk.contains("I want to help you"), "the phrases come when they are asked for");
    assert!(desk.contains("F3 phrases"), "the key stands in the list of keys: {desk}");

    house.person("handler", Role::Handler).await;
    let handler = house.log_in("handler").await;
    let refused = house.post("/desk/advice", Some(&handler), "words=a").await;
    assert_eq!(refused.status(), StatusCode::FORBIDDEN);
    house.person("other", Role::Agent).await;
    let other = house.log_in("other").await;
    let foreign = house.post("/desk/advice", Some(&other), &format!("intake={intake}&words=a")).await;
    assert_eq!(foreign.status(), StatusCode::NOT_FOUND, "somebody else's record tells nothing");
    let nobody = house.post("/desk/advice", None, "words=a").await;
    assert!(nobody.headers()[header::LOCATION].to_str().unwrap().starts_with("/login"));
}

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
    assert!(desk.contains("F3 phrases and articles"), "the key stands in the list of keys: {desk}");

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

#[tokio::test]
async fn the_chosen_category_brings_its_articles_first_and_what_was_told_stays_with_the_call() {
    let (house, browser, intake) = talking().await;
    let form = "version=1&points.0.own_words=a&points.0.category=drugs";
    house.post(&format!("/desk/intakes/{intake}"), Some(&browser), form).await;
    let found = panel(&house, &browser, &intake, "").await;
    let order: Vec<&str> =
        found.split("id=\"article-").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    assert_eq!(order, ["cn-elsewhere", "cn-what", "cn-evidence", "cn-how-long", "cn-routes"]);
    assert_eq!(found.matches("fits the category").count(), 1, "{found}");
    // In the caller's language first, and in the agent's; the limits come from the law.
    assert!(found.contains("lang=\"zh-CN\"") && found.contains("一般自接到投诉之日起5个工作日内"), "{found}");
    assert!(found.contains("as a rule, within 5 working days"), "{found}");

    let told = house
        .post("/desk/advice/told", Some(&browser), &format!("intake={intake}&article=cn-how-long"))
        .await;
    assert_eq!(told.status(), StatusCode::SEE_OTHER);
    let told = house
        .post("/desk/advice/told", Some(&browser), &format!("intake={intake}&article=dk-dialogue"))
        .await;
    assert_eq!(told.status(), StatusCode::NOT_FOUND, "an article of another profile is not told here");
    let after = panel(&house, &browser, &intake, "多久").await;
    assert!(after.contains("<span class=\"tag\">told</span>"), "{after}");
    let (_, work) = house.get(&format!("/desk/work/{intake}"), Some(&browser)).await;
    assert!(work.contains("How long it takes (version 1)"), "{work}");
    house.post(&format!("/desk/intakes/{intake}/finish"), Some(&browser), "code=answered").await;
    let (_, finished) = house.get(&format!("/desk/work/{intake}"), Some(&browser)).await;
    assert!(
        finished.contains("How long it takes (version 1)"),
        "what was told outlives the wrap-up: {finished}"
    );

    house.person("other", Role::Agent).await;
    let other = house.log_in("other").await;
    let foreign = format!("intake={intake}&article=cn-what");
    assert_eq!(house.post("/desk/advice/told", Some(&other), &foreign).await.status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn articles_are_public_in_three_languages_without_a_cookie_and_searched_in_chinese() {
    let house = House::new();
    for (language, title) in
        [("zh-CN", "多久有结果"), ("en", "How long it takes"), ("da", "Hvor lang tid det tager")]
    {
        let (status, list) = house.get(&format!("/advice?lang={language}"), None).await;
        assert_eq!(status, StatusCode::OK);
        assert!(list.contains(&format!("<html lang=\"{language}\"")) && list.contains(title), "{list}");
        let (status, one) = house.get(&format!("/advice/cn-how-long?lang={language}"), None).await;
        assert_eq!(status, StatusCode::OK);
        assert!(one.contains(&format!("<h1>{title}</h1>")), "{one}");
        for gap in [">public-", ">advice-", ">case-units", "{limit"] {
            assert!(!list.contains(gap) && !one.contains(gap), "{gap} in {language}");
        }
        assert!(!one.contains("<script"), "{one}");
    }
    let (_, routes) = house.get("/advice/cn-routes?lang=zh-CN", None).await;
    assert!(routes.contains("医疗纠纷解决途径"), "the notices of routes.toml: {routes}");
    for (words, found, not) in
        [("病历复印", "cn-evidence", "cn-elsewhere"), ("zyxzyx", "id=\"nothing\"", "/advice/cn-")]
    {
        let words: String = form_urlencoded::byte_serialize(words.as_bytes()).collect();
        let (_, page) = text(house.post("/advice?lang=zh-CN", None, &format!("words={words}")).await).await;
        assert!(page.contains(found) && !page.contains(not), "{found}: {page}");
    }
    for (path, status) in
        [("/advice/nothing-here", StatusCode::NOT_FOUND), ("/advice/dk-what", StatusCode::NOT_FOUND)]
    {
        assert_eq!(house.get(path, None).await.0, status, "{path}: no line of that profile");
    }
    for path in ["/report?lang=en", "/status?lang=en"] {
        let (_, page) = house.get(path, None).await;
        assert!(page.contains("href=\"/advice?lang=en\""), "{path}");
    }
}

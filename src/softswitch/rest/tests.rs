//! The provider's REST side beyond placing and fetching, and how documents are fetched.

use crate::tests::{ACCOUNT, MENU, World, world, world_with};
use crate::{Phase, Telephone};

async fn get(world: &World, path: &str) -> (u16, serde_json::Value) {
    let address = format!("{}/2010-04-01/Accounts/{ACCOUNT}/{path}", world.base);
    let sent = world.http.get(address).basic_auth(ACCOUNT, Some("12345")).send().await.unwrap();
    (sent.status().as_u16(), sent.json().await.unwrap_or_default())
}

#[tokio::test]
async fn a_live_call_is_recorded_paused_and_stopped() {
    let world = world(&[("/voice", MENU), ("/recorded", ""), ("/status", "")], "12345").await;
    let mut phone = world.phone("13800138000").await;
    phone.dial("12320").await.unwrap();
    let call = world.hooks("/voice")[0]["CallSid"].clone();
    let told = format!("{}/recorded", world.service);
    let folder = format!("Calls/{call}/Recordings");
    let wish = [("RecordingChannels", "dual"), ("RecordingStatusCallback", told.as_str())];
    let (status, first) = world.rest(&format!("{folder}.json"), &wish, "12345").await;
    assert_eq!(
        (status, first["status"].as_str(), first["channels"].as_u64()),
        (201, Some("in-progress"), Some(2))
    );
    let one = format!("{folder}/{}.json", first["sid"].as_str().unwrap());
    let set = async |status: &'static str| world.rest(&one, &[("Status", status)], "12345").await;
    assert_eq!(set("paused").await.1["status"], "paused");
    assert_eq!(set("in-progress").await.1["status"], "in-progress");
    assert_eq!(set("loud").await.0, 400);
    assert_eq!(set("stopped").await.1["status"], "completed");
    assert_eq!(set("in-progress").await.0, 400, "what is over stays over");
    let nobody = format!("{folder}/RE0.json");
    assert_eq!(world.rest(&nobody, &[("Status", "paused")], "12345").await.1["code"], 20_404);
    // The second one ends with the call.
    world.rest(&format!("{folder}.json"), &wish, "12345").await;
    phone.hang_up().await.unwrap();
    let ended = world.hooks("/recorded");
    assert_eq!(ended.len(), 2);
    assert!(ended.iter().all(|hook| hook["RecordingStatus"] == "completed" && hook["CallSid"] == call));
    let url = &ended[0]["RecordingUrl"];
    assert!(url.ends_with(first["sid"].as_str().unwrap()), "{url}");
    let ours = || world.http.get(url).basic_auth(ACCOUNT, Some("12345")).send();
    assert_eq!(ours().await.unwrap().bytes().await.unwrap().len(), 44 + 8_000);
    let erased = world.http.delete(url).basic_auth(ACCOUNT, Some("12345")).send().await.unwrap();
    assert_eq!((erased.status().as_u16(), ours().await.unwrap().status().as_u16()), (204, 404));
    assert_eq!(world.rest(&format!("{folder}.json"), &wish, "12345").await.0, 400, "the call is over");
}

#[tokio::test]
async fn calls_are_listed_by_number_and_day() {
    let world = world(&[("/voice", MENU), ("/status", "")], "12345").await;
    for number in ["13800138000", "13900139000"] {
        let mut phone = world.phone(number).await;
        phone.dial("12320").await.unwrap();
        phone.hang_up().await.unwrap();
    }
    let count = async |query: &str| {
        let (status, list) = get(&world, &format!("Calls.json{query}")).await;
        assert_eq!(status, 200, "{list}");
        list["calls"].as_array().unwrap().len()
    };
    assert_eq!(count("").await, 2);
    assert_eq!(count("?From=13800138000&To=12320").await, 1);
    assert_eq!(count("?StartTime%3E=2020-01-01&PageSize=1").await, 1);
    assert_eq!(count("?StartTime%3E=2999-01-01").await, 0);
    assert_eq!(count("?StartTime%3C=2020-01-01").await, 0);
    let newest = get(&world, "Calls.json").await.1;
    assert_eq!(newest["calls"][0]["from"], "13900139000");
}

#[tokio::test]
async fn under_load_requests_are_refused_so_often_as_wanted() {
    let world = world(&[("/voice", MENU), ("/status", "")], "12345").await;
    world.switch.be_busy(2);
    assert_eq!(get(&world, "Calls.json").await.0, 429);
    let wish = [("To", "8001"), ("From", "12320"), ("Url", "http://127.0.0.1:9/")];
    let (status, body) = world.rest("Calls.json", &wish, "12345").await;
    assert_eq!((status, body["code"].as_u64()), (429, Some(20_429)));
    assert_eq!(get(&world, "Calls.json").await.0, 200);
    assert!(get(&world, "Calls.json").await.1["calls"].as_array().unwrap().is_empty(), "nothing was placed");
}

#[tokio::test]
async fn a_machine_answers_by_itself_and_is_told_where_it_was_asked_for() {
    let world = world(&[("/voice", MENU), ("/status", "")], "12345").await;
    let _machine = Telephone::register_machine(&world.base, "13900139000").await.unwrap();
    let mut person = world.phone("13800138000").await;
    let url = format!("{}/voice", world.service);
    let place = async |to: &str, detect: &str| {
        let wish = [("To", to), ("From", "12320"), ("Url", url.as_str()), ("MachineDetection", detect)];
        let placed = world.rest("Calls.json", &wish, "12345").await.1;
        placed["sid"].as_str().unwrap().to_owned()
    };
    let until_asked = async |call: &str| loop {
        if let Some(hook) = world.hooks("/voice").into_iter().find(|hook| hook["CallSid"] == call) {
            return hook.get("AnsweredBy").cloned();
        }
        tokio::task::yield_now().await;
    };
    let machine = place("13900139000", "Enable").await;
    assert_eq!(until_asked(&machine).await.as_deref(), Some("machine_start"));
    assert_eq!(get(&world, &format!("Calls/{machine}.json")).await.1["answered_by"], "machine_start");
    world.rest(&format!("Calls/{machine}.json"), &[("Status", "completed")], "12345").await;
    for (detect, told) in [("Enable", Some("human")), ("", None)] {
        let call = place("13800138000", detect).await;
        person.until(|phase| matches!(phase, Phase::Ringing { .. })).await.unwrap();
        person.answer().await.unwrap();
        assert_eq!(until_asked(&call).await.as_deref(), told);
        person.hang_up().await.unwrap();
    }
}

#[tokio::test]
async fn redirects_are_followed_with_get_and_an_endless_round_is_given_up() {
    let menu = "<Redirect>/moved/here</Redirect>";
    let documents =
        [("/voice", menu), ("/here", "<Say>Found</Say><Redirect>/moved</Redirect>"), ("/status", "")];
    let world = world_with(&documents, "12345", |setup| setup.lines[0].fallback_url = None).await;
    let mut phone = world.phone("13800138000").await;
    phone.dial("12320").await.unwrap();
    assert_eq!(world.hooks("/here")[0].len(), 0, "a redirect loses the fields of a POST");
    assert_eq!(world.hooks("/moved").iter().filter(|hook| hook.contains_key("CallSid")).count(), 2);
    assert_eq!(world.hooks("/moved").len(), 2 + 10, "ten redirects are followed");
    assert!(phone.transcript().contains("more than 10 redirects (error 11215)"), "{}", phone.transcript());
}

#[tokio::test]
async fn the_fallback_is_told_what_went_wrong() {
    let world = world(&[("/fallback", "<Say>Sorry</Say>"), ("/status", "")], "12345").await;
    let mut phone = world.phone("13800138000").await;
    phone.dial("12320").await.unwrap();
    let told = &world.hooks("/fallback")[0];
    assert_eq!((told["ErrorCode"].as_str(), told["ErrorUrl"].ends_with("/voice")), ("11200", true));
    assert_eq!(phone.last_words(), "Sorry");
}

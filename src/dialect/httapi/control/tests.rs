//! Commands, and what the switch says to them.

use domain::Secret;
use proptest::prelude::*;

use super::*;

fn account() -> Account {
    Account { id: "hotline".into(), token: Secret::new("t") }
}

fn call(to: &str, from: &str, url: &str, wanted: Option<&str>) -> NewCall {
    NewCall {
        to: to.into(),
        from: from.into(),
        url: url.into(),
        status_url: None,
        timeout_seconds: 25,
        most_seconds: None,
        detect_machine: false,
        wanted_id: wanted.map(str::to_owned),
    }
}

/// Name and arguments of the command.
fn said(request: &RestRequest) -> (String, String) {
    let Body::Text { media_type: "text/xml", text } = &request.body else { panic!("{request:?}") };
    let values: Vec<String> = text
        .split("<string>")
        .skip(1)
        .map(|part| {
            quick_xml::escape::unescape(part.split("</string>").next().unwrap()).unwrap().into_owned()
        })
        .collect();
    let [name, arguments] = &values[..] else { panic!("{text}") };
    (name.clone(), arguments.clone())
}

fn reply(text: &str) -> Vec<u8> {
    let text = quick_xml::escape::escape(text);
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\r\n<methodResponse>\r\n<params>\r\n\
         <param><value><string>{text}</string></value></param>\r\n</params>\r\n</methodResponse>\r\n"
    )
    .into_bytes()
}

const URL: &str = "https://h.example/voice/fs/12320/callback?t=ab-_c&x=1";

#[test]
fn a_call_is_placed_through_the_dialplan_of_the_switch() {
    let placed = place_call(&account(), &call("+4512345678", "12320", URL, Some("0190-a")));
    assert_eq!((placed.method, placed.path.as_str()), ("POST", "/RPC2"));
    let Authorisation::Basic { user, password } = &placed.authorisation else { panic!() };
    assert_eq!((user.as_str(), password.reveal()), ("hotline", "t"));
    let leg = "{ignore_early_media=true,originate_timeout=25,origination_uuid=0190-a,\
        origination_caller_id_name=12320,origination_caller_id_number=12320}loopback/+4512345678/hotline-out";
    let documents = format!("httapi:{{httapi_profile=hotline}}{URL} inline");
    assert_eq!(said(&placed), ("bgapi".into(), format!("originate {leg} {documents}")));
    let limited = NewCall { most_seconds: Some(7_200), ..call("8001", "", URL, None) };
    let leg = "{ignore_early_media=true,originate_timeout=25}loopback/8001/hotline-out sched_hangup:+7200,";
    assert_eq!(said(&place_call(&account(), &limited)), ("originate".into(), format!("{leg}{documents}")));
}

#[test]
fn a_live_call_is_moved_and_ended() {
    let (name, arguments) = said(&redirect_call(&account(), "u-1", URL));
    let transfer = format!("u-1 httapi:{{httapi_profile=hotline}}{URL} inline");
    assert_eq!((name.as_str(), arguments), ("uuid_transfer", transfer));
    assert_eq!(said(&end_call(&account(), "u-1")), ("uuid_kill".into(), "u-1 NORMAL_CLEARING".into()));
}

#[test]
fn live_calls_are_listed() {
    let filter = |id: Option<&str>| CallFilter {
        to: "8001".into(),
        from: "12320".into(),
        since: Timestamp(0),
        wanted_id: id.map(str::to_owned),
    };
    assert_eq!(said(&list_calls(&account(), &filter(Some("u-1")))).1, "channels like u-1 as json");
    assert_eq!(said(&list_calls(&account(), &filter(None))).1, "channels as json");
    let rows = r#"{"row_count":2,"rows":[
        {"uuid":"u-1","direction":"outbound","created":"2026-11-22 12:00:00","created_epoch":"1795348800","dest":"8001","callstate":"RINGING"},
        {"uuid":"u-2","dest":"","callstate":"ACTIVE","created_epoch":""}]}"#;
    let listed = read_list(200, &reply(rows)).unwrap();
    assert_eq!((listed[0].provider_call_id.as_str(), listed[0].to.as_str()), ("u-1", "8001"));
    assert_eq!(
        (listed[0].status, listed[0].placed_at),
        (Some(CallStatus::Ringing), Some(Timestamp(1_795_348_800_000)))
    );
    assert_eq!((listed[1].status, listed[1].placed_at), (Some(CallStatus::InProgress), None));
    assert_eq!(read_list(200, &reply(r#"{"row_count":0}"#)), Ok(vec![]));
    assert_eq!(read_list(200, &reply("-ERR no database")), Err(RestError::Unclear { http_status: 200 }));
}

#[test]
fn replies_tell_what_happened() {
    let id = |text: &str| read_reply(200, &reply(text)).unwrap().provider_call_id;
    assert_eq!(id("+OK 7f4de4bc-17d7-11dd-b7a0-db4edd065621\n"), "7f4de4bc-17d7-11dd-b7a0-db4edd065621");
    for quiet in ["+OK Job-UUID: 7f4de4bc-17d7\n", "+OK\n", "+OK Success\nmore"] {
        assert!(["", "Success"].contains(&id(quiet).as_str()), "{quiet}");
    }
    let fault = |status, text: &str| read_reply(status, &reply(text)).unwrap_err();
    assert!(matches!(fault(200, "-ERR USER_BUSY\n"), RestError::Refused { .. }));
    assert!(matches!(fault(200, "-ERR No such channel!\n"), RestError::CallGone { .. }));
    assert!(matches!(fault(200, "-USAGE: <uuid>\n"), RestError::Refused { .. }));
    assert!(matches!(fault(200, "UNAUTHORIZED!"), RestError::NotAuthorised { .. }));
    assert!(matches!(fault(200, "ERROR!"), RestError::Unclear { .. }));
    assert!(matches!(fault(401, ""), RestError::NotAuthorised { .. }));
    assert!(matches!(fault(404, ""), RestError::Refused { .. }));
    assert!(matches!(fault(502, ""), RestError::Unclear { .. }));
    for other in
        ["", "+OK u-1", "<html>+OK</html>", "<!DOCTYPE a><methodResponse><value>+OK</value></methodResponse>"]
    {
        assert_eq!(
            read_reply(200, other.as_bytes()),
            Err(RestError::Unclear { http_status: 200 }),
            "{other}"
        );
    }
    let broken = "<methodResponse><fault><value><struct><member><name>faultString</name>\
        <value><string>no such method</string></value></member></struct></value></fault></methodResponse>";
    assert!(matches!(read_reply(200, broken.as_bytes()), Err(RestError::Refused { .. })));
}

#[test]
fn what_is_no_number_is_nobody_and_what_is_no_id_no_call() {
    for hostile in
        ["8001,loopback/9", "8001 &system(rm)", "sip:1@h", "{a=b}8001", "8001/x", "8001\n", "", "*97"]
    {
        let (_, arguments) = said(&place_call(&account(), &call(hostile, hostile, URL, Some("a b"))));
        let leg = "{ignore_early_media=true,originate_timeout=25}loopback/invalid/hotline-out ";
        assert!(arguments.starts_with(leg), "{arguments}");
        assert!(said(&end_call(&account(), hostile)).1.split(' ').count() == 2);
    }
    assert_eq!(said(&end_call(&account(), "u-1 x")).1, "invalid NORMAL_CLEARING");
    assert_eq!(said(&redirect_call(&account(), "-both", "https://h/a b'")).1.split(' ').count(), 3);
}

proptest! {
    #[test]
    fn no_text_adds_an_argument(
        text in "( |,|'|\"|\\{|\\}|\\[|\\]|&|;|\\$|\\\\|\\^|/|:|@|a|1|\\+|-|\\n|<|>|张){0,24}",
    ) {
        let url = format!("https://h.example/{text}");
        let (name, arguments) = said(&place_call(&account(), &call(&text, &text, &url, Some(&text))));
        let words: Vec<&str> = arguments.split(' ').collect();
        let words = if name == "bgapi" { &words[1..] } else { &words[..] };
        prop_assert_eq!(words.len(), 3, "{}", arguments);
        let (begins, ends) = ("{ignore_early_media=true,", "/hotline-out");
        prop_assert!(words[0].starts_with(begins) && words[0].ends_with(ends));
        prop_assert_eq!(words[0].matches("loopback/").count(), 1);
        let (begins, brace) = ("httapi:{httapi_profile=hotline}https://h.example/", '{');
        prop_assert!(words[1].starts_with(begins) && !words[1].contains(','));
        prop_assert_eq!(words[1].matches(brace).count(), 1);
        prop_assert_eq!(words[2], "inline");
        prop_assert_eq!(said(&redirect_call(&account(), &text, &url)).1.split(' ').count(), 3);
    }

    #[test]
    fn any_reply_is_read_without_panic(
        status in 100u16..600,
        text in "(<|>|/|value|string|fault|methodResponse|\\+OK|-ERR|&|;|#|x|1| |\\{|\\}|\"|rows|:){0,40}",
    ) {
        let _ = (read_reply(status, text.as_bytes()), read_list(status, text.as_bytes()), read_list(200, &reply(&text)));
    }
}

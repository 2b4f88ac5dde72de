//! Documents and what a provider makes of them.

use proptest::prelude::*;

use super::*;

fn one(inner: &str) -> Element {
    let mut verbs = parse(&format!("<Response>{inner}</Response>")).unwrap();
    assert_eq!(verbs.len(), 1, "{inner}");
    verbs.remove(0)
}

fn error(text: &str) -> DocumentError {
    parse(text).expect_err(text)
}

#[test]
fn defaults_are_the_providers() {
    let Element::Gather(gather) = one("<Gather/>") else { panic!() };
    assert_eq!((gather.action, gather.post, gather.timeout_seconds), (None, true, 5));
    assert_eq!((gather.finish_key, gather.most_digits, gather.action_on_empty), (Some('#'), None, false));
    let Element::Record(record) = one("<Record/>") else { panic!() };
    assert_eq!((record.silence_seconds, record.most_seconds, record.beep), (5, 3_600, true));
    assert_eq!(record.finish_keys, "1234567890*#");
    let Element::Dial(dial) = one("<Dial>+4512345678</Dial>") else { panic!() };
    assert_eq!((dial.timeout_seconds, dial.targets[0].to.as_str()), (30, "+4512345678"));
    assert_eq!(one("<Say>Hi</Say>"), Element::Say { text: "Hi".into(), language: "en-US".into(), times: 1 });
    assert_eq!(
        one("<Say loop='0'>Hi</Say>"),
        Element::Say { text: "Hi".into(), language: "en-US".into(), times: 1_000 }
    );
    assert_eq!(
        one("<Redirect>/a?b=1&amp;c=2</Redirect>"),
        Element::Redirect { url: "/a?b=1&c=2".into(), post: true }
    );
    assert_eq!(one("<Pause/>"), Element::Pause { seconds: 1 });
    assert_eq!(one("<Reject reason='busy'/>"), Element::Reject { busy: true });
}

#[test]
fn attributes_are_read() {
    let Element::Gather(gather) = one(
        "<Gather action='/next' method='get' timeout='9' finishOnKey='' numDigits='4' actionOnEmptyResult='true' colour='red'>
           <Say language='cmn-CN'>请按 1</Say><Play>/a.wav</Play><Pause length='2'/></Gather>",
    ) else {
        panic!()
    };
    assert_eq!((gather.action.as_deref(), gather.post, gather.timeout_seconds), (Some("/next"), false, 9));
    assert_eq!((gather.finish_key, gather.most_digits, gather.action_on_empty), (None, Some(4), true));
    assert_eq!(gather.prompts.len(), 3);
    let Element::Dial(dial) = one(
        "<Dial callerId='12320'><Number statusCallback='/s' statusCallbackEvent='ringing answered'>8001</Number>
         <Sip>sip:8002@h.example</Sip></Dial>",
    ) else {
        panic!()
    };
    assert_eq!(dial.targets[0].status_events, ["ringing", "answered"]);
    assert_eq!(dial.targets[1].to, "sip:8002@h.example");
}

#[test]
fn speech_marks_are_passed_over() {
    let Element::Say { text, .. } = one(
        "<Say>Ring <say-as interpret-as='digits'>12320</say-as><break time='1s'/>&lt;nu&gt; <![CDATA[& igen]]>
         <sub alias='Sundhedsstyrelsen'>SST</sub>&#229;</Say>",
    ) else {
        panic!()
    };
    assert_eq!(text, "Ring 12320 <nu> & igen Sundhedsstyrelsenå");
}

#[test]
fn faults_are_named_with_the_providers_code() {
    for (text, code, says) in [
        ("", 12_101, "empty"),
        ("<!-- nothing -->", 12_101, "empty"),
        ("hello", 12_100, "exactly one"),
        ("<response/>", 12_102, "<response>"),
        ("<Response><Say></Response>", 12_100, "not well-formed"),
        ("<Response>", 12_100, "not closed"),
        ("<Response/><Response/>", 12_100, "exactly one"),
        ("<!DOCTYPE a [<!ENTITY b 'c'>]><Response><Say>&b;</Say></Response>", 12_100, "DOCTYPE"),
        ("<Response><Say>&b;</Say></Response>", 12_100, "&b;"),
        ("<Response>Hello</Response>", 12_200, "never spoken"),
        ("<Response><Enqueue>a</Enqueue></Response>", 12_200, "<Enqueue> is not a verb"),
        ("<Response><say>a</say></Response>", 12_200, "<say> is not a verb"),
        ("<Response><Gather><Dial>1</Dial></Gather></Response>", 12_200, "inside <Gather>"),
        ("<Response><Say><Play>a</Play></Say></Response>", 12_200, "inside <Say>"),
        ("<Response><Dial><Queue>a</Queue></Dial></Response>", 12_200, "inside <Dial>"),
        ("<Response><Dial/></Response>", 12_200, "nobody to dial"),
        ("<Response><Redirect/></Response>", 12_200, "address is missing"),
        ("<Response><Gather finishOnKey='##'/></Response>", 12_200, "finishOnKey"),
        ("<Response><Gather timeout='soon'/></Response>", 12_200, "timeout=\"soon\""),
        ("<Response><Record method='PUT'/></Response>", 12_200, "GET or POST"),
    ] {
        let fault = error(text);
        assert_eq!(fault.code(), code, "{text}: {fault}");
        assert!(fault.to_string().contains(says), "{text}: {fault}");
    }
    let long = format!("<Response><Say>{}</Say></Response>", "a".repeat(MOST_BYTES));
    assert_eq!(error(&long).code(), 11_750);
    let deep = format!("<Response>{}{}</Response>", "<Say>".repeat(40), "</Say>".repeat(40));
    assert_eq!(error(&deep).code(), 12_100);
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(text in "(<|>|/|Response|Say|Gather|&|;|a|'|\"|=| |!|\\[|-|\\?){0,60}") {
        let _ = parse(&text);
        let _ = parse(&format!("<Response>{text}</Response>"));
    }
}

#[test]
fn a_dial_to_a_conference_is_a_room_that_nobody_begins_or_ends() {
    let room = |inside: &str| parse(&format!("<Response><Dial action=\"/a\">{inside}</Dial></Response>"));
    let meet = Meet { action: Some("/a".to_owned()), post: true, room: "r-1".to_owned() };
    let plain = "<Conference beep=\"false\">r-1</Conference>";
    assert_eq!(room(plain), Ok(vec![Element::Meet(meet)]));
    for refused in [
        "<Conference endConferenceOnExit=\"true\">r</Conference>",
        "<Conference startConferenceOnEnter=\"false\">r</Conference>",
        "<Conference> </Conference>",
        "<Conference>r</Conference><Conference>s</Conference>",
        "<Conference>r</Conference><Number>8001</Number>",
    ] {
        assert_eq!(room(refused).map_err(|error| error.code()), Err(12_200), "{refused}");
    }
}

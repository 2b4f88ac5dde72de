//! What executors of documents are known to do, one behaviour a test.

use super::*;

const DOC: &str = "https://h.example/voice/t/12320?x=1";

fn leg(document: &str) -> (Interpreter, Want) {
    let mut leg = Interpreter::new(Url::parse(DOC).unwrap(), None);
    assert!(matches!(leg.begin(true), Want::Fetch(_)));
    let want = leg.handle(doc(document));
    (leg, want)
}

fn doc(inner: &str) -> Input {
    Input::Document(format!("<Response>{inner}</Response>"))
}

fn press(leg: &mut Interpreter, keys: &str) -> Want {
    keys.chars().map(|key| leg.handle(Input::Key(key))).last().unwrap()
}

fn fetch(want: Want) -> Fetch {
    match want {
        Want::Fetch(fetch) => fetch,
        other => panic!("expected a request: {other:?}"),
    }
}

fn fields(want: Want) -> (String, String) {
    let fetch = fetch(want);
    let fields: Vec<String> = fetch.fields.iter().map(|(name, value)| format!("{name}={value}")).collect();
    (fetch.url.to_string(), fields.join("&"))
}

fn words(want: &Want) -> &str {
    match want {
        Want::Hear { sound: Sound::Words { text, .. }, .. } => text,
        other => panic!("expected words: {other:?}"),
    }
}

#[test]
fn gather_reports_to_its_own_address_without_an_action() {
    let (mut leg, want) = leg("<Gather numDigits='1'/>");
    assert_eq!(want, Want::Keys { timeout_seconds: 5, most: Some(1), finish_key: Some('#') });
    assert_eq!(fields(press(&mut leg, "1")), (DOC.into(), "Digits=1&FinishedOnKey=".into()));
}

#[test]
fn gather_takes_relative_and_absolute_actions_and_get() {
    for (action, expected) in [
        ("step?t=1", "https://h.example/voice/t/step?t=1"),
        ("/a", "https://h.example/a"),
        ("http://other.example/b", "http://other.example/b"),
    ] {
        let (mut leg, _) = leg(&format!("<Gather action='{action}' method='GET'/>"));
        let asked = fetch(press(&mut leg, "12#"));
        assert_eq!((asked.url.as_str(), asked.post), (expected, false));
        assert_eq!(asked.fields, [("Digits", "12".to_owned()), ("FinishedOnKey", "#".to_owned())]);
    }
}

#[test]
fn gather_falls_through_in_silence() {
    let (mut leg, _) = leg("<Gather/><Say>Nobody?</Say><Redirect>/again</Redirect>");
    assert_eq!(words(&leg.handle(Input::Silence)), "Nobody?");
    assert_eq!(fetch(leg.handle(Input::Heard)).url.as_str(), "https://h.example/again");
}

#[test]
fn gather_with_action_on_empty_result_reports_silence() {
    let (mut leg, _) = leg("<Gather action='/a' actionOnEmptyResult='true'/>");
    assert_eq!(fields(leg.handle(Input::Silence)).1, "Digits=&FinishedOnKey=");
}

#[test]
fn a_key_interrupts_the_prompts_of_a_gather() {
    let (mut leg, want) =
        leg("<Gather numDigits='2' action='/a'><Say loop='2'>One</Say><Say>Two</Say></Gather>");
    assert_eq!(words(&want), "One");
    assert!(matches!(want, Want::Hear { keys_interrupt: true, .. }));
    assert_eq!(words(&leg.handle(Input::Heard)), "One", "looped inside the gather");
    assert!(matches!(press(&mut leg, "1"), Want::Keys { most: Some(1), .. }), "no more prompts");
    assert_eq!(fields(press(&mut leg, "2")).1, "Digits=12&FinishedOnKey=");
}

#[test]
fn keys_so_far_are_reported_when_time_is_up() {
    let (mut leg, _) = leg("<Gather action='/a'/>");
    press(&mut leg, "12");
    assert_eq!(fields(leg.handle(Input::Silence)).1, "Digits=12&FinishedOnKey=");
}

#[test]
fn the_finish_key_alone_is_no_input_and_an_empty_one_is_none() {
    let (mut first, _) = leg("<Gather action='/a'/><Hangup/>");
    assert_eq!(press(&mut first, "#"), Want::End(End::Finished));
    let (mut second, want) = leg("<Gather action='/a' finishOnKey='' numDigits='2'/>");
    assert!(matches!(want, Want::Keys { finish_key: None, .. }));
    assert_eq!(fields(press(&mut second, "##")).1, "Digits=##&FinishedOnKey=");
}

#[test]
fn keys_outside_a_gather_are_not_kept() {
    let (mut leg, _) = leg("<Say>Hello</Say><Gather action='/a' numDigits='1'/>");
    assert_eq!(words(&leg.handle(Input::Key('5'))), "Hello", "still speaking");
    assert!(matches!(leg.handle(Input::Heard), Want::Keys { most: Some(1), .. }));
    assert_eq!(fields(press(&mut leg, "6")).1, "Digits=6&FinishedOnKey=");
}

#[test]
fn a_document_that_ends_ends_the_call() {
    let (mut leg, want) = leg("<Say>Goodbye</Say>");
    assert_eq!(words(&want), "Goodbye");
    assert_eq!(leg.handle(Input::Heard), Want::End(End::Finished));
}

#[test]
fn a_recording_is_reported_with_the_key_that_ended_it() {
    let (mut leg, want) = leg("<Record action='/r' maxLength='60'/><Say>Nothing heard</Say>");
    assert!(matches!(want, Want::Record(Record { most_seconds: 60, .. })));
    let said = leg.handle(Input::Recorded { url: Some("https://s/R1".into()), seconds: 7, by: Some('#') });
    assert_eq!(
        fields(said),
        ("https://h.example/r".into(), "RecordingUrl=https://s/R1&RecordingDuration=7&Digits=#".into())
    );
}

#[test]
fn an_empty_recording_falls_through() {
    let (mut leg, _) = leg("<Record action='/r'/><Say>Nothing heard</Say>");
    assert_eq!(words(&leg.handle(Input::Recorded { url: None, seconds: 0, by: None })), "Nothing heard");
}

#[test]
fn hanging_up_on_a_recording_still_reports_it_and_ignores_the_reply() {
    let (mut leg, _) = leg("<Record action='/r'/>");
    let told = leg.handle(Input::RecordedAndLeft { url: Some("https://s/R1".into()), seconds: 3 });
    assert_eq!(fields(told).1, "RecordingUrl=https://s/R1&RecordingDuration=3&Digits=hangup");
    assert_eq!(leg.handle(doc("<Say>Thank you</Say>")), Want::End(End::HungUp));
}

#[test]
fn a_dial_reports_how_it_ended() {
    let (mut leg, want) = leg("<Dial action='/d' timeout='20'><Number>8001</Number></Dial><Say>never</Say>");
    assert!(matches!(want, Want::Dial(Dial { timeout_seconds: 20, .. })));
    let ended =
        leg.handle(Input::Dialled { status: "completed", call_id: Some("CA2".into()), seconds: Some(9) });
    assert_eq!(
        fields(ended).1,
        "DialCallStatus=completed&DialBridged=true&DialCallSid=CA2&DialCallDuration=9"
    );
}

#[test]
fn a_dial_without_action_goes_on() {
    let (mut leg, _) = leg("<Dial>8001</Dial><Say>Afterwards</Say>");
    let on = leg.handle(Input::Dialled { status: "no-answer", call_id: None, seconds: None });
    assert_eq!(words(&on), "Afterwards");
}

#[test]
fn reject_refuses_only_as_the_first_verb() {
    assert_eq!(leg("<Reject reason='busy'/>").1, Want::End(End::Rejected { busy: true }));
    let (mut later, _) = leg("<Say>Hm</Say><Reject/>");
    assert_eq!(later.handle(Input::Heard), Want::End(End::Finished));
}

#[test]
fn a_fetched_leg_leaves_what_it_was_doing() {
    let (mut leg, _) = leg("<Gather action='/a'><Say>Please wait</Say></Gather>");
    let url = Url::parse("https://h.example/offer").unwrap();
    assert_eq!(fetch(leg.handle(Input::Redirected { url: url.clone(), post: true })).url, url);
    assert!(matches!(leg.handle(doc("<Dial>8001</Dial>")), Want::Dial(_)));
}

#[test]
fn faults_lead_to_the_fallback_once_and_then_to_an_apology() {
    let fallback = Url::parse("https://h.example/fallback").unwrap();
    let mut leg = Interpreter::new(Url::parse(DOC).unwrap(), Some(fallback.clone()));
    leg.begin(true);
    let asked = fetch(leg.handle(doc("<Enqueue/>")));
    assert_eq!(asked.url, fallback);
    assert_eq!(asked.fields, [("ErrorCode", "12200".to_owned()), ("ErrorUrl", DOC.to_owned())]);
    let sorry = leg.handle(Input::NoDocument { code: 11_200, why: "HTTP 500".into() });
    assert_eq!(words(&sorry), APOLOGY);
    assert_eq!(leg.handle(Input::Heard), Want::End(End::Failed));
    assert_eq!(leg.take_faults().len(), 2);
}

#[test]
fn documents_that_only_lead_to_documents_are_given_up() {
    let (mut leg, mut want) = leg("<Redirect>/round</Redirect>");
    let mut rounds = 0;
    while matches!(want, Want::Fetch(_)) {
        rounds += 1;
        assert!(rounds < 100, "an endless loop");
        want = leg.handle(doc("<Redirect>/round</Redirect>"));
    }
    assert_eq!(words(&want), APOLOGY);
}

#[test]
fn a_looped_say_and_a_relative_play_are_heard() {
    let (mut leg, want) = leg("<Say loop='2'>Hi</Say><Play>audio/a.wav</Play><Pause length='3'/>");
    assert_eq!(words(&want), "Hi");
    assert_eq!(words(&leg.handle(Input::Heard)), "Hi");
    let Want::Hear { sound: Sound::File { url }, .. } = leg.handle(Input::Heard) else {
        panic!("no sound file")
    };
    assert_eq!(url.as_str(), "https://h.example/voice/t/audio/a.wav");
    let silence = Want::Hear { sound: Sound::Silence { seconds: 3 }, keys_interrupt: false };
    assert_eq!(leg.handle(Input::Heard), silence);
}

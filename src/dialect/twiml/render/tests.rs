//! Verbs and the exact documents they become.

use domain::{Language, PhoneNumber};

use super::*;
use crate::twiml::document;

const LINKS: Links<'static> = Links {
    action: "/voice/t/12320/step?t=A&x=1",
    way_out: "/voice/t/12320/step?t=A&none=1",
    recording_status: None,
    dial_status: None,
    audio: None,
    caller_id: None,
};

fn prompt(language: &str, text: &str) -> Prompt {
    Prompt { language: Language::parse(language).unwrap(), text: text.into(), audio: None }
}

fn number(text: &str) -> PhoneNumber {
    PhoneNumber::parse(text).unwrap()
}

fn body(verbs: &[Verb], links: &Links<'_>) -> String {
    let document = render(verbs, links);
    document::parse(&document).expect("our own switch reads our documents");
    let inner = document.strip_prefix("<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response>").unwrap();
    inner.strip_suffix("</Response>").unwrap().to_owned()
}

const OUT: &str = "<Redirect method=\"POST\">/voice/t/12320/step?t=A&amp;none=1</Redirect>";

#[test]
fn every_verb_has_its_document() {
    let zh = || prompt("zh-CN", "您好,这里是 1 2 3 2 0。");
    let said = "<Say language=\"cmn-CN\" voice=\"Polly.Zhiyu-Neural\">您好,这里是 1 2 3 2 0。</Say>";
    let action = "action=\"/voice/t/12320/step?t=A&amp;x=1\" method=\"POST\"";
    for (verbs, expected) in [
        (vec![Verb::Say(zh()), Verb::Hangup], format!("{said}<Hangup/>")),
        (
            vec![Verb::Gather {
                prompts: vec![zh()],
                max_digits: Some(1),
                finish_key: None,
                timeout_seconds: 5,
            }],
            format!("<Gather {action} timeout=\"5\" finishOnKey=\"\" numDigits=\"1\">{said}</Gather>{OUT}"),
        ),
        (
            vec![Verb::Gather {
                prompts: vec![],
                max_digits: None,
                finish_key: Some('#'),
                timeout_seconds: 0,
            }],
            format!("<Gather {action} timeout=\"1\" finishOnKey=\"#\"></Gather>{OUT}"),
        ),
        (
            vec![Verb::Record { max_seconds: 120, silence_seconds: 5, finish_key: Some('#'), beep: true }],
            format!(
                "<Record {action} maxLength=\"120\" timeout=\"5\" playBeep=\"true\" finishOnKey=\"#\"/>{OUT}"
            ),
        ),
        (
            vec![Verb::Dial { to: number("+4597648010"), timeout_seconds: 25 }],
            format!("<Dial {action} timeout=\"25\"><Number>+4597648010</Number></Dial>"),
        ),
        (
            vec![Verb::Dial { to: number("sip:8001@desk.example;transport=tls"), timeout_seconds: 1 }],
            format!("<Dial {action} timeout=\"5\"><Sip>sip:8001@desk.example;transport=tls</Sip></Dial>"),
        ),
        (vec![Verb::Next, Verb::Say(zh())], OUT.to_owned()),
        (vec![], String::new()),
    ] {
        assert_eq!(body(&verbs, &LINKS), expected);
    }
}

#[test]
fn links_that_the_house_gives_are_used() {
    let links = Links {
        recording_status: Some("/rec"),
        dial_status: Some("/leg"),
        audio: Some("/voice/t/12320/audio"),
        caller_id: Some("+8612320"),
        ..LINKS
    };
    let record =
        body(&[Verb::Record { max_seconds: 9, silence_seconds: 0, finish_key: None, beep: false }], &links);
    assert!(record.contains("recordingStatusCallback=\"/rec\""), "{record}");
    let dial = body(&[Verb::Dial { to: number("8001"), timeout_seconds: 20 }], &links);
    assert!(dial.contains("callerId=\"+8612320\""), "{dial}");
    assert!(
        dial.contains("statusCallback=\"/leg\" statusCallbackEvent=\"initiated ringing answered completed\""),
        "{dial}"
    );
    let recorded = Prompt { audio: Some("da/vel kommen.wav".into()), ..prompt("da", "Velkommen") };
    assert_eq!(body(&[Verb::Say(recorded)], &links), "<Play>/voice/t/12320/audio/da/vel%20kommen.wav</Play>");
}

#[test]
fn text_cannot_break_the_document() {
    let nasty = prompt("da", " <Hangup/> & \"so\"\n\u{0}\u{1b}[0m ]]> \u{ffff}\u{fffe}ø ");
    let said = body(&[Verb::Say(nasty)], &LINKS);
    assert_eq!(
        said,
        "<Say language=\"da-DK\" voice=\"Polly.Sofie-Neural\">&lt;Hangup/&gt; &amp; &quot;so&quot; [0m ]]&gt; ø</Say>"
    );
}

#[test]
fn a_document_never_grows_past_what_providers_take() {
    let flood: Vec<Prompt> = (0..100).map(|_| prompt("en", &"& <> ".repeat(2_000))).collect();
    let document = render(
        &[Verb::Gather { prompts: flood, max_digits: Some(1), finish_key: None, timeout_seconds: 5 }],
        &LINKS,
    );
    assert!(document.len() <= 64 * 1024, "{}", document.len());
    assert!(document.contains("<Redirect"), "the way out is kept");
    assert!(document::parse(&document).is_ok());
}

//! Verbs and the exact documents they become.

use domain::{Language, PhoneNumber};

use super::*;
use crate::twiml::document;
use crate::twiml::profiles::ALL;

pub(super) const LINKS: Links<'static> = Links {
    action: "/voice/t/12320/step?t=A&x=1",
    way_out: "/voice/t/12320/step?t=A&none=1",
    recording_status: None,
    dial_status: None,
    machine_status: None,
    audio: None,
    caller_id: None,
    again: None,
    part: 0,
};

fn prompt(language: &str, text: &str) -> Prompt {
    Prompt { language: Language::parse(language).unwrap(), text: text.into(), audio: None }
}

fn number(text: &str) -> PhoneNumber {
    PhoneNumber::parse(text).unwrap()
}

/// What the generic profile writes.
fn body(verbs: &[Verb], links: &Links<'_>) -> String {
    body_as("generic", verbs, links)
}

fn body_as(profile: &str, verbs: &[Verb], links: &Links<'_>) -> String {
    let profile = ALL.into_iter().find(|known| known.abilities.profile == profile).unwrap();
    let document = render(profile, verbs, links);
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
                tune: None,
            }],
            format!("<Gather {action} timeout=\"5\" finishOnKey=\"\" numDigits=\"1\">{said}</Gather>{OUT}"),
        ),
        (
            vec![Verb::Gather {
                prompts: vec![],
                max_digits: None,
                finish_key: Some('#'),
                timeout_seconds: 0,
                tune: None,
            }],
            format!("<Gather {action} timeout=\"1\" finishOnKey=\"#\"></Gather>{OUT}"),
        ),
        (
            vec![Verb::Record {
                max_seconds: 120,
                silence_seconds: 5,
                finish_keys: "#09".into(),
                beep: true,
            }],
            format!(
                "<Record {action} maxLength=\"120\" timeout=\"5\" playBeep=\"true\" finishOnKey=\"#09\"/>{OUT}"
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
        machine_status: None,
        audio: Some("/voice/t/12320/audio"),
        caller_id: Some("+8612320"),
        again: None,
        part: 0,
        ..LINKS
    };
    let record = body(
        &[Verb::Record { max_seconds: 9, silence_seconds: 0, finish_keys: String::new(), beep: false }],
        &links,
    );
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
fn only_a_provider_that_hears_machines_on_a_dialled_number_is_asked_to() {
    let links = Links { machine_status: Some("/amd"), ..LINKS };
    let asks =
        "machineDetection=\"DetectMessageEnd\" amdStatusCallback=\"/amd\" amdStatusCallbackMethod=\"POST\"";
    let dial = |to| [Verb::Dial { to: number(to), timeout_seconds: 20 }];
    for profile in crate::twiml::profiles::ALL {
        let name = profile.abilities.profile;
        let document = super::render(profile, &dial("8001"), &links);
        assert_eq!(document.contains(asks), ["twilio", "signalwire"].contains(&name), "{document}");
        let desk = super::render(profile, &dial("sip:8001@desk.example"), &links);
        assert!(!desk.contains("machineDetection"), "{desk}");
        assert!(!super::render(profile, &dial("8001"), &LINKS).contains("machineDetection"), "{name}");
    }
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
    let (max_digits, finish_key, timeout_seconds, tune) = (Some(1), None, 5, None);
    let verb = Verb::Gather { prompts: flood, max_digits, finish_key, timeout_seconds, tune };
    for profile in ALL {
        let document = render(profile, std::slice::from_ref(&verb), &LINKS);
        assert!(document.len() <= profile.abilities.most_document_bytes, "{}", document.len());
        assert!(document.contains("<Redirect"), "the way out is kept");
        assert!(document::parse(&document).is_ok());
    }
}

#[test]
fn a_long_text_is_spoken_whole_in_several_pieces() {
    let sentence = "您好,这里是公共卫生服务热线。";
    let said = body_as("telnyx", &[Verb::Say(prompt("zh-CN", &sentence.repeat(300)))], &LINKS);
    let pieces: Vec<&str> =
        said.split("</Say>").filter_map(|piece| piece.split_once('>')).map(|(_, text)| text).collect();
    assert_eq!(pieces.len(), 2);
    assert!(pieces.iter().all(|piece| piece.chars().count() <= 3_000 && piece.ends_with('。')));
    assert_eq!(pieces.concat(), sentence.repeat(300), "nothing is dropped");
    let endless = "a".repeat(9_001);
    let said = body(&[Verb::Say(prompt("en", &endless))], &LINKS);
    let spoken: usize =
        said.split("</Say>").filter_map(|piece| piece.split_once('>')).map(|(_, text)| text.len()).sum();
    assert_eq!((said.matches("<Say").count(), spoken), (3, endless.len()));
}

#[test]
fn each_profile_writes_what_its_provider_takes() {
    let links = Links {
        recording_status: Some("/rec"),
        dial_status: Some("/leg"),
        machine_status: None,
        caller_id: Some("12320"),
        again: None,
        part: 0,
        ..LINKS
    };
    let gather = [Verb::Gather {
        prompts: vec![],
        max_digits: None,
        finish_key: None,
        timeout_seconds: 300,
        tune: None,
    }];
    let record =
        [Verb::Record { max_seconds: 120, silence_seconds: 5, finish_keys: "#09".into(), beep: true }];
    let dial = [Verb::Dial { to: number("+4597648010"), timeout_seconds: 300 }];
    for (profile, verbs, has, lacks) in [
        ("twilio", &gather, "timeout=\"300\"", "\u{0}"),
        ("telnyx", &gather, "timeout=\"120\"", "method=\"POST\" timeout"),
        ("telnyx", &record, "timeout=\"0\"", "timeout=\"5\""),
        ("signalwire", &record, "timeout=\"5\"", "\u{0}"),
        ("somleng", &record, "recordingStatusCallback=\"/rec\"", "\u{0}"),
        ("twilio", &dial, "callerId=\"12320\"", "\u{0}"),
        ("signalwire", &dial, "statusCallback=\"/leg\"", "callerId"),
        ("telnyx", &dial, "timeout=\"120\"", "callerId"),
        ("somleng", &dial, "<Number>+4597648010</Number>", "statusCallback"),
    ] {
        let written = body_as(profile, verbs, &links);
        assert!(written.contains(has) && !written.contains(lacks), "{profile}: {written}");
    }
    let shown = Links { caller_id: Some("+8612320"), ..links };
    assert!(body_as("telnyx", &dial, &shown).contains("callerId=\"+8612320\""));
    let said = [Verb::Say(prompt("da", "Velkommen"))];
    assert!(body_as("somleng", &said, &links).contains("voice=\"Polly.Naja\""));
}

#[test]
fn a_tune_fills_the_time_of_waiting() {
    let tune = Prompt { audio: Some("audio/tune/12.wav".to_owned()), ..prompt("en", "") };
    let waits = [Verb::Gather {
        prompts: vec![prompt("en", "Please stay on the line.")],
        max_digits: Some(1),
        finish_key: None,
        timeout_seconds: 12,
        tune: Some(tune),
    }];
    for profile in ALL {
        let played = render(profile, &waits, &Links { audio: Some("/voice/t/12320"), ..LINKS });
        assert!(played.contains("</Say><Play>/voice/t/12320/audio/tune/12.wav</Play></Gather>"), "{played}");
        assert!(played.contains(" timeout=\"1\""), "{played}");
        // Where nothing can be played the same time passes in silence.
        let silent = render(profile, &waits, &LINKS);
        assert!(!silent.contains("<Play>") && silent.contains(" timeout=\"12\""), "{silent}");
    }
}

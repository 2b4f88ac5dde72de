//! Documents, verb by verb.

use domain::{Language, PhoneNumber};
use proptest::prelude::*;

use super::*;

const LINKS: Links<'static> = Links {
    action: "https://h.example/step?t=a",
    way_out: "https://h.example/step?t=a&none=1",
    recording_status: None,
    dial_status: None,
    machine_status: None,
    audio: None,
    caller_id: None,
    again: None,
    part: 0,
};

fn prompt(tag: &str, text: &str) -> Prompt {
    Prompt { language: Language::parse(tag).unwrap(), text: text.into(), audio: None }
}

/// The document without what stands around every one.
fn work(verbs: &[Verb], links: &Links<'_>) -> String {
    let text = render(verbs, links);
    let inner = text
        .strip_prefix(r#"<?xml version="1.0" encoding="UTF-8"?><document type="xml/freeswitch-httapi">"#)
        .and_then(|text| text.strip_suffix("</work></document>"));
    inner.unwrap_or_else(|| panic!("{text}")).replacen("<work>", "", 1)
}

fn gather(prompts: Vec<Prompt>, max_digits: Option<u8>, finish_key: Option<char>) -> Verb {
    Verb::Gather { prompts, max_digits, finish_key, timeout_seconds: 8, tune: None }
}

#[test]
fn a_menu_is_spoken_while_any_key_is_taken() {
    let verbs = [
        Verb::Say(prompt("zh-CN", "欢迎")),
        gather(vec![prompt("zh-CN", "投诉请按1 & \"2\""), prompt("zh-CN", "<人工>")], Some(1), None),
    ];
    assert_eq!(
        work(&verbs, &LINKS),
        "<speak engine=\"tts_commandline\" voice=\"cmn\">欢迎</speak>\
         <speak name=\"digits\" action=\"https://h.example/step?t=a&amp;none=1\" digit-timeout=\"5000\" \
         input-timeout=\"8000\" engine=\"tts_commandline\" voice=\"cmn\">投诉请按1 &amp; &quot;2&quot; &lt;人工&gt;\
         <bind action=\"https://h.example/step?t=a\">~^[0123456789*#ABCD]$</bind></speak>"
    );
}

#[test]
fn an_entry_ends_with_its_key() {
    let text = work(&[gather(vec![prompt("da", "Tast")], Some(11), Some('#'))], &LINKS);
    assert!(text.contains(" terminators=\"#\""), "{text}");
    assert!(
        text.contains("<bind action=\"https://h.example/step?t=a\">~^[0123456789*ABCD]+$</bind>"),
        "{text}"
    );
    assert!(text.contains(">~^[0123456789*ABCD]+[#]$</bind></speak>"), "{text}");
}

/// A round of waiting with its tune.
fn waiting() -> Verb {
    let tune = Prompt { audio: Some("audio/tune/12.wav".to_owned()), ..prompt("en", "") };
    let prompts = vec![prompt("en", "Please stay on the line.")];
    Verb::Gather { prompts, max_digits: Some(1), finish_key: None, timeout_seconds: 12, tune: Some(tune) }
}

#[test]
fn a_tune_fills_the_time_of_waiting() {
    let links = Links { audio: Some("https://h.example/v"), again: Some("https://h.example/12320"), ..LINKS };
    let words = work(&[waiting()], &links);
    assert!(words.contains(" action=\"https://h.example/12320?part=1\" "), "{words}");
    let tune = work(&[waiting()], &Links { part: 1, ..links });
    assert!(tune.starts_with("<playback ") && tune.contains(" input-timeout=\"1000\" "), "{tune}");
    assert!(tune.contains(" file=\"https://h.example/v/audio/tune/12.wav\"><bind "), "{tune}");
    // Where nothing can be played the same time passes in silence.
    assert!(work(&[waiting()], &LINKS).contains(" input-timeout=\"12000\" "));
}

#[test]
fn several_voices_are_several_documents() {
    let verbs = [
        Verb::Say(prompt("en", "Welcome")),
        gather(vec![prompt("zh-CN", "中文"), prompt("en", "English"), prompt("da", "Dansk")], Some(1), None),
    ];
    let part = |part| work(&verbs, &Links { again: Some("https://h.example/12320"), part, ..LINKS });
    let (first, second, third) = (part(0), part(1), part(2));
    assert!(first.contains("Welcome") && first.contains("中文") && !first.contains("English"), "{first}");
    assert!(first.contains(" action=\"https://h.example/12320?part=1\" "), "{first}");
    assert!(first.contains(" input-timeout=\"1\" "), "{first}");
    assert!(
        !second.contains("Welcome") && second.contains("English") && second.contains("part=2"),
        "{second}"
    );
    assert!(third.contains("Dansk") && third.contains("input-timeout=\"8000\""), "{third}");
    assert!(third.contains(" action=\"https://h.example/step?t=a&amp;none=1\" "), "{third}");
    for text in [&first, &second, &third, &part(9)] {
        assert!(text.contains("<bind action=\"https://h.example/step?t=a\">"), "{text}");
    }
    assert_eq!(part(9), third);
    let whole = work(&verbs, &LINKS);
    assert_eq!(whole.matches("<bind").count(), 1, "only the last tag may ask for keys: {whole}");
}

#[test]
fn recorded_files_are_played_one_behind_the_other() {
    let file = |name: &str| Prompt { audio: Some(format!("audio/en/{name}.wav")), ..prompt("en", "x") };
    let links = Links { audio: Some("https://h.example/audio"), ..LINKS };
    let text = work(&[Verb::Say(file("hello")), gather(vec![file("a,b"), file("c")], Some(1), None)], &links);
    assert!(text.starts_with("<playback file=\"https://h.example/audio/audio/en/hello.wav\"/>"), "{text}");
    let both = "file=\"file_string://https://h.example/audio/audio/en/a%2Cb.wav!https://h.example/audio/audio/en/c.wav\"";
    assert!(text.contains(both), "{text}");
    assert!(text.ends_with("</bind></playback>"), "{text}");
    let nothing = work(&[gather(vec![], Some(1), None)], &LINKS);
    assert!(nothing.contains("file=\"silence_stream://100\""), "{nothing}");
}

#[test]
fn a_recording_is_limited_and_comes_to_the_action() {
    let record = Verb::Record { max_seconds: 120, silence_seconds: 5, finish_keys: "#09".into(), beep: true };
    assert_eq!(
        work(&[record], &LINKS),
        "<record name=\"message\" file=\"message.wav\" action=\"https://h.example/step?t=a\" limit=\"120\" \
         silence-hits=\"5\" threshold=\"200\" digit-timeout=\"500\" beep-file=\"tone_stream://%(250,0,800)\">\
         <bind action=\"https://h.example/step?t=a&amp;key=%23\">#</bind>\
         <bind action=\"https://h.example/step?t=a&amp;key=0\">0</bind>\
         <bind action=\"https://h.example/step?t=a&amp;key=9\">9</bind></record>"
    );
}

#[test]
fn a_dial_comes_back_to_us_however_it_ends() {
    let dial = Verb::Dial { to: PhoneNumber::parse("+4512345678").unwrap(), timeout_seconds: 20 };
    let links = Links { dial_status: Some("https://h.example/status"), caller_id: Some("12320"), ..LINKS };
    assert_eq!(
        work(&[Verb::Say(prompt("en", "One moment")), dial.clone()], &links),
        "<variables><continue_on_fail>true</continue_on_fail><hangup_after_bridge>false</hangup_after_bridge>\
         <call_timeout>20</call_timeout></variables>\
         <speak engine=\"tts_commandline\" voice=\"en\">One moment</speak>\
         <dial action=\"https://h.example/step?t=a\" caller-id-name=\"12320\" caller-id-number=\"12320\">\
         [hotline_told=https://h.example/status?parent=${uuid}]loopback/+4512345678/hotline-out</dial>\
         <getVariable name=\"originate_disposition\"/>"
    );
    let sip = Verb::Dial { to: PhoneNumber::parse("sip:8001@h.example").unwrap(), timeout_seconds: 20 };
    assert!(!work(&[sip], &links).contains("<dial"));
}

#[test]
fn a_document_never_ends_in_nothing() {
    let next = "<continue action=\"https://h.example/step?t=a&amp;none=1\"/>";
    assert_eq!(work(&[Verb::Next], &LINKS), next);
    let hangup = "<hangup cause=\"NORMAL_CLEARING\"/>";
    assert_eq!(work(&[Verb::Hangup, Verb::Next], &LINKS), hangup);
    assert_eq!(work(&[], &LINKS), hangup);
    assert!(work(&[Verb::Say(prompt("en", "Bye"))], &LINKS).ends_with(hangup));
}

#[test]
fn speech_is_limited_and_holds_no_variable() {
    let verbs: Vec<Verb> = (0..40).map(|_| Verb::Say(prompt("en", &"word & ".repeat(1_000)))).collect();
    assert!(render(&verbs, &LINKS).len() < 64 * 1024);
    let text = work(&[Verb::Say(prompt("en", "a ${api(reload)} b\u{0} ]]>"))], &LINKS);
    assert!(text.contains(">a $ api(reload) b ]]&gt;</speak>"), "{text}");
    // Too long for the document: nothing is said, keys are still asked for.
    let long = vec![gather(vec![prompt("en", &"<".repeat(4_000)); 9], Some(1), None)];
    let after = [verbs, long].concat();
    assert!(work(&after, &LINKS).ends_with("</bind></playback>"));
}

proptest! {
    #[test]
    fn any_words_give_a_document_that_can_be_read(
        text in "\\PC{0,60}",
        texts in prop::collection::vec("(<|>|&|\\$|\\{|\\}|\"|'|\u{7}|æ|一| ){0,30}", 0..4),
        most in prop::option::of(any::<u8>()),
        key in prop::option::of(any::<char>()),
        seconds: u32,
    ) {
        let prompts: Vec<Prompt> = texts.iter().map(|text| prompt("en", text)).collect();
        let verb = Verb::Gather { prompts, max_digits: most, finish_key: key, timeout_seconds: seconds, tune: None };
        let document = render(&[Verb::Say(prompt("zh-CN", &text)), verb], &LINKS);
        let mut reader = quick_xml::Reader::from_str(&document);
        loop {
            match reader.read_event() {
                Ok(quick_xml::events::Event::Eof) => break,
                Ok(_) => {}
                Err(error) => prop_assert!(false, "{}: {}", error, document),
            }
        }
        prop_assert_eq!(document.find("${"), None);
        prop_assert!(document.contains("<bind"));
    }
}

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

fn document(verbs: &[Verb], links: &Links<'_>) -> Vec<Value> {
    serde_json::from_str(&render(verbs, links)).unwrap()
}

fn gather(prompts: Vec<Prompt>, max_digits: Option<u8>, finish_key: Option<char>) -> Verb {
    Verb::Gather { prompts, max_digits, finish_key, timeout_seconds: 8, tune: None }
}

fn english(text: &str) -> Value {
    let voice = json!({ "vendor": "microsoft", "language": "en-GB", "voice": "en-GB-SoniaNeural" });
    json!({ "text": text, "synthesizer": voice })
}

#[test]
fn a_menu_is_spoken_while_any_key_is_taken() {
    let verbs = [
        Verb::Say(prompt("zh-CN", "欢迎")),
        gather(vec![prompt("en", "Note: press 1 & wait."), prompt("en", "Or 2 <now>.")], Some(1), None),
    ];
    let chinese = json!({ "vendor": "microsoft", "language": "zh-CN", "voice": "zh-CN-XiaoxiaoNeural" });
    assert_eq!(
        document(&verbs, &LINKS),
        [
            json!({ "verb": "say", "text": "欢迎", "synthesizer": chinese }),
            json!({
                "verb": "gather",
                "actionHook": "https://h.example/step?t=a",
                "input": ["digits"],
                "minDigits": 1,
                "maxDigits": 1,
                "interDigitTimeout": 5,
                "dtmfBargein": true,
                "timeout": 8,
                "say": english("Note, press 1 and wait. Or 2 now ."),
            }),
            json!({ "verb": "redirect", "actionHook": "https://h.example/step?t=a&none=1" }),
        ]
    );
}

#[test]
fn several_voices_are_several_gathers() {
    let prompts = vec![prompt("zh-CN", "中文"), prompt("en", "English"), prompt("da", "Dansk")];
    let told = document(&[gather(prompts, Some(1), None)], &LINKS);
    let waits: Vec<_> = told.iter().map(|verb| (&verb["actionHook"], &verb["timeout"])).collect();
    let more = json!("https://h.example/step?t=a&more=1");
    let (action, way_out) = (json!(LINKS.action), json!(LINKS.way_out));
    assert_eq!(
        waits,
        [(&more, &json!(0.1)), (&more, &json!(0.1)), (&action, &json!(8)), (&way_out, &Value::Null),]
    );
    assert!(told[..3].iter().all(|verb| verb["verb"] == "gather" && verb["maxDigits"] == 1));
    let languages: Vec<_> = told[..3].iter().map(|verb| &verb["say"]["synthesizer"]["language"]).collect();
    assert_eq!(languages, ["zh-CN", "en-GB", "da-DK"]);
}

#[test]
fn an_entry_ends_with_its_key() {
    let told = document(&[gather(vec![prompt("da", "Tast")], Some(11), Some('#'))], &LINKS);
    assert_eq!((&told[0]["finishOnKey"], &told[0]["maxDigits"]), (&json!("#"), &json!(11)));
    let told = document(&[gather(vec![], None, Some('x'))], &LINKS);
    assert_eq!((told[0].get("finishOnKey"), &told[0]["maxDigits"]), (None, &json!(64)));
    assert!(told[0].get("say").is_none() && told[0].get("play").is_none());
}

#[test]
fn recorded_files_are_played_one_behind_the_other() {
    let file = |name: &str| Prompt { audio: Some(format!("audio/en/{name}.wav")), ..prompt("en", "x") };
    let links = Links { audio: Some("https://h.example/v"), ..LINKS };
    let verbs =
        [Verb::Say(file("hello")), gather(vec![file("a"), file("b"), prompt("en", "c")], Some(1), None)];
    let told = document(&verbs, &links);
    assert_eq!(told[0], json!({ "verb": "play", "url": "https://h.example/v/audio/en/hello.wav" }));
    let both = json!(["https://h.example/v/audio/en/a.wav", "https://h.example/v/audio/en/b.wav"]);
    assert_eq!(told[1]["play"], json!({ "url": both }));
    assert_eq!(told[2]["say"], english("c"));
}

#[test]
fn a_dial_rings_shows_our_number_and_comes_back() {
    let dial = |to: &str| Verb::Dial { to: PhoneNumber::parse(to).unwrap(), timeout_seconds: 20 };
    let links = Links { caller_id: Some("+8612320"), ..LINKS };
    assert_eq!(
        document(&[dial("+4512345678"), Verb::Next], &links),
        [json!({
            "verb": "dial",
            "actionHook": "https://h.example/step?t=a",
            "answerOnBridge": true,
            "callerId": "+8612320",
            "dialMusic": "tone_stream://%(1000,4000,440);loops=-1",
            "timeout": 20,
            "target": [{ "type": "phone", "number": "+4512345678" }],
        })]
    );
    let told = document(&[dial("sip:8001@desk.example")], &LINKS);
    assert_eq!(told[0]["target"], json!([{ "type": "sip", "sipUri": "sip:8001@desk.example" }]));
    assert!(told[0].get("callerId").is_none());
}

#[test]
fn a_document_never_ends_in_nothing() {
    let way_out = json!({ "verb": "redirect", "actionHook": "https://h.example/step?t=a&none=1" });
    let hangup = json!({ "verb": "hangup" });
    let record = Verb::Record { max_seconds: 120, silence_seconds: 5, finish_keys: "#09".into(), beep: true };
    for (verbs, last) in [
        (vec![Verb::Next], &way_out),
        (vec![record], &way_out),
        (vec![Verb::Hangup, Verb::Next], &hangup),
        (vec![], &hangup),
    ] {
        assert_eq!(document(&verbs, &LINKS), std::slice::from_ref(last));
    }
    assert_eq!(document(&[Verb::Say(prompt("en", "Bye"))], &LINKS).last(), Some(&hangup));
}

#[test]
fn a_document_stays_short_and_still_asks_for_keys() {
    let mut verbs: Vec<Verb> = (0..60).map(|_| Verb::Say(prompt("en", &"\"word\" ".repeat(900)))).collect();
    let voices = ["en", "da"].repeat(80);
    let prompts = voices.iter().map(|tag| prompt(tag, &"張\\".repeat(400))).collect();
    verbs.push(gather(prompts, Some(1), None));
    let text = render(&verbs, &LINKS);
    assert!(text.len() < 64 * 1024, "{}", text.len());
    let told = document(&verbs, &LINKS);
    assert_eq!(told[told.len() - 2]["actionHook"], LINKS.action);
}

/// A round of waiting with its tune.
fn waiting() -> Verb {
    let tune = Prompt { audio: Some("audio/tune/12.wav".to_owned()), ..prompt("en", "") };
    let prompts = vec![prompt("en", "Please stay on the line.")];
    Verb::Gather { prompts, max_digits: Some(1), finish_key: None, timeout_seconds: 12, tune: Some(tune) }
}

#[test]
fn a_tune_fills_the_time_of_waiting() {
    let played = document(&[waiting()], &Links { audio: Some("https://h.example/v"), ..LINKS });
    assert_eq!(
        (&played[0]["say"], &played[0]["timeout"]),
        (&english("Please stay on the line."), &json!(0.1))
    );
    assert_eq!(played[1]["play"], json!({ "url": "https://h.example/v/audio/tune/12.wav" }));
    assert_eq!((&played[1]["timeout"], &played[1]["actionHook"]), (&json!(1), &json!(LINKS.action)));
    // Where nothing can be played the same time passes in silence.
    let silent = document(&[waiting()], &LINKS);
    assert_eq!((&silent[0]["timeout"], silent.len()), (&json!(12), 2));
}

/// Fields of each verb, and what they must be: as the platform's own list of verbs has them.
fn wrong(verb: &Value) -> Option<String> {
    let name = verb["verb"].as_str()?;
    let known: &[&str] = match name {
        "say" => &["text", "synthesizer"],
        "play" => &["url"],
        "gather" => &[
            "actionHook",
            "input",
            "minDigits",
            "maxDigits",
            "finishOnKey",
            "interDigitTimeout",
            "dtmfBargein",
            "timeout",
            "say",
            "play",
        ],
        "dial" => &["actionHook", "answerOnBridge", "callerId", "dialMusic", "timeout", "target"],
        "redirect" => &["actionHook"],
        "hangup" => &[],
        _ => return Some(format!("the verb {name}")),
    };
    let unknown = verb.as_object()?.keys().find(|key| *key != "verb" && !known.contains(&key.as_str()));
    let said = if name == "gather" { &verb["say"] } else { verb };
    let text = said.get("text").and_then(Value::as_str).unwrap_or("");
    let misread = text.contains(|c: char| "<>{}".contains(c) || c.is_control());
    let waits = name != "gather" || verb["timeout"].as_f64().is_some_and(|seconds| seconds > 0.0);
    unknown.cloned().or(misread.then(|| text.to_owned())).or((!waits).then(|| verb.to_string()))
}

proptest! {
    #[test]
    fn any_verbs_give_a_document_of_known_shape(
        texts in prop::collection::vec(("zh-CN|en|da|kl", "(<|>|&|\\{|\\}|\"|\\\\|\u{7}|æ|一|a:| ){0,30}", any::<bool>()), 0..6),
        says in 0_usize..3,
        most in prop::option::of(any::<u8>()),
        key in prop::option::of(any::<char>()),
        seconds: u32,
        end in 0_u8..6,
        tune: bool,
    ) {
        let prompts: Vec<Prompt> = texts.iter().map(|(tag, text, audio)| Prompt {
            audio: audio.then(|| format!("audio/{tag}/x.wav")),
            ..prompt(tag, text)
        }).collect();
        let mut verbs: Vec<Verb> = prompts.iter().take(says).cloned().map(Verb::Say).collect();
        verbs.extend(match end {
            0 => Some(Verb::Hangup),
            1 => Some(Verb::Next),
            2 => Some(Verb::Dial { to: PhoneNumber::parse("112").unwrap(), timeout_seconds: seconds }),
            3 => Some(Verb::Record { max_seconds: seconds, silence_seconds: 1, finish_keys: key.map(String::from).unwrap_or_default(), beep: true }),
            4 => {
                let tune = tune.then(|| Prompt { audio: Some("audio/tune/12.wav".to_owned()), ..prompt("en", "") });
                Some(Verb::Gather { prompts, max_digits: most, finish_key: key, timeout_seconds: seconds, tune })
            }
            _ => None,
        });
        let links = Links { audio: Some("https://h.example/v"), ..LINKS };
        let told = document(&verbs, &links);
        for verb in &told {
            prop_assert_eq!(wrong(verb), None);
        }
        let last = told.last().unwrap()["verb"].as_str().unwrap();
        prop_assert!(["hangup", "redirect", "dial"].contains(&last), "{}", last);
        let asks = told.iter().filter(|verb| verb["verb"] == "gather" && verb["actionHook"] == LINKS.action).count();
        prop_assert_eq!(asks, usize::from(end == 4));
    }
}

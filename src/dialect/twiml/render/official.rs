//! Whatever a script makes the engine say, the document is one that the provider takes: held against the providers'
//! own lists of elements and attributes, by a reader that shares nothing with the writer but the XML library.

use callflow::Prompt;
use domain::PhoneNumber;
use proptest::prelude::*;
use quick_xml::events::{BytesStart, Event as Xml};

use super::tests::LINKS;
use super::*;
use crate::twiml::document;
use crate::twiml::profiles::ALL;

/// An element: where it may stand, what it may have.
struct Rule {
    name: &'static str,
    within: &'static [&'static str],
    /// Each with the profiles that do not know it.
    attributes: &'static [(&'static str, &'static [&'static str])],
    text: bool,
}

const ALL_KNOW: &[&str] = &[];

/// From the reference pages of Twilio, SignalWire and Telnyx and from Somleng's sources.
const RULES: [Rule; 10] = [
    Rule { name: "Response", within: &[""], attributes: &[], text: false },
    Rule {
        name: "Say",
        within: &["Response", "Gather"],
        attributes: &[("language", ALL_KNOW), ("voice", ALL_KNOW)],
        text: true,
    },
    Rule { name: "Play", within: &["Response", "Gather"], attributes: &[], text: true },
    Rule {
        name: "Gather",
        within: &["Response"],
        attributes: &[
            ("action", ALL_KNOW),
            ("method", &["telnyx"]),
            ("timeout", ALL_KNOW),
            ("finishOnKey", ALL_KNOW),
            ("numDigits", ALL_KNOW),
        ],
        text: false,
    },
    Rule {
        name: "Record",
        within: &["Response"],
        attributes: &[
            ("action", ALL_KNOW),
            ("method", ALL_KNOW),
            ("maxLength", ALL_KNOW),
            ("timeout", ALL_KNOW),
            ("playBeep", ALL_KNOW),
            ("finishOnKey", ALL_KNOW),
            ("recordingStatusCallback", ALL_KNOW),
            ("recordingStatusCallbackMethod", ALL_KNOW),
        ],
        text: false,
    },
    Rule {
        name: "Dial",
        within: &["Response"],
        attributes: &[
            ("action", ALL_KNOW),
            ("method", ALL_KNOW),
            ("timeout", ALL_KNOW),
            ("callerId", ALL_KNOW),
        ],
        text: false,
    },
    NOUN,
    Rule { name: "Sip", ..NOUN },
    Rule { name: "Redirect", within: &["Response"], attributes: &[("method", ALL_KNOW)], text: true },
    Rule { name: "Hangup", within: &["Response"], attributes: &[], text: false },
];

const NOUN: Rule = Rule {
    name: "Number",
    within: &["Dial"],
    attributes: &[
        ("statusCallback", &["somleng"]),
        ("statusCallbackEvent", &["somleng"]),
        ("statusCallbackMethod", &["somleng"]),
        ("machineDetection", &["generic", "telnyx", "somleng"]),
        ("amdStatusCallback", &["generic", "telnyx", "somleng"]),
        ("amdStatusCallbackMethod", &["generic", "telnyx", "somleng"]),
    ],
    text: true,
};

/// Why `document` is not one for `profile`.
fn faults(profile: &Profile, document: &str) -> Vec<String> {
    let (mut found, mut open) = (Vec::new(), vec![String::new()]);
    let mut reader = quick_xml::Reader::from_str(document);
    reader.config_mut().check_end_names = true;
    let (mut last, mut text) = (String::new(), String::new());
    loop {
        match reader.read_event() {
            Ok(Xml::Start(start)) => {
                open.push(element(profile, &start, open.last().unwrap(), &mut found));
                text.clear();
            }
            Ok(Xml::Empty(start)) => last = element(profile, &start, open.last().unwrap(), &mut found),
            Ok(Xml::Text(words)) => text.push_str(&words),
            Ok(Xml::GeneralRef(_)) => text.push('&'),
            Ok(Xml::End(_)) => {
                last = open.pop().unwrap();
                let speaks = RULES.iter().any(|rule| rule.name == last && rule.text);
                if speaks == text.trim().is_empty() && last != "Response" {
                    found.push(format!("<{last}> holds {text:?}"));
                }
                text.clear();
            }
            Ok(Xml::Decl(_)) => {}
            Ok(Xml::Eof) if open.len() == 1 => break,
            other => {
                found.push(format!("not XML of ours: {other:?}"));
                break;
            }
        }
    }
    if last != "Response" {
        found.push(format!("ends with {last}"));
    }
    found
}

/// Holds one element against the rules.
fn element(profile: &Profile, start: &BytesStart<'_>, parent: &str, found: &mut Vec<String>) -> String {
    let name = start.name().as_ref().to_owned();
    let Some(rule) = RULES.iter().find(|rule| rule.name == name) else {
        found.push(format!("<{name}> is not known to every provider"));
        return name;
    };
    if !rule.within.contains(&parent) {
        found.push(format!("<{name}> stands in <{parent}>"));
    }
    for attribute in start.attributes() {
        let Ok(attribute) = attribute else {
            found.push(format!("<{name}> has attributes that are none"));
            continue;
        };
        let key = attribute.key.as_ref().to_owned();
        let value = attribute.value.clone().into_owned();
        let known = rule.attributes.iter().find(|(known, _)| *known == key);
        if known.is_none_or(|(_, not)| not.contains(&profile.abilities.profile)) {
            found.push(format!("{} does not know <{name} {key}>", profile.abilities.profile));
        }
        if !value_fits(profile, &name, &key, &value) {
            found.push(format!("<{name} {key}=\"{value}\">"));
        }
    }
    name
}

/// Limits as the providers state them: not read from the profile, which could be wrong.
fn value_fits(profile: &Profile, name: &str, key: &str, value: &str) -> bool {
    let number = value.parse::<u32>();
    let telnyx = profile.abilities.profile == "telnyx";
    match (name, key) {
        (
            _,
            "method" | "statusCallbackMethod" | "recordingStatusCallbackMethod" | "amdStatusCallbackMethod",
        ) => value == "POST",
        (_, "action" | "statusCallback" | "recordingStatusCallback" | "amdStatusCallback") => {
            value.starts_with('/')
        }
        ("Gather", "timeout") => {
            number.is_ok_and(|seconds| (1..=if telnyx { 120 } else { 600 }).contains(&seconds))
        }
        ("Dial", "timeout") => {
            number.is_ok_and(|seconds| (5..=if telnyx { 120 } else { 600 }).contains(&seconds))
        }
        ("Record", "timeout") => number.is_ok_and(|seconds| !telnyx || seconds == 0),
        ("Record", "maxLength") => number.is_ok_and(|seconds| (1..=14_400).contains(&seconds)),
        ("Gather", "numDigits") => number.is_ok_and(|keys| keys > 0),
        // Each provider's page on Record speaks of a set of keys, any one of which ends it.
        ("Record", "finishOnKey") => {
            !value.is_empty() && value.chars().all(|key| "0123456789*#".contains(key))
        }
        (_, "finishOnKey") => value.is_empty() || (value.len() == 1 && "0123456789*#".contains(value)),
        (_, "playBeep") => ["true", "false"].contains(&value),
        (_, "callerId") => {
            value.starts_with('+') || !["telnyx", "signalwire"].contains(&profile.abilities.profile)
        }
        _ => !value.is_empty(),
    }
}

fn any_prompt() -> impl Strategy<Value = Prompt> {
    let language = prop::sample::select(vec!["zh-CN", "zh-HK", "en", "da"]);
    let audio = prop::option::of("[a-z]{1,8}/[a-z &]{1,8}\\.wav");
    (language, "\\PC{0,40}|[<>&\"'\\u{0}-\\u{20}]{0,12}|(您好。){1,900}", audio).prop_map(
        |(language, text, audio)| Prompt {
            language: domain::Language::parse(language).unwrap(),
            text,
            audio,
        },
    )
}

fn any_verb() -> impl Strategy<Value = Verb> {
    let key = || prop::option::of(prop::sample::select(vec!['#', '*', '0', '9']));
    let number =
        prop::sample::select(vec!["120", "+4597648010", "8001", "sip:8001@desk.example;transport=tls"]);
    prop_oneof![
        any_prompt().prop_map(Verb::Say),
        (
            prop::collection::vec(any_prompt(), 0..4),
            prop::option::of(any::<u8>()),
            key(),
            any::<u32>(),
            prop::option::of(any_prompt())
        )
            .prop_map(|(prompts, max_digits, finish_key, timeout_seconds, tune)| Verb::Gather {
                prompts,
                max_digits,
                finish_key,
                timeout_seconds,
                tune
            }),
        (any::<u32>(), any::<u32>(), "[#*09]{0,3}", any::<bool>()).prop_map(
            |(max_seconds, silence_seconds, finish_keys, beep)| {
                Verb::Record { max_seconds, silence_seconds, finish_keys, beep }
            }
        ),
        (number, any::<u32>()).prop_map(|(to, timeout_seconds)| Verb::Dial {
            to: PhoneNumber::parse(to).unwrap(),
            timeout_seconds
        }),
        Just(Verb::Next),
        Just(Verb::Hangup),
    ]
}

proptest! {
    #[test]
    fn every_document_is_one_that_the_provider_takes(
        verbs in prop::collection::vec(any_verb(), 0..5), sound: bool, shown: bool, told: bool
    ) {
        let links = Links {
            audio: sound.then_some("/voice/p/12320/audio"),
            caller_id: shown.then_some("12320"),
            recording_status: told.then_some("/voice/p/12320/recording"),
            dial_status: told.then_some("/voice/p/12320/status"),
            machine_status: told.then_some("/voice/p/12320/callback?t=amd"),
            ..LINKS
        };
        for profile in ALL {
            let document = render(profile, &verbs, &links);
            prop_assert!(document.len() <= 64 * 1024, "{} bytes", document.len());
            let found = faults(profile, &document);
            prop_assert!(found.is_empty(), "{found:?}\n{document}");
            prop_assert!(document::parse(&document).is_ok(), "{document}");
        }
    }
}

#[test]
fn the_reader_finds_what_a_provider_would_not_take() {
    let telnyx = ALL.into_iter().find(|profile| profile.abilities.profile == "telnyx").unwrap();
    for (document, says) in [
        ("<Response><Pause/></Response>", "<Pause> is not known"),
        ("<Response><Gather><Dial timeout=\"9\"></Dial></Gather></Response>", "<Dial> stands in <Gather>"),
        ("<Response><Gather timeout=\"121\"></Gather></Response>", "timeout=\"121\""),
        ("<Response><Gather method=\"POST\"></Gather></Response>", "does not know <Gather method>"),
        ("<Response><Record timeout=\"5\"/></Response>", "<Record timeout=\"5\">"),
        ("<Response><Say></Say></Response>", "<Say> holds"),
        ("<Response>Hello<Hangup>now</Hangup></Response>", "<Hangup> holds"),
        ("<Response><Hangup></Response>", "not XML"),
        ("<Say language=\"da-DK\">a</Say>", "<Say> stands in <>"),
    ] {
        let found = faults(telnyx, document);
        assert!(found.iter().any(|fault| fault.contains(says)), "{document}: {found:?}");
    }
}

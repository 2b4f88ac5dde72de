//! What providers of little ability are told by the checker, before anybody dials.

use super::full_sources;
use crate::abilities::{Abilities, Control};
use crate::check::cannot_do;
use crate::load;

/// Can do everything that the script asks for.
const ABLE: Abilities = Abilities {
    profile: "able",
    most_document_bytes: 64 * 1024,
    gather_seconds: 1..=60,
    most_digits: 20,
    ring_seconds: 5..=60,
    record_seconds: 1..=600,
    record_ends_on_silence: true,
    record_ends_on_key: true,
    plays_audio: true,
    spoken: &[],
    dials_sip: true,
    shows_e164_only: false,
    recordings_told: true,
    legs_told: true,
    detects_machines: true,
    control: Control::WHOLE,
};

/// What is said of the script with every kind of node.
fn said_of(abilities: &Abilities) -> Vec<String> {
    let script = load(&full_sources()).unwrap();
    let found = cannot_do(&script, "full/script.toml", abilities);
    assert!(found.iter().all(|found| found.code == "provider-cannot" && !found.remedy.is_empty()));
    found.into_iter().map(|found| format!("{}: {}", found.line, found.message)).collect()
}

#[test]
fn a_provider_that_can_do_everything_is_told_nothing() {
    assert_eq!(said_of(&ABLE), [""; 0]);
}

/// Leads nowhere where it would go round for who is silent.
const INSTEAD: &str = r#"
[node.instead]
kind = "callback"
prompt = "callback-confirm"
ask_number = "callback-number"
read_back = "callback-read-back"
promised = "callback-promised"
next = "goodbye"
no_input = "goodbye"
invalid = "goodbye"
"#;

#[test]
fn a_script_that_says_where_to_go_instead_of_a_message_is_taken() {
    let mute = Abilities { record_seconds: 0..=0, ..ABLE.clone() };
    let said = said_of(&mute);
    assert!(said.len() == 1 && said[0].contains("take the message of \"voicemail\""), "{said:?}");
    let mut sources = full_sources();
    let text = &mut sources.files[0].text;
    *text = text.replace("purpose = \"message\"", "purpose = \"message\"\nwithout_recording = \"instead\"");
    text.push_str(INSTEAD);
    let script = load(&sources).unwrap();
    assert_eq!(cannot_do(&script, "full/script.toml", &mute), []);
    let night = |header: &str, then: &str| {
        super::golden_on(
            &script,
            &format!(
                "call +4570102030, 2026-03-03 23:40, closed{header}\n  note came = in\n  say Welcome.\n{then}\nhang up"
            ),
        );
    };
    night("", "  say Speak after the tone.\n  gather 1 key, 2 s");
    night(", unrecorded", "  say Press 1 for this number, press 2 for another.\n  gather 1 key, 8 s");
}

#[test]
fn each_thing_that_a_provider_cannot_do_is_named_with_its_node() {
    let cases = [
        (Abilities { gather_seconds: 1..=8, ..ABLE.clone() }, "wait 12 s for a key at \"agent\""),
        (Abilities { most_digits: 5, ..ABLE.clone() }, "take 6 keys at \"collect\""),
        (Abilities { ring_seconds: 5..=20, ..ABLE.clone() }, "let a telephone ring for 30 s at \"office\""),
        (Abilities { record_seconds: 1..=60, ..ABLE.clone() }, "record 120 s at \"voicemail\""),
        (
            Abilities { record_ends_on_silence: false, record_ends_on_key: false, ..ABLE.clone() },
            "tell when the caller has finished speaking at \"voicemail\"",
        ),
        (Abilities { spoken: &["en"], ..ABLE.clone() }, "speak da"),
        (
            Abilities { control: Control { redirects_calls: false, ..Control::WHOLE }, ..ABLE.clone() },
            "put a caller who waits at \"agent\" through to a person",
        ),
    ];
    for (abilities, what) in cases {
        let said = said_of(&abilities);
        assert!(said.iter().any(|said| said.ends_with(&format!("able cannot {what}"))), "{what}: {said:?}");
    }
}

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

//! Telnyx, whose markup is called TeXML: <https://developers.telnyx.com/docs/voice/programmable-voice/texml-verbs>.
//!
//! Silence could end a recording there, but only by sending the voice through a speech recogniser, which nobody has
//! agreed to: a key or the longest length ends it.

use callflow::Abilities;
use callflow::abilities::Control;

use super::{Markup, Profile, Signing};
use crate::twiml::rest::{Rest, Style};
use crate::twiml::voices;

pub(super) static PROFILE: Profile = Profile {
    abilities: Abilities {
        profile: "telnyx",
        most_document_bytes: 64 * 1024,
        gather_seconds: 1..=120,
        most_digits: 64,
        ring_seconds: 5..=120,
        record_seconds: 1..=14_400,
        record_ends_on_silence: false,
        record_ends_on_key: true,
        plays_audio: true,
        spoken: &["zh", "en", "da"],
        dials_sip: true,
        shows_e164_only: true,
        recordings_told: true,
        legs_told: true,
        detects_machines: true,
        control: Control::WHOLE,
    },
    signing: Signing::PublicKey,
    markup: Markup {
        absolute_links: true,
        gather_method: false,
        detects_on_dial: false,
        longest_say: 3_000,
        voices: &voices::NEURAL,
    },
    rest: Rest { root: "/v2/texml/Accounts/", style: Style::Telnyx, whole: true },
    api_url: Some("https://api.telnyx.com"),
    sound_folders: &["https://s3.amazonaws.com/telephony-recorder-prod/"],
};

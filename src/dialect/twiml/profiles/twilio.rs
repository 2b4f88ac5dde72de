//! Twilio itself. Limits: <https://www.twilio.com/docs/voice/twiml>; a Dial may ring 600 seconds there.

use callflow::Abilities;
use callflow::abilities::Control;

use super::{Markup, Profile, Signing};
use crate::twiml::rest::{Rest, Style};
use crate::twiml::signature::Scheme;
use crate::twiml::voices;

pub(super) static PROFILE: Profile = Profile {
    abilities: Abilities {
        profile: "twilio",
        most_document_bytes: 64 * 1024,
        gather_seconds: 1..=600,
        most_digits: 64,
        ring_seconds: 5..=600,
        record_seconds: 1..=14_400,
        record_ends_on_silence: true,
        record_ends_on_key: true,
        plays_audio: true,
        spoken: &["zh", "en", "da"],
        dials_sip: true,
        shows_e164_only: false,
        recordings_told: true,
        legs_told: true,
        detects_machines: true,
        control: Control::WHOLE,
    },
    signing: Signing::Shared(Scheme::TWILIO),
    markup: Markup {
        absolute_links: false,
        gather_method: true,
        detects_on_dial: true,
        longest_say: 4_000,
        voices: &voices::NEURAL,
    },
    rest: Rest { root: "/2010-04-01/Accounts/", style: Style::Twilio, whole: true },
    api_url: Some("https://api.twilio.com"),
    sound_folders: &[],
};

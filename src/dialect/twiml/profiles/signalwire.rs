//! SignalWire, whose markup is called cXML (once LaML). Its own key and header, absolute addresses, and a REST side
//! below `/api/laml` of the space: <https://signalwire.com/docs/compatibility-api>.

use callflow::Abilities;
use callflow::abilities::Control;

use super::{Markup, Profile, Signing};
use crate::twiml::rest::{Rest, Style};
use crate::twiml::signature::Scheme;
use crate::twiml::voices;

pub(super) static PROFILE: Profile = Profile {
    abilities: Abilities {
        profile: "signalwire",
        most_document_bytes: 64 * 1024,
        gather_seconds: 1..=600,
        most_digits: 64,
        ring_seconds: 5..=600,
        record_seconds: 1..=3_600,
        record_ends_on_silence: true,
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
    signing: Signing::Shared(Scheme::SIGNALWIRE),
    markup: Markup {
        absolute_links: true,
        gather_method: true,
        detects_on_dial: true,
        longest_say: 4_000,
        voices: &voices::NEURAL,
    },
    rest: Rest { root: "/api/laml/2010-04-01/Accounts/", style: Style::Twilio, whole: true },
    // Every customer has a space with a host of its own.
    api_url: None,
    sound_folders: &[],
};

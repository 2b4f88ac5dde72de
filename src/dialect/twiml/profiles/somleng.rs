//! Somleng, the open carrier of governments and relief organisations: a part of TwiML and of the REST side, as its
//! sources have them (<https://github.com/somleng/somleng-switch>, <https://github.com/somleng/somleng>).
//!
//! Statuses come at the end only, legs are not told, live calls are not recorded, and calls are not listed.

use callflow::Abilities;
use callflow::abilities::Control;

use super::{Markup, Profile, Signing};
use crate::twiml::rest::{Rest, Style};
use crate::twiml::signature::Scheme;
use crate::twiml::voices;

pub(super) static PROFILE: Profile = Profile {
    abilities: Abilities {
        profile: "somleng",
        most_document_bytes: 64 * 1024,
        gather_seconds: 1..=120,
        most_digits: 64,
        ring_seconds: 5..=600,
        record_seconds: 1..=3_600,
        record_ends_on_silence: true,
        record_ends_on_key: true,
        plays_audio: true,
        spoken: &["zh", "en", "da"],
        dials_sip: true,
        shows_e164_only: false,
        recordings_told: true,
        legs_told: false,
        detects_machines: false,
        control: Control {
            records_calls: false,
            pauses_recordings: false,
            has_rooms: false,
            lists_calls: false,
            ..Control::WHOLE
        },
    },
    signing: Signing::Shared(Scheme::SOMLENG),
    markup: Markup {
        absolute_links: false,
        gather_method: true,
        detects_on_dial: false,
        longest_say: 3_000,
        voices: &voices::STANDARD,
    },
    rest: Rest { root: "/2010-04-01/Accounts/", style: Style::Twilio, whole: false },
    api_url: Some("https://api.somleng.org"),
    sound_folders: &[],
};

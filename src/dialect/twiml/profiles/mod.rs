//! Peculiarities of the providers that speak TwiML, as values: one file per profile.
//!
//! A capability that a profile lacks stands in its [`Abilities`], where the checker of scripts finds it, or the
//! document is written another way; docs/providers has the same table for people.

mod generic;
mod signalwire;
mod somleng;
mod telnyx;
mod twilio;

use callflow::Abilities;

use super::rest::Rest;
use super::signature::Scheme;
use super::voices::Voice;

/// What one provider does differently.
#[derive(Debug)]
pub struct Profile {
    /// What documents can make it do; its name stands there.
    pub abilities: Abilities,
    pub signing: Signing,
    pub markup: Markup,
    pub rest: Rest,
    /// Where its REST side is, unless the configuration says otherwise; nothing: it must be told.
    pub api_url: Option<&'static str>,
    /// Folders outside of the REST side that recordings are fetched from, up to the last `/`, without a secret.
    pub sound_folders: &'static [&'static str],
}

/// How a hook shows who sent it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signing {
    /// A keyed hash over address and fields; the secret is shared.
    Shared(Scheme),
    /// Telnyx: Ed25519 over time and body; we hold the public key only.
    PublicKey,
}

/// How documents are written.
#[derive(Debug)]
pub struct Markup {
    /// Whether addresses in documents must be absolute.
    pub absolute_links: bool,
    /// Whether Gather takes a `method`; without it hooks come with the method of the first one.
    pub gather_method: bool,
    /// Whether a dialled Number says if a machine answered it. Twilio documents it, and SignalWire the same attributes;
    /// of the others it is not known, and there the agent says so.
    pub detects_on_dial: bool,
    /// Longest text of one Say in characters; longer texts are spoken in several.
    pub longest_say: usize,
    /// The voice of each language.
    pub voices: &'static [Voice],
}

/// Every profile; the first one is the dialect's default.
pub static ALL: [&Profile; 5] =
    [&generic::PROFILE, &twilio::PROFILE, &signalwire::PROFILE, &telnyx::PROFILE, &somleng::PROFILE];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_names_that_the_configuration_may_say_are_these() {
        let names: Vec<&str> = ALL.iter().map(|profile| profile.abilities.profile).collect();
        let told = crate::NAMES.iter().find(|(name, _)| *name == "twiml").unwrap().1;
        assert_eq!(names, told);
        for name in told {
            assert_eq!(crate::by_name("twiml", name).unwrap().abilities().profile, *name);
        }
    }
}

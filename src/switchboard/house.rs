//! The configured world, read once at start and never changed: providers, lines, law and directory.
//! The front door fills it from `config/` and `ivr-scripts/`.

use std::collections::BTreeMap;

use chrono_tz::Tz;
use domain::directory::Directory;
use domain::{Language, PhoneNumber, Secret};

/// A provider as configured in `[provider.NAME]`.
#[derive(Debug, Clone)]
pub struct Provider {
    pub name: String,
    /// Wire format, as `twiml`.
    pub dialect: String,
    /// Peculiarities of one provider within the dialect, as `twilio`; empty: the dialect's own default.
    pub profile: String,
    /// Account id at the provider's REST side.
    pub account: String,
    /// Secrets or public keys that may sign. More than one during a rotation.
    pub tokens: Vec<Secret>,
    /// What our own requests are authorised with; nothing: the first of `tokens`.
    pub api_token: Option<Secret>,
    /// Base address of the provider's REST side.
    pub api_url: String,
}

impl Provider {
    /// What our own requests are authorised with; nothing where no secret is configured.
    pub fn rest_token(&self) -> Option<&Secret> {
        self.api_token.as_ref().or_else(|| self.tokens.first())
    }
}

/// A public line as configured in `[line.NAME]`.
#[derive(Debug, Clone)]
pub struct Line {
    pub name: String,
    /// Public numbers; the first is what our own calls show.
    pub numbers: Vec<PhoneNumber>,
    pub languages: Vec<Language>,
    pub zone: Tz,
    /// cn-gov, dk or generic.
    pub profile: String,
    /// Dialled when nothing else works.
    pub fallback_number: PhoneNumber,
    /// Who its letters are from, by language; none: the house.
    pub sender: domain::directory::Names,
    /// Who its mails are from, as `Line <no-reply@line.example>`; none: the house.
    pub mail_from: Option<String>,
    /// The place whose own laws come before the profile's, as `sichuan`.
    pub locality: Option<String>,
    /// Emergency number the script transfers to.
    pub emergency: PhoneNumber,
    pub script: crate::scripts::ScriptShelf,
    /// Opening hours and the calendar they follow.
    pub hours: clocks::OpeningHours,
    pub calendar: String,
}

/// Everything that is configured.
pub struct House {
    /// Address that providers and people reach us at, without a trailing slash.
    pub public_url: String,
    pub providers: BTreeMap<String, Provider>,
    pub lines: BTreeMap<String, Line>,
    pub directory: Directory,
    pub calendars: clocks::Calendars,
    pub laws: clocks::Laws,
    /// What suspends laws for a time.
    pub decrees: clocks::Decrees,
    pub categories: classify::Categories,
    pub classify: classify::Rules,
    /// What a point is coded on besides its category.
    pub axes: complaints::points::Axes,
    /// What a category is called elsewhere.
    pub crosswalks: complaints::points::Crosswalks,
    pub dispatch: complaints::DispatchRules,
    /// Where a complainant may go who is not content.
    pub routes: complaints::Routes,
    /// On which grounds a case is not accepted.
    pub grounds: complaints::grounds::Grounds,
    /// Standards of proof, and what is overwritten how fast.
    pub evidence: complaints::EvidenceRules,
    /// What letters say.
    pub letters: complaints::letters::LetterTexts,
    /// What is done with a case that nobody moves.
    pub supervision: complaints::supervision::Ladder,
    /// Which profiles have a dialogue, and by which rules.
    pub dialogues: complaints::dialogue::Dialogues,
    /// How a call that makes no case is filed, by one key.
    pub wrap_up: complaints::WrapUpCodes,
    /// What an agent can say when a talk is hard.
    pub phrases: complaints::knowledge::Phrases,
    /// What is worth knowing before and while complaining.
    pub articles: complaints::knowledge::Articles,
    pub ladders: callbacks::Ladders,
    /// Whom we may call, and how often.
    pub destinations: callbacks::Destinations,
    /// What the figures of the reports are held against.
    pub targets: figures::Targets,
    /// When a conversation may be recorded, and how often a sound is asked for.
    pub recording_rules: crate::recordings::RecordingRules,
    /// How long the sound of recordings is kept, and where it is not.
    pub sound_keeping: SoundKeeping,
    /// Mails, files, complaints from the web, programs with a key.
    pub doors: crate::doors::Doors,
    /// How long an offer rings, in seconds.
    pub offer_seconds: u32,
    /// How long wrap-up lasts before the agent is ready again by itself, in seconds.
    pub wrap_up_seconds: u32,
}

impl House {
    /// The zone in which a line is answered, its cases are counted, and their times are told. UTC for a line that is no
    /// longer configured.
    pub fn zone_of(&self, line: &str) -> chrono_tz::Tz {
        self.lines.get(line).map_or(chrono_tz::UTC, |line| line.zone)
    }

    /// Who the mails of a line are from; none: the house's own sender.
    pub(crate) fn sender_of(&self, line: &str) -> Option<String> {
        self.lines.get(line)?.mail_from.clone()
    }

    /// What the provider of that name can do; nothing for one that is not configured.
    pub(crate) fn abilities_of(&self, provider: &str) -> Option<&'static callflow::Abilities> {
        let known = self.providers.get(provider)?;
        dialect::by_name(&known.dialect, &known.profile).map(dialect::Dialect::abilities)
    }

    /// Whether callers who come by this provider can leave a message.
    pub(crate) fn takes_messages(&self, provider: &str) -> bool {
        self.abilities_of(provider).is_some_and(callflow::Abilities::takes_messages)
    }
}

/// How long the sound of recordings is kept.
#[derive(Debug, Clone, Default)]
pub struct SoundKeeping {
    /// Whether the provider's copy is deleted as soon as we have ours.
    pub delete_at_provider: bool,
    /// Days by purpose: message, documentation, training. A purpose that is not named is kept for ever.
    pub days: BTreeMap<String, u32>,
}

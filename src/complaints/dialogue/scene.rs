//! The scene that the tests of the dialogue play in: the shipped rules and laws, a complaint of a few points, and a
//! clock wound by hand.

use std::sync::LazyLock;

use clocks::{Calendars, Laws};
use domain::{PointId, Role, Timestamp};

use super::*;
use crate::action::Actor;

/// The shipped rules, laws and calendar.
pub(super) struct Books {
    rules: Dialogues,
    laws: Laws,
    calendars: Calendars,
}

static BOOKS: LazyLock<Books> = LazyLock::new(Books::read);

impl Books {
    fn read() -> Self {
        let mut calendars = Calendars::default();
        let denmark = include_str!("../../../config/calendars/denmark.toml");
        calendars.add(clocks::Calendar::parse(denmark, "denmark.toml").unwrap());
        Self {
            rules: Dialogues::parse(include_str!("../../../config/dialogue.toml"), "dialogue.toml").unwrap(),
            laws: Laws::parse(include_str!("../../../config/laws.toml"), "laws.toml").unwrap(),
            calendars,
        }
    }

    pub(super) fn reckon(&self, law: &str, start: Timestamp) -> Option<Deadline> {
        let zone = chrono_tz::Europe::Copenhagen;
        let law = self.laws.get(law, Some("dk"), start.service_day(zone))?;
        let due = clocks::due(law, start, self.calendars.get(&law.calendar)?, zone);
        Some(Deadline { law: due.law, due_at: due.due_at })
    }
}

/// A complaint with its dialogue.
pub(super) struct Scene {
    pub(super) books: &'static Books,
    pub(super) profile: &'static str,
    pub(super) complaint: bool,
    pub(super) open: bool,
    pub(super) points: Vec<PointFacts>,
    pub(super) filed: Timestamp,
    pub(super) now: Timestamp,
    pub(super) dialogue: Dialogue,
    pub(super) history: Vec<DialogueChange>,
}

pub(super) fn at(text: &str) -> Timestamp {
    Timestamp::parse(text).unwrap()
}

/// When the complaint reached the office, in every scene.
pub(super) const FILED: &str = "2026-01-30T10:00:00+01:00";

impl Scene {
    /// Points as (category or topic words, institution, payer): the mixed complaint of the vectors is
    /// treatment and record-keeping at a public hospital and a self-paid clinic.
    pub(super) fn with(points: &[(Topic, &str, Payer)]) -> Self {
        let books = &*BOOKS;
        let rules = books.rules.get("dk").unwrap();
        let region = |institution: &str| match institution {
            "havnby-hospital" | "laegehuset-birketorv" => Some("midtjylland".to_owned()),
            "aadal-hospital" => Some("syddanmark".to_owned()),
            _ => None,
        };
        let points = (1..).zip(points).map(|(n, (topic, institution, payer))| PointFacts {
            id: PointId::new(format!("p{n}")),
            topic: Some(*topic),
            payer: *payer,
            institution: Some((*institution).to_owned()),
            site: rules.site(Some(institution)),
            region: region(institution),
            words: format!("punkt {n}"),
        });
        Self {
            points: points.collect(),
            books,
            profile: "dk",
            complaint: true,
            open: true,
            filed: at(FILED),
            now: at(FILED),
            dialogue: Dialogue::default(),
            history: Vec::new(),
        }
    }

    /// One point about treatment at a public hospital.
    pub(super) fn plain() -> Self {
        Self::with(&[(Topic::Treatment, "havnby-hospital", Payer::Region)])
    }

    /// The rules of its profile.
    pub(super) fn rules(&self) -> &'static DialogueRules {
        self.books.rules.get(self.profile).unwrap()
    }

    pub(super) fn decide(
        &self,
        actor: &Actor,
        action: &DialogueAction,
    ) -> Result<Vec<DialogueChange>, DialogueRefusal> {
        let reckon = |law: &str, start| self.books.reckon(law, start);
        let facts = DialogueFacts {
            rules: self.books.rules.get(self.profile),
            complaint: self.complaint,
            case_open: self.open,
            complaint_received: self.filed,
            points: &self.points,
            now: self.now,
            reckon: &reckon,
        };
        decide_dialogue(&self.dialogue, &facts, action, actor)
    }

    /// Does it, and keeps the history; or the code of the refusal.
    pub(super) fn attempt(
        &mut self,
        actor: &Actor,
        action: &DialogueAction,
    ) -> Result<Vec<&'static str>, DialogueRefusalCode> {
        let changes = self.decide(actor, action).map_err(|refusal| refusal.0)?;
        for change in &changes {
            self.dialogue.apply(change);
        }
        let kinds = changes.iter().map(DialogueChange::kind).collect();
        self.history.extend(changes);
        Ok(kinds)
    }

    /// The agent does it.
    pub(super) fn agent(&mut self, action: DialogueAction) -> Vec<&'static str> {
        self.attempt(&agent(), &action).unwrap()
    }

    /// The region's staff does it.
    pub(super) fn region(&mut self, action: DialogueAction) -> Vec<&'static str> {
        self.attempt(&region(), &action).unwrap()
    }

    pub(super) fn refused(&self, actor: &Actor, action: &DialogueAction) -> DialogueRefusalCode {
        self.decide(actor, action).unwrap_err().0
    }

    /// Yes, and received on Monday 2026-02-02.
    pub(super) fn received(mut self) -> Self {
        self.agent(yes());
        self.now = at("2026-02-02T09:00:00+01:00");
        self.region(DialogueAction::RecordReceipt { at: self.now });
        self
    }

    pub(super) fn invited(mut self) -> Self {
        self = self.received();
        self.region(DialogueAction::Invite { appointment: meeting("2026-02-12T10:00:00+01:00") });
        self
    }

    pub(super) fn held(mut self) -> Self {
        self = self.invited();
        self.now = at("2026-02-12T12:00:00+01:00");
        self.region(hold("2026-02-12T10:00:00+01:00", Form::Meeting));
        self
    }
}

pub(super) fn agent() -> Actor {
    Actor { role: Role::Agent, department: None }
}

/// The region's dialogue staff.
pub(super) fn region() -> Actor {
    Actor { role: Role::Handler, department: Some("doctor-patient-office".to_owned()) }
}

/// The house itself.
pub(super) fn house() -> Actor {
    Actor { role: Role::Supervisor, department: None }
}

pub(super) fn answer(accepted: bool) -> DialogueAction {
    DialogueAction::Answer { accepted, motive: Some(Motive::Explanation), wishes: Wishes::default() }
}

pub(super) fn yes() -> DialogueAction {
    answer(true)
}

pub(super) fn doctor() -> Vec<Participant> {
    vec![Participant { role: ParticipantRole::TreatingStaff, name: "Overlæge Holm".to_owned() }]
}

pub(super) fn meeting(when: &str) -> Appointment {
    Appointment {
        form: Form::Meeting,
        at: at(when),
        place: "Havnby Universitetshospital, indgang C".to_owned(),
        participants: doctor(),
    }
}

pub(super) fn hold(when: &str, form: Form) -> DialogueAction {
    DialogueAction::Hold {
        at: at(when),
        form,
        participants: doctor(),
        companion_came: false,
        minutes: "Forløbet blev gennemgået.".to_owned(),
    }
}

pub(super) fn decline(maintained: Option<Maintained>, withdrawal: Option<Withdrawal>) -> DialogueAction {
    DialogueAction::Decline {
        at: at("2026-02-02T09:00:00+01:00"),
        channel: crate::words::Channel::Phone,
        maintained,
        withdrawal,
    }
}

pub(super) fn in_words() -> Withdrawal {
    Withdrawal {
        statement: "Jeg trækker min klage tilbage.".to_owned(),
        informed: true,
        channel: crate::words::Channel::Phone,
    }
}

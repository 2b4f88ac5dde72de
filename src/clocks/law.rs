//! A duty with a time limit, as data: what starts it, what is counted, where it is written, when it holds.

use chrono::NaiveDate;
use domain::codes;
use domain::directory::Names;
use domain::{DataFile, Fault};
use serde::Deserialize;
use toml::Spanned;

codes! {
    /// What a limit is counted in.
    pub enum Unit, "unit of a law" {
        /// Days on which offices work, make-up workdays included.
        WorkingDay = "working_day",
        /// Every day.
        CalendarDay = "calendar_day",
        /// Seven calendar days.
        Week = "week",
        /// Sixty minutes on the clock, day and night.
        Hour = "hour",
    }
}

codes! {
    /// The event that starts the count.
    pub enum StartEvent, "start event" {
        /// The complaint reached the hotline or the institution.
        Received = "received",
        /// The case was dispatched.
        Dispatched = "dispatched",
        /// The department signed for it.
        SignedFor = "signed_for",
        /// The department answered.
        Answered = "answered",
        /// The result was fed back to the complainant.
        FedBack = "fed_back",
        /// The region received the complaint from the agency.
        RegionReceived = "region_received",
        /// The patient died.
        Death = "death",
    }
}

codes! {
    /// What must be done in time. The switchboard asks by duty, so that no law id stands in code.
    pub enum Duty, "duty" {
        /// Pass an ordinary case on.
        Dispatch = "dispatch",
        /// Pass an urgent case on.
        DispatchUrgent = "dispatch_urgent",
        /// Sign for a case.
        Sign = "sign",
        /// Return a case that belongs elsewhere.
        Return = "return",
        /// Answer a case that one department can answer.
        Answer = "answer",
        /// Answer a case that several departments must answer together.
        AnswerJoint = "answer_joint",
        /// Call the complainant after the result.
        FollowUp = "follow_up",
        /// Call somebody who left a message.
        CallBack = "call_back",
        /// Invite to, hold and report the dialogue.
        Dialogue = "dialogue",
        /// A limit the complainant or the institution is told about; nobody here is reminded of it.
        Information = "information",
    }
}

codes! {
    /// What happens when the last day is a day off.
    pub enum WhenOff, "rule for days off" {
        /// It stays.
        Stay = "stay",
        /// It moves to the next working day.
        NextWorkingDay = "next_working_day",
    }
}

/// One time limit.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Law {
    /// Stable name, as `cn-order3-single`. Several entries may share it where they hold at different times.
    pub id: String,
    pub names: Names,
    pub duty: Duty,
    pub unit: Unit,
    /// How many units.
    pub count: u32,
    /// Whether the day of the start event is day 0, that is, not counted.
    #[serde(default = "yes")]
    pub day_zero: bool,
    #[serde(default = "stay")]
    pub when_off: WhenOff,
    pub start: StartEvent,
    /// Calendar whose days are counted.
    pub calendar: String,
    /// The profile it belongs to; none means every profile.
    #[serde(default)]
    pub profile: Option<String>,
    /// Where it is written, as it would be cited in a letter.
    pub citation: String,
    #[serde(default)]
    pub valid_from: Option<NaiveDate>,
    #[serde(default)]
    pub valid_to: Option<NaiveDate>,
}

fn yes() -> bool {
    true
}

fn stay() -> WhenOff {
    WhenOff::Stay
}

impl Law {
    /// Longest limit accepted, in units: a slip of the pen should not make a deadline in the next century.
    const LARGEST: u32 = 5000;

    /// Whether the law is in force on `day`.
    pub fn holds_on(&self, day: NaiveDate) -> bool {
        self.valid_from.is_none_or(|from| from <= day) && self.valid_to.is_none_or(|to| day <= to)
    }
}

/// Every law of `config/laws.toml`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Laws(Vec<Law>);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    law: Vec<Spanned<Law>>,
}

impl Laws {
    /// Reads the file of laws.
    pub fn parse(text: &str, file: &str) -> Result<Self, Fault> {
        let source = DataFile::new(text, file);
        let entries: File = source.read()?;
        let mut laws: Vec<Law> = Vec::new();
        for entry in entries.law {
            let at = entry.span().start;
            let law = entry.into_inner();
            if law.count == 0 || law.count > Law::LARGEST {
                let remedy = format!("write a count from 1 to {}", Law::LARGEST);
                return Err(source.fault(at, format!("law {} has count {}", law.id, law.count), remedy));
            }
            if laws.iter().any(|other| overlap(other, &law)) {
                let remedy = "end the older one with valid_to the day before, or give one of them a profile of its own";
                return Err(source.fault(
                    at,
                    format!("law {} stands twice for the same days", law.id),
                    remedy,
                ));
            }
            laws.push(law);
        }
        Ok(Self(laws))
    }

    /// The law `id` as it stands on `day`; a version written for `profile` beats the one for all.
    pub fn get(&self, id: &str, profile: Option<&str>, day: NaiveDate) -> Option<&Law> {
        self.best(profile, |law| law.id == id && law.holds_on(day))
    }

    /// The law that sets the limit of `duty` for `profile` on `day`.
    pub fn for_duty(&self, duty: Duty, profile: &str, day: NaiveDate) -> Option<&Law> {
        self.best(Some(profile), |law| law.duty == duty && law.holds_on(day))
    }

    /// Every law, in the order of the file.
    pub fn all(&self) -> &[Law] {
        &self.0
    }

    fn best(&self, profile: Option<&str>, fits: impl Fn(&Law) -> bool) -> Option<&Law> {
        let of_profile = self
            .0
            .iter()
            .find(|law| fits(law) && profile.is_none_or(|name| law.profile.as_deref() == Some(name)));
        of_profile.or_else(|| self.0.iter().find(|law| fits(law) && law.profile.is_none()))
    }
}

fn overlap(one: &Law, other: &Law) -> bool {
    let starts_before_end = |a: &Law, b: &Law| match (a.valid_from, b.valid_to) {
        (Some(from), Some(to)) => from <= to,
        _ => true,
    };
    one.id == other.id
        && one.profile == other.profile
        && starts_before_end(one, other)
        && starts_before_end(other, one)
}

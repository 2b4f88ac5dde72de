//! A duty with a time limit, as data: what starts it, what is counted, what holds it still, how far it may be
//! extended, where it is written, when it holds.

use chrono::NaiveDate;
use domain::codes;
use domain::directory::Names;
use domain::{RequestType, Role};
use serde::Deserialize;

use crate::calendar::Calendar;
use crate::hours::OpeningHours;
use crate::ledger::PauseReason;

codes! {
    /// What a limit is counted in.
    pub enum Unit, "unit of a law" {
        /// Days on which offices work, make-up workdays included.
        WorkingDay = "working_day",
        /// Every day.
        CalendarDay = "calendar_day",
        /// Seven calendar days.
        Week = "week",
        /// Up to the same day of a later year.
        Year = "year",
        /// Sixty minutes on the clock, day and night.
        Hour = "hour",
        /// Sixty minutes of office hours.
        WorkingHour = "working_hour",
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
        /// It was decided to take the matter up (受理).
        Accepted = "accepted",
        /// Something was asked of somebody: a review, a piece of evidence, a co-handler's part.
        Requested = "requested",
        /// The complainant came to know of it.
        Known = "known",
        /// It happened.
        Happened = "happened",
    }
}

codes! {
    /// What must be done in time. The switchboard asks by duty, so that no law id stands in code.
    pub enum Duty, "duty" {
        /// Tell the complainant that the case is there.
        Acknowledge = "acknowledge",
        /// Decide whether to take the matter up.
        Accept = "accept",
        /// Pass an ordinary case on.
        Dispatch = "dispatch",
        /// Pass a case on that touches people's basic supply.
        DispatchPressing = "dispatch_pressing",
        /// Pass an urgent case on.
        DispatchUrgent = "dispatch_urgent",
        /// Sign for a case.
        Sign = "sign",
        /// Return a case that belongs elsewhere.
        Return = "return",
        /// Rule on a case that nobody wants (争议裁定).
        Rule = "rule",
        /// Answer a case that one department can answer.
        Answer = "answer",
        /// Answer a case that several departments must answer together.
        AnswerJoint = "answer_joint",
        /// Report a co-handler's part to the lead.
        CoHandle = "co_handle",
        /// Give the complainant the result.
        Reply = "reply",
        /// Call the complainant after the result.
        FollowUp = "follow_up",
        /// Call somebody who left a message.
        CallBack = "call_back",
        /// Invite to, hold and report the dialogue.
        Dialogue = "dialogue",
        /// Have the autopsy done.
        Autopsy = "autopsy",
        /// Finish a mediation.
        Mediation = "mediation",
        /// A limit the complainant or the institution is told about; nobody here is reminded of it.
        Information = "information",
    }
}

impl Duty {
    /// Whether one extension moves both: more time to answer is more time to reply.
    pub fn same_family(self, other: Self) -> bool {
        let answers = |duty| matches!(duty, Self::Answer | Self::AnswerJoint | Self::Reply);
        self == other || (answers(self) && answers(other))
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

/// How far a limit may be extended.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExtensionRule {
    /// How many units in all.
    pub count: u32,
    /// How often.
    #[serde(default = "once")]
    pub times: u32,
    /// Who may approve it.
    pub approvers: Vec<Role>,
    /// Whether the complainant must be told, with the reason.
    #[serde(default = "yes")]
    pub tell_complainant: bool,
    /// Where it is written, where that is another place than the limit's.
    #[serde(default)]
    pub citation: Option<String>,
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
    /// Office hours of the count in working hours; none means the calendar's.
    #[serde(default)]
    pub hours: Option<OpeningHours>,
    /// The profile it belongs to; none means every profile.
    #[serde(default)]
    pub profile: Option<String>,
    /// The place it holds in, as `sichuan`; none means everywhere the profile does.
    #[serde(default)]
    pub locality: Option<String>,
    /// The request types it holds for; none named means all.
    #[serde(default)]
    pub request_types: Vec<RequestType>,
    /// What may hold it still.
    #[serde(default)]
    pub pauses: Vec<PauseReason>,
    #[serde(default)]
    pub extension: Option<ExtensionRule>,
    /// Shares of its working time, in percent, at which somebody is warned; none named means the file's `warn_at`.
    #[serde(default)]
    pub warn_at: Vec<u8>,
    /// For a co-handler: percent of the lead's working time that must be left when the part is due.
    #[serde(default)]
    pub leave_percent: u8,
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

fn once() -> u32 {
    1
}

fn stay() -> WhenOff {
    WhenOff::Stay
}

impl Law {
    /// Whether the law is in force on `day`.
    pub fn holds_on(&self, day: NaiveDate) -> bool {
        self.valid_from.is_none_or(|from| from <= day) && self.valid_to.is_none_or(|to| day <= to)
    }

    /// Whether its count needs to know which days are worked.
    pub fn needs_calendar(&self) -> bool {
        matches!(self.unit, Unit::WorkingDay | Unit::WorkingHour) || self.when_off == WhenOff::NextWorkingDay
    }

    /// The office hours it is counted and warned in.
    pub fn office<'a>(&'a self, calendar: &'a Calendar) -> Option<&'a OpeningHours> {
        self.hours.as_ref().or(calendar.hours.as_ref())
    }
}

//! What is journalled: a turn as it was answered, a report or a hook of a callback as it came, a sound that lies on
//! the shelf. The form is the journal's own, so that a program that is newer than its journal can still read it.

use callflow::{DialOutcome, Event, Turn};
use dialect::incoming::Kind;
use dialect::{CallStatus, Direction, Incoming, RecordingReport, RecordingStatus, StatusReport};
use domain::{Caller, Timestamp};
use serde::{Deserialize, Serialize};

use super::TurnName;
use crate::Knock;

/// One record of the journal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Entry {
    Turn(Box<TurnEntry>),
    Report(Box<ReportEntry>),
    Callback(Box<CallbackEntry>),
    Upload(Box<UploadEntry>),
}

/// The call, as every hook tells of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct CallEntry {
    pub(crate) provider: String,
    pub(crate) line: String,
    pub(crate) id: String,
    pub(crate) parent: Option<String>,
    pub(crate) outbound: bool,
    pub(crate) caller: Caller,
    pub(crate) dialled: String,
}

/// A turn that was answered without the store.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct TurnEntry {
    pub(crate) call: CallEntry,
    pub(crate) branch: u32,
    pub(crate) step: u32,
    pub(crate) at: Timestamp,
    pub(crate) event: Event,
    /// Version of the script that the call walks.
    pub(crate) version: String,
    /// Queue that the caller had a place in before.
    pub(crate) queue: Option<String>,
    /// A dial to an agent ended with this hook, and the store must hear of it: of which visit to the queue, and how.
    pub(crate) after_dial: Option<(u32, DialOutcome)>,
    /// The provider's word for the end of the call, where it came with this hook.
    pub(crate) over: Option<String>,
    /// The store was asked first and did not answer: it may hold another answer, which nobody heard.
    pub(crate) unsure: bool,
    pub(crate) turn: Turn,
}

/// A status or recording hook that came while the store was out of reach.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct ReportEntry {
    pub(crate) call: CallEntry,
    pub(crate) at: Timestamp,
    pub(crate) report: Report,
}

/// What such a hook tells.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Report {
    Status { status: String, sequence: Option<u32>, duration_seconds: Option<u32>, at: Option<Timestamp> },
    Recording { id: String, status: String, url: Option<String>, seconds: Option<u32> },
}

/// A hook of an attempt to call somebody back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct CallbackEntry {
    /// Id of the attempt.
    pub(crate) attempt: String,
    pub(crate) at: Timestamp,
    /// The store was asked first and did not answer: it may have written that the citizen is dialled, which no
    /// telephone was told.
    pub(crate) unsure: bool,
    pub(crate) told: CallbackTold,
}

/// What such a hook tells.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum CallbackTold {
    /// The agent answered and heard that nobody can be connected now.
    NotConnected,
    /// How the attempt went, in the words of outcomes.
    Outcome(String),
    /// The agent's leg ended, in the words of statuses.
    LegEnded(String),
}

/// A sound that came while the store was out of reach, and lies on the shelf.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct UploadEntry {
    pub(crate) call: CallEntry,
    pub(crate) at: Timestamp,
    /// Id of its recording: the same for the same sound of the same call.
    pub(crate) id: String,
    pub(crate) place: String,
    pub(crate) media_type: String,
    pub(crate) bytes: i64,
    pub(crate) sha256: String,
    pub(crate) seconds: Option<u32>,
}

const RECORDING: [(RecordingStatus, &str); 4] = [
    (RecordingStatus::InProgress, "in-progress"),
    (RecordingStatus::Completed, "completed"),
    (RecordingStatus::Absent, "absent"),
    (RecordingStatus::Failed, "failed"),
];

impl CallEntry {
    pub(crate) fn of(knock: &Knock) -> Self {
        let incoming = &knock.incoming;
        Self {
            provider: knock.provider.clone(),
            line: knock.line.clone(),
            id: incoming.provider_call_id.clone(),
            parent: incoming.parent_call_id.clone(),
            outbound: incoming.direction == Direction::Outbound,
            caller: incoming.from.clone(),
            dialled: incoming.to.clone(),
        }
    }

    /// The hook again, with what it told.
    pub(crate) fn knock(&self, kind: Kind) -> Knock {
        let incoming = Incoming {
            provider_call_id: self.id.clone(),
            parent_call_id: self.parent.clone(),
            from: self.caller.clone(),
            to: self.dialled.clone(),
            direction: if self.outbound { Direction::Outbound } else { Direction::Inbound },
            status: None,
            answered_by: None,
            kind,
            upload: None,
        };
        Knock { provider: self.provider.clone(), line: self.line.clone(), token: None, incoming }
    }
}

impl TurnEntry {
    pub(super) fn name(&self) -> TurnName {
        (self.call.provider.clone(), self.call.id.clone(), self.branch, self.step)
    }

    /// The hook again, without its token.
    pub(crate) fn knock(&self) -> Knock {
        self.call.knock(match &self.event {
            Event::Started { .. } => Kind::Start,
            event => Kind::Step(event.clone()),
        })
    }
}

impl ReportEntry {
    /// None: the hook tells no report.
    pub(crate) fn of(knock: &Knock, at: Timestamp) -> Option<Self> {
        let report = match &knock.incoming.kind {
            Kind::Status(report) => Report::Status {
                status: report.status.as_str().to_owned(),
                sequence: report.sequence,
                duration_seconds: report.duration_seconds,
                at: report.at,
            },
            Kind::Recording(report) => Report::Recording {
                id: report.recording_id.clone(),
                status: word_of(report.status).to_owned(),
                url: report.url.clone(),
                seconds: report.seconds,
            },
            Kind::Start | Kind::Step(_) => return None,
        };
        Some(Self { call: CallEntry::of(knock), at, report })
    }

    /// The hook again; none: it tells something that this program does not know.
    pub(crate) fn knock(&self) -> Option<Knock> {
        let kind = match &self.report {
            Report::Status { status, sequence, duration_seconds, at } => Kind::Status(StatusReport {
                status: CallStatus::parse(status)?,
                sequence: *sequence,
                duration_seconds: *duration_seconds,
                at: *at,
                idempotency_token: None,
            }),
            Report::Recording { id, status, url, seconds } => Kind::Recording(RecordingReport {
                recording_id: id.clone(),
                url: url.clone(),
                seconds: *seconds,
                status: RECORDING.into_iter().find(|(_, word)| word == status)?.0,
            }),
        };
        Some(self.call.knock(kind))
    }
}

fn word_of(status: RecordingStatus) -> &'static str {
    RECORDING.into_iter().find(|(known, _)| *known == status).map_or("failed", |(_, word)| word)
}

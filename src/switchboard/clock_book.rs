//! The clocks of one case, from its history: which duties run, since when, by which law, until when. Pure: what is
//! written of it, and when, is `clock_agenda`'s.

use clocks::{Due, Duty, Extension, Law, Ledger, OverdueBand, Pause, PauseReason, Warning, inside_lead};
use complaints::Intake;
use domain::{RequestType, Timestamp};
use serde_json::Value;
use store::case_events::CaseEvent;
use store::cases::Case;
use store::dispatches::Dispatch;

use crate::clock_past::{Held, Past};
use crate::{House, Line, deadlines};

/// One clock with its whole reckoning.
#[derive(Debug, Clone)]
pub struct CaseClock {
    pub duty: Duty,
    /// The department of a co-handler, else empty.
    pub subject: String,
    pub start_at: Timestamp,
    pub due_at: Timestamp,
    /// How it was counted.
    pub due: Option<Due>,
    /// When the duty was done.
    pub met_at: Option<Timestamp>,
    pub warnings: Vec<Warning>,
    /// It is the clock of a case held by this one, which goes on here.
    pub taken_over: bool,
}

/// Words of the lifecycle in which no clock of a case runs any more: what was merged or withdrawn escalates to nobody.
const OVER: [&str; 8] =
    ["closed", "closed_unreached", "archived", "withdrawn", "not_accepted", "merged", "forwarded", "solved"];

/// The death that an intake tells of, by the wall clock of the line.
pub(crate) fn died_at(intake: &Intake, zone: chrono_tz::Tz) -> Option<Timestamp> {
    let told = chrono::NaiveDateTime::parse_from_str(intake.patient.died_at.trim(), "%Y-%m-%dT%H:%M").ok()?;
    Some(clocks::due::at_local(told.date(), told.time(), zone))
}

/// Whether the clocks of a case have stopped for good.
pub(crate) fn is_over(case: &Case) -> bool {
    case.closed_at.is_some() || OVER.contains(&case.status.as_str())
}

/// What a case's history says of its clocks: pauses of all rounds, extensions of the present one.
pub fn ledger<'e>(events: impl IntoIterator<Item = &'e CaseEvent>) -> Ledger {
    let mut ledger = Ledger::default();
    for event in events {
        let detail = || serde_json::from_str::<Value>(&event.detail).unwrap_or_default();
        match event.kind.as_str() {
            "suspended" => {
                ledger.pause(event.at, pause_reason(detail()["reason"].as_str().unwrap_or_default()))
            }
            "resumed" => ledger.resume(event.at),
            "reopened" => {
                ledger.resume(event.at);
                ledger.extensions.clear();
            }
            "extended" => {
                let detail = detail();
                let units = detail["units"].as_u64().and_then(|units| u32::try_from(units).ok());
                ledger.extend(Extension {
                    duty: Duty::Answer,
                    units: units.unwrap_or(0),
                    at: event.at,
                    approved_by: event.actor.clone(),
                    reason: detail["reason"].as_str().unwrap_or_default().to_owned(),
                    told_at: None,
                });
            }
            _ => {}
        }
    }
    ledger
}

/// A reason that was written by another edition counts as the commonest.
fn pause_reason(code: &str) -> PauseReason {
    code.parse().unwrap_or(PauseReason::AwaitingComplainant)
}

/// How bad it is that a case is late; nothing where it is not.
pub fn overdue_band<'h>(house: &'h House, case: &Case, now: Timestamp) -> Option<&'h OverdueBand> {
    let due_at = case.due_at.filter(|due_at| *due_at < now && case.answered_at.is_none())?;
    let line = house.lines.get(&case.line)?;
    let law = case.law.as_deref().and_then(|id| house.laws.all().iter().find(|law| law.id == id));
    let calendar = house.calendars.get(law.map_or(line.calendar.as_str(), |law| law.calendar.as_str()))?;
    house.laws.band(clocks::working_days_late(due_at, now, calendar, line.zone))
}

/// Everything a case's clocks are reckoned from.
pub(crate) struct Facts<'a> {
    pub(crate) house: &'a House,
    pub(crate) case: &'a Case,
    pub(crate) dispatches: &'a [Dispatch],
    pub(crate) events: &'a [CaseEvent],
    pub(crate) past: &'a Past,
    pub(crate) now: Timestamp,
}

/// One duty that began.
struct Begun {
    duty: Duty,
    subject: String,
    start: Timestamp,
    met_at: Option<Timestamp>,
}

impl Facts<'_> {
    /// Every clock of the case, as it stands at `now`.
    pub(crate) fn clocks(&self) -> Vec<CaseClock> {
        let Some(line) = self.house.lines.get(&self.case.line) else { return Vec::new() };
        let ledger = self.ledger();
        // Co-handlers come last, so that the lead's clock is known.
        let (helpers, own): (Vec<Begun>, Vec<Begun>) =
            self.begun(line).into_iter().partition(|begun| begun.duty == Duty::CoHandle);
        let clocks = own.iter().filter_map(|begun| self.clock(line, begun, &ledger)).collect();
        let mut clocks = self.governed(line, clocks, &ledger);
        for begun in helpers {
            let Some(own) = self.clock(line, &begun, &ledger) else { continue };
            let inside = self.inside(line, own, &clocks, &ledger);
            clocks.push(inside);
        }
        clocks
    }

    /// Duties that the law counts from something that has not happened yet, or of which nobody knows when.
    pub(crate) fn unstarted(&self) -> Vec<Duty> {
        let Some(line) = self.house.lines.get(&self.case.line) else { return Vec::new() };
        let start = self.round().unwrap_or(self.case.received_at);
        [
            (Duty::Autopsy, self.deceased() && self.died_at(line).is_none()),
            (Duty::Answer, self.answer_start(line, start).is_none() && self.past.held.is_empty()),
        ]
        .into_iter()
        .filter(|(duty, unknown)| {
            *unknown && deadlines::law_of(self.house, line, *duty, None, start).is_some()
        })
        .map(|(duty, _)| duty)
        .collect()
    }

    /// What happened to the clocks, also before the case was split off.
    pub(crate) fn ledger(&self) -> Ledger {
        ledger(self.past.before.iter().chain(self.events))
    }

    /// The greatest of these shares of the answer's working time, in percent, that has passed.
    pub(crate) fn percent_used(&self, percents: impl Iterator<Item = u8>) -> u8 {
        let line = self.house.lines.get(&self.case.line);
        let answer = self.clocks().into_iter().find(|clock| clock.duty == Duty::Answer);
        let Some((line, answer)) = line.zip(answer) else { return 0 };
        let ledger = self.ledger();
        let law = answer.due.as_ref().and_then(|due| self.by_id(line, &due.law, answer.start_at));
        let reckoning =
            law.and_then(|law| deadlines::reckoning(self.house, law, line.zone, &ledger, self.now));
        let Some((reckoning, due)) = reckoning.zip(answer.due.as_ref()) else { return 0 };
        let used = |percent: &u8| self.now >= reckoning.share(answer.start_at, due, *percent);
        percents.filter(used).max().unwrap_or(0)
    }

    /// The limit of a case that is held with this one governs where it is the earlier one (domain notes §8.14).
    fn governed(&self, line: &Line, clocks: Vec<CaseClock>, ledger: &Ledger) -> Vec<CaseClock> {
        let (answers, mut others): (Vec<CaseClock>, Vec<CaseClock>) =
            clocks.into_iter().partition(|clock| clock.duty == Duty::Answer);
        let round = self.round();
        let held = self.past.held.iter().filter(|held| round.is_none_or(|round| round <= held.since));
        let held = held.filter_map(|held| self.held_clock(line, held, ledger));
        let answers: Vec<CaseClock> = answers.into_iter().chain(held).collect();
        let first = clocks::governing(answers.iter().filter_map(|clock| clock.due.as_ref()));
        let first = first.map(|due| due.due_at);
        others.extend(answers.into_iter().find(|clock| Some(clock.due_at) == first));
        others
    }

    fn held_clock(&self, line: &Line, held: &Held, ledger: &Ledger) -> Option<CaseClock> {
        let law = self.by_id(line, &held.law, held.start)?;
        let mut joined = held.ledger.clone();
        let since = ledger.pauses.iter().filter(|pause| pause.until.is_none_or(|until| until > held.since));
        let cut = |pause: &Pause| Pause { from: pause.from.max(held.since), ..pause.clone() };
        joined.pauses.extend(since.map(cut));
        let granted = ledger.extensions.iter().filter(|extension| extension.at >= held.since);
        joined.extensions.extend(granted.cloned());
        let due = deadlines::reckoning(self.house, law, line.zone, &joined, self.now)?;
        let (reckoning, due) = (due, due.due(held.start));
        Some(CaseClock {
            duty: Duty::Answer,
            subject: String::new(),
            start_at: held.start,
            due_at: due.due_at,
            warnings: reckoning.warnings(held.start, &due),
            due: Some(due),
            met_at: self.case.answered_at,
            taken_over: true,
        })
    }

    fn by_id(&self, line: &Line, id: &str, start: Timestamp) -> Option<&Law> {
        self.house.laws.get(id, Some(&line.profile), start.service_day(line.zone))
    }

    /// The law by which the answer is due, and when.
    pub(crate) fn answer(&self) -> Option<(&Law, Timestamp)> {
        let line = self.house.lines.get(&self.case.line)?;
        let clock = self.clocks().into_iter().find(|clock| clock.duty == Duty::Answer)?;
        Some((self.by_id(line, &clock.due?.law, clock.start_at)?, clock.due_at))
    }

    fn clock(&self, line: &Line, begun: &Begun, ledger: &Ledger) -> Option<CaseClock> {
        let law = self.law(line, begun)?;
        let reckoning = deadlines::reckoning(self.house, law, line.zone, ledger, self.now)?;
        let due = reckoning.due(begun.start);
        Some(CaseClock {
            duty: begun.duty,
            subject: begun.subject.clone(),
            start_at: begun.start,
            due_at: due.due_at,
            warnings: reckoning.warnings(begun.start, &due),
            due: Some(due),
            met_at: begun.met_at,
            taken_over: false,
        })
    }

    /// A co-handler's clock inside the lead's: what the law leaves the lead is not taken.
    fn inside(&self, line: &Line, own: CaseClock, clocks: &[CaseClock], ledger: &Ledger) -> CaseClock {
        let lead = clocks.iter().find(|clock| matches!(clock.duty, Duty::Answer | Duty::AnswerJoint));
        let law = |clock: &CaseClock| self.by_id(line, &clock.due.as_ref()?.law, clock.start_at);
        let latest = lead.and_then(|lead| {
            let (of_lead, of_own) = (law(lead)?, law(&own)?);
            let reckoning = deadlines::reckoning(self.house, of_lead, line.zone, ledger, self.now)?;
            Some(reckoning.share(lead.start_at, lead.due.as_ref()?, 100 - of_own.leave_percent))
        });
        let Some(latest) = latest else { return own };
        let due = own.due.map(|due| inside_lead(due, latest, line.zone));
        let due_at = own.due_at.min(latest);
        let warnings = own.warnings.into_iter().filter(|warning| warning.at <= due_at).collect();
        CaseClock { due_at, due, warnings, ..own }
    }

    /// The law of a duty; the answer keeps the kind of law that the case was opened or extended by.
    fn law(&self, line: &Line, begun: &Begun) -> Option<&Law> {
        let request_type: Option<RequestType> = self.case.request_type.parse().ok();
        let of_duty = |duty| deadlines::law_of(self.house, line, duty, request_type, begun.start);
        if begun.duty != Duty::Answer {
            return of_duty(begun.duty);
        }
        let day = begun.start.service_day(line.zone);
        let stored =
            self.case.law.as_deref().and_then(|id| self.house.laws.get(id, Some(&line.profile), day));
        stored.and_then(|stored| of_duty(stored.duty)).or(stored).or_else(|| of_duty(Duty::Answer))
    }

    fn begun(&self, line: &Line) -> Vec<Begun> {
        let (case, last) = (self.case, self.dispatches.last());
        let of = |duty, start, met_at| Begun { duty, subject: String::new(), start, met_at };
        let round = self.round();
        let start = round.unwrap_or(case.received_at);
        let mut begun = vec![];
        if round.is_none() {
            let first = self.dispatches.first().map(|first| first.sent_at);
            // Whoever runs a dialogue works on the case from then on, as after a dispatch.
            let passed_on =
                first.into_iter().chain(self.last_of("entered_dialogue").map(|event| event.at)).min();
            begun.push(of(self.dispatch_duty(line), case.received_at, passed_on));
            // Whoever was on the telephone was told the number at once.
            let told = case.contact.as_ref().map(|_| case.received_at);
            begun.push(of(Duty::Acknowledge, case.received_at, told.or(first)));
            if let Some(died_at) = self.died_at(line) {
                begun.push(of(Duty::Autopsy, died_at, self.last_of("autopsy_settled").map(|event| event.at)));
            }
        }
        if let Some(last) = last.filter(|last| last.sent_at >= start && last.state != "superseded") {
            begun.push(of(Duty::Sign, last.sent_at, last.signed_at.or(last.returned_at)));
            begun.push(of(Duty::Return, last.sent_at, last.returned_at.or(last.signed_at)));
        }
        if let Some(start) = self.answer_start(line, start) {
            begun.push(of(Duty::Answer, start, case.answered_at));
        }
        if let Some(answered) = case.answered_at {
            begun.push(of(Duty::Reply, answered, case.feedback_at));
        }
        begun.extend(self.co_handlers());
        begun
    }

    /// When the present round began, where it is not the first.
    fn round(&self) -> Option<Timestamp> {
        let mut all = self.past.before.iter().chain(self.events).rev();
        all.find(|event| event.kind == "reopened").map(|event| event.at)
    }

    /// When the answer's law begins to run: with the receipt, or only with dispatch or signature.
    fn answer_start(&self, line: &Line, start: Timestamp) -> Option<Timestamp> {
        let law =
            self.law(line, &Begun { duty: Duty::Answer, subject: String::new(), start, met_at: None })?;
        let last = self.dispatches.last().filter(|last| last.sent_at >= start);
        match law.start {
            clocks::StartEvent::Dispatched => last.map(|last| last.sent_at),
            clocks::StartEvent::SignedFor => last.and_then(|last| last.signed_at),
            _ => Some(start),
        }
    }

    fn dispatch_duty(&self, line: &Line) -> Duty {
        let wanted = match (self.case.urgent, self.case.severity) {
            (true, _) => Duty::DispatchUrgent,
            (false, 3) => Duty::DispatchPressing,
            _ => Duty::Dispatch,
        };
        let known = deadlines::law_of(self.house, line, wanted, None, self.case.received_at).is_some();
        if known { wanted } else { Duty::Dispatch }
    }

    fn last_of(&self, kind: &str) -> Option<&CaseEvent> {
        self.events.iter().rev().find(|event| event.kind == kind)
    }

    fn deceased(&self) -> bool {
        let patient = serde_json::from_str::<Intake>(&self.case.intake).map(|intake| intake.patient);
        patient.is_ok_and(|patient| patient.deceased || !patient.died_at.trim().is_empty())
    }

    /// When the patient died: as it was noted last, else as the intake says. The law counts from the death and not
    /// from the call that tells of it.
    fn died_at(&self, line: &Line) -> Option<Timestamp> {
        let noted = self.last_of("death_noted").and_then(|event| {
            let detail: Value = serde_json::from_str(&event.detail).ok()?;
            detail["at"].as_i64().map(Timestamp)
        });
        let told = || died_at(&serde_json::from_str(&self.case.intake).ok()?, line.zone);
        noted.or_else(told)
    }

    fn co_handlers(&self) -> Vec<Begun> {
        let mut begun: Vec<Begun> = Vec::new();
        for event in self.events {
            let detail: Value = serde_json::from_str(&event.detail).unwrap_or_default();
            let department = detail["department"].as_str().unwrap_or_default();
            match event.kind.as_str() {
                "co_handler_added" => {
                    begun.retain(|one| one.subject != department);
                    let subject = department.to_owned();
                    begun.push(Begun { duty: Duty::CoHandle, subject, start: event.at, met_at: None });
                }
                "co_handler_reported" => {
                    let open =
                        begun.iter_mut().filter(|one| one.subject == department && one.met_at.is_none());
                    open.for_each(|one| one.met_at = Some(event.at));
                }
                "co_handler_dropped" => begun.retain(|one| one.subject != department),
                _ => {}
            }
        }
        begun
    }
}

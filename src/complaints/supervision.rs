//! The ladder of supervision (`config/supervision.toml`): which step is due on a case that nobody moves, and who is
//! told. Pure: the switchboard says how much of the working time is used and how many working days it is late.

use domain::directory::Names;
use domain::{DataFile, Fault, codes};
use serde::Deserialize;
use toml::Spanned;

use crate::case::CaseView;
use crate::words::{CaseStatus, Pressure};

codes! {
    /// Who is told of a step.
    pub enum Told, "person told of a supervision step" {
        /// The handlers of the department that has the case.
        Department = "department",
        /// Whoever answers for the case in the hotline.
        Owner = "owner",
        Supervisor = "supervisor",
    }
}

/// One step.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// Stable name; stands in the history.
    pub code: String,
    #[serde(default)]
    pub profile: Option<String>,
    /// Percent of the working time of the answer's limit that are used.
    #[serde(default)]
    pub at_percent: Option<u32>,
    /// Working days that the answer is late.
    #[serde(default)]
    pub days_late: Option<u32>,
    pub pressure: Pressure,
    pub told: Vec<Told>,
    pub names: Names,
    /// Where it is written, or why.
    pub citation: String,
}

/// How late a case is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lateness {
    /// Percent of the working time that is used; more than 100 once it is late.
    pub percent: u32,
    /// Full working days since the limit passed.
    pub days_late: u32,
    /// Outside working hours: nobody is told anything.
    pub quiet: bool,
}

/// The ladder, in the order of the file.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Ladder {
    steps: Vec<Step>,
    /// Hours of a working day in which somebody may be told, where the calendar has no office hours.
    awake: Option<clocks::DaySpan>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    awake_from: String,
    awake_until: String,
    #[serde(default)]
    step: Vec<Spanned<Step>>,
}

impl Ladder {
    /// Reads the ladder.
    pub fn parse(text: &str, file: &str) -> Result<Self, Fault> {
        let source = DataFile::new(text, file);
        let entries: File = source.read()?;
        let awake = clocks::DaySpan::parse(&entries.awake_from, &entries.awake_until).map_err(|_| {
            let remedy = "write awake_from and awake_until as \"08:00\" and \"18:00\"";
            source.fault(0, "the hours of the day cannot be read".to_owned(), remedy)
        })?;
        let mut steps: Vec<Step> = Vec::new();
        for entry in entries.step {
            let at = entry.span().start;
            let step = entry.into_inner();
            if step.at_percent.is_some() == step.days_late.is_some() {
                let remedy = "write either at_percent or days_late";
                return Err(source.fault(at, format!("step {} has no one moment", step.code), remedy));
            }
            if step.told.is_empty() {
                let remedy = "name department, owner or supervisor";
                return Err(source.fault(at, format!("step {} tells nobody", step.code), remedy));
            }
            if steps.iter().any(|other| other.code == step.code) {
                let remedy = "give each step its own code";
                return Err(source.fault(at, format!("step {} stands twice", step.code), remedy));
            }
            steps.push(step);
        }
        Ok(Self { steps, awake: Some(awake) })
    }

    /// Whether somebody may be told at this minute of a working day, where the calendar has no office hours.
    pub fn is_awake(&self, minute: u16) -> bool {
        self.awake.is_some_and(|awake| awake.contains(minute))
    }

    /// Every step.
    pub fn all(&self) -> &[Step] {
        &self.steps
    }

    /// The step with this code.
    pub fn get(&self, code: &str) -> Option<&Step> {
        self.steps.iter().find(|step| step.code == code)
    }

    /// The next step on a case, if one is due and nobody sleeps. A case that waits for somebody outside, or whose
    /// department has answered, is not pressed. Steps that were passed over are made up for one at a time.
    pub fn next_step(&self, case: &CaseView, profile: &str, lateness: Lateness) -> Option<&Step> {
        let pressed = matches!(
            case.status,
            CaseStatus::Dispatched | CaseStatus::Signed | CaseStatus::InProgress | CaseStatus::Returned
        );
        if lateness.quiet || !pressed {
            return None;
        }
        self.steps.iter().find(|step| {
            let due = step.at_percent.is_some_and(|percent| lateness.percent >= percent)
                || step.days_late.is_some_and(|days| lateness.days_late >= days && lateness.percent > 100);
            due && step.profile.as_deref().is_none_or(|name| name == profile)
                && case.pressed.iter().all(|(taken, _)| *taken != step.code)
        })
    }
}

#[cfg(test)]
#[path = "supervision_tests.rs"]
mod tests;

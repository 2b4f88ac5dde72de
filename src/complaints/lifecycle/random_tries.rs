//! What random actors try: every action, well said and badly said.

use domain::{CaseId, PersonId, PointId, Timestamp};

use crate::action::{Action, PointAnswer};
use crate::change::{CARRIED, FieldChoice, Withdrawal};
use crate::lifecycle::random_inquiries;
use crate::points::{Code, NewPoint};
use crate::words::*;
use crate::{Extendable, Proposal};

fn proposal(strength: Strength) -> Option<Proposal> {
    let (rule, department, co_handlers) = ("r".to_owned(), "a".to_owned(), Vec::new());
    Some(Proposal { rule, department, co_handlers, strength, remarks: domain::directory::Names::new() })
}

fn answers(points: &[&str]) -> Action {
    let answer = |id: &&str| PointAnswer {
        point: PointId::new(*id),
        finding: Finding::Upheld,
        outcome_kind: OutcomeKind::Remedy,
        outcome: "repeated".into(),
    };
    Action::Answer { points: points.iter().map(answer).collect(), without_report: None }
}

fn withdrawal(statement: &str, informed: bool) -> Action {
    let (statement, channel, by) = (statement.to_owned(), Channel::Phone, StatedBy::Complainant);
    Action::Withdraw(Withdrawal { statement, informed, channel, by })
}

fn words() -> String {
    "because".to_owned()
}

/// What people try, well said and badly said.
pub(super) fn actions() -> Vec<Action> {
    [passing_on(), coding(), handling(), ending(), beside(), random_inquiries::all()].concat()
}

fn passing_on() -> Vec<Action> {
    let mut all = Vec::new();
    for point in ["p1", "p2"] {
        let (category, version) = ("quality".to_owned(), "1".to_owned());
        all.push(Action::Classify { point: PointId::new(point), category, version });
    }
    for department in ["a", "b", "c"] {
        let (one, two, three) = (department.to_owned(), department.to_owned(), department.to_owned());
        let default = Some(words());
        all.push(Action::Dispatch {
            department: one,
            proposal: proposal(Strength::Default),
            override_reason: default,
        });
        all.push(Action::Redispatch { department: two.clone(), reason: words() });
        all.push(Action::Designate { department: two, reason: words() });
        all.push(Action::AddCoHandler { department: three.clone(), task: words(), due_at: None });
        all.push(Action::DropCoHandler { department: three, reason: words() });
    }
    all
}

/// The clock of an answer that a supervisor may lengthen once, by five working days.
fn clock() -> Option<Box<Extendable>> {
    let laws = clocks::Laws::parse(include_str!("../../../config/laws.toml"), "laws.toml").unwrap();
    let law = laws.get("cn-order3-single", None, "2026-03-02".parse().unwrap()).unwrap().clone();
    let (ledger, due_at, asked_at) = (clocks::Ledger::default(), Timestamp(9), Timestamp(1));
    Some(Box::new(Extendable { law, ledger, due_at, asked_at }))
}

/// A point that the caller thinks of later.
fn new_point(id: &str, category: &str) -> Action {
    Action::AddPoint(NewPoint {
        point: PointId::new(id),
        institution: None,
        place: None,
        persons: None,
        happened: None,
        payer: None,
        own_words: words(),
        harm: None,
        category: category.to_owned(),
        version: "1".to_owned(),
        no_dialogue: false,
        carried: None,
    })
}

fn coding() -> Vec<Action> {
    let code = |axis: &str, code: &str| Code {
        axis: axis.to_owned(),
        code: code.to_owned(),
        system: "s".to_owned(),
        version: "1".to_owned(),
    };
    let recode = |point: &str, codes: Vec<Code>, reason: &str| Action::Recode {
        point: PointId::new(point),
        codes,
        reason: reason.to_owned(),
    };
    let drop = |point: &str, reason: &str| Action::DropPoint {
        point: PointId::new(point),
        reason: reason.to_owned(),
    };
    vec![
        new_point("p3", ""),
        new_point("p3", "quality"),
        drop("p1", "because"),
        drop("p2", "because"),
        drop("p2", " "),
        drop("p3", "because"),
        drop("p9", "because"),
        recode("p1", vec![code("category", "fees"), code("severity", "2")], "because"),
        recode("p2", vec![code("category", "fees")], "because"),
        recode("p2", vec![code("severity", "3")], ""),
        recode("p3", vec![code("category", "safety")], ""),
        recode("p1", vec![], "because"),
    ]
}

fn handling() -> Vec<Action> {
    vec![
        Action::Dispatch {
            department: "a".into(),
            proposal: proposal(Strength::Mandatory),
            override_reason: None,
        },
        Action::SignFor,
        Action::Return { reason: ReturnReason::NotOurs, remark: words() },
        Action::Return { reason: ReturnReason::NotOurs, remark: String::new() },
        Action::Arbitrate { remark: words() },
        Action::CoHandlerSign,
        Action::CoHandlerReport { report: words() },
        Action::LogStep { kind: StepKind::PartiesHeard, note: words() },
        Action::Suspend { reason: clocks::PauseReason::Appraisal, remark: words() },
        Action::Resume { remark: words() },
        Action::AskComplainant { what: words(), due_at: Timestamp(1) },
        Action::ComplainantGave { what: words() },
        Action::Extend { units: 5, reason: words(), clock: clock() },
        Action::Extend { units: 6, reason: words(), clock: clock() },
        Action::Extend { units: 5, reason: words(), clock: None },
        Action::ApproveExtension { granted: true, remark: words(), clock: clock() },
        Action::ApproveExtension { granted: false, remark: words(), clock: clock() },
        answers(&["p1", "p2"]),
        answers(&["p1"]),
        answers(&[]),
        Action::SendBack { reason: words() },
        Action::Audit { remark: words() },
        Action::AskTermination { reason: words() },
        Action::Terminate { audit: words(), explanation: words(), channel: Channel::Phone },
        Action::Terminate { audit: String::new(), explanation: words(), channel: Channel::Phone },
        Action::RefuseTermination { reason: words() },
        Action::FeedBack { channel: Channel::Phone, follow_up_wanted: true },
        Action::FeedBack { channel: Channel::Letter, follow_up_wanted: false },
        Action::WaiveFeedback { reason: words() },
        Action::GiveRouteNotice { route: "review".into() },
        Action::GiveRouteNotice { route: "petition".into() },
        Action::WaiveRouteNotice { reason: words() },
        Action::WaiveFollowUp { reason: words() },
    ]
}

fn ending() -> Vec<Action> {
    let mut all = Vec::new();
    for solved in [None, Some(true), Some(false)] {
        let satisfaction = Some(Satisfaction::Dissatisfied);
        all.push(Action::FinishFollowUp { contacted: Some(true), solved, satisfaction });
    }
    all.extend([
        Action::FollowUpUnreached,
        Action::Close,
        Action::Close,
        Action::Reopen { cause: ReopenCause::NewFacts, remark: words() },
        Action::Archive,
        withdrawal("I take it back", true),
        withdrawal("I take it back", false),
        withdrawal("", true),
        Action::Forward { authority: "stpk".into(), package: "package-1".into() },
        Action::EnterDialogue { dialogue: "d".into() },
        Action::LeaveDialogue { outcome: words(), held: true },
        Action::LeaveDialogue { outcome: words(), held: false },
        Action::RefuseAcceptance { ground: "other-procedure".into(), advice: words() },
        Action::RefuseAcceptance { ground: String::new(), advice: words() },
        Action::ReviewNonAcceptance { upheld: true, remark: words() },
        Action::ReviewNonAcceptance { upheld: false, remark: words() },
    ]);
    all
}

/// A point that a merger carries along.
fn carried(point: &str) -> FieldChoice {
    let (before, after) = (Some(point.to_owned()), Some(format!("copy of {point}")));
    FieldChoice { field: CARRIED.to_owned(), before, after }
}

fn beside() -> Vec<Action> {
    let case = |id: &str| CaseId::new(id);
    vec![
        Action::Remind { words: words() },
        Action::RecordSameMatter { told: words() },
        Action::Escalate { step: "half".into(), pressure: Pressure::Remind, told: vec![] },
        Action::Supervise { order: words(), due_at: None },
        Action::NoteDeath { at: Timestamp(1) },
        Action::SettleAutopsy { outcome: AutopsyOutcome::Declined, remark: words() },
        Action::HandOver { to: PersonId::new("li") },
        Action::Link { to: case("x"), relation: Relation::SameEvent },
        Action::Merge { into: case("x"), choices: vec![] },
        Action::Merge { into: case("x"), choices: vec![carried("p1")] },
        Action::Merge { into: case("x"), choices: vec![carried("nowhere")] },
        Action::Absorb { from: case("z"), choices: vec![carried("p9")] },
        Action::Release { from: case("z") },
        Action::Absorb { from: case("x"), choices: vec![] },
        Action::Unmerge { reason: words() },
        Action::Release { from: case("x") },
        Action::Split { points: vec![PointId::new("p2")], to: case("y"), reason: words() },
        Action::Split {
            points: vec![PointId::new("p1"), PointId::new("p2")],
            to: case("y"),
            reason: words(),
        },
    ]
}

//! Tests of what may be done with a case, by whom and in which state.

use domain::{PointId, RequestType, Role};
use proptest::prelude::*;

use super::*;
use crate::action::PointAnswer;
use crate::case::Opening;
use crate::closing::{Missing, missing_to_close};
use crate::dispatch::Proposal;
use crate::words::{
    Channel, Finding, OutcomeKind, ReopenCause, ReturnReason, Satisfaction, StepKind, Strength,
};

fn agent() -> Actor {
    Actor { role: Role::Agent, department: None }
}

fn supervisor() -> Actor {
    Actor { role: Role::Supervisor, department: None }
}

fn handler() -> Actor {
    Actor { role: Role::Handler, department: Some("medical-administration".to_owned()) }
}

fn opened(request_type: RequestType) -> CaseView {
    CaseView::opened(&Opening {
        status: Status::Recorded,
        request_type,
        points: vec![(PointId::new("p1"), String::new())],
        receiver: Some(domain::PersonId::new("wang")),
        audit: false,
        split_from: None,
    })
}

fn fresh() -> CaseView {
    opened(RequestType::Complaint)
}

fn act(case: &mut CaseView, action: &Action, actor: &Actor) -> Result<(), Refusal> {
    let changes = decide(case, action, actor)?;
    changes.iter().for_each(|change| case.apply(change));
    Ok(())
}

fn proposal(strength: Strength) -> Proposal {
    Proposal {
        rule: "quality".into(),
        department: "medical-administration".into(),
        co_handlers: vec![],
        strength,
        remarks: domain::directory::Names::new(),
    }
}

fn to(department: &str, proposal: Option<Proposal>, reason: Option<&str>) -> Action {
    Action::Dispatch { department: department.into(), proposal, override_reason: reason.map(str::to_owned) }
}

fn classify(point: &str) -> Action {
    let (category, version) = ("quality".to_owned(), "1".to_owned());
    Action::Classify { point: PointId::new(point), category, version }
}

fn classified() -> CaseView {
    let mut case = fresh();
    act(&mut case, &classify("p1"), &agent()).unwrap();
    case
}

fn dispatched() -> CaseView {
    let mut case = classified();
    act(&mut case, &to("medical-administration", Some(proposal(Strength::Default)), None), &agent()).unwrap();
    case
}

fn answer_all() -> Action {
    let point = PointAnswer {
        point: PointId::new("p1"),
        finding: Finding::Upheld,
        outcome_kind: OutcomeKind::Remedy,
        outcome: "The examination was repeated without charge.".into(),
    };
    Action::Answer { points: vec![point], without_report: None }
}

fn step() -> Action {
    Action::LogStep { kind: StepKind::RecordsConsulted, note: "Record of 3 March read".into() }
}

/// Both sides are heard, and the finding rests on what the record says.
fn grounded() -> Vec<Action> {
    use crate::investigation::{InvestigationAction as Inquiry, Side, Support};
    let waive = |side| Inquiry::WaiveStatement { side, reason: "The record says it all".into() };
    let support = Support {
        standard: "high-probability".into(),
        evidence: vec![],
        without: "Admitted by the institution".into(),
    };
    let found = Inquiry::SupportFinding { point: PointId::new("p1"), support };
    [waive(Side::Complainant), waive(Side::Institution), found].map(Action::Investigate).to_vec()
}

fn answered() -> CaseView {
    let mut case = dispatched();
    for action in [Action::SignFor, step(), answer_all()].into_iter().chain(grounded()) {
        act(&mut case, &action, &handler()).unwrap();
    }
    case
}

fn code(result: Result<Vec<Change>, Refusal>) -> RefusalCode {
    result.unwrap_err().code
}

const TELL: Action = Action::FeedBack { channel: Channel::Phone, follow_up_wanted: true };

fn notice() -> Action {
    Action::GiveRouteNotice { route: "cn-hospital-review".into() }
}

fn told(solved: Option<bool>, satisfaction: Option<Satisfaction>) -> Action {
    Action::FinishFollowUp { contacted: Some(true), solved, satisfaction }
}

#[test]
fn a_complaint_runs_from_the_record_to_its_close() {
    let mut case = answered();
    assert_eq!(case.status, Status::Answered);
    for action in [TELL, notice(), told(Some(true), Some(Satisfaction::Satisfied))] {
        act(&mut case, &action, &agent()).unwrap();
    }
    assert_eq!(case.status, Status::Closed);
}

#[test]
fn closing_lists_what_is_missing() {
    let missing = |case: &CaseView| decide(case, &Action::Close, &agent()).unwrap_err().missing;
    let all = [
        Missing::Category,
        Missing::Finding,
        Missing::Outcome,
        Missing::ComplainantStatement,
        Missing::InstitutionStatement,
        Missing::Feedback,
        Missing::RouteNotice,
    ];
    assert_eq!(missing(&fresh()), all);
    let mut case = answered();
    assert_eq!(missing(&case), [Missing::Feedback, Missing::RouteNotice]);
    act(&mut case, &TELL, &agent()).unwrap();
    assert_eq!(missing(&case), [Missing::RouteNotice, Missing::FollowUp]);
    act(&mut case, &Action::WaiveRouteNotice { reason: "Anonymous, no way to tell".into() }, &agent())
        .unwrap();
    act(&mut case, &Action::WaiveFollowUp { reason: "Wants no call".into() }, &agent()).unwrap();
    act(&mut case, &Action::Close, &agent()).unwrap();
    assert_eq!(case.status, Status::Closed);
    assert_eq!(code(decide(&case, &Action::Close, &agent())), RefusalCode::WrongStatus);
    let refusal = Refusal::incomplete(vec![Missing::Feedback, Missing::RouteNotice]);
    assert_eq!(refusal.to_string(), "refused: incomplete (feedback, route_notice)");
}

#[test]
fn praise_needs_neither_finding_nor_notice() {
    let mut case = CaseView { request_type: RequestType::Praise, ..dispatched() };
    for action in [Action::SignFor, answer_all()] {
        act(&mut case, &action, &handler()).unwrap();
    }
    act(&mut case, &Action::WaiveFeedback { reason: "No reply wanted".into() }, &agent()).unwrap();
    act(&mut case, &Action::Close, &agent()).unwrap();
    assert_eq!(case.status, Status::Closed);
}

#[test]
fn another_department_needs_a_reason_and_a_mandatory_rule_a_supervisor() {
    let case = classified();
    let usual = || Some(proposal(Strength::Default));
    assert_eq!(code(decide(&case, &to("logistics", usual(), None), &agent())), RefusalCode::NeedsReason);
    assert_eq!(
        code(decide(&case, &to("logistics", usual(), Some("  ")), &agent())),
        RefusalCode::NeedsReason
    );
    assert!(decide(&case, &to("logistics", usual(), Some("It is about the lift")), &agent()).is_ok());
    let binding = || Some(proposal(Strength::Mandatory));
    assert_eq!(
        code(decide(&case, &to("logistics", binding(), Some("Because")), &agent())),
        RefusalCode::MandatoryRule
    );
    let changes = decide(&case, &to("logistics", binding(), Some("Because")), &supervisor()).unwrap();
    assert!(matches!(&changes[0], Change::Dispatched { strength: Strength::Default, reason: Some(_), .. }));
    assert_eq!(code(decide(&case, &to(" ", None, None), &agent())), RefusalCode::NoDepartment);
    assert_eq!(
        decide(&fresh(), &to("logistics", None, None), &agent()).unwrap_err().missing,
        [Missing::Category]
    );
}

#[test]
fn a_return_needs_a_reason_comes_before_the_answer_and_not_from_a_binding_dispatch() {
    let give_back = |remark: &str| Action::Return { reason: ReturnReason::NotOurs, remark: remark.into() };
    assert_eq!(code(decide(&dispatched(), &give_back(""), &handler())), RefusalCode::NeedsReason);
    assert_eq!(code(decide(&answered(), &give_back("Not ours"), &handler())), RefusalCode::AlreadyAnswered);
    let mut mandatory = dispatched();
    mandatory.dispatch.as_mut().unwrap().strength = Strength::Mandatory;
    assert_eq!(
        code(decide(&mandatory, &give_back("Not ours"), &handler())),
        RefusalCode::MandatoryNotReturnable
    );
    let mut case = dispatched();
    act(&mut case, &give_back("Belongs to the pharmacy"), &handler()).unwrap();
    assert_eq!(case.status, Status::Returned);
    let ruling =
        Action::Designate { department: "medical-administration".into(), reason: "It is theirs".into() };
    assert_eq!(code(decide(&case, &ruling, &agent())), RefusalCode::WrongRole);
    act(&mut case, &ruling, &supervisor()).unwrap();
    assert_eq!(code(decide(&case, &give_back("Not ours"), &handler())), RefusalCode::DesignatedNotReturnable);
    let empty = Action::Redispatch { department: String::new(), reason: "x".into() };
    assert_eq!(code(decide(&case, &empty, &supervisor())), RefusalCode::NoDepartment);
}

#[test]
fn only_the_department_itself_handles() {
    let other = Actor { role: Role::Handler, department: Some("logistics".into()) };
    assert_eq!(code(decide(&dispatched(), &Action::SignFor, &other)), RefusalCode::NotYourDepartment);
    assert_eq!(code(decide(&dispatched(), &Action::SignFor, &agent())), RefusalCode::WrongRole);
    assert_eq!(code(decide(&dispatched(), &answer_all(), &handler())), RefusalCode::WrongStatus);
}

#[test]
fn an_answer_rests_on_an_investigation_and_covers_every_point() {
    let mut case = dispatched();
    act(&mut case, &Action::SignFor, &handler()).unwrap();
    assert_eq!(decide(&case, &answer_all(), &handler()).unwrap_err().missing, [Missing::InvestigationStep]);
    act(&mut case, &step(), &handler()).unwrap();
    assert_eq!(case.status, Status::InProgress);
    assert_eq!(
        decide(&case, &Action::Answer { points: vec![], without_report: None }, &handler())
            .unwrap_err()
            .missing,
        [Missing::Finding]
    );
}

#[test]
fn an_audit_may_send_an_answer_back() {
    let mut case = answered();
    assert_eq!(
        code(decide(&case, &Action::SendBack { reason: "Thin".into() }, &agent())),
        RefusalCode::WrongRole
    );
    act(&mut case, &Action::SendBack { reason: "The nurse was not heard".into() }, &supervisor()).unwrap();
    assert_eq!(case.status, Status::InProgress);
}

#[test]
fn not_solved_reopens_and_a_new_round_begins() {
    let mut case = answered();
    for action in [TELL, notice(), told(Some(false), None)] {
        act(&mut case, &action, &agent()).unwrap();
    }
    assert_eq!((case.status, case.fed_back, case.points[0].finding), (Status::Reopened, false, None));
    let again = Action::Redispatch { department: "quality-control".into(), reason: "Not solved".into() };
    act(&mut case, &again, &agent()).unwrap();
    assert_eq!(case.status, Status::Dispatched);
}

#[test]
fn a_bad_mark_without_an_answer_reopens_but_solved_outweighs_it() {
    let ready = || {
        let mut case = answered();
        act(&mut case, &TELL, &agent()).unwrap();
        act(&mut case, &notice(), &agent()).unwrap();
        case
    };
    for (solved, mark, status) in [
        (None, Some(Satisfaction::Dissatisfied), Status::Reopened),
        (Some(true), Some(Satisfaction::VeryDissatisfied), Status::Closed),
        (None, Some(Satisfaction::BasicallySatisfied), Status::Closed),
    ] {
        let mut case = ready();
        act(&mut case, &told(solved, mark), &agent()).unwrap();
        assert_eq!(case.status, status, "{solved:?} {mark:?}");
    }
}

#[test]
fn who_cannot_be_reached_is_closed_as_such() {
    let mut case = answered();
    for action in [TELL, notice(), Action::FollowUpUnreached] {
        act(&mut case, &action, &agent()).unwrap();
    }
    assert_eq!(case.status, Status::ClosedUnreached);
}

fn actions() -> Vec<Action> {
    let mut all = vec![
        classify("p1"),
        to("medical-administration", Some(proposal(Strength::Default)), None),
        to("logistics", Some(proposal(Strength::Mandatory)), Some("r")),
        Action::Designate { department: "medical-administration".into(), reason: "r".into() },
        Action::SignFor,
        Action::Return { reason: ReturnReason::Other, remark: "r".into() },
        step(),
        answer_all(),
        Action::SendBack { reason: "r".into() },
        TELL,
        Action::WaiveFeedback { reason: "r".into() },
        notice(),
        Action::WaiveFollowUp { reason: "r".into() },
        told(Some(true), None),
        told(Some(false), None),
        Action::FollowUpUnreached,
        Action::Close,
        Action::Reopen { cause: ReopenCause::NewFacts, remark: "r".into() },
    ];
    all.extend(grounded());
    all
}

proptest! {
    /// Whatever people try in whatever order, a closed complaint has its finding, feedback and notice.
    #[test]
    fn nothing_is_closed_and_forgotten(tries in proptest::collection::vec((0usize..21, 0usize..3), 0..60)) {
        let (mut case, actions, actors) = (fresh(), actions(), [agent(), supervisor(), handler()]);
        for (action, actor) in tries {
            let _ = act(&mut case, &actions[action], &actors[actor]);
            if case.status.is_closed() {
                prop_assert!(missing_to_close(&case).is_empty());
                prop_assert!(case.fed_back && case.route_noticed && case.points[0].finding.is_some());
            }
        }
    }
}

#[test]
fn a_change_is_written_with_its_kind() {
    let change = Change::Returned { reason: ReturnReason::NotOurs, remark: "x".into() };
    let text = serde_json::to_string(&change).unwrap();
    assert_eq!(text, "{\"kind\":\"returned\",\"reason\":\"not_ours\",\"remark\":\"x\"}");
    assert_eq!(serde_json::from_str::<Change>(&text).unwrap(), change);
    let answer = Change::PointAnswered(PointAnswer {
        point: PointId::new("p"),
        finding: Finding::Upheld,
        outcome_kind: OutcomeKind::Opinion,
        outcome: String::new(),
    });
    for change in [change, answer, Change::Closed] {
        assert!(serde_json::to_string(&change).unwrap().contains(&format!("\"kind\":\"{}\"", change.kind())));
    }
}

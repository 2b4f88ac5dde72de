//! Random cases with canaries in every name, number and text: whatever happens to such a case, by whomever, what a
//! department of the accused house gets of it carries none of them.

use std::sync::Arc;

use complaints::dialogue::CompanionKind;
use complaints::intake::Fact;
use complaints::{Action, Intake};
use domain::{CaseId, Language, PersonId, PointId, Role, Secret, Timestamp};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

use crate::Switchboard;
use crate::case_file::Filter;
use crate::case_stories::Stage;
use crate::dialogue::{Absent, Appointment, DialogueAction, Form, Wishes};
use crate::dialogue_stories::doctor;
use crate::feedback::{Channel, ReopenCause};
use crate::handling::{Finding, OutcomeKind, PointAnswer, ReturnReason, StepKind};
use crate::investigation::{
    CheckResult, Correction, InvestigationAction as Inquiry, LearningNote, NewEvidence, Reader, Receipt,
    Side, Statement, StatementForm, Support,
};
use crate::people::NewPerson;
use crate::points::NewPoint;
use crate::testing::{PASSWORD, danish_house, mixed_complaint, open_danish};

/// Of the complainant and the patient.
const CANARIES: [&str; 6] = ["金丝雀", "Camilla", "Kanariefugl", "13877776666", "7777 6666", "piip@"];
/// Of who comes along, where that was said.
const COMPANION: [&str; 2] = ["Gunhild", "Bogfinke"];
const HOUSE: &str = "doctor-patient-office";
/// How many cases, and how much is tried with each.
const CASES: u32 = 12;
const TRIES: usize = 120;

fn told() -> String {
    "金丝雀说:我是 Camilla Kanariefugl,和 Gunhild Bogfinke 一起去的,请打 138 7777 6666 或 piip@post.example"
        .to_owned()
}

enum Try {
    Case(Action),
    Inquiry(Inquiry),
    Dialogue(DialogueAction),
}

/// Who tries: the hotline's people and the accused department itself.
const WHO: [&str; 3] = ["supervisor", "agent", "region"];

/// All the things there are to do, with a canary in each text.
fn tries(now: Timestamp, point: &PointId, evidence: &str, correction: &str) -> Vec<Try> {
    let later = now.plus_seconds(5 * 86_400);
    let cases = [handling(point, later), ending()].concat().into_iter().map(Try::Case);
    let inquiries = inquiries(now, later, point, (evidence, correction)).into_iter().map(Try::Inquiry);
    cases.chain(inquiries).chain(dialogues(now, later).into_iter().map(Try::Dialogue)).collect()
}

fn handling(point: &PointId, later: Timestamp) -> Vec<Action> {
    let department = HOUSE.to_owned();
    let answer = PointAnswer {
        point: point.clone(),
        finding: Finding::Upheld,
        outcome_kind: OutcomeKind::Remedy,
        outcome: told(),
    };
    vec![
        Action::AddPoint(NewPoint {
            point: crate::dialogue::new_point_id(),
            institution: Some(told()),
            place: Some(told()),
            persons: Some(told()),
            happened: Some(told()),
            payer: None,
            own_words: told(),
            harm: Some(told()),
            category: "quality".to_owned(),
            version: "1".to_owned(),
            no_dialogue: false,
            carried: None,
        }),
        Action::DropPoint { point: point.clone(), reason: told() },
        Action::Redispatch { department: department.clone(), reason: told() },
        Action::Designate { department: department.clone(), reason: told() },
        Action::SignFor,
        Action::SignFor,
        Action::Return { reason: ReturnReason::NotOurs, remark: told() },
        Action::Arbitrate { remark: told() },
        Action::AddCoHandler { department: "legal-affairs".to_owned(), task: told(), due_at: None },
        Action::CoHandlerSign,
        Action::CoHandlerReport { report: told() },
        Action::LogStep { kind: StepKind::PartiesHeard, note: told() },
        Action::Suspend { reason: clocks::PauseReason::Appraisal, remark: told() },
        Action::Resume { remark: told() },
        Action::AskComplainant { what: told(), due_at: later },
        Action::ComplainantGave { what: told() },
        Action::Extend { units: 2, reason: told(), clock: None },
        Action::ApproveExtension { granted: false, remark: told(), clock: None },
        Action::Answer { points: vec![answer], without_report: Some(told()) },
        Action::SendBack { reason: told() },
        Action::Audit { remark: told() },
    ]
}

fn ending() -> Vec<Action> {
    vec![
        Action::AskTermination { reason: told() },
        Action::RefuseTermination { reason: told() },
        Action::Terminate { audit: told(), explanation: told(), channel: Channel::Phone },
        Action::WaiveFeedback { reason: told() },
        Action::WaiveRouteNotice { reason: told() },
        Action::WaiveFollowUp { reason: told() },
        Action::Reopen { cause: ReopenCause::NewFacts, remark: told() },
        Action::Remind { words: told() },
        Action::RecordSameMatter { told: told() },
        Action::Supervise { order: told(), due_at: None },
        Action::RefuseAcceptance { ground: "other-procedure".to_owned(), advice: told() },
        Action::ReviewNonAcceptance { upheld: false, remark: told() },
    ]
}

fn inquiries(
    now: Timestamp,
    later: Timestamp,
    point: &PointId,
    (evidence, correction): (&str, &str),
) -> Vec<Inquiry> {
    let named = NewEvidence {
        evidence: String::new(),
        evidence_kind: complaints::intake::EvidenceKind::Footage,
        what: told(),
        state: complaints::intake::EvidenceStatus::Promised,
        why: told(),
        holder: Side::Institution,
        readers: Reader::ALL.to_vec(),
        preserve: None,
    };
    let receipt = Receipt { at: now, sha256: None, attachment: None, recording: None, note: told() };
    let statement = Statement {
        side: Side::Complainant,
        at: now,
        heard_by: told(),
        form: StatementForm::Phone,
        statement: told(),
        reply: false,
    };
    let plan = Correction {
        correction: String::new(),
        point: None,
        what: told(),
        owner: told(),
        due_at: later,
        check_at: later,
    };
    let support = Support { standard: "high-probability".to_owned(), evidence: Vec::new(), without: told() };
    let (entry, plan_id) = (evidence.to_owned(), correction.to_owned());
    vec![
        Inquiry::NameEvidence(named.clone()),
        Inquiry::NameEvidence(NewEvidence {
            state: complaints::intake::EvidenceStatus::NotAvailable,
            ..named
        }),
        Inquiry::RequestEvidence { evidence: entry.clone(), of: told(), due_at: later },
        Inquiry::ReceiveEvidence { evidence: entry.clone(), receipt },
        Inquiry::MissEvidence { evidence: entry.clone(), why: told() },
        Inquiry::TellPreservation { evidence: entry, kept: true, remark: told() },
        Inquiry::RecordStatement(statement.clone()),
        Inquiry::RecordStatement(Statement { side: Side::Institution, ..statement }),
        Inquiry::WaiveStatement { side: Side::Institution, reason: told() },
        Inquiry::OfferReply { side: Side::Institution, about: told(), due_at: later },
        Inquiry::SupportFinding { point: point.clone(), support },
        Inquiry::PlanCorrection(plan),
        Inquiry::CheckCorrection {
            correction: plan_id,
            result: CheckResult::Partly,
            remark: told(),
            again_at: Some(later),
        },
        Inquiry::NoteLearning(LearningNote {
            learning: String::new(),
            point: None,
            words: told(),
            rule_gap: told(),
        }),
    ]
}

fn dialogues(now: Timestamp, later: Timestamp) -> Vec<DialogueAction> {
    let wishes = Wishes { form: None, participants: told(), interpreter: "ar".to_owned(), other: told() };
    let appointment = Appointment { form: Form::Meeting, at: later, place: told(), participants: doctor() };
    let hold = DialogueAction::Hold {
        at: now,
        form: Form::Meeting,
        participants: doctor(),
        companion_came: true,
        minutes: told(),
    };
    let added = crate::dialogue::NewPoint { id: crate::dialogue::new_point_id(), words: told() };
    vec![
        DialogueAction::Answer { accepted: true, motive: None, wishes: wishes.clone() },
        DialogueAction::TellAlternative,
        DialogueAction::RecordReceipt { at: now },
        DialogueAction::ChangeWishes { wishes },
        DialogueAction::Invite { appointment },
        companion(),
        DialogueAction::NoShow { absent: Absent::Complainant, note: told(), again: true },
        DialogueAction::Unreachable { note: told() },
        hold,
        DialogueAction::Learn { note: told() },
        DialogueAction::Maintain { added: vec![added], dropped: Vec::new() },
        DialogueAction::Assemble { statement: told(), with_minutes: true },
    ]
}

fn companion() -> DialogueAction {
    DialogueAction::NameCompanion { companion: CompanionKind::Friend, name: "Gunhild Bogfinke".to_owned() }
}

/// The Danish house, in which the department that runs the dialogues belongs to the hospital complained of.
async fn accused_house(store: store::Store) -> Stage {
    let mut house = danish_house();
    for department in &mut house.directory.departments {
        if department.code == HOUSE {
            department.institution = Some("havnby-hospital".to_owned());
        }
    }
    let mut stage = Stage::set(store.clone(), "2026-02-02T09:00:00+01:00").await;
    stage.board = Switchboard::new(store, Arc::new(house), stage.clock.clone(), stage.carrier.clone());
    let new = NewPerson {
        login: "region".to_owned(),
        name: "REGION".to_owned(),
        role: Role::Handler,
        department: Some(HOUSE.to_owned()),
        phone: None,
        language: Language::parse("da").unwrap(),
        password: Secret::new(PASSWORD),
    };
    stage.board.add_person(new, "house").await.unwrap();
    stage
}

fn planted(confidential: Option<bool>) -> Intake {
    let mut intake = mixed_complaint();
    intake.caller.name = "Camilla Kanariefugl".to_owned();
    intake.caller.phone = "+86 138 7777 6666".to_owned();
    intake.caller.best_times = told();
    intake.caller.authority = told();
    intake.patient.name = "金丝雀".to_owned();
    intake.wishes.confidential = confidential;
    intake.wishes.participants = told();
    intake.desired_words = told();
    intake.note = told();
    for point in &mut intake.points {
        (point.own_words, point.harm, point.ward) = (told(), told(), told());
        let fact = || Fact { text: told(), unknown: false };
        (point.place, point.persons, point.happened) = (fact(), fact(), fact());
    }
    intake.points[2].institution = Fact { text: told(), unknown: false };
    intake
}

/// What the accused department gets, by every way there is.
async fn received(stage: &Stage, id: &CaseId) -> Vec<(&'static str, String)> {
    let desk = stage.cases("region").await;
    let number = stage.file(id).await.case.number;
    let mut all = Vec::new();
    if let Ok(file) = desk.case_file(id).await {
        assert!(file.hidden, "the accused is known");
        all.push(("the file", format!("{file:?}")));
        all.push(("the dialogue", format!("{:?}", desk.dialogue_file(id).await.unwrap())));
        all.push(("the files", format!("{:?}", desk.files(id).await.unwrap())));
    }
    let mut lines = desk.case_list(Filter::default(), 0).await.unwrap().lines;
    lines.extend(desk.helping_list().await.unwrap().lines);
    lines.retain(|line| line.case.id == *id);
    all.push(("the lists", format!("{lines:?}")));
    all.push(("the dialogues", format!("{:?}", desk.dialogues_to_do().await.unwrap())));
    if let Ok(handed) = desk.handed_over(&number).await {
        all.push(("the interface", format!("{handed:?}")));
    }
    all
}

async fn do_one(stage: &Stage, id: &CaseId, who: &str, nth: usize) -> bool {
    let file = stage.file(id).await;
    let (version, investigation) = (file.case.version, &file.view.investigation);
    let point = file.points[nth % file.points.len()].id.clone();
    let evidence = investigation.evidence.last().map_or("", |entry| entry.id.as_str());
    let correction = investigation.corrections.last().map_or("", |one| one.plan.correction.as_str());
    let mut all = tries(stage.board.now(), &point, evidence, correction);
    let desk = stage.cases(who).await;
    let done = match all.swap_remove(nth % all.len()) {
        Try::Case(action) => desk.act(id, version, action).await,
        Try::Inquiry(action) => desk.inquire(id, version, action).await,
        Try::Dialogue(action) => desk.in_dialogue(id, version, action).await,
    };
    done.is_ok()
}

/// The story of one case; how many of the tries were let through.
async fn live(stage: &Stage, confidential: Option<bool>, steps: &[(usize, usize, i64)]) -> usize {
    let id = open_danish(&stage.board, planted(confidential), &PersonId::new("agent")).await.unwrap().id;
    let accept = DialogueAction::Answer { accepted: true, motive: None, wishes: Wishes::default() };
    let by_hand = steps.first().is_some_and(|step| step.0 % 2 == 0);
    let desk = stage.cases("agent").await;
    if by_hand {
        desk.dispatch(&id, 1, HOUSE, Some(&told())).await.unwrap();
    } else {
        desk.in_dialogue(&id, 1, accept).await.unwrap();
        let version = stage.file(&id).await.case.version;
        desk.in_dialogue(&id, version, companion()).await.unwrap();
    }
    let mut done = 0;
    for (who, nth, seconds) in steps {
        stage.clock.advance(*seconds);
        done += usize::from(do_one(stage, &id, WHO[who % WHO.len()], *nth).await);
    }
    for (what, text) in received(stage, &id).await {
        for canary in CANARIES.iter().chain(COMPANION.iter().filter(|_| !by_hand)) {
            if let Some(place) = text.find(*canary) {
                let around: String =
                    text[..place].chars().rev().take(160).collect::<Vec<_>>().into_iter().rev().collect();
                panic!("{canary} in {what}, behind: {around}");
            }
        }
    }
    done
}

#[test]
fn no_canary_reaches_the_accused_whatever_happens_to_a_case() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let fresh = store::testing::Fresh::sqlite();
    let stage = runtime.block_on(accused_house(fresh.open()));
    let secrecy = prop_oneof![Just(Some(true)), Just(None)];
    let steps = prop::collection::vec((0..3_usize, 0..400_usize, 0..40_000_i64), TRIES);
    let mut runner =
        TestRunner::new(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(CASES) });
    let mut through = 0;
    for _ in 0..CASES {
        let (confidential, steps) = (&secrecy, &steps).new_tree(&mut runner).unwrap().current();
        through += runtime.block_on(live(&stage, confidential, &steps));
    }
    assert!(through > 200, "only {through} of the tries changed anything");
}

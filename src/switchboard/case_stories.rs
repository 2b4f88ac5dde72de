//! The life of a case, told with a clock wound by hand.

use std::sync::Arc;

use complaints::Intake;
use domain::{CallbackId, CaseId, Language, PersonId, PhoneNumber, Role, Timestamp};
use store::Store;
use store::people::Person;

use crate::callbacks::{AttemptOutcome, TalkResult};
use crate::case_file::{CaseFile, CaseStatus, Filter};
use crate::cases::{NewCase, OpenedCase, open_from_intake};
use crate::feedback::{Channel, ReopenCause};
use crate::handling::{Finding, OutcomeKind, PointAnswer, ReturnReason, StepKind};
use crate::investigation::{GroundedAnswer, InvestigationAction, Side, Statement, StatementForm, Support};
use crate::rights::{Agent, CaseWorker, Desk};
use crate::testing::{HandClock, NotedCarrier, board, complaint};
use crate::{Error, Result, Switchboard};

/// A house with its people.
pub(crate) struct Stage {
    pub(crate) board: Switchboard,
    pub(crate) clock: Arc<HandClock>,
    pub(crate) carrier: Arc<NotedCarrier>,
}

impl Stage {
    pub(crate) async fn set(store: Store, now: &str) -> Self {
        let (clock, carrier) = (HandClock::at(now), Arc::new(NotedCarrier::default()));
        let board = board(store, clock.clone(), carrier.clone());
        let people = [
            ("agent", Role::Agent, None),
            ("supervisor", Role::Supervisor, None),
            ("service", Role::Handler, Some("service-supervision")),
            ("medical", Role::Handler, Some("medical-administration")),
            ("office", Role::Handler, Some("yunhe-first-complaints")),
        ];
        for (login, role, department) in people {
            let person = person(login, role, department);
            board.store.write(move |tx| store::people::add(tx, &person, "-")).await.unwrap();
        }
        Self { board, clock, carrier }
    }

    /// The desk of the person with this login, for case work.
    pub(crate) async fn cases(&self, login: &str) -> Desk<CaseWorker> {
        Desk::admit(&self.board, &self.board.person_by_login(login).await.unwrap()).unwrap()
    }

    /// The same for callbacks.
    pub(crate) async fn calls(&self, login: &str) -> Desk<Agent> {
        Desk::admit(&self.board, &self.board.person_by_login(login).await.unwrap()).unwrap()
    }

    pub(crate) async fn open(&self, intake: Intake) -> Result<OpenedCase> {
        let (house, now) = (self.board.house.clone(), self.board.now());
        self.board
            .store
            .write(move |tx| {
                let new = NewCase {
                    contact: None,
                    line: "12320",
                    caller: Some(&PhoneNumber::parse("13800138000").unwrap()),
                    language: &Language::parse("zh-CN").unwrap(),
                    received_at: now,
                    intake: &intake,
                };
                open_from_intake(tx, &house, &new, &PersonId::new("agent"), now)
            })
            .await
    }

    pub(crate) async fn file(&self, id: &CaseId) -> CaseFile {
        self.cases("supervisor").await.case_file(id).await.unwrap()
    }

    async fn version(&self, id: &CaseId) -> i64 {
        self.file(id).await.case.version
    }

    /// From opening to an answer by the right department.
    pub(crate) async fn answered(&self) -> CaseId {
        self.answered_from(complaint()).await
    }

    pub(crate) async fn answered_from(&self, intake: Intake) -> CaseId {
        let id = self.open(intake).await.unwrap().id;
        let (agent, handler) = (self.cases("agent").await, self.cases("service").await);
        agent.dispatch(&id, 1, "service-supervision", None).await.unwrap();
        self.answer_as(&handler, &id).await;
        id
    }

    async fn answer_as(&self, handler: &Desk<CaseWorker>, id: &CaseId) {
        handler.sign_for(id, self.version(id).await).await.unwrap();
        handler.log_step(id, self.version(id).await, StepKind::PartiesHeard, "已询问护士长").await.unwrap();
        let answer = grounded(&self.file(id).await);
        handler.answer_grounded(id, self.version(id).await, answer).await.unwrap();
    }

    pub(crate) async fn the_callback(&self) -> CallbackId {
        self.calls("agent").await.callbacks_open().await.unwrap()[0].callback.id.clone()
    }
}

fn person(login: &str, role: Role, department: Option<&str>) -> Person {
    Person {
        id: PersonId::new(login),
        login: login.to_owned(),
        name: login.to_uppercase(),
        role,
        department: department.map(str::to_owned),
        phone: (login == "agent").then(|| PhoneNumber::parse("8001").unwrap()),
        language: Language::parse("zh-CN").unwrap(),
        created_at: Timestamp(0),
        disabled_at: None,
    }
}

fn answers(file: &CaseFile) -> Vec<PointAnswer> {
    let answer = |point: &store::points::Point| PointAnswer {
        point: point.id.clone(),
        finding: Finding::Upheld,
        outcome_kind: OutcomeKind::Remedy,
        outcome: "已批评教育并向家属道歉".to_owned(),
    };
    file.points.iter().map(answer).collect()
}

/// An answer with both sides heard and each finding resting on what both admit.
pub(crate) fn grounded(file: &CaseFile) -> GroundedAnswer {
    let said = |side: Side| {
        InvestigationAction::RecordStatement(Statement {
            side,
            at: file.case.received_at,
            heard_by: "投诉科".to_owned(),
            form: StatementForm::Phone,
            statement: "双方陈述一致".to_owned(),
            reply: false,
        })
    };
    let support = |point: &store::points::Point| {
        let (standard, without) = ("admitted".to_owned(), "双方无争议".to_owned());
        (point.id.clone(), Support { standard, evidence: Vec::new(), without })
    };
    GroundedAnswer {
        points: answers(file),
        without_report: None,
        sides: Side::ALL.iter().map(|side| said(*side)).collect(),
        support: file.points.iter().map(support).collect(),
    }
}

fn at(text: &str) -> Timestamp {
    Timestamp::parse(text).unwrap()
}

fn refusal(result: Result<()>) -> (String, Vec<String>) {
    match result {
        Err(Error::Refused { code, missing }) => (code, missing),
        other => panic!("not refused: {other:?}"),
    }
}

fn kinds(file: &CaseFile) -> Vec<&str> {
    file.events.iter().map(|event| event.kind.as_str()).filter(|kind| *kind != "status").collect()
}

store::on_both_engines! {
    /// Friday before the Spring Festival of 2026: the next day is a make-up workday, then nine days off.
    async fn a_whole_life_with_a_return_and_a_reopening(store: Store) {
        let stage = Stage::set(store, "2026-02-13T10:00:00+08:00").await;
        let opened = stage.open(complaint()).await.unwrap();
        let id = opened.id.clone();
        assert_eq!(opened.department.as_deref(), Some("service-supervision"));
        assert_eq!(opened.due_at, Some(at("2026-02-27T23:59:59+08:00")), "5 working days, one of them a Saturday");
        let (agent, supervisor) = (stage.cases("agent").await, stage.cases("supervisor").await);
        let (service, medical) = (stage.cases("service").await, stage.cases("medical").await);

        agent.dispatch(&id, 1, "medical-administration", Some("涉及诊疗")).await.unwrap();
        assert_eq!(stage.file(&id).await.clocks[0].due_at, at("2026-02-14T23:59:59+08:00"), "sign for within 1");
        medical.sign_for(&id, 2).await.unwrap();
        medical.return_case(&id, 3, ReturnReason::NotOurs, "属服务态度").await.unwrap();
        assert!(matches!(medical.case_file(&id).await, Err(Error::NotFound)), "returned is out of sight");
        let returned = Filter { statuses: vec!["returned".to_owned()], ..Filter::default() };
        assert_eq!(supervisor.case_list(returned, 0).await.unwrap().count, 1);

        supervisor.redispatch(&id, 4, "service-supervision", "班长裁定", true).await.unwrap();
        let ruled = refusal(service.return_case(&id, 5, ReturnReason::NotOurs, "也不归我们").await);
        assert_eq!(ruled.0, "refused-designated-not-returnable");
        stage.answer_as(&service, &id).await;

        stage.clock.set("2026-02-13T16:00:00+08:00");
        agent.feed_back(&id, 8, Channel::Phone, "已电话告知").await.unwrap();
        let callback = stage.file(&id).await.callbacks[0].clone();
        assert_eq!(callback.due_at, at("2026-02-14T23:59:59+08:00"), "the make-up Saturday is the working day");
        assert_eq!(callback.law.as_deref(), Some("cn-follow-up"));
        let (code, missing) = refusal(agent.close_case(&id, 9).await);
        assert_eq!((code.as_str(), missing), ("refused-incomplete", vec!["missing-route-notice".into(), "missing-follow-up".into()]));
        let route = "cn-hospital-review";
        agent.give_route_notice(&id, 9, route, Channel::Phone).await.unwrap();

        let calls = stage.calls("agent").await;
        stage.clock.set("2026-02-14T10:00:00+08:00");
        calls.log_attempt(&callback.id, AttemptOutcome::Reached, "").await.unwrap();
        let unsolved = TalkResult { solved: Some(false), satisfaction: Some(2), note: "仍未道歉".into() };
        calls.finish_callback(&callback.id, unsolved).await.unwrap();
        let again = stage.file(&id).await;
        assert_eq!(again.view.status, CaseStatus::Reopened);
        assert_eq!((again.case.reopened, again.case.department, again.case.feedback_at), (1, None, None));
        assert!(again.points.iter().all(|point| point.finding.is_none()), "a new round finds anew");
        assert_eq!(again.case.due_at, Some(at("2026-02-28T23:59:59+08:00")), "five days from the reopening: the 28th is made up");

        supervisor.redispatch(&id, again.case.version, "service-supervision", "重新办理", false).await.unwrap();
        stage.answer_as(&service, &id).await;
        agent.feed_back(&id, stage.version(&id).await, Channel::InPerson, "").await.unwrap();
        agent.give_route_notice(&id, stage.version(&id).await, route, Channel::InPerson).await.unwrap();
        let second = stage.the_callback().await;
        calls.log_attempt(&second, AttemptOutcome::Reached, "").await.unwrap();
        let solved = TalkResult { solved: Some(true), satisfaction: Some(4), note: String::new() };
        calls.finish_callback(&second, solved).await.unwrap();
        let end = stage.file(&id).await;
        assert_eq!(end.view.status, CaseStatus::Closed);
        assert!(end.case.closed_at.is_some() && end.missing.is_empty());
        assert_eq!(kinds(&end), [
            "opened", "dispatched", "signed_for", "returned",
            // The return of a ruling was tried and refused: that stands in the history.
            "dispatched", "refused", "signed_for", "step_logged", "statement_recorded", "statement_recorded",
            "point_answered", "answered", "finding_supported",
            "fed_back", "follow_up_scheduled", "follow_up_due", "route_notice_given", "follow_up_done", "reopened",
            "dispatched", "signed_for", "step_logged", "statement_recorded", "statement_recorded",
            "point_answered", "answered", "finding_supported",
            "fed_back", "follow_up_scheduled", "follow_up_due", "route_notice_given", "follow_up_done", "closed",
        ]);
        let ordinals: Vec<i64> = end.events.iter().map(|event| event.ordinal).collect();
        assert_eq!(ordinals, (1..=i64::try_from(ordinals.len()).unwrap()).collect::<Vec<_>>());
    }

    async fn who_comes_second_is_told_and_changes_nothing(store: Store) {
        let stage = Stage::set(store, "2026-03-02T10:00:00+08:00").await;
        let id = stage.open(complaint()).await.unwrap().id;
        let agent = stage.cases("agent").await;
        agent.dispatch(&id, 1, "service-supervision", None).await.unwrap();
        let late = stage.cases("supervisor").await.dispatch(&id, 1, "service-supervision", None).await;
        assert!(matches!(late, Err(Error::Conflict(_))), "{late:?}");
        assert_eq!(stage.file(&id).await.dispatches.len(), 1);
    }
}

#[test]
fn a_handler_knows_only_the_cases_of_the_own_department() {
    store::testing::on_sqlite(|store| async move {
        let stage = Stage::set(store, "2026-03-02T10:00:00+08:00").await;
        let id = stage.open(complaint()).await.unwrap().id;
        stage.cases("agent").await.dispatch(&id, 1, "service-supervision", None).await.unwrap();
        let (own, other) = (stage.cases("service").await, stage.cases("medical").await);
        assert_eq!(own.case_list(Filter::default(), 0).await.unwrap().count, 1);
        let elsewhere = Filter { department: Some("service-supervision".to_owned()), ..Filter::default() };
        assert_eq!(other.case_list(elsewhere, 0).await.unwrap().count, 0);
        let number = stage.file(&id).await.case.number;
        assert!(own.case_by_number(&number).await.is_ok());
        assert!(matches!(other.case_by_number(&number).await, Err(Error::NotFound)));
        assert!(matches!(other.sign_for(&id, 2).await, Err(Error::NotFound)));
        assert!(matches!(other.reveal_phone(&id, "好奇").await, Err(Error::NotFound)));
    });
}

#[test]
fn a_dispatch_against_the_table_needs_a_reason_and_a_known_department() {
    store::testing::on_sqlite(|store| async move {
        let stage = Stage::set(store, "2026-03-02T10:00:00+08:00").await;
        let id = stage.open(complaint()).await.unwrap().id;
        let agent = stage.cases("agent").await;
        assert_eq!(
            refusal(agent.dispatch(&id, 1, "medical-administration", Some(" ")).await).0,
            "refused-needs-reason"
        );
        assert_eq!(
            refusal(agent.dispatch(&id, 1, "nowhere", Some("x")).await).0,
            "refused-department-unknown"
        );
        agent.dispatch(&id, 1, "medical-administration", Some("涉及诊疗")).await.unwrap();
        let sent = &stage.file(&id).await.dispatches[0];
        assert_eq!((sent.rule.as_str(), sent.override_reason.as_deref()), ("attitude", Some("涉及诊疗")));
    });
}

#[test]
fn an_intake_that_is_no_case_is_refused_in_words() {
    store::testing::on_sqlite(|store| async move {
        let stage = Stage::set(store, "2026-03-02T10:00:00+08:00").await;
        let code = |result: Result<OpenedCase>| refusal(result.map(drop)).0;
        assert_eq!(
            code(stage.open(Intake { request_type: None, ..complaint() }).await),
            "refused-request-type"
        );
        assert_eq!(code(stage.open(Intake { points: Vec::new(), ..complaint() }).await), "refused-points");
        let mut strange = complaint();
        strange.points[0].category = Some("weather".to_owned());
        assert_eq!(code(stage.open(strange).await), "refused-category-unknown");
        let mut open = complaint();
        open.points[0].category = None;
        let id = stage.open(open).await.unwrap().id;
        let file = stage.file(&id).await;
        assert_eq!(file.view.status, CaseStatus::Recorded);
        let agent = stage.cases("agent").await;
        agent.classify_point(&id, 1, &file.points[0].id, "fees").await.unwrap();
        assert_eq!(stage.file(&id).await.view.status, CaseStatus::Classified);
        let numbers = [stage.open(complaint()).await.unwrap().number, file.case.number];
        assert_ne!(numbers[0], numbers[1]);
    });
}

#[test]
fn closing_and_reopening_by_hand() {
    store::testing::on_sqlite(|store| async move {
        let stage = Stage::set(store, "2026-03-02T10:00:00+08:00").await;
        let id = stage.answered().await;
        let (agent, supervisor) = (stage.cases("agent").await, stage.cases("supervisor").await);
        let (_, missing) = refusal(agent.close_case(&id, stage.version(&id).await).await);
        assert_eq!(missing, ["missing-feedback", "missing-route-notice"]);
        supervisor.send_answer_back(&id, stage.version(&id).await, "未说明整改").await.unwrap();
        assert_eq!(stage.file(&id).await.dispatches[0].state, "signed");
        let service = stage.cases("service").await;
        let answers = answers(&stage.file(&id).await);
        service.answer_case(&id, stage.version(&id).await, answers).await.unwrap();
        agent.waive_feedback(&id, stage.version(&id).await, "来电人表示无需回复").await.unwrap();
        agent.waive_route_notice(&id, stage.version(&id).await, "无法联系").await.unwrap();
        agent.close_case(&id, stage.version(&id).await).await.unwrap();
        assert_eq!(stage.file(&id).await.view.status, CaseStatus::Closed);
        agent.reopen_case(&id, stage.version(&id).await, ReopenCause::NewFacts, "补充了录像").await.unwrap();
        assert_eq!(stage.file(&id).await.view.status, CaseStatus::Reopened);
    });
}

#[test]
fn a_number_is_shown_for_a_reason_that_is_kept() {
    store::testing::on_sqlite(|store| async move {
        let stage = Stage::set(store, "2026-03-02T10:00:00+08:00").await;
        let mut secret = complaint();
        secret.wishes.confidential = Some(true);
        let id = stage.open(secret).await.unwrap().id;
        stage.cases("agent").await.dispatch(&id, 1, "service-supervision", None).await.unwrap();
        let agent = stage.cases("agent").await;
        assert!(matches!(agent.reveal_phone(&id, " ").await, Err(Error::Refused { .. })));
        assert_eq!(agent.reveal_phone(&id, "补充材料").await.unwrap().as_str(), "13800138000");
        assert_eq!(stage.file(&id).await.events.last().unwrap().kind, "phone_revealed");
        let trail = stage.board.store.read(store::audit::last).await.unwrap().unwrap();
        assert_eq!((trail.action.as_str(), trail.reason.as_deref()), ("phone-revealed", Some("补充材料")));
        let service = stage.cases("service").await;
        assert!(service.case_file(&id).await.unwrap().hidden);
        assert!(matches!(service.reveal_phone(&id, "想问问").await, Err(Error::NotFound)));
    });
}

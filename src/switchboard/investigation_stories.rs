//! Stories of an investigation: from a camera that overwrites to the check of what was put right.

use complaints::Intake;
use complaints::intake::Evidence;
use complaints::investigation::LetterKind;
use domain::CaseId;
use store::Store;

use crate::case_file::{CaseFile, CaseStatus, Filter};
use crate::case_stories::{Stage, grounded};
use crate::feedback::Channel;
use crate::investigation::letters::{LetterOrder, Way};
use crate::investigation::*;
use crate::testing::complaint;
use crate::{Error, Result};

fn with_camera() -> Intake {
    let named = |kind, status| Evidence { kind, status };
    Intake {
        evidence: vec![
            named(EvidenceKind::Footage, EvidenceStatus::Promised),
            named(EvidenceKind::Receipt, EvidenceStatus::Held),
        ],
        ..complaint()
    }
}

async fn dispatched(stage: &Stage, intake: Intake) -> CaseId {
    let id = stage.open(intake).await.unwrap().id;
    stage.cases("agent").await.dispatch(&id, 1, "service-supervision", None).await.unwrap();
    id
}

async fn inquire(stage: &Stage, login: &str, id: &CaseId, action: InvestigationAction) -> Result<()> {
    let version = stage.file(id).await.case.version;
    stage.cases(login).await.inquire(id, version, action).await
}

fn entry(file: &CaseFile, kind: EvidenceKind) -> EvidenceView {
    file.view.investigation.evidence.iter().find(|one| one.kind == kind).unwrap().clone()
}

fn refusal(result: Result<()>) -> (String, Vec<String>) {
    match result {
        Err(Error::Refused { code, missing }) => (code, missing),
        other => panic!("not refused: {other:?}"),
    }
}

store::on_both_engines! {
    async fn a_camera_that_overwrites_is_asked_for_at_once_and_seen_when_nobody_answers(store: Store) {
        let stage = Stage::set(store, "2026-03-02T10:00:00+08:00").await;
        let id = dispatched(&stage, with_camera()).await;
        let file = stage.file(&id).await;
        let camera = entry(&file, EvidenceKind::Footage);
        let asked = camera.preserve.clone().unwrap();
        assert_eq!(asked.due_at, domain::Timestamp::parse("2026-03-03T10:00:00+08:00").unwrap(), "24 hours, by night too");
        assert_eq!(camera.holder, Side::Institution);
        assert!(entry(&file, EvidenceKind::Receipt).preserve.is_none());
        let service = stage.cases("service").await;
        let line = service.case_list(Filter::default(), 0).await.unwrap().lines.remove(0);
        assert_eq!(line.preserve_by, Some(asked.due_at));
        stage.clock.set("2026-03-03T10:00:01+08:00");
        assert!(asked.is_overdue(stage.board.now()));
        assert_eq!(stage.board.wallboard().await.unwrap().preserves_overdue, 1);

        let sheet = stage.cases("agent").await.draft_letter(&id, LetterOrder::plain(LetterKind::PreserveRequest)).await.unwrap();
        assert!(sheet.text().contains("监控录像") && sheet.text().contains("2026-03-03"), "{}", sheet.text());
        let told = InvestigationAction::TellPreservation { evidence: camera.id.clone(), kept: true, remark: "已封存".into() };
        inquire(&stage, "service", &id, told).await.unwrap();
        let line = service.case_list(Filter::default(), 0).await.unwrap().lines.remove(0);
        assert_eq!(line.preserve_by, None);
        assert_eq!(stage.board.pulse().await.unwrap().preserves_overdue, 0, "somebody has answered");

        // Asked for, promised, and there, with the hash of what came.
        let request = |due: &str| InvestigationAction::RequestEvidence {
            evidence: camera.id.clone(),
            of: "云河市第一人民医院".into(),
            due_at: domain::Timestamp::parse(due).unwrap(),
        };
        assert_eq!(refusal(inquire(&stage, "service", &id, request("2026-03-01T10:00:00+08:00")).await).0, "refused-date-past");
        inquire(&stage, "service", &id, request("2026-03-05T10:00:00+08:00")).await.unwrap();
        let receipt = Receipt { at: stage.board.now(), sha256: Some("ab12".into()), attachment: None, recording: None, note: String::new() };
        let foreign = Receipt { attachment: Some("elsewhere".into()), ..receipt.clone() };
        let foreign = InvestigationAction::ReceiveEvidence { evidence: camera.id.clone(), receipt: foreign };
        assert!(matches!(inquire(&stage, "service", &id, foreign).await, Err(Error::NotFound)));
        inquire(&stage, "service", &id, InvestigationAction::ReceiveEvidence { evidence: camera.id.clone(), receipt }).await.unwrap();
        let there = entry(&stage.file(&id).await, EvidenceKind::Footage);
        assert_eq!((there.state, there.sha256.as_deref(), there.request), (EvidenceStatus::Held, Some("ab12"), None));
        let rows = stage.board.store.read({ let id = id.clone(); move |tx| store::evidence::of_case(tx, &id) }).await.unwrap();
        assert!(rows.iter().any(|row| row.id == camera.id && row.sha256.as_deref() == Some("ab12") && row.preserve_due_at.is_none()));
    }

    /// Whoever logs that footage was asked for need not enter it a second time, nor think of what overwrites it.
    async fn footage_that_is_asked_for_stands_in_the_register_once(store: Store) {
        let stage = Stage::set(store, "2026-03-02T10:00:00+08:00").await;
        let id = dispatched(&stage, complaint()).await;
        let service = stage.cases("service").await;
        let version = || async { stage.file(&id).await.case.version };
        service.sign_for(&id, version().await).await.unwrap();
        for note in ["二楼护士站摄像头,2月12日上午", "再次催要录像"] {
            let step = crate::handling::StepKind::FootageRequested;
            service.log_step(&id, version().await, step, note).await.unwrap();
        }
        let file = stage.file(&id).await;
        let footage: Vec<_> =
            file.view.investigation.evidence.iter().filter(|one| one.kind == EvidenceKind::Footage).collect();
        assert_eq!(footage.len(), 1, "asked for twice, it is one and the same");
        assert_eq!(footage[0].what, "二楼护士站摄像头,2月12日上午");
        assert!(footage[0].is_at_risk() && footage[0].holder == Side::Institution);
        assert_eq!(file.view.steps, 2);
        let kinds: Vec<_> = file.events.iter().map(|event| event.kind.as_str()).collect();
        assert_eq!(kinds.iter().filter(|kind| **kind == "step_logged").count(), 2);
    }

    async fn a_case_is_not_closed_on_findings_that_rest_on_nothing(store: Store) {
        let stage = Stage::set(store, "2026-03-02T10:00:00+08:00").await;
        let id = dispatched(&stage, with_camera()).await;
        let (agent, service) = (stage.cases("agent").await, stage.cases("service").await);
        let version = || async { stage.file(&id).await.case.version };
        service.sign_for(&id, version().await).await.unwrap();
        service.log_step(&id, version().await, crate::handling::StepKind::PartiesHeard, "已询问").await.unwrap();
        let answer = grounded(&stage.file(&id).await);
        service.answer_case(&id, version().await, answer.points).await.unwrap();
        agent.waive_feedback(&id, version().await, "无需回复").await.unwrap();
        agent.waive_route_notice(&id, version().await, "无法联系").await.unwrap();
        let lacking = [
            "missing-preservation", "missing-complainant-statement", "missing-institution-statement",
            "missing-standard", "missing-evidence-reference",
        ];
        assert_eq!(refusal(agent.close_case(&id, version().await).await).1, lacking);

        let file = stage.file(&id).await;
        let camera = entry(&file, EvidenceKind::Footage).id;
        let receipt = entry(&file, EvidenceKind::Receipt).id;
        let gone = InvestigationAction::TellPreservation { evidence: camera.clone(), kept: false, remark: "已被覆盖".into() };
        inquire(&stage, "agent", &id, gone).await.unwrap();
        for side in answer.sides {
            inquire(&stage, "agent", &id, side).await.unwrap();
        }
        let rests = |standard: &str, evidence: &str| InvestigationAction::SupportFinding {
            point: file.points[0].id.clone(),
            support: Support { standard: standard.into(), evidence: vec![evidence.to_owned()], without: String::new() },
        };
        assert_eq!(refusal(inquire(&stage, "agent", &id, rests("high-probability", &camera)).await).0, "refused-evidence-not-held");
        assert_eq!(refusal(inquire(&stage, "agent", &id, rests("predominant-probability", &receipt)).await).0, "refused-standard-unknown");
        inquire(&stage, "agent", &id, rests("high-probability", &receipt)).await.unwrap();
        agent.close_case(&id, version().await).await.unwrap();
        assert_eq!(stage.file(&id).await.view.status, CaseStatus::Closed);
    }

    async fn what_is_put_right_and_learned_outlives_the_case_without_a_name(store: Store) {
        let stage = Stage::set(store, "2026-03-02T10:00:00+08:00").await;
        let id = dispatched(&stage, complaint()).await;
        let now = stage.board.now();
        let plan = Correction {
            correction: String::new(),
            point: None,
            what: "午间增开一个窗口".into(),
            owner: "门诊部".into(),
            due_at: now.plus_seconds(86_400),
            check_at: now.plus_seconds(2 * 86_400),
        };
        inquire(&stage, "service", &id, InvestigationAction::PlanCorrection(plan)).await.unwrap();
        let note = LearningNote { learning: String::new(), point: None, words: "王女士(13800138000)说:等候多久应当告知".into(), rule_gap: "王女士:没有规定告知时限".into() };
        inquire(&stage, "service", &id, InvestigationAction::NoteLearning(note)).await.unwrap();
        let supervisor: crate::rights::Desk<crate::rights::Supervisor> =
            crate::rights::Desk::admit(&stage.board, stage.cases("supervisor").await.person()).unwrap();
        let seen = supervisor.follow_through(None, Some("attitude".into())).await.unwrap();
        assert_eq!(seen.notes.len(), 1);
        assert!(seen.notes[0].words.contains("等候多久应当告知"), "{}", seen.notes[0].words);
        assert!(!seen.notes[0].words.contains("王女士") && !seen.notes[0].words.contains("138"), "{}", seen.notes[0].words);
        assert!(supervisor.follow_through(None, Some("fees".into())).await.unwrap().notes.is_empty());
        assert_eq!((seen.corrections.len(), seen.overdue()), (1, 0));
        stage.clock.set("2026-03-09T10:00:00+08:00");
        assert_eq!(supervisor.overdue_checks().await.unwrap(), 1);
        let wall = stage.board.wallboard().await.unwrap();
        assert_eq!((wall.corrections_overdue, stage.board.pulse().await.unwrap().corrections_overdue), (1, 1));
        let correction = seen.corrections[0].0.id.clone();
        let version = stage.file(&id).await.case.version;
        let withdrawn = complaints::Action::Withdraw(complaints::Withdrawal {
            statement: "不再投诉".into(),
            informed: true,
            channel: Channel::Phone,
            by: complaints::StatedBy::Complainant,
        });
        stage.cases("agent").await.act(&id, version, withdrawn).await.unwrap();
        let check = InvestigationAction::CheckCorrection { correction, result: CheckResult::Done, remark: "已增开".into(), again_at: None };
        inquire(&stage, "supervisor", &id, check).await.unwrap();
        assert!(supervisor.follow_through(None, None).await.unwrap().corrections.is_empty());
    }

    async fn a_letter_is_kept_as_it_was_issued_and_never_names_the_complainant_to_the_accused(store: Store) {
        let stage = Stage::set(store, "2026-03-02T10:00:00+08:00").await;
        let mut intake = with_camera();
        intake.wishes.confidential = Some(true);
        intake.points[0].own_words = "王女士(13800138000)被大声训斥".into();
        let id = dispatched(&stage, intake).await;
        let agent = stage.cases("agent").await;
        let version = stage.file(&id).await.case.version;
        let order = LetterOrder { words: "请联系王女士 138 0013 8000".into(), ..LetterOrder::plain(LetterKind::PreserveRequest) };
        let letter = agent.issue_letter(&id, version, order, Way::ByHand(Channel::Email)).await.unwrap();
        let (row, sheet) = agent.letter(&id, &letter).await.unwrap();
        let text = sheet.text();
        assert!(text.contains("训斥") && !text.contains("王女士") && !text.contains("8000"), "{text}");
        assert_eq!((row.recipient.as_str(), row.channel.as_str(), row.sha256.len()), ("accused", "email", 64));
        let file = stage.file(&id).await;
        assert_eq!(file.view.investigation.letters[0].sha256, row.sha256);
        assert!(matches!(stage.cases("service").await.letter(&id, &letter).await, Err(Error::NotFound)));
        assert!(stage.cases("service").await.case_file(&id).await.unwrap().letters.is_empty());
        let result = agent.draft_letter(&id, LetterOrder::plain(LetterKind::Result)).await;
        assert_eq!(refusal(result.map(drop)).0, "refused-letter-nothing");
        let receipt = agent.draft_letter(&id, LetterOrder::plain(LetterKind::Acknowledgement)).await.unwrap();
        assert!(receipt.text().contains("王女士"), "the complainant is called by the own name");
        let trail = stage.board.store.read(|tx| store::audit::after(tx, 0, 100)).await.unwrap();
        let looked: Vec<_> = trail.iter().filter(|row| row.action == "letter-previewed").collect();
        assert_eq!(looked.len(), 1, "what was refused was not read");
        assert_eq!((looked[0].actor.as_str(), looked[0].reason.as_deref()), ("agent", Some("acknowledgement")));
        let after = stage.file(&id).await;
        assert_eq!((after.events.len(), after.case.version), (file.events.len(), file.case.version), "nothing else is written");
    }
}

//! The course of a case beside its main way, told with a clock wound by hand.

use std::collections::BTreeMap;

use complaints::{Action, StatedBy, Withdrawal};
use domain::{CallId, CaseId, ContactId, PersonId, RecordingId, Timestamp};
use store::Store;
use store::attachments::Attachment;

use crate::case_course::Relation;
use crate::case_file::{CaseFile, CaseStatus, Owner};
use crate::case_stories::Stage;
use crate::feedback::Channel;
use crate::handling::ReturnReason;
use crate::investigation::LetterKind;
use crate::investigation::letters::LetterOrder;
use crate::testing::complaint;
use crate::{Error, Result};

async fn act(stage: &Stage, login: &str, id: &CaseId, action: Action) -> Result<CaseFile> {
    let version = stage.file(id).await.case.version;
    stage.cases(login).await.act(id, version, action).await?;
    Ok(stage.file(id).await)
}

fn code(result: Result<CaseFile>) -> String {
    match result {
        Err(Error::Refused { code, .. }) => code,
        other => panic!("not refused: {:?}", other.map(|file| file.case.status)),
    }
}

async fn dispatched(stage: &Stage) -> CaseId {
    let id = stage.open(complaint()).await.unwrap().id;
    stage.cases("agent").await.dispatch(&id, 1, "service-supervision", None).await.unwrap();
    id
}

/// A recording and a file of the case: their ids.
async fn beside(stage: &Stage, id: &CaseId) -> (RecordingId, String) {
    let now = stage.board.now();
    let mut recording = crate::recordings::fresh(&CallId::new("call"), "lab", "documentation", now);
    recording.contact = Some(ContactId::new("contact"));
    let file = Attachment {
        id: "file".to_owned(),
        case: id.clone(),
        link: None,
        giver: "complainant".to_owned(),
        name: "a.pdf".to_owned(),
        kind: "document".to_owned(),
        media_type: "application/pdf".to_owned(),
        bytes: 1,
        sha256: String::new(),
        place: String::new(),
        state: "kept".to_owned(),
        scan: "clean".to_owned(),
        sight: "hotline".to_owned(),
        at: now,
    };
    let contact = store::contacts::Contact {
        id: ContactId::new("contact"),
        call: None,
        entry: None,
        channel: "call".to_owned(),
        line: "12320".to_owned(),
        caller: None,
        language: None,
        agent: None,
        started_at: now,
        ended_at: None,
        request_type: None,
        outcome: None,
        note: None,
        case: Some(id.clone()),
        service_day: "2026-03-02".to_owned(),
    };
    let (heard, read) = (recording.id.clone(), file.id.clone());
    let keep = move |tx: &mut store::Tx<'_>| -> store::Result<()> {
        store::contacts::insert(tx, &contact)?;
        store::recordings::insert(tx, &recording)?;
        store::attachments::insert(tx, &file)
    };
    stage.board.store.write(keep).await.unwrap();
    (heard, read)
}

/// A tomorrow that lies within every limit of the stage.
fn tomorrow(stage: &Stage) -> Timestamp {
    stage.board.now().plus_seconds(86_400)
}

store::on_both_engines! {
    async fn the_first_receiver_keeps_it_until_another_has_signed(store: Store) {
        let stage = Stage::set(store, "2026-03-02T09:00:00+08:00").await;
        let id = dispatched(&stage).await;
        assert_eq!(stage.file(&id).await.view.owner, Owner::Person(PersonId::new("agent")));
        let version = stage.file(&id).await.case.version;
        stage.cases("service").await.sign_for(&id, version).await.unwrap();
        assert_eq!(stage.file(&id).await.view.owner, Owner::Department("service-supervision".into()));
    }

    async fn a_co_handler_sees_the_case_signs_and_reports_to_the_lead(store: Store) {
        let stage = Stage::set(store, "2026-03-02T09:00:00+08:00").await;
        let id = dispatched(&stage).await;
        assert!(stage.cases("medical").await.case_file(&id).await.is_err());
        let add = |due_at| Action::AddCoHandler {
            department: "medical-administration".into(),
            task: "查病历".into(),
            due_at,
        };
        let late = stage.file(&id).await.case.due_at.map(|due_at| due_at.plus_seconds(1));
        assert_eq!(code(act(&stage, "agent", &id, add(late)).await), "refused-co-handler-after-lead");
        act(&stage, "agent", &id, add(Some(tomorrow(&stage)))).await.unwrap();
        assert!(stage.cases("medical").await.case_file(&id).await.is_ok());
        let report = || Action::CoHandlerReport { report: "病历完整".into() };
        let version = stage.file(&id).await.case.version;
        stage.cases("service").await.sign_for(&id, version).await.unwrap();
        assert_eq!(code(act(&stage, "medical", &id, report()).await), "refused-co-handler-not-signed");
        act(&stage, "medical", &id, Action::CoHandlerSign).await.unwrap();
        let file = act(&stage, "medical", &id, report()).await.unwrap();
        assert_eq!(file.co_handlers[0].report.as_deref(), Some("病历完整"));
        assert_eq!(file.co_handlers[0].state, "reported");
    }

    async fn what_the_complainant_is_asked_for_suspends_the_case(store: Store) {
        let stage = Stage::set(store, "2026-03-02T09:00:00+08:00").await;
        let id = dispatched(&stage).await;
        let past = Action::AskComplainant { what: "收据".into(), due_at: stage.board.now() };
        assert_eq!(code(act(&stage, "agent", &id, past).await), "refused-date-past");
        let ask = Action::AskComplainant { what: "收据".into(), due_at: tomorrow(&stage) };
        let file = act(&stage, "agent", &id, ask).await.unwrap();
        assert_eq!(file.view.status, CaseStatus::Suspended);
        let gave = Action::ComplainantGave { what: "收据照片".into() };
        assert_eq!(act(&stage, "agent", &id, gave).await.unwrap().view.status, CaseStatus::Dispatched);
    }

    async fn a_withdrawal_is_an_informed_statement_and_what_is_refused_is_kept(store: Store) {
        let stage = Stage::set(store, "2026-03-02T09:00:00+08:00").await;
        let id = dispatched(&stage).await;
        let withdraw = |informed| {
            let statement = "我不投诉了".to_owned();
            let (channel, by) = (Channel::Phone, StatedBy::Complainant);
            Action::Withdraw(Withdrawal { statement, informed, channel, by })
        };
        assert_eq!(code(act(&stage, "agent", &id, withdraw(false)).await), "refused-not-informed");
        let file = stage.file(&id).await;
        assert_eq!(file.events.last().map(|event| event.kind.as_str()), Some("refused"));
        let file = act(&stage, "agent", &id, withdraw(true)).await.unwrap();
        assert_eq!(file.view.status, CaseStatus::Withdrawn);
        assert_eq!(file.case.closed_at, Some(stage.board.now()));
    }

    async fn a_case_not_accepted_has_ground_and_advice_and_is_reviewed(store: Store) {
        let stage = Stage::set(store, "2026-03-02T09:00:00+08:00").await;
        let id = stage.open(complaint()).await.unwrap().id;
        let refuse = |ground: &str| Action::RefuseAcceptance { ground: ground.into(), advice: String::new() };
        assert_eq!(code(act(&stage, "agent", &id, refuse("because")).await), "refused-no-ground");
        let file = act(&stage, "agent", &id, refuse("petition")).await.unwrap();
        assert_eq!(file.view.status, CaseStatus::NotAccepted);
        assert!(file.events.iter().any(|event| event.kind == "not_accepted" && event.detail.contains("信访")));
        let review = Action::ReviewNonAcceptance { upheld: false, remark: "尚未进入信访".into() };
        let file = act(&stage, "supervisor", &id, review).await.unwrap();
        assert_eq!(file.view.status, CaseStatus::Classified);
        assert_eq!(file.case.closed_at, None);
    }

    async fn a_merger_leads_the_old_number_on_and_can_be_undone(store: Store) {
        let stage = Stage::set(store, "2026-03-02T09:00:00+08:00").await;
        let (held, goal) = (dispatched(&stage).await, dispatched(&stage).await);
        let desk = stage.cases("supervisor").await;
        let (old, new) = (stage.file(&held).await.case, stage.file(&goal).await.case);
        desk.merge_case(&held, old.version, &new.number, vec![]).await.unwrap();
        assert_eq!(desk.case_by_number(&old.number).await.unwrap(), goal);
        assert_eq!(stage.file(&held).await.view.status, CaseStatus::Merged);
        let version = stage.file(&goal).await.case.version;
        desk.unmerge_case(&goal, version, &old.number, "不是同一件事").await.unwrap();
        assert_eq!(desk.case_by_number(&old.number).await.unwrap(), held);
        let again = stage.file(&held).await;
        assert_eq!((again.view.status, again.case.closed_at), (CaseStatus::Dispatched, None));
        let version = again.case.version;
        desk.link_cases(&held, version, &new.number, Relation::SameEvent).await.unwrap();
        assert_eq!(stage.file(&goal).await.view.linked.len(), 1);
    }

    /// Chosen points go along as copies without the name of who complained; undoing takes them back.
    async fn a_merger_carries_the_chosen_points_and_its_undoing_takes_them_back(store: Store) {
        let stage = Stage::set(store, "2026-03-02T09:00:00+08:00").await;
        let mut secret = complaint();
        secret.wishes.confidential = Some(true);
        secret.points[0].own_words = "王女士(13800138000)等候过久".into();
        let (held, goal) = (stage.open(secret).await.unwrap().id, stage.open(complaint()).await.unwrap().id);
        let desk = stage.cases("supervisor").await;
        let (old, new) = (stage.file(&held).await, stage.file(&goal).await.case);
        let elsewhere = vec![stage.file(&goal).await.points[0].id.clone()];
        let foreign = desk.merge_case(&held, old.case.version, &new.number, elsewhere).await;
        assert!(matches!(foreign, Err(Error::Refused { code, .. }) if code == "refused-no-such-point"));
        let version = stage.file(&held).await.case.version;
        let chosen = vec![old.points[0].id.clone()];
        desk.merge_case(&held, version, &new.number, chosen.clone()).await.unwrap();
        let after = stage.file(&goal).await;
        assert_eq!(after.points.len(), 2);
        let copy = &after.points[1];
        assert!(copy.own_words.contains("等候过久") && !copy.own_words.contains("王女士"), "{}", copy.own_words);
        assert!(!copy.own_words.contains("138"), "{}", copy.own_words);
        assert_eq!((&copy.category, &copy.institution), (&old.points[0].category, &old.points[0].institution));
        let kept = stage.file(&held).await;
        assert_eq!(kept.points[0].own_words, old.points[0].own_words, "the original stays as it was said");
        for file in [&kept, &after] {
            let told = file.events.iter().any(|event| {
                matches!(event.kind.as_str(), "merged" | "absorbed") && event.detail.contains(chosen[0].as_str())
            });
            assert!(told, "which points went along");
        }
        desk.unmerge_case(&goal, after.case.version, &old.case.number, "不是同一件事").await.unwrap();
        let undone = stage.file(&goal).await;
        assert_eq!((undone.points.len(), undone.dropped.len()), (1, 1));
        assert_eq!(undone.dropped[0].drop_reason.as_deref(), Some("unmerged"));
        assert_eq!(stage.file(&held).await.points.len(), 1);
    }

    /// A copy is coded as its original was, by whom and when, and says where it comes from.
    async fn a_carried_point_brings_its_codes_and_where_it_comes_from(store: Store) {
        let stage = Stage::set(store, "2026-03-02T09:00:00+08:00").await;
        let mut told = complaint();
        let point = &mut told.points[0];
        (point.place.text, point.persons.text) = ("三楼急诊".to_owned(), "一名护士".to_owned());
        (point.happened.text, point.harm) = ("2026-02-12 至 2026-02-14".to_owned(), "整夜没睡".to_owned());
        point.payer = Some(complaints::dialogue::Payer::Patient);
        let (held, goal) = (stage.open(told).await.unwrap().id, stage.open(complaint()).await.unwrap().id);
        let (agent, desk) = (stage.cases("agent").await, stage.cases("supervisor").await);
        let original = stage.file(&held).await.points[0].id.clone();
        let codes = |severity: &str| {
            [("severity", severity), ("hcat", "communication")].map(|(axis, code)| (axis.to_owned(), code.to_owned()))
        };
        agent.code_point(&held, 1, &original, codes("2").into(), "").await.unwrap();
        stage.clock.advance(60);
        let version = stage.file(&held).await.case.version;
        desk.code_point(&held, version, &original, codes("3").into(), "病人摔倒").await.unwrap();
        stage.clock.advance(60);
        let (old, number) = (stage.file(&held).await, stage.file(&goal).await.case.number);
        desk.merge_case(&held, old.case.version, &number, vec![original.clone()]).await.unwrap();
        let after = stage.file(&goal).await;
        let (copy, from) = (&after.points[1], &old.points[0]);
        assert_eq!(
            (&copy.institution, &copy.place, &copy.persons, &copy.happened, &copy.payer, &copy.harm),
            (&from.institution, &from.place, &from.persons, &from.happened, &from.payer, &from.harm)
        );
        assert_eq!(
            (&copy.own_words, &copy.category, &copy.category_version, &copy.suggested, &copy.coder),
            (&from.own_words, &from.category, &from.category_version, &from.suggested, &from.coder)
        );
        assert_eq!(copy.original, Some((held.clone(), original.clone())));
        assert_eq!(after.others.get(held.as_str()), Some(&old.case.number), "it can be said by number");
        assert_eq!(after.view.points[1].codes, old.view.points[0].codes);
        let standing = |file: &CaseFile, point: &domain::PointId| {
            let mut all = BTreeMap::new();
            for coding in file.codings.iter().filter(|coding| coding.point == *point) {
                let by = (coding.code.clone(), coding.system.clone(), coding.version.clone());
                all.insert(coding.axis.clone(), (by, coding.coder.clone(), coding.at, coding.reason.clone()));
            }
            all
        };
        assert_eq!(standing(&after, &copy.id), standing(&old, &original));
        assert_eq!(standing(&after, &copy.id)["severity"].1, PersonId::new("supervisor"));
        desk.unmerge_case(&goal, after.case.version, &old.case.number, "不是同一件事").await.unwrap();
        let (undone, own) = (stage.file(&goal).await, stage.file(&held).await);
        assert_eq!((undone.points.len(), undone.dropped.len()), (1, 1));
        assert_eq!(standing(&own, &original), standing(&old, &original), "the original is as it was");
    }

    /// What was dropped by hand since is not dropped again; the last point of a case stays.
    async fn what_changed_since_a_merger_stays_when_it_is_undone(store: Store) {
        let stage = Stage::set(store, "2026-03-02T09:00:00+08:00").await;
        let (held, goal) = (stage.open(complaint()).await.unwrap().id, stage.open(complaint()).await.unwrap().id);
        let desk = stage.cases("supervisor").await;
        let (old, new) = (stage.file(&held).await, stage.file(&goal).await);
        let chosen = vec![old.points[0].id.clone()];
        desk.merge_case(&held, old.case.version, &new.case.number, chosen).await.unwrap();
        let own = Action::DropPoint { point: new.points[0].id.clone(), reason: "重复".into() };
        let file = act(&stage, "agent", &goal, own).await.unwrap();
        assert_eq!(file.points.len(), 1);
        desk.unmerge_case(&goal, file.case.version, &old.case.number, "不是同一件事").await.unwrap();
        assert_eq!(stage.file(&goal).await.points.len(), 1, "a case is never without a point");
    }

    async fn a_ruling_cannot_be_returned_and_the_try_stands_in_the_history(store: Store) {
        let stage = Stage::set(store, "2026-03-02T09:00:00+08:00").await;
        let id = dispatched(&stage).await;
        let version = |file: CaseFile| file.case.version;
        let seen = version(stage.file(&id).await);
        let service = stage.cases("service").await;
        service.return_case(&id, seen, ReturnReason::NotOurs, "不归我们").await.unwrap();
        act(&stage, "agent", &id, Action::Arbitrate { remark: "双方推诿".into() }).await.unwrap();
        assert_eq!(stage.file(&id).await.view.status, CaseStatus::Arbitration);
        let (department, reason) = ("service-supervision".to_owned(), "职责范围明确".to_owned());
        act(&stage, "supervisor", &id, Action::Designate { department, reason }).await.unwrap();
        let seen = version(stage.file(&id).await);
        let back = service.return_case(&id, seen, ReturnReason::NotOurs, "不归我们").await;
        assert!(matches!(back, Err(Error::Refused { code, .. }) if code == "refused-designated-not-returnable"));
        assert!(stage.file(&id).await.events.iter().any(|event| event.kind == "refused"));
    }

    async fn a_case_that_nobody_moves_is_pressed_by_day_and_not_by_night(store: Store) {
        let stage = Stage::set(store, "2026-03-02T09:00:00+08:00").await;
        let id = dispatched(&stage).await;
        stage.clock.set("2026-03-20T02:00:00+08:00");
        stage.board.tick_supervision().await.unwrap();
        assert!(stage.file(&id).await.view.pressed.is_empty());
        stage.clock.set("2026-03-20T10:00:00+08:00");
        for _ in 0..6 {
            stage.board.tick_supervision().await.unwrap();
        }
        let pressed = stage.file(&id).await.view.pressed;
        let steps: Vec<&str> = pressed.iter().map(|(step, _)| step.as_str()).collect();
        assert_eq!(steps, ["three-quarters", "overdue", "overdue-2", "overdue-5"]);
    }

    async fn more_time_is_capped_and_approved_as_the_law_says(store: Store) {
        let stage = Stage::set(store, "2026-02-13T10:00:00+08:00").await;
        let id = dispatched(&stage).await;
        let version = stage.file(&id).await.case.version;
        stage.cases("service").await.sign_for(&id, version).await.unwrap();
        let ask = |units| Action::Extend { units, reason: "等待鉴定".into(), clock: None };
        let approve = || Action::ApproveExtension { granted: true, remark: "同意".into(), clock: None };
        assert_eq!(code(act(&stage, "service", &id, ask(6)).await), "refused-beyond-cap");
        act(&stage, "service", &id, ask(5)).await.unwrap();
        assert_eq!(code(act(&stage, "service", &id, approve()).await), "refused-not-approver");
        // Asked for in time; the ruling comes after the 27th, the last day of the first limit.
        stage.clock.set("2026-02-28T10:00:00+08:00");
        let file = act(&stage, "supervisor", &id, approve()).await.unwrap();
        let answer = file.clocks.iter().find(|clock| clock.duty == clocks::Duty::Answer).unwrap();
        assert_eq!(answer.due_at, Timestamp::parse("2026-03-05T23:59:59+08:00").unwrap());
        assert_eq!(code(act(&stage, "service", &id, ask(1)).await), "refused-extended-too-often");
        let kept = file.events.iter().filter(|event| event.kind == "refused").count();
        assert_eq!(kept, 2, "what was tried against the cap stands in the history");
    }

    async fn who_asks_for_more_time_after_the_limit_is_too_late(store: Store) {
        let stage = Stage::set(store, "2026-02-13T10:00:00+08:00").await;
        let id = dispatched(&stage).await;
        let version = stage.file(&id).await.case.version;
        stage.cases("service").await.sign_for(&id, version).await.unwrap();
        stage.clock.set("2026-02-28T10:00:00+08:00");
        let ask = Action::Extend { units: 5, reason: "等待鉴定".into(), clock: None };
        assert_eq!(code(act(&stage, "service", &id, ask).await), "refused-extended-too-late");
    }

    async fn who_has_a_conflict_keeps_out_and_the_trail_says_so(store: Store) {
        let stage = Stage::set(store, "2026-03-02T09:00:00+08:00").await;
        let id = dispatched(&stage).await;
        let number = stage.file(&id).await.case.number;
        let version = stage.file(&id).await.case.version;
        let (agent, own) = (stage.cases("agent").await, PersonId::new("agent"));
        let other = agent.recuse(&id, version, &PersonId::new("supervisor"), "同学").await;
        assert!(matches!(other, Err(Error::Refused { code, .. }) if code == "refused-wrong-role"));
        assert!(matches!(agent.recuse(&id, version, &own, " ").await, Err(Error::Refused { .. })));
        agent.recuse(&id, version, &own, "当事护士是我妹妹").await.unwrap();
        assert!(matches!(agent.case_by_number(&number).await, Err(Error::NotFound)));
        assert!(matches!(agent.case_file(&id).await, Err(Error::NotFound)));
        // The supervisor sees that somebody else must answer for it, and nobody who keeps out gets it.
        let board = stage.board.clone();
        let person = board.person_by_login("supervisor").await.unwrap();
        let desk = crate::rights::Desk::<crate::rights::Supervisor>::admit(&board, &person).unwrap();
        let listed = desk.conflicts().await.unwrap().recusals;
        assert_eq!((listed.len(), &listed[0].number, listed[0].to_give), (1, &number, true));
        assert_eq!(code(act(&stage, "supervisor", &id, Action::HandOver { to: own }).await), "refused-recused");
        act(&stage, "supervisor", &id, Action::HandOver { to: PersonId::new("supervisor") }).await.unwrap();
        assert!(!desk.conflicts().await.unwrap().recusals[0].to_give);
        let trail = board.store.read(|tx| store::audit::after(tx, 0, 100)).await.unwrap();
        let of = |action: &str| trail.iter().filter(|entry| entry.action == action).count();
        assert_eq!((of("recused"), of("conflict-blocked")), (1, 2));
    }

    async fn every_way_to_a_case_that_a_conflict_closes_stands_in_the_trail(store: Store) {
        let stage = Stage::set(store, "2026-03-02T09:00:00+08:00").await;
        let id = dispatched(&stage).await;
        let number = stage.file(&id).await.case.number;
        let version = stage.file(&id).await.case.version;
        let (recording, file) = beside(&stage, &id).await;
        let supervisor = stage.cases("supervisor").await;
        supervisor.recuse(&id, version, &PersonId::new("supervisor"), "亲属").await.unwrap();
        let letter = || LetterOrder::plain(LetterKind::ALL[0]);
        let act = Action::WaiveFeedback { reason: "x".into() };
        assert!(matches!(supervisor.case_by_number(&number).await, Err(Error::NotFound)));
        assert!(matches!(supervisor.case_file(&id).await, Err(Error::NotFound)));
        assert!(matches!(supervisor.files(&id).await, Err(Error::NotFound)));
        assert!(matches!(supervisor.open_file(&file).await, Err(Error::NotFound)));
        assert!(matches!(supervisor.show_file(&file, true).await, Err(Error::NotFound)));
        assert!(matches!(supervisor.upload_link(&id).await, Err(Error::NotFound)));
        assert!(matches!(supervisor.hear_recording(&recording).await, Err(Error::NotFound)));
        assert!(matches!(supervisor.draft_letter(&id, letter()).await, Err(Error::NotFound)));
        assert!(matches!(supervisor.reveal_phone(&id, "x").await, Err(Error::NotFound)));
        assert!(matches!(supervisor.dialogue_file(&id).await, Err(Error::NotFound)));
        assert!(matches!(supervisor.handed_over(&number).await, Err(Error::NotFound)));
        assert!(matches!(supervisor.act(&id, version + 1, act).await, Err(Error::NotFound)));
        let trail = stage.board.store.read(|tx| store::audit::after(tx, 0, 100)).await.unwrap();
        let blocked: Vec<_> = trail.iter().filter(|entry| entry.action == "conflict-blocked").collect();
        let ways: Vec<&str> = blocked.iter().map(|entry| entry.reason.as_deref().unwrap()).collect();
        let told = "number case files attachment attachment files recording letter telephone dialogue api deed";
        assert_eq!(ways.join(" "), told);
        let case = format!("case:{id}");
        assert!(blocked.iter().all(|entry| entry.actor == "supervisor" && entry.object == case));
        // Whoever has no business with a case at all is no matter of conflict.
        assert!(matches!(stage.cases("medical").await.case_file(&id).await, Err(Error::NotFound)));
        let rows = stage.board.store.read(|tx| store::audit::after(tx, 0, 100)).await.unwrap();
        assert_eq!(rows.len(), trail.len());
    }

    /// Whoever keeps out of a case sees in the trail that something was done, and neither why nor to which number.
    async fn the_trail_tells_no_reasons_of_a_case_that_somebody_keeps_out_of(store: Store) {
        let stage = Stage::set(store, "2026-03-02T09:00:00+08:00").await;
        let id = dispatched(&stage).await;
        stage.cases("agent").await.reveal_phone(&id, "王女士要求改号").await.unwrap();
        let person = stage.board.person_by_login("supervisor").await.unwrap();
        let overseer = crate::rights::Desk::<crate::rights::Overseer>::admit(&stage.board, &person).unwrap();
        let told = async || {
            let trail = overseer.audit_trail(crate::audit_trail::TrailOrder::default()).await.unwrap();
            let reasons = trail.rows.iter().filter(|row| row.reason.as_deref() == Some("王女士要求改号")).count();
            (trail.rows.iter().filter(|row| row.action == "phone-revealed").count(), reasons, trail.cases.len())
        };
        assert_eq!(told().await, (1, 1, 1));
        let version = stage.file(&id).await.case.version;
        stage.cases("supervisor").await.recuse(&id, version, &person.id, "亲属").await.unwrap();
        assert_eq!(told().await, (1, 0, 0));
    }

    async fn an_interest_in_an_institution_hides_its_cases(store: Store) {
        let stage = Stage::set(store, "2026-03-02T09:00:00+08:00").await;
        let mut intake = complaint();
        intake.points[0].institution_code = Some("yunhe-first".to_owned());
        let id = stage.open(intake).await.unwrap().id;
        stage.cases("agent").await.dispatch(&id, 1, "service-supervision", None).await.unwrap();
        let number = stage.file(&id).await.case.number;
        let person = stage.board.person_by_login("supervisor").await.unwrap();
        let desk = crate::rights::Desk::<crate::rights::Overseer>::admit(&stage.board, &person).unwrap();
        let handler = PersonId::new("service");
        let unknown = desk.declare_interests(&handler, vec!["nowhere".to_owned()]).await;
        assert!(matches!(unknown, Err(Error::Refused { code, .. }) if code == "refused-institution-unknown"));
        let service = stage.cases("service").await;
        assert!(service.case_by_number(&number).await.is_ok());
        desk.declare_interests(&handler, vec!["yunhe-first".to_owned()]).await.unwrap();
        assert!(matches!(service.case_by_number(&number).await, Err(Error::NotFound)));
        desk.declare_interests(&handler, Vec::new()).await.unwrap();
        assert!(service.case_by_number(&number).await.is_ok());
        let trail = stage.board.store.read(|tx| store::audit::after(tx, 0, 100)).await.unwrap();
        let told: Vec<_> = trail.iter().map(|entry| entry.action.as_str()).collect();
        assert_eq!(told, ["interests-declared", "conflict-blocked", "interests-declared"]);
    }

    async fn answers_of_an_audited_class_are_told_after_the_audit(store: Store) {
        let stage = Stage::set(store, "2026-03-02T09:00:00+08:00").await;
        let mut intake = complaint();
        intake.request_type = Some(domain::RequestType::Report);
        let id = stage.answered_from(intake).await;
        assert!(stage.file(&id).await.view.audit_required, "reports of cn-gov, as config/dispatch.toml says");
        let version = stage.file(&id).await.case.version;
        let told = stage.cases("agent").await.feed_back(&id, version, Channel::Phone, "已告知").await;
        assert!(matches!(told, Err(Error::Refused { missing, .. }) if missing == ["missing-audit"]));
        act(&stage, "supervisor", &id, Action::Audit { remark: "属实".into() }).await.unwrap();
        let version = stage.file(&id).await.case.version;
        stage.cases("agent").await.feed_back(&id, version, Channel::Phone, "已告知").await.unwrap();
        let complaint = stage.answered().await;
        assert!(!stage.file(&complaint).await.view.audit_required);
    }

    async fn helpers_of_the_table_are_asked_with_the_dispatch(store: Store) {
        let stage = Stage::set(store, "2026-03-02T09:00:00+08:00").await;
        let mut intake = complaint();
        intake.points[0].category = Some("safety".to_owned());
        let id = stage.open(intake.clone()).await.unwrap().id;
        let medical = stage.cases("medical").await;
        assert_eq!(medical.helping_list().await.unwrap().count, 0);
        stage.cases("agent").await.dispatch(&id, 1, "quality-control", None).await.unwrap();
        let helpers = stage.file(&id).await.co_handlers;
        assert_eq!((helpers.len(), helpers[0].department.as_str()), (1, "medical-administration"));
        assert!(helpers[0].task.contains("协办"), "the remark of the rule is the task");
        let list = medical.helping_list().await.unwrap();
        assert_eq!(list.lines.iter().map(|line| &line.case.id).collect::<Vec<_>>(), [&id]);
        // Whoever chooses another lead chooses the helpers too.
        let other = stage.open(intake).await.unwrap().id;
        stage.cases("agent").await.dispatch(&other, 1, "service-supervision", Some("涉及态度")).await.unwrap();
        assert!(stage.file(&other).await.co_handlers.is_empty());
    }

    async fn a_pause_does_not_count_for_supervision(store: Store) {
        let stage = Stage::set(store, "2026-03-02T09:00:00+08:00").await;
        let (moving, paused) = (dispatched(&stage).await, dispatched(&stage).await);
        let suspend = Action::Suspend { reason: clocks::PauseReason::Appraisal, remark: "鉴定".into() };
        act(&stage, "agent", &paused, suspend).await.unwrap();
        stage.clock.set("2026-03-06T10:00:00+08:00");
        act(&stage, "agent", &paused, Action::Resume { remark: "鉴定完".into() }).await.unwrap();
        stage.clock.set("2026-03-09T10:00:00+08:00");
        stage.board.tick_supervision().await.unwrap();
        assert_eq!(stage.file(&moving).await.view.pressed.len(), 1, "three quarters of its time are over");
        assert!(stage.file(&paused).await.view.pressed.is_empty());
    }
}

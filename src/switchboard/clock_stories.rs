//! The clocks of cases, told with a clock wound by hand: pauses, extensions, warnings, and a new calendar.

use std::sync::Arc;

use clocks::{Duty, PauseReason};
use domain::{CaseId, Timestamp};
use serde_json::{Value, json};
use store::Store;
use store::clocks::{Clock, Reckoned};

use crate::case_file::{CaseClock, Filter};
use crate::case_stories::Stage;
use crate::testing::{NotedCarrier, complaint, house};
use crate::{Result, Switchboard};

fn at(text: &str) -> Timestamp {
    Timestamp::parse(text).unwrap()
}

impl Stage {
    /// Something is written into the history, as a use case does, and the agenda looks at it.
    async fn happens(&self, case: &CaseId, kind: &'static str, detail: Value) {
        let (case, now) = (case.clone(), self.board.now());
        self.board
            .store
            .write(move |tx| -> Result<()> {
                crate::case_work::write_event(tx, &case, now, "supervisor", kind, &detail)?;
                let row = store::cases::get(tx, &case)?;
                Ok(store::cases::update(tx, &row)?)
            })
            .await
            .unwrap();
        self.board.tick_clocks().await.unwrap();
    }

    async fn at(&self, moment: &str) {
        self.clock.set(moment);
        self.board.tick_clocks().await.unwrap();
    }

    async fn row(&self, case: &CaseId, duty: &'static str) -> Option<Clock> {
        let case = case.clone();
        let rows = self.board.store.read(move |tx| store::clocks::of_case(tx, &case)).await.unwrap();
        rows.into_iter().find(|row| row.duty == duty)
    }

    async fn log(&self, case: &CaseId) -> Vec<Reckoned> {
        let case = case.clone();
        self.board.store.read(move |tx| store::clocks::log_of_case(tx, &case)).await.unwrap()
    }

    async fn clock_of(&self, case: &CaseId, duty: Duty) -> CaseClock {
        self.file(case).await.clocks.into_iter().find(|clock| clock.duty == duty).unwrap()
    }

    async fn warned(&self) -> Option<i64> {
        let list = self.cases("supervisor").await.case_list(Filter::default(), 0).await.unwrap();
        list.lines[0].warned
    }
}

/// Monday; the answer is due on Monday the 9th.
const MONDAY: &str = "2026-03-02T10:00:00+08:00";

store::on_both_engines! {
    async fn a_pause_takes_the_limit_away_and_gives_it_back_later(store: Store) {
        let stage = Stage::set(store, MONDAY).await;
        let id = stage.open(complaint()).await.unwrap().id;
        stage.at("2026-03-04T12:00:00+08:00").await;
        let limit = stage.file(&id).await.case.due_at;
        assert_eq!(limit, Some(at("2026-03-09T23:59:59+08:00")));
        stage.happens(&id, "suspended", json!({ "reason": "awaiting_complainant" })).await;
        let waiting = stage.file(&id).await;
        assert_eq!(waiting.case.due_at, None, "what stands still is in no list of what is due");
        assert!(stage.row(&id, "answer").await.unwrap().paused);
        stage.clock.set("2026-03-06T12:00:00+08:00");
        let version = stage.file(&id).await.case.version;
        stage.happens(&id, "resumed", json!({})).await;
        let file = stage.file(&id).await;
        assert_eq!(file.case.due_at, Some(at("2026-03-11T23:59:59+08:00")));
        assert_eq!(file.case.version, version + 1, "the reckoning makes no form stale");
        let due = stage.clock_of(&id, Duty::Answer).await.due.unwrap();
        let reasons = due.skipped().map(|day| day.reason.clone());
        let paused = clocks::DayReason::Paused(PauseReason::AwaitingComplainant);
        assert_eq!(reasons.filter(|reason| *reason == paused).count(), 2);
        let moved: Vec<_> = stage.log(&id).await.into_iter().filter(|line| line.duty == "answer").collect();
        assert_eq!((moved.last().unwrap().due_after, moved[0].due_before), (due.due_at, None));
    }

    async fn an_extension_moves_the_limit_and_ends_with_the_round(store: Store) {
        let stage = Stage::set(store, MONDAY).await;
        let id = stage.open(complaint()).await.unwrap().id;
        stage.happens(&id, "extended", json!({ "units": 3, "reason": "鉴定" })).await;
        assert_eq!(stage.file(&id).await.case.due_at, Some(at("2026-03-12T23:59:59+08:00")));
        assert_eq!(stage.clock_of(&id, Duty::Answer).await.due.unwrap().extended_by, 3);
        stage.clock.set("2026-03-20T10:00:00+08:00");
        stage.happens(&id, "reopened", json!({})).await;
        let clock = stage.clock_of(&id, Duty::Answer).await;
        assert_eq!((clock.due_at, clock.due.unwrap().extended_by), (at("2026-03-27T23:59:59+08:00"), 0));
    }

    async fn people_are_warned_at_their_shares_of_working_time(store: Store) {
        let stage = Stage::set(store, MONDAY).await;
        let id = stage.open(complaint()).await.unwrap().id;
        let agent = stage.cases("agent").await;
        agent.dispatch(&id, 1, "service-supervision", None).await.unwrap();
        stage.cases("service").await.sign_for(&id, stage.file(&id).await.case.version).await.unwrap();
        stage.at("2026-03-02T10:00:05+08:00").await;
        assert_eq!(stage.warned().await, None);
        let next = stage.row(&id, "answer").await.unwrap();
        assert_eq!((next.next_percent, next.warn_at), (50, Some(at("2026-03-05T09:15:00+08:00"))));
        stage.at("2026-03-05T09:14:55+08:00").await;
        assert_eq!(stage.warned().await, None);
        stage.at("2026-03-05T09:15:00+08:00").await;
        assert_eq!(stage.warned().await, Some(50));
        stage.at("2026-03-09T17:30:00+08:00").await;
        assert_eq!(stage.warned().await, Some(100));
        // More time takes the warning back.
        stage.happens(&id, "extended", json!({ "units": 5, "reason": "x" })).await;
        assert_eq!(stage.warned().await, Some(50));
    }

    async fn zammad_904_a_merged_or_closed_case_warns_nobody(store: Store) {
        let stage = Stage::set(store, MONDAY).await;
        let (merged, closed) = (stage.open(complaint()).await.unwrap().id, stage.open(complaint()).await.unwrap().id);
        stage.at("2026-03-02T10:00:05+08:00").await;
        assert!(stage.row(&merged, "answer").await.is_some() && stage.row(&closed, "answer").await.is_some());
        let over = [(merged.clone(), "merged", None), (closed.clone(), "closed", Some(stage.board.now()))];
        let write = move |tx: &mut store::Tx<'_>| -> Result<()> {
            for (id, status, closed_at) in &over {
                let mut case = store::cases::get(tx, id)?;
                case.status = (*status).to_owned();
                case.closed_at = *closed_at;
                store::cases::update(tx, &case)?;
            }
            Ok(())
        };
        stage.board.store.write(write).await.unwrap();
        stage.at("2026-03-20T10:00:00+08:00").await;
        for id in [&merged, &closed] {
            assert!(stage.row(id, "answer").await.is_none());
        }
        let later = stage.board.store.read(|tx| store::clocks::to_warn(tx, Timestamp(i64::MAX), 9)).await.unwrap();
        assert!(later.is_empty());
    }

    async fn a_new_calendar_moves_open_cases_and_says_so(store: Store) {
        let stage = Stage::set(store, "2026-12-29T10:00:00+08:00").await;
        let id = stage.open(complaint()).await.unwrap().id;
        stage.at("2026-12-29T10:00:05+08:00").await;
        let guess = stage.row(&id, "answer").await.unwrap();
        assert_eq!((guess.due_at, guess.provisional), (at("2027-01-05T23:59:59+08:00"), true));
        // The notice for 2027 is adopted: New Year's Day is off, and nothing of the year is a guess any more.
        let mut house = house();
        let shipped = include_str!("../../config/calendars/china.toml");
        let notice = "\n[[notice]]\ncitation = \"2027\"\noff = [{ from = \"2027-01-01\", to = \"2027-01-03\", names = { zh-CN = \"元旦\" } }]\n";
        let text = shipped.replace("published_until = \"2026-12-31\"", "published_until = \"2027-12-31\"");
        house.calendars.add(clocks::Calendar::parse(&format!("{text}{notice}"), "china.toml").unwrap());
        let clock = stage.clock.clone();
        clock.set("2026-12-30T09:00:00+08:00");
        let carrier = Arc::new(NotedCarrier::default());
        let board = Switchboard::new(stage.board.store.clone(), Arc::new(house), clock, carrier);
        board.tick_clocks().await.unwrap();
        let known = stage.row(&id, "answer").await.unwrap();
        assert_eq!((known.due_at, known.provisional), (at("2027-01-06T23:59:59+08:00"), false));
        assert_eq!(stage.file(&id).await.case.due_at, Some(known.due_at));
        let last = stage.log(&id).await.into_iter().rfind(|line| line.duty == "answer").unwrap();
        assert_eq!((last.cause.as_str(), last.due_before, last.due_after), ("books", Some(guess.due_at), known.due_at));
        // The same books again move nothing.
        let before = stage.log(&id).await.len();
        board.tick_clocks().await.unwrap();
        assert_eq!(stage.log(&id).await.len(), before);
    }

    async fn a_co_handlers_clock_lies_inside_the_leads(store: Store) {
        let stage = Stage::set(store, MONDAY).await;
        let id = stage.open(complaint()).await.unwrap().id;
        stage.clock.set("2026-03-05T11:00:00+08:00");
        stage.happens(&id, "co_handler_added", json!({ "department": "medical-administration" })).await;
        let (lead, own) = (stage.clock_of(&id, Duty::Answer).await, stage.clock_of(&id, Duty::CoHandle).await);
        // By its own three days it would be due on the 10th, after the lead.
        assert_eq!((lead.due_at, own.due_at), (at("2026-03-09T23:59:59+08:00"), at("2026-03-06T16:18:00+08:00")));
        assert_eq!(own.subject, "medical-administration");
        stage.happens(&id, "co_handler_reported", json!({ "department": "medical-administration" })).await;
        assert!(stage.clock_of(&id, Duty::CoHandle).await.met_at.is_some());
    }

    async fn the_clock_of_the_autopsy_starts_with_the_death_and_not_with_the_call(store: Store) {
        let stage = Stage::set(store, MONDAY).await;
        let mut intake = complaint();
        intake.patient.deceased = true;
        intake.patient.died_at = "2026-03-01T22:30".to_owned();
        let id = stage.open(intake).await.unwrap().id;
        let clock = stage.clock_of(&id, Duty::Autopsy).await;
        assert_eq!((clock.start_at, clock.due_at), (at("2026-03-01T22:30:00+08:00"), at("2026-03-03T22:30:00+08:00")));
        assert_eq!(clock.warnings.len(), 4);
        assert!(stage.row(&id, "autopsy").await.is_some(), "reckoned with the opening");
        let (desk, version) = (stage.cases("agent").await, stage.file(&id).await.case.version);
        let (outcome, remark) = (complaints::AutopsyOutcome::Declined, "已告知家属48小时时限,家属放弃".to_owned());
        desk.act(&id, version, complaints::Action::SettleAutopsy { outcome, remark }).await.unwrap();
        assert!(stage.clock_of(&id, Duty::Autopsy).await.met_at.is_some(), "a limit that is settled ends");
    }

    async fn a_case_in_a_dialogue_waits_for_no_dispatch(store: Store) {
        let stage = Stage::set(store, MONDAY).await;
        let id = stage.open(complaint()).await.unwrap().id;
        let open = stage.clock_of(&id, Duty::Dispatch).await;
        assert_eq!(open.met_at, None);
        stage.happens(&id, "entered_dialogue", json!({ "dialogue": "hovedstaden" })).await;
        assert_eq!(stage.clock_of(&id, Duty::Dispatch).await.met_at, Some(stage.board.now()));
    }

    async fn a_death_whose_hour_nobody_knows_has_no_wrong_limit(store: Store) {
        let stage = Stage::set(store, MONDAY).await;
        let mut intake = complaint();
        intake.patient.deceased = true;
        let id = stage.open(intake).await.unwrap().id;
        assert!(stage.row(&id, "autopsy").await.is_none());
        assert_eq!(stage.file(&id).await.unstarted, [Duty::Autopsy]);
        let note = |at| complaints::Action::NoteDeath { at };
        let (desk, version) = (stage.cases("agent").await, stage.file(&id).await.case.version);
        let later = desk.act(&id, version, note(stage.board.now().plus_seconds(1))).await;
        assert!(matches!(later, Err(crate::Error::Refused { code, .. }) if code == "refused-died-at"));
        desk.act(&id, version, note(at("2026-03-02T04:00:00+08:00"))).await.unwrap();
        assert_eq!(stage.row(&id, "autopsy").await.unwrap().due_at, at("2026-03-04T04:00:00+08:00"));
        assert!(stage.file(&id).await.unstarted.is_empty());
        let mut wrong = complaint();
        wrong.patient.died_at = "2026-03-02T10:01".to_owned();
        assert!(stage.open(wrong).await.is_err(), "nobody dies after the call that tells of it");
    }

    async fn a_limit_moves_in_the_transaction_that_moves_it(store: Store) {
        let stage = Stage::set(store, MONDAY).await;
        let id = stage.open(complaint()).await.unwrap().id;
        assert_eq!(stage.row(&id, "answer").await.unwrap().due_at, at("2026-03-09T23:59:59+08:00"));
        let agent = stage.cases("agent").await;
        agent.dispatch(&id, 1, "service-supervision", None).await.unwrap();
        assert!(stage.row(&id, "sign").await.is_some());
        let act = async |login: &str, action| {
            let version = stage.file(&id).await.case.version;
            stage.cases(login).await.act(&id, version, action).await.unwrap();
        };
        stage.clock.set("2026-03-04T12:00:00+08:00");
        let reason = PauseReason::AwaitingComplainant;
        act("agent", complaints::Action::Suspend { reason, remark: "等材料".into() }).await;
        // No tick of the agenda lies between.
        assert_eq!(stage.file(&id).await.case.due_at, None);
        stage.clock.set("2026-03-06T12:00:00+08:00");
        act("agent", complaints::Action::Resume { remark: "材料已到".into() }).await;
        assert_eq!(stage.file(&id).await.case.due_at, Some(at("2026-03-11T23:59:59+08:00")));
        stage.cases("service").await.sign_for(&id, stage.file(&id).await.case.version).await.unwrap();
        let extend = complaints::Action::Extend { units: 2, reason: "鉴定".into(), clock: None };
        act("service", extend).await;
        let approve = complaints::Action::ApproveExtension { granted: true, remark: "同意".into(), clock: None };
        act("supervisor", approve).await;
        assert_eq!(stage.file(&id).await.case.due_at, Some(at("2026-03-13T23:59:59+08:00")));
    }

    async fn of_two_merged_cases_the_earlier_limit_goes_on(store: Store) {
        let stage = Stage::set(store, MONDAY).await;
        let first = stage.open(complaint()).await.unwrap();
        stage.clock.set("2026-03-04T10:00:00+08:00");
        let second = stage.open(complaint()).await.unwrap();
        let (early, late) = (at("2026-03-09T23:59:59+08:00"), at("2026-03-11T23:59:59+08:00"));
        let due = async |id: &CaseId| stage.file(id).await.case.due_at;
        assert_eq!((due(&first.id).await, due(&second.id).await), (Some(early), Some(late)));
        let desk = stage.cases("supervisor").await;
        desk.merge_case(&first.id, 1, &second.number, vec![]).await.unwrap();
        assert_eq!(due(&second.id).await, Some(early), "at once, without a tick");
        let clock = stage.clock_of(&second.id, Duty::Answer).await;
        assert!(clock.taken_over && clock.start_at == at(MONDAY));
        // What holds the case still holds the promise to both complainants still.
        let version = stage.file(&second.id).await.case.version;
        desk.dispatch(&second.id, version, "service-supervision", None).await.unwrap();
        let suspend = complaints::Action::Suspend { reason: PauseReason::Appraisal, remark: "鉴定".into() };
        desk.act(&second.id, version + 1, suspend).await.unwrap();
        stage.clock.set("2026-03-05T10:00:00+08:00");
        desk.act(&second.id, version + 2, complaints::Action::Resume { remark: "鉴定完".into() }).await.unwrap();
        assert_eq!(due(&second.id).await, Some(at("2026-03-10T23:59:59+08:00")));
        // Parted, each has its own again; of the second the pause took only the day of its receipt.
        desk.unmerge_case(&second.id, version + 3, &first.number, "不是同一件事").await.unwrap();
        assert_eq!((due(&first.id).await, due(&second.id).await), (Some(early), Some(late)));
    }

    async fn points_that_are_split_off_keep_the_pauses_of_their_clock(store: Store) {
        let stage = Stage::set(store, MONDAY).await;
        let mut intake = complaint();
        intake.points.push(intake.points[0].clone());
        let id = stage.open(intake).await.unwrap().id;
        stage.cases("agent").await.dispatch(&id, 1, "service-supervision", None).await.unwrap();
        let desk = stage.cases("supervisor").await;
        let suspend = complaints::Action::Suspend { reason: PauseReason::Appraisal, remark: "鉴定".into() };
        desk.act(&id, 2, suspend).await.unwrap();
        stage.clock.set("2026-03-04T10:00:00+08:00");
        desk.act(&id, 3, complaints::Action::Resume { remark: "鉴定完".into() }).await.unwrap();
        let later = stage.file(&id).await.case.due_at;
        assert_eq!(later, Some(at("2026-03-10T23:59:59+08:00")));
        let leaving = vec![stage.file(&id).await.points[1].id.clone()];
        desk.split_case(&id, 4, leaving, "另一家医院的事").await.unwrap();
        let new = stage.file(&id).await.view.split_off[0].clone();
        let split = stage.file(&new).await;
        assert_eq!((split.case.due_at, split.view.points.len()), (later, 1));
        assert_eq!(split.view.split_from.as_ref(), Some(&id));
        assert_eq!(stage.file(&id).await.view.points.len(), 1);
    }
}

//! Handles the demo's cases as people would: every step is the use case that the screens call, on a clock
//! that is wound to the moment of the step. What would lie in the future is left undone.

#[path = "demo_beside.rs"]
mod beside;

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use callbacks::AttemptOutcome;
use chrono::{Datelike, Timelike};
use complaints::{Action, Channel, Finding, OutcomeKind, PointAnswer, ReturnReason, StepKind};
use domain::{CallbackId, Timestamp};
use store::Store;
use store::people::Person;
use switchboard::callbacks::TalkResult;
use switchboard::case_file::CaseFile;
use switchboard::investigation::{
    GroundedAnswer, InvestigationAction, Side, Statement, StatementForm, Support,
};
use switchboard::ports::{Answer, CarrierError, NewCall};
use switchboard::rights::{Agent, CaseWorker, Desk};
use switchboard::{Carrier, Clock, House, Patience, Switchboard};

use crate::demo_dice::Dice;
use crate::demo_fill::Opened;
use crate::demo_people::People;

/// A clock that stands where it was put.
pub(crate) struct HandClock(AtomicI64);

impl HandClock {
    /// Stands at `moment`.
    pub(crate) fn at(moment: Timestamp) -> Self {
        Self(AtomicI64::new(moment.0))
    }
}

impl Clock for HandClock {
    fn now(&self) -> Timestamp {
        Timestamp(self.0.load(Ordering::Relaxed))
    }
}

/// In the past nobody can be rung up.
pub(crate) struct NoCarrier;

impl Carrier for NoCarrier {
    fn create<'a>(&'a self, _: &'a NewCall) -> Answer<'a, Result<String, CarrierError>> {
        Box::pin(async { Err(CarrierError::Refused("the past".to_owned())) })
    }
    fn redirect<'a>(&'a self, _: &'a str, _: &'a str, _: &'a str) -> Answer<'a, Result<(), CarrierError>> {
        Box::pin(async { Err(CarrierError::Refused("the past".to_owned())) })
    }
    fn end<'a>(&'a self, _: &'a str, _: &'a str) -> Answer<'a, Result<(), CarrierError>> {
        Box::pin(async { Err(CarrierError::Refused("the past".to_owned())) })
    }
}

/// What all walks share.
#[derive(Clone)]
pub(crate) struct Hall {
    pub(crate) store: Store,
    pub(crate) house: Arc<House>,
    pub(crate) people: Arc<People>,
    /// The present: nothing happens after it.
    pub(crate) until: Timestamp,
}

/// Whether the walk goes on; it ends where the present begins.
type Going = anyhow::Result<bool>;

/// Handles one case as far as the present allows.
pub(crate) async fn walk(hall: Hall, case: Opened) -> anyhow::Result<()> {
    let clock = Arc::new(HandClock::at(case.from));
    let board = Switchboard::new(hall.store.clone(), hall.house.clone(), clock.clone(), Arc::new(NoCarrier));
    // Nobody listens: a slow disk makes the history late, not wrong.
    let board = board.with_patience(Patience::with_store(std::time::Duration::from_secs(60)));
    let dice = Dice::new(case.seed ^ 0x5EED);
    let mut walk = Walk { hall, clock, board, dice, case };
    for round in 0..3 {
        if !walk.round(round == 0).await? || walk.file().await?.case.status != "reopened" {
            break;
        }
    }
    Ok(())
}

struct Walk {
    hall: Hall,
    clock: Arc<HandClock>,
    board: Switchboard,
    dice: Dice,
    case: Opened,
}

impl Walk {
    /// From the dispatch to the follow-up.
    async fn round(&mut self, first: bool) -> Going {
        Ok(self.dispatch(first).await?
            && self.sign(first).await?
            && self.investigate().await?
            && self.answer().await?
            && self.feed_back().await?
            && self.follow_up().await?
            && self.look_again().await?)
    }

    async fn dispatch(&mut self, first: bool) -> Going {
        let usual = if self.dice.chance(88) { (1, 12) } else { (90, 900) };
        if !self.later(usual) {
            return Ok(false);
        }
        if first {
            self.code().await?;
            if self.dialogue().await? {
                return Ok(false);
            }
        }
        let file = self.file().await?;
        let department = self.case.department.clone().unwrap_or_else(|| "hotline-desk".to_owned());
        if first {
            let reason = file.proposed.is_none().then_some("—");
            let desk = self.desk(&self.case.agent)?;
            desk.dispatch(&self.case.id, file.case.version, &department, reason).await?;
        } else {
            let department = file.dispatches.last().map_or(department, |last| last.department.clone());
            let reason =
                self.say("回访反映未解决,请继续办理", "Klageren er ikke tilfreds; sagen tages op igen");
            let desk = self.desk(&self.hall.people.supervisor)?;
            desk.redispatch(&self.case.id, file.case.version, &department, reason, false).await?;
        }
        Ok(true)
    }

    /// Signs for the case, or returns it once in a while and signs after the re-dispatch.
    async fn sign(&mut self, first: bool) -> Going {
        let usual = if self.dice.chance(90) { (20, 420) } else { (1500, 3600) };
        if !self.in_office(usual) {
            return Ok(false);
        }
        let file = self.file().await?;
        let Some(last) = file.dispatches.last().cloned() else { return Ok(false) };
        if first && last.strength == "default" && self.dice.chance(14) {
            let remark = self
                .say("不属本部门职责,建议转相关科室", "Hører ikke under afdelingen; foreslås sendt videre");
            let desk = self.handler(&last.department)?;
            desk.return_case(&self.case.id, file.case.version, ReturnReason::NotOurs, remark).await?;
            if !self.in_office((60, 600)) {
                return Ok(false);
            }
            let others: Vec<&String> =
                self.hall.people.handlers.keys().filter(|code| **code != last.department).collect();
            let Some(other) = self.dice.one_of(&others).map(|code| (*code).clone()) else { return Ok(false) };
            let reason = self.say("按退单意见改派", "Sendt videre efter returnering");
            let version = self.file().await?.case.version;
            let desk = self.desk(&self.hall.people.supervisor)?;
            desk.redispatch(&self.case.id, version, &other, reason, false).await?;
            if !self.in_office((20, 420)) {
                return Ok(false);
            }
        }
        let file = self.file().await?;
        let Some(last) = file.dispatches.last() else { return Ok(false) };
        self.handler(&last.department)?.sign_for(&self.case.id, file.case.version).await?;
        Ok(true)
    }

    async fn investigate(&mut self) -> Going {
        let steps = [
            (StepKind::RecordsConsulted, "已调阅病历和收费清单", "Journalen er gennemgået"),
            (StepKind::PartiesHeard, "已向当事科室和来电人了解情况", "Personalet og klageren er hørt"),
            (StepKind::FootageRequested, "已申请调取监控录像", "Videooptagelser er rekvireret"),
        ];
        for (kind, chinese, danish) in steps.into_iter().take(usize::try_from(self.dice.between(1, 3))?) {
            if !self.in_office((240, 1300)) {
                return Ok(false);
            }
            let file = self.file().await?;
            let Some(last) = file.dispatches.last() else { return Ok(false) };
            let note = self.say(chinese, danish);
            let department = last.department.clone();
            self.handler(&department)?.log_step(&self.case.id, file.case.version, kind, note).await?;
            self.keep_footage(&department, note).await?;
        }
        Ok(true)
    }

    async fn answer(&mut self) -> Going {
        let usual = if self.dice.chance(90) { (300, 2600) } else { (7000, 14_000) };
        if !self.in_office(usual) {
            return Ok(false);
        }
        self.helpers_report().await?;
        let file = self.file().await?;
        let Some(last) = file.dispatches.last() else { return Ok(false) };
        let finding = self.dice.weighted(
            &[
                (Finding::Upheld, 38),
                (Finding::PartlyUpheld, 27),
                (Finding::NotUpheld, 22),
                (Finding::NotEstablished, 13),
            ],
            Finding::Upheld,
        );
        let outcome_kind = if matches!(finding, Finding::Upheld | Finding::PartlyUpheld) {
            OutcomeKind::Remedy
        } else {
            OutcomeKind::Opinion
        };
        let answer = |point: &store::points::Point| PointAnswer {
            point: point.id.clone(),
            finding,
            outcome_kind,
            outcome: self.case.outcome.to_owned(),
        };
        let points = file.points.iter().map(answer).collect();
        let answer = GroundedAnswer { points, ..self.heard(&file, finding) };
        self.put_right(&last.department, finding).await?;
        let version = self.file().await?.case.version;
        self.handler(&last.department)?.answer_grounded(&self.case.id, version, answer).await?;
        Ok(true)
    }

    /// Whoever helps the lead signs and reports before the lead answers.
    async fn helpers_report(&mut self) -> anyhow::Result<()> {
        for helper in self.file().await?.view.co_handlers {
            let report = self.say("已协助核查,材料已转主办部门", "Bidraget er afgivet").to_owned();
            for action in [Action::CoHandlerSign, Action::CoHandlerReport { report }] {
                let version = self.file().await?.case.version;
                self.handler(&helper.department)?.act(&self.case.id, version, action).await?;
            }
        }
        Ok(())
    }

    /// What both sides said, and on what the findings rest.
    fn heard(&self, file: &CaseFile, finding: Finding) -> GroundedAnswer {
        let said = |side: Side, statement: &str, form| {
            InvestigationAction::RecordStatement(Statement {
                side,
                at: self.now(),
                heard_by: self.say("承办人", "Sagsbehandleren").to_owned(),
                form,
                statement: statement.to_owned(),
                reply: false,
            })
        };
        let own = file.points.first().map(|point| point.own_words.clone()).unwrap_or_default();
        let theirs = self.say("科室说明了当日情况", "Afdelingen har redegjort for forløbet");
        let (standard, without) = match (finding, self.case.danish) {
            (Finding::NotEstablished, _) => {
                ("not-determinable", self.say("双方说法不一,无其他证据", "Påstand mod påstand"))
            }
            (_, true) => {
                ("predominant-probability", self.say("", "Journalens ord og afdelingens redegørelse"))
            }
            (_, false) => ("high-probability", self.say("双方陈述一致", "")),
        };
        let support = |point: &store::points::Point| {
            let (standard, without) = (standard.to_owned(), without.to_owned());
            (point.id.clone(), Support { standard, evidence: Vec::new(), without })
        };
        GroundedAnswer {
            sides: vec![
                said(Side::Complainant, &own, StatementForm::Phone),
                said(Side::Institution, theirs, StatementForm::Written),
            ],
            support: file.points.iter().map(support).collect(),
            ..GroundedAnswer::default()
        }
    }

    async fn feed_back(&mut self) -> Going {
        if !self.in_office((60, 900)) {
            return Ok(false);
        }
        let mut file = self.file().await?;
        if file.view.audit_required && !file.view.audited {
            let remark = self.say("办理结果属实,程序完整", "Svaret er i orden").to_owned();
            let desk = self.desk(&self.hall.people.supervisor)?;
            desk.act(&self.case.id, file.case.version, Action::Audit { remark }).await?;
            file = self.file().await?;
        }
        let desk = self.desk(&self.case.agent)?;
        if file.case.phone.is_some() {
            desk.feed_back(&self.case.id, file.case.version, Channel::Phone, self.case.outcome).await?;
        } else {
            let reason = self.say("来电人匿名,未留联系方式", "Klageren er anonym og har ikke opgivet nummer");
            desk.waive_feedback(&self.case.id, file.case.version, reason).await?;
        }
        let version = self.file().await?.case.version;
        let desk = self.desk(&self.case.agent)?;
        if file.case.phone.is_some() {
            let report = file.case.request_type == "report";
            let route = if self.case.danish {
                "dk-agency"
            } else if report {
                "cn-report"
            } else {
                "cn-hospital-review"
            };
            desk.give_route_notice(&self.case.id, version, route, Channel::Phone).await?;
            self.write().await?;
        } else {
            let reason = self.say("无法联系来电人", "Klageren kan ikke kontaktes");
            desk.waive_route_notice(&self.case.id, version, reason).await?;
        }
        Ok(true)
    }

    /// The follow-up callback: as many attempts as its ladder asks for.
    async fn follow_up(&mut self) -> Going {
        let open = self.file().await?.callbacks.into_iter().find(|callback| callback.done_at.is_none());
        let Some(callback) = open else { return self.close().await };
        for _ in 0..8 {
            let desk = self.agent()?;
            let now = desk.callback(&callback.id).await?.callback;
            if now.done_at.is_some() {
                break;
            }
            let delay =
                if self.dice.chance(91) { self.dice.between(0, 40) } else { self.dice.between(1500, 3000) };
            let wanted =
                now.next_at.unwrap_or_else(|| self.now().plus_seconds(86_400)).plus_seconds(60 * delay);
            let moment = if delay > 40 { self.office_hour(wanted) } else { wanted };
            if !self.wind(moment) {
                return Ok(false);
            }
            let desk = self.agent()?;
            if now.next_at.is_none() {
                let reason = self.say("多次拨打未能联系上", "Flere forgæves forsøg");
                desk.give_up_callback(&callback.id, reason).await?;
                break;
            }
            let outcome = self.dice.weighted(OUTCOMES, AttemptOutcome::NoAnswer);
            desk.log_attempt(&callback.id, outcome, "").await?;
            if outcome == AttemptOutcome::Reached {
                self.talk(&desk, &callback.id).await?;
                break;
            }
        }
        if self.file().await?.case.status == "reopened" { Ok(true) } else { self.close().await }
    }

    async fn talk(&mut self, desk: &Desk<Agent>, callback: &CallbackId) -> anyhow::Result<()> {
        let solved = self.dice.chance(89);
        let marks: &[(u8, i64)] =
            if solved { &[(5, 34), (4, 38), (3, 22), (2, 6)] } else { &[(3, 15), (2, 50), (1, 35)] };
        let mark = self.dice.weighted(marks, 3);
        let result = TalkResult {
            solved: self.dice.chance(96).then_some(solved),
            satisfaction: self.dice.chance(85).then_some(mark),
            note: String::new(),
        };
        Ok(desk.finish_callback(callback, result).await?)
    }

    /// Closes what nothing is missing of.
    async fn close(&mut self) -> Going {
        let file = self.file().await?;
        if file.case.closed_at.is_none() && file.missing.is_empty() {
            self.desk(&self.hall.people.supervisor)?.close_case(&self.case.id, file.case.version).await?;
        }
        Ok(true)
    }

    fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Puts the clock to `moment`; no further than the present.
    fn wind(&self, moment: Timestamp) -> bool {
        let fine = moment < self.hall.until;
        if fine {
            self.clock.0.store(moment.0.max(self.now().0), Ordering::Relaxed);
        }
        fine
    }

    /// Puts the clock on by so many minutes.
    fn later(&mut self, (from, to): (i64, i64)) -> bool {
        let seconds = 60 * self.dice.between(from, to) + self.dice.between(0, 59);
        self.wind(self.now().plus_seconds(seconds))
    }

    /// The same, and on to the next office hour.
    fn in_office(&mut self, (from, to): (i64, i64)) -> bool {
        let moment = self.now().plus_seconds(60 * self.dice.between(from, to));
        self.wind(self.office_hour(moment))
    }

    /// The moment, or the first hour after it in which an office works.
    fn office_hour(&self, mut moment: Timestamp) -> Timestamp {
        let zone = if self.case.danish { chrono_tz::Europe::Copenhagen } else { chrono_tz::Asia::Shanghai };
        for _ in 0..24 * 14 {
            let local = moment.local(zone);
            if local.weekday().number_from_monday() <= 5 && (9..17).contains(&local.hour()) {
                break;
            }
            moment = moment.plus_seconds(3600);
        }
        moment
    }

    async fn file(&self) -> anyhow::Result<CaseFile> {
        Ok(self.desk(&self.hall.people.supervisor)?.case_file(&self.case.id).await?)
    }

    fn desk(&self, person: &Person) -> anyhow::Result<Desk<CaseWorker>> {
        Desk::admit(&self.board, person).ok_or_else(|| anyhow::anyhow!("{} works on no cases", person.login))
    }

    fn agent(&self) -> anyhow::Result<Desk<Agent>> {
        let person = &self.case.agent;
        Desk::admit(&self.board, person).ok_or_else(|| anyhow::anyhow!("{} takes no calls", person.login))
    }

    fn handler(&self, department: &str) -> anyhow::Result<Desk<CaseWorker>> {
        let person = self.hall.people.handlers.get(department);
        self.desk(person.ok_or_else(|| anyhow::anyhow!("nobody handles cases in {department}"))?)
    }

    fn say(&self, chinese: &'static str, danish: &'static str) -> &'static str {
        if self.case.danish { danish } else { chinese }
    }
}

/// How an attempt goes.
const OUTCOMES: &[(AttemptOutcome, i64)] = &[
    (AttemptOutcome::Reached, 62),
    (AttemptOutcome::NoAnswer, 20),
    (AttemptOutcome::Busy, 7),
    (AttemptOutcome::Unreachable, 5),
    (AttemptOutcome::Machine, 3),
    (AttemptOutcome::Refused, 2),
    (AttemptOutcome::WrongNumber, 1),
];

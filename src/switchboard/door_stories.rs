//! The doors to the internet, told with a clock wound by hand: a department that gets mails, complaints from the web,
//! files.

use std::net::IpAddr;
use std::sync::Arc;

use complaints::WaitsFor;
use domain::{CaseId, Language, PersonId, PhoneNumber, RequestType, Role, Timestamp};
use store::Store;
use store::people::Person;

use crate::cases::{NewCase, open_from_intake};
use crate::handling::{Finding, OutcomeKind, PointAnswer, ReturnReason, StepKind};
use crate::investigation::{GroundedAnswer, InvestigationAction, Side, Support};
use crate::one_time::LinkAct;
use crate::ports::MailError;
use crate::public::{Asker, Door, EvidenceKind, EvidenceStatus, WebComplaint};
use crate::rights::{Agent, CaseWorker, Desk, Right, Supervisor};
use crate::testing::{HandClock, MemoryFiles, NotedCarrier, NotedMailer, complaint, mailed};
use crate::{Error, Result, Switchboard};

struct Doorway {
    board: Switchboard,
    clock: Arc<HandClock>,
    mailer: Arc<NotedMailer>,
    files: Arc<MemoryFiles>,
}

impl Doorway {
    /// Friday before the Spring Festival, ten o'clock.
    async fn set(store: Store) -> Self {
        let clock = HandClock::at("2026-02-13T10:00:00+08:00");
        let (mailer, files) = (Arc::new(NotedMailer::default()), Arc::new(MemoryFiles::default()));
        let carrier = Arc::new(NotedCarrier::default());
        let board = mailed(store, clock.clone(), carrier, mailer.clone(), files.clone());
        for (login, role, department) in [
            ("agent", Role::Agent, None),
            ("supervisor", Role::Supervisor, None),
            ("medical", Role::Handler, Some("medical-administration")),
            ("service", Role::Handler, Some("service-supervision")),
        ] {
            let person = person(login, role, department);
            board.store.write(move |tx| store::people::add(tx, &person, "-")).await.unwrap();
        }
        Self { board, clock, mailer, files }
    }

    async fn desk<R: Right>(&self, login: &str) -> Desk<R> {
        Desk::admit(&self.board, &self.board.person_by_login(login).await.unwrap()).unwrap()
    }

    /// A case of the attitude of staff, dispatched to service-supervision.
    async fn dispatched(&self) -> CaseId {
        self.dispatched_with(complaint()).await
    }

    async fn dispatched_with(&self, intake: complaints::Intake) -> CaseId {
        let (house, now) = (self.board.house.clone(), self.board.now());
        let opened = self
            .board
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
            .unwrap();
        let desk = self.desk::<CaseWorker>("agent").await;
        desk.dispatch(&opened.id, 1, "service-supervision", None).await.unwrap();
        opened.id
    }

    /// The token in the last mail.
    fn token(&self) -> String {
        let letter = self.mailer.letters().pop().unwrap();
        letter.body.split("/handover/").nth(1).unwrap().lines().next().unwrap().to_owned()
    }

    async fn post_state(&self) -> Vec<(String, Option<String>)> {
        let post = self.desk::<Supervisor>("supervisor").await.post_office().await.unwrap();
        post.last.into_iter().map(|(mail, _)| (mail.state, mail.fault)).collect()
    }
}

fn person(login: &str, role: Role, department: Option<&str>) -> Person {
    Person {
        id: PersonId::new(login),
        login: login.to_owned(),
        name: login.to_uppercase(),
        role,
        department: department.map(str::to_owned),
        phone: None,
        language: Language::parse("en").unwrap(),
        created_at: Timestamp(0),
        disabled_at: None,
    }
}

fn refusal<T: std::fmt::Debug>(result: Result<T>) -> String {
    match result {
        Err(Error::Refused { code, .. }) => code,
        other => panic!("not refused: {other:?}"),
    }
}

fn somebody() -> Asker {
    Asker::at("192.0.2.7".parse::<IpAddr>().unwrap())
}

fn from_the_web() -> WebComplaint {
    WebComplaint {
        line: "12320".to_owned(),
        language: Language::parse("zh-CN").unwrap(),
        request_type: RequestType::Complaint,
        own_words: "挂号窗口多收了二十元,要求退还".to_owned(),
        happened: "2月12日上午".to_owned(),
        place: "门诊大厅".to_owned(),
        persons: String::new(),
        institution: "市第一医院".to_owned(),
        desired: "退款".to_owned(),
        evidence: vec![(EvidenceKind::Receipt, EvidenceStatus::Held)],
        anonymous: true,
        name: String::new(),
        phone: String::new(),
        reach: String::new(),
        reply: false,
        confidential: true,
        suggested: None,
    }
}

store::on_both_engines! {
    /// Two tries fail, the third is taken, and no mail goes out a second time.
    async fn a_mail_is_tried_until_it_is_taken_and_never_again(store: Store) {
        let house = Doorway::set(store).await;
        house.dispatched().await;
        house.mailer.will_answer(Err(MailError::Unclear("connection refused".to_owned())));
        house.mailer.will_answer(Err(MailError::Off));
        house.board.tend_mails().await.unwrap();
        assert_eq!(house.post_state().await, [("waiting".to_owned(), Some("connection refused".to_owned()))]);
        house.board.tend_mails().await.unwrap();
        assert_eq!(house.mailer.letters().len(), 1, "not before its pause is over");
        house.clock.advance(60);
        house.board.tend_mails().await.unwrap();
        assert_eq!(house.post_state().await, [("waiting".to_owned(), Some("off".to_owned()))]);
        for _ in 0..5 {
            house.clock.advance(60);
            house.board.tend_mails().await.unwrap();
        }
        let letters = house.mailer.letters();
        assert_eq!(letters.len(), 3);
        assert!(letters.iter().all(|letter| *letter == letters[0]), "the same mail each time");
        assert_eq!(house.post_state().await, [("sent".to_owned(), None)]);
        assert_eq!(letters[0].to, "service@hospital.example");
        assert!(letters[0].subject.starts_with("Sag 00000013"), "{}", letters[0].subject);
        for secret in ["护士", "王女士", "13800138000", "first-hospital", "attitude"] {
            assert!(!letters[0].body.contains(secret), "{secret} stands in {}", letters[0].body);
        }
    }

    /// What may be overwritten stands in the mail without a word of the matter, and on the page behind the link.
    async fn evidence_that_may_be_overwritten_is_asked_for_with_the_dispatch(store: Store) {
        let house = Doorway::set(store).await;
        let camera = complaints::intake::Evidence { kind: EvidenceKind::Footage, status: EvidenceStatus::Promised };
        house.dispatched_with(complaints::Intake { evidence: vec![camera], ..complaint() }).await;
        house.board.tend_mails().await.unwrap();
        let letter = house.mailer.letters().pop().unwrap();
        assert!(letter.body.contains("Haster: et bevis i denne sag kan blive overskrevet"), "{}", letter.body);
        assert!(!letter.body.contains('{') && !letter.body.contains("ootage"), "{}", letter.body);
        let facts = house.board.handover(&house.token()).await.unwrap();
        let by = house.board.now().plus_seconds(24 * 3600);
        assert_eq!(facts.preserve, [(EvidenceKind::Footage, String::new(), by)]);
    }

    async fn a_refused_mail_is_the_supervisors_and_may_be_tried_again(store: Store) {
        let house = Doorway::set(store).await;
        house.dispatched().await;
        house.mailer.will_answer(Err(MailError::Refused("550 no such user".to_owned())));
        house.board.tend_mails().await.unwrap();
        house.clock.advance(7 * 24 * 3600);
        let desk = house.desk::<Supervisor>("supervisor").await;
        let post = desk.post_office().await.unwrap();
        let failed = post.troubled.iter().find(|(mail, _)| mail.kind == "dispatch").unwrap();
        assert_eq!((failed.0.state.as_str(), failed.0.fault.as_deref()), ("failed", Some("550 no such user")));
        desk.mail_again(&failed.0.id).await.unwrap();
        house.board.tend_mails().await.unwrap();
        let post = desk.post_office().await.unwrap();
        assert!(post.troubled.is_empty(), "{:?}", post.troubled);
        assert_eq!(refusal(desk.mail_again(&post.last.last().unwrap().0.id).await), "refused-mail-done");
    }

    /// One mail at half of the working time to sign for, one at eight tenths, one when it is over; none by night.
    async fn who_does_not_sign_is_reminded_by_the_ladder(store: Store) {
        let house = Doorway::set(store).await;
        let id = house.dispatched().await;
        let desk = house.desk::<CaseWorker>("agent").await;
        let due = desk.case_file(&id).await.unwrap().dispatches[0].sign_due_at.unwrap();
        assert_eq!(due.rfc3339(chrono_tz::Asia::Shanghai), "2026-02-14T23:59:59+08:00");
        house.board.tend_mails().await.unwrap();
        // Six office hours on Friday from ten on, seven and a half on the make-up Saturday.
        for (moment, mails) in [
            ("2026-02-14T05:30:00+08:00", 1),
            ("2026-02-14T09:14:59+08:00", 1),
            ("2026-02-14T09:15:00+08:00", 2),
            ("2026-02-14T14:47:00+08:00", 2),
            ("2026-02-14T14:49:00+08:00", 3),
            ("2026-02-14T17:30:00+08:00", 4),
            ("2026-02-24T10:00:00+08:00", 4),
        ] {
            house.clock.set(moment);
            house.board.tend_mails().await.unwrap();
            house.board.tend_mails().await.unwrap();
            assert_eq!(house.mailer.letters().len(), mails, "{moment}");
        }
        assert!(house.mailer.letters()[3].subject.starts_with("Påmindelse"));
    }

    async fn a_department_without_accounts_is_pressed_by_mail(store: Store) {
        let house = Doorway::set(store).await;
        house.dispatched().await;
        house.board.tend_mails().await.unwrap();
        house.board.act_by_link(&house.token(), LinkAct::Sign).await.unwrap();
        house.board.tend_mails().await.unwrap();
        assert_eq!(house.mailer.letters().len(), 2, "to sign for, and to answer");
        // The answer is due on the 27th; three quarters of its time are over on the 26th at noon.
        for (moment, mails) in [("2026-02-25T10:00:00+08:00", 2), ("2026-02-26T16:00:00+08:00", 3)] {
            house.clock.set(moment);
            house.board.tick_supervision().await.unwrap();
            house.board.tick_supervision().await.unwrap();
            house.board.tend_mails().await.unwrap();
            assert_eq!(house.mailer.letters().len(), mails, "{moment}");
        }
        let letters = house.mailer.letters();
        assert_eq!(letters[2].subject, letters[1].subject);
        let page = house.board.handover(&house.token()).await.unwrap();
        assert_eq!(page.department_name, "Service og personaleforhold", "with a link of its own");
    }

    async fn a_department_signs_and_answers_by_link(store: Store) {
        let house = Doorway::set(store).await;
        let id = house.dispatched().await;
        house.board.tend_mails().await.unwrap();
        let first = house.token();
        let page = house.board.handover(&first).await.unwrap();
        assert_eq!((page.language.as_str(), page.department_name.as_str()), ("da", "Service og personaleforhold"));
        assert_eq!(page.points[0].own_words, "护士大声训斥家属");
        assert_eq!(house.board.handover(&first).await.unwrap(), page, "looking changes nothing");
        let wrong = LinkAct::Answer(GroundedAnswer::default());
        assert_eq!(refusal(house.board.act_by_link(&first, wrong).await), "refused-link-act");
        let signed = house.board.act_by_link(&first, LinkAct::Sign).await.unwrap();
        let second = signed.next.unwrap();
        assert_eq!(refusal(house.board.handover(&first).await), "refused-link-used");
        assert_eq!(refusal(house.board.act_by_link(&first, LinkAct::Sign).await), "refused-link-used");
        house.board.tend_mails().await.unwrap();
        assert_eq!(house.token(), second, "the link to answer is mailed as well, once");
        assert_eq!(house.mailer.letters().len(), 2);
        let point = page.points[0].id.clone();
        let support = Support {
            standard: page.standards[0].0.clone(),
            evidence: Vec::new(),
            without: "双方陈述一致".to_owned(),
        };
        let unheard = |side| InvestigationAction::WaiveStatement { side, reason: "电话无人接听".to_owned() };
        let answer = |finding| {
            LinkAct::Answer(GroundedAnswer {
                points: vec![PointAnswer {
                    point: point.clone(),
                    finding,
                    outcome_kind: OutcomeKind::Remedy,
                    outcome: "已道歉".to_owned(),
                }],
                sides: page.unheard.iter().copied().map(unheard).collect(),
                support: vec![(point.clone(), support.clone())],
                without_report: None,
            })
        };
        let step = LinkAct::Step { kind: StepKind::PartiesHeard, note: "已询问护士长".to_owned() };
        house.board.act_by_link(&second, step).await.unwrap();
        assert_eq!(house.board.handover(&second).await.unwrap().steps.len(), 1);
        house.board.act_by_link(&second, answer(Finding::Upheld)).await.unwrap();
        assert_eq!(refusal(house.board.act_by_link(&second, answer(Finding::NotUpheld)).await), "refused-link-used");
        let file = house.desk::<CaseWorker>("supervisor").await.case_file(&id).await.unwrap();
        assert_eq!(file.case.status, "answered");
        let found = &file.view.investigation;
        assert!(Side::ALL.iter().all(|side| found.is_heard(*side)), "what was said beside the answer is kept");
        assert!(file.events.iter().any(|event| event.kind == "finding_supported"), "{:?}", file.events);
        let signed = file.events.iter().find(|event| event.kind == "signed_for").unwrap();
        assert!(signed.actor.starts_with("link:") && signed.detail.contains("\"by\":\"link\""), "{signed:?}");
    }

    async fn a_link_ends_with_its_days_and_with_the_dispatch(store: Store) {
        let house = Doorway::set(store).await;
        let id = house.dispatched().await;
        house.board.tend_mails().await.unwrap();
        let token = house.token();
        assert!(matches!(house.board.handover("no-such-token").await, Err(Error::NotFound)));
        let back = LinkAct::Return { reason: ReturnReason::NotOurs, remark: "不属本科室".to_owned() };
        house.board.act_by_link(&token, back).await.unwrap();
        let desk = house.desk::<CaseWorker>("supervisor").await;
        let file = desk.case_file(&id).await.unwrap();
        assert_eq!(file.case.status, "returned");
        desk.redispatch(&id, file.case.version, "service-supervision", "确属贵科", false).await.unwrap();
        house.board.tend_mails().await.unwrap();
        let token = house.token();
        house.clock.advance(31 * 24 * 3600);
        assert_eq!(refusal(house.board.handover(&token).await), "refused-link-ended");
        assert_eq!(refusal(house.board.act_by_link(&token, LinkAct::Sign).await), "refused-link-ended");
    }

    async fn a_complaint_from_the_web_becomes_a_case(store: Store) {
        let house = Doorway::set(store).await;
        let door = Door { name: "page", ..Door::default() };
        let told = house.board.hand_in(from_the_web(), door.clone(), &somebody()).await.unwrap();
        assert_eq!(told.received_at, house.board.now());
        let desk = house.desk::<Agent>("agent").await;
        let waiting = desk.web_reports().await.unwrap();
        assert_eq!(waiting.len(), 1);
        assert_eq!(waiting[0].own_words, from_the_web().own_words);
        assert_eq!(desk.take_web_report(&waiting[0].report.contact).await.unwrap(), told.number);
        assert_eq!(desk.take_web_report(&waiting[0].report.contact).await.unwrap(), told.number, "once more");
        let other = house.desk::<Agent>("supervisor").await;
        assert_eq!(refusal(other.take_web_report(&waiting[0].report.contact).await), "refused-message-taken");
        let case = &waiting[0].case;
        assert_eq!((case.status.as_str(), case.confidential, case.complainant.clone()), ("recorded", true, None));
        assert_eq!(case.due_at, told.due_at);
        assert!(told.due_at.is_some(), "the clock starts with the receipt");
        let silent = WebComplaint { own_words: " ".to_owned(), ..from_the_web() };
        assert_eq!(refusal(house.board.hand_in(silent, door.clone(), &somebody()).await), "refused-report-incomplete");
        let named = WebComplaint { anonymous: false, ..from_the_web() };
        assert_eq!(refusal(house.board.hand_in(named, door.clone(), &somebody()).await), "refused-report-incomplete");
        for _ in 0..4 {
            house.board.hand_in(from_the_web(), door.clone(), &somebody()).await.unwrap();
        }
        assert_eq!(refusal(house.board.hand_in(from_the_web(), door.clone(), &somebody()).await), "refused-too-many");
        let other = Asker::at("192.0.2.8".parse::<IpAddr>().unwrap());
        house.board.hand_in(from_the_web(), door.clone(), &other).await.unwrap();
        house.clock.advance(2 * 3600);
        house.board.hand_in(from_the_web(), door, &somebody()).await.unwrap();
    }

    async fn progress_is_told_by_number_and_pin_alone(store: Store) {
        let house = Doorway::set(store).await;
        let door = Door { name: "page", ..Door::default() };
        let told = house.board.hand_in(from_the_web(), door, &somebody()).await.unwrap();
        let number = told.number.as_str();
        let progress = house.board.progress(number, &told.pin, &somebody()).await.unwrap();
        assert_eq!((progress.waits_for, progress.may_remind), (WaitsFor::Hotline, true));
        assert_eq!(progress.moments, [("opened".to_owned(), told.received_at)]);
        house.board.add_words(number, &told.pin, "还有一张收据", &somebody()).await.unwrap();
        let progress = house.board.progress(number, &told.pin, &somebody()).await.unwrap();
        assert_eq!(progress.moments.len(), 2);
        let wrong = if told.pin == "0000" { "0001" } else { "0000" };
        for _ in 0..5 {
            let answer = house.board.progress(number, wrong, &somebody()).await;
            assert_eq!(refusal(answer), "refused-no-such-case");
        }
        let right = house.board.progress(number, &told.pin, &somebody()).await;
        assert_eq!(refusal(right), "refused-too-many-tries", "a guesser is not told when he is right");
        let other = |at: u8| Asker::at(IpAddr::from([198, 51, 100, at]));
        for at in 0..15 {
            drop(house.board.progress(number, wrong, &other(at)).await);
        }
        let right = house.board.progress(number, &told.pin, &other(99)).await;
        assert_eq!(refusal(right), "refused-too-many-tries", "nor by guessing from everywhere");
        house.clock.advance(3600);
        house.board.progress(number, &told.pin, &somebody()).await.unwrap();
    }

    async fn files_are_taken_by_what_they_hold_and_shown_by_right(store: Store) {
        let house = Doorway::set(store).await;
        let id = house.dispatched().await;
        let desk = house.desk::<CaseWorker>("agent").await;
        let link = desk.upload_link(&id).await.unwrap();
        let token = link.address.rsplit('/').next().unwrap();
        let leave = house.board.leave_by_link(token).await.unwrap();
        let send = async |bytes: &[u8], name: &str| {
            let leave = house.board.leave_by_link(token).await.unwrap();
            let mut incoming = house.board.take_in(&leave).unwrap();
            for piece in bytes.chunks(7) {
                incoming.push(&house.board, piece).await?;
            }
            incoming.finish(&house.board, name, "receipt").await
        };
        let file = send(b"%PDF-1.7 a receipt", "../发票.exe").await.unwrap();
        assert_eq!((file.name.as_str(), file.media_type.as_str(), file.bytes), ("发票.pdf", "application/pdf", 18));
        assert_eq!(refusal(send(b"#!/bin/sh\nrm -rf /", "x.pdf").await), "refused-file-type");
        assert_eq!(refusal(send(b"", "x.pdf").await), "refused-file-type");
        let infected = send(b"%PDF-1.7 EICAR", "virus.pdf").await.unwrap();
        assert_eq!((infected.state.as_str(), infected.scan.as_str()), ("quarantined", "infected"));
        assert_eq!(house.files.places().len(), 2, "what is not taken leaves nothing");
        assert_eq!(desk.files(&id).await.unwrap().len(), 2);
        assert_eq!(refusal(desk.open_file(&infected.id).await), "refused-file-quarantined");
        assert_eq!(house.board.file_piece(&file, 9, 4).await.unwrap(), b"a re");
        let handler = house.desk::<CaseWorker>("service").await;
        assert!(handler.files(&id).await.unwrap().is_empty(), "not before it is shown");
        assert!(matches!(handler.open_file(&file.id).await, Err(Error::NotFound)));
        desk.show_file(&file.id, true).await.unwrap();
        handler.open_file(&file.id).await.unwrap();
        let stranger = house.desk::<CaseWorker>("medical").await;
        assert!(matches!(stranger.open_file(&file.id).await, Err(Error::NotFound)));
        assert_eq!(leave.left, 10);
        let number = leave.number.as_str();
        let by_code = house.board.leave_by_code(number, &link.code, &somebody()).await.unwrap();
        assert_eq!(by_code.case, id);
        assert_eq!(refusal(house.board.leave_by_code(number, "0000000000", &somebody()).await), "refused-code-wrong");
        house.clock.advance(15 * 24 * 3600);
        assert_eq!(refusal(house.board.leave_by_link(token).await), "refused-link-ended");
    }
}

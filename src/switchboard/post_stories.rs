//! Letters and packages in the outbox of the house, told with a clock wound by hand: what was issued goes out as it stands,
//! once; what cannot go comes back to a person; and nobody learns from a mail what its reader may not know.

use std::sync::Arc;

use complaints::intake::{Evidence, EvidenceKind, EvidenceStatus};
use domain::CaseId;
use sha2::{Digest, Sha256};
use store::Store;
use store::attachments::Attachment;

use crate::case_stories::Stage;
use crate::dialogue::{DialogueAction as A, PackageState, Stage as DialogueStage, Task};
use crate::dialogue_stories::{Scene, tick_at};
use crate::feedback::Channel;
use crate::investigation::letters::{LetterOrder, Way};
use crate::investigation::{LetterKind, addressee};
use crate::mailing::Load;
use crate::ports::{FileShelf, Letter, MailError};
use crate::rights::{Desk, Supervisor};
use crate::testing::{MemoryFiles, NotedCarrier, NotedMailer, complaint, danish_mailed, mailed};
use crate::{Error, Result, Switchboard, secrets};

const AGENCY: &str = "sikkerpost@agency.example";

/// The Danish house with a mail server, and an authority that takes mail.
struct Posting {
    scene: Scene,
    mailer: Arc<NotedMailer>,
    files: Arc<MemoryFiles>,
}

impl Posting {
    async fn set(store: Store) -> Self {
        let mut scene = Scene::set(store.clone(), "2026-02-02T09:00:00+01:00").await;
        let (mailer, files) = (Arc::new(NotedMailer::default()), Arc::new(MemoryFiles::default()));
        let carrier = Arc::new(NotedCarrier::default());
        scene.board = danish_mailed(store, scene.clock.clone(), carrier, mailer.clone(), files.clone());
        Self { scene, mailer, files }
    }

    /// Held and maintained but for its last point; the package is assembled, with words and minutes.
    async fn assembled(&self) {
        self.scene.held().await;
        let last = self.scene.file().await.points[2].id.clone();
        self.scene.act("agent", A::Maintain { added: vec![], dropped: vec![last] }).await;
        let statement = "Jeg fastholder resten".to_owned();
        self.scene.act("region", A::Assemble { statement, with_minutes: true }).await;
    }

    async fn mail_package(&self) -> Result<()> {
        let version = self.scene.file().await.case.version;
        self.scene.desk("region").await.mail_package(&self.scene.case, version).await
    }

    async fn given(&self, id: &str, name: &str, bytes: &[u8], length: i64) {
        let place = format!("2026/02/{id}.pdf");
        self.files.append("begun", bytes).await.unwrap();
        self.files.finish("begun", &place).await.unwrap();
        let file = attachment(id, &self.scene.case, name, bytes, length, &self.scene.board);
        self.scene.board.store.write(move |tx| store::attachments::insert(tx, &file)).await.unwrap();
    }

    /// The outbox as the supervisor sees it: id, state and tries, newest first.
    async fn outbox(&self) -> Vec<(String, String, u32)> {
        let mails = supervisor(&self.scene.board).await.post_office().await.unwrap().last;
        mails.into_iter().map(|(mail, _)| (mail.id, mail.state, mail.tries)).collect()
    }

    async fn events(&self) -> Vec<String> {
        let case = self.scene.case.clone();
        let events = self.scene.board.store.read(move |tx| store::case_events::of_case(tx, &case)).await;
        events.unwrap().into_iter().map(|event| event.kind).collect()
    }

    async fn tend(&self) {
        self.scene.board.tend_mails().await.unwrap();
    }
}

fn attachment(
    id: &str,
    case: &CaseId,
    name: &str,
    bytes: &[u8],
    length: i64,
    board: &Switchboard,
) -> Attachment {
    Attachment {
        id: id.to_owned(),
        case: case.clone(),
        link: None,
        giver: "complainant".to_owned(),
        name: name.to_owned(),
        kind: "receipt".to_owned(),
        media_type: "application/pdf".to_owned(),
        bytes: length,
        sha256: secrets::hexadecimal(&Sha256::digest(bytes)),
        place: format!("2026/02/{id}.pdf"),
        state: "kept".to_owned(),
        scan: "clean".to_owned(),
        sight: "hotline".to_owned(),
        at: board.now(),
    }
}

async fn supervisor(board: &Switchboard) -> Desk<Supervisor> {
    Desk::admit(board, &board.person_by_login("supervisor").await.unwrap()).unwrap()
}

fn refusal<T: std::fmt::Debug>(result: Result<T>) -> String {
    match result {
        Err(Error::Refused { code, .. }) => code,
        other => panic!("not refused: {other:?}"),
    }
}

fn document(letter: &Letter) -> String {
    assert_eq!(letter.enclosed[0].media_type, "text/html; charset=utf-8");
    String::from_utf8(letter.enclosed[0].bytes.clone()).unwrap()
}

store::on_both_engines! {
    /// From the assembled package to the authority's reference, and what each of them holds.
    async fn d11_the_package_goes_by_mail_and_is_followed_to_the_receipt(store: Store) {
        let post = Posting::set(store).await;
        post.given("small", "Kvittering Inger Holm.pdf", b"%PDF small", 10).await;
        post.scene.clock.advance(1);
        post.given("long", "Scanning.pdf", b"%PDF long", 20_000_000).await;
        post.assembled().await;
        assert_eq!(post.scene.file().await.secure_mail.as_deref(), Some(AGENCY));
        post.mail_package().await.unwrap();
        let file = post.scene.file().await;
        assert_eq!(file.dialogue.package_state(), Some(PackageState::Queued));
        assert_eq!((file.case.status.as_str(), file.tasks.as_slice()), ("in_dialogue", [].as_slice()), "not before it left");
        assert_eq!(refusal(post.mail_package().await), "dialogue-refused-package-queued");
        post.mailer.will_answer(Err(MailError::Unclear("busy".to_owned())));
        post.tend().await;
        assert_eq!(post.scene.file().await.case.status, "in_dialogue", "a try is no sending");
        post.scene.clock.advance(60);
        post.tend().await;
        let file = post.scene.file().await;
        assert_eq!((file.case.status.as_str(), file.dialogue.stage), ("forwarded", DialogueStage::Forwarded));
        assert_eq!(file.dialogue.sent_at, Some(post.scene.board.now()));
        let letters = post.mailer.letters();
        assert_eq!((letters.len(), &letters[0]), (2, &letters[1]), "tried again it is the same mail");
        let (mail, number) = (&letters[1], file.case.number.to_string());
        assert_eq!((mail.to.as_str(), mail.from.as_deref()), (AGENCY, Some("Dialoglinjen <dialog@line.example>")));
        assert!(mail.subject.contains(&number) && mail.body.contains(&number));
        for secret in ["Inger", "Holm", "97001122", "bruddet", "Bruddet", "fastholder", "Havnby"] {
            assert!(!mail.subject.contains(secret) && !mail.body.contains(secret), "{secret}");
            let called = mail.enclosed.iter().any(|one| one.called.contains(secret));
            assert!(!called, "{secret} in the name of a file");
        }
        let letter = document(mail);
        for part in ["Inger Holm", "97001122", "Bruddet blev overset", "Journalen mangler", "Jeg fastholder resten",
            "Hemmeligt: bruddet blev forklaret", "Styrelsen for Patientklager", "Havnby Universitetshospital",
            "enclosure-1.pdf: Kvittering Inger Holm.pdf", "enclosure-2.pdf: Scanning.pdf"] {
            assert!(letter.contains(part), "{part} is missing in {letter}");
        }
        assert!(!letter.contains("Efterbehandlingen gjorde ondt"), "what was dropped is not theirs");
        let enclosed: Vec<_> = mail.enclosed[1..].iter().map(|one| (one.called.as_str(), one.bytes.as_slice())).collect();
        assert_eq!(enclosed, [("enclosure-1.pdf", b"%PDF small".as_slice())], "what is too long follows separately");
        // The post office reads what went out, as it went out; the hospital's people do not.
        let kept = post.scene.desk("supervisor").await.case_file(&post.scene.case).await.unwrap();
        let letter = &kept.letters[0];
        assert_eq!((letter.kind.as_str(), kept.posted[0].state.as_str()), ("package", "sent"));
        let read = post.scene.desk("agent").await.letter(&post.scene.case, &letter.id).await.unwrap();
        assert_eq!(read.1.document(), document(&post.mailer.letters()[1]));
        let handler = post.scene.desk("region").await.letter(&post.scene.case, &letter.id).await;
        assert!(matches!(handler, Err(Error::NotFound)));
        let events = post.events().await;
        let posted: Vec<&str> = events.iter().map(String::as_str).filter(|kind| kind.contains("mailed") || kind.contains("package")).collect();
        assert_eq!(posted, ["dialogue_package_assembled", "dialogue_package_queued", "letter_mailed", "dialogue_package_sent"]);
        // Nobody acknowledges it: that becomes a duty, once, and ends with the reference.
        tick_at(&post.scene, "2026-02-23T10:01:00+01:00").await;
        assert_eq!(post.scene.file().await.tasks, [Task::AwaitAcknowledgement]);
        tick_at(&post.scene, "2026-02-23T10:02:00+01:00").await;
        assert_eq!(post.scene.file().await.tasks, [Task::AskAuthority]);
        tick_at(&post.scene, "2026-02-23T10:03:00+01:00").await;
        let missed = post.events().await.iter().filter(|kind| *kind == "dialogue_acknowledgement_missed").count();
        assert_eq!(missed, 1);
        post.scene.act("region", A::Acknowledge { at: post.scene.board.now(), reference: "26/123".to_owned() }).await;
        assert!(post.scene.file().await.tasks.is_empty());
    }

    /// Given up, it is a person's again; sent again by the supervisor, it is the house's.
    async fn d11_a_package_that_cannot_be_mailed_comes_back(store: Store) {
        let post = Posting::set(store).await;
        post.assembled().await;
        post.mail_package().await.unwrap();
        post.mailer.will_answer(Err(MailError::Refused(format!("550 <{AGENCY}> unknown"))));
        post.tend().await;
        let file = post.scene.file().await;
        assert_eq!((file.tasks, file.dialogue.queued), (vec![Task::Send], None));
        let posted = file.posted.unwrap();
        assert_eq!((posted.state.as_str(), posted.fault.as_deref()), ("failed", Some("550 <…> unknown")));
        let mail = post.outbox().await[0].0.clone();
        supervisor(&post.scene.board).await.mail_again(&mail).await.unwrap();
        assert_eq!(post.scene.file().await.dialogue.package_state(), Some(PackageState::Queued));
        post.tend().await;
        assert_eq!(post.scene.file().await.case.status, "forwarded");
        let again = supervisor(&post.scene.board).await.mail_again(&mail).await;
        assert_eq!(refusal(again), "refused-mail-done");
    }

    /// Where no mail server is set up a complaint does not lie there unseen.
    async fn d11_without_a_mail_server_it_is_a_persons_at_once(store: Store) {
        let post = Posting::set(store).await;
        post.scene.held().await;
        tick_at(&post.scene, "2026-03-03T00:00:00+01:00").await;
        post.mailer.will_answer(Err(MailError::Off));
        post.tend().await;
        assert_eq!(post.scene.file().await.tasks, [Task::Send]);
        let waiting = supervisor(&post.scene.board).await.post_office().await.unwrap().troubled;
        assert_eq!((waiting.len(), waiting[0].0.state.as_str()), (1, "failed"));
    }

    /// What changed, was sent by hand or withdrawn meanwhile does not go out any more.
    async fn d11_a_package_is_taken_back_while_it_waits(store: Store) {
        let post = Posting::set(store).await;
        post.assembled().await;
        post.mail_package().await.unwrap();
        let point = post.scene.file().await.points[1].id.clone();
        post.scene.act("agent", A::Maintain { added: vec![], dropped: vec![point] }).await;
        assert_eq!(post.outbox().await[0].1, "dropped");
        assert_eq!(post.scene.file().await.tasks, [Task::Send], "put together anew, it is to be sent anew");
        post.mail_package().await.unwrap();
        let at = post.scene.board.now();
        post.scene.act("region", A::Send { at, channel: Channel::Letter }).await;
        assert_eq!(post.scene.file().await.case.status, "forwarded");
        post.tend().await;
        assert!(post.mailer.letters().is_empty());
        assert!(post.outbox().await.iter().all(|(_, state, tries)| state == "dropped" && *tries == 0));
    }

    /// Silence forwards by mail; and a sender that died with the mail in hand holds the package.
    async fn d11_what_the_house_forwards_by_itself_goes_by_mail(store: Store) {
        let post = Posting::set(store).await;
        post.scene.held().await;
        tick_at(&post.scene, "2026-03-03T00:00:00+01:00").await;
        assert_eq!(post.scene.file().await.dialogue.package_state(), Some(PackageState::Queued));
        // Somebody takes the mail up and dies.
        let id = post.outbox().await[0].0.clone();
        let taken = id.clone();
        post.scene.board.store.write(move |tx| {
            let mut mail = store::mails::get(tx, &taken)?;
            (mail.state, mail.next_try_at) = ("sending".to_owned(), mail.next_try_at.map(|at| at.plus_seconds(300)));
            store::mails::update(tx, &mail)
        }).await.unwrap();
        let version = post.scene.file().await.case.version;
        let again = A::Assemble { statement: "Mere".to_owned(), with_minutes: false };
        let refused = post.scene.desk("region").await.in_dialogue(&post.scene.case, version, again).await;
        assert_eq!(refusal(refused), "refused-mail-under-way", "it may be out of the house already");
        post.scene.clock.advance(300);
        post.tend().await;
        let file = post.scene.file().await;
        assert_eq!((file.case.status.as_str(), post.mailer.letters().len()), ("forwarded", 1));
        assert_eq!(post.mailer.letters()[0].id, id);
        assert!(!document(&post.mailer.letters()[0]).contains("Hemmeligt"), "nobody wished the minutes to go along");
    }

    /// A file that was erased or changed since is sent by nobody.
    async fn a_package_never_goes_with_another_file_than_it_says(store: Store) {
        let post = Posting::set(store).await;
        post.given("small", "Kvittering.pdf", b"%PDF small", 10).await;
        post.assembled().await;
        post.mail_package().await.unwrap();
        post.files.erase("2026/02/small.pdf").await.unwrap();
        post.tend().await;
        assert!(post.mailer.letters().is_empty());
        assert_eq!(post.outbox().await[0].1, "failed");
        assert_eq!(post.scene.file().await.tasks, [Task::Send]);
    }

    /// By mail to who asked for it, by hand to who did not; sent once, and never changed after it was issued.
    async fn a_letter_goes_to_who_asked_for_mail(store: Store) {
        let mut stage = Stage::set(store.clone(), "2026-02-13T10:00:00+08:00").await;
        let mailer = Arc::new(NotedMailer::default());
        let (carrier, files) = (stage.carrier.clone(), Arc::new(MemoryFiles::default()));
        stage.board = mailed(store, stage.clock.clone(), carrier, mailer.clone(), files);
        let mut intake = complaint();
        intake.caller.name = "Camilla Kanariefugl".to_owned();
        intake.caller.email = "camilla@post.example".to_owned();
        let silent = stage.open(intake.clone()).await.unwrap().id;
        intake.wishes.mail = Some(true);
        let asked = stage.open(intake).await.unwrap().id;
        let agent = stage.cases("agent").await;
        let order = || LetterOrder::plain(LetterKind::Acknowledgement);
        let refused = agent.issue_letter(&silent, stage.file(&silent).await.case.version, order(), Way::Mailed).await;
        assert_eq!(refusal(refused), "refused-letter-no-address");
        let before = stage.file(&silent).await;
        assert!(before.letters.is_empty(), "what was refused was not issued");
        let file = stage.file(&asked).await;
        let can = addressee::mailable(&stage.board.house, &file, stage.board.now());
        assert!(can.contains(&LetterKind::Acknowledgement) && !can.contains(&LetterKind::Forwarding), "{can:?}");
        let letter = agent.issue_letter(&asked, file.case.version, order(), Way::Mailed).await.unwrap();
        assert_eq!(stage.file(&asked).await.posted[0].state, "waiting");
        stage.board.tend_mails().await.unwrap();
        stage.board.tend_mails().await.unwrap();
        let letters = mailer.letters();
        assert_eq!((letters.len(), letters[0].to.as_str()), (1, "camilla@post.example"));
        assert_eq!(document(&letters[0]), agent.letter(&asked, &letter).await.unwrap().1.document());
        let said = format!("{} {} {}", letters[0].subject, letters[0].body, letters[0].enclosed[0].called);
        assert!(!said.contains("Kanariefugl") && !said.contains("camilla"), "{said}");
        let after = stage.file(&asked).await;
        assert_eq!((after.posted[0].state.as_str(), after.posted[0].letter.as_str()), ("sent", letter.as_str()));
        let told = after.events.iter().find(|event| event.kind == "letter_mailed").unwrap();
        assert!(told.detail.contains(&letter) && !told.detail.contains('@'), "{}", told.detail);
        let row = stage.board.store.read(move |tx| store::mails::of_letters(tx, &asked)).await.unwrap();
        assert_eq!(row[0].load, Load::Letter(letter));
    }

    /// The institution complained of gets its letter with the matter and nobody's name.
    async fn a_letter_to_the_accused_names_nobody_in_any_part(store: Store) {
        let mut stage = Stage::set(store.clone(), "2026-02-13T10:00:00+08:00").await;
        let mailer = Arc::new(NotedMailer::default());
        let (carrier, files) = (stage.carrier.clone(), Arc::new(MemoryFiles::default()));
        stage.board = mailed(store, stage.clock.clone(), carrier, mailer.clone(), files);
        let mut intake = complaint();
        intake.caller.name = "Camilla Kanariefugl".to_owned();
        intake.caller.phone = "+86 138 7777 6666".to_owned();
        intake.caller.email = "camilla@post.example".to_owned();
        (intake.wishes.confidential, intake.wishes.mail) = (Some(true), Some(true));
        intake.evidence = vec![Evidence { kind: EvidenceKind::Footage, status: EvidenceStatus::Promised }];
        intake.points[0].institution_code = Some("yunhe-first".to_owned());
        intake.points[0].own_words = "护士大声训斥 Camilla Kanariefugl, camilla@post.example, 138 7777 6666".to_owned();
        let id = stage.open(intake).await.unwrap().id;
        let order = LetterOrder {
            words: "Kanariefugl camilla@post.example".to_owned(),
            ..LetterOrder::plain(LetterKind::PreserveRequest)
        };
        let version = stage.file(&id).await.case.version;
        stage.cases("agent").await.issue_letter(&id, version, order, Way::Mailed).await.unwrap();
        stage.board.tend_mails().await.unwrap();
        let mail = mailer.letters().pop().unwrap();
        assert_eq!(mail.to, "service@hospital.example");
        let whole = format!("{mail:?} {}", document(&mail));
        assert!(whole.contains("训斥"), "the matter is there: {whole}");
        for canary in ["Kanariefugl", "Camilla", "camilla", "7777", "6666"] {
            assert!(!whole.contains(canary), "{canary} in {whole}");
        }
    }
}

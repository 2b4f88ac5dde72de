//! Whoever a point accused is one of the accused for good: a case whose second point, dropped later, complains of a
//! hospital is handled by that hospital's complaint office, and nothing that the office gets tells who complains.

use std::sync::Arc;

use complaints::intake::{Evidence, EvidenceKind, EvidenceStatus};
use complaints::{Action, Intake};
use domain::{CaseId, Language, PersonId, RecordingId, Role, Secret};
use store::Store;
use store::attachments::Attachment;

use crate::case_file::Filter;
use crate::case_stories::Stage;
use crate::feedback::Channel;
use crate::investigation::letters::{LetterOrder, Way};
use crate::investigation::{InvestigationAction, LetterKind, NewEvidence, Reader, Side};
use crate::people::NewPerson;
use crate::points::TypedPoint;
use crate::ports::Sound;
use crate::testing::{
    MemoryFiles, NotedMailer, PASSWORD, complaint, danish_house, mailed, mixed_complaint, open_danish,
};
use crate::{Error, Switchboard};

const OFFICE: &str = "yunhe-first-complaints";
const ADDRESS: &str = "https://api.example/2010-04-01/Accounts/AC1/Recordings/RE1";
const CANARIES: [&str; 4] = ["金丝雀", "Kanariefugl", "13877776666", "7777 6666"];

fn told(what: &str) -> String {
    format!("{what}:我是金丝雀 Camilla Kanariefugl,请打 138 7777 6666")
}

fn nobody_in(what: &str, text: &str) {
    for canary in CANARIES {
        assert!(!text.contains(canary), "{canary} in {what}: {text}");
    }
}

fn planted(confidential: Option<bool>) -> Intake {
    let camera = Evidence { kind: EvidenceKind::Footage, status: EvidenceStatus::Promised };
    let mut intake = Intake { evidence: vec![camera], read_back: true, ..complaint() };
    intake.caller.name = "Camilla Kanariefugl".to_owned();
    intake.caller.phone = "+86 138 7777 6666".to_owned();
    intake.patient.name = "金丝雀".to_owned();
    intake.wishes.confidential = confidential;
    intake.desired_words = told("希望");
    intake.points[0].own_words = told("投诉");
    intake
}

/// The case, and the recording of the message that it began with.
async fn with_the_office(stage: &Stage, intake: Intake) -> (CaseId, RecordingId) {
    let sound = Sound { media_type: "audio/wav".to_owned(), bytes: b"RIFF".to_vec() };
    stage.carrier.has_sound(ADDRESS, sound);
    crate::testing::leave_message(&stage.board, "a", "+8613877776666", ADDRESS).await;
    let (calls, agent) = (stage.calls("agent").await, stage.cases("agent").await);
    let message = calls.messages().await.unwrap().waiting.remove(0).message;
    let form = calls.take_message(&message.id).await.unwrap();
    calls.save_intake(&form, 1, intake).await.unwrap();
    let id = calls.finish_as_case(&form, Some(OFFICE), Some(&told("派发"))).await.unwrap().id;
    let version = || async { stage.file(&id).await.case.version };
    let second = TypedPoint {
        institution: "yunhe-first".to_owned(),
        own_words: told("补充"),
        category: "fees".to_owned(),
        ..TypedPoint::default()
    };
    agent.add_point(&id, version().await, second).await.unwrap();
    let second = stage.file(&id).await.points[1].id.clone();
    agent.drop_point(&id, version().await, &second, &told("不提了")).await.unwrap();
    (id, message.recording.unwrap())
}

async fn named(stage: &Stage, id: &CaseId, kind: EvidenceKind, holder: Side, readers: Vec<Reader>) -> String {
    let entry = NewEvidence {
        evidence: String::new(),
        evidence_kind: kind,
        what: told("证据"),
        state: EvidenceStatus::Promised,
        why: String::new(),
        holder,
        readers,
        preserve: None,
    };
    let (agent, version) = (stage.cases("agent").await, stage.file(id).await.case.version);
    agent.inquire(id, version, InvestigationAction::NameEvidence(entry)).await.unwrap();
    stage.file(id).await.view.investigation.evidence.last().unwrap().id.clone()
}

async fn given(stage: &Stage, id: &CaseId) -> String {
    let file = Attachment {
        id: "given".to_owned(),
        case: id.clone(),
        link: None,
        giver: "complainant".to_owned(),
        name: "Kanariefugl.pdf".to_owned(),
        kind: "receipt".to_owned(),
        media_type: "application/pdf".to_owned(),
        bytes: 1,
        sha256: String::new(),
        place: "given".to_owned(),
        state: "kept".to_owned(),
        scan: "clean".to_owned(),
        sight: "department".to_owned(),
        at: stage.board.now(),
    };
    stage.board.store.write(move |tx| store::attachments::insert(tx, &file)).await.unwrap();
    "given".to_owned()
}

/// What the office gets of a case that it is accused in by a dropped point alone.
async fn the_office_learns_nobodys_name(store: Store, confidential: Option<bool>) {
    let mut stage = Stage::set(store.clone(), "2026-02-13T10:00:00+08:00").await;
    let (mailer, carrier) = (Arc::new(NotedMailer::default()), stage.carrier.clone());
    let files = Arc::new(MemoryFiles::default());
    stage.board = mailed(store, stage.clock.clone(), carrier, mailer.clone(), files);
    let (id, recording) = with_the_office(&stage, planted(confidential)).await;
    let inner = vec![Reader::Complainant, Reader::Handler, Reader::Supervisor];
    let hidden = named(&stage, &id, EvidenceKind::RecordCopy, Side::Complainant, inner.clone()).await;
    let watched = named(&stage, &id, EvidenceKind::Footage, Side::Institution, inner).await;
    let open = named(&stage, &id, EvidenceKind::Footage, Side::Institution, Vec::new()).await;
    let attachment = given(&stage, &id).await;
    let (agent, office) = (stage.cases("agent").await, stage.cases("office").await);
    let version = || async { stage.file(&id).await.case.version };
    let preserve =
        LetterOrder { words: told("请保存"), ..LetterOrder::plain(LetterKind::PreserveRequest) };
    let letter =
        agent.issue_letter(&id, version().await, preserve, Way::ByHand(Channel::Letter)).await.unwrap();
    nobody_in("the letter", &agent.letter(&id, &letter).await.unwrap().1.text());

    let file = office.case_file(&id).await.unwrap();
    assert!(file.hidden && file.letters.is_empty() && file.files.is_empty() && file.recordings.is_empty());
    assert_eq!((file.points.len(), file.dropped.len()), (1, 1));
    assert!(file.points[0].own_words.contains("[…]"), "the matter is there: {:?}", file.points[0]);
    nobody_in("the file", &format!("{file:?}"));
    let seen: Vec<&str> = file.view.investigation.evidence.iter().map(|entry| entry.id.as_str()).collect();
    assert!(seen.contains(&open.as_str()), "what is asked of the institution is there");
    assert!(!seen.contains(&hidden.as_str()) && !seen.contains(&watched.as_str()), "{seen:?}");
    let lines = office.case_list(Filter::default(), 0).await.unwrap().lines;
    assert_eq!(lines.len(), 1);
    nobody_in("the list", &format!("{lines:?}"));

    assert!(office.files(&id).await.unwrap().is_empty());
    assert!(matches!(office.open_file(&attachment).await, Err(Error::NotFound)));
    assert!(matches!(office.hear_recording(&recording).await, Err(Error::NotFound)));
    assert!(matches!(office.letter(&id, &letter).await, Err(Error::NotFound)));
    assert!(matches!(office.reveal_phone(&id, "想问问").await, Err(Error::NotFound)));
    for (entry, known) in [(&hidden, false), (&watched, false), (&open, true)] {
        let (evidence, due_at) = (entry.clone(), stage.board.now().plus_seconds(86_400));
        let ask = InvestigationAction::RequestEvidence { evidence, of: "保卫科".to_owned(), due_at };
        let asked = office.inquire(&id, version().await, ask).await;
        assert_eq!(asked.is_ok(), known, "{asked:?}");
        assert!(known || matches!(asked, Err(Error::NotFound)), "{asked:?}");
    }

    office.sign_for(&id, version().await).await.unwrap();
    let more = Action::Extend { units: 1, reason: told("延期"), clock: None };
    office.act(&id, version().await, more).await.unwrap();
    let file = office.case_file(&id).await.unwrap();
    assert!(file.view.extension.asked.is_some());
    nobody_in("the file with a request for more time", &format!("{file:?}"));

    stage.board.tend_mails().await.unwrap();
    let mail = mailer.letters().pop().unwrap();
    nobody_in("the mail", &mail.body);
    let token = mail.body.split("/handover/").nth(1).unwrap().lines().next().unwrap().to_owned();
    let page = stage.board.handover(&token).await.unwrap();
    assert_eq!(page.points.len(), 1);
    assert_eq!(
        page.preserve.len(),
        2,
        "one from the intake, one named; none that is not for the institution"
    );
    nobody_in("the page behind the link", &format!("{page:?}"));
}

store::on_both_engines! {
    async fn a_dropped_point_accuses_in_a_confidential_case(store: Store) {
        the_office_learns_nobodys_name(store, Some(true)).await;
    }

    /// Any other department would see all of it.
    async fn a_dropped_point_accuses_where_nobody_was_asked(store: Store) {
        the_office_learns_nobodys_name(store, None).await;
    }

    /// The program of an accused co-handler reads the case as the co-handler may, not as the lead.
    async fn an_accused_co_handler_sees_no_more_than_the_accused(store: Store) {
        let stage = Stage::set(store, "2026-02-13T10:00:00+08:00").await;
        let mut intake = planted(None);
        intake.points[0].institution_code = Some("yunhe-first".to_owned());
        let opened = stage.open(intake).await.unwrap();
        let agent = stage.cases("agent").await;
        let version = || async { stage.file(&opened.id).await.case.version };
        agent.dispatch(&opened.id, version().await, "service-supervision", None).await.unwrap();
        stage.cases("service").await.sign_for(&opened.id, version().await).await.unwrap();
        let (department, task) = (OFFICE.to_owned(), "核对".to_owned());
        let due_at = Some(stage.board.now().plus_seconds(3600));
        let help = Action::AddCoHandler { department, task, due_at };
        agent.act(&opened.id, version().await, help).await.unwrap();
        let (lead, office) = (stage.cases("service").await, stage.cases("office").await);
        let (whole, _) = lead.handed_over(&opened.number).await.unwrap();
        assert_eq!(whole.complainant.as_deref(), Some("Camilla Kanariefugl"), "the lead is not accused");
        let (seen, _) = office.handed_over(&opened.number).await.unwrap();
        assert_eq!((seen.department.as_str(), seen.points.len()), (OFFICE, 1));
        nobody_in("what the co-handler's program reads", &format!("{seen:?}"));
    }

    async fn a_dropped_point_accuses_whoever_runs_the_dialogue(store: Store) {
        let mut house = danish_house();
        for department in &mut house.directory.departments {
            if department.code == "doctor-patient-office" {
                department.institution = Some("havnby-hospital".to_owned());
            }
        }
        let mut stage = Stage::set(store.clone(), "2026-02-02T09:00:00+01:00").await;
        stage.board = Switchboard::new(store, Arc::new(house), stage.clock.clone(), stage.carrier.clone());
        let new = NewPerson {
            login: "region".to_owned(),
            name: "REGION".to_owned(),
            role: Role::Handler,
            department: Some("doctor-patient-office".to_owned()),
            phone: None,
            language: Language::parse("da").unwrap(),
            password: Secret::new(PASSWORD),
        };
        stage.board.add_person(new, "house").await.unwrap();
        let mut intake = mixed_complaint();
        intake.caller.name = "Camilla Kanariefugl".to_owned();
        intake.patient.name = "金丝雀".to_owned();
        intake.wishes.participants = told("希望参加");
        intake.points.remove(1);
        intake.points.reverse();
        intake.points[0].institution.text = "Camilla Kanariefugls klinik".to_owned();
        intake.points[0].own_words = told("投诉");
        let id = open_danish(&stage.board, intake, &PersonId::new("agent")).await.unwrap().id;
        let agent = stage.cases("agent").await;
        let version = || async { stage.file(&id).await.case.version };
        let second = stage.file(&id).await.points[1].id.clone();
        agent.drop_point(&id, version().await, &second, &told("放弃")).await.unwrap();
        agent.dispatch(&id, version().await, "doctor-patient-office", Some("dialog")).await.unwrap();
        let region = stage.cases("region").await;
        let seen = region.dialogue_file(&id).await.unwrap().unwrap();
        assert!(seen.hidden && seen.points.len() == 1);
        nobody_in("the dialogue", &format!("{seen:?}"));
        nobody_in("the file", &format!("{:?}", region.case_file(&id).await.unwrap()));
    }
}

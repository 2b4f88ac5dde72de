//! The dialogue of a case, told with a clock wound by hand: who may do what, what the case becomes, what happens by
//! itself.

use std::sync::Arc;

use complaints::Channel;
use domain::{CaseId, Language, PersonId, Role, Timestamp};
use store::Store;
use store::people::Person;

use crate::dialogue::{
    Appointment, DialogueAction as A, DialogueFile, Form, ForwardReason, Maintained, Participant,
    ParticipantRole, Stage, Task, Wishes, Withdrawal,
};
use crate::rights::{CaseWorker, Desk};
use crate::testing::{HandClock, NotedCarrier, danish_board, mixed_complaint, open_danish};
use crate::{Error, Result, Switchboard};

pub(crate) struct Scene {
    pub(crate) board: Switchboard,
    pub(crate) clock: Arc<HandClock>,
    pub(crate) case: CaseId,
}

fn person(login: &str, role: Role, department: Option<&str>) -> Person {
    Person {
        id: PersonId::new(login),
        login: login.to_owned(),
        name: login.to_uppercase(),
        role,
        department: department.map(str::to_owned),
        phone: None,
        language: Language::parse("da").unwrap(),
        created_at: Timestamp(0),
        disabled_at: None,
    }
}

impl Scene {
    pub(crate) async fn set(store: Store, now: &str) -> Self {
        let clock = HandClock::at(now);
        let board = danish_board(store, clock.clone(), Arc::new(NotedCarrier::default()));
        for (login, role, department) in [
            ("agent", Role::Agent, None),
            ("supervisor", Role::Supervisor, None),
            ("region", Role::Handler, Some("doctor-patient-office")),
            ("legal", Role::Handler, Some("legal-affairs")),
        ] {
            let person = person(login, role, department);
            board.store.write(move |tx| store::people::add(tx, &person, "-")).await.unwrap();
        }
        let case = open_danish(&board, mixed_complaint(), &PersonId::new("agent")).await.unwrap().id;
        Self { board, clock, case }
    }

    pub(crate) async fn desk(&self, login: &str) -> Desk<CaseWorker> {
        Desk::admit(&self.board, &self.board.person_by_login(login).await.unwrap()).unwrap()
    }

    pub(crate) async fn file(&self) -> DialogueFile {
        self.desk("supervisor").await.dialogue_file(&self.case).await.unwrap().unwrap()
    }

    async fn try_as(&self, login: &str, action: A) -> Result<()> {
        let version = self.file().await.case.version;
        self.desk(login).await.in_dialogue(&self.case, version, action).await
    }

    pub(crate) async fn act(&self, login: &str, action: A) {
        self.try_as(login, action).await.unwrap();
    }

    async fn status(&self) -> String {
        self.file().await.case.status
    }

    /// Yes, received by the region at once.
    pub(crate) async fn received(&self) {
        self.act("agent", yes()).await;
        self.act("agent", A::TellAlternative).await;
        self.act("region", A::RecordReceipt { at: self.board.now() }).await;
    }

    pub(crate) async fn held(&self) {
        self.received().await;
        let at = self.board.now().plus_seconds(7 * 86_400);
        let place = "Vi ringer til dig".to_owned();
        let appointment = Appointment { form: Form::Telephone, at, place, participants: doctor() };
        self.act("region", A::Invite { appointment }).await;
        self.clock.advance(7 * 86_400 + 3_600);
        let minutes = "Hemmeligt: bruddet blev forklaret".to_owned();
        let hold =
            A::Hold { at, form: Form::Telephone, participants: doctor(), companion_came: true, minutes };
        self.act("region", hold).await;
    }
}

pub(crate) fn yes() -> A {
    A::Answer { accepted: true, motive: None, wishes: Wishes::default() }
}

pub(crate) fn doctor() -> Vec<Participant> {
    vec![Participant { role: ParticipantRole::TreatingStaff, name: "Overlæge Dahl".to_owned() }]
}

fn in_words() -> Withdrawal {
    Withdrawal {
        statement: "Jeg er tilfreds og trækker klagen".to_owned(),
        informed: true,
        channel: Channel::Phone,
    }
}

fn code(result: Result<()>) -> String {
    match result {
        Err(Error::Refused { code, .. }) => code,
        other => panic!("not refused: {other:?}"),
    }
}

/// The minute at which the agenda looks.
pub(crate) async fn tick_at(scene: &Scene, text: &str) {
    scene.clock.set(text);
    scene.board.tick_dialogues().await.unwrap();
}

store::on_both_engines! {
    /// The whole story: mixed eligibility, a volunteer, a telephone dialogue, a point dropped, forwarded.
    async fn a_part_is_dropped_and_the_rest_forwarded(store: Store) {
        let scene = Scene::set(store, "2026-02-02T09:00:00+01:00").await;
        assert_eq!(scene.file().await.dialogue.stage, Stage::NotAsked);
        scene.act("agent", yes()).await;
        let file = scene.file().await;
        let verdicts: Vec<_> = file.points.iter().map(|point| point.eligibility.code()).collect();
        assert_eq!(verdicts, ["eligible", "record_keeping", "self_paid"]);
        assert_eq!(file.case.status, "in_dialogue");
        assert_eq!(file.case.department.as_deref(), Some("doctor-patient-office"), "the region works on it now");
        assert_eq!(file.tasks, [Task::TellAlternative, Task::RecordReceipt]);
        scene.act("agent", A::TellAlternative).await;
        scene.act("agent", A::RequestCompanion { adviser_helps: true }).await;
        scene.act("region", A::RecordReceipt { at: scene.board.now() }).await;
        let region = scene.desk("region").await;
        let listed = region.dialogues_to_do().await.unwrap();
        assert_eq!(listed[0].dialogue.tasks, ["invite", "ask_scheme"]);
        assert!(scene.desk("legal").await.dialogues_to_do().await.unwrap().is_empty());
        assert!(matches!(scene.desk("legal").await.dialogue_file(&scene.case).await, Err(Error::NotFound)));
        scene.act("agent", A::AnswerCompanionRequest { name: Some("Karen".to_owned()) }).await;
        let at = scene.board.now().plus_seconds(86_400);
        let place = "Vi ringer".to_owned();
        let appointment = Appointment { form: Form::Telephone, at, place, participants: doctor() };
        let refused = code(scene.try_as("agent", A::Invite { appointment: appointment.clone() }).await);
        assert_eq!(refused, "dialogue-refused-wrong-role", "the adviser is neutral");
        scene.act("region", A::Invite { appointment }).await;
        scene.clock.advance(90_000);
        let minutes = "Hemmeligt".to_owned();
        let hold =
            A::Hold { at, form: Form::Telephone, participants: doctor(), companion_came: true, minutes };
        scene.act("region", hold).await;
        let clinic = scene.file().await.points[2].id.clone();
        scene.act("agent", A::Maintain { added: vec![], dropped: vec![clinic] }).await;
        assert_eq!(scene.status().await, "in_dialogue", "until the package is on its way");
        let statement = "Jeg fastholder resten".to_owned();
        scene.act("region", A::Assemble { statement, with_minutes: false }).await;
        scene.act("region", A::Send { at: scene.board.now(), channel: Channel::Email }).await;
        assert_eq!(scene.status().await, "forwarded");
        let acknowledge = A::Acknowledge { at: scene.board.now(), reference: "26/123".to_owned() };
        scene.act("region", acknowledge).await;
        let file = scene.file().await;
        let package = serde_json::to_string(file.dialogue.package.as_ref().unwrap()).unwrap();
        assert!(package.contains("Jeg fastholder resten") && !package.contains("Hemmeligt"), "{package}");
        assert_eq!(file.dialogue.acknowledged.as_deref(), Some("26/123"));
        assert!(file.tasks.is_empty());
        assert_eq!(code(scene.try_as("agent", yes()).await), "dialogue-refused-case-over");
    }

    /// What is added and dropped after the talk is added to and dropped from the case itself, and gets no second talk.
    async fn the_points_of_the_case_follow_the_dialogue(store: Store) {
        let scene = Scene::set(store, "2026-02-02T09:00:00+01:00").await;
        scene.held().await;
        let supervisor = scene.desk("supervisor").await;
        let before = supervisor.case_file(&scene.case).await.unwrap();
        let gone: Vec<_> = before.points.iter().map(|point| point.id.clone()).collect();
        let words = "Ingen fulgte op på prøven".to_owned();
        let new = crate::dialogue::NewPoint { id: crate::dialogue::new_point_id(), words: words.clone() };
        // All of the old and one new: what is added comes first, so that the case is never without a point.
        scene.act("agent", A::Maintain { added: vec![new.clone()], dropped: gone.clone() }).await;
        let after = supervisor.case_file(&scene.case).await.unwrap();
        assert_eq!(after.points.iter().map(|point| &point.id).collect::<Vec<_>>(), [&new.id]);
        assert_eq!((after.points[0].own_words.as_str(), after.points[0].ordinal), (words.as_str(), 4));
        assert!(after.points[0].no_dialogue, "there is one dialogue in a complaint");
        assert_eq!(after.dropped.iter().map(|point| point.id.clone()).collect::<Vec<_>>(), gone);
        assert_eq!(after.dropped[0].own_words, before.points[0].own_words, "the original stays readable");
        assert_eq!(after.dropped[0].drop_reason.as_deref(), Some("dialogue"));
        scene.act("region", A::Assemble { statement: String::new(), with_minutes: false }).await;
        let package = scene.file().await.dialogue.package.unwrap();
        let states: Vec<_> = package.points.iter().map(|point| point.state.as_str()).collect();
        assert_eq!(states, ["dropped", "dropped", "dropped", "added"], "each once");
    }

    /// Silence after the dialogue: the house forwards by itself and never withdraws.
    async fn silence_forwards_by_itself(store: Store) {
        let scene = Scene::set(store, "2026-02-02T09:00:00+01:00").await;
        scene.held().await;
        tick_at(&scene, "2026-03-02T23:59:00+01:00").await;
        assert_eq!(scene.file().await.dialogue.stage, Stage::Held, "the last minute is still in time");
        tick_at(&scene, "2026-03-03T00:00:00+01:00").await;
        let file = scene.file().await;
        assert_eq!(file.dialogue.forward_reason, Some(ForwardReason::Undecided));
        assert_eq!(file.tasks, [Task::Send], "the package is ready");
        assert_eq!(file.dialogue.package.as_ref().unwrap().minutes, None);
        tick_at(&scene, "2026-03-03T00:01:00+01:00").await;
        assert_eq!(scene.file().await.case.version, file.case.version, "done once");
        scene.act("region", A::Send { at: scene.board.now(), channel: Channel::Email }).await;
        assert_eq!(scene.status().await, "forwarded");
    }

    /// Four weeks without a dialogue, even if the receipt was never recorded.
    async fn an_overrun_goes_on(store: Store) {
        let scene = Scene::set(store, "2026-02-02T09:00:00+01:00").await;
        scene.act("agent", yes()).await;
        tick_at(&scene, "2026-03-03T00:00:00+01:00").await;
        assert_eq!(scene.file().await.dialogue.forward_reason, Some(ForwardReason::Overrun));
    }

    /// "Yes" and later "no" keeps the complaint; satisfied in words ends it for good.
    async fn ends_in_words_only(store: Store) {
        let scene = Scene::set(store, "2026-02-02T09:00:00+01:00").await;
        scene.received().await;
        let decline = |maintained, withdrawal| A::Decline {
            at: Timestamp::parse("2026-02-02T09:00:00+01:00").unwrap(),
            channel: Channel::Phone,
            maintained,
            withdrawal,
        };
        assert_eq!(code(scene.try_as("agent", decline(None, None)).await), "dialogue-refused-needs-maintained");
        let silent = decline(Some(Maintained::No), None);
        assert_eq!(code(scene.try_as("agent", silent).await), "dialogue-refused-needs-statement");
        scene.act("agent", decline(Some(Maintained::Unknown), None)).await;
        assert_eq!((scene.status().await.as_str(), scene.file().await.tasks), ("in_dialogue", vec![Task::AskBack]));
        scene.act("agent", A::AnswerAskBack { maintained: Maintained::No, withdrawal: Some(in_words()) }).await;
        assert_eq!(scene.status().await, "withdrawn");
    }

    /// A point that turns out to be paid by the patient takes the case out of the dialogue; it goes on as a case.
    async fn what_does_not_qualify_goes_on_as_a_case(store: Store) {
        let scene = Scene::set(store, "2026-02-02T09:00:00+01:00").await;
        scene.act("agent", yes()).await;
        let point = scene.file().await.points[0].id.clone();
        let payer = Some(crate::dialogue::Payer::Patient);
        scene.act("agent", A::Clarify { point, topic: None, payer }).await;
        let file = scene.file().await;
        assert_eq!((file.dialogue.stage, file.case.status.as_str()), (Stage::NotPossible, "classified"));
        assert_eq!(file.case.department, None, "nobody has it yet");
    }

    /// On the day the regions merge the successor owns what is open; the four weeks run on.
    async fn a_successor_takes_over(store: Store) {
        let scene = Scene::set(store, "2026-12-20T09:00:00+01:00").await;
        let mut intake = mixed_complaint();
        intake.points[0].institution_code = Some("skovlund-hospital".to_owned());
        let case = open_danish(&scene.board, intake, &PersonId::new("agent")).await.unwrap().id;
        let scene = Scene { case, ..scene };
        scene.received().await;
        let before = scene.file().await;
        assert_eq!(before.dialogue.owner.as_ref().unwrap().region, "hovedstaden");
        assert_eq!(before.office.as_ref().unwrap().phone, None, "one office per hospital: no single number");
        tick_at(&scene, "2026-12-31T12:00:00+01:00").await;
        assert_eq!(scene.file().await.dialogue.owner, before.dialogue.owner);
        tick_at(&scene, "2027-01-01T12:00:00+01:00").await;
        let after = scene.file().await;
        assert_eq!(after.dialogue.owner.as_ref().unwrap().region, "oestdanmark");
        assert_eq!(after.dialogue.owner.as_ref().unwrap().code, "skovlund-hospital", "the hospital still runs it");
        assert_eq!(after.dialogue.runs_out_at(), before.dialogue.runs_out_at());
        assert!(after.office.unwrap().on_take_over.is_some(), "people are told what changes");
    }

    async fn a_ground_cleared_up_again_leads_back_into_the_dialogue_that_never_took_place(store: Store) {
        let scene = Scene::set(store, "2026-02-02T09:00:00+01:00").await;
        scene.act("agent", yes()).await;
        assert_eq!(scene.status().await, "in_dialogue");
        let point = scene.file().await.points[0].id.clone();
        let paid = |payer| A::Clarify { point: point.clone(), topic: None, payer: Some(payer) };
        scene.act("agent", paid(crate::dialogue::Payer::Patient)).await;
        assert_eq!(scene.file().await.dialogue.stage, Stage::NotPossible);
        assert_ne!(scene.status().await, "in_dialogue");
        // It was the region after all: no dialogue has taken place, so this is no second one.
        scene.act("agent", paid(crate::dialogue::Payer::Region)).await;
        assert_eq!(scene.file().await.dialogue.stage, Stage::Accepted);
        assert_eq!(scene.status().await, "in_dialogue");
        assert!(matches!(scene.try_as("agent", yes()).await, Err(Error::Refused { .. })), "and there is one only");
    }
}

//! Who counts as accused however the institution was named, before and after a merger, and whose names the accused must
//! not read besides the complainant's: told with a clock wound by hand.

use std::sync::Arc;

use complaints::Intake;
use complaints::dialogue::{CompanionKind, Incapacity};
use complaints::intake::Fact;
use domain::{CaseId, Language, PersonId, Role, Secret};
use store::Store;

use crate::Switchboard;
use crate::case_stories::Stage;
use crate::dialogue::DialogueAction;
use crate::dialogue_stories::{doctor, yes};
use crate::handling::StepKind;
use crate::investigation::{InvestigationAction, LearningNote};
use crate::people::NewPerson;
use crate::points::TypedPoint;
use crate::rights::Overseer;
use crate::testing::{PASSWORD, complaint, danish_house, mixed_complaint, open_danish};

const OFFICE: &str = "yunhe-first-complaints";

/// A complaint about an institution as it was told, which nobody chose from the directory.
fn about(told: &str) -> Intake {
    let mut intake = complaint();
    intake.caller.name = "金丝雀".to_owned();
    intake.points[0].institution_code = None;
    intake.points[0].institution = Fact { text: told.to_owned(), unknown: false };
    intake
}

async fn dispatched(stage: &Stage, intake: Intake, department: &str) -> CaseId {
    let id = stage.open(intake).await.unwrap().id;
    stage.cases("agent").await.dispatch(&id, 1, department, Some("指定")).await.unwrap();
    id
}

async fn is_nameless(stage: &Stage, login: &str, id: &CaseId) -> bool {
    let desk = stage.cases(login).await;
    let file = desk.case_file(id).await.unwrap();
    let list = desk.case_list(crate::case_file::Filter::default(), 0).await.unwrap().lines;
    let line = list.iter().find(|line| line.case.id == *id).unwrap();
    assert_eq!(file.hidden, line.case.complainant.is_none(), "list and file agree");
    file.hidden
}

store::on_both_engines! {
    async fn the_accused_is_known_by_whatever_name_was_told(store: Store) {
        let stage = Stage::set(store, "2026-02-13T10:00:00+08:00").await;
        let table = [
            ("云河市第一人民医院", true),
            (" 市 一院 ", true),
            ("YUNHE  First People’s HOSPITAL", true),
            ("Ｙｕｎｈｅ－Ｆｉｒｓｔ", true),
            ("市一院,骨科", true),
            ("市二院、市一院", true),
            ("云河市第一人民医院分院", false),
            ("云河市第一人民医院(分院)", false),
            ("医院", false),
            ("市二院", false),
            ("", false),
        ];
        for (told, accused) in table {
            let id = dispatched(&stage, about(told), OFFICE).await;
            assert_eq!(is_nameless(&stage, "office", &id).await, accused, "{told:?}");
        }
        // A point that is added later, and one of which the place alone was told.
        let id = dispatched(&stage, about("市二院"), OFFICE).await;
        let version = stage.file(&id).await.case.version;
        let later = TypedPoint {
            place: "第一医院".to_owned(),
            own_words: "收费不合理".to_owned(),
            category: "fees".to_owned(),
            ..TypedPoint::default()
        };
        stage.cases("agent").await.add_point(&id, version, later).await.unwrap();
        assert!(is_nameless(&stage, "office", &id).await);
    }

    async fn an_interest_hides_what_is_said_of_the_institution_in_other_words(store: Store) {
        let stage = Stage::set(store, "2026-02-13T10:00:00+08:00").await;
        let id = dispatched(&stage, about("市 一院"), "service-supervision").await;
        let person = stage.board.person_by_login("supervisor").await.unwrap();
        let desk = crate::rights::Desk::<Overseer>::admit(&stage.board, &person).unwrap();
        let (handler, service) = (PersonId::new("service"), stage.cases("service").await);
        assert!(service.case_file(&id).await.is_ok());
        desk.declare_interests(&handler, vec!["yunhe-first".to_owned()]).await.unwrap();
        assert!(service.case_file(&id).await.is_err());
        let listed = service.case_list(crate::case_file::Filter::default(), 0).await.unwrap();
        assert!(listed.lines.is_empty());
    }

    /// Whether the point was dropped before, is kept or carried along: the case that goes on accuses whom it accused.
    async fn a_merged_case_accuses_whom_either_accused(store: Store) {
        let stage = Stage::set(store, "2026-02-13T10:00:00+08:00").await;
        for (told, dropped, carried) in
            [("市一院", false, false), ("市一院", true, false), ("yunhe-first", false, true)]
        {
            merged_and_back(&stage, told, dropped, carried).await;
        }
    }

    async fn points_that_were_split_off_accuse_on_both_sides(store: Store) {
        let stage = Stage::set(store, "2026-02-13T10:00:00+08:00").await;
        let mut intake = about("市二院");
        intake.points.push(about("市一院").points.remove(0));
        let id = dispatched(&stage, intake, OFFICE).await;
        let file = stage.file(&id).await;
        let (agent, leaving) = (stage.cases("supervisor").await, vec![file.points[1].id.clone()]);
        agent.split_case(&id, file.case.version, leaving, "另一件事").await.unwrap();
        assert!(is_nameless(&stage, "office", &id).await, "its history still tells of it");
    }

    async fn the_one_who_comes_along_and_the_one_who_goes_on_are_protected_too(store: Store) {
        let (stage, id) = danish(store).await;
        let region = stage.cases("region").await;
        let act = |login: &'static str, action| {
            let (stage, id) = (&stage, &id);
            async move {
                let version = stage.file(id).await.case.version;
                stage.cases(login).await.in_dialogue(id, version, action).await.unwrap();
            }
        };
        act("agent", yes()).await;
        act("agent", DialogueAction::TellAlternative).await;
        act("region", DialogueAction::RecordReceipt { at: stage.board.now() }).await;
        let named = |name: &str| DialogueAction::NameCompanion {
            companion: CompanionKind::Friend,
            name: name.to_owned(),
        };
        let early = InvestigationAction::NoteLearning(LearningNote {
            learning: String::new(),
            point: None,
            words: "Gunhild Fugl ventede alene".to_owned(),
            rule_gap: String::new(),
        });
        let version = stage.file(&id).await.case.version;
        stage.cases("supervisor").await.inquire(&id, version, early).await.unwrap();
        act("agent", named("Gunhild Fugl")).await;
        act("agent", named("Sisken Ærø")).await;
        let representative = Some("Irisk Bogfinke".to_owned());
        let incapacity = Incapacity::LostCapacity;
        act("agent", DialogueAction::Incapacity { incapacity, representative }).await;
        let place = "Fuglsgade 2 hos sisken ærø, Gunhild og Irisk".to_owned();
        let at = stage.board.now().plus_seconds(7 * 86_400);
        let form = crate::dialogue::Form::Meeting;
        let appointment = crate::dialogue::Appointment { form, at, place, participants: doctor() };
        act("region", DialogueAction::Invite { appointment }).await;
        stage.clock.advance(7 * 86_400 + 3_600);
        let minutes = "Talt med Gunhild Fugl, Bogfinke og Sisken".to_owned();
        let held = DialogueAction::Hold { at, form, participants: doctor(), companion_came: true, minutes };
        act("region", held).await;
        for seen in [
            format!("{:?}", region.case_file(&id).await.unwrap()),
            format!("{:?}", region.dialogue_file(&id).await.unwrap().unwrap()),
        ] {
            for canary in ["Gunhild", "Fugl ", "Fugl,", "Fugl\"", "isken", "Ærø", "Irisk", "Bogfinke"] {
                assert!(!seen.contains(canary), "{canary} in {seen}");
            }
        }
        assert!(format!("{:?}", stage.file(&id).await).contains("Gunhild Fugl"), "the house knows them");
    }
}

async fn merged_and_back(stage: &Stage, told: &str, dropped: bool, carried: bool) {
    let goal = dispatched(stage, about("市二院"), OFFICE).await;
    let mut intake = about(told);
    intake.caller.name = "Camilla Kanariefugl".to_owned();
    intake.points.insert(0, about("康宁医院").points.remove(0));
    let held = stage.open(intake).await.unwrap().id;
    let agent = stage.cases("supervisor").await;
    let accusing = stage.file(&held).await.points[1].id.clone();
    if dropped {
        agent.drop_point(&held, 1, &accusing, "不提了").await.unwrap();
    }
    assert!(!is_nameless(stage, "office", &goal).await);
    let (old, new) = (stage.file(&held).await.case, stage.file(&goal).await.case);
    let points = if carried { vec![accusing] } else { Vec::new() };
    agent.merge_case(&held, old.version, &new.number, points).await.unwrap();
    let version = stage.file(&goal).await.case.version;
    let office = stage.cases("office").await;
    office.sign_for(&goal, version).await.unwrap();
    let heard = "已询问 Camilla Kanariefugl 和金丝雀";
    office.log_step(&goal, version + 1, StepKind::PartiesHeard, heard).await.unwrap();
    assert!(is_nameless(stage, "office", &goal).await, "{told} {dropped} {carried}");
    let seen = format!("{:?}", office.case_file(&goal).await.unwrap());
    assert!(!seen.contains("Kanariefugl") && !seen.contains("金丝雀"), "{seen}");
    let version = stage.file(&goal).await.case.version;
    agent.unmerge_case(&goal, version, &old.number, "不是同一件事").await.unwrap();
    assert!(!is_nameless(stage, "office", &goal).await, "undone: {told} {dropped} {carried}");
}

/// A Danish case that accuses Havnby Hospital, handled by a department of that house.
async fn danish(store: Store) -> (Stage, CaseId) {
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
    let id = open_danish(&stage.board, mixed_complaint(), &PersonId::new("agent")).await.unwrap().id;
    (stage, id)
}

//! Points added, dropped and coded: what is refused, and what the case is afterwards.

use domain::{RequestType, Role};
use proptest::prelude::*;

use super::*;
use crate::case::Opening;
use crate::decide;
use crate::dispatch::Proposal;
use crate::words::Strength;

fn agent() -> Actor {
    Actor { role: Role::Agent, department: None }
}

fn supervisor() -> Actor {
    Actor { role: Role::Supervisor, department: None }
}

fn case(categories: &[&str]) -> CaseView {
    let complete = categories.iter().all(|category| !category.is_empty());
    let points = (1..).zip(categories);
    CaseView::opened(&Opening {
        status: if complete { Status::Classified } else { Status::Recorded },
        request_type: RequestType::Complaint,
        points: points.map(|(n, category)| (PointId::new(format!("p{n}")), (*category).to_owned())).collect(),
        receiver: None,
        audit: false,
        split_from: None,
    })
}

fn new(point: &str, category: &str) -> NewPoint {
    NewPoint {
        point: PointId::new(point),
        institution: Some("yunhe-first".into()),
        place: None,
        persons: None,
        happened: Some("2026-02-12".into()),
        payer: None,
        own_words: "and the bill was wrong".into(),
        harm: None,
        category: category.into(),
        version: "1".into(),
        no_dialogue: false,
        carried: None,
    }
}

fn dropped(point: &str, reason: &str) -> Action {
    Action::DropPoint { point: PointId::new(point), reason: reason.into() }
}

fn coded_as(axis: &str, code: &str) -> Code {
    Code { axis: axis.into(), code: code.into(), system: "s".into(), version: "1".into() }
}

fn recoded(point: &str, codes: &[(&str, &str)], reason: &str) -> Action {
    let codes = codes.iter().map(|(axis, code)| coded_as(axis, code)).collect();
    Action::Recode { point: PointId::new(point), codes, reason: reason.into() }
}

fn done(case: &mut CaseView, action: &Action, actor: &Actor) -> Result<Vec<Change>, RefusalCode> {
    let changes = decide(case, action, actor).map_err(|refusal| refusal.code)?;
    changes.iter().for_each(|change| case.apply(change));
    Ok(changes)
}

#[test]
fn a_point_comes_with_words_and_only_once() {
    let mut case = case(&["fees"]);
    let silent = NewPoint { own_words: " ".into(), ..new("p2", "fees") };
    assert_eq!(done(&mut case, &Action::AddPoint(silent), &agent()), Err(RefusalCode::NeedsWords));
    done(&mut case, &Action::AddPoint(new("p2", "fees")), &agent()).unwrap();
    assert_eq!((case.points.len(), case.status), (2, Status::Classified));
    let again = done(&mut case, &Action::AddPoint(new("p2", "fees")), &agent());
    assert_eq!(again, Err(RefusalCode::PointKnown));
    let handler = Actor { role: Role::Handler, department: Some("a".into()) };
    assert!(done(&mut case, &Action::AddPoint(new("p3", "")), &handler).is_err());
}

#[test]
fn a_case_is_classified_as_long_as_every_point_is() {
    let mut case = case(&["fees"]);
    done(&mut case, &Action::AddPoint(new("p2", "")), &agent()).unwrap();
    assert_eq!(case.status, Status::Recorded);
    done(&mut case, &dropped("p2", "said by mistake"), &agent()).unwrap();
    assert_eq!(case.status, Status::Classified);
    done(&mut case, &Action::AddPoint(new("p3", "")), &agent()).unwrap();
    done(&mut case, &recoded("p3", &[("category", "safety")], ""), &agent()).unwrap();
    assert_eq!(case.status, Status::Classified);
}

#[test]
fn a_point_is_dropped_with_a_reason_and_never_the_last_one() {
    let mut case = case(&["fees", "attitude"]);
    assert_eq!(done(&mut case, &dropped("p2", " "), &agent()), Err(RefusalCode::NeedsReason));
    assert_eq!(done(&mut case, &dropped("p9", "x"), &agent()), Err(RefusalCode::NoSuchPoint));
    done(&mut case, &dropped("p2", "the nurse has apologised"), &agent()).unwrap();
    let (standing, gone) = (&case.points, &case.dropped);
    assert_eq!((standing.len(), gone[0].id.as_str(), gone[0].category.as_str()), (1, "p2", "attitude"));
    assert_eq!(done(&mut case, &dropped("p2", "x"), &agent()), Err(RefusalCode::NoSuchPoint));
    assert_eq!(done(&mut case, &dropped("p1", "x"), &agent()), Err(RefusalCode::LastStandingPoint));
    let back = done(&mut case, &Action::AddPoint(new("p2", "attitude")), &agent());
    assert_eq!(back, Err(RefusalCode::PointKnown), "what was dropped does not come back under its name");
}

#[test]
fn a_code_is_replaced_only_with_a_reason_and_the_old_one_stays_told() {
    let mut case = case(&["fees"]);
    let coding = [("category", "fees"), ("severity", "2"), ("hcat", "quality")];
    let changes = done(&mut case, &recoded("p1", &coding, ""), &agent()).unwrap();
    assert_eq!(changes.len(), 2, "what was said already is no change: {changes:?}");
    assert_eq!(
        done(&mut case, &recoded("p1", &[("severity", "3")], ""), &agent()),
        Err(RefusalCode::NeedsReason)
    );
    let changes = done(&mut case, &recoded("p1", &[("severity", "3")], "a fall"), &agent()).unwrap();
    let Change::PointCoded { from, code, reason, .. } = &changes[0] else { panic!("{changes:?}") };
    assert_eq!((from.as_deref(), code.as_str(), reason.as_deref()), (Some("2"), "3", Some("a fall")));
    assert_eq!(
        done(&mut case, &recoded("p1", &[("severity", "3")], "x"), &agent()),
        Err(RefusalCode::NothingChanged)
    );
    let away = done(&mut case, &recoded("p1", &[("category", "")], "x"), &agent());
    assert_eq!(away, Err(RefusalCode::NoCategory));
    let changes = done(&mut case, &recoded("p1", &[("category", "drugs")], "the bill is right"), &agent());
    let changes = changes.unwrap();
    let Change::PointClassified { from, category, .. } = &changes[0] else { panic!("{changes:?}") };
    assert_eq!((from.as_deref(), category.as_str()), (Some("fees"), "drugs"));
    let classify =
        Action::Classify { point: PointId::new("p1"), category: "fees".into(), version: "1".into() };
    assert_eq!(done(&mut case, &classify, &agent()), Err(RefusalCode::AlreadyCoded));
}

#[test]
fn what_comes_after_the_dialogue_gets_none_of_its_own() {
    let mut case = case(&["quality"]);
    let before = done(&mut case, &Action::AddPoint(new("p2", "fees")), &agent()).unwrap();
    assert!(matches!(&before[0], Change::PointAdded(new) if !new.no_dialogue));
    done(&mut case, &Action::EnterDialogue { dialogue: "region".into() }, &supervisor()).unwrap();
    let after = done(&mut case, &Action::AddPoint(new("p3", "")), &supervisor()).unwrap();
    assert!(matches!(&after[0], Change::PointAdded(new) if new.no_dialogue));
    assert_eq!(case.status, Status::InDialogue);
    done(&mut case, &Action::LeaveDialogue { outcome: "maintained".into(), held: true }, &supervisor())
        .unwrap();
    let dispatch = Action::Dispatch {
        department: "a".into(),
        proposal: Some(Proposal {
            rule: "r".into(),
            department: "a".into(),
            co_handlers: vec![],
            strength: Strength::Default,
            remarks: domain::directory::Names::new(),
        }),
        override_reason: None,
    };
    assert_eq!(case.status, Status::Recorded, "p3 has no category yet");
    assert_eq!(done(&mut case, &dispatch, &agent()), Err(RefusalCode::Incomplete));
    done(&mut case, &recoded("p3", &[("category", "safety")], ""), &agent()).unwrap();
    done(&mut case, &dispatch, &agent()).unwrap();
}

/// What was told of a point, as the history keeps it.
fn told(history: &[Change]) -> Vec<(String, String)> {
    let added = history.iter().filter_map(|change| match change {
        Change::PointAdded(new) => Some((new.point.to_string(), new.own_words.clone())),
        _ => None,
    });
    added.collect()
}

proptest! {
    /// Whatever is added, dropped and coded: one point stands, no word of the caller changes, and each code stands in the
    /// history with the one it took the place of.
    #[test]
    fn points_come_and_go_and_the_history_tells_it(deeds in prop::collection::vec((0_u8..4, 1_usize..6, 0_u8..4), 1..40)) {
        let mut case = case(&["fees", "attitude"]);
        let mut history: Vec<Change> = Vec::new();
        for (deed, point, value) in deeds {
            let (name, value) = (format!("p{point}"), value.to_string());
            let reason = if value == "0" { "" } else { "because" };
            let action = match deed {
                0 => Action::AddPoint(NewPoint { own_words: format!("words {value}"), ..new(&name, "fees") }),
                1 => dropped(&name, reason),
                2 => recoded(&name, &[("severity", &value)], reason),
                _ => recoded(&name, &[("category", &format!("c{value}"))], reason),
            };
            let before = told(&history);
            let had = case.points.iter().find(|known| known.id.as_str() == name).cloned();
            if let Ok(changes) = done(&mut case, &action, &agent()) {
                for change in &changes {
                    let (Change::PointCoded { from, reason, .. } | Change::PointClassified { from, reason, .. }) = change else { continue };
                    let old = had.as_ref().and_then(|had| match change {
                        Change::PointCoded { axis, .. } => had.codes.get(axis).cloned(),
                        _ => Some(had.category.clone()),
                    });
                    prop_assert_eq!(from, &old);
                    prop_assert!(from.is_none() || reason.is_some());
                }
                history.extend(changes);
            }
            prop_assert!(told(&history).starts_with(&before), "what was told is written once");
            prop_assert!(!case.points.is_empty());
            let mut ids: Vec<_> = case.points.iter().chain(&case.dropped).map(|known| known.id.clone()).collect();
            let count = ids.len();
            ids.sort();
            ids.dedup();
            prop_assert_eq!(ids.len(), count, "a point stands once");
        }
    }
}

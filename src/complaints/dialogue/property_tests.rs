//! Random people do random things in a dialogue at random moments. Whatever happens: there is never a second dialogue,
//! no complaint is withdrawn without words, the four weeks are never counted wrong, and the house can always bring what
//! was accepted to an end.

use chrono::Days;
use domain::Timestamp;
use proptest::prelude::*;

use super::scene::*;
use super::*;
use crate::action::Actor;
use crate::words::Channel;

#[derive(Debug, Clone)]
struct Step {
    who: usize,
    what: usize,
    hours: i64,
    flag: bool,
    pick: usize,
}

fn step() -> impl Strategy<Value = Step> {
    (0..4_usize, 0..31_usize, 0..240_i64, any::<bool>(), 0..6_usize)
        .prop_map(|(who, what, hours, flag, pick)| Step { who, what, hours, flag, pick })
}

fn actor(who: usize) -> Actor {
    match who {
        0 => agent(),
        1 => region(),
        2 => house(),
        _ => Actor { role: domain::Role::Handler, department: Some("legal-affairs".to_owned()) },
    }
}

fn action(scene: &Scene, step: &Step) -> DialogueAction {
    use DialogueAction as A;
    let point = PointId::new(format!("p{}", step.pick % 4 + 1));
    let words = Withdrawal {
        statement: if step.flag { "Jeg trækker klagen" } else { "" }.to_owned(),
        informed: step.pick != 1,
        channel: Channel::Phone,
    };
    let (now, when) = (scene.now, scene.now.plus_seconds((step.pick as i64 - 2) * 86_400));
    let maintained = Maintained::ALL[step.pick % 3];
    match step.what {
        0 | 1 => A::Answer { accepted: step.flag, motive: None, wishes: Wishes::default() },
        2 => A::Clarify { point, topic: None, payer: Some(Payer::ALL[step.pick]) },
        3 => A::TellAlternative,
        4 | 5 => A::RecordReceipt { at: when },
        6 | 7 => A::Invite { appointment: Appointment { at: when, ..meeting(FILED) } },
        8 => A::RequestCompanion { adviser_helps: step.flag },
        9 => A::AnswerCompanionRequest { name: step.flag.then(|| "Karen".to_owned()) },
        10 => A::NoShow { absent: Absent::Complainant, note: String::new(), again: step.flag },
        11 => A::Unreachable { note: "ingen svar".to_owned() },
        12 => {
            A::SiteRefuses { institution: "laegehuset-birketorv".to_owned(), note: "ønsker ikke".to_owned() }
        }
        13 => A::Incapacity {
            incapacity: Incapacity::Died,
            representative: step.flag.then(|| "Datteren".to_owned()),
        },
        14..=16 => A::Hold {
            at: when,
            form: Form::Telephone,
            participants: doctor(),
            companion_came: step.flag,
            minutes: "x".to_owned(),
        },
        17 => A::Learn { note: "x".to_owned() },
        18 => A::Maintain { added: vec![], dropped: if step.flag { vec![point] } else { vec![] } },
        19 => A::Maintain {
            added: vec![NewPoint {
                id: PointId::new(format!("n{}", scene.history.len())),
                words: "nyt".to_owned(),
            }],
            dropped: vec![],
        },
        20 => A::Withdraw(words),
        21 => A::EndSatisfied(words),
        22 => A::LetRunOut,
        23 => A::Assemble { statement: String::new(), with_minutes: step.flag },
        24 => A::Send { at: now, channel: Channel::Email },
        25 => A::Called {
            call: Call::ALL[step.pick % 2],
            outcome: Called::ALL[step.pick % 3],
            said: String::new(),
        },
        26 => A::Queue { letter: format!("b{}", step.pick), sha256: "00".to_owned() },
        27 => A::Mailed { letter: format!("b{}", step.pick) },
        28 => A::NotMailed { letter: format!("b{}", step.pick) },
        29 => A::MissAcknowledgement,
        _ => A::Decline {
            at: when,
            channel: Channel::Phone,
            maintained: step.flag.then_some(maintained),
            withdrawal: (step.pick == 2).then_some(words),
        },
    }
}

/// The end of the day four weeks after, counted by the days of the calendar and nothing else.
fn four_weeks_after(start: Timestamp) -> Timestamp {
    let zone = chrono_tz::Europe::Copenhagen;
    let day = start.service_day(zone).checked_add_days(Days::new(28)).unwrap();
    let next = day.checked_add_days(Days::new(1)).unwrap().and_hms_opt(0, 0, 0).unwrap();
    Timestamp(next.and_local_timezone(zone).earliest().unwrap().timestamp_millis() - 1_000)
}

fn count(history: &[DialogueChange], kind: &str) -> usize {
    history.iter().filter(|change| change.kind() == kind).count()
}

fn invariants(scene: &Scene) -> Result<(), TestCaseError> {
    prop_assert!(count(&scene.history, "dialogue_held") <= 1, "never two dialogues");
    prop_assert!(count(&scene.history, "dialogue_package_sent") <= 1);
    prop_assert!(count(&scene.history, "dialogue_acknowledgement_missed") <= 1);
    prop_assert!(scene.dialogue.queued.is_none() || scene.dialogue.stage == Stage::ToForward);
    let ended = count(&scene.history, "dialogue_withdrawn") + count(&scene.history, "dialogue_satisfied");
    prop_assert!(ended + count(&scene.history, "dialogue_package_sent") <= 1, "one end");
    for change in &scene.history {
        if let DialogueChange::DialogueWithdrawn { statement, .. }
        | DialogueChange::DialogueSatisfied { statement, .. } = change
        {
            prop_assert!(!statement.trim().is_empty(), "no silent withdrawal");
        }
        if let DialogueChange::DialogueReceived { at, deadline } = change {
            prop_assert_eq!(deadline.due_at, four_weeks_after(*at));
        }
    }
    if scene.dialogue.stage.is_running() {
        prop_assert!(
            scene.dialogue.runs_out_at().is_some(),
            "what was accepted never lies about without a clock"
        );
    }
    prop_assert_eq!(&Dialogue::of(&scene.history), &scene.dialogue, "the history is the truth");
    Ok(())
}

/// Time goes by and the house does what it does by itself; the region then sends the package.
fn run_out(scene: &mut Scene) {
    if let Some(due) = scene.dialogue.runs_out_at() {
        scene.now = scene.now.max(due).plus_seconds(1);
        scene.attempt(&house(), &DialogueAction::LetRunOut).unwrap();
    }
    if scene.dialogue.stage == Stage::ToForward {
        let assemble = DialogueAction::Assemble { statement: String::new(), with_minutes: false };
        scene.attempt(&house(), &assemble).unwrap();
        let send = DialogueAction::Send { at: scene.now, channel: Channel::Letter };
        scene.attempt(&house(), &send).unwrap();
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_000))]

    #[test]
    fn whatever_people_do(steps in proptest::collection::vec(step(), 1..40), sites in 0..3_usize) {
        let mut scene = match sites {
            0 => Scene::plain(),
            1 => Scene::with(&[
                (Topic::Treatment, "laegehuset-birketorv", Payer::Region),
                (Topic::RecordKeeping, "havnby-hospital", Payer::Region),
                (Topic::Treatment, "klinik-b", Payer::Patient),
            ]),
            _ => Scene::with(&[
                (Topic::Treatment, "aadal-hospital", Payer::Unknown),
                (Topic::Treatment, "havnby-hospital", Payer::PartlyRegion),
            ]),
        };
        for step in &steps {
            scene.now = scene.now.plus_seconds(step.hours * 3600);
            let before = scene.dialogue.clone();
            let action = action(&scene, step);
            if scene.attempt(&actor(step.who), &action).is_err() {
                prop_assert_eq!(&before, &scene.dialogue);
            }
            invariants(&scene)?;
        }
        let accepted = scene.dialogue.stage.is_running() || scene.dialogue.stage == Stage::ToForward;
        run_out(&mut scene);
        invariants(&scene)?;
        if accepted {
            prop_assert!(scene.dialogue.stage.is_over(), "{} does not end", scene.dialogue.stage);
        }
    }
}

//! Cases of the ladder: when a step is due, and when it is quiet.

use domain::{PointId, RequestType};

use super::*;
use crate::case::Opening;
use crate::change::Change;

fn ladder() -> Ladder {
    Ladder::parse(include_str!("../../config/supervision.toml"), "supervision.toml").unwrap()
}

fn case(status: CaseStatus) -> CaseView {
    CaseView::opened(&Opening {
        status,
        request_type: RequestType::Complaint,
        points: vec![(PointId::new("p"), "quality".into())],
        receiver: None,
        audit: false,
        split_from: None,
    })
}

fn late(percent: u32, days_late: u32) -> Lateness {
    Lateness { percent, days_late, quiet: false }
}

#[test]
fn a_case_is_pressed_step_by_step_and_each_step_once() {
    let (ladder, mut case) = (ladder(), case(CaseStatus::Signed));
    assert_eq!(ladder.next_step(&case, "cn-gov", late(10, 0)), None);
    let mut steps = Vec::new();
    while let Some(step) = ladder.next_step(&case, "cn-gov", late(300, 9)) {
        steps.push(step.pressure);
        case.apply(&Change::Escalated { step: step.code.clone(), pressure: step.pressure, told: vec![] });
        assert!(steps.len() < 20, "the ladder has no end");
    }
    assert_eq!(steps.first(), Some(&Pressure::Remind));
    assert_eq!(steps.last(), Some(&Pressure::Supervise));
    assert_eq!(steps.len(), ladder.all().iter().filter(|step| step.profile.is_none()).count());
}

#[test]
fn at_night_and_while_it_waits_nobody_is_pressed() {
    let ladder = ladder();
    let quiet = Lateness { quiet: true, ..late(300, 9) };
    assert_eq!(ladder.next_step(&case(CaseStatus::Signed), "cn-gov", quiet), None);
    for status in [CaseStatus::Suspended, CaseStatus::InDialogue, CaseStatus::Answered, CaseStatus::Closed] {
        assert_eq!(ladder.next_step(&case(status), "cn-gov", late(300, 9)), None, "{status}");
    }
}

#[test]
fn a_step_without_a_moment_or_told_to_nobody_is_a_fault() {
    let step = |more: &str| {
        format!(
            "awake_from = \"08:00\"\nawake_until = \"18:00\"\n[[step]]\ncode = \"x\"\npressure = \"remind\"\ntold = [\"owner\"]\ncitation = \"c\"\nnames = {{ en = \"X\" }}\n{more}"
        )
    };
    assert!(Ladder::parse(&step(""), "f").is_err());
    assert!(Ladder::parse(&step("at_percent = 50\ndays_late = 1"), "f").is_err());
    assert!(Ladder::parse(&step("at_percent = 50"), "f").is_ok());
    assert!(Ladder::parse(&step("at_percent = 50").replace("\"owner\"", ""), "f").is_err());
}

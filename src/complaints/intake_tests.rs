//! Tests of what an intake holds and what it lacks.

use super::*;

fn fact(text: &str) -> Fact {
    Fact { text: text.into(), unknown: false }
}

#[test]
fn the_meter_asks_for_four_facts_and_takes_unknown_for_an_answer() {
    let mut intake = Intake::default();
    assert_eq!(missing(&intake), MissingFact::ALL);
    intake
        .points
        .push(IntakePoint { own_words: "排队三个小时没人管".into(), ..IntakePoint::default() });
    assert_eq!(missing(&intake), [MissingFact::Time, MissingFact::Place, MissingFact::Persons]);
    intake.points[0].happened = fact("3 March, in the morning");
    intake.points[0].institution_code = Some("yunhe-central".into());
    intake.points[0].persons.unknown = true;
    assert_eq!(missing(&intake), []);
    intake.points.push(IntakePoint { happened: fact("the day after"), ..IntakePoint::default() });
    assert_eq!(missing(&intake), [MissingFact::Place, MissingFact::Persons, MissingFact::Content]);
}

#[test]
fn a_draft_is_read_back_as_it_was_saved() {
    let mut intake = Intake { request_type: Some(RequestType::Complaint), urgent: true, ..Intake::default() };
    intake.evidence.push(Evidence { kind: EvidenceKind::Receipt, status: EvidenceStatus::Promised });
    intake.points.push(IntakePoint {
        severity: Some(2),
        payer: Some(Payer::Region),
        ..IntakePoint::default()
    });
    let text = serde_json::to_string(&intake).unwrap();
    assert_eq!(serde_json::from_str::<Intake>(&text).unwrap(), intake);
    assert_eq!(serde_json::from_str::<Intake>("{}").unwrap(), Intake::default());
    assert!(serde_json::from_str::<Intake>("{\"urgnet\":true}").is_err());
}

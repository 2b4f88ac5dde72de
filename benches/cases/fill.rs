//! The cases of a big house, as the use cases would have left them.

use domain::{CaseId, CaseNumber, Language, PersonId, PhoneNumber, PointId, Role, Timestamp};
use store::cases::Case;
use store::dispatches::Dispatch;
use store::people::Person;
use store::points::Point;
use store::{Result, Store, Tx, case_events, cases, dispatches, points};

/// The department with the full inbox.
pub(crate) const BUSY: &str = "service-supervision";
/// Open cases in it.
const INBOX: u64 = 5_000;
/// Sequence of the case with a long history.
pub(crate) const LONG: u64 = 17;
/// Cases in one transaction.
const BATCH: u64 = 500;
/// 2026-01-01T00:00:00Z.
const BEGINNING: i64 = 1_767_225_600_000;
const HOUR: i64 = 3_600_000;
const OTHERS: [&str; 4] = ["medical-administration", "quality-control", "logistics", "legal-affairs"];
const HISTORY: [(&str, &str); 5] = [
    ("point_classified", r#"{"kind":"point_classified","point":"p","category":"attitude"}"#),
    (
        "dispatched",
        r#"{"kind":"dispatched","department":"service-supervision","rule":null,"strength":"default","designated":false,"reason":null}"#,
    ),
    ("signed_for", r#"{"kind":"signed_for"}"#),
    ("step_logged", r#"{"kind":"step_logged","step":"parties_heard","note":"当事人已说明经过,记录在案。"}"#),
    ("status", r#"{"kind":"status","status":"in_progress"}"#),
];

/// The telephone of the complainant of a case.
pub(crate) fn phone(sequence: u64) -> String {
    format!("138{:08}", sequence * 37 % 100_000_000)
}

/// Somebody with an account.
pub(crate) fn person(role: Role, department: Option<&str>) -> Person {
    Person {
        id: PersonId::new(format!("person-{}", role.as_str())),
        login: role.as_str().to_owned(),
        name: role.as_str().to_owned(),
        role,
        department: department.map(str::to_owned),
        phone: None,
        language: Language::parse("en").unwrap(),
        created_at: Timestamp(BEGINNING),
        disabled_at: None,
    }
}

/// Fills the store with `count` cases.
pub(crate) async fn fill(store: &Store, count: u64) {
    for first in (1..=count).step_by(usize::try_from(BATCH).unwrap()) {
        let last = (first + BATCH - 1).min(count);
        store.write(move |tx| (first..=last).try_for_each(|sequence| one(tx, sequence))).await.unwrap();
    }
}

fn one(tx: &mut Tx<'_>, sequence: u64) -> Result<()> {
    let case = case(sequence);
    cases::insert(tx, &case)?;
    points::insert(tx, &point(&case))?;
    dispatches::insert(tx, &dispatch(&case, sequence))?;
    let lines = if sequence == LONG { 200 } else { HISTORY.len() };
    for (kind, detail) in HISTORY.iter().cycle().take(lines) {
        case_events::append(tx, &case.id, case.received_at, "person-handler", kind, detail)?;
    }
    Ok(())
}

fn case(sequence: u64) -> Case {
    let received = BEGINNING + i64::try_from(sequence % 3_000).unwrap() * HOUR;
    let open = sequence <= INBOX || sequence.is_multiple_of(20);
    Case {
        id: CaseId::new(format!("case-{sequence:08}")),
        number: CaseNumber::from_sequence(sequence),
        pin: "0417".to_owned(),
        line: "12320".to_owned(),
        profile: "cn-gov".to_owned(),
        contact: None,
        request_type: "complaint".to_owned(),
        severity: 2,
        urgent: false,
        confidential: false,
        status: if open { "in_progress" } else { "closed" }.to_owned(),
        department: Some(department(sequence).to_owned()),
        complainant: Some("王小明".to_owned()),
        phone: PhoneNumber::parse(&phone(sequence)).ok(),
        language: Language::parse("zh-CN").unwrap(),
        intake: "{}".to_owned(),
        law: Some("cn-order3-single".to_owned()),
        received_at: Timestamp(received),
        due_at: Some(Timestamp(received + 168 * HOUR)),
        answered_at: None,
        feedback_at: None,
        route_notice_at: None,
        closed_at: (!open).then_some(Timestamp(received + 100 * HOUR)),
        reopened: 0,
        created_by: PersonId::new("person-agent"),
        version: 1,
        service_day: Timestamp(received).service_day(chrono_tz::Asia::Shanghai).to_string(),
    }
}

fn department(sequence: u64) -> &'static str {
    if sequence <= INBOX { BUSY } else { OTHERS[usize::try_from(sequence % 4).unwrap()] }
}

fn point(case: &Case) -> Point {
    Point {
        id: PointId::new(format!("point-{}", case.id.as_str())),
        case: case.id.clone(),
        ordinal: 1,
        institution: Some("yunhe-central".to_owned()),
        place: None,
        persons: None,
        happened: Some("2026-01-01".to_owned()),
        own_words: "护士态度冷淡,问了三次没有人理会,最后让我自己去找医生。".to_owned(),
        category: "attitude".to_owned(),
        suggested: None,
        coder: PersonId::new("person-agent"),
        finding: None,
        outcome: None,
        outcome_kind: None,
        payer: None,
        harm: None,
        category_version: "2026-1".to_owned(),
        no_dialogue: false,
        dropped_at: None,
        drop_reason: None,
        original: None,
    }
}

fn dispatch(case: &Case, sequence: u64) -> Dispatch {
    Dispatch {
        id: format!("dispatch-{sequence:08}"),
        case: case.id.clone(),
        ordinal: 1,
        department: department(sequence).to_owned(),
        rule: String::new(),
        strength: "default".to_owned(),
        override_reason: None,
        sent_by: PersonId::new("person-agent"),
        sent_at: case.received_at,
        sign_due_at: None,
        due_at: case.due_at,
        law: case.law.clone(),
        state: "signed".to_owned(),
        signed_at: Some(case.received_at),
        signed_by: Some(PersonId::new("person-handler")),
        returned_at: None,
        return_reason: None,
        answered_at: None,
        answered_by: None,
        service_day: case.service_day.clone(),
    }
}

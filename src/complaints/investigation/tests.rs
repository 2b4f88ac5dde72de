//! Tests of the evidence register, the two sides, what findings rest on, and what outlives the close.

use domain::{PointId, RequestType, Role, Timestamp};

use super::*;
use crate::action::{Action, Actor};
use crate::case::{CaseView, Opening};
use crate::change::Change;
use crate::closing::{Missing, missing_to_close};
use crate::intake::{EvidenceKind, EvidenceStatus};
use crate::refusal::{Refusal, RefusalCode};
use crate::words::{CaseStatus, Channel, Finding, OutcomeKind};
use InvestigationAction as Act;

const NOON: Timestamp = Timestamp(1_770_000_000_000);
const TABLE: &str = include_str!("../../../config/evidence.toml");

/// A case at work, with one point.
fn case() -> CaseView {
    CaseView::opened(&Opening {
        status: CaseStatus::InProgress,
        request_type: RequestType::Complaint,
        points: vec![(PointId::new("p1"), "quality".to_owned())],
        receiver: None,
        audit: false,
        split_from: None,
    })
}

fn act(case: &mut CaseView, action: Act) -> Result<(), Refusal> {
    let agent = Actor { role: Role::Agent, department: None };
    let changes = crate::decide(case, &Action::Investigate(action), &agent)?;
    changes.iter().for_each(|change| case.apply(change));
    Ok(())
}

fn code(result: Result<(), Refusal>) -> RefusalCode {
    result.unwrap_err().code
}

fn footage(state: EvidenceStatus, preserve: bool) -> NewEvidence {
    NewEvidence {
        evidence: "e1".into(),
        evidence_kind: EvidenceKind::Footage,
        what: "Camera at the desk of ward 3".into(),
        state,
        why: String::new(),
        holder: Side::Institution,
        readers: Side::Institution.readers(),
        preserve: preserve.then_some(Preserve { due_at: NOON.plus_seconds(86_400), overwritten_at: None }),
    }
}

fn receipt(sha256: Option<&str>) -> Receipt {
    let sha256 = sha256.map(str::to_owned);
    Receipt { at: NOON, sha256, attachment: None, recording: None, note: String::new() }
}

fn found(case: &mut CaseView) {
    case.apply(&Change::PointAnswered(crate::PointAnswer {
        point: PointId::new("p1"),
        finding: Finding::Upheld,
        outcome_kind: OutcomeKind::Remedy,
        outcome: "An apology".into(),
    }));
    case.apply(&Change::Status { status: CaseStatus::Answered });
}

fn support(standard: &str, evidence: &[&str], without: &str) -> Act {
    let evidence = evidence.iter().map(|id| (*id).to_owned()).collect();
    let support = Support { standard: standard.into(), evidence, without: without.into() };
    Act::SupportFinding { point: PointId::new("p1"), support }
}

#[test]
fn evidence_goes_from_promise_over_request_to_receipt() {
    let mut case = case();
    act(&mut case, Act::NameEvidence(footage(EvidenceStatus::Promised, false))).unwrap();
    assert_eq!(
        code(act(&mut case, Act::NameEvidence(footage(EvidenceStatus::Held, false)))),
        RefusalCode::EvidenceKnown
    );
    let asked = Act::RequestEvidence { evidence: "e1".into(), of: "Hospital".into(), due_at: NOON };
    act(&mut case, asked.clone()).unwrap();
    assert_eq!(case.investigation.entry("e1").unwrap().request.as_ref().unwrap().due_at, NOON);
    let came = |sha256| Act::ReceiveEvidence { evidence: "e1".into(), receipt: receipt(sha256) };
    act(&mut case, came(None)).unwrap();
    let entry = case.investigation.entry("e1").unwrap();
    assert_eq!((entry.state, entry.received_at, &entry.request), (EvidenceStatus::Held, Some(NOON), &None));
    assert_eq!(code(act(&mut case, asked)), RefusalCode::EvidenceHeld);
    // A file is tied to what came on paper once, and never one over another.
    assert_eq!(code(act(&mut case, came(None))), RefusalCode::EvidenceHeld);
    act(&mut case, came(Some("ab12"))).unwrap();
    assert_eq!(case.investigation.entry("e1").unwrap().sha256.as_deref(), Some("ab12"));
    assert_eq!(code(act(&mut case, came(Some("cd34")))), RefusalCode::EvidenceHeld);
    let gone = Act::MissEvidence { evidence: "e9".into(), why: "Lost".into() };
    assert_eq!(code(act(&mut case, gone)), RefusalCode::NoSuchEvidence);
}

#[test]
fn what_is_not_available_says_why_and_what_is_other_says_what() {
    let mut case = case();
    let nameless = NewEvidence {
        evidence_kind: EvidenceKind::Other,
        what: " ".into(),
        ..footage(EvidenceStatus::Held, false)
    };
    assert_eq!(code(act(&mut case, Act::NameEvidence(nameless))), RefusalCode::NeedsWords);
    let gone = footage(EvidenceStatus::NotAvailable, false);
    assert_eq!(code(act(&mut case, Act::NameEvidence(gone.clone()))), RefusalCode::NeedsReason);
    act(&mut case, Act::NameEvidence(NewEvidence { why: "No camera there".into(), ..gone })).unwrap();
    let unread = Act::ShareEvidence { evidence: "e1".into(), readers: vec![Reader::Handler] };
    assert_eq!(code(act(&mut case, unread)), RefusalCode::NoReader);
}

#[test]
fn a_request_to_preserve_stands_until_somebody_tells_and_is_overdue_after_its_time() {
    let mut case = case();
    act(&mut case, Act::NameEvidence(footage(EvidenceStatus::Promised, true))).unwrap();
    let preserve = |case: &CaseView| case.investigation.entry("e1").unwrap().preserve.clone().unwrap();
    assert!(case.investigation.entry("e1").unwrap().is_at_risk());
    assert!(!preserve(&case).is_overdue(NOON.plus_seconds(86_400)));
    assert!(preserve(&case).is_overdue(NOON.plus_seconds(86_401)));
    assert!(missing_to_close(&case).contains(&Missing::Preservation));
    let again = Preserve { due_at: NOON, overwritten_at: None };
    let again = Act::AskPreservation { evidence: "e1".into(), preserve: again };
    assert_eq!(code(act(&mut case, again)), RefusalCode::PreservationAsked);
    let tell =
        |kept, remark: &str| Act::TellPreservation { evidence: "e1".into(), kept, remark: remark.into() };
    assert_eq!(code(act(&mut case, tell(false, ""))), RefusalCode::NeedsReason);
    let mut lost = case.clone();
    act(&mut lost, tell(false, "Overwritten on Monday")).unwrap();
    let entry = lost.investigation.entry("e1").unwrap();
    assert_eq!((entry.state, entry.why.as_str()), (EvidenceStatus::NotAvailable, "Overwritten on Monday"));
    act(&mut case, tell(true, "")).unwrap();
    assert_eq!(preserve(&case).state, Preservation::Kept);
    assert!(!missing_to_close(&case).contains(&Missing::Preservation));
    assert_eq!(code(act(&mut case, tell(true, ""))), RefusalCode::NothingToPreserve);
}

#[test]
fn both_sides_are_heard_and_a_reply_answers_the_other() {
    let mut case = case();
    let says = |side, reply| {
        Act::RecordStatement(Statement {
            side,
            at: NOON,
            heard_by: "Li".into(),
            form: StatementForm::Phone,
            statement: "I waited for two hours".into(),
            reply,
        })
    };
    let offer = Act::OfferReply { side: Side::Institution, about: "The waiting".into(), due_at: NOON };
    assert_eq!(code(act(&mut case, offer.clone())), RefusalCode::NothingToReplyTo);
    act(&mut case, says(Side::Complainant, false)).unwrap();
    act(&mut case, offer).unwrap();
    let missing = missing_to_close(&case);
    assert!(missing.contains(&Missing::InstitutionStatement) && missing.contains(&Missing::Reply));
    assert!(!missing.contains(&Missing::ComplainantStatement));
    act(&mut case, says(Side::Institution, true)).unwrap();
    let missing = missing_to_close(&case);
    assert!(!missing.contains(&Missing::InstitutionStatement) && !missing.contains(&Missing::Reply));
}

#[test]
fn a_finding_names_its_standard_and_evidence_that_is_there() {
    let mut case = case();
    case.apply(&Change::Status { status: CaseStatus::Answered });
    let early = act(&mut case, support("high-probability", &[], "admitted")).unwrap_err();
    assert_eq!(early.missing, [Missing::Finding]);
    found(&mut case);
    act(&mut case, Act::NameEvidence(footage(EvidenceStatus::Promised, false))).unwrap();
    let nothing = act(&mut case, support(" ", &[], " ")).unwrap_err();
    assert_eq!(nothing.missing, [Missing::Standard, Missing::EvidenceReference]);
    assert_eq!(code(act(&mut case, support("x", &["e1"], ""))), RefusalCode::EvidenceNotHeld);
    assert_eq!(code(act(&mut case, support("x", &["e2"], ""))), RefusalCode::NoSuchEvidence);
    act(&mut case, Act::ReceiveEvidence { evidence: "e1".into(), receipt: receipt(None) }).unwrap();
    assert!(missing_to_close(&case).contains(&Missing::EvidenceReference));
    act(&mut case, support("high-probability", &["e1"], "")).unwrap();
    let missing = missing_to_close(&case);
    assert!(!missing.contains(&Missing::EvidenceReference) && !missing.contains(&Missing::Standard));
    // A new round finds anew; the register stays.
    case.apply(&Change::Reopened { cause: crate::ReopenCause::NewFacts, remark: "x".into() });
    assert!(case.investigation.support.is_empty() && case.investigation.entry("e1").is_some());
}

#[test]
fn a_corrective_action_outlives_the_close_until_it_is_checked() {
    let mut case = case();
    let plan = Correction {
        correction: "k1".into(),
        point: Some(PointId::new("p1")),
        what: "A second desk at noon".into(),
        owner: "Outpatient office".into(),
        due_at: NOON,
        check_at: NOON.plus_seconds(-1),
    };
    assert_eq!(code(act(&mut case, Act::PlanCorrection(plan.clone()))), RefusalCode::CheckBeforeDue);
    let plan = Correction { check_at: NOON.plus_seconds(60), ..plan };
    act(&mut case, Act::PlanCorrection(plan)).unwrap();
    case.apply(&Change::Status { status: CaseStatus::Closed });
    let check = |result, again_at| {
        let (correction, remark) = ("k1".to_owned(), String::new());
        Act::CheckCorrection { correction, result, remark, again_at }
    };
    act(&mut case, check(CheckResult::Partly, Some(NOON.plus_seconds(120)))).unwrap();
    assert_eq!(case.investigation.corrections[0].check_at, Some(NOON.plus_seconds(120)));
    act(&mut case, check(CheckResult::Done, None)).unwrap();
    assert_eq!(code(act(&mut case, check(CheckResult::Done, None))), RefusalCode::CorrectionChecked);
}

#[test]
fn a_letter_is_acknowledged_once_and_only_where_it_was_issued() {
    let mut case = case();
    let acknowledge = || Act::AcknowledgeLetter { letter: "b".into(), remark: "J. 26/1".into() };
    assert_eq!(code(act(&mut case, acknowledge())), RefusalCode::NoSuchLetter);
    let letter = IssuedLetter {
        letter: "b".into(),
        letter_kind: LetterKind::EvidenceRequest,
        channel: Channel::Email,
        sha256: "ab".into(),
    };
    act(&mut case, Act::IssueLetter(letter)).unwrap();
    act(&mut case, acknowledge()).unwrap();
    assert_eq!(case.investigation.acknowledged, [("b".to_owned(), "J. 26/1".to_owned())]);
    assert_eq!(code(act(&mut case, acknowledge())), RefusalCode::NoSuchLetter);
}

#[test]
fn every_change_is_read_again_as_it_was_written() {
    let letter = IssuedLetter {
        letter: "b".into(),
        letter_kind: LetterKind::Result,
        channel: Channel::Letter,
        sha256: "ab".into(),
    };
    let support = Support { standard: "x".into(), evidence: vec!["e1".into()], without: String::new() };
    let changes = [
        InvestigationChange::EvidenceNamed(footage(EvidenceStatus::Promised, true)),
        InvestigationChange::EvidenceReceived { evidence: "e1".into(), receipt: receipt(Some("ab")) },
        InvestigationChange::PreservationAsked {
            evidence: "e1".into(),
            preserve: Preserve { due_at: NOON, overwritten_at: Some(NOON) },
        },
        InvestigationChange::FindingSupported { point: PointId::new("p1"), support },
        InvestigationChange::LetterIssued(letter),
        InvestigationChange::LetterAcknowledged { letter: "b".into(), remark: "26/1".into() },
    ];
    for change in changes.map(Change::Investigation) {
        let text = serde_json::to_string(&change).unwrap();
        assert!(text.contains(&format!("\"kind\":\"{}\"", change.kind())), "{text}");
        assert_eq!(serde_json::from_str::<Change>(&text).unwrap(), change);
    }
}

#[test]
fn standards_and_kinds_that_are_overwritten_are_data_of_each_profile() {
    let rules = EvidenceRules::parse(TABLE, "evidence.toml").unwrap();
    let day = NOON.utc().date_naive();
    for profile in ["cn-gov", "dk", "generic"] {
        let standards: Vec<&Standard> = rules.standards(profile, day).collect();
        assert!(standards.iter().any(|one| one.code == "not-determinable"), "{profile}");
        for standard in standards {
            for language in ["zh-CN", "en", "da"] {
                assert!(standard.names.contains_key(language), "{} {language}", standard.code);
            }
            assert!(!standard.citation.is_empty());
        }
        let rule = rules.preserve(profile, EvidenceKind::Footage).unwrap();
        let request = rule.request(NOON, NOON.plus_seconds(-86_400));
        assert_eq!(request.due_at, NOON.plus_seconds(rule.confirm_hours * 3_600));
        assert_eq!(request.overwritten_at, Some(NOON.plus_seconds((rule.kept_days - 1) * 86_400)));
        assert!(rules.preserve(profile, EvidenceKind::Receipt).is_none());
    }
    assert!(rules.standards("dk", day).all(|one| one.code != "high-probability"));
    let early = chrono::NaiveDate::from_ymd_opt(2015, 2, 3).unwrap();
    assert!(rules.standards("cn-gov", early).all(|one| one.code != "high-probability"));
    let twice =
        "[[standard]]\ncode='a'\nnames={}\ncitation='x'\n[[standard]]\ncode='a'\nnames={}\ncitation='x'";
    assert!(EvidenceRules::parse(twice, "t").is_err());
    let never = "[[preserve]]\nkinds=['footage']\nconfirm_hours=0\nkept_days=1\ncitation='x'";
    assert!(EvidenceRules::parse(never, "t").is_err());
}

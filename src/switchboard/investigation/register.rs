//! The rows of an investigation: each change to its tables, and the entries that a new case begins with.

use complaints::Change;
use complaints::Intake;
use complaints::intake::{Evidence, EvidenceKind, EvidenceStatus};
use complaints::investigation::{
    Correction, EvidenceView, InvestigationChange, LearningNote, NewEvidence, Preservation, Preserve, Side,
};
use domain::{PointId, Timestamp};
use store::Tx;
use store::cases::Case;
use store::evidence::Entry;

use crate::case_work::{CaseWork, write_event};
use crate::{Error, House, Result, fresh_id};

/// One change.
pub(crate) fn carry_out(hand: &mut CaseWork<'_, '_>, change: &InvestigationChange) -> Result<()> {
    match change {
        InvestigationChange::CorrectionPlanned(plan) => planned(hand, plan),
        InvestigationChange::CorrectionChecked { correction, result, remark, again_at } => {
            Ok(store::corrections::check(hand.tx, correction, result.as_str(), remark.trim(), *again_at)?)
        }
        InvestigationChange::LearningNoted(note) => learned(hand, note),
        change => {
            let Some(id) = change.evidence() else { return Ok(()) };
            let mut view = hand.view()?.investigation;
            view.apply(change);
            match view.entry(id) {
                Some(entry) => Ok(store::evidence::put(hand.tx, &row(&hand.case, entry))?),
                None => Ok(()),
            }
        }
    }
}

fn row(case: &Case, entry: &EvidenceView) -> Entry {
    let readers: Vec<&str> = entry.readers.iter().map(|reader| reader.as_str()).collect();
    let asked = entry.preserve.as_ref().filter(|_| entry.is_at_risk());
    Entry {
        id: entry.id.clone(),
        case: case.id.clone(),
        kind: entry.kind.as_str().to_owned(),
        what: entry.what.clone(),
        state: entry.state.as_str().to_owned(),
        holder: entry.holder.as_str().to_owned(),
        readers: readers.join(","),
        request_due_at: entry.request.as_ref().map(|request| request.due_at),
        preserve_due_at: asked.filter(|one| one.state == Preservation::Asked).map(|one| one.due_at),
        sha256: entry.sha256.clone(),
    }
}

/// The point that a correction or note comes from, else the first: where it happened, and what it was about.
fn about(hand: &mut CaseWork<'_, '_>, point: Option<&PointId>) -> Result<(Option<String>, String)> {
    let points = store::points::of_case(hand.tx, &hand.case.id)?;
    let of = point.and_then(|id| points.iter().find(|known| known.id == *id)).or_else(|| points.first());
    Ok(of.map_or((None, String::new()), |point| (point.institution.clone(), point.category.clone())))
}

fn planned(hand: &mut CaseWork<'_, '_>, plan: &Correction) -> Result<()> {
    let (institution, _) = about(hand, plan.point.as_ref())?;
    let row = store::corrections::Correction {
        id: plan.correction.clone(),
        case: hand.case.id.clone(),
        institution,
        what: plan.what.trim().to_owned(),
        owner: plan.owner.trim().to_owned(),
        due_at: plan.due_at,
        check_at: Some(plan.check_at),
        result: None,
        remark: String::new(),
        planned_at: hand.now,
    };
    Ok(store::corrections::insert(hand.tx, &row)?)
}

fn learned(hand: &mut CaseWork<'_, '_>, note: &LearningNote) -> Result<()> {
    let told = (note.words.clone(), note.rule_gap.clone());
    keep_note(hand, note.learning.clone(), note.point.as_ref(), told)
}

/// Keeps a note in the list that outlives the case. Its words, and which rule is wanting: without anybody's name.
pub(crate) fn keep_note(
    hand: &mut CaseWork<'_, '_>,
    id: String,
    point: Option<&PointId>,
    (words, rule_gap): (String, String),
) -> Result<()> {
    let (institution, category) = about(hand, point)?;
    // An institution that is not in the directory stands as somebody told it: that is no code, and tells too much.
    let institution = institution.filter(|code| hand.house.directory.institution(code).is_some());
    let row = store::learning::Note {
        id,
        case: hand.case.id.clone(),
        institution,
        category,
        words,
        rule_gap,
        noted_at: hand.now,
    };
    Ok(store::learning::insert(hand.tx, &row)?)
}

/// The entry with what the house adds: an id, and the request to preserve it, at once, where it may be overwritten.
pub(super) fn entered(hand: &CaseWork<'_, '_>, entry: NewEvidence) -> NewEvidence {
    let evidence = if entry.evidence.is_empty() { fresh_id() } else { entry.evidence.clone() };
    let readers = if entry.readers.is_empty() { entry.holder.readers() } else { entry.readers.clone() };
    let mut entry = NewEvidence { evidence, readers, ..entry };
    entry.preserve = preserve(hand.house, &hand.case, &entry, hand.now);
    entry
}

/// Only what the institution has, and nobody else yet, can be overwritten by its machines.
fn preserve(house: &House, case: &Case, entry: &NewEvidence, now: Timestamp) -> Option<Preserve> {
    if entry.state != EvidenceStatus::Promised || entry.holder != Side::Institution {
        return None;
    }
    let rule = house.evidence.preserve(&case.profile, entry.evidence_kind)?;
    Some(rule.request(now, case.received_at))
}

/// Opens the register of a new case with what was named at its intake.
pub(crate) fn open(
    tx: &mut Tx<'_>,
    house: &House,
    case: &Case,
    intake: &Intake,
    (actor, now): (&str, Timestamp),
) -> Result<()> {
    for told in &intake.evidence {
        let mut entry = named(told);
        entry.preserve = preserve(house, case, &entry, now);
        let change = InvestigationChange::EvidenceNamed(entry.clone());
        let mut view = complaints::investigation::InvestigationView::default();
        view.apply(&change);
        for entry in &view.evidence {
            store::evidence::put(tx, &row(case, entry))?;
        }
        let change = Change::Investigation(change);
        let detail = serde_json::to_value(&change).map_err(|error| Error::Unavailable(error.to_string()))?;
        write_event(tx, &case.id, now, actor, change.kind(), &detail)?;
    }
    Ok(())
}

/// What the complainant named. Footage and recordings of calls lie with the institution, unless they are held.
fn named(told: &Evidence) -> NewEvidence {
    let machines = matches!(told.kind, EvidenceKind::Footage | EvidenceKind::SoundRecording);
    let elsewhere = machines && told.status != EvidenceStatus::Held;
    let holder = if elsewhere { Side::Institution } else { Side::Complainant };
    NewEvidence {
        evidence: fresh_id(),
        evidence_kind: told.kind,
        what: String::new(),
        state: told.status,
        why: String::new(),
        holder,
        readers: holder.readers(),
        preserve: None,
    }
}

//! The forms of an investigation, and what was typed into them: evidence, statements, support of findings, corrective
//! actions, learning.

use domain::PointId;
use domain::directory::name_in;
use switchboard::case_course::ActionKind;
use switchboard::case_file::{CaseFile, start_of};
use switchboard::investigation::letters::IssuedLetter;
use switchboard::investigation::{
    CheckResult, Correction, EvidenceKind, EvidenceStatus, EvidenceView, InvestigationAction as Act,
    LearningNote, NewEvidence, Preserve, Reader, Receipt, Side, Statement, StatementForm, Support,
};

use super::case_course::{CourseForm, Field, Typed, choice, field, form, optional};
use super::case_words;
use crate::auth::CaseDesk;
use crate::page::Page;
use crate::{Error, Result};

/// Whether it is an action of the investigation with a form here.
pub(super) fn is_one(action: ActionKind) -> bool {
    matches!(
        action,
        ActionKind::NameEvidence
            | ActionKind::RequestEvidence
            | ActionKind::ReceiveEvidence
            | ActionKind::MissEvidence
            | ActionKind::ShareEvidence
            | ActionKind::AskPreservation
            | ActionKind::TellPreservation
            | ActionKind::RecordStatement
            | ActionKind::WaiveStatement
            | ActionKind::OfferReply
            | ActionKind::SupportFinding
            | ActionKind::PlanCorrection
            | ActionKind::CheckCorrection
            | ActionKind::NoteLearning
            | ActionKind::AcknowledgeLetter
    )
}

/// Every form that stands in the panel now.
pub(super) fn forms(at: &CaseDesk, file: &CaseFile) -> Vec<CourseForm> {
    let open = at.desk.open_actions(&file.view).into_iter();
    open.filter(|action| is_one(*action) && makes_sense(*action, file))
        .map(|action| form(at, file, action))
        .collect()
}

/// Whether what it needs beforehand is there.
fn makes_sense(action: ActionKind, file: &CaseFile) -> bool {
    let view = &file.view.investigation;
    let any = |fits: fn(&EvidenceView) -> bool| view.evidence.iter().any(fits);
    match action {
        ActionKind::RequestEvidence | ActionKind::MissEvidence => any(not_held),
        ActionKind::ReceiveEvidence => any(may_come),
        ActionKind::ShareEvidence => !view.evidence.is_empty(),
        ActionKind::AskPreservation => any(|entry| not_held(entry) && !entry.is_at_risk()),
        ActionKind::TellPreservation => any(EvidenceView::is_at_risk),
        ActionKind::OfferReply => !view.statements.is_empty(),
        ActionKind::SupportFinding => file.view.points.iter().any(|point| point.finding.is_some()),
        ActionKind::AcknowledgeLetter => !unacknowledged(file).is_empty(),
        ActionKind::CheckCorrection => view.corrections.iter().any(|one| one.check_at.is_some()),
        _ => true,
    }
}

fn not_held(entry: &EvidenceView) -> bool {
    entry.state != EvidenceStatus::Held
}

fn may_come(entry: &EvidenceView) -> bool {
    not_held(entry) || (entry.sha256.is_none() && entry.attachment.is_none() && entry.recording.is_none())
}

/// An entry in a word: its kind, and what it is.
pub(super) fn entry_name(page: &Page, entry: &EvidenceView) -> String {
    entry_words(page, entry.kind, &entry.what)
}

/// The same of its parts.
pub(super) fn entry_words(page: &Page, kind: EvidenceKind, what: &str) -> String {
    let kind = page.tc("intake-evidence", kind);
    if what.is_empty() { kind } else { format!("{kind}: {what}") }
}

fn entries(page: &Page, file: &CaseFile, fits: fn(&EvidenceView) -> bool) -> Field {
    let fitting = file.view.investigation.evidence.iter().filter(|entry| fits(entry));
    choice(page, "entry", fitting.map(|entry| (entry.id.clone(), entry_name(page, entry))).collect())
}

fn sides(page: &Page, name: &'static str) -> Field {
    choice(page, name, case_words::choices(page, "side", Side::ALL.iter().map(|one| one.as_str())))
}

fn points(page: &Page, file: &CaseFile) -> Field {
    let named = |point: &switchboard::case_file::Point| {
        (point.ordinal.to_string(), page.tn("case-point", "ordinal", point.ordinal))
    };
    choice(page, "point", file.points.iter().map(named).collect())
}

/// The standards of proof of the case's profile that hold today.
pub(super) fn standards(at: &CaseDesk, file: &CaseFile) -> Vec<(String, String)> {
    let today = at.desk.now().service_day(at.page.zone());
    let known = at.desk.house().evidence.standards(&file.case.profile, today);
    known.map(|one| (one.code.clone(), name_in(&one.names, at.page.lang()).to_owned())).collect()
}

/// The entries that a finding can rest on.
pub(super) fn held(page: &Page, file: &CaseFile) -> Vec<(String, String)> {
    let there = file.view.investigation.evidence.iter().filter(|entry| !not_held(entry));
    there.map(|entry| (entry.id.clone(), entry_name(page, entry))).collect()
}

/// What a form asks for.
pub(super) fn fields(at: &CaseDesk, file: &CaseFile, action: ActionKind) -> Vec<Field> {
    let page = &at.page;
    let words = || field(page, "words", "text");
    let readers = || {
        let all = case_words::choices(page, "evidence-reader", Reader::ALL.iter().map(|one| one.as_str()));
        Field { options: all, ..optional(field(page, "readers", "checks")) }
    };
    match action {
        ActionKind::NameEvidence => {
            let kinds = EvidenceKind::ALL.iter().map(|one| one.as_str());
            let states = EvidenceStatus::ALL.iter().map(|one| one.as_str());
            vec![
                choice(page, "kind", case_words::choices(page, "intake-evidence", kinds)),
                optional(field(page, "what", "line")),
                choice(page, "state", case_words::choices(page, "intake-evidence-status", states)),
                optional(field(page, "why", "line")),
                sides(page, "holder"),
                readers(),
            ]
        }
        ActionKind::RequestEvidence => {
            vec![entries(page, file, not_held), field(page, "of", "line"), field(page, "date", "date")]
        }
        ActionKind::ReceiveEvidence => vec![
            entries(page, file, may_come),
            optional(choice(page, "attachment", files(page, file))),
            optional(choice(page, "recording", recordings(page, file))),
            optional(field(page, "sha256", "line")),
            optional(field(page, "words", "line")),
        ],
        ActionKind::MissEvidence => vec![entries(page, file, not_held), field(page, "why", "text")],
        ActionKind::ShareEvidence => vec![entries(page, file, |_| true), readers()],
        ActionKind::AskPreservation => vec![
            entries(page, file, |entry| not_held(entry) && !entry.is_at_risk()),
            field(page, "date", "date"),
        ],
        ActionKind::TellPreservation => {
            let told = case_words::choices(page, "preserve-told", ["kept", "lost"].into_iter());
            let entries = entries(page, file, EvidenceView::is_at_risk);
            vec![entries, choice(page, "kept", told), optional(words())]
        }
        ActionKind::SupportFinding => vec![
            points(page, file),
            choice(page, "standard", standards(at, file)),
            Field { options: held(page, file), ..optional(field(page, "rests-on", "checks")) },
            optional(field(page, "without", "text")),
        ],
        other => told(page, file, other),
    }
}

fn told(page: &Page, file: &CaseFile, action: ActionKind) -> Vec<Field> {
    let words = || field(page, "words", "text");
    match action {
        ActionKind::RecordStatement => {
            let forms = StatementForm::ALL.iter().map(|one| one.as_str());
            vec![
                sides(page, "side"),
                field(page, "date", "date"),
                field(page, "heard-by", "line"),
                choice(page, "form", case_words::choices(page, "statement-form", forms)),
                field(page, "said", "text"),
                field(page, "reply", "check"),
            ]
        }
        ActionKind::OfferReply => vec![sides(page, "side"), words(), field(page, "date", "date")],
        ActionKind::WaiveStatement => vec![sides(page, "side"), words()],
        ActionKind::PlanCorrection => vec![
            optional(points(page, file)),
            words(),
            field(page, "owner", "line"),
            field(page, "date", "date"),
            field(page, "check-date", "date"),
        ],
        ActionKind::CheckCorrection => {
            let open = file.view.investigation.corrections.iter().filter(|one| one.check_at.is_some());
            let open = open.map(|one| (one.plan.correction.clone(), one.plan.what.clone())).collect();
            let results = CheckResult::ALL.iter().map(|one| one.as_str());
            vec![
                choice(page, "correction", open),
                choice(page, "result", case_words::choices(page, "check-result", results)),
                optional(words()),
                optional(field(page, "check-date", "date")),
            ]
        }
        ActionKind::NoteLearning => {
            vec![optional(points(page, file)), words(), optional(field(page, "rule-gap", "line"))]
        }
        ActionKind::AcknowledgeLetter => {
            let name = |letter: &&IssuedLetter| {
                let kind = page.tc("letter-kind", &letter.kind);
                (letter.id.clone(), format!("{kind} · {}", page.time(&letter.issued_at)))
            };
            let open = unacknowledged(file).iter().map(name).collect();
            vec![choice(page, "letter", open), optional(field(page, "reference", "line"))]
        }
        _ => Vec::new(),
    }
}

/// Letters of whose coming nobody has said anything. That of a package is acknowledged in its dialogue.
fn unacknowledged(file: &CaseFile) -> Vec<&IssuedLetter> {
    let view = &file.view.investigation;
    let issued = |letter: &&IssuedLetter| view.letters.iter().any(|one| one.letter == letter.id);
    let open = |letter: &&IssuedLetter| view.acknowledged.iter().all(|(one, _)| *one != letter.id);
    file.letters.iter().filter(issued).filter(open).collect()
}

fn files(page: &Page, file: &CaseFile) -> Vec<(String, String)> {
    let name = |seen: &switchboard::attachments::SeenFile| {
        (seen.file.id.clone(), format!("{} · {}", seen.file.name, page.time(&seen.file.at)))
    };
    file.files.iter().map(name).collect()
}

fn recordings(page: &Page, file: &CaseFile) -> Vec<(String, String)> {
    let rows = file.recordings.iter().map(|one| &one.recording);
    rows.map(|one| (one.id.as_str().to_owned(), page.time(&one.created_at))).collect()
}

/// The action that was typed; none where there is no such form.
pub(super) fn read(
    at: &CaseDesk,
    file: &CaseFile,
    kind: ActionKind,
    typed: &Typed<'_>,
) -> Result<Option<Act>> {
    let entry = || typed.text("entry");
    let due =
        |name: &str| typed.end_of(at, name)?.ok_or_else(|| Error::Unreadable(at.page.t("course-field-date")));
    Ok(Some(match kind {
        ActionKind::NameEvidence => Act::NameEvidence(named(at, typed)?),
        ActionKind::RequestEvidence => {
            Act::RequestEvidence { evidence: entry(), of: typed.text("of"), due_at: due("date")? }
        }
        ActionKind::ReceiveEvidence => {
            Act::ReceiveEvidence { evidence: entry(), receipt: receipt(at, typed) }
        }
        ActionKind::MissEvidence => Act::MissEvidence { evidence: entry(), why: typed.text("why") },
        ActionKind::ShareEvidence => Act::ShareEvidence { evidence: entry(), readers: readers(at, typed)? },
        ActionKind::AskPreservation => {
            let preserve = Preserve { due_at: due("date")?, overwritten_at: None };
            Act::AskPreservation { evidence: entry(), preserve }
        }
        ActionKind::TellPreservation => {
            let kept = typed.text("kept") == "kept";
            Act::TellPreservation { evidence: entry(), kept, remark: typed.text("words") }
        }
        ActionKind::RecordStatement => Act::RecordStatement(statement(at, typed)?),
        ActionKind::WaiveStatement => {
            Act::WaiveStatement { side: typed.code(at, "side")?, reason: typed.text("words") }
        }
        ActionKind::OfferReply => Act::OfferReply {
            side: typed.code(at, "side")?,
            about: typed.text("words"),
            due_at: due("date")?,
        },
        ActionKind::SupportFinding => {
            let point = point(file, &typed.text("point")).ok_or(Error::NotFound)?;
            let evidence = typed.all("rests-on");
            let (standard, without) = (typed.text("standard"), typed.text("without"));
            Act::SupportFinding { point, support: Support { standard, evidence, without } }
        }
        ActionKind::PlanCorrection => Act::PlanCorrection(Correction {
            correction: String::new(),
            point: point(file, &typed.text("point")),
            what: typed.text("words"),
            owner: typed.text("owner"),
            due_at: due("date")?,
            check_at: due("check-date")?,
        }),
        ActionKind::CheckCorrection => Act::CheckCorrection {
            correction: typed.text("correction"),
            result: typed.code(at, "result")?,
            remark: typed.text("words"),
            again_at: typed.end_of(at, "check-date")?,
        },
        ActionKind::NoteLearning => Act::NoteLearning(LearningNote {
            learning: String::new(),
            point: point(file, &typed.text("point")),
            words: typed.text("words"),
            rule_gap: typed.text("rule-gap"),
        }),
        ActionKind::AcknowledgeLetter => {
            Act::AcknowledgeLetter { letter: typed.text("letter"), remark: typed.text("reference") }
        }
        _ => return Ok(None),
    }))
}

fn named(at: &CaseDesk, typed: &Typed<'_>) -> Result<NewEvidence> {
    let holder: Side = typed.code(at, "holder")?;
    let chosen = readers(at, typed)?;
    Ok(NewEvidence {
        evidence: String::new(),
        evidence_kind: typed.code(at, "kind")?,
        what: typed.text("what"),
        state: typed.code(at, "state")?,
        why: typed.text("why"),
        holder,
        readers: if chosen.is_empty() { holder.readers() } else { chosen },
        preserve: None,
    })
}

fn readers(at: &CaseDesk, typed: &Typed<'_>) -> Result<Vec<Reader>> {
    let unreadable = |_| Error::Unreadable(at.page.t("course-field-readers"));
    typed.all("readers").iter().map(|code| code.parse().map_err(unreadable)).collect()
}

fn receipt(at: &CaseDesk, typed: &Typed<'_>) -> Receipt {
    let given = |name: &str| Some(typed.text(name)).filter(|text| !text.is_empty());
    Receipt {
        at: at.desk.now(),
        sha256: given("sha256"),
        attachment: given("attachment"),
        recording: given("recording"),
        note: typed.text("words"),
    }
}

fn statement(at: &CaseDesk, typed: &Typed<'_>) -> Result<Statement> {
    let day = typed.date(at, "date")?.ok_or_else(|| Error::Unreadable(at.page.t("course-field-date")))?;
    Ok(Statement {
        side: typed.code(at, "side")?,
        at: start_of(day, at.page.zone()),
        heard_by: typed.text("heard-by"),
        form: typed.code(at, "form")?,
        statement: typed.text("said"),
        reply: !typed.text("reply").is_empty(),
    })
}

fn point(file: &CaseFile, ordinal: &str) -> Option<PointId> {
    file.points.iter().find(|point| point.ordinal.to_string() == ordinal).map(|point| point.id.clone())
}

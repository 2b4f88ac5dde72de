//! What an answer rests on, as a department fills it in beside its findings: both sides' statements, or why one was not
//! heard; standard of proof and evidence of each point. The same questions on the case page and behind a one-time link.

use domain::{PointId, Timestamp};
use switchboard::handling::PointAnswer;
use switchboard::investigation::{
    GroundedAnswer, InvestigationAction as Act, Side, Statement, StatementForm, Support,
};

use super::case_course::Typed;
use super::case_words;
use crate::page::Page;
use crate::{Error, Result};

/// The choices of the form: each a code and its words.
pub(super) struct Grounds {
    /// Standards of proof that hold today.
    pub(super) standards: Vec<(String, String)>,
    /// Entries of the register that a finding can rest on.
    pub(super) held: Vec<(String, String)>,
    /// Sides that were not heard yet.
    pub(super) unheard: Vec<(String, String)>,
    pub(super) statement_forms: Vec<(String, String)>,
}

impl Grounds {
    pub(super) fn new(
        page: &Page,
        standards: Vec<(String, String)>,
        held: Vec<(String, String)>,
        unheard: &[Side],
    ) -> Self {
        let forms = StatementForm::ALL.iter().map(|one| one.as_str());
        Self {
            standards,
            held,
            unheard: case_words::choices(page, "side", unheard.iter().map(|side| side.as_str())),
            statement_forms: case_words::choices(page, "statement-form", forms),
        }
    }
}

/// An answer with what was filled in beside it. `points` are those of the form with their numbers; `heard` is when and by
/// whom a side is written down as heard. What is left empty is asked for before the close.
pub(super) fn grounded(
    page: &Page,
    points: &[(PointId, i64)],
    answers: Vec<PointAnswer>,
    fields: &[(String, String)],
    heard: (Timestamp, &str),
) -> Result<GroundedAnswer> {
    let typed = Typed::of(fields);
    let mut answer = GroundedAnswer { points: answers, ..GroundedAnswer::default() };
    for side in Side::ALL {
        let (said, unheard) = (typed.text(&format!("said-{side}")), typed.text(&format!("unheard-{side}")));
        if !said.is_empty() {
            answer.sides.push(statement(page, *side, said, &typed, heard)?);
        } else if !unheard.is_empty() {
            answer.sides.push(Act::WaiveStatement { side: *side, reason: unheard });
        }
    }
    for (point, ordinal) in points {
        let of = |name: &str| typed.text(&format!("{name}-{ordinal}"));
        let support = Support {
            standard: of("standard"),
            evidence: typed.all(&format!("rests-on-{ordinal}")),
            without: of("without"),
        };
        // The list offers a standard beforehand: alone it says nothing yet.
        if !support.evidence.is_empty() || !support.without.is_empty() {
            answer.support.push((point.clone(), support));
        }
    }
    Ok(answer)
}

fn statement(
    page: &Page,
    side: Side,
    said: String,
    typed: &Typed<'_>,
    (at, by): (Timestamp, &str),
) -> Result<Act> {
    let form = typed.text(&format!("form-{side}"));
    let form = if form.is_empty() { StatementForm::Phone.as_str().to_owned() } else { form };
    let form = form.parse().map_err(|_| Error::Unreadable(page.t("course-field-form")))?;
    Ok(Act::RecordStatement(Statement {
        side,
        at,
        heard_by: by.to_owned(),
        form,
        statement: said,
        reply: false,
    }))
}

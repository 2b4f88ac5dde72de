//! The rows that reports count: whole periods at once, in an order that does not change.

use domain::{PhoneNumber, Timestamp};
use figures::{AttemptRow, CallbackRow, DialogueRow, DispatchRow, EquityRow, QueueRow, ThemeRow};

use crate::learning::{self, Note};
use crate::{Result, Row, Tx, params};

/// Which rows are wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scope {
    /// First moment of the period.
    pub from: Timestamp,
    /// First moment after it.
    pub until: Timestamp,
    /// Only this line; empty: every one.
    pub line: String,
    /// Only this department; empty: every one.
    pub department: String,
}

/// Dispatches that were sent in the period or fell due in it, oldest first.
pub fn dispatches(tx: &mut Tx<'_>, scope: &Scope) -> Result<Vec<DispatchRow>> {
    tx.query(
        "SELECT d.id, d.case_id, c.number, d.ordinal, \
           (SELECT COUNT(*) FROM dispatches n WHERE n.case_id = d.case_id AND n.ordinal > d.ordinal), \
           c.line, d.department, p.institution, p.category, c.request_type, c.severity, c.urgent, \
           c.received_at, d.sent_at, d.sign_due_at, d.due_at, d.state, d.signed_at, d.returned_at, \
           d.return_reason, d.answered_at, c.closed_at, c.route_notice_at, c.reopened, \
           (SELECT b.satisfaction FROM callbacks b WHERE b.case_id = c.id AND b.satisfaction IS NOT NULL \
             ORDER BY b.done_at DESC, b.id LIMIT 1) \
         FROM dispatches d JOIN cases c ON c.id = d.case_id \
           LEFT JOIN points p ON p.case_id = c.id AND p.ordinal = \
             (SELECT MIN(o.ordinal) FROM points o WHERE o.case_id = c.id AND o.dropped_at IS NULL) \
         WHERE (d.sent_at >= $1 AND d.sent_at < $2 OR d.due_at >= $1 AND d.due_at < $2) \
           AND ($3 = '' OR c.line = $3) AND ($4 = '' OR d.department = $4) \
         ORDER BY d.sent_at, d.id",
        params![scope.from, scope.until, &scope.line, &scope.department],
    )?
    .iter()
    .map(dispatch)
    .collect()
}

fn dispatch(row: &Row) -> Result<DispatchRow> {
    Ok(DispatchRow {
        dispatch_id: row.get(0)?,
        case_id: row.get(1)?,
        case_number: row.get(2)?,
        ordinal: row.get(3)?,
        sent_on: row.get::<i64>(4)? > 0,
        line: row.get(5)?,
        department: row.get(6)?,
        institution: row.get(7)?,
        category: row.get(8)?,
        request_type: row.get(9)?,
        severity: row.get(10)?,
        urgent: row.get(11)?,
        received_at: row.get(12)?,
        sent_at: row.get(13)?,
        sign_due_at: row.get(14)?,
        due_at: row.get(15)?,
        state: row.get(16)?,
        signed_at: row.get(17)?,
        returned_at: row.get(18)?,
        return_reason: row.get(19)?,
        answered_at: row.get(20)?,
        closed_at: row.get(21)?,
        route_notice_at: row.get(22)?,
        reopened: row.get(23)?,
        satisfaction: row.get(24)?,
    })
}

/// Cases received in the period, oldest first; the region of their institution is not known here.
pub fn cases(tx: &mut Tx<'_>, scope: &Scope) -> Result<Vec<EquityRow>> {
    tx.query(
        "SELECT c.number, c.line, c.language, COALESCE(w.door, k.channel), p.institution, p.category, \
           c.request_type, c.status, c.received_at, c.due_at, c.answered_at, c.closed_at, c.reopened, \
           (SELECT COUNT(*) FROM points f WHERE f.case_id = c.id AND f.dropped_at IS NULL \
             AND f.finding IS NOT NULL), \
           (SELECT COUNT(*) FROM points u WHERE u.case_id = c.id AND u.dropped_at IS NULL \
             AND u.finding IN ('upheld', 'partly_upheld')), \
           (SELECT b.solved FROM callbacks b WHERE b.case_id = c.id AND b.solved IS NOT NULL \
             ORDER BY b.done_at DESC, b.id LIMIT 1), \
           (SELECT b.satisfaction FROM callbacks b WHERE b.case_id = c.id AND b.satisfaction IS NOT NULL \
             ORDER BY b.done_at DESC, b.id LIMIT 1) \
         FROM cases c LEFT JOIN contacts k ON k.id = c.contact_id LEFT JOIN web_reports w ON w.case_id = c.id \
           LEFT JOIN points p ON p.case_id = c.id AND p.ordinal = \
             (SELECT MIN(o.ordinal) FROM points o WHERE o.case_id = c.id AND o.dropped_at IS NULL) \
         WHERE c.received_at >= $1 AND c.received_at < $2 AND ($3 = '' OR c.line = $3) \
         ORDER BY c.received_at, c.id",
        params![scope.from, scope.until, &scope.line],
    )?
    .iter()
    .map(|row| {
        Ok(EquityRow {
            case_number: row.get(0)?,
            line: row.get(1)?,
            language: row.get(2)?,
            channel: row.get(3)?,
            institution: row.get(4)?,
            region: None,
            category: row.get(5)?,
            request_type: row.get(6)?,
            status: row.get(7)?,
            received_at: row.get(8)?,
            due_at: row.get(9)?,
            answered_at: row.get(10)?,
            closed_at: row.get(11)?,
            reopened: row.get(12)?,
            found: row.get(13)?,
            upheld: row.get(14)?,
            solved: row.get(15)?,
            satisfaction: row.get(16)?,
        })
    })
    .collect()
}

/// When the first case of a line came in; an empty line: of all.
pub fn first_received(tx: &mut Tx<'_>, line: &str) -> Result<Option<Timestamp>> {
    tx.value("SELECT MIN(received_at) FROM cases WHERE ($1 = '' OR line = $1)", params![line])
}

/// Points that stand, of cases received in the period, oldest first; merged cases count in the one that goes on. The region
/// of their institution is not known here.
pub fn themes(tx: &mut Tx<'_>, scope: &Scope) -> Result<Vec<ThemeRow>> {
    tx.query(
        "SELECT c.number, p.ordinal, COALESCE(c.phone, c.id), p.institution, p.category, c.received_at \
         FROM cases c JOIN points p ON p.case_id = c.id \
         WHERE c.received_at >= $1 AND c.received_at < $2 AND ($3 = '' OR c.line = $3) \
           AND p.dropped_at IS NULL AND c.status <> 'merged' \
         ORDER BY c.received_at, c.id, p.ordinal",
        params![scope.from, scope.until, &scope.line],
    )?
    .iter()
    .map(|row| {
        Ok(ThemeRow {
            case_number: row.get(0)?,
            ordinal: row.get(1)?,
            caller: row.get(2)?,
            institution: row.get(3)?,
            region: None,
            category: Some(row.get::<String>(4)?).filter(|code| !code.is_empty()),
            received_at: row.get(5)?,
        })
    })
    .collect()
}

/// How many cases were received in the period.
pub fn received(tx: &mut Tx<'_>, scope: &Scope) -> Result<u64> {
    let sql =
        "SELECT COUNT(*) FROM cases WHERE received_at >= $1 AND received_at < $2 AND ($3 = '' OR line = $3)";
    let count: i64 = tx.value(sql, params![scope.from, scope.until, &scope.line])?;
    Ok(u64::try_from(count).unwrap_or_default())
}

/// The last refusal of a case, as its history has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    pub case_number: String,
    pub at: Timestamp,
    /// Particulars of the refusal and of its review, JSON.
    pub detail: String,
    pub review: Option<String>,
}

/// Cases received in the period that were not accepted, oldest first.
pub fn refusals(tx: &mut Tx<'_>, scope: &Scope) -> Result<Vec<Refusal>> {
    tx.query(
        "SELECT c.number, e.at, e.detail, \
           (SELECT r.detail FROM case_events r WHERE r.case_id = c.id AND r.kind = 'non_acceptance_reviewed' \
             AND r.ordinal > e.ordinal ORDER BY r.ordinal LIMIT 1) \
         FROM cases c JOIN case_events e ON e.case_id = c.id AND e.kind = 'not_accepted' \
         WHERE c.received_at >= $1 AND c.received_at < $2 AND ($3 = '' OR c.line = $3) \
           AND NOT EXISTS (SELECT 1 FROM case_events n WHERE n.case_id = c.id AND n.kind = 'not_accepted' \
             AND n.ordinal > e.ordinal) \
         ORDER BY c.received_at, c.id",
        params![scope.from, scope.until, &scope.line],
    )?
    .iter()
    .map(|row| {
        Ok(Refusal { case_number: row.get(0)?, at: row.get(1)?, detail: row.get(2)?, review: row.get(3)? })
    })
    .collect()
}

/// What was learned in the period, oldest first.
pub fn learned(tx: &mut Tx<'_>, scope: &Scope) -> Result<Vec<Note>> {
    tx.query(
        "SELECT n.id, n.case_id, n.institution, n.category, n.words, n.noted_at, n.rule_gap \
         FROM learning_notes n JOIN cases c ON c.id = n.case_id \
         WHERE n.noted_at >= $1 AND n.noted_at < $2 AND ($3 = '' OR c.line = $3) ORDER BY n.noted_at, n.id",
        params![scope.from, scope.until, &scope.line],
    )?
    .iter()
    .map(learning::read)
    .collect()
}

/// Callbacks that were due in the period, with every attempt, oldest first.
pub fn callbacks(tx: &mut Tx<'_>, scope: &Scope) -> Result<Vec<CallbackRow>> {
    let mut found: Vec<CallbackRow> = tx
        .query(
            "SELECT b.id, b.purpose, b.line, b.case_id, c.number, \
               (SELECT d.department FROM dispatches d WHERE d.case_id = b.case_id \
                 ORDER BY d.ordinal DESC LIMIT 1), \
               b.phone, b.promised_at, b.due_at, b.state, b.outcome, b.solved, b.satisfaction, \
               b.done_at \
             FROM callbacks b LEFT JOIN cases c ON c.id = b.case_id \
             WHERE b.due_at >= $1 AND b.due_at < $2 AND ($3 = '' OR b.line = $3) \
             ORDER BY b.due_at, b.id",
            params![scope.from, scope.until, &scope.line],
        )?
        .iter()
        .map(callback)
        .collect::<Result<_>>()?;
    let places: std::collections::HashMap<String, usize> =
        found.iter().enumerate().map(|(place, row)| (row.callback_id.clone(), place)).collect();
    for row in attempts(tx, scope)? {
        if let Some(callback) = places.get(&row.callback_id).and_then(|place| found.get_mut(*place)) {
            callback.attempts.push(row);
        }
    }
    found.retain(|row| scope.department.is_empty() || row.department.as_ref() == Some(&scope.department));
    Ok(found)
}

fn callback(row: &Row) -> Result<CallbackRow> {
    Ok(CallbackRow {
        callback_id: row.get(0)?,
        purpose: row.get(1)?,
        line: row.get(2)?,
        case_id: row.get(3)?,
        case_number: row.get(4)?,
        department: row.get(5)?,
        phone: masked(row.get(6)?).unwrap_or_default(),
        promised_at: row.get(7)?,
        due_at: row.get(8)?,
        state: row.get(9)?,
        outcome: row.get(10)?,
        solved: row.get(11)?,
        satisfaction: row.get(12)?,
        done_at: row.get(13)?,
        attempts: Vec::new(),
    })
}

fn attempts(tx: &mut Tx<'_>, scope: &Scope) -> Result<Vec<AttemptRow>> {
    tx.query(
        "SELECT a.callback_id, b.purpose, a.ordinal, a.dialled_at, a.outcome \
         FROM attempts a JOIN callbacks b ON b.id = a.callback_id \
         WHERE b.due_at >= $1 AND b.due_at < $2 AND ($3 = '' OR b.line = $3) \
         ORDER BY a.callback_id, a.ordinal",
        params![scope.from, scope.until, &scope.line],
    )?
    .iter()
    .map(|row| {
        Ok(AttemptRow {
            callback_id: row.get(0)?,
            purpose: row.get(1)?,
            ordinal: row.get(2)?,
            dialled_at: row.get(3)?,
            outcome: row.get(4)?,
        })
    })
    .collect()
}

/// Dialogues whose complainant answered the offer in the period, oldest first.
pub fn dialogues(tx: &mut Tx<'_>, scope: &Scope) -> Result<Vec<DialogueRow>> {
    tx.query(
        "SELECT d.case_id, c.number, d.line, d.stage, d.accepted, d.eligible, d.verdicts, d.motive, \
           d.owner_kind, d.region, d.department, d.answered_at, d.received_at, d.contacted_at, d.due_at, \
           d.held_at, d.form, d.companion, d.companion_came, d.site_refused, d.learned, d.decided, \
           d.forward_reason, d.to_forward_at, d.sent_at \
         FROM dialogues d JOIN cases c ON c.id = d.case_id \
         WHERE d.answered_at >= $1 AND d.answered_at < $2 AND d.stage <> 'not_asked' \
           AND ($3 = '' OR d.line = $3) AND ($4 = '' OR d.department = $4) \
         ORDER BY d.answered_at, d.case_id",
        params![scope.from, scope.until, &scope.line, &scope.department],
    )?
    .iter()
    .map(dialogue)
    .collect()
}

fn dialogue(row: &Row) -> Result<DialogueRow> {
    Ok(DialogueRow {
        case_id: row.get(0)?,
        case_number: row.get(1)?,
        line: row.get(2)?,
        stage: row.get(3)?,
        accepted: row.get(4)?,
        eligible: row.get(5)?,
        verdicts: crate::dialogues::split(&row.get::<String>(6)?),
        motive: row.get(7)?,
        owner_kind: row.get(8)?,
        region: row.get(9)?,
        department: row.get(10)?,
        answered_at: row.get(11)?,
        received_at: row.get(12)?,
        contacted_at: row.get(13)?,
        due_at: row.get(14)?,
        held_at: row.get(15)?,
        form: row.get(16)?,
        companion: row.get(17)?,
        companion_came: row.get(18)?,
        site_refused: row.get(19)?,
        learned: row.get(20)?,
        decided: row.get(21)?,
        forward_reason: row.get(22)?,
        to_forward_at: row.get(23)?,
        sent_at: row.get(24)?,
    })
}

/// Callers who entered the queue in the period, oldest first. The department says nothing about them.
pub fn queue(tx: &mut Tx<'_>, scope: &Scope) -> Result<Vec<QueueRow>> {
    tx.query(
        "SELECT id, call_id, line, queue, caller, entered_at, answered_at, ended_at, outcome, visit \
         FROM queue_entries WHERE entered_at >= $1 AND entered_at < $2 AND ($3 = '' OR line = $3) \
         ORDER BY entered_at, id",
        params![scope.from, scope.until, &scope.line],
    )?
    .iter()
    .map(queue_row)
    .collect()
}

/// Callers who wait now, whenever they came, longest first.
pub fn waiting(tx: &mut Tx<'_>) -> Result<Vec<QueueRow>> {
    tx.query(
        "SELECT id, call_id, line, queue, caller, entered_at, answered_at, ended_at, outcome, visit \
         FROM queue_entries WHERE ended_at IS NULL AND answered_at IS NULL ORDER BY entered_at, id",
        &[],
    )?
    .iter()
    .map(queue_row)
    .collect()
}

fn queue_row(row: &Row) -> Result<QueueRow> {
    Ok(QueueRow {
        entry_id: row.get(0)?,
        call_id: row.get(1)?,
        line: row.get(2)?,
        queue: row.get(3)?,
        phone: masked(row.get(4)?),
        entered_at: row.get(5)?,
        answered_at: row.get(6)?,
        ended_at: row.get(7)?,
        outcome: row.get(8)?,
        visit: row.get(9)?,
    })
}

/// How many agents are in each state, by state.
pub fn agents_by_state(tx: &mut Tx<'_>) -> Result<Vec<(String, i64)>> {
    tx.query("SELECT state, COUNT(*) FROM agents GROUP BY state ORDER BY state", &[])?
        .iter()
        .map(|row| Ok((row.get(0)?, row.get(1)?)))
        .collect()
}

/// A report never shows a whole number.
fn masked(phone: Option<String>) -> Option<String> {
    let phone = phone?;
    Some(PhoneNumber::parse(&phone).map_or_else(|_| "***".to_owned(), |phone| phone.masked()))
}

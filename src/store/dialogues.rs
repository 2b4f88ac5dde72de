//! Dialogues as lists and reports need them: one row for each case that was asked, written anew after every change.

use domain::{CaseId, CaseNumber, Timestamp};

use crate::{Error, Result, Row, Tx, Value, params};

/// One dialogue as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dialogue {
    pub case: CaseId,
    pub line: String,
    pub stage: String,
    pub accepted: bool,
    /// At least one point qualifies.
    pub eligible: bool,
    /// One code per point, in their order.
    pub verdicts: Vec<String>,
    /// What is to be done.
    pub tasks: Vec<String>,
    pub motive: Option<String>,
    pub owner_kind: Option<String>,
    /// Code of the regional office or the institution.
    pub owner: Option<String>,
    pub region: Option<String>,
    pub department: Option<String>,
    pub received_at: Option<Timestamp>,
    /// The end of the four weeks.
    pub due_at: Option<Timestamp>,
    /// When the house goes on by itself.
    pub runs_out_at: Option<Timestamp>,
    pub appointment_at: Option<Timestamp>,
    /// When the first invitation was written.
    pub invited_at: Option<Timestamp>,
    /// When the complainant first heard from the owner, by invitation, telephone or in the dialogue itself.
    pub contacted_at: Option<Timestamp>,
    pub held_at: Option<Timestamp>,
    /// Of the dialogue that took place, else of the appointment.
    pub form: Option<String>,
    pub companion: Option<String>,
    pub companion_came: bool,
    pub site_refused: bool,
    /// Learning notes.
    pub learned: i64,
    pub decided: Option<String>,
    pub forward_reason: Option<String>,
    pub to_forward_at: Option<Timestamp>,
    pub sent_at: Option<Timestamp>,
    /// Until when the authority should acknowledge the package; none: nothing is waited for.
    pub acknowledge_by: Option<Timestamp>,
    /// When the complainant said yes or no.
    pub answered_at: Timestamp,
    pub service_day: String,
}

const COLUMNS: &str = "case_id, line, stage, accepted, eligible, verdicts, tasks, motive, owner_kind, owner, region, \
     department, received_at, due_at, runs_out_at, appointment_at, invited_at, contacted_at, held_at, form, companion, \
     companion_came, site_refused, learned, decided, forward_reason, to_forward_at, sent_at, acknowledge_by, answered_at, service_day";

fn read(row: &Row) -> Result<Dialogue> {
    Ok(Dialogue {
        case: row.get(0)?,
        line: row.get(1)?,
        stage: row.get(2)?,
        accepted: row.get(3)?,
        eligible: row.get(4)?,
        verdicts: split(&row.get::<String>(5)?),
        tasks: split(&row.get::<String>(6)?),
        motive: row.get(7)?,
        owner_kind: row.get(8)?,
        owner: row.get(9)?,
        region: row.get(10)?,
        department: row.get(11)?,
        received_at: row.get(12)?,
        due_at: row.get(13)?,
        runs_out_at: row.get(14)?,
        appointment_at: row.get(15)?,
        invited_at: row.get(16)?,
        contacted_at: row.get(17)?,
        held_at: row.get(18)?,
        form: row.get(19)?,
        companion: row.get(20)?,
        companion_came: row.get(21)?,
        site_refused: row.get(22)?,
        learned: row.get(23)?,
        decided: row.get(24)?,
        forward_reason: row.get(25)?,
        to_forward_at: row.get(26)?,
        sent_at: row.get(27)?,
        acknowledge_by: row.get(28)?,
        answered_at: row.get(29)?,
        service_day: row.get(30)?,
    })
}

pub(crate) fn split(codes: &str) -> Vec<String> {
    codes.split(',').filter(|code| !code.is_empty()).map(str::to_owned).collect()
}

/// Writes the row of a case, whether there was one or not.
pub fn write(tx: &mut Tx<'_>, dialogue: &Dialogue) -> Result<()> {
    tx.execute("DELETE FROM dialogues WHERE case_id = $1", params![&dialogue.case])?;
    let places: Vec<String> = (1..=31).map(|place| format!("${place}")).collect();
    tx.execute(
        &format!("INSERT INTO dialogues ({COLUMNS}) VALUES ({})", places.join(", ")),
        params![
            &dialogue.case,
            &dialogue.line,
            &dialogue.stage,
            dialogue.accepted,
            dialogue.eligible,
            dialogue.verdicts.join(","),
            dialogue.tasks.join(","),
            dialogue.motive.as_deref(),
            dialogue.owner_kind.as_deref(),
            dialogue.owner.as_deref(),
            dialogue.region.as_deref(),
            dialogue.department.as_deref(),
            dialogue.received_at,
            dialogue.due_at,
            dialogue.runs_out_at,
            dialogue.appointment_at,
            dialogue.invited_at,
            dialogue.contacted_at,
            dialogue.held_at,
            dialogue.form.as_deref(),
            dialogue.companion.as_deref(),
            dialogue.companion_came,
            dialogue.site_refused,
            dialogue.learned,
            dialogue.decided.as_deref(),
            dialogue.forward_reason.as_deref(),
            dialogue.to_forward_at,
            dialogue.sent_at,
            dialogue.acknowledge_by,
            dialogue.answered_at,
            &dialogue.service_day,
        ],
    )
    .map(drop)
}

/// The row of a case; none: nobody was asked.
pub fn of_case(tx: &mut Tx<'_>, case: &CaseId) -> Result<Option<Dialogue>> {
    let rows = tx.query(&format!("SELECT {COLUMNS} FROM dialogues WHERE case_id = $1"), params![case])?;
    rows.first().map(read).transpose()
}

/// Cases whose dialogue the house has to bring to an end by now, the longest overdue first.
pub fn run_out(tx: &mut Tx<'_>, now: Timestamp, limit: i64) -> Result<Vec<CaseId>> {
    let sql = "SELECT case_id FROM dialogues WHERE runs_out_at < $1 ORDER BY runs_out_at, case_id LIMIT $2";
    tx.query(sql, params![now, limit])?.iter().map(|row| row.get(0)).collect()
}

/// Cases whose package the authority should have acknowledged by now, the longest overdue first.
pub fn unacknowledged(tx: &mut Tx<'_>, now: Timestamp, limit: i64) -> Result<Vec<CaseId>> {
    let sql =
        "SELECT case_id FROM dialogues WHERE acknowledge_by < $1 ORDER BY acknowledge_by, case_id LIMIT $2";
    tx.query(sql, params![now, limit])?.iter().map(|row| row.get(0)).collect()
}

/// Cases of a region whose dialogue is not over.
pub fn running_of_region(tx: &mut Tx<'_>, region: &str, limit: i64) -> Result<Vec<CaseId>> {
    let sql = "SELECT case_id FROM dialogues WHERE region = $1 AND runs_out_at IS NOT NULL \
               ORDER BY runs_out_at, case_id LIMIT $2";
    tx.query(sql, params![region, limit])?.iter().map(|row| row.get(0)).collect()
}

/// A line of the list of what is to be done: the dialogue, and number and line of its case.
#[derive(Debug, Clone, PartialEq)]
pub struct Listed {
    pub number: CaseNumber,
    pub line: String,
    pub dialogue: Dialogue,
}

/// Dialogues with something to do, what runs out first standing first; of one department, or of all.
pub fn to_do(tx: &mut Tx<'_>, department: Option<&str>, limit: i64) -> Result<Vec<Listed>> {
    let columns: Vec<String> = COLUMNS.split(", ").map(|column| format!("d.{}", column.trim())).collect();
    let sql = format!(
        "SELECT {}, c.number, c.line FROM dialogues d JOIN cases c ON c.id = d.case_id WHERE d.tasks <> ''{} \
         ORDER BY CASE WHEN d.runs_out_at IS NULL THEN 1 ELSE 0 END, d.runs_out_at, d.answered_at, d.case_id LIMIT ${}",
        columns.join(", "),
        if department.is_some() { " AND d.department = $1" } else { "" },
        if department.is_some() { 2 } else { 1 },
    );
    let mut values: Vec<Value> = department.into_iter().map(Value::from).collect();
    values.push(Value::from(limit));
    let listed = |row: &Row| {
        let number: String = row.get(31)?;
        let number = CaseNumber::parse(&number).map_err(|error| Error::Broken(error.to_string()))?;
        Ok(Listed { number, line: row.get(32)?, dialogue: read(row)? })
    };
    tx.query(&sql, &values)?.iter().map(listed).collect()
}

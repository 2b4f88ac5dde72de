//! Learning notes: what is to be learned from cases, without anybody's name.

use domain::{CaseId, Timestamp};

use crate::{Result, Row, Tx, Value, params};

/// One note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    pub id: String,
    /// The case it comes from; never shown beside the words outside of the house.
    pub case: CaseId,
    pub institution: Option<String>,
    pub category: String,
    pub words: String,
    /// Which rule is missing or does not do; empty: none.
    pub rule_gap: String,
    pub noted_at: Timestamp,
}

/// Stores a new one.
pub fn insert(tx: &mut Tx<'_>, note: &Note) -> Result<()> {
    tx.execute(
        "INSERT INTO learning_notes (id, case_id, institution, category, words, noted_at, rule_gap) \
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        params![
            &note.id,
            &note.case,
            note.institution.as_deref(),
            &note.category,
            &note.words,
            note.noted_at,
            &note.rule_gap,
        ],
    )
    .map(drop)
}

/// The notes about an institution and of a category, newest first; none named: of all.
pub fn list(
    tx: &mut Tx<'_>,
    institution: Option<&str>,
    category: Option<&str>,
    limit: i64,
) -> Result<Vec<Note>> {
    let mut sql =
        "SELECT id, case_id, institution, category, words, noted_at, rule_gap FROM learning_notes WHERE 1 = 1"
            .to_owned();
    let mut values: Vec<Value> = Vec::new();
    for (column, wanted) in [("institution", institution), ("category", category)] {
        if let Some(wanted) = wanted {
            values.push(Value::from(wanted));
            sql.push_str(&format!(" AND {column} = ${}", values.len()));
        }
    }
    values.push(Value::from(limit));
    sql.push_str(&format!(" ORDER BY noted_at DESC, id DESC LIMIT ${}", values.len()));
    tx.query(&sql, &values)?.iter().map(read).collect()
}

pub(crate) fn read(row: &Row) -> Result<Note> {
    Ok(Note {
        id: row.get(0)?,
        case: row.get(1)?,
        institution: row.get(2)?,
        category: row.get(3)?,
        words: row.get(4)?,
        noted_at: row.get(5)?,
        rule_gap: row.get(6)?,
    })
}

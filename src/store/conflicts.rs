//! Conflicts of interest: who has an interest in which institution, and who was recused from which case.

use domain::{CaseId, PersonId, Timestamp};

use crate::{Result, Tx, params};

/// Somebody who keeps out of a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recusal {
    pub case: CaseId,
    pub person: PersonId,
    pub reason: String,
    pub at: Timestamp,
    pub by: PersonId,
}

/// An interest that somebody has in an institution.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Interest {
    pub person: PersonId,
    /// Its code.
    pub institution: String,
    pub at: Timestamp,
    pub by: PersonId,
}

/// Recusals on the supervisor's list.
const MOST_LISTED: i64 = 200;

/// What holds of [`blocked`] for a row of `cases`, as a condition: the person's id stands at both places.
pub(crate) const NOT_BLOCKED: &str = "NOT EXISTS (SELECT 1 FROM recusals r WHERE r.case_id = cases.id AND r.person_id = ?) \
     AND NOT EXISTS (SELECT 1 FROM accused a JOIN interests i ON i.institution = a.institution \
     WHERE a.case_id = cases.id AND i.person_id = ?)";

/// Sets the institutions that somebody has an interest in; those of before are forgotten.
pub fn declare(
    tx: &mut Tx<'_>,
    person: &PersonId,
    institutions: &[String],
    at: Timestamp,
    by: &PersonId,
) -> Result<()> {
    tx.execute("DELETE FROM interests WHERE person_id = $1", params![person])?;
    for institution in institutions {
        tx.execute(
            "INSERT INTO interests (person_id, institution, declared_at, declared_by) VALUES ($1, $2, $3, $4) \
             ON CONFLICT (person_id, institution) DO NOTHING",
            params![person, institution, at, by],
        )?;
    }
    Ok(())
}

/// The institutions that somebody has an interest in, by code.
pub fn interests(tx: &mut Tx<'_>, person: &PersonId) -> Result<Vec<String>> {
    let sql = "SELECT institution FROM interests WHERE person_id = $1 ORDER BY institution";
    tx.query(sql, params![person])?.iter().map(|row| row.get(0)).collect()
}

/// Every interest, by person and institution.
pub fn all_interests(tx: &mut Tx<'_>) -> Result<Vec<Interest>> {
    let sql = "SELECT person_id, institution, declared_at, declared_by FROM interests ORDER BY person_id, institution";
    let read = |row: &crate::Row| {
        Ok(Interest { person: row.get(0)?, institution: row.get(1)?, at: row.get(2)?, by: row.get(3)? })
    };
    tx.query(sql, &[])?.iter().map(read).collect()
}

/// Keeps somebody out of a case; whoever is out already stays out for the first reason.
pub fn recuse(tx: &mut Tx<'_>, recusal: &Recusal) -> Result<()> {
    tx.execute(
        "INSERT INTO recusals (case_id, person_id, reason, recused_at, recused_by) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (case_id, person_id) DO NOTHING",
        params![&recusal.case, &recusal.person, &recusal.reason, recusal.at, &recusal.by],
    )
    .map(drop)
}

/// Who keeps out of a case, in the order of their recusal.
pub fn of_case(tx: &mut Tx<'_>, case: &CaseId) -> Result<Vec<Recusal>> {
    let sql = "SELECT case_id, person_id, reason, recused_at, recused_by FROM recusals WHERE case_id = $1 \
               ORDER BY recused_at, person_id";
    tx.query(sql, params![case])?.iter().map(read).collect()
}

/// The last recusals, newest first.
pub fn latest(tx: &mut Tx<'_>) -> Result<Vec<Recusal>> {
    let sql = "SELECT case_id, person_id, reason, recused_at, recused_by FROM recusals \
               ORDER BY recused_at DESC, case_id, person_id LIMIT $1";
    tx.query(sql, params![MOST_LISTED])?.iter().map(read).collect()
}

fn read(row: &crate::Row) -> Result<Recusal> {
    Ok(Recusal {
        case: row.get(0)?,
        person: row.get(1)?,
        reason: row.get(2)?,
        at: row.get(3)?,
        by: row.get(4)?,
    })
}

/// Whether somebody must not see a case: recused from it, or with an interest in an institution complained of.
pub fn blocked(tx: &mut Tx<'_>, person: &PersonId, case: &CaseId) -> Result<bool> {
    let found: i64 = tx.value(
        "SELECT (SELECT COUNT(*) FROM recusals WHERE case_id = $1 AND person_id = $2) + \
         (SELECT COUNT(*) FROM accused a JOIN interests i ON i.institution = a.institution \
          WHERE a.case_id = $1 AND i.person_id = $2)",
        params![case, person],
    )?;
    Ok(found > 0)
}

/// Whether anything at all is kept from somebody: most people have no conflict, and their lists need not ask.
pub fn any_of(tx: &mut Tx<'_>, person: &PersonId) -> Result<bool> {
    let found: i64 = tx.value(
        "SELECT (SELECT COUNT(*) FROM recusals WHERE person_id = $1) + \
         (SELECT COUNT(*) FROM interests WHERE person_id = $1)",
        params![person],
    )?;
    Ok(found > 0)
}

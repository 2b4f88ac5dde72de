//! Which article was told to a caller: its version, in which language, by whom and when.

use domain::{ContactId, Language, PersonId, Timestamp};

use crate::{Result, Row, Tx, params};

/// An article that was told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    pub contact: ContactId,
    /// Code of the article.
    pub article: String,
    pub version: u32,
    pub language: Language,
    pub by: PersonId,
    pub at: Timestamp,
}

/// Keeps that it was told; whether it was new. What is told twice in one call stands once, as it was told first.
pub fn insert(tx: &mut Tx<'_>, told: &Told) -> Result<bool> {
    let changed = tx.execute(
        "INSERT INTO told_articles (contact_id, article, version, language, told_by, told_at)
         VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (contact_id, article, version) DO NOTHING",
        params![&told.contact, &told.article, told.version, told.language.as_str(), &told.by, told.at],
    )?;
    Ok(changed == 1)
}

/// What was told in a contact, in the order in which it was told.
pub fn of_contact(tx: &mut Tx<'_>, contact: &ContactId) -> Result<Vec<Told>> {
    let rows = tx.query(
        "SELECT contact_id, article, version, language, told_by, told_at FROM told_articles
         WHERE contact_id = $1 ORDER BY told_at, article, version",
        params![contact],
    )?;
    rows.iter().map(read).collect()
}

fn read(row: &Row) -> Result<Told> {
    Ok(Told {
        contact: row.get(0)?,
        article: row.get(1)?,
        version: row.get(2)?,
        language: crate::cases::language(&row.get::<String>(3)?)?,
        by: row.get(4)?,
        at: row.get(5)?,
    })
}

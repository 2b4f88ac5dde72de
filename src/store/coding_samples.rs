//! Draws of points for a second coding: what was asked, by which seed, out of how many. Only ever added to.

use domain::{PersonId, Timestamp};

use crate::{Result, Row, Tx, params};

/// One draw.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sample {
    pub id: String,
    pub drawn_by: PersonId,
    pub drawn_at: Timestamp,
    /// Whom the points were given to.
    pub coder: PersonId,
    /// Cases received from then on.
    pub from: Timestamp,
    /// And before then.
    pub until: Timestamp,
    /// Empty: all.
    pub category: String,
    /// `count 20` or `share 10`, in percent.
    pub asked: String,
    pub seed: i64,
    /// Points that could have been drawn.
    pub population: i64,
    /// SHA-256 of their ids in order, each on a line, in hexadecimal digits.
    pub digest: String,
}

/// What one category gave to a draw.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stratum {
    pub category: String,
    pub population: i64,
    pub drawn: i64,
}

/// How far a draw has come.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Progress {
    pub drawn: i64,
    pub done: i64,
    /// Given back and with nobody now.
    pub returned: i64,
}

const COLUMNS: &str =
    "id, drawn_by, drawn_at, coder, from_at, until_at, category, asked, seed, population, digest";

fn read(row: &Row) -> Result<Sample> {
    Ok(Sample {
        id: row.get(0)?,
        drawn_by: row.get(1)?,
        drawn_at: row.get(2)?,
        coder: row.get(3)?,
        from: row.get(4)?,
        until: row.get(5)?,
        category: row.get(6)?,
        asked: row.get(7)?,
        seed: row.get(8)?,
        population: row.get(9)?,
        digest: row.get(10)?,
    })
}

/// Writes down a draw with its categories.
pub fn insert(tx: &mut Tx<'_>, sample: &Sample, strata: &[Stratum]) -> Result<()> {
    tx.execute(
        &format!(
            "INSERT INTO coding_samples ({COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"
        ),
        params![
            &sample.id,
            &sample.drawn_by,
            sample.drawn_at,
            &sample.coder,
            sample.from,
            sample.until,
            &sample.category,
            &sample.asked,
            sample.seed,
            sample.population,
            &sample.digest,
        ],
    )?;
    for one in strata {
        tx.execute(
            "INSERT INTO coding_strata (sample_id, category, population, drawn) VALUES ($1, $2, $3, $4)",
            params![&sample.id, &one.category, one.population, one.drawn],
        )?;
    }
    Ok(())
}

/// The last draws, newest first, each with how far it has come.
pub fn latest(tx: &mut Tx<'_>, limit: i64) -> Result<Vec<(Sample, Progress)>> {
    let sql = format!("SELECT {COLUMNS} FROM coding_samples ORDER BY drawn_at DESC, id DESC LIMIT $1");
    let samples: Vec<Sample> = tx.query(&sql, params![limit])?.iter().map(read).collect::<Result<_>>()?;
    samples
        .into_iter()
        .map(|sample| {
            let progress = progress(tx, &sample.id)?;
            Ok((sample, progress))
        })
        .collect()
}

fn progress(tx: &mut Tx<'_>, sample: &str) -> Result<Progress> {
    let rows = tx.query(
        "SELECT COUNT(*), COUNT(done_at), COUNT(returned_at) FROM second_codings WHERE sample_id = $1",
        params![sample],
    )?;
    rows.first().map_or(Ok(Progress::default()), |row| {
        Ok(Progress { drawn: row.get(0)?, done: row.get(1)?, returned: row.get(2)? })
    })
}

/// The categories of a draw, in order.
pub fn strata(tx: &mut Tx<'_>, sample: &str) -> Result<Vec<Stratum>> {
    let sql = "SELECT category, population, drawn FROM coding_strata WHERE sample_id = $1 ORDER BY category";
    tx.query(sql, params![sample])?
        .iter()
        .map(|row| Ok(Stratum { category: row.get(0)?, population: row.get(1)?, drawn: row.get(2)? }))
        .collect()
}

//! Ways that calls walked through their scripts: counted once per call when it is over, read off its turns until then.
//! The counts hold nothing personal and outlive the turns.

use domain::{CallId, Timestamp};

use crate::{Error, Result, Row, Tx, params};

/// A call whose ways are not counted yet, with what its turns tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Uncounted {
    pub call: CallId,
    pub key: Key,
    pub over: bool,
    /// Whether an agent talked with the caller.
    pub served: bool,
    /// What each turn walked, as JSON, in the order of the turns.
    pub walked: Vec<String>,
    /// State and reply of the last turn, as JSON.
    pub last: Option<(String, String)>,
}

/// What counts are kept apart by.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key {
    pub line: String,
    /// Empty where no turn told it.
    pub script_version: String,
    /// `YYYY-MM-DD` in the line's zone.
    pub service_day: String,
}

/// Calls that went one way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EdgeCount {
    /// Empty where calls begin.
    pub from: String,
    pub way: String,
    pub to: String,
    pub calls: u64,
}

/// Calls that came to a node, and how many of them the caller ended there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NodeCount {
    pub node: String,
    pub reached: u64,
    pub hung_up: u64,
}

/// Calls of `line` (empty: of every line) that are not counted yet, by id. With `ended_before`, only those that were over
/// by then; at most `limit`.
pub fn uncounted(
    tx: &mut Tx<'_>,
    line: &str,
    ended_before: Option<Timestamp>,
    limit: i64,
) -> Result<Vec<Uncounted>> {
    let rows = tx.query(
        "WITH open AS (
           SELECT id, line, script_version, service_day, ended_at FROM calls
           WHERE walks_counted_at IS NULL AND ($1 = '' OR line = $1) AND (CAST($2 AS BIGINT) < 0 OR ended_at < $2)
           ORDER BY id LIMIT $3)
         SELECT o.id, o.line, coalesce(o.script_version, ''), o.service_day, o.ended_at IS NOT NULL, \
           EXISTS (SELECT 1 FROM queue_entries q WHERE q.call_id = o.id AND q.answered_at IS NOT NULL), t.walked, \
           CASE WHEN lead(t.step) OVER (PARTITION BY o.id ORDER BY t.branch, t.step) IS NULL THEN t.state END, \
           CASE WHEN lead(t.step) OVER (PARTITION BY o.id ORDER BY t.branch, t.step) IS NULL THEN t.reply END \
         FROM open o LEFT JOIN turns t ON t.call_id = o.id ORDER BY o.id, t.branch, t.step",
        params![line, ended_before.map_or(-1, |at| at.0), limit],
    )?;
    let mut calls: Vec<Uncounted> = Vec::new();
    for row in &rows {
        let call: CallId = row.get(0)?;
        if calls.last().is_none_or(|last| last.call != call) {
            let key = Key { line: row.get(1)?, script_version: row.get(2)?, service_day: row.get(3)? };
            let (over, served) = (row.get(4)?, row.get(5)?);
            calls.push(Uncounted { call, key, over, served, walked: Vec::new(), last: None });
        }
        let Some(call) = calls.last_mut() else { continue };
        call.walked.extend(row.get::<Option<String>>(6)?);
        let last = row.get::<Option<String>>(7)?.zip(row.get::<Option<String>>(8)?);
        call.last = last.or(call.last.take());
    }
    Ok(calls)
}

/// Marks a call as counted; false if it was before.
pub fn mark_counted(tx: &mut Tx<'_>, call: &CallId, at: Timestamp) -> Result<bool> {
    let marked = tx.execute(
        "UPDATE calls SET walks_counted_at = $1 WHERE id = $2 AND walks_counted_at IS NULL",
        params![at, call],
    )?;
    Ok(marked > 0)
}

/// Adds to the count of a way.
pub fn add_edge(tx: &mut Tx<'_>, key: &Key, edge: &EdgeCount) -> Result<()> {
    tx.execute(
        "INSERT INTO walks (line, service_day, script_version, from_node, way, to_node, calls) \
         VALUES ($1, $2, $3, $4, $5, $6, $7) \
         ON CONFLICT (line, service_day, script_version, from_node, way, to_node) \
         DO UPDATE SET calls = walks.calls + excluded.calls",
        params![
            &key.line,
            &key.service_day,
            &key.script_version,
            &edge.from,
            &edge.way,
            &edge.to,
            count(edge.calls)
        ],
    )?;
    Ok(())
}

/// Adds to the counts of a node.
pub fn add_node(tx: &mut Tx<'_>, key: &Key, node: &NodeCount) -> Result<()> {
    tx.execute(
        "INSERT INTO walked_nodes (line, service_day, script_version, node, reached, hung_up) \
         VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (line, service_day, script_version, node) \
         DO UPDATE SET reached = walked_nodes.reached + excluded.reached, \
           hung_up = walked_nodes.hung_up + excluded.hung_up",
        params![
            &key.line,
            &key.service_day,
            &key.script_version,
            &node.node,
            count(node.reached),
            count(node.hung_up)
        ],
    )?;
    Ok(())
}

fn count(calls: u64) -> i64 {
    i64::try_from(calls).unwrap_or(i64::MAX)
}

fn calls(row: &Row, place: usize) -> Result<u64> {
    let calls = row.get::<i64>(place)?;
    u64::try_from(calls).map_err(|_| Error::Broken(format!("{calls} calls walked")))
}

/// Counted calls by way on the service days `from` to `to`, both included, over all versions of the script.
pub fn edges(tx: &mut Tx<'_>, line: &str, from: &str, to: &str) -> Result<Vec<EdgeCount>> {
    tx.query(
        "SELECT from_node, way, to_node, CAST(sum(calls) AS BIGINT) FROM walks \
         WHERE line = $1 AND service_day >= $2 AND service_day <= $3 \
         GROUP BY from_node, way, to_node ORDER BY from_node, way, to_node",
        params![line, from, to],
    )?
    .iter()
    .map(|row| Ok(EdgeCount { from: row.get(0)?, way: row.get(1)?, to: row.get(2)?, calls: calls(row, 3)? }))
    .collect()
}

/// Counted calls by node on the service days `from` to `to`, both included, over all versions of the script.
pub fn nodes(tx: &mut Tx<'_>, line: &str, from: &str, to: &str) -> Result<Vec<NodeCount>> {
    tx.query(
        "SELECT node, CAST(sum(reached) AS BIGINT), CAST(sum(hung_up) AS BIGINT) FROM walked_nodes \
         WHERE line = $1 AND service_day >= $2 AND service_day <= $3 GROUP BY node ORDER BY node",
        params![line, from, to],
    )?
    .iter()
    .map(|row| Ok(NodeCount { node: row.get(0)?, reached: calls(row, 1)?, hung_up: calls(row, 2)? }))
    .collect()
}

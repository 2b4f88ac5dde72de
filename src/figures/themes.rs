//! New themes: what comes in more often than the time before lets expect, so that those who make rules hear of it early.
//!
//! Clock basis: the cohort of points by the day their case was received. The number of a period is held against the mean of
//! the stretches of the same length before it; how unlikely it is, the Poisson distribution says. It needs no model that
//! nobody can check: count, mean and chance stand beside each other.

use std::collections::{BTreeMap, BTreeSet};

use domain::Timestamp;

use crate::Frame;

/// One point of a case, as far as themes need it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ThemeRow {
    pub case_number: String,
    pub ordinal: i64,
    /// Tells callers apart; it is never shown.
    pub caller: String,
    pub institution: Option<String>,
    /// Region of that institution.
    pub region: Option<String>,
    pub category: Option<String>,
    pub received_at: Timestamp,
}

/// How often something came in, and how unlikely that is.
#[derive(Debug, Clone, PartialEq)]
pub struct Theme {
    /// Code of what the points have in common.
    pub key: String,
    /// Points received in the period.
    pub now: u64,
    /// Different callers among them.
    pub callers: u64,
    /// Points received in the stretches before.
    pub before: u64,
    /// Mean of a stretch before; none where there was not even one.
    pub expected: Option<f64>,
    /// Chance of so many or more where nothing has changed, between 0 and 1.
    pub chance: Option<f64>,
    /// Rare enough, and told by enough different callers.
    pub new: bool,
}

/// The columns of figures, in the order they are shown.
pub const COLUMNS: [&str; 5] =
    ["theme-points", "theme-callers", "theme-before", "theme-expected", "theme-chance"];

/// Whether the row was received in the period itself.
pub fn now(row: &ThemeRow, frame: &Frame) -> bool {
    frame.covers(row.received_at)
}

/// Every theme of the period: the new ones first, rarest first, then by number. `since`: when the first case of all came in;
/// a house that is younger than the stretches before has fewer of them, and one without a single stretch has no new themes.
pub fn themes(
    rows: &[ThemeRow],
    since: Option<Timestamp>,
    frame: &Frame,
    key: impl Fn(&ThemeRow) -> String,
) -> Vec<Theme> {
    let stretches = stretches(since, frame);
    let mut groups = BTreeMap::<String, Vec<&ThemeRow>>::new();
    for row in rows {
        groups.entry(key(row)).or_default().push(row);
    }
    let mut found: Vec<Theme> =
        groups.into_iter().map(|(key, rows)| theme(key, &rows, stretches, frame)).collect();
    found.retain(|theme| theme.now > 0);
    let rarity = |theme: &Theme| theme.chance.filter(|_| theme.new).unwrap_or(1.0);
    found.sort_by(|one, other| {
        let rarest = rarity(one).total_cmp(&rarity(other));
        rarest.then(other.now.cmp(&one.now)).then_with(|| one.key.cmp(&other.key))
    });
    found
}

/// How many stretches of the period's length lie before it, up to the most that are asked for.
fn stretches(since: Option<Timestamp>, frame: &Frame) -> Option<f64> {
    let length = frame.until.seconds_since(frame.from).max(1);
    let before = frame.from.seconds_since(since?);
    #[expect(clippy::cast_precision_loss, reason = "seconds of some years stay far below 2^53")]
    let stretches = before as f64 / length as f64;
    (stretches >= 1.0).then(|| stretches.min(f64::from(frame.targets.themes.stretches_before.max(1))))
}

fn theme(key: String, rows: &[&ThemeRow], stretches: Option<f64>, frame: &Frame) -> Theme {
    let rules = &frame.targets.themes;
    let (inside, outside): (Vec<&ThemeRow>, Vec<&ThemeRow>) = rows.iter().partition(|row| now(row, frame));
    let callers = inside.iter().map(|row| row.caller.as_str()).collect::<BTreeSet<_>>().len() as u64;
    #[expect(clippy::cast_precision_loss, reason = "counts of points stay far below 2^53")]
    let before = outside.len() as f64;
    // Half a point more: what never came before is not impossible, only rare.
    let chance = stretches.map(|stretches| at_least(inside.len() as u64, (before + 0.5) / stretches));
    let rare = chance.is_some_and(|chance| chance * 100_000.0 < f64::from(rules.chance_per_100000));
    Theme {
        key,
        now: inside.len() as u64,
        callers,
        before: outside.len() as u64,
        expected: stretches.map(|stretches| before / stretches),
        chance,
        new: rare && callers >= rules.least_callers,
    }
}

/// Chance that a Poisson number of this mean is `count` or more.
pub fn at_least(count: u64, mean: f64) -> f64 {
    if count == 0 {
        return 1.0;
    }
    if mean <= 0.0 {
        return 0.0;
    }
    // The sum from `count` upwards: from below, a small chance would drown in what is subtracted from one.
    let mut log = -mean;
    let mut n = 0.0;
    for _ in 0..count {
        n += 1.0;
        log += mean.ln() - f64::ln(n);
    }
    let (mut term, mut sum) = (log.exp(), 0.0_f64);
    while term > sum * 1e-17 || n < mean {
        sum += term;
        n += 1.0;
        term *= mean / n;
    }
    sum.min(1.0)
}

#[cfg(test)]
#[path = "themes_tests.rs"]
mod tests;

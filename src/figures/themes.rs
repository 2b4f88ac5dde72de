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
    /// Mean of a stretch before, in hundredths.
    pub expected_hundredths: i64,
    /// Chance of so many or more where nothing has changed, between 0 and 1.
    pub chance: f64,
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

/// Every theme of the period: the new ones first, rarest first, then by number.
pub fn themes(rows: &[ThemeRow], frame: &Frame, key: impl Fn(&ThemeRow) -> String) -> Vec<Theme> {
    let mut groups = BTreeMap::<String, Vec<&ThemeRow>>::new();
    for row in rows {
        groups.entry(key(row)).or_default().push(row);
    }
    let mut found: Vec<Theme> = groups.into_iter().map(|(key, rows)| theme(key, &rows, frame)).collect();
    found.retain(|theme| theme.now > 0);
    found.sort_by(|one, other| {
        let by_chance =
            || if one.new { one.chance.total_cmp(&other.chance) } else { std::cmp::Ordering::Equal };
        other
            .new
            .cmp(&one.new)
            .then_with(by_chance)
            .then(other.now.cmp(&one.now))
            .then(one.key.cmp(&other.key))
    });
    found
}

fn theme(key: String, rows: &[&ThemeRow], frame: &Frame) -> Theme {
    let rules = &frame.targets.themes;
    let (inside, outside): (Vec<&ThemeRow>, Vec<&ThemeRow>) = rows.iter().partition(|row| now(row, frame));
    let callers = inside.iter().map(|row| row.caller.as_str()).collect::<BTreeSet<_>>().len() as u64;
    let before = outside.len() as u64;
    let stretches = u64::from(rules.stretches_before.max(1));
    // Half a point more: what never came before is not impossible, only rare.
    #[expect(clippy::cast_precision_loss, reason = "counts of points stay far below 2^53")]
    let mean = (before as f64 + 0.5) / stretches as f64;
    let chance = at_least(inside.len() as u64, mean);
    Theme {
        key,
        now: inside.len() as u64,
        callers,
        before,
        expected_hundredths: i64::try_from((before * 200 + stretches) / (2 * stretches)).unwrap_or(i64::MAX),
        chance,
        new: callers >= rules.least_callers && chance * 100_000.0 < f64::from(rules.chance_per_100000),
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

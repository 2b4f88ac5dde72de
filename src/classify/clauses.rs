//! Clauses, and what a concession does to them: "the doctor was fine, it is the bill" complains of the bill.

use std::ops::Range;

use crate::rules::Pattern;

/// A part of a text and how much its words count.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Clause {
    pub(crate) range: Range<usize>,
    pub(crate) factor: f64,
}

/// A clause that is conceded or denied counts nothing.
const CONCEDED: f64 = 0.0;
/// A clause that says what is wanted counts more than what is told.
const WANTED: f64 = 1.7;

/// Cuts `text` at `end` and weighs the parts.
pub(crate) fn cut(text: &str, end: &Pattern, conceded: &[Pattern], wanted: &[Pattern]) -> Vec<Clause> {
    let mut clauses = Vec::new();
    let mut start = 0;
    let found = end.regex().into_iter().flat_map(|end| end.find_iter(text));
    let cuts = found.map(|cut| (cut.start(), cut.end())).chain([(text.len(), text.len())]);
    for (stop, next) in cuts {
        if stop > start {
            let words = &text[start..next];
            let factor = if any(conceded, words) {
                CONCEDED
            } else if any(wanted, words) {
                WANTED
            } else {
                1.0
            };
            clauses.push(Clause { range: start..next, factor });
        }
        start = next;
    }
    clauses
}

/// How much a match counts: by the weightiest clause it touches.
pub(crate) fn factor(clauses: &[Clause], hit: &Range<usize>) -> f64 {
    let touched =
        clauses.iter().filter(|clause| clause.range.start < hit.end && hit.start < clause.range.end);
    touched
        .map(|clause| clause.factor)
        .fold(None, |most: Option<f64>, one| Some(most.map_or(one, |most| most.max(one))))
        .unwrap_or(1.0)
}

fn any(patterns: &[Pattern], words: &str) -> bool {
    patterns.iter().any(|pattern| pattern.regex().is_some_and(|regex| regex.is_match(words)))
}

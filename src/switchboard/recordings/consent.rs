//! What a caller says to being recorded: by a key in the menu, or to an agent who writes it down.

use domain::{CallId, ConsentId, PersonId, Timestamp};
use store::Tx;
pub use store::consents::Consent;

use super::policy::{PURPOSES, Rule};
use crate::{House, Result, fresh_id};

/// Note in which a menu tells what the caller answered: `documentation`, `training`, both joined by `+`, `told` or
/// `none`.
pub(crate) const NOTE: &str = "recording_consent";

/// The rule of a line's profile.
pub(crate) fn rule_of<'h>(house: &'h House, line: &str) -> Option<&'h Rule> {
    house.recording_rules.rule(&house.lines.get(line)?.profile)
}

/// The answer that a note of the menu stands for, kept purpose by purpose.
pub(crate) fn by_key(
    tx: &mut Tx<'_>,
    house: &House,
    (call, line): (&CallId, &str),
    value: &str,
    now: Timestamp,
) -> Result<()> {
    let Some(rule) = rule_of(house, line) else { return Ok(()) };
    let agreed: Vec<&str> = value.split('+').map(str::trim).collect();
    for purpose in &rule.purposes {
        let answer = match agreed.as_slice() {
            ["told"] => "told",
            _ if agreed.contains(&purpose.as_str()) => "given",
            _ => "refused",
        };
        add(tx, rule, call, purpose, (answer, "key"), None, now)?;
    }
    let known = |word: &&str| PURPOSES.contains(word) || ["told", "none"].contains(word);
    if let Some(word) = agreed.iter().find(|word| !known(word)) {
        tracing::warn!(line, word, "a menu notes a consent to something that nothing is recorded for");
    }
    Ok(())
}

/// Adds an answer.
pub(crate) fn add(
    tx: &mut Tx<'_>,
    rule: &Rule,
    call: &CallId,
    purpose: &str,
    (answer, how): (&str, &str),
    recorded_by: Option<&PersonId>,
    now: Timestamp,
) -> Result<()> {
    let consent = Consent {
        id: ConsentId::new(fresh_id()),
        call: call.clone(),
        purpose: purpose.to_owned(),
        answer: answer.to_owned(),
        text_version: rule.text_version.clone(),
        how: how.to_owned(),
        at: now,
        recorded_by: recorded_by.cloned(),
    };
    Ok(store::consents::add(tx, &consent)?)
}

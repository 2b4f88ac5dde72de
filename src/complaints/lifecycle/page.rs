//! The table as a page of the documentation.

use std::fmt::Write;

use super::table::OPEN;
use super::{Grant, Rule, TABLE, To};
use crate::words::CaseStatus;

/// How to write the page anew.
pub(super) const COMMAND: &str = "HOTLINE_WRITE_DOCS=1 cargo test -p complaints lifecycle_page";

const HEAD: &str = "# The lifecycle of a case

The rules that decide what may be done with a case stand in one table, `src/complaints/lifecycle/table.rs`. This page
is written from it and held against it by a test; to write it anew:

```
";

const EXPLAINED: &str = "```

A case is *extended* when its clock runs longer than its law first said; it goes on in the status it had. It is *in
follow-up* between `fed_back` and `solved` or `closed`, while the callback is promised. Both show on the screen beside
the status. `before` is the status that the case had when it was suspended, given to the dialogue, not accepted or
merged.

The *lead* is a handler of the department that the case was dispatched to, a *co-handler* one of a department that
helps. The house itself acts with a supervisor's rights where something follows from the clock. Whoever received a case
answers for it until a department has signed for it: there is no open case without an owner.

An action that is not in its row for this status and this person is refused with a sentence, and so is one that lacks
what it needs.

";

/// `docs/lifecycle.md`.
pub fn page() -> String {
    let mut page =
        format!("{HEAD}{COMMAND}\n{EXPLAINED}## Statuses and ways\n\n```mermaid\n{}```\n\n", diagram());
    page.push_str(
        "From every open status a case can be withdrawn; that one is drawn once, from `open`. Actions that leave the \
         status as it is are not drawn.\n\n## Actions\n\n",
    );
    page.push_str("| action | who | from | to | needs |\n| --- | --- | --- | --- | --- |\n");
    for rule in TABLE {
        page.push_str(&line(rule));
    }
    page
}

fn line(rule: &Rule) -> String {
    let needs: Vec<&str> = rule.needs.iter().map(|need| need.as_str()).collect();
    let needs = needs.join(", ").replace('_', " ");
    let mut lines = String::new();
    for grant in rule.grants {
        let who: Vec<&str> = grant.who.iter().map(|who| who.as_str()).collect();
        let to: Vec<String> = grant.to.iter().map(|to| target(*to)).collect();
        // Writing to a string cannot fail.
        let _ = writeln!(
            lines,
            "| `{}` | {} | {} | {} | {needs} |",
            rule.action,
            who.join(", ").replace('_', "-"),
            statuses(grant.from),
            to.join(", "),
        );
    }
    lines
}

fn statuses(from: &[CaseStatus]) -> String {
    if from.len() == CaseStatus::ALL.len() {
        return "any status".to_owned();
    }
    if from == OPEN {
        return "any open status".to_owned();
    }
    let names: Vec<String> = from.iter().map(|status| format!("`{status}`")).collect();
    names.join(" ")
}

fn target(to: To) -> String {
    match to {
        To::Same => "–".to_owned(),
        To::At(status) => format!("`{status}`"),
        To::Before => "`before`".to_owned(),
    }
}

/// The ways between the statuses, for Mermaid. Actions between the same two statuses share an arrow.
fn diagram() -> String {
    let mut text =
        "stateDiagram-v2\n    [*] --> received\n    [*] --> recorded\n    [*] --> classified\n".to_owned();
    let mut ways: Vec<(String, String, Vec<&str>)> = Vec::new();
    for (rule, grant) in TABLE.iter().flat_map(|rule| rule.grants.iter().map(move |grant| (rule, grant))) {
        for to in grant.to {
            let goal = match to {
                To::Same => continue,
                To::At(status) => status.to_string(),
                To::Before => "before".to_owned(),
            };
            for from in origins(grant) {
                match ways.iter_mut().find(|(a, b, _)| *a == from && *b == goal) {
                    Some((_, _, actions)) if !actions.contains(&rule.action.as_str()) => {
                        actions.push(rule.action.as_str());
                    }
                    Some(_) => {}
                    None => ways.push((from, goal.clone(), vec![rule.action.as_str()])),
                }
            }
        }
    }
    for (from, to, actions) in ways {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "    {from} --> {to}: {}", actions.join(", "));
    }
    text.push_str("    archived --> [*]\n");
    text
}

fn origins(grant: &Grant) -> Vec<String> {
    if grant.from == OPEN {
        return vec!["open".to_owned()];
    }
    grant.from.iter().map(CaseStatus::to_string).collect()
}

//! Cases of the table: it is complete, and the documentation says the same.

use std::path::Path;

use super::*;

#[test]
fn every_action_has_one_row_with_somebody_who_may() {
    for action in ActionKind::ALL {
        let rows = TABLE.iter().filter(|rule| rule.action == *action).count();
        assert_eq!(rows, 1, "{action}");
    }
    for rule in TABLE {
        assert!(!rule.grants.is_empty(), "{}", rule.action);
        for grant in rule.grants {
            assert!(
                !grant.who.is_empty() && !grant.from.is_empty() && !grant.to.is_empty(),
                "{}",
                rule.action
            );
        }
    }
}

#[test]
fn open_is_what_is_not_closed() {
    for status in CaseStatus::ALL {
        assert_eq!(table::OPEN.contains(status), !status.is_closed(), "{status}");
    }
}

#[test]
fn every_status_is_reached_and_left() {
    let grants = || TABLE.iter().flat_map(|rule| rule.grants);
    let leads_to = |status: &CaseStatus| grants().any(|grant| grant.to.contains(&To::At(*status)));
    let left = |status: &CaseStatus| {
        grants().any(|grant| {
            let elsewhere = |to: &To| !matches!(to, To::Same) && *to != To::At(*status);
            grant.from.contains(status) && grant.to.iter().any(elsewhere)
        })
    };
    let opened = [CaseStatus::Received, CaseStatus::Recorded];
    for status in CaseStatus::ALL {
        assert!(leads_to(status) || opened.contains(status), "nothing leads to {status}");
        assert!(left(status) || *status == CaseStatus::Archived, "nothing leads out of {status}");
    }
}

/// The committed page is the one the table makes. With HOTLINE_WRITE_DOCS set it is written instead.
#[test]
fn lifecycle_page_says_what_the_table_says() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/lifecycle.md");
    let made = page();
    if std::env::var_os("HOTLINE_WRITE_DOCS").is_some() {
        std::fs::write(&path, &made).unwrap();
    }
    let committed = std::fs::read_to_string(&path).unwrap();
    assert!(committed == made, "docs/lifecycle.md is old; write it anew with: {}", page::COMMAND);
}

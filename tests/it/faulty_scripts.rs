//! The checker, shown by one faulty script per diagnostic, and by the shipped lines, which have none.

use std::collections::BTreeSet;
use std::process::Command;

use callflow::check::CODES;

use crate::tidy;

const FAULTY: &str = "tests/faulty-scripts";

/// Codes that no folder can show: there is no line without a script, and what a provider cannot do stands beside the
/// checker (`src/callflow/rehearsal/unable.rs`).
const WITHOUT_A_FOLDER: [&str; 2] = ["no-script", "provider-cannot"];

/// What `hotline script check` printed, and its exit code.
fn check(arguments: &[&str]) -> (String, Option<i32>) {
    let output = Command::new(env!("CARGO_BIN_EXE_hotline"))
        .args(["script", "check"])
        .args(arguments)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("the program starts");
    (String::from_utf8(output.stdout).expect("text"), output.status.code())
}

#[test]
fn each_folder_shows_the_diagnostic_it_is_named_after_and_no_other() {
    let (printed, code) = check(&[FAULTY]);
    assert_eq!(code, Some(1));
    let folders = tidy::folders(FAULTY);
    for folder in &folders {
        let mine = format!("{FAULTY}/{folder}/");
        let found: Vec<&str> = printed.lines().filter(|line| line.starts_with(&mine)).collect();
        assert!(!found.is_empty(), "{folder} is not found in:\n{printed}");
        for line in found {
            assert!(line.contains(&format!(": {folder}: ")), "{folder} finds something else: {line}");
            assert!(line.contains(" — "), "{folder} has no remedy: {line}");
        }
    }
    let shown: BTreeSet<&str> = folders.iter().map(String::as_str).chain(WITHOUT_A_FOLDER).collect();
    assert_eq!(shown, BTreeSet::from(CODES), "one faulty script for each code");
    println!("{} diagnostics shown: {}", folders.len(), folders.into_iter().collect::<Vec<_>>().join(", "));
}

#[test]
fn what_the_checker_prints_is_golden() {
    let golden = include_str!("../faulty-scripts/printed.txt");
    assert_eq!(check(&[FAULTY]).0, golden, "compare with tests/faulty-scripts/printed.txt");
}

#[test]
fn the_shipped_lines_are_clean_with_every_provider() {
    for profile in dialect::NAMES.iter().flat_map(|(_, profiles)| profiles.iter()) {
        let (printed, code) = check(&["ivr-scripts", "--provider-profile", profile]);
        assert_eq!(code, Some(0), "{profile}: {printed}");
        assert!(printed.lines().all(|line| line.contains(": clean: ")), "{profile}: {printed}");
    }
}

#[test]
fn a_finding_is_explained_by_its_code() {
    let (printed, code) = check(&["--explain", "unknown-target"]);
    assert_eq!(code, Some(0));
    assert!(printed.contains("**Why:**") && printed.contains("**Fix:**"), "{printed}");
    assert_eq!(check(&["--explain", "nonsense"]).1, Some(2));
}

//! The checker, shown by one faulty script per diagnostic, and by the shipped lines, which have none.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

const FAULTY: &str = "tests/faulty-scripts";

/// What `hotline script check` printed, and its exit code.
fn check(path: &str) -> (String, Option<i32>) {
    let output = Command::new(env!("CARGO_BIN_EXE_hotline"))
        .args(["script", "check", path])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("the program starts");
    (String::from_utf8(output.stdout).expect("text"), output.status.code())
}

#[test]
fn each_folder_shows_the_diagnostic_it_is_named_after() {
    let (printed, code) = check(FAULTY);
    assert_eq!(code, Some(1));
    let folders = Path::new(env!("CARGO_MANIFEST_DIR")).join(FAULTY);
    let mut shown = BTreeSet::new();
    for entry in std::fs::read_dir(folders).expect("the folder is there") {
        let entry = entry.expect("an entry");
        if !entry.path().is_dir() {
            continue;
        }
        let name = entry.file_name().into_string().expect("a name");
        let found = |line: &&str| {
            line.starts_with(&format!("{FAULTY}/{name}/")) && line.contains(&format!(": {name}: "))
        };
        let line =
            printed.lines().find(found).unwrap_or_else(|| panic!("{name} is not found in:\n{printed}"));
        assert!(line.contains(" — "), "{name} has no remedy: {line}");
        shown.insert(name);
    }
    println!("{} diagnostics shown: {}", shown.len(), shown.into_iter().collect::<Vec<_>>().join(", "));
}

#[test]
fn what_the_checker_prints_is_golden() {
    let golden = include_str!("../faulty-scripts/printed.txt");
    assert_eq!(check(FAULTY).0, golden, "compare with tests/faulty-scripts/printed.txt");
}

#[test]
fn the_shipped_lines_are_clean() {
    let (printed, code) = check("ivr-scripts");
    assert_eq!(code, Some(0), "{printed}");
    assert!(printed.lines().all(|line| line.contains(": clean: ")), "{printed}");
}

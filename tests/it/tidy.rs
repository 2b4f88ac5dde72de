//! Rules of order that a reviewer should not have to check by eye.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Most lines of a file, tests included.
const MOST_LINES: usize = 500;
/// What is written by hand and read by people, by ending.
const WRITTEN: [&str; 7] = ["rs", "html", "css", "js", "mjs", "sql", "sh"];

/// The repository.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A file of the repository, by its path.
pub(crate) fn text(path: &str) -> String {
    let path = root().join(path);
    std::fs::read_to_string(&path).unwrap_or_else(|fault| panic!("{}: {fault}", path.display()))
}

/// Every file below a folder that ends in one of the endings, as paths from the root, sorted.
pub(crate) fn files(folder: &str, endings: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    let mut open = vec![root().join(folder)];
    while let Some(folder) = open.pop() {
        let Ok(entries) = std::fs::read_dir(&folder) else { continue };
        for entry in entries {
            let path: PathBuf = entry.unwrap().path();
            if path.is_dir() {
                let name = path.file_name().unwrap().to_string_lossy().into_owned();
                if !["target", "node_modules", "results", "data"].contains(&name.as_str()) {
                    open.push(path);
                }
            } else if path.extension().is_some_and(|ending| endings.iter().any(|wanted| ending == *wanted)) {
                found.push(path.strip_prefix(root()).unwrap().to_string_lossy().into_owned());
            }
        }
    }
    found.sort();
    found
}

/// Folders directly below a folder.
pub(crate) fn folders(folder: &str) -> BTreeSet<String> {
    let entries = std::fs::read_dir(root().join(folder)).unwrap();
    let entries = entries.map(Result::unwrap).filter(|entry| entry.path().is_dir());
    entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect()
}

fn written() -> Vec<String> {
    let mut all = files("src", &WRITTEN);
    all.extend(files("tests", &WRITTEN));
    all.extend(files("db", &WRITTEN));
    all.extend(["scripts/test".to_owned()]);
    all
}

fn none(wrong: &[String], rule: &str) {
    assert!(wrong.is_empty(), "{rule}\n{}", wrong.join("\n"));
}

#[test]
fn no_file_is_longer_than_a_person_reads_in_one_go() {
    let lengths: Vec<(usize, String)> =
        written().into_iter().map(|path| (text(&path).lines().count(), path)).collect();
    let long = lengths.iter().filter(|(lines, _)| *lines > MOST_LINES);
    let long: Vec<String> = long.map(|(lines, path)| format!("{path}: {lines} lines")).collect();
    none(&long, "split by meaning what is longer than 500 lines:");
}

#[test]
fn half_of_the_rust_files_are_short() {
    let mut lengths: Vec<usize> =
        files("src", &["rs"]).iter().map(|path| text(path).lines().count()).collect();
    lengths.sort_unstable();
    let median = lengths[lengths.len() / 2];
    assert!(median <= 140, "the median file has {median} lines; files want one purpose each");
}

#[test]
fn every_module_says_what_it_is() {
    let mut all = files("src", &["rs"]);
    all.extend(files("tests", &["rs"]));
    let silent: Vec<String> = all.into_iter().filter(|path| !text(path).starts_with("//!")).collect();
    none(&silent, "begin each file with a //! sentence that says what it is:");
}

#[test]
fn nothing_is_left_for_later_in_a_comment() {
    let marks = [["TO", "DO"], ["FIX", "ME"], ["XX", "X:"], ["HA", "CK:"]].map(|parts| parts.concat());
    let mut wrong = Vec::new();
    for path in written() {
        for (at, line) in text(&path).lines().enumerate() {
            if marks.iter().any(|mark| line.contains(mark.as_str())) {
                wrong.push(format!("{path}:{}: {}", at + 1, line.trim()));
            }
        }
    }
    none(&wrong, "do it, or write an issue:");
}

#[test]
fn no_test_sleeps_or_is_ignored() {
    let ignored = ["#[", "ignore"].concat();
    let tests = |path: &String| path.starts_with("tests/") || path.ends_with("tests.rs");
    let rust: Vec<String> = files("src", &["rs"]).into_iter().chain(files("tests", &["rs"])).collect();
    let mut wrong: Vec<String> = rust.iter().filter(|path| text(path).contains(&ignored)).cloned().collect();
    let sleeps = ["thread::", "time::"].map(|from| [from, "sleep"].concat());
    // In the one the moment of death is what is tested, in the other another process is asked again until it is
    // well; nothing is asserted because time has passed.
    let may = |path: &String| ["tests/it/kill.rs", "tests/outage/main.rs"].contains(&path.as_str());
    let asleep = |path: &String| sleeps.iter().any(|word| text(path).contains(word));
    wrong.extend(rust.iter().filter(|path| tests(path) && !may(path) && asleep(path)).cloned());
    none(&wrong, "a test that is skipped or waits for luck proves nothing:");
}

#[test]
fn the_map_shows_the_rooms_that_exist() {
    let map = text("ARCHITECTURE.md");
    let shown: BTreeSet<String> = map
        .lines()
        .filter_map(|line| line.strip_prefix("### `src/"))
        .filter_map(|line| line.split('`').next())
        .map(str::to_owned)
        .collect();
    assert_eq!(
        shown,
        folders("src"),
        "ARCHITECTURE.md has a heading ### `src/room` for every folder of src/"
    );
}

#[test]
fn files_named_in_the_documents_exist() {
    let mut wrong = Vec::new();
    let documents = ["ARCHITECTURE.md", "README.md", "CONTRIBUTING.md"].map(str::to_owned);
    for document in documents.into_iter().chain(files("docs", &["md"])) {
        for (at, line) in text(&document).lines().enumerate() {
            // Odd pieces stand between backticks.
            for quoted in line.split('`').skip(1).step_by(2) {
                let path = quoted.split(['#', ' ']).next().unwrap_or_default();
                let starts = ["src/", "tests/", "config/", "docs/", "db/", "scripts/", "ivr-scripts/"];
                let named = starts.iter().any(|start| path.starts_with(start));
                let pattern = path.contains(['*', '<', '…', '{']);
                if named && !pattern && !root().join(path).exists() {
                    wrong.push(format!("{document}:{}: {path}", at + 1));
                }
            }
        }
    }
    none(&wrong, "the documents name files that do not exist:");
}

#[test]
fn the_script_language_is_documented_node_by_node() {
    let readme = text("ivr-scripts/README.md");
    let documented: BTreeSet<String> = readme
        .lines()
        .filter_map(|line| line.strip_prefix("### "))
        .filter_map(|line| line.split_once(": ").map(|(kind, _)| kind.to_owned()))
        .collect();
    let known: BTreeSet<String> = files("src/callflow/nodes", &["rs"])
        .iter()
        .filter_map(|path| Path::new(path).file_stem().map(|name| name.to_string_lossy().into_owned()))
        .filter(|name| name != "mod" && !name.ends_with("tests"))
        .collect();
    assert_eq!(
        documented, known,
        "ivr-scripts/README.md has a heading `### kind: …` per file of src/callflow/nodes"
    );
}

//! Each diagnostic, by one change to a clean script.

use super::full_sources;
use crate::{check, load};

const TOML: usize = 0;
const ENGLISH: usize = 1;

/// Codes and lines found after `from` became `to` in the file.
fn found(file: usize, from: &str, to: &str) -> Vec<(&'static str, u32)> {
    let mut sources = full_sources();
    assert!(sources.files[file].text.contains(from), "{from}");
    sources.files[file].text = sources.files[file].text.replacen(from, to, 1);
    check(&sources).1.iter().map(|diagnostic| (diagnostic.code, diagnostic.line)).collect()
}

#[test]
fn every_code_is_found_where_the_fault_is() {
    let cases = [
        (TOML, "line = \"full\"", "line = full", "toml-syntax", 2),
        (TOML, "prompt = \"welcome\"", "prompt = \"welcome\"\nprompt = \"goodbye\"", "duplicate-key", 20),
        (TOML, "queue = \"general\"\n", "", "missing-key", 111),
        (TOML, "every = 2", "evry = 2", "unknown-key", 117),
        (TOML, "every = 2", "every = \"2\"", "wrong-value", 117),
        (TOML, "every = 2", "every = 99", "wrong-value", 117),
        (TOML, "min = 4", "min = 1", "wrong-value", 52),
        (TOML, "kind = \"say\"", "kind = \"sey\"", "unknown-kind", 18),
        (TOML, "{ open = \"main\", closed", "{ open = \"main\", shut", "unknown-case", 26),
        (TOML, "closed = \"voicemail\"", "", "dead-end", 23),
        (TOML, "next = \"hours\"\n", "", "dead-end", 17),
        (TOML, "purpose = \"message\"", "purpose = \"message\"\ntimeout = 3", "unknown-key", 136),
        (TOML, "invalid = \"goodbye\"", "invalid = \"goodbye\"\ntimeout = 5", "short-timeout", 33),
        (TOML, "5 = \"survey\"", "5 = \"servey\"", "unknown-target", 38),
        (TOML, "8 = \"sorted\"\n", "", "unreachable-node", 42),
        (TOML, "next = \"hours\"", "next = \"welcome\"", "loop-without-input", 17),
        (TOML, "no_input = \"agent\"", "no_input = \"main\"", "silent-loop", 28),
        (TOML, "person = \"agent\"", "person = \"goodbye\"", "no-way-to-a-person", 5),
        (TOML, "8 = \"sorted\"", "8 = \"sorted\"\n0 = \"collect\"", "no-way-to-a-person", 42),
        (TOML, "node = \"emergency\"", "node = \"survey\"", "emergency-delayed", 85),
        (
            TOML,
            "emergency = true\nnext = \"goodbye\"",
            "emergency = true\nnext = \"survey\"",
            "emergency-survey",
            108,
        ),
        (TOML, "repeat_key = \"*\"", "repeat_key = \"9\"", "duplicate-binding", 15),
        (TOML, "8 = \"sorted\"", "8 = \"sorted\"\n9 = \"agent\"", "duplicate-binding", 42),
        (TOML, "prompt = \"noted\"", "prompt = \"notid\"", "missing-prompt", 62),
        (TOML, "2 = \"da\"", "2 = \"sv\"", "unknown-language", 80),
        (ENGLISH, "hold-on = Please hold.\n", "", "missing-prompt", 116),
        (ENGLISH, "goodbye = Goodbye.", "goodbye = Goodbye.\nextra = Extra.", "unused-prompt", 34),
        (ENGLISH, "goodbye = Goodbye.", "goodbye = Call 112.", "unspaced-digits", 33),
        (ENGLISH, "goodbye = Goodbye.", "goodbye = Goodbye { $name }.", "unknown-variable", 33),
        (ENGLISH, "press 2 if not.", "press 3 if not.", "unbound-key", 8),
        (ENGLISH, "goodbye = Goodbye.", "goodbye Goodbye.", "fluent-syntax", 33),
    ];
    let missed = cases.into_iter().filter_map(|(file, from, to, code, line)| {
        let found = found(file, from, to);
        (!found.contains(&(code, line))).then(|| format!("{code} at {line} for {to:?}: found {found:?}"))
    });
    assert_eq!(missed.collect::<Vec<_>>(), [""; 0]);
}

#[test]
fn a_clean_script_has_no_finding_and_a_faulty_one_does_not_load() {
    assert_eq!(check(&full_sources()).1, []);
    let mut sources = full_sources();
    sources.files.remove(TOML);
    assert_eq!(load(&sources).unwrap_err()[0].code, "no-script");
    let mut sources = full_sources();
    sources.files.remove(ENGLISH);
    assert!(load(&sources).unwrap_err().iter().any(|found| found.code == "missing-prompt"));
}

#[test]
fn a_finding_says_what_where_and_what_to_do() {
    let mut sources = full_sources();
    sources.files[TOML].text = sources.files[TOML].text.replace("5 = \"survey\"", "5 = \"servey\"");
    let said: Vec<String> = check(&sources).1.iter().map(ToString::to_string).collect();
    let wanted = "full/script.toml:38: unknown-target: no node is called \"servey\" — did you mean \"survey\"? otherwise add [node.servey]";
    assert_eq!(said, [wanted]);
}

#[test]
fn the_documented_kinds_are_the_parsers() {
    let readme = include_str!("../../../ivr-scripts/README.md");
    let mut documented: Vec<&str> =
        readme.lines().filter_map(|line| Some(line.strip_prefix("### ")?.split_once(':')?.0)).collect();
    let mut known = crate::nodes::Action::KINDS.to_vec();
    documented.sort_unstable();
    known.sort_unstable();
    assert_eq!(documented, known);
}

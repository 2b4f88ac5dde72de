//! Cases of the axes: what ships, and what is refused.

use super::*;

fn shipped() -> Axes {
    Axes::parse(include_str!("../../../config/axes.toml"), "axes.toml").unwrap()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

#[test]
fn the_shipped_axes_are_those_of_the_guide() {
    let axes = shipped();
    let codes: Vec<&str> = axes.all().iter().map(|axis| axis.code.as_str()).collect();
    assert_eq!(codes, ["subject", "hcat", "severity", "stage", "harm_told", "harm_assessed"]);
    let values = |axis: &str| {
        let system = axes.system_on(&axes.axis(axis).unwrap().system, day("2026-02-13")).unwrap();
        system.values.iter().map(|value| value.code.clone()).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(
        values("hcat"),
        "quality safety environment institutional-processes listening communication respect-and-rights"
    );
    // Four levels, often quoted as if they began at one.
    assert_eq!(values("severity"), "0 1 2 3");
    assert_eq!(values("harm_told"), "0 1 2 3 4 5");
    assert_eq!(values("harm_told"), values("harm_assessed"));
    let departments: Vec<&str> =
        axes.all().iter().filter(|axis| axis.by_department).map(|axis| axis.code.as_str()).collect();
    assert_eq!(departments, ["harm_assessed"]);
}

#[test]
fn everything_is_named_in_three_languages_and_says_whose_it_is() {
    let axes = shipped();
    let complete = |names: &Names| ["zh-CN", "en", "da"].iter().all(|tag| names.contains_key(*tag));
    for axis in axes.all() {
        assert!(complete(&axis.names) && complete(&axis.hint), "{}", axis.code);
    }
    for system in &axes.systems {
        assert!(complete(&system.names) && complete(&system.attribution), "{}", system.code);
        assert!(!system.source.is_empty(), "{}", system.code);
        for value in &system.values {
            assert!(complete(&value.names), "{} {}", system.code, value.code);
            assert!(value.group.as_ref().is_none_or(complete), "{} {}", system.code, value.code);
        }
    }
    assert!(axes.second_coding().days > 0 && axes.second_coding().most > 0);
}

const HEAD: &str = "[second_coding]\ndays = 90\nmost = 200\n";

fn system(version: &str, from: &str, to: &str) -> String {
    let to = if to.is_empty() { String::new() } else { format!("valid_to = \"{to}\"\n") };
    format!(
        "[[system]]\ncode = \"s\"\nversion = \"{version}\"\nnames = {{ en = \"S\" }}\nvalid_from = \"{from}\"\n{to}\
         source = \"here\"\nattribution = {{ en = \"ours\" }}\nvalues = [ {{ code = \"v{version}\", names = {{ en = \"V\" }} }} ]\n"
    )
}

const AXIS: &str = "[[axis]]\ncode = \"a\"\nsystem = \"s\"\nscale = \"nominal\"\nnames = { en = \"A\" }\nhint = { en = \"?\" }\n";

#[test]
fn a_coding_takes_the_version_of_its_day() {
    let text =
        format!("{HEAD}{}{}{AXIS}", system("1", "2025-01-01", "2025-12-31"), system("2", "2026-01-01", ""));
    let axes = Axes::parse(&text, "axes.toml").unwrap();
    let version = |code: &str, on: &str| axes.code("a", code, day(on)).map(|code| code.version);
    assert_eq!(version("v1", "2025-12-31").as_deref(), Some("1"));
    assert_eq!(version("v2", "2026-01-01").as_deref(), Some("2"));
    assert_eq!(version("v1", "2026-01-01"), None, "an old code is not given any more");
    assert_eq!(version("v1", "2024-12-31"), None, "nor before its day");
    assert_eq!(axes.code("b", "v2", day("2026-01-01")), None);
    assert!(axes.value("s", "v1").is_some(), "and still has its name");
}

#[test]
fn what_is_wrong_is_named_with_file_and_entry() {
    let first = system("1", "2026-01-01", "");
    let table = [
        (format!("{HEAD}{first}{}", system("2", "2027-01-01", "")), "system s 2 overlaps"),
        (format!("{HEAD}{}{AXIS}", system("1", "2026-01-02", "2026-01-01")), "ends before it begins"),
        (format!("{HEAD}{first}{AXIS}{AXIS}"), "axis a stands twice"),
        (format!("{HEAD}{AXIS}"), "system s, which is not there"),
        (format!("{HEAD}{first}{}", AXIS.replace("\"a\"", "\"category\"")), "axis category"),
    ];
    for (text, what) in table {
        let fault = Axes::parse(&text, "axes.toml").unwrap_err();
        assert!(fault.what.contains(what) && fault.line > 2, "{fault}");
        assert!(fault.to_string().starts_with("axes.toml:"), "{fault}");
    }
}

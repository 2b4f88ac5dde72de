//! Tests of the whole room on two small scripts: `full` has every kind of node, `plain` as little as a line
//! can have.

mod any_call;
mod any_script;
mod faults;
mod kinds;
mod ladder;
mod last_resort;
mod scribe;
mod sounds;
mod unable;
mod ways;
mod wishes;

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::{Caller, PhoneNumber, Timestamp};

use crate::transcript;
use crate::{Facts, Script, SourceFile, Sources};

/// The script with every kind of node.
fn full_sources() -> Sources {
    let files = vec![
        SourceFile::new("full/script.toml", include_str!("full.toml")),
        SourceFile::new("full/prompts/en.ftl", include_str!("full.en.ftl")),
        SourceFile::new("full/prompts/da.ftl", include_str!("full.da.ftl")),
    ];
    Sources { files, audio: Vec::new() }
}

pub(crate) fn full() -> Script {
    crate::load(&full_sources()).unwrap()
}

pub(crate) fn plain() -> Script {
    let files = vec![
        SourceFile::new("plain/script.toml", include_str!("plain.toml")),
        SourceFile::new("plain/prompts/da.ftl", include_str!("plain.da.ftl")),
    ];
    crate::load(&Sources { files, audio: Vec::new() }).unwrap()
}

fn facts(open: bool) -> Facts {
    let number = |name: &str, number: &str| (name.to_owned(), PhoneNumber::parse(number).unwrap());
    let numbers = BTreeMap::from([
        number("office:north", "97648010"),
        number("config:office", "8001"),
        number("fallback", "12345"),
    ]);
    let (now, local) = (Timestamp(0), Timestamp(0).utc().naive_utc());
    Facts { now, local, next_open: None, open, records: true, remembered: None, numbers: Arc::new(numbers) }
}

fn caller() -> Caller {
    Caller::parse("+4570102030")
}

/// Plays a golden call on `full` and holds it against what is written; the header may be left out.
fn golden(call: &str) {
    golden_on(&full(), call);
}

fn golden_on(script: &Script, call: &str) {
    let scenario = transcript::read(call).unwrap();
    let said = transcript::play(script, &scenario).unwrap();
    let differences = transcript::compare(&scenario, &said);
    assert!(differences.is_empty(), "{differences:#?}\n{}", transcript::rewrite(&scenario, &said));
}

//! No document is longer than providers take: whatever happens in a call of the shipped lines, and with the longest script
//! that the checker lets pass.

use std::collections::BTreeMap;
use std::sync::Arc;

use callflow::{Answer, DialOutcome, Event, Facts, Place, Recording, Script, SourceFile, Sources, Turn};
use dialect::{Dialect, Links};
use domain::{Caller, PhoneNumber, Timestamp};

use crate::tidy;

/// What every provider takes, in bytes.
const MOST_BYTES: usize = 64 * 1024;
/// An address with a long sealed state.
const LONG_ADDRESS: usize = 3_000;
const CALLS: u64 = 300;
const EVENTS: u32 = 25;

fn dialects() -> Vec<(&'static str, &'static dyn Dialect)> {
    let names =
        dialect::NAMES.iter().flat_map(|(dialect, all)| all.iter().map(move |profile| (dialect, profile)));
    names.map(|(dialect, profile)| (*profile, dialect::by_name(dialect, profile).unwrap())).collect()
}

/// The longest document of the turn in any dialect.
fn longest(turn: &Turn, dialects: &[(&'static str, &'static dyn Dialect)]) -> (usize, &'static str) {
    let address = format!("https://hotline.example/voice/{}", "s".repeat(LONG_ADDRESS));
    let links = Links {
        action: &address,
        way_out: &address,
        recording_status: Some("https://hotline.example/voice/recording"),
        dial_status: Some("https://hotline.example/voice/dial"),
        machine_status: None,
        audio: Some("https://hotline.example/voice/provider/line"),
        caller_id: Some("+861012320"),
        again: None,
        part: 0,
    };
    let rendered = dialects.iter().map(|(name, dialect)| (dialect.render(&turn.verbs, &links).len(), *name));
    rendered.max().unwrap()
}

fn facts(open: bool) -> Facts {
    let names = ["config:emergency", "office:nordjylland", "office:midtjylland", "office:stpk", "fallback"];
    let numbers: BTreeMap<String, PhoneNumber> =
        names.iter().map(|name| ((*name).to_owned(), PhoneNumber::parse("+4572330500").unwrap())).collect();
    let local = "2026-03-03T10:00:00".parse().unwrap();
    let numbers = Arc::new(numbers);
    Facts { now: Timestamp(0), local, next_open: None, open, records: true, remembered: None, numbers }
}

/// The next number of SplitMix64 (Steele, Lea and Flood, 2014), below `sides`.
fn throw(state: &mut u64, sides: u64) -> u64 {
    *state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let mixed = (*state ^ (*state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    (mixed >> 33) % sides
}

fn event(dice: &mut u64) -> Event {
    match throw(dice, 10) {
        0..=4 => Event::Digits("0123456789*#".chars().nth(throw(dice, 12) as usize).unwrap().to_string()),
        5 => Event::Digits("12345678".to_owned()),
        6 => Event::Recorded(Recording { url: "u".to_owned(), seconds: 5, hung_up: false, ended_by: None }),
        7 => Event::Dialled(DialOutcome::NoAnswer),
        8 => Event::Answer(Answer::Waiting {
            position: 12,
            estimate_seconds: Some(3_599),
            callback_offered: true,
        }),
        _ => Event::NoInput,
    }
}

#[test]
fn no_call_of_a_shipped_line_is_told_more_than_a_provider_takes() {
    let dialects = dialects();
    for line in ["12320", "dialog"] {
        let folder = format!("ivr-scripts/{line}");
        let paths = tidy::files(&folder, &["toml", "ftl"]).into_iter();
        let files = paths.map(|path| SourceFile::new(path.clone(), tidy::text(&path))).collect();
        let script = callflow::load(&Sources { files, audio: Vec::new() }).unwrap();
        let (mut documents, mut most) = (0, (0, ""));
        for call in 0..CALLS {
            let (mut dice, facts) = (call, facts(call % 4 != 0));
            let mut turn = callflow::begin(&script, Caller::parse("+4570102030"), "1", &facts);
            for _ in 0..EVENTS {
                most = most.max(longest(&turn, &dialects));
                documents += dialects.len();
                if turn.state.place == Place::Ended {
                    break;
                }
                turn = callflow::step(&script, turn.state.clone(), &event(&mut dice), &facts);
            }
        }
        assert!(most.0 <= MOST_BYTES, "{line}: {} bytes for {}", most.0, most.1);
        println!("{line}: {documents} documents, the longest {} bytes, for {}", most.0, most.1);
    }
}

/// A script that says so many letters in each of so many sentences, one after the other.
fn chatty(sentences: usize, letters: usize, letter: char) -> Result<Script, String> {
    let mut toml = "[script]\nline = \"chatty\"\nlanguages = [\"en\"]\nstart = \"say-0\"\nperson = \"agent\"\n\
        profile = \"generic\"\napology = \"apology\"\nunavailable = \"unavailable\"\nnothing_heard = \"apology\"\n\
        not_understood = \"apology\"\n\n[node.agent]\nkind = \"transfer\"\nto = \"112\"\nnext = \"end\"\nfailed = \"end\"\n\n\
        [node.end]\nkind = \"hangup\"\nprompt = \"end\"\n"
        .to_owned();
    let mut prompts = "apology = Sorry.\nunavailable = Call { $number }.\nend = Goodbye.\n".to_owned();
    for at in 0..sentences {
        let next = if at + 1 < sentences { format!("say-{}", at + 1) } else { "agent".to_owned() };
        toml += &format!("\n[node.say-{at}]\nkind = \"say\"\nprompt = \"say-{at}\"\nnext = \"{next}\"\n");
        prompts += &format!("say-{at} = So {}.\n", letter.to_string().repeat(letters));
    }
    let files =
        vec![SourceFile::new("chatty/script.toml", toml), SourceFile::new("chatty/prompts/en.ftl", prompts)];
    callflow::load(&Sources { files, audio: Vec::new() }).map_err(|found| format!("{found:?}"))
}

#[test]
fn the_longest_script_that_passes_is_not_told_more_than_a_provider_takes() {
    let dialects = dialects();
    for sentences in [1, 4, 17] {
        for letter in ['x', '"', '&', '零'] {
            let passes = |letters: &usize| chatty(sentences, *letters, letter).is_ok();
            let letters = (0..70_000).step_by(97).take_while(passes).last().unwrap();
            let script = chatty(sentences, letters, letter).unwrap();
            let turn = callflow::begin(&script, Caller::parse("+4570102030"), "1", &facts(true));
            let (bytes, name) = longest(&turn, &dialects);
            assert!(bytes <= MOST_BYTES, "{sentences} times {letters} {letter}: {bytes} bytes for {name}");
            let refused = chatty(sentences, letters + 97, letter).unwrap_err();
            assert!(refused.contains("document-too-long"), "{refused}");
            println!("{sentences} sentences of {letters} {letter}: {bytes} bytes for {name}");
        }
    }
}

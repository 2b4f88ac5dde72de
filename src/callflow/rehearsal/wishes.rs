//! Languages by number, by memory and by key; announcements with dates; what prompts say about the opening hours; and
//! that 0 and the emergency key are heard while something is announced.

use chrono::NaiveDateTime;
use domain::Language;

use super::{caller, facts, full_sources, golden, golden_on};
use crate::transcript::verb_lines;
use crate::{Answer, AudioFile, Event, Facts, Place, Script, Sources, Turn, Verb, begin, load, step};

fn with(changes: &[(&str, &str)]) -> Script {
    let mut sources = full_sources();
    for (from, to) in changes {
        for file in &mut sources.files {
            file.text = file.text.replace(from, to);
        }
    }
    load(&sources).unwrap()
}

fn heard(turn: &Turn) -> Vec<String> {
    let english = Language::parse("en").unwrap();
    turn.verbs.iter().flat_map(|verb| verb_lines(verb, &english)).collect()
}

fn at(text: &str) -> NaiveDateTime {
    NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap()
}

#[test]
fn the_dialled_number_decides_the_language_then_the_last_call_then_the_script() {
    let script =
        with(&[("[script.emergency]", "[script.dialled]\n\"+4570120121\" = \"da\"\n[script.emergency]")]);
    let remembered =
        |tag: Option<&str>| Facts { remembered: tag.map(|tag| Language::parse(tag).unwrap()), ..facts(true) };
    for (dialled, tag, language) in [
        ("+4570120121", None, "da"),
        ("4570120121", Some("en"), "da"),
        ("sip:+4570120121@hotline.example", None, "da"),
        ("+4570120120", None, "en"),
        ("+4570120120", Some("da"), "da"),
        ("+4570120120", Some("fr"), "en"),
        ("", None, "en"),
    ] {
        let turn = begin(&script, caller(), dialled, &remembered(tag));
        assert_eq!(turn.state.language.as_str(), language, "{dialled} {tag:?}");
    }
}

#[test]
fn one_key_goes_back_from_a_remembered_language() {
    golden(
        "call +4570102030, 2026-03-03 09:30, da remembered, open
  note came = in
  say [da] Dansk welcome.
  say [da] tryk 1 to 8.
  gather 1 key, 8 s
press 4
  say For English, press 1.
  say [da] For dansk, tryk 2.
  gather 1 key, 8 s
press 1
  language en
  say Press 1 to 8.
  gather 1 key, 8 s
hang up",
    );
}

#[test]
fn a_language_that_is_not_spoken_cannot_be_given_to_a_number() {
    let mut sources = full_sources();
    sources.files[0].text.push_str("\n[script.dialled]\n\"+4570120121\" = \"fr\"\n");
    let found = load(&sources).unwrap_err();
    assert_eq!(found.iter().map(|one| one.code).collect::<Vec<_>>(), ["unknown-language"]);
}

#[test]
fn an_announcement_is_said_from_its_first_to_its_last_moment() {
    for (dates, said, silent) in [
        ("from = \"2026-02-10\"", vec!["2026-02-10 00:00", "2030-01-01 00:00"], vec!["2026-02-09 23:59"]),
        ("until = 2026-02-10", vec!["2026-02-10 23:59", "2020-01-01 00:00"], vec!["2026-02-11 00:00"]),
        (
            "from = \"2026-02-10 08:30\"\nuntil = 2026-02-10T12:00:00",
            vec!["2026-02-10 08:30", "2026-02-10 11:59"],
            vec!["2026-02-10 08:29", "2026-02-10 12:00"],
        ),
    ] {
        let script = with(&[("prompt = \"welcome\"\n", &format!("prompt = \"welcome\"\n{dates}\n"))]);
        for (moments, expected) in [(said, true), (silent, false)] {
            for moment in moments {
                let turn = begin(&script, caller(), "1", &Facts { local: at(moment), ..facts(true) });
                assert_eq!(
                    heard(&turn).contains(&"say Welcome.".to_owned()),
                    expected,
                    "{dates} at {moment}"
                );
                assert_eq!(heard(&turn).last().map(String::as_str), Some("gather 1 key, 8 s"));
            }
        }
    }
}

#[test]
fn dates_that_are_none_and_ends_before_beginnings_are_refused() {
    for (dates, code) in [
        ("from = \"soon\"", "wrong-value"),
        ("until = 7", "wrong-value"),
        ("from = \"2026-02-10\"\nuntil = \"2026-02-09\"", "reversed-dates"),
    ] {
        let mut sources = full_sources();
        let to = format!("prompt = \"welcome\"\n{dates}\n");
        sources.files[0].text = sources.files[0].text.replace("prompt = \"welcome\"\n", &to);
        let found = load(&sources).unwrap_err();
        assert_eq!(found.iter().map(|one| one.code).collect::<Vec<_>>(), [code], "{dates}");
    }
}

#[test]
fn a_prompt_says_when_the_line_opens_again() {
    let says = "voicemail = { $next_open_day ->
    [today] Back at { TIME($next_open) }.
    [tomorrow] Back tomorrow at { TIME($next_open) }.
    [unknown] Back soon.
   *[later] Back on { DATE($next_open) } at { TIME($next_open) }.
  }
";
    let mut sources = full_sources();
    for file in sources.files.iter_mut().filter(|file| file.path.ends_with("en.ftl")) {
        file.text = file.text.replace("voicemail = Speak after the tone.\n", says);
    }
    let script = load(&sources).unwrap();
    for (header, said) in [
        ("2026-03-03 06:00, closed until 2026-03-03 08:00", "Back at eight o'clock in the morning."),
        (
            "2026-03-03 23:40, closed until 2026-03-04 09:30",
            "Back tomorrow at half past nine in the morning.",
        ),
        (
            "2026-03-06 15:00, closed until 2026-03-09 13:00",
            "Back on Monday the ninth of March at one o'clock in the afternoon.",
        ),
        ("2026-03-03 23:40, closed", "Back soon."),
    ] {
        golden_on(
            &script,
            &format!(
                "call +4570102030, {header}\n  note came = in\n  say Welcome.\n  say {said}\n  gather 1 key, 2 s\nhang up"
            ),
        );
    }
}

#[test]
fn a_person_and_help_are_one_key_away_while_a_number_is_announced() {
    let announced = "call +4570102030, 2026-03-03 09:30, open
number office:north = 97648010
  note came = in
  say Welcome.
  say Press 1 to 8.
  gather 1 key, 8 s
press 6
  say The office: 9 7 6 4, 8 0 1 0.
  gather 1 key, 1 s
";
    for then in [
        "press 9\n  emergency\n  say The ambulance.\n  dial 112, 30 s\nhang up",
        "press 0\n  say One moment.\n  ask queue general\nanswer nobody\n  say Speak after the tone.\n  gather 1 key, 2 s\nhang up",
        "press *\n  say The office: 9 7 6 4, 8 0 1 0.\n  gather 1 key, 1 s\nhang up",
        "press 5\n  dial 97648010, 30 s\ndialled busy\n  say One moment.\n  ask queue general\nanswer nobody\n  say Speak after the tone.\n  gather 1 key, 2 s\nhang up",
    ] {
        golden(&format!("{announced}{then}"));
    }
}

#[test]
fn help_comes_from_every_node_that_listens_at_every_stage_in_one_step() {
    let (script, facts) = (super::full(), facts(true));
    let listening: Vec<&str> = script
        .nodes
        .values()
        .filter(|node| node.action.kind().listens())
        .map(|node| node.name.as_str())
        .collect();
    assert_eq!(listening.len(), 10, "{listening:?}");
    let mut state = begin(&script, caller(), "1", &facts).state;
    state.held.extend([
        ("number".to_owned(), "4711".to_owned()),
        ("callback_number".to_owned(), "4711".to_owned()),
    ]);
    state.queue = Some("general".to_owned());
    for node in listening {
        for (stage, tries) in (0..3).flat_map(|stage| (0..3).map(move |tries| (stage, tries))) {
            let waiting = crate::CallState {
                place: Place::At { node: node.to_owned(), stage, tries },
                ..state.clone()
            };
            let turn = step(&script, waiting, &Event::Digits("9".to_owned()), &facts);
            assert!(turn.effects.contains(&crate::Effect::Emergency), "{node} {stage} {tries}");
            assert!(
                matches!(turn.verbs.last(), Some(Verb::Dial { to, .. }) if to.as_str() == "112"),
                "{node}"
            );
            assert_eq!((&turn.question, &turn.state.queue), (&None, &None), "{node}: nobody queues for help");
        }
    }
}

#[test]
fn a_recorded_prompt_is_played_in_its_language_only() {
    let mut sources = full_sources();
    sources.audio =
        vec![AudioFile::new("da/welcome.wav", *b"RIFF"), AudioFile::new("da/waiting.wav", *b"RIFF")];
    let script = load(&sources).unwrap();
    let audio = |tag: &str| {
        let facts = Facts { remembered: Language::parse(tag).ok(), ..facts(true) };
        let turn = begin(&script, caller(), "1", &facts);
        let Some(Verb::Gather { prompts, .. }) = turn.verbs.last() else { panic!("{turn:?}") };
        prompts.iter().map(|prompt| prompt.audio.clone()).collect::<Vec<_>>()
    };
    assert_eq!(audio("da"), [Some("audio/da/welcome.wav".to_owned()), None]);
    assert_eq!(audio("en"), [None, None]);
    assert_eq!(script.sound("da/welcome.wav").map(|file| file.bytes.len()), Some(4));
    for nothing in ["en/welcome.wav", "../script.toml", "da/../da/welcome.wav", "da/welcome", ""] {
        assert!(script.sound(nothing).is_none(), "{nothing}");
    }
}

/// What is played to who waits in the queue of such a script, while a key is waited for.
fn tune_of(sources: &Sources) -> Option<String> {
    let (script, facts) = (load(sources).unwrap(), facts(true));
    let begun = begin(&script, caller(), "1", &facts);
    let asked = step(&script, begun.state, &Event::Digits("0".to_owned()), &facts);
    let place = Answer::Waiting { position: 1, estimate_seconds: None, callback_offered: false };
    let waits = step(&script, asked.state, &Event::Answer(place), &facts);
    let Some(Verb::Gather { timeout_seconds, tune, .. }) = waits.verbs.into_iter().last() else { panic!() };
    assert_eq!(timeout_seconds, 12);
    tune.inspect(|tune| assert_eq!(tune.text, "")).and_then(|tune| tune.audio)
}

#[test]
fn who_waits_hears_the_house_s_tune_or_the_script_s_own_or_silence() {
    let mut sources = full_sources();
    assert_eq!(tune_of(&sources).as_deref(), Some("audio/tune/12.wav"));
    assert_eq!(load(&sources).unwrap().sound("tune/12.wav").map(|file| file.bytes.len()), Some(192_044));
    sources.audio = vec![AudioFile::new("tune/waiting.mp3", *b"ID3")];
    assert_eq!(tune_of(&sources).as_deref(), Some("audio/tune/waiting.mp3"));
    let text = &mut sources.files[0].text;
    *text = text.replace("hold = \"hold-on\"", "hold = \"hold-on\"\nquiet = true");
    assert_eq!(tune_of(&sources), None);
}

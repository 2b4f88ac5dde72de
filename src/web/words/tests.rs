//! Tests of the words of the screens: every language complete, every message used.

use std::collections::{BTreeMap, BTreeSet};

use fluent_bundle::FluentResource;
use rust_embed::Embed;

use super::{Files, choose, tongue, tongues};

/// Message ids with their attributes, and the variables each uses, by language.
fn messages() -> BTreeMap<String, BTreeMap<String, BTreeSet<String>>> {
    let mut all: BTreeMap<String, BTreeMap<String, BTreeSet<String>>> = BTreeMap::new();
    for name in Files::iter() {
        let language = name.split('/').next().unwrap().to_owned();
        let text = String::from_utf8(Files::get(&name).unwrap().data.into_owned()).unwrap();
        FluentResource::try_new(text.clone()).unwrap_or_else(|(_, errors)| panic!("{name}: {errors:?}"));
        let of_language = all.entry(language).or_default();
        let mut current = String::new();
        for line in text.lines() {
            let head = line.split('=').next().unwrap().trim();
            if line.starts_with(|c: char| c.is_ascii_lowercase()) {
                current = head.to_owned();
                assert!(
                    of_language.insert(current.clone(), BTreeSet::new()).is_none(),
                    "{name}: {head} stands twice"
                );
            }
            for part in line.split('$').skip(1) {
                let variable: String = part.chars().take_while(|c| c.is_ascii_alphanumeric()).collect();
                of_language.get_mut(&current).unwrap().insert(variable);
            }
        }
    }
    all
}

#[test]
fn all_languages_have_the_same_messages_with_the_same_variables() {
    let all = messages();
    assert_eq!(all.keys().collect::<Vec<_>>(), ["da", "en", "zh-CN"]);
    for language in ["da", "zh-CN"] {
        let (ours, english) = (&all[language], &all["en"]);
        let missing: Vec<_> = english.keys().filter(|id| !ours.contains_key(*id)).collect();
        let extra: Vec<_> = ours.keys().filter(|id| !english.contains_key(*id)).collect();
        assert!(missing.is_empty() && extra.is_empty(), "{language}: missing {missing:?}, extra {extra:?}");
        for (id, variables) in english {
            assert_eq!(&ours[id], variables, "{language}: variables of {id}");
        }
    }
}

#[derive(Embed)]
#[folder = "screens"]
#[allow(clippy::duplicated_attributes)]
struct Screens;

#[test]
fn every_message_that_a_template_or_screen_names_is_there() {
    let english = &messages()["en"];
    let mut named = 0;
    for name in Screens::iter() {
        let text = String::from_utf8(Screens::get(&name).unwrap().data.into_owned()).unwrap();
        for call in ["page.t(\"", "page.tn(\"", "page.tv(\"", "refused(\""] {
            for part in text.split(call).skip(1) {
                let id = part.split(['"', '.']).next().unwrap();
                named += 1;
                assert!(english.contains_key(id), "{name} names {id}, which no .ftl file has");
            }
        }
    }
    assert!(named > 10, "the search found only {named} names: has the way to name them changed?");
}

#[test]
fn the_persons_choice_comes_before_the_browsers() {
    assert_eq!(choose(Some("da"), Some("zh-CN,en;q=0.5")).tag, "da");
    assert_eq!(choose(None, Some("fr, DA-dk;q=0.8")).tag, "da");
    assert_eq!(choose(None, Some("xx")).tag, "zh-CN");
    assert_eq!(choose(Some("xx"), None).tag, "zh-CN");
    assert_eq!(tongues().len(), 3);
}

#[test]
fn a_message_takes_numbers_and_texts() {
    let english = tongue("en").unwrap();
    assert_eq!(english.say("frame-open-drafts", &[("count", 1.into())]), "1 unfinished intake");
    assert_eq!(english.say("frame-open-drafts", &[("count", 3.into())]), "3 unfinished intakes");
    assert_eq!(english.say("no-such-message", &[]), "no-such-message");
}

#[test]
fn a_message_to_a_machine_tells_no_more_than_the_hotline_a_reference_and_a_number() {
    let words = |language: &str, reference: Option<&str>| switchboard::machine::MessageWords {
        language: domain::Language::parse(language).unwrap(),
        reference: reference.map(str::to_owned),
        phone: Some(domain::PhoneNumber::parse("12320").unwrap()),
    };
    for (language, hotline) in [("zh-CN", "热线"), ("en", "hotline"), ("da", "hotlinen")] {
        let said = super::message_to_machine(&words(language, Some("26-0042")));
        assert!(
            said.contains(hotline) && said.contains("1 2 3 2 0") && said.contains("2 6 - 0 0 4 2"),
            "{said}"
        );
        let bare = super::message_to_machine(&words(language, None));
        assert!(bare.contains(hotline) && !bare.contains('4'), "{bare}");
        for word in
            ["hospital", "complain", "health", "klage", "sygehus", "sundhed", "医", "投诉", "卫生", "健康"]
        {
            assert!(
                !said.to_lowercase().contains(word) && !bare.to_lowercase().contains(word),
                "{word}: {said}"
            );
        }
    }
}

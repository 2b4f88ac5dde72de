//! Names and numbers in the spellings that people use, and texts that must stay as they are.

use proptest::prelude::*;

use super::*;

fn scrubber() -> Scrubber {
    let identity = Identity {
        names: vec!["王小明".to_owned(), "Anna Hansen".to_owned(), "欧阳芳".to_owned()],
        numbers: vec!["+86 138 0013 8000".to_owned(), "12345".to_owned()],
    };
    Scrubber::new(&identity, "[…]")
}

#[test]
fn names_are_found_in_the_ways_they_are_said() {
    for (told, left) in [
        ("王小明说医生态度差", "[…]说医生态度差"),
        ("患者王女士投诉", "患者[…]投诉"),
        ("老王和小明一起去的", "[…]和[…]一起去的"),
        ("欧阳女士、欧阳芳", "[…]、[…]"),
        ("Anna Hansen blev afvist", "[…] blev afvist"),
        ("HANSENS journal, anna sagde", "[…]S journal, […] sagde"),
        ("annas telefon", "[…]s telefon"),
        ("Ａｎｎａ", "[…]"),
    ] {
        assert_eq!(scrubber().scrub(told), left, "{told}");
    }
}

#[test]
fn a_name_inside_another_word_stays() {
    for told in [
        "Susanna kom",
        "Hansenborg Sygehus",
        "2026-11-22 kl. 14.30",
        "den 22.11.2026",
        "血压 120/80",
        "费用 12000 元",
    ] {
        assert_eq!(scrubber().scrub(told), told);
    }
}

#[test]
fn numbers_are_found_in_the_ways_they_are_written() {
    for told in [
        "电话13800138000",
        "电话 138-0013-8000",
        "电话 +86 138 0013 8000",
        "电话 １３８００１３８０００",
        "电话 幺三八零零幺三八零零零",
        "尾号 138000",
        "身份证11010519491231002X",
        "CPR 010170-1234",
        "ring 97 64 80 10",
        "分机12345",
        "mail anna.h@post.example",
    ] {
        let left = scrubber().scrub(told);
        assert!(left.ends_with("[…]") && digits_of(&left).is_empty(), "{told}: {left}");
    }
}

#[test]
fn without_anybody_to_protect_long_numbers_still_go() {
    let nobody = Scrubber::new(&Identity::default(), "*");
    assert_eq!(nobody.scrub("请打 13912345678 找他"), "请打 * 找他");
    assert_eq!(nobody.scrub(""), "");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn no_known_name_or_number_survives(
        before in "[ 。,a-z\u{4e00}-\u{4e20}0-9@.-]{0,12}",
        behind in "[ 。,\u{4e00}-\u{4e20}@.-]{0,12}",
        which in 0..4usize,
    ) {
        let known = ["王小明", "欧阳芳", "13800138000", "138 0013 8000"][which];
        let left = scrubber().scrub(&format!("{before}{known}{behind}"));
        prop_assert!(!left.contains(known), "{left}");
        prop_assert!(!digits_of(&left).contains("138000"), "{left}");
    }

    #[test]
    fn any_text_is_taken(text in "\\PC{0,200}") {
        scrubber().scrub(&text);
    }

    #[test]
    fn scrubbing_twice_changes_nothing_more(text in "[王小明 Anna0-9.@-]{0,40}") {
        let once = scrubber().scrub(&text);
        prop_assert_eq!(scrubber().scrub(&once), once.clone());
    }
}

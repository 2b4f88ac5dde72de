//! Keys that a text asks to press, in the ways our languages say it.

use std::collections::BTreeSet;

use crate::fields::is_key;

/// What stands before a key, in lower case.
const PRESS: [&str; 8] = ["按", "press ", "tryk ", "trykke ", "tast ", "taste ", "tryk på ", "按键 "];
/// What the keys without a digit are called.
const HASH: [&str; 6] = ["#", "井号", "井字", "hash", "pound", "firkant"];
const STAR: [&str; 4] = ["*", "星号", "star", "stjerne"];

/// One key that the text names, and the byte behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Named {
    pub(super) end: usize,
    pub(super) key: char,
}

/// The keys in the order in which they are heard. A series of digits ("press 1 2 3", "tast 12") is no key.
pub(super) fn in_order(text: &str) -> Vec<Named> {
    let keys = text.char_indices().filter(|(_, letter)| is_key(*letter));
    let asked_for = keys.filter(|(at, key)| {
        let (before, after) = (text.get(..*at), text.get(at + key.len_utf8()..));
        let more = |after: &str| after.trim_start().starts_with(|next: char| next.is_ascii_digit());
        before.is_some_and(asks) && !after.is_some_and(more)
    });
    asked_for.map(|(at, key)| Named { end: at + key.len_utf8(), key }).collect()
}

/// Whether `text` ends by asking for the key that comes next.
fn asks(text: &str) -> bool {
    let words = text.trim_end();
    let apart = text.get(words.len()..).is_some_and(|space| space.starts_with(' '));
    PRESS.iter().any(|press| match press.strip_suffix(' ') {
        Some(press) => apart && ends_with(words, press),
        None => ends_with(words, press),
    })
}

/// Whether `text` ends with `word`, in capitals or not.
fn ends_with(text: &str, word: &str) -> bool {
    let mut letters = text.chars().rev();
    word.chars().rev().all(|wanted| {
        letters.next().is_some_and(|letter| letter == wanted || letter.to_lowercase().eq([wanted]))
    })
}

/// The keys, each once.
pub(super) fn keys(text: &str) -> BTreeSet<char> {
    in_order(text).into_iter().map(|named| named.key).collect()
}

/// Whether the text calls `key` by its name, as "hash".
pub(super) fn calls(text: &str, key: char) -> bool {
    let names: &[&str] = match key {
        '#' => &HASH,
        '*' => &STAR,
        _ => return false,
    };
    let text = lowercase(text);
    names.iter().any(|name| text.contains(name))
}

/// `text` in small letters. Chinese has no capitals, and most texts nothing but it and ASCII.
pub(super) fn lowercase(text: &str) -> String {
    // A first byte of 0xE3 to 0xE9 begins a character of U+3000 to U+9FFF.
    let plain = |byte: u8| byte < 0xC0 || (0xE3..=0xE9).contains(&byte);
    if text.bytes().all(plain) { text.to_ascii_lowercase() } else { text.to_lowercase() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_found_in_every_language() {
        for (text, found) in [
            ("投诉请按 1,咨询请按2,人工服务请按0", "120"),
            ("For complaints, press 1. Press # when done.", "1#"),
            ("Tryk 1 for at fastholde. Tast 2 for at trække tilbage, tryk på 3.", "123"),
            ("Vil du tale med en medarbejder, kan du når som helst trykke 0.", "0"),
            ("Please press a key. Press 1 2 3 2 0.", ""),
            ("PRESS 1, TRYK PÅ 2, Press\u{3000}3, press  4, press\n5, 请按键 6, 按\n7", "12467"),
        ] {
            assert_eq!(
                in_order(text).into_iter().map(|named| named.key).collect::<String>(),
                found,
                "{text}"
            );
        }
    }

    #[test]
    fn small_letters_are_those_of_the_library() {
        for text in ["Abc 你好,ABC。", "ÆBLE på ØEN", "ÅÄ Ⅷ Ａ", "", "龦〇ー"] {
            assert_eq!(lowercase(text), text.to_lowercase());
        }
    }

    #[test]
    fn the_place_behind_a_key_is_told() {
        assert_eq!(in_order("投诉,请按 1。"), [Named { end: "投诉,请按 1".len(), key: '1' }]);
    }

    #[test]
    fn hash_and_star_have_names() {
        for text in ["按井号键结束", "finish with the hash key", "slut med firkant", "press #"] {
            assert!(calls(text, '#') && !calls(text, '*'), "{text}");
        }
        assert!(calls("重听,请按星号键", '*') && !calls("Tryk 4", '4'));
    }
}

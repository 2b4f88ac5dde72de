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
    if !text.contains(is_key) {
        return Vec::new();
    }
    let text = text.to_lowercase();
    let mut found = BTreeSet::new();
    for word in PRESS {
        for (at, _) in text.match_indices(word) {
            let after = text.get(at + word.len()..).unwrap_or_default();
            let start = text.len() - after.trim_start().len();
            let mut chars = after.trim_start().chars();
            let key = chars.next().filter(|key| is_key(*key));
            let more = chars.as_str().trim_start().starts_with(|next: char| next.is_ascii_digit());
            found.extend(key.filter(|_| !more).map(|key| Named { end: start + key.len_utf8(), key }));
        }
    }
    found.into_iter().collect()
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
    let text = text.to_lowercase();
    names.iter().any(|name| text.contains(name))
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
        ] {
            assert_eq!(
                in_order(text).into_iter().map(|named| named.key).collect::<String>(),
                found,
                "{text}"
            );
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

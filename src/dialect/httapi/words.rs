//! Text made safe for where it stands on the switch: in speech, in an address, in the argument of a command. Nothing
//! that a caller or a script says may become a variable, a second argument or another command.

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

/// Longest sentence that is spoken in one go, in characters.
const LONGEST_SPEECH: usize = 4_000;

/// What an address may not hold where the switch looks for variables, lists, quotes, arguments and credentials.
const UNSAFE: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'\'')
    .add(b'\\')
    .add(b',')
    .add(b'^')
    .add(b'`')
    .add(b'|')
    .add(b'{')
    .add(b'}')
    .add(b'[')
    .add(b']')
    .add(b'<')
    .add(b'>')
    .add(b'$')
    .add(b'!')
    .add(b'@')
    .add(b'#');

/// An address in which every character that the switch could misread is escaped; it leads to the same place.
pub fn address(url: &str) -> String {
    utf8_percent_encode(url, UNSAFE).to_string()
}

/// The address with one more parameter, written as it is.
pub fn with_query(url: &str, name: &str, value: &str) -> String {
    let sign = if url.contains('?') { '&' } else { '?' };
    format!("{url}{sign}{name}={value}")
}

/// A number that can be dialled, or nothing: SIP addresses and everything else are not for this dialect.
pub fn number_or_nothing(text: &str) -> Option<&str> {
    let digits = text.strip_prefix('+').unwrap_or(text);
    let fits = (1..=20).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    fits.then_some(text)
}

/// A call id of ours or the switch's, or nothing.
pub fn id_or_nothing(text: &str) -> Option<&str> {
    let fits = (1..=128).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte));
    fits.then_some(text)
}

/// Text without what XML cannot carry and without braces, so that it can hold no `${variable}`; white space made
/// single, not longer than one sentence may be.
pub fn speakable(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    for word in text.split(|c: char| c.is_whitespace() || c.is_control() || "{}".contains(c)) {
        if word.is_empty() {
            continue;
        }
        if !clean.is_empty() {
            clean.push(' ');
        }
        clean.extend(word.chars().filter(|c| !matches!(c, '\u{fffe}' | '\u{ffff}')));
    }
    match clean.char_indices().nth(LONGEST_SPEECH) {
        Some((end, _)) => clean[..end].to_owned(),
        None => clean,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn an_address_stays_what_it_is_unless_it_could_be_misread() {
        let fine = "https://h.example:8443/voice/fs/12320/step?t=ab-_c&none=1&x=%2B";
        assert_eq!(address(fine), fine);
        assert_eq!(address("http://h/a b',{}${x}@c"), "http://h/a%20b%27%2C%7B%7D%24%7Bx%7D%40c");
        assert_eq!(with_query("/a", "p", "1"), "/a?p=1");
        assert_eq!(with_query("/a?t=1", "p", "1"), "/a?t=1&p=1");
    }

    #[test]
    fn only_numbers_are_dialled() {
        for fine in ["8001", "+4512345678", "12320"] {
            assert_eq!(number_or_nothing(fine), Some(fine));
        }
        for bad in ["", "+", "sip:8001@h", "8001 inline", "8001,8002", "80'01", "*97", "8001/x", "１２"] {
            assert_eq!(number_or_nothing(bad), None, "{bad}");
        }
    }

    #[test]
    fn spoken_text_holds_no_variable() {
        assert_eq!(speakable(" Tast\t1 ${hangup(USER_BUSY)}\n{x} $5 "), "Tast 1 $ hangup(USER_BUSY) x $5");
        assert_eq!(speakable(&"ord ".repeat(2_000)).chars().count(), LONGEST_SPEECH);
    }

    proptest! {
        #[test]
        fn no_text_keeps_what_the_switch_would_read(text in "(\\$|\\{|\\}|'|,| |\\[|\\]|\\^|a|@|:|/|\\n|\u{7}|张){0,40}") {
            let url = address(&text);
            prop_assert!(!url.contains(|c: char| " '\",{}[]^|$@!\\`".contains(c) || c.is_control()), "{}", url);
            let speech = speakable(&text);
            prop_assert!(!speech.contains(|c: char| "{}".contains(c) || c.is_control()), "{}", speech);
            for id in [id_or_nothing(&text), number_or_nothing(&text)].into_iter().flatten() {
                prop_assert!(id.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.+".contains(&byte)));
            }
        }
    }
}

//! Text that is spoken and never taken for anything else: the platform plays a text that is an address, reads one
//! that begins with `<speak>` as SSML, and hands some to its media server with `{…}` before them.

use domain::Language;

/// Longest sentence that is spoken in one go, in characters.
const LONGEST_SPEECH: usize = 3_000;

/// The text as it can be spoken: white space made single, no markup, no braces; `&` is the language's word.
pub fn speakable(text: &str, language: &Language) -> String {
    let and = match language.primary() {
        "zh" => "和",
        "da" => " og ",
        _ => " and ",
    };
    let text = text.replace('&', and);
    let parts = text.split(|c: char| c.is_whitespace() || c.is_control() || "<>{}".contains(c));
    let words: Vec<&str> = parts.filter(|word| !word.is_empty()).collect();
    let clean = without_scheme(words.join(" "));
    match clean.char_indices().nth(LONGEST_SPEECH) {
        Some((end, _)) => clean[..end].to_owned(),
        None => clean,
    }
}

/// `Note: press 1` is an address to whoever looks for a scheme; `Note, press 1` is not, and sounds the same.
fn without_scheme(text: String) -> String {
    let Some((scheme, rest)) = text.split_once(':') else { return text };
    let letters = scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte));
    if letters && scheme.starts_with(|c: char| c.is_ascii_alphabetic()) {
        format!("{scheme},{rest}")
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn said(text: &str) -> String {
        speakable(text, &Language::parse("en").unwrap())
    }

    #[test]
    fn nothing_is_taken_for_an_address_or_markup() {
        assert_eq!(said("Note: press 1, or: 2"), "Note, press 1, or: 2");
        assert_eq!(said(" silence_stream://1000 "), "silence_stream://1000".replacen(':', ",", 0));
        assert_eq!(said("<speak>Press 1</speak> {x=y}\u{7}now"), "speak Press 1 /speak x=y now");
        assert_eq!(said("Tast 1: vent"), "Tast 1: vent");
        assert_eq!(said("health & safety"), "health and safety");
        assert_eq!(speakable("风&险：按1", &Language::parse("zh-CN").unwrap()), "风和险：按1");
        assert_eq!(speakable("a&b", &Language::parse("da").unwrap()), "a og b");
        assert_eq!(said(&"word ".repeat(2_000)).chars().count(), LONGEST_SPEECH);
    }

    proptest! {
        #[test]
        fn no_text_keeps_what_could_be_misread(text in "(a|B|:|//|\\{|\\}|<speak>|&|silence_stream:|http:| |\\n|\u{1}|张|-){0,30}") {
            let said = said(&text);
            prop_assert!(!said.contains(|c: char| "<>{}&".contains(c) || c.is_control()), "{}", said);
            let scheme = said.split_once(':').map_or("", |(scheme, _)| scheme);
            let plain = |c: char| c.is_ascii_alphanumeric() || "+-.".contains(c);
            prop_assert!(!scheme.starts_with(|c: char| c.is_ascii_alphabetic()) || !scheme.chars().all(plain), "{}", said);
        }
    }
}

//! Digits as a voice should read them: one by one, with a breath between groups.

use domain::Language;

/// Longest run of digits that is spoken without a breath.
const ONE_BREATH: usize = 5;

/// `12320` becomes `1 2 3 2 0`; longer numbers get a comma between groups, in the size that listeners of
/// the language are used to: pairs in Danish, fours elsewhere. Anything but digits is left as it is.
pub fn digits(language: &Language, text: &str) -> String {
    if text.is_empty() || !text.chars().all(|c| c.is_ascii_digit()) {
        return text.to_owned();
    }
    let spaced: Vec<String> = text.chars().map(String::from).collect();
    if spaced.len() <= ONE_BREATH {
        return spaced.join(" ");
    }
    let group = if language.primary() == "da" { 2 } else { 4 };
    let groups: Vec<String> = spaced.chunks(group).map(|chunk| chunk.join(" ")).collect();
    groups.join(", ")
}

/// The digits of a telephone number, without the `+` that no voice can read.
pub(crate) fn number(language: &Language, number: &domain::PhoneNumber) -> String {
    digits(language, number.as_str().trim_start_matches('+'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_read_one_by_one() {
        for (language, text, spoken) in [
            ("zh-CN", "12320", "1 2 3 2 0"),
            ("zh-CN", "13800138000", "1 3 8 0, 0 1 3 8, 0 0 0"),
            ("da", "72330500", "7 2, 3 3, 0 5, 0 0"),
            ("en", "sip:a@b", "sip:a@b"),
            ("en", "", ""),
        ] {
            assert_eq!(digits(&Language::parse(language).unwrap(), text), spoken);
        }
    }
}

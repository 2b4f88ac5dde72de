//! Telephone numbers as providers send them: E.164, national, short codes, SIP addresses, or withheld.
//!
//! A number is personal data: `Debug` and [`PhoneNumber::masked`] show only the last digits.

use serde::{Deserialize, Serialize};

/// A number that can be dialled: `+` and digits, plain digits (short codes, extensions), or a SIP address.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PhoneNumber(String);

/// Why a text is not a telephone number.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("not a telephone number: write digits with an optional leading +, or a sip: address")]
pub struct NotANumber;

impl PhoneNumber {
    /// Longest accepted SIP address, in characters (TwiML: below 255).
    const LONGEST_SIP: usize = 254;

    /// Accepts digits with an optional `+` and the separators people write (space, `-`, `.`, brackets),
    /// or a `sip:`/`sips:` address without white space.
    pub fn parse(text: &str) -> Result<Self, NotANumber> {
        let text = text.trim();
        if text.starts_with("sip:") || text.starts_with("sips:") {
            let clean = text.len() <= Self::LONGEST_SIP
                && text.chars().all(|c| c.is_ascii_graphic() && !"<>\"".contains(c));
            return if clean { Ok(Self(text.to_owned())) } else { Err(NotANumber) };
        }
        let (plus, rest) = text.strip_prefix('+').map_or(("", text), |rest| ("+", rest));
        let digits: String = rest.chars().filter(|c| !" -.()\u{a0}".contains(*c)).collect();
        let fits = (2..=15).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
        if fits { Ok(Self(format!("{plus}{digits}"))) } else { Err(NotANumber) }
    }

    /// The number as it is dialled and stored.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// For screens and logs: all but the last four characters hidden.
    pub fn masked(&self) -> String {
        let length = self.0.chars().count();
        let shown: String = self.0.chars().skip(length.saturating_sub(4)).collect();
        format!("***{shown}")
    }
}

impl TryFrom<String> for PhoneNumber {
    type Error = NotANumber;
    fn try_from(text: String) -> Result<Self, NotANumber> {
        Self::parse(&text)
    }
}

impl From<PhoneNumber> for String {
    fn from(number: PhoneNumber) -> Self {
        number.0
    }
}

impl std::fmt::Debug for PhoneNumber {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(&self.masked())
    }
}

/// Who is calling, as far as the provider says. A withheld number is a normal case, above all for reports.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Caller {
    /// A number that can be called back.
    Known(PhoneNumber),
    /// Withheld, unknown, or nothing that can be dialled.
    Withheld,
}

impl Caller {
    /// Numbers that providers send for a withheld caller: `+266696687` and its kin spell "anonymous",
    /// "restricted" and "unavailable" on a keypad.
    const SPELT: [&'static str; 4] = ["266696687", "7378742833", "86282452253", "2562533"];

    /// What stands for the number in a SIP address of a withheld caller (RFC 3323 has the first).
    const NAMELESS: [&'static str; 5] = ["anonymous", "restricted", "unavailable", "unknown", "private"];

    /// Reads the `From` of a provider.
    pub fn parse(text: &str) -> Self {
        match PhoneNumber::parse(text) {
            Ok(number) if !Self::is_withheld(number.as_str()) => Self::Known(number),
            _ => Self::Withheld,
        }
    }

    fn is_withheld(number: &str) -> bool {
        let Some(address) = number.strip_prefix("sips:").or_else(|| number.strip_prefix("sip:")) else {
            return Self::SPELT.contains(&number.trim_start_matches('+'));
        };
        let user = address.split(['@', ';', '?']).next().unwrap_or_default().trim_start_matches('+');
        Self::SPELT.contains(&user) || Self::NAMELESS.iter().any(|name| user.eq_ignore_ascii_case(name))
    }

    /// The number, where there is one.
    pub fn number(&self) -> Option<&PhoneNumber> {
        match self {
            Self::Known(number) => Some(number),
            Self::Withheld => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_people_and_providers_write() {
        for (text, number) in [
            ("+86 138-0013-8000", "+8613800138000"),
            ("12320", "12320"),
            ("97 64 80 10", "97648010"),
            ("sip:8001@hotline.example", "sip:8001@hotline.example"),
        ] {
            assert_eq!(PhoneNumber::parse(text).unwrap().as_str(), number);
        }
        for text in ["", "+", "1", "abc", "+12345678901234567", "sip:a b", "12a4"] {
            assert_eq!(PhoneNumber::parse(text), Err(NotANumber), "{text}");
        }
    }

    #[test]
    fn withheld_callers_come_in_many_spellings() {
        for text in [
            "anonymous",
            "Restricted",
            "+266696687",
            "unknown",
            "",
            "unavailable",
            "sip:anonymous@anonymous.invalid",
            "sip:Restricted@carrier.example;transport=tls",
            "sips:+266696687@carrier.example",
        ] {
            assert_eq!(Caller::parse(text), Caller::Withheld, "{text}");
        }
        assert!(Caller::parse("sip:+4597648010@carrier.example").number().is_some());
        assert!(Caller::parse("+4526669668").number().is_some());
    }

    #[test]
    fn debug_shows_only_the_last_digits() {
        assert_eq!(format!("{:?}", PhoneNumber::parse("+8613800138000").unwrap()), "***8000");
    }
}

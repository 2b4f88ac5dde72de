//! The number a caller is told: digits only, read out and keyed in, with a check digit that catches
//! every single wrong digit and every swap of two neighbours (Damm 2004).

use serde::{Deserialize, Serialize};

/// The quasigroup of order 10 from Damm's thesis; row = interim digit, column = next digit.
const DAMM: [[u8; 10]; 10] = [
    [0, 3, 1, 7, 5, 9, 8, 6, 4, 2],
    [7, 0, 9, 2, 1, 5, 4, 8, 6, 3],
    [4, 2, 0, 6, 8, 7, 1, 3, 5, 9],
    [1, 7, 5, 0, 9, 8, 3, 4, 2, 6],
    [6, 1, 2, 3, 0, 4, 5, 9, 7, 8],
    [3, 6, 7, 4, 2, 0, 9, 5, 8, 1],
    [5, 8, 6, 9, 7, 2, 0, 1, 3, 4],
    [8, 9, 4, 5, 3, 6, 2, 0, 1, 7],
    [9, 4, 3, 8, 6, 1, 7, 2, 0, 5],
    [2, 5, 8, 1, 4, 3, 6, 7, 9, 0],
];

/// A case number: seven digits of sequence at least, then the check digit.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CaseNumber(String);

/// A text that is no case number: wrong length, a letter, or the check digit does not fit.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("not a case number: expected 8 digits whose last one is the right check digit")]
pub struct NotACaseNumber;

impl CaseNumber {
    /// The number for the `sequence`-th case.
    pub fn from_sequence(sequence: u64) -> Self {
        let digits = format!("{sequence:07}");
        let check = interim(&digits);
        Self(format!("{digits}{check}"))
    }

    /// Reads a number keyed in or typed; spaces and dashes are ignored.
    pub fn parse(text: &str) -> Result<Self, NotACaseNumber> {
        let digits: String = text.chars().filter(|c| !matches!(c, ' ' | '-')).collect();
        let fine = (8..=19).contains(&digits.len())
            && digits.bytes().all(|b| b.is_ascii_digit())
            && interim(&digits) == 0;
        if fine { Ok(Self(digits)) } else { Err(NotACaseNumber) }
    }

    /// The digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn interim(digits: &str) -> u8 {
    digits.bytes().fold(0, |interim, digit| DAMM[usize::from(interim)][usize::from(digit - b'0')])
}

impl TryFrom<String> for CaseNumber {
    type Error = NotACaseNumber;
    fn try_from(text: String) -> Result<Self, NotACaseNumber> {
        Self::parse(&text)
    }
}

impl From<CaseNumber> for String {
    fn from(number: CaseNumber) -> Self {
        number.0
    }
}

impl std::fmt::Display for CaseNumber {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn damms_own_example() {
        assert_eq!(interim("572"), 4);
    }

    #[test]
    fn every_wrong_digit_and_every_swap_is_caught() {
        for sequence in [1, 42, 1_234_567, 9_999_999] {
            let good = CaseNumber::from_sequence(sequence).0;
            assert!(CaseNumber::parse(&good).is_ok());
            for place in 0..good.len() {
                for digit in b'0'..=b'9' {
                    let mut bytes = good.clone().into_bytes();
                    bytes[place] = digit;
                    let wrong = String::from_utf8(bytes).unwrap();
                    assert_eq!(CaseNumber::parse(&wrong).is_ok(), wrong == good);
                }
            }
            for place in 1..good.len() {
                let mut bytes = good.clone().into_bytes();
                bytes.swap(place - 1, place);
                let swapped = String::from_utf8(bytes).unwrap();
                assert_eq!(CaseNumber::parse(&swapped).is_ok(), swapped == good);
            }
        }
    }
}

//! Values as a voice should say them: digits one by one, numbers, dates, times, lengths of time and places in the
//! words of each language. A language without words of its own is left to the provider's voice, in figures.
//!
//! Is not: a formatter for screens. What stands here is written for the ear.

mod chinese;
mod danish;
mod english;
mod place;
mod plain;

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, Timelike};
use domain::Language;

/// How one language says values.
pub trait Tongue: Send + Sync {
    /// `57` as `syvoghalvtreds`.
    fn cardinal(&self, number: u32) -> String;

    /// A number before what is counted: `两` of `两分钟`, `et` of `et minut`.
    fn counted(&self, number: u32) -> String {
        self.cardinal(number)
    }

    /// `5` as `第五`, `femte`, `fifth`.
    fn ordinal(&self, number: u32) -> String;

    /// One digit, 0 to 9.
    fn digit(&self, digit: u8) -> &'static str;

    /// What stands between two digits of a group.
    fn between_digits(&self) -> &'static str {
        " "
    }

    /// Sizes of the groups that listeners are used to hear `digits` in; what is left over is a group too.
    fn groups(&self, digits: &str) -> &'static [usize] {
        let _ = digits;
        &[4, 4, 4, 4]
    }

    /// The day with its weekday; the year where it is wanted.
    fn date(&self, day: NaiveDate, year: bool) -> String;

    /// A time of the day, to the minute.
    fn time(&self, hour: u32, minute: u32) -> String;

    /// A length of time.
    fn duration(&self, minutes: u32) -> String;

    /// Abbreviations of addresses written out, and each number in words: house numbers, floors, post codes.
    fn place(&self, text: &str) -> String;

    /// What a voice says for the sign `&`, which no document can be trusted to carry.
    fn and(&self) -> &'static str;

    /// The day and the time of something.
    fn moment(&self, at: NaiveDateTime) -> String {
        format!("{} {}", self.date(at.date(), false), clock(self, at.time()))
    }
}

/// How values are said in `language`.
pub fn tongue(language: &Language) -> &'static dyn Tongue {
    match language.primary() {
        "zh" => &chinese::Chinese,
        "da" => &danish::Danish,
        "en" => &english::English,
        _ => &plain::Plain,
    }
}

/// The time of the day in the words of `tongue`.
pub fn clock<T: Tongue + ?Sized>(tongue: &T, time: NaiveTime) -> String {
    tongue.time(time.hour(), time.minute())
}

/// Longest run of digits that is spoken without a breath.
const ONE_BREATH: usize = 5;

/// `12320` becomes `1 2 3 2 0`; longer numbers get a comma between groups, in the sizes that listeners of
/// the language are used to. Anything but digits is left as it is.
pub fn digits(language: &Language, text: &str) -> String {
    if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return text.to_owned();
    }
    let spaced = |group: &[u8]| group.iter().map(|digit| char::from(*digit).to_string()).collect::<Vec<_>>();
    in_groups(tongue(language), text, |group| spaced(group).join(" "))
}

/// Digits in words, one by one: `120` is `幺二零`, `et to nul`, `one two zero`. Spaces and commas between the digits
/// are taken for the reader's; anything else leaves the text as it is. `one` is how a 1 is said, where not as usual.
pub fn spelt(tongue: &dyn Tongue, text: &str, one: Option<&str>) -> String {
    let bare: String = text.chars().filter(|c| !matches!(c, ' ' | ',' | '+' | '-')).collect();
    if bare.is_empty() || !bare.bytes().all(|byte| byte.is_ascii_digit()) {
        return text.to_owned();
    }
    let said = |byte: &u8| match (byte, one) {
        (b'1', Some(one)) => one.to_owned(),
        _ => tongue.digit(byte.saturating_sub(b'0')).to_owned(),
    };
    in_groups(tongue, &bare, |group| group.iter().map(said).collect::<Vec<_>>().join(tongue.between_digits()))
}

fn in_groups(tongue: &dyn Tongue, digits: &str, say: impl Fn(&[u8]) -> String) -> String {
    let mut rest = digits.as_bytes();
    let mut groups = Vec::new();
    if rest.len() > ONE_BREATH {
        for size in tongue.groups(digits) {
            let Some((group, after)) = rest.split_at_checked(*size).filter(|(_, after)| !after.is_empty())
            else {
                break;
            };
            groups.push(say(group));
            rest = after;
        }
    }
    groups.push(say(rest));
    groups.join(", ")
}

#[cfg(test)]
mod tests;

//! English, as it is spoken in Europe: and before the last two figures, the day before the month.

use chrono::{Datelike, NaiveDate, Weekday};

use super::{Tongue, place};

pub(super) struct English;

const TO_NINETEEN: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const TENS: [&str; 10] =
    ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

fn word<const N: usize>(words: &[&'static str; N], at: u32) -> &'static str {
    usize::try_from(at).ok().and_then(|at| words.get(at)).copied().unwrap_or_default()
}

fn to_ninety_nine(number: u32) -> String {
    match (number / 10, number % 10) {
        (0 | 1, _) => word(&TO_NINETEEN, number).to_owned(),
        (tens, 0) => word(&TENS, tens).to_owned(),
        (tens, units) => format!("{}-{}", word(&TENS, tens), word(&TO_NINETEEN, units)),
    }
}

fn to_thousand(number: u32, more: bool) -> String {
    match (number / 100, number % 100) {
        (0, rest) if more => format!("and {}", to_ninety_nine(rest)),
        (0, rest) => to_ninety_nine(rest),
        (hundreds, 0) => format!("{} hundred", word(&TO_NINETEEN, hundreds)),
        (hundreds, rest) => format!("{} hundred and {}", word(&TO_NINETEEN, hundreds), to_ninety_nine(rest)),
    }
}

fn cardinal(number: u32) -> String {
    let mut parts = Vec::new();
    let large = [(1_000_000_000, "billion"), (1_000_000, "million"), (1_000, "thousand")];
    for (worth, name) in large {
        if let here @ 1.. = number / worth % 1_000 {
            parts.push(format!("{} {name}", to_thousand(here, false)));
        }
    }
    let rest = number % 1_000;
    if rest > 0 || parts.is_empty() {
        parts.push(to_thousand(rest, !parts.is_empty()));
    }
    parts.join(" ")
}

/// The ordinal is the cardinal with its last word changed.
fn ordinal(number: u32) -> String {
    let said = cardinal(number);
    let at = said.rfind([' ', '-']).map_or(0, |at| at + 1);
    let (before, last) = said.split_at_checked(at).unwrap_or(("", said.as_str()));
    let last = match last {
        "one" => "first".to_owned(),
        "two" => "second".to_owned(),
        "three" => "third".to_owned(),
        "five" => "fifth".to_owned(),
        "eight" => "eighth".to_owned(),
        "nine" => "ninth".to_owned(),
        "twelve" => "twelfth".to_owned(),
        other => match other.strip_suffix('y') {
            Some(stem) => format!("{stem}ieth"),
            None => format!("{other}th"),
        },
    };
    format!("{before}{last}")
}

fn year(year: u32) -> String {
    match (year / 100, year % 100) {
        (20, rest @ 0..=9) if rest > 0 => format!("two thousand and {}", to_ninety_nine(rest)),
        (hundreds, _) if hundreds % 10 == 0 && year.is_multiple_of(100) => cardinal(year),
        (hundreds @ 11..=99, 0) => format!("{} hundred", to_ninety_nine(hundreds)),
        (hundreds @ 11..=99, rest @ 1..=9) => {
            format!("{} oh {}", to_ninety_nine(hundreds), to_ninety_nine(rest))
        }
        (hundreds @ 11..=99, rest) => format!("{} {}", to_ninety_nine(hundreds), to_ninety_nine(rest)),
        _ => cardinal(year),
    }
}

fn weekday(day: Weekday) -> &'static str {
    match day {
        Weekday::Mon => "Monday",
        Weekday::Tue => "Tuesday",
        Weekday::Wed => "Wednesday",
        Weekday::Thu => "Thursday",
        Weekday::Fri => "Friday",
        Weekday::Sat => "Saturday",
        Weekday::Sun => "Sunday",
    }
}

fn part_of_day(hour: u32) -> &'static str {
    match hour {
        0..=11 => "in the morning",
        12..=17 => "in the afternoon",
        _ => "in the evening",
    }
}

fn of(number: u32, one: &str, more: &str) -> String {
    if number == 1 { one.to_owned() } else { format!("{} {more}", cardinal(number)) }
}

impl Tongue for English {
    fn cardinal(&self, number: u32) -> String {
        cardinal(number)
    }

    fn ordinal(&self, number: u32) -> String {
        ordinal(number)
    }

    fn digit(&self, digit: u8) -> &'static str {
        word(&TO_NINETEEN, u32::from(digit))
    }

    fn date(&self, day: NaiveDate, with_year: bool) -> String {
        let month = word(&MONTHS, day.month0());
        let said = format!("{} the {} of {month}", weekday(day.weekday()), ordinal(day.day()));
        match u32::try_from(day.year()) {
            Ok(number) if with_year => format!("{said}, {}", year(number)),
            _ => said,
        }
    }

    fn time(&self, hour: u32, minute: u32) -> String {
        let face = to_ninety_nine(if hour.is_multiple_of(12) { 12 } else { hour % 12 });
        match (hour, minute) {
            (0, 0) => "midnight".to_owned(),
            (12, 0) => "noon".to_owned(),
            (_, 0) => format!("{face} o'clock {}", part_of_day(hour)),
            (_, 30) => format!("half past {face} {}", part_of_day(hour)),
            (_, 1..=9) => format!("{face} oh {} {}", to_ninety_nine(minute), part_of_day(hour)),
            _ => format!("{face} {} {}", to_ninety_nine(minute), part_of_day(hour)),
        }
    }

    fn and(&self) -> &'static str {
        "and"
    }

    fn duration(&self, minutes: u32) -> String {
        let (hours, rest) =
            (of(minutes / 60, "one hour", "hours"), of(minutes % 60, "one minute", "minutes"));
        match (minutes / 60, minutes % 60) {
            (0, _) => rest,
            (_, 0) => hours,
            _ => format!("{hours} and {rest}"),
        }
    }

    /// House numbers to ninety-nine are numbers, longer ones go figure by figure: room five zero one.
    fn place(&self, text: &str) -> String {
        place::with_numbers(text, |digits, _| match digits.parse() {
            Ok(number) if digits.len() <= 2 && !digits.starts_with('0') => cardinal(number),
            _ => super::spelt(self, digits, None),
        })
    }

    fn moment(&self, at: chrono::NaiveDateTime) -> String {
        format!("{} at {}", self.date(at.date(), false), super::clock(self, at.time()))
    }
}

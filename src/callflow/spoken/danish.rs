//! Danish: the unit before the ten (syvoghalvtreds), the tens by scores, days by their ordinal (den femte marts).

use chrono::{Datelike, NaiveDate, Weekday};

use super::{Tongue, place};

pub(super) struct Danish;

const TO_NINETEEN: [&str; 20] = [
    "nul", "en", "to", "tre", "fire", "fem", "seks", "syv", "otte", "ni", "ti", "elleve", "tolv", "tretten",
    "fjorten", "femten", "seksten", "sytten", "atten", "nitten",
];
const TENS: [&str; 10] =
    ["", "", "tyve", "tredive", "fyrre", "halvtreds", "tres", "halvfjerds", "firs", "halvfems"];
const ORDINALS_TO_NINETEEN: [&str; 20] = [
    "nulte",
    "første",
    "anden",
    "tredje",
    "fjerde",
    "femte",
    "sjette",
    "syvende",
    "ottende",
    "niende",
    "tiende",
    "ellevte",
    "tolvte",
    "trettende",
    "fjortende",
    "femtende",
    "sekstende",
    "syttende",
    "attende",
    "nittende",
];
const ORDINAL_TENS: [&str; 10] = [
    "",
    "",
    "tyvende",
    "tredivte",
    "fyrretyvende",
    "halvtredsindstyvende",
    "tresindstyvende",
    "halvfjerdsindstyvende",
    "firsindstyvende",
    "halvfemsindstyvende",
];
const MONTHS: [&str; 12] = [
    "januar",
    "februar",
    "marts",
    "april",
    "maj",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "december",
];

fn word<const N: usize>(words: &[&'static str; N], at: u32) -> &'static str {
    usize::try_from(at).ok().and_then(|at| words.get(at)).copied().unwrap_or_default()
}

fn to_ninety_nine(number: u32) -> String {
    match (number / 10, number % 10) {
        (0 | 1, _) => word(&TO_NINETEEN, number).to_owned(),
        (tens, 0) => word(&TENS, tens).to_owned(),
        (tens, units) => format!("{}og{}", word(&TO_NINETEEN, units), word(&TENS, tens)),
    }
}

/// Up to 999, after `more` if something larger was said before.
fn to_thousand(number: u32, more: bool) -> String {
    match (number / 100, number % 100) {
        (0, rest) if more => format!("og {}", to_ninety_nine(rest)),
        (0, rest) => to_ninety_nine(rest),
        (hundreds, 0) => format!("{} hundrede", neuter(hundreds)),
        (hundreds, rest) => format!("{} hundrede og {}", neuter(hundreds), to_ninety_nine(rest)),
    }
}

/// A number before a word without gender of its own to give: et hundrede, et tusind, enogtyve tusind.
fn neuter(number: u32) -> String {
    if number == 1 { "et".to_owned() } else { to_thousand(number, false) }
}

fn cardinal(number: u32) -> String {
    let mut parts = Vec::new();
    match number / 1_000_000 {
        0 => {}
        1 => parts.push("en million".to_owned()),
        millions => parts.push(format!("{} millioner", cardinal(millions))),
    }
    if let thousands @ 1.. = number / 1_000 % 1_000 {
        parts.push(format!("{} tusind", neuter(thousands)));
    }
    let rest = number % 1_000;
    if rest > 0 || parts.is_empty() {
        parts.push(to_thousand(rest, !parts.is_empty()));
    }
    parts.join(" ")
}

fn ordinal(number: u32) -> String {
    let (before, rest) = (number - number % 100, number % 100);
    let last = match (rest / 10, rest % 10) {
        (0 | 1, _) => word(&ORDINALS_TO_NINETEEN, rest).to_owned(),
        (tens, 0) => word(&ORDINAL_TENS, tens).to_owned(),
        (tens, units) => format!("{}og{}", word(&TO_NINETEEN, units), word(&ORDINAL_TENS, tens)),
    };
    match (before, rest) {
        (0, _) => last,
        (_, 0) => cardinal(before),
        _ => format!("{} og {last}", cardinal(before)),
    }
}

/// Years of the last centuries go by the hundred, those of ours by the thousand.
fn year(year: u32) -> String {
    match (year / 100, year % 100) {
        (hundreds @ 11..=19, 0) => format!("{}hundrede", to_ninety_nine(hundreds)),
        (hundreds @ 11..=19, rest) => {
            format!("{}hundrede og {}", to_ninety_nine(hundreds), to_ninety_nine(rest))
        }
        _ => cardinal(year).replacen("to tusind", "totusind", 1),
    }
}

fn weekday(day: Weekday) -> &'static str {
    match day {
        Weekday::Mon => "mandag",
        Weekday::Tue => "tirsdag",
        Weekday::Wed => "onsdag",
        Weekday::Thu => "torsdag",
        Weekday::Fri => "fredag",
        Weekday::Sat => "lørdag",
        Weekday::Sun => "søndag",
    }
}

fn of(number: u32, one: &str, more: &str) -> String {
    if number == 1 { one.to_owned() } else { format!("{} {more}", cardinal(number)) }
}

impl Tongue for Danish {
    fn cardinal(&self, number: u32) -> String {
        cardinal(number)
    }

    fn counted(&self, number: u32) -> String {
        if number == 1 { "et".to_owned() } else { cardinal(number) }
    }

    fn ordinal(&self, number: u32) -> String {
        ordinal(number)
    }

    fn digit(&self, digit: u8) -> &'static str {
        if digit == 1 { "et" } else { word(&TO_NINETEEN, u32::from(digit)) }
    }

    /// In pairs, as every Dane writes and says them.
    fn groups(&self, _: &str) -> &'static [usize] {
        &[2, 2, 2, 2, 2, 2, 2, 2, 2]
    }

    fn date(&self, day: NaiveDate, with_year: bool) -> String {
        let month = word(&MONTHS, day.month0());
        let said = format!("{} den {} {month}", weekday(day.weekday()), ordinal(day.day()));
        match u32::try_from(day.year()) {
            Ok(number) if with_year => format!("{said} {}", year(number)),
            _ => said,
        }
    }

    /// By the clock of twenty-four hours, as opening hours are told: klokken ni tredive, klokken tretten.
    fn time(&self, hour: u32, minute: u32) -> String {
        let hour = if hour == 1 { "et".to_owned() } else { to_ninety_nine(hour) };
        match minute {
            0 => format!("klokken {hour}"),
            1..=9 => format!("klokken {hour} nul {}", self.digit(u8::try_from(minute).unwrap_or(0))),
            _ => format!("klokken {hour} {}", to_ninety_nine(minute)),
        }
    }

    fn and(&self) -> &'static str {
        "og"
    }

    fn duration(&self, minutes: u32) -> String {
        let (hours, rest) = (of(minutes / 60, "en time", "timer"), of(minutes % 60, "et minut", "minutter"));
        match (minutes / 60, minutes % 60) {
            (0, _) => rest,
            (_, 0) => hours,
            _ => format!("{hours} og {rest}"),
        }
    }

    /// Post codes go by the pair (fireogtredive nul nul), floors by their ordinal (anden sal til venstre).
    fn place(&self, text: &str) -> String {
        place::danish(
            text,
            |digits| {
                let number = digits.parse().unwrap_or(u32::MAX);
                match digits.len() {
                    4 => {
                        let rest = match number % 100 {
                            rest @ 0..=9 => format!("nul {}", self.digit(u8::try_from(rest).unwrap_or(0))),
                            rest => to_ninety_nine(rest),
                        };
                        format!("{} {rest}", to_ninety_nine(number / 100))
                    }
                    1..=3 => cardinal(number),
                    _ => super::spelt(self, digits, None),
                }
            },
            ordinal,
        )
    }
}

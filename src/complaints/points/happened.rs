//! When the matter happened, read out of what was told: a day, a period, or nothing that a calendar knows.

use chrono::NaiveDate;

/// The days that a text names.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Happened {
    pub from: Option<NaiveDate>,
    /// The last day; the same as `from` for a single one.
    pub to: Option<NaiveDate>,
}

impl Happened {
    /// Reads up to two days out of a text: `2026-02-12`, `2026年2月12日`, `12.2.2026`, `12/2/2026`. What else stands there
    /// does not matter; a text without a day has none. Two days are a period in the order they stand.
    pub fn read(text: &str) -> Self {
        let days = days(text);
        Self { from: days.first().copied(), to: days.get(1).or_else(|| days.first()).copied() }
    }

    /// Whether a text is written like a day that no calendar has, as `2026-02-30`, or that nobody alive has seen, as
    /// `0206-11-22`.
    pub fn is_no_day(text: &str) -> bool {
        written_days(text).contains(&None)
    }

    /// Whether it ends before it begins.
    pub fn is_backwards(self) -> bool {
        matches!((self.from, self.to), (Some(from), Some(to)) if to < from)
    }

    /// Whether a day of it is still to come on `today`.
    pub fn is_after(self, today: NaiveDate) -> bool {
        self.from.max(self.to).is_some_and(|last| last > today)
    }

    /// The day that decides which entry of a directory held: the first one that is told, or `today`.
    pub fn deciding_day(self, today: NaiveDate) -> NaiveDate {
        self.from.unwrap_or(today)
    }
}

/// A number in a text: its value, how many digits it has, and what stands right after it.
type Number = (u32, usize, char);

fn numbers(text: &str) -> Vec<Number> {
    let mut numbers = Vec::new();
    let mut chars = text.chars().peekable();
    while let Some(next) = chars.next() {
        let Some(mut value) = next.to_digit(10) else { continue };
        let mut length = 1;
        while let Some(digit) = chars.peek().and_then(|next| next.to_digit(10)) {
            value = value.saturating_mul(10).saturating_add(digit);
            length += 1;
            chars.next();
        }
        numbers.push((value, length, chars.peek().copied().unwrap_or(' ')));
    }
    numbers
}

/// The first two days.
fn days(text: &str) -> Vec<NaiveDate> {
    written_days(text).into_iter().flatten().take(2).collect()
}

/// Everything that is written like a day, in order; nothing where there is no such day.
fn written_days(text: &str) -> Vec<Option<NaiveDate>> {
    let numbers = numbers(text);
    let mut found = Vec::new();
    let mut at = 0;
    while let Some([first, second, third]) = numbers.get(at..at + 3) {
        match like_a_day(*first, *second, *third) {
            Some((year, month, day)) => {
                let known = i32::try_from(year).ok().filter(|year| YEARS.contains(year));
                found.push(known.and_then(|year| NaiveDate::from_ymd_opt(year, month, day)));
                at += 3;
            }
            None => at += 1,
        }
    }
    found
}

/// Years in which something may have happened to somebody who complains.
const YEARS: std::ops::RangeInclusive<i32> = 1900..=2199;

/// Three numbers written as year, month and day, year first or year last.
fn like_a_day(first: Number, second: Number, third: Number) -> Option<(u32, u32, u32)> {
    match (first, second, third) {
        ((year, 4, '-'), (month, 1 | 2, '-'), (day, 1 | 2, _))
        | ((year, 4, '年'), (month, 1 | 2, '月'), (day, 1 | 2, '日' | '号'))
        | ((day, 1 | 2, '.'), (month, 1 | 2, '.'), (year, 4, _))
        | ((day, 1 | 2, '/'), (month, 1 | 2, '/'), (year, 4, _)) => Some((year, month, day)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_as_people_write_them() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let table = [
            ("2026-02-12", Some("2026-02-12"), Some("2026-02-12")),
            ("2026年2月12日上午", Some("2026-02-12"), Some("2026-02-12")),
            ("12.2.2026", Some("2026-02-12"), Some("2026-02-12")),
            ("den 3/1/2026 kl. 10", Some("2026-01-03"), Some("2026-01-03")),
            ("2026-02-01 – 2026-02-12", Some("2026-02-01"), Some("2026-02-12")),
            ("fra 30.12.2025 til 2.1.2026", Some("2025-12-30"), Some("2026-01-02")),
            ("2026年2月1号到2026年2月3号", Some("2026-02-01"), Some("2026-02-03")),
            ("上周三", None, None),
            ("2026-02-30", None, None),
            ("room 12, 2026", None, None),
            ("", None, None),
        ];
        for (text, from, to) in table {
            assert_eq!(Happened::read(text), Happened { from: from.map(day), to: to.map(day) }, "{text}");
        }
    }

    #[test]
    fn what_is_written_like_a_day_and_is_none_is_known() {
        for text in [
            "2026-02-30",
            "0206-11-22",
            "den 31.4.2026",
            "2026年13月1日",
            "12/30/2026",
            "2026-02-12 til 2026-02-29",
        ] {
            assert!(Happened::is_no_day(text), "{text}");
        }
        for text in
            ["2026-02-12 上午", "28.2.2026 – 1.3.2026", "上周三", "1380-0138-000", "2月30日", "3.5.2", ""]
        {
            assert!(!Happened::is_no_day(text), "{text}");
        }
    }

    #[test]
    fn a_period_runs_forwards_and_has_begun() {
        let today = "2026-02-13".parse().unwrap();
        assert!(Happened::read("2026-02-12 2026-02-01").is_backwards());
        assert!(!Happened::read("2026-02-01 2026-02-12").is_backwards());
        assert!(
            Happened::read("2026-02-14").is_after(today) && !Happened::read("2026-02-13").is_after(today)
        );
        assert!(Happened::read("2026-02-12 2026-02-14").is_after(today));
        let first = Happened::read("2025-12-30 2026-01-02").deciding_day(today);
        assert_eq!(first.to_string(), "2025-12-30");
        assert_eq!(Happened::read("yesterday").deciding_day(today), today);
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read_without_fault(text in ".{0,60}") {
            let read = Happened::read(&text);
            proptest::prop_assert_eq!(read.from.is_none(), read.to.is_none());
        }
    }
}

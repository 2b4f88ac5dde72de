//! Opening hours as people write them: `Mon-Thu 09:00-12:00, 13:00-15:00`.

use clocks::{DaySpan, OpeningHours};

/// What to write, for complaints.
pub(crate) const WANTED: &str = "\"always\", or days and spans as \"Mon-Thu 09:00-12:00, 13:00-15:00\" (days Mon to Sun, holiday, make-up)";

const DAYS: [&str; 9] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun", "holiday", "make-up"];

/// One entry of `hours`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Entry {
    /// Open day and night.
    Always,
    /// Days by their place in `DAYS`, and when they are open.
    Days(Vec<usize>, Vec<DaySpan>),
}

/// Reads one entry; `None` where it is not understood.
pub(crate) fn parse(text: &str) -> Option<Entry> {
    let text = text.trim();
    if text == "always" {
        return Some(Entry::Always);
    }
    let (days, spans) = text.split_once(' ')?;
    let spans = spans.split(',').map(span).collect::<Option<_>>()?;
    let ranges: Vec<_> = days.split(',').map(|part| range(&part.to_lowercase())).collect::<Option<_>>()?;
    Some(Entry::Days(ranges.into_iter().flatten().collect(), spans))
}

/// Puts entries together.
pub(crate) fn gather(entries: Vec<Entry>) -> OpeningHours {
    let mut hours = OpeningHours::default();
    for entry in entries {
        match entry {
            Entry::Always => hours.always = true,
            Entry::Days(days, spans) => {
                days.into_iter().for_each(|day| of_day(&mut hours, day).extend_from_slice(&spans));
            }
        }
    }
    hours
}

fn span(text: &str) -> Option<DaySpan> {
    let (from, until) = text.trim().split_once('-')?;
    DaySpan::parse(from.trim(), until.trim()).ok()
}

/// `mon`, `mon-thu`, `make-up`. A range runs forward within the week.
fn range(text: &str) -> Option<std::ops::RangeInclusive<usize>> {
    let place = |name: &str| DAYS.iter().position(|day| *day == name);
    if let Some(day) = place(text) {
        return Some(day..=day);
    }
    let (from, to) = text.split_once('-')?;
    let (from, to) = (place(from)?, place(to)?);
    (from <= to && to < 7).then_some(from..=to)
}

fn of_day(hours: &mut OpeningHours, day: usize) -> &mut Vec<DaySpan> {
    match day {
        0 => &mut hours.monday,
        1 => &mut hours.tuesday,
        2 => &mut hours.wednesday,
        3 => &mut hours.thursday,
        4 => &mut hours.friday,
        5 => &mut hours.saturday,
        6 => &mut hours.sunday,
        7 => &mut hours.holiday,
        _ => &mut hours.make_up,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_split_shifts_are_read() {
        let texts = [
            "Mon-Thu 09:00-12:00, 13:00-15:00",
            "Fri,Sun 20:00-02:00",
            "holiday 10:00-11:00",
            "make-up 08:00-24:00",
        ];
        let hours = gather(texts.iter().map(|text| parse(text).unwrap()).collect());
        assert_eq!(hours.wednesday, [DaySpan { from: 540, until: 720 }, DaySpan { from: 780, until: 900 }]);
        assert_eq!(hours.sunday, [DaySpan { from: 1200, until: 1560 }]);
        assert!(hours.saturday.is_empty());
        assert_eq!((hours.holiday.len(), hours.make_up.len()), (1, 1));
        assert!(gather(vec![Entry::Always]).always);
    }

    #[test]
    fn what_is_not_understood_is_refused() {
        for text in [
            "",
            "Mon",
            "Thu-Mon 09:00-12:00",
            "Mon 9-12",
            "Mon 09:00-09:00",
            "Mon-holiday 09:00-10:00",
            "Man 09:00-10:00",
        ] {
            assert!(parse(text).is_none(), "{text}");
        }
    }
}

//! Tests of the calendars: kinds of days, movable feasts, make-up workdays.

use chrono::NaiveDate;

use crate::{Calendar, DayKind};

pub(crate) fn china() -> Calendar {
    Calendar::parse(include_str!("../../config/calendars/china.toml"), "china.toml").unwrap()
}

pub(crate) fn denmark() -> Calendar {
    Calendar::parse(include_str!("../../config/calendars/denmark.toml"), "denmark.toml").unwrap()
}

pub(crate) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn days_of(year: i32) -> impl Iterator<Item = NaiveDate> {
    NaiveDate::from_ymd_opt(year, 1, 1)
        .unwrap()
        .iter_days()
        .take_while(move |date| date.to_string().starts_with(&year.to_string()))
}

#[test]
fn china_makes_up_for_its_holidays() {
    let china = china();
    let made_up = |year| {
        days_of(year)
            .filter(|date| china.kind(*date) == DayKind::MakeUp)
            .map(|date| date.to_string())
            .collect::<Vec<_>>()
    };
    assert_eq!(
        made_up(2024),
        [
            "2024-02-04",
            "2024-02-18",
            "2024-04-07",
            "2024-04-28",
            "2024-05-11",
            "2024-09-14",
            "2024-09-29",
            "2024-10-12"
        ]
    );
    assert_eq!(made_up(2025), ["2025-01-26", "2025-02-08", "2025-04-27", "2025-09-28", "2025-10-11"]);
    assert_eq!(
        made_up(2026),
        ["2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"]
    );
    let off = |year| days_of(year).filter(|date| matches!(china.kind(*date), DayKind::Holiday(_))).count();
    assert_eq!(off(2026), 3 + 9 + 3 + 5 + 3 + 3 + 7);
    assert_eq!(off(2024), 1 + 8 + 3 + 5 + 1 + 3 + 7);
    assert!(china.is_published(day("2026-12-31")) && !china.is_published(day("2027-01-01")));
}

#[test]
fn denmark_lost_its_great_prayer_day() {
    let denmark = denmark();
    let holidays = |year| {
        days_of(year)
            .filter(|date| matches!(denmark.kind(*date), DayKind::Holiday(_)))
            .map(|date| date.to_string())
            .collect::<Vec<_>>()
    };
    assert!(holidays(2023).contains(&"2023-05-05".to_owned()));
    assert_eq!(
        holidays(2026),
        [
            "2026-01-01",
            "2026-04-02",
            "2026-04-03",
            "2026-04-05",
            "2026-04-06",
            "2026-05-14",
            "2026-05-24",
            "2026-05-25",
            "2026-12-25",
            "2026-12-26"
        ]
    );
    assert!(denmark.is_working(day("2026-05-01")), "the fourth Friday after Easter is worked since 2024");
}

#[test]
fn danish_offices_are_shut_on_closing_days_that_are_no_holidays() {
    let denmark = denmark();
    for date in ["2026-06-05", "2026-12-24", "2026-12-31"] {
        assert!(
            matches!(denmark.kind(day(date)), DayKind::Closing(_)) && !denmark.is_working(day(date)),
            "{date}"
        );
    }
}

#[test]
fn next_years_notice_is_missed_from_november() {
    let china = china();
    for (today, missing) in [
        ("2026-10-31", None),
        ("2026-11-01", Some(2027)),
        ("2026-12-31", Some(2027)),
        ("2027-01-01", Some(2027)),
    ] {
        assert_eq!(china.missing_year(day(today)), missing, "{today}");
    }
    assert_eq!(denmark().missing_year(day("2026-12-31")), None, "rules hold for every year");
}

#[test]
fn faulty_calendars_name_the_line() {
    let head = "id = \"x\"\nzone = \"UTC\"\nweekend = [\"saturday\", \"sunday\"]\n";
    let off = "[[notice]]\ncitation = \"n\"\n";
    let wrong = [
        (head.replace("UTC", "Mars"), 2, "is not a time zone"),
        (
            head.replace("[\"saturday\"", "[\"mon\", \"tue\", \"wed\", \"thu\", \"fri\", \"saturday\""),
            3,
            "every day of the week",
        ),
        (
            format!("{head}{off}off = [\n{{ from = \"2026-02-03\", to = \"2026-02-01\", names = {{}} }}]"),
            7,
            "days off from",
        ),
        (format!("{head}{off}work = [\n{{ day = \"2026-02-03\", names = {{}} }}]"), 7, "already"),
        (format!("{head}[[rule]]\nnames = {{}}\nfixed = \"13-01\""), 5, "month and day"),
        (format!("{head}[[rule]]\nnames = {{}}"), 5, "either `fixed` or `easter`"),
        (format!("{head}holidays = []"), 4, "unknown field"),
        (format!("{head}published_until = \"soon\""), 4, "invalid"),
        (format!("{head}expected_by = \"soon\""), 4, "month and day"),
        (format!("{head}[hours]\nholiday = [[\"09:00\", \"10:00\"]]"), 4, "never open"),
    ];
    for (text, line, what) in wrong {
        let fault = Calendar::parse(&text, "c.toml").unwrap_err();
        assert_eq!(fault.line, line, "{fault}");
        assert!(fault.to_string().contains(what), "{fault}");
    }
}

#[test]
fn what_is_worked_out_is_what_the_rules_say() {
    let weekdays =
        Calendar::parse(include_str!("../../config/calendars/weekdays.toml"), "weekdays.toml").unwrap();
    for calendar in [china(), denmark(), weekdays] {
        let (first, last) = (day("1997-01-01"), day("2063-12-31"));
        for date in first.iter_days().take_while(|date| *date <= last) {
            assert_eq!(calendar.kind(date), calendar.asked(date), "{} {date}", calendar.id);
        }
    }
    assert!(denmark().ruled.get(day("2026-04-03")).is_some(), "Good Friday is worked out");
    assert!(denmark().ruled.get(day("1999-12-31")).is_none(), "and the last millennium asked for");
}

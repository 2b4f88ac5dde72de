//! What scripts are told of the opening hours of the two shipped lines, over breaks, holidays and make-up workdays.

use clocks::{DaySpan, OpeningHours};

use super::*;
use crate::testing::house;

fn spans(all: &[(&str, &str)]) -> Vec<DaySpan> {
    all.iter().map(|(from, until)| DaySpan::parse(from, until).unwrap()).collect()
}

/// The hours of `dialog` as shipped: a break at noon, an early end on Fridays.
fn split_shifts() -> OpeningHours {
    let day = spans(&[("09:00", "12:00"), ("13:00", "15:00")]);
    let [monday, tuesday, wednesday, thursday] = [day.clone(), day.clone(), day.clone(), day];
    let friday = spans(&[("09:00", "12:00")]);
    OpeningHours { monday, tuesday, wednesday, thursday, friday, ..OpeningHours::default() }
}

/// An office of the 12320 hotline: working days, and Mondays' hours on make-up days.
fn working_days() -> OpeningHours {
    let day = spans(&[("08:00", "12:00"), ("14:00", "18:00")]);
    let [monday, tuesday, wednesday, thursday, friday] = std::array::from_fn(|_| day.clone());
    OpeningHours { monday, tuesday, wednesday, thursday, friday, ..OpeningHours::default() }
}

fn told(hours: &OpeningHours, calendar: &str, zone: chrono_tz::Tz, moment: &str) -> (bool, String) {
    let mut house = house();
    let mut line = house.lines.remove("12320").unwrap();
    (line.hours, line.calendar, line.zone) = (hours.clone(), calendar.to_owned(), zone);
    let now = Timestamp::parse(moment).unwrap();
    let facts = LineFacts::default().at(&house, &line, "twilio", now);
    assert_eq!((facts.now, facts.local), (now, now.local(zone).naive_local()));
    (facts.open, facts.next_open.map_or(String::new(), |at| at.format("%m-%d %H:%M").to_string()))
}

#[test]
fn the_chinese_line_follows_holidays_and_make_up_workdays() {
    let zone = chrono_tz::Asia::Shanghai;
    for (moment, open, next) in [
        ("2026-03-02T09:00:00+08:00", true, ""),
        ("2026-03-02T12:30:00+08:00", false, "03-02 14:00"),
        // The Saturday before the Spring Festival is worked; the festival is not, weekdays and all.
        ("2026-02-14T09:00:00+08:00", true, ""),
        ("2026-02-14T18:00:00+08:00", false, "02-24 08:00"),
        ("2026-02-17T09:00:00+08:00", false, "02-24 08:00"),
        // A Sunday that is worked, and one that is not.
        ("2026-09-20T10:00:00+08:00", true, ""),
        ("2026-09-13T10:00:00+08:00", false, "09-14 08:00"),
        // Four in the morning in Denmark is noon in China.
        ("2026-03-02T05:30:00+01:00", false, "03-02 14:00"),
    ] {
        assert_eq!(told(&working_days(), "china", zone, moment), (open, next.to_owned()), "{moment}");
    }
}

#[test]
fn the_danish_line_follows_its_breaks_its_holidays_and_summer_time() {
    let zone = chrono_tz::Europe::Copenhagen;
    for (moment, open, next) in [
        ("2026-03-05T09:00:00+01:00", true, ""),
        ("2026-03-05T12:00:00+01:00", false, "03-05 13:00"),
        ("2026-03-05T15:00:00+01:00", false, "03-06 09:00"),
        ("2026-03-06T12:00:00+01:00", false, "03-09 09:00"),
        // From the Wednesday before Maundy Thursday to the Tuesday after Easter.
        ("2026-04-01T14:59:00+02:00", true, ""),
        ("2026-04-01T15:00:00+02:00", false, "04-07 09:00"),
        ("2026-04-06T10:00:00+02:00", false, "04-07 09:00"),
        // The first morning of summer time: nine o'clock comes an hour sooner.
        ("2026-03-30T08:59:00+02:00", false, "03-30 09:00"),
        ("2026-03-30T09:00:00+02:00", true, ""),
    ] {
        assert_eq!(told(&split_shifts(), "denmark", zone, moment), (open, next.to_owned()), "{moment}");
    }
}

#[test]
fn facts_are_kept_for_their_minute_only() {
    let (mut house, kept) = (house(), LineFacts::default());
    let mut line = house.lines.remove("12320").unwrap();
    (line.hours, line.calendar) = (working_days(), "china".to_owned());
    let at = |text: &str| kept.at(&house, &line, "twilio", Timestamp::parse(text).unwrap()).open;
    assert!(at("2026-03-02T11:59:01+08:00") && at("2026-03-02T11:59:59+08:00"));
    assert!(!at("2026-03-02T12:00:00+08:00"));
}

#[test]
fn whether_messages_are_taken_is_told_of_the_call_s_own_provider() {
    let (mut house, kept) = (house(), LineFacts::default());
    let line = house.lines.remove("12320").unwrap();
    let jambonz = crate::house::Provider {
        name: "jambonz".to_owned(),
        dialect: "jambonz".to_owned(),
        profile: String::new(),
        ..house.providers["twilio"].clone()
    };
    house.providers.insert(jambonz.name.clone(), jambonz);
    // The same minute: what is kept of the line is not kept of the provider.
    let told = ["twilio", "jambonz", "twilio", "nobody"]
        .map(|provider| kept.at(&house, &line, provider, Timestamp(0)).records);
    assert_eq!(told, [true, false, true, false]);
}

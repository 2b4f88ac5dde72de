//! The count against itself done slowly: one day at a time, or one quarter of an hour at a time, asking at each
//! step the plain lists that the case was made from. 100,000 random cases of laws, calendars, pauses, extensions
//! and decrees. The slow way shares no code with the fast one but the zone's table.

use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, TimeZone, Timelike, Weekday};
use chrono_tz::Tz;
use domain::Timestamp;

use crate::calendar::tests::day;
use crate::{
    Calendar, Decrees, Duty, Extension, Law, Laws, Ledger, Pause, PauseReason, Reckoning, Unit, WhenOff,
};

const CASES: u64 = 100_000;
/// Every so many cases count hours; the slow way is slowest there.
const HOURLY: u64 = 20;
const STEP: i64 = 15 * 60 * 1000;
const ZONES: [Tz; 3] = [chrono_tz::Asia::Shanghai, chrono_tz::Europe::Copenhagen, chrono_tz::UTC];
const WEEK: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// Dice with a seed: the same cases on every machine.
struct Dice(u64);

impl Dice {
    fn throw(&mut self, below: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut word = self.0;
        word = (word ^ (word >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        word = (word ^ (word >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (word ^ (word >> 31)) % below
    }

    fn one_in(&mut self, n: u64) -> bool {
        self.throw(n) == 0
    }

    fn count(&mut self, from: u64, to: u64) -> u32 {
        u32::try_from(from + self.throw(to - from + 1)).unwrap()
    }
}

/// What a calendar is made from.
struct World {
    zone: Tz,
    weekend: Vec<u32>,
    off: Vec<NaiveDate>,
    made_up: Vec<NaiveDate>,
    published_until: Option<NaiveDate>,
    /// Minutes by weekday, Monday first, then of holidays.
    hours: Vec<Vec<(u32, u32)>>,
    calendar: Calendar,
}

fn written(minute: u32) -> String {
    let minute = if minute > 1440 { minute - 1440 } else { minute };
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

fn spans(dice: &mut Dice) -> Vec<(u32, u32)> {
    // Times within the hour that a change of the clock doubles have no single meaning, so none is drawn.
    let quarter = |dice: &mut Dice, from: u64, to: u64| match dice.count(from, to) * 15 {
        minute @ 121..=179 => minute - minute % 60,
        minute => minute,
    };
    match dice.throw(6) {
        0 => Vec::new(),
        1 => vec![(quarter(dice, 80, 95), 1440 + quarter(dice, 1, 24))],
        2 | 3 => vec![(quarter(dice, 20, 40), quarter(dice, 60, 96))],
        _ => vec![
            (quarter(dice, 24, 36), quarter(dice, 44, 50)),
            (quarter(dice, 48, 56), quarter(dice, 60, 76)),
        ],
    }
}

fn world(dice: &mut Dice) -> World {
    let zone = ZONES[usize::try_from(dice.throw(3)).unwrap()];
    let first = day("2026-01-01");
    let weekend: Vec<u32> = (0..7).filter(|_| dice.one_in(4)).take(6).collect();
    let mut off: Vec<NaiveDate> = Vec::new();
    let mut made_up: Vec<NaiveDate> = Vec::new();
    for date in first.iter_days().take(420) {
        let of_weekend = weekend.contains(&date.weekday().num_days_from_monday());
        match dice.throw(12) {
            0 => off.push(date),
            1 if of_weekend => made_up.push(date),
            _ => {}
        }
    }
    let published_until = dice.one_in(2).then(|| first + TimeDelta::days(i64::from(dice.count(100, 420))));
    let mut hours: Vec<Vec<(u32, u32)>> = (0..8).map(|_| spans(dice)).collect();
    if hours[..7].iter().all(Vec::is_empty) {
        hours[2] = vec![(540, 1020)];
    }
    let mut world = World { zone, weekend, off, made_up, published_until, hours, calendar: empty() };
    world.calendar = Calendar::parse(&world.text(), "random.toml").unwrap();
    world
}

fn empty() -> Calendar {
    Calendar::parse("id = \"x\"\nzone = \"UTC\"\nweekend = []", "x.toml").unwrap()
}

impl World {
    fn text(&self) -> String {
        use std::fmt::Write;
        let weekend: Vec<String> =
            self.weekend.iter().map(|day| format!("\"{}\"", WEEK[*day as usize])).collect();
        let mut text = format!("id = \"x\"\nzone = \"{}\"\nweekend = [{}]\n", self.zone, weekend.join(", "));
        if let Some(until) = self.published_until {
            writeln!(text, "published_until = \"{until}\"").unwrap();
        }
        text.push_str("[hours]\n");
        for (name, spans) in WEEK.iter().chain(&["holiday"]).zip(&self.hours) {
            let spans: Vec<String> = spans
                .iter()
                .map(|(from, until)| format!("[\"{}\", \"{}\"]", written(*from), written(*until)))
                .collect();
            writeln!(text, "{name} = [{}]", spans.join(", ")).unwrap();
        }
        text.push_str("[[notice]]\ncitation = \"n\"\noff = [\n");
        for date in &self.off {
            writeln!(text, "{{ from = \"{date}\", to = \"{date}\", names = {{}} }},").unwrap();
        }
        text.push_str("]\nwork = [\n");
        for date in &self.made_up {
            writeln!(text, "{{ day = \"{date}\", names = {{}} }},").unwrap();
        }
        text + "]\n"
    }

    fn is_worked(&self, date: NaiveDate) -> bool {
        let weekend = self.weekend.contains(&date.weekday().num_days_from_monday());
        self.made_up.contains(&date) || (!self.off.contains(&date) && !weekend)
    }

    /// Whether the office that opened on `date` is open `minute` minutes into that day.
    fn opens(&self, date: NaiveDate, minute: u32) -> bool {
        let spans = if self.made_up.contains(&date) {
            &self.hours[0]
        } else if self.off.contains(&date) {
            &self.hours[7]
        } else {
            &self.hours[date.weekday().num_days_from_monday() as usize]
        };
        spans.iter().any(|(from, until)| *from <= minute && minute < *until)
    }
}

/// One random case.
struct Case<'w> {
    world: &'w World,
    law: Law,
    start: Timestamp,
    ledger: Ledger,
    as_of: Timestamp,
    decree_days: Vec<(NaiveDate, NaiveDate)>,
    decrees: Decrees,
}

fn case<'w>(dice: &mut Dice, model: &Law, hourly: bool, world: &'w World) -> Case<'w> {
    let base = Timestamp::parse("2026-01-02T00:00:00Z").unwrap();
    let moment = |dice: &mut Dice, quarters: u64| {
        Timestamp(base.0 + i64::try_from(dice.throw(quarters)).unwrap() * STEP)
    };
    let start = moment(dice, 96 * 330);
    let near = |dice: &mut Dice, days: u64| {
        Timestamp(start.0 + (i64::try_from(dice.throw(96 * days)).unwrap() - 96) * STEP)
    };
    let (unit, count) = match dice.throw(4) {
        _ if hourly && dice.one_in(3) => (Unit::Hour, dice.count(1, 20)),
        _ if hourly => (Unit::WorkingHour, dice.count(1, 6)),
        0 => (Unit::CalendarDay, dice.count(1, 12)),
        1 => (Unit::Week, dice.count(1, 2)),
        _ => (Unit::WorkingDay, dice.count(1, 12)),
    };
    let pauses = PauseReason::ALL.iter().copied().filter(|_| !dice.one_in(3)).collect();
    let law = Law {
        unit,
        count,
        day_zero: !dice.one_in(4),
        when_off: if dice.one_in(4) { WhenOff::NextWorkingDay } else { WhenOff::Stay },
        pauses,
        ..model.clone()
    };
    let mut ledger = Ledger::default();
    for _ in 0..dice.throw(4) {
        let (one, other) = (near(dice, 12), near(dice, 12));
        let reason = PauseReason::ALL[usize::try_from(dice.throw(6)).unwrap()];
        let until = (!dice.one_in(6)).then_some(one.max(other));
        ledger.pauses.push(Pause { from: one.min(other), until, reason });
    }
    for _ in 0..dice.throw(3) {
        let duty = if dice.one_in(3) { Duty::Sign } else { Duty::Reply };
        let (units, at, text) = (dice.count(1, 3), start, String::new);
        ledger.extend(Extension { duty, units, at, approved_by: text(), reason: text(), told_at: None });
    }
    let mut decree_days = Vec::new();
    for _ in 0..dice.throw(3) {
        let from = near(dice, 12).service_day(world.zone);
        decree_days.push((from, from + TimeDelta::days(i64::from(dice.count(0, 6)))));
    }
    let decrees: Vec<String> = decree_days.iter().enumerate().map(|(n, (from, to))| format!("[[decree]]\nid = \"d{n}\"\nnames = {{}}\ncitation = \"c\"\nfrom = \"{from}\"\nto = \"{to}\"\nduties = [\"answer\"]\n")).collect();
    let decrees = Decrees::parse(&decrees.concat(), "d.toml").unwrap();
    Case { law, start, ledger, as_of: near(dice, 12), decree_days, decrees, world }
}

impl Case<'_> {
    fn wanted(&self) -> u32 {
        let granted = self.ledger.extensions.iter().filter(|extension| extension.duty == Duty::Reply);
        self.law.count + granted.map(|extension| extension.units).sum::<u32>()
    }

    fn is_still(&self, moment: Timestamp) -> bool {
        let date = moment.service_day(self.world.zone);
        self.decree_days.iter().any(|(from, to)| *from <= date && date <= *to)
            || self.ledger.pauses.iter().any(|pause| {
                let until = pause.until.unwrap_or(self.as_of);
                self.law.pauses.contains(&pause.reason) && pause.from <= moment && moment < until
            })
    }

    fn is_open(&self, moment: Timestamp) -> bool {
        let local = moment.local(self.world.zone);
        let (date, minute) = (local.date_naive(), local.hour() * 60 + local.minute());
        self.law.unit == Unit::Hour
            || self.world.opens(date, minute)
            || self.world.opens(date.pred_opt().unwrap(), minute + 1440)
    }

    /// Day by day: a day counts if the clock runs in its last millisecond.
    fn slow_day(&self) -> NaiveDate {
        let zone = self.world.zone;
        let wanted = if self.law.unit == Unit::Week { self.wanted() * 7 } else { self.wanted() };
        let first = self.start.service_day(zone);
        let (mut date, mut reached) = (first, 0);
        loop {
            let next = date.succ_opt().unwrap();
            let midnight: DateTime<Tz> =
                zone.with_ymd_and_hms(next.year(), next.month(), next.day(), 0, 0, 0).earliest().unwrap();
            let runs = !self.is_still(Timestamp(midnight.timestamp_millis() - 1));
            let worked = self.world.is_worked(date);
            let of_unit = self.law.unit != Unit::WorkingDay || worked;
            let zero = self.law.day_zero && date == first;
            if runs && of_unit && !zero {
                reached += 1;
            }
            let may_end = self.law.when_off == WhenOff::Stay || (worked && runs && !zero);
            if reached >= wanted && may_end {
                return date;
            }
            date = next;
        }
    }

    /// A quarter of an hour at a time; every moment of the case lies on a quarter.
    fn slow_moment(&self) -> Timestamp {
        let mut left = i64::from(self.wanted()) * 4;
        let mut moment = self.start;
        loop {
            if self.is_open(moment) && !self.is_still(moment) {
                left -= 1;
            }
            moment = Timestamp(moment.0 + STEP);
            if left == 0 {
                return moment;
            }
        }
    }
}

#[test]
fn a_hundred_thousand_random_cases_agree_with_the_slow_count() {
    let laws = Laws::parse(include_str!("../../config/laws.toml"), "laws.toml").unwrap();
    let model = laws.get("cn-order3-single", None, day("2026-01-01")).unwrap();
    let mut dice = Dice(20_260_213);
    let mut shared = world(&mut dice);
    for number in 0..CASES {
        // Reading a calendar is slow; some cases share one.
        if number % 250 == 0 {
            shared = world(&mut dice);
        }
        let case = case(&mut dice, model, number % HOURLY == 0, &shared);
        let (law, zone) = (&case.law, case.world.zone);
        let clock = Reckoning::new(law, &case.world.calendar, zone)
            .with(&case.ledger, case.as_of)
            .under(&case.decrees);
        let due = clock.due(case.start);
        let what = || {
            format!(
                "case {number}: {law:?} from {} in {zone}\n{:?}\n{:?}",
                case.start.rfc3339(zone),
                case.ledger,
                case.decree_days
            )
        };
        if matches!(law.unit, Unit::Hour | Unit::WorkingHour) {
            assert_eq!(due.due_at, case.slow_moment(), "{}", what());
            let seconds: i64 = due.days.iter().filter_map(|day| day.seconds).map(i64::from).sum();
            assert_eq!(seconds, i64::from(case.wanted()) * 3600, "{}", what());
        } else {
            assert_eq!(due.day, case.slow_day(), "{}", what());
            let ordinals: Vec<u32> = due.days.iter().filter_map(|day| day.ordinal).collect();
            assert!(ordinals.iter().copied().eq(1..=u32::try_from(ordinals.len()).unwrap()), "{}", what());
        }
        let beyond = case.world.published_until.is_some_and(|until| due.days.last().unwrap().date > until);
        assert_eq!(due.provisional, beyond && law.needs_calendar(), "{}", what());
        if number % 200 == 0 {
            check_warnings(&case, clock, &due);
        }
    }
}

fn check_warnings(case: &Case<'_>, clock: Reckoning<'_>, due: &crate::Due) {
    let warnings = clock.warnings(case.start, due);
    assert!(warnings.is_sorted_by_key(|warning| warning.at), "{warnings:?}");
    assert!(
        warnings.iter().all(|warning| case.start <= warning.at && warning.at <= due.due_at),
        "{warnings:?}"
    );
    // Where no office hour lies within the limit there is no better moment than a share of the clock.
    let mut quarters = (case.start.0..due.due_at.0).step_by(usize::try_from(STEP).unwrap()).map(Timestamp);
    let runs = |moment: &Timestamp| case.is_open(*moment) && !case.is_still(*moment);
    if quarters.any(|moment| runs(&moment)) {
        let before = warnings.iter().map(|warning| Timestamp((warning.at.0 - 1) / STEP * STEP));
        assert!(before.clone().all(|moment| runs(&moment)), "{warnings:?} in {:?}", case.ledger);
    }
}

#[test]
fn the_dice_reach_every_kind_of_day() {
    let mut dice = Dice(1);
    let world = world(&mut dice);
    assert!(world.off.len() > 10 && Weekday::Mon.num_days_from_monday() == 0);
    assert_eq!(world.calendar.zone, world.zone);
    assert!(world.off.iter().all(|date| !world.calendar.is_working(*date)));
    assert!(world.made_up.iter().all(|date| world.calendar.is_working(*date)));
}

//! A case's time limits in words: until when, by which law, and day by day, as a picture and as a list, how it was
//! counted; below them the log of reckonings.

use chrono::{Datelike, NaiveDate, Weekday};
use domain::Timestamp;
use domain::directory::name_in;
use switchboard::House;
use switchboard::case_file::{CaseClock, CaseFile, CountedDay, DayReason, Due, Duty, Law, Reckoned, Unit};

use super::case_words::{self, DueWords, due_words};
use crate::page::Page;

/// Days of the longest count that is drawn; longer ones are only listed.
const DRAWN: usize = 200;

/// One time limit.
pub(super) struct ClockView {
    pub(super) name: String,
    pub(super) until: String,
    pub(super) due: DueWords,
    pub(super) law: String,
    pub(super) citation: String,
    pub(super) provisional: bool,
    pub(super) paused: bool,
    /// It is still to be kept.
    pub(super) running: bool,
    /// It is the clock of a case held by this one.
    pub(super) taken_over: bool,
    /// Units granted on top, in words.
    pub(super) extended: String,
    pub(super) days: Vec<DayView>,
    pub(super) weeks: Vec<WeekView>,
}

/// One day of the count.
pub(super) struct DayView {
    pub(super) date: String,
    /// Its place in the count; empty where it was passed over.
    pub(super) ordinal: String,
    pub(super) reason: String,
}

/// A row of the picture: the month where it changes, and seven cells.
pub(super) struct WeekView {
    pub(super) month: String,
    pub(super) cells: Vec<Option<CellView>>,
}

/// A day of the picture.
pub(super) struct CellView {
    pub(super) number: u32,
    pub(super) ordinal: String,
    /// Colours and marks it.
    pub(super) class: &'static str,
    /// The whole line of the list, for pointers and screen readers.
    pub(super) told: String,
}

/// Every limit that runs or ran.
pub(super) fn clocks(house: &House, page: &Page, file: &CaseFile, now: Timestamp) -> Vec<ClockView> {
    let over = file.view.status.is_closed();
    let view = |clock| {
        let view = clock_view(house, page, clock, now);
        ClockView { running: view.running && !over, ..view }
    };
    file.clocks.iter().map(view).collect()
}

/// What does not run yet, with what it waits for.
pub(super) fn unstarted(page: &Page, file: &CaseFile) -> Vec<String> {
    let told = |duty: &Duty| page.known("case-clock-unstarted", duty.as_str());
    file.unstarted.iter().filter_map(told).collect()
}

/// The days of the week as the picture's columns.
pub(super) fn weekdays(page: &Page) -> Vec<String> {
    (1..=7).map(|day| page.t(&format!("case-clock-weekday-{day}"))).collect()
}

/// Every reckoning that moved a limit, newest first.
pub(super) fn log(house: &House, page: &Page, log: &[Reckoned]) -> Vec<String> {
    let line = |line: &Reckoned| {
        let before = line.due_before.map_or_else(String::new, |before| format!("{} → ", page.time(&before)));
        let after = page.time(&line.due_after);
        let guess =
            if line.provisional { format!(" · {}", page.t("case-due-provisional")) } else { String::new() };
        let name = clock_name(house, page, &line.duty, &line.subject);
        format!(
            "{} · {name}: {before}{after} · {}{guess}",
            page.time(&line.at),
            page.tc("case-clock-cause", &line.cause)
        )
    };
    log.iter().rev().filter(|line| line.due_before.is_some()).map(line).collect()
}

/// "5 working days", in the unit of the law.
fn units(page: &Page, law: Option<&Law>, count: i64) -> String {
    let unit = law.map_or(Unit::CalendarDay, |law| law.unit);
    page.tn(&format!("case-units-{}", unit.as_str().replace('_', "-")), "count", count)
}

/// The same, in the unit in which the case is to be answered.
pub(super) fn answer_units(house: &House, page: &Page, file: &CaseFile, count: i64) -> String {
    let answer = file.clocks.iter().find(|clock| clock.duty == Duty::Answer);
    let law = answer.and_then(|clock| clock.due.as_ref()).map(|due| due.law.as_str());
    units(page, house.laws.all().iter().find(|one| Some(one.id.as_str()) == law), count)
}

fn clock_name(house: &House, page: &Page, duty: &str, subject: &str) -> String {
    let name = page.tc("case-clock", duty);
    if subject.is_empty() {
        name
    } else {
        format!("{name} ({})", case_words::department(house, page, subject))
    }
}

fn clock_view(house: &House, page: &Page, clock: &CaseClock, now: Timestamp) -> ClockView {
    let due = clock.due.as_ref();
    let law = due.and_then(|due| house.laws.all().iter().find(|law| law.id == due.law));
    let paused = due.is_some_and(|due| due.paused) && clock.met_at.is_none();
    let words = if paused {
        DueWords { text: page.t("case-clock-stands-still"), class: "quiet" }
    } else {
        due_words(page, Some(clock.due_at), clock.met_at, now)
    };
    let granted = due.map_or(0, |due| due.extended_by);
    ClockView {
        name: clock_name(house, page, clock.duty.as_str(), &clock.subject),
        until: page.tv("case-clock-until", "moment", page.time(&clock.due_at)),
        due: words,
        law: law.map(|law| name_in(&law.names, page.lang()).to_owned()).unwrap_or_default(),
        citation: due.map(|due| due.citation.clone()).unwrap_or_default(),
        provisional: due.is_some_and(|due| due.provisional),
        paused,
        running: clock.met_at.is_none(),
        taken_over: clock.taken_over,
        extended: if granted > 0 {
            page.tv("case-clock-extended", "what", units(page, law, i64::from(granted)))
        } else {
            String::new()
        },
        days: due.map(|due| days(page, due)).unwrap_or_default(),
        weeks: due.filter(|due| due.days.len() <= DRAWN).map(|due| weeks(page, due)).unwrap_or_default(),
    }
}

fn days(page: &Page, due: &Due) -> Vec<DayView> {
    let day = |day: &CountedDay| DayView {
        date: page.date(day.date),
        ordinal: ordinal(day),
        reason: reason(page, day),
    };
    due.days.iter().map(day).collect()
}

fn weeks(page: &Page, due: &Due) -> Vec<WeekView> {
    let monday = |date: NaiveDate| date.week(Weekday::Mon).first_day();
    let mut weeks: Vec<WeekView> = Vec::new();
    for day in &due.days {
        let row = day.date.weekday().num_days_from_monday() as usize;
        let first = weeks.is_empty() || monday(day.date) == day.date;
        if first {
            let month = page.date(day.date);
            weeks.push(WeekView { month, cells: (0..7).map(|_| None).collect() });
        }
        if let Some(cell) = weeks.last_mut().and_then(|week| week.cells.get_mut(row)) {
            *cell = Some(cell_view(page, day, due));
        }
    }
    weeks
}

fn cell_view(page: &Page, day: &CountedDay, due: &Due) -> CellView {
    let last = day.date == due.day;
    let class = match &day.reason {
        _ if last => "last",
        _ if day.counts() && day.extended => "granted",
        _ if day.counts() => "counted",
        DayReason::StartDay => "start",
        DayReason::Paused(_) => "paused",
        DayReason::Suspended { .. } => "suspended",
        _ => "off",
    };
    let told = format!("{}: {}", page.date(day.date), reason(page, day));
    CellView { number: day.date.day(), ordinal: ordinal(day), class, told }
}

fn ordinal(day: &CountedDay) -> String {
    match (day.ordinal, day.seconds) {
        (Some(ordinal), _) => ordinal.to_string(),
        (None, Some(seconds)) if seconds > 0 => format!("{}:{:02}", seconds / 3600, seconds / 60 % 60),
        _ => String::new(),
    }
}

fn reason(page: &Page, day: &CountedDay) -> String {
    let id = match &day.reason {
        DayReason::StartDay => "case-clock-day-start-day",
        DayReason::WorkingDay => "case-clock-day-working-day",
        DayReason::MakeUpWorkday => "case-clock-day-make-up-workday",
        DayReason::Weekend => "case-clock-day-weekend",
        DayReason::CalendarDay => "case-clock-day-calendar-day",
        DayReason::Closed => "case-clock-day-closed",
        DayReason::Paused(reason) => {
            return page.tv("case-clock-day-paused", "reason", page.tc("pause", reason));
        }
        DayReason::Suspended { citation, .. } => {
            return page.tv("case-clock-day-suspended", "citation", citation.as_str());
        }
        DayReason::Holiday(names) => {
            return page.tv("case-clock-day-holiday", "name", name_in(names, page.lang()));
        }
    };
    let text = page.t(id);
    if day.extended { format!("{text}, {}", page.t("case-clock-day-extended")) } else { text }
}

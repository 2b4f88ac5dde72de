//! A case's time limits in words: until when, by which law, and day by day how it was counted.

use domain::Timestamp;
use domain::directory::name_in;
use switchboard::House;
use switchboard::case_file::{CaseClock, CaseFile, DayReason, Due};

use super::case_words::{DueWords, due_words};
use crate::page::Page;

/// One time limit.
pub(super) struct ClockView {
    pub(super) name: String,
    pub(super) until: String,
    pub(super) due: DueWords,
    pub(super) law: String,
    pub(super) citation: String,
    pub(super) provisional: bool,
    pub(super) days: Vec<DayView>,
}

/// One day of the count.
pub(super) struct DayView {
    pub(super) date: String,
    /// Its place in the count; empty where it was passed over.
    pub(super) ordinal: String,
    pub(super) reason: String,
}

/// Every limit that runs or ran.
pub(super) fn clocks(house: &House, page: &Page, file: &CaseFile, now: Timestamp) -> Vec<ClockView> {
    file.clocks.iter().map(|clock| clock_view(house, page, clock, now)).collect()
}

fn clock_view(house: &House, page: &Page, clock: &CaseClock, now: Timestamp) -> ClockView {
    let due = clock.due.as_ref();
    let law = due.and_then(|due| house.laws.all().iter().find(|law| law.id == due.law));
    ClockView {
        name: page.tc("case-clock", clock.duty),
        until: page.tv("case-clock-until", "moment", page.time(&clock.due_at)),
        due: due_words(page, Some(clock.due_at), clock.met_at, now),
        law: law.map(|law| name_in(&law.names, page.lang()).to_owned()).unwrap_or_default(),
        citation: due.map(|due| due.citation.clone()).unwrap_or_default(),
        provisional: due.is_some_and(|due| due.provisional),
        days: due.map(|due| days(page, due)).unwrap_or_default(),
    }
}

fn days(page: &Page, due: &Due) -> Vec<DayView> {
    let day = |day: &switchboard::case_file::CountedDay| DayView {
        date: page.date(day.date),
        ordinal: day.ordinal.map(|ordinal| ordinal.to_string()).unwrap_or_default(),
        reason: reason(page, &day.reason),
    };
    due.days.iter().map(day).collect()
}

fn reason(page: &Page, reason: &DayReason) -> String {
    let id = match reason {
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
    page.t(id)
}

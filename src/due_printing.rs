//! What `hotline due` prints: lines for people, or JSON.

use clocks::{Calendar, CountedDay, DayReason, Due, Law, Unit, Warning};
use domain::directory::name_in;
use serde_json::json;

/// A reckoning, ready to be printed.
pub(crate) struct Answer<'a> {
    pub(crate) law: &'a Law,
    pub(crate) calendar: &'a Calendar,
    pub(crate) due: &'a Due,
    pub(crate) warnings: &'a [Warning],
}

impl Answer<'_> {
    /// As lines.
    pub(crate) fn text(&self) -> String {
        let (law, due, zone) = (self.law, self.due, self.calendar.zone);
        let granted = if due.extended_by > 0 { format!(" + {}", due.extended_by) } else { String::new() };
        let mut text = format!(
            "{}: {} ({}{granted} {})\n",
            law.id,
            name_in(&law.names, "en"),
            law.count,
            unit(law.unit)
        );
        text.push_str(&format!("due: {}\n", due.due_at.rfc3339(zone)));
        text.push_str(&format!("provisional: {}\n", provisional(due)));
        if due.paused {
            text.push_str("paused: yes, the clock stands still; the day is the earliest that can be\n");
        }
        text.push_str(&format!("calendar: {}\ncitation: {}\n", self.calendar.id, due.citation));
        if let Some(rule) = law.extension.as_ref().filter(|_| due.extended_by > 0) {
            text.push_str(&format!("extension: {}\n", rule.citation.as_deref().unwrap_or(&law.citation)));
        }
        for warning in self.warnings {
            text.push_str(&format!("warning: {:>3} % at {}\n", warning.percent, warning.at.rfc3339(zone)));
        }
        for day in &due.days {
            text.push_str(&line(day));
        }
        text
    }

    /// As one JSON object; moments in the calendar's zone.
    pub(crate) fn json(&self) -> anyhow::Result<String> {
        let (due, zone) = (self.due, self.calendar.zone);
        let warnings: Vec<_> = self
            .warnings
            .iter()
            .map(|warning| json!({ "percent": warning.percent, "at": warning.at.rfc3339(zone) }))
            .collect();
        let value = json!({
            "law": due.law,
            "duty": self.law.duty,
            "unit": self.law.unit,
            "count": self.law.count,
            "extended_by": due.extended_by,
            "due_at": due.due_at.rfc3339(zone),
            "day": due.day,
            "provisional": due.provisional,
            "paused": due.paused,
            "calendar": self.calendar.id,
            "citation": due.citation,
            "warnings": warnings,
            "days": due.days,
        });
        Ok(serde_json::to_string_pretty(&value)?)
    }
}

fn unit(unit: Unit) -> &'static str {
    match unit {
        Unit::WorkingDay => "working days",
        Unit::CalendarDay => "calendar days",
        Unit::Week => "weeks",
        Unit::Year => "years",
        Unit::Hour => "hours",
        Unit::WorkingHour => "working hours",
    }
}

fn provisional(due: &Due) -> &'static str {
    if due.provisional {
        "yes, the calendar is published only up to an earlier day; reckon again when it is extended"
    } else {
        "no"
    }
}

fn line(day: &CountedDay) -> String {
    let place = match (day.ordinal, day.seconds) {
        (Some(ordinal), _) => ordinal.to_string(),
        (None, Some(seconds)) if seconds > 0 => format!("{}:{:02}", seconds / 3600, seconds / 60 % 60),
        _ => "-".to_owned(),
    };
    let reason = match &day.reason {
        DayReason::StartDay => "day of the start, not counted".to_owned(),
        DayReason::WorkingDay => "working day".to_owned(),
        DayReason::MakeUpWorkday => "make-up workday".to_owned(),
        DayReason::Weekend => "weekend".to_owned(),
        DayReason::Holiday(names) => name_in(names, "en").to_owned(),
        DayReason::CalendarDay => "calendar day".to_owned(),
        DayReason::Closed => "no office hours".to_owned(),
        DayReason::Paused(reason) => format!("paused: {reason}"),
        DayReason::Suspended { decree, citation } => format!("suspended by {decree}: {citation}"),
    };
    let granted = if day.extended { ", extension" } else { "" };
    let guess = if day.published { "" } else { ", not published yet" };
    format!("{place:>5}  {} {}  {reason}{granted}{guess}\n", day.date, day.date.format("%a"))
}

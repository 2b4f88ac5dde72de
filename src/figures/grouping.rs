//! What a report is grouped by: the code a row is filed under.

use chrono::{Datelike, Timelike};
use domain::Timestamp;

use crate::{CallbackRow, DialogueRow, DispatchRow, EquityRow, Frame, QueueRow};

/// The code for rows that lack what is grouped by.
pub const NONE: &str = "none";

/// ISO week on the line's wall clock, as `2026-W07`; it sorts by time.
pub fn week(moment: Timestamp, frame: &Frame) -> String {
    let week = moment.local(frame.zone).iso_week();
    format!("{}-W{:02}", week.year(), week.week())
}

/// The group of a dispatch.
pub fn dispatch(row: &DispatchRow, by: &str, frame: &Frame) -> String {
    let or_none = |code: &Option<String>| code.clone().unwrap_or_else(|| NONE.to_owned());
    match by {
        "institution" => or_none(&row.institution),
        "category" => or_none(&row.category),
        "request-type" => row.request_type.clone(),
        "week" => week(row.sent_at, frame),
        _ => row.department.clone(),
    }
}

/// The group of a callback.
pub fn callback(row: &CallbackRow, by: &str, frame: &Frame) -> String {
    match by {
        "department" => row.department.clone().unwrap_or_else(|| NONE.to_owned()),
        "week" => week(row.due_at, frame),
        _ => row.purpose.clone(),
    }
}

/// The group of a dialogue.
pub fn dialogue(row: &DialogueRow, by: &str, frame: &Frame) -> String {
    let or_none = |code: &Option<String>| {
        code.clone().filter(|code| !code.is_empty()).unwrap_or_else(|| NONE.to_owned())
    };
    match by {
        "owner" => or_none(&row.owner_kind),
        "motive" => or_none(&row.motive),
        "department" => or_none(&row.department),
        "week" => week(row.answered_at, frame),
        _ => or_none(&row.region),
    }
}

/// The group of a case.
pub fn equity(row: &EquityRow, by: &str, frame: &Frame) -> String {
    let or_none = |code: &Option<String>| code.clone().unwrap_or_else(|| NONE.to_owned());
    match by {
        "channel" => or_none(&row.channel),
        "region" => or_none(&row.region),
        "category" => or_none(&row.category),
        "line" => row.line.clone(),
        "request-type" => row.request_type.clone(),
        "week" => week(row.received_at, frame),
        _ => row.language.clone(),
    }
}

/// The group of a caller in the queue.
pub fn queue(row: &QueueRow, by: &str, frame: &Frame) -> String {
    let local = row.entered_at.local(frame.zone);
    match by {
        "hour" => format!("{:02}", local.hour()),
        "weekday" => local.weekday().number_from_monday().to_string(),
        "queue" => row.queue.clone(),
        _ => local.date_naive().to_string(),
    }
}

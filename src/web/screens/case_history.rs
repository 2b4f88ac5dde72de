//! A case's history in words and as a picture.

use domain::Timestamp;
use serde_json::Value;
use switchboard::House;
use switchboard::case_file::{CARRIED, CaseEvent, CaseFile, CaseStatus};
use switchboard::points::CATEGORY;

use super::case_points::{axis_words, code_words};
use super::{case_clocks, case_points, case_words, dialogue_history};
use crate::page::Page;

/// One line of the history.
pub(super) struct HistoryLine {
    pub(super) at: String,
    pub(super) actor: String,
    pub(super) text: String,
    /// What was said or written with it.
    pub(super) remark: String,
}

/// A stretch of the picture: the case stood in one status.
pub(super) struct Stretch {
    pub(super) x: i64,
    pub(super) width: i64,
    /// Pattern of the stretch: who had the case.
    pub(super) class: &'static str,
    pub(super) title: String,
    /// Shown below, where it fits.
    pub(super) label: String,
}

/// The course of a case on a line of [`WIDTH`] units.
pub(super) struct Picture {
    pub(super) stretches: Vec<Stretch>,
    /// Where the answer is due.
    pub(super) due: Option<i64>,
}

/// Units of the picture from left to right.
const WIDTH: i64 = 1000;
/// No stretch is narrower: an hour in a month must still be seen.
const NARROWEST: i64 = 14;

/// The lines, oldest first. Changes of status are told by what caused them.
pub(super) fn lines(house: &House, page: &Page, file: &CaseFile) -> Vec<HistoryLine> {
    let told = file.events.iter().filter(|event| event.kind != "status");
    told.map(|event| line(house, page, file, event)).collect()
}

/// The lines of the last `saves` times that somebody saved, oldest first. What is saved together has one moment and one
/// actor.
pub(super) fn since(house: &House, page: &Page, file: &CaseFile, saves: i64) -> Vec<HistoryLine> {
    let mut left = saves;
    let mut last: Option<(Timestamp, &str)> = None;
    let mut from = file.events.len();
    for (index, event) in file.events.iter().enumerate().rev() {
        if last != Some((event.at, event.actor.as_str())) {
            last = Some((event.at, event.actor.as_str()));
            left -= 1;
        }
        if left < 0 {
            break;
        }
        from = index;
    }
    let told = file.events.iter().skip(from).filter(|event| event.kind != "status");
    told.map(|event| line(house, page, file, event)).collect()
}

fn line(house: &House, page: &Page, file: &CaseFile, event: &CaseEvent) -> HistoryLine {
    let detail: Value = serde_json::from_str(&event.detail).unwrap_or_default();
    if event.kind.starts_with("dialogue_") {
        return dialogue_line(house, page, file, event, &detail);
    }
    let text = |name: &str| detail.get(name).and_then(Value::as_str).unwrap_or_default();
    let what = match event.kind.as_str() {
        "point_classified" | "point_coded" | "point_added" | "point_dropped" | "point_coded_twice"
        | "coding_confirmed" => point(house, page, file, &event.kind, &detail),
        "article_told" => case_words::article_told(house, page, &detail),
        "dispatched" => case_words::department(house, page, text("department")),
        "returned" => page.tc("return", text("reason")),
        "step_logged" => page.tc("step", text("step")),
        "point_answered" => {
            format!("{}, {}", page.tc("finding", text("finding")), page.tc("outcome", text("outcome_kind")))
        }
        "fed_back" => page.tc("channel", text("channel")),
        "route_notice_given" => case_words::route(house, page, text("route")),
        "follow_up_scheduled" => {
            page.time(&Timestamp(detail.get("due_at").and_then(Value::as_i64).unwrap_or_default()))
        }
        "follow_up_done" => solved(page, &detail),
        "reopened" => page.tc("reopen", text("cause")),
        "refused" => page.t(text("code")),
        kind => course(house, page, file, kind, &detail),
    };
    let mut remarks: Vec<String> = Vec::new();
    if detail.get("designated") == Some(&Value::Bool(true)) {
        remarks.push(page.t("case-event-ruled"));
    }
    // `reason` of a return is a code and stands in the text already.
    let names: &[&str] = match event.kind.as_str() {
        "returned" | "suspended" => &["remark"],
        _ => &[
            "remark",
            "note",
            "reason",
            "said",
            "outcome",
            "task",
            "report",
            "what",
            "words",
            "told",
            "order",
            "statement",
            "audit",
            "explanation",
            "advice",
            "package",
            "without_report",
            "own_words",
            "why",
            "about",
            "without",
            "owner",
            "of",
        ],
    };
    remarks.extend(names.iter().map(|name| text(name).to_owned()).filter(|text| !text.is_empty()));
    if event.kind == "point_dropped"
        && let Some(words) = case_points::why_dropped(page, text("reason"))
    {
        remarks = vec![words];
    }
    remarks.extend(carried(page, &event.kind, &detail));
    HistoryLine {
        at: page.time(&event.at),
        actor: file.names.get(&event.actor).cloned().unwrap_or_else(|| page.t(without_account(&event.actor))),
        text: page.tv(&format!("case-event-{}", event.kind.replace('_', "-")), "what", what),
        remark: remarks.join(" · "),
    }
}

/// How many points a merger carried along.
fn carried(page: &Page, kind: &str, detail: &Value) -> Option<String> {
    let choices = detail.get("choices").filter(|_| kind == "merged" || kind == "absorbed")?.as_array()?;
    let is_point = |choice: &&Value| choice.get("field").and_then(Value::as_str) == Some(CARRIED);
    let count = choices.iter().filter(is_point).count();
    (count > 0).then(|| page.tn("course-carried", "count", i64::try_from(count).unwrap_or(i64::MAX)))
}

/// What happened to a point: which one, and the codes before and after.
fn point(house: &House, page: &Page, file: &CaseFile, kind: &str, detail: &Value) -> String {
    let text = |name: &str| detail.get(name).and_then(Value::as_str).unwrap_or_default();
    let all = file.points.iter().chain(&file.dropped);
    let found = all.into_iter().find(|point| point.id.as_str() == text("point"));
    let which = found.map_or_else(String::new, |point| page.tn("case-point", "ordinal", point.ordinal));
    let (axis, code) = match kind {
        "point_classified" => (CATEGORY, text("category")),
        "point_coded" | "coding_confirmed" => (text("axis"), text("code")),
        _ => return which,
    };
    let words = |code: &str| code_words(house, page, axis, text("system"), code);
    let before = Some(text("from")).filter(|from| !from.is_empty());
    let change = before.map_or_else(|| words(code), |before| format!("{} → {}", words(before), words(code)));
    let name = if axis == CATEGORY { String::new() } else { format!("{}: ", axis_words(house, page, axis)) };
    if which.is_empty() { format!("{name}{change}") } else { format!("{name}{change} ({which})") }
}

/// Who acted without an account: a department by link or interface, the complainant, or the house itself.
fn without_account(actor: &str) -> &'static str {
    match actor.split(':').next() {
        Some("link") => "case-history-link",
        Some("api") => "case-history-api",
        Some("complainant") => "case-history-complainant",
        _ => "case-history-house",
    }
}

fn dialogue_line(
    house: &House,
    page: &Page,
    file: &CaseFile,
    event: &CaseEvent,
    detail: &Value,
) -> HistoryLine {
    let (what, remark) = dialogue_history::words(house, page, detail);
    HistoryLine {
        at: page.time(&event.at),
        actor: file.names.get(&event.actor).cloned().unwrap_or_else(|| page.t(without_account(&event.actor))),
        text: page.tv(&format!("case-event-{}", event.kind.replace('_', "-")), "what", what),
        remark,
    }
}

/// The particulars of what happens beside the main way.
fn course(house: &House, page: &Page, file: &CaseFile, kind: &str, detail: &Value) -> String {
    let text = |name: &str| detail.get(name).and_then(Value::as_str).unwrap_or_default();
    let number =
        |name: &str| file.others.get(text(name)).map_or_else(|| page.t("case-unknown"), ToString::to_string);
    let units = || detail.get("units").and_then(Value::as_i64).unwrap_or_default();
    match kind {
        "co_handler_added" | "co_handler_signed" | "co_handler_reported" | "co_handler_dropped" => {
            case_words::department(house, page, text("department"))
        }
        "suspended" => page.tc("pause", text("reason")),
        "information_asked" => {
            page.time(&Timestamp(detail.get("due_at").and_then(Value::as_i64).unwrap_or_default()))
        }
        "extension_asked" | "extended" => case_clocks::answer_units(house, page, file, units()),
        "terminated" => page.tc("channel", text("channel")),
        "withdrawn" => page.tc("stated-by", text("by")),
        "forwarded" => text("authority").to_owned(),
        "not_accepted" => house.grounds.get(&file.case.profile, text("ground")).map_or_else(
            || text("ground").to_owned(),
            |ground| domain::directory::name_in(&ground.names, page.lang()).to_owned(),
        ),
        "non_acceptance_reviewed" => {
            let upheld = detail.get("upheld").and_then(Value::as_bool).unwrap_or_default();
            page.tc("course-review", if upheld { "upheld" } else { "taken_up" })
        }
        "escalated" => house.supervision.get(text("step")).map_or_else(
            || text("step").to_owned(),
            |step| domain::directory::name_in(&step.names, page.lang()).to_owned(),
        ),
        "death_noted" => page.time(&Timestamp(detail.get("at").and_then(Value::as_i64).unwrap_or_default())),
        "autopsy_settled" => page.tc("autopsy-outcome", text("outcome")),
        "recused" => file.names.get(text("person")).cloned().unwrap_or_default(),
        "evidence_named" => {
            let kind = page.tc("intake-evidence", text("evidence_kind"));
            format!("{kind} ({})", page.tc("intake-evidence-status", text("state")))
        }
        "evidence_requested" | "evidence_received" | "evidence_missed" | "evidence_shared"
        | "preservation_asked" => entry(page, file, text("evidence")),
        "preservation_told" => {
            let kept = detail.get("kept").and_then(Value::as_bool).unwrap_or_default();
            let told = page.tc("preserve-told", if kept { "kept" } else { "lost" });
            format!("{}: {told}", entry(page, file, text("evidence")))
        }
        "statement_recorded" | "statement_waived" | "reply_offered" => page.tc("side", text("side")),
        "finding_supported" => {
            let standard = house.evidence.standard(text("standard"));
            standard.map_or_else(String::new, |one| {
                domain::directory::name_in(&one.names, page.lang()).to_owned()
            })
        }
        "correction_checked" => page.tc("check-result", text("result")),
        "letter_issued" => {
            format!(
                "{} · {}",
                page.tc("letter-kind", text("letter_kind")),
                page.tc("channel", text("channel"))
            )
        }
        "letter_acknowledged" => text("remark").to_owned(),
        "callback_promised" => {
            let due = Timestamp(detail.get("due_at").and_then(Value::as_i64).unwrap_or_default());
            format!("{}, {}", page.tc("callback-purpose", text("purpose")), page.time(&due))
        }
        "callback_ended" => {
            let outcome = page.tc("attempt", text("outcome"));
            format!("{}: {outcome}", page.tc("callback-purpose", text("purpose")))
        }
        "handed_over" => file.names.get(text("to")).cloned().unwrap_or_default(),
        "linked" | "points_split" => number("to"),
        "merged" => number("into"),
        "absorbed" | "released" => number("from"),
        _ => String::new(),
    }
}

/// An entry of the evidence register in a word.
fn entry(page: &Page, file: &CaseFile, id: &str) -> String {
    let known = file.view.investigation.entry(id);
    known.map_or_else(|| page.t("case-unknown"), |entry| super::case_inquiries::entry_name(page, entry))
}

fn solved(page: &Page, detail: &Value) -> String {
    let answer = match detail.get("solved").and_then(Value::as_bool) {
        Some(true) => page.t("callback-outcome-yes"),
        Some(false) => page.t("callback-outcome-no"),
        None => page.t("callback-outcome-not-asked"),
    };
    let mark = detail.get("satisfaction").and_then(Value::as_str);
    let mark = mark.map_or_else(|| page.t("satisfaction-none"), |code| page.tc("satisfaction", code));
    format!("{}: {answer}, {mark}", page.t("callback-outcome-solved"))
}

/// The picture: from the receipt to the end, or to now.
pub(super) fn picture(page: &Page, file: &CaseFile, now: Timestamp) -> Picture {
    let begin = file.case.received_at.0;
    let end = file.case.closed_at.unwrap_or(now).0.max(begin + 1);
    let due = file.case.due_at.map(|due| due.0).filter(|_| file.case.closed_at.is_none());
    let last = due.map_or(end, |due| end.max(due));
    let place = |at: i64| (at - begin).clamp(0, last - begin) * WIDTH / (last - begin);
    let stood = stood(file);
    let mut stretches = Vec::new();
    let mut edge = 0;
    for (index, (status, from)) in stood.iter().enumerate() {
        let until = stood.get(index + 1).map_or(end, |(_, at)| *at);
        let x = place(*from).max(edge);
        let width = (place(until) - x).max(NARROWEST);
        edge = x + width;
        let name = page.tc("case-status", status);
        stretches.push(Stretch {
            x,
            width,
            class: class_of(status),
            title: format!("{name}: {} – {}", page.time(&Timestamp(*from)), page.time(&Timestamp(until))),
            label: if width >= 90 { name } else { String::new() },
        });
    }
    Picture { stretches, due: due.map(place) }
}

/// The statuses the case stood in, with when each began. Changes within the same moment leave the last.
fn stood(file: &CaseFile) -> Vec<(String, i64)> {
    let mut stood: Vec<(String, i64)> = Vec::new();
    for event in file.events.iter().filter(|event| event.kind == "status" || event.kind == "opened") {
        let detail: Value = serde_json::from_str(&event.detail).unwrap_or_default();
        let Some(status) = detail.get("status").and_then(Value::as_str) else { continue };
        match stood.last_mut().filter(|(_, at)| *at == event.at.0) {
            Some(last) => status.clone_into(&mut last.0),
            None => stood.push((status.to_owned(), event.at.0)),
        }
    }
    stood
}

/// Who has the case in a status: the hotline, the department, or nobody any more.
fn class_of(status: &str) -> &'static str {
    match status {
        "dispatched" | "signed" | "in_progress" => "with-department",
        "returned" | "reopened" | "arbitration" => "is-back",
        closed if closed.parse::<CaseStatus>().is_ok_and(CaseStatus::is_closed) => "is-closed",
        _ => "with-hotline",
    }
}

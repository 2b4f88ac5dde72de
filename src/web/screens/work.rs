//! The record in hand: the caller, the form, what the rules say of it, and the ways to finish.

use askama::Template;
use domain::directory::name_in;
use domain::{IntakeId, Timestamp};
use switchboard::intake::IntakeFile;

use super::case_words::{article, category, department, departments, due_words, institutions};
use super::desk::caller;
use super::dialogue_view::{self, PreviewRow};
use super::intake_view::{FormView, form};
use super::messages;
use crate::Result;
use crate::auth::AgentDesk;
use crate::page::Page;

#[derive(Template)]
#[template(path = "work.html")]
struct Work<'a> {
    page: &'a Page,
    id: String,
    card: Card,
    form: String,
    side: String,
    codes: Vec<Code>,
    departments: Vec<(String, String)>,
    finished: bool,
    opened: Option<Opened>,
}

#[derive(Template)]
#[template(path = "intake.html")]
struct Form<'a> {
    page: &'a Page,
    id: String,
    version: i64,
    saved: String,
    form: FormView,
    /// Name, and the aliases it is found by.
    institutions: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "side.html")]
struct Side<'a> {
    page: &'a Page,
    suggestions: Vec<Suggested>,
    department: String,
    mandatory: bool,
    due: Option<(String, String, bool)>,
    lacking: Vec<String>,
    /// Articles that were told.
    told: Vec<String>,
    /// What may be said about a dialogue, point by point, in the caller's language.
    dialogue: Vec<PreviewRow>,
    spoken: String,
}

/// The caller, before the first word.
struct Card {
    caller: String,
    /// The message, where it is not a call.
    message: Option<messages::Row>,
    line: String,
    language: String,
    waited: Option<i64>,
    notes: Vec<(String, String)>,
    cases: Vec<Row>,
    earlier: Vec<Row>,
    callbacks: usize,
    /// Articles that were told, once the record is finished; before that they stand beside it.
    told: Vec<String>,
}

struct Row {
    when: String,
    what: String,
    link: Option<String>,
}

/// A wrap-up code with its key.
struct Code {
    code: String,
    name: String,
    key: String,
}

struct Suggested {
    point: usize,
    request_type: String,
    category: String,
    severity: String,
    urgent: bool,
    because: String,
}

/// What is told to the caller once the case is there.
struct Opened {
    id: String,
    number: String,
    pin: String,
    department: String,
    due: String,
}

/// The whole record as a fragment.
pub(super) async fn render(at: &AgentDesk, id: &IntakeId) -> Result<String> {
    let file = at.desk.intake(id).await?;
    let page = &at.page;
    let house = at.desk.house();
    let opened = match &file.draft.case {
        Some(_) => Some(opened(at, id).await?),
        None => None,
    };
    let codes = house.wrap_up.all().iter().filter(|code| !code.makes_case).map(|code| Code {
        code: code.code.clone(),
        name: name_in(&code.names, page.lang()).to_owned(),
        key: code.key.to_ascii_uppercase().to_string(),
    });
    let work = Work {
        id: file.draft.id.to_string(),
        card: card(at, &file),
        form: form_fragment(at, &file)?,
        side: side_fragment(at, &file)?,
        codes: codes.collect(),
        departments: departments(house, page),
        finished: file.draft.finished_at.is_some(),
        opened,
        page,
    };
    Ok(work.render()?)
}

/// What the rules say of the record, as a fragment.
pub(super) fn side_fragment(at: &AgentDesk, file: &IntakeFile) -> Result<String> {
    let house = at.desk.house();
    let page = &at.page.of_line(house, &file.contact.line);
    let suggestions = at.desk.suggestions(&file.intake).into_iter().enumerate();
    let suggestions = suggestions.filter_map(|(point, found)| {
        let found = found?;
        let words: Vec<&str> = found.because.iter().map(|because| because.words.as_str()).collect();
        Some(Suggested {
            point: point + 1,
            request_type: page.tc("report-request-type", found.request_type),
            category: category(house, page, &found.category),
            severity: page.tc("intake-severity", found.severity),
            urgent: found.urgent,
            because: words.join(" · "),
        })
    });
    let preview = at.desk.preview(&file.contact.line, &file.intake, file.contact.started_at);
    let due = preview.as_ref().and_then(|preview| preview.due.as_ref());
    let side = Side {
        page,
        suggestions: suggestions.collect(),
        mandatory: preview.as_ref().is_some_and(|preview| preview.mandatory),
        department: preview
            .as_ref()
            .and_then(|preview| preview.department.as_deref())
            .map(|code| department(house, page, code))
            .unwrap_or_default(),
        due: due.map(|due| (page.time(&due.due_at), due.citation.clone(), due.provisional)),
        lacking: switchboard::intake::lacking(&file.intake).iter().map(|what| page.t(what)).collect(),
        told: told_words(at, file),
        dialogue: dialogue_view::preview(house, page, file),
        spoken: file.contact.language.as_ref().map_or_else(|| page.lang().to_owned(), ToString::to_string),
    };
    Ok(side.render()?)
}

/// The articles that were told, as they are called.
fn told_words(at: &AgentDesk, file: &IntakeFile) -> Vec<String> {
    let told = file.told.iter();
    told.map(|one| article(at.desk.house(), &at.page, &one.article, one.version)).collect()
}

/// The form as it is stored.
pub(super) fn form_of(at: &AgentDesk, file: &IntakeFile) -> Result<FormView> {
    let house = at.desk.house();
    let profile = house.lines.get(&file.contact.line).map_or("", |line| line.profile.as_str());
    form(&at.page, house, profile, &file.intake)
}

fn form_fragment(at: &AgentDesk, file: &IntakeFile) -> Result<String> {
    let form = Form {
        id: file.draft.id.to_string(),
        version: file.draft.version,
        saved: saved_words(&at.page.of_line(at.desk.house(), &file.contact.line), &file.draft.saved_at),
        form: form_of(at, file)?,
        institutions: institutions(at.desk.house(), &at.page),
        page: &at.page,
    };
    Ok(form.render()?)
}

/// "Saved 14:03:22".
pub(super) fn saved_words(page: &Page, at: &Timestamp) -> String {
    page.tv("intake-saved", "time", page.hour(at))
}

fn card(at: &AgentDesk, file: &IntakeFile) -> Card {
    let page = &at.page.of_line(at.desk.house(), &file.contact.line);
    let cases = file.cases.iter().map(|case| Row {
        when: page.day(&case.received_at),
        what: page.tc("case-status", &case.status),
        link: Some(case.number.to_string()),
    });
    let earlier = file.earlier.iter().map(|contact| Row {
        when: page.time(&contact.started_at),
        what: contact
            .outcome
            .as_deref()
            .and_then(|code| at.desk.house().wrap_up.get(code))
            .map(|code| name_in(&code.names, page.lang()).to_owned())
            .unwrap_or_else(|| page.t("desk-no-outcome")),
        link: None,
    });
    Card {
        caller: caller(page, file.contact.caller.as_ref()),
        message: file.message.as_ref().map(|message| messages::row(at, message)),
        line: file.contact.line.clone(),
        language: file.contact.language.as_ref().map(|tag| page.tc("language", tag)).unwrap_or_default(),
        waited: file.waited_seconds,
        notes: file.notes.iter().map(|told| note(page, told)).collect(),
        cases: cases.collect(),
        earlier: earlier.collect(),
        callbacks: file.callbacks.len(),
        told: if file.draft.finished_at.is_some() { told_words(at, file) } else { Vec::new() },
    }
}

/// What the caller told the menu, in words. A key that a script invents is shown as it stands there.
pub(super) fn note(page: &Page, (key, value): &(String, String)) -> (String, String) {
    let (name, values) = match key.as_str() {
        "request_type" => ("intake-request-type", "report-request-type"),
        "topic" => ("note-topic", "note-topic"),
        "decision" => ("note-decision", "note-decision"),
        "region" => ("note-region", "note-region"),
        _ => return (key.clone(), value.clone()),
    };
    let word = page.known(values, value).unwrap_or_else(|| value.clone());
    (page.t(name), word)
}

async fn opened(at: &AgentDesk, id: &IntakeId) -> Result<Opened> {
    let case = at.desk.opened_case(id).await?;
    let page = &at.page.of_line(at.desk.house(), &case.line);
    let named = |code: &str| department(at.desk.house(), page, code);
    Ok(Opened {
        id: case.id.to_string(),
        number: in_groups(case.number.as_str()),
        pin: case.pin.clone(),
        department: case.department.as_deref().map(named).unwrap_or_else(|| page.t("case-fact-nobody")),
        due: due_words(page, case.due_at, case.answered_at, at.desk.now()).text,
    })
}

/// Digits in groups of four, as they are read out.
fn in_groups(digits: &str) -> String {
    let groups: Vec<&str> =
        (0..digits.len()).step_by(4).map(|from| &digits[from..digits.len().min(from + 4)]).collect();
    groups.join(" ")
}

#[cfg(test)]
mod tests {
    use super::in_groups;

    #[test]
    fn numbers_are_shown_as_they_are_read_out() {
        assert_eq!(in_groups("00000014"), "0000 0014");
        assert_eq!(in_groups("123456789"), "1234 5678 9");
        assert_eq!(in_groups(""), "");
    }
}

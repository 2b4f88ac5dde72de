//! The dialogue of a case: where it stands, what is next, and a form for each thing that can be done now.

use askama::Template;
use axum::Form;
use axum::extract::{Path, Request};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use domain::Role;
use switchboard::dialogue::{DialogueFile, PackageState, Stage, Task};

use super::case::find;
use super::case_words::{self, DueWords};
use super::dialogue_forms::{self, Fields};
use super::dialogue_view::{self, AppointmentView, CompanionView, OwnerView, PackageView, PointRow};
use crate::auth::CaseDesk;
use crate::page::{Page, html};
use crate::words::{Tongue, tongue};
use crate::{Error, Result};

type Typed = Form<Vec<(String, String)>>;

#[derive(Template)]
#[template(path = "dialogue.html")]
struct DialoguePage {
    page: Page,
    number: String,
    version: i64,
    stage: String,
    reason: Option<String>,
    tasks: Vec<String>,
    until: Option<(String, DueWords)>,
    received: Option<String>,
    /// What it was counted by.
    citation: Option<String>,
    owner: Option<OwnerView>,
    points: Vec<PointRow>,
    /// What to say to the complainant, in the complainant's language.
    say: Say,
    motive: Option<String>,
    wishes: Vec<(String, String)>,
    appointment: Option<AppointmentView>,
    companion: Option<CompanionView>,
    interpreter: Option<String>,
    held: Option<AppointmentView>,
    minutes: Option<String>,
    learned: Vec<String>,
    package: Option<PackageView>,
    scheme: Option<(String, Option<String>)>,
    /// The moment now, as a browser's field takes it.
    now: String,
    forms: Forms,
    choices: dialogue_view::Choices,
    /// Institutions of the points: code and name.
    sites: Vec<(String, String)>,
    letters: Vec<(&'static str, String)>,
    /// Where the package is mailed to.
    secure_mail: Option<String>,
    refused: Option<(String, Vec<String>)>,
}

/// Texts in the complainant's language.
struct Say {
    lang: String,
    offer: String,
    decide: String,
    alternative: String,
    companion: String,
}

/// Which forms stand on the page.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Forms {
    answer: bool,
    clarify: bool,
    tell: bool,
    wishes: bool,
    receipt: bool,
    owner: bool,
    companion: bool,
    scheme_answer: bool,
    invite: bool,
    hold: bool,
    no_show: bool,
    trouble: bool,
    incapacity: bool,
    learn: bool,
    decline: bool,
    ask_back: bool,
    decide: bool,
    amend: bool,
    assemble: bool,
    send: bool,
    /// The house can mail the package.
    mail: bool,
    acknowledge: bool,
}

impl Forms {
    /// For a role and a dialogue. The rules themselves stand in the house.
    fn of(role: Role, file: &DialogueFile) -> Self {
        use Stage as S;
        let stage = file.dialogue.stage;
        let open = file.case.closed_at.is_none();
        let speaks = open && (matches!(role, Role::Agent | Role::Supervisor) || file.owns);
        let owns = open && file.owns;
        let before = matches!(stage, S::Accepted | S::Received | S::Invited);
        let forwards = if file.dialogue.owner.is_some() { owns } else { speaks };
        Self {
            answer: speaks
                && matches!(stage, S::NotAsked | S::NotWanted | S::Unclear | S::NotPossible)
                && !file.dialogue.declined,
            clarify: speaks && !stage.is_over() && !matches!(stage, S::Held | S::AskBack | S::ToForward),
            tell: speaks && file.tasks.contains(&Task::TellAlternative),
            wishes: speaks && (before || stage == S::Unclear),
            receipt: speaks && stage == S::Accepted,
            owner: open && role == Role::Supervisor && stage.is_running() && stage != S::Held,
            companion: speaks && before,
            scheme_answer: speaks && file.tasks.contains(&Task::AskScheme),
            invite: owns && matches!(stage, S::Received | S::Invited),
            hold: owns && matches!(stage, S::Received | S::Invited),
            no_show: owns && stage == S::Invited,
            trouble: owns && before,
            incapacity: speaks && stage.is_running(),
            learn: file.owns && file.dialogue.held.is_some(),
            decline: speaks && (before || stage == S::Unclear),
            ask_back: speaks && stage == S::AskBack,
            decide: speaks && stage == S::Held,
            amend: speaks && stage == S::ToForward,
            assemble: forwards && matches!(stage, S::ToForward | S::NotWanted | S::NotPossible),
            send: forwards && stage == S::ToForward && file.dialogue.package.is_some(),
            mail: forwards
                && stage == S::ToForward
                && file.dialogue.package.is_some()
                && file.dialogue.queued.is_none()
                && file.secure_mail.is_some(),
            acknowledge: (file.owns || file.dialogue.owner.is_none())
                && file.dialogue.package_state() == Some(PackageState::Sent),
        }
    }
}

/// The page.
pub async fn show(at: CaseDesk, Path(number): Path<String>) -> Result<Response> {
    let (at, file) = opened(at, &number).await?;
    html(&view(&at, &file))
}

/// The dialogue of the case with this number, for who may know of it; times are those of the case's line.
pub(super) async fn opened(at: CaseDesk, number: &str) -> Result<(CaseDesk, DialogueFile)> {
    let id = find(&at, number).await?;
    let file = at.desk.dialogue_file(&id).await?.ok_or(Error::NotFound)?;
    Ok((at.of_line(&file.case.line), file))
}

/// Does what one of the forms says.
pub async fn act(
    at: CaseDesk,
    Path((number, what)): Path<(String, String)>,
    Form(typed): Typed,
) -> Result<Response> {
    let (at, file) = opened(at, &number).await?;
    let fields = Fields { page: &at.page, typed: &typed };
    let version = fields.text("version").parse().map_err(|_| Error::Unreadable("version".to_owned()))?;
    if what == "mail" {
        at.desk.mail_package(&file.case.id, version).await?;
    } else {
        let action = dialogue_forms::action(&what, &fields, &file)?;
        at.desk.in_dialogue(&file.case.id, version, action).await?;
    }
    Ok(at.page.done(&format!("/cases/{number}/dialogue")))
}

/// Where a form was refused, the dialogue itself is the answer, with the reason.
pub async fn refused_here(
    at: CaseDesk,
    Path((number, _)): Path<(String, String)>,
    request: Request,
    next: Next,
) -> Response {
    let response = next.run(request).await;
    let error = response.extensions().get::<Error>().filter(|error| error.can_be_mended()).cloned();
    let Some(error) = error.filter(|_| !at.page.wants_problem()) else { return response };
    // A case that has left one's sight meanwhile has no page any more.
    let Ok((at, file)) = opened(at, &number).await else { return response };
    let page = DialoguePage { refused: Some(error.told(&at.page)), ..view(&at, &file) };
    html(&page).map_or(response, |page| (error.status(), page).into_response())
}

fn view(at: &CaseDesk, file: &DialogueFile) -> DialoguePage {
    let (house, page, now) = (at.desk.house(), &at.page, at.desk.now());
    let dialogue = &file.dialogue;
    let spoken = tongue(file.case.language.as_str());
    let until = dialogue.runs_out_at();
    DialoguePage {
        number: file.case.number.to_string(),
        version: file.case.version,
        stage: page.tc("dialogue-stage", dialogue.stage),
        reason: dialogue.forward_reason.map(|reason| page.tc("dialogue-forward", reason)),
        tasks: file.tasks.iter().map(|task| page.tc("dialogue-task", task)).collect(),
        until: until.map(|at| (page.time(&at), case_words::due_words(page, until, None, now))),
        received: dialogue.received_at.map(|at| page.time(&at)),
        citation: file.due.as_ref().map(|due| due.citation.clone()),
        owner: dialogue_view::owner(house, page, file),
        points: dialogue_view::points(house, page, file, spoken),
        say: Say {
            lang: spoken.map_or(page.lang(), |spoken| spoken.tag).to_owned(),
            offer: said(page, spoken, "dialogue-answer-say"),
            decide: said(page, spoken, "dialogue-decide-say"),
            alternative: said(page, spoken, "dialogue-alternative"),
            companion: said(page, spoken, "dialogue-companion-why"),
        },
        motive: dialogue.motive.map(|motive| page.tc("dialogue-motive", motive)),
        wishes: dialogue_view::wishes(page, file),
        appointment: dialogue.appointment.as_ref().map(|set| dialogue_view::appointment(page, set)),
        companion: dialogue_view::companion(page, file),
        interpreter: dialogue.interpreter.clone(),
        held: dialogue.held.as_ref().map(|held| dialogue_view::held(page, file, held)),
        minutes: dialogue.held.as_ref().map(|held| held.minutes.clone()).filter(|_| !file.hidden),
        learned: dialogue.learned.clone(),
        package: dialogue_view::package(house, page, file),
        scheme: file.scheme.as_ref().map(|office| dialogue_view::name_and_web(page, office)),
        now: now.local(page.zone()).format("%Y-%m-%dT%H:%M").to_string(),
        forms: Forms::of(at.desk.person().role, file),
        choices: dialogue_view::Choices::of(house, page, now),
        sites: dialogue_view::sites(house, page, file),
        letters: dialogue_view::letters(page, file),
        secure_mail: file.secure_mail.clone(),
        refused: None,
        page: page.clone(),
    }
}

/// A text in the complainant's language, where the screens have it.
pub(super) fn said(page: &Page, spoken: Option<&'static Tongue>, id: &str) -> String {
    spoken.map_or_else(|| page.t(id), |spoken| spoken.say(id, &[]))
}

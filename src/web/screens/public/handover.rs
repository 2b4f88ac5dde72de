//! `/handover/…`: a dispatch for a department whose people have no accounts, by a one-time link. Looking changes nothing;
//! what is done is confirmed by a box that must be ticked.

use askama::Template;
use axum::Form;
use axum::extract::{Multipart, Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use domain::Timestamp;
use switchboard::handling::{Finding, OutcomeKind, PointAnswer, ReturnReason, StepKind};
use switchboard::investigation::{EvidenceKind, GroundedAnswer};
use switchboard::one_time::{Done, Handover, HandoverPoint, LinkAct};

use super::super::case_inquiries::entry_words;
use super::super::grounds::{Grounds, grounded};
use super::{complaint_about, text, ticked, upload};
use crate::page::{Page, html};
use crate::{App, Error, Result, words};

#[derive(Template)]
#[template(path = "public/handover.html")]
struct HandoverPage {
    page: Page,
    token: String,
    facts: Handover,
    class: String,
    status: String,
    received: String,
    sign_by: Option<String>,
    answer_by: Option<String>,
    link_until: String,
    evidence: Vec<(String, String)>,
    /// What must be kept from being overwritten, and until when somebody must say so.
    preserve: Vec<String>,
    points: Vec<HandoverPoint>,
    may: May,
    choices: Choices,
    /// What an answer rests on.
    grounds: Grounds,
    accept: String,
    most_bytes: String,
    done: Option<String>,
    refused: Option<(String, Vec<String>)>,
}

/// What the link allows.
struct May {
    sign: bool,
    give_back: bool,
    step: bool,
    answer: bool,
}

struct Choices {
    reasons: Vec<(&'static str, String)>,
    steps: Vec<(&'static str, String)>,
    findings: Vec<(&'static str, String)>,
    outcomes: Vec<(&'static str, String)>,
    kinds: Vec<(&'static str, String)>,
}

#[derive(Template)]
#[template(path = "public/handover_done.html")]
struct HandoverDone {
    page: Page,
    number: String,
    words: String,
}

/// The dispatch, in the department's language.
pub async fn show(State(app): State<App>, page: Page, Path(token): Path<String>) -> Result<Response> {
    let facts = app.switchboard.handover(&token).await?;
    html(&view(&app, page, token, facts))
}

/// Does what the form says.
pub async fn act(
    State(app): State<App>,
    page: Page,
    Path((token, act)): Path<(String, String)>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response> {
    let facts = app.switchboard.handover(&token).await?;
    let at = app.switchboard.now();
    let done = match asked(&page, at, &facts, &act, &pairs) {
        Ok(act) => app.switchboard.act_by_link(&token, act).await.map_err(Error::from),
        Err(error) => Err(error),
    };
    match done {
        Ok(Done { next: Some(next), .. }) => Ok(Redirect::to(&format!("/handover/{next}")).into_response()),
        Ok(Done { act: "step", .. }) => Ok(Redirect::to(&format!("/handover/{token}")).into_response()),
        Ok(Done { act, number, .. }) => {
            let page = in_language(&page, &facts);
            let words = page.t(&format!("handover-done-{act}"));
            html(&HandoverDone { page, number: number.to_string(), words })
        }
        Err(error) => {
            let status = error.status();
            let mut view = view(&app, page, token, facts);
            view.refused = Some(complaint_about(&view.page, error)?);
            Ok((status, html(&view)?).into_response())
        }
    }
}

/// Takes a file from the department.
pub async fn file(
    State(app): State<App>,
    page: Page,
    Path(token): Path<String>,
    form: Multipart,
) -> Result<Response> {
    let leave = async |_: Vec<(String, String)>| Ok(app.switchboard.leave_by_link(&token).await?);
    let taken = upload::take(&app, form, leave).await;
    let facts = app.switchboard.handover(&token).await?;
    let mut view = view(&app, page, token, facts);
    match taken {
        Ok(file) => {
            let word = if file.state == "kept" { "public-file-kept" } else { "public-file-quarantined" };
            view.done = Some(format!("{} {}", file.name, view.page.t(word)));
            html(&view)
        }
        Err(error) => {
            let status = error.status();
            view.refused = Some(complaint_about(&view.page, error)?);
            Ok((status, html(&view)?).into_response())
        }
    }
}

fn asked(
    page: &Page,
    at: Timestamp,
    facts: &Handover,
    act: &str,
    pairs: &[(String, String)],
) -> Result<LinkAct> {
    let unreadable = |name: &str| Error::Unreadable(name.to_owned());
    if act != "step" && !ticked(pairs, "confirm") {
        return Err(Error::Refused { code: "refused-not-confirmed".to_owned(), missing: Vec::new() });
    }
    match act {
        "sign" => Ok(LinkAct::Sign),
        "return" => Ok(LinkAct::Return {
            reason: text(pairs, "reason").parse::<ReturnReason>().map_err(|_| unreadable("reason"))?,
            remark: text(pairs, "remark"),
        }),
        "step" => Ok(LinkAct::Step {
            kind: text(pairs, "kind").parse::<StepKind>().map_err(|_| unreadable("kind"))?,
            note: text(pairs, "note"),
        }),
        "answer" => Ok(LinkAct::Answer(answer(page, at, facts, pairs)?)),
        _ => Err(Error::NotFound),
    }
}

/// The answers that are whole, with what they rest on; the rules name the points that lack one.
fn answer(
    page: &Page,
    at: Timestamp,
    facts: &Handover,
    pairs: &[(String, String)],
) -> Result<GroundedAnswer> {
    let answer = |point: &HandoverPoint| {
        let part = |name: &str| text(pairs, &format!("{name}-{}", point.ordinal));
        Some(PointAnswer {
            point: point.id.clone(),
            finding: part("finding").parse::<Finding>().ok()?,
            outcome_kind: part("kind").parse::<OutcomeKind>().ok()?,
            outcome: part("outcome"),
        })
    };
    let answers = facts.points.iter().filter_map(answer).collect();
    let points: Vec<_> = facts.points.iter().map(|point| (point.id.clone(), point.ordinal)).collect();
    grounded(page, &points, answers, pairs, (at, &facts.department_name))
}

/// The page in the department's language, unless another was chosen in the bar.
fn in_language(page: &Page, facts: &Handover) -> Page {
    words::tongue(&facts.language).map_or_else(|| page.clone(), |tongue| page.in_tongue(tongue))
}

fn view(app: &App, page: Page, token: String, facts: Handover) -> HandoverPage {
    let page = in_language(&page, &facts);
    let house = app.switchboard.house();
    let time = |at| page.time_in(&at, facts.zone);
    let may = |act: &str| facts.acts.iter().any(|allowed| allowed == act);
    let entry =
        |(id, kind, what): &(String, EvidenceKind, String)| (id.clone(), entry_words(&page, *kind, what));
    let held = facts.held.iter().map(entry).collect();
    HandoverPage {
        class: page.tc("report-request-type", facts.class),
        status: page.tc("case-status", facts.status),
        received: time(facts.received_at),
        sign_by: facts.sign_by.map(time),
        answer_by: facts.answer_by.map(time),
        link_until: time(facts.link_until),
        evidence: facts
            .evidence
            .iter()
            .map(|one| (page.tc("intake-evidence", one.kind), page.tc("intake-evidence-status", one.status)))
            .collect(),
        preserve: facts
            .preserve
            .iter()
            .map(|(kind, what, by)| {
                let what = entry_words(&page, *kind, what);
                page.texts("preserve-by", &[("what", what), ("moment", time(*by))])
            })
            .collect(),
        points: facts.points.clone(),
        may: May { sign: may("sign"), give_back: may("return"), step: may("step"), answer: may("answer") },
        choices: Choices {
            reasons: ReturnReason::ALL.iter().map(|one| (one.as_str(), page.tc("return", one))).collect(),
            steps: StepKind::ALL.iter().map(|one| (one.as_str(), page.tc("step", one))).collect(),
            findings: Finding::ALL.iter().map(|one| (one.as_str(), page.tc("finding", one))).collect(),
            outcomes: OutcomeKind::ALL.iter().map(|one| (one.as_str(), page.tc("outcome", one))).collect(),
            kinds: upload::kinds(&page),
        },
        grounds: Grounds::new(&page, facts.standards.clone(), held, &facts.unheard),
        accept: upload::accept(house),
        most_bytes: upload::most(house),
        done: None,
        refused: None,
        token,
        facts,
        page,
    }
}

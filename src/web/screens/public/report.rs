//! `/report`: a complaint, report or suggestion in the writer's own words. The answer is a number and a PIN.

use askama::Template;
use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::{Language, RequestType};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use switchboard::House;
use switchboard::public::{Asker, Door, EvidenceKind, EvidenceStatus, HandedIn, REQUEST_TYPES, WebComplaint};

use super::{complaint_about, text, ticked};
use crate::page::{Page, html};
use crate::{App, Error, Result};

#[derive(Template)]
#[template(path = "public/report.html")]
struct Report {
    page: Page,
    emergency: String,
    longest: i64,
    /// Makes of two clicks one complaint.
    once: String,
    types: Vec<Choice>,
    evidence: Vec<EvidenceRow>,
    typed: Typed,
    refused: Option<(String, Vec<String>)>,
}

#[derive(Template)]
#[template(path = "public/report_done.html")]
struct Done {
    page: Page,
    told: Told,
    due: Option<String>,
}

struct Choice {
    code: &'static str,
    name: String,
    chosen: bool,
}

struct EvidenceRow {
    code: &'static str,
    name: String,
    statuses: Vec<Choice>,
}

/// What was typed, to be shown again.
#[derive(Default)]
struct Typed {
    words: String,
    happened: String,
    place: String,
    persons: String,
    institution: String,
    desired: String,
    name: String,
    phone: String,
    reach: String,
    anonymous: bool,
    reply: bool,
    confidential: bool,
}

/// What the writer is told; remembered for whoever clicks twice.
#[derive(Serialize, Deserialize)]
struct Told {
    number: String,
    pin: String,
    due_at: Option<i64>,
    line: String,
}

/// The form.
pub async fn show(State(app): State<App>, page: Page) -> Result<Response> {
    html(&form(&app, page, &[], None))
}

/// Takes it.
pub async fn hand_in(
    State(app): State<App>,
    page: Page,
    axum::Extension(asker): axum::Extension<Asker>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response> {
    // People do not see this field; programs that fill in everything do.
    if !text(&pairs, "website").is_empty() {
        return Err(Error::ForeignForm);
    }
    let once = Some(text(&pairs, "once")).filter(|once| (16..=64).contains(&once.len()));
    let once = once.ok_or_else(|| Error::Unreadable("once".to_owned()))?;
    let digest = digest(&pairs);
    if let Some(known) = app.switchboard.first_time("page", &once, &digest).await? {
        let told = known.answer.filter(|_| known.digest == digest);
        let (_, told) = told.ok_or_else(|| Error::Conflict("the form was sent before".to_owned()))?;
        let told = serde_json::from_str(&told).map_err(|error| Error::Broken(error.to_string()))?;
        return done(&app, page, told);
    }
    let complaint = read(app.switchboard.house(), &page, &pairs);
    let door = Door { name: "page", ..Door::default() };
    let handed = match complaint {
        Ok(complaint) => app
            .switchboard
            .hand_in(complaint.clone(), door, &asker)
            .await
            .map(|handed| (handed, complaint.line))
            .map_err(Error::from),
        Err(error) => Err(error),
    };
    match handed {
        Ok((HandedIn { number, pin, due_at, .. }, line)) => {
            let told = Told { number: number.to_string(), pin, due_at: due_at.map(|at| at.0), line };
            let kept = serde_json::to_string(&told).map_err(|error| Error::Broken(error.to_string()))?;
            app.switchboard.remember("page", &once, Some((200, kept))).await?;
            done(&app, page, told)
        }
        Err(error) => {
            app.switchboard.remember("page", &once, None).await?;
            let status = error.status();
            let refused = Some(complaint_about(&page, error)?);
            Ok((status, html(&form(&app, page, &pairs, refused))?).into_response())
        }
    }
}

fn done(app: &App, page: Page, told: Told) -> Result<Response> {
    let zone = app.switchboard.house().lines.get(&told.line).map_or(app.zone, |line| line.zone);
    let due = told.due_at.map(|at| page.time_in(&domain::Timestamp(at), zone));
    Ok((StatusCode::OK, html(&Done { page, told, due })?).into_response())
}

fn form(app: &App, page: Page, pairs: &[(String, String)], refused: Option<(String, Vec<String>)>) -> Report {
    let house = app.switchboard.house();
    let chosen = text(pairs, "type");
    let types = REQUEST_TYPES.iter().map(|kind| Choice {
        code: kind.as_str(),
        name: page.tc("public-type", kind),
        chosen: *kind.as_str() == *chosen || (chosen.is_empty() && *kind == RequestType::Complaint),
    });
    let evidence = EvidenceKind::ALL.iter().map(|kind| {
        let had = text(pairs, &format!("evidence-{kind}"));
        EvidenceRow {
            code: kind.as_str(),
            name: page.tc("intake-evidence", kind),
            statuses: EvidenceStatus::ALL
                .iter()
                .rev()
                .map(|status| Choice {
                    code: status.as_str(),
                    name: page.tc("public-evidence", status),
                    chosen: had == status.as_str(),
                })
                .collect(),
        }
    });
    Report {
        types: types.collect(),
        evidence: evidence.collect(),
        emergency: line_for(house, page.lang())
            .map_or(String::new(), |line| line.emergency.as_str().to_owned()),
        longest: i64::try_from(house.doors.web.longest_text()).unwrap_or(i64::MAX),
        once: fresh_once(),
        typed: Typed {
            words: text(pairs, "words"),
            happened: text(pairs, "happened"),
            place: text(pairs, "place"),
            persons: text(pairs, "persons"),
            institution: text(pairs, "institution"),
            desired: text(pairs, "desired"),
            name: text(pairs, "name"),
            phone: text(pairs, "phone"),
            reach: text(pairs, "reach"),
            anonymous: ticked(pairs, "anonymous"),
            reply: ticked(pairs, "reply"),
            confidential: ticked(pairs, "confidential"),
        },
        page,
        refused,
    }
}

fn read(house: &House, page: &Page, pairs: &[(String, String)]) -> Result<WebComplaint> {
    let line = line_for(house, page.lang()).ok_or(Error::NotFound)?;
    let evidence = EvidenceKind::ALL.iter().filter_map(|kind| {
        let status = text(pairs, &format!("evidence-{kind}")).parse().ok()?;
        (status != EvidenceStatus::NotAvailable).then_some((*kind, status))
    });
    Ok(WebComplaint {
        line: line.name.clone(),
        language: Language::parse(page.lang()).map_err(|error| Error::Broken(error.to_string()))?,
        request_type: text(pairs, "type").parse().map_err(|_| Error::Unreadable("type".to_owned()))?,
        own_words: text(pairs, "words"),
        happened: text(pairs, "happened"),
        place: text(pairs, "place"),
        persons: text(pairs, "persons"),
        institution: text(pairs, "institution"),
        desired: text(pairs, "desired"),
        evidence: evidence.collect(),
        anonymous: ticked(pairs, "anonymous"),
        name: text(pairs, "name"),
        phone: text(pairs, "phone").replace([' ', '-'], ""),
        reach: text(pairs, "reach"),
        reply: ticked(pairs, "reply"),
        confidential: ticked(pairs, "confidential"),
        suggested: None,
    })
}

/// The line whose first language it is; else the first that knows the language; else the first.
pub(crate) fn line_for<'a>(house: &'a House, tag: &str) -> Option<&'a switchboard::Line> {
    let first =
        house.lines.values().find(|line| line.languages.first().is_some_and(|own| own.as_str() == tag));
    let knows = || house.lines.values().find(|line| line.languages.iter().any(|own| own.as_str() == tag));
    first.or_else(knows).or_else(|| house.lines.values().next())
}

fn digest(pairs: &[(String, String)]) -> String {
    let mut digest = Sha256::new();
    for (name, value) in pairs {
        digest.update((name.len() as u64).to_be_bytes());
        digest.update(name);
        digest.update((value.len() as u64).to_be_bytes());
        digest.update(value);
    }
    digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A word that no other form has.
fn fresh_once() -> String {
    switchboard::fresh_word()
}

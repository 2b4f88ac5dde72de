//! Coding points a second time: what somebody has in hand, without the first coding, and the form to code it.

use askama::Template;
use axum::Form;
use axum::extract::Path;
use axum::response::Response;
use domain::PointId;
use switchboard::second_coding::BlindPoint;

use super::case_points::{AxisField, axis_field, category_field, chosen};
use super::case_words;
use crate::Result;
use crate::auth::AgentDesk;
use crate::page::{Page, html};

#[derive(Template)]
#[template(path = "codings.html")]
struct CodingsPage {
    page: Page,
    /// Who looks may draw points.
    draws: bool,
    points: Vec<CodingView>,
}

/// A point as its second coder sees it.
struct CodingView {
    id: String,
    taken: String,
    facts: Vec<(String, String)>,
    axes: Vec<AxisField>,
}

/// What this person has in hand.
pub async fn show(at: AgentDesk) -> Result<Response> {
    let in_hand = at.desk.second_codings().await?;
    let points = in_hand.iter().map(|one| view(&at, one)).collect();
    let draws = at.desk.person().role == domain::Role::Supervisor;
    html(&CodingsPage { points, draws, page: at.page })
}

fn view(at: &AgentDesk, one: &BlindPoint) -> CodingView {
    let (house, page, point) = (at.desk.house(), &at.page, &one.point);
    let known = |text: Option<String>| text.unwrap_or_else(|| page.t("case-unknown"));
    let institution = point.institution.as_deref().map(|code| case_words::institution(house, page, code));
    let facts = [
        ("case-fact-type", page.tc("report-request-type", &one.request_type)),
        ("case-point-words", point.own_words.clone()),
        ("case-point-institution", known(institution)),
        ("case-point-place", known(point.place.clone())),
        ("case-point-happened", known(point.happened.clone())),
        ("case-point-persons", known(point.persons.clone())),
        ("case-point-harm", known(point.harm.clone())),
        ("case-point-outcome", known(point.outcome.clone())),
    ];
    let day = at.desk.now().service_day(page.zone());
    let mut axes = vec![category_field(house, page, day, "")];
    axes.extend(house.axes.all().iter().map(|axis| axis_field(house, page, axis, day, "")));
    CodingView {
        id: point.id.to_string(),
        taken: page.time(&one.taken_at),
        facts: facts.into_iter().map(|(id, text)| (page.t(id), text)).collect(),
        axes,
    }
}

/// Gives it back uncoded.
pub async fn give_back(at: AgentDesk, Path(point): Path<String>) -> Result<Response> {
    at.desk.give_second_coding_back(&PointId::new(point)).await?;
    Ok(at.page.done("/codings"))
}

/// Codes it.
pub async fn finish(
    at: AgentDesk,
    Path(point): Path<String>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response> {
    at.desk.finish_second_coding(&PointId::new(point), chosen(&fields)).await?;
    Ok(at.page.done("/codings"))
}

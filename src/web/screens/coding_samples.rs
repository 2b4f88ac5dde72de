//! Second codings before a supervisor: the form to draw points and give them to somebody, the draws so far with all that is
//! needed to draw them again, what was given back, and codes that differ and wait for a decision.

use askama::Template;
use axum::Form;
use axum::extract::Path;
use axum::response::Response;
use chrono::NaiveDate;
use domain::{PersonId, PointId};
use serde::Deserialize;
use switchboard::reports::figures::Period;
use switchboard::second_sampling::{CodedPair, DrawOrder, Progress, Sample, Sampling, Stratum, Wanted};

use super::case_points::{AxisField, axis_field, category_field};
use super::case_words;
use crate::auth::SupervisorDesk;
use crate::page::{Page, html};
use crate::{Error, Result};

#[derive(Template)]
#[template(path = "coding_samples.html")]
struct Screen {
    page: Page,
    from: String,
    to: String,
    most: u32,
    coders: Vec<(String, String)>,
    categories: Vec<(String, String)>,
    samples: Vec<SampleView>,
    returned: Vec<ReturnedView>,
    pairs: Vec<PairView>,
}

struct SampleView {
    when: String,
    by: String,
    coder: String,
    period: String,
    asked: String,
    seed: i64,
    population: i64,
    digest: String,
    strata: Vec<String>,
    state: String,
}

struct ReturnedView {
    point: String,
    number: String,
    ordinal: i64,
    by: String,
}

struct PairView {
    point: String,
    number: String,
    ordinal: i64,
    axis: AxisField,
    first: String,
    second: String,
}

/// The page.
pub async fn show(at: SupervisorDesk) -> Result<Response> {
    let seen = at.desk.sampling().await?;
    let (house, page) = (at.desk.house(), &at.page);
    let today = at.desk.now().service_day(page.zone());
    let rules = house.axes.second_coding();
    let from = today.checked_sub_days(chrono::Days::new(u64::from(rules.days))).unwrap_or(today);
    let samples = seen
        .samples
        .iter()
        .map(|(sample, progress, strata)| sample_view(&at, &seen, sample, *progress, strata));
    html(&Screen {
        from: from.to_string(),
        to: today.to_string(),
        most: rules.most,
        coders: seen.coders().map(|person| (person.id.to_string(), person.name.clone())).collect(),
        categories: case_words::categories(house, page),
        samples: samples.collect(),
        returned: seen
            .returned
            .iter()
            .map(|one| ReturnedView {
                point: one.point.to_string(),
                number: one.case_number.clone(),
                ordinal: one.ordinal,
                by: name(&seen, &one.by),
            })
            .collect(),
        pairs: seen.undecided.iter().filter_map(|pair| pair_view(&at, pair, today)).collect(),
        page: at.page.clone(),
    })
}

fn name(seen: &Sampling, id: &PersonId) -> String {
    let found = seen.people.iter().find(|person| person.id == *id);
    found.map_or_else(|| id.to_string(), |person| person.name.clone())
}

fn sample_view(
    at: &SupervisorDesk,
    seen: &Sampling,
    sample: &Sample,
    progress: Progress,
    strata: &[Stratum],
) -> SampleView {
    let (house, page) = (at.desk.house(), &at.page);
    let last = sample.until.plus_seconds(-1);
    let (kind, number) = sample.asked.split_once(' ').unwrap_or(("count", &sample.asked));
    let stratum = |one: &Stratum| {
        let category = case_words::category(house, page, &one.category);
        let (drawn, population) = (one.drawn.to_string(), one.population.to_string());
        page.texts("codings-stratum", &[("category", category), ("drawn", drawn), ("population", population)])
    };
    let state = [("done", progress.done), ("drawn", progress.drawn), ("returned", progress.returned)];
    SampleView {
        when: page.time(&sample.drawn_at),
        by: name(seen, &sample.drawn_by),
        coder: name(seen, &sample.coder),
        period: format!("{} – {}", page.day(&sample.from), page.day(&last)),
        asked: page.tv(&format!("codings-asked-{kind}"), "number", number),
        seed: sample.seed,
        population: sample.population,
        digest: sample.digest.clone(),
        strata: strata.iter().map(stratum).collect(),
        state: page.texts("codings-progress", &state),
    }
}

/// A pair on an axis that there is no more cannot be decided.
fn pair_view(at: &SupervisorDesk, pair: &CodedPair, today: NaiveDate) -> Option<PairView> {
    let (house, page) = (at.desk.house(), &at.page);
    let category = pair.axis == switchboard::points::CATEGORY;
    let axis = if category {
        category_field(house, page, today, "")
    } else {
        axis_field(house, page, house.axes.axis(&pair.axis)?, today, "")
    };
    let told = |code: &str, version: &str| {
        let system = house.axes.axis(&pair.axis).map(|axis| axis.system.as_str());
        let value = system.and_then(|system| house.axes.value(system, code));
        let name = value.map_or_else(
            || case_words::category(house, page, code),
            |value| domain::directory::name_in(&value.names, page.lang()).to_owned(),
        );
        format!("{name} ({})", page.tv("point-code-version", "version", version))
    };
    Some(PairView {
        point: pair.point.to_string(),
        number: pair.case_number.clone(),
        ordinal: pair.ordinal,
        axis,
        first: told(&pair.first, &pair.first_version),
        second: told(&pair.second, &pair.second_version),
    })
}

/// What a supervisor asks to be drawn.
#[derive(Deserialize)]
pub struct Asked {
    coder: String,
    /// `count` or `share`.
    how: String,
    number: String,
    from: String,
    to: String,
    #[serde(default)]
    category: String,
    #[serde(default)]
    seed: String,
}

/// Draws points and gives them to somebody.
pub async fn draw(at: SupervisorDesk, Form(asked): Form<Asked>) -> Result<Response> {
    let unreadable = |field: &str| Error::Unreadable(field.to_owned());
    let day = |text: &str, field: &str| text.trim().parse::<NaiveDate>().map_err(|_| unreadable(field));
    let (from, to) = (day(&asked.from, "from")?, day(&asked.to, "to")?);
    let (from, until) = Period { from, to }.moments(at.page.zone());
    let number: u32 = asked.number.trim().parse().map_err(|_| unreadable("number"))?;
    let wanted = if asked.how == "share" { Wanted::Share(number) } else { Wanted::Count(number) };
    let seed = Some(asked.seed.trim()).filter(|text| !text.is_empty());
    let seed =
        seed.map(|text| text.parse::<u32>().map(i64::from)).transpose().map_err(|_| unreadable("seed"))?;
    let (coder, category) = (PersonId::new(asked.coder), asked.category);
    at.desk.draw_sample(DrawOrder { coder, wanted, from, until, category, seed }).await?;
    Ok(at.page.done("/codings/samples"))
}

/// To whom a point is given.
#[derive(Deserialize)]
pub struct Given {
    coder: String,
}

/// Gives a point that came back to somebody else.
pub async fn give(
    at: SupervisorDesk,
    Path(point): Path<String>,
    Form(given): Form<Given>,
) -> Result<Response> {
    at.desk.give_second_coding(&PointId::new(point), &PersonId::new(given.coder)).await?;
    Ok(at.page.done("/codings/samples"))
}

/// Decides which code holds.
pub async fn decide(
    at: SupervisorDesk,
    Path((point, axis)): Path<(String, String)>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response> {
    let field =
        |name: &str| fields.iter().find(|(known, _)| known == name).map_or("", |(_, text)| text.as_str());
    let code = field(&format!("axis-{axis}"));
    if code.is_empty() {
        return Err(Error::Unreadable("code".to_owned()));
    }
    at.desk.decide_coding(&PointId::new(point), &axis, code, field("reason")).await?;
    Ok(at.page.done("/codings/samples"))
}

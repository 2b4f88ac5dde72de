//! The catalogue of reports, with every figure and its formula.

use askama::Template;
use axum::response::Response;
use switchboard::reports::figures::catalogue::{self, Figure, Target};
use switchboard::reports::figures::{Targets, Words};

use crate::Result;
use crate::auth::SupervisorDesk;
use crate::page::{Page, html};
use crate::report_words::Speaker;

#[derive(Template)]
#[template(path = "reports.html")]
struct Catalogue {
    page: Page,
    reports: Vec<Entry>,
    /// Themes by category that are new in the last thirty days.
    new_themes: i64,
}

struct Entry {
    name: &'static str,
    title: String,
    about: String,
    basis: String,
    figures: Vec<Definition>,
}

struct Definition {
    title: String,
    formula: String,
    target: String,
}

/// All reports and figures.
pub async fn show(at: SupervisorDesk) -> Result<Response> {
    let targets = &at.desk.house().targets;
    let words = Speaker::new(at.page.lang(), targets);
    let figures = catalogue::figures(targets);
    let reports = catalogue::REPORTS.iter().map(|report| Entry {
        name: report.name,
        title: words.say(&format!("report-{}", report.name), &[]),
        about: words.say(&format!("report-{}-about", report.name), &[]),
        basis: words.say(report.basis.message(), &[]),
        figures: figures
            .iter()
            .filter(|figure| figure.report == report)
            .map(|figure| define(figure, &words))
            .collect(),
    });
    let new_themes = at.desk.new_themes().await?;
    html(&Catalogue { reports: reports.collect(), new_themes, page: at.page })
}

fn define(figure: &Figure, words: &Speaker) -> Definition {
    Definition {
        title: words.say(&format!("figure-{}", figure.id), &[]),
        formula: words.say(&format!("figure-{}-formula", figure.id), &[]),
        target: figure.target.map(|target| target_text(target, words)).unwrap_or_default(),
    }
}

/// A target in words.
pub(crate) fn target_text(target: Target, words: &dyn Words) -> String {
    let (id, percent) = match target {
        Target::AtLeast(percent) => ("report-target-at-least", percent),
        Target::AtMost(percent) => ("report-target-at-most", percent),
    };
    words.say(id, &[("percent", percent.to_string())])
}

/// The target of a figure in words; empty where it has none.
pub(crate) fn target_of(id: &str, targets: &Targets, words: &dyn Words) -> String {
    catalogue::target(id, targets).map(|target| target_text(target, words)).unwrap_or_default()
}

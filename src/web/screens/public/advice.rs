//! `/advice`: what is worth knowing before a complaint, and after it. Nobody has to read it. What is looked for travels in
//! a form, never in an address.

use askama::Template;
use axum::Form;
use axum::extract::{Path, State};
use axum::response::Response;
use chrono::NaiveDate;
use switchboard::knowledge::{Article, Query};
use switchboard::{House, Line};

use super::super::article_view::{self, BlockView};
use super::super::desk_advice::LONGEST_SEARCH;
use super::report::line_for;
use super::text;
use crate::page::{Page, html};
use crate::{App, Error, Result};

#[derive(Template)]
#[template(path = "public/advice.html")]
struct List {
    page: Page,
    words: String,
    sections: Vec<Section>,
    emergency: String,
}

/// The articles of one profile.
struct Section {
    /// Numbers of its lines.
    lines: String,
    articles: Vec<Row>,
}

struct Row {
    code: String,
    title: String,
}

#[derive(Template)]
#[template(path = "public/article.html")]
struct One {
    page: Page,
    title: String,
    blocks: Vec<BlockView>,
    citation: String,
    version: u32,
    since: String,
}

/// All articles.
pub async fn show(State(app): State<App>, page: Page) -> Result<Response> {
    html(&list(&app, page, String::new()))
}

/// Those that fit what was typed.
pub async fn search(
    State(app): State<App>,
    page: Page,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response> {
    let words: String = text(&pairs, "words").chars().take(LONGEST_SEARCH).collect();
    html(&list(&app, page, words))
}

/// One article.
pub async fn one(State(app): State<App>, page: Page, Path(code): Path<String>) -> Result<Response> {
    let house = app.switchboard.house();
    let found = profiles(house, page.lang()).into_iter().find_map(|line| {
        let day = today(&app, line);
        let article = house.articles.get(&code, day).filter(|article| article.fits(&line.profile, day));
        article.map(|article| (line, day, article))
    });
    let (line, day, article) = found.ok_or(Error::NotFound)?;
    html(&One {
        title: article.title(page.lang()).to_owned(),
        blocks: article_view::body(&page, house, (&line.profile, day), article),
        citation: article.citation.clone(),
        version: article.version,
        since: page.date(article.valid_from),
        page,
    })
}

fn list(app: &App, page: Page, words: String) -> List {
    let house = app.switchboard.house();
    let query = Query::new(&words);
    let row =
        |article: &&Article| Row { code: article.code.clone(), title: article.title(page.lang()).to_owned() };
    let section = |line: &Line| Section {
        lines: numbers(house, &line.profile),
        articles: house.articles.find(&line.profile, today(app, line), &query, &[]).iter().map(row).collect(),
    };
    let sections = profiles(house, page.lang()).into_iter().map(section);
    List {
        sections: sections.filter(|section| !section.articles.is_empty()).collect(),
        emergency: line_for(house, page.lang())
            .map_or(String::new(), |line| line.emergency.as_str().to_owned()),
        words,
        page,
    }
}

fn today(app: &App, line: &Line) -> NaiveDate {
    app.switchboard.now().service_day(line.zone)
}

/// One line of each profile, that of the visitor's language first.
fn profiles<'h>(house: &'h House, language: &str) -> Vec<&'h Line> {
    let mut lines: Vec<&Line> = line_for(house, language).into_iter().collect();
    for line in house.lines.values() {
        if lines.iter().all(|known| known.profile != line.profile) {
            lines.push(line);
        }
    }
    lines
}

/// The first number of each line of a profile.
fn numbers(house: &House, profile: &str) -> String {
    let lines = house.lines.values().filter(|line| line.profile == profile);
    let numbers: Vec<&str> =
        lines.filter_map(|line| line.numbers.first()).map(|number| number.as_str()).collect();
    numbers.join(", ")
}

//! `/phone`: a telephone in the browser, and `/call/{line}`: a page with one button that calls one line and
//! tells no number. Both only while the bundled switch is on; they need no account: they are the citizen's side.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::Response;

use serde::Deserialize;

use crate::page::{Page, html};
use crate::{App, Error, Result};

#[derive(Template)]
#[template(path = "phone.html")]
struct Phone {
    page: Page,
    lines: Vec<Line>,
    /// The page calls nothing but this line.
    only: Option<Line>,
    digits: [&'static str; 12],
}

/// A number that can be dialled.
struct Line {
    number: String,
    name: String,
}

/// What the address asks for.
#[derive(Deserialize)]
pub struct Asked {
    call: Option<String>,
}

/// The telephone; with `?call=12320` the page that calls one line.
pub async fn show(State(app): State<App>, page: Page, Query(asked): Query<Asked>) -> Result<Response> {
    match asked.call {
        Some(line) => one_line(&app, page, &line),
        None => render(&app, page, None),
    }
}

/// The page that calls one line, given by its name or one of its numbers.
pub async fn call(State(app): State<App>, page: Page, Path(line): Path<String>) -> Result<Response> {
    one_line(&app, page, &line)
}

fn one_line(app: &App, page: Page, wanted: &str) -> Result<Response> {
    let digits = wanted.trim_start_matches(['+', ' ']);
    let fits = |line: &Line| line.name == wanted || line.number.trim_start_matches('+') == digits;
    let only = lines(app).into_iter().find(fits).ok_or(Error::NotFound)?;
    render(app, page, Some(only))
}

fn render(app: &App, page: Page, only: Option<Line>) -> Result<Response> {
    if !app.telephone {
        return Err(Error::NotFound);
    }
    let digits = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "*", "0", "#"];
    html(&Phone { lines: lines(app), page, only, digits })
}

fn lines(app: &App) -> Vec<Line> {
    let of_house = app.switchboard.house().lines.values();
    let named = of_house.flat_map(|line| {
        line.numbers.iter().map(|number| Line { number: number.as_str().to_owned(), name: line.name.clone() })
    });
    named.collect()
}

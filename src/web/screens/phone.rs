//! `/phone`: a telephone in the browser, while the bundled switch is on. It needs no account: it is the
//! citizen's side of the line.

use askama::Template;
use axum::extract::State;
use axum::response::Response;

use crate::page::{Page, html};
use crate::{App, Error, Result};

#[derive(Template)]
#[template(path = "phone.html")]
struct Phone {
    page: Page,
    lines: Vec<Line>,
    digits: [&'static str; 12],
}

/// A number that can be dialled.
struct Line {
    number: String,
    name: String,
}

/// The telephone.
pub async fn show(State(app): State<App>, page: Page) -> Result<Response> {
    if !app.telephone {
        return Err(Error::NotFound);
    }
    let of_house = app.switchboard.house().lines.values();
    let lines = of_house.flat_map(|line| {
        line.numbers.iter().map(|number| Line { number: number.as_str().to_owned(), name: line.name.clone() })
    });
    let lines = lines.collect();
    html(&Phone { page, lines, digits: ["1", "2", "3", "4", "5", "6", "7", "8", "9", "*", "0", "#"] })
}

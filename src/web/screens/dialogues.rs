//! What is to be done in dialogues, what runs out first standing first.

use askama::Template;
use axum::response::Response;
use switchboard::dialogue::Listed;

use super::case_words::{self, DueWords};
use crate::Result;
use crate::auth::CaseDesk;
use crate::page::{Page, html};

#[derive(Template)]
#[template(path = "dialogues.html")]
struct DialoguesPage {
    page: Page,
    rows: Vec<DialogueRow>,
}

struct DialogueRow {
    number: String,
    stage: String,
    tasks: Vec<String>,
    owner: String,
    until: Option<(String, DueWords)>,
}

/// The list: a handler's own department's, everybody's for the others.
pub async fn show(at: CaseDesk) -> Result<Response> {
    let listed = at.desk.dialogues_to_do().await?;
    let rows = listed.iter().map(|one| row(&at, one)).collect();
    html(&DialoguesPage { rows, page: at.page })
}

fn row(at: &CaseDesk, Listed { number, line, dialogue }: &Listed) -> DialogueRow {
    let house = at.desk.house();
    let page = &at.page.of_line(house, line);
    let owner = dialogue.owner.as_deref().unwrap_or_default();
    let office = house.directory.office(owner).map(|office| &office.names);
    let names = office.or_else(|| house.directory.institution(owner).map(|site| &site.names));
    let until = dialogue.runs_out_at;
    DialogueRow {
        number: number.to_string(),
        stage: page.tc("dialogue-stage", &dialogue.stage),
        tasks: dialogue.tasks.iter().map(|task| page.tc("dialogue-task", task)).collect(),
        owner: names
            .map_or_else(String::new, |names| domain::directory::name_in(names, page.lang()).to_owned()),
        until: until.map(|at_| (page.time(&at_), case_words::due_words(page, until, None, at.desk.now()))),
    }
}

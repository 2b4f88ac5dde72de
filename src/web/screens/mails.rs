//! The mails before a supervisor: what was not sent and why, and the last ones.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use domain::CaseNumber;
use switchboard::mailing::Mail;

use crate::Result;
use crate::auth::SupervisorDesk;
use crate::page::{Page, html};

#[derive(Template)]
#[template(path = "mails.html")]
struct Mails {
    page: Page,
    /// No server is configured.
    off: bool,
    sections: Vec<(String, Vec<Row>)>,
}

struct Row {
    id: String,
    when: String,
    number: String,
    /// Where the letter that it carries can be read as it went out.
    letter: Option<String>,
    kind: String,
    state: String,
    bad: bool,
    tries: u32,
    why: String,
    may_send: bool,
}

/// The page.
pub async fn show(at: SupervisorDesk) -> Result<Response> {
    let post = at.desk.post_office().await?;
    let off = post.troubled.iter().any(|(mail, _)| mail.fault.as_deref() == Some("off"));
    let rows = |mails: &[(Mail, CaseNumber)]| mails.iter().map(|mail| row(&at.page, mail)).collect();
    let sections = vec![
        (at.page.t("mails-troubled"), rows(&post.troubled)),
        (at.page.t("mails-last"), rows(&post.last)),
    ];
    html(&Mails { off, sections, page: at.page.clone() })
}

/// Tries one again.
pub async fn again(at: SupervisorDesk, Path(id): Path<String>) -> Result<Response> {
    at.desk.mail_again(&id).await?;
    Ok(at.page.done("/mails"))
}

fn row(page: &Page, (mail, number): &(Mail, CaseNumber)) -> Row {
    Row {
        id: mail.id.clone(),
        when: page.time(&mail.created_at),
        number: number.to_string(),
        letter: mail.load.letter().map(|letter| format!("/cases/{number}/letters/{letter}")),
        kind: page.tc("mails-kind", &mail.kind),
        state: page.tc("mails-state", &mail.state),
        bad: mail.state == "failed",
        tries: mail.tries,
        why: mail.fault.clone().filter(|fault| fault != "off").unwrap_or_default(),
        may_send: mail.state == "failed" && (mail.sealed.is_some() || mail.load.letter().is_some()),
    }
}

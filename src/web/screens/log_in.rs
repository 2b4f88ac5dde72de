//! In and out, the language of the screens, and the way to a role's first screen.

use askama::Template;
use axum::Form;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Redirect, Response};
use domain::{Language, Secret};
use serde::Deserialize;

use crate::auth::{AnyDesk, session_cookie, session_token};
use crate::page::{Page, html};
use crate::{App, Error, Result, nav, words};

#[derive(Template)]
#[template(path = "log_in.html")]
struct LogIn {
    page: Page,
    next: String,
    login: String,
    refused: Option<String>,
}

/// Where to go after log-in.
#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    next: String,
}

/// What is typed at log-in.
#[derive(Deserialize)]
pub struct Typed {
    login: String,
    password: Secret,
    #[serde(default)]
    next: String,
}

/// What is chosen in the bar.
#[derive(Deserialize)]
pub struct Chosen {
    language: String,
    #[serde(default)]
    next: String,
}

/// `/`: on to the first screen of the role.
pub async fn first_screen(at: AnyDesk) -> Redirect {
    Redirect::to(nav::first_screen(at.desk.person().role))
}

/// The form.
pub async fn show(page: Page, Query(asked): Query<Asked>) -> Result<Response> {
    if page.role().is_some() {
        return Ok(Redirect::to(inside(&asked.next)).into_response());
    }
    html(&LogIn { page, next: asked.next, login: String::new(), refused: None })
}

/// Checks the password; the session gets a fresh token each time.
pub async fn log_in(State(app): State<App>, page: Page, Form(typed): Form<Typed>) -> Result<Response> {
    match app.switchboard.log_in(&typed.login, typed.password).await {
        Ok(logged_in) => {
            let cookie = session_cookie(&app, &logged_in.token)?;
            Ok(([(header::SET_COOKIE, cookie)], Redirect::to(inside(&typed.next))).into_response())
        }
        Err(switchboard::Error::Refused { code, .. }) => {
            let refused = Some(page.t(&code));
            let view = LogIn { page, next: typed.next, login: typed.login, refused };
            Ok((axum::http::StatusCode::UNPROCESSABLE_ENTITY, html(&view)?).into_response())
        }
        Err(other) => Err(other.into()),
    }
}

/// Ends the session.
pub async fn log_out(_: AnyDesk, State(app): State<App>, headers: HeaderMap) -> Result<Response> {
    if let Some(token) = session_token(&app, &headers) {
        app.switchboard.log_out(token).await?;
    }
    Ok(([(header::SET_COOKIE, session_cookie(&app, "")?)], Redirect::to("/login")).into_response())
}

/// Sets the language of this person's screens.
pub async fn choose_language(at: AnyDesk, Form(chosen): Form<Chosen>) -> Result<Redirect> {
    let known = words::tongue(&chosen.language).ok_or(Error::Unreadable("language".to_owned()))?;
    let language = Language::parse(known.tag).map_err(|error| Error::Unreadable(error.to_string()))?;
    at.desk.choose_language(language).await?;
    Ok(Redirect::to(inside(&chosen.next)))
}

/// A wish to go on, kept inside our own house: a path, and not one that a browser reads as another host.
fn inside(next: &str) -> &str {
    let fine = next.starts_with('/')
        && !next.starts_with("//")
        && next.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    if fine { next } else { "/" }
}

#[cfg(test)]
mod tests {
    use super::inside;

    #[test]
    fn nobody_is_led_out_of_the_house() {
        assert_eq!(inside("/cases?status=open"), "/cases?status=open");
        for next in ["", "//evil.example", "https://evil.example", "/\\evil.example", "/a\nb"] {
            assert_eq!(inside(next), "/");
        }
    }
}

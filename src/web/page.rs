//! What every template has at hand as `page`: words in the person's language, times in the line's zone,
//! the form token, navigation, and how to answer when something was done.

use askama::Template;
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use chrono_tz::Tz;
use domain::{Role, Timestamp};
use switchboard::House;
use switchboard::sessions::SignedIn;

use crate::nav::{self, Bar};
use crate::words::{Tongue, tongues};
use crate::{App, Result, assets};

/// One request's page.
#[derive(Clone)]
pub struct Page {
    tongue: &'static Tongue,
    visitor: Option<Visitor>,
    path: String,
    zone: Tz,
    quiet: bool,
    wants_problem: bool,
    telephone: bool,
    messages: Option<i64>,
    came_from: Option<String>,
}

#[derive(Clone)]
struct Visitor {
    name: String,
    role: Role,
    csrf: String,
}

impl Page {
    /// The page of a request.
    pub fn new(
        app: &App,
        tongue: &'static Tongue,
        signed_in: Option<&SignedIn>,
        uri: &Uri,
        headers: &HeaderMap,
    ) -> Self {
        let accept = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let quiet = headers.contains_key("x-quiet");
        let program = accept.contains("json") && !accept.contains("html");
        Self {
            tongue,
            visitor: signed_in.map(|signed_in| Visitor {
                name: signed_in.person.name.clone(),
                role: signed_in.person.role,
                csrf: signed_in.csrf.clone(),
            }),
            path: uri.path_and_query().map_or_else(|| "/".to_owned(), ToString::to_string),
            zone: app.zone,
            quiet,
            wants_problem: quiet || program || uri.path().starts_with("/api/"),
            telephone: app.telephone,
            messages: None,
            came_from: came_from(headers),
        }
    }

    /// The same page in another language.
    pub fn in_tongue(&self, tongue: &'static Tongue) -> Self {
        Self { tongue, ..self.clone() }
    }

    /// The same page with times as clocks show them where `line` is answered.
    pub fn of_line(&self, house: &House, line: &str) -> Self {
        let zone = house.lines.get(line).map_or(self.zone, |line| line.zone);
        Self { zone, ..self.clone() }
    }

    /// Whether the bar will tell how many messages wait: on whole pages, for those who take them.
    pub fn counts_messages(&self, headers: &HeaderMap) -> bool {
        let whole = !self.wants_problem && !headers.contains_key("x-fragment");
        whole && self.bar().daily.iter().any(|entry| entry.address == nav::MESSAGES)
    }

    /// The page with the number of messages that nobody has taken.
    pub fn with_messages(self, waiting: Option<i64>) -> Self {
        Self { messages: waiting, ..self }
    }

    /// How many messages wait, where `address` is the entry that tells it.
    pub fn waiting_at(&self, address: &str) -> Option<i64> {
        self.messages.filter(|_| address == nav::MESSAGES)
    }

    /// The text of a message.
    pub fn t(&self, id: &str) -> String {
        self.tongue.say(id, &[])
    }

    /// The text of a message with a number in it: chooses the plural.
    pub fn tn(&self, id: &str, name: &str, number: impl std::borrow::Borrow<i64>) -> String {
        self.tongue.say(id, &[(name, (*number.borrow()).into())])
    }

    /// The text of a message with another text in it.
    pub fn tv(&self, id: &str, name: &str, value: impl std::fmt::Display) -> String {
        self.tongue.say(id, &[(name, value.to_string().into())])
    }

    /// The text of a message with several texts in it.
    pub fn texts(&self, id: &str, values: &[(&str, impl std::fmt::Display)]) -> String {
        let values: Vec<_> = values.iter().map(|(name, value)| (*name, value.to_string().into())).collect();
        self.tongue.say(id, &values)
    }

    /// The text of `prefix-code`, for codes that come from data: states, types, outcomes.
    pub fn tc(&self, prefix: &str, code: impl std::fmt::Display) -> String {
        self.t(&format!("{prefix}-{}", code.to_string().replace('_', "-")))
    }

    /// As [`Self::tc`], where there is such a message: for codes that a script may invent.
    pub fn known(&self, prefix: &str, code: &str) -> Option<String> {
        let id = format!("{prefix}-{}", code.replace('_', "-"));
        self.tongue.knows(&id).then(|| self.t(&id))
    }

    /// Language tag of the page.
    pub fn lang(&self) -> &'static str {
        self.tongue.tag
    }

    /// Every language of the screens, with its own name for itself.
    pub fn languages(&self) -> Vec<(&'static str, &'static str)> {
        tongues().iter().map(|tongue| (tongue.tag, tongue.own_name)).collect()
    }

    /// Day and time in the zone of the screens.
    pub fn time(&self, at: &Timestamp) -> String {
        self.time_in(at, self.zone)
    }

    /// Day and time in `zone`.
    pub fn time_in(&self, at: &Timestamp, zone: Tz) -> String {
        at.local(zone).format(self.tongue.time_format).to_string()
    }

    /// The time alone.
    pub fn hour(&self, at: &Timestamp) -> String {
        at.local(self.zone).format(self.tongue.hour_format).to_string()
    }

    /// The day alone.
    pub fn day(&self, at: &Timestamp) -> String {
        at.local(self.zone).format(self.tongue.day_format).to_string()
    }

    /// A day of the calendar.
    pub fn date(&self, day: chrono::NaiveDate) -> String {
        day.format(self.tongue.day_format).to_string()
    }

    /// Zone of the screens.
    pub fn zone(&self) -> Tz {
        self.zone
    }

    /// Address of an asset, with its hash.
    pub fn asset(&self, name: &str) -> String {
        assets::address(name)
    }

    /// The session's form token; every form carries it as `csrf`.
    pub fn csrf(&self) -> &str {
        self.visitor.as_ref().map_or("", |visitor| &visitor.csrf)
    }

    /// Name of who is signed in.
    pub fn name(&self) -> Option<&str> {
        self.visitor.as_ref().map(|visitor| visitor.name.as_str())
    }

    /// Role of who is signed in.
    pub fn role(&self) -> Option<Role> {
        self.visitor.as_ref().map(|visitor| visitor.role)
    }

    /// Where this person may go.
    pub fn bar(&self) -> Bar {
        self.role().map(nav::bar).unwrap_or_default()
    }

    /// Whether an entry of the navigation is where we are.
    pub fn here(&self, address: &str) -> bool {
        self.path.split('?').next().is_some_and(|path| {
            path == address || path.strip_prefix(address).is_some_and(|rest| rest.starts_with('/'))
        })
    }

    /// Path and query of the request.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Path and query of our page that the request came from, where the browser tells.
    pub fn came_from(&self) -> Option<&str> {
        self.came_from.as_deref()
    }

    /// Whether the bundled switch is on.
    pub fn telephone(&self) -> bool {
        self.telephone
    }

    /// Whether a program asked, and wants a problem document instead of a page.
    pub fn wants_problem(&self) -> bool {
        self.wants_problem
    }

    /// Log-in that leads back here.
    pub fn log_in_address(&self) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.append_pair("next", &self.path);
        if self.path == "/" { "/login".to_owned() } else { format!("/login?{}", query.finish()) }
    }

    /// The answer when something was done: on to `address`, or nothing where our own module asked and will
    /// fetch what changed.
    pub fn done(&self, address: &str) -> Response {
        if self.quiet {
            StatusCode::NO_CONTENT.into_response()
        } else {
            Redirect::to(address).into_response()
        }
    }
}

/// The page before, as a way within this house: whatever host a header names, nobody is led out of it.
fn came_from(headers: &HeaderMap) -> Option<String> {
    let told: Uri = headers.get(header::REFERER)?.to_str().ok()?.parse().ok()?;
    let path = told.path_and_query()?.as_str();
    (path.starts_with('/') && !path.starts_with("//") && !path.contains('\\')).then(|| path.to_owned())
}

/// Renders a template as a response.
pub fn html(view: &impl Template) -> Result<Response> {
    Ok(Html(view.render()?).into_response())
}

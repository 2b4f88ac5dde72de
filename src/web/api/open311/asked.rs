//! What a request says: name and format of the resource, and its fields, from the address or the form.

use axum::extract::{FromRequest, Path, Request};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use domain::Timestamp;
use switchboard::Line;
use switchboard::doors::{Client, Scope};
use switchboard::public::Asker;

use super::format::{Format, Node};
use super::{Answer, Fault};
use crate::screens::public;
use crate::words::{self, Tongue};
use crate::{App, Error};

/// One request.
pub(in crate::api) struct Asked {
    pub(super) app: App,
    /// The last step of the address, without its ending.
    pub(super) name: String,
    format: Format,
    pub(super) tongue: &'static Tongue,
    pub(super) asker: Asker,
    fields: Vec<(String, String)>,
}

impl FromRequest<App> for Asked {
    type Rejection = Response;

    async fn from_request(request: Request, app: &App) -> Result<Self, Response> {
        let (mut parts, body) = request.into_parts();
        let accepted = parts.headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
        let tongue = words::choose(accepted.is_none().then_some("en"), accepted);
        let asker = public::asker(app, &parts);
        let file =
            <Path<String> as axum::extract::FromRequestParts<App>>::from_request_parts(&mut parts, app);
        let Path(file) = file.await.map_err(IntoResponse::into_response)?;
        let Some((name, format)) = Format::of(&file) else {
            let fault = Fault::unknown("This resource, or its format,");
            return Err(Format::Xml.fault(&fault));
        };
        let name = name.to_owned();
        let mut fields = pairs(parts.uri.query().unwrap_or_default().as_bytes());
        let body = axum::body::Bytes::from_request(Request::from_parts(parts, body), app).await;
        let body = body.map_err(|_| format.fault(&Fault::bad("The form is too long.")))?;
        fields.extend(pairs(&body));
        Ok(Self { app: app.clone(), name, format, tongue, asker, fields })
    }
}

/// An empty field is as good as none.
fn pairs(text: &[u8]) -> Vec<(String, String)> {
    let pairs =
        form_urlencoded::parse(text).map(|(name, value)| (name.into_owned(), value.trim().to_owned()));
    pairs.filter(|(_, value)| !value.is_empty()).collect()
}

impl Asked {
    /// The document, or what is wrong, in the format that was asked for.
    pub(super) fn answer(&self, answer: Answer) -> Response {
        match answer {
            Ok(document) => self.format.document(&document),
            Err(fault) => self.format.fault(&fault),
        }
    }

    /// A field.
    pub(super) fn field(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// A field that lists several, separated by commas.
    pub(super) fn list(&self, name: &str) -> Vec<&str> {
        self.field(name)
            .unwrap_or_default()
            .split(',')
            .map(str::trim)
            .filter(|part| !part.is_empty())
            .collect()
    }

    /// A moment in the format of the W3C, with its zone.
    pub(super) fn moment(&self, name: &str) -> Result<Option<Timestamp>, Fault> {
        let read = |text: &str| {
            Timestamp::parse(text)
                .map_err(|_| Fault::bad(format!("{name} must be in w3 format, eg 2010-01-01T00:00:00Z.")))
        };
        self.field(name).map(read).transpose()
    }

    /// A number with decimals.
    pub(super) fn number(&self, name: &str) -> Result<Option<f64>, Fault> {
        let read = |text: &str| {
            let number = text.parse::<f64>().ok().filter(|number| number.is_finite());
            number.ok_or_else(|| Fault::bad(format!("{name} must be a number.")))
        };
        self.field(name).map(read).transpose()
    }

    /// The words of a message.
    pub(super) fn say(&self, id: &str) -> String {
        self.tongue.say(id, &[])
    }

    /// The line: a jurisdiction. It need not be named where there is one line.
    pub(super) fn line(&self) -> Result<&Line, Fault> {
        let lines = &self.app.switchboard.house().lines;
        match self.field("jurisdiction_id") {
            Some(name) => lines.get(name).ok_or_else(|| Fault::unknown("jurisdiction_id")),
            None if lines.len() == 1 => {
                lines.values().next().ok_or_else(|| Fault::unknown("jurisdiction_id"))
            }
            None => Err(Fault::missing("jurisdiction_id")),
        }
    }

    /// The program whose key it is.
    pub(super) fn client(&self) -> Result<&Client, Fault> {
        let client = self.field("api_key").and_then(|key| self.app.switchboard.client(key));
        client.filter(|client| client.may(Scope::Report)).ok_or_else(Fault::no_key)
    }

    /// What the switchboard says, as a fault.
    pub(super) fn fault(&self, error: switchboard::Error) -> Fault {
        Fault::told(error, self.tongue)
    }
}

impl From<Error> for Fault {
    fn from(error: Error) -> Self {
        Self { status: error.status(), text: error.to_string() }
    }
}

/// A node that stands for no value.
pub(super) fn maybe(text: Option<impl Into<String>>) -> Node {
    text.map_or(Node::Nothing, |text| Node::Text(text.into()))
}

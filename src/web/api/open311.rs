//! Open311 GeoReport v2 (<https://wiki.open311.org/GeoReport_v2>) with mySociety's updates, in XML and JSON. A service is
//! a category; a service request is a complaint. Its id is an opaque word, not the case number; who handed it in gets
//! number and PIN in the service notice. What was said is never given out here.

mod asked;
mod format;
mod requests;
mod services;
mod updates;

use axum::Router;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;

use self::asked::Asked;
use self::format::Node;
use crate::App;
use crate::words::Tongue;

/// What a handler answers: a document, or what is wrong with the request.
type Answer = Result<Node, Fault>;

/// What is wrong: a status and a sentence.
#[derive(Debug)]
pub(super) struct Fault {
    status: StatusCode,
    text: String,
}

impl Fault {
    fn bad(text: impl Into<String>) -> Self {
        Self { status: StatusCode::BAD_REQUEST, text: text.into() }
    }

    fn missing(what: &str) -> Self {
        Self::bad(format!("{what} was not provided."))
    }

    fn unknown(what: &str) -> Self {
        Self { status: StatusCode::NOT_FOUND, text: format!("{what} was not found.") }
    }

    fn no_key() -> Self {
        let text = "Missing or invalid api_key received -- can't proceed with the request.".to_owned();
        Self { status: StatusCode::FORBIDDEN, text }
    }

    /// What the switchboard says, in a language.
    fn told(error: switchboard::Error, tongue: &Tongue) -> Self {
        match error {
            switchboard::Error::NotFound | switchboard::Error::KeptOut(_) => {
                Self::unknown("service_request_id")
            }
            switchboard::Error::Refused { code, missing } => {
                let missing: Vec<String> = missing.iter().map(|what| tongue.say(what, &[])).collect();
                let text = format!("{} {}", tongue.say(&code, &[]), missing.join(", "));
                Self::bad(text.trim())
            }
            switchboard::Error::Conflict(_) => Self::bad(tongue.say("error-conflict", &[])),
            switchboard::Error::Unavailable(why) => {
                tracing::error!(why, "an Open311 request failed");
                Self { status: StatusCode::SERVICE_UNAVAILABLE, text: tongue.say("error-unavailable", &[]) }
            }
        }
    }
}

/// All addresses. The format is the ending of the last step.
pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/open311/{file}", get(discovery))
        .route("/open311/v2/{file}", get(collection).post(new))
        .route("/open311/v2/services/{file}", get(service))
        .route("/open311/v2/requests/{file}", get(request))
        .route("/open311/v2/tokens/{file}", get(token))
}

async fn discovery(asked: Asked) -> Response {
    let known = asked.name == "discovery";
    asked.answer(if known { Ok(services::discovery(&asked)) } else { Err(Fault::unknown("This resource")) })
}

async fn collection(asked: Asked) -> Response {
    let answer = match asked.name.as_str() {
        "services" => services::list(&asked),
        "requests" => requests::list(&asked).await,
        "servicerequestupdates" => updates::list(&asked).await,
        _ => Err(Fault::unknown("This resource")),
    };
    asked.answer(answer)
}

async fn new(asked: Asked) -> Response {
    let answer = match asked.name.as_str() {
        "requests" => requests::create(&asked).await,
        "servicerequestupdates" => updates::create(&asked).await,
        _ => Err(Fault::unknown("This resource")),
    };
    asked.answer(answer)
}

async fn service(asked: Asked) -> Response {
    asked.answer(services::definition(&asked))
}

async fn request(asked: Asked) -> Response {
    asked.answer(requests::one(&asked).await)
}

async fn token(asked: Asked) -> Response {
    asked.answer(requests::by_token(&asked).await)
}

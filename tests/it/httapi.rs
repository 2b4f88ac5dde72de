//! httapi from outside: what real switches sent is sent to the real service, and a small switch of our own carries out
//! the documents as the real one does.
//!
//! Read in this order: `capture` (what was sent), `wire`, `document` (a reader that knows nothing of ours), `rules` (what
//! a switch makes of an answer), `captures` (every exchange), `switch` (a leg that carries out documents), `calls` (whole
//! calls over HTTP), `golden` (every golden call through documents and hooks).

mod calls;
mod capture;
mod captures;
mod document;
mod golden;
mod rules;
mod switch;
mod twiml;
pub(crate) mod wire;

use std::path::Path;

use crate::service::Service;

/// Credentials of the switch that was captured.
const ACCOUNT: &str = "hotline";
const PASSWORD: &str = "s3cret";
/// Both, as the captured switch sent them.
const AUTHORIZATION: &str = "Basic aG90bGluZTpzM2NyZXQ=";
/// Token of the TwiML interpreter that was captured.
const TOKEN: &str = "sekret";
/// First address of the line.
const DOOR: &str = "/voice/freeswitch/12320";

/// The real program with a switch and a TwiML interpreter as its providers.
fn service(folder: &Path) -> Service {
    let more = format!(
        "[provider.freeswitch]\ndialect = \"httapi\"\naccount = \"{ACCOUNT}\"\nauth_token = \"{PASSWORD}\"\n\
         api_url = \"http://127.0.0.1:9\"\n\
         [provider.elsewhere]\ndialect = \"httapi\"\naccount = \"{ACCOUNT}\"\nauth_token = \"{PASSWORD}\"\n\
         api_url = \"http://127.0.0.1:9\"\nnetworks = [\"192.0.2.0/24\"]\n\
         [provider.somleng]\ndialect = \"twiml\"\nprofile = \"somleng\"\naccount = \"ACtest\"\n\
         auth_token = \"{TOKEN}\"\napi_url = \"http://127.0.0.1:9\"\n"
    );
    Service::start_with(folder, "another secret", &more)
}

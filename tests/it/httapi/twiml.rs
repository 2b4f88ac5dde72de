//! The captured exchanges of the TwiML interpreter: their signatures are real ones, and our answers to them are
//! documents that the interpreter knows.

use dialect::twiml::{document, signature};
use dialect::{Form, Hook};
use domain::Secret;

use super::capture::{Capture, exchanges};
use super::wire::send;
use super::{TOKEN, service};
use crate::service::Folder;

/// Elements that the interpreter knows; another one ends the call.
const KNOWN: [&str; 8] = ["Say", "Play", "Gather", "Record", "Dial", "Redirect", "Reject", "Hangup"];

fn twiml_exchanges() -> Vec<(String, Vec<Capture>)> {
    let all: Vec<_> = exchanges().into_iter().filter(|(name, _)| name.contains("twiml")).collect();
    assert_eq!(all.len(), 6);
    all
}

#[test]
fn every_captured_signature_is_believed_and_no_changed_one() {
    let tokens = [Secret::new(TOKEN)];
    for (_, exchange) in twiml_exchanges() {
        for request in &exchange {
            let url = format!("http://{}{}", request.header("Host").unwrap(), request.target);
            let header = |name: &str| request.header(name);
            let hook = Hook::new(&request.method, &url, &header, &request.body).unwrap();
            assert_eq!(signature::verify(&hook, &tokens), Ok(()), "{}", request.name);
            let other = format!("{url}{}x=1", if url.contains('?') { '&' } else { '?' });
            let hook = Hook::new(&request.method, &other, &header, &request.body).unwrap();
            assert!(signature::verify(&hook, &tokens).is_err(), "{}", request.name);
        }
    }
}

/// The first address of the document that is followed: after keys, a dial or a recording its action, otherwise the
/// redirect behind it.
fn next(body: &str, request: &Capture) -> Option<String> {
    let attribute = |name: &str| body.split(&format!("{name}=\"")).nth(1)?.split('"').next();
    let answered = ["Digits=", "DialCallStatus=", "RecordingUrl="]
        .iter()
        .any(|name| request.parameters().contains(name));
    let redirect = || body.split("<Redirect").nth(1)?.split('>').nth(1)?.split('<').next();
    let address = if answered { attribute("action").or_else(redirect) } else { redirect() };
    address.map(|address| address.replace("&amp;", "&"))
}

#[test]
fn every_exchange_is_answered_with_what_the_interpreter_knows() {
    let folder = Folder::new("httapi-twiml");
    let service = service(&folder.0);
    let base = format!("http://{}", service.address);
    let mut answered = 0;
    for (name, exchange) in twiml_exchanges() {
        let mut body = String::new();
        for request in &exchange {
            let target = next(&body, request).unwrap_or_else(|| "/voice/somleng/12320".to_owned());
            let target = target.trim_start_matches(&base).to_owned();
            let parameters = request.parameters();
            let form = Form::parse(parameters.as_bytes()).unwrap();
            let signature = signature::sign(&format!("{base}{target}"), &form, &Secret::new(TOKEN));
            let mut headers: Vec<_> = request
                .headers
                .iter()
                .filter(|(name, _)| {
                    !name.eq_ignore_ascii_case("x-twilio-signature")
                        && name != "Content-Length"
                        && name != "Content-Type"
                })
                .cloned()
                .collect();
            headers.push(("X-Twilio-Signature".to_owned(), signature));
            headers.push((
                "Content-Type".to_owned(),
                "application/x-www-form-urlencoded; charset=utf-8".to_owned(),
            ));
            headers.push(("Content-Length".to_owned(), parameters.len().to_string()));
            let answer = send(service.address, ("POST", &target), &headers, parameters.as_bytes());
            assert_eq!(answer.status, 200, "{}: {target}: {}", request.name, answer.body);
            let verbs =
                document::parse(&answer.body).unwrap_or_else(|error| panic!("{}: {error}", request.name));
            assert!(!verbs.is_empty(), "{name}");
            let tags = answer.body.split('<').filter_map(|tag| tag.split([' ', '>', '/']).next());
            for tag in tags.filter(|tag| !tag.is_empty() && !["?xml", "Response", "Number"].contains(tag)) {
                assert!(KNOWN.contains(&tag), "{name}: <{tag}> is not known to the interpreter");
            }
            body = answer.body;
            answered += 1;
        }
    }
    println!("{answered} requests of a real interpreter answered");
    assert_eq!(answered, 24);
}

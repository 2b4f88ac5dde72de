//! jambonz from outside: signed JSON hooks to the real service, and what its documents ask for next.

use std::net::SocketAddr;
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use dialect::jambonz::signature;
use domain::Secret;
use serde_json::{Value, json};

use crate::httapi::wire::{Answer, send};
use crate::service::{Folder, Service};

const SECRET: &str = "wh_secret_of_the_tests";
/// First address of the line.
const DOOR: &str = "/voice/jambonz/12320";

fn service(folder: &Path) -> Service {
    let more = format!(
        "[provider.jambonz]\ndialect = \"jambonz\"\naccount = \"ed649e33\"\nauth_token = \"{SECRET}\"\n\
         api_token = \"key\"\napi_url = \"http://127.0.0.1:9\"\n"
    );
    Service::start_with(folder, "another secret", &more)
}

/// Seconds since 1970: the service looks at the real clock, and so does who signs.
fn now() -> i64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs().try_into().unwrap()
}

fn post(address: SocketAddr, target: &str, kind: &str, signature: Option<&str>, body: &str) -> Answer {
    let mut headers = vec![
        ("Host".to_owned(), address.to_string()),
        ("Content-Type".to_owned(), kind.to_owned()),
        ("Content-Length".to_owned(), body.len().to_string()),
    ];
    headers.extend(signature.map(|signature| ("Jambonz-Signature".to_owned(), signature.to_owned())));
    send(address, ("POST", target), &headers, body.as_bytes())
}

/// One call, as the platform has it.
struct Call {
    address: SocketAddr,
    id: &'static str,
}

impl Call {
    fn body(&self, more: &Value) -> String {
        let mut fields = json!({
            "call_sid": self.id, "direction": "inbound", "from": "13800138000", "to": "12320",
            "call_id": "5f1c@10.0.0.1", "sip_status": 200, "sip_reason": "OK", "call_status": "in-progress",
            "account_sid": "ed649e33", "application_sid": "0e0681b0", "trace_id": "aa1dd4c1",
            "sip": { "method": "INVITE", "headers": { "from": "<sip:13800138000@h>" } },
        });
        for (name, value) in more.as_object().unwrap() {
            fields[name] = value.clone();
        }
        fields.to_string()
    }

    /// Tells a hook; the verbs of the answer.
    fn tell(&self, hook: &str, more: &Value) -> Vec<Value> {
        let target = hook.strip_prefix(&format!("http://{}", self.address)).unwrap_or(hook);
        let body = self.body(more);
        let signature = signature::sign(body.as_bytes(), now(), &Secret::new(SECRET));
        let answer = post(self.address, target, "application/json", Some(&signature), &body);
        assert_eq!(
            (answer.status, answer.content_type.as_str()),
            (200, "application/json"),
            "{}",
            answer.body
        );
        serde_json::from_str(&answer.body).unwrap()
    }

    fn ring(&self) -> Vec<Value> {
        self.tell(DOOR, &json!({ "call_status": "trying", "sip_status": 100 }))
    }

    /// Presses a key while the first of the gathers speaks.
    fn press(&self, told: &[Value], key: &str) -> Vec<Value> {
        self.tell(hook(told, "gather"), &json!({ "reason": "dtmfDetected", "digits": key }))
    }
}

/// The hook of the first such verb.
fn hook<'t>(told: &'t [Value], verb: &str) -> &'t str {
    let found =
        told.iter().find(|told| told["verb"] == verb).unwrap_or_else(|| panic!("no {verb}: {told:?}"));
    found["actionHook"].as_str().unwrap()
}

/// Languages that are spoken, in order.
fn languages(told: &[Value]) -> Vec<&str> {
    let said = told.iter().map(|verb| if verb["verb"] == "gather" { &verb["say"] } else { verb });
    let mut tags: Vec<&str> = said.filter_map(|said| said["synthesizer"]["language"].as_str()).collect();
    tags.dedup();
    tags
}

#[test]
fn a_caller_chooses_a_language_and_waits_for_a_person() {
    let folder = Folder::new("jambonz-menu");
    let service = service(&folder.0);
    let call = Call { address: service.address, id: "2f1a-patient" };
    let first = call.ring();
    assert_eq!(languages(&first), ["zh-CN", "en-GB"], "{first:?}");
    assert_eq!(call.ring(), first, "the same hook has the same answer");
    // Nothing is pressed while the first voice speaks: the second begins.
    let next = call.tell(hook(&first, "gather"), &json!({ "reason": "timeout" }));
    assert_eq!(next, Vec::<Value>::new());
    let gathers: Vec<&Value> = first.iter().filter(|verb| verb["verb"] == "gather").collect();
    let second = gathers[1]["actionHook"].as_str().unwrap();
    let key = json!({ "reason": "dtmfDetected", "digits": "2" });
    let menu = call.tell(second, &key);
    assert_eq!(languages(&menu), ["en-GB"], "{menu:?}");
    assert_eq!(call.tell(second, &key), menu, "the same hook has the same answer");
    // Silence leads to a person; nobody is signed in.
    let silent = call.tell(hook(&menu, "gather"), &json!({ "reason": "timeout" }));
    assert!(!silent.is_empty() && silent != menu, "{silent:?}");
    // The safety net behind a gather leads to the same place.
    let caught = call.tell(hook(&menu, "redirect"), &json!({}));
    assert_eq!(caught, silent);
}

#[test]
fn an_emergency_is_dialled_and_the_call_ends_once() {
    let folder = Folder::new("jambonz-emergency");
    let service = service(&folder.0);
    let call = Call { address: service.address, id: "2f1a-emergency" };
    let menu = call.press(&call.ring(), "1");
    assert_eq!(languages(&menu), ["zh-CN"], "{menu:?}");
    let dialling = call.press(&menu, "9");
    let dial = dialling.iter().find(|verb| verb["verb"] == "dial").unwrap_or_else(|| panic!("{dialling:?}"));
    assert_eq!(dial["target"], json!([{ "type": "phone", "number": "120" }]));
    let leg = json!({
        "call_sid": "2f1a-leg", "parent_call_sid": call.id, "direction": "outbound", "to": "120",
        "call_status": "early-media",
    });
    assert_eq!(call.tell(&format!("{DOOR}/status"), &leg), Vec::<Value>::new());
    let ended =
        json!({ "dial_call_status": "no-answer", "dial_sip_status": 487, "dial_call_sid": "2f1a-leg" });
    let after = call.tell(hook(&dialling, "dial"), &ended);
    assert!(!after.is_empty() && after != dialling, "{after:?}");
    assert_eq!(call.tell(hook(&dialling, "dial"), &ended), after, "the same hook has the same answer");
    let over = json!({ "call_status": "completed", "duration": 41, "call_termination_by": "caller" });
    for _ in 0..2 {
        assert_eq!(call.tell(&format!("{DOOR}/status"), &over), Vec::<Value>::new());
    }
    let store = rusqlite::Connection::open(folder.0.join("hotline.db")).unwrap();
    let query = "SELECT status FROM calls WHERE provider_call_id = ?1";
    let status: String = store.query_row(query, [call.id], |row| row.get(0)).unwrap();
    assert_eq!(status, "completed");
}

/// What is said, in one piece.
fn words(told: &[Value]) -> String {
    let said = told.iter().map(|verb| if verb["verb"] == "gather" { &verb["say"] } else { verb });
    said.filter_map(|said| said["text"].as_str()).collect::<Vec<_>>().join(" ")
}

#[test]
fn instead_of_a_message_a_call_back_is_promised() {
    let folder = Folder::new("jambonz-instead");
    let service = service(&folder.0);
    let call = Call { address: service.address, id: "2f1a-instead" };
    let english = call.press(&call.ring(), "2");
    // Nobody is signed in.
    let nobody = call.press(&english, "0");
    assert!(words(&nobody).contains("To leave a message, press 1"), "{nobody:?}");
    let instead = call.press(&nobody, "1");
    assert!(words(&instead).contains("Messages cannot be recorded on this connection"), "{instead:?}");
    let promised = call.press(&instead, "1");
    assert!(words(&promised).contains("We will call you as soon as we are back"), "{promised:?}");
    assert_eq!(call.press(&instead, "1"), promised, "the same hook has the same answer");
    let store = rusqlite::Connection::open(folder.0.join("hotline.db")).unwrap();
    let owed = "SELECT count(*), max(callbacks.purpose) FROM callbacks JOIN calls ON calls.id = call_id \
                WHERE provider_call_id = ?1 AND callbacks.state = 'due'";
    let owed: (u32, String) = store.query_row(owed, [call.id], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    assert_eq!(owed, (1, "queue_callback".to_owned()));
}

#[test]
fn whoever_cannot_sign_is_turned_away() {
    let folder = Folder::new("jambonz-refused");
    let service = service(&folder.0);
    let call = Call { address: service.address, id: "2f1a-refused" };
    let body = call.body(&json!({}));
    let sign = |body: &str, at: i64, secret: &str| signature::sign(body.as_bytes(), at, &Secret::new(secret));
    let fine = sign(&body, now(), SECRET);
    let kind = "application/json";
    let asked = |kind: &str, signature: Option<&str>, body: &str| {
        post(service.address, DOOR, kind, signature, body).status
    };
    assert_eq!(asked(kind, None, &body), 403);
    assert_eq!(asked(kind, Some(&sign(&body, now(), "another")), &body), 403);
    assert_eq!(asked(kind, Some(&sign(&body, now() - 3_600, SECRET)), &body), 403);
    assert_eq!(asked(kind, Some(&fine), &body.replace("12320", "12321")), 403);
    for (kind, text, status) in [
        (kind, "{\"call_sid\":", 400),
        (kind, "[]", 400),
        (kind, "{\"call_sid\":\"a b\"}", 400),
        ("application/x-www-form-urlencoded", "call_sid=a", 415),
        ("text/xml", "<a/>", 415),
    ] {
        assert_eq!(asked(kind, Some(&sign(text, now(), SECRET)), text), status, "{text}");
    }
    let host =
        [("Host".to_owned(), service.address.to_string()), ("Jambonz-Signature".to_owned(), fine.clone())];
    let target = format!("{DOOR}?call_sid=a");
    assert_eq!(send(service.address, ("GET", &target), &host, b"").status, 403);
    assert_eq!(asked(kind, Some(&fine), &body), 200);
}

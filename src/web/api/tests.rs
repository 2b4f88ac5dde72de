//! The interfaces for programs, through the router: the JSON API held against its description, Open311 in both formats.

use std::collections::BTreeSet;

use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use domain::Role;
use serde_json::{Value, json};
use switchboard::testing::{Fresh, complaint};
use tower::ServiceExt;

use crate::{App, router};

struct Program {
    house: Fresh,
    router: axum::Router,
}

struct Seen {
    status: StatusCode,
    kind: String,
    text: String,
}

impl Seen {
    fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{error}: {}", self.text))
    }
}

impl Program {
    async fn new() -> Self {
        let house = Fresh::at("2026-02-13T10:00:00+08:00");
        let router = router(App::new(house.board.clone(), false));
        Self { house, router }
    }

    async fn ask(&self, request: Request<Body>) -> Seen {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (status, kind) = (response.status(), response.headers().get(header::CONTENT_TYPE).cloned());
        let kind = kind.map(|kind| kind.to_str().unwrap().to_owned()).unwrap_or_default();
        let body = to_bytes(response.into_body(), 4_000_000).await.unwrap();
        Seen { status, kind, text: String::from_utf8(body.to_vec()).unwrap() }
    }

    async fn get(&self, path: &str, key: Option<&str>) -> Seen {
        let mut request = Request::get(path);
        if let Some(key) = key {
            request = request.header(header::AUTHORIZATION, format!("Bearer {key}"));
        }
        self.ask(request.body(Body::empty()).unwrap()).await
    }

    async fn post(&self, path: &str, key: Option<&str>, once: Option<&str>, body: &Value) -> Seen {
        let mut request = Request::post(path).header(header::CONTENT_TYPE, "application/json");
        if let Some(key) = key {
            request = request.header(header::AUTHORIZATION, format!("Bearer {key}"));
        }
        if let Some(once) = once {
            request = request.header("idempotency-key", once);
        }
        self.ask(request.body(Body::from(body.to_string())).unwrap()).await
    }

    async fn form(&self, path: &str, fields: &[(&str, &str)]) -> Seen {
        let mut form = form_urlencoded::Serializer::new(String::new());
        form.extend_pairs(fields);
        let request = Request::post(path).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.ask(request.body(Body::from(form.finish())).unwrap()).await
    }

    /// A case with service-supervision.
    async fn dispatched(&self) -> String {
        let agent = self.house.person("agent", Role::Agent, None, "en").await;
        let opened = self.house.open_case(complaint(), &agent.id).await.unwrap();
        let desk: switchboard::rights::Desk<switchboard::rights::CaseWorker> =
            switchboard::rights::Desk::admit(&self.house.board, &agent).unwrap();
        desk.dispatch(&opened.id, 1, "service-supervision", None).await.unwrap();
        opened.number.to_string()
    }
}

fn told() -> Value {
    json!({
        "request_type": "complaint",
        "own_words": "挂号窗口多收了二十元",
        "happened": "2月12日",
        "evidence": [{ "kind": "receipt", "status": "held" }],
        "anonymous": true,
        "language": "zh-CN",
    })
}

fn description() -> Value {
    serde_json::from_str(super::DESCRIPTION).unwrap()
}

#[test]
fn the_description_has_every_route_and_no_other() {
    let routes: BTreeSet<(String, String)> = super::json_routes()
        .into_iter()
        .map(|(path, method, _)| (path.to_owned(), method.to_owned()))
        .collect();
    let description = description();
    let described: BTreeSet<(String, String)> = description["paths"]
        .as_object()
        .unwrap()
        .iter()
        .flat_map(|(path, at)| at.as_object().unwrap().keys().map(|method| (path.clone(), method.clone())))
        .collect();
    assert_eq!(routes, described);
    assert_eq!(description["openapi"], "3.1.0");
}

/// Follows every reference and looks at what each operation must say.
#[test]
fn the_description_is_whole() {
    fn references(value: &Value, found: &mut Vec<String>) {
        match value {
            Value::Object(parts) => {
                for (name, part) in parts {
                    match part.as_str().filter(|_| name == "$ref") {
                        Some(told) => found.push(told.to_owned()),
                        None => references(part, found),
                    }
                }
            }
            Value::Array(parts) => parts.iter().for_each(|part| references(part, found)),
            _ => {}
        }
    }
    let description = description();
    let mut found = Vec::new();
    references(&description, &mut found);
    assert!(found.len() > 30, "{}", found.len());
    for reference in found {
        let place = reference.strip_prefix('#').unwrap();
        assert!(description.pointer(place).is_some(), "{reference} leads nowhere");
    }
    let mut names = BTreeSet::new();
    for (path, at) in description["paths"].as_object().unwrap() {
        for operation in at.as_object().unwrap().values() {
            assert!(names.insert(operation["operationId"].as_str().unwrap().to_owned()), "{path}");
            assert!(
                operation["responses"].as_object().unwrap().len() > 1 && operation["security"].is_array()
            );
        }
    }
}

#[tokio::test]
async fn a_complaint_and_its_progress() {
    let program = Program::new().await;
    let handed = program.post("/api/v1/cases", None, None, &told()).await;
    assert_eq!(handed.status, StatusCode::CREATED, "{}", handed.text);
    let handed = handed.json();
    assert_eq!(handed["received_at"], "2026-02-13T10:00:00+08:00");
    let named = json!({ "number": handed["number"], "pin": handed["pin"] });
    let progress = program.post("/api/v1/cases/status", None, None, &named).await.json();
    assert_eq!((&progress["status"], &progress["waits_for"]), (&json!("recorded"), &json!("hotline")));
    assert_eq!(progress["due_at"], handed["due_at"]);
    let mut more = named.clone();
    more["text"] = json!("还有收据");
    assert_eq!(program.post("/api/v1/cases/facts", None, None, &more).await.status, StatusCode::CREATED);
    assert_eq!(program.post("/api/v1/cases/reminders", None, None, &named).await.status, StatusCode::CREATED);
    let progress = program.post("/api/v1/cases/status", None, None, &named).await.json();
    let kinds: Vec<&str> =
        progress["moments"].as_array().unwrap().iter().map(|one| one["kind"].as_str().unwrap()).collect();
    assert!(kinds.starts_with(&["opened", "complainant_added"]), "{kinds:?}");
    let wrong = json!({ "number": handed["number"], "pin": "none" });
    let refused = program.post("/api/v1/cases/status", None, None, &wrong).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(refused.kind, "application/problem+json");
    assert_eq!(refused.json()["type"], "/problems/refused-no-such-case");
}

#[tokio::test]
async fn a_request_with_a_key_is_done_once() {
    let program = Program::new().await;
    let first = program.post("/api/v1/cases", None, Some("k1"), &told()).await;
    let again = program.post("/api/v1/cases", None, Some("k1"), &told()).await;
    assert_eq!((first.status, &first.text), (again.status, &again.text));
    let mut other = told();
    other["own_words"] = json!("另一件事");
    let reused = program.post("/api/v1/cases", None, Some("k1"), &other).await;
    assert_eq!(reused.json()["type"], "/problems/refused-key-reused");
    let fresh = program.post("/api/v1/cases", None, Some("k2"), &told()).await;
    assert_ne!(first.json()["number"], fresh.json()["number"]);
    other["own_words"] = json!(" ");
    let refused = program.post("/api/v1/cases", None, Some("k3"), &other).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    other["own_words"] = json!("写明白了");
    let mended = program.post("/api/v1/cases", None, Some("k3"), &other).await;
    assert_eq!(mended.status, StatusCode::CREATED, "what was refused may be mended: {}", mended.text);
}

#[tokio::test]
async fn what_cannot_be_read_is_named() {
    let program = Program::new().await;
    let odd = program.post("/api/v1/cases", None, None, &json!({ "own_words": "x", "language": "en" })).await;
    assert_eq!(odd.status, StatusCode::BAD_REQUEST);
    assert!(odd.json()["missing"][0].as_str().unwrap().contains("request_type"), "{}", odd.text);
    let mut more = told();
    more["nobody_knows"] = json!(1);
    assert!(program.post("/api/v1/cases", None, None, &more).await.text.contains("nobody_knows"));
    let form = program.form("/api/v1/cases", &[("own_words", "x")]).await;
    assert_eq!(form.status, StatusCode::BAD_REQUEST, "a foreign page's form is no request");
    let long = json!({ "own_words": "x".repeat(70_000) });
    assert_eq!(program.post("/api/v1/cases", None, None, &long).await.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(program.get("/api/v1/nothing", None).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn keys_open_what_their_scopes_say() {
    let program = Program::new().await;
    let number = program.dispatched().await;
    let list = "/api/v1/department/cases";
    let one = format!("{list}/{number}");
    assert_eq!(program.get(list, None).await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(program.get(list, Some("wrong")).await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(program.get(list, Some("city-key")).await.status, StatusCode::FORBIDDEN);
    assert_eq!(program.get(list, Some("reader-key")).await.json()["count"], 1);
    let case = program.get(&one, Some("reader-key")).await.json();
    assert_eq!(case["points"][0]["own_words"], "护士大声训斥家属");
    let sign = json!({ "version": case["version"] });
    let refused = program.post(&format!("{one}/sign"), Some("reader-key"), None, &sign).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    assert_eq!(
        program.get(&format!("{list}/00000024"), Some("reader-key")).await.status,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn a_department_works_through_the_interface() {
    let program = Program::new().await;
    let number = program.dispatched().await;
    let one = format!("/api/v1/department/cases/{number}");
    let key = Some("ward-key");
    let version = program.get(&one, key).await.json()["version"].clone();
    let sign = json!({ "version": version });
    let signed = program.post(&format!("{one}/sign"), key, Some("s"), &sign).await;
    assert_eq!(
        (signed.status, &signed.json()["status"]),
        (StatusCode::OK, &json!("signed")),
        "{}",
        signed.text
    );
    let again = program.post(&format!("{one}/sign"), key, Some("s"), &sign).await;
    assert_eq!(again.text, signed.text, "the same answer to the same request");
    let stale = json!({ "version": version, "kind": "parties_heard", "note": "已询问" });
    assert_eq!(program.post(&format!("{one}/steps"), key, None, &stale).await.status, StatusCode::CONFLICT);
    let step = json!({ "version": signed.json()["version"], "kind": "parties_heard", "note": "已询问" });
    let stepped = program.post(&format!("{one}/steps"), key, None, &step).await.json();
    let mut point = json!({
        "point": stepped["points"][0]["id"],
        "finding": "upheld",
        "outcome_kind": "remedy",
        "outcome": "已道歉",
        "standard": "no-such-standard",
        "without_evidence": "双方陈述一致",
    });
    let answer = |point: &serde_json::Value| {
        json!({
            "version": stepped["version"],
            "points": [point],
            "statements": [{ "side": "institution", "form": "in_person", "statement": "承认态度不好" }],
            "not_heard": [{ "side": "complainant", "reason": "电话无人接听" }],
        })
    };
    assert_eq!(stepped["not_heard"], json!(["complainant", "institution"]));
    let unknown = program.post(&format!("{one}/answer"), key, None, &answer(&point)).await;
    assert_eq!(unknown.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", unknown.text);
    assert_eq!(program.get(&one, key).await.json()["status"], "in_progress", "all of it is done, or none");
    point["standard"] = stepped["standards"][0]["code"].clone();
    let answered = program.post(&format!("{one}/answer"), key, None, &answer(&point)).await.json();
    assert_eq!((&answered["status"], &answered["not_heard"]), (&json!("answered"), &json!([])), "{answered}");
}

const WHERE: (&str, &str) = ("address_string", "门诊大厅");

#[tokio::test]
async fn open311_hands_in_and_follows() {
    let program = Program::new().await;
    let services = program.get("/open311/v2/services.json", None).await;
    assert_eq!(services.kind, "application/json; charset=utf-8");
    let services = services.json();
    assert!(services.as_array().unwrap().iter().any(|one| one["service_code"] == "fees"), "{services}");
    let xml = program.get("/open311/v2/services/fees.xml", None).await;
    assert_eq!(xml.kind, "text/xml; charset=utf-8");
    assert!(
        xml.text.starts_with(
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<service_definition><service_code>fees"
        )
    );
    let fields = [
        ("api_key", "city-key"),
        ("service_code", "fees"),
        WHERE,
        ("description", "多收了二十元"),
        ("attribute[happened]", "2月12日"),
        ("attribute[confidential]", "yes"),
    ];
    let made = program.form("/open311/v2/requests.json", &fields).await;
    assert_eq!(made.status, StatusCode::OK, "{}", made.text);
    let made = made.json();
    let id = made[0]["service_request_id"].as_str().unwrap();
    assert!(made[0]["service_notice"].as_str().unwrap().contains("PIN"));
    let one = program.get(&format!("/open311/v2/requests/{id}.json"), None).await.json();
    assert_eq!((&one[0]["status"], &one[0]["description"]), (&json!("open"), &Value::Null));
    assert_eq!(one[0]["requested_datetime"], "2026-02-13T10:00:00+08:00");
    let token = program.get(&format!("/open311/v2/tokens/{id}.json"), None).await.json();
    assert_eq!(token[0], json!({ "service_request_id": id, "token": id }));
    let own = program.get("/open311/v2/requests.json?api_key=city-key&status=open", None).await.json();
    assert_eq!(own.as_array().unwrap().len(), 1);
    let closed = program.get("/open311/v2/requests.json?api_key=city-key&status=closed", None).await.json();
    assert_eq!(closed, json!([]));
    let more = [("api_key", "city-key"), ("service_request_id", id), ("description", "还有收据")];
    let update = program.form("/open311/v2/servicerequestupdates.xml", &more).await;
    assert!(update.text.contains("<service_request_updates><request_update><update_id>"), "{}", update.text);
    let updates = program.get("/open311/v2/servicerequestupdates.json?api_key=city-key", None).await.json();
    assert_eq!(updates[0]["status"], "OPEN");
    assert_eq!(updates[0]["service_request_id"], id);
    let found = program.get("/open311/discovery.xml", None).await.text;
    assert!(found.contains("<specification>http://wiki.open311.org/GeoReport_v2</specification>"), "{found}");
}

#[tokio::test]
async fn open311_says_what_is_wrong_with_the_status_of_the_specification() {
    let program = Program::new().await;
    let base = [("api_key", "city-key"), ("service_code", "fees"), WHERE, ("description", "x")];
    let without = |name: &str| base.iter().copied().filter(|(known, _)| *known != name).collect::<Vec<_>>();
    for (fields, status, about) in [
        (without("api_key"), 403, "api_key"),
        (without("service_code"), 400, "service_code"),
        (without("address_string"), 400, "location"),
        (without("description"), 400, "description"),
        ([&base[..], &[("jurisdiction_id", "elsewhere")]].concat(), 404, "jurisdiction_id"),
        ([&base[..], &[("lat", "north")]].concat(), 400, "lat"),
    ] {
        let seen = program.form("/open311/v2/requests.xml", &fields).await;
        assert_eq!(seen.status.as_u16(), status, "{about}: {}", seen.text);
        let start = format!("<errors><error><code>{status}</code><description>");
        assert!(seen.text.contains(&start) && seen.text.contains(about), "{}", seen.text);
    }
    for (path, status) in [
        ("/open311/v2/requests.json", 403),
        ("/open311/v2/requests/unknown.json", 404),
        ("/open311/v2/tokens/unknown.json", 404),
        ("/open311/v2/services/unknown.json", 404),
        ("/open311/v2/services.yaml", 404),
        ("/open311/v2/requests.json?api_key=city-key&start_date=yesterday", 400),
        (
            "/open311/v2/requests.json?api_key=city-key&start_date=2025-01-01T00:00:00Z&end_date=2026-01-01T00:00:00Z",
            400,
        ),
        ("/open311/v2/requests.json?api_key=ward-key", 403),
    ] {
        assert_eq!(program.get(path, None).await.status.as_u16(), status, "{path}");
    }
    let seen = program.get("/open311/v2/requests.json", None).await.json();
    assert_eq!(seen[0]["code"], 403);
}

//! The providers' published vectors, their tampered copies, and what must be refused.

use super::*;

const U: &str = "https://mycompany.com/myapp.php?foo=1&bar=2";
const M: &str = "https://mycompany.com/myapp.php";
const JSON: &str = r#"{"property": "value", "boolean": true}"#;
const JSON_HASH: &str = "0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620";

type Fields = Vec<(&'static str, &'static str)>;

/// Name, address as requested, fields, signature, token.
struct Vector {
    id: &'static str,
    url: String,
    fields: Fields,
    signature: &'static str,
}

fn vector(id: &'static str, url: impl Into<String>, fields: Fields, signature: &'static str) -> Vector {
    Vector { id, url: url.into(), fields, signature }
}

fn p() -> Fields {
    vec![
        ("CallSid", "CA1234567890ABCDE"),
        ("Caller", "+14158675309"),
        ("Digits", "1234"),
        ("From", "+14158675309"),
        ("To", "+18005551212"),
    ]
}

fn p_and(more: &[(&'static str, &'static str)]) -> Fields {
    let mut fields = p();
    fields.extend_from_slice(more);
    fields
}

fn at(place: &str) -> String {
    format!("https://{place}/myapp.php?foo=1&bar=2")
}

#[expect(clippy::too_many_lines, reason = "a table: one row per published vector")]
fn form_vectors() -> Vec<Vector> {
    let conference = || p_and(&[("ReasonConferenceEnded", "test"), ("Reason", "Participant")]);
    vec![
        vector("V1", U, p(), "RSOYDt4T1cUTdK1PDd93/VVr8B8="),
        vector("V1 other port", at("mycompany.com:1234"), p(), "RSOYDt4T1cUTdK1PDd93/VVr8B8="),
        vector("V2", "http://mycompany.com:1234/myapp.php?foo=1&bar=2", p(), "Zmvh+3yNM1Phv2jhDCwEM3q5ebU="),
        vector("V3", U, p(), "kvajT1Ptam85bY51eRf/AJRuM3w="),
        vector("V3 as signed", at("mycompany.com:443"), p(), "kvajT1Ptam85bY51eRf/AJRuM3w="),
        vector("V4", "http://mycompany.com/myapp.php?foo=1&bar=2", p(), "0ZXoZLH/DfblKGATFgpif+LLRf4="),
        vector(
            "V5",
            U,
            vec![
                ("Sid", "CA123"),
                ("SidAccount", "AC123"),
                ("Digits", "5678"),
                ("Digits", "1234"),
                ("Digits", "1234"),
            ],
            "IK+Dwps556ElfBT0I3Rgjkr1wJU=",
        ),
        vector(
            "V6",
            U,
            vec![("MessagingBinding.Address", "+1415xxxxxxx"), ("MessagingBinding.Address", "+1325xxxxxxx")],
            "83O6e2vORAoJHUNzJjDWN1jz+BA=",
        ),
        vector("V10", at("user:pass@mycompany.com"), p(), "CukzLTc1tT5dXEDIHm/tKBanW10="),
        vector("V11", at("user@mycompany.com"), p(), "2YRLlVAflCqxaNicjMpJcSTgzSs="),
        vector("V12", at("user:pass@mycompany.com:443"), p(), "ZQFR1PTIZXF2MXB8ZnKCvnnA+rI="),
        vector("V13", at("user@mycompany.com:443"), p(), "aZfj4hyX1MLZhSS6QIL18Vn2/RA="),
        vector("userinfo not signed", at("user:pass@mycompany.com"), p(), "RSOYDt4T1cUTdK1PDd93/VVr8B8="),
        vector(
            "userinfo and port not signed",
            at("u@mycompany.com:443"),
            p(),
            "RSOYDt4T1cUTdK1PDd93/VVr8B8=",
        ),
        vector("V14", format!("{U}&Body=It's+amazing"), p(), "dsq4Ehbj6cs+KdTkpF5sSSplOWw="),
        vector("V14b", format!("{U}&Body=It%27s+amazing"), p(), "TfZzewPq8wqrGlMfyAud8+/IvJ0="),
        vector("V15", U, conference(), "vOEb5UThFn24KEfnOFLQY2AE5FY="),
        vector("V16", U.replace("https", "http"), conference(), "n2xBNyzSW7rfYStDtOFiFMv7qNo="),
        vector("V17", U, vec![("property", "value"), ("boolean", "true")], "NBdBDr/T/lgjI+tlgpXjKZQZs/k="),
        vector("J1", U, vec![], "zYQTYrRWXE7LtzbG4PfP7/bkkGo="),
        vector("J2", M, p(), "1xaxFBvyzXYvWplzNOSs28HWO94="),
        vector(
            "J3",
            format!("{U}&type=thiswontbeusedinthesignaturegeneratorandsoshouldbeignored"),
            p(),
            "hYkNsTBttoNGkyCS0p+wWmQoRTg=",
        ),
        vector("J4", format!("{M}?foo=hello%20world&bar=test%2Bvalue"), p(), "er2tvAP1Wx+iuTTE2BPgvEaN1cs="),
        vector(
            "J5",
            U,
            vec![
                ("Message", "Hello & goodbye! @#$%^*()"),
                ("From", "+1 (415) 867-5309"),
                ("Special", "unicode: ñáéíóú"),
            ],
            "dCPiR4WtQ6QFN6pJh81CtlCcWLQ=",
        ),
        vector(
            "J6",
            U,
            vec![("Digits", ""), ("CallSid", "CA1234567890ABCDE"), ("EmptyParam", "")],
            "9HHp/OqQMEwdrVebHDdA/+tqjX8=",
        ),
        vector(
            "J7",
            U,
            vec![("Digits", ""), ("CallSid", "CA1234567890ABCDE"), ("NullParam", "")],
            "L9lTTwIlxM1xGAtLRwhOSZggRhM=",
        ),
        vector(
            "J8",
            U,
            vec![("Zebra", "last"), ("Alpha", "first"), ("Beta", "second"), ("Gamma", "third")],
            "enveUe73ZTVLAekHxez3Qx6JuuQ=",
        ),
        vector("J9", "https://mycompany.com/webhook/España?año=2023", p(), "G/Hx6mqqnjUNlPAoi2Sp9bGst0g="),
        vector(
            "J10",
            U,
            vec![("callSid", "lowercase"), ("CallSid", "uppercase"), ("CALLSID", "allcaps")],
            "jDK7WKT8wiNrwggd4ceTv4e1MJ4=",
        ),
        vector(
            "J11",
            "https://mycompany.com:443//myapp.php?foo=1&bar=2",
            p(),
            "A9lH3u16NjyiiM/+wylw5rirFUs=",
        ),
        vector(
            "D1",
            "https://example.com/myapp.php?foo=1&bar=2",
            vec![
                ("CallSid", "CA1234567890ABCDE"),
                ("Caller", "+14158675310"),
                ("Digits", "1234"),
                ("From", "+14158675310"),
                ("To", "+18005551212"),
            ],
            "L/OH5YylLD5NRKLltdqwSvS0BnU=",
        ),
    ]
}

fn check(
    url: &str,
    content: &str,
    body: &[u8],
    signature: Option<&str>,
    tokens: &[&str],
) -> Result<(), Refusal> {
    let headers = |name: &str| match name {
        HEADER => signature,
        "content-type" => Some(content),
        _ => None,
    };
    let hook = Hook::new("POST", url, &headers, body).unwrap();
    let tokens: Vec<Secret> = tokens.iter().copied().map(Secret::new).collect();
    verify(&hook, &tokens)
}

fn check_form(vector: &Vector, signature: Option<&str>, tokens: &[&str]) -> Result<(), Refusal> {
    let body = Form::from_pairs(vector.fields.iter().copied()).encode();
    check(&vector.url, "application/x-www-form-urlencoded", body.as_bytes(), signature, tokens)
}

#[test]
fn every_form_vector_verifies() {
    for vector in form_vectors() {
        assert_eq!(check_form(&vector, Some(vector.signature), &["12345"]), Ok(()), "{}", vector.id);
        assert_eq!(check_form(&vector, Some(vector.signature), &["new", "12345"]), Ok(()), "{}", vector.id);
    }
}

#[test]
fn every_tampered_copy_is_refused() {
    let wrong = Err(Refusal::WrongSignature);
    for vector in form_vectors() {
        let id = vector.id;
        let signature = Some(vector.signature);
        assert_eq!(check_form(&vector, signature, &["12346"]), wrong, "{id}: other token");
        assert_eq!(check_form(&vector, None, &["12345"]), Err(Refusal::NoSignature), "{id}");
        assert_eq!(check_form(&vector, Some(""), &["12345"]), wrong, "{id}: empty signature");
        assert_eq!(
            check_form(&vector, Some(&vector.signature[1..]), &["12345"]),
            wrong,
            "{id}: cut signature"
        );
        assert_eq!(check_form(&vector, signature, &[]), Err(Refusal::NoToken), "{id}");
        let mut more = Vector { url: vector.url.clone(), fields: vector.fields.clone(), ..vector };
        more.fields.push(("Extra", "1"));
        assert_eq!(check_form(&more, signature, &["12345"]), wrong, "{id}: field added");
        more.fields.pop();
        if let Some(first) = more.fields.first_mut() {
            first.1 = "changed";
            assert_eq!(check_form(&more, signature, &["12345"]), wrong, "{id}: field changed");
        }
        let moved = Vector { url: more.url.replace(".com", ".org"), fields: more.fields.clone(), ..more };
        assert_eq!(check_form(&moved, signature, &["12345"]), wrong, "{id}: other host");
    }
}

#[test]
fn fields_are_not_ordered_by_name_and_value_glued_together() {
    let wrong = vector(
        "V15x",
        U,
        p_and(&[("ReasonConferenceEnded", "test"), ("Reason", "Participant")]),
        "95+Bu0JVPi0r/SsESZCVf0dWAjw=",
    );
    assert_eq!(check_form(&wrong, Some(wrong.signature), &["12345"]), Err(Refusal::WrongSignature));
}

#[test]
fn json_bodies_verify_by_their_hash() {
    let empty = "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a";
    for (id, url, body, signature) in [
        ("V7", format!("{U}&bodySHA256={JSON_HASH}"), JSON, "a9nBmqA0ju/hNViExpshrM61xv4="),
        ("V8", format!("{U}&bodySHA256={empty}"), "{}", "Ldidvp12m26NI7eqEvxnEpkd9Hc="),
        ("V9", format!("{M}?bodySHA256={JSON_HASH}"), JSON, "y77kIzt2vzLz71DgmJGsen2scGs="),
    ] {
        let json = |body: &str, signature| {
            check(&url, "application/json", body.as_bytes(), Some(signature), &["12345"])
        };
        assert_eq!(json(body, signature), Ok(()), "{id}");
        assert_eq!(json("{\"property\": 1}", signature), Err(Refusal::WrongBody), "{id}");
        assert_eq!(json(body, "RSOYDt4T1cUTdK1PDd93/VVr8B8="), Err(Refusal::WrongSignature), "{id}");
    }
    let unhashed = sign(U, &Form::default(), &Secret::new("12345"));
    let refused = check(U, "application/json", b"{}", Some(&unhashed), &["12345"]);
    assert_eq!(refused, Err(Refusal::WrongBody), "a JSON body must be vouched for by the address");
}

#[test]
fn a_get_is_signed_by_its_address_alone() {
    let signature = sign(U, &Form::default(), &Secret::new("12345"));
    assert_eq!(signature, "zYQTYrRWXE7LtzbG4PfP7/bkkGo=");
    let headers = |name: &str| (name == HEADER).then_some(signature.as_str());
    let hook = Hook::new("GET", U, &headers, b"").unwrap();
    assert_eq!(verify(&hook, &[Secret::new("12345")]), Ok(()));
}

#[test]
fn a_fragment_is_not_signed_and_garbage_is_no_signature() {
    let form = Form::from_pairs(p());
    let token = Secret::new("12345");
    assert_eq!(sign(&format!("{U}#rc=2"), &form, &token), "RSOYDt4T1cUTdK1PDd93/VVr8B8=");
    let long = "A".repeat(4000);
    for garbage in ["!!!!", "RSOYDt4T1cUTdK1PDd93/VVr8B8", long.as_str()] {
        let body = form.encode();
        let outcome =
            check(U, "application/x-www-form-urlencoded", body.as_bytes(), Some(garbage), &["12345"]);
        assert_eq!(outcome, Err(Refusal::WrongSignature));
    }
}

#[test]
fn an_ipv6_host_keeps_its_colons() {
    let token = Secret::new("12345");
    let form = Form::default();
    let body = form.encode();
    let signed = sign("https://[2001:db8::1]/v", &form, &token);
    let outcome = check("https://[2001:db8::1]:443/v", "", body.as_bytes(), Some(&signed), &["12345"]);
    assert_eq!(outcome, Ok(()));
}

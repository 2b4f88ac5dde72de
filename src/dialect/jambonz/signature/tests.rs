//! Vectors made with Python's `hmac` and `hashlib`, by the rule that the reference and the sender's sources have.

use domain::Timestamp;
use proptest::prelude::*;

use super::*;

const SECRET: &str = "wh_secret_5eKJrNzXDFU";
const BODY: &str = r#"{"call_sid":"c5a4f1f6-2b7e-4b2e-9d0e-6d3b1c1f7a10","direction":"inbound","from":"+8613800138000","to":"12320","call_status":"trying"}"#;
const AT: i64 = 1_767_225_600;
const HEX: &str = "fc308b7a0d31de8b896d1fabdf046359053dd42e902a6f6fd1b9fbbe763886a6";

struct Asked<'a> {
    method: &'a str,
    signature: Option<&'a str>,
    authorization: Option<&'a str>,
    body: &'a str,
    tokens: &'a [&'a str],
    now: i64,
}

const ASKED: Asked<'static> =
    Asked { method: "POST", signature: None, authorization: None, body: BODY, tokens: &[SECRET], now: AT };

fn check(asked: &Asked<'_>) -> Result<(), Refusal> {
    let headers = |name: &str| match name {
        HEADER => asked.signature,
        "authorization" => asked.authorization,
        "content-type" => Some("application/json"),
        _ => None,
    };
    let hook = Hook::new(asked.method, "https://h.example/voice/j/12320", &headers, asked.body.as_bytes());
    let tokens: Vec<Secret> = asked.tokens.iter().map(|token| Secret::new(*token)).collect();
    let now = Timestamp(asked.now * 1_000);
    verify(&hook.unwrap(), &Credentials { tokens: &tokens, account: "acc-1", now })
}

fn with(signature: &str) -> Result<(), Refusal> {
    check(&Asked { signature: Some(signature), ..ASKED })
}

#[test]
fn vectors_of_another_hand_are_believed() {
    assert_eq!(with(&format!("t={AT},v1={HEX}")), Ok(()));
    let empty = "ffd9f4667028deeb02a8a44f7869b06f4c2aeb865cd0d985b6775c6eede0aad9";
    let signature = format!("t={AT},v1={empty}");
    assert_eq!(check(&Asked { signature: Some(&signature), body: "", ..ASKED }), Ok(()));
    let wide = Asked {
        signature: Some("t=0,v1=ebd6963740510f3ac17d897980db0cf6cdb791bd911f39ac684e3cbf15196f67"),
        body: "{\"from\":\"王\"}",
        tokens: &["密"],
        now: 0,
        ..ASKED
    };
    assert_eq!(check(&wide), Ok(()));
    assert_eq!(sign(BODY.as_bytes(), AT, &Secret::new(SECRET)), format!("t={AT},v1={HEX}"));
}

#[test]
fn any_secret_and_any_of_several_signatures_will_do() {
    let none = "0".repeat(64);
    assert_eq!(with(&format!("t={AT}, v0=abc, v1={none}, v1={HEX}")), Ok(()));
    let signature = format!("v1={},t={AT}", HEX.to_uppercase());
    assert_eq!(check(&Asked { signature: Some(&signature), tokens: &["new", SECRET], ..ASKED }), Ok(()));
}

#[test]
fn whatever_was_changed_is_refused() {
    let fine = format!("t={AT},v1={HEX}");
    let refused = |asked: Asked<'_>| check(&asked);
    let body = BODY.replace("12320", "12321");
    assert_eq!(refused(Asked { signature: Some(&fine), body: &body, ..ASKED }), Err(Refusal::WrongSignature));
    assert_eq!(
        refused(Asked { signature: Some(&fine), tokens: &["other"], ..ASKED }),
        Err(Refusal::WrongSignature)
    );
    assert_eq!(refused(Asked { signature: Some(&fine), tokens: &[], ..ASKED }), Err(Refusal::NoToken));
    let many = format!("t={AT}{}", format!(",v1={HEX}").repeat(9));
    for wrong in [
        "",
        "t=",
        &format!("v1={HEX}"),
        &format!("t={AT}"),
        &format!("t={AT},v0={HEX}"),
        &format!("t={AT},v1={}", &HEX[1..]),
        &format!("t={AT},v1={HEX}0"),
        &format!("t={AT},v1={HEX},x"),
        &format!("t={AT},t={AT},v1={HEX}"),
        &format!("t=+{AT},v1={HEX}"),
        &format!("t={},v1={HEX}", AT + 1),
        &format!("t=99999999999999999999,v1={HEX}"),
        &many,
    ] {
        assert_eq!(with(wrong), Err(Refusal::WrongSignature), "{wrong}");
    }
}

#[test]
fn an_old_hook_is_refused_when_it_is_sent_again() {
    let fine = format!("t={AT},v1={HEX}");
    for (apart, expected) in [
        (0, Ok(())),
        (300, Ok(())),
        (-300, Ok(())),
        (301, Err(Refusal::TooOld)),
        (-301, Err(Refusal::TooOld)),
        (86_400, Err(Refusal::TooOld)),
    ] {
        assert_eq!(
            check(&Asked { signature: Some(&fine), now: AT + apart, ..ASKED }),
            expected,
            "{apart} s apart"
        );
    }
}

#[test]
fn a_get_is_believed_by_its_password_only() {
    let fine = format!("t={AT},v1={HEX}");
    // acc-1 and the secret
    let basic = Some("Basic YWNjLTE6d2hfc2VjcmV0XzVlS0pyTnpYREZV");
    let get = Asked { method: "GET", signature: Some(&fine), ..ASKED };
    assert_eq!(check(&get), Err(Refusal::NotCovered));
    assert_eq!(check(&Asked { authorization: basic, ..get }), Ok(()));
    assert_eq!(check(&Asked { authorization: basic, ..ASKED }), Ok(()));
    assert_eq!(check(&ASKED), Err(Refusal::NoSignature));
    assert_eq!(check(&Asked { authorization: Some("Basic YWNjLTE6"), ..ASKED }), Err(Refusal::WrongPassword));
    // A wrong signature is not mended by a password.
    let wrong = format!("t={AT},v1={}", "0".repeat(64));
    let both = Asked { signature: Some(&wrong), authorization: basic, ..ASKED };
    assert_eq!(check(&both), Err(Refusal::WrongSignature));
}

proptest! {
    #[test]
    fn what_is_signed_is_believed_and_nothing_else(
        body in "\\PC{0,80}", secret in "\\PC{1,20}", at in 0_i64..4_000_000_000, noise in "(t=|v1=|,|=|0|a){0,30}",
    ) {
        let signature = sign(body.as_bytes(), at, &Secret::new(secret.as_str()));
        let asked = Asked { signature: Some(&signature), body: &body, tokens: &[&secret], now: at, ..ASKED };
        prop_assert_eq!(check(&asked), Ok(()));
        let more = format!("{body} ");
        prop_assert_eq!(check(&Asked { body: &more, ..asked }), Err(Refusal::WrongSignature));
        prop_assert_eq!(with(&noise), Err(Refusal::WrongSignature));
    }
}

//! Hooks signed with a key pair of our own making, their tampered copies, and old ones.

use ring::signature::{Ed25519KeyPair, KeyPair};

use super::*;

const NOW: Timestamp = Timestamp(1_772_524_800_000);
const BODY: &[u8] = b"CallSid=v3%3AKBnLO0ZK3DhK&From=%2B4512345678&Digits=1";

fn pair(seed: u8) -> Ed25519KeyPair {
    Ed25519KeyPair::from_seed_unchecked(&[seed; 32]).unwrap()
}

fn public(pair: &Ed25519KeyPair) -> Secret {
    Secret::new(STANDARD.encode(pair.public_key().as_ref()))
}

fn signed(pair: &Ed25519KeyPair, time: &str, body: &[u8]) -> String {
    STANDARD.encode(pair.sign(&[time.as_bytes(), b"|", body].concat()))
}

fn check(
    method: &str,
    signature: Option<&str>,
    time: Option<&str>,
    body: &[u8],
    keys: &[Secret],
) -> Result<(), Refusal> {
    let headers = |name: &str| match name {
        SIGNATURE => signature,
        TIME => time,
        _ => None,
    };
    let hook = Hook::new(method, "https://h.example/voice/telnyx/12320?CallSid=x", &headers, body).unwrap();
    verify(&hook, keys, NOW)
}

#[test]
fn the_accounts_key_is_believed_also_in_a_rotation() {
    let (old, new) = (pair(1), pair(2));
    let time = "1772524790";
    let signature = signed(&old, time, BODY);
    assert_eq!(check("POST", Some(&signature), Some(time), BODY, &[public(&old)]), Ok(()));
    assert_eq!(check("POST", Some(&signature), Some(time), BODY, &[public(&new), public(&old)]), Ok(()));
}

#[test]
fn a_published_vector_verifies() {
    // RFC 8032, 7.1, test 2, where the message is the byte 0x72: here as proof that the curve is the right one.
    let secret: Vec<u8> = hex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb");
    let pair = Ed25519KeyPair::from_seed_unchecked(&secret).unwrap();
    assert_eq!(
        pair.public_key().as_ref(),
        hex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c")
    );
}

fn hex(text: &str) -> Vec<u8> {
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap()).collect()
}

#[test]
fn every_tampered_copy_is_refused() {
    let ours = pair(1);
    let (time, keys) = ("1772524800", [public(&ours)]);
    let signature = signed(&ours, time, BODY);
    let wrong = Err(Refusal::WrongSignature);
    for at in 0..BODY.len() {
        let mut body = BODY.to_vec();
        body[at] ^= 1;
        // A byte that makes the form unreadable never comes as far as the signature.
        if std::str::from_utf8(&body).is_ok_and(|text| crate::Form::parse(text.as_bytes()).is_ok()) {
            assert_eq!(check("POST", Some(&signature), Some(time), &body, &keys), wrong, "byte {at}");
        }
    }
    assert_eq!(check("POST", Some(&signature), Some("1772524801"), BODY, &keys), wrong, "other time");
    assert_eq!(check("POST", Some(&signature), Some(time), BODY, &[public(&pair(2))]), wrong, "other key");
    assert_eq!(check("POST", Some(&signature), Some(time), BODY, &[Secret::new("not a key")]), wrong);
    assert_eq!(check("POST", Some(&signature[4..]), Some(time), BODY, &keys), wrong, "cut signature");
    assert_eq!(check("POST", Some("!"), Some(time), BODY, &keys), wrong);
    assert_eq!(check("POST", None, Some(time), BODY, &keys), Err(Refusal::NoSignature));
    assert_eq!(check("POST", Some(&signature), None, BODY, &keys), Err(Refusal::NoSignature));
    assert_eq!(check("POST", Some(&signature), Some(time), BODY, &[]), Err(Refusal::NoToken));
}

#[test]
fn an_old_hook_sent_again_is_refused() {
    let ours = pair(1);
    let at = |offset: i64| (NOW.0 / 1_000 + offset).to_string();
    for (offset, verdict) in [
        (0, Ok(())),
        (-300, Ok(())),
        (300, Ok(())),
        (-301, Err(Refusal::TooOld)),
        (301, Err(Refusal::TooOld)),
        (-86_400, Err(Refusal::TooOld)),
    ] {
        let (time, keys) = (at(offset), [public(&ours)]);
        assert_eq!(
            check("POST", Some(&signed(&ours, &time, BODY)), Some(&time), BODY, &keys),
            verdict,
            "{offset}"
        );
    }
    for (time, verdict) in [
        ("9223372036854775807", Err(Refusal::TooOld)),
        ("-9223372036854775808", Err(Refusal::TooOld)),
        ("soon", Err(Refusal::WrongSignature)),
        ("", Err(Refusal::WrongSignature)),
    ] {
        let signature = signed(&ours, time, BODY);
        assert_eq!(check("POST", Some(&signature), Some(time), BODY, &[public(&ours)]), verdict, "{time}");
    }
}

#[test]
fn a_get_is_not_covered_by_the_signature() {
    let ours = pair(1);
    let time = "1772524800";
    let signature = signed(&ours, time, b"");
    let verdict = check("GET", Some(&signature), Some(time), b"", &[public(&ours)]);
    assert_eq!(verdict, Err(Refusal::NotCovered));
}

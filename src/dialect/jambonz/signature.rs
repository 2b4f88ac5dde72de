//! `Jambonz-Signature: t=<seconds since 1970>,v1=<hexadecimal>`: HMAC-SHA256 over time, a dot and the body, with the
//! webhook secret of the account.
//!
//! The address is not signed, and a GET has no body: what it would sign (the JSON that it does not send) cannot be
//! known here. Hooks that carry Basic credentials instead are believed by those.

use domain::Secret;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;
use subtle::{Choice, ConstantTimeEq as _};

use crate::hook::{Credentials, Hook, Method, Refusal};
use crate::httapi::credentials;

/// Carries time and signatures.
pub const HEADER: &str = "jambonz-signature";
/// How far the moment of signing may be from ours, in seconds, either way.
pub const TOLERANCE_SECONDS: i64 = 300;
/// Longest header looked at, in bytes, and most signatures in it.
const LONGEST: usize = 1_024;
const MOST_SIGNATURES: usize = 8;

/// Checks the hook against each secret; without a signature that could cover it, against the Basic credentials.
pub fn verify(hook: &Hook<'_>, credentials: &Credentials<'_>) -> Result<(), Refusal> {
    let header = (hook.headers)(HEADER);
    match (hook.method, header, (hook.headers)("authorization")) {
        (Method::Post, Some(header), _) => signed(header, hook.body, credentials),
        (_, _, Some(_)) => credentials::verify(hook.headers, credentials),
        (Method::Get, Some(_), None) => Err(Refusal::NotCovered),
        (_, None, None) => Err(Refusal::NoSignature),
    }
}

/// The header that the provider sends with `body`, signed at that second.
pub fn sign(body: &[u8], at_seconds: i64, secret: &Secret) -> String {
    let time = at_seconds.to_string();
    let mut text = format!("t={time},v1=");
    for byte in digest(&time, body, secret).unwrap_or_default() {
        text.push_str(&format!("{byte:02x}"));
    }
    text
}

fn signed(header: &str, body: &[u8], credentials: &Credentials<'_>) -> Result<(), Refusal> {
    if credentials.tokens.is_empty() {
        return Err(Refusal::NoToken);
    }
    let (time, given) = read(header).ok_or(Refusal::WrongSignature)?;
    let mut matches = Choice::from(0);
    for secret in credentials.tokens {
        let expected = digest(time, body, secret).ok_or(Refusal::WrongSignature)?;
        for given in &given {
            matches |= expected[..].ct_eq(given);
        }
    }
    if !bool::from(matches) {
        return Err(Refusal::WrongSignature);
    }
    // Told apart only once the signature is known to be theirs, so that nobody learns our clock.
    let at: i64 = time.parse().map_err(|_| Refusal::WrongSignature)?;
    let apart = at.checked_sub(credentials.now.0.div_euclid(1_000)).and_then(i64::checked_abs);
    if apart.is_some_and(|apart| apart <= TOLERANCE_SECONDS) { Ok(()) } else { Err(Refusal::TooOld) }
}

fn digest(time: &str, body: &[u8], secret: &Secret) -> Option<[u8; 32]> {
    let mut keyed = Hmac::<Sha256>::new_from_slice(secret.reveal().as_bytes()).ok()?;
    keyed.update(time.as_bytes());
    keyed.update(b".");
    keyed.update(body);
    Some(keyed.finalize().into_bytes().into())
}

/// The one time and every `v1` signature; other schemes are passed over.
fn read(header: &str) -> Option<(&str, Vec<[u8; 32]>)> {
    if header.len() > LONGEST {
        return None;
    }
    let (mut time, mut given) = (None, Vec::new());
    for part in header.split(',') {
        match part.trim().split_once('=')? {
            ("t", digits) if time.is_none() && digits.bytes().all(|digit| digit.is_ascii_digit()) => {
                time = Some(digits);
            }
            ("t", _) => return None,
            ("v1", hex) => given.extend(unhex(hex)),
            _ => {}
        }
    }
    let fits = (1..=MOST_SIGNATURES).contains(&given.len());
    time.filter(|_| fits).map(|time| (time, given))
}

/// Sixty-four hexadecimal digits.
fn unhex(hex: &str) -> Option<[u8; 32]> {
    let digits = hex.as_bytes();
    let mut given = [0_u8; 32];
    if digits.len() != 2 * given.len() || !digits.iter().all(u8::is_ascii_hexdigit) {
        return None;
    }
    for (byte, pair) in given.iter_mut().zip(digits.chunks_exact(2)) {
        *byte = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
    }
    Some(given)
}

#[cfg(test)]
mod tests;

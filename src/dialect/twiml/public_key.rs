//! Telnyx's signature: Ed25519 over `timestamp|body`, with the public key of the account.
//!
//! The address is not signed, and neither is the query of a GET: only POST is believed.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use domain::{Secret, Timestamp};
use ring::signature::{ED25519, UnparsedPublicKey};

use crate::hook::{Hook, Method, Refusal};

/// Carries the signature in base64.
pub const SIGNATURE: &str = "telnyx-signature-ed25519";
/// Carries the moment of signing in seconds since 1970.
pub const TIME: &str = "telnyx-timestamp";
/// How far the moment of signing may be from ours, in seconds, either way.
pub const TOLERANCE_SECONDS: i64 = 300;

/// Checks the hook against each public key (base64, as the portal shows it).
pub fn verify(hook: &Hook<'_>, keys: &[Secret], now: Timestamp) -> Result<(), Refusal> {
    let (signature, time) =
        (hook.headers)(SIGNATURE).zip((hook.headers)(TIME)).ok_or(Refusal::NoSignature)?;
    if keys.is_empty() {
        return Err(Refusal::NoToken);
    }
    if hook.method != Method::Post {
        return Err(Refusal::NotCovered);
    }
    let signature = STANDARD.decode(signature).map_err(|_| Refusal::WrongSignature)?;
    let signed = [time.as_bytes(), b"|", hook.body].concat();
    let fits = |key: &Secret| {
        let key = STANDARD.decode(key.reveal().trim()).ok()?;
        UnparsedPublicKey::new(&ED25519, key).verify(&signed, &signature).ok()
    };
    if !keys.iter().any(|key| fits(key).is_some()) {
        return Err(Refusal::WrongSignature);
    }
    // Told apart only once the signature is known to be theirs, so that nobody learns our clock.
    let at: i64 = time.parse().map_err(|_| Refusal::WrongSignature)?;
    let apart = at.checked_sub(now.0.div_euclid(1_000)).and_then(i64::checked_abs);
    if apart.is_some_and(|apart| apart <= TOLERANCE_SECONDS) { Ok(()) } else { Err(Refusal::TooOld) }
}

#[cfg(test)]
mod tests;

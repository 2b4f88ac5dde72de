//! `X-Twilio-Signature`: base64 of HMAC-SHA1 over the address and the sorted form fields.
//!
//! Written for the hot path: the fields are sorted by index, the pieces are fed to the hash where they
//! lie, and a hook whose address needs no guessing costs one hash.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use domain::Secret;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha1::Sha1;
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;

use crate::form::Form;
use crate::hook::{Content, Hook, Method, Refusal, query};

/// The header that carries the signature.
pub const HEADER: &str = "x-twilio-signature";

/// Checks the hook against each token. Proxies and providers differ on whether port and userinfo are part
/// of the signed address, so each form of the same address is tried.
pub fn verify(hook: &Hook<'_>, tokens: &[Secret]) -> Result<(), Refusal> {
    let header = (hook.headers)(HEADER).ok_or(Refusal::NoSignature)?;
    if tokens.is_empty() {
        return Err(Refusal::NoToken);
    }
    let mut given = [0_u8; 24];
    let length = STANDARD.decode_slice(header, &mut given).map_err(|_| Refusal::WrongSignature)?;
    let given = given.get(..length).ok_or(Refusal::WrongSignature)?;
    let fields = sorted(signed_fields(hook));
    let address = Address::split(hook.url);
    let matches = tokens.iter().any(|token| {
        let Ok(keyed) = Hmac::<Sha1>::new_from_slice(token.reveal().as_bytes()) else { return false };
        address.variants().any(|variant| bool::from(variant.digest(keyed.clone(), &fields)[..].ct_eq(given)))
    });
    if !matches {
        return Err(Refusal::WrongSignature);
    }
    if hook.content == Content::Json && hook.method == Method::Post { check_body(hook) } else { Ok(()) }
}

/// Signs a request the way a provider does: `url` is the address as it will be requested.
pub fn sign(url: &str, form: &Form<'_>, token: &Secret) -> String {
    let Ok(keyed) = Hmac::<Sha1>::new_from_slice(token.reveal().as_bytes()) else { return String::new() };
    let address = Address::split(url);
    STANDARD.encode(address.digest(keyed, &sorted(form.pairs())))
}

/// A JSON body is not part of the signed text; its hash in the signed address is.
fn check_body(hook: &Hook<'_>) -> Result<(), Refusal> {
    let told = query(hook.url)
        .split('&')
        .find_map(|pair| pair.strip_prefix("bodySHA256="))
        .ok_or(Refusal::WrongBody)?;
    let hash = Sha256::digest(hook.body);
    let hex = hash.iter().fold(String::with_capacity(64), |mut hex, byte| {
        for half in [byte >> 4, byte & 15] {
            hex.push(char::from_digit(u32::from(half), 16).unwrap_or('0'));
        }
        hex
    });
    if bool::from(told.as_bytes().ct_eq(hex.as_bytes())) { Ok(()) } else { Err(Refusal::WrongBody) }
}

type Pair<'a> = (std::borrow::Cow<'a, str>, std::borrow::Cow<'a, str>);

/// A GET's fields stand in the address already.
fn signed_fields<'h>(hook: &'h Hook<'_>) -> &'h [Pair<'h>] {
    if hook.method == Method::Post { hook.form.pairs() } else { &[] }
}

/// By name in byte order, then by value; equal pairs count once, as the providers' own libraries do.
fn sorted<'p>(pairs: &'p [Pair<'p>]) -> Vec<(&'p str, &'p str)> {
    let mut fields: Vec<(&str, &str)> =
        pairs.iter().map(|(name, value)| (name.as_ref(), value.as_ref())).collect();
    fields.sort_unstable();
    fields.dedup();
    fields
}

/// An address in the pieces that signers disagree about.
#[derive(Clone, Copy)]
struct Address<'a> {
    /// `https://`
    scheme: &'a str,
    /// `user:pass@`, or nothing.
    userinfo: &'a str,
    host: &'a str,
    /// `:443`, or nothing.
    port: &'a str,
    /// Path and query as they stand, without fragment.
    rest: &'a str,
}

impl<'a> Address<'a> {
    fn split(url: &'a str) -> Self {
        let bare = url.split_once('#').map_or(url, |(bare, _)| bare);
        let (scheme, after) = bare.find("://").map_or(("", bare), |at| bare.split_at(at + 3));
        let (authority, rest) = after.split_at(after.find(['/', '?']).unwrap_or(after.len()));
        let (userinfo, place) = authority.rfind('@').map_or(("", authority), |at| authority.split_at(at + 1));
        let port_at = place.rfind(':').filter(|at| !place[*at..].contains(']')).unwrap_or(place.len());
        let (host, port) = place.split_at(port_at);
        Self { scheme, userinfo, host, port, rest }
    }

    /// As requested; with the port added or removed; then both again without userinfo.
    fn variants(self) -> impl Iterator<Item = Self> {
        let standard = if self.scheme.eq_ignore_ascii_case("https://") { ":443" } else { ":80" };
        let toggled = Self { port: if self.port.is_empty() { standard } else { "" }, ..self };
        let bare = !self.userinfo.is_empty();
        let without = move |address: Self| bare.then_some(Self { userinfo: "", ..address });
        [Some(self), Some(toggled), without(self), without(toggled)].into_iter().flatten()
    }

    fn digest(self, mut mac: Hmac<Sha1>, fields: &[(&str, &str)]) -> [u8; 20] {
        for piece in [self.scheme, self.userinfo, self.host, self.port, self.rest] {
            mac.update(piece.as_bytes());
        }
        for (name, value) in fields {
            mac.update(name.as_bytes());
            mac.update(value.as_bytes());
        }
        mac.finalize().into_bytes().into()
    }
}

#[cfg(test)]
mod tests;

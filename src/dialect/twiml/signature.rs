//! `X-Twilio-Signature` and its kin: base64 of HMAC-SHA1 over the address and the sorted form fields.
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

/// The header that carries Twilio's signature.
pub const HEADER: &str = "x-twilio-signature";

/// What signers with a shared secret disagree about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scheme {
    /// Headers that may carry the signature; the first one that is there counts.
    headers: &'static [&'static str],
    /// Whether a field that is sent twice is signed in the order sent, instead of sorted and each value once.
    repeats_as_sent: bool,
    /// Whether a port other than the standard one may be missing from the signed address.
    drops_any_port: bool,
    /// Whether a JSON body is signed itself, in hexadecimal, instead of by its hash in the address.
    signs_json: bool,
}

impl Scheme {
    /// Twilio, and whoever does just as Twilio.
    pub const TWILIO: Self =
        Self { headers: &[HEADER], repeats_as_sent: false, drops_any_port: true, signs_json: false };
    /// SignalWire; the key is the project's signing key.
    pub const SIGNALWIRE: Self = Self {
        headers: &["x-signalwire-signature", HEADER],
        repeats_as_sent: true,
        drops_any_port: false,
        signs_json: true,
    };
    /// Somleng signs the address with its port as it stands.
    pub const SOMLENG: Self = Self { drops_any_port: false, ..Self::TWILIO };
}

/// [`verify_as`] Twilio does.
pub fn verify(hook: &Hook<'_>, tokens: &[Secret]) -> Result<(), Refusal> {
    verify_as(Scheme::TWILIO, hook, tokens)
}

/// Checks the hook against each token. Proxies and providers differ on whether port and userinfo are part
/// of the signed address, so each form of the same address is tried.
pub fn verify_as(scheme: Scheme, hook: &Hook<'_>, tokens: &[Secret]) -> Result<(), Refusal> {
    let header = scheme.headers.iter().find_map(|name| (hook.headers)(name)).ok_or(Refusal::NoSignature)?;
    if tokens.is_empty() {
        return Err(Refusal::NoToken);
    }
    let json = hook.content == Content::Json && hook.method == Method::Post;
    let hexed = if scheme.signs_json && json { unhex(header) } else { None };
    let given = match hexed {
        Some(given) => given,
        None => unbase64(header).ok_or(Refusal::WrongSignature)?,
    };
    let fields = sorted(signed_fields(hook), scheme.repeats_as_sent);
    let body = if hexed.is_some() { hook.body } else { &[] };
    let address = Address::split(hook.url);
    let matches = tokens.iter().any(|token| {
        let Ok(keyed) = Hmac::<Sha1>::new_from_slice(token.reveal().as_bytes()) else { return false };
        let fits = |variant: Address<'_>| variant.digest(keyed.clone(), &fields, body)[..].ct_eq(&given);
        address.variants(scheme.drops_any_port).any(|variant| bool::from(fits(variant)))
    });
    if !matches {
        return Err(Refusal::WrongSignature);
    }
    if json && hexed.is_none() { check_body(hook) } else { Ok(()) }
}

fn unbase64(header: &str) -> Option<[u8; 20]> {
    let mut given = [0_u8; 24];
    let length = STANDARD.decode_slice(header, &mut given).ok()?;
    given.get(..length)?.try_into().ok()
}

/// Forty hexadecimal digits, in small letters.
fn unhex(header: &str) -> Option<[u8; 20]> {
    let digits = header.as_bytes();
    let mut given = [0_u8; 20];
    let plain = |digit: &u8| digit.is_ascii_digit() || (b'a'..=b'f').contains(digit);
    if digits.len() != 2 * given.len() || !digits.iter().all(plain) {
        return None;
    }
    for (byte, pair) in given.iter_mut().zip(digits.chunks_exact(2)) {
        *byte = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
    }
    Some(given)
}

/// Signs a request the way a provider does: `url` is the address as it will be requested.
pub fn sign(url: &str, form: &Form<'_>, token: &Secret) -> String {
    let Ok(keyed) = Hmac::<Sha1>::new_from_slice(token.reveal().as_bytes()) else { return String::new() };
    let address = Address::split(url);
    STANDARD.encode(address.digest(keyed, &sorted(form.pairs(), false), &[]))
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

/// By name in byte order. Within a name as sent, or by value with equal pairs once: as the providers' own
/// libraries do.
fn sorted<'p>(pairs: &'p [Pair<'p>], repeats_as_sent: bool) -> Vec<(&'p str, &'p str)> {
    let mut fields: Vec<(&str, &str)> =
        pairs.iter().map(|(name, value)| (name.as_ref(), value.as_ref())).collect();
    if repeats_as_sent {
        fields.sort_by_key(|(name, _)| *name);
    } else {
        fields.sort_unstable();
        fields.dedup();
    }
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

    /// As requested; with the standard port added or the port removed; then both again without userinfo.
    fn variants(self, drops_any_port: bool) -> impl Iterator<Item = Self> {
        let standard = if self.scheme.eq_ignore_ascii_case("https://") { ":443" } else { ":80" };
        let toggled = match self.port {
            "" => Some(Self { port: standard, ..self }),
            port if drops_any_port || port == standard => Some(Self { port: "", ..self }),
            _ => None,
        };
        let bare = !self.userinfo.is_empty();
        let without = move |address: Self| bare.then_some(Self { userinfo: "", ..address });
        [Some(self), toggled, without(self), toggled.and_then(without)].into_iter().flatten()
    }

    fn digest(self, mut mac: Hmac<Sha1>, fields: &[(&str, &str)], body: &[u8]) -> [u8; 20] {
        for piece in [self.scheme, self.userinfo, self.host, self.port, self.rest] {
            mac.update(piece.as_bytes());
        }
        for (name, value) in fields {
            mac.update(name.as_bytes());
            mac.update(value.as_bytes());
        }
        mac.update(body);
        mac.finalize().into_bytes().into()
    }
}

#[cfg(test)]
mod kin;
#[cfg(test)]
mod tests;

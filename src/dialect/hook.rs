//! A provider's HTTP request as it came in, and the ways it can be wrong.

use domain::{Secret, Timestamp};

use crate::form::Form;

/// Methods that providers use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    Get,
    Post,
}

/// What kind of body came along.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Content {
    Form,
    Json,
    /// `multipart/form-data`, as an uploaded recording; the dialect takes the body apart.
    Multipart,
}

/// What a hook is held against.
#[derive(Debug, Clone, Copy)]
pub struct Credentials<'a> {
    /// Signing secrets, public keys or passwords, as the dialect has it; several during a rotation.
    pub tokens: &'a [Secret],
    /// Name of the account: the user of Basic authorisation.
    pub account: &'a str,
    /// Now, for signatures that carry a time.
    pub now: Timestamp,
}

/// Looks up a request header by its lower-case name.
pub type Headers<'a> = &'a dyn Fn(&str) -> Option<&'a str>;

/// One hook, with its fields decoded.
pub struct Hook<'a> {
    pub method: Method,
    /// The full public address exactly as requested: raw path and query, never re-encoded.
    pub url: &'a str,
    pub headers: Headers<'a>,
    pub body: &'a [u8],
    pub content: Content,
    /// Fields of the body (POST) or of the query (GET).
    pub form: Form<'a>,
}

impl<'a> Hook<'a> {
    /// Longest body taken, in bytes.
    pub const MOST_BYTES: usize = 64 * 1024;

    /// Reads method, content type and fields; nothing is trusted yet. The length of the body is the
    /// business of whoever reads it, see [`crate::Dialect::most_body_bytes`].
    pub fn new(method: &str, url: &'a str, headers: Headers<'a>, body: &'a [u8]) -> Result<Self, Malformed> {
        let method = match method {
            "GET" => Method::Get,
            "POST" => Method::Post,
            _ => return Err(Malformed::WrongMethod),
        };
        let content = content_of(headers("content-type"))?;
        if body.len() > Self::MOST_BYTES && content != Content::Multipart {
            return Err(Malformed::TooLarge);
        }
        let form = match (method, content) {
            (Method::Get, _) => Form::parse(query(url).as_bytes())?,
            (Method::Post, Content::Form) => Form::parse(body)?,
            (Method::Post, Content::Json | Content::Multipart) => Form::default(),
        };
        Ok(Self { method, url, headers, body, content, form })
    }
}

/// The raw query of an address, without `?` and fragment; empty if there is none.
pub fn query(url: &str) -> &str {
    let bare = url.split_once('#').map_or(url, |(bare, _)| bare);
    bare.split_once('?').map_or("", |(_, query)| query)
}

/// What the `Content-Type` header announces; a request without one carries a form.
pub fn content_of(header: Option<&str>) -> Result<Content, Malformed> {
    let Some(header) = header else { return Ok(Content::Form) };
    let mut parts = header.split(';').map(str::trim);
    let kind = parts.next().unwrap_or("");
    if parts.any(|part| charset(part).is_some_and(|name| !name.eq_ignore_ascii_case("utf-8"))) {
        return Err(Malformed::WrongContentType);
    }
    if kind.is_empty() || kind.eq_ignore_ascii_case("application/x-www-form-urlencoded") {
        Ok(Content::Form)
    } else if kind.eq_ignore_ascii_case("application/json") {
        Ok(Content::Json)
    } else if kind.eq_ignore_ascii_case("multipart/form-data") {
        Ok(Content::Multipart)
    } else {
        Err(Malformed::WrongContentType)
    }
}

fn charset(parameter: &str) -> Option<&str> {
    let (name, value) = parameter.split_once('=')?;
    name.trim().eq_ignore_ascii_case("charset").then(|| value.trim().trim_matches('"'))
}

/// Why a hook is not believed. Always answered 403; nothing is changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("the request carries no signature header")]
    NoSignature,
    #[error("no auth_token is configured for this provider, so no signature can be checked")]
    NoToken,
    #[error(
        "the signature does not match; compare auth_token and server.public_url with the provider's settings"
    )]
    WrongSignature,
    #[error("the body does not match the bodySHA256 of the signed address")]
    WrongBody,
    #[error("the signature's time is too far from ours; compare the clocks, or it is an old hook sent again")]
    TooOld,
    #[error("the signature covers only the body of a POST; set the method to POST at the provider")]
    NotCovered,
    #[error("the request comes from outside of the provider's networks")]
    WrongNetwork,
    #[error("user or password is wrong; compare account and auth_token with the switch's credentials")]
    WrongPassword,
}

/// Why a hook cannot be understood; nothing is changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Malformed {
    #[error("a provider asks with GET or POST")]
    WrongMethod,
    #[error("the body is longer than 64 KiB")]
    TooLarge,
    #[error("the body is of another content type than this provider's hooks, or not in UTF-8")]
    WrongContentType,
    #[error("a field is not UTF-8 text")]
    NotUtf8,
    #[error("more than 400 fields")]
    TooManyFields,
    #[error("field {0} is missing")]
    Missing(&'static str),
    #[error("field {field}: {why}")]
    Bad { field: &'static str, why: &'static str },
    #[error("the request says nothing that happened: neither Digits nor RecordingUrl nor DialCallStatus")]
    Nothing,
}

impl Malformed {
    /// The HTTP status to answer with.
    pub fn http_status(&self) -> u16 {
        match self {
            Self::WrongMethod => 405,
            Self::TooLarge => 413,
            Self::WrongContentType => 415,
            Self::NotUtf8 | Self::TooManyFields | Self::Missing(_) | Self::Bad { .. } | Self::Nothing => 400,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn status(method: &str, content_type: Option<&'static str>, body: &[u8]) -> u16 {
        let headers = move |name: &str| if name == "content-type" { content_type } else { None };
        Hook::new(method, "https://h.example/v?Digits=1", &headers, body)
            .map_or_else(|e| e.http_status(), |_| 200)
    }

    #[test]
    fn wrong_shapes_get_their_status() {
        for (method, content_type, body, expected) in [
            ("POST", Some("application/x-www-form-urlencoded; charset=UTF-8"), &b"a=1"[..], 200),
            ("POST", None, b"", 200),
            ("POST", Some("application/json"), b"{}", 200),
            ("POST", Some("text/xml"), b"<a/>", 415),
            ("POST", Some("application/x-www-form-urlencoded; charset=gb2312"), b"a=1", 415),
            ("PUT", None, b"", 405),
            ("POST", None, &[b'a'; Hook::MOST_BYTES + 1], 413),
            ("POST", None, b"a=%ff", 400),
        ] {
            assert_eq!(status(method, content_type, body), expected, "{method} {content_type:?}");
        }
    }

    #[test]
    fn a_get_carries_its_fields_in_the_query() {
        let hook = Hook::new("GET", "https://h.example/v?Digits=1&x=%20#f", &|_| None, b"").unwrap();
        assert_eq!((hook.form.get("Digits"), hook.form.get("x")), (Some("1"), Some(" ")));
    }
}

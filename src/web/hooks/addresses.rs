//! Addresses: the one a hook was signed for, and those that a document sends the provider to next.

use axum::http::Uri;
use http::request::Parts;

use super::Peer;
use crate::App;

/// Addresses that the provider may have signed: under our public address and, where the peer is a trusted
/// proxy, under the host that it was asked for. The raw target is never written anew.
pub(super) fn signed(app: &App, parts: &Parts) -> Vec<String> {
    let target = parts.uri.path_and_query().map_or("/", |target| target.as_str());
    let mut urls = vec![format!("{}{target}", app.switchboard.house().public_url)];
    let trusted = parts.extensions.get::<Peer>().is_some_and(|peer| (app.trusts)(peer.0.ip()));
    if trusted && let Some(base) = forwarded(parts) {
        let url = format!("{base}{target}");
        if !urls.contains(&url) {
            urls.push(url);
        }
    }
    urls
}

/// Whether the provider may ask from where this request comes. A trusted proxy tells from where it had it.
pub(super) fn admitted(app: &App, parts: &Parts, provider: &str) -> bool {
    // Tests knock without a connection.
    let Some(Peer(peer)) = parts.extensions.get::<Peer>() else { return true };
    let said = parts.headers.get("x-forwarded-for").filter(|_| (app.trusts)(peer.ip()));
    let said = said.and_then(|list| list.to_str().ok()?.rsplit(',').next()?.trim().parse().ok());
    (app.admits)(provider, said.unwrap_or_else(|| peer.ip()))
}

fn forwarded(parts: &Parts) -> Option<String> {
    let said = |name| parts.headers.get(name)?.to_str().ok()?.split(',').next().map(str::trim);
    let scheme = said("x-forwarded-proto").filter(|scheme| ["http", "https"].contains(scheme))?;
    let host = said("x-forwarded-host").or_else(|| said("host"))?;
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b".-:[]".contains(&byte);
    host.bytes().all(plain).then(|| format!("{scheme}://{host}"))
}

/// The first value of `name` in the query; our own values need no decoding.
pub(super) fn query(uri: &Uri, name: &str) -> Option<String> {
    let pairs = uri.query()?.split('&').map(|pair| pair.split_once('=').unwrap_or((pair, "")));
    pairs.into_iter().find(|(known, _)| *known == name).map(|(_, value)| value.to_owned())
}

/// The address that was asked, below `root`, with our own values only: some providers add theirs to the query.
pub(super) fn again(root: &str, uri: &Uri) -> String {
    let mut url = format!("{root}{}", uri.path());
    for name in ["t", "none", "fetched", "over"] {
        if let Some(value) = query(uri, name) {
            url.push(if url.contains('?') { '&' } else { '?' });
            url.push_str(name);
            url.push('=');
            url.push_str(&value);
        }
    }
    url
}

/// Which part of the document is asked for.
pub(super) fn part(uri: &Uri) -> usize {
    query(uri, "part").and_then(|text| text.parse().ok()).unwrap_or(0)
}

/// Where a document's hooks go.
pub(super) struct Addresses {
    /// Folder of the line, in which recorded prompts lie at `audio/…`.
    pub(super) base: String,
    pub(super) action: String,
    pub(super) way_out: String,
    pub(super) status: String,
    pub(super) recording: String,
}

impl Addresses {
    /// Below `root`, which is our public address or its path alone. With a token the next step; without one,
    /// whatever comes next is the end.
    pub(super) fn new(root: &str, provider: &str, line: &str, token: Option<&str>) -> Self {
        let base = format!("{root}/voice/{provider}/{line}");
        let (action, way_out) = match token {
            Some(token) => (format!("{base}/step?t={token}"), format!("{base}/step?t={token}&none=1")),
            None => (format!("{base}/fallback?over=1"), format!("{base}/fallback?over=1")),
        };
        let (status, recording) = (format!("{base}/status"), format!("{base}/recording"));
        Self { base, action, way_out, status, recording }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_is_asked_again_without_what_the_provider_added() {
        let again = |target: &str| again("https://h.example/x", &target.parse().unwrap());
        assert_eq!(again("/voice/fs/1?session_id=a&url=b"), "https://h.example/x/voice/fs/1");
        let asked = "/voice/fs/1/step?t=ab-_&none=1&part=2&session_id=a&digits=1";
        assert_eq!(again(asked), "https://h.example/x/voice/fs/1/step?t=ab-_&none=1");
        assert_eq!(part(&asked.parse().unwrap()), 2);
        assert_eq!(part(&"/voice/fs/1?part=many".parse().unwrap()), 0);
    }
}

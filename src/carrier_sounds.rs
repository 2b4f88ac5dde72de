//! The sounds at a provider: fetched and deleted, at addresses of our account and nowhere else.

use std::time::Duration;

use dialect::{Account, SoundPlace};
use reqwest::StatusCode;
use switchboard::ports::{Sound, SoundError};

use crate::carrier::{HttpCarrier, without_address};

/// Longest recording taken, in bytes: two hours of a conversation, uncompressed.
const LONGEST: usize = 128 * 1024 * 1024;
/// Longest wait for one. Nobody stands waiting: it is fetched behind the callers.
const FETCH: Duration = Duration::from_secs(120);

impl HttpCarrier {
    /// Fetches a recording of our account, and nothing else: an address that leads anywhere but to the provider's
    /// own REST side is not asked, whoever told it.
    pub(crate) async fn fetch(&self, provider: &str, url: &str) -> Result<Sound, SoundError> {
        let (provider, dialect, account) = self.account(provider).map_err(|_| SoundError::Foreign)?;
        let place = dialect.sound_place(&account, &provider.api_url, url).ok_or(SoundError::Foreign)?;
        let unclear = |fault: reqwest::Error| SoundError::Unclear(without_address(&fault));
        let asked = shown(self.client().map_err(unclear)?.get(url).timeout(FETCH), place, &account);
        let mut reply = asked.send().await.map_err(unclear)?;
        match reply.status() {
            StatusCode::OK => {}
            StatusCode::NOT_FOUND | StatusCode::GONE => return Err(SoundError::NotThere),
            other => return Err(SoundError::Unclear(format!("HTTP {}", other.as_u16()))),
        }
        let kind = reply.headers().get(reqwest::header::CONTENT_TYPE);
        let media_type = kind.and_then(|kind| kind.to_str().ok()).unwrap_or_default().to_owned();
        if !media_type.starts_with("audio/") {
            return Err(SoundError::Unclear(format!("not a sound but {media_type:?}")));
        }
        let mut bytes = Vec::new();
        while let Some(part) = reply.chunk().await.map_err(unclear)? {
            if bytes.len() + part.len() > LONGEST {
                return Err(SoundError::Unclear(format!("longer than {LONGEST} bytes")));
            }
            bytes.extend_from_slice(&part);
        }
        Ok(Sound { media_type, bytes })
    }

    /// Has the provider delete a recording of our account; one that is gone is deleted.
    pub(crate) async fn delete(&self, provider: &str, url: &str) -> Result<(), SoundError> {
        let (provider, dialect, account) = self.account(provider).map_err(|_| SoundError::Foreign)?;
        let place = dialect.sound_place(&account, &provider.api_url, url).ok_or(SoundError::Foreign)?;
        let unclear = |fault: reqwest::Error| SoundError::Unclear(without_address(&fault));
        let asked = shown(self.client().map_err(unclear)?.delete(url), place, &account);
        match asked.send().await.map_err(unclear)?.status() {
            StatusCode::NOT_FOUND | StatusCode::GONE => Ok(()),
            status if status.is_success() => Ok(()),
            other => Err(SoundError::Unclear(format!("HTTP {}", other.as_u16()))),
        }
    }
}

/// The request with our secret, where the place is ours.
fn shown(asked: reqwest::RequestBuilder, place: SoundPlace, account: &Account) -> reqwest::RequestBuilder {
    match place {
        SoundPlace::Account => asked.basic_auth(&account.id, Some(account.token.reveal())),
        SoundPlace::Open => asked,
    }
}

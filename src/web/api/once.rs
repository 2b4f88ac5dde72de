//! The same answer to the same request: an `Idempotency-Key` makes of two requests one deed.

use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::{App, Error, Result};

/// Longest key, in characters.
const LONGEST: usize = 200;

/// Answers with JSON; under a key the first answer is given again. `who` keeps the keys of clients apart, `asked` is what
/// must be the same. What was refused may be tried again under the same key.
pub(super) async fn once(
    app: &App,
    headers: &HeaderMap,
    (who, asked): (&str, &[&[u8]]),
    work: impl Future<Output = Result<(StatusCode, Value)>>,
) -> Result<Response> {
    let Some(key) = headers.get("idempotency-key") else {
        return work.await.map(|(status, body)| json(status, body.to_string()));
    };
    let key = key.to_str().ok().filter(|key| !key.is_empty() && key.len() <= LONGEST);
    let key = key.ok_or_else(|| Error::Unreadable("idempotency-key".to_owned()))?;
    let digest = digest(asked);
    if let Some(known) = app.switchboard.first_time(who, key, &digest).await? {
        if known.digest != digest {
            return Err(Error::Refused { code: "refused-key-reused".to_owned(), missing: Vec::new() });
        }
        let (status, body) = known
            .answer
            .ok_or_else(|| Error::Conflict("the first request is still being answered".to_owned()))?;
        let status = u16::try_from(status).ok().and_then(|status| StatusCode::from_u16(status).ok());
        return Ok(json(status.unwrap_or(StatusCode::OK), body));
    }
    match work.await {
        Ok((status, body)) => {
            let body = body.to_string();
            app.switchboard.remember(who, key, Some((status.as_u16().into(), body.clone()))).await?;
            Ok(json(status, body))
        }
        Err(error) => {
            app.switchboard.remember(who, key, None).await?;
            Err(error)
        }
    }
}

fn json(status: StatusCode, body: String) -> Response {
    (status, [(header::CONTENT_TYPE, "application/json")], body).into_response()
}

fn digest(parts: &[&[u8]]) -> String {
    let mut digest = Sha256::new();
    for part in parts {
        digest.update((part.len() as u64).to_be_bytes());
        digest.update(part);
    }
    digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

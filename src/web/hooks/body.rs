//! The body of a hook: short, and here in time.

use std::time::Duration;

use axum::body::Body;
use bytes::Bytes;
use dialect::{Content, Dialect, Malformed, hook};
use http::request::Parts;
use http_body_util::{BodyExt, LengthLimitError, Limited};

use super::No;

/// A provider sends its few hundred bytes at once; a recording takes longer.
const PATIENCE: Duration = Duration::from_secs(5);
const LONG_PATIENCE: Duration = Duration::from_secs(30);

/// Reads it; what is announced as too long is not read at all.
pub(super) async fn read(parts: &Parts, body: Body, dialect: &dyn Dialect) -> Result<Bytes, No> {
    let kind = parts.headers.get(http::header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    let content = hook::content_of(kind).map_err(No::Malformed)?;
    let most = dialect.most_body_bytes(content);
    let patience = if content == Content::Multipart { LONG_PATIENCE } else { PATIENCE };
    let announced = parts.headers.get(http::header::CONTENT_LENGTH);
    let announced = announced.and_then(|text| text.to_str().ok()?.parse::<usize>().ok());
    if announced.is_some_and(|length| length > most) {
        return Err(No::Malformed(Malformed::TooLarge));
    }
    let whole = Limited::new(body, most).collect();
    match tokio::time::timeout(patience, whole).await {
        Err(_) => Err(No::TooSlow),
        Ok(Ok(collected)) => Ok(collected.to_bytes()),
        Ok(Err(error)) if error.is::<LengthLimitError>() => Err(No::Malformed(Malformed::TooLarge)),
        Ok(Err(_)) => Err(No::TooSlow),
    }
}

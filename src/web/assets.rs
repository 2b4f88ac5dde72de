//! Style sheet, modules and pictures, embedded in the binary. An address with the file's hash may be kept
//! for ever; without it the browser asks again and gets `304` while nothing changed.

use std::borrow::Cow;

use axum::extract::{Path, Query};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use rust_embed::Embed;
use serde::Deserialize;
use sha2::{Digest, Sha256};

#[derive(Embed)]
#[folder = "assets"]
struct Assets;

/// The hash that an address may carry.
#[derive(Deserialize)]
pub struct Version {
    v: Option<String>,
}

/// A file by its name: one of ours, or the sheet of the graph room.
fn get(name: &str) -> Option<(Cow<'static, [u8]>, String)> {
    if name == "graph.css" {
        let sheet = switchboard::line_graph::SHEET.as_bytes();
        return Some((Cow::Borrowed(sheet), short_hash(&Sha256::digest(sheet))));
    }
    Assets::get(name).map(|file| (file.data, short_hash(&file.metadata.sha256_hash())))
}

/// `/assets/NAME?v=HASH`; the plain address where there is no such file.
pub fn address(name: &str) -> String {
    match get(name) {
        Some((_, hash)) => format!("/assets/{name}?v={hash}"),
        None => format!("/assets/{name}"),
    }
}

/// One file.
pub async fn file(Path(name): Path<String>, Query(asked): Query<Version>, headers: HeaderMap) -> Response {
    let Some((data, hash)) = get(&name) else { return StatusCode::NOT_FOUND.into_response() };
    let tag = format!("\"{hash}\"");
    let keep =
        if asked.v.as_deref() == Some(&hash) { "public, max-age=31536000, immutable" } else { "no-cache" };
    let kind = mime_guess::from_path(&name).first_or_octet_stream();
    let kind = if kind.type_() == "text" { format!("{kind}; charset=utf-8") } else { kind.to_string() };
    let known = headers.get(header::IF_NONE_MATCH).is_some_and(|value| value.as_bytes() == tag.as_bytes());
    let about = [(header::CONTENT_TYPE, kind), (header::ETAG, tag), (header::CACHE_CONTROL, keep.to_owned())];
    if known {
        return (StatusCode::NOT_MODIFIED, about).into_response();
    }
    (about, data.into_owned()).into_response()
}

fn short_hash(hash: &[u8]) -> String {
    hash.iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

//! Style sheet, modules and pictures, embedded in the binary. An address with the file's hash may be kept
//! for ever; without it the browser asks again and gets `304` while nothing changed.
//!
//! A module names its neighbours by the same addresses as the pages do: a browser that met one file under two addresses
//! would run it twice, and a form would save itself twice.

use std::collections::BTreeMap;
use std::sync::LazyLock;

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

/// A file as it is served.
struct File {
    data: Vec<u8>,
    hash: String,
}

/// Every file by its name: ours, and the sheet of the graph room.
static FILES: LazyLock<BTreeMap<String, File>> = LazyLock::new(|| {
    let mut files = BTreeMap::new();
    let sheet = switchboard::line_graph::SHEET.as_bytes().to_vec();
    files.insert("graph.css".to_owned(), hashed(sheet));
    for name in Assets::iter() {
        add(&mut files, &name);
    }
    files
});

/// Adds a file after those that it imports: their hashes stand in its text, so that its own hash covers them. No module
/// imports itself by way of others; a test holds that.
fn add(files: &mut BTreeMap<String, File>, name: &str) {
    let Some(file) = Assets::get(name).filter(|_| !files.contains_key(name)) else { return };
    let mut text = file.data.into_owned();
    for import in imports(&text) {
        add(files, &import);
        if let Some(File { hash, .. }) = files.get(&import) {
            let plain = format!("\"./{import}\"");
            let whole = format!("\"./{import}?v={hash}\"");
            text = String::from_utf8_lossy(&text).replace(&plain, &whole).into_bytes();
        }
    }
    files.insert(name.to_owned(), hashed(text));
}

/// The neighbours that a module imports: `from "./live.js"`.
fn imports(text: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(text);
    let quoted = text.split("from \"./").skip(1);
    quoted
        .filter_map(|rest| rest.split('"').next())
        .filter(|name| name.ends_with(".js"))
        .map(str::to_owned)
        .collect()
}

fn hashed(data: Vec<u8>) -> File {
    let hash = Sha256::digest(&data).iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    File { data, hash }
}

/// `/assets/NAME?v=HASH`; the plain address where there is no such file.
pub fn address(name: &str) -> String {
    match FILES.get(name) {
        Some(File { hash, .. }) => format!("/assets/{name}?v={hash}"),
        None => format!("/assets/{name}"),
    }
}

/// One file.
pub async fn file(Path(name): Path<String>, Query(asked): Query<Version>, headers: HeaderMap) -> Response {
    let Some(File { data, hash }) = FILES.get(&name) else { return StatusCode::NOT_FOUND.into_response() };
    let tag = format!("\"{hash}\"");
    let keep =
        if asked.v.as_ref() == Some(hash) { "public, max-age=31536000, immutable" } else { "no-cache" };
    let kind = mime_guess::from_path(&name).first_or_octet_stream();
    let kind = if kind.type_() == "text" { format!("{kind}; charset=utf-8") } else { kind.to_string() };
    let known = headers.get(header::IF_NONE_MATCH).is_some_and(|value| value.as_bytes() == tag.as_bytes());
    let about = [(header::CONTENT_TYPE, kind), (header::ETAG, tag), (header::CACHE_CONTROL, keep.to_owned())];
    if known {
        return (StatusCode::NOT_MODIFIED, about).into_response();
    }
    (about, data.as_slice()).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_module_has_one_address_wherever_it_is_named() {
        let mut seen = 0;
        for (name, file) in FILES.iter().filter(|(name, _)| name.ends_with(".js")) {
            let text = String::from_utf8(file.data.clone()).unwrap();
            for rest in text.split("from \"./").skip(1) {
                let named = rest.split('"').next().unwrap();
                let plain = named.split('?').next().unwrap();
                assert_eq!(format!("/assets/{named}"), address(plain), "in {name}");
                seen += 1;
            }
            assert!(
                !text.contains("import(\"./") && !text.contains("from './"),
                "{name} imports in another way"
            );
        }
        assert!(seen > 5, "{seen} imports");
    }

    #[test]
    fn no_module_imports_itself_by_way_of_others() {
        fn walk(name: &str, above: &mut Vec<String>) {
            assert!(!above.iter().any(|one| one == name), "{above:?} and {name} again");
            above.push(name.to_owned());
            for next in imports(&Assets::get(name).unwrap().data) {
                walk(&next, above);
            }
            above.pop();
        }
        Assets::iter().filter(|name| name.ends_with(".js")).for_each(|name| walk(&name, &mut Vec::new()));
    }
}

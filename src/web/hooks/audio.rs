//! Recorded prompts, fetched by the provider that plays them. Unsigned, as no provider signs the fetching of a file;
//! only what the line's script lists is given out, so that no path leads anywhere else.

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;

use crate::App;

/// How long a provider may play a file without asking again: a new recording is heard soon.
const KEPT: &str = "public, max-age=300";

/// `GET` and `HEAD` of `/voice/{provider}/{line}/audio/{language}/{file}`.
pub(super) async fn file(
    State(app): State<App>,
    Path((provider, line, language, file)): Path<(String, String, String, String)>,
    asked: HeaderMap,
) -> Response {
    let house = app.switchboard.house();
    let line = house.lines.get(&line).filter(|_| house.providers.contains_key(&provider));
    let Some(sound) = line.and_then(|line| line.script.sound(&format!("{language}/{file}"))) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let tag = format!("\"{}\"", sound.fingerprint);
    let known = asked.get(header::IF_NONE_MATCH).is_some_and(|known| names(known, &tag));
    let whole = Bytes::from_owner(sound.bytes);
    let mut response = match range(&asked, whole.len()) {
        _ if known => StatusCode::NOT_MODIFIED.into_response(),
        Asked::Whole => Response::new(Body::from(whole)),
        Asked::Part(from, until) => {
            let told = format!("bytes {from}-{}/{}", until - 1, whole.len());
            let part = whole.slice(from..until);
            (StatusCode::PARTIAL_CONTENT, [(header::CONTENT_RANGE, told)], Body::from(part)).into_response()
        }
        Asked::Beyond => {
            let told = format!("bytes */{}", whole.len());
            (StatusCode::RANGE_NOT_SATISFIABLE, [(header::CONTENT_RANGE, told)]).into_response()
        }
    };
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type(&file)));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(KEPT));
    headers.insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.extend(HeaderValue::try_from(tag).ok().map(|tag| (header::ETAG, tag)));
    response
}

fn media_type(file: &str) -> &'static str {
    if file.ends_with(".mp3") { "audio/mpeg" } else { "audio/wav" }
}

/// Whether a list of tags names ours; a weak one will do.
fn names(list: &HeaderValue, tag: &str) -> bool {
    let each = |known: &str| known.trim() == "*" || known.trim().trim_start_matches("W/") == tag;
    list.to_str().is_ok_and(|list| list.split(',').any(each))
}

/// What part of the file is wanted.
#[derive(Debug, PartialEq, Eq)]
enum Asked {
    Whole,
    /// First byte, and the one behind the last.
    Part(usize, usize),
    Beyond,
}

/// Reads `Range`. Several parts at once, other units and whatever makes no sense get the whole.
fn range(asked: &HeaderMap, length: usize) -> Asked {
    let part = asked.get(header::RANGE).and_then(|range| range.to_str().ok()?.strip_prefix("bytes="));
    let Some((from, to)) = part.and_then(|part| part.split_once('-')) else { return Asked::Whole };
    let number = |text: &str| text.trim().parse::<usize>().ok();
    let (from, until) = match (number(from), number(to)) {
        (Some(from), None) if to.trim().is_empty() => (from, length),
        (Some(from), Some(to)) if from <= to => (from, to.saturating_add(1).min(length)),
        (None, Some(0)) if from.trim().is_empty() => return Asked::Beyond,
        (None, Some(last)) if from.trim().is_empty() => (length.saturating_sub(last), length),
        _ => return Asked::Whole,
    };
    if from >= length { Asked::Beyond } else { Asked::Part(from, until) }
}

#[cfg(test)]
#[path = "audio_tests.rs"]
mod heard;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_asked_for_by_its_bytes() {
        for (text, expected) in [
            ("bytes=0-", Asked::Part(0, 10)),
            ("bytes=0-3", Asked::Part(0, 4)),
            ("bytes=4-99", Asked::Part(4, 10)),
            ("bytes=-3", Asked::Part(7, 10)),
            ("bytes=-99", Asked::Part(0, 10)),
            ("bytes=10-", Asked::Beyond),
            ("bytes=-0", Asked::Beyond),
            ("bytes=5-2", Asked::Whole),
            ("bytes=0-1,3-4", Asked::Whole),
            ("bytes=18446744073709551615-", Asked::Beyond),
            ("bytes=x-y", Asked::Whole),
            ("pages=1-2", Asked::Whole),
            ("", Asked::Whole),
        ] {
            let asked = HeaderMap::from_iter([(header::RANGE, HeaderValue::from_static(text))]);
            assert_eq!(range(&asked, 10), expected, "{text}");
        }
        assert_eq!(range(&HeaderMap::new(), 10), Asked::Whole);
    }

    #[test]
    fn a_tag_is_known_by_itself_weakly_and_in_a_list() {
        for (list, expected) in [
            ("\"a\"", true),
            ("W/\"a\"", true),
            ("\"b\", \"a\"", true),
            ("*", true),
            ("\"b\"", false),
            ("", false),
        ] {
            assert_eq!(names(&HeaderValue::from_static(list), "\"a\""), expected, "{list}");
        }
    }
}

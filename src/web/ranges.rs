//! Parts of a sound: what a `Range` header asks for, so that a browser can jump within it.

use axum::body::Bytes;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};

/// Which bytes are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wanted {
    All,
    /// From the first to the last, both counted.
    Part(usize, usize),
    /// A part that is not there.
    Nothing,
}

/// The bytes, or the part of them that is asked for. Whoever may hear them may hear them now: nothing is cached.
pub(crate) fn answer(headers: &HeaderMap, media_type: String, bytes: Vec<u8>) -> Response {
    let asked = headers.get(header::RANGE).and_then(|range| range.to_str().ok());
    let (length, bytes) = (bytes.len(), Bytes::from(bytes));
    let always = [
        (header::CONTENT_TYPE, media_type),
        (header::CONTENT_DISPOSITION, "inline".to_owned()),
        (header::ACCEPT_RANGES, "bytes".to_owned()),
    ];
    match wanted(asked, length) {
        Wanted::All => (always, bytes).into_response(),
        Wanted::Part(first, last) => {
            let part = bytes.slice(first..=last);
            let told = [(header::CONTENT_RANGE, format!("bytes {first}-{last}/{length}"))];
            (StatusCode::PARTIAL_CONTENT, always, told, part).into_response()
        }
        Wanted::Nothing => {
            let told = [(header::CONTENT_RANGE, format!("bytes */{length}"))];
            (StatusCode::RANGE_NOT_SATISFIABLE, told).into_response()
        }
    }
}

/// RFC 9110 §14: a header that cannot be read, or that asks for several parts, is as if it were not there.
fn wanted(asked: Option<&str>, length: usize) -> Wanted {
    let Some((from, to)) = asked.and_then(|text| text.strip_prefix("bytes=")?.split_once('-')) else {
        return Wanted::All;
    };
    let end = length.saturating_sub(1);
    match (from.trim().parse::<usize>(), to.trim().parse::<usize>()) {
        (Ok(from), Ok(to)) if from > to => Wanted::All,
        (Ok(from), _) if from >= length => Wanted::Nothing,
        (Ok(from), Ok(to)) => Wanted::Part(from, to.min(end)),
        (Ok(from), Err(_)) if to.trim().is_empty() => Wanted::Part(from, end),
        (Err(_), Ok(0)) if from.trim().is_empty() => Wanted::Nothing,
        (Err(_), Ok(last)) if from.trim().is_empty() && length > 0 => {
            Wanted::Part(length.saturating_sub(last), end)
        }
        _ => Wanted::All,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_counted_as_the_standard_says() {
        for (asked, expected) in [
            (None, Wanted::All),
            (Some("bytes=0-"), Wanted::Part(0, 9)),
            (Some("bytes=0-0"), Wanted::Part(0, 0)),
            (Some("bytes=3-5"), Wanted::Part(3, 5)),
            (Some("bytes=3-99"), Wanted::Part(3, 9)),
            (Some("bytes=-4"), Wanted::Part(6, 9)),
            (Some("bytes=-99"), Wanted::Part(0, 9)),
            (Some("bytes=10-"), Wanted::Nothing),
            (Some("bytes=-0"), Wanted::Nothing),
            (Some("bytes=5-3"), Wanted::All),
            (Some("bytes=0-1,4-5"), Wanted::All),
            (Some("seconds=0-1"), Wanted::All),
            (Some("bytes=x-y"), Wanted::All),
            (Some("bytes=99999999999999999999999-"), Wanted::All),
        ] {
            assert_eq!(wanted(asked, 10), expected, "{asked:?}");
        }
        assert_eq!(wanted(Some("bytes=0-"), 0), Wanted::Nothing);
    }
}

//! `multipart/form-data` (RFC 7578), as a switch uploads a recording: every parameter as a part, and the file.
//! Strict, since only one client is meant: whatever does not have the form is refused, nothing is guessed.

use crate::hook::Malformed;

/// More parts than a switch sends with all its variables.
const MOST_PARTS: usize = 400;
/// Longest headers of one part, and longest value of one that is no file, in bytes.
const LONGEST_HEAD: usize = 1_024;
const LONGEST_VALUE: usize = 8 * 1_024;
/// Longest boundary, in characters (RFC 2046).
const LONGEST_BOUNDARY: usize = 70;

/// The body, taken apart.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Parts<'a> {
    pub fields: Vec<(&'a str, &'a str)>,
    /// Files in the order sent.
    pub files: Vec<File<'a>>,
}

/// A part with a file name.
#[derive(Debug, PartialEq, Eq)]
pub struct File<'a> {
    pub name: &'a str,
    pub file_name: &'a str,
    pub bytes: &'a [u8],
}

/// Takes a body apart by the boundary that its `Content-Type` names.
pub fn read<'a>(content_type: Option<&str>, body: &'a [u8]) -> Result<Parts<'a>, Malformed> {
    let boundary = content_type.and_then(boundary_of).ok_or(Malformed::WrongContentType)?;
    let mark = format!("\r\n--{boundary}");
    let mut rest =
        body.strip_prefix(&mark.as_bytes()[2..]).ok_or(bad("it does not begin with its boundary"))?;
    let mut parts = Parts::default();
    while let Some(part) = rest.strip_prefix(b"\r\n") {
        if parts.fields.len() + parts.files.len() == MOST_PARTS {
            return Err(Malformed::TooManyFields);
        }
        let end = find(part, mark.as_bytes()).ok_or(bad("a part is not closed"))?;
        parts.keep(&part[..end])?;
        rest = &part[end + mark.len()..];
    }
    match rest {
        b"--" | b"--\r\n" => Ok(parts),
        _ => Err(bad("it does not end with its boundary")),
    }
}

fn bad(why: &'static str) -> Malformed {
    Malformed::Bad { field: "multipart body", why }
}

/// The boundary parameter, where it is one.
fn boundary_of(content_type: &str) -> Option<&str> {
    let mut parts = content_type.split(';').map(str::trim);
    let multipart = parts.next().is_some_and(|kind| kind.eq_ignore_ascii_case("multipart/form-data"));
    let named = parts.find_map(|part| {
        let (name, value) = part.split_once('=')?;
        name.trim().eq_ignore_ascii_case("boundary").then(|| value.trim().trim_matches('"'))
    });
    let known = |byte: u8| byte.is_ascii_alphanumeric() || b"'()+_,-./:=?".contains(&byte);
    named.filter(|text| {
        multipart && !text.is_empty() && text.len() <= LONGEST_BOUNDARY && text.bytes().all(known)
    })
}

impl<'a> Parts<'a> {
    fn keep(&mut self, part: &'a [u8]) -> Result<(), Malformed> {
        // Headers, an empty line, the content. A part without headers would begin with the empty line.
        let end = find(part, b"\r\n\r\n").ok_or(bad("a part has no headers"))?;
        if end > LONGEST_HEAD {
            return Err(bad("the headers of a part are too long"));
        }
        let head = std::str::from_utf8(&part[..end]).map_err(|_| Malformed::NotUtf8)?;
        let content = &part[end + 4..];
        let (name, file_name) = disposition(head).ok_or(bad("a part has no name"))?;
        match file_name {
            Some(file_name) => self.files.push(File { name, file_name, bytes: content }),
            None if content.len() > LONGEST_VALUE => return Err(bad("a value is longer than 8 KiB")),
            None => {
                let value = std::str::from_utf8(content).map_err(|_| Malformed::NotUtf8)?;
                self.fields.push((name, value));
            }
        }
        Ok(())
    }
}

/// Name and file name out of `Content-Disposition: form-data; name="…"; filename="…"`.
fn disposition(head: &str) -> Option<(&str, Option<&str>)> {
    let line = head.split("\r\n").find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("content-disposition").then(|| value.trim())
    })?;
    let mut rest = line.strip_prefix("form-data")?;
    let (mut name, mut file_name) = (None, None);
    while !rest.is_empty() {
        let (key, value) = rest.strip_prefix(';')?.trim_start().split_once("=\"")?;
        // A quote within a name is sent as %22 or \": neither is one that we asked for.
        let (value, after) = value.split_once('"')?;
        match key {
            "name" => name = Some(value),
            "filename" => file_name = Some(value),
            _ => {}
        }
        rest = after;
    }
    Some((name?, file_name))
}

/// Where `needle` begins; it starts with a carriage return, which sound rarely holds.
fn find(hay: &[u8], needle: &[u8]) -> Option<usize> {
    let mut from = 0;
    while let Some(at) = hay[from..].iter().position(|byte| *byte == needle[0]) {
        if hay[from + at..].starts_with(needle) {
            return Some(from + at);
        }
        from += at + 1;
    }
    None
}

#[cfg(test)]
mod tests;

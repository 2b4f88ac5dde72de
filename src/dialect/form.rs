//! Fields of a form or query, decoded once: both the signature and the event are read from here.

use std::borrow::Cow;

use crate::hook::Malformed;

/// Decoded name and value pairs in the order they were sent.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Form<'a> {
    pairs: Vec<(Cow<'a, str>, Cow<'a, str>)>,
}

impl<'a> Form<'a> {
    /// More fields than any provider sends (about 40; a switch with all its variables 220); a thousand are an
    /// attack or a mistake.
    pub const MOST_FIELDS: usize = 400;

    /// Decodes `application/x-www-form-urlencoded` text. Strict where lenience would change what was
    /// signed: text that is not UTF-8 is refused, not replaced.
    pub fn parse(bytes: &'a [u8]) -> Result<Self, Malformed> {
        let text = std::str::from_utf8(bytes).map_err(|_| Malformed::NotUtf8)?;
        let mut pairs = Vec::with_capacity(32);
        for part in text.split('&').filter(|part| !part.is_empty()) {
            if pairs.len() == Self::MOST_FIELDS {
                return Err(Malformed::TooManyFields);
            }
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            pairs.push((decode(name)?, decode(value)?));
        }
        Ok(Self { pairs })
    }

    /// A form made from values, to be signed or sent.
    pub fn from_pairs(
        pairs: impl IntoIterator<Item = (impl Into<Cow<'a, str>>, impl Into<Cow<'a, str>>)>,
    ) -> Self {
        Self { pairs: pairs.into_iter().map(|(name, value)| (name.into(), value.into())).collect() }
    }

    /// The first value of that name.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.pairs.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_ref())
    }

    /// Every value of that name.
    pub fn all<'s>(&'s self, name: &'s str) -> impl Iterator<Item = &'s str> {
        self.pairs.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_ref())
    }

    /// All pairs, in the order sent.
    pub fn pairs(&self) -> &[(Cow<'a, str>, Cow<'a, str>)] {
        &self.pairs
    }

    /// The same form as body or query text.
    pub fn encode(&self) -> String {
        let mut text = String::with_capacity(self.pairs.len() * 24);
        for (name, value) in &self.pairs {
            if !text.is_empty() {
                text.push('&');
            }
            text.extend(percent_encoding::utf8_percent_encode(name, percent_encoding::NON_ALPHANUMERIC));
            text.push('=');
            text.extend(percent_encoding::utf8_percent_encode(value, percent_encoding::NON_ALPHANUMERIC));
        }
        text
    }
}

fn decode(text: &str) -> Result<Cow<'_, str>, Malformed> {
    if !text.bytes().any(|byte| byte == b'%' || byte == b'+') {
        return Ok(Cow::Borrowed(text));
    }
    let spaced = text.replace('+', " ");
    let decoded =
        percent_encoding::percent_decode_str(&spaced).decode_utf8().map_err(|_| Malformed::NotUtf8)?;
    Ok(Cow::Owned(decoded.into_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn decodes_plus_percent_and_empty_values() {
        let form = Form::parse(b"From=%2B4512345678&City=Nyk%C3%B8bing+F&Digits=&Lone&&Digits=1").unwrap();
        assert_eq!(form.get("From"), Some("+4512345678"));
        assert_eq!(form.get("City"), Some("Nykøbing F"));
        assert_eq!(form.all("Digits").collect::<Vec<_>>(), ["", "1"]);
        assert_eq!(form.get("Lone"), Some(""));
        assert_eq!(form.get("Gone"), None);
    }

    #[test]
    fn what_is_not_text_is_refused() {
        for bad in [&b"a=\xff"[..], b"a=%FF", b"%C3=1"] {
            assert_eq!(Form::parse(bad), Err(Malformed::NotUtf8));
        }
        let many = "a=1&".repeat(Form::MOST_FIELDS + 1);
        assert_eq!(Form::parse(many.as_bytes()), Err(Malformed::TooManyFields));
    }

    #[test]
    fn double_encoding_is_decoded_once_only() {
        assert_eq!(Form::parse(b"a=%2531").unwrap().get("a"), Some("%31"));
    }

    proptest! {
        #[test]
        fn encoding_and_decoding_are_inverse(pairs in prop::collection::vec((".{1,12}", ".{0,24}"), 0..20)) {
            let form = Form::from_pairs(pairs);
            let text = form.encode();
            prop_assert_eq!(Form::parse(text.as_bytes()).unwrap(), form);
        }

        #[test]
        fn any_bytes_are_answered_without_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            let _ = Form::parse(&bytes);
        }
    }
}

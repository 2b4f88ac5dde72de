//! Languages by BCP 47 tag, as `zh-CN`, `en`, `da`.

use serde::{Deserialize, Serialize};

/// A language tag in the spelling of the script that names it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Language(String);

/// A text that is no language tag.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("\"{0}\" is not a language tag; write it as zh-CN, en or da")]
pub struct NotALanguage(String);

impl Language {
    /// Accepts subtags of 2 to 8 letters or digits joined by `-`.
    pub fn parse(text: &str) -> Result<Self, NotALanguage> {
        let fine = !text.is_empty()
            && text
                .split('-')
                .all(|part| (2..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric()));
        if fine { Ok(Self(text.to_owned())) } else { Err(NotALanguage(text.to_owned())) }
    }

    /// The tag.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The part before the first `-`: `zh` of `zh-CN`.
    pub fn primary(&self) -> &str {
        self.0.split('-').next().unwrap_or(&self.0)
    }
}

impl TryFrom<String> for Language {
    type Error = NotALanguage;
    fn try_from(text: String) -> Result<Self, NotALanguage> {
        Self::parse(&text)
    }
}

impl From<Language> for String {
    fn from(language: Language) -> Self {
        language.0
    }
}

impl std::fmt::Display for Language {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_checked() {
        assert_eq!(Language::parse("zh-CN").unwrap().primary(), "zh");
        for bad in ["", "z", "zh_CN", "zh-", "en us"] {
            assert!(Language::parse(bad).is_err(), "{bad}");
        }
    }
}

//! How a call ended, in one key: the wrap-up codes (`config/wrap_up.toml`).

use domain::directory::Names;
use domain::{DataFile, Fault, RequestType};
use serde::Deserialize;
use toml::Spanned;

/// One wrap-up code.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WrapUpCode {
    pub code: String,
    pub names: Names,
    /// The key that chooses it, one letter or digit.
    pub key: char,
    /// Whether a case was made: such a code is not offered for finishing without one.
    #[serde(default)]
    pub makes_case: bool,
    /// The request type it stands for, where it stands for one.
    #[serde(default)]
    pub request_type: Option<RequestType>,
}

/// The codes, in the order of the list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WrapUpCodes(Vec<WrapUpCode>);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    code: Vec<Spanned<WrapUpCode>>,
}

impl WrapUpCodes {
    /// More than these nobody finds in a second.
    pub const MOST: usize = 12;

    /// Reads the codes.
    pub fn parse(text: &str, file: &str) -> Result<Self, Fault> {
        let source = DataFile::new(text, file);
        let entries: File = source.read()?;
        let mut codes: Vec<WrapUpCode> = Vec::new();
        for entry in entries.code {
            let at = entry.span().start;
            let code = entry.into_inner();
            let clash =
                |other: &WrapUpCode| other.code == code.code || other.key.eq_ignore_ascii_case(&code.key);
            if codes.iter().any(clash) {
                let what = format!("wrap-up code {} takes a code or key that is taken", code.code);
                return Err(source.fault(at, what, "give each its own code and its own key"));
            }
            if codes.len() == Self::MOST {
                let what = format!("more than {} wrap-up codes", Self::MOST);
                return Err(source.fault(
                    at,
                    what,
                    "join the rarest under one code; the list must be read in a second",
                ));
            }
            codes.push(code);
        }
        Ok(Self(codes))
    }

    /// Every code in order.
    pub fn all(&self) -> &[WrapUpCode] {
        &self.0
    }

    /// The code with this name.
    pub fn get(&self, code: &str) -> Option<&WrapUpCode> {
        self.0.iter().find(|known| known.code == code)
    }
}

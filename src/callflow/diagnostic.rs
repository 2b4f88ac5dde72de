//! A fault found in a script: where it stands, what is wrong, and what to do about it.

use serde::Serialize;

/// One finding of the checker.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Diagnostic {
    /// Path as given in the sources.
    pub file: String,
    /// Line, 1 is the first.
    pub line: u32,
    /// Stable code, as `unknown-target`.
    pub code: &'static str,
    pub message: String,
    pub remedy: String,
}

impl std::fmt::Display for Diagnostic {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { file, line, code, message, remedy } = self;
        write!(out, "{file}:{line}: {code}: {message} — {remedy}")
    }
}

/// Gathers the findings of one file.
#[derive(Debug)]
pub(crate) struct Findings {
    pub(crate) file: String,
    pub(crate) list: Vec<Diagnostic>,
}

impl Findings {
    /// For the file of that path.
    pub(crate) fn of(file: &str) -> Self {
        Self { file: file.to_owned(), list: Vec::new() }
    }

    /// Adds one finding.
    pub(crate) fn add(
        &mut self,
        line: u32,
        code: &'static str,
        message: impl Into<String>,
        remedy: impl Into<String>,
    ) {
        let (message, remedy) = (message.into(), remedy.into());
        self.list.push(Diagnostic { file: self.file.clone(), line, code, message, remedy });
    }
}

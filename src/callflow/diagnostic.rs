//! A fault found in a script: where it stands, what is wrong, and what to do about it.

use serde::Serialize;

/// Whether a script with this finding may be used.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// The script is refused.
    #[default]
    Fault,
    /// The script is used; somebody should look at it.
    Warning,
}

/// One finding of the checker.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Diagnostic {
    /// Path as given in the sources.
    pub file: String,
    /// Line, 1 is the first.
    pub line: u32,
    /// Stable code, as `unknown-target`; one of [`crate::check::CODES`].
    pub code: &'static str,
    pub message: String,
    pub remedy: String,
    pub severity: Severity,
}

impl Diagnostic {
    /// Whether the script must be refused for it.
    pub fn is_fault(&self) -> bool {
        self.severity == Severity::Fault
    }

    /// The page that explains it, with its anchor, from the root of the repository.
    pub fn page(&self) -> String {
        format!("docs/script-checks.md#{}", self.code)
    }
}

impl std::fmt::Display for Diagnostic {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { file, line, code, message, remedy, severity } = self;
        let mark = if *severity == Severity::Warning { " (a warning)" } else { "" };
        write!(out, "{file}:{line}: {code}: {message} — {remedy}{mark}")
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

    /// Adds one fault.
    pub(crate) fn add(
        &mut self,
        line: u32,
        code: &'static str,
        message: impl Into<String>,
        remedy: impl Into<String>,
    ) {
        let (message, remedy) = (message.into(), remedy.into());
        let (file, severity) = (self.file.clone(), Severity::Fault);
        self.list.push(Diagnostic { file, line, code, message, remedy, severity });
    }
}

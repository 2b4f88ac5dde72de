//! What is wrong in a data file, said so that the person who wrote it can mend it: file, line, fault, remedy.
//! The rooms parse texts; whoever owns the disk reads the files.

use serde::de::DeserializeOwned;

/// A fault in a file of `config/`.
#[derive(Debug, Clone, thiserror::Error, PartialEq, Eq)]
#[error("{file}:{line}: {what}; {remedy}")]
pub struct Fault {
    /// The file as it was named to the parser.
    pub file: String,
    /// Line, counted from 1.
    pub line: usize,
    /// What is wrong.
    pub what: String,
    /// What to do about it.
    pub remedy: String,
}

/// A text with its file name, to read and to complain about.
#[derive(Debug, Clone, Copy)]
pub struct DataFile<'a> {
    /// The whole text.
    pub text: &'a str,
    /// The name shown in faults.
    pub file: &'a str,
}

impl<'a> DataFile<'a> {
    /// Names a text.
    pub fn new(text: &'a str, file: &'a str) -> Self {
        Self { text, file }
    }

    /// Reads the TOML into `T`; the fault names the line that does not fit.
    pub fn read<T: DeserializeOwned>(self) -> Result<T, Fault> {
        toml::from_str(self.text).map_err(|error| {
            let offset = error.span().map_or(0, |span| span.start);
            let what = error.message().trim().replace('\n', ", ");
            self.fault(
                offset,
                what,
                "correct this line; the file of the same name that ships with the program shows how",
            )
        })
    }

    /// A fault at a byte offset of the text.
    pub fn fault(self, offset: usize, what: impl Into<String>, remedy: impl Into<String>) -> Fault {
        Fault {
            file: self.file.to_owned(),
            line: self.line_at(offset),
            what: what.into(),
            remedy: remedy.into(),
        }
    }

    /// The line of a byte offset, counted from 1.
    pub fn line_at(self, offset: usize) -> usize {
        self.text.bytes().take(offset).filter(|byte| *byte == b'\n').count() + 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    struct One {
        #[expect(dead_code, reason = "only parsed")]
        count: u32,
    }

    #[test]
    fn a_fault_names_file_and_line() {
        let wrong = [("\n\ncount = \"x\"\n", 3), ("count = 1\ncuont = 2\n", 2), ("count = = 1", 1)];
        for (text, line) in wrong {
            let fault = DataFile::new(text, "config/one.toml").read::<One>().unwrap_err();
            assert_eq!((fault.line, fault.file.as_str()), (line, "config/one.toml"), "{fault}");
            assert!(fault.to_string().starts_with("config/one.toml:"));
        }
    }
}

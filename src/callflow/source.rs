//! The files of one script as they were read, and where in them something stands.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// Everything that makes up one line's script. Reading the disk is the caller's business.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sources {
    /// `script.toml` and every `prompts/<language>.ftl`; other files are ignored.
    pub files: Vec<SourceFile>,
    /// Recorded prompts and music below `audio/`.
    pub audio: Vec<AudioFile>,
}

/// A recorded file: what it is called, what it sounds like.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AudioFile {
    /// Below `audio/`, as `zh-CN/welcome.wav`.
    pub name: String,
    /// Names the sound, so that a script with another recording is another version.
    pub fingerprint: String,
    /// The file. Not written down with the texts; without it the text is spoken instead.
    #[serde(skip)]
    pub bytes: Arc<[u8]>,
}

impl AudioFile {
    /// Whether the file was found to hold nothing; where only its name is at hand, it did hold something.
    pub(crate) fn is_empty(&self) -> bool {
        self.bytes.is_empty() && self.fingerprint == format!("{FNV:016x}")
    }

    /// A file of that name below `audio/`.
    pub fn new(name: impl Into<String>, bytes: impl Into<Arc<[u8]>>) -> Self {
        let bytes = bytes.into();
        let fingerprint = format!("{:016x}", fnv(FNV, &bytes));
        Self { name: name.into(), fingerprint, bytes }
    }
}

/// One file: the path as a person would name it, and its text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceFile {
    pub path: String,
    pub text: String,
}

impl SourceFile {
    /// A file of that path and text.
    pub fn new(path: impl Into<String>, text: impl Into<String>) -> Self {
        Self { path: path.into(), text: text.into() }
    }

    /// Language of a prompt file: `en` of `…/prompts/en.ftl`.
    pub(crate) fn prompt_language(&self) -> Option<&str> {
        let (folder, name) = self.path.rsplit_once('/')?;
        folder.ends_with("prompts").then(|| name.strip_suffix(".ftl"))?
    }
}

impl Sources {
    /// The `script.toml` among the files.
    pub(crate) fn script(&self) -> Option<&SourceFile> {
        self.files.iter().find(|file| file.path.rsplit('/').next() == Some("script.toml"))
    }

    /// The prompt files with their languages.
    pub(crate) fn prompts(&self) -> impl Iterator<Item = (&str, &SourceFile)> {
        self.files.iter().filter_map(|file| Some((file.prompt_language()?, file)))
    }

    /// Names one content: the same for the same text wherever the folder lies. FNV-1a, 64 bits, is enough
    /// to tell versions of one script apart; nobody gains by making two collide.
    pub fn version(&self) -> String {
        let mut named: Vec<(String, &str)> = Vec::new();
        named.extend(self.script().map(|file| ("script".to_owned(), file.text.as_str())));
        named.extend(self.prompts().map(|(language, file)| (language.to_owned(), file.text.as_str())));
        named.extend(self.audio.iter().map(|file| (file.name.clone(), file.fingerprint.as_str())));
        named.sort();
        let parts = named.iter().flat_map(|(name, text)| [name.as_bytes(), &[0], text.as_bytes(), &[0]]);
        format!("{:016x}", parts.fold(FNV, fnv))
    }
}

/// What FNV-1a begins with.
const FNV: u64 = 0xcbf2_9ce4_8422_2325;

fn fnv(hash: u64, bytes: &[u8]) -> u64 {
    bytes.iter().fold(hash, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

/// Where the lines of a text begin, so that many places in it are named quickly.
#[derive(Debug)]
pub(crate) struct Lines {
    /// Bytes at which the second and later lines begin.
    starts: Vec<usize>,
}

impl Lines {
    pub(crate) fn of(text: &str) -> Self {
        let ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        Self { starts: ends.map(|(at, _)| at + 1).collect() }
    }

    /// Line (1 is the first) of the byte at `offset`.
    pub(crate) fn at(&self, offset: usize) -> u32 {
        let before = self.starts.partition_point(|start| *start <= offset);
        u32::try_from(before).unwrap_or(u32::MAX).saturating_add(1)
    }
}

/// Line (1 is the first) of the byte at `offset`.
pub(crate) fn line_at(text: &str, offset: usize) -> u32 {
    let before = text.as_bytes().get(..offset).unwrap_or(text.as_bytes());
    let before = before.iter().filter(|byte| **byte == b'\n').count();
    u32::try_from(before).unwrap_or(u32::MAX).saturating_add(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_follows_the_content_and_not_the_folder() {
        let at = |folder: &str, text: &str| Sources {
            files: vec![SourceFile::new(format!("{folder}/script.toml"), text)],
            audio: vec![],
        };
        assert_eq!(at("a", "x").version(), at("b/c", "x").version());
        assert_ne!(at("a", "x").version(), at("a", "y").version());
    }

    #[test]
    fn another_recording_is_another_version_and_the_sound_is_not_written_down() {
        let with = |bytes: &'static [u8]| Sources {
            files: vec![SourceFile::new("a/script.toml", "x")],
            audio: vec![AudioFile::new("da/hej.wav", bytes)],
        };
        assert_ne!(with(b"RIFF1").version(), with(b"RIFF2").version());
        let written = serde_json::to_string(&with(b"RIFF1")).unwrap();
        let read: Sources = serde_json::from_str(&written).unwrap();
        assert_eq!((read.version(), read.audio[0].bytes.len()), (with(b"RIFF1").version(), 0));
    }

    #[test]
    fn lines_are_counted_from_one() {
        assert_eq!((line_at("a\nb", 0), line_at("a\nb", 2), line_at("", 9)), (1, 2, 1));
        for text in ["", "a\nb", "\n\n", "a\r\nb\n"] {
            let lines = Lines::of(text);
            for offset in 0..=text.len() + 1 {
                assert_eq!(lines.at(offset), line_at(text, offset), "{text:?} at {offset}");
            }
        }
    }
}

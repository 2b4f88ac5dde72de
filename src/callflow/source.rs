//! The text files of one script as they were read, and where in them something stands.

/// Everything that makes up one line's script. Reading the disk is the caller's business.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sources {
    /// `script.toml` and every `prompts/<language>.ftl`; other files are ignored.
    pub files: Vec<SourceFile>,
    /// Names of recorded prompts below `audio/`, as `zh-CN/welcome.wav`.
    pub audio: Vec<String>,
}

/// One file: the path as a person would name it, and its text.
#[derive(Debug, Clone, PartialEq, Eq)]
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
    pub(crate) fn version(&self) -> String {
        let mut named: Vec<(String, &str)> = Vec::new();
        named.extend(self.script().map(|file| ("script".to_owned(), file.text.as_str())));
        named.extend(self.prompts().map(|(language, file)| (language.to_owned(), file.text.as_str())));
        named.extend(self.audio.iter().map(|name| (name.clone(), "")));
        named.sort();
        let bytes =
            named.iter().flat_map(|(name, text)| name.bytes().chain([0]).chain(text.bytes()).chain([0]));
        let hash = bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        format!("{hash:016x}")
    }
}

/// Line (1 is the first) of the byte at `offset`.
pub(crate) fn line_at(text: &str, offset: usize) -> u32 {
    let before = text.as_bytes().iter().take(offset).filter(|byte| **byte == b'\n').count();
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
    fn lines_are_counted_from_one() {
        assert_eq!((line_at("a\nb", 0), line_at("a\nb", 2), line_at("", 9)), (1, 2, 1));
    }
}

//! The letters as they are shipped.

use complaints::letters::LetterTexts;

macro_rules! letter {
    ($name:literal) => {
        (include_str!(concat!("../../../config/letters/", $name)).to_owned(), $name.to_owned())
    };
}

/// In every language.
pub(super) fn letters() -> LetterTexts {
    let files = [letter!("zh-CN.toml"), letter!("en.toml"), letter!("da.toml")];
    super::must(LetterTexts::parse(&files))
}

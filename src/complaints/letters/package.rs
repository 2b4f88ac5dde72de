//! What the authority gets of a case besides its points: why it is forwarded, whether there was a dialogue, what both sides
//! said, the files that come along and those that follow.

use domain::Timestamp;

use super::{Piece, list, texts};
use crate::dialogue::ForwardReason;
use crate::firewall::Screen;
use crate::investigation::Side;

/// What somebody said, in a letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LetterStatement {
    pub side: Side,
    /// The day, written out.
    pub day: String,
    pub words: String,
}

/// A file in a letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enclosed {
    /// What it is called in the mail: says nothing about anybody.
    pub called: String,
    /// What its giver called it.
    pub name: String,
}

/// The particulars of a package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LetterPackage {
    pub reason: ForwardReason,
    /// The day of the dialogue, written out; none: there was none.
    pub held: Option<String>,
    /// Only where the complainant wants them to be part of the case.
    pub minutes: Option<String>,
    pub statements: Vec<LetterStatement>,
    /// Files that come along.
    pub enclosed: Vec<Enclosed>,
    /// Files that are sent by another way.
    pub separately: Vec<Enclosed>,
}

impl LetterPackage {
    /// What of it may reach whom the screen is for.
    pub(super) fn behind(self, screen: &Screen) -> Self {
        let files = |files: Vec<Enclosed>| {
            let name = |file: Enclosed| Enclosed { name: screen.text(&file.name), ..file };
            files.into_iter().filter(|_| screen.sight().files).map(name).collect()
        };
        let statement = |one: LetterStatement| LetterStatement { words: screen.text(&one.words), ..one };
        Self {
            minutes: self.minutes.map(|minutes| screen.text(&minutes)),
            statements: self.statements.into_iter().map(statement).collect(),
            enclosed: files(self.enclosed),
            separately: files(self.separately),
            ..self
        }
    }

    pub(super) fn reason<'a>(&self, tongue: &'a texts::Tongue) -> &'a str {
        tongue.words.forward.get(&self.reason).map_or("", String::as_str)
    }

    /// The paragraph that a block stands for; none: it is no block of a package.
    pub(super) fn piece(&self, block: &str, tongue: &texts::Tongue) -> Option<Option<Piece>> {
        let files =
            |files: &[Enclosed]| list(files.iter().map(|file| format!("{}: {}", file.called, file.name)));
        let said = |one: &LetterStatement| {
            let side = tongue.words.side.get(&one.side).map_or("", String::as_str);
            format!("{side}, {}: {}", one.day, one.words)
        };
        Some(match block {
            "{no_dialogue}" => self.held.is_none().then(|| Piece::Text(tongue.words.no_dialogue.clone())),
            "{minutes}" => self.minutes.clone().map(Piece::Quote),
            "{statements}" => list(self.statements.iter().map(said)),
            "{enclosed}" => files(&self.enclosed),
            "{separately}" => files(&self.separately),
            _ => return None,
        })
    }
}

/// Which files fit into a mail: those that come first, as long as together they are no longer than `most_bytes`. The
/// others are sent by another way. One that is too long does not keep shorter ones behind it out.
pub fn fitting(files: &[(Timestamp, u64)], most_bytes: u64) -> Vec<bool> {
    let mut order: Vec<usize> = (0..files.len()).collect();
    order.sort_by_key(|place| files[*place].0);
    let (mut left, mut fits) = (most_bytes, vec![false; files.len()]);
    for place in order {
        if let Some(rest) = left.checked_sub(files[place].1) {
            (left, fits[place]) = (rest, true);
        }
    }
    fits
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_fits_comes_along_and_the_rest_follows() {
        let files = [(Timestamp(3), 40), (Timestamp(1), 50), (Timestamp(2), 90), (Timestamp(4), 10)];
        assert_eq!(fitting(&files, 100), [true, true, false, true]);
        assert_eq!(fitting(&files, 0), [false; 4]);
        assert_eq!(fitting(&files, u64::MAX), [true; 4]);
        assert_eq!(fitting(&[], 100), Vec::<bool>::new());
    }
}

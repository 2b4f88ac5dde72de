//! Taking out of a text whatever tells who the complainant is. Known names and numbers are found in the spellings that
//! people use; beyond them every number that looks like a telephone or personal number, and every e-mail address.
//!
//! A text can still give somebody away by what it tells. That is for the agent to see, who reads the text before it
//! leaves.

use crate::firewall::Identity;

/// Digits that follow each other, from which on a number may be somebody's.
const LONG_NUMBER: usize = 7;
/// Digits at the end of a known number that suffice to know it again.
const KNOWN_TAIL: usize = 6;
/// What Chinese speakers put behind a surname.
const TITLES: [&str; 12] =
    ["先生", "女士", "小姐", "太太", "大爷", "大妈", "阿姨", "叔叔", "同志", "某某", "某", "老师"];
/// What stands before a surname among people who know each other.
const FAMILIAR: [char; 3] = ['小', '老', '阿'];

/// Scrubs texts of one case.
#[derive(Debug, Clone)]
pub struct Scrubber {
    /// What is looked for, lower case, longest first.
    wanted: Vec<Vec<char>>,
    tails: Vec<String>,
    mark: String,
}

impl Scrubber {
    /// Looks for the spellings of `identity`; `mark` stands where something was.
    pub fn new(identity: &Identity, mark: &str) -> Self {
        let mut wanted: Vec<Vec<char>> = identity.names.iter().flat_map(|name| spellings(name)).collect();
        wanted.sort_by_key(|spelling| std::cmp::Reverse(spelling.len()));
        wanted.dedup();
        let tails =
            identity.numbers.iter().map(|number| digits_of(number)).filter(|digits| digits.len() >= 4);
        let tails =
            tails.map(|digits| digits[digits.len().saturating_sub(KNOWN_TAIL)..].to_owned()).collect();
        Self { wanted, tails, mark: mark.to_owned() }
    }

    /// The text without them.
    pub fn scrub(&self, text: &str) -> String {
        let chars: Vec<char> = text.chars().collect();
        let mut hidden = vec![false; chars.len()];
        self.hide_names(&chars, &mut hidden);
        self.hide_numbers(&chars, &mut hidden);
        hide_addresses(&chars, &mut hidden);
        let mut scrubbed = String::with_capacity(text.len());
        for (place, letter) in chars.iter().enumerate() {
            match hidden[place] {
                false => scrubbed.push(*letter),
                true if place == 0 || !hidden[place - 1] => scrubbed.push_str(&self.mark),
                true => {}
            }
        }
        scrubbed
    }

    fn hide_names(&self, chars: &[char], hidden: &mut [bool]) {
        let lower: Vec<char> = chars.iter().map(|letter| fold(*letter)).collect();
        for spelling in &self.wanted {
            let Some(last) = lower.len().checked_sub(spelling.len()) else { continue };
            for start in 0..=last {
                let end = start + spelling.len();
                if lower[start..end] == spelling[..] && stands_alone(&lower, start, end) {
                    hidden[start..end].fill(true);
                }
            }
        }
    }

    fn hide_numbers(&self, chars: &[char], hidden: &mut [bool]) {
        let mut start = 0;
        while start < chars.len() {
            let (digits, end) = number_at(chars, start);
            if end == start {
                start += 1;
                continue;
            }
            let known = self.tails.iter().any(|tail| digits.contains(tail.as_str()));
            if known || (digits.len() >= LONG_NUMBER && !is_date(&chars[start..end])) {
                // The check letter of a personal number belongs to it.
                let check =
                    usize::from(digits.len() == 17 && chars.get(end).is_some_and(|x| "xX".contains(*x)));
                let plus = usize::from(start > 0 && chars[start - 1] == '+');
                hidden[start - plus..end + check].fill(true);
            }
            start = end;
        }
    }
}

/// The ways in which a name is written and spoken of: whole, without spaces, each part of it; of a Chinese name also
/// the given name, and the surname with a title.
fn spellings(name: &str) -> Vec<Vec<char>> {
    let whole: Vec<char> = name.trim().chars().map(fold).collect();
    let joined: Vec<char> = whole.iter().copied().filter(|letter| !letter.is_whitespace()).collect();
    let mut found = vec![whole];
    if !joined.is_empty() && joined.iter().all(|letter| is_han(*letter)) {
        found.extend(chinese(&joined));
    } else {
        let parts = name.split([' ', '-', '.', ',']).filter(|part| part.chars().count() > 1);
        found.extend(parts.map(|part| part.chars().map(fold).collect()));
    }
    found.push(joined);
    found.retain(|spelling| !spelling.is_empty());
    found
}

fn chinese(name: &[char]) -> Vec<Vec<char>> {
    // Two-letter surnames exist (欧阳); both readings are looked for.
    let surnames = [1, 2].into_iter().filter(|length| name.len() > *length).map(|length| &name[..length]);
    let mut found = Vec::new();
    for surname in surnames {
        let titled = TITLES.iter().map(|title| surname.iter().copied().chain(title.chars()).collect());
        found.extend(titled);
        found.extend(
            FAMILIAR.iter().map(|before| std::iter::once(*before).chain(surname.iter().copied()).collect()),
        );
    }
    if name.len() > 2 {
        found.push(name[1..].to_vec());
    }
    found
}

/// Letters of alphabets must not go on before or behind; Chinese has no spaces between words.
fn stands_alone(chars: &[char], start: usize, end: usize) -> bool {
    let han = chars[start..end].iter().any(|letter| is_han(*letter));
    let letter = |place: Option<usize>| {
        place
            .and_then(|place| chars.get(place))
            .is_some_and(|letter| letter.is_alphabetic() && !is_han(*letter))
    };
    // "Hansens" is Hansen's.
    let genitive = chars.get(end) == Some(&'s') && !letter(Some(end + 1));
    han || (!letter(start.checked_sub(1)) && (!letter(Some(end)) || genitive))
}

fn is_han(letter: char) -> bool {
    matches!(letter, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}')
}

/// Full width and capital letters are the same letters.
fn fold(letter: char) -> char {
    let narrow = match letter {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(letter) - 0xfee0).unwrap_or(letter),
        '\u{3000}' => ' ',
        other => other,
    };
    narrow.to_lowercase().next().unwrap_or(narrow)
}

/// The digit a letter stands for, as figures, full width, or spoken in Chinese.
fn digit(letter: char) -> Option<char> {
    match fold(letter) {
        figure @ '0'..='9' => Some(figure),
        '零' | '〇' | '洞' => Some('0'),
        '一' | '幺' => Some('1'),
        '二' | '两' => Some('2'),
        '三' => Some('3'),
        '四' => Some('4'),
        '五' => Some('5'),
        '六' => Some('6'),
        '七' | '拐' => Some('7'),
        '八' => Some('8'),
        '九' | '勾' => Some('9'),
        _ => None,
    }
}

fn digits_of(text: &str) -> String {
    text.chars().filter_map(digit).collect()
}

/// The number that begins at `start`: its digits, and where it ends. Single separators may stand between digits.
fn number_at(chars: &[char], start: usize) -> (String, usize) {
    let mut digits = String::new();
    let mut end = start;
    let mut place = start;
    while place < chars.len() {
        if let Some(found) = digit(chars[place]) {
            digits.push(found);
            place += 1;
            end = place;
        } else if !digits.is_empty() && place - end < 2 && " -.()/\u{a0}\u{2013}－　".contains(chars[place])
        {
            place += 1;
        } else {
            break;
        }
    }
    (digits, end)
}

/// Whether digits are written as a day: `2026-11-22`, `22.11.2026`, `2026/11/22`.
fn is_date(written: &[char]) -> bool {
    let text: String = written.iter().map(|letter| fold(*letter)).collect();
    let parts: Vec<&str> = text.split(['-', '.', '/']).collect();
    let number = |part: &str, range: std::ops::RangeInclusive<u32>| {
        part.bytes().all(|byte| byte.is_ascii_digit())
            && part.parse().is_ok_and(|number| range.contains(&number))
    };
    match parts.as_slice() {
        [year, month, day] | [day, month, year] if year.len() == 4 && day.len() <= 2 => {
            number(year, 1900..=2199) && number(month, 1..=12) && number(day, 1..=31)
        }
        _ => false,
    }
}

fn hide_addresses(chars: &[char], hidden: &mut [bool]) {
    let part = |letter: &char| letter.is_ascii_alphanumeric() || "._%+-".contains(*letter);
    for at in (0..chars.len()).filter(|place| chars[*place] == '@') {
        let before = chars[..at].iter().rev().take_while(|letter| part(letter)).count();
        let behind = chars[at + 1..].iter().take_while(|letter| part(letter)).count();
        if before > 0 && behind > 2 {
            hidden[at - before..=at + behind].fill(true);
        }
    }
}

#[cfg(test)]
#[path = "scrub_tests.rs"]
mod tests;

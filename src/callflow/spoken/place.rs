//! Addresses: the runs of digits in them, and the abbreviations that Danish addresses are written with.

/// `text` with each run of digits said by `say`, which is also told what stands behind the run.
pub(super) fn with_numbers(text: &str, say: impl Fn(&str, &str) -> String) -> String {
    let mut said = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(|c: char| c.is_ascii_digit()) {
        let (before, from) = rest.split_at(at);
        let end = from.find(|c: char| !c.is_ascii_digit()).unwrap_or(from.len());
        let (digits, after) = from.split_at(end);
        said.push_str(before);
        said.push_str(&say(digits, after));
        // "12B" is twelve B: a letter right behind Latin words would be read as part of them.
        if !said.is_empty() && said.ends_with(|c: char| c.is_alphabetic() && c < '\u{2e80}') {
            said.push_str(if after.starts_with(|c: char| c.is_alphabetic() && c < '\u{2e80}') {
                " "
            } else {
                ""
            });
        }
        rest = after;
    }
    said.push_str(rest);
    said
}

/// A Danish address: `Algade 15, 2. tv., 4000 Roskilde`. A number with a full stop before a side or the word `sal` is
/// a floor; a floor without the word gets it.
pub(super) fn danish(text: &str, number: impl Fn(&str) -> String, floor: impl Fn(u32) -> String) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let mut said: Vec<String> = Vec::with_capacity(words.len());
    for (at, word) in words.iter().enumerate() {
        let next = words.get(at + 1).copied().unwrap_or_default();
        let bare = word.trim_end_matches(',');
        let comma = if bare.len() < word.len() { "," } else { "" };
        let storey = bare.strip_suffix('.').and_then(|digits| digits.parse().ok());
        let is_last = !comma.is_empty() || next.is_empty();
        let spoken = match (storey, side(bare)) {
            (Some(storey), _) if next.starts_with("sal") => floor(storey),
            (Some(storey), _) if is_last || side(next.trim_end_matches(',')).is_some() => {
                format!("{} sal", floor(storey))
            }
            (None, Some(side)) if at > 0 => side.to_owned(),
            (None, None) if bare == "st." && (is_last || side(next.trim_end_matches(',')).is_some()) => {
                "stuen".to_owned()
            }
            _ => with_numbers(bare, |digits, _| number(digits)),
        };
        said.push(format!("{spoken}{comma}"));
    }
    said.join(" ")
}

/// The side of a landing.
fn side(word: &str) -> Option<&'static str> {
    match word {
        "th" | "th." => Some("til højre"),
        "tv" | "tv." => Some("til venstre"),
        "mf" | "mf." => Some("midtfor"),
        _ => None,
    }
}

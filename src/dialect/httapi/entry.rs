//! How keys are asked for, so that every key reaches us and only silence does not.
//!
//! The switch holds the keys so far against patterns. One pattern alone matches as soon as it can; of two, none does
//! before the caller pauses or presses a terminator. A wrong key and silence look alike to the service, so there is
//! no wrong key: what a script does not expect is for the script to say.

/// What a gather asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    most_digits: Option<u8>,
    pub finish_key: Option<char>,
    timeout_seconds: u32,
}

/// Every key of a telephone.
const KEYS: &str = "0123456789*#ABCD";
/// More keys than any gather of ours asks for: a longer entry is none.
const MOST_KEYS: u8 = 64;
/// Longest pause within an entry, in seconds; a longer one ends it.
const LONGEST_PAUSE: u32 = 5;
/// Time for each further key, up to so many: the switch counts from the end of the prompt, whatever is pressed.
const SECONDS_PER_KEY: u32 = 1;
const MOST_EXTRA_SECONDS: u32 = 12;

impl Entry {
    /// As [`callflow::Verb::Gather`] has it.
    pub fn new(most_digits: Option<u8>, finish_key: Option<char>, timeout_seconds: u32) -> Self {
        let finish_key = finish_key.filter(|key| KEYS.contains(*key));
        Self { most_digits, finish_key, timeout_seconds: timeout_seconds.max(1) }
    }

    fn is_one_key(&self) -> bool {
        self.most_digits.is_some_and(|most| most <= 1)
    }

    /// The patterns to bind.
    pub fn patterns(&self) -> Vec<String> {
        let plain: String = KEYS.chars().filter(|key| Some(*key) != self.finish_key).collect();
        match (self.is_one_key(), self.finish_key) {
            (true, _) => vec![format!("~^[{plain}]$")],
            // The terminator is cut off after it was matched.
            (false, Some(key)) => vec![format!("~^[{plain}]+$"), format!("~^[{plain}]+[{key}]$")],
            (false, None) => vec![format!("~^[{plain}]+$"), format!("~^[{plain}]{{1,{MOST_KEYS}}}$")],
        }
    }

    /// How long to wait for the first key after the prompt, and for all of them.
    pub fn wait_milliseconds(&self) -> u32 {
        let extra = match self.most_digits {
            _ if self.is_one_key() => 0,
            Some(most) => (u32::from(most) * SECONDS_PER_KEY).min(MOST_EXTRA_SECONDS),
            None => MOST_EXTRA_SECONDS,
        };
        self.timeout_seconds.saturating_add(extra).saturating_mul(1_000)
    }

    /// How long a pause within the entry may be.
    pub fn digit_milliseconds(&self) -> u32 {
        self.timeout_seconds.clamp(2, LONGEST_PAUSE) * 1_000
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_key_is_taken_at_once_whatever_it_is() {
        let entry = Entry::new(Some(1), None, 8);
        assert_eq!(entry.patterns(), ["~^[0123456789*#ABCD]$"]);
        assert_eq!((entry.wait_milliseconds(), entry.digit_milliseconds()), (8_000, 5_000));
    }

    #[test]
    fn several_keys_are_taken_when_the_caller_pauses_or_ends() {
        let entry = Entry::new(Some(11), Some('#'), 8);
        assert_eq!(entry.patterns(), ["~^[0123456789*ABCD]+$", "~^[0123456789*ABCD]+[#]$"]);
        assert_eq!(entry.wait_milliseconds(), 19_000);
        let open = Entry::new(None, None, 0);
        assert_eq!(open.patterns(), ["~^[0123456789*#ABCD]+$", "~^[0123456789*#ABCD]{1,64}$"]);
        assert_eq!((open.wait_milliseconds(), open.digit_milliseconds()), (13_000, 2_000));
        assert_eq!(Entry::new(Some(4), Some('x'), 8).finish_key, None);
    }
}

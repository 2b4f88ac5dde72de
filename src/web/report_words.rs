//! A language for figures: the messages of the screens, with the limits that formulas speak of filled in.

use switchboard::reports::figures::{Targets, Words, catalogue};

use crate::words::{Tongue, choose};

/// Speaks to the figures' room in one language.
pub struct Speaker {
    tongue: &'static Tongue,
    limits: Vec<(&'static str, String)>,
}

impl Speaker {
    /// The language with this tag, or the default.
    pub fn new(tag: &str, targets: &Targets) -> Self {
        Self { tongue: choose(Some(tag), None), limits: catalogue::formula_values(targets) }
    }
}

impl Words for Speaker {
    fn say(&self, id: &str, values: &[(&str, String)]) -> String {
        let limits = self.limits.iter().map(|(name, value)| (*name, value.as_str().into()));
        let values = values.iter().map(|(name, value)| (*name, value.as_str().into()));
        self.tongue.say(id, &limits.chain(values).collect::<Vec<_>>())
    }

    fn decimal_mark(&self) -> char {
        if self.tongue.tag == "da" { ',' } else { '.' }
    }
}

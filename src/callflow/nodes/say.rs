//! `say`: speak a prompt and go on. One with dates is an announcement: outside them the call goes on without it.

use chrono::{Days, NaiveDateTime};

use crate::fields::Fields;
use crate::model::{Link, Words};
use crate::nodes::{Exit, How, Kind, Spoken};
use crate::prompts::Values;
use crate::walk::{Go, Wait, Walk};

#[derive(Debug, Clone)]
pub(crate) struct Say {
    prompt: Words,
    next: Link,
    pub(crate) valid: Validity,
}

/// When something is said, on the wall clock of the line.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Validity {
    /// The first moment; from ever, where there is none.
    pub(crate) from: Option<NaiveDateTime>,
    /// The first moment that it is over; for ever, where there is none.
    pub(crate) until: Option<NaiveDateTime>,
}

impl Validity {
    /// Reads `from` and `until`. A whole day given for the end still belongs to it.
    fn read(fields: &mut Fields<'_, '_>) -> Self {
        let (from, until) = (fields.local_time("from"), fields.local_time("until"));
        let valid = Self {
            from: from.map(|(from, ..)| from),
            until: until.and_then(
                |(until, day, _)| {
                    if day { until.checked_add_days(Days::new(1)) } else { Some(until) }
                },
            ),
        };
        if let (Some(from), Some(end), Some((.., line))) = (valid.from, valid.until, until)
            && end <= from
        {
            let message = "an announcement that is over before it begins".to_owned();
            fields.report(line, "reversed-dates", message, "let `until` come after `from`");
        }
        valid
    }

    /// Whether it is said at that moment.
    pub(crate) fn holds_at(self, moment: NaiveDateTime) -> bool {
        self.from.is_none_or(|from| from <= moment) && self.until.is_none_or(|until| moment < until)
    }
}

impl Say {
    pub(crate) fn read(fields: &mut Fields<'_, '_>) -> Self {
        Self { prompt: fields.words("prompt"), next: fields.link("next"), valid: Validity::read(fields) }
    }
}

impl Kind for Say {
    fn exits(&self) -> Vec<Exit<'_>> {
        vec![Exit::new(&self.next, How::AtOnce)]
    }

    fn spoken(&self) -> Vec<Spoken<'_>> {
        vec![Spoken::plain(&self.prompt)]
    }

    fn listens(&self) -> bool {
        false
    }

    fn ask<'s>(&'s self, walk: &mut Walk<'s>, _: Wait) -> Go<'s> {
        if self.valid.holds_at(walk.facts.local) {
            walk.say(&self.prompt, Values::new());
        }
        Go::To(&self.next)
    }
}

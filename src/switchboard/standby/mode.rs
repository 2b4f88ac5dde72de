//! How the house stands: with the store; with the journal, because the store is out of reach; or with
//! neither. Values only; who finds out is told elsewhere.

use domain::Timestamp;

/// Where answers come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Turns are stored.
    Normal,
    /// Turns are journalled: menus go on, queue and look-up do not.
    Journal,
    /// Nothing can be kept: callers hear the fixed answer and are put through to the fallback number.
    Static,
}

impl Mode {
    /// As in commands, metrics and message ids.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Normal => "normal",
            Self::Journal => "journal",
            Self::Static => "static",
        }
    }

    /// Reads [`Mode::as_str`].
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Normal, Self::Journal, Self::Static].into_iter().find(|mode| mode.as_str() == text)
    }
}

/// A drill: the house behaves as if it were in `mode`, until that moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Drill {
    pub mode: Mode,
    pub until: Timestamp,
}

/// How the house stands, for screens and metrics.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Condition {
    pub mode: Mode,
    /// When this trouble began; none while all is well.
    pub since: Option<Timestamp>,
    /// Journalled records that the store has not taken over yet.
    pub waiting: u64,
    /// The drill that runs, if it is one.
    pub drill: Option<Drill>,
}

/// What is known of store and journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct State {
    has_journal: bool,
    store_out: Option<Timestamp>,
    journal_out: Option<Timestamp>,
    drill: Option<Drill>,
    /// Records in the journal that the store has not taken over.
    pub(super) waiting: u64,
    /// Records on their way into the journal.
    entering: u64,
    /// The store is taken up again, and a last few records wait to be taken over: repeated hooks must hear what was
    /// answered without it.
    settling: bool,
}

impl State {
    pub(super) fn with_journal() -> Self {
        Self { has_journal: true, ..Self::default() }
    }

    pub(super) fn mode(&self) -> Mode {
        let static_drill = self.drill.is_some_and(|drill| drill.mode == Mode::Static);
        match self.store_out {
            None => Mode::Normal,
            Some(_) if static_drill || !self.has_journal || self.journal_out.is_some() => Mode::Static,
            Some(_) => Mode::Journal,
        }
    }

    pub(super) fn condition(&self) -> Condition {
        let mode = self.mode();
        let since = if mode == Mode::Static { self.journal_out.or(self.store_out) } else { self.store_out };
        Condition { mode, since, waiting: self.waiting, drill: self.drill }
    }

    /// Whether this is news.
    pub(super) fn store_out(&mut self, now: Timestamp) -> bool {
        let news = self.store_out.is_none();
        self.store_out = self.store_out.or(Some(now));
        self.settling = false;
        news
    }

    /// Whether this is news.
    pub(super) fn journal_out(&mut self, now: Timestamp) -> bool {
        let news = self.journal_out.is_none();
        self.journal_out = self.journal_out.or(Some(now));
        news
    }

    pub(super) fn journal_is_out(&self) -> bool {
        self.journal_out.is_some()
    }

    pub(super) fn journal_back(&mut self) {
        self.journal_out = None;
    }

    /// The drill that is asked for now; none: none is, or it is over. After it, the store has to show that it answers.
    pub(super) fn drill(&mut self, asked: Option<Drill>, now: Timestamp) {
        self.drill = asked.filter(|drill| now < drill.until && drill.mode != Mode::Normal);
        if self.drill.is_some() {
            self.store_out(now);
        }
    }

    /// Whether the store should be asked to take over.
    pub(super) fn wants_store(&self) -> bool {
        self.store_out.is_some() && self.drill.is_none()
    }

    /// A record may go into the journal.
    pub(super) fn enter(&mut self) -> bool {
        let may = self.mode() == Mode::Journal;
        self.entering += u64::from(may);
        may
    }

    pub(super) fn leave(&mut self) {
        self.entering = self.entering.saturating_sub(1);
    }

    /// Everything that was in the journal when the store began to take over is taken over: back to normal.
    pub(super) fn recover(&mut self) -> bool {
        let may = self.wants_store();
        if may {
            self.store_out = None;
            self.settling = true;
        }
        may
    }

    pub(super) fn is_settling(&self) -> bool {
        self.settling
    }

    /// The last records came in while the store took over. Whether nothing is left of them.
    pub(super) fn settle(&mut self) -> bool {
        let settled = self.settling && self.waiting == 0 && self.entering == 0;
        self.settling &= !settled;
        settled
    }

    /// There is no page left, and nothing on its way: whatever was counted, nothing waits.
    pub(super) fn nothing_found(&mut self) {
        if self.entering == 0 {
            self.waiting = 0;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const AT: Timestamp = Timestamp(1_000);

    #[test]
    fn each_loss_is_one_step_down_and_each_return_one_step_up() {
        let mut state = State::with_journal();
        assert_eq!((state.mode(), state.enter()), (Mode::Normal, false));
        assert!(state.store_out(AT) && !state.store_out(Timestamp(2_000)));
        assert_eq!(state.condition().since, Some(AT));
        assert_eq!(state.mode(), Mode::Journal);
        assert!(state.journal_out(Timestamp(3_000)));
        assert_eq!((state.mode(), state.enter()), (Mode::Static, false));
        assert_eq!(state.condition().since, Some(Timestamp(3_000)));
        state.journal_back();
        assert_eq!(state.mode(), Mode::Journal);
        assert!(state.recover());
        assert_eq!((state.mode(), state.condition().since), (Mode::Normal, None));
    }

    #[test]
    fn answers_are_remembered_until_the_last_record_is_taken_over() {
        let mut state = State::with_journal();
        state.store_out(AT);
        assert!(state.enter() && state.recover() && state.is_settling());
        assert!(!state.enter(), "nothing more goes into the journal");
        assert!(!state.settle(), "a record is on its way");
        state.waiting += 1;
        state.leave();
        assert!(!state.settle(), "a record waits");
        state.waiting -= 1;
        assert!(state.settle() && !state.is_settling());
        // Lost again while it settles: what is remembered stays.
        state.store_out(AT);
        assert!(state.recover());
        state.store_out(AT);
        assert!(!state.settle() && state.mode() == Mode::Journal);
    }

    #[test]
    fn a_drill_is_a_loss_that_ends_by_itself() {
        let until = Timestamp(60_000);
        for (mode, has_journal, shown) in [
            (Mode::Journal, true, Mode::Journal),
            (Mode::Static, true, Mode::Static),
            (Mode::Journal, false, Mode::Static),
        ] {
            let mut state = State { has_journal, ..State::default() };
            state.drill(Some(Drill { mode, until }), AT);
            assert_eq!(state.mode(), shown);
            assert_eq!(state.condition().drill, Some(Drill { mode, until }));
            assert!(!state.recover(), "the store answers, and yet it is a drill");
            state.drill(Some(Drill { mode, until }), until);
            assert_eq!(state.condition().drill, None);
            assert!(state.recover());
        }
        let mut state = State::with_journal();
        state.drill(Some(Drill { mode: Mode::Normal, until }), AT);
        assert_eq!(state.mode(), Mode::Normal);
    }

    #[test]
    fn without_a_journal_there_is_only_the_fixed_answer() {
        let mut state = State::default();
        state.store_out(AT);
        assert_eq!(state.mode(), Mode::Static);
        assert!(state.recover());
    }
}

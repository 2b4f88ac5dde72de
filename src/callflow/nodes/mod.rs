//! The kinds of nodes, one file each: how it is read, where it leads, what it says, `enter` when the walk
//! comes to it, `resume` when the caller or the house has answered.

mod branch;
mod callback;
mod collect;
mod enqueue;
mod hangup;
mod language;
mod lookup;
mod menu;
mod record;
mod say;
mod survey;
mod transfer;

pub(crate) use branch::{Branch, On};
pub(crate) use lookup::LOOKED_UP;
pub(crate) use menu::single_key;
pub(crate) use transfer::Transfer;

use std::borrow::Cow;

use crate::Event;
use crate::fields::Fields;
use crate::model::{Link, Patience, Words};
use crate::walk::{Go, Wait, Walk};

/// What every kind can tell the checker and do for the engine.
pub(crate) trait Kind {
    /// Where the walk may go on.
    fn exits(&self) -> Vec<Exit<'_>>;

    /// Prompts that the node speaks, with the variables each is given.
    fn spoken(&self) -> Vec<Spoken<'_>> {
        Vec::new()
    }

    /// Keys that mean something here beside those of the whole script, with the line that binds them.
    fn keys(&self) -> Vec<(char, u32)> {
        Vec::new()
    }

    /// What the node asks of the provider, in numbers.
    fn asks(&self) -> Vec<Asks> {
        Vec::new()
    }

    /// Whether the caller is waited for here with the keys of the whole script listened to.
    fn listens(&self) -> bool {
        true
    }

    /// The walk comes to this node.
    fn enter<'s>(&'s self, walk: &mut Walk<'s>) -> Go<'s> {
        self.ask(walk, Wait::default())
    }

    /// Says again what it waits for.
    fn ask<'s>(&'s self, walk: &mut Walk<'s>, wait: Wait) -> Go<'s>;

    /// The caller pressed the repeat key.
    fn repeat<'s>(&'s self, walk: &mut Walk<'s>, wait: Wait) -> Go<'s> {
        self.ask(walk, wait)
    }

    /// The caller or the house has answered. An event that cannot be meant for this wait is a trouble, and
    /// the caller is asked again.
    fn resume<'s>(&'s self, walk: &mut Walk<'s>, wait: Wait, event: &Event) -> Go<'s> {
        unexpected(self, walk, wait, event)
    }
}

/// Notes the trouble and asks again.
pub(crate) fn unexpected<'s, K: Kind + ?Sized>(
    kind: &'s K,
    walk: &mut Walk<'s>,
    wait: Wait,
    event: &Event,
) -> Go<'s> {
    let name = match event {
        Event::Started { .. } => "started",
        Event::Digits(_) => "digits",
        Event::NoInput => "no-input",
        Event::Recorded(_) => "recorded",
        Event::Dialled(_) => "dialled",
        Event::Fetched => "fetched",
        Event::Answer(_) => "answer",
    };
    // A call that is fetched after it left the queue is late, not wrong.
    if *event != Event::Fetched {
        walk.trouble("unexpected-event", name);
    }
    kind.ask(walk, wait)
}

/// One way on from a node.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Exit<'n> {
    pub(crate) to: &'n Link,
    pub(crate) how: How,
    /// Whether the caller is asked again at the same node first.
    pub(crate) again: bool,
}

/// What takes the call along an exit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum How {
    /// Nothing: the walk goes on within the same turn.
    AtOnce,
    /// The caller did something.
    Input,
    /// The caller was silent.
    Silence,
    /// A conversation or a connection ended.
    Ended,
}

/// Something that a provider must be able to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Asks {
    /// Wait so many seconds for the first of at most so many keys.
    Gather { seconds: u32, digits: u8 },
    /// Record so many seconds at the most.
    Record { seconds: u32 },
    /// Let a telephone ring for so many seconds.
    Ring { seconds: u32 },
}

impl Asks {
    /// Waits for at most so many keys with the node's patience.
    fn keys(patience: &Patience, digits: u8) -> Self {
        Self::Gather { seconds: patience.timeout, digits }
    }
}

/// A prompt and the variables it is given.
#[derive(Debug, Clone)]
pub(crate) struct Spoken<'n> {
    pub(crate) words: Cow<'n, Words>,
    pub(crate) variables: &'static [&'static str],
    /// Keys that work while it is spoken, beside those of the whole script; nothing: any key may be named.
    pub(crate) keys: Option<Vec<char>>,
}

impl<'n> Spoken<'n> {
    pub(crate) fn plain(words: &'n Words) -> Self {
        Self { words: Cow::Borrowed(words), variables: &[], keys: None }
    }

    /// Words that are put together only here.
    pub(crate) fn made(words: Words) -> Self {
        Self { words: Cow::Owned(words), variables: &[], keys: None }
    }

    pub(crate) fn with(words: &'n Words, variables: &'static [&'static str]) -> Self {
        Self { words: Cow::Borrowed(words), variables, keys: None }
    }

    pub(crate) fn offering(mut self, keys: impl IntoIterator<Item = char>) -> Self {
        self.keys = Some(keys.into_iter().collect());
        self
    }
}

impl Exit<'_> {
    pub(crate) fn new(to: &Link, how: How) -> Exit<'_> {
        Exit { to, how, again: false }
    }

    /// The last rung of a ladder of so many tries.
    pub(crate) fn after(self, tries: u8) -> Self {
        Self { again: tries > 1, ..self }
    }

    pub(crate) fn of_patience(patience: &Patience) -> [Exit<'_>; 2] {
        [
            Exit::new(&patience.no_input, How::Silence).after(patience.tries),
            Exit::new(&patience.invalid, How::Input).after(patience.tries),
        ]
    }
}

impl Patience {
    pub(crate) fn read(fields: &mut Fields<'_, '_>) -> Self {
        Self {
            timeout: fields.number("timeout", Some(8), 8, 60),
            tries: fields.small("tries", Some(2), 1, 9),
            no_input: fields.link("no_input"),
            invalid: fields.link("invalid"),
        }
    }
}

/// The kinds, by the word that stands in the script.
#[derive(Debug, Clone)]
pub(crate) enum Action {
    Say(say::Say),
    Menu(menu::Menu),
    Collect(collect::Collect),
    Record(record::Record),
    Branch(Branch),
    Lookup(lookup::Lookup),
    Enqueue(enqueue::Enqueue),
    Callback(callback::Callback),
    Transfer(Transfer),
    Survey(survey::Survey),
    Language(language::ChooseLanguage),
    Hangup(hangup::Hangup),
}

impl Action {
    /// Every kind that a script may name; the documentation is held against this list.
    pub(crate) const KINDS: [&'static str; 12] = [
        "say", "menu", "collect", "record", "branch", "lookup", "enqueue", "callback", "transfer", "survey",
        "language", "hangup",
    ];

    /// Reads the node's own keys; nothing for a kind that does not exist.
    pub(crate) fn read(kind: &str, fields: &mut Fields<'_, '_>) -> Option<Self> {
        Some(match kind {
            "say" => Self::Say(say::Say::read(fields)),
            "menu" => Self::Menu(menu::Menu::read(fields)),
            "collect" => Self::Collect(collect::Collect::read(fields)),
            "record" => Self::Record(record::Record::read(fields)),
            "branch" => Self::Branch(Branch::read(fields)),
            "lookup" => Self::Lookup(lookup::Lookup::read(fields)),
            "enqueue" => Self::Enqueue(enqueue::Enqueue::read(fields)),
            "callback" => Self::Callback(callback::Callback::read(fields)),
            "transfer" => Self::Transfer(Transfer::read(fields)),
            "survey" => Self::Survey(survey::Survey::read(fields)),
            "language" => Self::Language(language::ChooseLanguage::read(fields)),
            "hangup" => Self::Hangup(hangup::Hangup::read(fields)),
            _ => return None,
        })
    }

    /// The word that stands in the script.
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::Say(_) => "say",
            Self::Menu(_) => "menu",
            Self::Collect(_) => "collect",
            Self::Record(_) => "record",
            Self::Branch(_) => "branch",
            Self::Lookup(_) => "lookup",
            Self::Enqueue(_) => "enqueue",
            Self::Callback(_) => "callback",
            Self::Transfer(_) => "transfer",
            Self::Survey(_) => "survey",
            Self::Language(_) => "language",
            Self::Hangup(_) => "hangup",
        }
    }

    /// The kind's behaviour.
    pub(crate) fn kind(&self) -> &dyn Kind {
        match self {
            Self::Say(kind) => kind,
            Self::Menu(kind) => kind,
            Self::Collect(kind) => kind,
            Self::Record(kind) => kind,
            Self::Branch(kind) => kind,
            Self::Lookup(kind) => kind,
            Self::Enqueue(kind) => kind,
            Self::Callback(kind) => kind,
            Self::Transfer(kind) => kind,
            Self::Survey(kind) => kind,
            Self::Language(kind) => kind,
            Self::Hangup(kind) => kind,
        }
    }

    /// Whether a caller who waits here keeps the place in `queue`.
    pub(crate) fn keeps_queue(&self, queue: &str) -> bool {
        match self {
            Self::Enqueue(enqueue) => enqueue.queue == queue,
            Self::Callback(_) => true,
            _ => false,
        }
    }

    /// Where a key 0 of the node's own leads.
    pub(crate) fn zero(&self) -> Option<&Link> {
        if let Self::Menu(menu) = self { menu.zero() } else { None }
    }

    /// Whether a caller who comes here is on the way to somebody's ear without pressing another key.
    pub(crate) fn reaches_a_person(&self) -> bool {
        matches!(self, Self::Enqueue(_) | Self::Transfer(_))
    }
}

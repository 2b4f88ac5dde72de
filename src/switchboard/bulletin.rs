//! After-commit notices. A notice names a topic and never carries data: who hears it reads the committed
//! truth anew.

use tokio::sync::broadcast;

/// What may have changed.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Topic {
    /// The queue, or any agent's state.
    Queue,
    /// What one agent's desk shows, by person id.
    Desk(String),
    /// Cases of a department, or the supervisor's list.
    Cases,
    /// Callbacks due.
    Callbacks,
    /// Messages left on recordings.
    Messages,
    /// Versions of a line's script.
    Scripts,
    /// Where calls stand in their scripts; told at most once in a few seconds.
    Walks,
    /// Whether the house goes on without its store.
    Condition,
}

/// The board where notices are pinned; cheap to clone.
#[derive(Clone)]
pub struct Bulletin {
    notices: broadcast::Sender<Topic>,
}

impl Bulletin {
    /// Notices kept for a listener that is slow; one that falls behind re-reads everything.
    const KEPT: usize = 1024;

    /// An empty board.
    pub fn new() -> Self {
        Self { notices: broadcast::channel(Self::KEPT).0 }
    }

    /// Tells everybody who listens; nobody listening is fine.
    pub fn post(&self, topic: Topic) {
        drop(self.notices.send(topic));
    }

    /// Listens from now on.
    pub fn listen(&self) -> broadcast::Receiver<Topic> {
        self.notices.subscribe()
    }
}

impl Default for Bulletin {
    fn default() -> Self {
        Self::new()
    }
}

//! How a lane comes by its connection: it has it, or makes it when there is work to do.

use super::waiting::Waiting;
use crate::connection::Connection;
use crate::{Error, OpenError};

/// Makes a connection, or says why that cannot be done yet.
pub(crate) type Making = Box<dyn FnMut() -> Result<Box<dyn Connection>, OpenError> + Send>;

/// The connection of a lane.
pub(crate) enum Reach {
    Made(Box<dyn Connection>),
    /// The database was out of reach when the store was opened.
    Later(Making),
}

impl Reach {
    /// The connection, as soon as it can be made. Each job that comes before is one more attempt, and is told why
    /// it failed. None: the queue was closed meanwhile.
    pub(super) fn connect(self, waiting: &Waiting) -> Option<Box<dyn Connection>> {
        let mut make = match self {
            Self::Made(connection) => return Some(connection),
            Self::Later(make) => make,
        };
        while waiting.wait() {
            match make() {
                Ok(connection) => return Some(connection),
                Err(error) => waiting.refuse_all(&Error::Broken(error.to_string())),
            }
        }
        None
    }
}
